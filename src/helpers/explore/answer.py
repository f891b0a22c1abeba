"""The answer to a question: a sentence, what must be said with it, a verdict, and the evidence of all of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from helpers.explore.judgement import follows, judgement
from helpers.explore.question import Question
from helpers.explore.sentence import Teller, caveats, sentence, when
from helpers.figures.rounding import ROUNDINGS
from helpers.markup import dialect as markup
from helpers.package.ledger import Ledger
from helpers.reason.whatif import OWN
from helpers.words import evidence
from helpers.words.blocks import link, reference, words
from helpers.words.numbers import capital, day


@dataclass(frozen=True, repr=False)
class Answer:
    """A question answered in words; all but `citation`, `title` and `certainty` are Markdown.

    Attributes
    ----------
    headline
        The comparison as a sentence, without its conditions.
    title
        The same in few words, for a chart.
    certainty
        The label of the finding: "reported", "worked-out" or "depends" on a reading.
    caveats
        What must be said with the headline: sentences.
    judgement
        Whether the figures can all be true in this reading.
    follows
        What they then imply, as a table; empty where no total lies across the break.
    evidence
        All that these words lead to, as a list: figures, how the ratio is worked out, the break.
    citation
        The headline with its conditions and full references, as plain text to paste.
    """

    headline: str
    title: str
    certainty: str
    caveats: tuple[str, ...]
    judgement: str
    follows: str
    evidence: str
    citation: str

    def __repr__(self) -> str:
        return self.citation

    def _repr_html_(self) -> str:
        return markup.to_html("\n".join([self.headline, "", *(f"- {text}" for text in self.caveats)]))


def answer(question: Question) -> Answer:
    """Answer a question.

    Raises
    ------
    helpers.reason.scenario.ScenarioError
        If its scenario cannot be interpreted.
    """
    teller, parts = Teller(question), sentence(question)
    headline = capital(teller.line(str(parts)))
    title = teller.line(f"{parts.sides}: {parts.point}" if parts.subject and parts.sides else parts.point)
    notes = tuple(caveats(teller))
    judged = judgement(teller)
    return Answer(
        headline=headline,
        title=capital(markup.plain(title)),
        certainty="depends" if question.assumed else "worked-out" if question.against else "reported",
        caveats=notes,
        judgement=judged,
        follows=follows(question),
        evidence="\n".join(_evidence(teller)),  # of all that the texts above have used
        citation=_citation(question, markup.plain(" ".join((headline, *notes)))),
    )


def _evidence(teller: Teller) -> Iterator[str]:
    question, used = teller.question, teller.writer.used
    rows = question.ledger.rows
    for figure in dict.fromkeys((*question.figures, *(name for name in rows["figures"] if name in used))):
        yield _proof(question, figure)
    for name, worked in teller.numbers.items():
        if name in used:
            formula = evidence.formula(teller.writer, worked)
            yield f"- **[{markup.escape(str(worked))}]{{#w-{worked.name}}}** Worked out: {formula}"
    for name, event in rows["events"].items():
        if name in used:
            quoted = _said(question.ledger, event)
            yield f"- **[{day(event.date)}]{{#e-{name}}}** {markup.escape(event.label)}. {quoted}"


def _proof(question: Question, figure: str) -> str:
    ledger = question.ledger
    row, read = ledger.rows["figures"][figure], question.read.rows["figures"][figure]
    dated = when(row) + (f", read here as {when(read)}" if when(read) != when(row) else "")
    stands = evidence.stands_for(row, ledger.intervals[figure], ledger.rounding)
    text = markup.escape(f"{ledger.rows['measures'][row.measure].label}; {dated}. Stands for {stands}.")
    printed = markup.escape(capital(evidence.printed_of(ledger, figure)))
    said = "A figure of your own, from no source." if row.source == OWN else _said(ledger, row)
    return f"- **[{printed}]{{#f-{figure}}}** {text} {said}"


def _said(ledger: Ledger, row: Any) -> str:
    """The words of a figure or an event, who said them, and a link to where."""
    source = ledger.rows["sources"][row.source]
    excerpt = ", seen as an excerpt" if source.read == "excerpt" else ""
    return f"{words(row.wording, source.language)} ({markup.escape(row.said_by)}) {linked(source)}{excerpt}"


def linked(source: Any) -> str:
    """A source in few words, with a link to its page."""
    address = quote(source.url, safe=":/?#@!$&'*+,;=%~")  # a bracket or a space would end the link
    return link(f"{source.publisher}, {day(source.published)}", address)


def _citation(question: Question, said: str) -> str:
    ledger = question.ledger
    sources = [
        ledger.rows["sources"][name] for name in dict.fromkeys(row.source for row in question.rows) if name != OWN
    ]
    full = "; ".join(f"{reference(source)}, {source.url}" for source in sources)
    how = "Worked out from figures as printed" if question.against else "As printed"
    read = f"round numbers are read as {ROUNDINGS[ledger.rounding].label}"
    return f"{said} {how}; {read}.{f' Source: {full}' if full else ''}"

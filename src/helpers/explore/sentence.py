"""What is said of a question: a headline, and what must be said with it, as Markdown that leads to the evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from helpers.explore.question import Question
from helpers.figures.quantity import Quantity, constant
from helpers.markup import dialect as markup
from helpers.reason.compare import Comparison
from helpers.reason.whatif import ASSUMED
from helpers.words.numbers import capital, period
from helpers.words.template import Writer


@dataclass
class Teller:
    """Fills templates about one question, and keeps account of what they use.

    Attributes
    ----------
    numbers
        What is worked out, by the name that templates use.
    terms
        What is compared with what, by the name that templates use.
    """

    question: Question
    writer: Writer = field(init=False)
    numbers: dict[str, Quantity] = field(init=False)
    terms: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        asked = self.question
        self.writer = Writer(asked.read)
        self.numbers = _numbers(asked)
        rows, row = asked.read.rows, asked.rows[0]
        whole = rows["figures"][row.versus].measure if row.versus else row.base_measure or row.measure
        one, other = asked.comparison.units if asked.comparison else ("", "")
        self.terms = {"one": one, "other": other, "whole": rows["measures"][whole].label}

    def line(self, template: str, **values: Any) -> str:
        """A template filled."""
        return self.writer.line(template, **self.terms, **self.numbers, **values)


def _numbers(question: Question) -> dict[str, Quantity]:
    made = question.comparison
    found = {"daily": question.daily} if question.daily else {}
    if made is None or not question.against:
        return found
    found["ratio"] = made.ratio
    if made.percent:
        found["fall"] = (1 - made.ratio) * constant(100, "%")
    return found


class Sentence(NamedTuple):
    """A headline in three templates: what is counted, the two sides, and the point made of them."""

    subject: str
    sides: str
    point: str

    def __str__(self) -> str:
        said = f"{self.sides}, **{self.point}**." if self.sides else f"**{self.point}**."
        return f"{self.subject}: {said}" if self.subject else said


def sentence(question: Question) -> Sentence:
    """What is compared, and what comes of it."""
    a, b, label, other = (
        f"{{{name}{form}}}" for form in ("", ":label") for name in (question.figure, question.against)
    )
    comparison, against = question.comparison, f"{a} against {b}"
    stands = f"which stands for {{{question.figure}:interval}}"
    if comparison is None and question.against:
        return Sentence(label, against, "no ratio, for that may be zero")
    if comparison is None:
        exact = question.read.intervals[question.figure].is_exact
        return Sentence(label, "", f"{a}, printed to the last digit" if exact else f"{a}, {stands}")
    if comparison.about.of_whole:
        whole = Sentence(label, "", f"{a}, {stands} of {{whole}}")
        return Sentence(label, against, "{ratio:times} as large a share") if question.against else whole
    if comparison.about.signed:
        return Sentence(label, "", f"{a}, which stands for {change(question.rows[0])}")
    if comparison.about.against_base:
        across = " {b}" if comparison.crosses_break else ""
        return Sentence(label, "", f"“{a}”, {stands} times{across} the earlier count")
    if not comparison.same_unit:
        return Sentence("", f"{a} {label} against {b} {other}", "{ratio} {one} for each of the {other} counted")
    if question.rows[0].measure != question.rows[1].measure:
        return Sentence("", f"{a} {label} against {b} {other}", "{ratio:times} as many")
    fewer = comparison.ratio.interval is not None and comparison.ratio.interval.high < 1
    return Sentence(label, f"from {b} to {a}", "{fall:%} fewer" if fewer else "{ratio:times} as many")


def caveats(teller: Teller) -> list[str]:
    """What must be said with the headline: sentences of Markdown."""
    question = teller.question
    comparison, rows = question.comparison, question.rows
    notes = [markup.escape(capital(", against ".join(_periods(question))) + ".")]
    if _by_base(question) and not rows[0].versus:
        notes.append("The count it is measured against is not given.")
    notes += [
        teller.line("It assumes, of “{question}”: {label}.", question=asked, label=label)
        for asked, label in question.assumed
    ]
    if comparison and comparison.crosses_break:
        event = next(name for name, row in question.read.rows["events"].items() if row.kind == "break")
        notes.append(teller.line(f"{{b}} It may compare before and after {{{event}}}, when what is recorded changed."))
    notes += _unlike(teller, comparison)
    if question.overlap:
        notes.append("The periods overlap: not a change from one to the other.")
    if question.lengths:
        here, there = question.lengths
        notes.append(teller.line(f"The periods have {here} and {there} days; a day, it is {{daily:times}} as many."))
    for figure in question.figures:
        rivals = ", ".join(f"{{{rival}}}" for rival in question.ledger.rivals(figure))
        notes += [teller.line(f"Another figure contradicts it: {rivals}.")] if rivals else []
    if question.imagined:
        named = ", ".join(teller.line(f"{{{figure}}} {{{figure}:label}}") for figure in question.imagined)
        notes.append(f"What if: imagined, not from a source: {named}.")
    return notes


def _by_base(question: Question) -> bool:
    """Whether the figure is measured against a base of its own."""
    made = question.comparison
    return bool(made and made.about.against_base and not question.against and not made.about.of_whole)


def _periods(question: Question) -> list[str]:
    """The periods of the figures, or of a figure and its base."""
    first, *others = question.rows
    found = [when(first), *(when(row).replace("period not", "a period not") for row in others)]
    if _by_base(question):
        dated = question.comparison is not None and question.comparison.base
        found.append(when(first, "base") if dated else "a base whose period is not stated")
    return found


def _unlike(teller: Teller, made: Comparison | None) -> list[str]:
    question = teller.question
    if made and question.against and not made.same_unit:
        return [capital(teller.line("{one} and {other} are unlike units: this is no change and no risk."))]
    if question.against and question.rows[0].measure != question.rows[1].measure:
        return ["They count different things in one unit: not a change."]
    return []


def when(row: Any, prefix: str = "period") -> str:
    """A period, and whether it is the source's own."""
    basis = getattr(row, f"{prefix}_basis")
    text = period(getattr(row, f"{prefix}_start"), getattr(row, f"{prefix}_end"))
    return f"{text} ({basis})" if basis in ("inferred", ASSUMED) else text


def change(row: Any) -> str:
    """The template of a change in percent."""
    return f"{{{row.id}:size}} {'down' if row.value < 0 else 'up'}"

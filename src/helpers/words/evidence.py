"""What every number of a document leads to: the words, who said them, the period, the interval, the formula."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from helpers.figures.interval import Interval
from helpers.figures.kind import KINDS
from helpers.figures.quantity import Quantity
from helpers.figures.rounding import ROUNDINGS
from helpers.markup import dialect as markup
from helpers.package.ledger import Ledger
from helpers.words.blocks import Text, link, words
from helpers.words.numbers import capital, day, number, period, printed, size, span
from helpers.words.template import Writer
from helpers.words.witnesses import passes_on

_BREAK = "\\\n  "  # a line break within an item of a list
_READ = {"full": "Read in full", "excerpt": "Seen as an excerpt, not as a whole page"}


def sources(writer: Writer) -> Iterator[Text]:
    """Each source in turn: what it is, and all its figures and dated steps, used in the document or not."""
    ledger = writer.ledger
    for source, row in ledger.rows["sources"].items():
        figures = [_figure(ledger, name) for name, one in ledger.rows["figures"].items() if one.source == source]
        events = [_event(one, row.language) for one in ledger.rows["events"].values() if one.source == source]
        yield Text("\n".join([_source(ledger, source, row), "", *figures, *events]), "evidence")


def worked(writer: Writer) -> Text:
    """Every number worked out that the document has used, with its formula and its inputs."""
    lines = [
        f"- **[{span(quantity.interval)}]{{#w-{name}}}** "
        f"**{markup.escape(capital(writer.labels[name]))}:** {formula(writer, quantity)}{_marked(writer, quantity)}"
        for name, quantity in writer.worked.items()
        if quantity.interval is not None and name in writer.used
    ]
    return Text("\n".join(["### Numbers worked out", "", *lines]) if lines else "", "evidence")


def _marked(writer: Writer, quantity: Quantity) -> str:
    said = writer.meaning(quantity.marks)
    return f" *{capital(said)}.*" if said else ""


def used(writer: Writer) -> set[str]:
    """Ids that texts, tables and charts have used, with those that a number worked out rests on."""
    found = set(writer.used)
    for name, quantity in writer.worked.items():
        if name in writer.used and quantity.interval is not None:
            found.update(quantity.inputs)
    return found


def left_out(writer: Writer) -> Text:
    """What the document does not use, and why: figures and steps with their notes, and what the package omits."""
    ledger, shown = writer.ledger, used(writer)
    lines = [
        f"- {link(printed_of(ledger, name), f'#f-{name}')} {markup.escape(_label(ledger, row))}: "
        f"{markup.escape(row.note)}"
        for name, row in ledger.rows["figures"].items()
        if name not in shown
    ]
    lines += [
        f"- {link(day(row.date) if row.date else 'undated', f'#e-{name}')}: {markup.escape(row.label)}."
        for name, row in ledger.rows["events"].items()
        if name not in shown
    ]
    for row in ledger.rows["omitted"]:
        source = ledger.rows["sources"][row.source]
        lines.append(
            f"- {words(row.wording, source.language)} ({link(source.publisher, f'#s-{row.source}')}): "
            f"{markup.escape(row.reason)}."
        )
    return Text("\n".join(["### Listed, and not used above", "", *lines]) if lines else "", "evidence")


def formula(writer: Writer, quantity: Quantity) -> str:
    """A formula with each input as printed, linked to its evidence; a fall with its sign."""
    text = ""
    for figure, pieces in itertools.groupby(quantity.formula.parts(), key=lambda part: part[1]):
        if not figure:
            text += "".join(piece for piece, _ in pieces)
            continue
        row = writer.ledger.rows["figures"].get(figure)
        if row is not None and KINDS[row.kind].signed and row.value < 0:
            # "100 + −20%" is written "100 − 20%".
            text = text.removesuffix("+ ") + "− " if text.endswith("+ ") else text + "−"
        text += writer.line(f"{{{figure}}}")
    return text


def stands_for(row: Any, interval: Interval, rounding: str) -> str:
    """The interval of a figure and the reason for it: "6,500 to 7,500, rounded to 1,000"."""
    kind = KINDS[row.kind]
    shown = kind.shown(interval)
    text = span(size(shown)) + kind.suffix
    if kind.signed:
        text += " down" if row.value < 0 else " up"
    if shown.is_exact:
        return f"{text}, printed to the last digit"
    if row.qualifier:
        return f"{text}, as “{row.qualifier}”"
    if getattr(row, "value_to", None) is not None:
        return f"{text}, a printed range with what is rounded to its ends"
    if row.step is not None and not re.search(r"\d", row.printed):
        return f"{text}, a word read widely"
    step = shown.high - shown.low
    places = next((places for places in range(9) if (step * 10**places).denominator == 1), 9)
    reason = ROUNDINGS[rounding].reason(number(step, places) + kind.sign, count=not kind.against_base)
    return f"{text}, {reason}"


def printed_of(ledger: Ledger, figure: str) -> str:
    """A figure as this document prints it."""
    row = ledger.rows["figures"][figure]
    return printed(row, ledger.rows["sources"][row.source].language)


def _label(ledger: Ledger, row: Any) -> str:
    return ledger.rows["measures"][row.measure].label


def _source(ledger: Ledger, source: str, row: Any) -> str:
    title = f"### {markup.escape(row.publisher)}, {day(row.published)} {{#s-{source}}}"
    lang = "" if row.language == "en" else f"{{lang={row.language}}}"
    headline = markup.escape(row.title)
    headline = f"[{headline}]{lang}" if lang else headline
    seen = [_READ[row.read] + (f" on {day(row.accessed)}" if row.accessed else "") + "."]
    seen += [f"[Archived copy]({_address(row.archived)})."] if row.archived else []
    seen += [passed] if (passed := passes_on(ledger, row)) else []
    seen += [markup.escape(row.note)] if row.note else []
    return f"{title}\n\n[{headline}]({_address(row.url)}). {' '.join(seen)}"


def _address(url: str) -> str:
    return quote(url, safe=":/?#[]@!$&'*+,;=%~")  # a bracket or a space would end the link


def _figure(ledger: Ledger, figure: str) -> str:
    row = ledger.rows["figures"][figure]
    language = ledger.rows["sources"][row.source].language
    when = period(row.period_start, row.period_end) + _basis(row.period_basis)
    kind = KINDS[row.kind]
    if kind.against_base and not kind.of_whole:
        other = ledger.rows["figures"].get(row.versus)
        base = period(other.period_start, other.period_end) if other else period(row.base_start, row.base_end)
        when += (
            "; base not stated"
            if base.startswith("period")
            else f"; base {base}{_basis(other.period_basis if other else row.base_basis)}"
        )
    rivals = ", ".join(link(printed_of(ledger, rival), f"#f-{rival}") for rival in ledger.rivals(figure))
    disputed = f"; disputes {rivals}" if rivals else ""
    stands = stands_for(row, ledger.intervals[figure], ledger.rounding)
    return (
        f"- **[{markup.escape(capital(_way(row) + printed_of(ledger, figure)))}]{{#f-{figure}}}{_colon(ledger, row)}** "
        f"**{markup.escape(_label(ledger, row))}**; {when}.{_BREAK}{_quoted(row, language)}{_BREAK}"
        f"[Stands for {markup.escape(stands)}{disputed}."
        + (f" {markup.escape(row.note)}" if row.note else "")
        + "]{.about}"
    )


def _way(row: Any) -> str:
    return ("down " if row.value < 0 else "up ") if KINDS[row.kind].signed else ""


def _colon(ledger: Ledger, row: Any) -> str:
    """A colon between a number and what it counts, but of a count of whole things, as in "7,000 protective orders"."""
    return ":" if KINDS[row.kind].against_base or ledger.rows["measures"][row.measure].decimals else ""


def _event(row: Any, language: str) -> str:
    when = day(row.date) if row.date else "date not stated"
    return (
        f"- **[{capital(when)}]{{#e-{row.id}}}{_basis(row.date_basis)}:** **{markup.escape(row.label)}.**{_BREAK}"
        f"{_quoted(row, language)}"
    )


def _quoted(row: Any, language: str) -> str:
    """The words, our English of them, and who said them."""
    ours = f"{_BREAK}[in our English: “{markup.escape(row.translation)}”]{{.ours}}" if row.translation else ""
    return f"{words(row.wording, language)}{ours} ({markup.escape(row.said_by)})."


def _basis(basis: str) -> str:
    return " (inferred)" if basis == "inferred" else ""

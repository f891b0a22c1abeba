"""What every number of a document leads to: the words, who said them, the period, the interval, the formula."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pandas as pd

from helpers.figures.formula import Quantity
from helpers.figures.kind import KINDS
from helpers.figures.rounding import ROUNDINGS
from helpers.markup import dialect as markup
from helpers.package.ledger import Ledger
from helpers.words.template import Text, Writer, day, link, mark, number, period, printed, size, span, words

_READ = {"full": "Read in full", "excerpt": "Seen as an excerpt, not as a whole page"}


def sources(writer: Writer) -> Iterator[Text]:
    """Each source in turn: what it is, its figures and its dated steps.

    Everything from a core source is listed, and from others what the document has used.
    """
    ledger, listed = writer.ledger, _listed(writer)
    for source, row in ledger.sources.iterrows():
        figures = [
            _figure(ledger, figure, line, row["language"])
            for figure, line in _of(ledger.figures, source).iterrows()
            if figure in listed
        ]
        events = [
            _event(event, line, row["language"])
            for event, line in _of(ledger.events, source).iterrows()
            if event in listed
        ]
        if figures or events or source in writer.used:
            yield Text("\n".join([_source(source, row), "", *figures, *events]), "evidence")


def _listed(writer: Writer) -> set[str]:
    """The ids to list: nothing that a text, a formula or a dispute leads to may be left out."""
    ledger = writer.ledger
    core = ledger.sources.index[ledger.sources["layer"] == "core"]
    listed = set(writer.used)
    for rows in (ledger.figures, ledger.events):
        listed.update(rows.index[rows["source"].isin(core)])
    for name, quantity in writer.worked.items():
        if name in writer.used and quantity.interval is not None:
            listed.update(quantity.inputs)
    more = listed
    while more := {rival for figure in more for rival in ledger.rivals(figure)} - listed:
        listed |= more
    return listed


def worked(writer: Writer) -> Text:
    """Every number worked out that the document has used, with its formula and its inputs."""
    lines = [
        f"- **[{span(quantity.interval)}]{{#w-{name}}}{''.join(f' {mark(m)}' for m in quantity.marks)}** "
        f"{markup.escape(_capital(writer.labels[name]))}: {formula(writer, quantity)}"
        for name, quantity in writer.worked.items()
        if quantity.interval is not None and name in writer.used
    ]
    return Text("\n".join(lines), "evidence")


def formula(writer: Writer, quantity: Quantity) -> str:
    """A formula with each input as printed, linked to its evidence."""
    parts = []
    for figure, pieces in itertools.groupby(quantity.formula.parts(), key=lambda part: part[1]):
        text = "".join(piece for piece, _ in pieces)
        parts.append(writer.line(f"{{{figure}}}") if figure else markup.escape(text))
    return "".join(parts)


def stands_for(row: Any, rounding: str) -> str:
    """The interval of a figure and the reason for it: "6,500 to 7,500, rounded to 1,000"."""
    kind = KINDS[row["kind"]]
    interval = kind.shown(row["interval"])
    text = span(size(interval)) + kind.suffix
    if kind.signed:
        text += " down" if row["value"] < 0 else " up"
    if interval.is_exact:
        return f"{text}, printed to the last digit"
    if row["qualifier"]:
        return f"{text}, as “{row['qualifier']}”"
    if row["step"] is not None and not re.search(r"\d", row["printed"]):
        return f"{text}, a word read widely"
    step = interval.high - interval.low
    places = next((places for places in range(9) if (step * 10**places).denominator == 1), 9)
    reason = ROUNDINGS[rounding].reason(number(step, places) + kind.sign, count=not kind.against_base)
    return f"{text}, {reason}"


def _of(rows: pd.DataFrame, source: str) -> pd.DataFrame:
    return rows[rows["source"] == source]


def _source(source: str, row: Any) -> str:
    title = f"### {markup.escape(row['publisher'])}, {day(row['published'])} {{#s-{source}}}"
    lang = "" if row["language"] == "en" else f"{{lang={row['language']}}}"
    headline = markup.escape(row["title"])
    headline = f"[{headline}]{lang}" if lang else headline
    note = f" {markup.escape(row['note'])}" if row["note"] else ""
    address = quote(row["url"], safe=":/?#[]@!$&'*+,;=%~")  # a bracket or a space would end the link
    return f"{title}\n\n[{headline}]({address}). {_READ[row['read']]}.{note}"


def _figure(ledger: Ledger, figure: str, row: Any, language: str) -> str:
    when = period(row["period_start"], row["period_end"]) + _basis(row["period_basis"])
    kind = KINDS[row["kind"]]
    if kind.against_base and not kind.of_whole:
        base = period(row["base_start"], row["base_end"])
        when += "; base not stated" if base.startswith("period") else f"; base {base}{_basis(row['base_basis'])}"
    label = ledger.measures.at[row["measure"], "label"]
    rivals = ", ".join(link(printed_of(ledger, rival), f"#f-{rival}") for rival in ledger.rivals(figure))
    disputed = f"; disputes {rivals}" if rivals else ""
    return (
        f"- **[{markup.escape(_capital(printed(row, language)))}]{{#f-{figure}}}** {markup.escape(label)}; {when}. "
        f"Stands for {markup.escape(stands_for(row, ledger.rounding))}{disputed}. "
        f"{words(row['wording'], language)} ({markup.escape(row['said_by'])})"
    )


def printed_of(ledger: Ledger, figure: str) -> str:
    """A figure as this document prints it."""
    row = ledger.figures.loc[figure]
    return printed(row, ledger.sources.at[row["source"], "language"])


def _event(event: str, row: Any, language: str) -> str:
    when = day(row["date"]) if row["date"] else "date not stated"
    return (
        f"- **[{_capital(when)}]{{#e-{event}}}{_basis(row['date_basis'])}:** {markup.escape(row['label'])}. "
        f"{words(row['wording'], language)} ({markup.escape(row['said_by'])})"
    )


def _basis(basis: str) -> str:
    return " (inferred)" if basis == "inferred" else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

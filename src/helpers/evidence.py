"""What every number of a document leads to: the words, who said them, the period, the band, the formula."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pandas as pd

from helpers import markup
from helpers.compare import Quantity
from helpers.ledger import Ledger
from helpers.prose import Text, Writer, day, link, mark, number, period, printed, size, span, words

_READ = {"full": "Read in full", "excerpt": "Seen as an excerpt, not as a whole page"}


def sources(writer: Writer) -> Iterator[Text]:
    """Each source in turn: what it is, its figures and its dated steps.

    Everything from a core source is listed, and from others what the document has used.
    """
    ledger = writer.ledger
    for source, row in ledger.sources.iterrows():
        keep = None if row["layer"] == "core" else writer.used
        figures = [
            _figure(ledger, figure, line, row["language"])
            for figure, line in _of(ledger.figures, source).iterrows()
            if keep is None or figure in keep
        ]
        events = [
            _event(event, line, row["language"])
            for event, line in _of(ledger.events, source).iterrows()
            if keep is None or event in keep
        ]
        if figures or events or source in writer.used:
            yield Text("\n".join([_source(source, row), "", *figures, *events]), "evidence")


def worked(writer: Writer) -> Text:
    """Every number worked out that the document has used, with its formula and its inputs."""
    lines = [
        f"- [{markup.escape(_capital(writer.labels[name]))}]{{#w-{name}}}: {formula(writer, quantity)} = "
        f"{span(quantity.band)}{''.join(f' {mark(m)}' for m in quantity.marks)}"
        for name, quantity in writer.worked.items()
        if quantity.band is not None and name in writer.used
    ]
    return Text("\n".join(lines), "evidence")


def formula(writer: Writer, quantity: Quantity) -> str:
    """A formula with each input as printed, linked to its evidence."""
    parts = re.split(r"\{([\w-]+)\}", quantity.formula)
    return "".join(writer.line(f"{{{part}}}") if at % 2 else markup.escape(part) for at, part in enumerate(parts))


def stands_for(row: Any, rounding: str) -> str:
    """The band of a figure and the reason for it: "6,500 to 7,500, rounded to 1,000"."""
    band = row["band"] * 100 if row["kind"] == "share" else row["band"]
    text = span(size(band)) + {"count": "", "multiple": " times", "change": "%", "share": "%"}[row["kind"]]
    if row["kind"] == "change":
        text += " down" if row["value"] < 0 else " up"
    if band.is_exact:
        return f"{text}, printed to the last digit"
    if row["qualifier"]:
        return f"{text}, as “{row['qualifier']}”"
    if row["step"] is not None:
        return f"{text}, a word read widely"
    if row["kind"] == "count" and rounding == "at_least":
        return f"{text}, at least the number printed"
    step = size(band).high - size(band).low
    unit = "" if row["kind"] == "count" else "%"
    return f"{text}, rounded to {number(Fraction(step), 0 if step.denominator == 1 else 1)}{unit}"


def _of(rows: pd.DataFrame, source: str) -> pd.DataFrame:
    return rows[rows["source"] == source]


def _source(source: str, row: Any) -> str:
    title = f"[{markup.escape(row['publisher'])}, {day(row['published'])}]{{#s-{source}}}"
    lang = "" if row["language"] == "en" else f"{{lang={row['language']}}}"
    headline = markup.escape(row["title"])
    headline = f"[{headline}]{lang}" if lang else headline
    note = f" {markup.escape(row['note'])}" if row["note"] else ""
    return f"**{title}.** [{headline}]({row['url']}). {_READ[row['read']]}.{note}"


def _figure(ledger: Ledger, figure: str, row: Any, language: str) -> str:
    when = period(row["period_start"], row["period_end"]) + _basis(row["period_basis"])
    if row["kind"] in ("change", "multiple"):
        base = period(row["base_start"], row["base_end"])
        when += "; base not stated" if base.startswith("period") else f"; base {base}{_basis(row['base_basis'])}"
    label = ledger.measures.at[row["measure"], "label"]
    disputed = (
        f"; disputes {link(printed_of(ledger, row['disputes']), '#f-' + row['disputes'])}" if row["disputes"] else ""
    )
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
        f"- **[{_capital(when)}]{{#e-{event}}}**{_basis(row['date_basis'])}: {markup.escape(row['label'])}. "
        f"{words(row['wording'], language)} ({markup.escape(row['said_by'])})"
    )


def _basis(basis: str) -> str:
    return " (inferred)" if basis == "inferred" else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

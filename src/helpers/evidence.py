"""What every number of a document leads to: the words, who said them, the period, the band, the formula."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from helpers import markup
from helpers.compare import Quantity
from helpers.ledger import Ledger
from helpers.prose import Text, Writer, day, link, mark, number, period, printed, reference, size, span, table, words

_CONVENTIONS = {
    "nearest": "the nearest step",
    "coarse": "as coarse a step as its zeros allow",
    "at_least": "at least that many",
}


def figures(writer: Writer) -> list[Text]:
    """One table for each source that holds figures: words, speaker, period, and the values each figure stands for."""
    ledger = writer.ledger
    blocks = []
    for source, rows in ledger.figures.groupby("source", sort=False):
        about = ledger.sources.loc[source]
        cells = [_figure(ledger, figure, row, about["language"]) for figure, row in rows.iterrows()]
        depth = "read in full" if about["read"] == "full" else "seen as an excerpt, not as a whole page"
        caption = f"[{markup.escape(reference(about))}]{{#s-{source}}} ({depth})"
        header = ["Figure", "In the words of the source", "Period", "Stands for"]
        blocks.append(Text(table(caption, header, cells), "evidence"))
    return blocks


def _figure(ledger: Ledger, figure: str, row: Any, language: str) -> list[str]:
    label = ledger.measures.at[row["measure"], "label"]
    when = period(row["period_start"], row["period_end"])
    if row["period_basis"] == "inferred":
        when += " (inferred)"
    if row["kind"] in ("change", "multiple"):
        base = period(row["base_start"], row["base_end"])
        when += "; base not stated" if base.startswith("period") else f"; base {base} ({row['base_basis']})"
    return [
        f"[{markup.escape(printed(row, language))}]{{#f-{figure}}} {markup.escape(label)}",
        f"{words(row['wording'], language)} ({markup.escape(row['said_by'])})",
        markup.escape(when),
        markup.escape(stands_for(row, ledger.rounding)),
    ]


def stands_for(row: Any, rounding: str) -> str:
    """The band of a figure and the reason for it: "6,500 to 7,500 (to the nearest 1,000)"."""
    band = row["band"]
    if row["kind"] == "share":
        band = band * 100
    text = span(size(band)) + {"count": "", "multiple": " times", "change": "%", "share": "%"}[row["kind"]]
    if row["kind"] == "change":
        text += " down" if row["value"] < 0 else " up"
    if band.is_exact:
        return f"{text} (printed to the last digit)"
    if row["qualifier"]:
        return f"{text} (“{row['qualifier']}” a round number)"
    if row["step"] is not None:
        return f"{text} (a word, read widely)"
    if row["kind"] == "count" and rounding == "at_least":
        return f"{text} (at least the number printed)"
    step = size(band).high - size(band).low
    places = 0 if step.denominator == 1 else 1
    unit = "" if row["kind"] == "count" else "%"
    return f"{text} (to the nearest {number(Fraction(step), places)}{unit})"


def events(writer: Writer) -> Text:
    """The dated steps and rules, with the words each was reported in."""
    ledger = writer.ledger
    cells = []
    for event, row in ledger.events.iterrows():
        source = ledger.sources.loc[row["source"]]
        when = day(row["date"]) if row["date"] else "not stated"
        basis = " (inferred)" if row["date_basis"] == "inferred" else ""
        who = f"{markup.escape(row['said_by'])}; {link(source['publisher'], '#s-' + row['source'])}"
        cells.append(
            [
                f"[{when}]{{#e-{event}}}{basis}",
                markup.escape(row["label"]),
                f"{words(row['wording'], source['language'])} ({who})",
            ]
        )
    return Text(table("Dated steps and rules", ["Date", "Step", "In the words of the source"], cells), "evidence")


def worked(writer: Writer) -> Text:
    """Every number worked out, with its formula and its inputs."""
    cells = []
    for name, quantity in writer.worked.items():
        if quantity.band is None:
            continue
        marks = "".join(f" {mark(m)}" for m in quantity.marks)
        label = markup.escape(writer.labels[name])
        cells.append([f"[{label}]{{#w-{name}}}", formula(writer, quantity), span(quantity.band) + marks])
    return Text(table("Numbers worked out", ["Number", "Formula", "Range"], cells), "evidence")


def formula(writer: Writer, quantity: Quantity) -> str:
    """A formula with each input as printed, linked to its evidence."""
    parts = re.split(r"\{([\w-]+)\}", quantity.formula)
    return "".join(writer.line(f"{{{part}}}") if at % 2 else markup.escape(part) for at, part in enumerate(parts))


def unlisted_sources(writer: Writer) -> Text:
    """Sources that hold no figure but are referred to, so that every reference leads somewhere."""
    ledger = writer.ledger
    lines = [
        f"- [{markup.escape(reference(row))}]{{#s-{source}}} {markup.escape(row['note'])}"
        for source, row in ledger.sources.iterrows()
        if source not in set(ledger.figures["source"])
    ]
    return Text("\n".join(lines), "evidence")

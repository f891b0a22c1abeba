"""A question and its answer as files: the numbers as CSV, the chart as SVG, the sentence as text."""

from __future__ import annotations

import csv
import io
import math
import re
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from helpers.charts.chart import Chart
from helpers.charts.sheet import PALETTE, WIDE
from helpers.explore.answer import Answer
from helpers.explore.drawing import drawing
from helpers.explore.question import Question
from helpers.figures.interval import Interval
from helpers.figures.kind import KINDS
from helpers.markup import dialect as markup

COLUMNS = (
    "kind",
    "quantity",
    "label",
    "low",
    "high",
    "low_open",
    "high_open",
    "unit",
    "period_start",
    "period_end",
    "limit",
    "feasible",
    "unevenness",
    "gap",
    "clashes",
    "formula",
    "marks",
    "scenario",
    "rounding",
    "imagined",
    "source",
    "wording",
    "said_by",
)

_MARGIN = 12


def records(question: Question) -> list[dict[str, Any]]:
    """Every number shown, as rows of `COLUMNS`: the figures, the comparison, the verdict and what it implies."""
    scenario = " ".join(f"{asked}={reading}" for asked, reading in question.scenario.items())
    imagined = " ".join(question.imagined)
    common = {"scenario": scenario, "rounding": question.ledger.rounding, "imagined": imagined}
    parts = (_figures(question), _comparison(question), [_verdict(question)], _implied(question))
    return [common | row for part in parts for row in part]


def _figures(question: Question) -> Iterator[dict[str, Any]]:
    ledger = question.read
    for figure in dict.fromkeys((*question.figures, *question.imagined)):
        row = ledger.rows["figures"][figure]
        measure = ledger.rows["measures"][row.measure]
        about = {name: getattr(row, name) for name in ("period_start", "period_end", "source", "wording", "said_by")}
        unit = KINDS[row.kind].reads_as or measure.counts
        named = {"kind": "figure", "quantity": figure, "label": measure.label, "unit": unit}
        yield named | _ends(ledger.intervals[figure]) | about


def _comparison(question: Question) -> Iterator[dict[str, Any]]:
    made = question.comparison
    for number in (made.ratio, made.difference, made.percent) if made else ():
        if number and number.interval:
            about = {"unit": number.unit, "formula": str(number.formula), "marks": " ".join(number.marks)}
            yield {"kind": "comparison", "quantity": number.name} | _ends(number.interval) | about


def _verdict(question: Question) -> dict[str, Any]:
    found = {name: getattr(question.verdict, name) for name in ("feasible", "unevenness", "gap")}
    clashes = " ".join(question.verdict.clashes)
    return {"kind": "verdict", "quantity": " ".join(question.component.measures), "clashes": clashes} | found


def _implied(question: Question) -> Iterator[dict[str, Any]]:
    for entry in question.implied:
        if entry.interval:
            about = {name: getattr(entry, name) for name in ("quantity", "label", "unit", "limit", "formula")}
            yield {"kind": "implied", "marks": "[e]"} | about | _ends(entry.interval)


def _ends(interval: Interval) -> dict[str, Any]:
    ends = {name: getattr(interval, name) for name in ("low", "high")}
    exact = {k: "" if math.isinf(v) else int(v) if v == int(v) else float(v) for k, v in ends.items()}
    return exact | {"low_open": interval.low_open, "high_open": interval.high_open}


def to_csv(rows: Iterable[dict[str, Any]]) -> str:
    """Records as CSV with the header `COLUMNS`."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def to_svg(chart: Chart) -> str:
    """The wide drawing with its title, subtitle and source inside, to stand by itself."""
    above = [(text, 17, "ink") for text in textwrap.wrap(markup.plain(chart.title), 68)]
    above += [(text, 13, "muted") for text in textwrap.wrap(markup.plain(chart.subtitle), 104)]
    below = [(text, 12, "muted") for text in textwrap.wrap(markup.plain(chart.source), 110)]
    head, top = _lines(above, 8)
    drawing = chart.wide.replace("<svg ", f'<svg y="{top + 10:g}" ', 1)
    foot, bottom = _lines(below, top + 10 + float(re.search(r'height="([\d.]+)"', chart.wide)[1]))
    box, height = WIDE + 2 * _MARGIN, bottom + _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{box}" height="{height:g}" role="img" '
        f'viewBox="-{_MARGIN} 0 {box} {height:g}" font-family="DejaVu Sans, sans-serif">'
        f"<title>{escape(markup.plain(chart.title))}</title><desc>{escape(chart.alt)}</desc>"
        f'<rect x="-{_MARGIN}" width="{box}" height="{height:g}" fill="{PALETTE["paper"]}"/>'
        f"{head}{drawing}{foot}</svg>\n"
    )


def _lines(lines: Iterable[tuple[str, int, str]], top: float) -> tuple[str, float]:
    """Lines of text one below the other, and where they end."""
    parts = []
    for text, size, colour in lines:
        top += size * 1.35
        weight = "bold" if colour == "ink" else "normal"
        style = f'font-size="{size}" font-weight="{weight}" fill="{PALETTE[colour]}"'
        parts.append(f'<text y="{top:g}" {style}>{escape(text)}</text>')
    return "".join(parts), top


def save(question: Question, answer: Answer, place: Path) -> list[Path]:
    """Write the numbers shown as CSV, the chart as SVG and the citation as text, under one name for one question."""
    imagined = ["what-if"] if question.imagined else []
    name = "-".join([*question.figures, question.ledger.rounding, *question.scenario.values(), *imagined])
    name = re.sub(r"[^\w.-]+", "-", name)
    files = {
        ".csv": to_csv(records(question)),
        ".svg": to_svg(drawing(question, answer)),
        ".txt": answer.citation + "\n",
    }
    place.mkdir(parents=True, exist_ok=True)
    for suffix, text in files.items():
        (place / (name + suffix)).write_text(text, encoding="utf-8")
    return [place / (name + suffix) for suffix in files]

"""A question and its answer as files: the numbers as CSV, the chart as SVG, the sentence as text."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from helpers.charts import files
from helpers.charts.chart import licence
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
    verdict = question.verdict
    found = {"feasible": verdict.feasible, "unevenness": verdict.unevenness, "gap": verdict.shortfall}
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


def save(question: Question, answer: Answer, place: Path) -> list[Path]:
    """Write the numbers shown as CSV, the chart as SVG and the citation as text, under one name for one question."""
    imagined = ["what-if"] if question.imagined else []
    name = "-".join([*question.figures, question.ledger.rounding, *question.scenario.values(), *imagined])
    name = re.sub(r"[^\w.-]+", "-", name)
    chart, allowed = drawing(question, answer), licence(question.ledger.head)
    title, subtitle, source = (markup.plain(text) for text in (chart.title, chart.subtitle, chart.source))
    texts = {
        ".csv": to_csv(records(question)),
        ".svg": files.svg(chart.wide, chart.alt, title, subtitle, source, allowed),
        ".txt": answer.citation + "\n",
    }
    place.mkdir(parents=True, exist_ok=True)
    for suffix, text in texts.items():
        (place / (name + suffix)).write_text(text, encoding="utf-8")
    return [place / (name + suffix) for suffix in texts]

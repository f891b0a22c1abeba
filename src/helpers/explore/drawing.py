"""The chart of a question: its figures with their intervals, or their ratio."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from helpers.charts.chart import Chart
from helpers.charts.dots import DotRow, Point, dots
from helpers.explore.answer import Answer, linked
from helpers.explore.question import Question
from helpers.explore.sentence import Teller, change, when
from helpers.figures.kind import KINDS
from helpers.markup import dialect as markup
from helpers.reason.compare import Comparison
from helpers.reason.whatif import OWN
from helpers.words.numbers import capital, day, span

_SIDES = ("after", "before")  # the groups of a chart, for a figure and what it is set against


def drawing(question: Question, answer: Answer) -> Chart:
    """The figures or, where they share no unit or have no counts, their ratio."""
    comparison, measures = question.comparison, question.read.rows["measures"]
    more: dict[str, Any] = {}
    if comparison is None or (comparison.same_unit and (question.against or not question.kind.against_base)):
        rows = tuple(_figure(question, at) for at in range(len(question.figures)))[::-1]
        axis = question.kind.suffix or measures[question.rows[0].measure].counts
        if comparison and comparison.crosses_break and question.read.break_date:
            more["divider"] = (1, f"[b] from {day(question.read.break_date)} another rule")
    else:
        rows, axis = (_ratio(question, comparison),), _axis(comparison)
        if comparison.same_unit and not comparison.about.of_whole:
            more["reference"] = (1, "no change")
    place = measures[question.rows[0].measure].place
    subtitle = f"{capital('; '.join(question.labels))}, {place}. The bar is the range that rounding allows"
    source = f"Source: {_sources(question)}"
    return _drawn(markup.escape(answer.title), markup.escape(subtitle), source, rows, axis, tuple(more.items()))


def _figure(question: Question, at: int) -> DotRow:
    row = question.rows[at]
    label = f"{question.read.rows['measures'][row.measure].label}, " if len(question.labels) > 1 else ""
    kind = KINDS[row.kind]
    interval = kind.shown(question.read.intervals[row.id])
    point = Point(interval, f"{span(interval)}{kind.suffix}", _SIDES[at], float(row.value) * float(kind.scale))
    return DotRow(capital(label + when(row)), (point,))


def _ratio(question: Question, comparison: Comparison) -> DotRow:
    interval = comparison.about.shown(comparison.ratio.known_interval)
    unit = "%" if comparison.about.of_whole else " times" if comparison.same_unit else ""
    text = f"{span(interval)}{unit}"
    if comparison.about.signed:
        text = markup.plain(Teller(question).line(change(question.rows[0])))
    return DotRow(capital(" against ".join(question.labels)), (Point(interval, text, "worked"),))


def _axis(comparison: Comparison) -> str:
    if comparison.about.of_whole:
        return "% of the whole"
    return "times the earlier count" if comparison.same_unit else comparison.ratio.unit


def _sources(question: Question) -> str:
    rows = question.ledger.rows["sources"]
    names = dict.fromkeys(row.source for row in question.rows)
    return "; ".join("a figure of your own" if name == OWN else linked(rows[name]) for name in names)


@lru_cache(maxsize=64)
def _drawn(title: str, subtitle: str, source: str, rows: tuple[DotRow, ...], axis: str, more: tuple[Any, ...]) -> Chart:
    """The drawing, made again only when something on it changes: it is what takes longest."""
    chart = dots("explore", title, subtitle, source, rows, axis, **dict(more))
    assert chart is not None  # a question has a figure, and so a row
    return chart

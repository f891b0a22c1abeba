"""What an assumption demands: people a day over the days of a year as areas, where area is people.

    outcome = outcomes(component(w.ledger, "offenders"), {"scope": "S1"})[0]
    areas(
        w, "areas", "If the {offenders} count the same thing, …", "People a day over the days of 2023, Kazakhstan",
        [Assumption("If the 7,000 is July–October 2022 and the year ends on 31 October", courses(outcome.cases[0]))],
        [Published("cases-a-day", "registered cases a day", date(2023, 1, 1), date(2023, 5, 31))],
        together="all areas together: {offenders}", inputs=["brought-before", "brought-after", "offenders"],
    )

Days run down the page, so that a rate of some days, however high, has the width of the page to reach into, and every
name stands in a line beside its area.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from helpers.charts.chart import Chart, chart, licence
from helpers.charts.courses import Assumption, Band, Course, Drawing, Stretch
from helpers.charts.sheet import Frame, Sheet
from helpers.charts.value import ChartError, note_used, short_day, short_period, sources, value
from helpers.figures.formula import Quantity
from helpers.markup import dialect as markup
from helpers.reason.outcome import Case
from helpers.words.numbers import day, period
from helpers.words.template import Writer

__all__ = ["Assumption", "Course", "Published", "Stretch", "areas", "courses"]


_WIDE = 2  # an amount that may be more than twice its least leaves two ends to show
_NEAREST = 100


@dataclass(frozen=True)
class Published:
    """A published count a day, drawn in every panel: its value, name, and days."""

    what: str | Quantity
    label: str
    start: date
    end: date


def areas(
    w: Writer,
    id: str,
    title: str,
    subtitle: str,
    assumptions: Sequence[Assumption],
    published: Sequence[Published] = (),
    *,
    unit: str = "people",
    together: str = "",
    inputs: Sequence[str] = (),
) -> Chart | None:
    """Draw a panel for each assumption, all on one scale.

    Parameters
    ----------
    unit
        What is counted; the axis is that many a day.
    together
        Written in each panel below the last name: what all its areas make; a template.
    inputs
        Ids of the figures the courses follow from, for the line of sources.

    Returns
    -------
    Chart or None
        None without an assumption, or where the title needs a figure that this edition lacks.

    Raises
    ------
    ChartError
        If a course has no stretch, or a stretch ends before it begins or holds less than nothing.
    """
    heading = w.line(title)
    if not assumptions or not heading:
        return None
    _check(assumptions)
    bands = [
        Band(one, w.plain(band.label), band.start, band.end)
        for band in published
        if (one := value(w, band.what, when=short_period(band.start, band.end)))
    ]
    given = [one for name in inputs if (one := value(w, name))]
    values = [*given, *(band.value for band in bands)]
    note_used(w, values)

    def draw(width: int, frame: Frame | None) -> Sheet:
        return Drawing(id, assumptions, bands, unit, w.plain(together), w.ledger.break_date, width).sheet(frame)

    return chart(
        id,
        heading,
        w.line(subtitle),
        sources(w, [("", values)]),
        draw,
        kind=f"Areas, {unit} a day over the year, a panel an assumption",
        listing="; ".join(f"{one.title}: {_told(course)}" for one in assumptions for course in one.courses),
        header=["If we assume", "Days", unit.capitalize(), f"{unit.capitalize()} a day"],
        cells=[*_demanded(assumptions), *_published(bands)],
        licence=licence(w.ledger.head),
    )


def _demanded(assumptions: Sequence[Assumption]) -> list[list[str]]:
    return [
        [
            markup.escape(": ".join(filter(None, (one.title, course.label)))),
            markup.escape(period(stretch.start, stretch.end)),
            stretch.total,
            stretch.per_day,
        ]
        for one in assumptions
        for course in one.courses
        for stretch in course.stretches
    ]


def _published(bands: Sequence[Band]) -> list[list[str]]:
    return [
        [f"published: {markup.escape(band.label)}", markup.escape(band.value.when), "", band.value.linked]
        for band in bands
    ]


def courses(case: Case, limit: float | None = None) -> tuple[Course, ...]:
    """What a scenario that holds demands over the days asked about, for an `Assumption`.

    Where it leaves the amount of a stretch wide open there are two courses, each the most even one with the fewest and with
    the most before the break; such an amount is one of several, and is given to the nearest hundred.

    Raises
    ------
    ChartError
        If the scenario cannot hold.
    """
    demands = {
        demand.span: demand.amount for demand in case.demands(limit) if demand.span.start >= case.split.before[0]
    }
    if not demands:
        raise ChartError("Could not draw the course of a scenario under which the figures cannot all be true.")
    if all(amount.high <= _WIDE * amount.low for amount in demands.values()):
        return (Course([Stretch(span.start, span.end, amount.low, amount.high) for span, amount in demands.items()]),)
    named = {"low": "fewest", "high": "most"}
    year = f" {case.split.after[0].year}"
    found = []
    for end, word in named.items():
        stretches = []
        for span, point in case.course(end, limit) or ():
            amount = demands.get(span)
            if amount and amount.high <= _WIDE * amount.low:
                stretches.append(Stretch(span.start, span.end, amount.low, amount.high))
            elif span.start >= case.split.before[0]:
                rounded = round(point / _NEAREST) * _NEAREST
                stretches.append(Stretch(span.start, span.end, rounded, rounded))
        found.append(Course(stretches, f"With the {word} before {day(case.split.after[0]).removesuffix(year)}"))
    return tuple(found)


def _check(assumptions: Sequence[Assumption]) -> None:
    for title, course in ((one.title, course) for one in assumptions for course in one.courses):
        if not course.stretches:
            raise ChartError(f"Could not draw the assumption `{title}`: a course of it has no stretch.")
        for stretch in course.stretches:
            if stretch.end < stretch.start or not 0 <= stretch.low <= stretch.high:
                raise ChartError(
                    f"Could not draw the assumption `{title}`: {stretch.low} to {stretch.high} people from "
                    f"{short_day(stretch.start)} to {short_day(stretch.end)} is no stretch of a year."
                )


def _told(course: Course) -> str:
    parts = ", ".join(f"{stretch.total} in {stretch.when}" for stretch in course.stretches)
    return f"{course.label}: {parts}" if course.label else parts

"""A whole split into its parts under each assumption: a bar an assumption, its parts named with people and people a day.

outcome = outcomes(component(w.ledger, "offenders"), {"scope": "S1"})[0]
parts(
    w, "parts", "The {offenders} fits only if …", "People brought to justice in 2023, Kazakhstan",
    [Assumption("The 7,000 is July to October 2022; the year ends on 31 October", courses(outcome.cases[0]))],
    [Published("cases-a-day", "registered cases, January to May")],
    inputs=["brought-before", "brought-after", "offenders"],
)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from helpers.charts.chart import Chart, chart, licence
from helpers.charts.courses import Assumption, Course, Stretch
from helpers.charts.sheet import Sheet
from helpers.charts.stacks import Band, Drawing
from helpers.charts.value import ChartError, note_used, short_day, sources, value
from helpers.figures.quantity import Quantity
from helpers.markup import dialect as markup
from helpers.reason.outcome import Case
from helpers.words.numbers import period
from helpers.words.template import Writer

__all__ = ["Assumption", "Course", "Published", "Stretch", "courses", "parts"]

_WIDE = 2  # an amount that may be more than twice its least leaves two ends to show
_NEAREST = 100
_ENDS = {"low": "fewest before the change", "high": "most before the change"}


@dataclass(frozen=True)
class Published:
    """A published count a day, told beside the paces that the assumptions ask for: its value, and its name."""

    what: str | Quantity
    label: str


def parts(
    w: Writer,
    id: str,
    title: str,
    subtitle: str,
    assumptions: Sequence[Assumption],
    published: Sequence[Published] = (),
    *,
    unit: str = "people",
    inputs: Sequence[str] = (),
) -> Chart | None:
    """Draw a bar for each assumption, two where it leaves a wide range, all on one axis.

    Parameters
    ----------
    unit
        What is counted, on the axis.
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
    for assumption in assumptions:
        for course in assumption.courses:
            _check(assumption.title, course)
    bands = [Band(one, w.plain(band.label)) for band in published if (one := value(w, band.what))]
    given = [one for name in inputs if (one := value(w, name))]
    values = [*given, *(band.value for band in bands)]
    note_used(w, values)

    def draw(width: int) -> Sheet:
        return Drawing(id, assumptions, bands, unit, w.ledger.break_date, width).sheet()

    return chart(
        id,
        heading,
        w.line(subtitle),
        sources(w, [("", values)]),
        draw,
        kind=f"Bars of {unit} split by stretch of the year, a bar an assumption",
        listing="; ".join(_told(one) for one in assumptions),
        header=["If we assume", "Days", unit.capitalize(), f"{unit.capitalize()} a day"],
        cells=[
            *(
                [
                    markup.escape(": ".join(filter(None, (one.title, course.label)))),
                    markup.escape(period(stretch.start, stretch.end)),
                    stretch.total,
                    stretch.per_day,
                ]
                for one in assumptions
                for course in one.courses
                for stretch in course.stretches
            ),
            *([markup.escape(one.title), "", markup.escape(one.failure), ""] for one in assumptions if not one.courses),
            *([f"published: {markup.escape(band.label)}", "", "", band.value.linked] for band in bands),
        ],
        licence=licence(w.ledger.head),
    )


def courses(case: Case, limit: float | None = None) -> tuple[Course, ...]:
    """What a scenario demands over the days asked about, for an `Assumption`: nothing where it cannot hold.

    Where it leaves the amount of a stretch wide open there are two courses, each the most even one with the fewest and with
    the most before the break; their amounts are one set of several, and are given to the nearest hundred.
    """
    first = case.split.before[0]
    demands = {demand.span: demand.amount for demand in case.demands(limit) if demand.span.start >= first}
    if not demands:
        return ()
    if all(amount.high <= _WIDE * amount.low for amount in demands.values()):
        stretches = [Stretch(span.start, span.end, amount.low, amount.high) for span, amount in demands.items()]
        whole = case.programme.total(case.split.measure, first, stretches[-1].end, limit)
        return (Course(stretches, whole.high),)
    found = []
    for end, label in _ENDS.items():
        course = [(span, round(point / _NEAREST) * _NEAREST) for span, point in case.course(end, limit) or ()]
        stretches = [Stretch(span.start, span.end, point, point) for span, point in course if span.start >= first]
        found.append(Course(stretches, sum(one.low for one in stretches), label))
    return tuple(found)


def _check(title: str, course: Course) -> None:
    if not course.stretches:
        raise ChartError(f"Could not draw the assumption `{title}`: a course of it has no stretch.")
    for stretch in course.stretches:
        if stretch.end < stretch.start or not 0 <= stretch.low <= stretch.high:
            raise ChartError(
                f"Could not draw the assumption `{title}`: {stretch.low} to {stretch.high} people from "
                f"{short_day(stretch.start)} to {short_day(stretch.end)} is no stretch of a year."
            )


def _told(one: Assumption) -> str:
    said = [
        ": ".join(filter(None, (course.label, ", ".join(f"{each.total} in {each.when}" for each in course.stretches))))
        for course in one.courses
    ]
    return f"{one.title}: {'; '.join(said) or one.failure}"

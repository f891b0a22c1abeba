"""What an assumption demands: people a day over the days of a year as areas, where area is people.

    areas(
        w, "areas", "If the {offenders} count the same thing, …", "People a day, 2023",
        [
            Assumption("The 7,000 is July–October 2022; the year ends on 31 October",
                       [Course([Stretch(date(2023, 1, 1), date(2023, 6, 30), 32_000, 34_000),
                                Stretch(date(2023, 7, 1), date(2023, 10, 31), 26_500, 27_500)])]),
        ],
        [Published("cases-2023-may-a-day", "registered cases", date(2023, 1, 1), date(2023, 5, 31))],
    )

Days run down the page, so that a rate of some days, however high, has the width of the page to reach into, and every
name stands in a line beside its area.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from helpers.charts import marks
from helpers.charts.chart import Chart, chart, licence
from helpers.charts.sheet import BODY, BOLD, HEAD, LINE, PALETTE, WIDE, Frame, Sheet, measure, wrap
from helpers.charts.value import ChartError, Value, digits, note_used, short_day, short_period, sources, value
from helpers.figures.interval import Interval
from helpers.markup import dialect as markup
from helpers.reason.compare import Quantity, days
from helpers.words.template import Writer, number, period

_DAYS = [n / 100 for n in range(30, 61, 2)]  # pixels of a day: the fewest at which the names have room
_MONTHS = 34.0  # the column of months
_AXIS = 20.0  # the numbers above an area
_GAP = 20.0  # between two assumptions
_TITLE = 17.0  # a line of a title
_BESIDE = 7.0  # between an area and its name
_SHORT = 31  # a stretch of so many days is named by their number


@dataclass(frozen=True)
class Stretch:
    """A part of the year at an even pace: its first and last day, and the least and the most people in it."""

    start: date
    end: date
    low: Fraction | int
    high: Fraction | int

    @property
    def days(self) -> int:
        return days(self.start, self.end)

    @property
    def rates(self) -> tuple[float, float]:
        """People a day."""
        return float(Fraction(self.low) / self.days), float(Fraction(self.high) / self.days)

    @property
    def total(self) -> str:
        return digits(Interval(Fraction(self.low), Fraction(self.high)))

    @property
    def when(self) -> str:
        if self.days < _SHORT and (self.start.day != 1 or (self.end + timedelta(days=1)).day != 1):
            return f"{self.days} days"
        return short_period(self.start, self.end).removesuffix(f" {self.end.year}")


@dataclass(frozen=True)
class Course:
    """One way the year could have gone. `label` tells two ends of a wide range apart."""

    stretches: Sequence[Stretch]
    label: str = ""


@dataclass(frozen=True)
class Assumption:
    """What is assumed, and the course that then follows: two courses where it leaves a wide range."""

    title: str
    courses: Sequence[Course]


@dataclass(frozen=True)
class Published:
    """A published count a day, drawn in every panel: its value, name, and days."""

    what: str | Quantity
    label: str
    start: date
    end: date


@dataclass(frozen=True)
class _Band:
    value: Value
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
    inputs: Sequence[str] = (),
) -> Chart | None:
    """Draw a panel for each assumption, all on one scale.

    Parameters
    ----------
    unit
        What is counted; the axis is that many a day.
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
    bands = [
        _Band(one, w.plain(band.label), band.start, band.end)
        for band in published
        if (one := value(w, band.what, when=short_period(band.start, band.end)))
    ]
    given = [one for name in inputs if (one := value(w, name))]
    values = [*given, *(band.value for band in bands)]
    note_used(w, values)

    def draw(width: int, frame: Frame | None) -> Sheet:
        return _Drawing(id, assumptions, bands, unit, w.ledger.break_date, width).sheet(frame)

    return chart(
        id,
        heading,
        w.line(subtitle),
        sources(w, [("", values)]),
        draw,
        kind=f"Areas, {unit} a day over the year, a panel an assumption",
        listing="; ".join(f"{one.title}: {_told(course)}" for one in assumptions for course in one.courses),
        header=["If we assume", "Days", unit.capitalize(), f"{unit.capitalize()} a day"],
        cells=[
            *(
                [
                    markup.escape(": ".join(filter(None, (one.title, course.label)))),
                    markup.escape(period(stretch.start, stretch.end)),
                    stretch.total,
                    _rates(stretch),
                ]
                for one in assumptions
                for course in one.courses
                for stretch in course.stretches
            ),
            *(
                [f"published: {markup.escape(band.label)}", markup.escape(band.value.when), "", band.value.linked]
                for band in bands
            ),
        ],
        licence=licence(w.ledger.head),
    )


def _check(title: str, course: Course) -> None:
    if not course.stretches:
        raise ChartError(f"Could not draw the assumption `{title}`: a course of it has no stretch.")
    for stretch in course.stretches:
        if stretch.end < stretch.start or not 0 <= stretch.low <= stretch.high:
            raise ChartError(
                f"Could not draw the assumption `{title}`: {stretch.low} to {stretch.high} people from "
                f"{short_day(stretch.start)} to {short_day(stretch.end)} is no stretch of a year."
            )


def _rates(stretch: Stretch) -> str:
    return digits(Interval(Fraction(stretch.low) / stretch.days, Fraction(stretch.high) / stretch.days))


def _told(course: Course) -> str:
    parts = ", ".join(f"{stretch.total} in {stretch.when}" for stretch in course.stretches)
    return f"{course.label}: {parts}" if course.label else parts


# --- the drawing ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Line:
    """A line of text beside the areas: its baseline, and what it names."""

    at: float
    of: Stretch | _Band

    def meets(self, at: float) -> bool:
        return abs(self.at - at) < LINE


@dataclass
class _Drawing:
    id: str
    assumptions: Sequence[Assumption]
    bands: Sequence[_Band]
    unit: str
    break_date: date | None
    width: int

    def __post_init__(self) -> None:
        courses = [course for one in self.assumptions for course in one.courses]
        stretches = [stretch for course in courses for stretch in course.stretches]
        drawn = [(s.start, s.end) for s in stretches] + [(band.start, band.end) for band in self.bands]
        self.first, self.last = min(start for start, _ in drawn), max(end for _, end in drawn)
        self.most = max([s.rates[1] for s in stretches] + [float(band.value.high) for band in self.bands])
        self.scale = (self.width - _MONTHS - 2) / self.most
        for self.day in _DAYS:
            if all(self._roomy(course) for course in courses):
                break
        self.tall = self.y(self.last + timedelta(days=1))

    def y(self, when: date) -> float:
        return self.day * (when - self.first).days

    def sheet(self, frame: Frame | None) -> Sheet:
        titles = [wrap(one.title, self.width, HEAD, BOLD) for one in self.assumptions]
        tops, y = [], 0.0
        for one, lines in zip(self.assumptions, titles, strict=True):
            tops.append(y)
            y += _TITLE * len(lines) + _AXIS + sum(map(self._height, one.courses)) + _GAP
        sheet = Sheet(self.width, y - _GAP + 4, frame)
        for nth, (one, lines, top) in enumerate(zip(self.assumptions, titles, tops, strict=True)):
            sheet.lines(0, top + 13, lines, size=HEAD, weight=BOLD, step=_TITLE)
            y = top + _TITLE * len(lines)
            for at, course in enumerate(one.courses):
                if course.label:
                    sheet.text(0, y + 13, course.label, size=BODY)
                    y += _TITLE
                y += _AXIS if at == 0 else 0.0
                self._course(sheet, course, y, f"{self.id}-{nth}-{at}", numbered=at == 0)
                y += self.tall + 6
        return sheet

    def _height(self, course: Course) -> float:
        return (_TITLE if course.label else 0.0) + self.tall + 6

    def _course(self, sheet: Sheet, course: Course, top: float, gid: str, *, numbered: bool) -> None:
        ax = sheet.axes(_MONTHS, top, self.width - _MONTHS - 2, self.tall)
        ax.set_xlim(0, self.most)
        self._axis(sheet, ax, top, numbered)
        self._months(sheet, top)
        for nth, stretch in enumerate(course.stretches):
            self._area(ax, stretch, f"{gid}-{nth}")
        for nth, band in enumerate(self.bands):
            self._band(ax, band, f"{gid}-published-{nth}")
        for line in self._lines(course):
            if isinstance(line.of, Stretch):
                self._name(sheet, course, line, top)
            else:
                self._band_name(sheet, ax, course, line, top)
        if self.break_date and self.first < self.break_date <= self.last:
            rule = ax.axhline(self.y(self.break_date), color=PALETTE["break"], lw=2, zorder=4)
            rule.set_gid(f"{gid}-break")

    # --- where the names stand

    def _lines(self, course: Course) -> list[_Line]:
        """Names of stretches at their top, those of slivers above them, then published counts on free lines."""
        lines: list[_Line] = []
        for stretch in course.stretches:
            begin, end = self.y(stretch.start), self.y(stretch.end + timedelta(days=1))
            sliver = end - begin < LINE
            lines.append(_Line(begin - 5 if sliver and begin > LINE else begin + 13, stretch))
        for band in self.bands:
            begin = self.y(band.start) + 13
            free = (begin + n for n in range(400) if not any(line.meets(begin + n) for line in lines))
            lines.append(_Line(next(free), band))
        return lines

    def _roomy(self, course: Course) -> bool:
        lines = self._lines(course)
        apart = all(not a.meets(b.at) for a, b in combinations(lines, 2))
        edge = self.y(self.break_date) if self.break_date else self.y(self.last)
        return apart and all(line.at <= edge - 4 for line in lines if isinstance(line.of, _Band))

    def _reach(self, course: Course, at: float) -> float:
        """How far to the right the areas and published counts reach beside a line of text."""
        reach = [s.rates[1] for s in course.stretches if self._beside(s, at)]
        reach += [float(band.value.high) for band in self.bands if self._beside(band, at)]
        return _MONTHS + max(reach, default=0.0) * self.scale

    def _beside(self, one: Stretch | _Band, at: float) -> bool:
        return self.y(one.start) < at + 3 and at - 11 < self.y(one.end + timedelta(days=1))

    # --- its parts

    def _axis(self, sheet: Sheet, ax: Axes, top: float, numbered: bool) -> None:
        ticks = MaxNLocator(5 if self.width == WIDE else 3, steps=[1, 2, 5, 10]).tick_values(0, self.most)
        ticks = [tick for tick in ticks if 0 <= tick <= self.most]
        ax.set_xticks(ticks, [""] * len(ticks))
        ax.grid(axis="x", color=PALETTE["grid"], lw=0.8, zorder=0)
        ax.axvline(0, color=PALETTE["rule"], lw=1.2, zorder=3)
        if not numbered:
            return
        name = f"{self.unit} a day"
        texts = [number(tick) for tick in ticks]
        places = [_MONTHS + tick * self.scale for tick in ticks]
        while len(texts) > 1 and places[-1] + measure(texts[-1]) / 2 + 5 + measure(name) > self.width:
            texts.pop(), places.pop()
        for x, text in zip(places, texts, strict=True):
            sheet.text(x, top - 6, text, colour="muted", ha="center")
        sheet.text(places[-1] + measure(texts[-1]) / 2 + 5, top - 6, name, colour="muted")

    def _months(self, sheet: Sheet, top: float) -> None:
        for month in (1, 4, 7, 10):
            if self.first <= (when := date(self.first.year, month, 1)) <= self.last:
                strong = when == self.break_date
                shift, colour, weight = (4.5, "break", BOLD) if strong else (10, "muted", 400)
                sheet.text(0, top + self.y(when) + shift, short_date(when, strong), colour=colour, weight=weight)

    def _area(self, ax: Axes, stretch: Stretch, gid: str) -> None:
        low, high = stretch.rates
        top, bottom = self.y(stretch.start), self.y(stretch.end + timedelta(days=1))
        side = "after" if self.break_date and stretch.start >= self.break_date else "before"
        if low:
            marks.bar(ax, 0, low, (top + bottom) / 2, bottom - top, side, gid)
        if high > low:
            marks.hatched(ax, low, high, (top + bottom) / 2, bottom - top, side, gid)

    def _name(self, sheet: Sheet, course: Course, line: _Line, top: float) -> None:
        stretch = line.of
        text = f"{stretch.total} in {stretch.when}"
        if self.width == WIDE and stretch.high:
            text += f", {_rates(stretch)} a day"
        if line.at > self.y(stretch.start):
            sheet.text(self._reach(course, line.at) + _BESIDE, top + line.at, text, size=BODY)
            return
        far = max(_MONTHS + stretch.rates[1] * self.scale, self._reach(course, line.at) + _BESIDE + _bold(text))
        sheet.text(min(far, self.width), top + line.at, text, size=BODY, weight=BOLD, ha="right")

    def _band(self, ax: Axes, band: _Band, gid: str) -> None:
        """A published count: its range, or a line at its value, over its days."""
        low, high = float(band.value.low), float(band.value.high)
        begin, end = self.y(band.start), self.y(band.end + timedelta(days=1))
        part = Rectangle((low, begin), high - low, end - begin, facecolor="none", edgecolor=PALETTE["ink"], zorder=5)
        part.set(linewidth=1.2, linestyle=(0, (2, 1.5)))
        part.set_gid(gid)
        ax.add_patch(part)

    def _band_name(self, sheet: Sheet, ax: Axes, course: Course, line: _Line, top: float) -> None:
        end, middle = self._reach(course, line.at) + _BESIDE, line.at - 4
        start, stop = float(line.of.value.high), (end - _MONTHS - 2) / self.scale
        ax.plot([start, stop], [middle, middle], color=PALETTE["ink"], lw=0.8, zorder=5)
        sheet.text(end, top + line.at, f"{line.of.label}: {line.of.value.text}")


def short_date(when: date, with_day: bool) -> str:
    """ "1 Jul", or only the month."""
    return short_day(when).removesuffix(f" {when.year}") if with_day else f"{when:%b}"


def _bold(text: str) -> float:
    return measure(text, BODY, BOLD)

"""Courses of a year drawn as areas: days run down, people a day to the right, names in lines beside their areas.

A rate of some days, however high, then has the width of the drawing to reach into.
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
from helpers.charts.sheet import (
    BODY,
    BOLD,
    GUTTER,
    HEAD,
    LINE,
    NARROW,
    PALETTE,
    Frame,
    Part,
    Sheet,
    columns,
    measure,
    wrap,
)
from helpers.charts.value import Value, digits, short_day, short_period
from helpers.figures.interval import Interval
from helpers.reason.compare import days
from helpers.words.numbers import number

_DAYS = [n / 100 for n in range(30, 61, 2)]  # pixels of a day: the fewest at which the names have room
_MONTHS = 34.0  # the column of months
_AXIS = 22.0  # the numbers above an area
_GAP = 20.0  # between two assumptions
_TITLE = 17.0  # a line of a title
_APART = 5.0  # between the label of a second course and its areas
_DOWN = 15.0  # from the top of an area to the baseline of its name, clear of a line there
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
    def per_day(self) -> str:
        return digits(Interval(Fraction(self.low) / self.days, Fraction(self.high) / self.days))

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
class Band:
    """A published count a day over its days."""

    value: Value
    label: str
    start: date
    end: date


@dataclass(frozen=True)
class _Line:
    """A line of text beside the areas: its baseline, and what it names."""

    at: float
    of: Stretch | Band

    def meets(self, at: float) -> bool:
        return abs(self.at - at) < LINE


@dataclass
class Drawing:
    """Panels in one column or two, all on one scale."""

    id: str
    assumptions: Sequence[Assumption]
    bands: Sequence[Band]
    unit: str
    together: str
    break_date: date | None
    width: int

    def __post_init__(self) -> None:
        courses = [course for one in self.assumptions for course in one.courses]
        stretches = [stretch for course in courses for stretch in course.stretches]
        drawn = [(s.start, s.end) for s in stretches] + [(band.start, band.end) for band in self.bands]
        self.first, self.last = min(start for start, _ in drawn), max(end for _, end in drawn)
        self.most = max([s.rates[1] for s in stretches] + [float(band.value.high) for band in self.bands])
        self.scale = (NARROW - _MONTHS - 2) / self.most
        for self.day in _DAYS:
            if all(self._roomy(course) for course in courses):
                break
        self.tall = self.y(self.last + timedelta(days=1))

    def y(self, when: date) -> float:
        return self.day * (when - self.first).days

    def sheet(self, frame: Frame | None) -> Sheet:
        heights = [self._height(one) + _GAP for one in self.assumptions]
        cut = columns(heights, 1 if self.width == NARROW else 2)
        sheet = Sheet(self.width, max(sum(heights[n] for n in column) for column in cut) - _GAP + 4, frame)
        for nth, column in enumerate(cut):
            part = sheet.part(nth * (NARROW + GUTTER), 0, NARROW)
            for n in column:
                self._panel(part, self.assumptions[n], f"{self.id}-{n}")
                part = part.down(heights[n])
        return sheet

    def _height(self, one: Assumption) -> float:
        named = sum(_TITLE for course in one.courses if course.label)
        named += _APART * (len(one.courses) - 1)
        return _TITLE * len(_title(one)) + named + _AXIS + (self.tall + 6) * len(one.courses)

    def _panel(self, part: Part, one: Assumption, gid: str) -> None:
        part.lines(0, 16, _title(one), size=HEAD, weight=BOLD, step=_TITLE)
        part = part.down(_TITLE * len(_title(one)))
        for at, course in enumerate(one.courses):
            if course.label:
                part.text(0, 13, course.label, size=BODY)
                part = part.down(_TITLE)
            part = part.down(_APART if at else _AXIS)
            self._course(part, course, f"{gid}-{at}", numbered=not at)
            part = part.down(self.tall + 6)

    def _course(self, part: Part, course: Course, gid: str, *, numbered: bool) -> None:
        ax = part.axes(_MONTHS, 0, part.width - _MONTHS - 2, self.tall)
        ax.set_xlim(0, self.most)
        self._axis(part, ax, numbered)
        self._months(part)
        for nth, stretch in enumerate(course.stretches):
            self._area(ax, stretch, f"{gid}-{nth}")
        for nth, band in enumerate(self.bands):
            self._band(ax, band, f"{gid}-published-{nth}")
        for line in self._lines(course):
            if isinstance(line.of, Stretch):
                self._name(part, course, line)
            else:
                self._band_name(part, ax, course, line)
        if self.together:
            at = self._last(course) + LINE
            part.text(self._reach(course, at) + _BESIDE, at, self.together, colour="muted")
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
            lines.append(_Line(begin - 5 if sliver and begin > LINE else begin + _DOWN, stretch))
        for band in self.bands:
            begin = self.y(band.start) + _DOWN
            free = (begin + n for n in range(400) if not any(line.meets(begin + n) for line in lines))
            lines.append(_Line(next(free), band))
        return lines

    def _roomy(self, course: Course) -> bool:
        lines = self._lines(course)
        apart = all(not a.meets(b.at) for a, b in combinations(lines, 2))
        edge = self.y(self.break_date) if self.break_date else self.y(self.last)
        return apart and all(line.at <= edge - 4 for line in lines if isinstance(line.of, Band))

    def _last(self, course: Course) -> float:
        """The lowest name beside an area, that of a sliver apart."""
        beside = [line.at for line in self._lines(course) if line.at > self.y(line.of.start)]
        return max(beside, default=0.0)

    def _reach(self, course: Course, at: float) -> float:
        """How far to the right the areas and published counts reach beside a line of text."""
        reach = [s.rates[1] for s in course.stretches if self._beside(s, at)]
        reach += [float(band.value.high) for band in self.bands if self._beside(band, at)]
        return _MONTHS + max(reach, default=0.0) * self.scale

    def _beside(self, one: Stretch | Band, at: float) -> bool:
        return self.y(one.start) < at + 3 and at - 11 < self.y(one.end + timedelta(days=1))

    # --- its parts

    def _axis(self, part: Part, ax: Axes, numbered: bool) -> None:
        ticks = MaxNLocator(4, steps=[1, 2, 5, 10]).tick_values(0, self.most)
        ticks = [tick for tick in ticks if 0 <= tick <= self.most]
        ax.set_xticks(ticks, [""] * len(ticks))
        ax.grid(axis="x", color=PALETTE["grid"], lw=0.8, zorder=0)
        ax.axvline(0, color=PALETTE["rule"], lw=1.2, zorder=3)
        if not numbered:
            return
        name, places = f"{self.unit} a day", [_MONTHS + tick * self.scale for tick in ticks]
        beside = _MONTHS + measure(number(0)) / 2 + 5
        for x, tick in zip(places, ticks, strict=True):
            if not tick or x - measure(number(tick)) / 2 > beside + measure(name) + 5:
                part.text(min(x, part.width - measure(number(tick)) / 2), -6, number(tick), colour="muted", ha="center")
        part.text(beside, -6, name, colour="muted")

    def _months(self, part: Part) -> None:
        for month in (1, 4, 7, 10):
            if self.first <= (when := date(self.first.year, month, 1)) <= self.last:
                strong = when == self.break_date
                shift, colour, weight = (4.5, "break", BOLD) if strong else (10, "muted", 400)
                part.text(0, self.y(when) + shift, _date(when, strong), colour=colour, weight=weight)

    def _area(self, ax: Axes, stretch: Stretch, gid: str) -> None:
        low, high = stretch.rates
        top, bottom = self.y(stretch.start), self.y(stretch.end + timedelta(days=1))
        side = "after" if self.break_date and stretch.start >= self.break_date else "before"
        if low:
            marks.bar(ax, 0, low, (top + bottom) / 2, bottom - top, side, gid)
        if high > low:
            marks.hatched(ax, low, high, (top + bottom) / 2, bottom - top, side, gid)

    def _name(self, part: Part, course: Course, line: _Line) -> None:
        """Beside an area; above a sliver, at its far end."""
        text = f"{line.of.total} in {line.of.when}"
        if line.at > self.y(line.of.start):
            part.text(self._reach(course, line.at) + _BESIDE, line.at, text, size=BODY)
            return
        room = self._reach(course, line.at) + _BESIDE + measure(text, BODY, BOLD)
        far = max(_MONTHS + line.of.rates[1] * self.scale, room)
        part.text(min(far, part.width), line.at, text, size=BODY, weight=BOLD, ha="right")

    def _band(self, ax: Axes, band: Band, gid: str) -> None:
        """A published count: its range, or a line at its value, over its days."""
        low, high = float(band.value.low), float(band.value.high)
        begin, end = self.y(band.start), self.y(band.end + timedelta(days=1))
        part = Rectangle((low, begin), high - low, end - begin, facecolor="none", edgecolor=PALETTE["ink"], zorder=5)
        part.set(linewidth=1.2, linestyle=(0, (2, 1.5)))
        part.set_gid(gid)
        ax.add_patch(part)

    def _band_name(self, part: Part, ax: Axes, course: Course, line: _Line) -> None:
        end, middle = self._reach(course, line.at) + _BESIDE, line.at - 4
        start, stop = float(line.of.value.high), (end - _MONTHS - 2) / self.scale
        ax.plot([start, stop], [middle, middle], color=PALETTE["ink"], lw=0.8, zorder=5)
        part.text(end, line.at, f"{line.of.label}: {line.of.value.text}")


def _title(one: Assumption) -> list[str]:
    return wrap(one.title, NARROW, HEAD, BOLD)


def _date(when: date, with_day: bool) -> str:
    """ "1 Jul", or only the month."""
    return short_day(when).removesuffix(f" {when.year}") if with_day else f"{when:%b}"

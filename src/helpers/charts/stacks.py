"""A whole split into the stretches of its year: a bar an assumption, all on one axis that starts at zero.

A part is as long as the least that is in it; what may lie in one part or another is pale at the end of the bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from helpers.charts import marks
from helpers.charts.courses import Assumption, Course, Stretch
from helpers.charts.sheet import BODY, BOLD, LINE, NARROW, PALETTE, SMALL, Sheet, measure, wrap
from helpers.charts.value import Value
from helpers.words.numbers import number

_NAMES = 196.0  # the column of assumptions in the wide drawing
_AXIS = 32.0  # the numbers of the axis, and the name of the break
_THICK = 17.0
_CHIP, _BESIDE = 8.0, 5.0  # the square of a label, and between it and the label
_APART = 12.0  # between two labels
_BAR_GAP, _GAP = 9.0, 13.0  # below a bar, and below an assumption
_STEP = 17.0  # a line of an assumption


@dataclass(frozen=True)
class Band:
    """A published count a day over its days."""

    value: Value
    label: str


@dataclass(frozen=True)
class _Label:
    """Where a label stands: its stretch, left end, and line of labels below the bar."""

    stretch: Stretch
    x: float
    line: int


@dataclass
class Drawing:
    """Bars one below the other, each with its assumption beside it or above it."""

    id: str
    assumptions: Sequence[Assumption]
    bands: Sequence[Band]
    unit: str
    break_date: date | None
    width: int

    def __post_init__(self) -> None:
        self.left = 0.0 if self.width == NARROW else _NAMES
        self.room = self.width - self.left - 2
        courses = [course for one in self.assumptions for course in one.courses]
        self.most = max([float(course.most) for course in courses], default=1.0)
        self.open = any(course.most > course.least for course in courses)

    def sheet(self) -> Sheet:
        heights = [self._height(one) for one in self.assumptions]
        below = self._below(None, 0)
        sheet = Sheet(self.width, _AXIS + sum(heights) + below)
        self._axis(sheet, _AXIS + sum(heights) - _GAP)
        top = _AXIS
        for nth, (one, tall) in enumerate(zip(self.assumptions, heights, strict=True)):
            self._assumption(sheet, one, top, f"{self.id}-{nth}")
            top += tall
        self._below(sheet, top)
        return sheet

    def across(self, amount: float | Fraction) -> float:
        """How many pixels an amount is long."""
        return float(amount) / self.most * self.room

    # --- an assumption

    def _names(self, one: Assumption) -> list[str]:
        return wrap(one.title, (self.left or self.width) - 14, BODY, BOLD)

    def _height(self, one: Assumption) -> float:
        names = _STEP * len(self._names(one))
        bars = sum(self._bar_height(course) for course in one.courses)
        if not one.courses:
            bars = _THICK + (0 if self._beside(one) else LINE) + _BAR_GAP
        return (max(names, bars) if self.left else names + 4 + bars) + _GAP

    def _bar_height(self, course: Course) -> float:
        lines = 1 + max(label.line for label in self._labels(course))
        return (LINE + 2 if course.label else 0) + _THICK + 4 + lines * (2 * LINE + 3) + _BAR_GAP

    def _assumption(self, sheet: Sheet, one: Assumption, top: float, gid: str) -> None:
        names = self._names(one)
        sheet.lines(0, top + 13, names, size=BODY, weight=BOLD, step=_STEP, backed=True)
        if not self.left:
            top += _STEP * len(names) + 4
        for nth, course in enumerate(one.courses):
            self._course(sheet, course, top, f"{gid}-{nth}")
            top += self._bar_height(course)
        if not one.courses:
            self._failure(sheet, one, top, gid)

    def _missing(self, one: Assumption) -> float:
        return self.across(min(float(one.short or 0), self.most))

    def _beside(self, one: Assumption) -> bool:
        """Whether what fails has room before the outline of what is missing."""
        return measure(one.failure, SMALL, BOLD) + 8 <= self.room - self._missing(one)

    def _failure(self, sheet: Sheet, one: Assumption, top: float, gid: str) -> None:
        """What is missing as an empty outline at the end of the bar, named before it or below."""
        missing = self._missing(one)
        if missing:
            ax = self._axes(sheet, top)
            look = {"facecolor": PALETTE["paper"], "edgecolor": PALETTE["ink"], "linestyle": (0, (3, 2)), "zorder": 2}
            part = Rectangle((self.room - missing, 0.5), missing, _THICK - 1, linewidth=1.2, **look)
            part.set_gid(f"{gid}-missing")
            ax.add_patch(part)
        x, y = (self.room - missing - 8, 13) if self._beside(one) else (self.room, _THICK + 13)
        sheet.text(self.left + x, top + y, one.failure, weight=BOLD, ha="right", backed=True)

    # --- a bar

    def _axes(self, sheet: Sheet, top: float) -> Axes:
        ax = sheet.axes(self.left, top, self.room, _THICK)
        ax.set_xlim(0, self.room)
        return ax

    def _course(self, sheet: Sheet, course: Course, top: float, gid: str) -> None:
        if course.label:
            sheet.text(self.left, top + 12, course.label, colour="muted", backed=True)
            top += LINE + 2
        ax, at, middle = self._axes(sheet, top), 0.0, _THICK / 2
        for nth, stretch in enumerate(course.stretches):
            if self._first_after(course) is stretch:
                rule = ax.axvline(at, -0.25, 1.25, color=PALETTE["break"], lw=2, zorder=4, clip_on=False)
                rule.set_gid(f"{gid}-break")
            if stretch.low:
                self._part(ax, at, self.across(stretch.low), course, stretch, f"{gid}-{nth}")
            at += self.across(stretch.low)
        if course.most > course.least:
            marks.between(ax, at, self.across(course.most), middle, _THICK, "before", f"{gid}-open")
        for label in self._labels(course):
            self._name(sheet, course, label, top + _THICK + 4 + label.line * (2 * LINE + 3), f"{gid}-label")

    def _side(self, stretch: Stretch) -> str:
        return "after" if self.break_date and stretch.start >= self.break_date else "before"

    def _first_after(self, course: Course) -> Stretch | None:
        return next((one for one in course.stretches if self._side(one) == "after"), None)

    def _look(self, course: Course, stretch: Stretch) -> dict[str, object]:
        side = self._side(stretch)
        late = side == "after" and stretch is not self._first_after(course)
        return {
            "facecolor": PALETTE[side],
            "edgecolor": PALETTE["ink"] if late else "none",
            "linewidth": 2.0,
            "zorder": 2,
        }

    def _part(self, ax: Axes, left: float, wide: float, course: Course, stretch: Stretch, gid: str) -> None:
        # A pale part would let the lines of the axis through.
        ax.add_patch(Rectangle((left, 0), wide, _THICK, facecolor=PALETTE["paper"], edgecolor="none", zorder=1))
        part = Rectangle((left, 0), wide, _THICK, **self._look(course, stretch))
        part.set_gid(f"{gid}-{self._side(stretch)}")
        ax.add_patch(part)

    # --- its labels

    def _labels(self, course: Course) -> list[_Label]:
        """Each label where its part begins, or as near as the others and the edge let it, else on a further line."""
        found: list[_Label] = []
        at, used, line = 0.0, 0.0, 0
        for stretch in course.stretches:
            wide = self._label_width(course, stretch)
            end = max(0.0, self.room - wide)
            x = min(max(at, used), end)
            if x < used:
                line, x = line + 1, min(at, end)
            found.append(_Label(stretch, x, line))
            used = x + wide + _APART
            at += self.across(stretch.low)
        return found

    def _label_width(self, course: Course, stretch: Stretch) -> float:
        weight = BOLD if course.steep(stretch) else 400
        said = measure(_said(stretch), SMALL), measure(_pace(stretch), SMALL, weight)
        return _CHIP + _BESIDE + max(said)

    def _name(self, sheet: Sheet, course: Course, label: _Label, top: float, gid: str) -> None:
        ax = sheet.axes(self.left + label.x, top, _CHIP, LINE)
        ax.set_xlim(0, _CHIP)
        chip = Rectangle((0, 4), _CHIP, _CHIP, **self._look(course, label.stretch))
        chip.set_gid(f"{gid}-{course.stretches.index(label.stretch)}")
        ax.add_patch(chip)
        x = self.left + label.x + _CHIP + _BESIDE
        steep = course.steep(label.stretch)
        sheet.text(x, top + 12, _said(label.stretch), backed=True)
        look = {"weight": BOLD} if steep else {"colour": "muted"}
        sheet.text(x, top + 12 + LINE, _pace(label.stretch), backed=True, **look)

    # --- around the bars

    def _axis(self, sheet: Sheet, tall: float) -> None:
        ax = sheet.axes(self.left, _AXIS - 8, self.room, tall - _AXIS + 8)
        ax.set_xlim(0, self.most)
        ax.set_zorder(-1)
        ticks = MaxNLocator(4, steps=[1, 2, 5, 10]).tick_values(0, self.most)
        ticks = [tick for tick in ticks if 0 <= tick <= self.most]
        for tick in ticks:
            ax.axvline(tick, color=PALETTE["rule" if not tick else "grid"], lw=0.8, zorder=0)
            name = number(tick) if tick else f"0 {self.unit}"
            x = self.left + self.across(tick)
            if not tick:
                sheet.text(self.left, 14, name, colour="muted")
            else:
                sheet.text(min(x, self.width - measure(name) / 2), 14, name, colour="muted", ha="center")

    def _below(self, sheet: Sheet | None, top: float) -> float:
        """What the pale end means, and the published counts a day; the height they take."""
        tall = 0.0
        if self.open:
            on = sheet or Sheet(self.width, 1)
            tall = marks.key(on, [("pale", "in one part or another")], self.id, draw=sheet is not None, top=top) + 3
        bands = "; ".join(f"{one.value.text} {one.label}" for one in self.bands)
        lines = wrap(f"Published, a day: {bands}", self.width, BODY, BOLD) if bands else []
        if sheet:
            sheet.lines(0, top + tall + 14, lines, size=BODY, weight=BOLD, step=_STEP)
        return tall + _STEP * len(lines) + 4


def _said(stretch: Stretch) -> str:
    return f"{stretch.total} in {stretch.when}"


def _pace(stretch: Stretch) -> str:
    return f"{stretch.per_day} a day"

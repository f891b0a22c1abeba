"""The drawing of ranges: a row an assumption on one axis from zero, bands behind all, words and numbers beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from helpers.charts import marks, steps
from helpers.charts.sheet import BODY, BOLD, LINE, NARROW, PALETTE, SMALL, Sheet, measure, wrap
from helpers.charts.value import Value
from helpers.words.numbers import number

_THICK, _ROW, _STEP = 13.0, 22.0, 17.0  # a range, its row, and a line of type beside it
_GROUP = 10.0  # between the rows of two first answers
_AXIS, _TICK = 38.0, 6.0
_FIRST, _SECOND, _GAP = 150.0, 130.0, 16.0  # the widest columns of answers, and between two columns
_LEAST = 2.0  # pixels of a range or a band, so that a single value can be seen
_TICKS = MaxNLocator(5, steps=[1, 2, 5, 10], integer=True)
_CHIP = 9.0  # the mark of a head
_BELOW = 7.0  # a row of the narrow drawing


@dataclass(frozen=True)
class Row:
    """The two answers of an assumption, and what follows from them, or why nothing does."""

    first: str
    second: str
    amount: Value | None
    later: Value | None
    failure: str


@dataclass
class Drawing:
    """Wide: two columns of answers, the axis, columns of numbers. Narrow: the words of a row around its range."""

    id: str
    heads: tuple[str, str]
    rows: Sequence[Row]
    bands: Sequence[tuple[Value, str]]
    axis: str
    days: tuple[str, str]
    width: int

    def __post_init__(self) -> None:
        self.wide = self.width != NARROW
        self.side = next((one.side for row in self.rows if (one := row.amount)), "unknown")
        self.groups = [(first, list(rows)) for first, rows in groupby(self.rows, key=lambda row: row.first)]
        drawn = [one for row in self.rows if (one := row.amount)] + [one for one, _ in self.bands]
        self.ticks = _TICKS.tick_values(0, max([one.ends[1] for one in drawn], default=1.0))
        self.most = float(self.ticks[-1])
        edge = measure(number(self.most)) / 2 + 1  # so that the last number of the axis has room
        self.first, self.left, self.amount, self.later = self._columns() if self.wide else (0.0, edge, edge, 0.0)
        self.right = self.width - self.amount
        names = [(self.x(sum(one.ends) / 2), f"{one.text} {label}", 400) for one, label in self.bands]
        self.places = steps.place(names, self.left if self.wide else 0.0, self.right if self.wide else self.width)
        self.top = max([place.top for place in self.places], default=0.0) + _TICK + 4
        self.top = max(self.top, LINE + 6 if self.wide else 0.0)
        self.strip = _THICK + 4 if self.bands else 0.0

    def _columns(self) -> tuple[float, float, float, float]:
        """From the left edge the widths of the first answers and of both, from the right of both numbers and one."""
        first = max(measure(text, BODY) for text in (self.heads[0], *(name for name, _ in self.groups)))
        second = max(measure(text) for text in (self.heads[1], *(row.second for row in self.rows)))
        amount = _CHIP + 5 + _numbers(self.days[0], [row.amount for row in self.rows])
        later = _numbers(self.days[1], [row.later for row in self.rows])
        failing = max([measure(row.failure, SMALL, BOLD) for row in self.rows if not row.amount], default=0.0) + _GAP
        one = min(_FIRST, first) + _GAP
        return one, one + min(_SECOND, second) + _GAP, max(amount + later, failing), later

    def x(self, amount: float) -> float:
        """The place of an amount across the drawing."""
        return self.left + (self.right - self.left) * amount / self.most

    def sheet(self) -> Sheet:
        heights = [self._height(first, rows) for first, rows in self.groups]
        tall = sum(heights) + _GROUP * (len(heights) - 1) + (0.0 if self.wide else self.strip + 4)
        sheet = Sheet(self.width, self.top + tall + _AXIS)
        ax = sheet.axes(self.left, self.top, self.right - self.left, tall)
        ax.set_xlim(0, self.most)
        if self.wide:
            self._heads(sheet)
        self._names(sheet, ax)
        self._bands(ax, 0, tall if self.wide else self.strip, f"{self.id}-band")
        y, nth = 0.0 if self.wide else self.strip + 4, 0
        for (first, rows), height in zip(self.groups, heights, strict=True):
            below = self._group(sheet, first, y)
            for row in rows:
                below += (self._beside if self.wide else self._around)(sheet, ax, row, y + below, f"{self.id}-{nth}")
                nth += 1
            y += height + _GROUP
        self._scale(ax)
        return sheet

    def _height(self, first: str, rows: Sequence[Row]) -> float:
        words = _STEP * len(self._lines(first))
        return max(words, sum(map(self._row, rows))) if self.wide else words + 1 + sum(map(self._row, rows))

    def _row(self, row: Row) -> float:
        """The height of a row."""
        if self.wide:
            return max(_ROW, LINE * len(self._answer(row)) + 4)
        words = LINE * (len(self._answer(row)) - 1) + _STEP
        return words + (_ROW if row.amount else LINE) + (LINE if row.later else 0.0) + _BELOW

    def _answer(self, row: Row) -> list[str]:
        """A second answer: in its column, or beside the number above its range."""
        if self.wide:
            return wrap(row.second, self.left - self.first - _GAP)
        beside = measure(row.amount.text, BODY) + _GAP if row.amount else 0.0
        return wrap(f"{self.heads[1]} {row.second}", self.width - beside)

    def _lines(self, first: str) -> list[str]:
        """A first answer: in its column, or whole above its rows."""
        if self.wide:
            return wrap(first, self.first - _GAP, BODY)
        return wrap(f"{self.heads[0]} {first}", self.width, BODY, BOLD)

    def _group(self, sheet: Sheet, first: str, y: float) -> float:
        """A first answer, and how far below it its rows begin."""
        lines = self._lines(first)
        weight = 400 if self.wide else BOLD
        sheet.lines(0, self.top + y + 15, lines, size=BODY, weight=weight, step=_STEP)
        return 0.0 if self.wide else _STEP * len(lines) + 1

    def _heads(self, sheet: Sheet) -> None:
        base = self.top - 8
        for x, head, ha in (
            (0.0, self.heads[0], "left"),
            (self.first, self.heads[1], "left"),
            (self.width - self.later, self.days[0], "right"),
            (self.width, self.days[1], "right"),
        ):
            sheet.text(x, base, head, colour="muted", ha=ha)
        if self.days[0]:
            ax = sheet.axes(self.width - self.later - measure(self.days[0]) - _CHIP - 5, base - _CHIP, _CHIP, _CHIP)
            ax.set_xlim(0, _CHIP)
            marks.bar(ax, 0, _CHIP, _CHIP / 2, _CHIP, self.side, f"{self.id}-head")

    def _beside(self, sheet: Sheet, ax: Axes, row: Row, y: float, gid: str) -> float:
        """A row of the wide drawing: its answer at the left of its range, its numbers at the right."""
        height = self._row(row)
        middle, lines = y + height / 2, self._answer(row)
        base = self.top + middle + 4.5
        sheet.lines(self.first, base - LINE * (len(lines) - 1) / 2, lines)
        if row.amount:
            self._range(ax, row.amount, middle, gid)
            sheet.text(self.width - self.later, base, row.amount.text, size=BODY, ha="right")
        else:
            sheet.text(self.width, base, row.failure, weight=BOLD, ha="right")
        if row.later:
            sheet.text(self.width, base, row.later.text, size=BODY, weight=self._weight(row.later), ha="right")
        return height

    def _around(self, sheet: Sheet, ax: Axes, row: Row, y: float, gid: str) -> float:
        """A row of the narrow drawing: its answer and its number above its range, what is left for later below."""
        lines = self._answer(row)
        last = y + LINE * (len(lines) - 1)
        base = self.top + last + 12
        sheet.lines(0, self.top + y + 12, lines)
        if row.amount:
            sheet.text(self.width, base, row.amount.text, size=BODY, ha="right")
            self._bands(ax, last + _STEP, last + _STEP + self.strip, f"{gid}-band")
            self._range(ax, row.amount, last + _STEP + 2 + _THICK / 2, gid)
        else:
            sheet.text(0, base + LINE, row.failure, weight=BOLD)
        if row.later:
            words = f"{row.later.when}: {row.later.text}"
            sheet.text(0, base + _ROW + LINE, words, weight=self._weight(row.later))
        return self._row(row)

    def _weight(self, one: Value) -> int:
        """What lies wholly beyond the axis is bold."""
        return BOLD if one.ends[0] > self.most else 400

    # --- marks

    def _range(self, ax: Axes, one: Value, middle: float, gid: str) -> None:
        left, right = self._seen(*one.ends)
        marks.bar(ax, left, right, middle, _THICK, one.side, gid)

    def _seen(self, low: float, high: float) -> tuple[float, float]:
        """A range, as wide as can be seen."""
        least = _LEAST * self.most / (self.right - self.left)
        spare = max(0.0, least - (high - low)) / 2
        return low - spare, high + spare

    def _bands(self, ax: Axes, top: float, bottom: float, gid: str) -> None:
        for nth, (one, _) in enumerate(self.bands):
            left, right = self._seen(*one.ends)
            after = one.side == "after"
            edge = PALETTE["after" if after else "rule"]
            face = (edge, marks.PALE) if after else PALETTE["grid"]
            band = Rectangle((left, top), right - left, bottom - top, facecolor=face, edgecolor=edge, lw=0.8, zorder=1)
            band.set_gid(f"{gid}-{nth}")
            ax.add_patch(band)

    def _names(self, sheet: Sheet, ax: Axes) -> None:
        """The names of the bands above them, each with a line down to its band."""
        for nth, ((one, _), place) in enumerate(zip(self.bands, self.places, strict=True)):
            at, colour = sum(one.ends) / 2, PALETTE["after" if one.side == "after" else "rule"]
            (line,) = ax.plot([at, at], [-_TICK - place.bottom, 0], color=colour, lw=1.0, solid_capstyle="butt")
            line.set_gid(f"{self.id}-name-{nth}")
            base = self.top - _TICK - place.bottom - LINE * (len(place.lines) - 1) - 5
            sheet.lines(place.left, base, place.lines)

    def _scale(self, ax: Axes) -> None:
        ax.xaxis.set_major_locator(FixedLocator(list(self.ticks)))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x)))
        ax.set_xlabel(self.axis if self.wide or not self.days[0] else f"{self.axis}, {self.days[0]}", loc="left")
        ax.xaxis.labelpad = 4
        ax.spines["bottom"].set_visible(True)
        ax.tick_params(axis="x", length=4, pad=3)


def _numbers(head: str, values: Sequence[Value | None]) -> float:
    """The width of a column of numbers with the space before it; none without a number."""
    texts = [measure(one.text, BODY) for one in values if one]
    return max(measure(head), *texts) + _GAP if texts else 0.0

"""The drawing of ranges: a row an assumption on an axis from zero, bands behind all, further days on a second axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from helpers.charts import bandnames, marks
from helpers.charts.sheet import BODY, BOLD, LINE, NARROW, PALETTE, Sheet, measure, wrap
from helpers.charts.value import Value
from helpers.words.numbers import number

_THICK, _ROW, _STEP = 8.0, 25.0, 17.0  # a range, its row with its number above it, and a line of type beside it
_GROUP = 6.0  # between the rows of two first answers
_AXIS, _TICK = 36.0, 5.0
_FIRST, _SECOND, _GAP = 112.0, 130.0, 14.0  # the widest columns of answers, and between two columns
_LATER, _BETWEEN = 98.0, 26.0  # the axis of further days beside the other, and the space between them
_CLEAR = 3.0  # between a number and a band
_LEAST = 2.0  # pixels of a range or a band, so that a single value can be seen
_WIDE = 0.5  # a range is open where it is wider than this part of its upper end
_STRIP = 12.0  # of bands behind a range of the narrow drawing
_BELOW = 6.0  # a row of the narrow drawing


@dataclass(frozen=True)
class Row:
    """The two answers of an assumption, and what follows from them, or why nothing does."""

    first: str
    second: str
    amount: Value | None
    later: Value | None
    failure: str


@dataclass(frozen=True)
class Scale:
    """An axis from zero between two places across the drawing, and the bands on it."""

    left: float
    right: float
    most: float
    ticks: tuple[float, ...]
    bands: tuple[Value, ...] = ()

    def x(self, amount: float) -> float:
        """The place of an amount across the drawing."""
        return self.left + (self.right - self.left) * amount / self.most

    def seen(self, one: Value) -> tuple[float, float]:
        """The ends of a value, as far apart as can be seen."""
        low, high = one.ends
        spare = max(0.0, _LEAST * self.most / (self.right - self.left) - (high - low)) / 2
        return low - spare, high + spare

    def label(self, one: Value, least: float, most: float) -> tuple[float, bool]:
        """Where its number begins above a range, near its end and over no band; whether there is such a place."""
        width, (low, high) = measure(one.text, BODY), map(self.x, one.ends)
        ends = [(self.x(start) - _CLEAR, self.x(end) + _CLEAR) for start, end in map(self.seen, self.bands)]
        reach = int(high - low + width)
        for shift in sorted(range(-reach, int(width)), key=abs):
            start = high - width + shift
            inside = least <= start and start + width <= most
            if inside and not any(start < end and begin < start + width for begin, end in ends):
                return start, True
        return min(max(least, high - width), most - width), False


@dataclass
class Drawing:
    """Wide: two columns of answers, the axis, that of further days. Narrow: answers above, further days below."""

    id: str
    heads: tuple[str, str]
    rows: Sequence[Row]
    bands: Sequence[tuple[Value, str]]
    axis: str
    days: tuple[str, str]
    width: int

    def __post_init__(self) -> None:
        self.wide = self.width != NARROW
        self.groups = [(first, list(rows)) for first, rows in groupby(self.rows, key=lambda row: row.first)]
        drawn = [one for row in self.rows if (one := row.amount)] + [one for one, _ in self.bands]
        most = max([one.ends[1] for one in drawn], default=1.0) * 1.03
        ticks = tuple(tick for tick in MaxNLocator(5, steps=[1, 2, 5, 10]).tick_values(0, most) if tick <= most)
        furthest = max([one.ends[1] for row in self.rows if (one := row.later)], default=0.0)
        ends = tuple(map(float, MaxNLocator(5, steps=[1, 2, 5, 10]).tick_values(0, furthest or 1.0)))
        edge = measure(number(ends[-1] if furthest else ticks[-1])) / 2 + 1  # room for the last number
        self.first, left = self._columns() if self.wide else (0.0, edge)
        right = self.width - edge
        beside = self.wide and furthest
        self.main = Scale(
            left, right - (_LATER + _BETWEEN if beside else 0.0), most, ticks, tuple(one for one, _ in self.bands)
        )
        start = right - _LATER if self.wide else left
        shown = (ends[0], ends[-1]) if self.wide else ends
        self.more = Scale(start, right, ends[-1], shown) if furthest else None
        edges = [self.main.seen(one) for one, _ in self.bands]
        seen = [
            (self.main.x(low), self.main.x(high), one.text, label)
            for (low, high), (one, label) in zip(edges, self.bands, strict=True)
        ]
        self.places = bandnames.place(seen, left if self.wide else 0.0, self.width)
        self.top = max([place.top for place in self.places], default=0.0) + _TICK + 4
        self.top = max(self.top, LINE + 6 if self.wide else 0.0)
        self.strip = _STRIP if self.bands else 0.0

    def _columns(self) -> tuple[float, float]:
        """The widths of the first answers and of both."""
        first = max(measure(text, BODY) for text in (self.heads[0], *(name for name, _ in self.groups)))
        second = max(measure(text) for text in (self.heads[1], *(row.second for row in self.rows)))
        one = min(_FIRST, first) + _GAP
        return one, one + min(_SECOND, second) + _GAP

    def sheet(self) -> Sheet:
        heights = [self._height(first, rows) for first, rows in self.groups]
        tall = sum(heights) + _GROUP * (len(heights) - 1) + (0.0 if self.wide else self.strip + 4)
        below = 0.0 if self.wide else self._further(None, 0)
        sheet = Sheet(self.width, self.top + tall + _AXIS + below)
        ax = self._axes(sheet, self.main, self.top, tall)
        more = self._axes(sheet, self.more, self.top, tall) if self.more and self.wide else None
        if self.wide:
            for x, head in ((0.0, self.heads[0]), (self.first, self.heads[1])):
                sheet.text(x, self.top - 8, head, colour="muted")
        self._captions(sheet, self.top + tall + _AXIS - 4)
        self._names(sheet, ax)
        self._bands(ax, 0, tall if self.wide else self.strip, f"{self.id}-band")
        y, nth = 0.0 if self.wide else self.strip + 4, 0
        for (first, rows), height in zip(self.groups, heights, strict=True):
            start = self._group(sheet, first, y)
            for row in rows:
                if self.wide:
                    start += self._beside(sheet, (ax, more), row, y + start, f"{self.id}-{nth}")
                else:
                    start += self._above(sheet, ax, row, y + start, f"{self.id}-{nth}")
                nth += 1
            y += height + _GROUP
        if below:
            self._further(sheet, self.top + tall + _AXIS)
        return sheet

    def _axes(self, sheet: Sheet, scale: Scale, top: float, tall: float) -> Axes:
        ax = sheet.axes(scale.left, top, scale.right - scale.left, tall)
        ax.set_xlim(0, scale.most)
        ax.xaxis.set_major_locator(FixedLocator(list(scale.ticks)))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: number(x)))
        ax.spines["bottom"].set_visible(True)
        ax.tick_params(axis="x", length=4, pad=3)
        return ax

    def _captions(self, sheet: Sheet, base: float) -> None:
        """What the axes count, and in which days."""
        sheet.text(self.main.left, base, ", ".join(filter(None, (self.axis, self.days[0]))), colour="muted")
        if self.wide and self.more:
            sheet.text(self.width, base, f"{self.axis}, {self.days[1]}", colour="muted", ha="right")

    # --- answers

    def _height(self, first: str, rows: Sequence[Row]) -> float:
        words = _STEP * len(self._lines(first))
        return max(words, sum(map(self._row, rows))) if self.wide else words + 1 + sum(map(self._row, rows))

    def _row(self, row: Row) -> float:
        """The height of a row."""
        if self.wide:
            return max(_ROW, LINE * len(self._answer(row)) + 4)
        return LINE * len(self._answer(row)) + (LINE + self.strip if row.amount else LINE) + _BELOW

    def _answer(self, row: Row) -> list[str]:
        """A second answer: in its column, or above the number of its range."""
        if self.wide:
            return wrap(row.second, self.main.left - self.first - _GAP)
        return wrap(f"{self.heads[1]} {row.second}", self.width)

    def _lines(self, first: str) -> list[str]:
        """A first answer: in its column, or whole above its rows."""
        if self.wide:
            return wrap(first, self.first - _GAP, BODY)
        return wrap(f"{self.heads[0]} {first}", self.width, BODY, BOLD)

    def _group(self, sheet: Sheet, first: str, y: float) -> float:
        """A first answer, and how far below it its rows begin."""
        lines = self._lines(first)
        weight = 400 if self.wide else BOLD
        sheet.lines(0, self.top + y + 18, lines, size=BODY, weight=weight, step=_STEP)
        return 0.0 if self.wide else _STEP * len(lines) + 4

    def _beside(self, sheet: Sheet, axes: tuple[Axes, Axes | None], row: Row, y: float, gid: str) -> float:
        """A row of the wide drawing: its answer at the left of its ranges."""
        height, lines = self._row(row), self._answer(row)
        base = y + height / 2 + 5
        sheet.lines(self.first, self.top + base - LINE * (len(lines) - 1) / 2, lines)
        if row.amount:
            self._range(sheet, axes[0], self.main, row.amount, self.top, y + height / 2 + 6, gid)
        else:
            sheet.text(self.main.left + 6, self.top + base, row.failure, weight=BOLD, backed=True)
        if row.later and self.more and axes[1]:
            self._range(sheet, axes[1], self.more, row.later, self.top, y + height / 2 + 6, f"{gid}-later")
        return height

    def _above(self, sheet: Sheet, ax: Axes, row: Row, y: float, gid: str) -> float:
        """A row of the narrow drawing: its answer above its number and its range."""
        lines = self._answer(row)
        below = y + LINE * len(lines)
        sheet.lines(0, self.top + y + 12, lines)
        if row.amount:
            self._bands(ax, below + LINE, below + LINE + self.strip, f"{gid}-band")
            self._range(sheet, ax, self.main, row.amount, self.top, below + LINE + _STRIP / 2, gid)
        else:
            sheet.text(self.main.left, self.top + below + 12, row.failure, weight=BOLD)
        return self._row(row)

    def _further(self, sheet: Sheet | None, top: float) -> float:
        """Further days below the narrow drawing, on their own axis; the height that takes."""
        rows = [(nth, row, later) for nth, row in enumerate(self.rows) if (later := row.later)]
        if not self.more or not rows:
            return 0.0
        words = [wrap(f"{row.first}, {row.second}", self.width) for _, row, _ in rows]
        tall = sum(LINE * (len(lines) + 1) + _STRIP + _BELOW for lines in words)
        if sheet:
            sheet.text(0, top + 22, f"In {self.days[1]}, {self.axis}", size=BODY, weight=BOLD)
            ax, y = self._axes(sheet, self.more, top + 28, tall), 0.0
            for (nth, _, later), lines in zip(rows, words, strict=True):
                sheet.lines(0, top + 28 + y + 12, lines)
                y += LINE * (len(lines) + 1)
                self._range(sheet, ax, self.more, later, top + 28, y + _STRIP / 2, f"{self.id}-{nth}-later")
                y += _STRIP + _BELOW
        return 28 + tall + 20

    # --- marks

    def _range(self, sheet: Sheet, ax: Axes, scale: Scale, one: Value, top: float, middle: float, gid: str) -> None:
        """A range with its number above its end: filled, or a line between two ends where it says little."""
        low, high = scale.seen(one)
        if high - low > _WIDE * high:
            across = [low, low, low, high, high, high]
            down = [middle + by * _THICK for by in (-0.5, 0.5, 0, 0, -0.5, 0.5)]
            colour = PALETTE[one.side if one.side in PALETTE else "before"]
            (line,) = ax.plot(across, down, color=colour, lw=2.0, zorder=3, solid_capstyle="butt", clip_on=False)
            line.set_gid(f"{gid}-{one.side}")
        else:
            marks.bar(ax, low, high, middle, _THICK, one.side, gid)
        start, clear = scale.label(one, scale.left - _GAP + 2 if self.wide else 0.0, self.width)
        sheet.text(start, top + middle - 7, one.text, size=BODY, backed=not clear)

    def _bands(self, ax: Axes, top: float, bottom: float, gid: str) -> None:
        for nth, (one, _) in enumerate(self.bands):
            left, right = self.main.seen(one)
            after = one.side == "after"
            edge = PALETTE["after" if after else "rule"]
            face = (edge, marks.PALE) if after else PALETTE["grid"]
            # A narrow band stands before a wide one that it lies in.
            order = 1 + 0.5 * (1 - (right - left) / self.main.most)
            band = Rectangle((left, top), right - left, bottom - top, facecolor=face, edgecolor=edge, lw=0.8)
            band.set_zorder(order)
            band.set_gid(f"{gid}-{nth}")
            ax.add_patch(band)

    def _names(self, sheet: Sheet, ax: Axes) -> None:
        """The names of the bands above them, each with a line down to its band."""
        for nth, ((one, _), place) in enumerate(zip(self.bands, self.places, strict=True)):
            at, colour = sum(one.ends) / 2, PALETTE["after" if one.side == "after" else "rule"]
            (line,) = ax.plot([at, at], [-_TICK - place.bottom, 0], color=colour, lw=1.0, solid_capstyle="butt")
            line.set_gid(f"{self.id}-name-{nth}")
            base = self.top - _TICK - place.bottom - LINE * (len(place.lines) - 1) - 5
            for at_line, text in enumerate(place.lines):
                sheet.text(place.left + place.width / 2, base + LINE * at_line, text, ha="center")

"""Values as dots, the interval of each as a bar through it: what the explorer draws of any two figures.

dots(
    "pair", "From 7,000 to 27,000 people", "People brought to justice, Kazakhstan", "Source: The Astana Times",
    [DotRow("July to October", (Point(Interval(26_500, 27_500), "26,500 to 27,500", value=27_000),))],
    "people",
)
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from helpers.charts.chart import Chart, chart
from helpers.charts.sheet import BOLD, PALETTE, SMALL, WIDE, Sheet, measure
from helpers.figures.interval import Interval
from helpers.markup import dialect as markup
from helpers.words.numbers import capital, number

# Shape tells the groups apart where colour does not.
MARKERS = {"before": "o", "after": "D", "worked": "s"}
_LABELS, _VALUES = 230.0, 136.0  # the columns of labels and of values in the wide drawing
_EDGE = 8.0  # at both sides of the narrow one
_LINE, _POINT = 16.0, 21.0  # a line of a label, and a point
_PAD = 11.0  # of a row
_TOP, _AXIS = 6.0, 40.0
_KEY, _REFERENCE, _DIVIDER = 18.0, 20.0, 26.0  # heights of a line of the key, of a name at the top, of the break
_BESIDE, _ABOVE = 31, 45  # characters of a label beside the plot; of label and value above it


@dataclass(frozen=True)
class Point:
    """One value of a row: its interval, where its marker stands, how it is written, and its group."""

    interval: Interval
    text: str
    group: str = "after"
    value: float | None = None

    @property
    def place(self) -> float:
        """Where the marker stands: at the printed value, or in the middle where there is none."""
        return self.value if self.value is not None else float(self.interval.low + self.interval.high) / 2


@dataclass(frozen=True)
class DotRow:
    """One line of a dot plot."""

    label: str
    points: tuple[Point, ...]


def dots(
    id: str,
    title: str,
    subtitle: str,
    source: str,
    rows: Sequence[DotRow],
    axis: str,
    *,
    log: bool = False,
    zero: bool = True,
    reference: tuple[float, str] | None = None,
    divider: tuple[int, str] | None = None,
    legend: dict[str, str] | None = None,
) -> Chart | None:
    """Draw rows of points.

    Parameters
    ----------
    rows
        In drawing order; several points of a row stand one below the other.
    axis
        What the horizontal axis measures, with its unit.
    log
        A ratio scale; otherwise the axis starts at zero unless `zero` is false.
    reference
        A vertical line and its name: "no change" at 1.
    divider
        Index of the row before which a break mark crosses the chart, and its name.
    legend
        What each group of points is, where it is not said by the row.

    Returns
    -------
    Chart or None
        None without rows: a chart of an edition that has nothing to show.

    Raises
    ------
    ValueError
        For a group without a marker, or an interval without an end.
    """
    if not rows:
        return None
    _check(rows)
    drawing = _Drawing(id, rows, axis, log, zero, reference, divider, legend or {})
    cells = [[row.label, (legend or {}).get(point.group, ""), point.text] for row in rows for point in row.points]
    header = ["", "Group", capital(axis)]
    if not legend:
        cells, header = [[label, text] for label, _, text in cells], [header[0], header[2]]
    return chart(
        id,
        title,
        subtitle,
        source,
        drawing.sheet,
        kind="Dot plot",
        listing="; ".join(f"{row.label}: {', '.join(point.text for point in row.points)}" for row in rows),
        header=header,
        cells=[[markup.escape(cell) for cell in row] for row in cells],
    )


def _check(rows: Sequence[DotRow]) -> None:
    for point in (point for row in rows for point in row.points):
        if point.group not in MARKERS:
            raise ValueError(f"Could not draw group `{point.group}`: use one of {', '.join(MARKERS)}.")
        if math.isinf(point.interval.low) or math.isinf(point.interval.high):
            raise ValueError(f"Could not draw `{point.text}`: its interval has no end.")


# --- where the parts of a row stand ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Place:
    """Heights within a row, from its top: of each label line, of each point, and of each point's text."""

    lines: list[str]
    lines_at: list[float]
    points_at: list[float]
    texts_at: list[float]
    height: float


def _beside(row: DotRow) -> _Place:
    """Label to the left of the plot, values to the right, all centred."""
    lines = textwrap.wrap(row.label, _BESIDE)
    height = max(_LINE * len(lines), _POINT * len(row.points)) + _PAD
    points = [height / 2 + _POINT * (n - (len(row.points) - 1) / 2) for n in range(len(row.points))]
    middles = [height / 2 + _LINE * (n - (len(lines) - 1) / 2) for n in range(len(lines))]
    return _Place(lines, middles, points, points, height)


def _above(row: DotRow) -> _Place:
    """Label above the plot, each value at the end of a label line, the points below."""
    longest = max(len(point.text) for point in row.points)
    lines = textwrap.wrap(row.label, max(12, _ABOVE - longest))
    texts = [12 + _LINE * n for n in range(len(row.points))]
    below = 12 + _LINE * (max(len(lines), len(texts)) - 1) + 17
    points = [below + 13 * n for n in range(len(row.points))]
    return _Place(lines, [12 + _LINE * n for n in range(len(lines))], points, texts, points[-1] + _PAD)


# --- the drawing ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Drawing:
    id: str
    rows: Sequence[DotRow]
    axis: str
    log: bool
    zero: bool
    reference: tuple[float, str] | None
    divider: tuple[int, str] | None
    legend: dict[str, str]

    def sheet(self, width: int) -> Sheet:
        wide = width == WIDE
        places = [(_beside if wide else _above)(row) for row in self.rows]
        keys = _KEY * (len(self.legend) if not wide else bool(self.legend))
        top = keys + (_REFERENCE if self.reference else 0) + _TOP
        height = sum(place.height for place in places) + (_DIVIDER if self.divider else 0)
        sheet = Sheet(width, top + height + _AXIS)
        left, right = (_LABELS, _VALUES) if wide else (_EDGE, _EDGE + 2)
        ax = sheet.axes(left, top, width - left - right, height)
        y = 0.0
        for index, (row, place) in enumerate(zip(self.rows, places, strict=True)):
            if self.divider and self.divider[0] == index:
                self._divide(sheet, top + y + _DIVIDER / 2, self.divider[1])
                y += _DIVIDER
            elif index:
                sheet.rule(0, top + y, width, colour="grid", lw=0.6)
            self._row(sheet, ax, row, place, top, y, f"{self.id}-{index}")
            y += place.height
        self._scale(ax, 6 if wide else 4)
        if self.reference:
            at, name = self.reference
            ax.axvline(at, color=PALETTE["ink"], lw=1, zorder=1)
            look: dict[str, Any] = {"ha": "center", "va": "bottom", "fontsize": SMALL, "color": PALETTE["ink"]}
            ax.annotate(name, (at, 0), (0, 5), textcoords="offset points", **look)
        self._key(sheet, wide)
        return sheet

    def _row(self, sheet: Sheet, ax: Axes, row: DotRow, place: _Place, top: float, y: float, gid: str) -> None:
        for line, at in zip(place.lines, place.lines_at, strict=True):
            sheet.text(0, top + y + at + 4.5, line, backed=True)
        for nth, point in enumerate(row.points):
            at, colour = y + place.points_at[nth], PALETTE[point.group]
            ends = [float(point.interval.low), float(point.interval.high)]
            (bar,) = ax.plot(ends, [at, at], color=colour, lw=5, solid_capstyle="butt", zorder=2)
            bar.set_gid(f"{gid}-{nth}-interval")
            look: dict[str, Any] = {"ms": 8, "mfc": PALETTE["paper"], "mec": colour, "mew": 2.2, "zorder": 3}
            (dot,) = ax.plot([point.place], [at], MARKERS[point.group], **look)
            dot.set_gid(f"{gid}-{nth}-value")
            sheet.text(sheet.width, top + y + place.texts_at[nth] + 4.5, point.text, ha="right", backed=True)

    def _divide(self, sheet: Sheet, y: float, name: str) -> None:
        sheet.rule(0, y, sheet.width, colour="break", lw=1.4, ls=(0, (4, 3)))
        sheet.text(0, y + 4.5, f"{name}  ", weight=BOLD, colour="break", backed=True)

    def _scale(self, ax: Axes, ticks: int) -> None:
        points = [point for row in self.rows for point in row.points]
        ends = [float(end) for point in points for end in (point.interval.low, point.interval.high)]
        ends += [self.reference[0]] if self.reference else []
        low, high = min(ends), max(ends)
        if self.log:
            ax.set_xscale("log", base=2)
            steps = _ratios(low, high)
            ax.set_xlim(min(low, *steps) * 0.94, max(high, *steps) * 1.06)
            ax.xaxis.set_major_locator(FixedLocator(steps))
            ax.xaxis.set_minor_locator(NullLocator())
        else:
            start = 0 if self.zero and low >= 0 else low - (high - low) * 0.08
            ax.set_xlim(start, high + (high - start) * 0.04)
            ax.xaxis.set_major_locator(MaxNLocator(ticks - 1, steps=[1, 2, 2.5, 5, 10]))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: _tick(x)))
        ax.set_xlabel(self.axis, loc="left", fontsize=SMALL)
        ax.xaxis.labelpad = 6
        ax.grid(axis="x", color=PALETTE["grid"], lw=0.8, zorder=0)
        ax.spines["bottom"].set_visible(True)
        ax.tick_params(axis="x", length=0, pad=5)

    def _key(self, sheet: Sheet, wide: bool) -> None:
        """What the markers mean: side by side, or one below the other."""
        ax = sheet.axes(0, 0, sheet.width, sheet.height)
        ax.set_xlim(0, sheet.width)
        x, y = 6.0, 9.0
        for group, label in self.legend.items():
            look: dict[str, Any] = {"ms": 8, "mfc": PALETTE["paper"], "mec": PALETTE[group], "mew": 2.2}
            (mark,) = ax.plot([x], [y], MARKERS[group], **look)
            mark.set_gid(f"{self.id}-key-{group}")
            sheet.text(x + 11, y + 4.5, label, colour="muted")
            x, y = (x + measure(label) + 34, y) if wide else (x, y + _KEY)


def _ratios(low: float, high: float) -> list[float]:
    """Ticks of a ratio scale: round factors within the values or just beyond, fewer the further they reach."""
    span = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 2)
    for factors in ((1, 1.5, 2, 3, 4, 5, 7.5), (1, 2, 5), (1,)):
        found = [f * 10.0**e for e in span for f in factors if low * 0.9 <= f * 10.0**e <= high * 1.1]
        if len(found) <= 7:
            break
    return found or [low, high]


def _tick(x: float) -> str:
    places = next((places for places in range(6) if math.isclose(x, round(x, places), abs_tol=1e-9)), 6)
    return number(float(x), places)

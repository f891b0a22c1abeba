"""The chart vocabulary: dots with their intervals, windows on a calendar, a timeline.

Each chart is drawn twice, for a wide column and for a phone, and comes with a title that states its point, a subtitle,
a short alternative text and a long description, both made from the same rows as the drawing. Titles stay outside the
drawing, as text of the page.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from matplotlib import dates as mdates
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullLocator
from matplotlib.transforms import IdentityTransform, blended_transform_factory

from helpers.charts.layout import (
    BEHIND,
    NARROW,
    PALETTE,
    SMALL,
    WIDE,
    Point,
    Window,
    bar,
    canvas,
    check_group,
    divider_line,
    key,
    marker,
    month,
    point_mark,
    style,
    svg,
    value_axis,
)
from helpers.markup import dialect as markup
from helpers.words.template import day, table


@dataclass(frozen=True)
class Row:
    """One line of a dot plot."""

    label: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Chart:
    """A drawing in two widths, with all that goes with it.

    Attributes
    ----------
    id
        Stable name, the anchor of the figure.
    title, subtitle, source
        Markdown: the point; measure, place and period; where the values come from.
    alt
        Short text in place of the drawing.
    description
        Markdown table of every value drawn.
    wide, narrow
        SVG in light colours, 720 and 340 units wide, one unit a CSS pixel.
    """

    id: str
    title: str
    subtitle: str
    source: str
    alt: str
    description: str
    wide: str
    narrow: str

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        data = {
            "image/svg+xml": self.wide,
            "text/markdown": self.description,
            "text/html": self.html(),
            "text/plain": self.alt,
        }
        keys = ("id", "title", "subtitle", "alt", "source", "narrow")
        return data, {"image/svg+xml": {key: getattr(self, key) for key in keys}}

    def html(self) -> str:
        """The figure as it stands in a page."""
        title, subtitle, source = (_inline(part) for part in (self.title, self.subtitle, self.source))
        drawings = "".join(
            f'<div class="{name}">{_for_page(svg, self.alt)}</div>'
            for name, svg in (("wide", self.wide), ("narrow", self.narrow))
        )
        return (
            f'<figure id="c-{self.id}" class="chart"><figcaption><strong class="title">{title}</strong>'
            f'<span class="subtitle">{subtitle}</span></figcaption>{drawings}'
            f'<p class="source">{source}</p>'
            f"<details><summary>The values in this chart</summary>{markup.to_html(self.description)}</details></figure>"
        )


# --- the vocabulary ------------------------------------------------------------------------------------------------


def dots(
    id: str,
    title: str,
    subtitle: str,
    source: str,
    rows: Sequence[Row],
    axis: str,
    *,
    log: bool = False,
    zero: bool = True,
    reference: tuple[float, str] | None = None,
    divider: tuple[int, str] | None = None,
    legend: dict[str, str] | None = None,
) -> Chart | None:
    """Values as dots, the interval of each as a bar through it.

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
        Row index before which a break mark crosses the chart, and its name.
    legend
        What each group of points is, where it is not said by the row.

    Returns
    -------
    Chart or None
        None without rows: a chart of an edition that has nothing to show.
    """
    if not rows:
        return None
    points = [point for row in rows for point in row.points]
    for point in points:
        check_group(point.group)
        if math.isinf(point.interval.low) or math.isinf(point.interval.high):
            raise ValueError(f"Could not draw `{point.text}`: its interval has no end.")
    low, high = min(float(p.interval.low) for p in points), max(float(p.interval.high) for p in points)
    if reference:
        low, high = min(low, reference[0]), max(high, reference[0])

    def draw(width: int) -> Figure:
        wide = width == WIDE
        places = [(_beside if wide else _above)(row) for row in rows]
        lines = len(legend or ()) if not wide else bool(legend)
        top = 18 * lines + (20 if reference else 0) + 6
        gap = 26 if divider else 0
        figure, ax = canvas(
            width,
            sum(place.height for place in places) + gap,
            left=230 if wide else 8,
            right=136 if wide else 10,
            top=top,
            bottom=40,
        )
        edge = blended_transform_factory(IdentityTransform(), ax.transData)
        y = 0.0
        for index, (row, place) in enumerate(zip(rows, places, strict=True)):
            if divider and divider[0] == index:
                divider_line(ax, y + gap / 2, divider[1], width)
                y += gap
            elif index:
                ax.plot([0, width], [y, y], transform=edge, color=PALETTE["grid"], lw=0.6, zorder=0)
            label = {"transform": edge, "va": "center", "fontsize": SMALL, "bbox": BEHIND, "zorder": 5}
            for line, at in zip(place.lines, place.lines_at, strict=True):
                ax.text(0, y + at, line, color=PALETTE["ink"], **label)
            for nth, (point, at, text_at) in enumerate(zip(row.points, place.points_at, place.texts_at, strict=True)):
                point_mark(ax, point, y + at, f"{id}-{index}-{nth}")
                ax.text(width, y + text_at, point.text, color=PALETTE[point.group], ha="right", **label)
            y += place.height
        value_axis(ax, axis, low, high, log=log, zero=zero, ticks=6 if wide else 4)
        if reference:
            ax.axvline(reference[0], color=PALETTE["ink"], lw=1, zorder=1)
            ax.text(reference[0], -6, reference[1], ha="center", va="bottom", fontsize=SMALL, color=PALETTE["ink"])
        if legend:
            key(figure, legend, width)
        return figure

    cells = [[row.label, (legend or {}).get(point.group, ""), point.text] for row in rows for point in row.points]
    header = ["", "Group", axis[:1].upper() + axis[1:]]
    if not legend:
        cells, header = [[label, text] for label, _, text in cells], [header[0], header[2]]
    listing = "; ".join(f"{row.label}: {', '.join(p.text for p in row.points)}" for row in rows)
    return _chart(id, title, subtitle, source, draw, "Dot plot", listing, header, cells)


def windows(
    id: str,
    title: str,
    subtitle: str,
    source: str,
    rows: Sequence[Window],
    break_date: date | None,
    break_label: str,
    legend: dict[str, str],
) -> Chart | None:
    """Periods as bars on one calendar, with the break across them."""
    dated = [row for row in rows if row.start and row.end]
    if not dated:
        return None
    first, last = min(row.start for row in dated), max(row.end for row in dated) + timedelta(days=1)

    def draw(width: int) -> Figure:
        wide = width == WIDE
        left, chars = (250, 33) if wide else (30, 44)
        labels = [textwrap.wrap(row.label, chars) for row in rows]
        heights = [max(28, _LINE * len(lines) + 10) if wide else _LINE * len(lines) + 20 for lines in labels]
        top = 42 if wide else 24 + 18 * len(legend)
        figure, ax = canvas(width, sum(heights), left=left, right=30, top=top, bottom=24)
        ax.set_xlim(mdates.date2num(first), mdates.date2num(last))
        edge = blended_transform_factory(IdentityTransform(), ax.transData)
        y = 0.0
        for index, (row, lines, height) in enumerate(zip(rows, labels, heights, strict=True)):
            if wide:
                ax.text(
                    0,
                    y + height / 2,
                    "\n".join(lines),
                    transform=edge,
                    va="center",
                    fontsize=SMALL,
                    color=PALETTE["ink"],
                    linespacing=1.25,
                )
                middle = y + height / 2
            else:
                ax.text(
                    0,
                    y + 4,
                    "\n".join(lines),
                    transform=edge,
                    va="top",
                    fontsize=SMALL,
                    color=PALETTE["ink"],
                    linespacing=1.2,
                    bbox=BEHIND,
                    zorder=5,
                )
                middle = y + _LINE * len(lines) + 9
            if row.start and row.end:
                bar(ax, row, middle, f"{id}-{index}")
            else:
                ax.text(
                    mdates.date2num(first),
                    middle,
                    "  " + row.note,
                    va="center",
                    fontsize=SMALL,
                    color=PALETTE["muted"],
                    style="italic",
                )
            y += height
        ax.xaxis.set_major_locator(mdates.MonthLocator(bymonth=(1, 4, 7, 10) if wide else (1, 7)))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: month(x)))
        ax.tick_params(axis="x", length=4)
        if break_date:
            at = mdates.date2num(break_date)
            ax.axvline(at, color=PALETTE["break"], lw=1.6, zorder=4)
            ax.text(
                at,
                -6,
                break_label,
                ha="right" if not wide else "center",
                va="bottom",
                fontsize=SMALL,
                color=PALETTE["break"],
                fontweight="bold",
            )
        key(figure, legend, width, swatch=True)
        return figure

    cells = [
        [
            row.label,
            f"{day(row.start)} to {day(row.end)}" + (" (inferred)" if row.inferred else "")
            if row.start and row.end
            else row.note,
        ]
        for row in rows
    ]
    listing = "; ".join(f"{label}: {text}" for label, text in cells)
    return _chart(
        id, title, subtitle, source, draw, "Calendar of periods", listing, ["Figure", "Period covered"], cells
    )


def timeline(
    id: str,
    title: str,
    subtitle: str,
    source: str,
    events: Sequence[tuple[str, str, str]],
    legend: dict[str, str],
) -> Chart | None:
    """Dated steps from first to last, evenly spaced: (date as written, label, kind)."""
    if not events:
        return None
    for _, _, kind in events:
        check_group(kind)

    def draw(width: int) -> Figure:
        wide = width == WIDE
        left, chars = (150, 74) if wide else (128, 29)
        labels = [textwrap.wrap(label, chars) for _, label, _ in events]
        heights = [_LINE * len(lines) + (11 if wide else 9) for lines in labels]
        figure, ax = canvas(width, sum(heights), left=0, right=0, top=24 if wide else 18 * len(legend) + 6, bottom=4)
        ax.set_xlim(0, width)
        ax.xaxis.set_major_locator(NullLocator())
        ax.spines["bottom"].set_visible(False)
        ax.plot([7, 7], [8, sum(heights) - heights[-1] + 8], color=PALETTE["rule"], lw=1.2, zorder=1)
        y = 0.0
        for index, ((when, _, kind), lines, height) in enumerate(zip(events, labels, heights, strict=True)):
            strong = kind == "break"
            look = {"va": "center", "fontsize": SMALL, "fontweight": "bold" if strong else "normal"}
            marker(ax, 7, y + 8, kind, f"{id}-{index}")
            ax.text(19, y + 8, when, color=PALETTE["break" if strong else "muted"], **look)
            for nth, line in enumerate(lines):
                ax.text(left, y + 8 + _LINE * nth, line, color=PALETTE["break" if strong else "ink"], **look)
            y += height
        key(figure, legend, width)
        return figure

    cells = [[when, label, legend.get(kind, kind)] for when, label, kind in events]
    listing = "; ".join(f"{when}: {label}" for when, label, _ in events)
    return _chart(id, title, subtitle, source, draw, "Timeline", listing, ["Date", "Step", "Kind"], cells)


# --- where the parts of a row stand ---------------------------------------------------------------------------------

_LINE = 16.0
_LABEL = 31  # characters of a label beside the plot
_ROW = 45  # characters of a label and a value on one line of the narrow drawing


@dataclass(frozen=True)
class _Place:
    """Heights within a row, from its top: of each label line, of each point, and of each point's text."""

    lines: list[str]
    lines_at: list[float]
    points_at: list[float]
    texts_at: list[float]
    height: float


def _beside(row: Row) -> _Place:
    """Label to the left of the plot, values to the right, all centred."""
    lines = textwrap.wrap(row.label, _LABEL)
    height = max(_LINE * len(lines), 21.0 * len(row.points)) + 11
    points = [height / 2 + 21 * (n - (len(row.points) - 1) / 2) for n in range(len(row.points))]
    return _Place(
        lines, [height / 2 + _LINE * (n - (len(lines) - 1) / 2) for n in range(len(lines))], points, points, height
    )


def _above(row: Row) -> _Place:
    """Label above the plot, each value at the end of a label line, the points below."""
    longest = max(len(point.text) for point in row.points)
    lines = textwrap.wrap(row.label, max(12, _ROW - longest))
    texts = [12 + _LINE * n for n in range(len(row.points))]
    below = 12 + _LINE * (max(len(lines), len(texts)) - 1) + 17
    points = [below + 13 * n for n in range(len(row.points))]
    return _Place(lines, [12 + _LINE * n for n in range(len(lines))], points, texts, points[-1] + 11)


# --- from a drawing to a chart -------------------------------------------------------------------------------------


def _chart(
    id: str,
    title: str,
    subtitle: str,
    source: str,
    draw: Callable[[int], Figure],
    kind: str,
    listing: str,
    header: list[str],
    cells: list[list[str]],
) -> Chart:
    drawings = {}
    for name, width in (("wide", WIDE), ("narrow", NARROW)):
        with style():
            drawings[name] = svg(draw(width), f"{id}-{name}")
    alt = f"{kind}. {markup.plain(title)}. {textwrap.shorten(listing, 300, placeholder=' …')}"
    description = table(
        f"Values in the chart “{markup.plain(title)}”", header, [[markup.escape(c) for c in row] for row in cells]
    )
    return Chart(id, title, subtitle, source, alt, description, drawings["wide"], drawings["narrow"])


def _for_page(svg: str, alt: str) -> str:
    """The drawing for a page: colours as CSS variables, the page's own font, its text in place."""
    for name, colour in PALETTE.items():
        svg = svg.replace(colour, f"var(--{name})")
    svg = re.sub(rf"font-size: {SMALL:g}px; font-family: 'DejaVu Sans'[^;\"]*; (?:text-anchor: start; )?", "", svg)
    svg = re.sub(r"'DejaVu Sans'[^;\"]*", "var(--sans)", svg)
    label = alt.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return svg.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)


def _inline(text: str) -> str:
    return re.sub(r"^<p>|</p>\s*$", "", markup.to_html(text).strip())

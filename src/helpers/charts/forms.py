"""Windows on a calendar and a timeline, as the briefing still draws them.

Each chart is drawn twice, for a wide column and for a phone, and comes with a title that states its point, a subtitle,
a short alternative text and a long description, both made from the same rows as the drawing. Titles stay outside the
drawing, as text of the page.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from matplotlib import dates as mdates
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullLocator
from matplotlib.transforms import IdentityTransform, blended_transform_factory

from helpers.charts.chart import Chart
from helpers.charts.dots import Row, dots  # noqa: F401  (where notebooks still look for them)
from helpers.charts.layout import (
    BEHIND,
    NARROW,
    PALETTE,
    SMALL,
    WIDE,
    Window,
    bar,
    canvas,
    check_group,
    key,
    marker,
    month,
    style,
    svg,
)
from helpers.markup import dialect as markup
from helpers.words.template import day, table

_LINE = 16.0


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

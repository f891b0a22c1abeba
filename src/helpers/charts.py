"""The chart vocabulary: dots with their bands, windows on a calendar, a timeline.

Each chart is drawn twice, for a wide column and for a phone, and comes with a title that states its point, a subtitle,
a short alternative text and a long description, both made from the same rows as the drawing. Titles stay outside the
drawing, as text of the page.
"""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
import seaborn as sns
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator
from matplotlib.transforms import IdentityTransform, blended_transform_factory

from helpers import markup
from helpers.band import Band
from helpers.prose import day, number, table

# Light colours; a page replaces each by the CSS variable of its name, so that the dark page has its own.
PALETTE = {
    "ink": "#1c2227",
    "muted": "#545d66",
    "rule": "#767f88",
    "grid": "#d9dde1",
    "paper": "#ffffff",
    "before": "#5b6670",
    "after": "#0b6a72",
    "worked": "#8a4b08",
    "break": "#a3195b",
}
# Shape tells the groups apart where colour does not.
MARKERS = {"before": "o", "after": "D", "worked": "s", "break": "D", "context": "o", "rule": "s"}
WIDE, NARROW = 720, 340
SMALL = 12.0

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
ElementTree.register_namespace("", _SVG)

_STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "helpers",
    "font.family": "DejaVu Sans",  # the widest of the common fonts: what fits in it fits in a reader's own
    "font.size": SMALL,
    "axes.edgecolor": PALETTE["rule"],
    "axes.labelcolor": PALETTE["muted"],
    "axes.grid": False,
    "xtick.color": PALETTE["rule"],
    "xtick.labelcolor": PALETTE["muted"],
    "xtick.labelsize": SMALL,
    "axes.labelsize": SMALL,
    "figure.dpi": 72,
    "path.simplify": False,
}


# Paper behind a text that lines would cross.
_BEHIND = {"facecolor": PALETTE["paper"], "edgecolor": "none", "pad": 1.5}


@dataclass(frozen=True)
class Point:
    """One value of a row: its band, where its marker stands, how it is written, and its group."""

    band: Band
    text: str
    group: str = "after"
    value: float | None = None


@dataclass(frozen=True)
class Row:
    """One line of a dot plot."""

    label: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Window:
    """One line of a calendar: what the period belongs to, its days, and whether the source states them."""

    label: str
    start: date | None
    end: date | None
    group: str = "after"
    note: str = ""
    inferred: bool = False


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
    """Values as dots, the band of each as a bar through it.

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
    low, high = min(float(p.band.low) for p in points), max(float(p.band.high) for p in points)
    if reference:
        low, high = min(low, reference[0]), max(high, reference[0])

    def draw(width: int) -> Figure:
        wide = width == WIDE
        places = [(_beside if wide else _above)(row) for row in rows]
        keys = len(legend or ()) if not wide else bool(legend)
        top = 18 * keys + (20 if reference else 0) + 6
        gap = 26 if divider else 0
        figure, ax = _canvas(
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
                _divider(ax, y + gap / 2, divider[1], width)
                y += gap
            elif index:
                ax.plot([0, width], [y, y], transform=edge, color=PALETTE["grid"], lw=0.6, zorder=0)
            label = {"transform": edge, "va": "center", "fontsize": SMALL, "bbox": _BEHIND, "zorder": 5}
            for line, at in zip(place.lines, place.lines_at, strict=True):
                ax.text(0, y + at, line, color=PALETTE["ink"], **label)
            for nth, (point, at, text_at) in enumerate(
                zip(row.points, place.points_at, place.texts_at, strict=True)
            ):
                _point(ax, point, y + at, f"{id}-{index}-{nth}")
                ax.text(width, y + text_at, point.text, color=PALETTE[point.group], ha="right", **label)
            y += place.height
        _value_axis(ax, axis, low, high, log=log, zero=zero, ticks=6 if wide else 4)
        if reference:
            ax.axvline(reference[0], color=PALETTE["ink"], lw=1, zorder=1)
            ax.text(reference[0], -6, reference[1], ha="center", va="bottom", fontsize=SMALL, color=PALETTE["ink"])
        if legend:
            _legend(figure, legend, width)
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
    if not rows:
        return None
    dated = [row for row in rows if row.start and row.end]
    first, last = min(row.start for row in dated), max(row.end for row in dated) + timedelta(days=1)

    def draw(width: int) -> Figure:
        wide = width == WIDE
        left, chars = (250, 33) if wide else (26, 44)
        labels = [textwrap.wrap(row.label, chars) for row in rows]
        heights = [max(28, _LINE * len(lines) + 10) if wide else _LINE * len(lines) + 20 for lines in labels]
        top = 42 if wide else 24 + 18 * len(legend)
        figure, ax = _canvas(width, sum(heights), left=left, right=30, top=top, bottom=24)
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
                    bbox=_BEHIND,
                    zorder=5,
                )
                middle = y + _LINE * len(lines) + 9
            if row.start and row.end:
                _bar(ax, row, middle, f"{id}-{index}")
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
        ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: _month(x)))
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
        _legend(figure, legend, width, swatch=True)
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

    def draw(width: int) -> Figure:
        wide = width == WIDE
        left, chars = (150, 74) if wide else (128, 29)
        labels = [textwrap.wrap(label, chars) for _, label, _ in events]
        heights = [_LINE * len(lines) + (11 if wide else 9) for lines in labels]
        figure, ax = _canvas(width, sum(heights), left=0, right=0, top=24 if wide else 18 * len(legend) + 6, bottom=4)
        ax.set_xlim(0, width)
        ax.xaxis.set_major_locator(NullLocator())
        ax.spines["bottom"].set_visible(False)
        ax.plot([7, 7], [8, sum(heights) - heights[-1] + 8], color=PALETTE["rule"], lw=1.2, zorder=1)
        y = 0.0
        for index, ((when, _, kind), lines, height) in enumerate(zip(events, labels, heights, strict=True)):
            strong = kind == "break"
            look = {"va": "center", "fontsize": SMALL, "fontweight": "bold" if strong else "normal"}
            _marker(ax, 7, y + 8, kind, f"{id}-{index}")
            ax.text(19, y + 8, when, color=PALETTE["break" if strong else "muted"], **look)
            for nth, line in enumerate(lines):
                ax.text(left, y + 8 + _LINE * nth, line, color=PALETTE["break" if strong else "ink"], **look)
            y += height
        _legend(figure, legend, width)
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
    lines = textwrap.wrap(row.label, _ROW - longest)
    texts = [12 + _LINE * n for n in range(len(row.points))]
    below = 12 + _LINE * (max(len(lines), len(texts)) - 1) + 17
    points = [below + 13 * n for n in range(len(row.points))]
    return _Place(lines, [12 + _LINE * n for n in range(len(lines))], points, texts, points[-1] + 11)


# --- drawing -------------------------------------------------------------------------------------------------------


def _canvas(width: int, height: float, *, left: float, right: float, top: float, bottom: float) -> tuple[Figure, Axes]:
    """A figure whose vertical axis counts pixels down from the top of the plot."""
    total = height + top + bottom
    figure = Figure(figsize=(width / 72, total / 72))
    FigureCanvasSVG(figure)
    ax = figure.add_axes((left / width, bottom / total, (width - left - right) / width, height / total))
    ax.set_ylim(height, 0)
    ax.yaxis.set_major_locator(NullLocator())
    sns.despine(ax=ax, left=True)
    ax.patch.set_visible(False)
    figure.patch.set_visible(False)
    return figure, ax


def _point(ax: Axes, point: Point, y: float, gid: str) -> None:
    colour = PALETTE.get(point.group, PALETTE["ink"])
    low, high = float(point.band.low), float(point.band.high)
    (bar,) = ax.plot([low, high], [y, y], color=colour, lw=5, solid_capstyle="butt", zorder=2)
    bar.set_gid(f"{gid}-band")
    value = point.value if point.value is not None else (low + high) / 2
    marker = MARKERS.get(point.group, "o")
    (dot,) = ax.plot([value], [y], marker, ms=8, mfc=PALETTE["paper"], mec=colour, mew=2.2, zorder=3)
    dot.set_gid(f"{gid}-value")


def _bar(ax: Axes, row: Window, y: float, gid: str) -> None:
    start, end = mdates.date2num(row.start), mdates.date2num(row.end + timedelta(days=1))
    colour = PALETTE.get(row.group, PALETTE["ink"])
    hollow = row.group == "before"
    (bar,) = ax.barh(
        y,
        end - start,
        left=start,
        height=13,
        color=PALETTE["paper"] if hollow else colour,
        edgecolor=colour,
        linewidth=1.5,
        linestyle="--" if hollow else "-",
        zorder=2,
    )
    bar.set_gid(f"{gid}-window")


def _marker(ax: Axes, x: float, y: float, kind: str, gid: str) -> None:
    colour = {"break": PALETTE["break"], "rule": PALETTE["after"]}.get(kind, PALETTE["before"])
    filled = PALETTE["paper"] if kind == "context" else colour
    (mark,) = ax.plot(
        [x], [y], MARKERS[kind], ms=10 if kind == "break" else 8, mfc=filled, mec=colour, mew=1.8, zorder=3
    )
    mark.set_gid(gid)


def _divider(ax: Axes, y: float, label: str, width: int) -> None:
    edge = blended_transform_factory(IdentityTransform(), ax.transData)
    ax.plot([0, width], [y, y], transform=edge, color=PALETTE["break"], lw=1.4, ls=(0, (4, 3)), clip_on=False, zorder=1)
    ax.text(
        0,
        y,
        label + "  ",
        transform=edge,
        va="center",
        ha="left",
        fontsize=SMALL,
        fontweight="bold",
        color=PALETTE["break"],
        bbox=_BEHIND,
        zorder=5,
    )


def _value_axis(ax: Axes, axis: str, low: float, high: float, *, log: bool, zero: bool, ticks: int) -> None:
    if log:
        ax.set_xscale("log", base=2)
        steps = [
            s for s in (0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24) if low * 0.8 <= s <= high * 1.2
        ]
        ax.set_xlim(min(low, steps[0]) * 0.94, max(high, steps[-1]) * 1.06)
        ax.xaxis.set_major_locator(FixedLocator(steps))
        ax.xaxis.set_minor_locator(NullLocator())
    else:
        start = 0 if zero and low >= 0 else low - (high - low) * 0.08
        ax.set_xlim(start, high + (high - start) * 0.04)
        ax.xaxis.set_major_locator(MaxNLocator(ticks - 1, steps=[1, 2, 2.5, 5, 10]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda x, _: _tick(x)))
    ax.set_xlabel(axis, loc="left", fontsize=SMALL)
    ax.xaxis.labelpad = 6
    ax.grid(axis="x", color=PALETTE["grid"], lw=0.8, zorder=0)
    ax.set_axisbelow(True)
    ax.tick_params(axis="x", length=0, pad=5)


def _legend(figure: Figure, legend: dict[str, str], width: int, *, swatch: bool = False) -> None:
    """Keys above the drawing: side by side where they fit, else one below the other."""
    height = figure.get_size_inches()[1] * 72
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set_axis_off()
    ax.set_xlim(0, width)
    ax.set_ylim(height, 0)
    x, y = 6.0, 9.0
    for group, label in legend.items():
        if swatch:
            window = Window("", date(2000, 1, 1), date(2000, 1, 1), group)
            colour = PALETTE[group]
            hollow = window.group == "before"
            ax.barh(
                y,
                18,
                left=x - 6,
                height=11,
                color=PALETTE["paper"] if hollow else colour,
                edgecolor=colour,
                linewidth=1.5,
                linestyle="--" if hollow else "-",
            )
        elif group in ("rule", "context", "break"):
            _marker(ax, x, y, group, f"key-{group}")
        else:
            colour = PALETTE[group]
            ax.plot([x], [y], MARKERS[group], ms=8, mfc=PALETTE["paper"], mec=colour, mew=2.2)
        ax.text(x + (18 if swatch else 11), y, label, va="center", fontsize=SMALL, color=PALETTE["muted"])
        if width == WIDE:
            x += 7.4 * len(label) + 40
        else:
            y += 18


def _tick(x: float) -> str:
    places = 0 if abs(x - round(x)) < 1e-9 else 1 if abs(x * 10 - round(x * 10)) < 1e-9 else 2
    return number(round(x, places), places) if places == 0 else f"{x:.{places}f}"


def _month(x: float) -> str:
    when = mdates.num2date(x)
    return f"{when:%b}\u00a0{when.year}" if when.month == 1 else f"{when:%b}"


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
        # The style must hold while the figure is made and while it is written.
        with mpl.rc_context(), sns.axes_style("ticks", rc=_STYLE):
            mpl.rcParams.update(_STYLE)
            drawings[name] = _svg(draw(width), f"{id}-{name}")
    alt = f"{kind}. {markup.plain(title)} {textwrap.shorten(listing, 300, placeholder=' …')}"
    description = table(
        f"Values in the chart “{markup.plain(title)}”", header, [[markup.escape(c) for c in row] for row in cells]
    )
    return Chart(id, title, subtitle, source, alt, description, drawings["wide"], drawings["narrow"])


def _svg(figure: Figure, prefix: str) -> str:
    """The figure as a small SVG: one unit a pixel, no metadata, no clip paths, ids of its own."""
    for artist in figure.findobj():
        artist.set_clip_on(False)
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    root = ElementTree.fromstring(buffer.getvalue())
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.endswith(("metadata", "style")) or (child.tag == f"{{{_SVG}}}defs" and not len(child)):
                parent.remove(child)
    kept = {}
    for element in root.iter():
        name = element.get("id")
        if name and (element.tag == f"{{{_SVG}}}path" or name.startswith(prefix.rsplit("-", 1)[0])):
            kept[name] = (
                f"{prefix}-{len(kept)}" if element.tag == f"{{{_SVG}}}path" else name + prefix[prefix.rfind("-") :]
            )
    for element in root.iter():
        name = element.attrib.pop("id", None)
        if name in kept:
            element.set("id", kept[name])
        target = element.attrib.pop(_XLINK, None)
        if target:
            element.set("href", f"#{kept[target[1:]]}")
        if re.fullmatch(r"rotate\(-0 .*\)", element.get("transform", "")):
            del element.attrib["transform"]
    _flatten(root)
    width, height = (float(root.get(side).removesuffix("pt")) for side in ("width", "height"))
    root.attrib.update({"width": f"{width:g}", "height": f"{height:g}"})
    root.attrib.pop("version", None)
    for element in root.iter():
        for name in {"d", "x", "y"} & element.attrib.keys():  # positions only: a scale or a printed text stays exact
            element.set(
                name,
                re.sub(r"-?\d+\.\d{3,}", lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."), element.get(name)),
            )
    return re.sub(r">\s+<", "><", ElementTree.tostring(root, encoding="unicode"))


def _flatten(element: ElementTree.Element) -> None:
    """Without groups that group nothing, in place: a third of what matplotlib writes."""
    kept = []
    for child in element:
        _flatten(child)
        bare = child.tag in (f"{{{_SVG}}}g", f"{{{_SVG}}}defs") and not child.attrib
        if bare and (child.tag.endswith("}g") or not len(child)):
            kept += child
        else:
            kept.append(child)
    element[:] = kept


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

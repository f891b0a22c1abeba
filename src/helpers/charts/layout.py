"""How charts are drawn: one canvas in pixels, the marks, the axes, and a small SVG of it."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree import ElementTree

import matplotlib as mpl
import seaborn as sns
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator
from matplotlib.transforms import IdentityTransform, blended_transform_factory

from helpers.figures.interval import Interval
from helpers.words.template import number

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
    "text.parse_math": False,  # a dollar sign in a label is a dollar sign
}


# Paper behind a text that lines would cross.
BEHIND = {"facecolor": PALETTE["paper"], "edgecolor": "none", "pad": 1.5}


@dataclass(frozen=True)
class Point:
    """One value of a row: its interval, where its marker stands, how it is written, and its group."""

    interval: Interval
    text: str
    group: str = "after"
    value: float | None = None


@dataclass(frozen=True)
class Window:
    """One line of a calendar: what the period belongs to, its days, and whether the source states them."""

    label: str
    start: date | None
    end: date | None
    group: str = "after"
    note: str = ""
    inferred: bool = False


@contextmanager
def style() -> Iterator[None]:
    """The project's own look, whatever a reader's settings are; it must hold while a figure is made and written."""
    with mpl.rc_context():
        mpl.rcdefaults()
        with sns.axes_style("ticks", rc=_STYLE):
            mpl.rcParams.update(_STYLE)
            yield


def check_group(group: str) -> None:
    """Refuse a group that has no marker.

    Raises
    ------
    ValueError
        Naming the groups there are.
    """
    if group not in MARKERS:
        raise ValueError(f"Could not draw group `{group}`: use one of {', '.join(MARKERS)}.")


def canvas(width: int, height: float, *, left: float, right: float, top: float, bottom: float) -> tuple[Figure, Axes]:
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


def point_mark(ax: Axes, point: Point, y: float, gid: str) -> None:
    colour = PALETTE.get(point.group, PALETTE["ink"])
    low, high = float(point.interval.low), float(point.interval.high)
    (bar,) = ax.plot([low, high], [y, y], color=colour, lw=5, solid_capstyle="butt", zorder=2)
    bar.set_gid(f"{gid}-interval")
    value = point.value if point.value is not None else (low + high) / 2
    marker = MARKERS.get(point.group, "o")
    (dot,) = ax.plot([value], [y], marker, ms=8, mfc=PALETTE["paper"], mec=colour, mew=2.2, zorder=3)
    dot.set_gid(f"{gid}-value")


def bar(ax: Axes, row: Window, y: float, gid: str) -> None:
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


def marker(ax: Axes, x: float, y: float, kind: str, gid: str) -> None:
    colour = {"break": PALETTE["break"], "rule": PALETTE["after"]}.get(kind, PALETTE["before"])
    filled = PALETTE["paper"] if kind == "context" else colour
    (mark,) = ax.plot(
        [x], [y], MARKERS[kind], ms=10 if kind == "break" else 8, mfc=filled, mec=colour, mew=1.8, zorder=3
    )
    mark.set_gid(gid)


def divider_line(ax: Axes, y: float, label: str, width: int) -> None:
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
        bbox=BEHIND,
        zorder=5,
    )


def value_axis(ax: Axes, axis: str, low: float, high: float, *, log: bool, zero: bool, ticks: int) -> None:
    if log:
        ax.set_xscale("log", base=2)
        steps = _ratios(low, high)
        ax.set_xlim(min(low, *steps) * 0.94, max(high, *steps) * 1.06)
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


def key(figure: Figure, legend: dict[str, str], width: int, *, swatch: bool = False) -> None:
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
            marker(ax, x, y, group, f"key-{group}")
        else:
            colour = PALETTE[group]
            ax.plot([x], [y], MARKERS[group], ms=8, mfc=PALETTE["paper"], mec=colour, mew=2.2)
        ax.text(x + (18 if swatch else 11), y, label, va="center", fontsize=SMALL, color=PALETTE["muted"])
        if width == WIDE:
            x += 7.4 * len(label) + 40
        else:
            y += 18


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


def month(x: float) -> str:
    when = mdates.num2date(x)
    return f"{when:%b}\u00a0{when.year}" if when.month == 1 else f"{when:%b}"


def svg(figure: Figure, prefix: str) -> str:
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
        if name and (element.tag == f"{{{_SVG}}}path" or name.startswith(prefix.rsplit("-", 1)[0] + "-")):
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
        if "d" in element.attrib:
            element.set("d", " ".join(element.get("d").split()))
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

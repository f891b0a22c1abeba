"""How charts are drawn: one canvas in pixels, the marks, the axes, and a small SVG of it."""

from __future__ import annotations

import io
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
from matplotlib.ticker import NullLocator

from helpers.charts.dots import Point  # noqa: F401  (where notebooks still look for it)
from helpers.charts.sheet import PALETTE

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

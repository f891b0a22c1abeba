"""The sheet a chart is drawn on: its widths, colours and type, places in CSS pixels, and how much room a text takes.

Every length is in CSS pixels from the top left of the drawing; matplotlib is told that 72 of them make an inch.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.textpath import text_to_path

# Light colours; a page replaces each by the CSS variable of its name, so that the dark page has its own.
PALETTE = {
    "ink": "#1c2227",
    "muted": "#545d66",
    "rule": "#767f88",
    "grid": "#d9dde1",
    "paper": "#ffffff",
    "before": "#7b858f",
    "after": "#0b6a72",
    "worked": "#8a4b08",
    "break": "#a3195b",
}
# The same on the dark page, for what cannot see its variables.
DARK = {
    "ink": "#e8ebed",
    "muted": "#a9b2ba",
    "rule": "#87919a",
    "grid": "#343d44",
    "paper": "#14181b",
    "before": "#8d98a2",
    "after": "#5cc0c8",
    "worked": "#e3a75c",
    "break": "#f288bb",
}
WIDE, NARROW = 720, 340
SMALL, BODY, HEAD, LARGE = 12.0, 13.0, 14.0, 18.0  # type sizes
LINE = 15.0  # from one baseline of small type to the next
BOLD = 700
FONT = "DejaVu Sans"  # the widest of the common fonts: what fits in it fits in a reader's own

_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "helpers",
    "font.family": FONT,
    "font.size": SMALL,
    "axes.edgecolor": PALETTE["rule"],
    "axes.labelcolor": PALETTE["muted"],
    "axes.grid": False,
    "axes.spines.left": False,
    "axes.spines.bottom": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.labelsize": SMALL,
    "xtick.color": PALETTE["rule"],
    "xtick.labelcolor": PALETTE["muted"],
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "ytick.labelcolor": PALETTE["ink"],
    "hatch.linewidth": 1.1,
    "figure.dpi": 72,
    "path.simplify": False,
    "text.parse_math": False,  # a dollar sign in a label is a dollar sign
}


@contextmanager
def style(font: str = FONT) -> Iterator[None]:
    """The project's own look, whatever a reader's settings are; it must hold while a figure is made and written."""
    # seaborn gives the look: its "ticks" style, with our own type and colours. Its plotting functions summarise many
    # observations of a frame (means, counts, estimates) and place and colour the marks themselves. Here each mark is
    # one published value with two ends, a side of the break and a label that states what is drawn, twice, for two
    # widths: so bars, bands, dots and texts are matplotlib's own axes, patches, lines and annotations.
    # Imported here, since a process that only measures texts does without it.
    import seaborn as sns

    with mpl.rc_context():
        mpl.rcdefaults()
        own = _STYLE | {"font.family": font}
        with sns.axes_style("ticks", rc=own):
            mpl.rcParams.update(own)
            yield


@functools.lru_cache(maxsize=4096)
def measure(text: str, size: float = SMALL, weight: int = 400) -> float:
    """The width of a line of text."""
    font = FontProperties(family=FONT, size=size, weight=weight)
    return text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]


def wrap(text: str, width: float, size: float = SMALL, weight: int = 400) -> list[str]:
    """A text in lines no wider than `width`, broken at spaces; a longer word has a line of its own."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


GUTTER = 40.0  # between two columns of the wide drawing: each is as wide as the narrow one


@dataclass
class Sheet:
    """A figure of one of the two widths, and places on it.

    Parameters
    ----------
    width, height
        In CSS pixels.
    """

    width: float
    height: float
    figure: Figure = field(init=False)

    def __post_init__(self) -> None:
        self.figure = Figure(figsize=(self.width / 72, self.height / 72))
        self.figure.patch.set_visible(False)

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """Bare axes over a part of the drawing; its vertical axis counts pixels down from their top."""
        across, down = self.width, self.height
        place = (left / across, 1 - (top + height) / down, width / across, height / down)
        ax = self.figure.add_axes(place)
        ax.set_ylim(height, 0)
        ax.patch.set_visible(False)
        ax.tick_params(length=0)
        ax.set_xticks([])
        ax.set_yticks([])
        return ax

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = SMALL,
        weight: int = 400,
        colour: str = "ink",
        ha: str = "left",
        backed: bool = False,
    ) -> None:
        """A line of text on a baseline; `backed` with paper, where a thin line would pass behind it."""
        look: dict[str, Any] = {
            "fontsize": size,
            "fontweight": weight,
            "color": PALETTE[colour],
            "va": "baseline",
            "ha": ha,
        }
        if backed:
            look["bbox"] = {"facecolor": PALETTE["paper"], "edgecolor": "none", "pad": 1.5}
        self.figure.text(*self._place(x, y), text, **look)

    def rule(self, x: float, y: float, width: float, *, colour: str, **look: Any) -> Line2D:
        """A horizontal line across the drawing, behind all else."""
        (left, up), (right, _) = self._place(x, y), self._place(x + width, y)
        line = Line2D([left, right], [up, up], color=PALETTE[colour], transform=self.figure.transFigure, **look)
        line.set_zorder(-1)
        self.figure.add_artist(line)
        return line

    def _place(self, x: float, y: float) -> tuple[float, float]:
        return x / self.width, 1 - y / self.height

    def lines(self, x: float, y: float, lines: Sequence[str], *, step: float = LINE, **more: Any) -> None:
        """Lines of text, the first on the baseline `y`."""
        for nth, line in enumerate(lines):
            self.text(x, y + nth * step, line, **more)

    def part(self, left: float, top: float, width: float) -> Part:
        return Part(self, left, top, width)


@dataclass(frozen=True)
class Part:
    """A part of a sheet, where places are counted from its own corner."""

    sheet: Sheet
    left: float
    top: float
    width: float

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        return self.sheet.axes(self.left + left, self.top + top, width, height)

    def text(self, x: float, y: float, text: str, **look: Any) -> None:
        self.sheet.text(self.left + x, self.top + y, text, **look)

    def lines(self, x: float, y: float, lines: Sequence[str], **look: Any) -> None:
        self.sheet.lines(self.left + x, self.top + y, lines, **look)

    def down(self, by: float) -> Part:
        """The same from further down."""
        return replace(self, top=self.top + by)


def columns(heights: Sequence[float], count: int) -> list[range]:
    """Blocks of these heights in order, cut into one or two columns as even as their order allows."""
    if count == 1 or len(heights) == 1:
        return [range(len(heights))]
    cut = min(range(1, len(heights)), key=lambda at: (max(sum(heights[:at]), sum(heights[at:])), -at))
    return [range(cut), range(cut, len(heights))]

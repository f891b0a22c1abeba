"""One panel of small multiples: a measure, what came of it, and a bar a value on a zero-based axis of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes

from helpers.charts import marks
from helpers.charts.sheet import BODY, BOLD, HEAD, LINE, PALETTE, SMALL, Part, measure, wrap
from helpers.charts.value import Value

_PAD = 6.0  # between a bar and its label
_SHORTEST = 20.0  # the longest bar of a panel whose labels leave no room
_WORD = 10.0  # between the parts of a line
_SHIFT = 0.36  # from the middle of a line of type down to its baseline, in sizes of the type


@dataclass(frozen=True)
class Look:
    """How large the parts of a panel are: sizes of type, a bar, and a row with one line of caption."""

    title: float
    change: float
    label: float
    weight: int
    thick: float
    row: float
    caption: float  # the widest a caption may be


LEADING = Look(HEAD + 1, 26.0, HEAD + 1, BOLD, 21.0, 27.0, 112.0)
COMPACT = Look(HEAD, HEAD, BODY, 400, 13.0, 18.0, 116.0)


@dataclass(frozen=True)
class Filled:
    """A panel with its values: those with a bar, and what is only said."""

    title: str
    unit: str
    change: str
    values: tuple[Value, ...]
    said: Value | None
    look: Look

    @property
    def shown(self) -> tuple[Value, ...]:
        return self.values + ((self.said,) if self.said else ())

    @property
    def captions(self) -> list[list[str]]:
        return [wrap(one.when, self.look.caption) for one in self.values]

    @property
    def caption(self) -> float:
        """The width of its captions."""
        return max((measure(line) for lines in self.captions for line in lines), default=0.0) + 8

    def beside(self, width: float) -> float:
        """The width left beside the change."""
        return width - (measure(self.change, self.look.change, BOLD) + 10 if self.change else 0.0)

    def titles(self, width: float) -> list[str]:
        """Its title in lines beside the change."""
        return wrap(self.title, self.beside(width), self.look.title, BOLD)

    def units(self, width: float) -> list[str]:
        """Its unit in lines; beside the change too, where that reaches down to it."""
        return wrap(self.unit, self.beside(width) if self.look is LEADING else width)

    def rows(self) -> list[tuple[float, float]]:
        """Top and height of each row."""
        rows, y = [], 0.0
        for lines in self.captions:
            height = max(self.look.row, len(lines) * LINE + 4)
            rows.append((y, height))
            y += height
        return rows

    def line(self, width: float) -> bool:
        """Whether it is all said in one line: a change of which no level is given."""
        words = measure(self.title, self.look.title, BOLD) + measure(self.change, BODY) + measure(self.unit)
        return not self.values and words + 2 * _WORD <= width

    def head(self, width: float) -> float:
        """How high title and unit are."""
        if self.line(width):
            return self.look.title + 6
        step = self.look.title + 3
        return step * len(self.titles(width)) + LINE * len(self.units(width)) + 6

    def height(self, width: float) -> float:
        rows = self.rows()
        return self.head(width) + (rows[-1][0] + rows[-1][1] if rows else 0.0)


def draw(part: Part, panel: Filled, caption: float, gid: str) -> None:
    """Draw a panel into a part of the sheet; `caption` is the width that captions have in its column."""
    look, titles = panel.look, panel.titles(part.width)
    step = look.title + 3
    if panel.line(part.width):
        part.text(0, look.title, panel.title, size=look.title, weight=BOLD)
        x = measure(panel.title, look.title, BOLD) + _WORD
        part.text(x, look.title, panel.change, size=BODY)
        part.text(x + measure(panel.change, BODY) + _WORD, look.title, panel.unit, colour="muted")
        return
    part.lines(0, look.title, titles, size=look.title, weight=BOLD, step=step)
    # The change shares its baseline with the title, or hangs from the top where it is larger.
    part.text(part.width, max(look.title, look.change * 0.8), panel.change, size=look.change, weight=BOLD, ha="right")
    part.lines(0, step * len(titles) + SMALL - 1, panel.units(part.width), colour="muted")
    if panel.values:
        _bars(part.down(panel.head(part.width)), panel, caption, gid)


def _bars(part: Part, panel: Filled, caption: float, gid: str) -> None:
    rows, look = panel.rows(), panel.look
    wide, falling = part.width - caption, any(_falls(one) for one in panel.values)
    ax = part.axes(caption, 0, wide, rows[-1][0] + rows[-1][1])
    ax.set_xlim(*_limits(panel, wide))
    zero = ax.axvline(0, color=PALETTE["ink" if falling else "rule"], lw=1.6 if falling else 1.2, zorder=3)
    zero.set_gid(f"{gid}-zero")
    if falling:  # the bars do not begin where those of the other panels do
        rising = not all(map(_falls, panel.values))
        ax.annotate(
            "0",
            (0, 0),
            (0, 4),
            textcoords="offset points",
            ha="center" if rising else "right",
            va="baseline",
            fontsize=SMALL,
            color=PALETTE["ink"],
        )
    for nth, (one, lines) in enumerate(zip(panel.values, panel.captions, strict=True)):
        middle = rows[nth][0] + rows[nth][1] / 2
        _bar(ax, one, middle, look.thick, f"{gid}-{nth}")
        part.lines(0, middle + SMALL * _SHIFT - LINE * (len(lines) - 1) / 2, lines)
        _label(ax, one, middle, look)


def _limits(panel: Filled, wide: float) -> tuple[float, float]:
    """What the axis runs from and to, so that bars are as long as leaves room for the label at the end of each."""
    falls, rises = [(0.0, 0.0)], [(0.0, 0.0)]  # how far a bar reaches, and the width of what stands at its end
    for one in panel.values:
        low, high = one.ends
        label = measure(one.text, panel.look.label, panel.look.weight) + _PAD + 2
        falls.append((max(0.0, -low), label if _falls(one) else 0.0))
        rises.append((max(0.0, high), 0.0 if _falls(one) else label))
    # Every fall has to fit beside every rise.
    units = [(wide - left - right) / (fall + rise) for fall, left in falls for rise, right in rises if fall + rise]
    furthest = max(reach for reach, _ in falls + rises)
    unit = max(min(units, default=1.0), _SHORTEST / (furthest or 1.0))
    zero = max(fall * unit + label for fall, label in falls)
    return -zero / unit, (wide - zero) / unit


def _falls(one: Value) -> bool:
    return one.ends[0] < 0


def _label(ax: Axes, one: Value, middle: float, look: Look) -> None:
    """The value at the end of its bar."""
    low, high = one.ends
    end, shift, side = (low, -_PAD, "right") if _falls(one) else (high, _PAD, "left")
    type_: dict[str, Any] = {"fontsize": look.label, "fontweight": look.weight, "color": PALETTE["ink"]}
    ax.annotate(
        one.text, (end, middle), (shift, -0.5), textcoords="offset points", ha=side, va="center_baseline", **type_
    )


def _bar(ax: Axes, one: Value, middle: float, thick: float, gid: str) -> None:
    low, high = one.ends
    if one.bound:
        marks.limit(ax, high, middle, thick, one.side, gid)
    else:
        marks.amount(ax, low, high, middle, thick, one.side, gid)

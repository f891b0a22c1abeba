"""One panel of small multiples: a measure, what came of it, and a bar a value on a zero-based axis of its own."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.axes import Axes

from helpers.charts import marks
from helpers.charts.sheet import BODY, BOLD, HEAD, LINE, PALETTE, SMALL, Part, measure, wrap
from helpers.charts.value import Value

_PAD = 6.0  # between a bar and its label
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

    def head(self, width: float) -> float:
        """How high title and unit are."""
        step = self.look.title + 3
        return step * len(self.titles(width)) + LINE * len(self.units(width)) + 6

    def height(self, width: float) -> float:
        rows = self.rows()
        return self.head(width) + (rows[-1][0] + rows[-1][1] if rows else 0.0)


def draw(part: Part, panel: Filled, caption: float, gid: str) -> None:
    """Draw a panel into a part of the sheet; `caption` is the width that captions have in its column."""
    look, titles = panel.look, panel.titles(part.width)
    step = look.title + 3
    part.lines(0, look.title, titles, size=look.title, weight=BOLD, step=step)
    # The change shares its baseline with the title, or hangs from the top where it is larger.
    part.text(part.width, max(look.title, look.change * 0.8), panel.change, size=look.change, weight=BOLD, ha="right")
    part.lines(0, step * len(titles) + SMALL - 1, panel.units(part.width), colour="muted")
    if panel.values:
        _bars(part.down(panel.head(part.width)), panel, caption, gid)


def _bars(part: Part, panel: Filled, caption: float, gid: str) -> None:
    rows, look = panel.rows(), panel.look
    label = max(measure(one.text, look.label, look.weight) for one in panel.values) + _PAD + 2
    falls = all(one.high <= 0 for one in panel.values)
    ax = part.axes(caption + (label if falls else 0), 0, part.width - caption - label, rows[-1][0] + rows[-1][1])
    furthest = float(max(max(abs(one.low), abs(one.high)) for one in panel.values))
    ax.set_xlim(*((-furthest, 0) if falls else (0, furthest)))
    ax.axvline(0, color=PALETTE["rule"], lw=1.2, zorder=3)
    for nth, (one, lines) in enumerate(zip(panel.values, panel.captions, strict=True)):
        middle = rows[nth][0] + rows[nth][1] / 2
        _bar(ax, one, middle, look.thick, f"{gid}-{nth}")
        part.lines(0, middle + SMALL * _SHIFT - LINE * (len(lines) - 1) / 2, lines)
        _label(ax, one, middle, look, falls)


def _label(ax: Axes, one: Value, middle: float, look: Look, falls: bool) -> None:
    """The value at the end of its bar."""
    end, shift, side = (float(one.low), -_PAD, "right") if falls else (float(one.high), _PAD, "left")
    type_ = {"fontsize": look.label, "fontweight": look.weight, "color": PALETTE["ink"]}
    ax.annotate(
        one.text, (end, middle), (shift, -0.5), textcoords="offset points", ha=side, va="center_baseline", **type_
    )


def _bar(ax: Axes, one: Value, middle: float, thick: float, gid: str) -> None:
    low, high = float(one.low), float(one.high)
    if one.bound:
        marks.limit(ax, high, middle, thick, one.side, gid)
    else:
        marks.amount(ax, low, high, middle, thick, one.side, gid)

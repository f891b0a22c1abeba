"""Bars in the grammar of every chart: grey before the break, teal after it, both across it.

One mark has one meaning: hatching is for months that are not given, pale for where between two ends a value lies, pale
up to a dashed line for a limit that a source does not call strict.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Polygon, Rectangle

from helpers.charts.sheet import LINE, PALETTE, SMALL, Sheet, measure

HATCH = "/////"
PALE = 0.35  # of the colour of a bar, where a value may lie
OPEN = "open"  # what a key calls a bar that lies somewhere between two ends
_KEY_WIDTH, _KEY_HEIGHT, _KEY_GAP = 18.0, 11.0, 11.0


def bar(ax: Axes, left: float, right: float, middle: float, height: float, side: str, gid: str) -> None:
    """A horizontal bar from `left` to `right`; across the break its upper half is grey, its lower half teal."""
    for colour, top, tall in _halves(middle, height, side):
        if colour == "unknown":
            look = {"facecolor": PALETTE["paper"], "edgecolor": PALETTE["before"], "hatch": HATCH, "linewidth": 1.2}
        else:
            look = {"facecolor": PALETTE[colour], "edgecolor": "none"}
        _add(ax, left, top, right - left, tall, f"{gid}-{colour}", **look)


def between(ax: Axes, left: float, right: float, middle: float, height: float, side: str, gid: str) -> None:
    """Where the end of a bar lies, as far as it is known: pale within an outline."""
    for colour, top, tall in _halves(middle, height, side):
        edge = PALETTE["before" if colour == "unknown" else colour]
        look = {"facecolor": (edge, PALE), "edgecolor": edge, "linewidth": 1.0}
        _add(ax, left, top, right - left, tall, f"{gid}-{colour}-between", **look)


def amount(ax: Axes, low: float, high: float, middle: float, height: float, side: str, gid: str) -> None:
    """A bar from zero to the nearer end of a range, the range itself pale; of one value a bar alone."""
    near = low if low > 0 else min(high, 0.0)
    if near:
        bar(ax, 0, near, middle, height, side, gid)
    if low != high:
        # Each piece begins where the one before it ends; a range on both sides of zero has no certain piece.
        left, right = (high, low) if high < 0 else (low, high)
        between(ax, left, right, middle, height, side, gid)


def limit(ax: Axes, most: float, middle: float, height: float, side: str, gid: str) -> None:
    """What a value hardly exceeds: pale from zero on, where it may lie, up to a dashed line and no edge."""
    face = PALETTE["after" if side == "after" else "before"]
    look = {"facecolor": (face, PALE), "edgecolor": "none"}
    _add(ax, 0, middle - height / 2, most, height, f"{gid}-limit", **look)
    ends = [middle - height / 2 - 3, middle + height / 2 + 3]
    (line,) = ax.plot([most, most], ends, color=PALETTE["ink"], lw=1.6, ls=(0, (3, 2)), zorder=4, solid_capstyle="butt")
    line.set_gid(f"{gid}-most")


def unknown(
    ax: Axes, left: float, right: float, middle: float, height: float, gap: tuple[float, float], gid: str
) -> None:
    """One bar of what is not known, hatched but for a window that a sign has inside it.

    Its left end is ragged and has no line, since it is not known to begin there.
    """
    top, bottom, teeth = middle - height / 2, middle + height / 2, 4
    look: dict[str, Any] = {"facecolor": PALETTE["paper"], "edgecolor": PALETTE["before"], "hatch": HATCH, "lw": 0.0}
    tooth = (gap[1] - gap[0]) / 3
    ragged = [(left + tooth * (n % 2), top + height * n / (2 * teeth)) for n in range(2 * teeth + 1)]
    first = Polygon([*ragged, (gap[0], bottom), (gap[0], top)], zorder=2, **look)
    first.set_gid(f"{gid}-a-unknown")
    ax.add_patch(first)
    _add(ax, gap[1], top, right - gap[1], height, f"{gid}-b-unknown", **look)
    ends = [left, right, right, left], [top, top, bottom, bottom]
    ax.plot(*ends, color=PALETTE["before"], lw=1.2, zorder=2, solid_capstyle="butt", solid_joinstyle="miter")


def _halves(middle: float, height: float, side: str) -> list[tuple[str, float, float]]:
    """Colour, top and height of each part of a bar."""
    top = middle - height / 2
    if side == "across":
        return [("before", top, height / 2), ("after", middle, height / 2)]
    return [(side, top, height)]


def _add(ax: Axes, left: float, top: float, wide: float, tall: float, gid: str, **look: Any) -> None:
    part = Rectangle((left, top), wide, tall, zorder=2, **look)
    part.set_gid(gid)
    ax.add_patch(part)


def key(sheet: Sheet, entries: Sequence[tuple[str, str]], gid: str, *, draw: bool = True, top: float = 0.0) -> float:
    """What the fillings mean, one after the other, as many to a line as fit; the height that takes."""
    places, x, y = [], 0.0, top
    for kind, text in entries:
        wide = _KEY_WIDTH + 6 + measure(text, SMALL)
        if x and x + wide > sheet.width:
            x, y = 0.0, y + LINE + 3
        places.append((x, y, kind, text))
        x += wide + _KEY_GAP
    if draw:
        ax = sheet.axes(0, 0, sheet.width, sheet.height)
        ax.set_xlim(0, sheet.width)
        for x, y, kind, text in places:
            place = x, x + _KEY_WIDTH, y + 8, _KEY_HEIGHT
            if kind == OPEN:
                between(ax, *place, "before", f"{gid}-key")
            else:
                bar(ax, *place, kind, f"{gid}-key-{kind}")
            sheet.text(x + _KEY_WIDTH + 6, y + 12, text, colour="muted")
    return y - top + LINE + 3

"""Bars in the grammar of every chart: grey before the break, teal after it, both across it, hatching for the unknown."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from helpers.charts.sheet import LINE, PALETTE, SMALL, Sheet, measure

HATCH = "/////"
_SLIM = 5.0
FADE = 10  # strips of a bar whose end is open
_KEY_WIDTH, _KEY_HEIGHT, _KEY_GAP = 18.0, 11.0, 18.0


def bar(ax: Axes, left: float, right: float, middle: float, height: float, side: str, gid: str) -> None:
    """A horizontal bar from `left` to `right`; across the break its upper half is grey, its lower half teal."""
    halves = {"across": (("before", -1), ("after", 0))}.get(side, ((side, None),))
    for colour, half in halves:
        top = middle - height / 2 if half is None else middle + half * height / 2
        tall = height if half is None else height / 2
        if colour == "unknown":
            hatched(ax, left, right, middle, height, "before", gid)
        else:
            part = Rectangle((left, top), right - left, tall, facecolor=PALETTE[colour], edgecolor="none", zorder=2)
            part.set_gid(f"{gid}-{colour}")
            ax.add_patch(part)


def amount(ax: Axes, low: float, high: float, middle: float, height: float, side: str, gid: str) -> None:
    """A bar from zero to the nearer end of a range, the range itself hatched; of one value a bar alone."""
    near, far = (high, low) if high <= 0 else (low, high)
    if near:
        bar(ax, 0, near, middle, height, side, gid)
    if near != far:
        hatched(ax, near, far, middle, height, side, gid)


def hatched(
    ax: Axes, left: float, right: float, middle: float, height: float, side: str, gid: str, *, outline: bool = True
) -> None:
    """A bar of what is not known: its months, or where between two ends it lies. One too slim for lines is empty."""
    colour = PALETTE["after" if side == "after" else "before"]
    ends = ax.transData.transform([(left, 0), (right, 0)])[:, 0]
    part = Rectangle(
        (left, middle - height / 2),
        right - left,
        height,
        facecolor=PALETTE["paper"],
        edgecolor=colour,
        hatch=HATCH if abs(ends[1] - ends[0]) >= _SLIM else None,
        linewidth=1.2 if outline else 0,
        zorder=2,
    )
    part.set_gid(f"{gid}-hatched")
    ax.add_patch(part)


def faded(ax: Axes, left: float, right: float, middle: float, height: float, side: str, gid: str) -> None:
    """A bar that ends nobody knows where: paler strip by strip from `left` to `right`, whichever way that is."""
    step = (right - left) / FADE
    for nth in range(FADE):
        part = Rectangle(
            (left + nth * step, middle - height / 2),
            step,
            height,
            facecolor=PALETTE[side],
            edgecolor="none",
            alpha=round(1 - (nth + 0.6) / FADE, 2),
            antialiased=False,
            zorder=2,
        )
        part.set_gid(f"{gid}-faded-{nth}")
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
            bar(ax, x, x + _KEY_WIDTH, y + 8, _KEY_HEIGHT, kind, f"{gid}-key-{kind}")
            sheet.text(x + _KEY_WIDTH + 6, y + 12, text, colour="muted")
    return y - top + LINE + 3

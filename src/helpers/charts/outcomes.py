"""The outcomes of assumptions as a table that shows its ranges: a row an outcome, all ranges on one axis.

    outcomes(
        w, "What follows if both count the same thing", "July–October to January–June, times",
        [
            OutcomeRow("The {brought-before} is July–October 2022; the year ends on 31 October", True, ratio,
                    "too many: 107 registered cases a day"),
            OutcomeRow("The {brought-before} is January–June 2023; the year ends on 31 October", False, None,
                    "the totals are 19,500 apart"),
        ],
    )

It is a real table, in the page and in the PDF; only the ranges in it are small drawings.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from helpers.charts.sheet import DARK, PALETTE, Sheet, style
from helpers.charts.svg import svg
from helpers.charts.value import digits
from helpers.figures.interval import Interval
from helpers.figures.quantity import Quantity
from helpers.markup import dialect as markup
from helpers.words.blocks import Text, table
from helpers.words.numbers import number
from helpers.words.template import Writer

_WIDTH, _HEIGHT, _HEAD = 170.0, 16.0, 18.0
_THICK = 9.0
_MARGIN = 9.0  # so that the first and the last number of the axis have room
HOLDS, FAILS = "✓ possible", "✗ impossible"


@dataclass(frozen=True)
class OutcomeRow:
    """What comes of a set of assumptions.

    Parameters
    ----------
    assumption
        A template.
    possible
        Whether the figures can all be true under it.
    implied
        What then follows, on the axis of the table; None where nothing does.
    published
        What published counts say to it; a template.
    """

    assumption: str
    possible: bool
    implied: Interval | Quantity | None
    published: str = ""


def outcomes(
    w: Writer,
    caption: str,
    axis: str,
    rows: Sequence[OutcomeRow],
    *,
    header: Sequence[str] = ("If we assume", "Can all be true?", "What published counts say"),
) -> Text | None:
    """The table, or None without a row.

    Parameters
    ----------
    caption
        A template.
    axis
        What the ranges measure, with its unit, the head of their column.
    header
        Heads of the other columns.
    """
    filled = [(line, row) for row in rows if (line := w.line(row.assumption))]
    if not filled:
        return None
    ranges = [_interval(row.implied) for _, row in filled]
    ends = [float(end) for one in ranges if one for end in (one.low, one.high) if not math.isinf(end)]
    ticks = _ticks(max(ends, default=1.0))
    cells = [
        [
            line,
            HOLDS if row.possible else FAILS,
            f"{_drawing(one, ticks)} {markup.escape(_printed(one))}" if one else "–",
            w.line(row.published),
        ]
        for (line, row), one in zip(filled, ranges, strict=True)
    ]
    first, second, last = header
    head = [first, second, f"{markup.escape(axis)} {_drawing(None, ticks)}", last]
    return Text(table(w.line(caption), head, cells), "outcomes")


def _interval(implied: Interval | Quantity | None) -> Interval | None:
    return implied.interval if isinstance(implied, Quantity) else implied


def _printed(one: Interval) -> str:
    return f"{digits(one)}×" if not math.isinf(one.high) else f"{number(one.printed()[0], one.printed()[2])}× or more"


def _ticks(most: float) -> list[float]:
    """Even ticks from zero to beyond the highest end, at most five."""
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if most / step <= 4.5)
    return [n * step for n in range(math.ceil(most / step + 0.05) + 1)]


def _drawing(one: Interval | None, ticks: Sequence[float]) -> str:
    """A range on the shared axis as an image in the line; without a range, the numbers of the axis."""
    with style():
        sheet = Sheet(_WIDTH, _HEIGHT if one else _HEAD)
        ax = sheet.axes(_MARGIN, 0, _WIDTH - 2 * _MARGIN, sheet.height)
        ax.set_xlim(ticks[0], ticks[-1])
        ax.axvline(1, color=PALETTE["rule"], lw=1.2, zorder=0)  # as many as before
        for tick in ticks:
            ax.axvline(tick, color=PALETTE["grid"], lw=0.8, zorder=0)
            if one is None:
                x = _MARGIN + (_WIDTH - 2 * _MARGIN) * tick / ticks[-1]
                sheet.text(x, 12, number(tick), colour="muted", ha="center", backed=True)
        if one:
            _bar(ax, one, ticks[-1])
        drawn = svg(sheet.figure, "range", "cell")
    return markup.drawing(
        _dark(drawn), _printed(one) if one else f"axis from {number(ticks[0])} to {number(ticks[-1])}"
    )


def _bar(ax: Axes, one: Interval, end: float) -> None:
    """The printed range; one without an end runs off the axis in an arrow."""
    low, high, _ = one.printed()
    middle = _HEIGHT / 2
    endless = math.isinf(high)
    far = end * 0.96 if endless else float(high)
    ax.barh(middle, max(far - float(low), end * 0.008), left=float(low), height=_THICK, color=PALETTE["ink"], lw=0)
    if endless:
        ax.plot([end * 0.985], [middle], ">", ms=_THICK, mfc=PALETTE["ink"], mec="none", zorder=3)


def _dark(drawn: str) -> str:
    """The drawing with the colours of a dark page: an image does not see the page's own."""
    rules = "".join(
        f'[style*="{property}: {light}"]{{{property}:{DARK[name]}!important}}'
        for name, light in PALETTE.items()
        for property in ("fill", "stroke")
        if f"{property}: {light}" in drawn
    )
    head, rest = drawn.split(">", 1)
    return f"{head}><style>@media screen and (prefers-color-scheme:dark){{{rules}}}</style>{rest}"

"""Bars side by side on one zero-based axis: what happened to cases in one period, and in another set beside it.

    bars(
        w, "cases", "About half of cases ended in reconciliation", "Per 100 charge sheets, Kazakhstan",
        [
            Group("Early 2023", [Bar("reconciled-early", "victims"), Bar("arrested-early", "people arrested")]),
            Group("2022", [Bar("arrested-2022", "people arrested")], aside=True),
        ],
    )

The parts of a whole stand side by side and are not stacked: they are counted in different units, or over different
days, and need not add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes

from helpers.charts import marks
from helpers.charts.chart import Chart, chart, licence
from helpers.charts.sheet import BODY, BOLD, PALETTE, WIDE, Sheet, measure, wrap
from helpers.charts.value import Bar, ChartError, Value, note_used, sources
from helpers.markup import dialect as markup
from helpers.words.blocks import link
from helpers.words.template import Writer

__all__ = ["Bar", "Group", "bars"]

_THICK, _ROW, _GROUP = 15.0, 20.0, 13.0  # a bar, its row, and between two groups
_NAME = 160.0  # the column of groups in the wide drawing
_LINE = 17.0
_PAD = 6.0
_THIN = 8.0  # a bar that only stands aside


@dataclass(frozen=True)
class Group:
    """What the bars of a group have in common, and the bars; thinner where it only stands aside for comparison."""

    label: str
    bars: Sequence[Bar]
    aside: bool = False


@dataclass(frozen=True)
class _Filled:
    label: str
    values: tuple[Value, ...]
    unit: str
    thick: float

    def text(self, one: Value) -> str:
        return one.text.removesuffix("%") + self.unit


def bars(
    w: Writer, id: str, title: str, subtitle: str, groups: Sequence[Group], *, unit: str = "", note: str = ""
) -> Chart | None:
    """Draw the groups that this edition has figures for.

    Parameters
    ----------
    unit
        Printed after each value in place of the "%" of a share: nothing where the subtitle says of what hundred.
    note
        Added to the line of sources; a template.

    Returns
    -------
    Chart or None
        None without a group, or where the title needs a figure that this edition lacks.

    Raises
    ------
    ChartError
        If a bar names what is neither a figure nor a worked-out number, has no level, or lies below zero.
    """
    filled = [found for group in groups if (found := _fill(w, group, unit))]
    heading = w.line(title)
    if not filled or not heading:
        return None
    values = [one for group in filled for one in group.values]
    note_used(w, values)

    def draw(width: int) -> Sheet:
        return _drawn(id, filled, width)

    return chart(
        id,
        heading,
        w.line(subtitle),
        ". ".join(filter(None, [sources(w, [("", values)]), w.line(note)])),
        draw,
        kind="Bar chart",
        listing="; ".join(
            f"{group.label}: {', '.join(f'{one.when} {group.text(one)}' for one in group.values)}" for group in filled
        ),
        header=["Group", "Bar", "Value"],
        cells=[
            [markup.escape(group.label), markup.escape(one.when), link(group.text(one), one.target)]
            for group in filled
            for one in group.values
        ],
        licence=licence(w.ledger.head),
    )


def _fill(w: Writer, group: Group, unit: str) -> _Filled | None:
    found = [one for bar in group.bars if (one := bar.value(w))]
    for one in found:
        if one.low is None or one.low < 0:
            raise ChartError(f"Could not draw `{one.text}` of `{group.label}` as a bar: it is no amount from zero up.")
    return _Filled(group.label, tuple(found), unit, _THIN if group.aside else _THICK) if found else None


def _drawn(id: str, groups: Sequence[_Filled], width: int) -> Sheet:
    wide = width == WIDE
    names = [wrap(group.label, _NAME - 12 if wide else width, BODY, BOLD) for group in groups]
    above = [0.0 if wide else _LINE * len(lines) + 2 for lines in names]
    heights = [
        up + max(_ROW * len(group.values), _LINE * len(lines) if wide else 0.0)
        for group, lines, up in zip(groups, names, above, strict=True)
    ]
    sheet = Sheet(width, sum(heights) + _GROUP * (len(groups) - 1) + 6)
    caption = max(measure(one.when) for group in groups for one in group.values) + 8
    label = max(measure(group.text(one), BODY) for group in groups for one in group.values) + _PAD + 2
    left = (_NAME if wide else 0.0) + caption
    ax = sheet.axes(left, 0, width - left - label, sheet.height)
    ax.set_xlim(0, max(one.ends[1] for group in groups for one in group.values))
    top = 0.0
    for nth, (group, lines, up, tall) in enumerate(zip(groups, names, above, heights, strict=True)):
        sheet.lines(0, top + 15, lines, size=BODY, weight=BOLD, step=_LINE)
        ax.plot([0, 0], [top + up, top + tall], color=PALETTE["rule"], lw=1.2, zorder=3)
        for at, one in enumerate(group.values):
            middle = top + up + _ROW * (at + 0.5)
            sheet.text(left - caption, middle + 4.5, one.when, colour="muted")
            _bar(ax, one, group.text(one), middle, group.thick, f"{id}-{nth}-{at}")
        top += tall + _GROUP
    return sheet


def _bar(ax: Axes, one: Value, text: str, middle: float, thick: float, gid: str) -> None:
    low, high = one.ends
    marks.amount(ax, low, high, middle, thick, one.side, gid)
    look: dict[str, Any] = {"va": "center_baseline", "fontsize": BODY, "color": PALETTE["ink"]}
    ax.annotate(text, (high, middle), (_PAD, -0.5), textcoords="offset points", **look)

"""Before and after as small multiples: a panel a measure, each with a zero-based axis of its own.

panels(
    w, "hero", "Several measures rose after {reform}", "Kazakhstan; each panel has its own scale",
    [
        Panel("People brought to justice", "persons", [Bar("brought-before"), Bar("brought-after")], "nearly 4×"),
        Panel("Reports opened as a case", "% of reports to police",
              [Bar("case-share-before", text="rarely above 30%", bound=True), Bar("case-share-2023h2")],
              "at least 2×"),
        Panel("People arrested", "no level given, only a change", change="“doubled”", of="arrests-change"),
    ],
)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from matplotlib.axes import Axes

from helpers.charts import marks
from helpers.charts.chart import Chart, chart, licence
from helpers.charts.sheet import (
    BODY,
    BOLD,
    GUTTER,
    HEAD,
    LARGE,
    LINE,
    NARROW,
    PALETTE,
    Part,
    Sheet,
    columns,
    measure,
    wrap,
)
from helpers.charts.value import Bar, ChartError, Value, brief, note_used, sources
from helpers.markup import dialect as markup
from helpers.words.numbers import day
from helpers.words.template import Writer

__all__ = ["Bar", "Panel", "panels"]

_BETWEEN = 20.0  # from one panel to the next below
_TITLE, _UNIT, _BARS = 16.0, 32.0, 41.0  # baselines of title and unit, top of the bars
_THICK, _ROW = 17.0, 24.0  # a bar, and a row with one line of caption
_CAPTION = 116.0  # the widest a caption may be
_PAD = 6.0


@dataclass(frozen=True)
class Panel:
    """A measure before and after.

    Parameters
    ----------
    title, unit
        What is measured; its unit and what must be known of its periods.
    bars
        In the order of time. None for a measure of which only the change was reported: then `of` names the figure.
    change
        What came of it, large: "nearly 4×". A template, so that numbers can be looked up.
    """

    title: str
    unit: str
    bars: Sequence[Bar] = ()
    change: str = ""
    of: str = ""


@dataclass(frozen=True)
class _Filled:
    """A panel with its values and the places of its words."""

    title: str
    unit: str
    change: str
    values: tuple[Value, ...]
    said: Value | None
    captions: tuple[tuple[str, ...], ...] = field(default=())

    @property
    def shown(self) -> tuple[Value, ...]:
        return self.values + ((self.said,) if self.said else ())


def panels(w: Writer, id: str, title: str, subtitle: str, panels: Sequence[Panel], *, note: str = "") -> Chart | None:
    """Draw the panels that this edition has figures for.

    Parameters
    ----------
    w
        The writer of the document: title, subtitle, changes and `note` are its templates.
    note
        Added to the line of sources.

    Returns
    -------
    Chart or None
        None without a panel, or where the title needs a figure that this edition lacks.

    Raises
    ------
    ChartError
        If a panel names what is neither a figure nor a worked-out number, or has neither bars nor `of`.
    """
    filled = [found for panel in panels if (found := _fill(w, panel))]
    heading = w.line(title)
    if not filled or not heading:
        return None
    values = [one for panel in filled for one in panel.shown]
    note_used(w, values)
    entries = _entries(w, filled)

    def draw(width: int) -> Sheet:
        heights = [_height(panel) + _BETWEEN for panel in filled]
        cut = columns(heights, 1 if width == NARROW else 2)
        top = marks.key(Sheet(width, 1), entries, id, draw=False) + 8
        tall = max(sum(heights[n] for n in column) for column in cut) - _BETWEEN
        sheet = Sheet(width, top + tall + 6)
        marks.key(sheet, entries, id)
        for nth, column in enumerate(cut):
            part = sheet.part(nth * (NARROW + GUTTER), top, NARROW)
            caption = max(_caption(filled[n]) for n in column)
            for n in column:
                _panel(part, filled[n], caption, f"{id}-{n}")
                part = part.down(heights[n])
        return sheet

    return chart(
        id,
        heading,
        w.line(subtitle),
        " ".join(filter(None, [sources(w, [(panel.title, panel.shown) for panel in filled]), w.line(note)])),
        draw,
        kind="Bar charts, a panel a measure",
        listing="; ".join(map(_listing, filled)),
        header=["Measure", "Period", "Value", "Change"],
        cells=[row for panel in filled for row in _rows(panel)],
        licence=licence(w.ledger.head),
    )


def _fill(w: Writer, panel: Panel) -> _Filled | None:
    if not panel.bars and not panel.of:
        raise ChartError(f"Could not draw the panel `{panel.title}`: give it bars, or name a figure in `of`.")
    found = [one for bar in panel.bars if (one := bar.value(w))]
    for one in found:
        if one.low is None:
            raise ChartError(f"Could not draw `{one.text}` as a bar: it has no level. Name it in `of` of its panel.")
    said = Bar(panel.of).value(w) if panel.of else None
    if not found and not said:
        return None
    return _Filled(
        panel.title,
        panel.unit,
        brief(w.plain(panel.change)),
        tuple(found),
        said,
        tuple(tuple(wrap(one.when, _CAPTION)) for one in found),
    )


def _entries(w: Writer, filled: Sequence[_Filled]) -> list[tuple[str, str]]:
    """The key: only what is drawn; without a break there are no sides to name."""
    values = [one for panel in filled for one in panel.values]
    drawn = {one.side for one in values}
    hatched = any(one.low != one.high or one.bound for one in values)
    turn, texts = w.ledger.break_date, dict[str, str]()
    if turn:
        texts = {"before": f"before {day(turn)}", "after": f"from {day(turn)}", "across": "partly before, partly after"}
    entries = [(side, text) for side, text in texts.items() if side in drawn]
    if "unknown" in drawn or hatched:
        entries.append(("unknown", "months or exact value not given"))
    return entries


# --- one panel -----------------------------------------------------------------------------------------------------


def _title(panel: _Filled) -> list[str]:
    return wrap(panel.title, NARROW - measure(panel.change, LARGE, BOLD) - 10, HEAD, BOLD)


def _rows_at(panel: _Filled) -> list[tuple[float, float]]:
    """Top and height of each row."""
    rows, y = [], 0.0
    for lines in panel.captions:
        height = max(_ROW, len(lines) * LINE + 4)
        rows.append((y, height))
        y += height
    return rows


def _height(panel: _Filled) -> float:
    extra = LINE * (len(_title(panel)) + len(wrap(panel.unit, NARROW)) - 2)
    rows = _rows_at(panel)
    return extra + (_BARS + rows[-1][0] + rows[-1][1] if rows else _UNIT + 6)


def _caption(panel: _Filled) -> float:
    """The width of its captions."""
    return max((measure(line) for lines in panel.captions for line in lines), default=0.0) + 8


def _panel(part: Part, panel: _Filled, caption: float, gid: str) -> None:
    title, unit = _title(panel), wrap(panel.unit, NARROW)
    part.lines(0, _TITLE, title, size=HEAD, weight=BOLD)
    part.text(part.width, _TITLE, panel.change, size=LARGE, weight=BOLD, ha="right")
    part = part.down(LINE * (len(title) - 1))
    part.lines(0, _UNIT, unit, colour="muted")
    if not panel.values:
        return
    part = part.down(_BARS + LINE * (len(unit) - 1))
    rows = _rows_at(panel)
    label = max(measure(one.text, BODY) for one in panel.values) + _PAD + 2
    falls = all(one.high <= 0 for one in panel.values)
    left = caption + (label if falls else 0)
    ax = part.axes(left, 0, part.width - caption - label, rows[-1][0] + rows[-1][1])
    furthest = float(max(max(abs(one.low), abs(one.high)) for one in panel.values))
    ax.set_xlim(*((-furthest, 0) if falls else (0, furthest)))
    ax.axvline(0, color=PALETTE["rule"], lw=1.2, zorder=3)
    for nth, (one, lines) in enumerate(zip(panel.values, panel.captions, strict=True)):
        middle = rows[nth][0] + rows[nth][1] / 2
        _bar(ax, one, middle, f"{gid}-{nth}")
        part.lines(0, middle + 4.5 - LINE * (len(lines) - 1) / 2, lines)
        _label(ax, one, middle, falls)


def _label(ax: Axes, one: Value, middle: float, falls: bool) -> None:
    """The value at the end of its bar."""
    end, shift, side = (float(one.low), -_PAD, "right") if falls else (float(one.high), _PAD, "left")
    look = {"ha": side, "va": "center_baseline", "fontsize": BODY, "color": PALETTE["ink"]}
    ax.annotate(one.text, (end, middle), (shift, -0.5), textcoords="offset points", **look)


def _bar(ax: Axes, one: Value, middle: float, gid: str) -> None:
    low, high = float(one.low), float(one.high)
    if one.bound:
        marks.hatched(ax, 0, high, middle, _THICK, one.side, gid, outline=False)
        ax.plot([high, high], [middle - _THICK / 2 - 2, middle + _THICK / 2 + 2], color=PALETTE["ink"], lw=2, zorder=4)
        return
    marks.amount(ax, low, high, middle, _THICK, one.side, gid)


# --- in words ------------------------------------------------------------------------------------------------------


def _listing(panel: _Filled) -> str:
    parts = [f"{one.when} {one.text}".strip() for one in panel.values]
    return f"{panel.title}: {', '.join(filter(None, [*parts, panel.change]))}"


def _rows(panel: _Filled) -> list[list[str]]:
    shown = panel.shown
    return [
        [
            markup.escape(f"{panel.title} ({panel.unit})"),
            markup.escape(one.when),
            one.linked,
            markup.escape(panel.change) if nth == len(shown) - 1 else "",
        ]
        for nth, one in enumerate(shown)
    ]

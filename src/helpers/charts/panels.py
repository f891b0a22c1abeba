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

from helpers.charts import marks
from helpers.charts.chart import Chart, chart, licence
from helpers.charts.sheet import BODY, BOLD, HEAD, LARGE, LINE, PALETTE, WIDE, Frame, Sheet, measure, wrap
from helpers.charts.value import ChartError, Value, note_used, sources, value
from helpers.markup import dialect as markup
from helpers.reason.compare import Quantity
from helpers.words.template import Writer, day

_GUTTER = 40.0  # between the two columns of the wide drawing
_BETWEEN = 20.0  # from one panel to the next below
_TITLE, _UNIT, _BARS = 16.0, 32.0, 41.0  # baselines of title and unit, top of the bars
_THICK, _ROW = 17.0, 24.0  # a bar, and a row with one line of caption
_CAPTION = 116.0  # the widest a caption may be
_PAD = 6.0


@dataclass(frozen=True)
class Bar:
    """A value of a panel.

    Parameters
    ----------
    what
        Id of a figure, name of a worked-out number, or a quantity.
    caption
        Its period or name; by default the period of its figure.
    side
        "before", "after", "across" or "unknown", where the figures' periods do not tell.
    text
        Printed in place of the value, for what is no value.
    bound
        The value is only a limit: hatched up to a line, without a bar.
    """

    what: str | Quantity
    caption: str = ""
    side: str = ""
    text: str = ""
    bound: bool = False


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
    bounds: tuple[bool, ...]
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

    def draw(width: int, frame: Frame | None) -> Sheet:
        columns = _columns(filled, 2 if width == WIDE else 1)
        across = (width - _GUTTER * (len(columns) - 1)) / len(columns)
        probe = Sheet(width, 1)
        top = marks.key(probe, entries, id, draw=False) + 8
        heights = [sum(_height(panel, across) + _BETWEEN for panel in column) - _BETWEEN for column in columns]
        sheet = Sheet(width, top + max(heights) + 6, frame)
        marks.key(sheet, entries, id)
        for nth, column in enumerate(columns):
            y = top
            caption = max((_caption(panel) for panel in column), default=0.0)
            for panel in column:
                box = _Box(nth * (across + _GUTTER), y, across, caption)
                _panel(sheet, panel, box, f"{id}-{filled.index(panel)}")
                y += _height(panel, across) + _BETWEEN
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
    found = [(bar, value(w, bar.what, text=bar.text, side=bar.side, when=bar.caption)) for bar in panel.bars]
    found = [(bar, one) for bar, one in found if one]
    for _, one in found:
        if one.low is None:
            raise ChartError(f"Could not draw `{one.text}` as a bar: it has no level. Name it in `of` of its panel.")
    said = value(w, panel.of) if panel.of else None
    if not found and not said:
        return None
    return _Filled(
        panel.title,
        panel.unit,
        w.plain(panel.change),
        tuple(one for _, one in found),
        tuple(bar.bound for bar, _ in found),
        said,
        tuple(tuple(wrap(one.when, _CAPTION)) for _, one in found),
    )


def _entries(w: Writer, filled: Sequence[_Filled]) -> list[tuple[str, str]]:
    """The key: only what is drawn."""
    when = day(w.ledger.break_date) if w.ledger.break_date else "the break"
    drawn = {one.side for panel in filled for one in panel.values}
    hatched = any(one.low != one.high for panel in filled for one in panel.values) or any(
        any(panel.bounds) for panel in filled
    )
    texts = {"before": f"before {when}", "after": f"from {when}", "across": "partly before, partly after"}
    entries = [(side, text) for side, text in texts.items() if side in drawn]
    if "unknown" in drawn or hatched:
        entries.append(("unknown", "months or exact value not given"))
    return entries


# --- one panel -----------------------------------------------------------------------------------------------------


def _columns(filled: Sequence[_Filled], count: int) -> list[list[_Filled]]:
    """The panels in order, cut into columns as even in height as their order allows."""
    if count == 1 or len(filled) == 1:
        return [list(filled)]
    heights = [_height(panel, WIDE / 2) + _BETWEEN for panel in filled]
    cut = min(range(1, len(filled)), key=lambda at: max(sum(heights[:at]), sum(heights[at:])))
    return [list(filled[:cut]), list(filled[cut:])]


def _title(panel: _Filled, width: float) -> list[str]:
    return wrap(panel.title, width - measure(panel.change, LARGE, BOLD) - 10, HEAD, BOLD)


def _rows_at(panel: _Filled) -> list[tuple[float, float]]:
    """Top and height of each row."""
    rows, y = [], 0.0
    for lines in panel.captions:
        height = max(_ROW, len(lines) * LINE + 4)
        rows.append((y, height))
        y += height
    return rows


def _height(panel: _Filled, width: float) -> float:
    extra = LINE * (len(_title(panel, width)) + len(wrap(panel.unit, width)) - 2)
    rows = _rows_at(panel)
    return extra + (_BARS + rows[-1][0] + rows[-1][1] if rows else _UNIT + 6)


@dataclass(frozen=True)
class _Box:
    """Where a panel stands, and how wide the captions of its column are."""

    left: float
    top: float
    width: float
    caption: float


def _caption(panel: _Filled) -> float:
    return max((measure(line) for lines in panel.captions for line in lines), default=0.0) + 8


def _panel(sheet: Sheet, panel: _Filled, box: _Box, gid: str) -> None:
    left, top, width = box.left, box.top, box.width
    title, unit = _title(panel, width), wrap(panel.unit, width)
    sheet.lines(left, top + _TITLE, title, size=HEAD, weight=BOLD)
    sheet.text(left + width, top + _TITLE, panel.change, size=LARGE, weight=BOLD, ha="right")
    top += LINE * (len(title) - 1)
    sheet.lines(left, top + _UNIT, unit, colour="muted")
    if not panel.values:
        return
    top += _BARS + LINE * (len(unit) - 1)
    rows = _rows_at(panel)
    label = max(measure(one.text, BODY) for one in panel.values) + _PAD + 2
    falls = all(one.high <= 0 for one in panel.values)
    height = rows[-1][0] + rows[-1][1]
    ax = sheet.axes(left + box.caption + (label if falls else 0), top, width - box.caption - label, height)
    furthest = max(max(abs(one.low), abs(one.high)) for one in panel.values)
    ax.set_xlim(*((-float(furthest), 0) if falls else (0, float(furthest))))
    ax.axvline(0, color=PALETTE["rule"], lw=1.2, zorder=3)
    for nth, (one, bound, lines, (y, tall)) in enumerate(
        zip(panel.values, panel.bounds, panel.captions, rows, strict=True)
    ):
        middle = y + tall / 2
        _bar(ax, one, bound, middle, f"{gid}-{nth}")
        first = top + middle + 4.5 - LINE * (len(lines) - 1) / 2
        sheet.lines(left, first, lines)
        end, way = float(one.low if falls else one.high), -1 if falls else 1
        ax.annotate(
            one.text,
            (end, middle),
            (way * _PAD, -0.5),
            textcoords="offset points",
            ha="right" if falls else "left",
            va="center_baseline",
            fontsize=BODY,
            color=PALETTE["ink"],
        )


def _bar(ax: marks.Axes, one: Value, bound: bool, middle: float, gid: str) -> None:
    low, high = float(one.low), float(one.high)
    if bound:
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

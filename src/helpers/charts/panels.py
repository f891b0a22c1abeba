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
from dataclasses import dataclass

from helpers.charts import marks
from helpers.charts.chart import Chart, chart, licence
from helpers.charts.panel import COMPACT, LEADING, Filled, draw
from helpers.charts.sheet import GUTTER, NARROW, Sheet, columns
from helpers.charts.value import NOT_GIVEN, Bar, ChartError, brief, note_used, sources
from helpers.markup import dialect as markup
from helpers.words.numbers import day
from helpers.words.template import Writer

__all__ = ["Bar", "Panel", "panels"]

_BETWEEN = {LEADING: 18.0, COMPACT: 13.0}  # from one panel to the next below


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
        What came of it: "nearly 4×". A template, so that numbers can be looked up.
    leading
        Drawn large, before the others: for the one or two measures that the chart is about.
    """

    title: str
    unit: str
    bars: Sequence[Bar] = ()
    change: str = ""
    of: str = ""
    leading: bool = False


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

    def drawn(width: int) -> Sheet:
        return _drawn(id, filled, entries, width)

    return chart(
        id,
        heading,
        w.line(subtitle),
        ". ".join(filter(None, [sources(w, [(panel.title, panel.shown) for panel in filled]), w.line(note)])),
        drawn,
        kind="Bar charts, a panel a measure",
        listing="; ".join(map(_listing, filled)),
        header=["Measure", "Period", "Value", "Change"],
        cells=[row for panel in filled for row in _rows(panel)],
        licence=licence(w.ledger.head),
    )


def _fill(w: Writer, panel: Panel) -> Filled | None:
    if not panel.bars and not panel.of:
        raise ChartError(f"Could not draw the panel `{panel.title}`: give it bars, or name a figure in `of`.")
    found = [one for bar in panel.bars if (one := bar.value(w))]
    for one in found:
        if one.low is None:
            raise ChartError(f"Could not draw `{one.text}` as a bar: it has no level. Name it in `of` of its panel.")
    said = Bar(panel.of).value(w) if panel.of else None
    if not found and not said:
        return None
    look = LEADING if panel.leading else COMPACT
    return Filled(panel.title, panel.unit, brief(w.plain(panel.change)), tuple(found), said, look)


def _drawn(id: str, filled: Sequence[Filled], entries: Sequence[tuple[str, str]], width: int) -> Sheet:
    """The key, then the leading panels side by side, then the others in two columns; all in one column if narrow."""
    key = marks.key(Sheet(width, 1), entries, id, draw=False) + 8
    leading = [nth for nth, panel in enumerate(filled) if panel.look is LEADING]
    compact = [nth for nth, panel in enumerate(filled) if panel.look is COMPACT]
    placed: list[tuple[float, float, float, Sequence[int]]] = []  # left, top, width and panels of each column
    top = key
    for group in (leading, compact):
        count = 1 if width == NARROW or len(group) == 1 else 2
        across = float(width) if count == 1 else NARROW
        heights = [filled[nth].height(across) + _BETWEEN[filled[nth].look] for nth in group]
        if group:
            cut = columns(heights, count)
            placed += [(n * (NARROW + GUTTER), top, across, [group[at] for at in col]) for n, col in enumerate(cut)]
            top += max(sum(heights[at] for at in column) for column in cut)
    sheet = Sheet(width, top - _BETWEEN[COMPACT if compact else LEADING] + 6)
    marks.key(sheet, entries, id)
    for left, at, across, column in placed:
        part = sheet.part(left, at, across)
        # One line of zero below the other, in leading panels and in those below them.
        caption = max(filled[nth].caption for start, _, _, col in placed if start == left for nth in col)
        for nth in column:
            draw(part, filled[nth], caption, f"{id}-{nth}")
            part = part.down(filled[nth].height(across) + _BETWEEN[filled[nth].look])
    return sheet


def _entries(w: Writer, filled: Sequence[Filled]) -> list[tuple[str, str]]:
    """The key: only what is drawn; without a break there are no sides to name."""
    values = [one for panel in filled for one in panel.values]
    drawn = {one.side for one in values}
    turn, texts = w.ledger.break_date, dict[str, str]()
    if turn:
        texts = {"before": f"before {day(turn)}", "after": f"from {day(turn)}", "across": "before and after"}
    entries = [(side, text) for side, text in texts.items() if side in drawn]
    if "unknown" in drawn:
        entries.append(("unknown", NOT_GIVEN))
    if any(one.low != one.high and not one.bound for one in values):
        entries.append((marks.OPEN, "range, or end not given"))
    return entries


# --- in words ------------------------------------------------------------------------------------------------------


def _listing(panel: Filled) -> str:
    parts = [f"{one.when} {one.text}".strip() for one in panel.values]
    return f"{panel.title}: {', '.join(filter(None, [*parts, panel.change]))}"


def _rows(panel: Filled) -> list[list[str]]:
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

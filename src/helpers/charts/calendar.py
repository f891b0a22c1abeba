"""Which days each figure covers, on one calendar with the break across it and the dated steps above.

calendar(
    w, "calendar", "Only one count lies wholly after {reform}", "Days each figure covers, Kazakhstan",
    [Span("brought-before"), Span("brought-after"), Span(["offenders", "orders"]), Span("reports-change")],
    [Step("reform", "police register on their own initiative"), Step("detention", "a case in all the news")],
)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from helpers.charts import marks, steps
from helpers.charts.chart import Chart, chart, licence
from helpers.charts.coverage import Mark, Row, Span, Step, covered, marked_on
from helpers.charts.sheet import BODY, BOLD, LINE, PALETTE, SMALL, WIDE, Sheet, measure, wrap
from helpers.charts.value import note_used, sources
from helpers.markup import dialect as markup
from helpers.words.numbers import period
from helpers.words.template import Writer

_LABELS, _RIGHT = 226.0, 8.0  # the column of labels in the wide drawing, and what is left free at the right
_THICK, _ROW, _GAP = 14.0, 25.0, 9.0  # a bar, a row of one line, and between rows of the narrow drawing
_AXIS = 24.0
_TICK = 7.0  # of a step, down to the first row
_ASK = "?"
_EDGE = 16.0  # left of the first day in the narrow drawing, so that its year has room
_NOTE = 72.0  # the narrowest a note beside a bar may be


def calendar(
    w: Writer, id: str, title: str, subtitle: str, spans: Sequence[Span], steps: Sequence[Step] = ()
) -> Chart | None:
    """Draw the rows that this edition has figures for, from the earliest to the latest.

    A figure whose months are not given is hatched up to the day its source appeared. Where only its end is open, its
    bar is pale from the first to the last day on which a reading of it ends.

    Returns
    -------
    Chart or None
        None without a row that has days, or where the title needs a figure that this edition lacks.

    Raises
    ------
    ChartError
        If a row names what is no figure, a step no event with a date, or the figures of a row have different days.
    """
    rows = sorted((row for span in spans if (row := covered(w, span))), key=lambda row: row.order)
    heading = w.line(title)
    dated = [row for row in rows if row.start]
    if not dated or not heading:
        return None
    marked = [mark for step in steps if (mark := marked_on(w, step))]
    values = [one for row in rows for one in row.values]
    note_used(w, values)
    w.used.update(step.event for step in steps if step.event in w.ledger.rows["events"])
    days = [day for row in rows for day in (row.start, row.latest, *(row.base or ())) if day]
    days += [mark.when for mark in marked]
    span = (min(days), max(days) + timedelta(days=1))

    def draw(width: int) -> Sheet:
        return _Drawing(id, rows, marked, w.ledger.break_date, span, width).sheet()

    return chart(
        id,
        heading,
        w.line(subtitle),
        sources(w, [("", values)]),
        draw,
        kind="Calendar, a bar a figure",
        listing="; ".join(f"{row.label}: {row.days}" for row in rows),
        header=["Figure", "Days it covers", "Compared with"],
        cells=[
            [
                f"{markup.escape(row.label)} ({', '.join(one.linked for one in row.values)})",
                markup.escape(row.days),
                markup.escape(period(*row.base)) if row.base else "",
            ]
            for row in rows
        ],
        licence=licence(w.ledger.head),
    )


# --- the drawing ---------------------------------------------------------------------------------------------------


@dataclass
class _Drawing:
    id: str
    rows: Sequence[Row]
    marks: Sequence[Mark]
    break_date: date | None
    span: tuple[date, date]
    width: int

    def __post_init__(self) -> None:
        self.wide = self.width == WIDE
        self.left, self.right = (_LABELS if self.wide else _EDGE), self.width - _RIGHT
        marks_ = sorted(self.marks, key=lambda mark: mark.when)
        names = [(self.x(mark.when), mark.label, BOLD if mark.strong else 400) for mark in marks_]
        self.steps = list(
            zip(marks_, steps.place(names, self.left - 60 if self.wide else 0.0, self.width), strict=True)
        )
        self.top = max((place.top for _, place in self.steps), default=0.0) + _TICK + 4
        self.notes = [self._note(row) for row in self.rows]
        self.labels = [self._label(row, bool(note)) for row, (_, note) in zip(self.rows, self.notes, strict=True)]
        self.heights = [
            self._height(lines, note) for (_, lines), (_, note) in zip(self.labels, self.notes, strict=True)
        ]

    def _label(self, row: Row, noted: bool) -> tuple[float, list[str]]:
        """Where a label begins, and its lines: beside the bar, or above it on one side of the break.

        It ends with the note of its row where that has no room beside the bar.
        """
        label = f"{row.label}; {row.note}" if row.note and not noted else row.label
        if self.wide:
            return 0.0, wrap(label, _LABELS - 14)
        cut = self.x(self.break_date) if self.break_date else self.right
        if row.start and self.break_date and row.start >= self.break_date and self.right - cut > cut / 2:
            return cut + 6, wrap(label, self.width - cut - 6)
        return 0.0, wrap(label, cut - 6)

    def _note(self, row: Row) -> tuple[str, list[str]]:
        """Which side of a bar its note stands on, and its lines: at the right, unless the break would part them."""
        if not row.note:
            return "", []
        end, wide = self.x(row.latest + timedelta(days=1)), measure(row.note)
        room, turn = self.width - end - 6, self.x(self.break_date) if self.break_date else -1.0
        parted = end - 1 <= turn <= end + 6 + wide
        before = self.x(row.start) - (self.left if self.wide else 0.0) - 6 if row.start and not row.base else 0.0
        if before >= wide and (parted or room < _NOTE):
            return "left", [row.note]
        return ("right", wrap(row.note, room)) if room >= _NOTE else ("", [])

    def _height(self, label: list[str], note: list[str]) -> float:
        if self.wide:
            return max(_ROW, LINE * max(len(label), len(note)) + 6)
        return LINE * len(label) + max(_THICK + _GAP, LINE * len(note) + 4)

    def x(self, when: date) -> float:
        """The place of a day across the drawing."""
        first, last = self.span
        return self.left + (self.right - self.left) * (when - first).days / (last - first).days

    def sheet(self) -> Sheet:
        height = sum(self.heights)
        sheet = Sheet(self.width, self.top + height + _AXIS)
        ax = sheet.axes(self.left, self.top, self.right - self.left, height)
        ax.set_xlim(*map(mdates.date2num, self.span))
        self._axis(ax)
        self._steps(sheet, ax, height)
        y = 0.0
        for nth, (row, (start, lines), tall) in enumerate(zip(self.rows, self.labels, self.heights, strict=True)):
            above = 0.0 if self.wide else LINE * len(lines)
            first = y + tall / 2 + 4.5 - LINE * (len(lines) - 1) / 2 if self.wide else y + 11
            sheet.lines(start, self.top + first, lines)
            middle = y + (tall / 2 if self.wide else above + _THICK / 2 + 1)
            self._bar(ax, row, middle, f"{self.id}-{nth}")
            side, note = self.notes[nth]
            shift = LINE * (len(note) - 1) / 2 if self.wide else 0.0
            base = self.top + middle + 4.5 - shift
            if side == "left":
                sheet.lines(
                    self.x(row.start or self.span[0]) - 6, base, note, colour="muted", ha="right", backed=self.wide
                )
            else:
                sheet.lines(self.x(row.latest + timedelta(days=1)) + 6, base, note, colour="muted", backed=self.wide)
            y += tall
        return sheet

    def _axis(self, ax: Axes) -> None:
        months = (1, 4, 7, 10) if self.wide else (1, 7)
        ax.xaxis.set_major_locator(mdates.MonthLocator(bymonth=(1, 7)))
        ax.xaxis.set_major_formatter(FuncFormatter(_month))
        ax.xaxis.set_minor_locator(mdates.MonthLocator(bymonth=months))
        ax.tick_params(axis="x", which="both", length=4)
        ax.spines["bottom"].set_visible(True)
        for year in range(self.span[0].year, self.span[1].year + 1):
            # Above the bars of the narrow drawing stand their names.
            if self.wide and self.span[0] < (first := date(year, 1, 1)) < self.span[1]:
                ax.axvline(mdates.date2num(first), color=PALETTE["grid"], lw=1, zorder=0)

    def _steps(self, sheet: Sheet, ax: Axes, height: float) -> None:
        for nth, (mark, place) in enumerate(self.steps):
            at, strong = mdates.date2num(mark.when), mark.strong
            look: dict[str, Any] = {"color": PALETTE["break" if strong else "ink"], "lw": 2.0 if strong else 1.0}
            ends = [-_TICK - place.bottom, height if strong else -2.0]
            (line,) = ax.plot([at, at], ends, zorder=5, solid_capstyle="butt", **look)
            line.set_gid(f"{self.id}-{'break' if strong else f'step-{nth}'}")
            base = self.top - _TICK - place.bottom - LINE * (len(place.lines) - 1) - 5
            colour, weight = ("break", BOLD) if strong else ("ink", 400)
            sheet.lines(place.left, base, place.lines, colour=colour, weight=weight)

    def _bar(self, ax: Axes, row: Row, middle: float, gid: str) -> None:
        number = mdates.date2num
        after = row.latest + timedelta(days=1)
        if row.start is None or row.end is None:
            self._unknown(ax, row, middle, gid)
            return
        if row.base:
            self._base(ax, row, row.base, middle, gid)
        certain = row.end + timedelta(days=1)
        for part, start, end in self._parts(row.start, certain):
            marks.bar(ax, number(start), number(end), middle, _THICK, part, gid)
        if after > certain:
            side = "after" if self.break_date and certain >= self.break_date else "before"
            marks.between(ax, number(certain), number(after), middle, _THICK, side, gid)

    def _parts(self, start: date, end: date) -> list[tuple[str, date, date]]:
        """A period cut at the break."""
        if not self.break_date or end <= self.break_date:
            return [("before", start, end)]
        if start >= self.break_date:
            return [("after", start, end)]
        return [("before", start, self.break_date), ("after", self.break_date, end)]

    def _unknown(self, ax: Axes, row: Row, middle: float, gid: str) -> None:
        """One bar from the edge to the day of publication, hatched around a question mark where no line passes."""
        first, last = mdates.date2num(self.span[0]), mdates.date2num(row.latest + timedelta(days=1))
        ask = first + (last - first) * 0.32
        room = 8 * (last - first) / (self.x(row.latest) - self.left)  # eight pixels to each side
        marks.unknown(ax, first, last, middle, _THICK, (ask - room, ask + room), gid)
        ax.annotate(
            _ASK,
            (ask, middle),
            ha="center",
            va="center_baseline",
            fontsize=BODY + 2,
            fontweight=BOLD,
            color=PALETTE["ink"],
        )

    def _base(self, ax: Axes, row: Row, base: tuple[date, date], middle: float, gid: str) -> None:
        """The days it is compared with: a thin line with an end at each side, and its name in the middle."""
        start, end = mdates.date2num(base[0]), mdates.date2num(base[1] + timedelta(days=1))
        look: dict[str, Any] = {"color": PALETTE["muted"], "lw": 1.4, "solid_capstyle": "butt", "zorder": 2}
        (line,) = ax.plot([start, start, start, end, end, end], [middle + n for n in (-6, 6, 0, 0, -6, 6)], **look)
        line.set_gid(f"{gid}-base")
        name = ax.annotate(
            "compared with" if row.base_stated else "assumed base",
            ((start + end) / 2, middle),
            ha="center",
            va="center_baseline",
            fontsize=SMALL,
            color=PALETTE["ink"],
        )
        name.set_bbox({"facecolor": PALETTE["paper"], "edgecolor": "none", "pad": 2})


def _month(x: float, _: int) -> str:
    when = mdates.num2date(x)
    return str(when.year) if when.month == 1 else f"{when:%b}"

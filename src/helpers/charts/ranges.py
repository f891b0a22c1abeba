"""Ranges on one axis that starts at zero, a row an assumption, with published values as bands through all rows.

    ranges(
        w, "fit", "If the {brought-after} are a part of the {offenders}, …", "People a day, Kazakhstan",
        ("If the {brought-before} is", "and the year runs"),
        [Assumption("{baseline:R1}", "{window:W1}", Bar(pace, "Jan–Jun 2023", side="before"))],
        [Band("cases-day", "registered cases")],
        axis="people a day",
    )

What an assumption leaves for further days stands beside its range as a number, so that it may lie far beyond the axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from helpers.charts.banded import Drawing, Row
from helpers.charts.chart import Chart, chart, licence
from helpers.charts.sheet import Sheet
from helpers.charts.value import Bar, ChartError, Value, note_used, sources
from helpers.figures.quantity import Quantity
from helpers.markup import dialect as markup
from helpers.reason.compare import ESTIMATE
from helpers.words.template import Writer

__all__ = ["Assumption", "Band", "Bar", "ranges"]


@dataclass(frozen=True)
class Assumption:
    """One answer to each of two questions, and what follows.

    Parameters
    ----------
    first, second
        The answers; templates. Rows of one first answer stand together.
    amount
        What the days of the axis then hold; its caption is their name. None, or what the edition lacks, where the
        figures cannot all be true.
    later
        What further days then hold; its caption is their name.
    failure
        Said where there is no amount.
    """

    first: str
    second: str
    amount: Bar | None
    later: Bar | None = None
    failure: str = "cannot hold"


@dataclass(frozen=True)
class Band:
    """A published value to hold the ranges against: a figure's id or the name of a worked-out number, and its name."""

    what: str | Quantity
    label: str


def ranges(
    w: Writer,
    id: str,
    title: str,
    subtitle: str,
    heads: tuple[str, str],
    assumptions: Sequence[Assumption],
    bands: Sequence[Band] = (),
    *,
    axis: str,
) -> Chart | None:
    """Draw the assumptions whose words this edition can fill.

    Quantities without a name are kept by the writer under names of the chart, so that they have evidence and a finding.

    Parameters
    ----------
    heads
        What the first and the second answers answer; templates.
    axis
        What the axis counts: "people a day".

    Returns
    -------
    Chart or None
        None without an assumption, or where the title needs a figure that this edition lacks.

    Raises
    ------
    ChartError
        If amounts are of different days, so that one axis cannot name them, or lie below zero.
    """
    heading, (first, second) = w.line(title), [w.plain(head) for head in heads]
    rows = [row for nth, one in enumerate(assumptions) if (row := _filled(w, f"{id}-{nth}", heads, one, axis))]
    if not rows or not heading:
        return None
    held = [(one, w.plain(band.label)) for band in bands if (one := Bar(band.what).value(w))]
    values = [one for row in rows for one in (row.amount, row.later) if one]
    _check(values + [one for one, _ in held])
    days = [_one_name([one.when for row in rows if (one := getattr(row, name))]) for name in ("amount", "later")]
    note_used(w, values + [one for one, _ in held])

    def draw(width: int) -> Sheet:
        return Drawing(id, (first, second), rows, held, axis, (days[0], days[1]), width).sheet()

    return chart(
        id,
        heading,
        w.line(subtitle),
        sources(w, [("", values + [one for one, _ in held])]),
        draw,
        kind=f"Ranges of {axis} on one axis, a row an assumption",
        listing="; ".join([*map(_told, rows), *(f"published: {one.text} {label}" for one, label in held)]),
        header=[first, second, *(f"{axis}, {when}" for when in days if when)],
        cells=[
            *([markup.escape(row.first), markup.escape(row.second), *_cells(row, days)] for row in rows),
            *([f"published: {markup.escape(label)}", "", one.linked, *[""] * bool(days[1])] for one, label in held),
        ],
        licence=licence(w.ledger.head),
    )


def _filled(w: Writer, name: str, heads: tuple[str, str], one: Assumption, axis: str) -> Row | None:
    words = [w.plain(part) for part in (one.first, one.second)]
    if not all(words):
        return None
    label = f"{axis}, {{}}: {heads[0]} {one.first}, {heads[1]} {one.second}"
    amount, later = _kept(w, one.amount, name, label), _kept(w, one.later, f"{name}-later", label)
    return Row(words[0], words[1], amount, later, one.failure)


def _kept(w: Writer, bar: Bar | None, name: str, label: str) -> Value | None:
    """A value of the chart; what has no name yet is kept under that of its place."""
    if bar is None:
        return None
    what = bar.what
    if isinstance(what, Quantity) and what.interval is not None and not what.name:
        what = w.work(name, what, label.replace("{}", bar.caption), ESTIMATE)
    return replace(bar, what=what).value(w)


def _check(values: Sequence[Value]) -> None:
    for one in values:
        if one.low is None or one.low < 0:
            raise ChartError(f"Could not draw `{one.text}` on an axis from zero: it is no amount from zero up.")


def _one_name(names: Sequence[str]) -> str:
    if len(set(names)) > 1:
        raise ChartError(
            f"Could not draw ranges of {' and '.join(dict.fromkeys(names))} on one axis: name the same days."
        )
    return names[0] if names else ""


def _told(row: Row) -> str:
    later = f", and {row.later.text} in {row.later.when}" if row.later else ""
    return f"{row.first}, {row.second}: {f'{row.amount.text}{later}' if row.amount else row.failure}"


def _cells(row: Row, days: Sequence[str]) -> list[str]:
    if not row.amount:
        return [markup.escape(row.failure), *[""] * bool(days[1])]
    return [row.amount.linked, *([row.later.linked if row.later else ""] if days[1] else [])]

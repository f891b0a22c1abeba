"""The comparisons a ledger holds, and its figures as quantities.

A comparison is a figure with an earlier figure (`versus`), or a change, multiple or share that the source printed
without counts. It carries its change, ratio and percentage as intervals, and what a reader must know before using it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from helpers.figures.formula import Quantity, constant, reported
from helpers.figures.interval import Interval
from helpers.figures.kind import KINDS, Kind
from helpers.package.ledger import Ledger

BREAK, ESTIMATE = "[b]", "[e]"


def quantity(ledger: Ledger, figure: str) -> Quantity:
    """A figure as reported; missing where this edition does not hold it.

    Raises
    ------
    KeyError
        If no edition of the package holds it.
    """
    if figure in ledger.figures.index:
        row = ledger.figures.loc[figure]
        unit = KINDS[row["kind"]].unit(ledger.measures.at[row["measure"], "counts"])
        return reported(figure, row["interval"], unit, row.get("value"))
    if figure in ledger.known:
        return reported(figure, None, None)
    raise KeyError(f"No figure `{figure}` in {ledger.package}.")


# --- periods -------------------------------------------------------------------------------------------------------


def days(start: date, end: date) -> int:
    """Days from `start` to `end`, both counted."""
    return (end - start).days + 1


def side(start: date | None, end: date | None, break_date: date | None) -> str:
    """Where a period lies: "before" the break, "after" it (from the day itself on), "across", or "unknown"."""
    if break_date is None or start is None or end is None:
        return "unknown"
    if end < break_date:
        return "before"
    return "after" if start >= break_date else "across"


@dataclass(frozen=True)
class Comparison:
    """What one figure says against another, or against a base that the source left without a count.

    Attributes
    ----------
    figure, versus
        Ids; `versus` is empty where the earlier value was not reported.
    difference, ratio, percent
        Quantities: in the unit counted, as a factor, in percent of the base. `difference` is missing without counts,
        and with unlike units; so is `percent` with unlike units, and of a share, which is no change.
    units
        What the two sides count. Unlike units make a ratio "of this per that", never a change.
    crosses_break
        Whether the two sides may lie on different sides of the break, or one lies across it. A base without dates may.
    base, base_basis
        The period of the base (None where it has none), and whether the source states it.
    """

    figure: str
    versus: str
    kind: str
    difference: Quantity | None
    ratio: Quantity
    percent: Quantity | None
    units: tuple[str, str]
    crosses_break: bool
    base: tuple[date, date] | None
    base_basis: str

    @property
    def same_unit(self) -> bool:
        return self.units[0] == self.units[1]

    @property
    def about(self) -> Kind:
        """The kind of the figure."""
        return KINDS[self.kind]

    @property
    def marks(self) -> tuple[str, ...]:
        return (BREAK,) if self.crosses_break else ()

    def __str__(self) -> str:
        what = "times" if self.same_unit else f"{self.units[0]} per {self.units[1]}"
        base = self.base_basis if self.base is None else f"{self.base[0]} to {self.base[1]}, {self.base_basis}"
        against = self.versus or "a base without a count"
        return " ".join([f"{self.figure} against {against} ({base}): {self.ratio.interval} {what}", *self.marks])

    def _repr_html_(self) -> str:
        return f"<p>{self}</p>"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(str(self))


def compare(ledger: Ledger, figure: str) -> Comparison:
    """The comparison that a figure of the ledger makes.

    Raises
    ------
    ValueError
        If the figure makes none: it is a count without `versus`.
    """
    row = ledger.figures.loc[figure]
    about, versus = KINDS[row["kind"]], row["versus"]
    after = quantity(ledger, figure)
    if versus:
        earlier = ledger.figures.loc[versus]
        base_measure, base, basis = earlier["measure"], _period(earlier, "period"), earlier["period_basis"]
    elif not about.relative:
        raise ValueError(
            f"figures.csv, `{figure}`: a figure of the kind {about.name} without `versus` is compared with nothing."
        )
    else:
        base_measure = row["base_measure"] or row["measure"]
        base, basis = _period(row, "base"), row["base_basis"] or "unstated"
    units = (ledger.measures.at[row["measure"], "counts"], ledger.measures.at[base_measure, "counts"])
    same = units[0] == units[1]
    difference = percent = None
    if about.relative:
        ratio = about.ratio(after)
    else:
        before = quantity(ledger, versus)
        ratio = after / before
        difference = after - before if same else None
    if same and not about.of_whole:
        percent = after if after.unit == "%" else (ratio - 1) * constant(100, "%")
    crosses = not about.of_whole and _crosses(_period(row, "period"), base, ledger.break_date)
    marks = (BREAK,) if crosses else ()
    return Comparison(
        figure,
        versus,
        row["kind"],
        difference and difference.named(f"{figure}-difference", units[0], *marks),
        ratio.named(f"{figure}-ratio", "times" if same else f"{units[0]} per {units[1]}", *marks),
        percent and percent.named(f"{figure}-percent", "%", *marks),
        units,
        crosses,
        base,
        basis,
    )


def comparisons(ledger: Ledger) -> list[Comparison]:
    """Every comparison of the ledger, in its order."""
    rows = ledger.figures
    compared = rows["kind"].map(lambda kind: KINDS[kind].relative) | (rows["versus"] != "")
    return [compare(ledger, figure) for figure in rows.index[compared]]


def _period(row: object, prefix: str) -> tuple[date, date] | None:
    start, end = row[f"{prefix}_start"], row[f"{prefix}_end"]
    return (start, end) if start and end else None


def _crosses(period: tuple[date, date] | None, base: tuple[date, date] | None, break_date: date | None) -> bool:
    if break_date is None:
        return False
    sides = {side(span and span[0], span and span[1], break_date) for span in (period, base)}
    return not (sides == {"before"} or sides == {"after"})


def per_day(ledger: Ledger, *figures: str) -> Quantity:
    """Counts of one period added up and divided by its days.

    A period without an end is given every end that a reading of the figure gives it, so the result spans them all. It
    is missing where the edition lacks one of the figures.

    Raises
    ------
    ValueError
        If neither the first figure nor a reading of it has a period.
    """
    total = quantity(ledger, figures[0])
    for figure in figures[1:]:
        total = total + quantity(ledger, figure)
    if total.interval is None:
        return total
    row, readings = ledger.figures.loc[figures[0]], ledger.readings
    given = readings.loc[readings["figure"] == figures[0], "period_end"]
    ends = [row["period_end"]] if row["period_end"] else [end for end in given if end]
    if not ends or not row["period_start"]:
        raise ValueError(f"figures.csv, `{figures[0]}`: a number a day needs a period, of the figure or of a reading.")
    fewest, most = days(row["period_start"], min(ends)), days(row["period_start"], max(ends))
    return total / constant(Interval(fewest, most), "day")

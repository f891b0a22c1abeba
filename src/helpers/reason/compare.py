"""The comparisons a ledger holds, and its figures as quantities.

A comparison is a figure with an earlier figure (`versus`), or a change, multiple or share that the source printed
without counts. It carries its change, ratio and percentage as intervals, and what a reader must know before using it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from helpers.figures.interval import Interval
from helpers.figures.kind import KINDS, Kind
from helpers.figures.quantity import Quantity, constant, reported
from helpers.package.ledger import Ledger
from helpers.package.schema import Figure

BREAK, ESTIMATE = "[b]", "[e]"
_POINTS = "percentage points"


def quantity(ledger: Ledger, figure: str) -> Quantity:
    """A figure as reported; missing where this edition does not hold it.

    Raises
    ------
    KeyError
        If no edition of the package holds it.
    """
    row = ledger.rows["figures"].get(figure)
    if row:
        unit = KINDS[row.kind].unit(ledger.rows["measures"][row.measure].counts)
        value = None if getattr(row, "value", None) is None else Fraction(row.value)
        return reported(figure, ledger.intervals[figure], unit, value)
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
        Quantities: in the unit counted (of shares in percentage points), as a factor, in percent of the base.
        `difference` is missing without counts, and with unlike units; so is `percent` with unlike units, and of a share
        of its whole, which is no change.
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


def compare(ledger: Ledger, figure: str, against: str = "") -> Comparison:
    """The comparison that a figure of the ledger makes, or makes with another.

    Parameters
    ----------
    against
        Another figure that it is set against, whatever its row says: a count against a count, a share against a share.
        By default what its row compares it with: the earlier figure, its whole, or its base.

    Raises
    ------
    ValueError
        If the figure makes none: it is a count without `versus`; or if the two are of kinds that do not compare.
    helpers.figures.formula.FormulaError
        If what it is set against may be zero.
    """
    row = ledger.rows["figures"][figure]
    about = KINDS[row.kind]
    _check_comparable(ledger, row, against)
    versus = against or row.versus
    earlier = ledger.rows["figures"][versus] if versus else None
    if earlier and about.of_whole and KINDS[earlier.kind].of_whole:
        against = versus  # an earlier share, not the whole
    base_measure = earlier.measure if earlier else row.base_measure or row.measure
    base = _period(earlier, "period") if earlier else _period(row, "base")
    basis = earlier.period_basis if earlier else row.base_basis or "unstated"
    units = _units(ledger, row.measure, base_measure)
    same, change = units[0] == units[1], bool(against) or not about.of_whole
    after = quantity(ledger, figure)
    if about.relative and not against:
        ratio, difference = about.ratio(after), None
    else:
        ratio, difference = _ratio_and_difference(about, after, quantity(ledger, versus), same)
    percent = None
    shares = earlier is not None and KINDS[earlier.kind].of_whole
    if same and change:
        percent = after if after.unit == "%" else (ratio - 1) * constant(100, "%")
    crosses = change and _crosses(_period(row, "period"), base, ledger.break_of(row.measure))
    marks = (BREAK,) if crosses else ()
    return Comparison(
        figure,
        versus,
        row.kind,
        difference and difference.named(f"{figure}-difference", _POINTS if shares else units[0], *marks),
        ratio.named(f"{figure}-ratio", "times" if same else f"{units[0]} per {units[1]}", *marks),
        percent and percent.named(f"{figure}-percent", "%", *marks),
        units,
        crosses,
        base,
        basis,
    )


def _check_comparable(ledger: Ledger, row: Figure, against: str) -> None:
    if against and not comparable(ledger, row.id, against):
        other = ledger.rows["figures"][against]
        raise ValueError(
            f"figures.csv: `{row.id}` is a {row.kind} and `{against}` a {other.kind}; "
            "a count compares with a count, and a "
            "share with a share."
        )
    if not compares(row) and not against:
        raise ValueError(
            f"figures.csv, `{row.id}`: a figure of the kind {row.kind} without `versus` is compared with nothing."
        )


def _ratio_and_difference(
    about: Kind, after: Quantity, before: Quantity, same: bool
) -> tuple[Quantity, Quantity | None]:
    """Of two counts or two shares, which have a difference in the `same` unit only; or of points and a share."""
    if about.against_base and not about.relative:
        return after / (before * constant(100, _POINTS) if after.unit == _POINTS else before) + 1, after
    if not same:
        return after / before, None
    return after / before, (after - before) * constant(100, _POINTS) if about.of_whole else after - before


def compares(row: Figure) -> bool:
    """Whether the row of a figure compares it with something: an earlier figure, a whole, or a base."""
    return KINDS[row.kind].relative or bool(row.versus)


def comparable(ledger: Ledger, figure: str, other: str) -> bool:
    """Whether two figures can be set against each other: two counts, or two shares."""
    kinds = [KINDS[ledger.rows["figures"][name].kind] for name in (figure, other)]
    return figure != other and (not any(kind.against_base for kind in kinds) or all(kind.of_whole for kind in kinds))


def comparisons(ledger: Ledger) -> list[Comparison]:
    """Every comparison of the ledger, in its order.

    Raises
    ------
    helpers.figures.formula.FormulaError
        If a base may be zero.
    """
    return [compare(ledger, figure) for figure, row in ledger.rows["figures"].items() if compares(row)]


def _units(ledger: Ledger, measure: str, base: str) -> tuple[str, str]:
    """What two measures count. What stands at a day, or is an average, is no more of what adds up over days."""
    one, other = (ledger.rows["measures"][each] for each in (measure, base))
    if _STANDS.get(one.nature) == _STANDS.get(other.nature):
        return one.counts, other.counts
    here, there = (each.counts + _STANDS.get(each.nature, "") for each in (one, other))
    return here, there


_STANDS = {"stock": " at a day", "rate": " on average"}


def _period(row: Figure, prefix: str) -> tuple[date, date] | None:
    start, end = getattr(row, f"{prefix}_start"), getattr(row, f"{prefix}_end")
    return (start, end) if start and end else None


def _crosses(period: tuple[date, date] | None, base: tuple[date, date] | None, break_date: date | None) -> bool:
    if break_date is None:
        return False
    sides = {side(span and span[0], span and span[1], break_date) for span in (period, base)}
    return not (sides == {"before"} or sides == {"after"})


def ends(ledger: Ledger, figure: str) -> list[date]:
    """The last days that a figure may have, in order: its own, and each that a reading gives it."""
    own = ledger.rows["figures"][figure].period_end
    read = {each.period_end for each in ledger.rows["readings"] if each.figure == figure}
    return sorted(day for day in read | {own} if day is not None)


def per_day(ledger: Ledger, *figures: str) -> Quantity:
    """Counts of one period added up and divided by its days.

    Where readings of the figure give its period other ends, or an end that it lacks, the result spans them all. It is
    missing where the edition lacks one of the figures.

    Raises
    ------
    ValueError
        If neither the first figure nor a reading of it has a period, the figures have different periods, or a count
        stands at a day or is an average, so that it does not add up over days.
    """
    total = quantity(ledger, figures[0])
    for figure in figures[1:]:
        total = total + quantity(ledger, figure)
    if total.interval is None:
        return total
    rows = [ledger.rows["figures"][figure] for figure in figures]
    row = rows[0]
    for each in rows:
        if ledger.rows["measures"][each.measure].nature in _STANDS:
            raise ValueError(f"figures.csv, `{each.id}`: it does not add up over days, and is no number a day.")
        if (each.period_start, each.period_end) != (row.period_start, row.period_end):
            raise ValueError(
                f"figures.csv, `{each.id}`: it covers another period than `{row.id}`, so they do not add up."
            )
    last = ends(ledger, row.id)
    if not last or not row.period_start:
        raise ValueError(f"figures.csv, `{row.id}`: a number a day needs a period, of the figure or of a reading.")
    return total / constant(Interval(days(row.period_start, last[0]), days(row.period_start, last[-1])), "day")

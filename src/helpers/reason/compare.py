"""Quantities that know how they were worked out, and the comparisons a ledger holds.

A comparison is a figure with an earlier figure (`versus`), or a change, multiple or share that the source printed
without counts. It carries its change, ratio and percentage as intervals, and what a reader must know before using it.
"""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from helpers.figures.interval import Interval, IntervalError, Number
from helpers.package.ledger import Ledger

BREAK, ESTIMATE, MISSING = "[b]", "[e]", "[x]"
_SIGNS = {"+": operator.add, "−": operator.sub, "×": operator.mul, "÷": operator.truediv}


@dataclass(frozen=True)
class Quantity:
    """An interval with its provenance.

    Attributes
    ----------
    interval
        The values it can take, or None where a figure it needs is not in this edition; what is worked out from such a
        quantity is missing too.
    formula
        How it was worked out, with the ids of figures in braces: "{orders} ÷ {offenders} × 100".
    inputs
        The ids, each once, in order.
    unit
        Plain words for what it counts or measures.
    name
        Its id among the worked-out numbers of a document; empty for a figure as reported.
    marks
        `[b]` where it crosses the break, `[e]` where it is an estimate.
    value
        What the formula gives for the numbers as printed, before any rounding; None where that is no single number.
    """

    interval: Interval | None
    formula: str
    inputs: tuple[str, ...] = ()
    unit: str = ""
    name: str = ""
    marks: tuple[str, ...] = ()
    value: Fraction | None = None

    def __add__(self, other: Quantity | Number) -> Quantity:
        return self._join("+", other)

    def __sub__(self, other: Quantity | Number) -> Quantity:
        return self._join("−", other)

    def __mul__(self, other: Quantity | Number) -> Quantity:
        return self._join("×", other)

    def __truediv__(self, other: Quantity | Number) -> Quantity:
        return self._join("÷", other)

    def __radd__(self, other: Number) -> Quantity:
        return constant(other) + self

    def __rsub__(self, other: Number) -> Quantity:
        return constant(other) - self

    def __rmul__(self, other: Number) -> Quantity:
        return constant(other) * self

    def __rtruediv__(self, other: Number) -> Quantity:
        return constant(other) / self

    def named(self, name: str, unit: str = "", *marks: str) -> Quantity:
        """The same quantity under a name, in a unit, with marks."""
        return replace(self, name=name, unit=unit or self.unit, marks=tuple(dict.fromkeys((*self.marks, *marks))))

    def _join(self, sign: str, other: Quantity | Number) -> Quantity:
        other = other if isinstance(other, Quantity) else constant(other)
        shared = set(self.inputs) & set(other.inputs)
        if shared:
            # Interval arithmetic takes its operands as independent; the same figure on both sides is not.
            raise IntervalError(
                f"{', '.join(sorted(shared))} stands on both sides of {sign}: the interval would come out too wide. "
                "Rewrite the formula so that each figure stands in it once."
            )
        interval = None
        if self.interval is not None and other.interval is not None:
            a, b = self.interval, other.interval
            try:
                interval = _SIGNS[sign](a, b)
            except IntervalError as error:
                raise IntervalError(f"{self.formula} {sign} {other.formula}: {error}") from None
        left, right = self.formula, other.formula
        if sign in "×÷":
            left = f"({left})" if _is_sum(left) else left
            right = f"({right})" if _is_sum(right) or (sign == "÷" and re.search("[×÷]", right)) else right
        elif sign == "−" and _is_sum(right):
            right = f"({right})"
        marks = tuple(dict.fromkeys((*self.marks, *other.marks)))
        value = None
        if self.value is not None and other.value is not None and not (sign == "÷" and other.value == 0):
            value = _SIGNS[sign](self.value, other.value)
        return Quantity(interval, f"{left} {sign} {right}", self.inputs + other.inputs, marks=marks, value=value)

    def __str__(self) -> str:
        return MISSING if self.interval is None else " ".join([str(self.interval), self.unit, *self.marks]).strip()

    def _repr_html_(self) -> str:
        return f"<p><strong>{self}</strong> = {self.formula}</p>"


def constant(number: Number) -> Quantity:
    """A number that is no figure: 100, or the days of a period."""
    value = Fraction(number)
    size = abs(value)
    if size.denominator == 1:
        text = f"{int(size):,}"
    elif 10**4 % size.denominator == 0:
        text = str(float(size))
    else:
        text = f"({size.numerator} ÷ {size.denominator})"  # in brackets: "a ÷ 1 ÷ 3" would be another number
    return Quantity(Interval.exact(value), text if value >= 0 else f"(−{text})", value=value)


def _is_sum(formula: str) -> bool:
    depth = 0
    for part in re.findall(r"[()]| [+−] ", formula):
        if part == " + " or part == " − ":
            if depth == 0:
                return True
        else:
            depth += 1 if part == "(" else -1
    return False


def quantity(ledger: Ledger, figure: str) -> Quantity:
    """A figure as reported; missing where this edition does not hold it.

    Raises
    ------
    KeyError
        If no edition of the package holds it.
    """
    if figure in ledger.figures.index:
        row = ledger.figures.loc[figure]
        unit = ledger.measures.at[row["measure"], "counts"] if row["kind"] == "count" else ""
        return Quantity(row["interval"], f"{{{figure}}}", (figure,), unit, value=row.get("value"))
    if figure in ledger.known:
        return Quantity(None, f"{{{figure}}}", (figure,))
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
    kind, versus = row["kind"], row["versus"]
    after = quantity(ledger, figure)
    if versus:
        earlier = ledger.figures.loc[versus]
        base_measure, base, basis = earlier["measure"], _period(earlier, "period"), earlier["period_basis"]
    elif kind == "count":
        raise ValueError(f"figures.csv, `{figure}`: a count without `versus` is compared with nothing.")
    else:
        base_measure = row["base_measure"] or row["measure"]
        base, basis = _period(row, "base"), row["base_basis"] or "unstated"
    units = (ledger.measures.at[row["measure"], "counts"], ledger.measures.at[base_measure, "counts"])
    same = units[0] == units[1]
    difference = percent = None
    if kind == "count":
        before = quantity(ledger, versus)
        ratio = after / before
        difference = after - before if same else None
    else:
        ratio = (100 + after) / 100 if kind == "change" else after
    if same and kind != "share":
        percent = after if kind == "change" else (ratio - 1) * 100
    crosses = kind != "share" and _crosses(_period(row, "period"), base, ledger.break_date)
    marks = (BREAK,) if crosses else ()
    return Comparison(
        figure,
        versus,
        kind,
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
    return [compare(ledger, figure) for figure in rows.index[(rows["kind"] != "count") | (rows["versus"] != "")]]


def _period(row: object, prefix: str) -> tuple[date, date] | None:
    start, end = row[f"{prefix}_start"], row[f"{prefix}_end"]
    return (start, end) if start and end else None


def _crosses(period: tuple[date, date] | None, base: tuple[date, date] | None, break_date: date | None) -> bool:
    if break_date is None:
        return False
    sides = {side(*(span or (None, None)), break_date) for span in (period, base)}
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
    length = constant(fewest) if fewest == most else Quantity(Interval(fewest, most), f"({fewest} to {most})")
    return total / length

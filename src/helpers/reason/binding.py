"""Which figures set the ends of an implied range, and the arithmetic that leads to each end.

The ends of figures that bind are an irreducible set: spare one, and the range is wider. By strong duality (see Chvátal, *Linear
Programming*, 1983) an end is a sum of ends of counts, each taken so often as its dual says; other constraints (ratios, parts,
a limit on unevenness) have no constant and enter the factors only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from helpers.figures.interval import Interval
from helpers.reason.conflict import conflict
from helpers.reason.constraints import End, Span
from helpers.reason.programme import Programme
from helpers.reason.system import NOISE


class Term(NamedTuple):
    """An end of a count, and how often it is added (taken off where negative)."""

    factor: Fraction
    end: End
    value: Fraction


@dataclass(frozen=True)
class Binding:
    """How one end of an implied range comes about.

    Attributes
    ----------
    value
        The end, in the unit counted; infinite where nothing bounds it.
    is_open
        Whether it is left out.
    ends
        The ends of figures that bind, in the order of the ledger. Empty where nothing binds but that no amount is
        below zero.
    terms
        The end as a sum of ends of counts; empty where it is zero or infinite.
    limited
        Whether the limit on unevenness binds too.
    """

    value: Fraction | float
    is_open: bool
    ends: tuple[End, ...]
    terms: tuple[Term, ...]
    limited: bool = False

    @property
    def arithmetic(self) -> str:
        """The sum in words and digits: "60,500 less 26,500". Empty where the end is no such sum."""
        said = ""
        for factor, _, value in sorted(self.terms, key=lambda term: term.factor < 0):
            size = f"{_digits(abs(factor))} × " if abs(factor) != 1 else ""
            joint = (" less " if factor < 0 else " plus ") if said else ("−" if factor < 0 else "")
            said += f"{joint}{size}{_digits(value)}"
        return said


@dataclass(frozen=True)
class Quotient:
    """One end of a ratio of two averages per day, as the quotient of two implied totals.

    Attributes
    ----------
    value
        The end.
    after, before
        The totals over the two periods at that end.
    days
        The days of the two periods, `after` first.
    """

    value: Fraction | float
    after: Binding
    before: Binding
    days: tuple[int, int]

    @property
    def arithmetic(self) -> str:
        """As "(27,500 ÷ 123) ÷ ((59,500 less 27,500) ÷ 181)"."""
        above, below = (
            f"({part.arithmetic})" if len(part.terms) > 1 else part.arithmetic for part in (self.after, self.before)
        )
        return f"({above} ÷ {self.days[0]}) ÷ ({below} ÷ {self.days[1]})"


def binding(
    made: Programme, measure: str, start: date, end: date, limit: float | None = None
) -> tuple[Binding, Binding] | None:
    """What sets the low and the high end of `Programme.total`; None where the figures cannot all be true."""
    total = made.total(measure, start, end, limit)
    return total and (
        _end(made, (measure, start, end), "low", total, limit),
        _end(made, (measure, start, end), "high", total, limit),
    )


def quotients(
    made: Programme,
    measure: str,
    before: tuple[date, date],
    after: tuple[date, date],
    limit: float | None = None,
) -> tuple[Quotient | None, Quotient | None]:
    """What sets the ends of `Programme.ratio`, where one total is largest while the other is smallest; None elsewhere."""
    ratio = made.ratio(measure, before, after, limit)
    parts = [binding(made, measure, *span, limit) for span in (before, after)]
    if ratio is None or None in parts:
        return None, None
    (least, most), (few, many) = parts
    days = Span(measure, *after).days, Span(measure, *before).days
    ends = []
    for value, part, whole in ((ratio.low, few, most), (ratio.high, many, least)):
        found = None
        if whole.value and not math.isinf(whole.value) and not math.isinf(part.value) and part.terms:
            quotient = part.value / days[0] / (whole.value / days[1])
            if abs(quotient - value) <= NOISE * quotient * 10:
                found = Quotient(value, part, whole, days)
        ends.append(found)
    return ends[0], ends[1]


def _end(
    made: Programme, asked: tuple[str, date, date], name: Literal["low", "high"], total: Interval, limit: float | None
) -> Binding:
    value, is_open = getattr(total, name), getattr(total, f"{name}_open")
    if math.isinf(value) or (name == "low" and value == 0):
        return Binding(value, is_open, (), ())
    scale = max(1, abs(value)) * Fraction(NOISE) * 100

    def reached(ends: tuple[End, ...], limit: float | None = limit) -> bool:
        """Whether some ends of figures alone hold the total to this end."""
        least = made.with_ends(ends).total(*asked, limit)
        if least is None:
            return True  # together they hold it to nothing at all; fewer will do
        return least.low >= value - scale if name == "low" else least.high <= value + scale

    every = made.constraints().ends
    ends = conflict(reached, every)
    limited = limit is not None and not reached(ends, None)
    prices = made.with_ends(ends).shadow_prices(*asked, name, limit)
    bounds = dict(made.bounds)
    terms = tuple(Term(factor, end, getattr(bounds[end.figure].interval, end.name)) for end, factor in prices.items())
    if abs(sum(term.factor * term.value for term in terms) - value) > scale:
        terms = ()
    return Binding(value, is_open, ends, terms, limited)


def _digits(value: Fraction) -> str:
    """A number with its thousands grouped; one that is not whole with six significant digits at most."""
    return f"{int(value):,}" if value.denominator == 1 else f"{float(value):,.6g}"

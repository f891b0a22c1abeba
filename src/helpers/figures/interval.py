"""Intervals with rational ends, each open or closed, and exact arithmetic on them.

Arithmetic is that of intervals over independent inputs (Moore, *Interval Analysis*, 1966), with the openness of each
end carried along.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product

Number = int | Fraction | Decimal

# A printed range may be 20% wider than its interval, or, for a narrow one, as wide as a fortieth of its value: past
# that, one more digit helps the reader.
_SPARE = Fraction(6, 5)
_RELATIVE = Fraction(1, 40)
_SHORT = 2  # decimal places up to which an end stands as it is
_LARGE = 1_000  # from here on a range is printed in whole numbers


class IntervalError(ValueError):
    """An interval that cannot be formed: ends in the wrong order, or a division by an interval that reaches zero."""


@dataclass(frozen=True)
class Interval:
    """An interval of rational numbers; an end may be infinite, and is then open.

    Parameters
    ----------
    low, high
        The ends, in the unit of the quantity.
    low_open, high_open
        Whether the end itself is left out.

    Raises
    ------
    IntervalError
        If `low` lies above `high`, or both are equal and one of them is open.
    """

    low: Fraction | float
    high: Fraction | float
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        for name in ("low", "high"):
            end = getattr(self, name)
            if math.isinf(end):
                object.__setattr__(self, f"{name}_open", True)
            else:
                object.__setattr__(self, name, Fraction(end))
        if self.low > self.high or (self.low == self.high and (self.low_open or self.high_open)):
            raise IntervalError(f"An interval from {self.low} to {self.high} holds no value.")

    @classmethod
    def exact(cls, value: Number) -> Interval:
        """The interval that holds one value."""
        return cls(Fraction(value), Fraction(value))

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    def __contains__(self, value: Number) -> bool:
        above = value > self.low if self.low_open else value >= self.low
        below = value < self.high if self.high_open else value <= self.high
        return above and below

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low, self.high_open, self.low_open)

    def __add__(self, other: Interval | Number) -> Interval:
        other = _as_interval(other)
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __sub__(self, other: Interval | Number) -> Interval:
        return self + -_as_interval(other)

    def __mul__(self, other: Interval | Number) -> Interval:
        other = _as_interval(other)
        corners = [_times(a, b) for a, b in product(self._ends(), other._ends())]
        low, high = min(c[0] for c in corners), max(c[0] for c in corners)
        reachable = {value for value, is_open in corners if not is_open}
        return Interval(low, high, low not in reachable, high not in reachable)

    def __truediv__(self, other: Interval | Number) -> Interval:
        other = _as_interval(other)
        if 0 in other or other.low < 0 < other.high:
            raise IntervalError(f"Cannot divide by {other!r}: the interval reaches zero, so the ratio has no bounds.")
        # An end that is zero but left out ("at most 30%") leaves the ratio without a bound on that side only.
        low, high = (
            1 / end if end else math.copysign(math.inf, other.low + other.high) for end in (other.high, other.low)
        )
        inverse = Interval(low, high, other.high_open or math.isinf(low), other.low_open or math.isinf(high))
        return self * inverse

    def __radd__(self, other: Number) -> Interval:
        return self + other

    def __rsub__(self, other: Number) -> Interval:
        return _as_interval(other) - self

    def __rmul__(self, other: Number) -> Interval:
        return self * other

    def __rtruediv__(self, other: Number) -> Interval:
        return _as_interval(other) / self

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both."""
        low, low_open = min((self.low, self.low_open), (other.low, other.low_open))
        high, high_closed = max((self.high, not self.high_open), (other.high, not other.high_open))
        return Interval(low, high, low_open, not high_closed)

    def intersection(self, other: Interval) -> Interval | None:
        """The values both intervals hold, or None."""
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, high_closed = min((self.high, not self.high_open), (other.high, not other.high_open))
        try:
            return Interval(low, high, low_open, not high_closed)
        except IntervalError:
            return None

    def printed(self) -> tuple[Fraction | float, Fraction | float, int]:
        """The ends as they are printed, and the decimal places that takes.

        Ends of at most two decimal places stand as they are, from 1,000 on whole ones alone. Others are rounded
        outward, so that the printed range contains the interval, to the fewest digits that keep it at most 20% wider
        than the interval (or, for a narrower interval, no wider than a fortieth of its value).
        """
        if math.isinf(self.low) or math.isinf(self.high):
            finite = [end for end in (self.low, self.high) if not math.isinf(end)]
            if not finite:
                return self.low, self.high, 0
            low, high, places = Interval.exact(Fraction(finite[0])).printed()
            return (self.low, high, places) if math.isinf(self.low) else (low, self.high, places)
        # No half persons among thousands: the ends of a large range stand as they are only if they are whole.
        large = (self.low <= -_LARGE or self.high >= _LARGE) and not self.is_exact
        for places in range(1 if large else _SHORT + 1):
            if all((Fraction(end) * 10**places).denominator == 1 for end in (self.low, self.high)):
                return self.low, self.high, places
        least, most = Fraction(self.low), Fraction(self.high)
        width, size = most - least, max(abs(least), abs(most))
        allowed = max(width * _SPARE, size * _RELATIVE)
        exponent = math.floor(math.log10(size)) + 1
        while True:
            step = Fraction(10) ** exponent
            low, high = math.floor(self.low / step) * step, math.ceil(self.high / step) * step
            # What lies wholly above or below 1 is more or less than as many: its printed range says so too.
            hides = low <= 1 < self.low or self.high < 1 <= high
            if high - low <= allowed and not (hides and size < _LARGE):
                return low, high, max(0, -exponent)
            exponent -= 1

    def __str__(self) -> str:
        low, high, places = self.printed()
        if low == high:
            return f"{float(low):,.{places}f}"
        if math.isinf(high):
            return "any number" if math.isinf(low) else f"{float(low):,.{places}f} or more"
        if math.isinf(low):
            return f"{float(high):,.{places}f} or less"
        return f"{float(low):,.{places}f} to {float(high):,.{places}f}"

    def __repr__(self) -> str:
        left, right = "(" if self.low_open else "[", ")" if self.high_open else "]"
        return f"{left}{_plain(self.low)}, {_plain(self.high)}{right}"

    def _repr_html_(self) -> str:
        return f"<p>{self} <code>{self!r}</code></p>"

    def _ends(self) -> tuple[tuple[Fraction | float, bool], tuple[Fraction | float, bool]]:
        return (self.low, self.low_open), (self.high, self.high_open)


def _as_interval(value: Interval | Number) -> Interval:
    return value if isinstance(value, Interval) else Interval.exact(value)


def _times(a: tuple[Fraction | float, bool], b: tuple[Fraction | float, bool]) -> tuple[Fraction | float, bool]:
    """One corner of a product and whether it is left out; zero times infinity is zero.

    A zero that one factor holds is reached whatever the other is, even at its open or infinite end.
    """
    (x, x_open), (y, y_open) = a, b
    if x == 0 or y == 0:
        return Fraction(0), (x_open if x == 0 else True) and (y_open if y == 0 else True)
    return x * y, x_open or y_open


def as_json(end: Fraction | float | None) -> int | float | None:
    """An end as JSON has it: a whole number as such, no bound as null."""
    if end is None or math.isinf(end):
        return None
    return int(end) if end == int(end) else float(end)


def _plain(end: Fraction | float) -> str:
    return f"{float(end):,.6g}" if math.isinf(end) or end != int(end) else f"{int(end):,}"

"""What a figure bounds: the total of a measure over a period, or its ratio to another total."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from helpers.figures.interval import Interval
from helpers.figures.kind import KINDS


class Span(NamedTuple):
    """A measure over a period, both days included."""

    measure: str
    start: date
    end: date

    @property
    def edges(self) -> tuple[date, date]:
        """The first day, and the first day after it."""
        return self.start, self.end + timedelta(days=1)

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


class Bound(NamedTuple):
    """A figure as a constraint: an interval on a sum or, where there is a base, on its ratio to another sum.

    `less` says that the interval is that of the sum less its base, in the unit counted.
    """

    part: Span
    base: Span | None
    interval: Interval
    less: bool = False

    @property
    def spans(self) -> tuple[Span, ...]:
        return (self.part, self.base) if self.base else (self.part,)


def bound(rows: Mapping[str, Any], figure: str, interval: Interval) -> Bound | None:
    """The constraint a figure makes, or None where a period it needs is not whole."""
    row = rows[figure]
    part, base = Span(row.measure, row.period_start, row.period_end), None
    kind = KINDS[row.kind]
    factor = kind.factor(interval)
    if factor is None:
        return None
    if kind.against_base:
        base = Span(row.base_measure or row.measure, row.base_start, row.base_end)
        other = rows.get(row.versus)
        if other and not KINDS[other.kind].against_base:  # an earlier share is no whole
            base = Span(other.measure, other.period_start, other.period_end)
    return Bound(part, base, factor, kind.additive) if all(part) and (base is None or all(base)) else None

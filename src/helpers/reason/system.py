"""Intervals on amounts as a system of linear constraints, and what can be asked of it: whether it holds, and how large
a sum can be.

A system holds values only: two scenarios, roundings or editions that impose the same intervals are one system.
Intervals are exact; the solver works to about a billionth of the largest amount. Open ends hold if the slack, one
variable taken off all of them and maximised, can be above zero.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from helpers.figures.interval import Interval
from helpers.reason.bounds import Bound, Span
from helpers.reason.constraints import SIZE, Constraints
from helpers.reason.solver import Coefficients, Rows, UndecidedError, best, maximise

NOISE = 1e-9  # differences below this come from floats
_TOLERANCE = 1e-7  # slack above this is slack


@dataclass(frozen=True)
class Conditions:
    """What is imposed beside the figures.

    Attributes
    ----------
    limit
        Daily rates of a measure differ at most so many-fold over the stretches that figures cover on the same side of
        the break.
    at
        A sum, and the value it is held at.
    base
        A sum by which all amounts are divided (and then multiplied by `SIZE`).
    elastic
        Whether intervals may give way.
    asked
        Spans that no stretch may lie across.
    """

    limit: float | None = None
    at: tuple[tuple[tuple[int, float], ...], float] | None = None
    base: tuple[tuple[int, float], ...] | None = None
    elastic: bool = False
    asked: tuple[Span, ...] = ()


@dataclass(frozen=True)
class System:
    """Intervals on amounts and on their ratios.

    Attributes
    ----------
    measures
        What is counted.
    bounds
        Figures by id, as constraints.
    part_of
        Pairs of a measure and the measure that contains it.
    break_date
        The day from which something else is recorded, or None.
    distinct
        Measures that count each person once in a period, so that totals do not add up.
    stocks
        Measures that stand at a day.
    same
        Measures of which the break changes nothing in what is recorded, so that their days are not parted by it.
    unused
        Ids of figures that impose nothing.
    """

    measures: tuple[str, ...]
    bounds: tuple[tuple[str, Bound], ...]
    part_of: tuple[tuple[str, str], ...] = ()
    break_date: date | None = None
    distinct: frozenset[str] = frozenset()
    stocks: frozenset[str] = frozenset()
    same: frozenset[str] = frozenset()
    unused: tuple[str, ...] = field(default=(), compare=False)

    def __hash__(self) -> int:
        return self._hash

    @functools.cached_property
    def _hash(self) -> int:
        return hash((self.measures, self.bounds, self.part_of, self.break_date, self.distinct, self.stocks, self.same))

    @property
    def figures(self) -> tuple[str, ...]:
        """Ids of the figures that are imposed."""
        return tuple(figure for figure, _ in self.bounds)

    def constraints(self, *asked: Span) -> Constraints:
        """The variables and the rows, with no stretch across an edge of the spans asked about."""
        return _constraints(self, asked)

    def is_feasible(self, case: Conditions | None = None) -> bool:
        """Whether all intervals can hold at once, their open ends included."""
        case = case or Conditions()
        try:
            slack = self.maximum({self.constraints(*case.asked).slack: 1.0}, case)
        except UndecidedError:
            return False
        return slack is not None and slack > _TOLERANCE

    def range(self, row: Coefficients, unit: float, case: Conditions) -> Interval | None:
        """The values a sum can take, or its ratio to the base of the case, in the given unit."""
        if not self.is_feasible(case):
            return None
        ends = []
        for sign in (-1, 1):
            most = self.maximum({column: sign * each for column, each in row.items()}, case)
            assert most is not None  # the case holds
            value = sign * most
            reached = not math.isinf(value) and self.is_feasible(replace(case, at=(frozen(row), value)))
            ends.append((simplest(value * unit, NOISE * unit), not reached))
        (low, low_open), (high, high_open) = ends
        # A range narrower than the noise is one value.
        return Interval(low, high, low_open, high_open) if low < high else Interval(low, low)

    def evened(self, limit: float, lowest: Mapping[int, float]) -> tuple[float, dict[int, float]]:
        """A point that keeps within a limit, and as far from it as can be.

        A step of Dinkelbach's method for the smallest largest ratio (Crouzeix, Ferland and Schaible, 1986).

        Parameters
        ----------
        lowest
            The lowest rates at the point before, by column: what distances are measured in. Empty for a first point.

        Returns
        -------
        float, dict
            How many-fold its rates differ, and the lowest of each column. The limit, and nothing, where there is none.
        """
        constraints = self.constraints()
        _, least, most = self.imposed(constraints, Conditions())
        least[constraints.slack] = 2 * _TOLERANCE
        rows = constraints.rows.with_rows(constraints.pace(limit, constraints.width, lowest))
        try:
            point = best({constraints.width: 1.0}, rows, [*least, 0.0], [*most, SIZE])
        except UndecidedError:
            point = None
        if point is None:
            return limit, {}
        ends = constraints.paces(point)
        ratio = max((high / low if low > 0 else limit for low, high in ends.values() if high > 0), default=1.0)
        return ratio, {column: low for column, (low, _) in ends.items()}

    def maximum(self, cost: Coefficients, case: Conditions) -> float | None:
        """The largest value of `cost`; None if the closed intervals cannot all hold."""
        constraints = self.constraints(*case.asked)
        rows, least, most = self.imposed(constraints, case)
        least[constraints.slack] = -cost.get(constraints.slack, 0.0)
        return maximise(cost, rows, least, most)

    def imposed(self, constraints: Constraints, conditions: Conditions) -> tuple[Rows, list[float], list[float]]:
        """The rows of a case, and the least and the most of each variable."""
        more = constraints.pace(conditions.limit) if conditions.limit is not None else []
        if conditions.at:
            more.append((dict(conditions.at[0]), conditions.at[1], conditions.at[1]))
        if conditions.base:
            more.append((dict(conditions.base), SIZE, SIZE))
        least, most = [0.0] * constraints.width, [math.inf] * constraints.width
        if not conditions.elastic:
            most[constraints.elastic : constraints.divisor] = [0.0] * len(self.bounds)
        most[constraints.slack] = 1.0
        if not conditions.base:
            least[constraints.divisor] = most[constraints.divisor] = SIZE
        return constraints.rows.with_rows(more) if more else constraints.rows, least, most


@functools.lru_cache(maxsize=256)
def _constraints(made: System, asked: tuple[Span, ...]) -> Constraints:
    about = made.part_of, made.break_date, made.distinct, made.stocks, made.same
    return Constraints(made.measures, made.bounds, *about, asked)


def frozen(row: Mapping[int, float]) -> tuple[tuple[int, float], ...]:
    """A row as a value."""
    return tuple(row.items())


def simplest(value: float, noise: float) -> Fraction | float:
    """The fraction with the smallest power of ten as limit of its denominator that is within `noise` of a float."""
    if math.isinf(value):
        return value
    near = (Fraction(value).limit_denominator(10**digits) for digits in range(20))
    return next(fraction for fraction in near if abs(fraction - Fraction(value)) <= noise)

"""What the figures of one component imply together in one scenario: a linear programme.

A programme holds values only: two scenarios, roundings or editions that impose the same intervals are one programme,
and each of its results is worked out once.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal, TypeVar

from helpers.figures.interval import Interval
from helpers.reason.bounds import Bound, Span, bound
from helpers.reason.conflict import conflict
from helpers.reason.constraints import SIZE
from helpers.reason.scenario import Component, Scenario, ScenarioError
from helpers.reason.solver import most_even
from helpers.reason.system import NOISE, Conditions, System, frozen

MOST_UNEVEN = 1024
_NEAR = 5e-6  # limits on unevenness this close are one
_KEPT = 4096  # results remembered of each kind

Answer = TypeVar("Answer")


def _cached(method: Callable[..., Answer]) -> Callable[..., Answer]:
    """Remember what a method answers to the same values."""
    return functools.wraps(method)(functools.lru_cache(maxsize=_KEPT)(method))


def programme(part: Component, scenario: Scenario) -> Programme:
    """The figures of a component as a scenario reads them; one in a dispute that it does not settle is not imposed.

    Raises
    ------
    ScenarioError
        If the scenario cannot be interpreted.
    """
    rows, aside = part.reread(scenario), part.set_aside(scenario)
    made = {figure: bound(rows, figure, part.intervals[figure]) for figure in rows if figure not in aside}
    for figure, found in made.items():
        made[figure] = found and _of_rates(found, part.rates)
        if found and any(span.measure in part.stocks and span.start != span.end for span in found.spans):
            made[figure] = None  # a stock without its day imposes nothing
    bounds = tuple((figure, found) for figure, found in made.items() if found)
    unused = tuple(figure for figure, found in made.items() if not found)
    measures = (*(name for name in part.measures if name not in part.rates), *_rates(bounds, part.measures))
    nested = tuple(pair for pair in part.part_of if not part.rates.intersection(pair))
    stocks = part.stocks | set(measures).difference(part.measures)
    return Programme(measures, bounds, nested, part.break_date, part.distinct, stocks, part.same, unused)


def _of_rates(found: Bound, rates: frozenset[str]) -> Bound:
    """A bound in which an average is an amount of its own for each period: one that stands at a day, the first."""

    def of_period(span: Span) -> Span:
        if span.measure not in rates:
            return span
        return Span(f"{span.measure} {span.start} to {span.end}", span.start, span.start)

    return found._replace(part=of_period(found.part), base=found.base and of_period(found.base))


def _rates(bounds: Iterable[tuple[str, Bound]], measures: Iterable[str]) -> list[str]:
    """The amounts that stand for averages of a period."""
    known = set(measures)
    return list(dict.fromkeys(span.measure for _, made in bounds for span in made.spans if span.measure not in known))


@dataclass(frozen=True)
class Programme(System):
    """A system as a linear programme: what it implies, each result worked out once."""

    def __hash__(self) -> int:
        return super().__hash__()

    @_cached
    def feasible(self, limit: float | None = None) -> bool:
        """Whether all figures can be true at once.

        Parameters
        ----------
        limit
            Daily rates of a measure differ at most so many-fold over the stretches that figures cover on the same side
            of the break.
        """
        return self.is_feasible(Conditions(limit))

    @_cached
    def shortfall(self) -> float:
        """Smallest total by which intervals must give way, in the unit counted (of the part, for a ratio)."""
        constraints = self.constraints()
        cost = dict.fromkeys(range(constraints.elastic, constraints.divisor), -1.0)
        given_way = self.maximum(cost, Conditions(elastic=True))
        assert given_way is not None  # whatever the figures, they hold if they give way far enough
        return abs(round(given_way * constraints.unit, 6))

    @_cached
    def clashes(self) -> tuple[str, ...]:
        """An irreducible infeasible subset (IIS) of the figures, late ones preferred; empty if all can hold."""
        return () if self.feasible() else conflict(self._refuted, self.figures)

    @_cached
    def unevenness(self) -> float | None:
        """Infimum of the limits under which all figures can be true, to 1e-4.

        None where there is none, and where persons are counted once, so that days have no rates that add up.
        """
        if any(span.measure in self.distinct for _, bound in self.bounds for span in bound.spans):
            return None
        if self.feasible(1):
            return 1.0
        if not self.feasible(MOST_UNEVEN):
            return None
        high, lowest = float(MOST_UNEVEN), dict[int, float]()
        while True:
            nearer, lowest = self.evened(high, lowest)
            if nearer > high - _NEAR:
                break
            high = nearer
        # A step can end early, on a side of the break where nothing happened at the point before.
        low = max(1.0, high - 2 * _NEAR)
        if self.is_feasible(Conditions(low)):
            low = 1.0
        while high - low > 3 * _NEAR:
            middle = (low + high) / 2
            low, high = (low, middle) if self.is_feasible(Conditions(middle)) else (middle, high)
        return round(high, 4)

    @_cached
    def total(self, measure: str, start: date, end: date, limit: float | None = None) -> Interval | None:
        """What the figures imply for a measure over a period, in the unit counted.

        Parameters
        ----------
        start, end
            First and last day. They may cut stretches.
        limit
            As in `feasible`.

        Returns
        -------
        Interval or None
            None if the figures cannot all be true (under the limit).
        """
        span = _checked(Span(measure, start, end))
        constraints = self.constraints(span)
        return self.range(constraints.total(span), constraints.unit, Conditions(limit, asked=(span,)))

    @_cached
    def ratio(
        self, measure: str, before: tuple[date, date], after: tuple[date, date], limit: float | None = None
    ) -> Interval | None:
        """What the figures imply for the ratio of two averages per day, `after` to `before`; None as in `total`.

        It compares averages over two periods and says nothing about when, within them, the rate changed. A ratio is
        made linear by dividing every amount by its denominator (Charnes and Cooper, 1962).
        """
        spans = _checked(Span(measure, *before)), _checked(Span(measure, *after))
        constraints, case = self.constraints(*spans), Conditions(limit, asked=spans)
        base, part = (constraints.total(span) for span in spans)
        most = self.maximum(base, case)
        if most is None or most < NOISE:
            return None
        size = min(most, SIZE)
        scaled = {column: value / size * SIZE for column, value in base.items()}
        ratio = self.range(part, 1 / size, replace(case, base=frozen(scaled)))
        return ratio and ratio * Fraction(spans[0].days, spans[1].days)

    @_cached
    def course(
        self, measure: str, start: date, end: date, name: Literal["low", "high"], limit: float | None = None
    ) -> tuple[tuple[Span, float], ...] | None:
        """A course of the measure in which its total over a period is at one end of its range, for drawing.

        Of all such courses it is the most even one: the sum over days of the squared rates is smallest.

        Returns
        -------
        tuple or None
            Each stretch of the measure that figures cover, with its amount in the unit counted (an open end is taken as
            reached). None where the figures cannot all be true, the end is infinite, or persons are counted once.
        """
        span = _checked(Span(measure, start, end))
        total = self.total(measure, start, end, limit)
        if total is None or math.isinf(getattr(total, name)) or self.distinct:
            return None
        constraints = self.constraints(span)
        value = float(getattr(total, name)) / constraints.unit
        weights = {
            column: 1 / stretch.days
            for each in self.measures
            for stretch, column in zip(constraints.stretches[each], constraints.columns[each].values(), strict=True)
        }
        case = Conditions(limit, at=(frozen(constraints.total(span)), value), asked=(span,))
        point = most_even(weights, *self.imposed(constraints, case))
        covered = constraints.covered(measure)
        parts = zip(constraints.stretches[measure], constraints.columns[measure].values(), covered, strict=True)
        return tuple((part, max(0.0, point[column]) * constraints.unit) for part, column, inside in parts if inside)

    def _refuted(self, figures: tuple[str, ...]) -> bool:
        """Whether some of the figures cannot be true together."""
        some = set(figures)
        return not replace(self, bounds=tuple(each for each in self.bounds if each[0] in some)).is_feasible()


def _checked(span: Span) -> Span:
    if span.start > span.end:
        raise ScenarioError(f"The period from {span.start} to {span.end} ends before it starts.")
    return span

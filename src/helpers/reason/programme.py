"""What the figures of one component imply together in one scenario: a linear programme.

Intervals are exact; the solver works to about a billionth of the largest amount. Open ends hold if the slack, one variable
taken off all of them and maximised, can be above zero. A programme holds values only: two scenarios, roundings or editions
that impose the same intervals are one programme, and each result is worked out once.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TypeVar

from helpers.figures.interval import Interval
from helpers.reason.constraints import SIZE, Bound, Constraints, Span, bound
from helpers.reason.scenario import Component, Scenario, ScenarioError
from helpers.reason.solver import Coefficients, Solution, UndecidedError, maximise

MOST_UNEVEN = 1024
_TOLERANCE = 1e-7  # slack above this is slack
_NOISE = 1e-9  # differences below this come from floats
_KEPT = 4096  # results remembered of each kind

Answer = TypeVar("Answer")


def _once(method: Callable[..., Answer]) -> Callable[..., Answer]:
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
    bounds = tuple((figure, found) for figure, found in made.items() if found)
    unused = tuple(figure for figure, found in made.items() if not found)
    return Programme(part.measures, bounds, part.part_of, part.break_date, unused)


@dataclass(frozen=True)
class Programme:
    """Intervals on amounts and on their ratios, as a linear programme.

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
    unused
        Ids of figures that impose nothing.
    """

    measures: tuple[str, ...]
    bounds: tuple[tuple[str, Bound], ...]
    part_of: tuple[tuple[str, str], ...] = ()
    break_date: date | None = None
    unused: tuple[str, ...] = field(default=(), compare=False)

    def __hash__(self) -> int:
        return self._hash

    @functools.cached_property
    def _hash(self) -> int:
        return hash((self.measures, self.bounds, self.part_of, self.break_date))

    @property
    def figures(self) -> tuple[str, ...]:
        """Ids of the figures that are imposed."""
        return tuple(figure for figure, _ in self.bounds)

    @_once
    def feasible(self, limit: float | None = None) -> bool:
        """Whether all figures can be true at once.

        Parameters
        ----------
        limit
            Daily rates of a measure differ at most so many-fold over the stretches that figures cover on the same side
            of the break.
        """
        return self._holds(_Case(limit))

    @_once
    def gap(self) -> float:
        """Smallest total by which intervals must give way, in the unit counted (of the part, where a ratio gives way)."""
        made = self._constraints()
        cost = dict.fromkeys(range(made.elastic, made.divisor), -1.0)
        return abs(round(self._maximum(cost, _Case(elastic=True)).value * made.unit, 6))

    @_once
    def clashes(self) -> tuple[str, ...]:
        """An irreducible infeasible subset (IIS) of the figures, late ones preferred; empty if all can hold.

        QuickXplain (Junker, 2004) finds the set that the deletion filter (Chinneck and Dravnieks, 1991) would leave if it
        tried to spare the figures in the order of the ledger, with a number of programmes that grows as the size of the
        set times the logarithm of the number of figures.
        """
        if self.feasible():
            return ()
        named = set(_conflict(self._refuted, (), False, self.figures[::-1]))
        return tuple(figure for figure in self.figures if figure in named)

    @_once
    def unevenness(self) -> float | None:
        """Infimum of the limits under which all figures can be true, to 1e-4; None where there is none."""
        if self.feasible(1):
            return 1.0
        if not self.feasible(MOST_UNEVEN):
            return None
        low, high = 1.0, 2.0
        while not self._holds(_Case(high)):
            low, high = high, 2 * high
        while high - low > 1e-5:
            middle = (low + high) / 2
            low, high = (low, middle) if self._holds(_Case(middle)) else (middle, high)
        return round(high, 4)

    @_once
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
        made = self._constraints(span)
        return self._range(made.total(span), made.unit, _Case(limit, asked=(span,)))

    def rate(self, measure: str, start: date, end: date, limit: float | None = None) -> Interval | None:
        """`total` per day."""
        total = self.total(measure, start, end, limit)
        return total and total / Span(measure, start, end).days

    @_once
    def ratio(
        self, measure: str, before: tuple[date, date], after: tuple[date, date], limit: float | None = None
    ) -> Interval | None:
        """What the figures imply for the ratio of two averages per day, `after` to `before`; None as in `total`.

        It compares averages over two periods and says nothing about when, within them, the rate changed. A ratio is made
        linear by dividing every amount by its denominator (Charnes and Cooper, 1962).
        """
        spans = _checked(Span(measure, *before)), _checked(Span(measure, *after))
        made, case = self._constraints(*spans), _Case(limit, asked=spans)
        base, part = (made.total(span) for span in spans)
        most = self._maximum(base, case)
        if most is None or most.value < _NOISE:
            return None
        size = min(most.value, SIZE)
        scaled = {column: value / size * SIZE for column, value in base.items()}
        ratio = self._range(part, 1 / size, replace(case, base=_frozen(scaled)))
        return ratio and ratio * Fraction(spans[0].days, spans[1].days)

    # --- solving ---------------------------------------------------------------------------------------------------

    def _constraints(self, *asked: Span) -> Constraints:
        return _constraints(self, asked)

    def _holds(self, case: _Case | None = None) -> bool:
        case = case or _Case()
        try:
            slack = self._maximum({self._constraints(*case.asked).slack: 1.0}, case)
        except UndecidedError:
            return False
        return slack is not None and slack.value > _TOLERANCE

    def _refuted(self, figures: tuple[str, ...]) -> bool:
        """Whether some of the figures cannot be true together."""
        some = set(figures)
        return not replace(self, bounds=tuple(each for each in self.bounds if each[0] in some))._holds()

    def _range(self, row: Coefficients, unit: float, case: _Case) -> Interval | None:
        """The values a sum can take, or its ratio to the base of the case, in the given unit."""
        if not self._holds(case):
            return None
        ends = []
        for sign in (-1, 1):
            value = sign * self._maximum({column: sign * each for column, each in row.items()}, case).value
            reached = not math.isinf(value) and self._holds(replace(case, at=(_frozen(row), value)))
            ends.append((_simplest(value * unit, _NOISE * unit), not reached))
        (low, low_open), (high, high_open) = ends
        # A range narrower than the noise is one value.
        return Interval(low, high, low_open, high_open) if low < high else Interval.exact(low)

    def _maximum(self, cost: Coefficients, case: _Case) -> Solution | None:
        """Where `cost` is largest; None if the closed intervals cannot all hold."""
        made = self._constraints(*case.asked)
        more = made.pace(case.limit) if case.limit is not None else []
        if case.at:
            more.append((dict(case.at[0]), case.at[1], case.at[1]))
        if case.base:
            more.append((dict(case.base), SIZE, SIZE))
        least, most = [0.0] * made.width, [math.inf] * made.width
        if not case.elastic:
            most[made.elastic : made.divisor] = [0.0] * len(self.bounds)
        least[made.slack], most[made.slack] = -cost.get(made.slack, 0.0), 1.0
        if not case.base:
            least[made.divisor] = most[made.divisor] = SIZE
        return maximise(cost, made.rows.with_rows(more) if more else made.rows, least, most)


@dataclass(frozen=True)
class _Case:
    """What is imposed beside the figures.

    Attributes
    ----------
    limit
        As in `Programme.feasible`.
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


@functools.lru_cache(maxsize=256)
def _constraints(made: Programme, asked: tuple[Span, ...]) -> Constraints:
    return Constraints(made.measures, made.bounds, made.part_of, made.break_date, asked)


def _conflict(
    refuted: Callable[[tuple[str, ...]], bool], given: tuple[str, ...], added: bool, tried: tuple[str, ...]
) -> tuple[str, ...]:
    """Those of `tried`, best first, that cannot hold together with `given`; `added` if that has just grown."""
    if added and refuted(given):
        return ()
    if len(tried) == 1:
        return tried
    first, second = tried[: len(tried) // 2], tried[len(tried) // 2 :]
    late = _conflict(refuted, given + first, True, second)
    early = _conflict(refuted, given + late, bool(late), first)
    return early + late


def _checked(span: Span) -> Span:
    if span.start > span.end:
        raise ScenarioError(f"The period from {span.start} to {span.end} ends before it starts.")
    return span


def _frozen(row: Mapping[int, float]) -> tuple[tuple[int, float], ...]:
    return tuple(row.items())


def _simplest(value: float, noise: float) -> Fraction | float:
    """The fraction with the smallest power of ten as limit of its denominator that is within `noise` of a float."""
    if math.isinf(value):
        return value
    near = (Fraction(value).limit_denominator(10**digits) for digits in range(20))
    return next(fraction for fraction in near if abs(fraction - Fraction(value)) <= noise)

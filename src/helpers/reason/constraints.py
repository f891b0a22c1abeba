"""Figures as linear constraints on amounts.

The variables are amounts, never negative, of each measure in each stretch between two days that its figures use. A
count bounds a sum of them; a multiple, change or share bounds one sum by another, a difference one less another; a
part stays within its whole in every stretch. Measures of which one contains the other share their stretches.

Not every total is such a sum. Where each person is counted once however long the period, the variables are instead the
numbers of persons last seen in one stretch and next in another, or never again: the flows of a network in which every
person takes a path, so that its constraints are exactly those of counts of distinct persons. A stock, which stands at a
day, has one amount for each day and no sums.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations, combinations_with_replacement, count, pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

from helpers.reason.bounds import Bound, Span
from helpers.reason.scenario import ScenarioError
from helpers.reason.solver import Coefficients, Rows

SIZE = 1e3  # the largest amount in a programme, whatever the unit: there the solver tells 1e-8 from nothing


class End(NamedTuple):
    """One end of the interval of a figure: "low" or "high"."""

    figure: str
    name: str


@dataclass(frozen=True)
class Constraints:
    """The variables of a programme, each with its column, and the rows that hold them together.

    Columns in order: the amounts by measure and stretch; for each measure the lowest daily rate before the break and
    from it on; an elastic variable for each figure, by which its interval gives way; the divisor by which all constants
    are multiplied; and the slack, which is taken off every open end.

    Parameters
    ----------
    bounds
        Figures by id, as constraints.
    nested
        Pairs of a measure and the measure that contains it.
    break_date
        The day of the break, or None.
    distinct
        Measures that count each person once in a period.
    stocks
        Measures that stand at a day.
    same
        Measures that the break changes nothing of.
    asked
        Further spans that must not be cut across.
    """

    measures: tuple[str, ...]
    bounds: tuple[tuple[str, Bound], ...]
    nested: tuple[tuple[str, str], ...]
    break_date: date | None
    distinct: frozenset[str] = frozenset()
    stocks: frozenset[str] = frozenset()
    same: frozenset[str] = frozenset()
    asked: tuple[Span, ...] = ()

    @cached_property
    def unit(self) -> float:
        """How many of what is counted make one in the programme, where the largest amount is `SIZE`."""
        ends = (
            end
            for _, bound in self.bounds
            if not bound.base or bound.less
            for end in (bound.interval.low, bound.interval.high)
        )
        return max([1.0, *(abs(float(end)) for end in ends if not math.isinf(end))]) / SIZE

    @cached_property
    def ends(self) -> tuple[End, ...]:
        """The ends of the figures, in the order of their rows, which follow the first; infinite ones bound nothing."""
        return tuple(
            End(figure, name)
            for figure, bound in self.bounds
            for name in ("low", "high")
            if not math.isinf(getattr(bound.interval, name))
        )

    @cached_property
    def stretches(self) -> dict[str, tuple[Span, ...]]:
        """The stretches of each measure, in order."""
        family = {measure: {measure} for measure in self.measures}
        for child, parent in self.nested:
            joined = family[child] | family[parent]
            family.update(dict.fromkeys(joined, joined))
        edges: dict[str, set[date]] = {measure: set() for measure in self.measures}
        for span in (*(span for _, bound in self.bounds for span in bound.spans), *self.asked):
            if span.measure not in edges:
                allowed = f"Use one of: {', '.join(self.measures)}."
                raise ScenarioError(f"Could not interpret value `{span.measure}` for `measure`. {allowed}")
            if span.measure in self.stocks and span.start != span.end:
                raise ScenarioError(f"`{span.measure}` stands at a day and does not add up over {span.days} days.")
            edges[span.measure].update(span.edges)
        stretches = {}
        for measure in self.measures:
            cuts = sorted(set().union(*(edges[member] for member in family[measure])))
            # A break outside all periods parts nothing.
            turn = None if family[measure] <= self.same else self.break_date
            if turn is not None and cuts and cuts[0] < turn < cuts[-1]:
                cuts = sorted({*cuts, turn})
            stretches[measure] = tuple(
                Span(measure, first, after - timedelta(days=1)) for first, after in pairwise(cuts)
            )
        return stretches

    @cached_property
    def columns(self) -> dict[str, dict[Any, int]]:
        """The column of each amount: by the number of its stretch or, where each person is counted once, by the numbers
        of the stretches in which a person is seen and then seen next (their number itself for never again)."""
        column, found = count(), {}
        for measure, parts in self.stretches.items():
            size = len(parts)
            keys = combinations(range(size + 1), 2) if measure in self.distinct else range(size)
            found[measure] = {key: next(column) for key in keys}
        return found

    @cached_property
    def lowest(self) -> int:
        """The column of the first lowest rate."""
        return sum(len(amounts) for amounts in self.columns.values())

    @cached_property
    def elastic(self) -> int:
        """The column of the first elastic variable."""
        return self.lowest + 2 * len(self.measures)

    @cached_property
    def divisor(self) -> int:
        return self.elastic + len(self.bounds)

    @property
    def slack(self) -> int:
        return self.divisor + 1

    @property
    def width(self) -> int:
        return self.divisor + 2

    def total(self, span: Span) -> dict[int, float]:
        """The count of a measure over a span that no stretch lies across, as a sum of variables."""
        inside = [at for at, part in enumerate(self.stretches[span.measure]) if span.start <= part.start <= span.end]
        return self._count(span.measure, inside[0], inside[-1]) if inside else {}

    def _count(self, measure: str, first: int, last: int) -> dict[int, float]:
        """The count over the stretches from `first` to `last`; of persons counted once, those next seen after it."""
        amounts = self.columns[measure]
        if measure not in self.distinct:
            return {amounts[at]: 1.0 for at in range(first, last + 1)}
        after = range(last + 1, len(self.stretches[measure]) + 1)
        return {amounts[at, then]: 1.0 for at in range(first, last + 1) for then in after}

    @cached_property
    def rows(self) -> Rows:
        """What always holds: every figure (or its elastic variable), every part within its whole."""
        rows = Rows()
        rows.add({self.divisor: 1, self.slack: -1})
        bounds = dict(self.bounds)
        elastic = {figure: column for column, figure in enumerate(bounds, self.elastic)}
        for figure, name in self.ends:
            bound = bounds[figure]
            sign = 1 if name == "low" else -1
            one = {self.divisor: 1 / (self.unit * SIZE)}
            whole = self.total(bound.base) if bound.base and not bound.less else one
            less = self.total(bound.base) if bound.base and bound.less else {}
            end = float(getattr(bound.interval, name))
            amount = _plus((sign, self.total(bound.part)), (-sign, less))
            row = _plus((1, amount), (-sign * end, whole), (1, {elastic[figure]: 1}))
            is_open = getattr(bound.interval, f"{name}_open")
            rows.add(_plus((1, row), (-1, {self.slack: 1})) if is_open else row)
        for child, parent in self.nested:
            for span in self._shared(child, parent):
                rows.add(_plus((1, self._count(parent, *span)), (-1, self._count(child, *span))))
        for measure in self.measures:
            if measure in self.distinct:
                for row in self._newcomers(measure):
                    rows.add(row)
        return rows

    def _shared(self, child: str, parent: str) -> Iterable[tuple[int, int]]:
        """The runs of stretches over which a part stays within its whole; single ones will do where totals add up."""
        size = len(self.stretches[child])
        if child in self.distinct or parent in self.distinct:
            return combinations_with_replacement(range(size), 2)
        return ((at, at) for at in range(size))

    def _newcomers(self, measure: str) -> Iterator[dict[int, float]]:
        """Those seen in a stretch less those seen before and then in it: the persons new in it, never negative."""
        amounts, size = self.columns[measure], len(self.stretches[measure])
        for at in range(size):
            here = {amounts[at, then]: 1.0 for then in range(at + 1, size + 1)}
            yield here | {amounts[before, at]: -1.0 for before in range(at)}

    def pace(
        self, limit: float, margin: int | None = None, share: Mapping[int, float] = MappingProxyType({})
    ) -> list[tuple[Coefficients, float, float]]:
        """Rows that hold the daily rates of a measure at most `limit`-fold apart on each side of the break.

        Only stretches that figures cover count, and only of measures whose totals add up. A day is as long as makes the
        mean stretch 1, so that rates have the size of amounts. With a column for a margin, rates keep it to the limit,
        times the share of their lowest rate.
        """
        rows: list[tuple[Coefficients, float, float]] = []
        for column, rate, lowest in self._rates:
            kept = {} if margin is None else {margin: -share.get(lowest, 1.0)}
            rows.append(({column: rate, lowest: -1}, 0.0, float("inf")))
            rows.append(({lowest: limit, column: -rate, **kept}, 0.0, float("inf")))
        return rows

    def paces(self, amounts: Sequence[float]) -> dict[int, tuple[float, float]]:
        """The lowest and the highest rate, by the column of the lowest, where the variables have these values."""
        rates: dict[int, list[float]] = {}
        for column, rate, lowest in self._rates:
            rates.setdefault(lowest, []).append(rate * amounts[column])
        return {column: (min(each), max(each)) for column, each in rates.items()}

    def covered(self, measure: str) -> list[bool]:
        """Whether figures cover each stretch of a measure."""
        return _covered(self.stretches[measure], self._spans.get(measure, ()))

    @cached_property
    def _spans(self) -> dict[str, list[Span]]:
        spans: dict[str, list[Span]] = {}
        for _, bound in self.bounds:
            for span in bound.spans:
                spans.setdefault(span.measure, []).append(span)
        return spans

    @cached_property
    def _rates(self) -> list[tuple[int, float, int]]:
        """The column of each covered stretch, what makes its amount a rate, and the column of the lowest rate."""
        rates = []
        for at, (measure, parts) in enumerate(self.stretches.items()):
            if measure in self.distinct or measure in self.stocks:
                continue
            mean = sum(part.days for part in parts) / max(1, len(parts))
            columns = self.columns[measure].values()
            for part, column, inside in zip(parts, columns, self.covered(measure), strict=True):
                after = self.break_date is not None and measure not in self.same and part.start >= self.break_date
                if inside:
                    rates.append((column, mean / part.days, self.lowest + 2 * at + after))
        return rates


def _covered(parts: Sequence[Span], spans: Iterable[Span]) -> list[bool]:
    """Whether each stretch lies in a span; both in order of their days, so that one pass is enough."""
    found, waiting, reach = [], sorted(spans, key=lambda span: span.start, reverse=True), date.min
    for part in parts:
        while waiting and waiting[-1].start <= part.start:
            reach = max(reach, waiting.pop().end)
        found.append(part.start <= reach)
    return found


def _plus(*terms: tuple[float, Coefficients]) -> dict[int, float]:
    """A weighted sum of rows."""
    found: dict[int, float] = {}
    for weight, row in terms:
        for column, value in row.items():
            found[column] = found.get(column, 0.0) + weight * value
    return found

"""Figures as linear constraints on amounts.

The variables are amounts, never negative, of each measure in each stretch between two days that its figures use. A count
bounds a sum of them; a multiple, change or share bounds one sum by another; a part stays within its whole in every
stretch. Measures of which one contains the other share their stretches.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import count, pairwise
from typing import Any, NamedTuple

from helpers.figures.interval import Interval
from helpers.reason.scenario import ScenarioError
from helpers.reason.solver import Coefficients, Rows

SIZE = 1e3  # the largest amount in a programme, whatever the unit: there the solver tells 1e-8 from nothing


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
    """A figure as a constraint: an interval on a sum or, where there is a base, on its ratio to another sum."""

    part: Span
    base: Span | None
    interval: Interval

    @property
    def spans(self) -> tuple[Span, ...]:
        return (self.part, self.base) if self.base else (self.part,)


def bound(rows: Mapping[str, Any], figure: str, interval: Interval) -> Bound | None:
    """The constraint a figure makes, or None where a period it needs is not whole."""
    row = rows[figure]
    part, base = Span(row.measure, row.period_start, row.period_end), None
    if row.kind != "count":
        base = Span(row.base_measure or row.measure, row.base_start, row.base_end)
        if row.versus:
            other = rows[row.versus]
            base = Span(other.measure, other.period_start, other.period_end)
        interval = interval / 100 + 1 if row.kind == "change" else interval
    return Bound(part, base, interval) if all(part) and (base is None or all(base)) else None


@dataclass(frozen=True)
class Constraints:
    """The variables of a programme, each with its column, and the rows that hold them together.

    Columns in order: the amounts by measure and stretch; for each measure the lowest daily rate before the break and from
    it on; an elastic variable for each figure, by which its interval gives way; the divisor by which all constants are
    multiplied; and the slack, which is taken off every open end.

    Parameters
    ----------
    bounds
        Figures by id, as constraints.
    nested
        Pairs of a measure and the measure that contains it.
    turn
        The day of the break, or None.
    asked
        Further spans that must not be cut across.
    """

    measures: tuple[str, ...]
    bounds: tuple[tuple[str, Bound], ...]
    nested: tuple[tuple[str, str], ...]
    turn: date | None
    asked: tuple[Span, ...] = ()

    @cached_property
    def unit(self) -> float:
        """How many of what is counted make one in the programme, where the largest amount is `SIZE`."""
        return max([1.0, *(float(made.interval.high) for _, made in self.bounds if not made.base)]) / SIZE

    @cached_property
    def stretches(self) -> dict[str, tuple[tuple[Span, int], ...]]:
        """The stretches of each measure in order, each with the column of its amount."""
        spans = [*(span for _, made in self.bounds for span in made.spans), *self.asked]
        family = {measure: {measure} for measure in self.measures}
        for child, parent in self.nested:
            joined = family[child] | family[parent]
            family.update(dict.fromkeys(joined, joined))
        edges: dict[str, set[date]] = {measure: set() for measure in self.measures}
        for span in spans:
            if span.measure not in edges:
                allowed = f"Use one of: {', '.join(self.measures)}."
                raise ScenarioError(f"Could not interpret value `{span.measure}` for `measure`. {allowed}")
            edges[span.measure].update(span.edges)
        column, found = count(), {}
        for measure in self.measures:
            cuts = sorted(set().union(*(edges[member] for member in family[measure])))
            # A break outside all periods parts nothing.
            inside = self.turn is not None and cuts and cuts[0] < self.turn < cuts[-1]
            cuts = sorted({*cuts, self.turn}) if inside else cuts
            parts = [Span(measure, first, after - timedelta(days=1)) for first, after in pairwise(cuts)]
            found[measure] = tuple((part, next(column)) for part in parts)
        return found

    @cached_property
    def lowest(self) -> int:
        """The column of the first lowest rate."""
        return sum(len(parts) for parts in self.stretches.values())

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
        """The sum of a measure over a span that no stretch lies across."""
        return {column: 1.0 for part, column in self.stretches[span.measure] if span.start <= part.start <= span.end}

    @cached_property
    def rows(self) -> Rows:
        """What always holds: every figure (or its elastic variable), every part within its whole."""
        rows = Rows()
        rows.add({self.divisor: 1, self.slack: -1})
        for column, (_, made) in enumerate(self.bounds, self.elastic):
            ends = (1, made.interval.low, made.interval.low_open), (-1, made.interval.high, made.interval.high_open)
            whole = self.total(made.base) if made.base else {self.divisor: 1 / (self.unit * SIZE)}
            part = self.total(made.part)
            for sign, end, is_open in ends:
                row = _plus((sign, part), (-sign * float(end), whole), (1, {column: 1}))
                rows.add(_plus((1, row), (-1, {self.slack: 1})) if is_open else row)
        for child, parent in self.nested:
            for (_, inner), (_, outer) in zip(self.stretches[child], self.stretches[parent], strict=True):
                rows.add({outer: 1, inner: -1})
        return rows

    def pace(self, limit: float) -> list[tuple[Coefficients, float, float]]:
        """Rows that hold the daily rates of a measure at most `limit`-fold apart on each side of the break.

        Only stretches that figures cover count. A day is as long as makes the mean stretch 1, so that rates have the
        size of amounts.
        """
        rows: list[tuple[Coefficients, float, float]] = []
        for column, rate, lowest in self._rates:
            rows.append(({column: rate, lowest: -1}, 0.0, float("inf")))
            rows.append(({lowest: limit, column: -rate}, 0.0, float("inf")))
        return rows

    @cached_property
    def _rates(self) -> list[tuple[int, float, int]]:
        """The column of each covered stretch, what makes its amount a rate, and the column of the lowest rate."""
        covers: dict[str, list[Span]] = {measure: [] for measure in self.measures}
        for _, made in self.bounds:
            for span in made.spans:
                covers[span.measure].append(span)
        found = []
        for at, (measure, parts) in enumerate(self.stretches.items()):
            mean = sum(part.days for part, _ in parts) / max(1, len(parts))
            covered = _covered([part for part, _ in parts], covers[measure])
            for (part, column), inside in zip(parts, covered, strict=True):
                after = self.turn is not None and part.start >= self.turn
                if inside:
                    found.append((column, mean / part.days, self.lowest + 2 * at + after))
        return found


def _covered(parts: list[Span], spans: Iterable[Span]) -> list[bool]:
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

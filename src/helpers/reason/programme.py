"""What the figures imply together: one linear programme per scenario and connected component.

Unknown are the amounts, not below zero, of each measure in each stretch between two days that a figure uses. A count
is an interval on a sum of them; a multiple, change or share bounds one sum by another; a part stays within its whole in
every stretch. A scenario takes one reading of each question and one side of each dispute. Intervals are exact; HiGHS
(Huangfu and Hall, 2018) solves to about a billionth of the largest amount. Open ends hold if the slack, one variable
added to all of them and maximised, can be above zero.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations, pairwise, product
from typing import Any, NamedTuple

import highspy
import numpy as np
import pandas as pd

from helpers.figures.interval import Interval
from helpers.package.ledger import Ledger

DISPUTE = "dispute:"
MOST_UNEVEN = 1024
_SIZE = 1e3  # the largest amount in a programme, whatever the unit: there the solver tells 1e-8 from nothing
_TOLERANCE = 1e-7  # slack above this is slack
_NOISE = 1e-9  # differences below this come from floats
_DIVISOR, _SLACK = -2, -1  # the last columns; see Programme
_DUAL, _PRIMAL = 1, 4  # forms of the simplex method, as HiGHS numbers them

Scenario = Mapping[str, str]


class ReconcileError(ValueError):
    """A scenario, or a question to a programme, that cannot be interpreted."""


class UndecidedError(RuntimeError):
    """HiGHS could not decide a programme."""


@dataclass(frozen=True)
class Verdict:
    """Whether the figures of one component can be true together in one scenario.

    Attributes
    ----------
    scenario
        Question to reading; "dispute:A|B" says which side is taken.
    figures, unused
        Ids imposed, and ids that impose nothing because a period (their own or of their base) is not whole. The side
        of a dispute that is not taken is in neither.
    unevenness
        The infimum of the factors K such that daily rates differ at most K-fold over all stretches of a measure that
        figures cover on one side of the break. None if not feasible, or if no K up to `MOST_UNEVEN` is enough.
    gap
        If not feasible: the smallest total, in the unit counted, by which intervals must give way; zero if only open ends
        clash.
    clashes
        If not feasible: figures that cannot hold together, none of which can be spared for that.
    """

    scenario: dict[str, str]
    rounding: str
    measures: tuple[str, ...]
    figures: tuple[str, ...]
    unused: tuple[str, ...]
    feasible: bool
    unevenness: float | None
    gap: float | None
    clashes: tuple[str, ...]

    @property
    def as_it_stands(self) -> bool:
        """Whether no figure is re-read."""
        return all(question.startswith(DISPUTE) for question in self.scenario)


def verdicts(ledger: Ledger) -> list[Verdict]:
    """The verdict on every component in every scenario, the ledger as it stands first."""
    return [
        Programme(ledger, scenario, measures).verdict()
        for measures in components(ledger)
        for scenario in scenarios(ledger, measures)
    ]


# --- what belongs together, and how it can be read -----------------------------------------------------------------


def components(ledger: Ledger) -> list[tuple[str, ...]]:
    """Measures that bear on each other in some scenario, in the order of the ledger; those without figures left out.

    A part is linked to its whole, a change, multiple or share to its base, a measure to what a reading takes it for.
    """
    figures = ledger.figures
    links = list(ledger.measures["part_of"].items())
    for row in figures[figures["kind"] != "count"].itertuples():
        links.append((row.measure, figures.at[row.versus, "measure"] if row.versus else row.base_measure))
    links += [(figures.at[row.figure, "measure"], row.measure) for row in ledger.readings.itertuples()]
    return [group for group in _groups(ledger.measures.index, links) if not set(figures["measure"]).isdisjoint(group)]


def component(ledger: Ledger, measure: str) -> tuple[str, ...]:
    """The component a measure belongs to."""
    for measures in components(ledger):
        if measure in measures:
            return measures
    raise ReconcileError(f"Could not interpret value `{measure}` for `measure`: no figure bears on it.")


def scenarios(ledger: Ledger, measures: Collection[str] | None = None) -> list[dict[str, str]]:
    """The ledger as it stands, then one reading per question, each with every way to settle the disputes.

    Only the questions and disputes that touch a figure of `measures`; all by default.
    """
    figures, readings = ledger.figures, ledger.readings
    if measures is not None:
        figures = figures[figures["measure"].isin(list(measures))]
    asked = readings.loc[readings["figure"].isin(figures.index), "question"].unique()
    questions = {question: readings.loc[readings["question"] == question, "reading"].unique() for question in asked}
    taken = [{}, *_combine(questions)] if questions else [{}]
    return [reading | side for reading in taken for side in _combine(disputes(figures))]


def disputes(figures: pd.DataFrame) -> dict[str, dict[str, frozenset[str]]]:
    """Disputes as questions: "dispute:A|B", with "A" and "B" for readings and the figures each imposes.

    Disputes that share a figure are one question. Its readings are the largest sets of its figures with no dispute
    among them: "A+C" and "B" where A and C both dispute B.
    """
    rivals = [{figure, other} for figure, other in figures["disputes"].items() if other in figures.index]
    found = {}
    for members in _groups(figures.index, figures["disputes"].items()):
        sets = [set(some) for size in range(len(members)) for some in combinations(members, size + 1)]
        calm = [some for some in sets if not any(pair <= some for pair in rivals)]
        largest = [sorted(some, key=members.index) for some in calm if not any(some < other for other in calm)]
        if len(members) > 1:
            found[DISPUTE + "|".join(members)] = {"+".join(some): frozenset(some) for some in largest}
    return found


def reread(ledger: Ledger, scenario: Scenario) -> dict[str, Any]:
    """The rows of the figures by id, re-read as a scenario says.

    Raises
    ------
    ReconcileError
        If there is no such question or reading, two readings disagree on a field, or a period ends before it starts.
    """
    rows = {row.Index: row for row in ledger.figures.itertuples()}
    taken: dict[tuple[str, str], Any] = {}
    for question, reading in scenario.items():
        readings = ledger.readings[ledger.readings["question"] == question]
        allowed = list(readings["reading"].unique()) or list(disputes(ledger.figures).get(question, ()))
        if reading not in allowed:
            known = f"Use one of: {', '.join(allowed)}." if allowed else "There is no such question."
            raise ReconcileError(f"Could not interpret value `{reading}` for `{question}`. {known}")
        for row in readings[readings["reading"] == reading].itertuples():
            given = {name: getattr(row, name) for name in ("measure", "period_start", "period_end")}
            given = {name: value for name, value in given.items() if value}
            for name, value in given.items():
                if taken.setdefault((row.figure, name), value) != value:
                    cause = f"another question of the scenario gives {taken[row.figure, name]}"
                    raise ReconcileError(f"{question} {reading}, {row.figure}, `{name}` = {value}: {cause}.")
            rows[row.figure] = rows[row.figure]._replace(**given)
    for row in rows.values():
        if row.period_start and row.period_end and row.period_start > row.period_end:
            cause = f"lies before `period_start` ({row.period_start}) in the scenario {dict(scenario)}"
            raise ReconcileError(f"{row.Index}, `period_end` = {row.period_end}: {cause}.")
    return rows


def _groups(names: Iterable[str], links: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    group = {name: {name} for name in names}
    for one, other in links:
        if other in group:
            merged = group[one] | group[other]
            group.update(dict.fromkeys(merged, merged))
    return list(dict.fromkeys(tuple(name for name in group if name in group[one]) for one in group))


def _combine(questions: Mapping[str, Iterable[str]]) -> list[dict[str, str]]:
    return [dict(zip(questions, readings, strict=True)) for readings in product(*questions.values())]


# --- the programme -------------------------------------------------------------------------------------------------


class Span(NamedTuple):
    """A measure over a period, both days included."""

    measure: str
    start: date
    end: date

    @property
    def edges(self) -> tuple[date, date]:
        return self.start, self.end + timedelta(days=1)

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


class Bound(NamedTuple):
    """A figure as a constraint: an interval on a sum or, where there is a base, on its ratio to another sum."""

    part: Span
    base: Span | None
    interval: Interval


def bound(rows: Mapping[str, Any], figure: str) -> Bound | None:
    """The constraint a figure makes, or None where a period it needs is not whole."""
    row = rows[figure]
    part, base, interval = Span(row.measure, row.period_start, row.period_end), None, row.interval
    if row.kind != "count":
        base = Span(row.base_measure or row.measure, row.base_start, row.base_end)
        if row.versus:
            other = rows[row.versus]
            base = Span(other.measure, other.period_start, other.period_end)
        interval = interval / 100 + 1 if row.kind == "change" else interval
    return Bound(part, base, interval) if all(part) and (base is None or all(base)) else None


class Programme:
    """The figures of one component in one scenario, as a linear programme.

    Parameters
    ----------
    scenario
        Question to reading. A figure in a dispute that the scenario does not settle is not imposed.
    measures
        A component; by default every measure.
    days
        Days that start a stretch, beside those the figures need.
    """

    def __init__(
        self, ledger: Ledger, scenario: Scenario, measures: Collection[str] | None = None, days: Collection[date] = ()
    ) -> None:
        self.ledger, self.scenario = ledger, dict(scenario)
        self.measures = tuple(ledger.measures.index if measures is None else measures)
        rows, contested = reread(ledger, scenario), disputes(ledger.figures)
        aside = {figure for sides in contested.values() for side in sides.values() for figure in side}
        aside -= {figure for name, sides in contested.items() for figure in sides.get(scenario.get(name, ""), ())}
        mine = [figure for figure, row in rows.items() if row.measure in self.measures and figure not in aside]
        self._bounds = {figure: made for figure in mine if (made := bound(rows, figure))}
        self.figures = tuple(self._bounds)
        self.unused = tuple(figure for figure in mine if figure not in self._bounds)

        spans = [span for made in self._bounds.values() for span in (made.part, made.base) if span]
        turn = ledger.break_date
        self._edges = sorted({edge for span in spans for edge in span.edges} | set(days) | ({turn} if turn else set()))
        self._stretches = [Span("", start, after - timedelta(days=1)) for start, after in pairwise(self._edges)]
        self._unit = max([1.0, *(float(made.interval.high) for made in self._bounds.values() if not made.base)]) / _SIZE
        # The columns: amounts by measure and stretch, the lowest rate of each measure before and after the break, what
        # each figure gives way, the divisor that all constants are multiplied by (see `step`), the slack.
        self._lowest = len(self.measures) * len(self._stretches)
        self._give = self._lowest + 2 * len(self.measures)
        self._width = self._give + len(self._bounds) + 2
        self._rows = self._constraints()
        self._rates = self._covered(spans, turn or date.max)

    def verdict(self) -> Verdict:
        feasible = self.feasible()
        unevenness = self.unevenness() if feasible else None
        gap, clashes = (None, ()) if feasible else (self.gap(), self.clashes())
        settings = self.scenario, self.ledger.rounding, self.measures, self.figures, self.unused
        return Verdict(*settings, feasible, unevenness, gap, clashes)

    def feasible(self, limit: float | None = None, **how: Any) -> bool:
        """Whether all figures can be true at once, with daily rates at most `limit`-fold uneven where it is given."""
        try:
            slack = self._maximum(self._column(_SLACK), limit, **how)
        except UndecidedError:
            return False
        return slack is not None and slack > _TOLERANCE

    def gap(self) -> float:
        """Smallest total by which intervals must give way, in the unit counted (of the part, where a ratio gives way)."""
        cost = np.zeros(self._width)
        cost[self._give : _DIVISOR] = -1
        return abs(round(self._maximum(cost, spared=self.figures) * self._unit, 6))

    def clashes(self) -> tuple[str, ...]:
        """Figures that cannot hold together while any of them spared could; empty if all can hold.

        The deletion filter (Chinneck and Dravnieks, 1991), in the order of the ledger.
        """
        spared: set[str] = set()
        for figure in self.figures:
            if not self.feasible(spared=spared | {figure}):
                spared.add(figure)
        return () if self.feasible() else tuple(figure for figure in self.figures if figure not in spared)

    def unevenness(self) -> float | None:
        """Infimum of the limits under which all figures can be true, to 1e-4; None where there is none."""
        if self.feasible(1):
            return 1.0
        if not self.feasible(MOST_UNEVEN):
            return None
        low, high = 1.0, 2.0
        while not self.feasible(high):
            low, high = high, 2 * high
        while high - low > 1e-5:
            middle = (low + high) / 2
            low, high = (low, middle) if self.feasible(middle) else (middle, high)
        return round(high, 4)

    def total(self, measure: str, start: date, end: date, limit: float | None = None) -> Interval | None:
        """What the figures imply for a measure over a period, in the unit counted.

        Parameters
        ----------
        start, end
            First and last day. They may cut stretches.
        limit
            Daily rates differ at most so many-fold over the stretches figures cover on one side of the break.

        Returns
        -------
        Interval or None
            None if the figures cannot all be true (under the limit).
        """
        cut, (part,) = self._cut(Span(measure, start, end))
        return cut._range(part, cut._unit, limit)

    def rate(self, measure: str, start: date, end: date, limit: float | None = None) -> Interval | None:
        """`total` per day."""
        total = self.total(measure, start, end, limit)
        return total and total / Span(measure, start, end).days

    def step(
        self, measure: str, before: tuple[date, date], after: tuple[date, date], limit: float | None = None
    ) -> Interval | None:
        """What the figures imply for the ratio of two daily rates, `after` to `before`; None as in `total`.

        A ratio is made linear by dividing every amount by its denominator (Charnes and Cooper, 1962).
        """
        spans = Span(measure, *before), Span(measure, *after)
        cut, (base, part) = self._cut(*spans)
        most = cut._maximum(base, limit)
        if most is None or most < _NOISE:
            return None
        most = min(most, _SIZE)
        ratio = cut._range(part, 1 / most, limit, base / most * _SIZE)
        return ratio and ratio * Fraction(spans[0].days, spans[1].days)

    def _cut(self, *spans: Span) -> tuple[Programme, list[np.ndarray]]:
        """A programme in which no stretch lies across an edge of the spans, and their sums in it."""
        for span in spans:
            if span.measure not in self.measures:
                allowed = f"Use one of: {', '.join(self.measures)}."
                raise ReconcileError(f"Could not interpret value `{span.measure}` for `measure`. {allowed}")
            if span.start > span.end:
                raise ReconcileError(f"The period from {span.start} to {span.end} ends before it starts.")
        edges = {edge for span in spans for edge in span.edges} | set(self._edges)
        cut = self if len(edges) == len(self._edges) else Programme(self.ledger, self.scenario, self.measures, edges)
        return cut, [cut._sum(span) for span in spans]

    def _column(self, column: int) -> np.ndarray:
        row = np.zeros(self._width)
        row[column] = 1
        return row

    def _amounts(self, measure: str) -> np.ndarray:
        """One row per stretch."""
        first = self.measures.index(measure) * len(self._stretches)
        return np.eye(len(self._stretches), self._width, first)

    def _sum(self, span: Span) -> np.ndarray:
        return self._amounts(span.measure)[[span.start <= part.start <= span.end for part in self._stretches]].sum(0)

    def _constraints(self) -> np.ndarray:
        """Rows that are at least zero."""
        rows = [self._column(_DIVISOR) - self._column(_SLACK)]
        for give, (part, base, interval) in enumerate(self._bounds.values(), self._give):
            whole = self._sum(base) if base else self._column(_DIVISOR) / (self._unit * _SIZE)
            for sign, end, is_open in ((1, interval.low, interval.low_open), (-1, interval.high, interval.high_open)):
                row = sign * (self._sum(part) - float(end) * whole)
                rows.append(row + self._column(give) - is_open * self._column(_SLACK))
        for child, parent in self.ledger.measures["part_of"].items():
            if child in self.measures and parent in self.measures:
                rows.extend(self._amounts(parent) - self._amounts(child))
        return np.array(rows)

    def _covered(self, spans: list[Span], turn: date) -> list[tuple[np.ndarray, np.ndarray]]:
        """The rate of every stretch that figures cover, and the lowest on its side of the break.

        A day is as long as makes the mean stretch 1, so that rates have the size of amounts.
        """
        mean = sum(stretch.days for stretch in self._stretches) / max(1, len(self._stretches))
        return [
            (amount * mean / stretch.days, self._column(self._lowest + 2 * m + (stretch.start >= turn)))
            for m, measure in enumerate(self.measures)
            for stretch, amount in zip(self._stretches, self._amounts(measure), strict=True)
            if any(span.measure == measure and span.start <= stretch.start <= span.end for span in spans)
        ]

    def _range(
        self, row: np.ndarray, unit: float, limit: float | None, base: np.ndarray | None = None
    ) -> Interval | None:
        """The values a sum can take, or its ratio to `base`, in the given unit."""
        if not self.feasible(limit, base=base):
            return None
        ends = []
        for sign in (-1, 1):
            value = sign * self._maximum(sign * row, limit, base)
            is_open = math.isinf(value) or not self.feasible(limit, base=base, at=(row, value))
            ends.append((_simplest(value * unit, _NOISE * unit), is_open))
        (low, low_open), (high, high_open) = ends
        # A range narrower than the noise is one value.
        return Interval(low, high, low_open, high_open) if low < high else Interval.exact(low)

    def _maximum(
        self,
        cost: np.ndarray,
        limit: float | None = None,
        base: np.ndarray | None = None,
        at: tuple[np.ndarray, float] | None = None,
        spared: Collection[str] = (),
    ) -> float | None:
        """Largest value of `cost`; infinity if nothing holds it down, None if the closed intervals cannot all hold.

        With `base`, all amounts are divided by that sum (and multiplied by `_SIZE`). `at` holds a sum
        at a value. Figures in `spared` give way freely.
        """
        rows = list(self._rows)
        if limit is not None:
            rows += [row for rate, low in self._rates for row in (rate - low, limit * low - rate)]
        low, high = [0.0] * len(rows), [math.inf] * len(rows)
        for row, value in (at or (None, 0), (base, _SIZE)):
            if row is not None:
                rows, low, high = [*rows, row], [*low, value], [*high, value]
        least, most = np.zeros(self._width), np.full(self._width, math.inf)
        most[self._give : _DIVISOR] = [math.inf if figure in spared else 0 for figure in self.figures]
        least[_SLACK], most[_SLACK] = -cost[_SLACK], 1
        if base is None:
            least[_DIVISOR] = most[_DIVISOR] = _SIZE
        return _solve(cost, np.array(rows), np.array(low), np.array(high), least, most)


def _simplest(value: float, noise: float) -> Fraction | float:
    """The fraction with the smallest power of ten as limit of its denominator that is within `noise` of a float."""
    if math.isinf(value):
        return value
    near = (Fraction(value).limit_denominator(10**digits) for digits in range(20))
    return next(fraction for fraction in near if abs(fraction - Fraction(value)) <= noise)


@functools.cache
def _solver() -> highspy.Highs:
    solver = highspy.Highs()
    options = {
        "output_flag": False,
        "threads": 1,
        "presolve": "off",  # it does not tell an unbounded programme from one without a solution
        "primal_feasibility_tolerance": 1e-8,
        "dual_feasibility_tolerance": 1e-8,
        "small_matrix_value": 1e-12,
    }
    for option, value in options.items():
        solver.setOptionValue(option, value)
    return solver


def _solve(
    cost: np.ndarray, rows: np.ndarray, low: np.ndarray, high: np.ndarray, least: np.ndarray, most: np.ndarray
) -> float | None:
    """Largest cost @ x with low <= rows @ x <= high and least <= x <= most; infinity or None where there is none."""
    problem = highspy.HighsLp()
    problem.num_row_, problem.num_col_ = rows.shape
    problem.sense_ = highspy.ObjSense.kMaximize
    problem.col_cost_, problem.col_lower_, problem.col_upper_ = cost, least, most
    problem.row_lower_, problem.row_upper_ = low, high
    row, column = np.nonzero(rows)
    matrix = problem.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = np.searchsorted(row, np.arange(len(rows) + 1))
    matrix.index_, matrix.value_ = column, rows[row, column]
    solver = _solver()
    solver.passModel(problem)
    # At the very edge of what can hold, one way can stop short of an answer that the other finds.
    for strategy in (_DUAL, _PRIMAL):
        solver.setOptionValue("simplex_strategy", strategy)
        solver.clearSolver()
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return solver.getInfo().objective_function_value
        if status == highspy.HighsModelStatus.kUnbounded:
            return math.inf
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
    raise UndecidedError(f"HiGHS stopped with status {solver.modelStatusToString(status)}.")

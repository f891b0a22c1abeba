"""Linear programmes handed to HiGHS (Huangfu and Hall, 2018), as sparse rows."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np

_DUAL, _PRIMAL = 1, 4  # forms of the simplex method, as HiGHS numbers them
_DECIDED = (
    highspy.HighsModelStatus.kOptimal,
    highspy.HighsModelStatus.kUnbounded,
    highspy.HighsModelStatus.kInfeasible,
)

Coefficients = Mapping[int, float]


class UndecidedError(RuntimeError):
    """HiGHS could not decide a programme."""


@dataclass
class Rows:
    """Constraints `low <= coefficients @ x <= high`, stored by row in compressed form.

    Attributes
    ----------
    start, column, value
        Row `i` has the entries `start[i]` up to `start[i + 1]` of `column` and `value`.
    low, high
        The two ends of each row.
    """

    start: list[int] = field(default_factory=lambda: [0])
    column: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def add(self, coefficients: Coefficients, low: float = 0.0, high: float = math.inf) -> None:
        """Append one row; by default it is at least zero."""
        for column, value in coefficients.items():
            if value:
                self.column.append(column)
                self.value.append(value)
        self.start.append(len(self.column))
        self.low.append(low)
        self.high.append(high)

    def with_rows(self, more: Iterable[tuple[Coefficients, float, float]]) -> Rows:
        """These rows and others after them; the original stays as it is."""
        longer = Rows(list(self.start), list(self.column), list(self.value), list(self.low), list(self.high))
        for row in more:
            longer.add(*row)
        return longer


@functools.cache
def _solver() -> highspy.Highs:
    """HiGHS with the settings every programme is solved with; it keeps nothing from one to the next."""
    solver = highspy.Highs()
    options: dict[str, bool | int | float | str] = {
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


def maximise(cost: Coefficients, rows: Rows, least: Sequence[float], most: Sequence[float]) -> float | None:
    """The largest `cost @ x` under the rows and `least <= x <= most`.

    Returns
    -------
    float or None
        Infinite where nothing holds it down; None where no point satisfies the constraints.

    Raises
    ------
    UndecidedError
        If HiGHS can tell neither.
    """
    status = _run(cost, rows, least, most)
    if status == highspy.HighsModelStatus.kOptimal:
        return float(_solver().getInfo().objective_function_value)
    return math.inf if status == highspy.HighsModelStatus.kUnbounded else None


def best(cost: Coefficients, rows: Rows, least: Sequence[float], most: Sequence[float]) -> list[float] | None:
    """A point where `cost @ x` is largest; None where nothing holds it down or no point satisfies the constraints.

    Raises
    ------
    UndecidedError
        As `maximise`.
    """
    optimal = _run(cost, rows, least, most) == highspy.HighsModelStatus.kOptimal
    return list(_solver().getSolution().col_value) if optimal else None


def _run(cost: Coefficients, rows: Rows, least: Sequence[float], most: Sequence[float]) -> highspy.HighsModelStatus:
    solver = _solver()
    solver.passModel(_model(cost, rows, least, most))
    # At the very edge of what can hold, one form can stop short of an answer that the other finds.
    for strategy in (_DUAL, _PRIMAL):
        solver.setOptionValue("simplex_strategy", strategy)
        solver.clearSolver()
        solver.run()
        status = solver.getModelStatus()
        if status in _DECIDED:
            return status
    raise UndecidedError(f"HiGHS stopped with status {solver.modelStatusToString(status)}.")


def most_even(weights: Coefficients, rows: Rows, least: Sequence[float], most: Sequence[float]) -> list[float]:
    """The one point with the smallest weighted sum of squares under the rows and `least <= x <= most`.

    Variables without a weight have a tiny one, so that the point is unique.

    Raises
    ------
    UndecidedError
        If HiGHS finds none.
    """
    solver = _solver()
    solver.passModel(_model({}, rows, least, most, highspy.ObjSense.kMinimize))
    size = len(least)
    hessian = highspy.HighsHessian()
    hessian.dim_, hessian.format_ = size, highspy.HessianFormat.kTriangular
    hessian.start_, hessian.index_ = np.arange(size + 1, dtype=np.int32), np.arange(size, dtype=np.int32)
    hessian.value_ = np.array([weights.get(column, 1e-6) for column in range(size)])
    solver.passHessian(hessian)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise UndecidedError(f"HiGHS stopped with status {solver.modelStatusToString(solver.getModelStatus())}.")
    return list(solver.getSolution().col_value)


def _model(
    cost: Coefficients,
    rows: Rows,
    least: Sequence[float],
    most: Sequence[float],
    sense: highspy.ObjSense = highspy.ObjSense.kMaximize,
) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = len(rows.low), len(least)
    model.sense_ = sense
    dense = np.zeros(len(least))
    for column, value in cost.items():
        dense[column] = value
    model.col_cost_, model.col_lower_, model.col_upper_ = dense, np.asarray(least, float), np.asarray(most, float)
    model.row_lower_, model.row_upper_ = np.asarray(rows.low, float), np.asarray(rows.high, float)
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_, matrix.index_ = np.asarray(rows.start, np.int32), np.asarray(rows.column, np.int32)
    matrix.value_ = np.asarray(rows.value, float)
    return model

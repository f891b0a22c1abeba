"""What HiGHS is asked for, and what becomes of a programme that it does not decide at once."""

from __future__ import annotations

import math
from typing import Any

import highspy
import pytest

from helpers.reason import solver
from helpers.reason.solver import Rows, UndecidedError, maximise, most_even

UNKNOWN = highspy.HighsModelStatus.kUnknown


class Stubborn:
    """HiGHS, but undecided about its first runs."""

    def __init__(self, undecided: int) -> None:
        self._real, self._left = solver._solver(), undecided
        self.strategies: list[int] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def setOptionValue(self, option: str, value: Any) -> None:
        self.strategies += [value] if option == "simplex_strategy" else []
        self._real.setOptionValue(option, value)

    def getModelStatus(self) -> highspy.HighsModelStatus:
        self._left -= 1
        return UNKNOWN if self._left >= 0 else self._real.getModelStatus()


def rows(*given: tuple[dict[int, float], float, float]) -> Rows:
    return Rows().with_rows(given)


# At most 3 of the first and 4 of the second, and at most 5 of both.
ROOM = rows(({0: 1.0}, 0, 3), ({1: 1.0}, 0, 4), ({0: 1.0, 1: 1.0}, 0, 5))
LEAST, MOST = [0.0, 0.0], [math.inf, math.inf]


def test_largest_value_by_hand() -> None:
    assert maximise({0: 2.0, 1: 1.0}, ROOM, LEAST, MOST) == pytest.approx(2 * 3 + 2)
    assert maximise({0: 1.0}, rows(({1: 1.0}, 0, 4)), LEAST, MOST) == math.inf
    assert maximise({0: 1.0}, rows(({0: 1.0}, 4, 3)), LEAST, MOST) is None


def test_other_form_of_the_simplex_is_tried_where_one_does_not_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    stubborn = Stubborn(1)
    monkeypatch.setattr(solver, "_solver", lambda: stubborn)
    assert maximise({0: 2.0, 1: 1.0}, ROOM, LEAST, MOST) == pytest.approx(8)
    assert stubborn.strategies == [1, 4]


def test_what_neither_form_decides_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    stubborn = Stubborn(9)
    monkeypatch.setattr(solver, "_solver", lambda: stubborn)
    with pytest.raises(UndecidedError, match="HiGHS stopped with status"):
        maximise({0: 1.0}, ROOM, LEAST, MOST)
    with pytest.raises(UndecidedError, match="HiGHS stopped with status"):
        most_even({0: 1.0}, ROOM, LEAST, MOST)


def test_most_even_point_by_hand() -> None:
    # Of x + y = 6, x² + y²/2 is least where the slopes 2x and y are equal.
    point = most_even({0: 1.0, 1: 0.5}, rows(({0: 1.0, 1: 1.0}, 6, 6)), LEAST, MOST)
    assert point == pytest.approx([2, 4], abs=1e-4)
    # Without a weight it is not forced to zero by chance: it takes what the others leave.
    point = most_even({0: 1.0}, rows(({0: 1.0, 1: 1.0}, 6, 6)), LEAST, MOST)
    assert point == pytest.approx([0, 6], abs=1e-3)

"""Numbers a day, worked out again by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from packages import LIBRARIES

from helpers.package.ledger import load
from helpers.reason.compare import per_day
from helpers.report import paces

F = Fraction
DATA = load(Path(__file__).resolve().parents[2] / "data")
CORE = load(DATA.package, evidence="core")
A, C, T = (F(6500), F(7500)), (F(26500), F(27500)), (F(59500), F(60500))


DAILY = {
    "R1": (F(1), F(1)),
    "R2": (F(122, 123), F(122, 123)),
    "R3": (F(181, 123), F(181, 123)),
    "R4": (F(1), F(1)),
}


@pytest.mark.parametrize(("reading", "factor"), DAILY.items())
def test_times_a_day_by_hand(reading: str, factor: tuple[F, F]) -> None:
    found = paces.times_a_day(paces.as_read(DATA, baseline=reading), "brought-after").interval
    assert (found.low, found.high) == (C[0] / A[1] * factor[0], C[1] / A[0] * factor[1])


@pytest.mark.parametrize(("reading", "before", "between"), [("R5", 212, 92), ("R6", 181, 123)])
def test_running_totals_compare_what_came_between(reading: str, before: int, between: int) -> None:
    found = paces.times_a_day(paces.as_read(DATA, baseline=reading), "brought-after").interval
    ends = [(c - a) / between / (a / before) for a, c in ((A[1], C[0]), (A[0], C[1]))]
    assert [found.low, found.high] == ends


def test_times_a_day_without_a_period_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="`brought-before`: a ratio a day needs a whole period"):
        paces.times_a_day(DATA, "brought-after")


def test_a_question_that_an_edition_does_not_ask_is_passed_over() -> None:
    assert paces.as_read(CORE, early="E1", window="W2").rows["figures"]["offenders"].period_end == date(2023, 11, 15)


def test_days_around_the_break() -> None:
    assert paces.days_around(DATA, "reports-change") == {"before": 181, "after": 123}
    assert paces.days_around(DATA, "cases-2024-may") == {"before": 0, "after": 152}
    assert paces.days_around(load(LIBRARIES), "loans") == {"before": 0, "after": 365}


def test_the_rest_of_a_year_at_every_end_of_its_part() -> None:
    rest = paces.rest_a_day(DATA, "orders-2023-year", "orders-2023-early").interval
    ratio = paces.rest_to_part(DATA, "orders-2023-year", "orders-2023-early").interval
    daily, ratios = [], []
    for last in (date(2023, 4, 30), date(2023, 5, 31), date(2023, 6, 30)):
        early = (last - date(2022, 12, 31)).days
        for year in (87_000, 88_000):
            daily.append(F(year - 25_938, 365 - early))
            ratios.append(F(year - 25_938, 365 - early) / F(25_938, early))
    assert (rest.low, rest.high) == (min(daily), max(daily))
    assert (ratio.low, ratio.high) == (min(ratios), max(ratios))


def test_the_pace_of_a_rest_to_a_part_of_several_figures() -> None:
    parts = ("court-arrests-2023-early", "court-warnings-2023-early", "court-fines-2023-early")
    ratio = paces.rest_to_part(DATA, "penalties-2023", *parts).interval
    early = 4_294 + 2_946 + 543  # to the last person; the whole to the nearest ten
    rests = (67_265 - early, 67_275 - early)
    ratios = [F(rest, 365 - days) / F(early, days) for days in (120, 151, 181) for rest in rests]
    assert (ratio.low, ratio.high) == (min(ratios), max(ratios))


def test_a_number_a_month_says_so() -> None:
    monthly = paces.a_month(per_day(DATA, "orders-2024"))
    assert monthly.unit == "orders per month"
    assert monthly.interval.low == F(71_500, 355) * F(365, 12)  # to 20 December
    assert monthly.interval.high == F(72_500, 335) * F(365, 12)  # to 30 November

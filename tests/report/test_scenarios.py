"""Scenarios and answers as rows, sentences and records."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path

from helpers.charts.ranges import Assumption, Bar
from helpers.package.ledger import load
from helpers.reason.compare import per_day
from helpers.reason.outcome import outcomes
from helpers.reason.questions import enquiry
from helpers.reason.scenario import component
from helpers.report import scenarios

F = Fraction
DATA = load(Path(__file__).resolve().parents[2] / "data")
CORE = load(DATA.package, evidence="core")
A, C, T = (F(6500), F(7500)), (F(26500), F(27500)), (F(59500), F(60500))
PART = component(DATA, "offenders")


def test_the_one_scenario_that_answers_leave() -> None:
    case = scenarios.only(PART, baseline="R1", window="W1", scope="S1", early="E9")
    assert case.scenario == {"baseline": "R1", "window": "W1", "scope": "S1"}
    before = scenarios.implied(case, "before").interval
    assert (before.low, before.high) == (T[0] - C[1], T[1] - C[0])


def test_what_a_scenario_demands_of_its_stretches() -> None:
    months = scenarios.only(PART, baseline="R2", window="W1", scope="S1")
    gap, pace = (scenarios.demanded(months, nth).interval for nth in (0, 1))
    assert (gap.low, gap.high) == ((T[0] - C[1] - A[1]) / 59, (T[1] - C[0] - A[0]) / 59)
    assert (pace.low, pace.high) == (A[0] / 122, A[1] / 122)


def test_a_scenario_as_a_row_has_paces_to_three_digits_or_says_what_is_missing() -> None:
    def row(baseline: str, window: str) -> Assumption:
        return scenarios.assumption("a", "b", scenarios.only(PART, baseline=baseline, window=window, scope="S1"))

    def ends(bar: Bar) -> tuple[object, object, str, str]:
        return bar.what.interval.low, bar.what.interval.high, bar.caption, bar.side

    # 32,000 / 181 = 176.8, 34,000 / 181 = 187.8; 34,000 / 15 = 2,266.7; 24,500 / 15 = 1,633.3, 27,500 / 15 = 1,833.3.
    october, november = row("R1", "W1"), row("R1", "W2")
    assert (ends(october.amount), october.later) == ((176, 188, "Jan–Jun", "before"), None)
    assert ends(november.amount) == (0, 188, "Jan–Jun", "before")
    assert ends(november.later) == (0, 2_270, "1–15 Nov", "after")
    half = row("R3", "W2")
    assert ends(half.amount) == (F("35.9"), F("41.5"), "Jan–Jun", "before")
    assert ends(half.later) == (1_630, 1_840, "1–15 Nov", "after")
    assert row("R3", "W1") == Assumption("a", "b", None, failure="cannot hold: short by at least 24,500")
    assert {"brought-before", "brought-after", "offenders"} <= set(half.amount.what.inputs)


def test_rows_of_outcomes_and_of_answers() -> None:
    found = outcomes(PART, {"scope": "S1"})
    rows = scenarios.outcome_cells(found, "people")
    assert rows[0] == ["July to October 2022; to 31 October", "possible", "32,000 to 34,000", "1.14 to 1.27"]
    assert [
        "January to June 2023; to 31 October, or to 30 September",
        "impossible",
        "short by 24,500 people",
        "–",
    ] in rows
    drawn = scenarios.outcome_rows(found, per_day(DATA, "cases-2023-may"), "registered cases", "people")
    # 32,000 / 181 to 34,000 / 181, against 16,172 / 151.
    assert drawn[0].published == "32,000 to 34,000: a day 1.65 to 1.76 times the registered cases"
    assert scenarios.outcome_rows(found, per_day(CORE, "cases-2023-may"), "registered cases", "people")[
        0
    ].published == ("32,000 to 34,000 people")
    asked = enquiry(PART, {"scope": "S1"})
    cells = scenarios.answer_rows(asked, {"baseline": "Which months?", "window": "Where does it end?"})
    assert cells[0] == ["Which months?"]
    assert cells[3] == ["January to June 2023", "1 of 12", "6,500 to 7,500", "5.1 to 6.3"]
    at = cells.index(["Where does it end?"])
    assert (
        sum(int(row[1].split()[0]) for row in cells[1:at])
        == sum(int(row[1].split()[0]) for row in cells[at + 1 :])
        == 12
    )
    assert "12 sets of assumptions; any one of these answers would leave one: “" in scenarios.sharpest(asked)


def test_records_of_what_is_implied_under_every_rounding_and_limit() -> None:
    made = scenarios.implied_records(CORE, "offenders", {"scope": "S1", "baseline": "R1", "window": ("W1",)})
    assert {record.rounding for record in made} == {"nearest", "coarse", "at_least"}
    assert {record.limit for record in made} == {None, 3}
    ratio = next(one for one in made if one.quantity == "offenders-ratio-of-averages" and one.limit is None)
    assert (ratio.rounding, ratio.unit, ratio.scenario["baseline"]) == ("nearest", "times", "R1")
    assert math.isclose(ratio.interval.low, 26_500 / 123 / (34_000 / 181))

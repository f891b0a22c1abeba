"""Outcomes of scenarios: hand derivations, and laws over small ledgers."""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from datetime import date
from fractions import Fraction as F

import pytest
from conftest import DATA
from reason.small import CORE, days, figure, make, tens

from helpers.figures.interval import Interval
from helpers.reason.bounds import Span
from helpers.reason.outcome import Implied, Split, answered, outcomes, whole_across_break
from helpers.reason.scenario import ScenarioError, component, whole

HALF, MONTHS = (date(2023, 1, 1), date(2023, 6, 30)), (date(2023, 7, 1), date(2023, 10, 31))
with (DATA / "readings.csv").open(encoding="utf-8", newline="") as rows:
    LABELS = {(row["question"], row["reading"]): row["label"] for row in csv.DictReader(rows)}
OFFENDERS = component(CORE, "offenders")
FOUND = outcomes(OFFENDERS, {"scope": "S1"})


def of(baseline, window):
    """The outcome that holds a scenario."""
    (found,) = [each for each in FOUND if {"baseline": baseline, "window": window, "scope": "S1"} in each.scenarios]
    return found


def test_the_split_is_the_total_that_lies_across_the_break():
    assert whole_across_break(OFFENDERS) == Split("offenders", HALF, MONTHS)
    assert whole_across_break(component(CORE, "serious")) is None


def test_a_total_that_only_readings_give_a_period_is_split_at_its_latest_end():
    readings = [
        {"question": "q", "reading": str(n), "figure": "x", "period_start": tens(0)[0], "period_end": tens(n)[1]}
        for n in (2, 3)
    ]
    small = make([figure("x", 10)], readings=readings, turn=tens(2)[0])
    assert whole_across_break(whole(small)) == Split("a", days(0, 19), days(20, 39))


def test_scenarios_that_come_to_the_same_are_one_outcome():
    # Seven thousand in July and twenty-seven in October leave the same whether the year ends in October or November.
    assert of("R4", "W1") is of("R4", "W2")
    (months, year), window = (LABELS["baseline", name] for name in ("R4", "R1")), LABELS["window", "W1"]
    assert of("R4", "W1").assumptions == f"{months}; {window}, or {LABELS['window', 'W2']}"
    assert of("R1", "W1").assumptions == f"{year}; {window}"
    assert sum(len(each.cases) for each in FOUND) == 6 * 3
    assert len({tuple(map(str, each.scenarios)) for each in FOUND}) == len(FOUND)


def test_what_the_first_reading_implies():
    # January to June is 60,000 less 27,000; a day, July to October over it.
    found = of("R1", "W1")
    assert found.possible
    assert found.unevenness == pytest.approx(32000 * 123 / 181 / 7500, abs=1e-4)
    before, after, ratio = found.implied[None]
    assert (before, after) == (Interval(32000, 34000, True, True), Interval(26500, 27500, high_open=True))
    assert ratio == Interval(F(26500 * 181, 123 * 34000), F(27500 * 181, 123 * 32000), True, True)
    # Threefold at most: under 3 x 181/123 of under 7,500.
    assert found.implied[3].before == Interval(32000, F(3 * 181 * 7500, 123), True, True)


def test_a_reading_shows_what_it_demands_of_single_days():
    # R3 to 15 November: 24,500 to 27,500 people in fifteen days.
    (case,) = of("R3", "W2").cases
    november = case.demands()[-1]
    assert november.span == Span("offenders", date(2023, 11, 1), date(2023, 11, 15))
    assert november.amount == Interval(24500, 27500, True, True)
    assert november.per_day == Interval(F(24500, 15), F(27500, 15), True, True)
    assert [demand.span.days for demand in case.demands()] == [181, 123, 15]


def test_an_outcome_that_cannot_hold_says_by_how_much_and_what_clashes():
    found = of("R5", "W1")
    assert (found.possible, found.unevenness, found.shortfall) == (False, None, 32000)
    assert found.clashes == ("brought-after", "offenders")
    assert found.implied[None] == Implied(None, None, None)
    assert all(case.demands() == () and case.course("low") is None for case in found.cases)


def test_courses_at_both_ends_are_the_most_even_ones():
    # R2 to October: January-February, March-June, July-October. At the low end of January to June July-October is at
    # its most; the most even split puts March-June at its most.
    (case,) = of("R2", "W1").cases
    low, high = ([amount for _, amount in case.course(name)] for name in ("low", "high"))
    assert low == pytest.approx([24500, 7500, 27500], abs=0.01)
    assert high == pytest.approx([26500, 7500, 26500], abs=0.01)


def test_words_of_an_uneven_set_of_scenarios_name_each_part():
    readings = [
        {"question": q, "reading": r, "label": f"{q}{r}", "figure": f, "period_end": tens(n)[1]}
        for q, f in (("p", "x"), ("q", "y"))
        for r, n in (("1", 1), ("2", 2))
    ]
    # Of twelve in y no more than ten fit where x covers all of it: they can hold only where y is longer than x.
    figures = [figure("x", 10, tens(0)[0]), figure("y", 12, tens(0)[0])]
    found = outcomes(whole(make(figures, readings=readings)), limits=[None])
    assert {each.assumptions: each.possible for each in found} == {"q1; or p2 and q2": False, "p1; q2": True}


def test_answers_taken_for_granted_are_checked():
    assert len(answered(OFFENDERS, {"scope": "S1", "window": ["W1", "W2"]})) == 6 * 2
    with pytest.raises(ScenarioError, match=r"`S9` for `scope`. Use one of: S1, S2\."):
        answered(OFFENDERS, {"scope": "S9"})
    with pytest.raises(ScenarioError, match="There is no such question"):
        answered(OFFENDERS, {"season": "S1"})


# --- persons counted once, stocks, counts of one's own --------------------------------------------------------------


def test_persons_counted_once_leave_a_bound_only():
    # The year holds at most the persons of both halves, and at least those of either: January to June is over 32,000
    # and under 60,500, and the ratio under (27,500 / 123) / (32,000 / 181).
    once = OFFENDERS.counting_distinct("offenders")
    (found,) = outcomes(once, {"baseline": "R1", "window": "W1", "scope": "S1"})
    assert found.implied.keys() == {None}
    assert found.unevenness is None
    before, after, ratio = found.implied[None]
    assert (before, after) == (Interval(32000, 60500, True, True), Interval(26500, 27500, high_open=True))
    assert ratio == Interval(F(26500 * 181, 123 * 60500), F(27500 * 181, 123 * 32000), True, True)


def test_a_stock_does_not_add_up():
    figures = [figure("one", Interval(90, 100), *days(0, 0)), figure("other", 120, *days(9, 9))]
    small = whole(make(figures))
    stock = outcomes(_as_stock(small), split=Split("a", days(0, 0), days(9, 9)), limits=[None])[0]
    assert stock.implied[None][:2] == (Interval(90, 100), Interval.exact(120))
    with pytest.raises(ScenarioError, match="stands at a day"):
        outcomes(_as_stock(small), split=Split("a", days(0, 8), days(9, 9)), limits=[None])


def test_a_stock_over_several_days_imposes_nothing():
    figures = [figure("one", 100, *days(0, 9)), figure("day", 100, *days(9, 9))]
    (found,) = outcomes(_as_stock(whole(make(figures))), split=Split("a", days(9, 9), days(9, 9)), limits=[None])
    assert found.cases[0].verdict.unused == ("one",)


def _as_stock(part):
    return replace(part, stocks=frozenset(part.measures))


def test_what_if_the_pace_of_the_courts_went_on():
    # 43 to 65 a day through January to June are at most 11,765, where the first reading to October needs over 32,000;
    # to 15 November the rest may fall into the last fifteen days.
    pace = OFFENDERS.imposing("pace", "offenders", *HALF, Interval(43 * 181, 65 * 181))
    to_october, to_november = (
        outcomes(pace, {"baseline": "R1", "window": window, "scope": "S1"})[0] for window in ("W1", "W2")
    )
    assert (to_october.possible, to_october.shortfall) == (False, 59500 - 27500 - 65 * 181)
    assert to_october.clashes == ("brought-after", "offenders", "pace")
    assert to_november.possible
    november = to_november.cases[0].demands()[-1]
    assert november.amount == Interval(59500 - 27500 - 65 * 181, 60500 - 26500 - 43 * 181, True, True)


def test_a_count_of_ones_own_needs_a_measure_and_a_new_name():
    for name, measure in (("offenders", "offenders"), ("pace", "orders")):
        with pytest.raises(ScenarioError, match=f"`{name}` on `{measure}`"):
            OFFENDERS.imposing(name, measure, *HALF, Interval.exact(1))


def test_what_nothing_bounds_has_open_ends():
    small = make([figure("x", 10, *tens(0)), figure("y", 10, *days(0, 19))], turn=tens(1)[0])
    (found,) = outcomes(whole(small), split=Split("a", tens(0), tens(2)), limits=[None])
    assert found.implied[None] == Implied(Interval.exact(10), Interval(0, math.inf), Interval(0, math.inf))

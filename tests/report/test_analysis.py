"""What a briefing works out beside its prose, each number worked out again by hand."""

from __future__ import annotations

import math
import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packages import LIBRARIES

from helpers.figures.interval import Interval
from helpers.figures.quantity import constant
from helpers.package.ledger import load
from helpers.reason.compare import per_day, quantity
from helpers.reason.outcome import outcomes
from helpers.reason.questions import enquiry
from helpers.reason.scenario import component
from helpers.report import analysis
from helpers.words.template import Writer

F = Fraction
DATA = load(Path(__file__).resolve().parents[2] / "data")
CORE = load(DATA.package, evidence="core")
A, C, T = (F(6500), F(7500)), (F(26500), F(27500)), (F(59500), F(60500))
PART = component(DATA, "offenders")


# --- paces -----------------------------------------------------------------------------------------------------------

DAILY = {
    "R1": (F(1), F(1)),
    "R2": (F(122, 123), F(122, 123)),
    "R3": (F(181, 123), F(181, 123)),
    "R4": (F(1), F(1)),
}


@pytest.mark.parametrize(("reading", "factor"), DAILY.items())
def test_times_a_day_by_hand(reading: str, factor: tuple[F, F]) -> None:
    found = analysis.times_a_day(analysis.as_read(DATA, baseline=reading), "brought-after").interval
    assert (found.low, found.high) == (C[0] / A[1] * factor[0], C[1] / A[0] * factor[1])


@pytest.mark.parametrize(("reading", "before", "between"), [("R5", 212, 92), ("R6", 181, 123)])
def test_running_totals_compare_what_came_between(reading: str, before: int, between: int) -> None:
    found = analysis.times_a_day(analysis.as_read(DATA, baseline=reading), "brought-after").interval
    ends = [(c - a) / between / (a / before) for a, c in ((A[1], C[0]), (A[0], C[1]))]
    assert [found.low, found.high] == ends


def test_times_a_day_without_a_period_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="`brought-before`: a ratio a day needs a whole period"):
        analysis.times_a_day(DATA, "brought-after")


def test_a_question_that_an_edition_does_not_ask_is_passed_over() -> None:
    assert analysis.as_read(CORE, early="E1", window="W2").rows["figures"]["offenders"].period_end == date(2023, 11, 15)


def test_days_around_the_break() -> None:
    assert analysis.days_around(DATA, "reports-change") == {"before": 181, "after": 123}
    assert analysis.days_around(DATA, "cases-2024-may") == {"before": 0, "after": 152}
    assert analysis.days_around(load(LIBRARIES), "loans") == {"before": 0, "after": 365}


def test_the_rest_of_a_year_at_every_end_of_its_part() -> None:
    rest = analysis.rest_a_day(DATA, "orders-2023-year", "orders-2023-early").interval
    ratio = analysis.rest_to_part(DATA, "orders-2023-year", "orders-2023-early").interval
    paces, ratios = [], []
    for last in (date(2023, 4, 30), date(2023, 5, 31), date(2023, 6, 30)):
        early = (last - date(2022, 12, 31)).days
        for year in (87_000, 88_000):
            paces.append(F(year - 25_938, 365 - early))
            ratios.append(F(year - 25_938, 365 - early) / F(25_938, early))
    assert (rest.low, rest.high) == (min(paces), max(paces))
    assert (ratio.low, ratio.high) == (min(ratios), max(ratios))


def test_a_number_a_month_says_so() -> None:
    monthly = analysis.a_month(per_day(DATA, "orders-2024"))
    assert monthly.unit == "orders per month"
    assert monthly.interval.low == F(71_500, 355) * F(365, 12)


# --- the most that closing one way can add ---------------------------------------------------------------------------

SHARES = st.fractions(F(1, 50), F(49, 50))


@given(SHARES, SHARES, SHARES, SHARES, SHARES, SHARES)
def test_most_rise_holds_every_pair_of_shares_that_fits_in_the_whole(a: F, b: F, c: F, d: F, x: F, y: F) -> None:
    ended, sanctioned = sorted((a, b)), sorted((c, d))
    if sanctioned[0] + ended[0] > 1:
        return
    found = analysis.most_rise(
        constant(Interval(*ended) if ended[0] < ended[1] else Interval.exact(a)),
        constant(Interval(*sanctioned) if sanctioned[0] < sanctioned[1] else Interval.exact(c)),
    ).interval
    one, other = ended[0] + x * (ended[1] - ended[0]), sanctioned[0] + y * (sanctioned[1] - sanctioned[0])
    if one + other <= 1:
        assert 1 + one / other in found
    assert found.high <= 1 / sanctioned[0]


def test_most_rise_by_hand() -> None:
    half = analysis.most_rise(quantity(DATA, "reconciled-share"), constant(1) / 2).interval
    assert (half.low, half.high) == (F(19, 10), 2)  # 0.45 of 0.5; 0.55 would need 105% of cases
    quarter = analysis.most_rise(quantity(DATA, "reconciled-share"), constant(1) / 4).interval
    assert (quarter.low, quarter.high) == (F(28, 10), F(32, 10))


def test_most_rise_of_what_an_edition_lacks_is_missing() -> None:
    assert analysis.most_rise(quantity(CORE, "reconciled-share-2022"), constant(1) / 2).interval is None


# --- scenarios -------------------------------------------------------------------------------------------------------


def test_the_one_scenario_that_answers_leave() -> None:
    case = analysis.only(PART, baseline="R1", window="W1", scope="S1", early="E9")
    assert case.scenario == {"baseline": "R1", "window": "W1", "scope": "S1"}
    before = analysis.implied(case, "before").interval
    assert (before.low, before.high) == (T[0] - C[1], T[1] - C[0])


def test_what_a_scenario_demands_of_its_stretches() -> None:
    months = analysis.only(PART, baseline="R2", window="W1", scope="S1")
    gap, pace = (analysis.demanded(months, nth).interval for nth in (0, 1))
    assert (gap.low, gap.high) == ((T[0] - C[1] - A[1]) / 59, (T[1] - C[0] - A[0]) / 59)
    assert (pace.low, pace.high) == (A[0] / 122, A[1] / 122)
    late = analysis.drawn(analysis.only(PART, baseline="R3", window="W2", scope="S1"), 2).interval
    assert (late.low, late.high) == (F(24_500, 15), F(27_500, 15))


def test_an_even_course_is_drawn_once_and_a_wide_one_at_both_ends() -> None:
    even = analysis.course("even", analysis.only(PART, baseline="R1", window="W1", scope="S1"))
    wide = analysis.course("wide", analysis.only(PART, baseline="R1", window="W2", scope="S1"))
    assert [[(s.low, s.high) for s in c.stretches] for c in even.courses] == [[(32_000, 34_000), (26_500, 27_500)]]
    assert [[s.days for s in course.stretches] for course in wide.courses] == [[181, 123, 15]] * 2
    assert [course.stretches[0].low for course in wide.courses] == [0, 34_000]
    failing = analysis.course("failing", analysis.only(PART, baseline="R3", window="W1", scope="S1"))
    assert (failing.courses, failing.failure) == ((), "cannot hold: short by 24,500")


def test_rows_of_outcomes_and_of_answers() -> None:
    found = outcomes(PART, {"scope": "S1"})
    rows = analysis.outcome_cells(found, "people")
    assert rows[0] == ["July to October 2022; to 31 October", "possible", "32,000 to 34,000", "1.14 to 1.27"]
    assert [
        "January to June 2023; to 31 October, or to 30 September",
        "impossible",
        "short by 24,500 people",
        "–",
    ] in rows
    drawn = analysis.outcome_rows(found, per_day(DATA, "cases-2023-may"), "registered cases", "people")
    # 32,000 / 181 to 34,000 / 181, against 16,172 / 151.
    assert drawn[0].published == "32,000 to 34,000: a day 1.65 to 1.76 times the registered cases"
    assert analysis.outcome_rows(found, per_day(CORE, "cases-2023-may"), "registered cases", "people")[0].published == (
        "32,000 to 34,000 people"
    )
    asked = enquiry(PART, {"scope": "S1"})
    cells = analysis.answer_rows(asked, {"baseline": "Which months?", "window": "Where does it end?"})
    assert cells[0] == ["Which months?"]
    assert cells[3] == ["January to June 2023", "1 of 12", "6,500 to 7,500", "5.1 to 6.3"]
    at = cells.index(["Where does it end?"])
    assert (
        sum(int(row[1].split()[0]) for row in cells[1:at])
        == sum(int(row[1].split()[0]) for row in cells[at + 1 :])
        == 12
    )
    assert "12 sets of assumptions; any one of these answers would leave one: “" in analysis.sharpest(asked)


# --- tables ----------------------------------------------------------------------------------------------------------


def test_a_formula_is_worked_out_again_under_another_rounding() -> None:
    ratio = quantity(DATA, "offenders") / quantity(DATA, "brought-after") - 1
    under = DATA.with_rounding("at_least")
    again = analysis.again(ratio.formula, under).interval
    assert (again.low, again.high) == (F(60_000, 28_000) - 1, F(61_000, 27_000) - 1)
    with pytest.raises(ValueError, match="no arithmetic"):
        analysis.again(analysis.rest_to_part(DATA, "orders-2023-year", "orders-2023-early").formula, under)


def test_results_under_every_rounding_lead_to_their_number() -> None:
    writer = Writer(DATA)
    writer.work("rise", quantity(DATA, "brought-after") / quantity(DATA, "brought-before"), "Rise")
    writer.work("none", quantity(CORE, "orders-2024") / 2, "None")
    assert analysis.under_roundings(writer, ["rise", "none"]) == [["Rise", "{rise}", "3.5 to 4.3", "3.3 to 4.0"]]


def test_the_series_hold_every_figure_since_a_year_once() -> None:
    header, rows = analysis.series(DATA, since=2022)
    assert header == ["Period", "As printed", "A day", "Source"]
    told = [re.search(r"\{([\w-]+)\}", row[1])[1] for row in rows if len(row) > 1]
    old = {name for name, row in DATA.rows["figures"].items() if row.period_end and row.period_end.year < 2022}
    assert sorted(told) == sorted(set(DATA.rows["figures"]) - old)
    lines = {row[1]: row for row in rows if len(row) > 1}
    assert lines["{orders-2022}"][0::2] == ["1 January to 18 October 2022", "228 to 232"]
    assert lines["{orders-2023-early}"][2] == "140 to 220"  # 25,938 over 181 to 120 days
    assert lines["{brought-before}"] == ["Period not stated", "{brought-before}", "–", "{astana-times-2023-11-15}"]
    assert lines["down {reports-change}"][2] == "–"  # a change is no pace


def test_the_series_name_a_measure_over_its_figures_the_earliest_first() -> None:
    _, rows = analysis.series(DATA, since=2022)
    names = [row[0] if len(row) == 1 else row[1].partition("{")[2][:-1] for row in rows]
    at = names.index("Protective orders (orders)")
    under = names[at + 1 : next(n for n in range(at + 1, len(rows)) if len(rows[n]) == 1)]
    figures = DATA.rows["figures"]
    assert set(under) == {name for name, row in figures.items() if row.measure == figures["orders"].measure}
    starts = [figures[name].period_start for name in under]
    assert starts == sorted(starts, key=lambda start: start or date.max)


def test_a_step_without_a_day_stands_before_the_days_in_it() -> None:
    order = [row[0] for row in analysis.steps(DATA)]
    assert order.index("{decriminalised-2017}") == 0
    assert order.index("{adopted-may}") < order.index("{amendments-july}") < order.index("{reform}")
    assert order[-1] == "{responsibility}"
    assert {name.strip("{}") for name in order} == set(DATA.rows["events"])


def test_records_of_what_is_implied_under_every_rounding_and_limit() -> None:
    made = analysis.implied_records(CORE, "offenders", {"scope": "S1", "baseline": "R1", "window": ("W1",)})
    assert {record.rounding for record in made} == {"nearest", "coarse", "at_least"}
    assert {record.limit for record in made} == {None, 3}
    ratio = next(one for one in made if one.quantity == "offenders-ratio-of-averages" and one.limit is None)
    assert (ratio.rounding, ratio.unit, ratio.scenario["baseline"]) == ("nearest", "times", "R1")
    assert math.isclose(ratio.interval.low, 26_500 / 123 / (34_000 / 181))

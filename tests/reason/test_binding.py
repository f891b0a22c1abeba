"""Which figures set the ends of a range: the arithmetic, against derivations by hand, and that none can be spared."""

from __future__ import annotations

import math
from datetime import date
from fractions import Fraction as F

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reason.small import CORE, days, figure, make, tens
from reason.test_programme import JAN_JUN, PERIOD, SPANS, built, counts

from helpers.figures.interval import Interval
from helpers.reason.binding import binding, quotients
from helpers.reason.constraints import End
from helpers.reason.programme import programme
from helpers.reason.scenario import component, whole

MONTHS = (date(2023, 7, 1), date(2023, 10, 31))
OFFENDERS = component(CORE, "offenders")


def article(baseline, window):
    return programme(OFFENDERS, {"baseline": baseline, "window": window, "scope": "S1"})


def test_the_worked_example_of_the_articles():
    low, high = binding(article("R1", "W1"), "offenders", *JAN_JUN)
    assert (low.arithmetic, low.value) == ("59,500 less 27,500", 32000)
    assert (high.arithmetic, high.value) == ("60,500 less 26,500", 34000)
    assert low.ends == (End("brought-after", "high"), End("offenders", "low"))
    least, most = quotients(article("R1", "W1"), "offenders", JAN_JUN, MONTHS)
    assert least.arithmetic == "(26,500 ÷ 123) ÷ ((60,500 less 26,500) ÷ 181)"
    assert most.arithmetic == "(27,500 ÷ 123) ÷ ((59,500 less 27,500) ÷ 181)"


def test_a_limit_that_binds_is_said():
    low, high = binding(article("R1", "W1"), "offenders", *JAN_JUN, 3)
    assert (low.limited, high.limited) == (False, True)
    assert [(term.factor, term.end) for term in high.terms] == [(F(3 * 181, 123), End("brought-before", "high"))]


def test_nothing_binds_where_an_amount_can_be_nothing_or_anything():
    low, _ = binding(article("R1", "W2"), "offenders", *JAN_JUN)
    assert (low.value, low.ends, low.arithmetic) == (0, (), "")
    _, high = binding(programme(whole(make([figure("x", 1, *tens(0))])), {}), "a", *days(0, 19))
    assert (high.value, high.ends, high.arithmetic) == (math.inf, (), "")
    assert quotients(article("R1", "W2"), "offenders", JAN_JUN, MONTHS)[1] is None


def test_a_ratio_between_figures_enters_the_factors():
    base = {"base_measure": "a", "base_start": tens(0)[0], "base_end": tens(0)[1]}
    twice = figure("twice", Interval(F(3, 2), F(5, 2)), *tens(1), kind="multiple", **base)
    low, high = binding(programme(whole(make([figure("x", Interval(8, 10), *tens(0)), twice])), {}), "a", *tens(1))
    assert (low.arithmetic, high.arithmetic) == ("1.5 × 8", "2.5 × 10")
    assert high.ends == (End("x", "high"), End("twice", "high"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(counts(), st.sampled_from(SPANS))
def test_the_ends_that_bind_give_the_range_and_none_can_be_spared(made, span):
    imposed = programme(whole(built(made)), {})
    found = binding(imposed, "a", *PERIOD[span])
    if found is None:
        return
    total = imposed.total("a", *PERIOD[span])
    for name, each in zip(("low", "high"), found, strict=True):
        assert each.value == getattr(total, name)
        if not each.ends:
            assert each.value in (0, math.inf)
            continue
        assert getattr(imposed.with_ends(each.ends).total("a", *PERIOD[span]), name) == each.value
        assert sum(term.factor * term.value for term in each.terms) == each.value
        for end in each.ends:
            fewer = imposed.with_ends([other for other in each.ends if other != end]).total("a", *PERIOD[span])
            assert fewer.low < each.value if name == "low" else fewer.high > each.value

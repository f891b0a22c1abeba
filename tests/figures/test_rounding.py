"""Rounding conventions against the numbers that round to what is printed."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.figures.interval import Interval
from helpers.figures.rounding import ROUNDINGS, RoundingError, rounding, rounding_interval

F = Fraction


def count(value: int, rounding: str, **options: str) -> Interval:
    convention = ROUNDINGS[rounding]
    return rounding_interval(value, convention.count_step(F(value), F(1)), convention, count=True, **options)


def other(value: str, rounding: str, places: int = 0) -> Interval:
    convention = ROUNDINGS[rounding]
    return rounding_interval(F(value), convention.other_step(abs(F(value)), F(1, 10**places)), convention)


def half_open(low: object, high: object) -> Interval:
    return Interval(F(low), F(high), high_open=True)


# --- the conventions -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "rounding", "low", "high"),
    [
        (7_000, "nearest", 6_500, 7_500),
        (60_000, "nearest", 59_500, 60_500),
        (120_500, "nearest", 120_450, 120_550),
        (27_000, "nearest", 26_500, 27_500),
        (1_000_000, "nearest", 999_500, 1_000_500),
        (60_000, "coarse", 55_000, 65_000),
        (75_000, "coarse", 72_500, 77_500),
        (27_000, "coarse", 26_500, 27_500),
        (7_000, "coarse", 6_500, 7_500),
        (120_500, "coarse", 120_250, 120_750),
        (7_000, "at_least", 7_000, 8_000),
        (60_000, "at_least", 60_000, 61_000),
        (120_500, "at_least", 120_500, 120_600),
    ],
)
def test_round_count(value: int, rounding: str, low: int, high: int) -> None:
    assert count(value, rounding) == half_open(low, high)


@pytest.mark.parametrize("rounding", ROUNDINGS)
def test_count_with_a_last_digit_is_exact(rounding: str) -> None:
    for value in (0, 7, 919, 53_038, 120_501):
        assert count(value, rounding) == Interval(F(value), F(value))


@pytest.mark.parametrize(
    ("printed", "places", "rounding", "low", "high"),
    [
        ("4.2", 1, "nearest", "4.15", "4.25"),
        ("4.2", 1, "coarse", "4.15", "4.25"),
        ("4.2", 1, "at_least", "4.15", "4.25"),
        ("20", 0, "nearest", "19.5", "20.5"),
        ("20", 0, "coarse", "15", "25"),
        ("20", 0, "at_least", "19.5", "20.5"),
        ("12", 0, "coarse", "11.5", "12.5"),
        ("15", 0, "coarse", "12.5", "17.5"),
        ("20", 1, "coarse", "19.95", "20.05"),
        ("4.20", 2, "nearest", "4.195", "4.205"),
        ("0", 0, "nearest", "-0.5", "0.5"),
    ],
)
def test_percentage(printed: str, places: int, rounding: str, low: str, high: str) -> None:
    assert other(printed, rounding, places) == half_open(low, high)


@pytest.mark.parametrize("rounding", ROUNDINGS)
def test_fall_reads_like_a_rise_of_its_size(rounding: str) -> None:
    for value in ("20", "12", "4.2"):
        places = len(value.partition(".")[2])
        fall, rise = other(f"-{value}", rounding, places), other(value, rounding, places)
        assert (fall.low, fall.high) == (-rise.high, -rise.low)
        assert (fall.low_open, fall.high_open) == (rise.high_open, rise.low_open)


@pytest.mark.parametrize(
    ("value", "size", "low", "high"),
    [(2, "0.5", "1.75", "2.25"), (2, "1", "1.5", "2.5"), ("0.5", "0.1", "0.45", "0.55")],
)
def test_word_with_a_step_of_its_own(value: str, size: str, low: str, high: str) -> None:
    assert rounding_interval(F(value), F(size), ROUNDINGS["at_least"]) == half_open(low, high)


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [
        *((name, half_open(10_000, 11_000)) for name in ("over", "more than", "at least")),
        *((name, Interval(F(9_000), F(10_000), low_open=True, high_open=True)) for name in ("almost", "fewer than")),
        *((name, Interval(F(9_000), F(10_000), low_open=True)) for name in ("at most", "up to")),
        ("about", Interval(F(9_000), F(11_000))),
    ],
)
def test_qualifier_beats_the_convention(qualifier: str, expected: Interval) -> None:
    for convention in ROUNDINGS.values():
        assert rounding_interval(10_000, 1_000, convention, count=True, qualifier=qualifier) == expected


@pytest.mark.parametrize(
    ("qualifier", "inside", "outside"),
    [("over", 4_312, 4_313), ("almost", F("4311.5"), 4_312), ("about", 4_311, F("4313.1"))],
)
def test_qualifier_of_an_exact_count_means_one(qualifier: str, inside: F, outside: F) -> None:
    qualified = count(4_312, "nearest", qualifier=qualifier)
    assert inside in qualified
    assert outside not in qualified


ROUND_COUNTS = st.integers(1, 10**6).map(lambda value: value * 10)


@given(value=ROUND_COUNTS, rounding=st.sampled_from(["nearest", "coarse"]), at=st.fractions(-2, 2))
def test_count_stands_for_what_rounds_to_it(value: int, rounding: str, at: Fraction) -> None:
    size = ROUNDINGS[rounding].count_step(F(value), F(1))
    underlying = value + at * size
    assert (underlying in count(value, rounding)) == (math.floor(underlying / size + F(1, 2)) * size == value)


@given(value=ROUND_COUNTS, at=st.fractions(-2, 2))
def test_at_least_stands_for_what_is_cut_to_it(value: int, at: Fraction) -> None:
    size = ROUNDINGS["at_least"].count_step(F(value), F(1))
    underlying = value + at * size
    assert (underlying in count(value, "at_least")) == (math.floor(underlying / size) * size == value)


@given(value=st.integers(1, 10**9))
def test_count_step_by_its_digits(value: int) -> None:
    digits = str(value)
    zeros = len(digits) - len(digits.rstrip("0"))
    last = digits.rstrip("0")[-1]
    nearest = 0 if not zeros else min(10**zeros, 1_000)
    coarse = 0 if not zeros else 10**zeros * (5 if last == "5" else 1)
    expected = {"nearest": nearest, "at_least": nearest, "coarse": coarse}
    assert {rounding: ROUNDINGS[rounding].count_step(F(value), F(1)) for rounding in ROUNDINGS} == expected


@pytest.mark.parametrize(
    ("value", "last", "rounding", "low", "high"),
    [
        (14_600_000, 100_000, "nearest", 14_550_000, 14_650_000),
        (1_500_000, 100_000, "nearest", 1_450_000, 1_550_000),
        (1_500_000, 100_000, "at_least", 1_500_000, 1_600_000),
        (27_000, 1_000, "nearest", 26_500, 27_500),
        (2_000_000, 1_000_000, "nearest", 1_500_000, 2_500_000),
        (1_050_000, 10_000, "coarse", 1_025_000, 1_075_000),
        (1_462_000, 1, "nearest", 1_461_500, 1_462_500),
    ],
)
def test_step_is_never_finer_than_the_last_printed_digit(
    value: int, last: int, rounding: str, low: int, high: int
) -> None:
    convention = ROUNDINGS[rounding]
    assert rounding_interval(value, convention.count_step(F(value), F(last)), convention, count=True) == half_open(
        low, high
    )


@given(value=ROUND_COUNTS, digits=st.integers(0, 6), name=st.sampled_from(list(ROUNDINGS)))
def test_step_of_a_count_covers_its_last_digit(value: int, digits: int, name: str) -> None:
    last = 10**digits
    assert ROUNDINGS[name].count_step(F(value * last), F(last)) >= last


def test_unknown_rounding_is_named_with_those_there_are() -> None:
    with pytest.raises(RoundingError, match=r"`exact` for `rounding`.*nearest, coarse, at_least"):
        rounding("exact")


def test_every_convention_says_what_it_takes_a_number_for() -> None:
    assert {one.label for one in ROUNDINGS.values()} == {
        "rounded to the nearest step",
        "rounded as coarsely as their zeros allow",
        "at least the number printed",
    }
    reasons = {
        (name, count): one.reason("5", count=count) for name, one in ROUNDINGS.items() for count in (True, False)
    }
    assert reasons.pop(("at_least", True)) == "at least the number printed"
    assert set(reasons.values()) == {"rounded to 5"}


def test_step_that_a_row_gives() -> None:
    fine, wide = Decimal(10), Decimal(100)
    nearest, coarse = ROUNDINGS["nearest"], ROUNDINGS["coarse"]
    assert [nearest.given_step(fine, wide), nearest.given_step(None, wide)] == [10, None]
    assert [coarse.given_step(fine, wide), coarse.given_step(fine, None), coarse.given_step(None, None)] == [
        100,
        10,
        None,
    ]

"""Intervals against their definition, brute force over the underlying values, and mpmath's interval arithmetic."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from mpmath import iv

from helpers.figures.interval import Interval, IntervalError

F = Fraction
INF = math.inf


def half_open(low: object, high: object) -> Interval:
    return Interval(F(low), F(high), high_open=True)


# --- arithmetic ----------------------------------------------------------------------------------------------------

EPSILON = F(1, 10**9)
NUMBERS = st.fractions(-60, 60, max_denominator=12)
OPERATIONS: dict[str, Callable[..., object]] = {
    "sum": operator.add,
    "difference": operator.sub,
    "product": operator.mul,
    "ratio": operator.truediv,
}


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
    if low == high:
        return Interval(low, high)
    return Interval(low, high, draw(st.booleans()), draw(st.booleans()))


def values(one: Interval) -> set[Fraction]:
    """Values an interval holds: next to each end (at it where it is closed), zero if it is held, and some between.

    The operations are monotone in each operand between its ends and zero, so what they can reach, they come next to
    from here.
    """
    width = one.high - one.low
    low = one.low + (EPSILON * width if one.low_open else 0)
    high = one.high - (EPSILON * width if one.high_open else 0)
    between = {one.low + width * F(part, 7) for part in range(1, 7)}
    zero = {F(0)} if (one.low < 0 < one.high) or F(0) in (low, high) else set()
    return {low, high} | between | zero


def check_against_brute_force(result: Interval, reached: list[Fraction]) -> None:
    near = 10**5 * EPSILON
    assert all(value in result for value in reached)
    for end, is_open, nearest in (
        (result.low, result.low_open, min(reached)),
        (result.high, result.high_open, max(reached)),
    ):
        if is_open:
            assert nearest != end
            assert abs(nearest - end) < near * max(1, abs(end), result.high - result.low)
        else:
            assert nearest == end


@settings(max_examples=2 * settings().max_examples)
@given(name=st.sampled_from(list(OPERATIONS)), a=intervals(), b=intervals())
def test_arithmetic_against_brute_force(name: str, a: Interval, b: Interval) -> None:
    assume(name != "ratio" or not b.low <= 0 <= b.high)
    operation = OPERATIONS[name]
    check_against_brute_force(operation(a, b), [operation(x, y) for x, y in product(values(a), values(b))])


@pytest.mark.parametrize("name", OPERATIONS)
@given(a=intervals(), b=intervals(), by=st.fractions(0, 20, max_denominator=6), which=st.sampled_from("ab"))
def test_a_wider_operand_never_narrows_the_result(
    name: str, a: Interval, b: Interval, by: Fraction, which: str
) -> None:
    operation = OPERATIONS[name]
    wide = {"a": a, "b": b}
    one = wide[which]
    wide[which] = Interval(one.low - by, one.high + by, one.low_open and not by, one.high_open and not by)
    assume(name in ("sum", "difference", "product") or not wide["b"].low <= 0 <= wide["b"].high)
    narrow = operation(a, b)
    assert operation(wide["a"], wide["b"]).intersection(narrow) == narrow


def enclosing(one: Interval) -> object:
    ends = [iv.mpf(end.numerator) / iv.mpf(end.denominator) for end in (one.low, one.high)]
    return iv.mpf([ends[0].a, ends[1].b])


@settings(max_examples=2 * settings().max_examples)
@given(name=st.sampled_from(list(OPERATIONS)), a=intervals(), b=intervals())
def test_arithmetic_against_mpmath(name: str, a: Interval, b: Interval) -> None:
    assume(name in ("sum", "difference", "product") or not b.low <= 0 <= b.high)
    x, y = enclosing(a), enclosing(b)
    result, expected = OPERATIONS[name](a, b), OPERATIONS[name](x, y)
    assert float(result.low) == pytest.approx(float(expected.a), rel=1e-12, abs=1e-10)
    assert float(result.high) == pytest.approx(float(expected.b), rel=1e-12, abs=1e-10)


@given(a=intervals(), number=NUMBERS, name=st.sampled_from(list(OPERATIONS)), left=st.booleans())
def test_plain_number_is_an_exact_interval(a: Interval, number: Fraction, name: str, left: bool) -> None:
    operation, exact = OPERATIONS[name], Interval(number, number)
    divisor = (a if left else exact) if name == "ratio" else None
    assume(divisor is None or not divisor.low <= 0 <= divisor.high)
    if left:
        assert operation(number, a) == operation(exact, a)
    else:
        assert operation(a, number) == operation(a, exact)


@pytest.mark.parametrize(
    ("work_out", "expected"),
    [
        (lambda: half_open(0, 1) * Interval(F(2), F(3), True, True), Interval(F(0), F(3), False, True)),
        (lambda: Interval(F(0), F(1), True) * Interval(F(0), F(5)), Interval(F(0), F(5))),
        (lambda: Interval(F(-1), F(1), True, True) * Interval(F(0), F(0)), Interval(F(0), F(0))),
        (lambda: half_open(1, 2) - half_open(1, 2), Interval(F(-1), F(1), True, True)),
        (lambda: half_open(26_500, 27_500) / half_open(6_500, 7_500), Interval(F(53, 15), F(55, 13), True, True)),
    ],
    ids=["zero reached from an open factor", "zero and a closed end", "zero alone", "difference", "ratio"],
)
def test_openness_by_hand(work_out: Callable[[], Interval], expected: Interval) -> None:
    assert work_out() == expected


@pytest.mark.parametrize(
    "divisor",
    [
        Interval(F(-1), F(1)),
        Interval(F(0), F(1)),
        Interval(F(0), F(0)),
    ],
    ids=repr,
)
def test_ratio_by_a_interval_that_reaches_zero_is_refused_by_name(divisor: Interval) -> None:
    with pytest.raises(IntervalError, match="divide by") as refusal:
        Interval(F(1), F(2)) / divisor
    assert repr(divisor) in str(refusal.value)


@pytest.mark.parametrize(
    ("divisor", "expected"),
    [
        (Interval(F(0), F(1, 2), low_open=True), Interval(F(2), INF)),
        (Interval(F(0), F(1, 2), low_open=True, high_open=True), Interval(F(2), INF, low_open=True)),
        (Interval(F(-2), F(0), high_open=True), Interval(-INF, F(-1, 2))),
    ],
    ids=repr,
)
def test_ratio_by_what_may_be_as_small_as_one_likes_has_no_bound_there(divisor: Interval, expected: Interval) -> None:
    assert Interval(F(1), F(2)) / divisor == expected


@pytest.mark.parametrize(
    ("low", "high", "low_open", "high_open"),
    [(2, 1, False, False), (1, 1, True, False), (1, 1, False, True), (INF, INF, False, False)],
)
def test_interval_without_a_value_is_refused_by_its_ends(
    low: float, high: float, low_open: bool, high_open: bool
) -> None:
    with pytest.raises(IntervalError, match=f"from {low} to {high} holds no value"):
        Interval(low, high, low_open, high_open)


def test_infinite_end_is_open() -> None:
    endless = Interval(-INF, INF)
    assert (endless.low_open, endless.high_open) == (True, True)


@pytest.mark.parametrize(
    ("work_out", "expected"),
    [
        (lambda: Interval(F(2), INF) + Interval(F(1), F(3)), Interval(F(3), INF)),
        (lambda: Interval(F(2), INF) - Interval(F(1), INF), Interval(-INF, INF)),
        (lambda: -Interval(F(2), INF), Interval(-INF, F(-2))),
        (lambda: Interval(F(2), INF) * F(-3), Interval(-INF, F(-6))),
        (lambda: Interval(F(0), INF) * Interval(F(0), F(1)), Interval(F(0), INF)),
        (lambda: Interval(F(6), F(6)) / Interval(F(2), INF), Interval(F(0), F(3), low_open=True)),
        (lambda: Interval(F(2), INF) / Interval(F(2), F(4), high_open=True), Interval(F(1, 2), INF, low_open=True)),
    ],
    ids=["sum", "difference", "negative", "product with a number", "product from zero", "inverse", "ratio"],
)
def test_infinite_ends(work_out: Callable[[], Interval], expected: Interval) -> None:
    assert work_out() == expected


# --- comparison ----------------------------------------------------------------------------------------------------


@given(a=intervals(), b=intervals())
def test_meet_holds_what_both_hold(a: Interval, b: Interval) -> None:
    common = a.intersection(b)
    ends = [a.low, a.high, b.low, b.high]
    probes = {
        *ends,
        *(x + sign * EPSILON for x in ends for sign in (1, -1)),
        *((x + y) / 2 for x in ends for y in ends),
    }
    assert all((probe in a and probe in b) == (common is not None and probe in common) for probe in probes)


# --- printing ------------------------------------------------------------------------------------------------------


def short(one: Interval) -> bool:
    """Whether the ends stand as they are: of at most two decimal places, or whole in a range that reaches 1,000."""
    places = 1 if max(abs(one.low), abs(one.high)) >= 1_000 and one.low < one.high else 100
    return all((end * places).denominator == 1 for end in (one.low, one.high))


def allowed(one: Interval) -> Fraction:
    """The widest printed range: 20% wider than the interval, or a fortieth of its value."""
    return max((one.high - one.low) * F(120, 100), max(abs(one.low), abs(one.high)) / 40)


def coarsest(one: Interval) -> tuple[Fraction, Fraction, int]:
    """The printed ends and decimal places by the rule, looking from the coarsest power of ten down."""
    for exponent in range(12, -12, -1):
        power = F(10) ** exponent
        low, high = one.low // power * power, -(-one.high // power) * power
        hides = (low <= 1 < one.low or one.high < 1 <= high) and max(abs(one.low), abs(one.high)) < 1_000
        if high - low <= allowed(one) and not hides:
            return low, high, max(0, -exponent)
    raise AssertionError(one)


@given(one=intervals())
def test_printed_range_contains_the_interval(one: Interval) -> None:
    low, high, _ = one.printed()
    assert low <= one.low
    assert one.high <= high


@given(one=intervals())
def test_printed_range_is_little_wider_than_the_interval(one: Interval) -> None:
    low, high, _ = one.printed()
    assert high - low <= allowed(one)


@given(one=intervals())
@example(one=Interval(F(0), F("87.999")))
def test_printed_range_has_no_more_digits_than_help(one: Interval) -> None:
    assume(not short(one))
    assert one.printed() == coarsest(one)


@given(low=st.decimals(-899, 899, places=2), width=st.decimals(0, 100, places=2))
def test_ends_of_two_places_stand_as_they_are(low: Decimal, width: Decimal) -> None:
    assert Interval(low, low + width).printed()[:2] == (F(low), F(low + width))


@given(low=st.decimals(-899, 899, places=2), width=st.decimals(0, 100, places=2))
def test_ends_of_two_places_take_no_more_places_than_they_have(low: Decimal, width: Decimal) -> None:
    one = Interval(low, low + width)
    fits = [places for places in range(3) if all((end * 10**places).denominator == 1 for end in (one.low, one.high))]
    assert one.printed()[2] == fits[0]


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (F(62_865, 2), F(65_145, 2), "31,400 to 32,600"),  # no half persons
        (F("1234.5"), F("1234.5"), "1,234.5"),  # a sum of money
        (F("1.147"), F("6.226"), "1.1 to 6.3"),  # more than as many, so never "1 to"
        (F("0.2"), F("0.97"), "0.20 to 0.97"),
    ],
)
def test_what_a_reader_would_misread_is_not_printed(low: Fraction, high: Fraction, text: str) -> None:
    assert str(Interval(low, high)) == text


@given(one=intervals())
def test_text_reads_back_as_the_printed_ends(one: Interval) -> None:
    low, high, _ = one.printed()
    parts = [F(part.replace(",", "")) for part in str(one).split(" to ")]
    assert (parts[0], parts[-1]) == (low, high)


def test_headline_people_brought_to_justice() -> None:
    assert str(half_open(26_500, 27_500) / half_open(6_500, 7_500)) == "3.5 to 4.3"
    assert str(half_open(27_000, 28_000) / half_open(7_000, 8_000)) == "3.3 to 4.0"


def test_headline_orders_per_hundred_offenders() -> None:
    assert str(100 * half_open(74_500, 75_500) / half_open(59_500, 60_500)) == "123 to 127"


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (half_open(6_500, 7_500), "6,500 to 7,500"),
        (Interval.exact(53_038), "53,038"),
        (Interval.exact(F("4.25")), "4.25"),
        (Interval.exact(F(1, 3)), "0.333 to 0.334"),
        (Interval(F("-20.5"), F("-19.5")), "-20.5 to -19.5"),
        (Interval(F(7, 3), INF), "2.33 or more"),
        (Interval(-INF, F(7, 3)), "2.34 or less"),
        (Interval(-INF, INF), "any number"),
        (Interval.exact(0), "0"),
    ],
)
def test_text(one: Interval, text: str) -> None:
    assert str(one) == text


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (half_open(6_500, 7_500), "[6,500, 7,500)"),
        (Interval(F("1.5"), INF, low_open=True), "(1.5, inf)"),
        (Interval.exact(2), "[2, 2]"),
    ],
)
def test_repr_shows_openness(one: Interval, text: str) -> None:
    assert repr(one) == text

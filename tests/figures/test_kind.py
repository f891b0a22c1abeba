"""Kinds of figures: what a printed number means as each, its limits, and what it stands for."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest

from helpers.figures.interval import Interval
from helpers.figures.kind import KINDS
from helpers.figures.numeral import Numeral
from helpers.figures.quantity import reported
from helpers.figures.rounding import ROUNDINGS

F = Fraction


def word(value: object) -> Numeral:
    return Numeral(F(value), 0, "share", F(0))


def percent(value: object, places: int = 0) -> Numeral:
    return Numeral(F(value), places, "percent", F(1, 10**places))


@pytest.mark.parametrize(
    ("kind", "numeral", "value", "exact"),
    [
        ("count", Numeral(F(7_000), 0, "number"), "7000", 7_000),
        ("count", percent(20), "20", None),
        ("share", percent(64), "0.64", F("0.64")),
        ("share", percent(64), "64", None),
        ("share", word(F(1, 3)), "0.333", F(1, 3)),
        ("share", word(F(1, 3)), "0.33", F(1, 3)),
        ("share", word(F(1, 3)), "0.3", None),
        ("share", word(F(2, 3)), "0.6667", F(2, 3)),
        ("share", word(F(2, 3)), "0.6666", F(2, 3)),
        ("share", word(F(2, 3)), "0.67", F(2, 3)),
        ("share", word(F(2, 3)), "0.65", None),
        ("share", word(F(1, 3)), "0.33333333333333333333", F(1, 3)),
        ("share", word(F(1, 2)), "0.49", None),
        ("change", percent(20), "-20", -20),
        ("change", word(F(1, 3)), "-33.3", F(-100, 3)),
        ("change", word(F(1, 2)), "-50", -50),
        ("change", word(2), "100", 100),
        ("change", Numeral(F(5), 0, "points"), "5", None),
        ("points", Numeral(F(5), 0, "points"), "-5", -5),
        ("points", percent(5), "5", None),
        ("multiple", word(F(1, 2)), "0.5", F(1, 2)),
        ("multiple", word(2), "2", 2),
    ],
)
def test_value_of_a_printed_number(kind: str, numeral: Numeral, value: str, exact: object) -> None:
    assert KINDS[kind].exact(Decimal(value), numeral) == exact


@pytest.mark.parametrize(
    ("kind", "decimals", "inside", "outside"),
    [
        ("count", 0, ["0", "7"], ["-1", "0.5"]),
        ("count", 1, ["12.5"], ["-1", "12.55"]),
        ("multiple", 0, ["0.1"], ["0", "-2"]),
        ("change", 0, ["-100", "250"], ["-101"]),
        ("share", 0, ["0", "1"], ["1.1", "-0.1"]),
        ("points", 0, ["-100", "100"], ["101", "-101"]),
    ],
)
def test_limits(kind: str, decimals: int, inside: list[str], outside: list[str]) -> None:
    assert all(KINDS[kind].accepts(F(value), decimals) for value in inside)
    assert not any(KINDS[kind].accepts(F(value), decimals) for value in outside)


def row(value: str, **more: Any) -> Any:
    given = {"value_to": None, "step": None, "step_coarse": None, "qualifier": ""} | more
    return SimpleNamespace(value=Decimal(value), **given)


@pytest.mark.parametrize(
    ("kind", "given", "numeral", "rounding", "expected"),
    [
        ("share", row("0.333", step=Decimal("0.1")), word(F(1, 3)), "nearest", (F(17, 60), F(23, 60), False, True)),
        ("share", row("0.2"), percent(20), "coarse", (F("0.15"), F("0.25"), False, True)),
        ("change", row("-20"), percent(20), "nearest", (F("-20.5"), F("-19.5"), True, False)),
        ("multiple", row("3"), Numeral(F(3), 0, "multiple"), "coarse", (F("2.5"), F("3.5"), False, True)),
        ("points", row("5"), Numeral(F(5), 0, "points"), "coarse", (F("4.5"), F("5.5"), False, True)),
        (
            "count",
            row("10", value_to=Decimal(15)),
            Numeral(F(10), 0, "number", value_to=F(15)),
            "nearest",
            (F(5), F(15), False, False),
        ),
        (
            "share",
            row("0.6", value_to=Decimal("0.7")),
            Numeral(F(60), 0, "percent", value_to=F(70)),
            "nearest",
            (F("0.595"), F("0.705"), False, True),
        ),
    ],
)
def test_interval(kind: str, given: Any, numeral: Numeral, rounding: str, expected: tuple[Any, ...]) -> None:
    assert KINDS[kind].interval(given, numeral, ROUNDINGS[rounding]) == Interval(*expected)


def test_decimals_of_a_unit_are_rounded_to_their_last_digit() -> None:
    """Fourteen weeks are 13.5 to 14.5, where fourteen people are fourteen."""
    fourteen = Numeral(F(14), 0, "number")
    weeks, people = (
        KINDS["count"].interval(row("14"), fourteen, ROUNDINGS["nearest"], whole=whole) for whole in (False, True)
    )
    assert (weeks, people) == (Interval(F("13.5"), F("14.5"), high_open=True), Interval.exact(14))


@pytest.mark.parametrize(
    ("kind", "ratio"),
    [("count", (2, 3)), ("multiple", (2, 3)), ("share", (2, 3)), ("change", ("1.02", "1.03")), ("points", None)],
)
def test_what_bounds_an_amount(kind: str, ratio: tuple[object, object] | None) -> None:
    expected = ratio and Interval(F(ratio[0]), F(ratio[1]))
    assert KINDS[kind].factor(Interval(2, 3)) == expected


def test_ratio_of_a_change() -> None:
    made = KINDS["change"].ratio(reported("fall", Interval(-21, -19), "%"))
    assert (str(made.formula), made.interval, made.unit) == (
        "(100 + {fall}) ÷ 100",
        Interval(F("0.79"), F("0.81")),
        "",
    )


def test_how_each_kind_is_shown() -> None:
    assert {name: (kind.suffix, kind.scale, kind.signed) for name, kind in KINDS.items()} == {
        "count": ("", 1, False),
        "multiple": (" times", 1, False),
        "change": ("%", 1, True),
        "share": ("%", 100, False),
        "points": (" percentage points", 1, True),
        "difference": ("", 1, True),
    }
    assert KINDS["share"].shown(Interval(F(1, 4), F(1, 2))) == Interval(25, 50)


@pytest.mark.parametrize(
    ("kind", "numeral", "values"),
    [
        ("multiple", Numeral(F(3), 0, "multiple"), (F(3), F(1, 3))),  # a fall threefold leaves a third
        ("multiple", Numeral(F(0), 0, "multiple"), (F(0),)),
        ("multiple", Numeral(F(3), 0, "number"), (F(3),)),
        ("change", word(F(1, 4)), (F(25), F(75))),  # by a quarter; to a quarter
        ("change", Numeral(F(4), 0, "multiple"), (F(300), F(75))),  # fourfold up; fourfold down
        ("change", Numeral(F(1), 0, "multiple"), (F(0), F(0))),
        ("change", Numeral(F("1.5"), 1, "multiple"), (F(50), F(100, 3))),
        ("change", percent(30), (F(30),)),
        ("share", Numeral(F("0.4"), 1, "number"), (F("0.4"),)),
        ("share", Numeral(F(1), 0, "number"), (F(1),)),
        ("share", Numeral(F(40), 0, "number"), (F("0.4"),)),
        ("share", percent(1), (F("0.01"),)),
    ],
)
def test_meanings_of_a_printed_number(kind: str, numeral: Numeral, values: tuple[Fraction, ...]) -> None:
    assert KINDS[kind].meanings(numeral) == values


@pytest.mark.parametrize(
    ("numeral", "value", "step"),
    [
        (percent(20), "0.2", "0.01"),
        (percent("0.5", 1), "0.005", "0.001"),
        (Numeral(F("0.4"), 1, "number", F("0.1")), "0.4", "0.1"),
        (Numeral(F("1.5"), 1, "number", F("0.1")), "0.015", "0.001"),
        (Numeral(F(1), 0, "number", F(1)), "1", "1"),
    ],
)
def test_step_of_a_share_is_in_its_own_unit(numeral: Numeral, value: str, step: str) -> None:
    assert KINDS["share"].step(numeral, F(value), ROUNDINGS["nearest"], whole=True) == F(step)


def test_count_without_a_printed_number_has_the_step_of_its_value() -> None:
    made = KINDS["count"].interval(row("7000"), None, ROUNDINGS["nearest"])
    assert made == Interval(6_500, 7_500, high_open=True)
    assert KINDS["count"].interval(row("7001"), None, ROUNDINGS["nearest"]) == Interval.exact(7_001)


def test_a_number_that_is_no_decimal_is_never_cut() -> None:
    assert KINDS["share"].exact(F(333, 1000), word(F(1, 3))) is None
    assert KINDS["share"].exact(Decimal("0.333"), word(F(1, 3))) == F(1, 3)


def test_dozens_are_fewer_than_hundreds() -> None:
    dozens = Numeral(F(12), 0, "number", F(0), limit="at least")
    row = SimpleNamespace(value=Decimal(12), value_to=None, step=None, step_coarse=None, qualifier="")
    found = KINDS["count"].interval(row, dozens, ROUNDINGS["nearest"])
    assert found == Interval(12, 120, high_open=True)
    stepped = SimpleNamespace(**{**vars(row), "step": Decimal(12)})
    assert KINDS["count"].interval(stepped, dozens, ROUNDINGS["nearest"]) == Interval(6, 18, high_open=True)


def test_a_difference_is_rounded_as_a_count_of_its_size() -> None:
    kind, nearest = KINDS["difference"], ROUNDINGS["nearest"]
    for value, step in ((-22, 0), (-1_200, 100), (3_000, 1_000)):
        numeral = Numeral(F(abs(value)), 0, "number", F(1))
        assert kind.step(numeral, F(value), nearest, whole=True) == step
        assert kind.accepts(F(value), 0)
    assert not kind.accepts(F("0.5"), 0)
    assert kind.accepts(F("0.5"), 1)
    assert kind.additive
    assert kind.factor(Interval(-3, -2)) == Interval(-3, -2)  # it bounds the difference of the two, as it stands

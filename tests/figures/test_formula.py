"""Formulas against the same trees worked out in plain fractions, and their printing by hand."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from helpers.figures.formula import FormulaError, Solved
from helpers.figures.interval import Interval, IntervalError
from helpers.figures.quantity import MISSING, Quantity, constant, derived, reported
from helpers.figures.unit import Unit, UnitError

F = Fraction
NAMES = "abcdef"
SPANS = {name: Interval(F(at + 2), F(at + 3), high_open=True) for at, name in enumerate(NAMES)}
INSIDE = st.fixed_dictionaries(
    {name: st.fractions(one.low, one.high, max_denominator=9).filter(one.__contains__) for name, one in SPANS.items()}
)
SIGNS = {"+": operator.add, "−": operator.sub, "×": operator.mul, "÷": operator.truediv}
Tree = tuple[str, "Tree | str | Fraction", "Tree | str | Fraction"]


def figure(name: str, *marks: str, unit: str = "") -> Quantity:
    made = reported(name, SPANS[name], unit, F(SPANS[name].low))
    return made.named("", "", *marks)


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """A formula in which every figure stands once, with some plain numbers."""
    numbers = st.fractions(-5, 5, max_denominator=4).map(lambda value: value or F(1))
    leaves = [*NAMES[: draw(st.integers(1, len(NAMES)))], *draw(st.lists(numbers, min_size=1, max_size=2))]
    leaves = draw(st.permutations(leaves))
    while len(leaves) > 1:
        at = draw(st.integers(0, len(leaves) - 2))
        leaves[at : at + 2] = [(draw(st.sampled_from(list(SIGNS))), leaves[at], leaves[at + 1])]
    return leaves[0]


def build(tree: Tree | str | Fraction, leaf: Callable[[str], Any]) -> Any:
    if isinstance(tree, Fraction):
        return tree
    if isinstance(tree, str):
        return leaf(tree)
    sign, left, right = tree
    return SIGNS[sign](build(left, leaf), build(right, leaf))


def leaves(tree: Tree | str | Fraction) -> list[str]:
    """The figures of a tree, from left to right."""
    if isinstance(tree, str):
        return [tree]
    return [] if isinstance(tree, Fraction) else [*leaves(tree[1]), *leaves(tree[2])]


@given(tree=trees(), values=INSIDE)
def test_interval_holds_every_value_of_the_formula(tree: Tree, values: dict[str, Fraction]) -> None:
    try:
        made, expected = build(tree, figure), build(tree, values.__getitem__)
        printed = build(tree, lambda name: F(SPANS[name].low))
    except (IntervalError, ZeroDivisionError):
        assume(False)
    assume(isinstance(made, Quantity))
    assert expected in made.interval
    assert made.value == printed


@given(tree=trees())
def test_tree_keeps_what_was_written(tree: Tree) -> None:
    """The signs, figures and numbers of the printed formula are those of the tree, in its order."""
    try:
        made = build(tree, figure)
    except (IntervalError, ZeroDivisionError):
        assume(False)
    assume(isinstance(made, Quantity))
    assert made.inputs == tuple(leaves(tree)) == tuple(re.findall(r"\{(\w)\}", str(made.formula)))

    def read(node: dict[str, Any]) -> Any:
        """The JSON of a formula worked out: a plain number where it has no figure."""
        if "operation" in node:
            return SIGNS[node["operation"]](read(node["left"]), read(node["right"]))
        return figure(node["figure"]) if "figure" in node else F(str(node["number"])).limit_denominator(10**6)

    assert read(made.formula.as_json()).interval == made.interval


A, B, C = (figure(name, *marks) for name, marks in (("a", ("[b]",)), ("b", ("[e]",)), ("c", ())))
NOTHING = reported("c", None, None)


@pytest.mark.parametrize("sign", SIGNS)
def test_missing_makes_missing(sign: str) -> None:
    sides = ((A, NOTHING), (NOTHING, A), (NOTHING, 2), (2, NOTHING))
    assert [SIGNS[sign](*pair).interval for pair in sides] == [None] * 4


@pytest.mark.parametrize(
    ("made", "formula"),
    [
        (A - B - C, "{a} − {b} − {c}"),
        (A - (B - C), "{a} − ({b} − {c})"),
        (A - (B + C), "{a} − ({b} + {c})"),
        (A + (B - C), "{a} + {b} − {c}"),
        (A / B / C, "{a} ÷ {b} ÷ {c}"),
        (A / (B / C), "{a} ÷ ({b} ÷ {c})"),
        (A / (B * C), "{a} ÷ ({b} × {c})"),
        (A * (B / C), "{a} × {b} ÷ {c}"),
        (100 * ((A + B) / C), "100 × ({a} + {b}) ÷ {c}"),
        (1 + A * B, "1 + {a} × {b}"),
        ((A - 1) * 100, "({a} − 1) × 100"),
        (A / constant(Interval(50, 100), "day"), "{a} ÷ (50 to 100)"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_brackets_stand_only_where_they_are_needed(made: Quantity, formula: str) -> None:
    assert str(made.formula) == formula


def test_missing_keeps_its_formula_and_inputs_and_prints_its_mark() -> None:
    made = A / NOTHING
    assert (str(made.formula), made.inputs, str(made)) == ("{a} ÷ {c}", ("a", "c"), f"{MISSING} [b]"[:3])


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("other", [A, A + B, 100 * (B - A)], ids=["itself", "in a sum", "in a product"])
def test_same_figure_on_both_sides_is_refused_by_name(sign: str, other: Quantity) -> None:
    with pytest.raises(FormulaError, match=rf"^a stands on both sides of {re.escape(sign)}"):
        SIGNS[sign](A, other)


def test_division_by_what_may_be_zero_names_the_formula() -> None:
    with pytest.raises(FormulaError, match=r"^\{a\} ÷ \(\{b\} − 3\): Cannot divide by"):
        A / (B - 3)


def test_name_unit_and_marks_are_given_and_kept() -> None:
    named = A.named("rise", "times", "[e]")
    assert (named.name, named.unit, named.marks) == ("rise", "times", ("[b]", "[e]"))
    assert str(named) == "2 to 3 times [b] [e]"
    assert named.named("more").unit == "times"
    assert ((A + B) * figure("c", "[b]")).marks == ("[b]", "[e]")


@pytest.mark.parametrize(
    ("number", "formula"),
    [
        (100, "100"),
        (10_000, "10,000"),
        (F(1, 2), "0.5"),
        (F(5, 4), "1.25"),
        (F(1, 3), "(1 ÷ 3)"),
        (-3, "(−3)"),
        (F(-1, 8), "(−0.125)"),
    ],
    ids=str,
)
def test_constant_is_written_so_that_it_can_stand_anywhere(number: Fraction, formula: str) -> None:
    assert str(constant(number).formula) == formula


def test_what_a_method_gives_names_it_and_its_figures() -> None:
    made = derived(Interval(1, 2), "linear programme", ("a", "b"), "persons")
    assert (str(made.formula), made.inputs, made.unit) == ("linear programme over {a}, {b}", ("a", "b"), "persons")
    assert made.formula.as_json() == {"method": "linear programme", "figures": ["a", "b"], "unit": "persons"}


# --- units ---------------------------------------------------------------------------------------------------------

PERSONS, ORDERS = figure("a", unit="persons"), figure("b", unit="orders")


@pytest.mark.parametrize(
    ("made", "unit"),
    [
        (PERSONS + figure("b", unit="persons"), "persons"),
        (PERSONS - 1, "persons"),
        (ORDERS / PERSONS, "orders per persons"),
        (ORDERS / PERSONS * 100, "orders per persons"),
        (PERSONS / constant(123, "day"), "persons per day"),
        (PERSONS / constant(123, "day") / (figure("c", unit="persons") / constant(31, "day")), ""),
        (PERSONS / figure("c", unit="persons"), ""),
        (PERSONS * figure("b"), "persons"),
        ((constant(100, "%") + figure("c", unit="%")) / constant(100, "%"), ""),
        (PERSONS + reported("d", None, None), ""),
    ],
)
def test_unit_of_what_is_worked_out(made: Quantity, unit: str) -> None:
    assert made.unit == unit


@pytest.mark.parametrize("sign", ["+", "−"])
def test_unlike_units_are_refused_by_name(sign: str) -> None:
    word = {"+": "sum", "−": "difference"}[sign]
    with pytest.raises(UnitError, match=rf"\{{a\}} {re.escape(sign)} \{{b\}}: persons and orders cannot .* one {word}"):
        SIGNS[sign](PERSONS, ORDERS)


def test_a_ratio_is_not_added_to_a_count() -> None:
    with pytest.raises(UnitError, match="a plain number"):
        PERSONS + ORDERS / figure("c", unit="orders")


UNITS = st.dictionaries(st.sampled_from("xyz"), st.integers(-2, 2).filter(bool)).map(lambda d: Unit(tuple(d.items())))


@given(a=UNITS, b=UNITS, sign=st.sampled_from("+−"))
def test_units_never_mix(a: Unit, b: Unit, sign: str) -> None:
    one = derived(Interval(F(1), F(2)), "method", ("a",), unit=str(a))
    other = derived(Interval(F(1), F(2)), "method", ("b",), unit=str(b))
    if str(a) == str(b):
        assert SIGNS[sign](one, other).unit == str(a)
    else:
        with pytest.raises(UnitError):
            SIGNS[sign](one, other)


@given(a=UNITS, b=UNITS)
def test_units_multiply_and_divide(a: Unit, b: Unit) -> None:
    assert a * b / b == a
    assert a * b == b * a
    assert hash(a * b) == hash(b * a)
    assert a / a == Unit()


@pytest.mark.parametrize(
    ("powers", "text"),
    [((), ""), ((("day", -1),), "per day"), ((("persons", 1), ("day", -1)), "persons per day"), ((("m", 2),), "m × m")],
)
def test_unit_in_words(powers: tuple[tuple[str, int], ...], text: str) -> None:
    assert str(Unit(powers)) == text


def test_tree_for_machines_whole() -> None:
    rate = reported("a", Interval(1, 2), "persons") / constant(Interval(28, 31), "day")
    assert (rate * constant(2)).formula.as_json() == {
        "operation": "×",
        "left": {
            "operation": "÷",
            "left": {"figure": "a", "unit": "persons"},
            "right": {"low": 28, "high": 31, "unit": "day"},
            "unit": "persons per day",
        },
        "right": {"number": 2, "unit": ""},
        "unit": "persons per day",
    }
    missing = reported("a", None, None) / constant(2)
    assert missing.formula.as_json()["unit"] == missing.formula.as_json()["left"]["unit"] == ""
    implied = derived(Interval(1, 2), "linear programme", ("a",))
    assert (implied.interval, implied.formula.as_json()["unit"]) == (Interval(1, 2), "")
    assert Solved("by hand", (), None, None).as_json() == {"method": "by hand", "figures": [], "unit": ""}

"""Comparisons against values derived by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from edited import with_rows

from helpers.figures.interval import Interval, IntervalError
from helpers.package import ledger as ledgers
from helpers.reason.compare import (
    BREAK,
    Comparison,
    compare,
    comparisons,
    days,
    per_day,
    quantity,
    side,
)
from helpers.reason.whatif import reread_ledger

F = Fraction
DATA = Path(__file__).resolve().parents[2] / "data"
BREAK_DATE = date(2023, 7, 1)


# --- small ledgers -------------------------------------------------------------------------------------------------

FIGURE = dict.fromkeys(("printed", "qualifier", "versus", "base_measure", "base_basis", "note"), "")
FIGURE |= dict.fromkeys(("step", "step_coarse", "period_start", "period_end", "base_start", "base_end"))
FIGURE |= {
    "source": "paper",
    "measure": "fines",
    "kind": "count",
    "wording": "",
    "said_by": "",
    "period_basis": "unstated",
}
BEFORE = {"period_start": date(2022, 7, 1), "period_end": date(2022, 12, 31), "period_basis": "stated"}
AFTER = {"period_start": date(2023, 7, 1), "period_end": date(2023, 12, 31), "period_basis": "stated"}
ACROSS = {"period_start": date(2023, 1, 1), "period_end": date(2023, 12, 31), "period_basis": "inferred"}
UNDATED: dict[str, object] = {}


def invented(*figures: dict[str, object], break_date: str = "2023-07-01") -> ledgers.Ledger:
    """A ledger with the given figures; `fines` and `warnings` count penalties, `people` counts persons."""
    counts = {"fines": "penalties", "warnings": "penalties", "people": "persons"}
    known = frozenset({"elsewhere"})
    bare = ledgers.Ledger(Path("invented"), {}, date(2025, 1, 1), "all", "nearest", {}, known)
    return with_rows(
        bare,
        sources=[{"id": "paper", "language": "en"}],
        measures=[{"id": name, "counts": unit} for name, unit in counts.items()],
        events=[{"id": "change", "kind": "break", "date": break_date}] if break_date else [],
        figures=[FIGURE | figure for figure in figures],
        **dict.fromkeys(("readings", "disputes", "omitted", "corrections"), ()),
    )


def figure(id: str, low: object, high: object, **fields: object) -> dict[str, object]:
    return {"id": id, "interval": Interval(F(low), F(high), high_open=True)} | fields


def pair(before: dict[str, object], after: dict[str, object], **options: str) -> Comparison:
    """A count of 6,500 to 7,500 and a later one of 26,500 to 27,500, compared."""
    earlier = figure("earlier", 6_500, 7_500, **before)
    later = figure("later", 26_500, 27_500, versus="earlier", **after)
    return compare(invented(earlier, later, **options), "later")


# --- comparisons ---------------------------------------------------------------------------------------------------


def test_pair_of_counts_ratio() -> None:
    assert pair(BEFORE, AFTER).ratio.interval == Interval(F(26_500, 7_500), F(27_500, 6_500), True, True)


def test_pair_of_counts_difference() -> None:
    assert pair(BEFORE, AFTER).difference.interval == Interval(F(19_000), F(21_000), True, True)


def test_pair_of_counts_percent() -> None:
    expected = Interval((F(26_500, 7_500) - 1) * 100, (F(27_500, 6_500) - 1) * 100, True, True)
    assert pair(BEFORE, AFTER).percent.interval == expected


def test_pair_of_counts_formulas() -> None:
    one = pair(BEFORE, AFTER)
    assert [str(made.formula) for made in (one.ratio, one.difference, one.percent)] == [
        "{later} ÷ {earlier}",
        "{later} − {earlier}",
        "({later} ÷ {earlier} − 1) × 100",
    ]


def test_pair_of_counts_units() -> None:
    one = pair(BEFORE, AFTER)
    assert (one.same_unit, one.difference.unit, one.ratio.unit, one.percent.unit) == (True, "penalties", "times", "%")


@pytest.mark.parametrize(("field", "missing"), [("difference", True), ("percent", True), ("ratio", False)])
def test_unlike_units_make_a_ratio_and_no_change(field: str, missing: bool) -> None:
    one = pair(BEFORE | {"measure": "people"}, AFTER)
    assert (getattr(one, field) is None) == missing


def test_unlike_units_are_named() -> None:
    one = pair(BEFORE | {"measure": "people"}, AFTER)
    assert (one.same_unit, one.ratio.unit) == (False, "penalties per persons")
    assert "penalties per persons" in str(one)


def test_another_measure_of_the_same_unit_is_a_change() -> None:
    assert pair(BEFORE | {"measure": "warnings"}, AFTER).same_unit


@pytest.mark.parametrize(
    ("value", "ratio", "percent"),
    [
        (("-20.5", "-19.5"), ("0.795", "0.805"), ("-20.5", "-19.5")),
        (("19.5", "20.5"), ("1.195", "1.205"), ("19.5", "20.5")),
        (("-4.25", "-4.15"), ("0.9575", "0.9585"), ("-4.25", "-4.15")),
    ],
    ids=["fall", "rise", "one decimal"],
)
def test_change_without_counts(value: tuple[str, str], ratio: tuple[str, str], percent: tuple[str, str]) -> None:
    one = compare(invented(figure("change", *value, kind="change")), "change")
    ends = [(quantity_.interval.low, quantity_.interval.high) for quantity_ in (one.ratio, one.percent)]
    assert ends == [tuple(map(F, ratio)), tuple(map(F, percent))]


def test_multiple_without_counts() -> None:
    one = compare(invented(figure("doubled", "1.75", "2.25", kind="multiple")), "doubled")
    assert (one.ratio.interval, one.percent.interval) == (
        Interval(F("1.75"), F("2.25"), high_open=True),
        Interval(F(75), F(125), high_open=True),
    )


@pytest.mark.parametrize("kind", ["change", "multiple", "share"])
def test_no_difference_without_counts(kind: str) -> None:
    assert compare(invented(figure("one", "0.45", "0.55", kind=kind)), "one").difference is None


def test_share_is_a_ratio_to_its_whole() -> None:
    one = compare(invented(figure("half", "0.45", "0.55", kind="share")), "half")
    assert one.ratio.interval == Interval(F("0.45"), F("0.55"), high_open=True)


def test_share_is_no_change() -> None:
    assert compare(invented(figure("half", "0.45", "0.55", kind="share")), "half").percent is None


def test_share_crosses_nothing() -> None:
    assert compare(invented(figure("half", "0.45", "0.55", kind="share", **ACROSS)), "half").marks == ()


def test_base_measure_of_another_unit() -> None:
    one = compare(invented(figure("doubled", 1, 3, kind="multiple", base_measure="people")), "doubled")
    assert one.units == ("penalties", "persons")


def test_count_without_an_earlier_one_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"`later`: a figure of the kind count without `versus`"):
        compare(invented(figure("later", 1, 2)), "later")


def test_base_that_may_be_zero_is_refused_with_the_formula() -> None:
    earlier, later = figure("earlier", 0, 1), figure("later", 5, 6, versus="earlier")
    with pytest.raises(IntervalError, match=r"\{later\} ÷ \{earlier\}"):
        compare(invented(earlier, later), "later")


# --- what it is compared with --------------------------------------------------------------------------------------


def test_base_of_a_pair_is_the_earlier_period() -> None:
    one = pair(BEFORE, AFTER)
    assert (one.versus, one.base, one.base_basis) == ("earlier", (date(2022, 7, 1), date(2022, 12, 31)), "stated")


def test_base_of_a_share_with_its_whole_is_the_period_of_the_whole() -> None:
    whole, part = figure("whole", 9, 10, **ACROSS), figure("part", "0.5", "0.6", kind="share", versus="whole")
    one = compare(invented(whole, part), "part")
    assert (one.base, one.base_basis) == ((date(2023, 1, 1), date(2023, 12, 31)), "inferred")


def test_base_of_a_change_is_its_own() -> None:
    base = {"base_start": date(2022, 1, 1), "base_end": date(2022, 6, 30), "base_basis": "inferred"}
    one = compare(invented(figure("change", 1, 2, kind="change", **base)), "change")
    assert (one.versus, one.base, one.base_basis) == ("", (date(2022, 1, 1), date(2022, 6, 30)), "inferred")


def test_base_that_is_not_given_is_unstated() -> None:
    one = compare(invented(figure("change", 1, 2, kind="change")), "change")
    assert (one.base, one.base_basis) == (None, "unstated")


@pytest.mark.parametrize(
    ("base", "text"),
    [
        ({}, "change against a base without a count (unstated): 1.01 to 1.02 times [b]"),
        (
            {"base_start": date(2022, 1, 1), "base_end": date(2022, 6, 30), "base_basis": "stated"},
            "change against a base without a count (2022-01-01 to 2022-06-30, stated): 1.01 to 1.02 times [b]",
        ),
    ],
    ids=["unstated", "stated"],
)
def test_comparison_says_its_base(base: dict[str, object], text: str) -> None:
    assert str(compare(invented(figure("change", 1, 2, kind="change", **base)), "change")) == text


PERIODS = {"before": BEFORE, "after": AFTER, "across": ACROSS, "undated": UNDATED}
WITHIN_ONE_SIDE = {("before", "before"), ("after", "after")}


def test_break_mark() -> None:
    for first, second in product(PERIODS, PERIODS):
        one = pair(PERIODS[first], PERIODS[second])
        expected = () if (first, second) in WITHIN_ONE_SIDE else (BREAK,)
        assert (one.marks, one.ratio.marks, one.difference.marks, one.percent.marks) == (expected,) * 4, (first, second)


def test_no_break_mark_in_a_package_without_a_break() -> None:
    for first, second in product(PERIODS, PERIODS):
        assert pair(PERIODS[first], PERIODS[second], break_date="").marks == (), (first, second)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2023, 1, 1), date(2023, 6, 30), "before"),
        (date(2023, 7, 1), date(2023, 7, 1), "after"),
        (date(2023, 6, 30), date(2023, 7, 1), "across"),
        (None, date(2023, 6, 30), "unknown"),
        (date(2023, 7, 1), None, "unknown"),
    ],
)
def test_side_of_the_break(start: date | None, end: date | None, expected: str) -> None:
    assert side(start, end, BREAK_DATE) == expected


def test_no_side_without_a_break() -> None:
    assert side(date(2023, 1, 1), date(2023, 6, 30), None) == "unknown"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2023, 7, 1), date(2023, 10, 31), 123),
        (date(2023, 1, 1), date(2023, 6, 30), 181),
        (date(2023, 7, 1), date(2023, 7, 1), 1),
        (date(2024, 2, 1), date(2024, 2, 29), 29),
    ],
)
def test_days_count_both_ends(start: date, end: date, expected: int) -> None:
    assert days(start, end) == expected


def test_comparisons_are_all_but_lone_counts_in_order() -> None:
    ledger = invented(
        figure("lone", 1, 2),
        figure("share", "0.1", "0.2", kind="share"),
        figure("pair", 3, 4, versus="lone"),
        figure("change", 1, 2, kind="change"),
        figure("multiple", 1, 2, kind="multiple"),
    )
    assert [one.figure for one in comparisons(ledger)] == ["share", "pair", "change", "multiple"]


# --- the project's own figures -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rounding", "text"), [("nearest", "3.5 to 4.3"), ("coarse", "3.5 to 4.3"), ("at_least", "3.3 to 4.0")]
)
def test_people_brought_to_justice(rounding: str, text: str) -> None:
    assert str(compare(ledgers.load(DATA, rounding), "brought-after").ratio.interval) == text


def test_orders_per_hundred_offenders() -> None:
    ledger = ledgers.load(DATA)
    assert str((100 * quantity(ledger, "orders") / quantity(ledger, "offenders")).interval) == "123 to 127"


def test_reported_pair_crosses_the_break_and_has_no_stated_base() -> None:
    one = compare(ledgers.load(DATA), "brought-after")
    assert (one.marks, one.base, one.base_basis) == ((BREAK,), None, "unstated")


# --- figures as quantities ----------------------------------------------------------------------------------------


def test_figure_as_reported() -> None:
    ledger = invented(figure("fined", 5, 6))
    made = quantity(ledger, "fined")
    assert (made.interval, str(made.formula)) == (Interval(F(5), F(6), high_open=True), "{fined}")
    assert (made.inputs, made.unit) == (("fined",), "penalties")


def test_figure_of_another_edition_is_missing() -> None:
    made = quantity(invented(figure("fined", 5, 6)), "elsewhere")
    assert (made.interval, made.inputs, str(made.formula)) == (None, ("elsewhere",), "{elsewhere}")


def test_figure_of_no_edition_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="No figure `nowhere` in invented"):
        quantity(invented(figure("fined", 5, 6)), "nowhere")


# --- a number a day ------------------------------------------------------------------------------------------------


def read_to(*ends: date | None) -> list[dict[str, object]]:
    return [{"figure": "fined", "period_end": end} for end in ends]


def test_number_a_day() -> None:
    ledger = invented(figure("fined", 5_000, 6_000, **AFTER))
    assert per_day(with_rows(ledger, readings=read_to()), "fined").interval == Interval(
        F(5_000, 184), F(6_000, 184), high_open=True
    )


def test_number_a_day_is_per_day() -> None:
    assert per_day(invented(figure("fined", 5_000, 6_000, **AFTER)), "fined").unit == "penalties per day"


def test_number_a_day_of_several_counts() -> None:
    ledger = invented(figure("fined", 5_000, 6_000, **AFTER), figure("warned", 1_000, 2_000, **AFTER))
    made = per_day(with_rows(ledger, readings=read_to()), "fined", "warned")
    assert (made.interval, str(made.formula)) == (
        Interval(F(6_000, 184), F(8_000, 184), high_open=True),
        "({fined} + {warned}) ÷ 184",
    )


def test_number_a_day_to_every_end_that_a_reading_gives() -> None:
    ledger = invented(figure("fined", 1_000, 2_000, period_start=date(2023, 1, 1)))
    made = per_day(with_rows(ledger, readings=read_to(date(2023, 4, 10), None, date(2023, 2, 19))), "fined")
    assert (made.interval, str(made.formula)) == (Interval(F(10), F(40), high_open=True), "{fined} ÷ (50 to 100)")


def test_number_a_day_is_missing_where_a_figure_is() -> None:
    assert per_day(invented(figure("fined", 1, 2, **AFTER)), "fined", "elsewhere").interval is None


@pytest.mark.parametrize(
    ("period", "ends"),
    [({}, ()), ({"period_start": date(2023, 1, 1)}, (None,)), ({"period_end": date(2023, 1, 1)}, ())],
    ids=["none", "no end", "no start"],
)
def test_number_a_day_without_a_period_is_refused_by_name(period: dict[str, date], ends: tuple[None, ...]) -> None:
    ledger = with_rows(invented(figure("fined", 1, 2, **period)), readings=read_to(*ends))
    with pytest.raises(ValueError, match="`fined`: a number a day needs a period"):
        per_day(ledger, "fined")


# --- any two figures, and what does not compare -----------------------------------------------------------------------


def test_shares_compare_with_shares_in_points_and_times() -> None:
    shares = (
        figure("before", "0.25", "0.35", kind="share", **BEFORE),
        figure("after", "0.6", "0.7", kind="share", **AFTER),
    )
    one = compare(invented(*shares), "after", "before")
    assert one.difference.interval == Interval(25, 45, True, True)
    assert one.difference.unit == "percentage points"
    assert one.ratio.interval == Interval(F(60, 35), F(70, 25), True, True)
    assert one.marks == (BREAK,)


def test_a_count_compares_with_no_share() -> None:
    with pytest.raises(ValueError, match="`count` is a count and `half` a share"):
        compare(invented(figure("half", "0.4", "0.5", kind="share"), figure("count", 1, 2)), "count", "half")


def test_any_two_counts_compare_whatever_the_row_says() -> None:
    three = [figure(name, low, low + 1, **BEFORE) for name, low in (("a", 1), ("b", 5))]
    one = compare(invented(*three, figure("c", 10, 11, versus="a", **AFTER)), "c", "b")
    assert (one.versus, one.ratio.interval) == ("b", Interval(F(10, 6), F(11, 5), True, True))


def test_what_stands_at_a_day_is_no_more_of_what_adds_up() -> None:
    ledger = invented(figure("flow", 5, 6), figure("stock", 5, 6, measure="people", **AFTER))
    people = ledger.rows["measures"]["people"].model_copy(update={"nature": "stock", "counts": "penalties"})
    ledger = ledger.with_rows(measures=ledger.rows["measures"] | {"people": people})
    ledger.__dict__["intervals"] = {"flow": Interval(5, 6), "stock": Interval(5, 6)}
    one = compare(ledger, "stock", "flow")
    assert one.units == ("penalties at a day", "penalties")
    assert (one.difference, one.percent, one.same_unit) == (None, None, False)
    with pytest.raises(ValueError, match="`stock`: it does not add up over days"):
        per_day(ledger, "stock")


def test_counts_of_different_periods_do_not_add_up() -> None:
    with pytest.raises(ValueError, match="`later`: it covers another period than `earlier`"):
        per_day(invented(figure("earlier", 1, 2, **BEFORE), figure("later", 1, 2, **AFTER)), "earlier", "later")


@pytest.mark.parametrize(
    ("reading", "earlier_days"),
    [
        pytest.param("R1", 123, id="July to October 2022"),
        pytest.param("R2", 122, id="March to June 2023"),
        pytest.param("R3", 181, id="January to June 2023"),
    ],
)
def test_the_rise_a_day_against_each_reading_of_the_earlier_months(reading: str, earlier_days: int) -> None:
    # 26,500 to 27,500 in the 123 days of July to October, against 6,500 to 7,500 in the days of the reading.
    read = reread_ledger(ledgers.load(DATA, evidence="core"), {"baseline": reading})
    rise = per_day(read, "brought-after") / per_day(read, "brought-before")
    factor = F(earlier_days, 123)
    assert rise.interval == Interval(F(26500, 7500) * factor, F(27500, 6500) * factor, True, True)
    assert rise.unit == ""


def test_two_stocks_of_one_unit_are_alike_and_a_stock_is_no_flow() -> None:
    day_of = {"period_start": date(2023, 7, 1), "period_end": date(2023, 7, 1), "period_basis": "stated"}
    earlier = figure("earlier", 10, 11, **day_of)
    later = figure("later", 20, 21, versus="earlier", **day_of | {"measure": "warnings"})
    ledger = invented(earlier, later)
    natures = {"stock": ("fines", "warnings"), "mixed": ("fines",)}
    found = {}
    for name, stocks in natures.items():
        measures = [
            {"id": id, "counts": "penalties", "nature": "stock" if id in stocks else "flow"}
            for id in ("fines", "warnings")
        ]
        other = with_rows(ledger, measures=measures)
        vars(other)["intervals"] = ledger.intervals
        found[name] = compare(other, "later")
    assert found["stock"].units == ("penalties", "penalties")
    assert found["mixed"].units == ("penalties", "penalties at a day")
    assert (found["stock"].same_unit, found["mixed"].same_unit) == (True, False)

"""What if: ledgers with a figure of one's own, another period, or the periods of a reading."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from packages import LIBRARIES

from helpers.figures.interval import Interval
from helpers.package.ledger import Ledger, load
from helpers.reason.scenario import ScenarioError, component, components, whole
from helpers.reason.verdict import verdicts
from helpers.reason.whatif import OWN, ImagineError, imagine, own, reread_ledger, survivors

DATA = load(Path(__file__).resolve().parents[2] / "data")
SOME = load(LIBRARIES)
HALF = {"period_start": date(2023, 1, 1), "period_end": date(2023, 6, 30)}
SUMMER, EARLIER = (date(2023, 7, 1), date(2023, 10, 31)), (date(2022, 7, 1), date(2022, 10, 31))


# --- a figure of one's own ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rounding", "low", "high"), [("nearest", 9_500, 10_500), ("coarse", 5_000, 15_000), ("at_least", 10_000, 11_000)]
)
def test_an_own_figure_is_read_like_any_other(rounding: str, low: int, high: int) -> None:
    ledger = imagine(DATA.with_rounding(rounding), [own("own-1", "arrests", "10,000", *SUMMER)])
    assert ledger.intervals["own-1"] == Interval(low, high, high_open=True)
    assert ledger.rows["figures"]["own-1"].source == OWN
    assert OWN in ledger.rows["sources"]


@pytest.mark.parametrize(
    ("typed", "step", "qualifier", "interval"),
    [
        ("10,000", "100", "", Interval(9_950, 10_050, high_open=True)),
        ("10,000", "", "over", Interval(10_000, 11_000, high_open=True)),
        ("20 thousand", "", "about", Interval(19_000, 21_000)),
        (" 4312 ", "", "", Interval.exact(4_312)),
    ],
)
def test_step_and_qualifier_count(typed: str, step: str, qualifier: str, interval: Interval) -> None:
    ledger = imagine(DATA, [own("own-1", "arrests", typed, *SUMMER, step, qualifier)])
    assert ledger.intervals["own-1"] == interval


@pytest.mark.parametrize("typed", ["", "many", "20%", "2.5", "3 times", "-5,000 or so"])
def test_what_is_no_count_is_refused_by_what_was_typed(typed: str) -> None:
    with pytest.raises(ImagineError, match="value") as caught:
        own("own-1", "arrests", typed)
    assert f"“{typed.strip()}”" in str(caught.value)


def test_a_step_that_is_no_number_is_refused_by_its_name() -> None:
    with pytest.raises(ImagineError, match="for “rounded to”"):
        own("own-1", "arrests", "10,000", step="a bit")


@pytest.mark.parametrize(
    "days", [(date(2023, 1, 1), None), (None, date(2023, 1, 1)), (date(2023, 2, 1), date(2023, 1, 1))]
)
def test_half_a_period_or_one_that_runs_backwards_is_refused(days: tuple[date | None, date | None]) -> None:
    with pytest.raises(ImagineError, match=r"^(A period needs both|The period ends on 2023-01-01, before)"):
        own("own-1", "arrests", "10,000", *days)


def test_the_package_stays_as_it_is() -> None:
    before = load(DATA.package).rows
    imagine(DATA, [own("own-1", "arrests", "10,000")], {"brought-before": HALF})
    assert DATA.rows == before


# --- another period -------------------------------------------------------------------------------------------------


def asked(ledger: Ledger) -> set[str]:
    return {row.question for row in ledger.rows["readings"]}


def test_a_new_period_answers_the_question_that_asked_for_it() -> None:
    ledger = imagine(DATA, moved={"brought-before": HALF})
    row = ledger.rows["figures"]["brought-before"]
    assert (row.period_start, row.period_end, row.period_basis) == (*HALF.values(), "assumed")
    assert asked(DATA) - asked(ledger) == {"baseline"}


def test_other_figures_of_the_question_are_still_asked_about() -> None:
    ledger = imagine(DATA, moved={"orders": HALF})
    window = [row for row in ledger.rows["readings"] if row.question == "window"]
    assert {row.figure for row in window} == {"offenders", "requirements", "violations"}
    assert {row.reading for row in window} == {"W1", "W2", "W3"}


def test_a_new_base_leaves_the_readings_alone() -> None:
    ledger = imagine(DATA, moved={"arrests-change": {"base_start": EARLIER[0], "base_end": EARLIER[1]}})
    assert ledger.rows["figures"]["arrests-change"].base_basis == "assumed"
    assert ledger.rows["readings"] == DATA.rows["readings"]


def test_a_figure_of_another_edition_is_passed_over() -> None:
    core = load(DATA.package, evidence="core")
    assert "orders-2022" not in core.figures.index
    assert list(imagine(core, moved={"orders-2022": HALF}).figures.index) == list(core.figures.index)


@pytest.mark.parametrize("ledger", [DATA, SOME], ids=["data", "libraries"])
def test_a_reread_ledger_holds_what_a_programme_is_given(ledger: Ledger) -> None:
    for question, reading in {(row.question, row.reading) for row in ledger.rows["readings"]}:
        rows = whole(ledger).reread({question: reading})
        read = reread_ledger(ledger, {question: reading}).rows["figures"]
        for figure, row in rows.items():
            for name in ("measure", "period_start", "period_end"):
                assert getattr(read[figure], name) == getattr(row, name)


def test_a_reading_there_is_not_is_refused() -> None:
    with pytest.raises(ScenarioError, match="R9"):
        reread_ledger(DATA, {"baseline": "R9"})


# --- what survives --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ledger", [DATA, SOME], ids=["data", "libraries"])
def test_survivors_are_those_of_the_verdicts(ledger: Ledger) -> None:
    expected = [(verdict.scenario, verdict.clashes) for verdict in verdicts(ledger)]
    found = [each for part in components(ledger) for each in survivors(part)]
    assert found == expected


def test_seven_thousand_in_january_to_june_by_hand() -> None:
    # If all three count one thing, January to October holds at most 7,500 + 27,500, short of 59,500. To mid-November
    # the rest can fall into the last fifteen days; to September there is less still; a narrower measure adds up with
    # nothing.
    found = survivors(component(imagine(DATA, moved={"brought-before": HALF}), "offenders"))
    lost = [scenario for scenario, clashes in found if clashes]
    assert lost == [{"window": "W1", "scope": "S1"}, {"window": "W3", "scope": "S1"}]
    assert len(found) == 1 + 3 * 2


@pytest.mark.parametrize(("before", "after", "holds"), [("10,000", "20,000", True), ("10,000", "30,000", False)])
def test_arrests_that_doubled_or_did_not(before: str, after: str, holds: bool) -> None:
    owned = [own("own-0", "arrests", before, *EARLIER), own("own-1", "arrests", after, *SUMMER, versus="own-0")]
    moved = {"arrests-change": {"base_start": EARLIER[0], "base_end": EARLIER[1]}}
    ((_, clashes),) = survivors(component(imagine(DATA, owned, moved), "arrests"))
    assert (clashes == ()) == holds
    assert set(clashes) == (set() if holds else {"arrests-change", "own-0", "own-1"})


def test_an_own_figure_has_exact_numbers() -> None:
    row = imagine(SOME, [own("own-1", "loans", "1,000", step="100")]).rows["figures"]["own-1"]
    assert isinstance(row.value, Decimal)
    assert row.step == 100


def test_an_own_figure_is_a_whole_row() -> None:
    dated = own("own-1", "arrests", " 10,000 ", *SUMMER, "1,000", "about", "own-0")
    assert {name: cell for name, cell in dated if cell not in ("", None)} == {
        "id": "own-1",
        "source": OWN,
        "measure": "arrests",
        "kind": "count",
        "printed": "10,000",
        "value": 10_000,
        "step": 1_000,
        "qualifier": "about",
        "period_start": SUMMER[0],
        "period_end": SUMMER[1],
        "period_basis": "assumed",
        "versus": "own-0",
        "wording": "10,000",
        "said_by": "you",
    }
    undated = own("own-1", "arrests", "10,000")
    assert (undated.period_basis, undated.step) == ("unstated", None)


def test_the_source_of_what_is_imagined_says_so_and_its_ids_are_known() -> None:
    ledger = imagine(DATA, [own("own-1", "arrests", "10,000"), own("own-2", "arrests", "20,000")])
    source = ledger.rows["sources"][OWN]
    assert (source.layer, source.title, source.publisher) == (
        "core",
        "A figure of your own, from no source",
        "your own",
    )
    assert (source.id, source.published, source.url) == (OWN, DATA.as_of.isoformat(), "")
    assert (source.language, source.read) == ("en", "full")
    assert ledger.known == DATA.known | {OWN, "own-1", "own-2"}


def test_a_day_is_a_period() -> None:
    day = date(2023, 7, 1)
    assert own("own-1", "arrests", "10", day, day).period_end == day


def test_a_period_is_assumed_only_where_the_scenario_gives_a_whole_one() -> None:
    read = reread_ledger(DATA, {"baseline": "R3"}).rows["figures"]
    assert (read["brought-before"].period_basis, read["brought-after"].period_basis) == ("assumed", "inferred")
    assert reread_ledger(DATA, {"scope": "S2"}).rows["figures"]["brought-after"].period_basis == "inferred"

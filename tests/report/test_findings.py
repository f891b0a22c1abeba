"""The records of `findings.json`: what they hold, and that the documentation says so."""

from __future__ import annotations

import json
import math
import re
from datetime import date
from fractions import Fraction

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from packages import LIBRARIES, variant

from helpers.figures.interval import Interval
from helpers.figures.quantity import constant
from helpers.figures.rounding import ROUNDINGS
from helpers.package.ledger import load
from helpers.reason.compare import compare, quantity
from helpers.reason.programme import programme
from helpers.reason.scenario import component
from helpers.reason.verdict import verdicts
from helpers.report import findings
from helpers.report.findings import MIME, ImpliedRecord, clashes, compared, document, records, show, take

LEDGER = load(LIBRARIES)
FOUND = records(LEDGER)
# Nothing to compare and hardly anything to judge: for what does not depend on the ledger.
BARE = LEDGER.with_rows(figures={"loans": LEDGER.rows["figures"]["loans"]}, readings=())


def one(**wanted):
    """The one record with these values."""
    (record,) = [record for record in FOUND if all(record[name] == value for name, value in wanted.items())]
    return record


def ends(record):
    return record["low"], record["high"], record["low_open"], record["high_open"]


# --- comparisons ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rounding", "low", "high"),
    [  # 520,000 over 400,000, their ends by the table of conventions
        pytest.param("nearest", Fraction(519_500, 400_500), Fraction(520_500, 399_500), id="nearest"),
        pytest.param("coarse", Fraction(515_000, 450_000), Fraction(525_000, 350_000), id="coarse"),
        pytest.param("at_least", Fraction(520_000, 401_000), Fraction(521_000, 400_000), id="at_least"),
    ],
)
def test_a_ratio_under_each_rounding(rounding, low, high):
    record = one(kind="comparison", quantity="visits-2021-ratio", rounding=rounding)
    assert ends(record) == (float(low), float(high), True, True)
    assert (record["unit"], record["inputs"]) == ("times", ["visits-2021", "visits-2020"])
    assert record["formula"] == "{visits-2021} ÷ {visits-2020}"


def test_a_difference_is_in_whole_numbers():
    record = one(quantity="visits-2021-difference", rounding="nearest")
    assert ends(record) == (119_000, 121_000, True, True)
    assert type(record["low"]) is int
    assert record["unit"] == "visits"


def test_unlike_units_have_a_ratio_and_no_more():
    assert {record["quantity"] for record in FOUND if record["quantity"].startswith("fines-")} == {"fines-ratio"}
    assert one(quantity="fines-ratio", rounding="coarse")["unit"] == "fines per persons"


def test_every_comparison_stands_under_every_rounding():
    figures = ["visits-2021", "child-share", "loans-change", "digital-share", "fines"]
    for rounding in ROUNDINGS:
        names = [r["quantity"] for r in FOUND if r["kind"] == "comparison" and r["rounding"] == rounding]
        assert [name for name in names if name.endswith("-ratio")] == [f"{figure}-ratio" for figure in figures]


def test_a_break_marks_what_crosses_it(tmp_path, edit):
    ledger = load(variant(edit, tmp_path, {"opening-hours": {"kind": "break"}}, table="events"))
    marks = {r["quantity"]: r["marks"] for r in records(ledger) if r["kind"] == "comparison"}
    assert marks["visits-2021-ratio"] == ["[b]"]
    assert marks["child-share-ratio"] == []


def test_a_base_that_may_be_zero_gives_no_ratio(tmp_path, edit):
    ledger = load(variant(edit, tmp_path, {"visits-2020": {"qualifier": "about", "step": "400000"}}))
    assert dict(compared(ledger))["visits-2021"] is None
    assert "visits-2021-ratio" not in {record["quantity"] for record in records(ledger)}
    assert "fines-ratio" in {record["quantity"] for record in records(ledger)}


# --- verdicts ------------------------------------------------------------------------------------------------------

VISITS = "visits+child-visits"


@pytest.mark.parametrize("rounding", ROUNDINGS)
def test_every_scenario_has_a_verdict_under_every_rounding(rounding):
    found = [(r["quantity"], r["scenario"]) for r in FOUND if r["kind"] == "verdict" and r["rounding"] == rounding]
    expected = [(VISITS, {}), *((VISITS, {"school-year": reading}) for reading in ("Y1", "Y2", "Y3"))]
    expected += [("readers", {"dispute:readers|readers-council": side}) for side in ("readers", "readers-council")]
    assert sorted(found, key=str) == sorted([*expected, ("loans+digital-loans", {}), ("fines", {})], key=str)


def test_a_verdict_that_fails_says_by_how_much_and_what_clashes():
    # In Y1 two figures count the visits of one half-year: [289,500, 290,500) and [239,500, 240,500).
    record = one(quantity=VISITS, scenario={"school-year": "Y1"}, rounding="nearest")
    assert (record["feasible"], record["gap"], record["unevenness"]) == (False, 289_500 - 240_500, None)
    assert record["clashes"] == ["visits-half", "visits-school"]
    assert record["unused"] == []


def test_a_verdict_that_holds_says_how_uneven_it_must_be():
    # As it stands: 399,500 to 400,500 visits in the 366 days of 2020; in 2021 289,500 to 290,500 in 181 days, and the
    # rest of 519,500 to 520,500 in 184. The factor is the larger half's rate over the smallest rate there is.
    record = one(quantity=VISITS, scenario={}, rounding="nearest")
    first, year = Fraction(289_500, 181), Fraction(400_500, 366)
    assert record["feasible"]
    assert record["unevenness"] == pytest.approx(float(first / year), abs=1e-3)
    assert (record["gap"], record["clashes"]) == (None, [])
    assert record["unused"] == ["visits-school"]


def test_only_what_no_reading_changes_condemns_a_package(tmp_path, edit):
    assert clashes(verdicts(LEDGER)) == []
    planted = {"visits-half": {"printed": "590,000", "value": "590000", "wording": "590,000 visits came in the first"}}
    found = clashes(verdicts(load(variant(edit, tmp_path, planted))))
    assert [verdict.clashes for verdict in found] == [("visits-2021", "visits-half")]


# --- worked-out numbers and implied ranges -------------------------------------------------------------------------


def test_a_worked_out_number_keeps_its_formula_label_and_name():
    share = 100 * (quantity(LEDGER, "visits-half") / quantity(LEDGER, "visits-2020"))
    (record,) = [r for r in records(BARE, {"part": share}, labels={"part": "Part, in %"}) if r["kind"] == "worked"]
    assert (record["quantity"], record["label"], record["rounding"]) == ("part", "Part, in %", "nearest")
    assert record["formula"] == "100 × {visits-half} ÷ {visits-2020}"
    assert record["low"] == float(Fraction(28_950_000, 400_500))


def test_what_this_edition_lacks_has_no_record():
    core = load(LIBRARIES, evidence="core")
    found = records(core, {"council": 2 * quantity(core, "readers-council"), "two": constant(2)})
    assert [record["quantity"] for record in found if record["kind"] == "worked"] == ["two"]


def test_an_implied_range():
    spring = date(2021, 1, 1), date(2021, 6, 30)
    interval = programme(component(LEDGER, "visits"), {"school-year": "Y3"}).total("visits", *spring)
    found = records(BARE, implied=[("spring", {"school-year": "Y3"}, interval, "visits", 3)])
    assert found[-1] | {"kind": "implied", "quantity": "spring", "unit": "visits", "limit": 3} == found[-1]
    assert found[-1]["scenario"] == {"school-year": "Y3"}
    assert (found[-1]["low"], found[-1]["high"]) == (289_500, 290_500)
    assert found[-1]["rounding"] == "nearest"


@pytest.mark.parametrize(
    ("interval", "low", "high"), [(Interval(1, math.inf), 1, None), (Interval(-math.inf, 2), None, 2)]
)
def test_no_bound_is_null(interval, low, high):
    (*_, record) = records(BARE, implied=[("any", {}, interval, "visits")])
    assert (record["low"], record["high"], record["limit"]) == (low, high, None)


def test_an_implied_range_may_be_under_another_rounding():
    (*_, record) = records(BARE, implied=[ImpliedRecord("any", {}, Interval(1, 2), "visits", rounding="coarse")])
    assert record["rounding"] == "coarse"


def test_a_scenario_that_cannot_hold_implies_nothing():
    assert records(BARE, implied=[("none", {}, None, "visits", None)]) == records(BARE)


# --- the file ------------------------------------------------------------------------------------------------------


def test_the_documentation_names_the_fields_there_are():
    worked = {"two": constant(2)}
    common, verdict = (
        {name for line in re.findall(r"^- (`.*?):", part, re.MULTILINE) for name in re.findall(r"`(\w+)`", line)}
        for part in findings.__doc__.split("A verdict has besides")
    )
    found = records(LEDGER, worked, [("any", {}, Interval(1, 2), "visits", None)])
    assert {record["kind"] for record in found} == {"comparison", "worked", "verdict", "implied"}
    for record in found:
        assert set(record) == (common | verdict if record["kind"] == "verdict" else common)


def test_the_file_is_plain_json_with_sorted_keys_and_says_what_edition_it_is_of():
    content = document(LEDGER, FOUND).decode()
    top = json.loads(content, parse_constant=pytest.fail)
    assert content == json.dumps(top, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    assert top.pop("findings") == FOUND
    assert top == {
        "schema": 1,
        "title": "Public libraries in Portugal (invented)",
        "as_of": "2022-12-31",
        "evidence": "all",
        "rounding": "nearest",
    }


def test_the_same_ledger_gives_the_same_bytes():
    again = load(LIBRARIES)
    assert document(again, records(again)) == document(LEDGER, FOUND)


def test_the_rounding_of_the_report_changes_no_comparison_and_no_verdict():
    assert records(LEDGER.with_rounding("coarse")) == FOUND


# --- through a notebook --------------------------------------------------------------------------------------------


def test_records_are_shown_as_data_and_taken_out_whole(monkeypatch):
    shown = []
    monkeypatch.setattr(findings, "display", lambda data, raw: shown.append((data, raw)))
    show(FOUND[:2])
    ((data, raw),) = shown
    assert raw
    assert data["text/plain"] == "2 findings"
    other = new_output("display_data", {"text/plain": "a chart"})
    notebook = new_notebook(
        cells=[
            new_markdown_cell("Text"),
            new_code_cell(outputs=[other, new_output("display_data", data)]),
            new_code_cell(outputs=[new_output("stream", text="hello")]),
        ]
    )
    assert take(notebook) == FOUND[:2]
    assert [len(cell.get("outputs", [])) for cell in notebook.cells] == [0, 1, 1]
    assert MIME not in json.dumps(notebook)
    assert take(notebook) == []


def test_every_comparison_of_a_ledger_is_compared():
    names = [name for name, made in compared(LEDGER) if made]
    assert names == ["visits-2021", "child-share", "loans-change", "digital-share", "fines"]
    assert dict(compared(LEDGER))["fines"] == compare(LEDGER, "fines")
    assert list(compared(BARE)) == []

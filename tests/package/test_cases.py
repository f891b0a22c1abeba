"""Numbers that people reported they could not enter, or that were read wrongly: each case with its right outcome."""

from __future__ import annotations

import csv
from fractions import Fraction as F
from pathlib import Path

import pytest

from helpers.figures.interval import Interval
from helpers.package.checks import PackageError
from helpers.package.ledger import load
from helpers.package.schema import columns
from helpers.package.texts import check

SOURCE = {
    "id": "desk-2024",
    "layer": "core",
    "title": "Invented note",
    "publisher": "Invented Desk",
    "published": "2024-02-01",
    "url": "https://example.org/desk",
    "language": "en",
    "read": "full",
}
MEASURE = {"id": "calls", "label": "calls to the line", "counts": "calls"}
PLAIN = {"source": "desk-2024", "measure": "calls", "kind": "count", "period_basis": "unstated", "said_by": "Desk"}


@pytest.fixture
def package(tmp_path):
    """Write a package of one source and some figures, and its text; return both folders."""

    def write(*figures, text="", language="en", measure=MEASURE):
        rows = [PLAIN | {"id": f"row-{at}"} | figure for at, figure in enumerate(figures)]
        for row in rows:
            row.setdefault("wording", f"were {row['printed']} calls")
        made = {"sources": [SOURCE | {"language": language}], "measures": [measure], "figures": rows}
        for table in ("sources", "measures", "figures"):
            with (tmp_path / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns(table))
                writer.writeheader()
                writer.writerows(made[table])
        (tmp_path / "texts").mkdir(exist_ok=True)
        (tmp_path / "texts" / "desk-2024.txt").write_text(text, encoding="utf-8")
        return tmp_path, tmp_path / "texts"

    return write


def causes(folder: Path) -> str:
    with pytest.raises(PackageError) as refusal:
        load(folder)
    return str(refusal.value)


def test_decimals_before_a_scale_word_are_the_step(package):
    folder, _ = package({"printed": "1.5 million", "value": "1500000"}, {"printed": "1,462,000", "value": "1462000"})
    ledger = load(folder)
    assert ledger.intervals["row-0"] == Interval(1_450_000, 1_550_000, high_open=True)
    assert ledger.intervals["row-0"].intersection(ledger.intervals["row-1"]) is not None
    coarse = ledger.with_rounding("coarse").intervals["row-0"]
    assert (coarse.low, coarse.high) == (1_450_000, 1_550_000)  # the ".5" was printed on purpose


def test_a_third_can_be_entered_with_any_two_digits(package):
    folder, _ = package(
        *[
            {"printed": printed, "value": value, "step": "0.05", "kind": "share"}
            for printed, value in (("third", "0.333"), ("two-thirds", "0.67"), ("a third", "0." + "3" * 12))
        ]
    )
    assert len(load(folder).rows["figures"]) == 3


@pytest.mark.parametrize(("value", "said"), [("0.3", "0.3333"), ("0.35", "0.3333"), ("0.66", "0.3333")])
def test_what_is_not_a_third_is_refused_with_the_value_expected(package, value, said):
    folder, _ = package({"printed": "a third", "value": value, "step": "0.05", "kind": "share"})
    assert f"which as a share is {said}, not {value}" in causes(folder)


def test_percentage_points_are_no_change_in_percent(package):
    text = "The share of repeat calls rose by 5 percentage points."
    row = {"printed": "5 percentage points", "value": "5", "wording": "rose by 5 percentage points"}
    folder, texts = package(row | {"kind": "points", "base_basis": "unstated"}, text=text)
    assert check(load(folder), texts).faults == ()


@pytest.mark.parametrize("kind", ["change", "share", "count"])
def test_percentage_points_of_another_kind_are_refused(package, kind):
    value = "0.05" if kind == "share" else "5"
    folder, _ = package({"printed": "5 percentage points", "value": value, "kind": kind})
    assert f"is no {kind}" in causes(folder)


def test_a_percentage_out_of_percentage_points_leaves_the_number_uncovered(package):
    text = "The share of repeat calls rose by 5 percentage points."
    row = {"printed": "5", "value": "5", "kind": "change", "wording": "rose by 5 percentage"}
    folder, texts = package(row, text=text)
    assert [token.number for token in check(load(folder), texts).uncovered] == ["5 percentage points"]


ENTERED = [
    ("4.5 billion", "4500000000", "count", "", "en"),
    ("twenty-five", "25", "count", "", "en"),
    ("one hundred", "100", "count", "", "en"),
    ("½", "0.5", "share", "0.1", "en"),
    ("two-fold", "2", "multiple", "0.5", "en"),
    ("12\u00a0000", "12000", "count", "", "en"),
    ("1 in 5", "0.2", "share", "0.05", "en"),
    ("halved", "-50", "change", "5", "en"),
    ("sixfold", "6", "multiple", "0.5", "en"),
    ("2 миллиона", "2000000", "count", "", "ru"),
    ("2 млрд", "2000000000", "count", "", "ru"),
    ("двадцать одна", "21", "count", "", "ru"),
    ("жиырма", "20", "count", "", "kk"),
]


@pytest.mark.parametrize(("printed", "value", "kind", "step", "language"), ENTERED)
def test_what_the_audit_finds_can_be_entered(package, printed, value, kind, step, language):
    row = {"printed": printed, "value": value, "kind": kind, "step": step}
    folder, texts = package(row, text=f"There were {printed} calls.", language=language)
    found = check(load(folder), texts)
    assert (found.faults, found.tokens) == ((), 1)


def test_a_range_has_two_ends(package):
    row = {"printed": "60 to 70 per cent", "kind": "share", "value": "0.6"}
    folder, _ = package(row | {"value_to": "0.7"})
    assert load(folder).intervals["row-0"] == Interval(F("0.595"), F("0.705"), high_open=True)
    folder, _ = package(row)
    assert "is a range: give its upper end here" in causes(folder)


@pytest.mark.parametrize(
    ("printed", "value", "below"), [("dozens", "24", 240), ("tens of thousands", "20000", 200_000)]
)
def test_a_word_that_names_no_number_reaches_to_the_next_such_word(package, printed, value, below):
    folder, _ = package({"printed": printed, "value": value, "qualifier": "at least"})
    assert load(folder).intervals["row-0"] == Interval(int(value), below, high_open=True)


def test_a_word_in_percent_is_not_known_to_a_fraction_of_a_percent(package):
    row = {"printed": "a third", "value": "-33.3", "kind": "change", "step": "0.05", "base_basis": "unstated"}
    folder, _ = package(row)
    assert "is not known to 0.05%" in causes(folder)


def test_decimals_of_a_unit(package):
    folder, _ = package({"printed": "12.5 weeks", "value": "12.5"}, measure=MEASURE | {"decimals": "1"})
    assert load(folder).intervals["row-0"] == Interval(F("12.45"), F("12.55"), high_open=True)


def test_a_number_that_cannot_be_read_is_told_what_can(package):
    folder, _ = package({"printed": "umpteen", "value": "7"}, language="de")
    said = causes(folder)
    assert "(de, read by the rules of English)" in said
    assert "docs/numbers.md" in said


@pytest.mark.parametrize(
    ("wording", "text", "language"),
    [
        ("500 случаев семейной ссоры", "500 случаев семеи\u0306нои\u0306 ссоры", "ru"),
        ("510 cases of domestic violence", "510 cases of do\u00admestic violence", "en"),
        ("510 cases of domestic violence", "510 cases of do\u00ad\nmestic\nviolence", "en"),
        ("520 files on record", "520 ﬁles on record", "en"),
        ("530 calls in 2022-2023", "530 calls in 2022–2023", "en"),
        ("540 reports", "540\u200b reports", "en"),
        ("60% of 1,000 calls", "60 % of 1,000 calls", "en"),
        ("60 % of calls", "60\u202f% of calls", "en"),
    ],
)
def test_copied_text_matches(package, wording, text, language):
    printed = wording.split()[0].rstrip("%")
    row = {"printed": printed, "value": printed, "wording": wording}
    if "%" in wording:
        row = row | {"printed": f"{printed}%", "value": "0.6", "kind": "share"}
    folder, texts = package(row, text=f"({text})", language=language)
    assert check(load(folder), texts).wordings == ()

"""What the audit says: contradictions in groups, witnesses, impossible shares, shares compared, drafts."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from packages import written

from helpers.figures.interval import Interval
from helpers.package.ledger import load
from helpers.package.texts import check
from helpers.reason.compare import compare
from helpers.report.audit import Audit

Row = dict[str, str]
YEAR = {"period_start": "2023-01-01", "period_end": "2023-12-31", "period_basis": "stated"}
BEFORE = {"period_start": "2022-01-01", "period_end": "2022-12-31", "period_basis": "stated"}
BASE = {"base_start": "2022-01-01", "base_end": "2022-12-31", "base_basis": "stated"}


def deaths(*sources: str) -> list[Row]:
    """412 deaths, down 23%, against 441, down 18%; both follow from a level of before that nobody disputes."""
    one, other = sources
    return [
        {"id": "before", "source": one, "printed": "536", "value": "536", "measure": "deaths"} | BEFORE,
        {"id": "low", "source": one, "printed": "412", "value": "412", "measure": "deaths"} | YEAR,
        {"id": "fell-23", "source": one, "printed": "23%", "value": "-23", "kind": "change", "measure": "deaths"}
        | YEAR
        | BASE,
        {"id": "high", "source": other, "printed": "441", "value": "441", "measure": "deaths"} | YEAR,
        {"id": "fell-18", "source": other, "printed": "18%", "value": "-18", "kind": "change", "measure": "deaths"}
        | YEAR
        | BASE,
    ]


def sides(low: tuple[str, ...], high: tuple[str, ...]) -> list[Row]:
    return [
        {"dispute": "deaths-2023", "side": side, "figure": figure}
        for side, figures in (("low", low), ("high", high))
        for figure in figures
    ]


WITHIN, ACROSS = ("desk", "desk"), ("desk", "wire")


@pytest.fixture(params=[WITHIN, ACROSS], ids=["within one source", "across sources"])
def audited(request: pytest.FixtureRequest, tmp_path: Path):
    def audit(disputes: list[Row]) -> Audit:
        named = list(dict.fromkeys(request.param))
        folder = written(
            tmp_path,
            sources=[{"id": name} for name in named],
            measures=[{"id": "deaths"}],
            figures=deaths(*request.param),
            disputes=disputes,
        )
        return Audit(load(folder), None)

    return audit


def test_a_level_and_a_change_that_contradict_another_level_and_change_clash(audited) -> None:
    found = audited([])
    assert not found.sound
    assert {"low", "high"} <= {name for one in found.clashing for name in one.clashes} | set(found.clashing[0].figures)


def test_sides_that_hold_a_level_and_its_change_settle_it(audited) -> None:
    found = audited(sides(("low", "fell-23"), ("high", "fell-18")))
    assert found.sound
    assert [row[1] for row in found.disputes()] == ["low", "high"]
    assert all("412" in found.disputes()[0][2] and "23%" in found.disputes()[0][2] for _ in found.disputes())


def test_crossed_sides_still_clash(audited) -> None:
    found = audited(sides(("low", "fell-18"), ("high", "fell-23")))
    assert not found.sound
    named = {frozenset(one.clashes) for one in found.clashing}
    assert named == {frozenset({"before", "low", "fell-18"}), frozenset({"before", "high", "fell-23"})}


def test_reprints_of_one_statement_are_one_witness(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        sources=[{"id": "desk", "origin": "release"}, {"id": "wire", "origin": "release"}, {"id": "daily"}],
        measures=[{"id": "deaths"}],
        figures=[
            {"id": one, "source": source, "printed": printed, "value": printed, "measure": "deaths"} | YEAR
            for one, source, printed in (("a", "desk", "412"), ("b", "wire", "412"), ("c", "daily", "441"))
        ],
        disputes=sides(("a", "b"), ("c",)),
    )
    found = Audit(load(folder), None)
    assert [row[-1] for row in found.disputes()] == ["two sources that pass on one statement", "one source"]


def test_a_share_that_cannot_be_is_kept_and_named_with_status(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        measures=[{"id": "shops"}, {"id": "appeals"}],
        figures=[
            {"id": "all", "printed": "12", "value": "12", "measure": "shops"} | YEAR,
            {"id": "part", "printed": "45%", "value": "0.45", "kind": "share", "measure": "appeals", "versus": "all"}
            | YEAR,
        ],
    )
    found = Audit(load(folder), None)
    assert not found.sound
    assert found.line().startswith("Not sound: 2 figures, 1 impossible share")
    assert found.faults() == ["part: no share of 12 shops (all) is 45%; 41.7% (5 of 12) or 50% (6 of 12) would be"]
    assert [row[-1] for row in found.conventions()] != ["none"] * 3


def test_a_share_compares_with_an_earlier_share(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        measures=[{"id": "returned"}],
        figures=[
            {"id": "then", "printed": "46%", "value": "0.46", "kind": "share", "measure": "returned"} | BEFORE,
            {"id": "now", "printed": "88%", "value": "0.88", "kind": "share", "measure": "returned", "versus": "then"}
            | YEAR,
            {
                "id": "up",
                "printed": "42 percentage points",
                "value": "42",
                "kind": "points",
                "measure": "returned",
                "versus": "then",
            }
            | YEAR,
        ],
    )
    ledger = load(folder)
    made = compare(ledger, "now")
    assert (float(made.difference.interval.low), float(made.difference.interval.high)) == (41, 43)
    assert made.difference.unit == "percentage points"
    assert float(made.ratio.interval.low) == pytest.approx(0.875 / 0.465)
    assert float(compare(ledger, "up").ratio.interval.high) == pytest.approx(1 + 42.5 / 45.5, rel=1e-9)
    found = Audit(ledger, None)
    assert found.sound
    assert "41 to 43 percentage points" in found.comparisons()[1][3]


def test_a_difference_is_set_against_an_earlier_count(tmp_path: Path) -> None:
    figures = [
        {"id": "then", "printed": "193", "value": "193", "measure": "deaths"} | BEFORE,
        {"id": "fewer", "printed": "22", "value": "-22", "kind": "difference", "measure": "deaths", "versus": "then"}
        | YEAR,
    ]
    made = compare(load(written(tmp_path, measures=[{"id": "deaths"}], figures=figures)), "fewer")
    assert made.difference.interval == Interval.exact(-22)
    assert made.ratio.interval == Interval.exact(Fraction(193 - 22, 193))


def test_a_break_marks_only_what_it_changes(tmp_path: Path) -> None:
    measures = [{"id": "deaths", "recorded": "same"}, {"id": "fines"}]
    figures = [
        {"id": f"{measure}-{when}", "printed": "193", "value": "193", "measure": measure} | days
        for measure in ("deaths", "fines")
        for when, days in (("then", BEFORE), ("now", YEAR))
    ]
    for row in figures:
        if row["id"].endswith("now"):
            row["versus"] = f"{row['measure']}-then"
    turn = {"id": "turn", "date": "2023-01-01", "date_basis": "stated", "label": "x", "kind": "break", "source": "desk"}
    turn |= {"wording": "from then on", "said_by": "Desk"}
    ledger = load(written(tmp_path, measures=measures, figures=figures, events=[turn]))
    assert [compare(ledger, name).crosses_break for name in ("deaths-now", "fines-now")] == [False, True]


@pytest.mark.parametrize(
    ("figures", "next_step"),
    [
        ([], "No figure of a core source yet: add a row to figures.csv"),
        (
            [{"id": "n1", "printed": "412", "value": "412", "status": "draft"}],
            "figures.csv, n1: fill in measure, then empty",
        ),
    ],
    ids=["headers only", "one draft"],
)
def test_an_unfinished_package_says_what_comes_next_and_is_not_sound(tmp_path: Path, figures, next_step) -> None:
    ledger = load(written(tmp_path, figures=figures), unfinished=True)
    found = Audit(ledger, None)
    assert not found.sound
    assert found.line().startswith("Not finished: 0 figures")
    assert next_step in found.faults()[-1]
    assert len(found.drafts()) == len(figures)


def test_numbers_that_only_drafts_cover_are_told_by_their_text(tmp_path: Path) -> None:
    draft = {"id": "n1", "printed": "412", "value": "412", "status": "draft", "wording": "412 deaths"}
    source = {"id": "desk", "status": "draft", "language": "en"}
    folder = written(tmp_path / "package", sources=[source], figures=[draft])
    (tmp_path / "desk.txt").write_text("There were 412 deaths and 87 fines.", encoding="utf-8")
    ledger = load(folder, unfinished=True)
    found = Audit(ledger, check(ledger, tmp_path))
    assert "desk.txt: only drafts cover 1 number in it" in found.faults()
    assert "desk.txt, line 1: no row covers '87' in “There were 412 deaths and 87 fines.”" in found.faults()


def test_a_printed_range_is_not_told_as_rounded_to_its_width(tmp_path: Path) -> None:
    row = {"id": "visits", "printed": "40 to 60", "value": "40", "value_to": "60", "measure": "visits"}
    found = Audit(load(written(tmp_path, measures=[{"id": "visits"}], figures=[row])), None)
    assert found.stands("visits") == "35 to 65, a printed range with what is rounded to its ends"

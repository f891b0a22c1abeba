"""The points of a briefing of any package: one for each thing that is compared, and what they may not say."""

from __future__ import annotations

from pathlib import Path

import pytest
from packages import HARBOURS, LIBRARIES, written

from helpers.charts.panels import panels
from helpers.package.ledger import load
from helpers.report import overview, told
from helpers.words.template import Writer

YEARS = {
    year: {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31", "period_basis": "stated"}
    for year in (2022, 2023)
}


def test_levels_are_told_with_what_they_make_and_a_break_is_said_once() -> None:
    writer = Writer(load(HARBOURS))
    first, second = told.points(writer)
    # 5,000 of 2,000 is 2.5 times as many; as rounded 4,500 to 5,500 of 1,500 to 2,500.
    assert first.startswith("**Landing checks:** from {checks-before} ({checks-before:period}) to {checks-after}")
    assert writer.plain(first).endswith("1.8 to 3.7 times that. worked out")
    assert "down {boats-change}" in second
    assert "the earlier days are not stated" in second
    assert not any("recorded" in point for point in (first, second))
    assert told.caveat(writer.ledger).startswith("**What is recorded changed, or may have changed, on {")
    assert told.caveat(load(LIBRARIES)) == ""


def test_a_caveat_names_only_what_it_is_of(tmp_path: Path) -> None:
    figures = [
        {
            "id": f"{name}-{year}",
            "measure": name,
            "printed": "84",
            "value": "84",
            "versus": f"{name}-2022" if year == 2023 else "",
        }
        | YEARS[year]
        for name in ("fines", "deaths")
        for year in YEARS
    ]
    event = {
        "id": "turn", "date": "2023-01-01", "date_basis": "stated", "label": "New form",
        "kind": "break", "source": "desk", "wording": "from 1 January 2023", "said_by": "Desk",
    }  # fmt: skip
    measures = [{"id": "fines"}, {"id": "deaths", "recorded": "same"}]
    ledger = load(written(tmp_path, measures=measures, figures=figures, events=[event]))
    assert told.caveat(ledger).endswith("Comparisons across that day, or that may be: fines.")


def test_a_printed_change_is_held_against_its_levels(tmp_path: Path) -> None:
    levels = [
        {"id": "before", "measure": "trips", "printed": "400", "value": "400", "step": "1"} | YEARS[2022],
        {"id": "after", "measure": "trips", "printed": "300", "value": "300", "step": "1", "versus": "before"}
        | YEARS[2023],
    ]
    said = {"id": "fall", "measure": "trips", "kind": "change", "versus": "before"} | YEARS[2023]
    right = said | {"printed": "25%", "value": "-25"}
    wrong = said | {"printed": "20%", "value": "-20"}
    for nth, (change, words) in enumerate(((right, ", which fits."), (wrong, ", which these numbers do not give."))):
        writer = Writer(load(written(tmp_path / str(nth), measures=[{"id": "trips"}], figures=[*levels, change])))
        (point,) = told.points(writer)
        assert f"Printed as down {{fall}}{words}" in point


def test_levels_of_unlike_length_are_told_with_what_they_make_a_day(tmp_path: Path) -> None:
    half = {"period_start": "2023-01-01", "period_end": "2023-06-30", "period_basis": "stated"}
    figures = [
        {"id": "year", "measure": "left", "printed": "590", "value": "590", "step": "0"} | YEARS[2022],
        {"id": "half", "measure": "left", "printed": "640", "value": "640", "step": "0", "versus": "year"} | half,
    ]
    writer = Writer(load(written(tmp_path, measures=[{"id": "left"}], figures=figures)))
    (point,) = told.points(writer)
    assert "the periods are of unlike length, and a day it is {half-pace} times that" in point
    # 640 in 181 days, 590 in 365.
    interval = writer.worked["half-pace"].interval
    assert interval is not None
    assert float(interval.low) == pytest.approx(640 / 181 / (590 / 365))
    (panel,) = overview.panels(writer)
    assert panel.change == ""
    assert panel.unit == "left; periods of unlike length"


def test_every_kind_with_an_earlier_figure_or_a_base_is_told_and_drawn(tmp_path: Path) -> None:
    """A change is never told as a level: "from 126 to a third" is false of a fall by a third."""
    then = {"period_start": "2022-01-01", "period_end": "2022-12-31", "period_basis": "stated"}
    now = {"period_start": "2023-01-01", "period_end": "2023-12-31", "period_basis": "stated"}
    base = {"base_start": "2022-01-01", "base_end": "2022-12-31", "base_basis": "stated"}
    kinds = {
        "count": {"printed": "84", "value": "84"},
        "multiple": {"printed": "doubled", "value": "2", "step": "0.5"},
        "change": {"printed": "a third", "value": "-33.3", "step": "5"},
        "difference": {"printed": "42", "value": "-42"},
        "share": {"printed": "61%", "value": "0.61"},
        "points": {"printed": "7 percentage points", "value": "7"},
    }
    measures = [{"id": f"{kind}-{side}"} for kind in kinds for side in ("versus", "base")]
    figures = []
    for kind, cells in kinds.items():
        share = kind in ("share", "points")
        level = {"printed": "54%", "value": "0.54", "kind": "share"} if share else {"printed": "126", "value": "126"}
        figures.append({"id": f"{kind}-level", "measure": f"{kind}-versus"} | level | then)
        figures.append({"id": kind, "measure": f"{kind}-versus", "kind": kind, "versus": f"{kind}-level"} | cells | now)
        if kind != "count":
            figures.append({"id": f"{kind}-alone", "measure": f"{kind}-base", "kind": kind} | cells | now | base)
    writer = Writer(load(written(tmp_path, measures=measures, figures=figures)))
    said = {point.split(":")[0].strip("*").lower(): point for point in told.points(writer)}
    assert "from {count-level}" in said["count-versus"]
    assert "from {share-level}" in said["share-versus"]
    for kind in ("multiple", "change", "difference", "points"):
        point = said[f"{kind}-versus"]
        assert f"against {{{kind}-level}}" in point
        assert f"to {{{kind}}}" not in point
        assert "{reported}" in point
    assert "down {change}" in said["change-versus"]
    assert all(writer.line(point) for point in told.points(writer))
    assert panels(writer, "before-after", "t", "", overview.panels(writer)) is not None
    assert "down {difference-alone} (" in said["difference-base"]
    assert "up {points-alone} (" in said["points-base"]


def test_one_count_of_another_measure_is_no_before_and_after(tmp_path: Path) -> None:
    year = {"period_start": "2023-01-01", "period_end": "2023-12-31", "period_basis": "stated"}
    figures = [
        {"id": "seen", "measure": "seen", "printed": "120", "value": "120"} | year,
        {"id": "closed", "measure": "closed", "printed": "18", "value": "18", "versus": "seen"} | year,
    ]
    measures = [{"id": name, "label": f"canteens {name}", "counts": "canteens"} for name in ("seen", "closed")]
    writer = Writer(load(written(tmp_path, measures=measures, figures=figures)))
    assert overview.panels(writer) == []
    (point,) = told.points(writer)
    assert "{closed} ({closed:period}), against {seen} canteens seen ({seen:period})" in point

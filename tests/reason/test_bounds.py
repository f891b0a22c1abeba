"""What figures bound, by kind and by nature of their measure."""

from __future__ import annotations

from datetime import date

import pytest
from packages import written

from helpers.figures.interval import Interval
from helpers.package.ledger import load
from helpers.reason.programme import programme
from helpers.reason.scenario import component


def _package(tmp_path, figures, measures, events=()):
    return load(written(tmp_path, figures=figures, measures=measures, events=list(events)))


def _days(first: str, last: str, basis: str = "stated") -> dict[str, str]:
    return {"period_start": first, "period_end": last, "period_basis": basis}


def test_a_difference_bounds_one_count_less_another(tmp_path):
    """171 deaths, 22 fewer than the year before, make 193 then, with the rounding of neither."""
    exact = {"step": "0"}
    figures = [
        {"id": "now", "measure": "deaths", "printed": "171", "value": "171"}
        | _days("2024-01-01", "2024-12-31")
        | exact,
        {"id": "fewer", "measure": "deaths", "kind": "difference", "printed": "22", "value": "-22"}
        | _days("2024-01-01", "2024-12-31")
        | {"base_start": "2023-01-01", "base_end": "2023-12-31", "base_basis": "stated"}
        | exact,
    ]
    measures = [{"id": "deaths"}]
    made = programme(component(_package(tmp_path / "a", figures, measures), "deaths"), {})
    assert made.figures == ("now", "fewer")
    assert made.total("deaths", date(2023, 1, 1), date(2023, 12, 31)) == Interval.exact(193)
    then = (
        {"id": "then", "measure": "deaths", "printed": "200", "value": "200"}
        | _days("2023-01-01", "2023-12-31")
        | exact
    )
    clash = programme(component(_package(tmp_path / "b", [*figures, then], measures), "deaths"), {})
    assert not clash.feasible()
    assert set(clash.clashes()) == {"now", "fewer", "then"}
    assert clash.shortfall() == 7


def test_what_a_break_leaves_as_it_was_is_not_parted_by_it(tmp_path):
    """365 over a year and 31 in July of it: without a break at 1 July one pace serves both."""
    event = {
        "id": "turn", "date": "2023-07-01", "date_basis": "stated", "label": "New form",
        "kind": "break", "source": "desk", "wording": "from 1 July 2023", "said_by": "Desk",
    }  # fmt: skip
    figures = [
        {"id": "year", "measure": "deaths", "printed": "365", "value": "365", "step": "0"}
        | _days("2023-01-01", "2023-12-31"),
        {"id": "half", "measure": "deaths", "printed": "91", "value": "91", "step": "0"}
        | _days("2023-01-01", "2023-06-30"),
    ]
    changed = programme(component(_package(tmp_path / "a", figures, [{"id": "deaths"}], [event]), "deaths"), {})
    same = [{"id": "deaths", "recorded": "same"}]
    made = programme(component(_package(tmp_path / "b", figures, same, [event]), "deaths"), {})
    assert changed.unevenness() == 1.0
    # 91 in 181 days, 274 in 184.
    assert made.unevenness() == pytest.approx(274 / 184 / (91 / 181), abs=1e-4)
    assert (len(changed.constraints().stretches["deaths"]), len(made.constraints().stretches["deaths"])) == (2, 2)


def test_an_average_says_nothing_of_another_period(tmp_path):
    """34 minutes over a year and 60 in its first half are no clash, as of counts; 34 and 40 of one year are."""
    measures = [{"id": "minutes", "nature": "rate"}]
    year, half = _days("2023-01-01", "2023-12-31"), _days("2023-01-01", "2023-06-30")
    figures = [
        {"id": "year", "measure": "minutes", "printed": "34", "value": "34"} | year,
        {"id": "half", "measure": "minutes", "printed": "60", "value": "60"} | half,
    ]
    assert programme(component(_package(tmp_path / "a", figures, measures), "minutes"), {}).feasible()
    assert not programme(component(_package(tmp_path / "b", figures, [{"id": "minutes"}]), "minutes"), {}).feasible()
    other = {"id": "other", "measure": "minutes", "printed": "40", "value": "40"} | year
    clash = programme(component(_package(tmp_path / "c", [*figures, other], measures), "minutes"), {})
    assert set(clash.clashes()) == {"year", "other"}

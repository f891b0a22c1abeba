"""Every event and every figure, in order."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from pathlib import Path

from helpers.package.ledger import load
from helpers.report import series

F = Fraction
DATA = load(Path(__file__).resolve().parents[2] / "data")
A, C, T = (F(6500), F(7500)), (F(26500), F(27500)), (F(59500), F(60500))


def test_the_series_hold_every_figure_since_a_year_once() -> None:
    header, rows = series.series(DATA, since=2022)
    assert header == ["Period", "As printed", "A day", "Source"]
    told = [re.search(r"\{([\w-]+)\}", row[1])[1] for row in rows if len(row) > 1]
    old = {name for name, row in DATA.rows["figures"].items() if row.period_end and row.period_end.year < 2022}
    assert sorted(told) == sorted(set(DATA.rows["figures"]) - old)
    lines = {row[1]: row for row in rows if len(row) > 1}
    assert lines["{orders-2022}"][0::2] == ["From 1 January 2022, end not stated", "228 to 248"]  # 291 or 273 days
    assert lines["{orders-2023-early}"][2] == "140 to 220"  # 25,938 over 181 to 120 days
    assert lines["{brought-before}"] == ["Period not stated", "{brought-before}", "–", "{astana-times-2023-11-15}"]
    assert lines["down {reports-change}"][2] == "–"  # a change is no pace


def test_the_series_name_a_measure_over_its_figures_the_earliest_first() -> None:
    _, rows = series.series(DATA, since=2022)
    names = [row[0] if len(row) == 1 else row[1].partition("{")[2][:-1] for row in rows]
    at = names.index("Protective orders (orders)")
    under = names[at + 1 : next(n for n in range(at + 1, len(rows)) if len(rows[n]) == 1)]
    figures = DATA.rows["figures"]
    assert set(under) == {name for name, row in figures.items() if row.measure == figures["orders"].measure}
    starts = [figures[name].period_start for name in under]
    assert starts == sorted(starts, key=lambda start: start or date.max)


def test_a_step_without_a_day_stands_before_the_days_in_it() -> None:
    order = [row[0] for row in series.steps(DATA)]
    assert order.index("{decriminalised-2017}") == 0
    assert order.index("{adopted-may}") < order.index("{amendments-july}") < order.index("{reform}")
    assert order[-1] == "{responsibility}"
    assert {name.strip("{}") for name in order} == set(DATA.rows["events"])

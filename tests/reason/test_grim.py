"""Shares of few things: which a whole allows, against every number of it counted out."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from packages import variant

from helpers.figures.interval import Interval
from helpers.package.ledger import load
from helpers.reason.grim import _allowed, impossible


def package(edit, folder: Path, visits: str, share: str, **cells: str):
    """A package in which `share` of `visits` visits were by children."""
    counted = {"printed": visits, "value": visits, "wording": f"{visits} visits in 2021"}
    value = str(Fraction(share) / 100 if "/" in share else round(float(share) / 100, 6))
    part = {"printed": f"{share}%", "value": value, "wording": f"{share}% of the visits", "step": "", "step_coarse": ""}
    return load(variant(edit, folder, {"visits-2021": counted, "child-share": part | cells}))


@pytest.mark.parametrize(
    ("visits", "share", "nearest"),
    [
        ("12", "45", ("41.7% (5 of 12)", "50% (6 of 12)")),
        ("12", "42", None),
        ("37", "33.1", ("32.4% (12 of 37)", "35.1% (13 of 37)")),
        ("37", "32.4", None),
        ("1000", "33.1", None),
    ],
)
def test_a_share_is_a_fraction_that_its_whole_allows(edit, tmp_path, visits, share, nearest) -> None:
    found = impossible(package(edit, tmp_path, visits, share))
    assert [(one.figure, one.whole, one.nearest) for one in found] == (
        [("child-share", "visits-2021", nearest)] if nearest else []
    )


def test_a_wider_rounding_may_allow_it(edit, tmp_path) -> None:
    ledger = package(edit, tmp_path, "12", "40")
    assert impossible(ledger)
    assert impossible(ledger.with_rounding("coarse")) == []  # 35% to 45% holds 5 of 12


def test_the_test_agrees_with_counting_out() -> None:
    for whole, percent in product(range(1, 40), range(101)):
        share = Interval(Fraction(2 * percent - 1, 200), Fraction(2 * percent + 1, 200), high_open=True)
        held = any(Fraction(part, whole) in share for part in range(whole + 1))
        assert _allowed(share, Interval.exact(whole)) == held, (whole, percent)


def test_every_share_is_tried_wherever_it_stands_and_nothing_else(edit, tmp_path) -> None:
    ledger = package(edit, tmp_path, "12", "45")
    turned = ledger.with_rows(figures=dict(reversed(ledger.rows["figures"].items())))
    assert [one.figure for one in impossible(turned)] == [one.figure for one in impossible(ledger)] == ["child-share"]
    rows = ledger.rows["figures"]
    for other in ({"kind": "multiple"}, {"versus": "", "base_measure": "visits"}):
        share = rows["child-share"].model_copy(update=other)
        assert impossible(ledger.with_rows(figures={**rows, "child-share": share})) == []

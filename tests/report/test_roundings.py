"""Results under other roundings."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from helpers.figures.rounding import ROUNDINGS
from helpers.package.ledger import load
from helpers.reason.compare import quantity
from helpers.report import paces, roundings
from helpers.words.template import Writer

F = Fraction
DATA = load(Path(__file__).resolve().parents[2] / "data")
CORE = load(DATA.package, evidence="core")


def test_a_formula_is_worked_out_again_under_another_rounding() -> None:
    ratio = quantity(DATA, "offenders") / quantity(DATA, "brought-after") - 1
    under = DATA.with_rounding("at_least")
    again = roundings.again(ratio.formula, under).interval
    assert (again.low, again.high) == (F(60_000, 28_000) - 1, F(61_000, 27_000) - 1)
    with pytest.raises(ValueError, match="no arithmetic"):
        roundings.again(paces.rest_to_part(DATA, "orders-2023-year", "orders-2023-early").formula, under)


def test_results_under_every_rounding_lead_to_their_number() -> None:
    writer = Writer(DATA)
    writer.work("rise", quantity(DATA, "brought-after") / quantity(DATA, "brought-before"), "Rise")
    writer.work("none", quantity(CORE, "orders-2024") / 2, "None")
    header, rows = roundings.compared(writer, ["rise", "none"])
    assert header == ["Result", *(f"{c.label[0].upper()}{c.label[1:]}" for c in ROUNDINGS.values())]
    assert rows == [["Rise", "{rise}", "3.5 to 4.3", "3.3 to 4.0"]]

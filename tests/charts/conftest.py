"""A writer on the project's own package, with a few numbers worked out, in the newest edition and in an early one."""

from __future__ import annotations

import pytest
from conftest import DATA

from helpers.package.ledger import load
from helpers.reason.compare import per_day, quantity
from helpers.words.template import Writer


def writer(**edition: str) -> Writer:
    w = Writer(load(DATA, **edition))
    early = [f"court-{name}-2023-early" for name in ("arrests", "warnings", "fines")]
    w.work("orders-early", per_day(w.ledger, "orders-2023-early"), "Orders a day, early 2023")
    w.work("cases-day", per_day(w.ledger, "cases-2023-may"), "Cases a day")
    w.work("penalised-day", per_day(w.ledger, *early), "People penalised a day")
    charges = quantity(w.ledger, "protocols-2023-early")
    w.work("arrested-early", 100 * (quantity(w.ledger, early[0]) / charges), "Arrested, per hundred charge sheets")
    return w


@pytest.fixture
def w() -> Writer:
    return writer()


@pytest.fixture
def early() -> Writer:
    """An edition before anything but the article was published."""
    return writer(as_of="2023-11-15", evidence="core")

"""No orphan numbers: whatever the rendered briefing counts, a row, a date, a finding or a formula accounts for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from export.numbers import Accounts, Allowed, accounts

from helpers.report import edition as editions
from helpers.report import render
from helpers.report.engine import Warm

DATA = Path(__file__).resolve().parents[2] / "data"
EDITIONS = {
    "all": {},
    "core": {"evidence": "core"},
    "first": {"as_of": "2023-11-15", "evidence": "core", "rounding": "coarse"},
}


@dataclass(frozen=True)
class Edition:
    page: BeautifulSoup
    accounts: Accounts


@pytest.fixture(scope="module", params=EDITIONS.values(), ids=EDITIONS)
def edition(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, warm: Warm) -> Edition:
    folder = tmp_path_factory.mktemp("edition")
    made = render.files(editions.Edition.of({"package": str(DATA)} | request.param), warm, progress=False)
    (folder / "findings.json").write_bytes(made["findings.json"])
    page = BeautifulSoup(made["briefing.html"].decode(), "html.parser")
    return Edition(page, accounts(DATA, folder / "findings.json", **request.param))


def test_no_orphan_numbers(edition: Edition) -> None:
    assert edition.accounts.orphans(edition.page) == []


@pytest.mark.parametrize("edition", [EDITIONS["core"]], ids=["core"], indirect=True)
@pytest.mark.parametrize(
    ("place", "number"),
    [
        ("main p", "412"),
        ("main li", "83%"),
        ("main li", "27,000"),  # a figure without its link
        ("main td", "71,300"),
        (".evidence li", "5,150"),
        ('a.num[href="#f-offenders"]', "61,000"),
        ('a.num[href="#w-orders-per-offender"]', "154"),
        ('a.num[href="#e-reform"]', "1998"),
    ],
)
def test_a_planted_orphan_is_found(edition: Edition, place: str, number: str) -> None:
    page = BeautifulSoup(str(edition.page), "html.parser")
    page.select_one(place).append(f" {number} ")
    assert [orphan.split(":")[0] for orphan in edition.accounts.orphans(page)] == [number.rstrip("%")]


@pytest.mark.parametrize(
    ("number", "held"),
    [("7,000", True), ("3.5", True), ("3.6", True), ("3.53", True), ("3.7", False), ("3.54", True), ("2023", True)],
)
def test_a_quantity_may_be_rounded_down_or_up_at_any_of_its_places(number: str, held: bool) -> None:
    allowed = Allowed({"2023"}, {3.5333, 6_999.5})
    assert allowed.holds(number) == held

"""The briefing of any package: what it says of two invented ones, without a line written for them."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from packages import HARBOURS, LIBRARIES, written

from helpers.package.ledger import load
from helpers.report import gaps, overview, told
from helpers.report.edition import Edition
from helpers.report.engine import Warm
from helpers.report.render import files
from helpers.words.template import Writer

PROJECT = Path(__file__).resolve().parents[2]
TEMPLATE = PROJECT / "notebooks" / "template.ipynb"


@pytest.fixture(scope="module", params=[LIBRARIES, HARBOURS], ids=lambda package: package.name)
def rendered(request: pytest.FixtureRequest, warm: Warm) -> tuple[Path, dict[str, bytes]]:
    edition = Edition.of({"package": str(request.param)})
    assert edition.notebook == TEMPLATE
    return request.param, files(edition, warm, progress=False)


def page(made: dict[str, bytes]) -> BeautifulSoup:
    return BeautifulSoup(made["briefing.html"].decode(), "html.parser")


def test_a_package_without_a_notebook_of_its_own_gets_page_pdf_and_findings(
    rendered: tuple[Path, dict[str, bytes]],
) -> None:
    _, made = rendered
    assert made["briefing.pdf"].startswith(b"%PDF-")
    assert b'"findings"' in made["findings.json"]


def test_every_row_stands_in_it(rendered: tuple[Path, dict[str, bytes]]) -> None:
    package, made = rendered
    ledger, tree = load(package), page(made)
    for prefix, table in (("f-", "figures"), ("e-", "events"), ("s-", "sources")):
        assert all(tree.find(id=prefix + id) for id in ledger.rows[table])
    assert tree.h1.get_text(" ", strip=True) == ledger.head["title"]
    text = " ".join(tree.get_text().split())
    assert all(row.reason in text for row in ledger.rows["omitted"])


def test_every_link_leads_somewhere(rendered: tuple[Path, dict[str, bytes]]) -> None:
    tree = page(rendered[1])
    ids = {tag["id"] for tag in tree.find_all(id=True)}
    assert {
        a["href"] for a in tree.find_all("a", href=True) if a["href"][0] == "#" and a["href"][1:] not in ids
    } == set()


def test_it_knows_no_package() -> None:
    source = "".join(cell.source for cell in nbformat.read(TEMPLATE, 4).cells)
    for name in ("overview", "told", "gathered", "gaps"):
        source += (PROJECT / "src" / "helpers" / "report" / f"{name}.py").read_text(encoding="utf-8")
    for package in (PROJECT / "data", LIBRARIES, HARBOURS):
        ledger = load(package)
        ids = {*ledger.rows["figures"], *ledger.rows["events"], *ledger.rows["sources"]}
        assert [id for id in ids if f'"{id}"' in source or f"{{{id}" in source] == []


def test_other_sources_comparisons_stand_apart() -> None:
    ledger = load(PROJECT / "data")
    writer = Writer(ledger)
    assert not any("cases-2024-may" in point for point in told.points(writer))
    row = next(row for row in overview.elsewhere(writer) if "cases-2024-may" in row[2])
    assert row == [
        "Registered domestic-violence cases",
        "{cases-2023-may} ({cases-2023-may:period})",
        "{cases-2024-may} ({cases-2024-may:period})",
        "{cases-2024-may-ratio}",
    ]


def test_figures_that_do_not_fit_are_named() -> None:
    ledger = load(HARBOURS)
    # 12% of 5,000 is at most 0.125 x 5,500 = 687.5; 900 is at least 850.
    assert gaps.verdict_on(ledger).startswith("In one of two groups")
    assert "short by 162" in gaps.fit(ledger)[0][1]
    assert "#f-failed-number" in gaps.fit(ledger)[0][1]
    assert gaps.verdict_on(load(LIBRARIES)).startswith("As they stand, apart from the contradictions below")


def test_contradictions_and_open_questions_have_rows() -> None:
    (dispute,) = gaps.disputes(load(LIBRARIES))
    assert dispute == [
        "Registered readers",
        "{readers} ({readers:source}) against {readers-council} ({readers-council:source})",
    ]
    assert gaps.answers(load(LIBRARIES)) == [
        ["School year", "The first half of the year", "none of 1"],
        [" ", "The second half of the year", "none of 1"],
        [" ", "From September to January", "1 of 1"],
    ]
    assert gaps.disputes(load(HARBOURS)) == []


def test_figures_without_a_period_are_named_once() -> None:
    assert gaps.undated(load(LIBRARIES)) == "Printed without a period: {visits-school} visits to public libraries."
    assert gaps.undated(load(HARBOURS)) == ""


def test_what_two_sources_print_alike_is_drawn_once(tmp_path: Path) -> None:
    days = [
        {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31", "period_basis": "stated"}
        for year in (2022, 2023)
    ]
    figures = [
        {"id": f"{source}-{at}", "source": source, "measure": "pupils", "printed": str(value), "value": str(value)}
        | days[at]
        | ({"versus": f"{source}-0"} if at else {})
        for source in ("desk", "wire")
        for at, value in enumerate((268, 412))
    ]
    sources = [{"id": name, "origin": "release"} for name in ("desk", "wire")]
    writer = Writer(load(written(tmp_path, sources=sources, measures=[{"id": "pupils"}], figures=figures)))
    assert len(overview.panels(writer)) == 1
    (point,) = told.points(writer)
    assert point.count("from {") == 1
    assert "Two sources that pass on one statement say so." in point

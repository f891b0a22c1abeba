"""What others take from a page: the CSV and the linked data, whole, of this edition, and safe whatever they quote."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from bs4 import BeautifulSoup
from edited import changed
from export.samples import briefing, build
from export.test_typst import exported as exported_pdf
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

from helpers.export import reuse
from helpers.export.html import BriefingHTML
from helpers.package.ledger import Ledger, load
from helpers.package.schema import columns
from helpers.report import findings

DATA = Path(__file__).resolve().parents[2] / "data"
ALL, CORE = load(DATA), load(DATA, "coarse", evidence="core")
HOSTILE = "</script><script>alert(1)</script> ]]> <!-- \" ' & #panic() ңғүұ\u2028"


def rows(ledger: Ledger) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in csv.DictReader(io.StringIO(reuse.table(ledger), newline=""))}


def entries(ledger: Ledger, kind: str) -> dict[str, dict]:
    return {entry["@id"]: entry for entry in reuse.graph(ledger)["@graph"] if entry["@type"] == kind}


def with_reuse(ledger: Ledger, notebook: NotebookNode | None = None) -> NotebookNode:
    """A notebook that shows an edition's data as `reuse.show` does."""
    content = {"name": reuse.filename(ledger), "csv": reuse.table(ledger), "graph": reuse.graph(ledger)}
    notebook = notebook or briefing()
    notebook.cells.append(new_code_cell("", outputs=[new_output("display_data", {reuse.MIME: content})]))
    return notebook


def page(notebook: NotebookNode) -> BeautifulSoup:
    return BeautifulSoup(BriefingHTML().from_notebook_node(notebook)[0], "html.parser")


def spoilt() -> Ledger:
    ledger = changed(ALL, "figures", "orders", wording=HOSTILE, said_by=HOSTILE, note=HOSTILE)
    for table, field in (("sources", "title"), ("events", "label")):
        for name in ledger.rows[table]:
            ledger = changed(ledger, table, name, **{field: HOSTILE})
    return ledger


# --- the table -----------------------------------------------------------------------------------------------------


def test_the_table_holds_the_figures_of_the_edition_as_they_stand_in_the_package() -> None:
    with (DATA / "figures.csv").open(encoding="utf-8", newline="") as file:
        given = {row["id"]: row for row in csv.DictReader(file)}
    found = rows(CORE)
    assert list(found) == list(CORE.figures.index)
    for name, row in found.items():
        own = {field: row[field] for field in columns("figures") if field in given[name]}
        numbers = ("value", "step", "step_coarse")
        assert {k: v for k, v in own.items() if k not in numbers} == {
            k: v for k, v in given[name].items() if k not in numbers
        }
        assert [float(own[k] or "nan") for k in numbers] == pytest.approx(
            [float(given[name][k] or "nan") for k in numbers], nan_ok=True
        )


@pytest.mark.parametrize(
    ("ledger", "figure", "ends"),
    [
        (ALL, "brought-before", ("6500", "7500", "false", "true", "nearest")),
        (ALL, "criminal-change", ("-4.25", "-4.15", "true", "false", "nearest")),
        (CORE, "offenders", ("55000", "65000", "false", "true", "coarse")),
        (CORE, "reconciled-share", ("0.4", "0.6", "false", "true", "coarse")),
    ],
)
def test_the_table_gives_the_values_a_figure_stands_for(ledger: Ledger, figure: str, ends: tuple[str, ...]) -> None:
    row = rows(ledger)[figure]
    assert tuple(row[name] for name in ("low", "high", "low_open", "high_open", "rounding")) == ends


def test_the_table_stands_alone() -> None:
    row = rows(ALL)["orders"]
    assert row["url"].startswith("https://astanatimes.com/2023/11/")
    assert row["counts"] == ALL.measures.at["orders", "counts"]


def test_the_file_names_its_edition() -> None:
    assert reuse.filename(CORE) == "figures-2024-01-22-core-coarse.csv"


# --- linked data ---------------------------------------------------------------------------------------------------


def test_every_claim_appears_in_a_source_of_the_graph() -> None:
    sources = entries(ALL, "CreativeWork")
    claims = entries(ALL, "Claim")
    assert set(claims) == {f"#f-{name}" for name in ALL.figures.index} | {f"#e-{name}" for name in ALL.events.index}
    assert {claim["appearance"]["@id"] for claim in claims.values()} <= set(sources)
    assert all(source["url"].startswith("http") for source in sources.values())


def test_a_claim_gives_the_words_the_speaker_the_value_and_the_period() -> None:
    claim = entries(ALL, "Claim")["#f-brought-after"]
    assert claim["text"] == ALL.figures.at["brought-after", "wording"]
    assert claim["creditText"] == "name lost in the text"
    assert (claim["about"]["value"], claim["about"]["minValue"], claim["about"]["maxValue"]) == (27000, 26500, 27500)
    assert claim["temporalCoverage"] == "2023-07-01/2023-10-31"


def test_the_dataset_names_its_licence_sources_and_file() -> None:
    (dataset,) = entries(CORE, "Dataset").values()
    assert dataset["license"].startswith("https://creativecommons.org/licenses/by/4.0")
    assert dataset["distribution"]["name"] == reuse.filename(CORE)
    assert {source["@id"] for source in dataset["isBasedOn"]} == {f"#s-{name}" for name in CORE.sources.index}


def test_a_page_speaks_only_of_what_it_shows() -> None:
    left = reuse.shown(reuse.graph(ALL), {"f-orders", "s-vlast-2024"})["@graph"]
    assert {entry["@id"] for entry in left} == {"#data", "#f-orders", "#s-vlast-2024"}
    assert left[0]["isBasedOn"] == [{"@id": "#s-vlast-2024"}]


# --- in the page and in the PDF ------------------------------------------------------------------------------------


def test_the_page_offers_the_table_and_holds_the_graph_in_its_head() -> None:
    made = page(with_reuse(CORE))
    link = made.footer.find("a", download=True)
    kind, _, content = link["href"].partition(",")
    assert kind == "data:text/csv;charset=utf-8"
    assert unquote_to_bytes(content).decode("utf-8-sig") == reuse.table(CORE)
    assert made.nav.find("a", href="#data")
    assert [script["type"] for script in made.find_all("script")] == ["application/ld+json"]
    assert json.loads(made.head.script.string)["@graph"][0]["@type"] == "Dataset"


def test_without_data_there_is_no_trace_of_it() -> None:
    made = page(briefing())
    assert not made.find(["script", "a"], download=True)
    assert not made.find(id="data")


def test_what_is_for_machines_is_never_shown() -> None:
    noted = new_output("display_data", {findings.MIME: [{"kind": "worked"}], "text/plain": "1 findings"})
    notebook = with_reuse(CORE, build("# T", "Text", noted))
    assert page(notebook).main.get_text().strip() == "Text"
    assert "findings" not in exported_pdf(notebook).pages[0].extract_text()


def test_the_pdf_carries_the_table() -> None:
    pdf = exported_pdf(with_reuse(CORE))
    assert pdf.attachments[reuse.filename(CORE)][0].decode("utf-8") == reuse.table(CORE)


def test_hostile_text_stays_text() -> None:
    ledger = spoilt()
    made = page(with_reuse(ledger, build("# T", "[x]{#f-orders} [y]{#s-vlast-2024} [z]{#e-reform}")))
    assert len(made.find_all("script")) == 1
    graph = {entry["@id"]: entry for entry in json.loads(made.script.string)["@graph"]}
    assert graph["#f-orders"]["text"] == graph["#f-orders"]["creditText"] == HOSTILE
    assert graph["#s-vlast-2024"]["name"] == graph["#e-reform"]["abstract"] == HOSTILE
    assert "<" not in made.script.string
    assert exported_pdf(with_reuse(ledger)).attachments[reuse.filename(ledger)][0].decode() == reuse.table(ledger)
    assert rows(ledger)["orders"]["wording"] == HOSTILE


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert reuse.table(load(DATA)) == reuse.table(ALL)
    assert reuse.script(reuse.graph(load(DATA))) == reuse.script(reuse.graph(ALL))


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("@x", "'@x"),
        ("+x", "'+x"),
        ("-1+cmd|x", "'-1+cmd|x"),
        ("-20%", "-20%"),
        ("+5.5", "+5.5"),
        ("a=b", "a=b"),
        (Fraction(-7, 2), "-3.5"),
    ],
)
def test_no_text_of_a_row_is_a_formula_in_a_spreadsheet(written: object, cell: str) -> None:
    assert reuse._cell(written) == cell

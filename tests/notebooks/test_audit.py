"""The audit of a package it has never seen, from the command line to the page, and what its exit status says."""

from __future__ import annotations

import html
import io
import json
import os
import re
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import SimpleNamespace

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from packages import LIBRARIES, TEXTS, variant

from helpers.package.ledger import load
from helpers.package.schema import columns
from helpers.report import render
from helpers.report.command import main
from helpers.report.edition import Edition
from helpers.report.findings import MIME

PROJECT = Path(__file__).resolve().parents[2]
NOTEBOOK = json.loads((PROJECT / "notebooks" / "audit.ipynb").read_text(encoding="utf-8"))
PLANTED = {
    "visits-half": {
        "printed": "590,000",
        "value": "590000",
        "wording": "590,000 visits came in the first half of the year",
    }
}


def command(reports, *arguments, stand=PROJECT):
    """The command line as someone standing in a folder uses it, its reports put elsewhere."""
    out, err, before = io.StringIO(), io.StringIO(), Path.cwd()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(Edition, "reports", reports)
        patch.setattr("helpers.report.edition.CACHE", reports.parent / "cache")
        os.chdir(stand)
        try:
            status = main([*map(str, arguments)])
        finally:
            os.chdir(before)
    return SimpleNamespace(status=status, out=out.getvalue(), err=err.getvalue())


def text(page):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def section(page, name):
    """The text from the heading with that id to the next section."""
    (found,) = re.findall(rf'<h2 id="{name}"[^>]*>(.*?)(?=<h2|</main>)', page, re.DOTALL)
    return text(found)


# --- the second package, sound --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    reports = tmp_path_factory.mktemp("sound")
    # From where the user stands: neither the project nor the folder the kernel works in.
    done = command(reports, "audit", "package=libraries", "sources=libraries/texts", stand=LIBRARIES.parent)
    done.page = (reports / "audit.html").read_text(encoding="utf-8")
    return done


def test_a_sound_package_ends_with_0(sound):
    assert sound.status == 0
    assert "cannot" not in sound.err
    assert "audit.html\n" in sound.out
    assert sound.out.endswith("Sound: 12 figures, 19 of 19 numbers covered, 1 source without a text.\n")


def test_it_says_so_in_a_sentence(sound):
    page = text(sound.page)
    assert "(invented): sound" in page.partition("Sound: 12 figures")[0]
    assert "Sound: 12 figures, 19 of 19 numbers covered, 1 source without a text." in page
    assert "As the tables stand, all figures can be true together" in page
    assert "each of the 19 numbers in the texts lies in the wording" in page


def test_one_table_says_what_holds_under_which_rounding(sound):
    found = section(sound.page, "under-which-rounding")
    assert [name for name in ("nearest: ", "coarse: ", "at_least: ") if name in found] == [
        "nearest: ",
        "coarse: ",
        "at_least: ",
    ]
    assert re.findall(r"can all be true none (\d of \d)", found) == ["2 of 8", "1 of 8", "2 of 8"]


@pytest.mark.parametrize("name", ["clashes", "wordings-not-found", "numbers-no-row-covers"])
def test_what_is_not_wrong_is_said_too(sound, name):
    assert section(sound.page, name).count("None:") == 1


def test_every_figure_stands_there_with_its_words_and_interval(sound):
    figures = section(sound.page, "figures")
    for figure, row in load(LIBRARIES).figures.iterrows():
        assert f"{figure} : " in figures
        assert f"“{row['wording']}”" in figures
        assert f'id="f-{figure}"' in sound.page
    assert "519,500 to 520,500" in figures
    assert "1,204,377, printed to the last digit" in figures


def test_every_comparison_stands_there_with_its_units_and_base(sound):
    found = section(sound.page, "comparisons")
    # 519,500 / 400,500 and 520,500 / 399,500, rounded outward; 11.5 to 12.5 of a hundred more; 9,550 / 86,450 and on.
    assert "400,000 ( visits-2020 ); 2020 1.29 to 1.31 times 29.7 to 30.3% up; 119,000 to 121,000 visits" in found
    assert "books lent, no count given; 2020 1.11 to 1.13 times 11.5 to 12.5% up loans" in found
    assert "0.110 to 0.112 fines per persons – fines against persons" in found
    assert "20 to 30% – visits" in found


def test_the_scenarios_have_verdicts_in_plain_words(sound):
    found = section(sound.page, "can-the-figures-be-true-together")
    assert "Groups: 4. Sets of assumptions: 8; in 2 of them some figures cannot be true." in found
    assert "As it stands can all be true 1.4 times" in found
    expected = "cannot all be true , short by 49,000 visits in all visits-half , visits-school"
    assert f"School-year: the first half of the year {expected}" in found
    assert "School-year: from September to January can all be true" in found


def test_a_group_that_always_holds_takes_one_line(sound):
    found = section(sound.page, "can-the-figures-be-true-together").partition("Groups that can be true")[2]
    assert "Registered readers 2 readers , readers-council none the same" in found
    assert "isits to public libraries" not in found


def test_a_declared_dispute_is_shown(sound):
    found = section(sound.page, "declared-disputes")
    assert "readers-2021 gazette 86,400 ( readers ) Registered readers 2021" in found
    assert "council 91,000 ( readers-council ) Registered readers 2021" in found


def test_a_source_without_a_text_is_named(sound):
    assert "not checked: radio-2022." in section(sound.page, "wordings-not-found")


def test_the_page_knows_no_other_package(sound):
    assert "azakh" not in sound.page
    assert "Portugal" in sound.page


def test_no_number_of_the_page_leads_nowhere(sound):
    ids = set(re.findall(r'\sid="([^"]*)"', sound.page))
    assert {target for target in re.findall(r'href="#([^"]*)"', sound.page) if target not in ids} == set()


# --- the second package, with a clash -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def planted(tmp_path_factory, edit):
    folder = tmp_path_factory.mktemp("planted")
    package = variant(edit, folder, PLANTED)
    done = command(folder / "reports", "audit", f"package={package}", f"sources={package / 'texts'}")
    done.page = (folder / "reports" / "audit.html").read_text(encoding="utf-8")
    return done


def test_a_clash_ends_with_2_and_is_named_on_standard_error(planted):
    assert planted.status == 2
    # More in half a year than in all of it: 589,500 at least against 520,500 at most.
    assert "visits-2021, visits-half cannot all be true: short by 69,000 visits in all" in planted.err


def test_the_clash_stands_under_its_own_id(planted):
    found = section(planted.page, "clashes")
    assert "visits-2021 , visits-half cannot all be true." in found
    assert "give way by 69,000 visits in all" in found
    assert "590,000 ( visits-half ) visits to public libraries January to June 2021 589,500 to 590,500" in found


def test_the_summary_names_the_clash(planted):
    line = (
        "Not sound: 12 figures, 1 clash, 18 of 19 numbers covered, 1 wording not in their texts, "
        "1 source without a text."
    )
    assert line in planted.out
    assert line in text(planted.page)
    assert "The figures clash. As the tables stand, some figures cannot all be true: visits-2021 , visits-half" in text(
        planted.page
    )


def test_the_wording_that_is_not_found_stands_under_its_own_id(planted):
    expected = "figures.csv, visits-half “590,000 visits came in the first half of the year” does not stand in the text"
    assert expected in section(planted.page, "wordings-not-found")
    assert "figures.csv, visits-half, `wording`" in planted.err


def test_the_numbers_that_no_row_covers_stand_under_their_own_id(planted):
    found = section(planted.page, "numbers-no-row-covers")
    assert "290,000 gazette-2022-01-20.txt, line 3" in found
    assert "Of these, 290,000 visits came in the first" in found


# --- the exit status, without a kernel ------------------------------------------------------------------------------


@pytest.fixture
def kernelless(monkeypatch):
    """Stands in for running a notebook, and keeps what it was run with."""
    given = {}

    def run(notebook, parameters, warm, progress):
        given.update(parameters)
        outputs = [new_output("display_data", {MIME: [{"kind": "worked"}], "text/plain": "one"})]
        cells = [new_markdown_cell("# Title"), new_code_cell(outputs=outputs, metadata={"tags": ["remove-cell"]})]
        return new_notebook(cells=cells)

    monkeypatch.setattr(render, "run", run)
    return given


def test_texts_that_do_not_match_end_with_3(kernelless, tmp_path, edit):
    package = variant(edit, tmp_path, {"loans": {"wording": "1,204,377 books in all"}})
    done = command(tmp_path, "audit", f"package={package}", f"sources={TEXTS}")
    assert done.status == 3
    assert "figures.csv, loans, `wording`" in done.err
    assert "no row covers '1,204,377'" in done.err


def test_a_clash_weighs_more_than_the_texts(kernelless, tmp_path, edit):
    assert command(tmp_path, "audit", f"package={variant(edit, tmp_path, PLANTED)}", f"sources={TEXTS}").status == 2


@pytest.mark.parametrize("name", ["", "{}.TXT", "{}.txt.txt", "gazette-2022-01-2.txt"])
def test_a_check_that_read_no_text_ends_with_3(kernelless, tmp_path, name):
    texts = tmp_path / "texts"
    texts.mkdir()
    if name:
        (texts / name.format("gazette-2022-01-20")).write_text("Another 99 visits.", encoding="utf-8")
    done = command(tmp_path / "reports", "audit", f"package={LIBRARIES}", f"sources={texts}")
    assert done.status == 3
    assert "Sound:" not in done.out
    assert "no text of a source is there, so nothing was checked" in done.err
    assert not name or "name it gazette-2022-01-20.txt" in done.err


def test_without_texts_the_figures_alone_decide(kernelless, tmp_path, edit):
    package = variant(edit, tmp_path, {"loans": {"wording": "1,204,377 books in all"}})
    assert command(tmp_path, "audit", f"package={package}").status == 0


@pytest.mark.parametrize("evidence", ["core", "all"])
@pytest.mark.parametrize("rounding", ["nearest", "coarse", "at_least"])
def test_our_own_package_is_sound(kernelless, tmp_path, rounding, evidence):
    done = command(tmp_path, "audit", f"rounding={rounding}", f"evidence={evidence}")
    assert (done.status, done.err) == (0, "")


def test_the_kernel_is_given_whole_paths(kernelless, tmp_path):
    command(tmp_path, "audit", "package=libraries", "sources=libraries/texts", stand=LIBRARIES.parent)
    assert kernelless == {"package": str(LIBRARIES), "sources": str(TEXTS)}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["audit", "package=nowhere"], "There is no folder .*nowhere", id="no package"),
        pytest.param(["audit", "sources=nowhere"], "no folder .*nowhere", id="no texts"),
        pytest.param(["audit", "rounding=up"], "`up` for `rounding`", id="wrong value"),
        pytest.param(["audit", "packge=data"], "parameter `packge`. `audit` takes: PACKAGE", id="unknown parameter"),
        pytest.param(["audit", "data"], "`data`. Write a parameter as name=value", id="no name"),
        pytest.param(["adit"], "no command `adit`.*report, audit", id="unknown command"),
        pytest.param([], "The commands are: report", id="no command"),
    ],
)
def test_what_cannot_be_audited_ends_with_1_and_leaves_the_last_report(tmp_path, arguments, said):
    last = tmp_path / "audit.html"
    last.write_text("the last one")
    done = command(tmp_path, *arguments)
    assert done.status == 1
    assert re.search(said, done.err)
    assert last.read_text() == "the last one"


def test_a_package_with_a_fault_ends_with_1_and_the_fault(tmp_path, edit):
    done = command(tmp_path, "audit", f"package={variant(edit, tmp_path, {'loans': {'value': '12'}})}")
    assert done.status == 1
    assert "figures.csv, line 8 (loans), `value` = '12'" in done.err


# --- findings.json --------------------------------------------------------------------------------------------------


def test_the_findings_of_the_briefing_are_written_beside_it_and_not_in_it(kernelless, tmp_path):
    done = command(tmp_path, "report", f"package={LIBRARIES}")
    assert done.status == 0
    assert {path.name for path in tmp_path.glob("[!.]*")} == {"briefing.html", "briefing.pdf", "findings.json"}
    top = json.loads((tmp_path / "findings.json").read_text(encoding="utf-8"))
    assert (top["findings"], top["title"]) == ([{"kind": "worked"}], "Public libraries in Portugal (invented)")
    assert MIME not in (tmp_path / "briefing.html").read_text(encoding="utf-8")


def test_a_failed_export_replaces_nothing(kernelless, tmp_path, monkeypatch):
    for name in ("briefing.html", "briefing.pdf", "findings.json"):
        (tmp_path / name).write_text("the last one")

    def fail(*_):
        raise ValueError("no such font")

    monkeypatch.setattr("helpers.export.typst.BriefingPDF.written", fail)
    assert command(tmp_path, "report", f"package={LIBRARIES}").status == 1
    assert {path.read_text() for path in tmp_path.iterdir()} == {"the last one"}


# --- the notebook itself --------------------------------------------------------------------------------------------


def test_the_audit_knows_nothing_of_our_data():
    source = "".join("".join(cell["source"]) for cell in NOTEBOOK["cells"])
    package = load(PROJECT / "data")
    words = {*package.figures.index, *package.events.index, *package.measures.index, "Kazakhstan"}
    # An id such as "cases" is a common word; in code it would stand in quotes.
    assert [word for word in words if f'"{word}"' in source or f"'{word}'" in source or f"{{{word}}}" in source] == []


def test_the_invented_package_says_of_every_source_that_it_is_invented():
    sources = load(LIBRARIES).sources
    assert sources["title"].str.startswith("Invented: ").all()
    assert sources["note"].str.startswith("Invented for a test").all()
    assert all("Invented for a test" in path.read_text(encoding="utf-8") for path in TEXTS.glob("*.txt"))


def test_the_invented_package_describes_itself():
    described = json.loads((LIBRARIES / "datapackage.json").read_text(encoding="utf-8"))
    fields = {part["name"]: [field["name"] for field in part["schema"]["fields"]] for part in described["resources"]}
    headers = {table: (LIBRARIES / f"{table}.csv").read_text(encoding="utf-8").splitlines()[0] for table in fields}
    assert {table: ",".join(names) for table, names in fields.items()} == headers
    assert all(set(names) <= set(columns(table)) for table, names in fields.items())
    assert set(fields) == {path.stem for path in LIBRARIES.glob("*.csv")}

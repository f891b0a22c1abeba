"""The controls of `explore.ipynb`, without a browser; `tests/browser/test_lab.py` uses them in one."""

from __future__ import annotations

import json
import re
import threading
from datetime import date
from pathlib import Path

import ipywidgets
import nbformat
import papermill
import pytest
from nbclient import NotebookClient
from packages import LIBRARIES

from helpers.explore import controls as explore
from helpers.explore.choices import WITHOUT_READINGS, choices, guide, opponents, questions, scenario_words
from helpers.explore.controls import Explorer
from helpers.explore.judgement import outcomes
from helpers.markup import dialect as markup
from helpers.package.ledger import Ledger, load
from helpers.reason import whatif
from helpers.reason.scenario import component, whole

PROJECT = Path(__file__).resolve().parents[2]
NOTEBOOK = nbformat.read(PROJECT / "notebooks" / "explore.ipynb", 4)
DATA = load(PROJECT / "data")
SOME = load(LIBRARIES)


@pytest.fixture
def explorer() -> Explorer:
    return Explorer(str(PROJECT / "data"))


def parts(explorer: Explorer) -> dict[str, str]:
    """What is shown, by part."""
    shown = {
        name: getattr(explorer, f"_{name}").value
        for name in ("said", "chart", "verdict", "follows", "proof", "outcomes", "imagined")
    }
    assert "failed" not in shown["said"]
    return shown | {"citation": explorer.citation.value}


def changed(explorer: Explorer, control: ipywidgets.Dropdown, value: str) -> set[str]:
    """The parts that a choice changes."""
    before = parts(explorer)
    control.value = value
    return {name for name, text in parts(explorer).items() if text != before[name]}


def fill(days: tuple[ipywidgets.DatePicker, ipywidgets.DatePicker], first: date | None, last: date | None) -> None:
    days[0].value, days[1].value = first, last


# --- what can be chosen ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ledger", [DATA, SOME], ids=["data", "libraries"])
def test_every_figure_can_be_chosen_and_told_from_the_others(ledger: Ledger) -> None:
    found = choices(ledger)
    assert list(found) == list(ledger.rows["figures"])
    assert len(set(found.values())) >= len(found) - 1  # one source gives one share twice


def test_a_count_can_be_set_against_any_other_count() -> None:
    found = set(opponents(SOME, "visits-2021"))
    assert found == {"", *SOME.figures.query("kind == 'count'").index} - {"visits-2021"}
    assert set(opponents(SOME, "loans-change")) == {""}
    # A share is set against its whole, or another share.
    assert opponents(SOME, "child-share") == {"": "its own base"} | {
        name: choices(SOME)[name]
        for name, row in SOME.rows["figures"].items()
        if row.kind == "share" and name != "child-share"
    }


def test_only_questions_that_bear_on_the_figures_are_asked() -> None:
    assert set(questions(DATA, component(DATA, "offenders"))) == {"baseline", "window", "scope"}
    assert questions(DATA, component(DATA, "serious")) == {}
    assert set(questions(SOME, component(SOME, "visits"))) == {"school-year"}
    (dispute,) = questions(SOME, component(SOME, "readers")).values()
    assert dispute["readers"].startswith("taking 86,400 registered readers")


@pytest.mark.parametrize("ledger", [DATA, SOME], ids=["data", "libraries"])
def test_every_scenario_has_words(ledger: Ledger) -> None:
    for scenario in whole(ledger).scenarios():
        words = scenario_words(ledger, scenario)
        assert words
        assert (WITHOUT_READINGS in words) == all(question.startswith("dispute:") for question in scenario)


def test_the_outcomes_of_scenarios_in_words() -> None:
    told, held = outcomes(SOME, [({}, ()), ({"school-year": "Y1"}, ("visits-half",))], [({}, ())])
    assert "Sets of assumptions that can hold: 1 of 2." in told
    assert "Without what you imagine: 1 of 1." in told
    assert "The first half of the year" in told
    assert held == f"- {WITHOUT_READINGS.capitalize()}"


# --- choosing and seeing --------------------------------------------------------------------------------------------


def test_it_begins_with_the_first_comparison(explorer: Explorer) -> None:
    assert explorer.question.figures == ("brought-after", "brought-before")
    assert explorer.question.scenario == {}
    assert all(parts(explorer)[name] for name in ("said", "chart", "verdict", "proof", "outcomes", "citation"))
    assert parts(explorer)["imagined"] == ""


def test_the_verdict_stands_beside_the_sentence(explorer: Explorer) -> None:
    (beside,) = [box for box in explorer.compare.children if explorer._said in box.children]
    assert beside.children == (explorer._said, explorer._verdict)
    assert "Can hold." in explorer._verdict.value
    assert beside.layout.flex_flow == "row wrap"


def test_a_reading_changes_the_sentence_and_the_chart(explorer: Explorer) -> None:
    assert changed(explorer, explorer.readings["baseline"], "R3") == {"said", "chart", "verdict", "proof", "citation"}
    assert explorer.question.scenario == {"baseline": "R3"}


def test_a_reading_of_another_figure_leaves_the_chart(explorer: Explorer) -> None:
    assert changed(explorer, explorer.readings["window"], "W2") == {"follows"}


def test_rounding_changes_the_intervals(explorer: Explorer) -> None:
    assert {"said", "chart", "citation"} <= changed(explorer, explorer.rounding, "at_least")
    assert "3.3 to 4.0" in explorer._said.value


def test_nothing_of_before_is_shown_after_another_rounding() -> None:
    explorer = Explorer(str(LIBRARIES))
    assert "can hold: 2 of 4" in parts(explorer)["outcomes"]
    explorer.rounding.value = "coarse"
    assert "can hold: 3 of 4" in parts(explorer)["outcomes"]
    assert parts(explorer) == parts(Explorer(str(LIBRARIES), rounding="coarse"))


def test_the_evidence_layer_changes_what_can_be_chosen(explorer: Explorer) -> None:
    every = len(explorer.figure.options)
    explorer.figure.value = "orders-2022"
    explorer.evidence.value = "core"
    assert len(explorer.figure.options) < every
    assert explorer.question.figure == "brought-after"  # the one chosen is not in this edition


def test_another_figure_comes_with_its_own_comparison_and_questions(explorer: Explorer) -> None:
    explorer.readings["baseline"].value = "R1"
    explorer.figure.value = "arrests-change"
    assert explorer.question.figures == ("arrests-change",)
    assert explorer.question.scenario == {}
    assert explorer._asked.children == ()
    explorer.figure.value = "orders"
    explorer.against.value = "offenders"
    assert explorer.question.figures == ("orders", "offenders")
    assert explorer.question.scenario == {"baseline": "R1"}  # asked again, and answered as before


def test_what_cannot_be_read_is_said_where_the_sentence_stands(explorer: Explorer) -> None:
    # A period of one's own that ends after the last day that the window leaves.
    explorer.moved.value = "offenders"
    explorer.figure.value = "orders"
    explorer._moved = {"orders": {"period_start": date(2023, 12, 1)}}
    explorer.readings["window"].value = "W1"
    assert "failed" in explorer._said.value
    assert "2023-12-01" in explorer._said.value


def test_a_change_that_comes_while_another_is_drawn_is_not_lost(
    explorer: Explorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def slow(*given: object) -> dict[str, dict[str, str]]:
        inside.set()
        assert go_on.wait(10)
        return questions(*given)

    monkeypatch.setattr(explore, "questions", slow)
    first = threading.Thread(target=setattr, args=(explorer.rounding, "value", "coarse"))
    second = threading.Thread(target=setattr, args=(explorer.evidence, "value", "core"))
    first.start()
    assert inside.wait(10)
    second.start()
    second.join(0.2)
    go_on.set()
    first.join(10)
    second.join(10)
    assert explorer.question.ledger.evidence == "core"
    assert explorer.question.ledger.rounding == "coarse"


# --- what if --------------------------------------------------------------------------------------------------------


def test_another_period_shows_what_survives(explorer: Explorer) -> None:
    explorer.moved.value = "brought-before"
    fill(explorer.days["New period"], date(2023, 1, 1), date(2023, 6, 30))
    explorer.try_period.click()
    shown = parts(explorer)
    assert "against January to June 2023 (assumed)" in shown["said"]
    assert "Sets of assumptions that can hold: 5 of 7." in shown["outcomes"]
    assert "Without what you imagine: 31 of 37." in shown["outcomes"]
    assert "7,000 people brought to justice: period January to June 2023" in shown["imagined"]
    assert "baseline" not in explorer.question.scenario
    assert {menu.description for menu in explorer._asked.children} == {"Window", "Scope"}


def test_back_to_the_tables(explorer: Explorer) -> None:
    before = parts(explorer)
    explorer.moved.value = "brought-before"
    fill(explorer.days["New period"], date(2023, 1, 1), date(2023, 6, 30))
    explorer.try_period.click()
    explorer.clear.click()
    assert parts(explorer) == before


def test_an_own_comparison_is_shown_and_tested(explorer: Explorer) -> None:
    explorer.measure.value, explorer.value.value, explorer.earlier.value = "arrests", "30,000", "10,000"
    fill(explorer.days["Period"], date(2023, 7, 1), date(2023, 10, 31))
    fill(explorer.days["Its period"], date(2022, 7, 1), date(2022, 10, 31))
    explorer.try_figure.click()
    assert explorer.question.figures == ("own-1", "own-1-earlier")
    assert "from <a" in explorer._said.value
    assert "Can hold" in explorer._verdict.value  # "doubled" has no base to be tested with
    explorer.moved.value = "arrests-change"
    fill(explorer.days["New base"], date(2022, 7, 1), date(2022, 10, 31))
    explorer.try_period.click()
    explorer.figure.value = "own-1"
    assert "Cannot hold" in explorer._verdict.value
    assert set(explorer.question.verdict.clashes) == {"arrests-change", "own-1", "own-1-earlier"}


@pytest.mark.parametrize("value", ["", "some"])
def test_a_value_that_is_no_number_is_refused_in_place(explorer: Explorer, value: str) -> None:
    explorer.value.value = value
    explorer.try_figure.click()
    assert "failed" in explorer._imagined.value
    assert f"“{value}”" in explorer._imagined.value
    assert list(explorer.question.ledger.rows["figures"]) == list(DATA.rows["figures"])


def test_a_period_that_cannot_be_used_is_refused_in_place(explorer: Explorer) -> None:
    explorer.try_period.click()
    assert "Choose the first and the last day" in explorer._imagined.value
    fill(explorer.days["New period"], date(2023, 6, 30), date(2023, 1, 1))
    explorer.try_period.click()
    assert "before it starts" in explorer._imagined.value
    fill(explorer.days["New period"], None, None)
    fill(explorer.days["New base"], date(2022, 1, 1), date(2022, 6, 30))
    explorer.moved.value = "orders"
    explorer.try_period.click()
    assert "no base of its own" in explorer._imagined.value


# --- saving ---------------------------------------------------------------------------------------------------------


def test_saving_names_the_files(explorer: Explorer, tmp_path: Path) -> None:
    explorer.place.value = str(tmp_path)
    explorer.save.click()
    assert len(list(tmp_path.iterdir())) == 3
    assert all(str(path) in explorer._saved.value for path in tmp_path.iterdir())
    assert (tmp_path / "brought-after-brought-before-nearest.txt").read_text() == explorer.citation.value + "\n"


def test_a_folder_that_cannot_be_written_is_said(explorer: Explorer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    explorer.place.value = str(tmp_path / "file")
    explorer.save.click()
    assert "failed" in explorer._saved.value


# --- any package, anywhere ------------------------------------------------------------------------------------------


def test_another_package_of_another_country(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    explorer = Explorer(str(LIBRARIES))
    for figure in SOME.figures.index:
        explorer.figure.value = figure
        parts(explorer)
    explorer.figure.value = "visits-2021"
    assert changed(explorer, explorer.readings["school-year"], "Y3")
    assert "Kazakhstan" not in "".join(parts(explorer).values())


def test_the_code_knows_nothing_of_our_data() -> None:
    modules = [*(PROJECT / "src" / "helpers" / "explore").glob("*.py"), Path(whatif.__file__)]
    sources = [path.read_text(encoding="utf-8") for path in modules]
    sources += [cell.source for cell in NOTEBOOK.cells if cell.cell_type == "code"]
    words = {*DATA.figures.index, *DATA.events.index, *DATA.measures.index, *DATA.readings["question"], "Kazakhstan"}
    words -= {"reports"}  # a measure, and the folder that reports go to
    assert [word for word in words if re.search(rf"[\"'{{]{word}\b", "".join(sources))] == []


# --- the notebook ---------------------------------------------------------------------------------------------------


def test_the_notebook_is_committed_without_outputs_and_with_its_code_folded() -> None:
    for cell in NOTEBOOK.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
            assert cell.metadata.get("tags") == ["parameters"] or cell.metadata["jupyter"]["source_hidden"]


def test_its_parameters_are_those_of_the_briefing() -> None:
    ours, theirs = (
        papermill.inspect_notebook(PROJECT / "notebooks" / f"{name}.ipynb") for name in ("explore", "briefing")
    )
    assert list(ours) == list(theirs)
    assert all(parameter["help"] for parameter in ours.values())


@pytest.mark.parametrize("ledger", [DATA, SOME], ids=["data", "libraries"])
def test_the_guide_speaks_of_the_open_package(ledger: Ledger) -> None:
    text = markup.plain(guide(ledger))
    labels = {row.label for row in ledger.rows["measures"].values()}
    assert sum(label in text for label in labels) >= 1
    (question, reading) = re.search("take under “(.*?)” “(.*?)”", text).groups()
    assert (question.lower(), reading) in {(row.question, row.label) for row in ledger.rows["readings"]}


def test_the_guide_needs_no_comparison_and_no_question() -> None:
    bare = SOME.with_rows(figures={"loans": SOME.rows["figures"]["loans"]}, readings=(), disputes=())
    assert markup.plain(guide(bare)).count("Ask what if") == 1
    assert "take under" not in guide(bare)


def test_the_notebook_says_first_what_to_do_and_names_no_package() -> None:
    text = "\n".join(cell.source for cell in NOTEBOOK.cells if cell.cell_type == "markdown")
    assert NOTEBOOK.cells[0].source.split("\n")[2].startswith("**To begin, choose *Run > Run All Cells*")
    for row in (*DATA.rows["measures"].values(), *DATA.rows["readings"]):
        assert row.label not in text


def test_the_controls_the_guide_names_are_there(explorer: Explorer) -> None:
    named = set(re.findall("“(Baseline|Back to the tables)”", markup.plain(guide(DATA))))
    assert named == {"Baseline", "Back to the tables"}
    assert named <= {menu.description for menu in explorer._asked.children} | {explorer.clear.description}


def test_back_to_the_tables_takes_out_figures_of_ones_own(explorer: Explorer) -> None:
    explorer.value.value = "10,000"
    explorer.try_figure.click()
    assert "own-1" in {name for _, name in explorer.figure.options}
    explorer.clear.click()
    assert "own-1" not in {name for _, name in explorer.figure.options}
    assert parts(explorer)["imagined"] == ""


def test_back_to_the_tables_empties_every_field(explorer: Explorer) -> None:
    for field in (day for pair in explorer.days.values() for day in pair):
        field.value = date(2023, 1, 1)
    explorer.value.value, explorer.step.value, explorer.earlier.value = "10", "1", "5"
    explorer.qualifier.value = "over"
    explorer.clear.click()
    assert {day.value for pair in explorer.days.values() for day in pair} == {None}
    assert (explorer.value.value, explorer.step.value, explorer.earlier.value, explorer.qualifier.value) == ("",) * 4


def test_a_base_that_may_be_zero_stops_nothing(explorer: Explorer) -> None:
    # An imagined earlier value of zero has no ratio; whatever figure is chosen, the controls go on.
    explorer.earlier.value, explorer.value.value = "0", "10"
    explorer.try_figure.click()
    assert "no ratio" in parts(explorer)["said"]
    explorer.figure.value = "orders"
    assert "75,000" in parts(explorer)["said"]


def test_it_runs_in_a_fresh_kernel_from_any_folder(tmp_path: Path) -> None:
    notebook = nbformat.from_dict(json.loads(json.dumps(NOTEBOOK)))
    NotebookClient(notebook, resources={"metadata": {"path": str(tmp_path)}}, kernel_name="python3").execute()
    shown = [out.data for cell in notebook.cells for out in cell.get("outputs", []) if out.output_type != "stream"]
    assert sum("application/vnd.jupyter.widget-view+json" in data for data in shown) == 4

"""The notebooks as they are committed, and the briefing as it follows its data."""

from __future__ import annotations

import ast
import csv
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from bs4 import BeautifulSoup, Tag
from charts.reading import covered, outside, overlaps
from nbformat import NotebookNode

from helpers.figures.rounding import ROUNDINGS
from helpers.package.ledger import EVIDENCE, load
from helpers.report.engine import Warm
from helpers.report.render import run
from helpers.words.blocks import LABELS

PROJECT = Path(__file__).resolve().parents[2]
DATA = PROJECT / "data"
NOTEBOOKS = {path.stem: path for path in sorted((PROJECT / "notebooks").glob("*.ipynb"))}


@cache
def cells(name: str) -> list[NotebookNode]:
    return nbformat.read(NOTEBOOKS[name], 4).cells


def code(name: str) -> list[tuple[int, ast.Module]]:
    return [(at, ast.parse(cell.source)) for at, cell in enumerate(cells(name)) if cell.cell_type == "code"]


def tagged(cell: NotebookNode, tag: str) -> bool:
    return tag in cell.metadata.get("tags", [])


# --- as committed --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_committed_without_outputs(name: str) -> None:
    assert [at for at, cell in enumerate(cells(name)) if cell.get("outputs")] == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_committed_without_execution_counts(name: str) -> None:
    assert [at for at, cell in enumerate(cells(name)) if cell.get("execution_count")] == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_code_is_folded_but_for_the_parameters(name: str) -> None:
    shown = [cell for cell in cells(name) if cell.cell_type == "code" and not tagged(cell, "parameters")]
    assert [cell.source[:60] for cell in shown if not cell.metadata.get("jupyter", {}).get("source_hidden")] == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_it_opens_on_what_to_do(name: str) -> None:
    assert "Run > Run All Cells" in cells(name)[0].source
    # A report is run already.
    assert tagged(cells(name)[0], "remove-cell") == (name != "explore")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_parameters_stand_in_one_cell(name: str) -> None:
    assert sum(tagged(cell, "parameters") for cell in cells(name)) == 1


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_parameter_is_typed_and_explained(name: str) -> None:
    source = next(cell.source for cell in cells(name) if tagged(cell, "parameters"))
    lines = [line for line in source.splitlines() if line.strip()]
    assert [line for line in lines if not re.fullmatch(r"\w+: \w+ = .+?  # \S.{9,}", line)] == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_papermill_explains_every_parameter(name: str) -> None:
    found = papermill.inspect_notebook(NOTEBOOKS[name])
    assert [
        parameter for parameter, about in found.items() if not about["help"] or about["inferred_type_name"] == "None"
    ] == []


@pytest.mark.parametrize(("parameter", "allowed"), [("rounding", tuple(ROUNDINGS)), ("evidence", EVIDENCE)])
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_parameter_explains_every_value_it_takes(name: str, parameter: str, allowed: tuple[str, ...]) -> None:
    about = papermill.inspect_notebook(NOTEBOOKS[name])[parameter]
    assert [value for value in allowed if value not in f"{about['help']} {about['default']}"] == []


# --- prose without typed numbers -----------------------------------------------------------------------------------

# What shows its text; and names of things, in which a digit counts nothing.
SHOWING = {"say", "points", "table", "line", "plain", "first"}
NAMES = ("CC BY 4.0",)


def written(node: ast.AST) -> str | None:
    """The text of a string, with an x for what an f-string fills in; None for anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "x" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def strings(tree: ast.AST) -> Iterator[str]:
    """Every string of a piece of code, each once; no format specifications and no docstrings."""
    for node in ast.iter_child_nodes(tree):
        text = written(node)
        if text is not None:
            yield text
            inner = (
                [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
                if isinstance(node, ast.JoinedStr)
                else []
            )
            for part in inner:
                yield from strings(ast.Expression(part))
        elif not (isinstance(node, ast.Expr) and written(node.value) is not None):
            yield from strings(node)


def shown_words(tree: ast.AST) -> Iterator[str]:
    """What a call shows as it stands: its own strings, in lists or not, but not those of calls within."""
    for node in ast.iter_child_nodes(tree):
        text = written(node)
        if text is not None:
            yield text
        elif isinstance(node, ast.List | ast.Tuple | ast.Starred | ast.IfExp | ast.BinOp | ast.Dict | ast.ListComp):
            yield from shown_words(node)


def prose(name: str) -> Iterator[str]:
    """Strings a reader sees: any with words in it, and all that a showing call is given."""
    for _, tree in code(name):
        yield from (text for text in strings(tree) if " " in text.strip())
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and called(call) in SHOWING:
                yield from shown_words(ast.List(call.args))


def called(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def typed_digits(template: str) -> bool:
    for name in NAMES:
        template = template.replace(name, "")
    return bool(re.search(r"\d", re.sub(r"\{[^{}]*\}", "", template.replace("{{", "{").replace("}}", "}"))))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_prose_has_no_typed_digit(name: str) -> None:
    assert [text for text in prose(name) if typed_digits(text)] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('say("In 2023 there were {orders}")', True),
        ('say("In {reform:year} there were {orders-2022}")', False),
        ('points("a", "b 7")', True),
        ('table("Caption", ["a", "2023"], [["b", f"{{{name}-2022}}"]])', True),
        ('table("Caption", ["a"], [["b", f"{{{name}-2022}}"]])', False),
        ('show(dots("pair", w.line("From 7"), Row("b", q("orders-2022"))))', True),
        ('show(dots("pair", w.line("From"), Row("b 2", q("orders-2022"))))', True),
        ('show(dots("pair", w.line("From"), Row("b", q("orders-2022"))))', False),
        ('def f():\n    """Rows 1 to 3."""\n    return g("R1")', False),
        ('say(f"{text:.1f} times")', False),
    ],
)
def test_a_typed_digit_would_be_found(source: str, found: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "code", lambda name: [(0, ast.parse(source))])
    assert any(typed_digits(text) for text in prose("")) == found


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_markdown_has_no_digit_but_in_the_marks_of_a_list(name: str) -> None:
    texts_ = [re.sub(r"(?m)^\d\. ", "", cell.source) for cell in cells(name) if cell.cell_type == "markdown"]
    assert [text for text in texts_ if re.search(r"\d", text)] == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_code_types_no_value_of_the_data(name: str) -> None:
    values = {abs(value) for value in load(DATA).figures["value"] if abs(value) > 100}
    numbers = [node.value for _, tree in code(name) for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert [number for number in numbers if type(number) in (int, float) and abs(number) in values] == []


# --- the briefing follows its data ---------------------------------------------------------------------------------

CHANGED = "orders"
OLD, NEW = "75,000", "78,000"


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package with one number changed, as an analyst would correct it."""
    package = Path(shutil.copytree(DATA, tmp_path_factory.mktemp("edited") / "data"))
    path = package / "figures.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    row = next(row for row in rows if row["id"] == CHANGED)
    assert row["printed"] == OLD
    row |= {"value": NEW.replace(",", ""), "printed": NEW, "wording": row["wording"].replace(OLD, NEW)}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return package


@pytest.fixture(scope="module")
def before(warm: Warm) -> NotebookNode:
    return run(NOTEBOOKS["briefing"], {}, warm)


@pytest.fixture(scope="module")
def after(edited: Path, warm: Warm) -> NotebookNode:
    return run(NOTEBOOKS["briefing"], {"package": str(edited)}, warm)


def blocks(notebook: NotebookNode) -> dict[tuple[int, int], dict[str, Any]]:
    """What the notebook shows a reader, by cell of the source and place: the data of each output."""
    kept = [cell for cell in notebook.cells if not tagged(cell, "injected-parameters")]
    return {
        (at, nth): output["data"]
        for at, cell in enumerate(kept)
        if cell.cell_type == "code" and not tagged(cell, "remove-cell")
        for nth, output in enumerate(cell.outputs)
    }


def test_a_cell_that_sets_up_shows_nothing(before: NotebookNode) -> None:
    quiet = [cell for cell in before.cells if cell.cell_type == "code" and tagged(cell, "remove-cell")]
    said = [output["data"] for cell in quiet for output in cell.outputs]
    # What it leaves is the style sheet of JupyterLab's page, and nothing of that is seen.
    assert quiet
    assert [data for data in said if not data.get("text/html", "").startswith("<style>")] == []


FINDINGS = "application/vnd.briefing.findings+json"
REUSE = "application/vnd.briefing.reuse+json"


def leads_to(data: dict[str, Any]) -> set[str]:
    """The evidence that a block links to: "f-orders", "w-rise"; of a chart, through the table of its values."""
    text = "".join(str(data.get(kind, "")) for kind in ("text/markdown", "text/html"))
    return set(re.findall(r"#([few]-[\w-]+)", text))


@pytest.fixture(scope="module")
def resting() -> set[str]:
    """The evidence that rests on the changed figure: its own entry, and numbers worked out from it."""
    scope: dict[str, Any] = {}
    for cell in cells("briefing"):
        if cell.cell_type == "code" and (tagged(cell, "parameters") or tagged(cell, "remove-cell")):
            exec(cell.source.replace("findings.show", "str"), scope)
            scope["package"] = str(DATA)
    worked = scope["w"].worked.items()
    return {f"f-{CHANGED}"} | {f"w-{name}" for name, made in worked if CHANGED in made.inputs}


def evidence(data: dict[str, Any]) -> dict[str, str]:
    """The lines of a block of evidence, by the id each can be linked to."""
    page = BeautifulSoup(data.get("text/html", ""), "html.parser")
    return {anchor["id"]: str(anchor.find_parent(["li", "p"])) for anchor in page.find_all(id=re.compile("^[fews]-"))}


def findings(notebook: NotebookNode) -> list[dict[str, Any]]:
    return next(data[FINDINGS] for data in blocks(notebook).values() if FINDINGS in data)


def special(data: dict[str, Any]) -> bool:
    """Whether a block is a list of all there is, to be compared line by line."""
    return FINDINGS in data or REUSE in data or bool(evidence(data))


def test_blocks_that_lead_to_the_changed_figure_change_and_no_others(
    before: NotebookNode, after: NotebookNode, resting: set[str]
) -> None:
    """Whoever reads a block sees by its links what it stands on: then a change of anything else must leave it alone."""
    old, new = blocks(before), blocks(after)
    assert old.keys() == new.keys()
    plain = {place for place in old if not special(old[place])}
    version = {place for place in plain if re.search(r"version \w{12}", old[place].get("text/markdown", ""))}
    expected = {place for place in plain if leads_to(old[place]) & resting}
    assert len(expected) > 2
    assert {place for place in plain if old[place] != new[place]} - version == expected


def test_points_that_lead_to_the_changed_figure_change_and_no_others(
    before: NotebookNode, after: NotebookNode, resting: set[str]
) -> None:
    old, new = blocks(before), blocks(after)
    for place in (place for place in old if "text/markdown" in old[place] and not special(old[place])):
        lines = zip(*(data[place]["text/markdown"].split("\n") for data in (old, new)), strict=True)
        wrong = [one for one, other in lines if (one != other) != bool(leads_to({"text/markdown": one}) & resting)]
        assert [line for line in wrong if "version" not in line] == []


def test_lines_of_evidence_that_rest_on_the_changed_figure_change_and_no_others(
    before: NotebookNode, after: NotebookNode, resting: set[str]
) -> None:
    old, new = blocks(before), blocks(after)
    for place in (place for place in old if evidence(old[place])):
        lines, edited_lines = evidence(old[place]), evidence(new[place])
        assert lines.keys() == edited_lines.keys()
        changed = {id for id, line in lines.items() if line != edited_lines[id]}
        assert changed == resting & lines.keys()


def test_findings_that_rest_on_the_changed_figure_change_and_no_others(
    before: NotebookNode, after: NotebookNode
) -> None:
    old, new = findings(before), findings(after)
    for one, other in zip(old, new, strict=True):
        rests = CHANGED in one["inputs"]
        # A verdict may come out the same on another number.
        assert one == other or rests, one
        assert one != other or not rests or one["kind"] == "verdict", one


def test_old_value_is_nowhere_left(after: NotebookNode) -> None:
    left = [(place, kind) for place, data in blocks(after).items() for kind, text in data.items() if OLD in str(text)]
    assert left == []


@pytest.mark.parametrize("kind", ["text/markdown", "text/html", "text/plain"])
def test_new_value_is_in_every_form(after: NotebookNode, kind: str) -> None:
    assert any(NEW in data.get(kind, "") for data in blocks(after).values())


def test_new_value_is_in_the_drawings(after: NotebookNode) -> None:
    assert any(NEW in data.get("image/svg+xml", "") for data in blocks(after).values())


# --- the briefing as shown -----------------------------------------------------------------------------------------


def pages(notebook: NotebookNode) -> BeautifulSoup:
    return BeautifulSoup("".join(data.get("text/html", "") for data in blocks(notebook).values()), "html.parser")


def test_every_link_of_the_briefing_leads_to_its_evidence(before: NotebookNode) -> None:
    page = pages(before)
    ids = {tag["id"] for tag in page.find_all(id=True)}
    assert {
        link["href"] for link in page.find_all("a") if link["href"].startswith("#") and link["href"][1:] not in ids
    } == set()


def test_ids_of_the_briefing_are_unique(before: NotebookNode) -> None:
    ids = [tag["id"] for tag in pages(before).find_all(id=True)]
    assert sorted({id for id in ids if ids.count(id) > 1}) == []


def drawings(notebook: NotebookNode) -> dict[str, str]:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    charts = [output for output in outputs if "image/svg+xml" in output.get("data", {})]
    wide = {f"{one.metadata['image/svg+xml']['id']} wide": one.data["image/svg+xml"] for one in charts}
    narrow = {f"{one['id']} narrow": one["narrow"] for one in (chart.metadata["image/svg+xml"] for chart in charts)}
    return wide | narrow


def test_texts_of_the_briefings_charts_neither_overlap_nor_cover_a_mark_nor_leave_the_drawing(
    before: NotebookNode,
) -> None:
    # "assumed base" stands on the line that it names; what cannot hold, on paper where its row has no range.
    wrong = {
        name: overlaps(svg)
        + [pair for pair in covered(svg, "-base") if not pair[0].startswith("cannot hold")]
        + outside(svg)
        for name, svg in drawings(before).items()
    }
    assert wrong
    assert {name: faults for name, faults in wrong.items() if faults} == {}


@pytest.mark.parametrize("label", ["reported", "worked-out", "depends"])
def test_every_label_of_certainty_is_used(before: NotebookNode, label: str) -> None:
    assert any(LABELS[label] in data.get("text/markdown", "") for data in blocks(before).values())


def test_the_table_for_reuse_changes_in_the_changed_row_only(before: NotebookNode, after: NotebookNode) -> None:
    old, new = (
        next(data[REUSE]["csv"] for data in blocks(notebook).values() if REUSE in data).splitlines()
        for notebook in (before, after)
    )
    assert {line.split(",")[0] for line in set(old) ^ set(new)} == {CHANGED}


# --- the briefing as a story ---------------------------------------------------------------------------------------


def texts_of(notebook: NotebookNode) -> list[str]:
    """Every paragraph, point, cell and title that a reader sees, in plain words."""
    page = pages(notebook)
    for aside in page.select(".evidence, svg, details"):
        aside.decompose()
    found = page.find_all(["p", "li", "td", "th", "caption", "strong", "h1", "h2", "h3"])
    return [" ".join(one.get_text().split()) for one in found]


def test_the_notebook_holds_only_the_story() -> None:
    """No functions, no loops but over blocks to show, no conditions, no dictionaries of labels."""
    for at, tree in code("briefing"):
        for node in ast.walk(tree):
            assert not isinstance(node, ast.FunctionDef | ast.Lambda | ast.If | ast.While | ast.comprehension), at
            if isinstance(node, ast.For):
                assert [ast.unparse(line) for line in node.body] == ["show(block)"], at


def test_every_row_is_used_or_listed_with_its_reason(before: NotebookNode) -> None:
    page = pages(before)
    known = load(DATA)
    told = set().union(*(leads_to(data) for data in blocks(before).values() if not evidence(data)))
    for heading in page.select(".evidence h3"):
        if "not used" in heading.get_text():
            left = heading.find_parent("div")
    listed = {link["href"][1:] for link in left.find_all("a")}
    worked = {f"f-{figure}" for record in findings(before) if record["kind"] == "worked" for figure in record["inputs"]}
    for prefix, table in (("f-", "figures"), ("e-", "events")):
        rows = {prefix + id for id in known.rows[table]}
        assert rows <= told | listed | worked
        assert all(page.find(id=id) for id in rows)
    assert all(row.reason in left.get_text() for row in known.rows["omitted"])


@pytest.fixture(scope="module")
def core(warm: Warm) -> NotebookNode:
    return run(NOTEBOOKS["briefing"], {"evidence": "core"}, warm)


@pytest.fixture(scope="module")
def first(warm: Warm) -> NotebookNode:
    return run(NOTEBOOKS["briefing"], {"as_of": "2023-11-15", "evidence": "core"}, warm)


# What only figures published elsewhere can tell, and what only the second article can.
ELSEWHERE = (
    "charge sheet",
    "Vlast",
    "Aikyn",
    "Eurasianet",
    "Prosecutor",
    "by two of three",
    "sources differ",
    "published",
)
LATER = ("2024", "two months later", "verdict", "found guilty", "adopted shortly")


@pytest.mark.parametrize("word", ELSEWHERE[:-1])
def test_the_core_edition_implies_nothing_that_it_lacks(core: NotebookNode, word: str) -> None:
    assert [text for text in texts_of(core) if word in text] == []


@pytest.mark.parametrize("word", LATER)
def test_the_first_edition_knows_nothing_of_later_days(first: NotebookNode, word: str) -> None:
    assert [text for text in texts_of(first) if word in text] == []


def test_each_edition_tells_what_a_minute_must_leave(
    before: NotebookNode, core: NotebookNode, first: NotebookNode
) -> None:
    """Nearly four times, an undated start, a change of registration on the day, not violence: before the first
    section."""
    for notebook in (before, core, first):
        start = " ".join(texts_of(notebook)).partition("What changed, and when")[0]
        for words in ("nearly four times", "undated", "registration changed on", "without a complaint", "not violence"):
            assert words in start


# A conclusion, and what must stand in the same paragraph, point or cell.
CONDITIONS = {
    r"32,000 to 34,000": r"\b[Ii]f\b|to 31 October",
    r"1\.14 to 1\.27 times": r"average|With these ends",
    r"fell by 36 to 59%": r"start from the same months and cover the same later months",
    r"1\.18 to 1\.21": r"lie one inside the other, share one base and count comparable units",
    r"5\.1 to 6\.3": r"January to June 2023",
    r"20% decrease": r"registration of reports",
    r"at least 176": r"\b[Ii]f\b.*31 October.*July to October",
}


def question_of(row: Tag) -> str:
    """The heading over a row of a table, which it is read with."""
    over = row.find_all_previous("tr") if row.name == "tr" else []
    filled = [[cell.get_text(" ") for cell in one.find_all(["th", "td"]) if cell.get_text()] for one in over]
    return next((cells[0] for cells in filled if len(cells) == 1), "")


@pytest.mark.parametrize(("said", "condition"), CONDITIONS.items())
def test_a_condition_stands_with_its_conclusion(before: NotebookNode, said: str, condition: str) -> None:
    texts = [one for one in pages(before).select("p, li, tr:not(.annex tr)") if not one.find_parent(class_="evidence")]
    told = [" ".join(f"{question_of(one)} {one.get_text(' ')}".split()) for one in texts]
    told = [text for text in told if re.search(said, text)]
    assert told
    assert [text for text in told if not re.search(condition, text)] == []


# What a reader met in the first briefing and did not understand, or what claims a cause.
BANNED = (
    r"\b(nested|coarse reading|protocols?|instruments? per|reading of the|step at|caused|led to|thanks to|due to)\b"
)


def test_no_private_jargon_and_no_causal_verb_of_our_own(before: NotebookNode) -> None:
    ours = [re.sub(r"“[^”]*”", "", text) for text in texts_of(before)]
    assert [text for text in ours if re.search(BANNED, text)] == []


def test_each_mark_of_a_table_is_explained_by_its_caption(before: NotebookNode) -> None:
    tables = pages(before).select("table")
    marked = [(one, {mark.get_text() for mark in one.select("td .mark")}) for one in tables]
    assert set().union(*(marks for _, marks in marked)) == {"[b]", "[e]"}
    explained = {"[b]": "[b] compares before and after 1 July 2023", "[e]": "[e] rests on an assumption"}
    assert [
        (one.caption.get_text(), mark)
        for one, marks in marked
        for mark in marks
        if explained[mark] not in one.caption.get_text(" ", strip=True)
    ] == []

"""The notebooks as they are committed, and the briefing as it follows its data."""

from __future__ import annotations

import ast
import csv
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from bs4 import BeautifulSoup
from charts.reading import covered, outside, overlaps
from nbformat import NotebookNode

from helpers.package.ledger import EVIDENCE, load
from helpers.report.render import run
from helpers.words.template import LABELS, Writer

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


@pytest.mark.parametrize(
    ("parameter", "allowed"), [("rounding", ("nearest", "coarse", "at_least")), ("evidence", EVIDENCE)]
)
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_parameter_explains_every_value_it_takes(name: str, parameter: str, allowed: tuple[str, ...]) -> None:
    about = papermill.inspect_notebook(NOTEBOOKS[name])[parameter]
    assert [value for value in allowed if value not in f"{about['help']} {about['default']}"] == []


# --- prose without typed numbers -----------------------------------------------------------------------------------

# What shows its text; and names of things, in which a digit counts nothing.
SHOWING = {"say", "points", "table", "line", "plain"}
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
def before() -> NotebookNode:
    return run(NOTEBOOKS["briefing"], {})


@pytest.fixture(scope="module")
def after(edited: Path) -> NotebookNode:
    return run(NOTEBOOKS["briefing"], {"package": str(edited)})


def blocks(notebook: NotebookNode) -> dict[tuple[int, int], dict[str, Any]]:
    """What the notebook shows a reader, by cell of the source and place: the data of each output."""
    kept = [cell for cell in notebook.cells if not tagged(cell, "injected-parameters")]
    return {
        (at, nth): output["data"]
        for at, cell in enumerate(kept)
        if cell.cell_type == "code" and not tagged(cell, "remove-cell")
        for nth, output in enumerate(cell.outputs)
    }


FINDINGS = "application/vnd.briefing.findings+json"
REUSE = "application/vnd.briefing.reuse+json"


Binding = tuple[int, ast.AST]


@dataclass
class Source:
    """What the briefing's own code says each block is made from, found without looking at any output.

    Attributes
    ----------
    writer
        As the set-up leaves it: with the inputs of each number worked out.
    bound
        For each cell, what its names stand for.
    """

    writer: Writer
    bound: dict[int, dict[str, list[ast.AST]]]

    @classmethod
    def of_briefing(cls) -> Source:
        scope: dict[str, Any] = {}
        for cell in cells("briefing"):
            if tagged(cell, "parameters") or tagged(cell, "remove-cell"):
                exec(cell.source, scope)
                scope["package"] = str(DATA)
        return cls(scope["w"], {at: bindings(tree) for at, tree in code("briefing")})

    def meant(self, name: str, at: int) -> list[Binding]:
        """What a name stands for in a cell: as bound there, or else in the nearest cell above."""
        for cell in sorted((cell for cell in self.bound if cell <= at), reverse=True):
            if name in self.bound[cell]:
                return [(cell, value) for value in self.bound[cell][name]]
        return []

    def words(self, node: ast.AST, at: int, local: dict[str, ast.AST], seen: frozenset[str] = frozenset()) -> set[str]:
        """The strings a piece of code is made from, those behind its names among them.

        What a membership test looks into only selects: `figure in labels` does not mention the labels.
        """
        if isinstance(node, ast.Compare) and any(isinstance(sign, ast.In | ast.NotIn) for sign in node.ops):
            return self.words(node.left, at, local, seen)
        if isinstance(node, ast.Name):
            if node.id in seen:
                return set()
            values = [(at, local[node.id])] if node.id in local else self.meant(node.id, at)
            return set().union(*(self.words(value, cell, local, seen | {node.id}) for cell, value in values))
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            local = local | {argument.arg: ast.Constant(None) for argument in node.args.args}
        for loop in getattr(node, "generators", []):
            local = local | dict.fromkeys(targets(loop.target), loop.iter)
        text = written(node)
        own = {text} if text is not None else set()
        return own.union(*(self.words(child, at, local, seen) for child in ast.iter_child_nodes(node)))

    def mentions(self, node: ast.AST, at: int) -> set[str]:
        """Ids of figures, directly or through what is worked out from them."""
        words = self.words(node, at, {})
        templates = {name for text in words for name in re.findall(r"\{([\w-]+)(?::[^{}]*)?\}", text)}
        # A placeholder that is itself filled in, f"{{{name}-2022}}", may be any of the words with that ending.
        made = {word + name[1:] for word in words for name in templates if name.startswith("x")}
        ids = (words | templates | made) & (self.writer.ledger.known | self.writer.worked.keys())
        return ids.union(*(self.writer.worked[name].inputs for name in ids if name in self.writer.worked))


def targets(node: ast.AST) -> list[str]:
    return [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]


def bindings(tree: ast.Module) -> dict[str, list[ast.AST]]:
    """What each name of a cell stands for: a value, a function, what is looped over, what is appended."""
    bound: dict[str, list[ast.AST]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            bound.setdefault(node.name, []).append(node)
        elif isinstance(node, ast.Assign):
            for name in (name for target in node.targets for name in targets(target)):
                bound.setdefault(name, []).append(node.value)
        elif isinstance(node, ast.For):
            for name in targets(node.target):
                bound.setdefault(name, []).append(node.iter)
        elif (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and called(node) in ("append", "extend")
        ):
            for name in targets(node.func.value):
                bound.setdefault(name, []).extend(node.args)
    return {name: values for name, values in bound.items() if name not in ("w", "ledger", "q")}


@pytest.fixture(scope="module")
def source() -> Source:
    return Source.of_briefing()


def showing(tree: ast.AST) -> list[ast.Call]:
    """Calls that show a block each, in order."""
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) in ("say", "points", "table", "show")
    ]
    return sorted(
        (call for call in calls if called(call) != "show" or getattr(call.func, "value", None) is None),
        key=lambda call: call.lineno,
    )


def dependents(source: Source, notebook: NotebookNode, changed: str) -> set[tuple[int, int]]:
    """The blocks that must change with a figure, by the templates and formulas they are made from."""
    expected = set()
    for at, tree in code("briefing"):
        shown = [place for place in blocks(notebook) if place[0] == at]
        calls = showing(tree)
        if len(calls) == len(shown):
            expected |= {
                place for place, call in zip(shown, calls, strict=True) if changed in source.mentions(call, at)
            }
    return expected


def evidence(data: dict[str, Any]) -> dict[str, str]:
    """The lines of a block of evidence, by the id each can be linked to."""
    page = BeautifulSoup(data.get("text/html", ""), "html.parser")
    return {anchor["id"]: str(anchor.find_parent(["li", "p"])) for anchor in page.find_all(id=re.compile("^[fews]-"))}


def findings(notebook: NotebookNode) -> list[dict[str, Any]]:
    return next(data[FINDINGS] for data in blocks(notebook).values() if FINDINGS in data)


def special(data: dict[str, Any]) -> bool:
    """Whether a block is a list of all there is, to be compared line by line."""
    return FINDINGS in data or REUSE in data or bool(evidence(data))


def test_every_block_is_made_by_a_call_of_its_own(before: NotebookNode) -> None:
    """Else the next test would pass over it."""
    loose = {}
    for at, tree in code("briefing"):
        shown = [data for place, data in blocks(before).items() if place[0] == at]
        if len(shown) != len(showing(tree)) and not all(special(data) for data in shown[1:] or shown):
            loose[at] = len(shown)
    assert loose == {}


def test_blocks_that_mention_the_changed_figure_change_and_no_others(
    before: NotebookNode, after: NotebookNode, source: Source
) -> None:
    old, new = blocks(before), blocks(after)
    assert old.keys() == new.keys()
    plain = {place for place in old if not special(old[place])}
    changed = {place for place in plain if old[place] != new[place]}
    # The version is a hash of the data: it changes with it.
    version = {
        place
        for place in plain
        if re.search(r"version \w{12}|\*\*Version\*\* \w{12}", old[place].get("text/markdown", ""), re.I)
    }
    expected = dependents(source, before, CHANGED) & plain
    assert expected
    assert changed - version == expected


def test_points_that_mention_the_changed_figure_change_and_no_others(
    before: NotebookNode, after: NotebookNode, source: Source
) -> None:
    old, new = blocks(before), blocks(after)
    for at, tree in code("briefing"):
        for place, call in zip((place for place in old if place[0] == at), showing(tree), strict=False):
            if called(call) == "points":
                items = zip(
                    *(data[place]["text/markdown"].split("\n- ") for data in (old, new)), call.args, strict=True
                )
                wrong = [one for one, other, text in items if (one != other) != (CHANGED in source.mentions(text, at))]
                assert wrong == []


def test_lines_of_evidence_that_rest_on_the_changed_figure_change_and_no_others(
    before: NotebookNode, after: NotebookNode, source: Source
) -> None:
    old, new = blocks(before), blocks(after)
    for place in (place for place in old if evidence(old[place])):
        lines, edited_lines = evidence(old[place]), evidence(new[place])
        assert lines.keys() == edited_lines.keys()
        changed = {id for id, line in lines.items() if line != edited_lines[id]}
        resting = {f"w-{name}" for name, made in source.writer.worked.items() if CHANGED in made.inputs} | {
            f"f-{CHANGED}"
        }
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
    # "compared with" stands inside the dashed outline that it names.
    wrong = {name: overlaps(svg) + covered(svg, "-base") + outside(svg) for name, svg in drawings(before).items()}
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

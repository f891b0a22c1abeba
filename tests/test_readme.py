"""The README, held against what is there."""

from __future__ import annotations

import re
from typing import Any

import papermill
import pytest

from helpers.figures.rounding import ROUNDINGS
from helpers.package.ledger import EVIDENCE, load
from helpers.package.schema import TABLES, columns
from helpers.report.command import COMMANDS, PROJECT

README = (PROJECT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))


def test_every_make_target_named_is_there():
    named = set(re.findall(r"make ([a-z-]+)", README))
    assert named
    assert named <= TARGETS


@pytest.mark.parametrize("target", ["report", "test", "lab", "audit", "test-browser", "clean"])
def test_every_target_a_reader_needs_is_named(target):
    assert f"make {target}" in README


def test_the_parameter_table_is_that_of_the_command_and_the_notebook():
    rows = re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)
    rows.remove("ROUNDING")  # heads the table of conventions too
    declared = papermill.inspect_notebook(PROJECT / "notebooks" / "briefing.ipynb")
    assert {row.lower() for row in rows} == {*declared, "notebook"} == set(COMMANDS["report"].takes)


def test_every_command_is_a_target_that_hands_its_parameters_on():
    taken = MAKEFILE.split("PARAMETERS := ")[1].split("\n")[0].split()
    for name, command in COMMANDS.items():
        assert re.search(rf"^{name}: \$\(READY\) ## .*\n\t@\$\(RUN\) \$@$", MAKEFILE, re.MULTILINE), name
        assert {parameter.upper() for parameter in command.takes} <= set(taken)


def test_the_values_of_parameters_are_the_ones_allowed():
    assert all(f"`{name}`" in README for name in ROUNDINGS)
    assert all(f"`{name}`" in README for name in EVIDENCE)


def test_every_file_linked_is_there():
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (PROJECT / target).exists(), target


def test_every_room_is_named_and_every_name_is_a_room():
    line = next(line for line in README.splitlines() if "`src/helpers/`" in line)
    named = set(re.findall(r"`(\w+)`", line.split("|")[2]))
    found = {path.stem for path in (PROJECT / "src" / "helpers").iterdir() if not path.name.startswith("_")}
    assert named == found


def test_every_notebook_is_named():
    for path in (PROJECT / "notebooks").glob("*.ipynb"):
        assert f"`{path.name}`" in README


@pytest.mark.parametrize("table", TABLES)
def test_the_data_readme_explains_every_column(table):
    text = (PROJECT / "data" / "README.md").read_text(encoding="utf-8")
    section = re.search(rf"^### .*{table}\.csv.*?$(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)[1]
    explained = re.findall(r"^\| \**`?([a-z_]+)`?\** \|", section, re.MULTILINE)
    assert [name for name in explained if name != "column"] == columns(table)


def test_the_frames_of_an_analyst_work_as_shown(monkeypatch):
    monkeypatch.chdir(PROJECT)
    shown: dict[str, Any] = {}
    exec(re.search(r"```python\n(.*?)```", README, re.DOTALL)[1], shown)
    rows = load(PROJECT / "data").rows
    english = [
        (rows["sources"][row.source].publisher, rows["measures"][row.measure].counts, row.value)
        for row in rows["figures"].values()
        if row.kind == "count" and rows["sources"][row.source].language == "en"
    ]
    largest = {
        (publisher, counts): max(v for *key, v in english if key == [publisher, counts])
        for publisher, counts, _ in english
    }
    assert shown["by_source"]["max"].to_dict() == largest
    assert (
        shown["by_source"]["count"].sum()
        == len(english)
        == sum(len(dots.get_offsets()) for dots in shown["axes"].collections)
    )

"""The recipes of CONTRIBUTING.md, carried out on copies: no more files change than they name."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import DATA
from export.samples import build
from nbformat.v4 import new_code_cell, new_notebook

from helpers.export import document
from helpers.export.html import BriefingHTML
from helpers.package.ledger import load
from helpers.report import render
from helpers.words import evidence
from helpers.words.template import Writer

PROJECT = DATA.parent
TEXT = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def blocks(title: str) -> list[str]:
    """The code of a recipe."""
    (section,) = re.findall(rf"^## {title}\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    return re.findall(r"^```\w+\n(.*?)^```", section, re.MULTILINE | re.DOTALL)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A copy of the helpers, to be changed."""
    ignored = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(PROJECT / "src" / "helpers", tmp_path / "src" / "helpers", ignore=ignored))


def registered(path: Path, table: str, code: str) -> None:
    """Put a class before a table of instances, and an instance of it at the end of the table."""
    text = path.read_text(encoding="utf-8")
    (name,) = re.findall(r"^class (\w+)", code, re.MULTILINE)
    head, found, line = re.search(rf"\A(.*)(^{table}: [^\n]*)(\)\}})", text, re.MULTILINE | re.DOTALL).groups()
    assert "\n" not in found
    rest = text[len(head + found + line) :]
    path.write_text(f"{head}{code}\n\n{found.rstrip(',')}, {name}(){line}{rest}", encoding="utf-8")


def inserted(path: Path, code: str, before: str) -> None:
    """Put lines before a line that stands once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, code + before), encoding="utf-8")


def result(source: Path, code: str) -> object:
    """What code prints as JSON when it imports a copy of the helpers."""
    environment = os.environ | {"PYTHONPATH": str(source.parent), "MPLBACKEND": "agg", "PYTHONDONTWRITEBYTECODE": "1"}
    head = "import json, helpers; from pathlib import Path\n"
    head += f"assert Path(helpers.__file__).parent == Path({str(source)!r})\n"
    done = subprocess.run([sys.executable, "-c", head + code], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def add(package: Path, rows: list[dict[str, str]]) -> None:
    with (package / "figures.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    with (package / "figures.csv").open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, header, restval="").writerows(rows)


def test_a_new_figure_of_either_layer_is_in_the_evidence(package: Path) -> None:
    rows = list(csv.DictReader(blocks("A figure")[0].splitlines()))
    add(package, rows)
    ledger = load(package)
    assert {ledger.rows["sources"][row["source"]].layer for row in rows} == {"core", "context"}
    shown = "\n".join(block.markdown for block in evidence.sources(Writer(ledger)))
    for row in rows:
        assert f"{{#f-{row['id']}}}" in shown
        assert row["wording"] in shown


def test_a_new_rounding_convention_is_one_class(source: Path) -> None:
    registered(source / "figures" / "rounding.py", "ROUNDINGS", blocks("A rounding convention")[0])
    found = result(
        source,
        f"""
from helpers.explore.answer import answer
from helpers.explore.question import Question
from helpers.package.ledger import load
from helpers.report.findings import records
from helpers.report import roundings
from helpers.words.evidence import stands_for
from helpers.words.template import Writer
ledger = load({str(DATA)!r}, "at_most", evidence="core")
interval, row = ledger.intervals["brought-before"], ledger.rows["figures"]["brought-before"]
ratio = [one for one in records(ledger) if one["quantity"] == "brought-after-ratio" and one["rounding"] == "at_most"]
print(json.dumps([str(interval.low), str(interval.high), stands_for(row, interval, "at_most"),
    answer(Question(ledger, "brought-after", "brought-before")).citation,
    [[one["low"], one["high"]] for one in ratio], roundings.compared(Writer(ledger), [])[0]]))
""",
    )
    low, high, stands, citation, ratio, header = found
    assert header[-1] == "At most the number printed"
    assert (low, high, stands) == ("6000", "7000", "6,000 to 7,000, at most the number printed")
    assert "round numbers are read as at most the number printed" in citation
    assert ratio == [[pytest.approx(26_000 / 7_000), pytest.approx(27_000 / 6_000)]]


def test_a_new_kind_is_one_class(source: Path, package: Path) -> None:
    registered(source / "figures" / "kind.py", "KINDS", blocks("A kind of figure")[0])
    (row, _) = csv.DictReader(blocks("A figure")[0].splitlines())
    add(package, [row | {"kind": "per_mille", "printed": "12", "value": "12", "wording": "12 per mille"}])
    found = result(
        source,
        f"""
from helpers.drafts.claims import claims
from helpers.package.ledger import load
from helpers.words.evidence import stands_for
ledger = load({str(package)!r})
part, = [str(claim.value) for claim in claims(ledger) if claim.figures == ("new-core",) and claim.scale == "part"]
print(json.dumps([part, stands_for(ledger.rows["figures"]["new-core"], ledger.intervals["new-core"], "nearest")]))
""",
    )
    assert found == ["3/250", "11.5 to 12.5‰, rounded to 1‰"]  # a draft's 12% is no part of 12 in a thousand


def test_a_new_chart_form_is_one_module(source: Path) -> None:
    (source / "charts" / "points.py").write_text(blocks("A chart form")[0], encoding="utf-8")
    found = result(
        source,
        f"""
from helpers.charts.points import points
from helpers.package.ledger import load
from helpers.words.template import Writer
made = points(Writer(load({str(DATA)!r})), "mine", "Two figures", ["brought-before", "brought-after"])
print(json.dumps([made.wide, made.narrow, made.description]))
""",
    )
    wide, narrow, description = found
    for drawing in (wide, narrow):
        assert drawing.startswith("<svg ")
        assert drawing.count('id="mine-') >= 2
    assert "[7,000](#f-brought-before)" in description
    assert "[27,000](#f-brought-after)" in description


def test_a_new_column_is_a_field_and_a_place_that_shows_it(source: Path, package: Path) -> None:
    field, shown = blocks("A column")
    inserted(source / "package" / "schema.py", field, '    note: str = _text("Other readings of the words.")\n')
    inserted(source / "words" / "evidence.py", shown, '        + "]{.about}"\n')
    code = """
from helpers.package import descriptor
from helpers.package.ledger import load
from helpers.words import evidence
from helpers.words.template import Writer
ledger = load(PACKAGE)
told = "\\n".join(block.markdown for block in evidence.sources(Writer(ledger)))
about, = [table for table in descriptor.describe(ledger.package)["resources"] if table["name"] == "figures"]
print(json.dumps([told.count("It stands "), told.count("It stands under the photograph."),
    ledger.figures["page"]["orders"], [one["name"] for one in about["schema"]["fields"]].count("page")]))
"""
    assert result(source, code.replace("PACKAGE", repr(str(package)))) == [0, 0, "", 0]  # a table may leave it out
    with (package / "figures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (package / "figures.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], "page"])
        writer.writeheader()
        writer.writerows(row | {"page": "under the photograph" if row["id"] == "orders" else ""} for row in rows)
    found = result(source, code.replace("PACKAGE", repr(str(package))))
    assert found == [1, 1, "under the photograph", 1]


def test_a_source_in_a_new_language_loads_and_a_page_has_its_words(
    package: Path, edit: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(package, "sources", "astana-times-2023-11-15", "language", "de")
    assert load(package).intervals["brought-before"] == load(DATA).intervals["brought-before"]
    monkeypatch.setitem(document.WORDS, "de", document.WORDS["en"] | {"contents": "Inhalt"})
    page = BriefingHTML().from_notebook_node(build("# A", "## B\n\nText", language="de"))[0]
    assert '<html lang="de">' in page
    assert "Inhalt" in page


def test_a_new_notebook_runs(tmp_path: Path) -> None:
    parameters, story = blocks("A notebook")
    cells = [new_code_cell(parameters, metadata={"tags": ["parameters"]}), new_code_cell(story)]
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path = tmp_path / "mine.ipynb"
    nbformat.write(new_notebook(cells=cells, metadata=spec), path)
    made = render.run(path, {"package": str(DATA)}, progress=False)
    said = json.dumps([cell.outputs for cell in made.cells])
    assert "#f-orders" in said
    assert f"{load(DATA).rows['figures']['orders'].value:,}" in said

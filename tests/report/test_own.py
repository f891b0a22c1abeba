"""Notebooks of one's own: run for real in a folder with a space and Cyrillic letters, and exported beside
themselves."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from pypdf import PdfReader

from helpers.export.losses import ExportError
from helpers.report import own
from helpers.report.command import Refusal, main
from helpers.report.files import exclusive

HOSTILE = 'O\'Brien "x" $(touch pwned) `touch pwned`; $HOME\nline'


def notebook(*cells: NotebookNode, kernel: str = "python3") -> NotebookNode:
    spec = {"name": kernel, "display_name": kernel, "language": "python"}
    return new_notebook(cells=list(cells), metadata={"kernelspec": spec})


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notebook whose set-up is tagged away, that takes parameters, and that reads a file beside itself."""
    folder = tmp_path_factory.mktemp("мои отчёты")
    (folder / "beside.txt").write_text("read beside it", encoding="utf-8")
    path = folder / "calls 2023.ipynb"
    cells = [
        new_markdown_cell("# Calls"),
        new_code_cell("city = 'Aktau'\nrows = 2\nwhole = True", metadata={"tags": ["parameters"]}),
        new_code_cell("import pandas as pd", metadata={"tags": ["remove-cell"]}),
        new_code_cell("print(ascii(city), rows + 1, whole, open('beside.txt').read())"),
        new_code_cell("pd.DataFrame({'row': range(100, 100 + rows)})"),
        new_code_cell("from IPython.display import HTML; HTML('<iframe src=\"https://example.org/\"></iframe>')"),
    ]
    nbformat.write(notebook(*cells), path)
    return path


def read(path: Path) -> list[str]:
    """The text of both exports, without its line breaks."""
    page = BeautifulSoup(path.with_suffix(".html").read_text(encoding="utf-8"), "html.parser").main.get_text(" ")
    pages = " ".join(one.extract_text() for one in PdfReader(path.with_suffix(".pdf")).pages)
    return [" ".join(text.split()) for text in (page, pages)]


def test_it_is_run_with_its_parameters_as_data_and_its_losses_are_told(
    saved: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export"], {"BRIEFING_NOTEBOOK": str(saved), "BRIEFING_city": HOSTILE, "BRIEFING_ROWS": "3"}) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [str(saved.with_suffix(suffix)) for suffix in (".html", ".pdf")]
    assert "Cell 6, iframe: left out: iframe https://example.org/." in err
    for text in read(saved):
        assert f"{HOSTILE!a} 4 True read beside it" in text
        assert all(number in text for number in ("100", "101", "102"))
    assert not list(tmp_path.iterdir())
    assert [one.name for one in saved.parent.iterdir() if "pwned" in one.name or "partial" in one.name] == []


def test_nbconvert_runs_set_up_cells_too_and_says_when_nothing_was_run(saved: Path, tmp_path: Path) -> None:
    convert = [sys.executable, "-m", "nbconvert", "--output-dir", str(tmp_path), str(saved), "--to"]
    idle = subprocess.run([*convert, "briefing-html"], capture_output=True, text=True)
    assert idle.returncode == 1
    assert "This notebook was never run" in idle.stderr
    assert "Traceback" not in idle.stderr
    assert list(tmp_path.iterdir()) == []
    run = subprocess.run([*convert, "briefing-pdf", "--execute"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert "Cell 6, iframe: left out" in run.stderr
    (pdf,) = tmp_path.iterdir()
    assert "'Aktau' 3 True read beside it" in " ".join(PdfReader(pdf).pages[0].extract_text().split())


def test_strict_leaves_the_last_exports_in_place(saved: Path) -> None:
    saved.with_suffix(".html").write_text("the last one", encoding="utf-8")
    executed = own.run(saved, {})
    with pytest.raises(ExportError, match="Cell 6, iframe"):
        own.write(executed, saved, strict=True)
    assert saved.with_suffix(".html").read_text(encoding="utf-8") == "the last one"


def test_a_run_killed_while_it_put_the_exports_in_place_is_finished_by_the_next(
    saved: Path, capsys, monkeypatch
) -> None:
    executed, hidden = own.run(saved, {}), saved.parent / ".calls 2023.export.ready"
    theirs = saved.parent / ".others.new"
    theirs.mkdir(exist_ok=True)
    before = {one.name for one in saved.parent.iterdir()} - {
        saved.with_suffix(".html").name,
        saved.with_suffix(".pdf").name,
    }
    true = os.replace

    def dying(source, target):
        if Path(target).suffix == ".pdf":
            raise KeyboardInterrupt
        true(source, target)

    monkeypatch.setattr(os, "replace", dying)
    with pytest.raises(KeyboardInterrupt):
        own.write(executed, saved)
    monkeypatch.undo()
    assert (hidden / "calls 2023.pdf").is_file()
    with exclusive(saved.parent, "calls 2023.export"):
        assert "is now done" in capsys.readouterr().err
    assert saved.with_suffix(".pdf").is_file()
    own.write(executed, saved)
    # What others keep there stays, and nothing else is left.
    assert {one.name for one in saved.parent.iterdir()} == before | {"calls 2023.html", "calls 2023.pdf"}


@pytest.mark.parametrize(
    ("given", "values"),
    [
        ({"city": "5"}, {"city": "5"}),
        ({"rows": "5"}, {"rows": 5}),
        ({"ROWS": "5e3", "whole": "false"}, {"rows": 5000.0, "whole": False}),
        ({"rows": "[1, 'a']"}, {"rows": [1, "a"]}),
        ({"rows": "__import__('os')"}, {"rows": "__import__('os')"}),
        ({"rows": ""}, {"rows": ""}),
    ],
)
def test_parameters_get_the_types_of_the_notebooks_own(saved: Path, given: dict, values: dict) -> None:
    assert own.typed(nbformat.read(saved, 4), given) == values


def test_what_cannot_be_run_is_refused_in_a_sentence(saved: Path, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"no parameter `town`. It takes: city, rows, whole"):
        own.run(saved, {"town": "x"})
    for name, content, words in (
        ("empty.ipynb", "", "cannot be read as a notebook"),
        ("list.ipynb", "[]", "cannot be read as a notebook"),
        (
            "kernel.ipynb",
            nbformat.writes(notebook(new_code_cell("1"), kernel="none-such")),
            "asks for the kernel `none-such`",
        ),
        ("fails.ipynb", nbformat.writes(notebook(new_code_cell("1/0"))), "ZeroDivisionError"),
    ):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        with pytest.raises(Refusal, match=words):
            own.run(path, {})
    older = tmp_path / "older.ipynb"
    older.write_text('{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": []}')
    assert own.run(older, {}).cells == []
    with pytest.raises(Refusal, match="Which notebook"):
        own.export({})
    with pytest.raises(Refusal, match="no notebook"):
        own.export({"notebook": str(tmp_path)})

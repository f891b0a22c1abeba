"""Rendering: a real kernel, real exporters, and what stays when something fails."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers.report import render
from helpers.report.command import Refusal
from helpers.report.version import version

PARAMETERS = 'colour: str = "green"  # of the door'


def notebook_at(path: Path, *sources: str) -> Path:
    """A notebook with parameters and the given code cells, in a file."""
    cells = [new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}), *map(new_code_cell, sources)]
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=[new_markdown_cell("# A door"), *cells], metadata=spec), path)
    return path


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    path = notebook_at(tmp_path_factory.mktemp("ran") / "door.ipynb", "print(colour)", "print(colour.upper())")
    before = path.read_bytes()
    result = render.run(path, {"colour": "red"})
    return path, before, result


def outputs(notebook):
    return [output.text for cell in notebook.cells for output in cell.get("outputs", [])]


def test_parameters_reach_every_cell(ran):
    assert outputs(ran[2]) == ["red\n", "RED\n"]


def test_the_notebook_itself_is_not_changed(ran):
    assert ran[0].read_bytes() == ran[1]


def test_nothing_that_differs_from_run_to_run_remains(ran):
    notebook = ran[2]
    assert "papermill" not in notebook.metadata
    assert [cell["id"] for cell in notebook.cells] == [f"cell-{n}" for n in range(len(notebook.cells))]
    assert not any({"papermill", "execution"} & cell.metadata.keys() for cell in notebook.cells)


@pytest.mark.parametrize("parameters", [{}, {"colour": "red"}], ids=["none", "one"])
def test_a_failing_cell_is_named_by_number_and_reason(tmp_path, parameters):
    path = notebook_at(tmp_path / "door.ipynb", "print(colour)", "raise ValueError('the hinge is off')")
    with pytest.raises(Refusal) as raised:
        render.run(path, parameters)
    # The parameters are the first cell, as JupyterLab counts.
    assert str(raised.value) == "Cell 3 of door.ipynb failed: ValueError: the hinge is off"


def test_an_unknown_parameter_is_refused_with_the_ones_there_are(tmp_path):
    path = notebook_at(tmp_path / "door.ipynb")
    with pytest.raises(Refusal, match=r"`color`.*door\.ipynb takes: colour"):
        render.run(path, {"color": "red"})


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param("", "no notebook that can be read", id="empty"),
        pytest.param("{", "no notebook that can be read", id="no JSON"),
        pytest.param("[]", "no notebook that can be read", id="another JSON"),
        pytest.param('{"cells": 1, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "no notebook", id="no cells"),
    ],
)
def test_a_file_that_is_no_notebook_is_refused(tmp_path, content, reason):
    path = tmp_path / "x.ipynb"
    path.write_text(content)
    with pytest.raises(Refusal, match=reason):
        render.run(path, {})


def test_the_version_follows_data_and_cells_and_not_outputs(tmp_path):
    (tmp_path / "figures.csv").write_text("id\n1\n")
    path = notebook_at(tmp_path / "door.ipynb", "print(1)")
    first = version(tmp_path, path)
    assert len(first) == 12

    notebook = nbformat.read(path, 4)
    notebook.cells[-1].outputs = [nbformat.v4.new_output("stream", text="1\n")]
    nbformat.write(notebook, path)
    assert version(tmp_path, path) == first

    (tmp_path / "figures.csv").write_text("id\n2\n")
    assert version(tmp_path, path) != first


def test_the_interpreter_is_one_the_readme_promises():
    assert sys.version_info >= (3, 11)

"""Notebooks that cannot be exported are refused in sentences, all faults at once."""

from __future__ import annotations

from typing import Any

import pytest
from export.samples import build
from nbformat.v4 import new_code_cell, new_output

from helpers.export import checks
from helpers.export.html import BriefingHTML
from helpers.export.losses import ExportError


@pytest.mark.parametrize(
    ("where", "value", "said"),
    [
        ("briefing", "x", "`metadata.briefing` is 'x' and should be an object"),
        ("briefing", {"title": 3}, "`metadata.briefing.title` is 3 and should be a text."),
        ("briefing", {"date": [2024]}, "`metadata.briefing.date` is [2024] and should be a text."),
        ("briefing", {"language": "x y"}, "`x y` for `briefing.language`: write it as `en`"),
        ("briefing", {"empty_sections": "gone"}, "write `kept` or `left out`"),
        ("kernelspec", [1], "`metadata.kernelspec` is [1] and should be an object"),
        ("kernelspec", {"name": 3}, "`metadata.kernelspec` is {'name': 3} and should be an object"),
        ("language_info", 7, "`metadata.language_info` is 7 and should be an object"),
        ("tags", 7, "Cell 2: `metadata.tags` is 7 and should be a list of texts"),
        ("tags", [None], "Cell 2: `metadata.tags`"),
        ("data", {"image/png": 5}, "Cell 2: output 1: `data.image/png` is 5 and should be a text or a list of texts."),
        ("data", {"text/html": {"a": 1}}, "Cell 2: output 1: `data.text/html`"),
        ("data", None, "Cell 2: output 1: `data` is None"),
        ("metadata", "x", "Cell 2: output 1: `metadata` is 'x'"),
        ("output_type", "other", "Cell 2: output 1: `output_type` is 'other'"),
        ("attachments", ["x"], "Cell 2: `attachments` is ['x']"),
    ],
)
def test_metadata_of_a_wrong_type_is_named_with_its_cell(where: str, value: Any, said: str) -> None:
    output = new_output("display_data", {"text/plain": "x"})
    cell = new_code_cell("x", outputs=[output])
    notebook = build("# T", cell)
    whole = dict.fromkeys(("briefing", "kernelspec", "language_info"), notebook.metadata)
    holder = {**whole, "tags": cell.metadata, "attachments": cell}.get(where, output)
    holder[where] = value
    with pytest.raises(ExportError) as refused:
        BriefingHTML().from_notebook_node(notebook)
    assert said in str(refused.value)


def test_all_faults_are_said_at_once() -> None:
    notebook = build(
        "# T", new_output("display_data", {"image/png": "x"}), new_output("stream", name="stdout", text="x")
    )
    notebook.metadata["briefing"] = {"title": 1, "date": "soon"}
    notebook.cells[1].outputs[0]["data"]["image/png"] = 5
    notebook.cells[2].outputs[0]["text"] = 9
    with pytest.raises(ExportError) as refused:
        checks.check(notebook)
    assert len(str(refused.value).splitlines()) == 5


def test_a_notebook_that_was_never_run_is_refused_and_an_idle_cell_is_counted() -> None:
    idle = new_code_cell("1 + 1")
    with pytest.raises(ExportError, match="never run"):
        BriefingHTML().from_notebook_node(build("# T", idle))
    ran = new_code_cell("2", execution_count=1)
    _, resources = BriefingHTML().from_notebook_node(build("# T", ran, idle, new_code_cell(" ")))
    assert resources["losses"] == ["Cell 3, code: the cell was never run."]
    assert BriefingHTML().from_notebook_node(build("# Only text"))[1]["losses"] == []

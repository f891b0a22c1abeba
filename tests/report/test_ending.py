"""What is said in the terminal once a report is made."""

from __future__ import annotations

from nbformat.v4 import new_code_cell, new_notebook, new_output
from packages import LIBRARIES

from helpers.package.ledger import load
from helpers.report import ending, findings


def test_a_report_of_figures_that_clash_says_so_in_the_terminal() -> None:
    record = {"kind": "verdict", "scenario": {}, "rounding": "nearest", "feasible": False, "clashes": ["a", "b"]}
    others = [
        record | {"rounding": "coarse"},
        record | {"scenario": {"window": "W1"}},
        record | {"feasible": True, "clashes": []},
        {"kind": "worked", "scenario": {}, "rounding": "nearest"},
    ]
    found = {"rounding": "nearest", "findings": [*others, record | {"scenario": {"dispute:a|b": "a"}}]}
    assert list(ending.clashing(found)) == ["a, b cannot all be true as they stand; `make audit` says by how much."]


def _shown(text: str, role: str = "", **more: object) -> object:
    data = {"text/markdown": text, **more}
    return new_code_cell(outputs=[new_output("display_data", data, metadata={"text/markdown": {"role": role}})])


def test_figures_that_stand_only_in_the_annex_are_named() -> None:
    """What a number worked out rests on is told; what a table of the annex or the evidence lists is not."""
    record = {"kind": "worked", "quantity": "rise", "inputs": ["readers", "fines"]}
    ledger = load(LIBRARIES)
    notebook = new_notebook(
        cells=[
            _shown("From [400,000](#f-visits-2020), [three times](#w-rise)."),
            _shown("[1,204,377](#f-loans)", "annex"),
            _shown("- **[12%]{#f-loans-change}**, [18%](#f-digital-share)", "evidence"),
            new_code_cell(outputs=[new_output("display_data", {findings.MIME: [record]})]),
        ]
    )
    assert ending.told(notebook) >= {"visits-2020", "readers", "fines"}
    assert not ending.told(notebook) & {"loans", "loans-change", "digital-share"}
    (line,) = ending.untold("story.ipynb", ledger, notebook)
    assert line.startswith(
        f"{len(ledger.rows['figures']) - 3} of {len(ledger.rows['figures'])} figures stand in no sentence"
    )
    assert "digital-share" in line
    assert "readers-council" in line

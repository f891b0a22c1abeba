"""What is said once a report is made: what cannot be true in it, and which figures its story leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from nbformat import NotebookNode

from helpers.export import document
from helpers.package.ledger import Ledger
from helpers.reason.agree import misfits
from helpers.reason.scenario import DISPUTE
from helpers.report import findings

_NAMED = 6  # figures in a line


def clashing(found: dict[str, Any]) -> Iterator[str]:
    """A line for each group of figures that cannot all be true as they stand: a report is made all the same."""
    for record in found["findings"]:
        stands = record["kind"] == "verdict" and all(name.startswith(DISPUTE) for name in record["scenario"])
        if stands and record["rounding"] == found["rounding"] and not record["feasible"]:
            yield f"{', '.join(record['clashes'])} cannot all be true as they stand; `make audit` says by how much."


def misfitting(ledger: Ledger) -> Iterator[str]:
    """A line for each printed change of shares that its two shares do not give."""
    for one in misfits(ledger):
        yield f"{one.figure} is not what {one.earlier} and {one.later} give; `make audit` says what that is."


def untold(name: str, ledger: Ledger, notebook: NotebookNode) -> list[str]:
    """A line on the figures that stand in the annex and the evidence only: a story written by hand names no new row."""
    named = told(notebook)
    left = [figure for figure in ledger.rows["figures"] if figure not in named]
    if not left:
        return []
    more = f" and {len(left) - _NAMED} more" if len(left) > _NAMED else ""
    return [
        f"{len(left)} of {len(ledger.rows['figures'])} figures stand in no sentence, table or chart of "
        f"{name} before its annex: {', '.join(left[-_NAMED:])}{more}. "
        "To tell of one, write its id in braces into the notebook."
    ]


def told(notebook: NotebookNode) -> set[str]:
    """The ids of figures that an executed notebook links to before its annex and its evidence."""
    found: set[str] = set()
    worked: dict[str, Sequence[str]] = {}
    for output in document.outputs(notebook):
        role = output.get("metadata", {}).get("text/markdown", {}).get("role", "")
        for record in output.get("data", {}).get(findings.MIME, ()):
            if record.get("kind") == "worked":
                worked[record.get("quantity", "")] = record.get("inputs", ())
        if role not in ("annex", "evidence"):
            found.update(re.findall(r"#[fw]-([a-z0-9-]+)", output.get("data", {}).get("text/markdown", "")))
    return found | {figure for name, inputs in worked.items() if name in found for figure in inputs}

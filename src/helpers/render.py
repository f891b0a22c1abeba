"""From a data package to the briefing: run the notebook, export it twice, and only then replace the last report.

    python -m helpers.render briefing rounding=coarse as_of=2023-12-31
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from helpers.ledger import load
from helpers.notebook import PROJECT, folder

NOTEBOOKS = PROJECT / "notebooks"
REPORTS = PROJECT / "reports"


class RenderError(RuntimeError):
    """A report that could not be made, in words for the person who asked for it."""


def run(notebook: Path, parameters: Mapping[str, Any]) -> NotebookNode:
    """Run a notebook in a fresh kernel, with progress on standard error.

    Parameters
    ----------
    notebook
        Its file; it is not changed.
    parameters
        By name. A name the notebook does not declare is refused.

    Returns
    -------
    NotebookNode
        The executed notebook, without anything that differs from one run to the next.

    Raises
    ------
    RenderError
        Naming the cell that failed and why.
    """
    allowed = papermill.inspect_notebook(notebook)
    for name in parameters:
        if name not in allowed:
            raise RenderError(f"Could not interpret parameter `{name}`. {notebook.name} takes: {', '.join(allowed)}.")
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch) / notebook.name
        try:
            papermill.execute_notebook(
                notebook, target, dict(parameters), cwd=notebook.parent, kernel_name="python3", progress_bar=True
            )
        except PapermillExecutionError as error:
            raise RenderError(
                f"Cell {error.exec_count} of {notebook.name} failed: {error.ename}: {error.evalue}\n\n{error.source}"
            ) from None
        return steady(nbformat.read(target, 4))


def steady(notebook: NotebookNode) -> NotebookNode:
    """The notebook without times, durations and random ids, so that the same inputs give the same bytes."""
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        cell["id"] = f"cell-{number}"
    return notebook


def export(notebook: NotebookNode, targets: Mapping[Path, type]) -> list[Path]:
    """Write the notebook through each exporter; no file is replaced before all are made."""
    made = []
    for target, exporter in targets.items():
        content, _ = exporter().from_notebook_node(notebook, {"metadata": {"name": target.stem}})
        made.append((target, content.encode() if isinstance(content, str) else content))
    for target, content in made:
        replace(target, content)
    return list(targets)


def replace(target: Path, content: bytes) -> None:
    """Put a file in place whole: a reader sees the old one or the new one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial")
    partial.write_bytes(content)
    os.replace(partial, target)


def briefing(parameters: Mapping[str, str], reports: Path = REPORTS) -> list[Path]:
    """Render the briefing as `briefing.html` and `briefing.pdf`.

    Raises
    ------
    RenderError
        If the notebook fails.
    ValueError
        If the package or a parameter cannot be used; said before a kernel starts.
    """
    from helpers.export.html import BriefingHTML
    from helpers.export.typst import BriefingPDF

    ledger = load(
        folder(parameters.get("package", "data")),
        parameters.get("rounding", "nearest"),
        parameters.get("as_of", ""),
        parameters.get("evidence", "all"),
    )
    notebook = run(NOTEBOOKS / "briefing.ipynb", parameters)
    notebook.metadata["briefing"] = {
        "language": "en",
        "description": ledger.head.get("description", ""),
        "date": ledger.as_of.isoformat(),
    }
    return export(notebook, {reports / "briefing.html": BriefingHTML, reports / "briefing.pdf": BriefingPDF})


def main(arguments: list[str] | None = None) -> int:
    """The command line behind the Makefile: exit status 0, or 1 with the reason on standard error."""
    parser = argparse.ArgumentParser(prog="python -m helpers.render", description=__doc__)
    parser.add_argument("what", choices=["briefing"])
    parser.add_argument("parameters", nargs="*", metavar="name=value", help="parameters of the notebook")
    options = parser.parse_args(arguments)
    parameters = dict(pair.split("=", 1) for pair in options.parameters if "=" in pair)
    try:
        for path in briefing({name: value for name, value in parameters.items() if value}):
            print(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
    except (RenderError, ValueError) as error:
        print(f"\nNo report was made; the last one, if any, stands.\n{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

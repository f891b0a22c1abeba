"""From a data package to a report: run its notebook, export it, and only then replace the last report.

    python -m helpers.report.render briefing rounding=coarse as_of=2023-12-31
    python -m helpers.report.render audit package=data sources=texts

Exit status: 0 done, and of an audit: the package is sound; 1 no report was made; 2 the figures as they stand clash;
3 a wording is not found in its text, or a number of a text is covered by no row.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from helpers.package import texts
from helpers.package.ledger import Ledger, load
from helpers.reason.verdict import verdicts
from helpers.report import findings
from helpers.report.start import PROJECT, folder
from helpers.words.template import number

NOTEBOOKS = PROJECT / "notebooks"
REPORTS = PROJECT / "reports"
DONE, FAILED, CLASH, UNMATCHED = range(4)


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
                notebook,
                target,
                dict(parameters),
                cwd=notebook.parent,
                kernel_name="python3",
                progress_bar=True,
                # The kernel is on this machine and lives for one run: its warning about unencrypted transport misleads.
                extra_arguments=["--IPKernelApp.log_level=ERROR"],
            )
        except PapermillExecutionError as error:
            raise RenderError(
                f"Cell {error.exec_count} of {notebook.name} failed: {error.ename}: {error.evalue}\n\n{error.source}"
            ) from None
        return steady(nbformat.read(target, 4))


def steady(notebook: NotebookNode) -> NotebookNode:
    """The notebook without times, durations and random ids, so that the same inputs give the same bytes."""
    notebook.metadata.pop("papermill", None)
    for at, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        cell["id"] = f"cell-{at}"
    return notebook


def export(
    notebook: NotebookNode, targets: Mapping[Path, type], beside: Mapping[Path, bytes] | None = None
) -> list[Path]:
    """Write the notebook through each exporter, and files `beside` it; none is replaced before all are made."""
    made = []
    for target, exporter in targets.items():
        content, _ = exporter().from_notebook_node(notebook, {"metadata": {"name": target.stem}})
        made.append((target, content.encode() if isinstance(content, str) else content))
    made += (beside or {}).items()
    for target, content in made:
        replace(target, content)
    return [target for target, _ in made]


def replace(target: Path, content: bytes) -> None:
    """Put a file in place whole: a reader sees the old one or the new one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial")
    partial.write_bytes(content)
    os.replace(partial, target)


def briefing(parameters: Mapping[str, str], reports: Path) -> list[Path]:
    """Render the briefing as `briefing.html` and `briefing.pdf`, and what it found as `findings.json`.

    Raises
    ------
    RenderError
        If the notebook fails.
    ValueError
        If the package or a parameter cannot be used; said before a kernel starts.
    """
    from helpers.export.html import BriefingHTML
    from helpers.export.typst import BriefingPDF

    ledger = _ledger(parameters)
    notebook = _executed("briefing", parameters, ledger)
    found = findings.document(ledger, findings.take(notebook))
    targets = {reports / "briefing.html": BriefingHTML, reports / "briefing.pdf": BriefingPDF}
    return export(notebook, targets, {reports / "findings.json": found})


def audit(parameters: Mapping[str, str], reports: Path) -> tuple[list[Path], int, list[str]]:
    """Render the audit of a package as `audit.html`.

    Returns
    -------
    tuple of (paths, exit status, faults)
        `CLASH` where the figures as they stand clash, or else `UNMATCHED` where the texts differ.

    Raises
    ------
    RenderError, ValueError
        As `briefing`.
    """
    from helpers.export.html import BriefingHTML

    sources = parameters.get("sources")
    ledger = _ledger(parameters)
    check = texts.check(ledger, _place(sources)) if sources else None
    notebook = _executed("audit", parameters, ledger)
    clashing = findings.clashes(verdicts(ledger))
    faults = [
        f"{', '.join(clash.clashes)} cannot all be true: short by {number(clash.gap)} in all" for clash in clashing
    ]
    faults += map(str, check.faults if check else ())
    status = CLASH if clashing else UNMATCHED if faults else DONE
    return export(notebook, {reports / "audit.html": BriefingHTML}), status, faults


def _executed(name: str, parameters: Mapping[str, str], ledger: Ledger) -> NotebookNode:
    # The kernel stands in another folder.
    folders = {"package": str(_place(parameters.get("package") or "data"))}
    if parameters.get("sources"):
        folders["sources"] = str(_place(parameters["sources"]))
    notebook = run(NOTEBOOKS / f"{name}.ipynb", {**parameters, **folders})
    notebook.metadata["briefing"] = {
        "language": "en",
        "description": ledger.head.get("description", ""),
        "date": ledger.as_of.isoformat(),
    }
    return notebook


def _ledger(parameters: Mapping[str, str]) -> Ledger:
    return load(
        _place(parameters.get("package") or "data"),
        parameters.get("rounding", "nearest"),
        parameters.get("as_of", ""),
        parameters.get("evidence", "all"),
    )


def _place(path: str) -> Path:
    """A folder in full, named from where the user stands, or else from the project."""
    found = folder(path)
    return (found if found.exists() else Path(path)).resolve()


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        # Not argparse's own 2, which says that figures clash.
        self.exit(FAILED, f"{self.format_usage()}{message}\n")


def main(arguments: list[str] | None = None) -> int:
    """The command line behind the Makefile: the exit status, with the reason on standard error where it is not 0."""
    parser = _Parser(
        prog="python -m helpers.report.render",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", choices=["briefing", "audit"])
    parser.add_argument("parameters", nargs="*", metavar="name=value", help="parameters of the notebook")
    options = parser.parse_args(arguments)
    for pair in options.parameters:
        if "=" not in pair:
            parser.error(f"Could not interpret `{pair}`. Write a parameter as name=value.")
    parameters = {name: value for name, value in (pair.split("=", 1) for pair in options.parameters) if value}
    try:
        if options.what == "briefing":
            paths, status, faults = briefing(parameters, REPORTS), DONE, []
        else:
            paths, status, faults = audit(parameters, REPORTS)
    except (RenderError, ValueError) as error:
        print(f"\nNo report was made; the last one, if any, stands.\n{error}", file=sys.stderr)
        return FAILED
    for path in paths:
        print(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
    for fault in faults:
        print(fault, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())

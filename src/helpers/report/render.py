"""From a data package to a report: run its notebook, export it, and only then replace the last report.

The commands `report` and `audit` of `helpers.report.command`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from helpers.package import texts
from helpers.package.ledger import Ledger, load
from helpers.reason.verdict import verdicts
from helpers.report import findings
from helpers.report.command import CLASH, DONE, PROJECT, UNMATCHED, Refusal, place
from helpers.words.template import number

NOTEBOOKS = PROJECT / "notebooks"
REPORTS = PROJECT / "reports"


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
    Refusal
        Naming the cell that failed and why.
    """
    source = _read(notebook)
    allowed = papermill.inspect_notebook(source)
    for name in parameters:
        if name not in allowed:
            raise Refusal(f"Could not interpret parameter `{name}`. {notebook.name} takes: {', '.join(allowed)}.")
    try:
        # Nothing is written on the way: a run that is killed leaves nothing behind.
        executed = papermill.execute_notebook(
            source,
            None,
            dict(parameters),
            cwd=notebook.parent,
            kernel_name="python3",
            progress_bar=True,
            # The kernel is on this machine and lives for one run: its warning about unencrypted transport misleads.
            extra_arguments=["--IPKernelApp.log_level=ERROR"],
        )
    except PapermillExecutionError as error:
        number = _code_cell(source, error.cell_index, bool(parameters))
        raise Refusal(f"Cell {number} of {notebook.name} failed: {error.ename}: {error.evalue}") from None
    except DeadKernelError:
        raise Refusal(
            f"The kernel that ran {notebook.name} was killed, most often for want of memory. Run the command again."
        ) from None
    return steady(executed)


def _read(notebook: Path) -> NotebookNode:
    """A notebook as nbformat reads it.

    Raises
    ------
    Refusal
        If the file is no notebook.
    """
    try:
        node = nbformat.read(notebook, 4)
        nbformat.validate(node)
    except (nbformat.ValidationError, nbformat.reader.NotJSONError, UnicodeError, AttributeError, TypeError) as error:
        reason = str(error).splitlines()[0]
        raise Refusal(
            f"{notebook} is no notebook that can be read: {reason}. Open and save it in JupyterLab."
        ) from None
    return node


def _code_cell(notebook: NotebookNode, index: int, injected: bool) -> int:
    """The number of a failed cell as JupyterLab counts: code cells only, without the one that papermill puts in."""
    tagged = [at for at, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", [])]
    if injected and index > (tagged[0] if tagged else -1):
        index -= 1
    return sum(cell.cell_type == "code" for cell in notebook.cells[: index + 1])


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


def report(parameters: Mapping[str, str]) -> int:
    """Render a package as `briefing.html` and `briefing.pdf`, and what was found as `findings.json`.

    Parameters
    ----------
    parameters
        `package`, `as_of`, `rounding` and `evidence` as the notebook takes them; `notebook` is the file of another one
        than `briefing.ipynb`.

    Raises
    ------
    Refusal
        If the notebook fails.
    ValueError
        If the package or a parameter cannot be used; said before a kernel starts.
    """
    from helpers.export.html import BriefingHTML
    from helpers.export.typst import BriefingPDF

    ledger = _ledger(parameters)
    notebook = _executed(_notebook(parameters), parameters, ledger)
    found = findings.document(ledger, findings.take(notebook))
    reports = place_of_reports(ledger.package)
    targets = {reports / "briefing.html": BriefingHTML, reports / "briefing.pdf": BriefingPDF}
    _tell(export(notebook, targets, {reports / "findings.json": found}))
    return DONE


def audit(parameters: Mapping[str, str]) -> int:
    """Render the audit of a package as `audit.html`.

    Returns
    -------
    int
        `CLASH` where the figures as they stand clash, or else `UNMATCHED` where the texts differ.

    Raises
    ------
    Refusal, ValueError
        As `report`.
    """
    from helpers.export.html import BriefingHTML

    sources = parameters.get("sources")
    ledger = _ledger(parameters)
    check = texts.check(ledger, place(sources)) if sources else None
    notebook = _executed(NOTEBOOKS / "audit.ipynb", parameters, ledger)
    clashing = findings.clashes(verdicts(ledger))
    faults = [
        f"{', '.join(clash.clashes)} cannot all be true: short by {number(clash.gap)} in all" for clash in clashing
    ]
    faults += map(str, check.faults if check else ())
    _tell(export(notebook, {place_of_reports(ledger.package) / "audit.html": BriefingHTML}))
    for fault in faults:
        print(fault, file=sys.stderr)
    return CLASH if clashing else UNMATCHED if faults else DONE


def place_of_reports(package: Path) -> Path:
    """The folder for the reports of a package: those of another than the project's own have one each.

    Notes
    -----
    A package whose folder is named like a file or folder of the project's own reports gets a folder beside it.
    """
    if package == PROJECT / "data":
        return REPORTS
    taken = package.name in ("charts", "editions") or "." in package.name
    return REPORTS / (f"{package.name}-package" if taken else package.name)


def _notebook(parameters: Mapping[str, str]) -> Path:
    named = parameters.get("notebook")
    if not named:
        return NOTEBOOKS / "briefing.ipynb"
    path = place(named)
    if not path.is_file():
        raise Refusal(f"There is no file {path}. Name a notebook (.ipynb).")
    return path


def _executed(notebook: Path, parameters: Mapping[str, str], ledger: Ledger) -> NotebookNode:
    # The kernel stands in another folder.
    given = {name: value for name, value in parameters.items() if name != "notebook"}
    given["package"] = str(ledger.package)
    if "sources" in given:
        given["sources"] = str(place(given["sources"]))
    executed = run(notebook, given)
    executed.metadata["briefing"] = {
        "language": "en",
        "description": ledger.head.get("description", ""),
        "date": ledger.as_of.isoformat(),
        "empty_sections": "left out",
    }
    return executed


def _ledger(parameters: Mapping[str, str]) -> Ledger:
    return load(
        place(parameters.get("package", "")),
        parameters.get("rounding", "nearest"),
        parameters.get("as_of", ""),
        parameters.get("evidence", "all"),
    )


def _tell(paths: list[Path]) -> None:
    for path in paths:
        print(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)

"""From a data package to a report: run its notebook, export it, and only then replace the last report.

`helpers.report.edition` has the commands.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any

# Else jsonschema builds the grammars of international addresses, a second of work that notebooks do not need.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

import nbformat  # noqa: E402
from nbformat import NotebookNode  # noqa: E402

from helpers.export import document  # noqa: E402
from helpers.package import texts  # noqa: E402
from helpers.package.ledger import Ledger, load  # noqa: E402
from helpers.report import ending, findings  # noqa: E402
from helpers.report.audit import Audit  # noqa: E402
from helpers.report.command import CLASH, DONE, UNMATCHED, Refusal, tell  # noqa: E402
from helpers.report.edition import SET, Edition  # noqa: E402
from helpers.report.engine import CellsKilled, Warm, register  # noqa: E402
from helpers.report.files import put  # noqa: E402
from helpers.report.version import kit, version  # noqa: E402

_KEPT = 256


def run(notebook: Path, parameters: Mapping[str, Any], warm: Warm | None = None, progress: bool = True) -> NotebookNode:
    """Run a notebook afresh, with progress on standard error.

    Parameters
    ----------
    notebook
        Its file; it is not changed.
    parameters
        By name. A name the notebook does not declare is refused.
    warm
        The process to run it in; without one, it runs in a kernel.

    Returns
    -------
    NotebookNode
        The executed notebook, without anything that differs from one run to the next.

    Raises
    ------
    Refusal
        Naming the cell that failed and why.
    """
    # Here, since a report is exported again without it.
    import papermill
    from nbclient.exceptions import DeadKernelError
    from papermill.exceptions import PapermillExecutionError

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
            engine_name=register(warm) if warm else None,
            progress_bar=progress,
            # The kernel is on this machine and lives for one run: its warning about unencrypted transport misleads.
            extra_arguments=["--IPKernelApp.log_level=ERROR"],
        )
    except PapermillExecutionError as error:
        cell = _code_cell(source, error.cell_index, bool(parameters))
        raise Refusal(f"Cell {cell} of {notebook.name} failed: {error.ename}: {error.evalue}") from None
    except (CellsKilled, DeadKernelError):
        raise Refusal(
            f"The process that ran {notebook.name} was killed, most often for want of memory. "
            "Close other programs, then run the command again."
        ) from None
    return steady(executed)


def steady(notebook: NotebookNode) -> NotebookNode:
    """The notebook without times, durations and random ids, so that the same inputs give the same bytes."""
    notebook.metadata.pop("papermill", None)
    for at, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        cell["id"] = f"cell-{at}"
    return notebook


def report(edition: Edition, warm: Warm | None) -> list[Path]:
    """Make the files of an edition and put them in the place of the last ones.

    Raises
    ------
    Refusal, ValueError, OSError
        As `helpers.report.edition.report`.
    """
    ledger = _ledger(edition)
    notebook = _executed(edition, ledger, warm, True)
    untold = ending.untold(edition.notebook.name, ledger, notebook)
    contents = _written(ledger, notebook)
    for line in (*ending.clashing(json.loads(contents["findings.json"])), *ending.misfitting(ledger), *untold):
        print(line, file=sys.stderr)
    return put(edition.reports, SET, contents, {"key": edition.files})


def files(edition: Edition, warm: Warm | None, progress: bool = True) -> dict[str, bytes]:
    """The files of an edition, by path within the folder of its reports."""
    ledger = _ledger(edition)
    return _written(ledger, _executed(edition, ledger, warm, progress))


def _written(ledger: Ledger, notebook: NotebookNode) -> dict[str, bytes]:
    """The files that an executed notebook makes; its findings are taken out of it."""
    records = findings.document(ledger, findings.take(notebook))
    html, pdf, charts = _exporters()
    with ThreadPoolExecutor(1) as pool:
        # The compiler that sets the pictures works beside what else is done here.
        pictures = pool.submit(charts.taken, document.outputs(notebook))
        page, print_ = export(notebook, SET, html, pdf)
        return {"briefing.html": page, "briefing.pdf": print_, "findings.json": records, **pictures.result()}


def audit(edition: Edition, sources: Path | None, warm: Warm | None) -> int:
    """Render the audit of a package as `audit.html`, and say what is wrong with it on standard error.

    Parameters
    ----------
    sources
        Folder of the texts, or None.

    Returns
    -------
    int
        `CLASH` where the figures as they stand clash, or else `UNMATCHED` where the texts differ, a share cannot be, or
        no figure is confirmed yet.

    Raises
    ------
    Refusal, ValueError, OSError
        As `helpers.report.edition.report`.
    """
    ledger = _ledger(edition, unfinished=True)
    check = texts.check(ledger, sources) if sources else None
    given = {"sources": str(sources)} if sources else {}
    notebook = _run(edition, ledger, warm, True, given)
    result = Audit(ledger, check)
    html, *_ = _exporters()
    tell(put(edition.reports, "audit", {"audit.html": export(notebook, "audit", html)[0]}))
    print(result.line())
    for fault in result.faults():
        print(fault, file=sys.stderr)
    return CLASH if result.clashing or result.misfits else DONE if result.sound else UNMATCHED


def export(notebook: NotebookNode, name: str, *exporters: Callable[[], Any]) -> list[bytes]:
    """The notebook as each exporter writes it, read once; what each leaves out is said on standard error."""
    prepared, made = exporters[0]().prepare(notebook, {"metadata": {"name": name}}), []
    for exporter in exporters:
        writer = exporter()
        content, resources = writer.written(prepared)
        for loss in resources["losses"]:
            print(f"{name}{writer.file_extension}: {loss}", file=sys.stderr)
        made.append(content.encode() if isinstance(content, str) else content)
    return made


def _exporters() -> tuple[Callable[[], Any], Callable[[], Any], ModuleType]:
    from helpers.charts import files
    from helpers.export.html import BriefingHTML
    from helpers.export.typst import BriefingPDF

    # A report is the same on every machine.
    return BriefingHTML, partial(BriefingPDF, machine_fonts=False), files


def _executed(edition: Edition, ledger: Ledger, warm: Warm | None, progress: bool) -> NotebookNode:
    """The executed notebook of an edition: kept from an earlier run whose inputs were the same, or run now."""
    kept = edition.executed
    if kept:
        with contextlib.suppress(OSError, ValueError):
            return nbformat.v4.reads(kept.read_text(encoding="utf-8"))
    notebook = _run(edition, ledger, warm, progress)
    if kept:
        # Keeping it saves time and no more: that the disk is full is said where the report itself is written.
        with contextlib.suppress(OSError):
            _keep(kept, nbformat.writes(notebook))
    return notebook


def _keep(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(f".{os.getpid()}")
    try:
        partial.write_text(text, encoding="utf-8")
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)
    kept = sorted(path.parent.iterdir(), key=lambda one: one.stat().st_mtime)
    for old in kept[:-_KEPT]:
        old.unlink(missing_ok=True)


def _run(
    edition: Edition, ledger: Ledger, warm: Warm | None, progress: bool, given: Mapping[str, str] | None = None
) -> NotebookNode:
    # The cells stand in another folder, so they are given whole paths.
    parameters = {**edition.choices, "package": str(edition.package), **(given or {})}
    exporting = Thread(target=_exporters)
    exporting.start()
    notebook = run(edition.notebook, parameters, warm if edition.own else None, progress)
    exporting.join()
    notebook.metadata["briefing"] = {
        "language": "en",
        "description": ledger.head.get("description", ""),
        "date": ledger.as_of.isoformat(),
        "version": f"{version(edition.package, edition.notebook)}, kit {kit()}",
        "empty_sections": "left out",
    }
    return notebook


def _ledger(edition: Edition, *, unfinished: bool = False) -> Ledger:
    choices = edition.choices
    return load(
        edition.package,
        choices.get("rounding", "nearest"),
        choices.get("as_of", ""),
        choices.get("evidence", "all"),
        unfinished=unfinished,
    )


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
    except (
        nbformat.ValidationError,
        nbformat.reader.NotJSONError,
        UnicodeError,
        AttributeError,
        TypeError,
        KeyError,
    ) as error:
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

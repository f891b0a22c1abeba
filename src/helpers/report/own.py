"""A notebook of one's own: run in its own kernel, then exported beside itself as HTML and PDF.

The command `export` of `helpers.report.command`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from helpers.export import checks
from helpers.report.command import DONE, Refusal, place
from helpers.report.files import exclusive, put
from helpers.report.render import steady

_WORDS = {"true": True, "false": False, "none": None}


def export(parameters: Mapping[str, str]) -> int:
    """Run a notebook and write `name.html` and `name.pdf` beside it; what they lose goes to standard error.

    Parameters
    ----------
    parameters
        `notebook`: its file. `strict`: anything, to refuse an export that loses something. All others go to the
        notebook, as values of the types that its own have.

    Raises
    ------
    Refusal
        If there is no such notebook, it has no such parameter, or a cell fails.
    helpers.export.losses.ExportError
        If its metadata cannot be read, or with `strict`.
    """
    given = dict(parameters)
    path, strict = given.pop("notebook", ""), bool(given.pop("strict", ""))
    if not path:
        raise Refusal("Which notebook? Name it, as in: make export NOTEBOOK=notebook.ipynb")
    notebook = place(path)
    if not notebook.is_file() or notebook.suffix != ".ipynb":
        raise Refusal(f"{notebook} is no notebook: a file whose name ends in .ipynb is needed.")
    for target in write(run(notebook, given), notebook, strict):
        print(target)
    return DONE


def run(notebook: Path, given: Mapping[str, str]) -> NotebookNode:
    """Run a notebook in its own kernel and folder.

    Parameters
    ----------
    notebook
        Its file; it is not changed.
    given
        Values of its parameters as they were typed, by name.

    Raises
    ------
    Refusal
        If it cannot be read or has no such parameter or kernel, or if a cell fails.
    """
    try:
        # What comes of an older format is no `NotebookNode`, which papermill asks for.
        source = nbformat.from_dict(nbformat.read(notebook, 4))
    except Exception as error:  # whatever a file that is no notebook makes of nbformat
        reason = (str(error).splitlines() or ["it is empty"])[0]
        raise Refusal(f"{notebook} cannot be read as a notebook: {reason}. Open and save it in JupyterLab.") from None
    checks.check(source)
    kernel = source.metadata.get("kernelspec", {}).get("name") or "python3"
    try:
        KernelSpecManager().get_kernel_spec(kernel)
        # Nothing is written on the way: a run that is killed leaves nothing behind.
        executed = papermill.execute_notebook(
            source,
            None,
            typed(source, given),
            cwd=notebook.parent,
            kernel_name=kernel,
            progress_bar=sys.stderr.isatty(),
        )
    except NoSuchKernel:
        known = ", ".join(sorted(KernelSpecManager().find_kernel_specs()))
        raise Refusal(f"The notebook asks for the kernel `{kernel}`. This environment has: {known}.") from None
    except PapermillExecutionError as error:
        raise Refusal(
            f"Cell [{error.exec_count}] of {notebook.name} failed: {error.ename}: {error.evalue}\n{error.source}"
        ) from None
    except DeadKernelError:
        raise Refusal(f"The kernel that ran {notebook.name} was killed, most often for want of memory.") from None
    return steady(executed)


def typed(notebook: NotebookNode, given: Mapping[str, str]) -> dict[str, Any]:
    """Parameters as values: a text where the notebook's own is a text, else what the typed characters mean in Python.

    Raises
    ------
    Refusal
        If the notebook declares no parameter of that name.
    """
    declared = papermill.inspect_notebook(notebook)
    values = {}
    for asked, value in given.items():
        name = asked if asked in declared else asked.lower()
        if name not in declared:
            takes = (
                f"It takes: {', '.join(declared)}." if declared else "It takes none: no cell is tagged `parameters`."
            )
            raise Refusal(f"The notebook has no parameter `{asked}`. {takes}")
        values[name] = value if _is_text(declared[name]) else _value(value)
    return values


def _is_text(parameter: Mapping[str, Any]) -> bool:
    kind, default = str(parameter.get("inferred_type_name")), str(parameter.get("default")).strip()
    return kind == "str" or (kind == "None" and default[:1] in ("'", '"'))


def _value(text: str) -> Any:
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text


def write(executed: NotebookNode, notebook: Path, strict: bool = False) -> list[Path]:
    """Write both formats beside a notebook, once both are made.

    Raises
    ------
    helpers.export.losses.ExportError
        If its metadata cannot be read, or with `strict` if anything is lost.
    """
    from helpers.export.html import BriefingHTML
    from helpers.export.typst import BriefingPDF

    files: dict[str, bytes] = {}
    losses: list[str] = []
    for suffix, exporter in ((".html", BriefingHTML), (".pdf", BriefingPDF)):
        resources = {"metadata": {"name": notebook.stem, "path": str(notebook.parent)}}
        content, resources = exporter(strict=strict).from_notebook_node(executed, resources)
        files[notebook.with_suffix(suffix).name] = content.encode() if isinstance(content, str) else content
        losses += [loss for loss in resources["losses"] if loss not in losses]
    for loss in losses:
        print(loss, file=sys.stderr)
    name = f"{notebook.stem}.export"
    with exclusive(notebook.parent, name):
        written = put(notebook.parent, name, files)
        # The folder is the user's own: nothing is left there but what was asked for.
        (notebook.parent / f".{name}.json").unlink()
    return written

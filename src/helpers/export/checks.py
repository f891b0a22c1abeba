"""What a notebook must be for an export: run, and with metadata of the types that Jupyter gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from nbformat import NotebookNode

from helpers.export.losses import ExportError

_TEXTS = ("title", "language", "description", "date", "version", "empty_sections")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def check(notebook: NotebookNode) -> None:
    """Refuse a notebook that the exporters could not read, before anything is made of it.

    Raises
    ------
    ExportError
        Naming every fault: the cell, the field, the value, and what would be accepted.
    """
    if faults := list(_faults(notebook)):
        raise ExportError("The notebook's metadata cannot be read:\n" + "\n".join(f"  {fault}" for fault in faults))


def check_run(notebook: NotebookNode) -> list[int]:
    """The code cells that were never run, by number, of a notebook that was.

    Raises
    ------
    ExportError
        If it has code and none of it was run: there is nothing to export then.
    """
    code = [(at, cell) for at, cell in enumerate(notebook.cells, 1) if cell.cell_type == "code" and cell.source.strip()]
    idle = [at for at, cell in code if not cell.get("outputs") and cell.get("execution_count") is None]
    if code and len(idle) == len(code):
        raise ExportError(
            "This notebook was never run, so it has no outputs to export. Run it first: `make export NOTEBOOK=path`, "
            "or `jupyter nbconvert --execute`, or Run All Cells in JupyterLab and save."
        )
    return idle


def _faults(notebook: NotebookNode) -> Iterator[str]:
    metadata = notebook.get("metadata", {})
    if not isinstance(metadata, Mapping):
        yield _wrong("metadata", metadata, "an object")
    else:
        yield from _of_briefing(metadata.get("briefing", {}))
        for name in ("kernelspec", "language_info"):
            given = metadata.get(name, {})
            if not isinstance(given, Mapping) or not isinstance(given.get("name", ""), str):
                yield _wrong(f"metadata.{name}", given, 'an object, as {"name": "python3"}')
    for at, cell in enumerate(notebook.cells, 1):
        yield from (f"Cell {at}: {fault}" for fault in _of_cell(cell))


def _of_briefing(given: Any) -> Iterator[str]:
    if not isinstance(given, Mapping):
        yield _wrong("metadata.briefing", given, 'an object, as {"title": "..."}')
        return
    for name in _TEXTS:
        if not isinstance(given.get(name) or "", str):
            yield _wrong(f"metadata.briefing.{name}", given[name], "a text")
    language, day = given.get("language") or "en", given.get("date") or ""
    if isinstance(language, str) and not _LANGUAGE.fullmatch(language):
        yield f"Could not interpret value `{language}` for `briefing.language`: write it as `en`."
    if isinstance(day, str) and day and not _is_day(day):
        yield f"Could not interpret value `{day}` for `briefing.date`: write it as `2024-01-22`."
    empty = given.get("empty_sections") or "kept"
    if isinstance(empty, str) and empty not in ("kept", "left out"):
        yield f"Could not interpret value `{empty}` for `briefing.empty_sections`: write `kept` or `left out`."


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _of_cell(cell: NotebookNode) -> Iterator[str]:
    if not isinstance(cell.get("source", ""), str):
        yield _wrong("source", cell["source"], "a text")
    metadata = cell.get("metadata", {})
    if not isinstance(metadata, Mapping):
        yield _wrong("metadata", metadata, "an object")
    elif not _is_texts(metadata.get("tags", [])):
        yield _wrong("metadata.tags", metadata["tags"], 'a list of texts, as ["remove-cell"]')
    held = cell.get("attachments", {})
    if not isinstance(held, Mapping) or not all(isinstance(one, Mapping) for one in held.values()):
        yield _wrong("attachments", held, "an object of objects, by name and MIME type")
    for number, output in enumerate(cell.get("outputs", []) if cell.cell_type == "code" else [], 1):
        yield from (f"output {number}: {fault}" for fault in _of_output(output))


def _of_output(output: NotebookNode) -> Iterator[str]:
    kind = output.get("output_type")
    if kind == "stream":
        if not isinstance(output.get("text"), str) or not isinstance(output.get("name"), str):
            yield _wrong("text", output.get("text"), "a text, and the stream's name with it")
    elif kind == "error":
        if not _is_texts(output.get("traceback")):
            yield _wrong("traceback", output.get("traceback"), "a list of texts")
    elif kind in ("display_data", "execute_result"):
        data = output.get("data")
        if not isinstance(data, Mapping):
            yield _wrong("data", data, "an object by MIME type")
            return
        if not isinstance(output.get("metadata", {}), Mapping):
            yield _wrong("metadata", output["metadata"], "an object")
        for name, content in data.items():
            is_json = name == "application/json" or name.endswith("+json")
            if not is_json and not isinstance(content, str) and not _is_texts(content):
                yield _wrong(f"data.{name}", content, "a text or a list of texts")
    else:
        yield _wrong("output_type", kind, "stream, error, display_data or execute_result")


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _wrong(name: str, value: Any, wanted: str) -> str:
    shown = repr(value)
    return f"`{name}` is {shown if len(shown) < 60 else f'{shown[:57]}...'} and should be {wanted}."

"""The CSV tables of a package read into typed rows, with every fault of a file, a header or a cell."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from helpers.package import schema
from helpers.package.files import UnreadableError, read_text
from helpers.package.schema import DRAFT, OPTIONAL_TABLES, TABLES, Says

# A column that packages of before may still have: the contradictions stand in a table of their own now.
_FORMER = "disputes"


class PackageError(ValueError):
    """A package that cannot be loaded; `faults` holds every reason."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        count = f"{len(faults)} fault{'s' if len(faults) > 1 else ''}"
        super().__init__("\n".join([f"The data package has {count}:", *map(str, faults)]))


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a package: where it stands and what is likely to have caused it."""

    file: str
    row: str
    field: str
    value: str
    cause: str

    def __str__(self) -> str:
        return f"  {self.file}, {self.row}, `{self.field}` = {self.value!r}: {self.cause}"


@dataclass
class Table:
    """One table: its rows, each with the place it stands at ("line 3 (orders)").

    Attributes
    ----------
    rows
        What a person has confirmed.
    drafts
        Rows still to be filled in.
    faults
        What could not be read; rows with a fault are in neither.
    """

    name: str
    rows: list[tuple[Any, str]] = field(default_factory=list)
    drafts: list[tuple[Any, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def file(self) -> str:
        return f"{self.name}.csv"


def read(package: Path, name: str) -> Table:
    """One table of a package; empty where the file may be missing and is."""
    table, path = Table(name), package / f"{name}.csv"
    try:
        text = read_text(path, "save the table as CSV UTF-8")
    except (FileNotFoundError, NotADirectoryError):
        if name not in OPTIONAL_TABLES:
            cause = "the file is missing" if package.is_dir() else f"there is no folder {package}"
            table.faults.append(Fault(table.file, "the file", "path", str(path), cause))
        return table
    except UnreadableError as error:
        table.faults.append(Fault(table.file, "the file", "path", path.name, str(error)))
        return table
    lines = _lines(table, text)
    _, header = next(lines, (1, []))
    header = [column.strip() for column in header]
    table.faults += _check_header(table, header)
    if not table.faults:
        for line, cells in lines:
            _read_row(table, header, line, cells)
    return table


def _lines(table: Table, text: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row that has any, with the line it starts on; a fault ends them."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    start = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cause, line = f"cannot be read as CSV: {error}", reader.line_num
            if "unexpected end" in str(error):
                cause, line = "a quotation mark opens a cell and none closes it", start
            elif "field limit" in str(error):
                cause = f"a cell holds more than {csv.field_size_limit():,} characters; quote a phrase"
            table.faults.append(Fault(table.file, f"line {line}", "row", "", cause))
            return
        if any(cell.strip() for cell in cells):
            yield start, cells
        start = reader.line_num + 1


def _check_header(table: Table, header: list[str]) -> list[Fault]:
    model = TABLES[table.name]
    known = list(model.model_fields)
    if not header:
        return [Fault(table.file, "line 1", "header", "", f"the file is empty; start it with: {','.join(known)}")]
    for separator, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and separator in header[0]:
            cause = f"the cells are separated by {name}; save the table with commas"
            return [Fault(table.file, "line 1", "header", header[0], cause)]
    faults = []
    for column in dict.fromkeys(header):
        if column and column not in known and (table.name, column) != ("figures", _FORMER):
            close = difflib.get_close_matches(column.lower(), known, 1)
            hint = f"did you mean `{close[0]}`?" if close else f"the columns are: {', '.join(known)}"
            faults.append(Fault(table.file, "line 1", column, column, f"no such column; {hint}"))
    for column, info in model.model_fields.items():
        if info.is_required() and column not in header:
            faults.append(Fault(table.file, "line 1", column, "", "the column is missing"))
    named = [column for column in header if column]
    for column in dict.fromkeys(column for column in named if named.count(column) > 1):
        faults.append(Fault(table.file, "line 1", column, column, "duplicate column"))
    return faults


def _read_row(table: Table, header: list[str], line: int, cells: list[str]) -> None:
    place = f"line {line}"
    nameless = [cell for column, cell in zip(header, cells, strict=False) if not column]
    cells = cells + [""] * (len(header) - len(cells))  # what is left out at the end is empty
    if any(cell.strip() for cell in cells[len(header) :]):
        cause = "more cells than columns; a comma inside a cell needs quotes around the cell"
        table.faults.append(Fault(table.file, place, "row", str(cells[:3]), cause))
        return
    if value := next((cell for cell in nameless if cell.strip()), ""):
        table.faults.append(Fault(table.file, place, "row", value, "stands in a column without a name"))
        return
    record = {column: cell for column, cell in zip(header, cells, strict=False) if column}
    if id := " ".join(record.get("id", "").split()):
        place += f" ({id[:80]})"
    former = record.pop(_FORMER, "").strip() if table.name == "figures" else ""
    if former:
        cause = (
            "contradictions have a table of their own: write two rows into disputes.csv (dispute,side,figure), as "
            f"`{id}-dispute,one,{id}` and `{id}-dispute,other,{former}`, and leave this cell empty"
        )
        table.faults.append(Fault(table.file, place, _FORMER, former, cause))
    model, rows = TABLES[table.name], table.rows
    if record.get("status", "").strip() == DRAFT:
        model, rows = schema.draft(model), table.drafts
    try:
        rows.append((model.model_validate(record).on_line(line), place))
    except ValidationError as error:
        table.faults += [_cell_fault(table, place, record, details) for details in error.errors()]


def _cell_fault(table: Table, place: str, record: dict[str, str], details: Any) -> Fault:
    column = str(details["loc"][0])
    context = details.get("ctx", {})
    info = TABLES[table.name].model_fields[column]
    causes = {
        "missing": "a value is required here",
        "string_too_short": "a value is required here",
        "literal_error": f"use one of: {context.get('expected', '')}",
        "int_parsing": "not a whole number",
        "value_error": str(context.get("error", "")),
        "string_pattern_mismatch": next((mark.words for mark in info.metadata if isinstance(mark, Says)), ""),
    }
    cause = causes.get(details["type"]) or details["msg"]
    return Fault(table.file, place, column, record.get(column, ""), cause)

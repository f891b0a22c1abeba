"""The faults of a data package: every one of them at once, each with its place and its likely cause."""

from __future__ import annotations

import csv
import difflib
import functools
import io
import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from helpers.package import numerals
from helpers.package.schema import OPTIONAL_TABLES, TABLES, WORDING_LIMIT, Figure, Row, head, references


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


def checked(package: Path) -> dict[str, list[Row]]:
    """Every row of a package, or all its faults."""
    faults: list[Fault] = []
    rows: dict[str, list[Row]] = {}
    places: dict[str, list[str]] = {}
    for table in TABLES:
        rows[table], places[table], more = _read(package, table)
        faults += more
    try:
        head(package)
    except (ValueError, TypeError) as error:
        faults.append(Fault("datapackage.json", "the file", "json", "", f"cannot be read as JSON: {error}"))
    unread = {fault.file for fault in faults}
    for check in (_check_ids, _check_references, _check_figures, _check_measures, _check_wordings, _check_readings):
        faults += check(rows, places, unread)
    if faults:
        raise PackageError(faults)
    return rows


def _read(package: Path, table: str) -> tuple[list[Row], list[str], list[Fault]]:
    path = package / f"{table}.csv"
    model, name = TABLES[table], path.name
    if not path.exists():
        if table in OPTIONAL_TABLES:
            return [], [], []
        cause = "the file is missing" if package.is_dir() else f"there is no folder {package}"
        return [], [], [Fault(name, "the file", "path", str(path), cause)]
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        cause = f"byte {error.start} is not UTF-8; save the table as CSV UTF-8"
        return [], [], [Fault(name, "the file", "encoding", path.name, cause)]
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    faults = _check_header(name, reader.fieldnames or [], model)
    if faults:
        return [], [], faults
    found, places = [], []
    try:
        for record in reader:
            place = f"line {reader.line_num}" + (f" ({record['id']})" if record.get("id") else "")
            if None in record or None in record.values():
                cause = "more or fewer cells than columns; a comma inside a cell needs quotes around the cell"
                faults.append(Fault(name, place, "row", str(list(record.values())[:3]), cause))
                continue
            try:
                found.append(model.model_validate(record))
                places.append(place)
            except ValidationError as error:
                faults += [_field_fault(name, place, record, details) for details in error.errors()]
    except csv.Error as error:
        faults.append(Fault(name, f"line {reader.line_num}", "row", "", f"cannot be read as CSV: {error}"))
    return found, places, faults


def _check_header(name: str, header: list[str], model: type[Row]) -> list[Fault]:
    known = list(model.model_fields)
    if len(header) == 1 and ";" in header[0]:
        return [Fault(name, "line 1", "header", header[0], "semicolons part the cells; save the table with commas")]
    faults = []
    for column in header:
        if column not in known:
            close = difflib.get_close_matches(column, known, 1)
            hint = f"did you mean `{close[0]}`?" if close else f"the columns are: {', '.join(known)}"
            faults.append(Fault(name, "line 1", column, column, f"no such column; {hint}"))
    for column, info in model.model_fields.items():
        if info.is_required() and column not in header:
            faults.append(Fault(name, "line 1", column, "", "the column is missing"))
    if len(set(header)) < len(header):
        faults.append(Fault(name, "line 1", "header", ",".join(header), "a column stands twice"))
    return faults


def _field_fault(name: str, place: str, record: dict[str, str], details: Any) -> Fault:
    column = str(details["loc"][0]) if details["loc"] else "row"
    causes = {
        "missing": "a value is required here",
        "string_too_short": "a value is required here",
        "literal_error": f"use one of: {details.get('ctx', {}).get('expected', '')}",
        "date_from_datetime_parsing": "not a day: write 2023-07-01",
        "decimal_parsing": "not a number: write digits with a decimal point and no thousands separator",
        "finite_number": "not a number",
        "value_error": str(details.get("ctx", {}).get("error", "")),
    }
    if details["type"] == "string_pattern_mismatch":
        pattern = details["ctx"]["pattern"]
        causes["string_pattern_mismatch"] = (
            "use lower-case letters, digits and hyphens" if "a-z0-9" in pattern else f"does not look like {pattern}"
        )
    return Fault(name, place, column, record.get(column, ""), causes.get(details["type"], details["msg"]))


Rows = dict[str, list[Any]]
Places = dict[str, list[str]]


def _check_ids(rows: Rows, places: Places, unread: set[str]) -> list[Fault]:
    faults = []
    linked: dict[str, str] = {}
    for table in ("sources", "figures", "events", "measures"):
        seen: dict[str, str] = {} if table == "measures" else linked
        for row, place in zip(rows[table], places[table], strict=True):
            if row.id in seen:
                cause = f"the id stands already in {seen[row.id]}"
                if table != "measures":
                    cause += "; ids of sources, figures and events share one space"
                faults.append(Fault(f"{table}.csv", place, "id", row.id, cause))
            seen.setdefault(row.id, f"{table}.csv, {place}")
    breaks = [i for i, event in enumerate(rows["events"]) if event.kind == "break"]
    for i in breaks[1:]:
        cause = "a second break; one package has one day on which what is recorded changed"
        faults.append(Fault("events.csv", places["events"][i], "kind", "break", cause))
    for event, place in zip(rows["events"], places["events"], strict=True):
        if bool(event.date) == (event.date_basis == "unstated"):
            cause = "a date needs the basis stated or inferred, and no date the basis unstated"
            faults.append(Fault("events.csv", place, "date_basis", event.date_basis, cause))
        if event.kind == "break" and len(event.date) != 10:
            faults.append(Fault("events.csv", place, "date", event.date, "a break needs a whole day, as 2023-07-01"))
    return faults


def _check_references(rows: Rows, places: Places, unread: set[str]) -> list[Fault]:
    faults = []
    ids = {table: [row.id for row in rows[table]] for table in ("sources", "measures", "figures")}
    for table in TABLES:
        for name, other in references(table).items():
            if f"{other}.csv" in unread:
                continue  # its rows were not all read: a missing id there would only repeat that fault
            for row, place in zip(rows[table], places[table], strict=True):
                value = getattr(row, name)
                if value and value not in ids[other]:
                    close = difflib.get_close_matches(value, ids[other], 1)
                    hint = f"; did you mean {close[0]}?" if close else ""
                    faults.append(Fault(f"{table}.csv", place, name, value, f"no such id in {other}.csv{hint}"))
                if value and other == table and value == row.id:
                    faults.append(Fault(f"{table}.csv", place, name, value, "refers to itself"))
    return faults


def _check_figures(rows: Rows, places: Places, unread: set[str]) -> list[Fault]:
    faults = []
    languages = {source.id: source.language for source in rows["sources"]}
    by_id = {figure.id: figure for figure in rows["figures"]}
    for figure, place in zip(rows["figures"], places["figures"], strict=True):
        fault = functools.partial(Fault, "figures.csv", place)
        value = figure.value
        limits = {
            "count": (value >= 0 and value == int(value), "a count is a whole number, not below zero"),
            "multiple": (value > 0, "a multiple is a factor above zero: doubled is 2"),
            "change": (value >= -100, "a change is in percent, with its sign: a fall of 20% is -20"),
            "share": (0 <= value <= 1, "a share is from 0 to 1: 64% is 0.64"),
        }
        holds, cause = limits[figure.kind]
        if not holds:
            faults.append(fault("value", str(value), cause))
        language = languages.get(figure.source)  # none where the source itself is at fault, which is reported already
        numeral = language and numerals.parse(figure.printed, language)
        if language and not numeral:
            cause = f"cannot be read as a number in the source's language ({language})"
            faults.append(fault("printed", figure.printed, cause))
        elif numeral and holds and not _agrees(numeral, figure):
            cause = f"`printed` says {figure.printed!r}, which as a {figure.kind} is not {value}"
            faults.append(fault("value", str(value), cause))
        if numeral and numeral.form == "word" and figure.kind != "count" and figure.step is None:
            cause = f"{figure.printed!r} has no last digit to go by: give the step it was rounded to"
            faults.append(fault("step", "", cause))
        for start, end, basis in (
            ("period_start", "period_end", "period_basis"),
            ("base_start", "base_end", "base_basis"),
        ):
            first, last, said = getattr(figure, start), getattr(figure, end), getattr(figure, basis)
            if first and last and first > last:
                faults.append(fault(end, str(last), f"lies before `{start}` ({first})"))
            if said and bool(first and last) == (said == "unstated"):
                cause = "a period with both days is stated or inferred; one without is unstated"
                faults.append(fault(basis, said, cause))
            elif not said and (first or last):
                faults.append(fault(basis, said, "days are given: say whether the source states them"))
        other = by_id.get(figure.disputes)
        if other and (other.measure, other.kind) != (figure.measure, figure.kind):
            cause = f"counts another thing ({other.measure}, {other.kind}); a dispute is over one measure and kind"
            faults.append(fault("disputes", figure.disputes, cause))
        whole = by_id.get(figure.versus)
        if whole and whole.kind != "count":
            faults.append(fault("versus", figure.versus, f"is a {whole.kind}; a comparison is with a count"))
    return faults


def _agrees(numeral: numerals.Numeral, figure: Figure) -> bool:
    value = Fraction(figure.value)
    if figure.kind == "change":
        return abs(value) == numeral.value
    if figure.kind == "share":
        return value == (numeral.value / 100 if numeral.form == "percent" else numeral.value)
    return value == numeral.value


def _check_measures(rows: Rows, places: Places, unread: set[str]) -> list[Fault]:
    faults = []
    by_id = {measure.id: measure for measure in rows["measures"]}
    for measure, place in zip(rows["measures"], places["measures"], strict=True):
        whole = by_id.get(measure.part_of)
        if whole and whole.counts != measure.counts:
            cause = f"counts {whole.counts}, not {measure.counts}; a part counts what its whole counts"
            faults.append(Fault("measures.csv", place, "part_of", measure.part_of, cause))
        path = [measure.id]
        while whole and whole.id not in path:
            path.append(whole.id)
            whole = by_id.get(whole.part_of)
        if whole and whole.id == measure.id and len(path) > 1:
            cause = f"goes round in a circle: {' > '.join([*path, measure.id])}"
            faults.append(Fault("measures.csv", place, "part_of", measure.part_of, cause))
    return faults


def _check_wordings(rows: Rows, places: Places, unread: set[str]) -> list[Fault]:
    faults = []
    for table in ("figures", "events", "omitted"):
        for row, place in zip(rows[table], places[table], strict=True):
            words = numerals.fold(row.wording)
            fault = functools.partial(Fault, f"{table}.csv", place, "wording", row.wording)
            if len(words.split()) > WORDING_LIMIT:
                faults.append(fault(f"{len(words.split())} words; quote at most {WORDING_LIMIT}"))
            if re.search(r"\w{3,}[.!?]$", words) and words[:1].isupper():
                faults.append(fault("looks like a whole sentence; quote a phrase of it"))
            if table == "figures" and numerals.fold(row.printed).lower() not in words.lower():
                faults.append(fault(f"does not contain the figure as printed ({row.printed!r})"))
    return faults


def _check_readings(rows: Rows, places: Places, unread: set[str]) -> list[Fault]:
    faults = []
    labels: dict[tuple[str, str], str] = {}
    seen: set[tuple[str, str, str]] = set()
    by_id = {figure.id: figure for figure in rows["figures"]}
    for row, place in zip(rows["readings"], places["readings"], strict=True):
        fault = functools.partial(Fault, "readings.csv", place)
        if labels.setdefault((row.question, row.reading), row.label) != row.label:
            faults.append(fault("label", row.label, f"{row.question} {row.reading} has another label further up"))
        if (row.question, row.reading, row.figure) in seen:
            faults.append(fault("figure", row.figure, f"stands twice in {row.question} {row.reading}"))
        seen.add((row.question, row.reading, row.figure))
        figure = by_id.get(row.figure)
        start, end = (getattr(row, name) or getattr(figure, name, None) for name in ("period_start", "period_end"))
        if start and end and start > end:
            faults.append(fault("period_end", str(end), f"lies before `period_start` ({start})"))
    return faults + _check_questions(rows, places)


def _check_questions(rows: Rows, places: Places) -> list[Fault]:
    """A scenario takes one reading of each question: two questions may not set the same field of a figure."""
    faults = []
    asked: dict[tuple[str, str], str] = {}
    known = {measure.id for measure in rows["measures"]}
    for row, place in zip(rows["readings"], places["readings"], strict=True):
        for name in ("measure", "period_start", "period_end"):
            value = getattr(row, name)
            if not value or (name == "measure" and value not in known):
                continue
            first = asked.setdefault((row.figure, name), row.question)
            if first != row.question:
                cause = f"the question {first} sets it for {row.figure} too; one question has to decide"
                faults.append(Fault("readings.csv", place, name, str(value), cause))
    return faults

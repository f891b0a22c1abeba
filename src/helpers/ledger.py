"""The data package: its schema, its checks, and its tables as DataFrames.

The schema stands here once. `datapackage.json` (Data Package, Table Schema) is written from it, and so is every check
of a field. A package with faults is refused whole, with all its faults at once.
"""

from __future__ import annotations

import calendar
import csv
import difflib
import functools
import io
import json
import re
import types
import typing
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from helpers import numerals
from helpers.band import Band, Rounding, check_rounding
from helpers.band import band as band_of
from helpers.band import step as step_of

Evidence = Literal["core", "all"]
EVIDENCE = typing.get_args(Evidence)
WORDING_LIMIT = 15


class PackageError(ValueError):
    """A package that cannot be loaded; `faults` holds every reason."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        count = f"{len(faults)} fault{'s' if len(faults) > 1 else ''}"
        super().__init__("\n".join([f"The data package has {count}:", *map(str, faults)]))


class EditionError(ValueError):
    """A choice of `as_of` or `evidence` that is not allowed, or that leaves nothing to report."""


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


# --- the schema ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Refers:
    """Marks a field that holds an id of another table."""

    table: str


def _text(description: str, *, required: bool = False) -> Any:
    return Field(description=description, **({"min_length": 1} if required else {"default": ""}))


def last_day(day: str) -> date:
    """The last day that "2024", "2024-04" or "2024-04-15" can mean.

    Raises
    ------
    ValueError
        If it is none of the three.
    """
    year, month, number = ([int(part) for part in day.split("-")] + [0, 0])[:3]
    month = month or 12
    return date(year, month, number or calendar.monthrange(year, month)[1])


def _check_day(day: str) -> str:
    if day:
        try:
            if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", day):
                raise ValueError(day)
            last_day(day)
        except ValueError:
            raise ValueError("not a date: write 2024, 2024-04 or 2024-04-15") from None
    return day


def _check_whole_day(day: str) -> str:
    # Without this a bare number would be taken for seconds since 1970.
    if isinstance(day, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        raise ValueError("not a day: write 2023-07-01")
    return day


Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="Lower-case letters, digits and hyphens.")]
Day = Annotated[str, Field(description="Day, month or year; an imprecise date counts at its end.")]
Basis = Literal["stated", "inferred", "unstated"]


class Row(BaseModel):
    """One row of a table, its fields typed and described."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _empty_is_missing(cls, data: dict[str, str]) -> dict[str, str]:
        return {name: value for name, value in data.items() if value != ""}


class Source(Row):
    id: Id
    layer: Literal["core", "context"] = Field(description="core: what is examined; context: published elsewhere.")
    title: str = _text("Headline or name of the page.", required=True)
    publisher: str = _text("Who published it.", required=True)
    published: Day
    url: str = Field(pattern=r"^https?://", description="Its address.")
    language: str = Field(pattern=r"^[a-z]{2}$", description="Language it is written in; `printed` is read by it.")
    read: Literal["full", "excerpt"] = Field(description="Whether the whole text was read, or an excerpt.")
    note: str = _text("What a reader should know of it.")

    _published = field_validator("published")(_check_day)


class Measure(Row):
    id: Id
    label: str = _text("Noun phrase for sentences and axes.", required=True)
    counts: str = _text("The unit counted: persons, cases, reports, orders.", required=True)
    place: str = _text("Where.")
    part_of: Annotated[str, Refers("measures")] = _text("A measure of the same unit that contains this one.")
    definition: str = _text("What the source says it counts.")
    note: str = _text("What stays unclear.")


class Figure(Row):
    id: Id
    source: Annotated[str, Refers("sources")] = _text("Where it stands.", required=True)
    measure: Annotated[str, Refers("measures")] = _text("What it counts.", required=True)
    kind: Literal["count", "multiple", "change", "share"]
    printed: str = _text("The number as it stands on the page.", required=True)
    value: Decimal = Field(description="A count; a factor; a change in percent with its sign; a share from 0 to 1.")
    step: Decimal | None = Field(None, ge=0, description="Step of rounding, in the unit of value; empty: convention.")
    step_coarse: Decimal | None = Field(None, ge=0, description="The same under the coarse convention.")
    qualifier: Literal["", "over", "almost", "about"] = ""
    period_start: date | None = Field(None, description="First day covered.")
    period_end: date | None = Field(None, description="Last day covered.")
    period_basis: Basis = Field(description="Whether the source states the period.")
    versus: Annotated[str, Refers("figures")] = _text("The earlier figure; for a share, its whole.")
    base_measure: Annotated[str, Refers("measures")] = _text("What a change without counts is measured against.")
    base_start: date | None = Field(None, description="First day of the base.")
    base_end: date | None = Field(None, description="Last day of the base.")
    base_basis: Literal["", "stated", "inferred", "unstated"] = ""
    disputes: Annotated[str, Refers("figures")] = _text("A figure of the same thing with another value.")
    wording: str = _text(f"Phrase that holds the figure, at most {WORDING_LIMIT} words.", required=True)
    said_by: str = _text("Who said it, or that the name is lost.", required=True)
    note: str = _text("Other readings of the words.")

    _days = field_validator("period_start", "period_end", "base_start", "base_end", mode="before")(_check_whole_day)


class Event(Row):
    id: Id
    date: Day = ""
    date_basis: Basis
    label: str = _text("What happened, in our words.", required=True)
    kind: Literal["break", "rule", "context"] = Field(description="break: what is recorded changed on that day.")
    source: Annotated[str, Refers("sources")] = _text("Where it stands.", required=True)
    wording: str = _text(f"Phrase from the source, at most {WORDING_LIMIT} words.", required=True)
    said_by: str = _text("Who said it, or that the name is lost.", required=True)

    _date = field_validator("date")(_check_day)


class Reading(Row):
    question: Id
    reading: str = Field(pattern=r"^[A-Za-z0-9-]+$", description="Short name of the reading within its question.")
    label: str = _text("The reading in plain words.", required=True)
    figure: Annotated[str, Refers("figures")] = _text("The figure it re-reads.", required=True)
    measure: Annotated[str, Refers("measures")] = _text("Its measure in this reading; empty: the ledger's own.")
    period_start: date | None = Field(None, description="Its first day in this reading; empty: the ledger's own.")
    period_end: date | None = Field(None, description="Its last day in this reading; empty: the ledger's own.")

    _days = field_validator("period_start", "period_end", mode="before")(_check_whole_day)


class Omitted(Row):
    source: Annotated[str, Refers("sources")] = _text("Where it stands.", required=True)
    wording: str = _text("The phrase.", required=True)
    reason: str = _text("Why it is no figure.", required=True)


TABLES: dict[str, type[Row]] = {
    "sources": Source,
    "measures": Measure,
    "figures": Figure,
    "events": Event,
    "readings": Reading,
    "omitted": Omitted,
}
_OPTIONAL_TABLES = ("events", "readings", "omitted")


def columns(table: str) -> list[str]:
    """The columns of a table, in order."""
    return list(TABLES[table].model_fields)


def _references(table: str) -> dict[str, str]:
    """The fields of a table that hold ids, and the table each refers to."""
    found = {}
    for name, info in TABLES[table].model_fields.items():
        for mark in info.metadata:
            if isinstance(mark, Refers):
                found[name] = mark.table
    return found


def _schema_field(name: str, info: Any) -> dict[str, Any]:
    kinds = typing.get_args(info.annotation) if isinstance(info.annotation, types.UnionType) else (info.annotation,)
    described: dict[str, Any] = {"name": name, "type": "string"}
    if date in kinds:
        described["type"] = "date"
    elif Decimal in kinds:
        described["type"] = "number"
    if info.description:
        described["description"] = info.description
    constraints: dict[str, Any] = {}
    if info.is_required():
        constraints["required"] = True
    if name == "id":
        constraints["unique"] = True
    if typing.get_origin(info.annotation) is Literal:
        constraints["enum"] = [value for value in typing.get_args(info.annotation) if value]
    for mark in info.metadata:
        if getattr(mark, "pattern", None):
            constraints["pattern"] = mark.pattern
        if getattr(mark, "ge", None) is not None:
            constraints["minimum"] = mark.ge
    return described | ({"constraints": constraints} if constraints else {})


def _resource(table: str) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_schema_field(name, info) for name, info in TABLES[table].model_fields.items()],
        "missingValues": [""],
    }
    if "id" in TABLES[table].model_fields:
        schema["primaryKey"] = ["id"]
    schema["foreignKeys"] = [
        {"fields": [name], "reference": {"resource": "" if other == table else other, "fields": ["id"]}}
        for name, other in _references(table).items()
    ]
    return {
        "name": table,
        "path": f"{table}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def describe(package: Path) -> dict[str, Any]:
    """`datapackage.json` as it should be: the package's own title and licence, with the schema of the tables in it."""
    present = [table for table in TABLES if (package / f"{table}.csv").exists()]
    return _head(package) | {"resources": [_resource(table) for table in present]}


def _head(package: Path) -> dict[str, Any]:
    head: dict[str, Any] = {"profile": "tabular-data-package", "name": package.resolve().name}
    path = package / "datapackage.json"
    if path.exists():
        head |= json.loads(path.read_text(encoding="utf-8"))
    return head


# --- reading a package ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ledger:
    """The tables of a package in one edition: what was published by `as_of`, read under one rounding.

    Attributes
    ----------
    sources, measures, figures, events
        DataFrames indexed by `id`, with the columns of the contract. Missing text is empty, missing dates are None,
        values are `Fraction`. `figures` has one more column, `band`: the values each figure stands for, in the unit of
        `value`.
    readings, omitted
        DataFrames with a plain index.
    known
        Every id of a figure, event or source in the package, in this edition or not.
    """

    package: Path
    head: dict[str, Any]
    as_of: date
    evidence: Evidence
    rounding: Rounding
    sources: pd.DataFrame
    measures: pd.DataFrame
    figures: pd.DataFrame
    events: pd.DataFrame
    readings: pd.DataFrame
    omitted: pd.DataFrame
    known: frozenset[str] = field(repr=False, default=frozenset())

    @property
    def break_date(self) -> date | None:
        """The day from which what is recorded changed, if the package names one."""
        breaks = self.events[self.events["kind"] == "break"]
        return last_day(breaks["date"].iloc[0]) if len(breaks) else None

    def with_rounding(self, rounding: Rounding) -> Ledger:
        """The same edition under another convention."""
        check_rounding(rounding)
        figures = self.figures.assign(band=_bands(self.figures, self.sources, rounding))
        return replace(self, rounding=rounding, figures=figures)

    def _repr_html_(self) -> str:
        shown = self.figures[["printed", "measure", "period_start", "period_end", "band", "source"]]
        return shown.to_html(escape=True, border=0)


def load(
    package: Path | str, rounding: Rounding = "nearest", as_of: date | str | None = None, evidence: Evidence = "all"
) -> Ledger:
    """Read a package, check it, and cut it to one edition.

    Parameters
    ----------
    package
        Folder of the CSV tables.
    rounding
        Convention for the bands.
    as_of
        Only sources published by this day; empty or None for the newest. An imprecise date counts at its end.
    evidence
        `core` for sources of that layer only.

    Raises
    ------
    PackageError
        With every fault of the package.
    EditionError
        If `as_of` or `evidence` is not allowed, or no core figure was published by then.
    """
    package = Path(package)
    check_rounding(rounding)
    if evidence not in EVIDENCE:
        raise EditionError(f"Could not interpret value `{evidence}` for `evidence`. Use one of: {', '.join(EVIDENCE)}.")
    rows = _checked(package)
    tables = {name: _frame(name, rows[name]) for name in TABLES}
    published = tables["sources"]["published"].map(last_day)
    layer = published[(tables["sources"]["layer"] == "core") | (evidence == "all")]
    day = _edition_day(as_of, layer)
    sources = tables["sources"].loc[layer.index[layer <= day]]
    tables = _cut(tables, sources)
    if not any(tables["figures"]["source"].map(sources["layer"]) == "core"):
        first = min((last_day(source.published) for source in rows["sources"] if source.layer == "core"), default=None)
        when = f" The first was published on {first:%Y-%m-%d}." if first else ""
        raise EditionError(f"No figure of the core sources was published by {day:%Y-%m-%d}.{when}")
    known = frozenset(row.id for name in ("sources", "figures", "events") for row in rows[name])
    ledger = Ledger(package, _head(package), day, evidence, rounding, **tables, known=known)
    return ledger.with_rounding(rounding)


def _edition_day(as_of: date | str | None, published: pd.Series) -> date:
    if as_of in (None, ""):
        return published.max()
    if isinstance(as_of, date):
        return as_of
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        raise EditionError(f"Could not interpret value `{as_of}` for `as_of`. Write a day as 2023-12-31.") from None


def _cut(tables: dict[str, pd.DataFrame], sources: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables with only what the given sources say."""
    kept = {name: table[table["source"].isin(sources.index)] for name, table in tables.items() if "source" in table}
    figures = kept["figures"].copy()
    for name in ("versus", "disputes"):
        figures[name] = figures[name].where(figures[name].isin(figures.index), "")
    readings = tables["readings"]
    return {
        "sources": sources,
        "measures": tables["measures"],
        "figures": figures,
        "events": kept["events"],
        "readings": readings[readings["figure"].isin(figures.index)],
        "omitted": kept["omitted"],
    }


def _frame(table: str, rows: list[Row]) -> pd.DataFrame:
    records = [
        {name: Fraction(value) if isinstance(value, Decimal) else value for name, value in row.model_dump().items()}
        for row in rows
    ]
    frame = pd.DataFrame(records, columns=columns(table), dtype=object)
    return frame.set_index("id") if "id" in frame else frame


def _bands(figures: pd.DataFrame, sources: pd.DataFrame, rounding: Rounding) -> list[Band]:
    return [figure_band(row, sources.at[row.source, "language"], rounding) for row in figures.itertuples()]


def figure_band(figure: Any, language: str, rounding: Rounding) -> Band:
    """The values a figure stands for, in the unit of its `value`.

    A step in the ledger beats the convention; a percentage is rounded as it was printed, whatever unit `value` has.
    """
    given = figure.step if figure.step_coarse is None or rounding != "coarse" else figure.step_coarse
    count = figure.kind == "count"
    if given is not None:
        size = Fraction(given)
    else:
        numeral = numerals.parse(figure.printed, language)
        places = numeral.places if numeral else 0
        scale = 100 if figure.kind == "share" and numeral and numeral.form == "percent" else 1
        size = step_of(Fraction(figure.value) * scale, rounding, count=count, places=places) / scale
    return band_of(Fraction(figure.value), size, rounding, count=count, qualifier=figure.qualifier or None)


# --- checks --------------------------------------------------------------------------------------------------------


def _checked(package: Path) -> dict[str, list[Row]]:
    """Every row of a package, or all its faults."""
    faults: list[Fault] = []
    rows: dict[str, list[Row]] = {}
    places: dict[str, list[str]] = {}
    for table in TABLES:
        rows[table], places[table], more = _read(package, table)
        faults += more
    try:
        _head(package)
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
        if table in _OPTIONAL_TABLES:
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
        for name, other in _references(table).items():
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
    return faults


def main(package: str) -> None:
    """Write `datapackage.json` of a package from the schema."""
    path = Path(package)
    _checked(path)
    text = json.dumps(describe(path), ensure_ascii=False, indent=2) + "\n"
    (path / "datapackage.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    import sys

    main(*sys.argv[1:])

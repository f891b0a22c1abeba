"""The schema of a data package, stated once: rows as they are checked, and `datapackage.json` as it is written.

The standard is Data Package with Table Schema (https://datapackage.org). A column with a default may be left out.
"""

from __future__ import annotations

import calendar
import json
import re
import types
import typing
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

WORDING_LIMIT = 15


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
OPTIONAL_TABLES = ("events", "readings", "omitted")


def columns(table: str) -> list[str]:
    """The columns of a table, in order."""
    return list(TABLES[table].model_fields)


def references(table: str) -> dict[str, str]:
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
        for name, other in references(table).items()
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
    return head(package) | {"resources": [_resource(table) for table in present]}


def head(package: Path) -> dict[str, Any]:
    head: dict[str, Any] = {"profile": "tabular-data-package", "name": package.resolve().name}
    path = package / "datapackage.json"
    if path.exists():
        head |= json.loads(path.read_text(encoding="utf-8"))
    return head

"""`datapackage.json`: what a package says of itself, and the schema of its tables for others' tools.

The standard is Data Package with Table Schema (https://datapackage.org). What a user wrote in the file stays: settings,
titles, resources of other files. Only what follows from the schema is written anew.
"""

from __future__ import annotations

import csv
import datetime
import json
import re
import types
import typing
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic.fields import FieldInfo

from helpers.package.files import read_text
from helpers.package.schema import DRAFT, DRAFTED, TABLES, Address, references

FILE = "datapackage.json"


class License(BaseModel):
    """A licence; the standard spells it so."""

    model_config = ConfigDict(extra="allow", strict=True)

    name: str = ""
    title: str = ""
    path: str = ""


class Contributor(BaseModel):
    model_config = ConfigDict(extra="allow", strict=True)

    title: str = Field(min_length=1)
    role: str = ""


class Settings(BaseModel):
    """What a package says of itself. Each may be left out, and other keys are kept.

    Attributes
    ----------
    name
        The package's short name; by default that of its folder.
    title, description
        For readers.
    licenses, contributors
        As the standard has them; the publisher is the contributor of that role.
    homepage
        Its address.
    contact, right_of_reply
        Whom a reader can write to, and how those named in it were, or can be, heard.
    """

    model_config = ConfigDict(extra="allow", strict=True)

    name: str = Field("", pattern=r"^[a-z0-9._-]*$")
    title: str = ""
    description: str = ""
    licenses: list[License] = []
    contributors: list[Contributor] = []
    homepage: Address | Literal[""] = ""
    contact: str = ""
    right_of_reply: str = ""
    resources: list[dict[str, Any]] = []

    @field_validator("resources")
    @classmethod
    def _stay(cls, resources: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Refuse a file outside the package, as the standard does: who follows it would read another's."""
        for resource in resources:
            paths = resource.get("path", "")
            for path in paths if isinstance(paths, list) else [paths]:
                if re.match(r"[/\\]|[A-Za-z]:", str(path)) and not re.match("https?://", str(path)):
                    raise ValueError(f"`{path}` is no path within the package")
                if ".." in re.split(r"[/\\]", str(path)):
                    raise ValueError(f"`{path}` leaves the package")
        return resources


def read(package: Path) -> dict[str, Any]:
    """What `datapackage.json` holds, with the name of the folder where it names none.

    Raises
    ------
    ValueError
        If it is not JSON of the form above (`pydantic.ValidationError` where a value is at fault).
    """
    try:
        found = json.loads(read_text(package / FILE), parse_int=_whole, parse_constant=_no_number)
    except (FileNotFoundError, NotADirectoryError):
        found = {}
    except RecursionError:
        raise ValueError("its brackets are nested too deeply") from None
    if not isinstance(found, dict):
        raise ValueError('it holds no settings; write an object, as {"title": "..."}')
    Settings.model_validate(found)
    name = re.sub(r"[^a-z0-9._-]+", "-", package.resolve().name.lower()).strip("-") or "package"
    return {"profile": "tabular-data-package", "name": name} | found


def _whole(digits: str) -> int:
    if len(digits) > 20:
        raise ValueError(f"it holds a number of {len(digits):,} digits")
    return int(digits)


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def describe(package: Path) -> dict[str, Any]:
    """`datapackage.json` as it should be: the package's own settings, with the schema of the tables in it."""
    head = read(package)
    given = {resource.get("name", ""): resource for resource in head.get("resources", [])}
    ours = [_resource(package, table, given.get(table, {})) for table in TABLES if (package / f"{table}.csv").exists()]
    others = [resource for resource in head.get("resources", []) if resource.get("name") not in TABLES]
    return head | {"resources": ours + others}


def write(package: Path) -> None:
    """Write `datapackage.json` from the schema."""
    text = json.dumps(describe(package), ensure_ascii=False, indent=2) + "\n"
    (package / FILE).write_text(text, encoding="utf-8")


def _resource(package: Path, table: str, given: dict[str, Any]) -> dict[str, Any]:
    path = package / f"{table}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.DictReader(file)
        header = [name for name in lines.fieldnames or [] if name in TABLES[table].model_fields]
        # A draft leaves open what the row will have to say.
        drafted = any((row.get("status") or "").strip() == DRAFT for row in lines)
    before = given.get("schema", {}) if isinstance(given.get("schema"), dict) else {}
    fields = {field.get("name"): field for field in before.get("fields", []) if isinstance(field, dict)}
    schema: dict[str, Any] = {
        "fields": [
            _field(name, TABLES[table].model_fields[name], fields.get(name, {}), open_=drafted and name not in DRAFTED)
            for name in header
        ],
        "missingValues": [""],
    }
    if "id" in TABLES[table].model_fields:
        schema["primaryKey"] = ["id"]
    schema["foreignKeys"] = [
        {"fields": [name], "reference": {"resource": "" if other == table else other, "fields": ["id"]}}
        for name, other in references(table).items()
        if name in header
    ]
    return given | {
        "name": table,
        "path": path.name,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": before | schema,
    }


_TYPES = {datetime.date: "date", Decimal: "number", int: "integer"}


def _field(name: str, info: FieldInfo, given: dict[str, Any], *, open_: bool) -> dict[str, Any]:
    """A column of a table as Table Schema has it; a title that a user gave it stays."""
    kinds = typing.get_args(info.annotation) if isinstance(info.annotation, types.UnionType) else (info.annotation,)
    described: dict[str, Any] = {
        "name": name,
        "type": next((_TYPES[kind] for kind in kinds if kind in _TYPES), "string"),
    }
    if info.description:
        described["description"] = info.description
    constraints: dict[str, Any] = {}
    if info.is_required() and not open_:
        constraints["required"] = True
    if name == "id":
        constraints["unique"] = True
    if typing.get_origin(info.annotation) is Literal:
        constraints["enum"] = [value for value in typing.get_args(info.annotation) if value]
    for mark in info.metadata:
        if getattr(mark, "pattern", None):
            constraints["pattern"] = mark.pattern
        for limit, constraint in (("ge", "minimum"), ("le", "maximum")):
            if getattr(mark, limit, None) is not None:
                constraints[constraint] = getattr(mark, limit)
    kept = {key: value for key, value in given.items() if key not in ("name", "type", "description", "constraints")}
    return described | ({"constraints": constraints} if constraints else {}) | kept

"""`datapackage.json`: what a user wrote in it stays, and the schema follows the tables that are there."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from packages import LIBRARIES

from helpers.package.descriptor import FILE, describe, read, write
from helpers.package.scaffold import new

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture
def libraries(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LIBRARIES, tmp_path / "Our Libraries"))


def edited(package: Path, **settings: Any) -> dict[str, Any]:
    """What is written after a user has changed the file, read back."""
    path = package / FILE
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | settings), encoding="utf-8")
    write(package)
    return json.loads(path.read_text(encoding="utf-8"))


def test_settings_and_keys_of_a_user_stay(libraries: Path) -> None:
    given = {"title": "T", "homepage": "https://example.org", "right_of_reply": "Write to us.", "keywords": ["a"]}
    found = edited(libraries, **given)
    assert {name: found[name] for name in given} == given


def test_resources_and_titles_of_a_user_stay(libraries: Path) -> None:
    before = describe(libraries)["resources"]
    before[0]["title"] = "Where it stands"
    before[0]["schema"]["fields"][0]["title"] = "Short name"
    mine = [{"name": "letters", "path": "letters.csv"}, {"path": "scan.pdf"}]
    found = edited(libraries, resources=[*mine, *before])["resources"]
    assert [resource for resource in found if resource in mine] == mine
    sources = next(resource for resource in found if resource.get("name") == "sources")
    assert (sources["title"], sources["schema"]["fields"][0]["title"]) == ("Where it stands", "Short name")


def test_writing_twice_changes_nothing(libraries: Path) -> None:
    write(libraries)
    first = (libraries / FILE).read_bytes()
    write(libraries)
    assert (libraries / FILE).read_bytes() == first


def test_name_of_the_folder_is_the_name_where_none_is_given(libraries: Path) -> None:
    (libraries / FILE).unlink()
    assert read(libraries)["name"] == "our-libraries"


def test_fields_are_the_columns_that_are_there_in_their_order(libraries: Path) -> None:
    """A reader of the standard refuses a table that lacks a described column, or has them in another order."""
    (libraries / "omitted.csv").write_text("reason,source,wording\n", encoding="utf-8")
    omitted = next(resource for resource in describe(libraries)["resources"] if resource["name"] == "omitted")
    assert [field["name"] for field in omitted["schema"]["fields"]] == ["reason", "source", "wording"]


def test_patterns_match_whole_values(libraries: Path) -> None:
    """Readers of the standard differ: some match a pattern against the whole value, some look for it anywhere."""
    fields = [field for resource in describe(libraries)["resources"] for field in resource["schema"]["fields"]]
    patterns = {
        field["name"]: field["constraints"]["pattern"] for field in fields if "pattern" in field.get("constraints", {})
    }
    assert all(pattern[0] == "^" and pattern[-1] == "$" for pattern in patterns.values())
    assert re.fullmatch(patterns["url"], "https://example.org/a?b=c#d")


def test_a_reader_of_the_standard_finds_every_package_valid(tmp_path: Path, libraries: Path) -> None:
    """Held by the rules of Table Schema, written out here; a package of drafts is as valid as a finished one."""
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "desk-2024.txt").write_text("Invented\n\nThere were 412 calls in 2023, and 87 fines.", encoding="utf-8")
    new(tmp_path / "drafted", texts)
    for package in (DATA, libraries, tmp_path / "drafted"):
        found = describe(package)
        rows = {each["name"]: _rows(package / each["path"], each["schema"]["fields"]) for each in found["resources"]}
        for resource in found["resources"]:
            schema = resource["schema"]
            for field in schema["fields"]:
                cells = [row[field["name"]] for row in rows[resource["name"]]]
                assert [cell for cell in cells if not _fits(field, cell)] == [], (package.name, resource["name"], field)
                unique = field.get("constraints", {}).get("unique")
                assert not unique or len(set(cells)) == len(cells)
            for key in schema["foreignKeys"]:
                known = {row["id"] for row in rows[key["reference"]["resource"] or resource["name"]]} | {""}
                assert {row[key["fields"][0]] for row in rows[resource["name"]]} <= known


def _rows(path: Path, fields: list[dict[str, Any]]) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == [field["name"] for field in fields]
    return [dict(zip(header, [*row, *[""] * (len(header) - len(row))], strict=True)) for row in rows]


def _fits(field: dict[str, Any], cell: str) -> bool:
    rules = field.get("constraints", {})
    if not cell:
        return not rules.get("required")
    kinds = {"number": r"-?\d+(\.\d+)?", "integer": r"-?\d+", "date": r"\d{4}-\d\d-\d\d", "string": r"(?s:.*)"}
    pattern = re.fullmatch(kinds[field["type"]], cell) and re.fullmatch(rules.get("pattern", r"(?s:.*)"), cell)
    return bool(pattern) and cell in rules.get("enum", [cell])

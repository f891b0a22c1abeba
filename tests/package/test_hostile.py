"""Hostile and broken packages: what each says, in one fault at the right place, and never a traceback or a hang."""

from __future__ import annotations

import csv
import os
import re
import shutil
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from packages import LIBRARIES

from helpers.package.checks import PackageError
from helpers.package.ledger import load

TABLE = Path(__file__).with_name("hostile.txt")


class Case(NamedTuple):
    changes: tuple[str, ...]
    place: str
    message: str


def cases() -> list[Case]:
    found = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            changes, place, message = (part.strip() for part in re.split(r" \|(?= |$)", line, maxsplit=2))
            parts = [changes] if ".csv" in changes or ".json" in changes else changes.split("; ")
            found.append(Case(tuple(part.strip() for part in parts), unescaped(place), message))
    return found


def unescaped(text: str) -> str:
    text = re.sub(
        r"\\(?:u[0-9a-f]{4}|U[0-9a-f]{8}|x[0-9a-f]{2}|[\\nt])", lambda m: m[0].encode().decode("unicode_escape"), text
    )
    return re.sub(r"\{([^{}*]+)\*(\d+)\}", lambda m: m[1] * int(m[2]), text)


def change(package: Path, text: str) -> str:
    """Make one change, and say where a fault of it should stand."""
    if found := re.fullmatch(r"(\S+\.\w+) is (.+)", text):
        become(package / found[1], found[2])
        return f"{found[1]} the file"
    if found := re.fullmatch(r"(\S+\.\w+) (\+?=|bytes) ?(.*)", text):
        path, content = package / found[1], unescaped(found[3])
        if found[2] == "bytes":
            path.write_bytes(content.encode("latin-1"))
        else:
            before = path.read_text(encoding="utf-8") if found[2] == "+=" else ""
            path.write_text(before + content, encoding="utf-8")
        return found[1]
    table, row, column, value = re.fullmatch(r"(\w+) (\S+) (\w+) = ?(.*)", text).groups()
    path = package / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    at = int(row[1:]) - 1 if row[0] == "#" else [one["id"] for one in rows].index(row)
    rows[at][column] = unescaped(value)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[at]) if column in rows[at] else [*rows[0], column], restval="")
        writer.writeheader()
        writer.writerows(rows)
    return f"{table}.csv line {at + 2}" + (f" ({rows[at]['id']})" if "id" in rows[at] else "") + f" {column}"


def become(path: Path, kind: str) -> None:
    path.unlink()
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to(LIBRARIES / path.name)
    elif kind == "dead link":
        path.symlink_to("nowhere.csv")
    elif kind == "device":
        path.symlink_to("/dev/zero")


def test_hostile_package(tmp_path: Path, subtests: pytest.Subtests) -> None:
    for number, case in enumerate(cases()):
        with subtests.test(case.changes[0][:60]):
            check(tmp_path / str(number), case)


def check(package: Path, case: Case) -> None:
    shutil.copytree(LIBRARIES, package, ignore=shutil.ignore_patterns("texts"))
    first, *_ = [change(package, text) for text in case.changes]
    before = sorted(path.name for path in package.iterdir())
    if case.message == "loads":
        assert load(package).rows["figures"]
        return
    with pytest.raises(PackageError) as refusal:
        load(package)
    message, more = case.message.removesuffix(" +"), case.message.endswith(" +")
    faults = [(f"{fault.file} {fault.row} {fault.field}", fault.cause) for fault in refusal.value.faults]
    assert [place for place, cause in faults if message in cause][:1] == [case.place or first], faults
    assert more or len(faults) == 1, faults
    assert len(str(refusal.value)) < 20_000
    assert sorted(path.name for path in package.iterdir()) == before


def test_there_are_enough_of_them() -> None:
    assert len(cases()) >= 120


# --- large packages ------------------------------------------------------------------------------------------------


def grown(tmp_path: Path, **tables: list[dict[str, str]]) -> Path:
    """The libraries with more rows."""
    package = Path(shutil.copytree(LIBRARIES, tmp_path / "package", ignore=shutil.ignore_patterns("texts")))
    for table, more in tables.items():
        path = package / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        with path.open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, header, restval="").writerows(more)
    return package


def counts(number: int) -> list[dict[str, str]]:
    common = {"source": "gazette-2022-01-20", "measure": "loans", "kind": "count", "period_basis": "unstated"}
    said = {"said_by": "nobody"}
    return [
        common | said | {"id": f"n{n}", "printed": f"{n:,}", "value": str(n), "wording": f"{n:,} loans"}
        for n in range(1, number + 1)
    ]


def causes(package: Path) -> list[str]:
    with pytest.raises(PackageError) as refusal:
        load(package)
    return [fault.cause for fault in refusal.value.faults]


def test_many_combinations_of_readings_are_named_and_refused(tmp_path: Path) -> None:
    readings = [
        {
            "question": f"q{q}",
            "reading": f"r{r}",
            "label": f"answer {r}",
            "figure": f"n{q}",
            "period_start": "2021-01-01",
        }
        for q in range(1, 9)
        for r in range(3)
    ]
    package = grown(tmp_path, figures=counts(8), readings=readings)
    assert causes(package) == [
        "6,561 combinations of readings and sides (q1, q2, q3, q4, q5, q6, q7, q8) bear on each other; "
        "at most 1,000 can be "
        "worked through"
    ]


def test_questions_about_other_things_do_not_combine(tmp_path: Path) -> None:
    """Two thousand questions, each about a measure of its own, are two thousand small problems."""
    measures = [{"id": f"m{n}", "label": "things", "counts": "things"} for n in range(1, 2001)]
    figures = [row | {"measure": f"m{n}"} for n, row in enumerate(counts(2000), 1)]
    readings = [
        {"question": f"q{n}", "reading": r, "label": r, "figure": f"n{n}", "period_start": f"202{r}-01-01"}
        for n in range(1, 2001)
        for r in "12"
    ]
    assert len(load(grown(tmp_path, measures=measures, figures=figures, readings=readings)).rows["figures"]) == 2012


def test_many_figures_in_one_dispute_are_refused(tmp_path: Path) -> None:
    disputes = [{"dispute": "d", "side": f"s{n}", "figure": f"n{n}"} for n in range(1, 14)]
    assert causes(grown(tmp_path, figures=counts(13), disputes=disputes)) == [
        "13 figures stand in disputes that share figures; at most 12 can be combined"
    ]


def test_parts_of_parts_of_parts(tmp_path: Path) -> None:
    """A chain of three thousand measures loads; closed to a circle, every one of them is named."""
    chain = [
        {"id": f"m{n}", "label": "things", "counts": "things", "part_of": f"m{n + 1}" if n < 3000 else ""}
        for n in range(1, 3001)
    ]
    started = time.process_time()
    assert load(grown(tmp_path / "open", measures=chain)).rows["measures"]["m1"].part_of == "m2"
    chain[-1]["part_of"] = "m1"
    found = causes(grown(tmp_path / "closed", measures=chain))
    assert len(found) == 3000
    assert all(cause.startswith("goes round in a circle") and len(cause) < 500 for cause in found)
    assert time.process_time() - started < 20


def test_a_large_package_takes_time_in_proportion(tmp_path: Path) -> None:
    started = time.process_time()
    assert len(load(grown(tmp_path, figures=counts(5_000))).rows["figures"]) == 5_012
    assert time.process_time() - started < 10

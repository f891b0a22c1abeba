"""Data packages for tests, and copies of them with other rows."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

from helpers.package.schema import TABLES, columns

LIBRARIES = Path(__file__).parent / "libraries"
HARBOURS = Path(__file__).parent / "harbours"
MARAVIA = Path(__file__).parent / "maravia"
TEXTS = LIBRARIES / "texts"


def variant(edit: Callable, folder: Path, changes: dict[str, dict[str, str]], *, table: str = "figures") -> Path:
    """A copy of the libraries in `folder`, with cells of the named rows changed by the fixture `edit`."""
    package = Path(shutil.copytree(LIBRARIES, folder / "variant"))
    for row, cells in changes.items():
        for field, value in cells.items():
            edit(package, table, row, field, value)
    return package


_SOURCE = {
    "layer": "core",
    "publisher": "Invented Desk",
    "title": "Invented note",
    "published": "2024-02-01",
    "language": "en",
    "read": "full",
}
_FIGURE = {"source": "desk", "kind": "count", "period_basis": "unstated", "said_by": "Desk"}


def written(folder: Path, **tables: list[dict[str, str]]) -> Path:
    """A small package in `folder`, from the cells that matter; every table is written, with what else a row needs."""
    folder.mkdir(parents=True, exist_ok=True)
    tables.setdefault("sources", [{"id": "desk"}])
    for table in TABLES:
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns(table))
            writer.writeheader()
            for row in tables.get(table, ()):
                if table == "sources":
                    row = _SOURCE | {"url": f"https://example.org/{row['id']}"} | row
                elif table == "measures":
                    row = {"label": row["id"], "counts": row["id"]} | row
                elif table == "figures":
                    row = _FIGURE | {"wording": f"there were {row['printed']} of them"} | row
                    row = {
                        "base_basis": "" if row["kind"] in ("count", "share") or row.get("versus") else "unstated"
                    } | row
                writer.writerow(row)
    return folder

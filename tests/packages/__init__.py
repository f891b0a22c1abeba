"""Data packages for tests, and copies of them with other rows."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

LIBRARIES = Path(__file__).parent / "libraries"
TEXTS = LIBRARIES / "texts"


def variant(folder: Path, changes: dict[str, dict[str, str]], *, table: str = "figures") -> Path:
    """A copy of the libraries in `folder`, with the named rows of a table changed."""
    package = Path(shutil.copytree(LIBRARIES, folder / "variant", dirs_exist_ok=True))
    path = package / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows, header = list(reader), reader.fieldnames
    assert set(changes) <= {row["id"] for row in rows}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(row | changes.get(row["id"], {}) for row in rows)
    return package

"""What the tests share: how hypothesis runs, and packages to edit."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from helpers.report.engine import Warm

# The same examples in every run, and no clock: a slow machine is no defect.
settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.register_profile("few", settings.get_profile("steady"), max_examples=25)  # for `make mutants`
settings.load_profile("steady")

PROJECT = Path(__file__).resolve().parents[1]
DATA = PROJECT / "data"
Edit = Callable[[Path, str, str | int, str, str], None]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the project's own package, to be spoilt."""
    return Path(shutil.copytree(DATA, tmp_path / "package"))


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """The process that runs our notebooks for `make report`, and here for every test that needs one of them run."""
    with Warm([PROJECT / "notebooks" / f"{name}.ipynb" for name in ("briefing", "template")]) as process:
        yield process


@pytest.fixture(scope="session")
def edit() -> Edit:
    """Change one cell: `edit(package, "figures", "orders", "value", "78000")`; without ids the row is a number."""

    def change(package: Path, table: str, row: str | int, field: str, value: str) -> None:
        path = package / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows, header = list(reader), list(reader.fieldnames or [])
        at = row if isinstance(row, int) else [one["id"] for one in rows].index(row)
        assert field in header
        rows[at][field] = value
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header)
            writer.writeheader()
            writer.writerows(rows)

    return change

"""Data packages for tests, and copies of them with other rows."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

LIBRARIES = Path(__file__).parent / "libraries"
HARBOURS = Path(__file__).parent / "harbours"
TEXTS = LIBRARIES / "texts"


def variant(edit: Callable, folder: Path, changes: dict[str, dict[str, str]], *, table: str = "figures") -> Path:
    """A copy of the libraries in `folder`, with cells of the named rows changed by the fixture `edit`."""
    package = Path(shutil.copytree(LIBRARIES, folder / "variant"))
    for row, cells in changes.items():
        for field, value in cells.items():
            edit(package, table, row, field, value)
    return package

"""The versions that a report names: of what it is made from, and of what makes it."""

from __future__ import annotations

import hashlib
import json
from importlib import metadata
from pathlib import Path

from helpers.package.schema import TABLES


def version(package: Path, notebook: Path) -> str:
    """The first 12 hexadecimal digits of a hash of the tables and of the notebook's own cells.

    Outputs do not count, so that running a notebook does not change its version.
    """
    digest = hashlib.sha256()
    for table in TABLES:
        path = package / f"{table}.csv"
        digest.update(path.read_bytes() if path.exists() else b"")
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        digest.update("".join(cell["source"]).encode())
    return digest.hexdigest()[:12]


def kit() -> str:
    """The version of these helpers."""
    return metadata.version("helpers")

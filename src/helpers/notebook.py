"""What a notebook of this project begins with."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from IPython.display import HTML, display

from helpers.export.html import stylesheet
from helpers.ledger import TABLES, load
from helpers.prose import Writer

PROJECT = Path(__file__).resolve().parents[2]


def folder(path: str | Path) -> Path:
    """A folder named from where one works, or else from the project, so that notebooks run from anywhere."""
    path = Path(path)
    return path if path.is_absolute() or path.exists() else PROJECT / path


def start(package: str, as_of: str = "", rounding: str = "nearest", evidence: str = "all") -> Writer:
    """Load one edition of a package and make outputs look in JupyterLab as they will in the export.

    Raises
    ------
    helpers.ledger.PackageError, helpers.ledger.EditionError, helpers.band.BandError
        If the package or one of the choices cannot be used.
    """
    ledger = load(folder(package), rounding, as_of, evidence)
    display(HTML(f"<style>{stylesheet()}</style>"))
    return Writer(ledger)


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

"""One edition of a report: what it is made from, and whether it has to be made again.

Everything is judged by content. What a notebook shows depends on the package, the parameters, the notebook, the modules
it may use and the environment: `Edition.cells` is their hash. The files depend on the exporters as well:
`Edition.files`. So a new style exports again without running the notebook, and where nothing changed nothing is made.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from helpers.report.command import DONE, PROJECT, Refusal, place, tell
from helpers.report.files import exclusive, names, standing

NOTEBOOKS = PROJECT / "notebooks"
REPORTS = PROJECT / "reports"
CACHE = PROJECT / ".cache" / "executed"
SET = "briefing"
CHOICES = ("as_of", "rounding", "evidence")
_SOURCE = PROJECT / "src" / "helpers"
# What no cell uses, by name: exporters and their styles, and what runs notebooks.
_EXPORTING = {
    *(
        f"export/{name}.py"
        for name in (
            "base",
            "checks",
            "content",
            "faces",
            "fonts",
            "html",
            "layout",
            "links",
            "losses",
            "pictures",
            "typst",
        )
    ),
    *(f"report/{name}.py" for name in ("edition", "editions", "engine", "files", "lab", "licences", "own", "render")),
    "__main__.py",
}


class _Asked(NamedTuple):
    # No dataclass: that module alone takes a third of the time in which a command finds that nothing has changed.
    package: Path
    notebook: Path
    choices: Mapping[str, str] = MappingProxyType({})


class Edition(_Asked):
    """A package read in one way.

    Attributes
    ----------
    package, notebook
        Their places in full.
    choices
        `as_of`, `rounding` and `evidence`, as far as they are given.
    own
        Whether the notebook is one of the project's, whose imports are known.
    """

    @classmethod
    def of(cls, parameters: Mapping[str, str], notebook: str = "briefing") -> Edition:
        """The edition that the parameters of a command ask for.

        Raises
        ------
        Refusal
            If there is no such package or notebook.
        """
        package = place(parameters.get("package", ""))
        if not package.is_dir():
            raise Refusal(f"There is no folder {package}. Name the folder of a data package, as PACKAGE=data.")
        named = parameters.get("notebook")
        if notebook == "briefing" and package != PROJECT / "data":
            notebook = "template"  # the briefing of any package; a notebook inside one is code, and never run unasked
        path = place(named) if named else NOTEBOOKS / f"{notebook}.ipynb"
        if not path.is_file():
            raise Refusal(f"There is no file {path}. Name a notebook, as NOTEBOOK=my.ipynb.")
        return cls(package, path, {name: parameters[name] for name in CHOICES if name in parameters})

    @property
    def own(self) -> bool:
        return self.notebook.parent == NOTEBOOKS

    @property
    def reports(self) -> Path:
        """The folder for its reports: those of another package than the project's own have one each."""
        if self.package == PROJECT / "data":
            return REPORTS
        # A folder named like something that stands in reports/ itself.
        taken = self.package.name in ("charts", "editions") or "." in self.package.name
        return REPORTS / (f"{self.package.name}-package" if taken else self.package.name)

    @cached_property
    def cells(self) -> str:
        """A hash of all that the outputs of its cells depend on; empty where that is not known."""
        if not self.own:
            return ""
        tables = sorted(path for path in self.package.iterdir() if path.suffix in (".csv", ".json") and path.is_file())
        about = [sys.version, str(self.package), json.dumps(self.choices, sort_keys=True)]
        return _hash(about, [PROJECT / "requirements.txt", self.notebook, *tables, *_sources(exporting=False)])

    @property
    def executed(self) -> Path | None:
        """Where its executed notebook is kept for the next run, if it is."""
        return CACHE / f"{self.cells}.ipynb" if self.cells else None

    @cached_property
    def files(self) -> str:
        """A hash of all that its files depend on; empty where that is not known."""
        return self.cells and _hash([self.cells], _sources(exporting=True))

    def stands(self, reports: Path) -> bool:
        """Whether its files stand in a folder as they would be made now."""
        return bool(self.files) and standing(reports, SET) == {"key": self.files}


def report(parameters: Mapping[str, str]) -> int:
    """Render a package as `briefing.html` and `briefing.pdf`, and what was found as `findings.json`.

    Parameters
    ----------
    parameters
        `package`, `as_of`, `rounding` and `evidence` as the notebook takes them; `notebook` is the file of another one
        than the project's own.

    Raises
    ------
    Refusal
        If the notebook fails.
    ValueError
        If the package or a parameter cannot be used; said before a cell runs.
    OSError
        If the files cannot be written. The last ones then stand.
    """
    edition = Edition.of(parameters)
    with exclusive(edition.reports):
        if edition.stands(edition.reports):
            print("Nothing has changed since these were made.", file=sys.stderr)
            tell(names(edition.reports, SET))
            return DONE
        from helpers.report.engine import Warm

        kept = edition.executed
        with contextlib.nullcontext() if kept and kept.is_file() else Warm([edition.notebook]) as warm:
            # Only now, while the other process imports what the cells need.
            from helpers.report import render

            tell(render.report(edition, warm))
    return DONE


def audit(parameters: Mapping[str, str]) -> int:
    """Render the audit of a package as `audit.html`; see `helpers.report.render.audit`."""
    edition = Edition.of(parameters, "audit")
    sources = parameters.get("sources")
    from helpers.report.engine import Warm

    with exclusive(edition.reports), Warm([edition.notebook]) as warm:
        from helpers.report import render

        return render.audit(edition, place(sources) if sources else None, warm)


def _sources(exporting: bool) -> list[str]:
    """The helpers' files that only exporters use, or all others. As texts: objects take longer than all else here."""
    found = [os.path.join(at, name) for at, _, names in os.walk(_SOURCE) for name in names if not name.endswith(".pyc")]
    start = len(str(_SOURCE)) + 1
    # Beside the exporters lie their styles, templates and fonts.
    own = {path for path in found if not path.endswith(".py") or path[start:].replace(os.sep, "/") in _EXPORTING}
    return sorted(own if exporting else set(found) - own)


def _hash(texts: Iterable[str], paths: Iterable[str | Path]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest())
    for path in paths:
        digest.update(os.path.basename(path).encode("utf-8", "surrogateescape") + b"\0")
        with open(path, "rb") as file:
            digest.update(hashlib.sha256(file.read()).digest())
    return digest.hexdigest()

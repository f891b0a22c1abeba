"""What a notebook of this project begins with."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType

from IPython.core.interactiveshell import InteractiveShell
from IPython.display import HTML, display

from helpers.export.style import stylesheet
from helpers.package.ledger import load
from helpers.report.command import PROJECT
from helpers.words.template import Writer

# Where the page's style holds in JupyterLab: outputs and Markdown cells, by two classes, to outdo JupyterLab's own.
_SCOPE = ".jp-RenderedHTMLCommon:is(.jp-RenderedHTML, .jp-RenderedMarkdown)"
# A notebook then reads as a document: the width of a page, no stripes, and of folded code only three dots.
_LAB = f"""
{_SCOPE} > * {{ max-width: 46rem; }}
{_SCOPE} tbody tr:nth-child(n) {{ background: none; }}
.widget-html :is(figure, h4) {{ margin: 1rem 0 .5rem; }}
.jp-InputPlaceholder .jp-PlaceholderText {{ display: none; }}
.jp-InputPlaceholder {{ min-height: 0; height: 1.1rem; opacity: .45; }}
.jp-InputPlaceholder > .jp-Placeholder-content {{ background: none; border-color: transparent; }}
.jp-CodeCell:has(.jp-InputPlaceholder) .jp-OutputPrompt {{ visibility: hidden; }}
{_SCOPE} h1 {{ font-size: 2.25rem; }}
"""


def folder(path: str | Path) -> Path:
    """A folder named from where one works, or else from the project, so that notebooks run from anywhere."""
    path = Path(path)
    return path if path.is_absolute() or path.exists() else PROJECT / path


def start(
    package: str = "", as_of: str = "", rounding: str = "nearest", evidence: str = "all", *, unfinished: bool = False
) -> Writer:
    """Load one edition of a package and make outputs look in JupyterLab as they will in the export.

    Parameters
    ----------
    package
        Its folder. Empty for the one that `make lab PACKAGE=path` was given, or else the project's own.
    unfinished
        Whether a package that has no confirmed figure yet loads too.

    Raises
    ------
    helpers.package.ledger.PackageError, helpers.package.ledger.EditionError, helpers.figures.rounding.RoundingError
        If the package or one of the choices cannot be used.
    """
    place = folder(package or os.environ.get("BRIEFING_PACKAGE") or "data")
    ledger = load(place, rounding, as_of, evidence, unfinished=unfinished)
    display(HTML(f"<style>{stylesheet(_SCOPE)}{_LAB}</style>"))
    return Writer(ledger)


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Make a kernel say what to do where a cell needs a name that a cell above has yet to make."""

    def explain(
        shell: InteractiveShell,
        kind: type[NameError],
        error: NameError,
        where: TracebackType,
        tb_offset: int | None = None,
    ) -> None:
        advice = "If a cell above makes it, run the cells in order: Run > Run All Cells."
        shell.showtraceback((kind, kind(f"{error}. {advice}"), where), tb_offset=tb_offset)

    shell.set_custom_exc((NameError,), explain)

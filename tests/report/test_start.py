"""What a notebook begins with, and how what it shows looks when it stands alone in a cell."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell
from packages import LIBRARIES

from helpers.figures.interval import Interval
from helpers.package.ledger import load
from helpers.reason.compare import comparisons, quantity
from helpers.report import start as notebook

DATA = Path(__file__).resolve().parents[2] / "data"


# --- the package ----------------------------------------------------------------------------------------------------


def test_without_a_package_the_project_has_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BRIEFING_PACKAGE", raising=False)
    assert notebook.start().ledger.package.resolve() == DATA


def test_the_environment_may_name_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_PACKAGE", str(LIBRARIES))
    assert notebook.start().ledger.package == LIBRARIES


def test_a_package_that_the_notebook_names_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_PACKAGE", "nowhere")
    assert notebook.start(str(LIBRARIES)).ledger.package == LIBRARIES


# --- cells out of order ---------------------------------------------------------------------------------------------


@pytest.fixture
def shell() -> InteractiveShell:
    shell = InteractiveShell()
    shell.colors = "nocolor"
    notebook.load_ipython_extension(shell)
    return shell


def run(shell: InteractiveShell, code: str) -> str:
    out = io.StringIO()
    with redirect_stdout(out):
        assert not shell.run_cell(code).success
    return out.getvalue()


@pytest.mark.parametrize("code", ["say('x')", "def deep():\n    return say('x')\n\ndeep()"])
def test_a_name_that_no_cell_has_made_says_what_to_do(shell: InteractiveShell, code: str) -> None:
    last = run(shell, code).strip().splitlines()[-1]
    assert re.fullmatch(r"NameError: name 'say' is not defined\. .*Run > Run All Cells\.", last)


def test_other_errors_stay_as_they_are(shell: InteractiveShell) -> None:
    assert run(shell, "1 / 0").strip().endswith("ZeroDivisionError: division by zero")


# --- bare display ---------------------------------------------------------------------------------------------------


def test_a_interval_shows_as_its_range() -> None:
    assert Interval(6_500, 7_500, high_open=True)._repr_html_() == "<p>6,500 to 7,500 <code>[6,500, 7,500)</code></p>"


def test_a_comparison_shows_as_its_sentence() -> None:
    first = comparisons(load(DATA))[0]
    assert "3.5 to 4.3 times" in first._repr_html_()
    shell = InteractiveShell()
    plain = shell.display_formatter.format([first])[0]["text/plain"]
    assert plain == f"[{first}]"


def test_a_quantity_shows_with_its_unit_and_its_formula() -> None:
    shown = quantity(load(DATA), "orders")._repr_html_()
    assert "74,500 to 75,500 orders" in shown
    assert "{orders}" in shown


def test_a_ledger_shows_as_a_tidy_table() -> None:
    shown = load(DATA)._repr_html_()
    assert shown.count("<tr") >= len(load(DATA).figures)
    assert re.search(r"<td>6500\.0+</td>\s*<td>7500\.0+</td>", shown)  # the ends of an interval are columns
    assert "None" not in shown
    assert "..." not in shown

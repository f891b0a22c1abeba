"""`make lab`: a real JupyterLab in a real browser, on a copy of the project so that the checkout is not changed."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from helpers.package.ledger import load

PROJECT = Path(__file__).resolve().parents[2]
_PARTS = ("Makefile", "pyproject.toml", "requirements.txt", "data", "labconfig", "notebooks", "src", "tests/packages")
# Loaded by every Python that the server starts: it writes down whom they ask for something.
_WATCH = """
import os, sys

def watch(event, given):
    if event in ("socket.connect", "socket.getaddrinfo"):
        host = given[1][0] if event == "socket.connect" and isinstance(given[1], tuple) else given[0]
        if isinstance(host, str) and not host.startswith(("127.", "::1", "localhost")) and host not in ("", "0.0.0.0"):
            with open(os.environ["WATCHED"], "a") as file:
                file.write(f"{event} {host}\\n")

sys.addaudithook(watch)
"""
_TYPES = ("application/vnd.jupyter.error", "application/vnd.jupyter.stderr")
_ERRORS = ", ".join(f".jp-OutputArea-output[data-mime-type='{kind}']" for kind in _TYPES)


@dataclass
class Lab:
    """A running server, its copy of the project, and what its pages asked for outside."""

    project: Path
    home: Path
    watched: Path
    url: str
    token: str
    outside: list[str] = field(default_factory=list)

    def open(self, browser: Browser, notebook: str = "") -> Page:
        """A notebook in a page of its own, its kernel ready; without a name, what `make lab` opens."""
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.on("request", lambda request: self._note(request.url))
        page.on("websocket", lambda socket: self._note(socket.url))
        page.goto(f"{self.url}{f'lab/tree/notebooks/{notebook}' if notebook else ''}?token={self.token}&reset")
        expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible(timeout=60_000)
        begin = page.locator(".jp-Notebook .jp-MarkdownCell").first
        expect(begin.locator("em", has_text="Run > Run All Cells")).to_be_in_viewport(timeout=60_000)
        return page

    def _note(self, url: str) -> None:
        if not re.match(r"(?:https?|ws)://(?:localhost|127\.0\.0\.1)[:/]|data:|blob:|about:", url):
            self.outside.append(url)


def _environment(project: Path) -> None:
    """An environment for the copy: the packages of this one, the copy's own helpers, and the watch."""
    place = project / ".venv"
    venv.create(place, symlinks=True)
    (packages,) = (place / "lib").glob("python3*/site-packages")
    (packages / "sitecustomize.py").write_text(_WATCH)
    (packages / "copy.pth").write_text(f"{project / 'src'}\n{sysconfig.get_path('purelib')}\n")
    for part in ("etc", "share"):
        (place / part).symlink_to(Path(sys.prefix) / part)


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Lab]]:
    """Start `make lab` with variables of make, in a folder of this name."""
    running: list[int] = []

    def begin(*variables: str, folder: str = "project") -> Lab:
        project, home = tmp_path_factory.mktemp("lab") / folder, tmp_path_factory.mktemp("home")
        project.mkdir()
        for part in _PARTS:
            copy = shutil.copytree if (PROJECT / part).is_dir() else shutil.copy
            (project / part).parent.mkdir(exist_ok=True)
            copy(PROJECT / part, project / part)
        _environment(project)
        own = {
            "HOME": str(home),
            "BROWSER": "true",  # the command that does nothing, for a browser to be opened with
            "WATCHED": str(project / "watched"),
        }
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "MAKE", "BRIEFING"))
        }
        command = ["make", "-o", ".venv/ready", "lab", *variables]
        with (project / "log").open("wb") as log:
            subprocess.Popen(command, cwd=project, env=kept | own, stdout=log, stderr=log)
        for _ in range(240):
            for found in project.glob(".cache/jupyter/**/jpserver-*.json"):
                if server := json.loads(found.read_text() or "{}"):
                    running.append(server["pid"])
                    return Lab(project, home, project / "watched", server["url"], server["token"])
            time.sleep(0.25)
        raise AssertionError((project / "log").read_text())

    yield begin
    for server in running:
        # It ends its kernels first, and make ends with it.
        os.kill(server, signal.SIGTERM)


@pytest.fixture(scope="module")
def lab(start: Callable[..., Lab]) -> Lab:
    """The project's own package; the folder has a space and letters of another script in its name."""
    return start(folder="Мои разборы ңғү")


def run_all(page: Page) -> None:
    """Run > Run All Cells, until the last cell has shown something new."""
    outputs = ".jp-OutputArea-output"
    page.evaluate(f"document.querySelectorAll('{outputs}').forEach(e => e.dataset.before = 'yes')")
    menu(page, "Run", "Run All Cells")
    ended = page.locator(".jp-CodeCell").last.locator(f"{outputs}:not([data-before])")
    expect(ended.or_(page.locator(_ERRORS)).first).to_be_attached(timeout=120_000)
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible(timeout=60_000)
    assert page.locator(_ERRORS).all_inner_texts() == []


def menu(page: Page, name: str, entry: str) -> None:
    page.locator(".lm-MenuBar-item").get_by_text(name, exact=True).click()
    page.locator(".lm-Menu-item").get_by_text(entry, exact=True).click()


# --- the briefing ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def briefing(lab: Lab, browser: Browser) -> Iterator[Page]:
    page = lab.open(browser)
    assert page.url.split("?")[0].endswith("/notebooks/briefing.ipynb")
    run_all(page)
    yield page
    page.close()


def test_the_briefing_runs_and_reads_as_a_document(briefing: Page) -> None:
    assert briefing.locator(".jp-RenderedHTML figure.chart").count() > 3
    # Only the parameters show their code.
    assert briefing.locator(".jp-CodeCell .jp-InputArea-editor:visible").count() == 1
    assert briefing.locator(".jp-InputPlaceholder .jp-PlaceholderText:visible").count() == 0
    cell = briefing.locator(".jp-RenderedHTML tbody td").first
    assert cell.evaluate("cell => getComputedStyle(cell).textAlign") == "left"
    expect(briefing.locator(".jp-RenderedHTML h1")).to_have_count(1)
    expect(briefing.locator(".jp-RenderedHTML .evidence li").last).to_be_attached()
    heading, title = briefing.locator(".jp-RenderedMarkdown h2").first, briefing.locator("figcaption .title").first
    fonts = [part.evaluate("part => getComputedStyle(part).fontFamily") for part in (heading, title)]
    assert fonts[0] == fonts[1]


def test_a_number_leads_to_its_evidence(briefing: Page) -> None:
    link = briefing.locator("p > a.num[href^='#f-']:visible").first
    target = briefing.locator(f"[id='{link.get_attribute('href')[1:]}']").first
    link.click()
    expect(target).to_be_in_viewport()
    expect(briefing.locator(".jp-Notebook")).to_be_visible()


def test_another_parameter_changes_everything_after_it(lab: Lab, browser: Browser) -> None:
    page = copied(lab, browser, "briefing.ipynb")
    run_all(page)
    rise = page.locator("li:has([id='w-rise'])").first
    expect(rise).to_contain_text("3.5 to 4.3")
    editor = page.locator(".jp-CodeCell .cm-content").first
    text = editor.inner_text()
    assert 'rounding: str = "nearest"' in text
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text.replace('"nearest"', '"at_least"', 1))
    run_all(page)
    expect(rise).to_contain_text("3.3 to 4.0")
    assert_told_out_of_order(page)
    page.close()


def copied(lab: Lab, browser: Browser, notebook: str) -> Page:
    """A copy of a notebook, to be changed."""
    shutil.copy(PROJECT / "notebooks" / notebook, lab.project / "notebooks" / f"copy-{notebook}")
    return lab.open(browser, f"copy-{notebook}")


def assert_told_out_of_order(page: Page) -> None:
    """The last cell, run alone after a restart, says what to run first."""
    menu(page, "Kernel", "Restart Kernel…")
    page.get_by_role("button", name="Confirm Kernel Restart").or_(
        page.get_by_role("button", name="Restart", exact=True)
    ).click()
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible(timeout=60_000)
    cell = page.locator(".jp-CodeCell").last
    cell.locator(".jp-InputPlaceholder .jp-InputPrompt, .jp-InputCollapser").first.click()
    page.keyboard.press("Escape")
    menu(page, "Run", "Run Selected Cell")
    expect(page.locator(_ERRORS).last).to_contain_text("Run > Run All Cells", timeout=30_000)


# --- exploring ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def explore(lab: Lab, browser: Browser) -> Iterator[Page]:
    page = lab.open(browser, "explore.ipynb")
    run_all(page)
    yield page
    page.close()


def control(page: Page, name: str, nth: int = 0) -> Locator:
    """The control with a label; several may share it."""
    label = page.locator(".widget-label", has_text=re.compile(f"^{re.escape(name)}$")).nth(nth)
    return label.locator("xpath=..").locator("select, input, textarea")


def choose(page: Page, name: str, part: str, nth: int = 0) -> None:
    """Choose the first option of a menu that begins with a text."""
    menu = control(page, name, nth)
    options = [option.get_attribute("value") for option in menu.locator("option").all()]
    menu.select_option(value=next(option for option in options if option.startswith(part)))


def sentence(page: Page) -> Locator:
    return page.locator(".widget-html .standfirst")


def chart(page: Page) -> Locator:
    return page.locator(".widget-html figure.chart")


def verdict(page: Page) -> Locator:
    """Whether the figures fit together: it stands beside the sentence."""
    return page.locator(".widget-html:has(.standfirst) + .widget-html")


def follows(page: Page) -> Locator:
    """What follows for other numbers: it stands before the drawing."""
    return page.locator(".widget-html:has(+ .widget-html figure.chart)")


def reading(question: str, name: str) -> str:
    """What the tables call an answer to an open question."""
    return next(
        row.label for row in load(PROJECT / "data").rows["readings"] if (row.question, row.reading) == (question, name)
    )


HOLDS, FAILS = re.compile(r"^\W*Can hold"), re.compile(r"^\W*Cannot hold")


def test_each_control_changes_what_it_should(explore: Page) -> None:
    expect(sentence(explore)).to_contain_text("3.5 to 4.3 times")
    expect(chart(explore).locator(".wide svg")).not_to_contain_text("January to June 2023")
    expect(verdict(explore).locator("strong").first).to_have_text(HOLDS)

    choose(explore, "Baseline", reading("baseline", "R3"))
    expect(chart(explore).locator(".wide svg")).to_contain_text("January to June 2023")
    expect(sentence(explore).locator("xpath=..")).to_contain_text("5.1 to 6.3")

    choose(explore, "Scope", reading("scope", "S1"))
    expect(verdict(explore).locator("strong").first).to_have_text(FAILS)

    choose(explore, "Baseline", reading("baseline", "R1"))
    expect(verdict(explore).locator("strong").first).to_have_text(HOLDS)
    expect(follows(explore)).to_contain_text("32,000 to 34,000 persons")
    choose(explore, "Window", reading("window", "W2"))
    expect(follows(explore)).not_to_contain_text("32,000 to 34,000 persons")

    choose(explore, "Rounding", "at least")
    expect(sentence(explore)).to_contain_text("3.3 to 4.0 times")
    choose(explore, "Rounding", "rounded as coarsely")
    expect(sentence(explore)).to_contain_text("3.5 to 4.3 times")

    options = control(explore, "Figure").locator("option")
    every = options.count()
    choose(explore, "Evidence", "only what is examined")
    expect(options).not_to_have_count(every)
    choose(explore, "Evidence", "with figures")
    expect(options).to_have_count(every)

    choose(explore, "Figure", "75,000")
    expect(sentence(explore)).to_contain_text("75,000")
    choose(explore, "Against", "60,000")
    expect(sentence(explore)).to_contain_text("60,000")
    choose(explore, "Rounding", "rounded to the nearest")
    choose(explore, "Figure", "27,000")
    expect(sentence(explore)).to_contain_text("3.5 to 4.3 times")


def held(page: Page) -> Locator:
    """How many sets of assumptions can hold, of how many."""
    return page.locator(".widget-html strong", has_text=re.compile(r"\d+ of \d+"))


def test_what_if_a_figure_had_another_period(explore: Page) -> None:
    for question in ("Baseline", "Window", "Scope"):
        choose(explore, question, "as the tables have it")
    as_tabled = held(explore).inner_text()
    choose(explore, "Figure", "7,000", nth=1)
    control(explore, "New period, from").fill("2023-01-01")
    control(explore, "to", 2).fill("2023-06-30")
    explore.get_by_role("button", name="Try this period").click()
    expect(held(explore)).not_to_have_text(as_tabled)
    expect(sentence(explore)).to_be_visible()
    expect(chart(explore).locator(".wide svg")).to_contain_text("January to June 2023")
    explore.get_by_role("button", name="Back to the tables").click()
    expect(held(explore)).to_have_text(as_tabled)


def test_what_if_with_a_comparison_of_ones_own(explore: Page) -> None:
    label = load(PROJECT / "data").rows["measures"]["arrests"].label
    choose(explore, "It counts", label)
    for name, text in (("Value", "20,000"), ("Earlier value", "10,000"), ("Rounded to", "1,000")):
        control(explore, name).fill(text)
    choose(explore, "Printed as", "over")
    for name, at, first, last in (
        ("Period, from", 0, "2023-07-01", "2023-10-31"),
        ("Its period, from", 1, "2022-07-01", "2022-10-31"),
    ):
        control(explore, name).fill(first)
        control(explore, "to", at).fill(last)
    explore.get_by_role("button", name="Try this figure").click()
    expect(sentence(explore)).to_contain_text(re.compile(f"{re.escape(label)}.*10,000.*20,000", re.IGNORECASE))
    expect(chart(explore).locator(".wide svg")).to_contain_text("20,000")
    explore.get_by_role("button", name="Back to the tables").click()
    expect(sentence(explore)).to_contain_text("3.5 to 4.3 times")


def test_what_is_seen_can_be_saved(explore: Page, lab: Lab) -> None:
    explore.get_by_role("button", name="Save", exact=True).click()
    expect(explore.get_by_text("Saved:")).to_be_visible()
    files = {path.suffix: path for path in (lab.project / "reports").glob("brought-after-brought-before-nearest.*")}
    assert set(files) == {".csv", ".svg", ".txt"}
    expect(explore.get_by_text(str(files[".csv"]))).to_be_visible()
    assert files[".txt"].read_text().strip() == control(explore, "To copy").input_value()
    assert "3.53" in files[".csv"].read_text()
    ElementTree.parse(files[".svg"])


def test_cells_run_out_of_order_say_what_to_do(lab: Lab, browser: Browser) -> None:
    page = copied(lab, browser, "explore.ipynb")
    run_all(page)
    assert_told_out_of_order(page)
    page.close()


@pytest.mark.parametrize("notebook", ["audit.ipynb", "template.ipynb"])
def test_the_other_notebooks_run_and_read_as_documents(lab: Lab, browser: Browser, notebook: str) -> None:
    page = lab.open(browser, notebook)
    run_all(page)
    expect(page.locator(".jp-RenderedHTML h1")).to_have_count(1)
    assert page.locator(".jp-RenderedHTML table").count() > 3
    assert page.locator(".jp-CodeCell .jp-InputArea-editor:visible").count() == 1
    page.close()


def test_another_package(start: Callable[..., Lab], browser: Browser) -> None:
    lab = start("PACKAGE=tests/packages/libraries")
    page = lab.open(browser)
    assert page.url.split("?")[0].endswith("/notebooks/explore.ipynb")
    run_all(page)
    expect(sentence(page)).to_contain_text(re.compile("400,000.*520,000"))
    choose(page, "School-year", "from September")
    page.close()
    assert quiet(lab)


def test_nothing_is_asked_of_the_network_or_left_in_the_home(lab: Lab, briefing: Page, explore: Page) -> None:
    assert quiet(lab)
    assert list(lab.home.rglob("*")) == []


def quiet(lab: Lab) -> bool:
    """Whether neither the pages nor the server and its kernels reached out; shows whom they asked if they did."""
    assert lab.outside == []
    assert not lab.watched.exists() or lab.watched.read_text() == ""
    return True

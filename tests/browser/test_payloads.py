"""Hostile notebooks opened in a real browser: nothing runs, nothing is asked for, nothing leads away, all is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from export import payloads
from playwright.sync_api import Browser, Page

from helpers.export.html import BriefingHTML

# Marks that a reader cannot see, or that something is drawn over.
_HIDDEN = """() => [...document.querySelectorAll('main p')]
  .filter(p => /^mark\\d{4}seen/.test(p.textContent)).map(p => {
  p.scrollIntoView({block: 'center'});
  const range = document.createRange(); range.selectNodeContents(p.firstChild);
  const box = range.getBoundingClientRect(), style = getComputedStyle(p);
  const top = document.elementFromPoint(box.x + 20, box.y + box.height / 2);
  const seen = box.width > 60 && box.height > 8 && box.x >= 0 && style.visibility == 'visible' && style.opacity == '1'
    && parseFloat(style.fontSize) > 10 && top && p.contains(top);
  return seen ? null : p.textContent.slice(0, 12) + ' under ' + (top ? top.outerHTML.slice(0, 100) : 'nothing');
}).filter(Boolean)"""


@dataclass
class Visit:
    """A page that was opened, and what it did by itself."""

    page: Page
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


@pytest.fixture(scope="module", params=["with its policy", "without its policy"])
def visit(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Visit]:
    """The page of all payloads; the second time without the policy that stands before the filter."""
    text = BriefingHTML().from_notebook_node(payloads.notebook())[0]
    if request.param == "without its policy":
        text = text.replace('http-equiv="Content-Security-Policy"', 'name="none"')
    path: Path = tmp_path_factory.mktemp("payloads") / "page.html"
    path.write_text(text, encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    found = Visit(page)
    page.on("request", lambda asked: found.asked.append(asked.url))
    page.on("dialog", lambda dialog: (found.told.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("framenavigated", lambda frame: found.told.append(f"navigated: {frame.url}"))
    page.on("popup", lambda popup: found.told.append(f"popup: {popup.url}"))
    page.on("download", lambda file: found.told.append(f"download: {file.url}"))
    page.goto(path.as_uri())
    page.wait_for_timeout(1500)  # a refresh, an animation, a focus
    yield found
    page.close()


def test_nothing_runs_and_nothing_leads_away(visit: Visit) -> None:
    for key in ("Tab", "Enter", "Escape"):  # what waits for focus or a key, on a page that should only scroll
        visit.page.keyboard.press(key)
    assert visit.page.evaluate("window.hit") is None
    assert visit.told == [f"navigated: {visit.asked[0]}", f"navigated: {visit.page.url}"][: len(visit.told)]
    assert visit.page.url.split("#")[0] == visit.asked[0]


def test_nothing_is_asked_for(visit: Visit) -> None:
    assert [url for url in visit.asked[1:] if not url.startswith("data:")] == []


def test_drawings_are_shown_as_pictures(visit: Visit) -> None:
    # In a picture nothing runs; one that is not shown would prove nothing. Its own size is all that it takes.
    shown = visit.page.evaluate("""[...document.querySelectorAll('main img[alt="d"]')].map(
      e => [e.src.split(',')[0], e.complete, e.naturalWidth, e.width, e.height])""")
    assert shown == [["data:image/svg+xml", True, 60, 60, 20]] * (3 * len(payloads.DRAWINGS))


def test_every_mark_can_be_read(visit: Visit) -> None:
    assert visit.page.locator("main p", has_text="seen").count() > 400
    assert visit.page.evaluate(_HIDDEN) == []
    wide = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
    assert visit.page.evaluate(wide) <= 0


def test_the_frames_of_the_page_are_its_own(visit: Visit) -> None:
    assert len(visit.page.frames) == 1
    assert visit.page.evaluate("document.querySelectorAll('main, body, header.masthead, h1').length") <= 5

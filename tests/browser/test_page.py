"""The rendered briefing in a real browser: for eyes, keyboards, screen readers, small screens and paper."""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser import checks, drawings
from playwright.sync_api import Browser, Page

Open = Callable[..., Page]
WIDTHS = (1280, 320)
MODES = ("light", "dark", "forced")


@pytest.fixture(scope="session")
def opened(browser: Browser, briefing: Path) -> Iterator[Open]:
    """The page at a width, in a mode. Those that a test leaves as they are may be `kept` for the next."""
    pages: dict[tuple[int, str], Page] = {}

    def get(width: int = 1280, mode: str = "light", *, kept: bool = True, path: Path = briefing) -> Page:
        if not kept or (width, mode) not in pages:
            page = browser.new_page(
                viewport={"width": width, "height": 900},
                color_scheme="dark" if mode == "dark" else "light",
                forced_colors="active" if mode == "forced" else "none",
            )
            page.goto(path.as_uri())
            if not kept:
                return page
            pages[width, mode] = page
        return pages[width, mode]

    yield get
    for page in pages.values():
        page.close()


@pytest.fixture
def page(opened: Open) -> Iterator[Page]:
    """The page at 1280 px, to be changed."""
    own = opened(kept=False)
    yield own
    own.close()


# --- one file --------------------------------------------------------------------------------------------------------


def test_the_file_is_small(briefing: Path) -> None:
    content = briefing.read_bytes()
    assert len(content) < 500_000
    assert len(gzip.compress(content, 9)) < 200_000


def test_nothing_is_asked_for_and_nothing_reported(browser: Browser, briefing: Path) -> None:
    page = browser.new_page()
    asked, reported = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: reported.append(message.text))
    page.on("pageerror", lambda error: reported.append(str(error)))
    page.goto(briefing.as_uri())
    for details in page.locator("details > summary:visible").all():
        details.click()
    page.wait_for_load_state("networkidle")
    assert asked == [briefing.as_uri()]
    assert reported == []
    page.close()


def test_the_only_script_is_data_and_it_is_read_as_such(opened: Open) -> None:
    scripts = opened().locator("script")
    assert [script.get_attribute("type") for script in scripts.all()] == ["application/ld+json"]
    graph = json.loads(scripts.first.text_content())["@graph"]
    assert {entry["@type"] for entry in graph} == {"Dataset", "CreativeWork", "Claim"}
    shown = set(opened().evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)"))
    assert {entry["@id"][1:] for entry in graph} <= shown


def test_the_figures_download_as_a_table(page: Page, tmp_path: Path) -> None:
    with page.expect_download() as download:
        page.locator("#data a").click()
    assert re.fullmatch(r"figures-\d{4}-\d\d-\d\d-all-nearest\.csv", download.value.suggested_filename)
    download.value.save_as(tmp_path / "figures.csv")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO((tmp_path / "figures.csv").read_text("utf-8-sig")))}
    assert (rows["brought-before"]["low"], rows["brought-before"]["high"]) == ("6500", "7500")
    assert rows["reports-change"]["value"] == "-20"


# --- WCAG ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(opened: Open, width: int) -> None:
    assert checks.axe(opened(width)) == []  # in other modes only colours differ, which are measured below


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_text_stands_out(opened: Open, width: int, mode: str) -> None:
    assert checks.prose_contrast(opened(width, mode)) == []


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_text_and_mark_of_a_chart_stands_out(opened: Open, width: int, mode: str) -> None:
    assert checks.text_contrast(opened(width, mode)) == []
    assert checks.mark_contrast(opened(width, mode)) == []


@pytest.mark.parametrize("width", [1280, 640, 375, 320])
def test_labels_are_large_and_do_not_collide(opened: Open, width: int) -> None:
    assert checks.collisions(opened(width)) == []
    assert checks.small_text(opened(width)) == []


@pytest.mark.parametrize("width", [1280, 375])
def test_labels_fit_in_the_widest_of_the_common_fonts(opened: Open, width: int) -> None:
    page = opened(width, kept=False)
    page.add_style_tag(content='.briefing { --sans: "DejaVu Sans", Verdana, sans-serif !important }')
    assert checks.collisions(page) == []
    page.close()


@pytest.mark.parametrize("width", [1280, 375])
def test_no_meaning_by_colour_alone(opened: Open, width: int) -> None:
    assert checks.colour_alone(opened(width)) == []


@pytest.mark.parametrize("width", [1280, 640, 320])
def test_the_page_never_scrolls_sideways(opened: Open, width: int) -> None:
    assert checks.overflow(opened(width)) == []


@pytest.mark.parametrize("width", [1280, 640])
def test_the_page_holds_at_twice_the_text_size(opened: Open, width: int) -> None:
    page = opened(width, kept=False)
    page.add_style_tag(content="html { font-size: 200% }")
    assert checks.overflow(page) == []
    page.close()


def test_one_title_and_no_skipped_level(opened: Open) -> None:
    levels = opened().evaluate("[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))


def test_landmarks(opened: Open) -> None:
    for landmark in ("body > header", "body > nav", "main", "body > footer"):
        assert opened().locator(landmark).count() == 1, landmark


def test_words_in_other_languages_say_so(opened: Open) -> None:
    assert opened().evaluate("document.documentElement.lang") == "en"
    unmarked = opened().evaluate("""() => {
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
      while (walk.nextNode())
        if (/\\p{Script=Cyrillic}/u.test(walk.currentNode.data)
            && !['kk', 'ru'].includes(walk.currentNode.parentElement.closest('[lang]').lang))
          found.push(walk.currentNode.data);
      return found;
    }""")
    assert unmarked == []


@pytest.mark.parametrize("width", WIDTHS)
def test_tables_have_captions_and_their_headers_scopes_and_cells(opened: Open, width: int) -> None:
    assert opened(width).locator("table").count() > 5
    assert checks.tables(opened(width)) == []


def test_charts_have_a_text_and_the_values_beside_them(opened: Open) -> None:
    for figure in opened().locator("figure").all():
        texts = [svg.get_attribute("aria-label") for svg in figure.locator("svg").all()]
        assert len(texts) == 2
        assert texts[0] == texts[1]
        assert 40 < len(texts[0]) < 500
        assert figure.locator("figcaption .title").count() == 1
        assert figure.locator("details table").count() == 1


@pytest.mark.parametrize("width", [1280, 375])
def test_the_drawings_and_the_tables_beside_them_say_the_same(opened: Open, width: int) -> None:
    assert drawings.values(opened(width)) == []


# --- the keyboard --------------------------------------------------------------------------------------------------


def test_the_first_stop_skips_to_the_text(page: Page) -> None:
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#text"
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")


def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    expected = page.evaluate("""[...document.querySelectorAll('a[href], summary, [tabindex="0"]')]
      .map((e, at) => { e.dataset.at = at; return e.getClientRects().length ? at : -1; }).filter(at => at >= 0)""")
    page.evaluate("""() => { window.reached = []; document.addEventListener('focusin', ({target}) => {
      const s = getComputedStyle(target);
      window.reached.push([+target.dataset.at, s.outlineStyle, parseFloat(s.outlineWidth) >= 2, s.outlineColor]);
    })}""")
    for _ in expected:
        page.keyboard.press("Tab")
    reached = page.evaluate("window.reached")
    assert [at for at, *_ in reached] == expected
    assert {tuple(shown) for _, *shown in reached} == {("solid", True, "rgb(27, 85, 165)")}


# --- the first screen ------------------------------------------------------------------------------------------------


def test_headline_standfirst_and_picture_stand_in_the_first_screen(browser: Browser, briefing: Path) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(briefing.as_uri())
    for part in ("h1", ".standfirst", ".masthead figure .wide svg"):
        box = page.locator(part).first.bounding_box()
        assert box["y"] >= 0, part
        assert box["y"] + box["height"] <= 900, part
    page.close()


def test_on_a_phone_the_first_screen_reaches_the_first_panel_and_the_contents_are_folded(
    browser: Browser, briefing: Path
) -> None:
    page = browser.new_page(viewport={"width": 375, "height": 812})
    page.goto(briefing.as_uri())
    drawing = page.locator(".masthead figure .narrow svg").bounding_box()
    assert drawing["y"] + 150 <= 812  # a panel is a little lower than that
    assert page.locator("nav a").first.is_hidden()
    page.locator("nav summary").click()
    assert page.locator("nav a").first.is_visible()
    page.close()


def test_on_a_wide_screen_the_contents_stay_in_sight(page: Page) -> None:
    assert page.locator("nav .long a").first.is_visible()
    page.locator("footer").scroll_into_view_if_needed()
    assert 0 <= page.locator("nav .long").bounding_box()["y"] < 900


# --- a number at a glance --------------------------------------------------------------------------------------------

_GLANCE = "main p > a.num[href^='#f-']"


def glance(page: Page) -> dict[str, float]:
    """The box of the one glance that is shown."""
    shown = page.evaluate("""[...document.querySelectorAll('.glance')].filter(e => e.getClientRects().length)
      .map(e => { const {x, y, width, height} = e.getBoundingClientRect(); return {x, y, width, height}; })""")
    assert len(shown) == 1
    return shown[0]


def test_a_number_shows_its_words_to_who_points_at_it(page: Page) -> None:
    number = page.locator(_GLANCE).first
    assert page.locator(".glance:visible").count() == 0
    number.hover()
    beside, column = glance(page), page.locator("main p").first.bounding_box()
    assert beside["x"] >= column["x"] + column["width"]  # in the margin: it covers no text
    assert beside["x"] + beside["width"] <= 1280
    said = number.locator(".glance").evaluate("e => ['::before', '::after'].map(p => getComputedStyle(e, p).content)")
    assert "“" in said[0]
    assert re.search(r"tands for .*\n.*\d{4}", said[1].replace("\\a ", "\n").replace("\\n", "\n"), re.DOTALL)


@pytest.mark.parametrize("width", [1280, 768, 375, 320])
def test_the_words_come_to_the_keyboard_too_and_stay_on_the_screen(opened: Open, width: int) -> None:
    page = opened(width, kept=False)
    for number in page.locator("a.num:has(.glance)").all()[:12]:
        number.focus()
        page.keyboard.press("Shift")  # the browser shows where the focus is once a key is used
        shown, link = glance(page), number.bounding_box()
        assert shown["x"] >= 0
        assert shown["x"] + shown["width"] <= width
        assert shown["height"] > 30
        assert shown["y"] + shown["height"] <= 901 or shown["y"] < 900 - 30
        covered = link["y"] + link["height"] > shown["y"] and link["y"] < shown["y"] + shown["height"]
        assert not (covered and link["x"] < shown["x"] + shown["width"] and shown["x"] < link["x"] + link["width"])
    assert checks.overflow(page) == []
    page.close()


def test_the_words_are_not_read_out_a_second_time(page: Page) -> None:
    number = page.locator(_GLANCE).first
    number.focus()
    assert re.match(r'- link "[^"]{1,60}":?\n', number.aria_snapshot() + "\n")


def test_words_of_a_number_stand_out(opened: Open) -> None:
    for mode in ("light", "dark"):
        page = opened(1280, mode, kept=False)
        page.locator(_GLANCE).first.hover()
        colours = (
            page.locator(_GLANCE)
            .first.locator(".glance")
            .evaluate(
                "e => [getComputedStyle(e).backgroundColor,"
                " ...['::before', '::after'].map(p => getComputedStyle(e, p).color)]"
            )
        )
        ground, *texts = ([float(part) for part in re.findall(r"[\d.]+", colour)] for colour in colours)
        assert min(checks.contrast(tuple(text), tuple(ground)) for text in texts) >= 4.5
        page.close()


# --- following a number ----------------------------------------------------------------------------------------------


def test_every_number_leads_to_its_evidence_and_back(opened: Open) -> None:
    broken = opened().evaluate("""() => [...document.querySelectorAll('a.num[id]')].filter(link => {
      const evidence = document.getElementById(link.hash.slice(1));
      const back = evidence?.closest('li, p, td, th').querySelector(`.uses a[href="#${link.id}"]`);
      return !back || document.getElementById(back.hash.slice(1)) != link;
    }).map(link => link.outerHTML)""")
    assert opened().locator("a.num[id]").count() > 100
    assert opened().locator("main > :not(details) a.num:not([id])").count() == 0
    assert broken == []


def test_a_number_clicked_opens_its_source_and_is_shown_and_marked(page: Page) -> None:
    assert page.locator("details.evidence[open]").count() == 0
    page.locator("main a.num[href='#f-brought-after']:visible").first.click()
    assert page.locator("details.evidence[open]").count() == 1
    target = page.locator("#f-brought-after")
    assert target.bounding_box()["y"] < 900
    assert page.evaluate("getComputedStyle(document.querySelector(':target')).backgroundColor") != "rgba(0, 0, 0, 0)"
    target.locator("xpath=ancestor::li").locator(".uses a").first.click()
    back = page.locator(page.evaluate("location.hash"))
    assert back.get_attribute("href") == "#f-brought-after"


def test_evidence_gives_words_speaker_period_interval_and_address(opened: Open) -> None:
    entries = opened().evaluate("""[...document.querySelectorAll('.evidence span[id^="f-"]')].map(anchor => {
      const item = anchor.closest('li'), block = anchor.closest('details.evidence');
      return [anchor.id, item.textContent, item.querySelectorAll('.words').length,
              block.querySelectorAll('a[href^="http"]').length];
    })""")
    assert len(entries) > 50
    for name, text, words, addresses in entries:
        assert (words, addresses) == (1, 1), name
        assert re.search(r"\(.+\).*tands for", text, re.DOTALL), name


def test_numbers_worked_out_show_their_inputs(opened: Open) -> None:
    found = opened().evaluate("""[...document.querySelectorAll('.evidence span[id^="w-"]')].map(
      w => [w.id, w.closest('li').querySelectorAll('a.num').length])""")
    assert len(found) > 5
    # Lengths of periods come from dates alone.
    assert {name for name, inputs in found if not inputs} <= {"w-days-before", "w-days-after"}


def test_a_passage_can_be_cited_by_its_address(browser: Browser, briefing: Path, opened: Open) -> None:
    links = opened().evaluate("[...document.querySelectorAll('main a.here, header a.here')].map(a => a.hash)")
    assert len(links) > 30
    assert len(links) == len(set(links))
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(briefing.as_uri() + links[-1])
    assert page.locator(":target").count() == 1
    assert 0 <= page.locator(":target").bounding_box()["y"] < 900
    page.close()


# --- paper -----------------------------------------------------------------------------------------------------------


def test_paper_is_light_and_bears_the_addresses(opened: Open) -> None:
    page = opened(mode="dark", kept=False)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(28, 34, 39)"
    for hidden in (".skip", "nav", ".uses", "a.here", "figure details", "footer a"):
        assert page.locator(hidden).first.is_hidden(), hidden
    assert page.locator("details.evidence li").first.bounding_box()["height"] > 0  # what is folded is printed
    source = page.locator(".evidence a[href^='http']").first
    printed = source.evaluate("a => getComputedStyle(a, '::after').content")
    assert source.get_attribute("href") in printed
    page.close()


# --- the checks themselves: each fault planted is found ----------------------------------------------------------


def test_axe_finds(page: Page) -> None:
    faults = {
        "svg-img-alt": "document.querySelector('svg[role=img]').removeAttribute('aria-label')",
        "color-contrast": "document.querySelector('main p').style.color = '#9aa0a6'",
        "heading-order": "document.querySelector('main h2').outerHTML = '<h4>Skipped</h4>'",
        "html-has-lang": "document.documentElement.removeAttribute('lang')",
        "duplicate-id-aria": "document.querySelector('main p').id = 'contents'",
    }
    for fault in faults.values():
        page.evaluate(fault)
    assert {one.partition(":")[0] for one in checks.axe(page)} >= set(faults)


_CHART = "document.querySelector('figure .wide svg"


@pytest.mark.parametrize(
    ("check", "fault"),
    [
        pytest.param(checks.text_contrast, f"{_CHART} text').style.fill = 'rgb(150, 158, 166)'", id="weak text"),
        pytest.param(
            checks.text_contrast,
            f"{_CHART} text').insertAdjacentHTML('beforebegin',"
            ' \'<rect width="720" height="400" style="fill: rgb(60, 70, 80)"/>\')',
            id="dark ground behind a text",
        ),
        pytest.param(
            checks.mark_contrast,
            f"{_CHART} [id$=\"-after-wide\"] path').style.fill = 'rgb(170, 190, 192)'",
            id="weak mark",
        ),
        pytest.param(
            checks.collisions,
            "(() => { const t = document.querySelectorAll('figure .wide svg text');"
            " t[1].setAttribute('x', t[0].getAttribute('x')); t[1].setAttribute('y', t[0].getAttribute('y')); })()",
            id="two labels on each other",
        ),
        pytest.param(checks.collisions, f"{_CHART} text').setAttribute('x', '700')", id="label cut off"),
        pytest.param(checks.small_text, f"{_CHART} text').style.fontSize = '9px'", id="small text"),
        pytest.param(
            checks.prose_contrast, "document.querySelector('main p').style.color = '#8a9199'", id="weak words"
        ),
        pytest.param(
            checks.prose_contrast, "document.querySelector('.supported').style.background = '#5b6670'", id="dark box"
        ),
        pytest.param(checks.tables, "document.querySelector('main tbody th').scope = 'col'", id="row without a name"),
        pytest.param(
            checks.tables,
            "document.querySelectorAll('main table')[0].querySelectorAll('td:last-child').forEach(e => e.remove())",
            id="column without cells",
        ),
        pytest.param(
            checks.tables,
            "document.querySelectorAll('tr:has(th[scope=colgroup]) ~ tr').forEach(row => row.remove())",
            id="heading over nothing",
        ),
        pytest.param(checks.overflow, "document.querySelector('main p').style.minWidth = '1400px'", id="too wide"),
        pytest.param(
            drawings.values,
            "document.querySelector('#c-before-after .wide [id$=\"0-1-after-wide\"] path').setAttribute('d',"
            " 'M 400 30 L 400 40')",
            id="bar lost",
        ),
        pytest.param(
            drawings.values,
            "document.querySelector('#c-before-after details tbody td a').textContent = '5,400'",
            id="table says otherwise",
        ),
        pytest.param(
            drawings.values,
            "document.querySelectorAll('#c-calendar details tbody tr').forEach(row => row.remove())",
            id="rows lost",
        ),
    ],
)
def test_the_checks_find(page: Page, check: Callable[[Page], list[str]], fault: str) -> None:
    page.evaluate(fault)  # of the page as it is each check above has found nothing
    assert check(page) != []

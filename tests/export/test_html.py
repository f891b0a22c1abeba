"""The page: one file that runs nothing and asks for nothing, with every number a link there and back."""

from __future__ import annotations

import base64
import re
from collections import Counter
from io import BytesIO
from urllib.parse import unquote

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from export.samples import SVG, briefing, build, chart, png, say
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from nbconvert.exporters import get_exporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output, new_raw_cell
from traitlets.config import Config

from helpers.export import document, links
from helpers.export.html import BriefingHTML, stylesheet
from helpers.export.losses import ExportError
from helpers.markup import dialect as markup

HOSTILE = '<script>alert(1)</script> #{panic()} ](https://x.y) "q" \\ & &amp; қазақша ңғүұ'


def exported(notebook: NotebookNode) -> BeautifulSoup:
    return BeautifulSoup(BriefingHTML().from_notebook_node(notebook)[0], "html.parser")


def squeezed(text: str) -> str:
    return " ".join(text.split())


# --- the page ------------------------------------------------------------------------------------------------------


def test_the_page_names_itself_and_has_its_landmarks() -> None:
    text = BriefingHTML().from_notebook_node(briefing())[0]
    page = BeautifulSoup(text, "html.parser")
    assert text.startswith('<!doctype html>\n<html lang="en">')
    assert page.title.string == "What the figures carry"
    assert page.find("meta", attrs={"name": "description"})["content"] == "A briefing to test with"
    assert [len(page.find_all(name)) for name in ("header", "nav", "main", "footer", "h1")] == [1] * 5
    assert [h.get_text() for h in page.header.find_all("h1")] == ["What the figures carry"]
    assert [div["class"] for div in page.header.find_all("div")] == [["edition"], ["standfirst"]]
    assert page.find("a")["href"] == "#text"
    assert page.main["id"] == "text"
    for form in (page.nav.details, page.nav.find(class_="long")):
        assert [a["href"] for a in form.find_all("a")] == ["#key-points", "#before-and-after", "#evidence"]


def test_nothing_runs_and_nothing_is_asked_for() -> None:
    text = BriefingHTML().from_notebook_node(briefing())[0]
    page = BeautifulSoup(text, "html.parser")
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:;")
    assert not page.find(["script", "iframe", "link", "object", "embed", "form"])
    assert not [tag for tag in page.find_all() if any(name.startswith("on") for name in tag.attrs)]
    assert not [tag["src"] for tag in page.find_all(src=True) if not tag["src"].startswith("data:")]
    assert len(re.findall(r"url\(", text)) == len(re.findall(r"url\(data:font/woff2;base64,", text)) > 0
    assert "@import" not in text


def test_code_and_set_up_do_not_export() -> None:
    text = BriefingHTML().from_notebook_node(briefing())[0]
    assert "typed_in_code" not in text
    assert "noise of the set-up" not in text


def test_what_one_export_is_asked_for_does_not_stay() -> None:
    asked = Config({"TagRemovePreprocessor": {"remove_cell_tags": {"other"}}})
    notebook = briefing()
    assert "noise of the set-up" in BriefingHTML(config=asked).from_notebook_node(notebook)[0]
    assert "noise of the set-up" not in BriefingHTML().from_notebook_node(notebook)[0]


def test_the_same_notebook_gives_the_same_bytes() -> None:
    assert BriefingHTML().from_notebook_node(briefing())[0] == BriefingHTML().from_notebook_node(briefing())[0]


def test_without_metadata_the_first_heading_and_english_are_taken() -> None:
    page = exported(build("# Own & title\n\nText"))
    assert page.title.string == "Own & title"
    assert page.html["lang"] == "en"
    assert exported(build("No heading")).h1.get_text() == "Notebook"


def test_the_exporters_own_words_follow_the_language() -> None:
    page = exported(build("# А\n\n## Б\n\n[7](#f-7) [7]{#f-7}", language="kk"))
    assert page.html["lang"] == "kk"
    assert page.nav.summary.get_text() == page.nav.p.get_text() == document.WORDS["kk"]["contents"]
    assert {tuple(words) for words in document.WORDS.values()} == {tuple(document.WORDS["en"])}


@pytest.mark.parametrize(("name", "value"), [("date", "22 January 2024"), ("date", "2024-13-01"), ("language", "x y")])
def test_metadata_that_cannot_be_read_is_named(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=f"`{value}` for `briefing.{name}`"):
        exported(build("# A", **{name: value}))


def test_nbconvert_finds_the_exporter() -> None:
    exporter = get_exporter("helpers.export.html.BriefingHTML")()
    _, resources = exporter.from_notebook_node(briefing())
    assert resources["output_extension"] == ".html"


# --- headings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "filled", "expected"),
    [
        ([1, 2, 3, 2], [0, 1, 1, 1], [1, 2, 3, 2]),
        ([1, 2, 4, 4, 3], [0, 1, 1, 1, 1], [1, 2, 3, 3, 3]),  # a skipped level closes up, siblings stay siblings
        ([1, 1, 2, 3], [0, 1, 1, 1], [1, 2, 3, 4]),  # a second title is a part, and holds its sections
        ([1, 2, 1, 2, 1, 2], [1] * 6, [1, 2, 2, 3, 2, 3]),
        ([2, 3, 2, 3], [0, 0, 0, 1], [None, None, 2, 3]),  # an empty section goes with its empty child
        ([1], [0], [1]),  # the title stays
        ([3, 2, 1], [1, 1, 1], [2, 2, 2]),
        ([], [], []),
    ],
)
def test_outline(levels: list[int], filled: list[int], expected: list[int | None]) -> None:
    assert links.outline(levels, [bool(f) for f in filled]) == expected


@given(st.lists(st.tuples(st.integers(1, 6), st.booleans()), max_size=12))
def test_an_outline_skips_no_level_has_one_title_and_loses_no_text(headings: list[tuple[int, bool]]) -> None:
    levels, filled = [level for level, _ in headings], [full for _, full in headings]
    result = links.outline(levels, filled)
    kept = [level for level in result if level]
    title = 0 if levels[:1] == [1] else None
    sections = [level for at, level in enumerate(result) if level and at != title]
    assert kept.count(1) == (title == 0)
    assert all(later <= earlier + 1 for earlier, later in zip([1, *sections], sections, strict=False))
    assert all(level for level, full in zip(result, filled, strict=True) if full)


def test_an_edition_leaves_out_empty_sections_and_a_notebook_of_ones_own_keeps_them() -> None:
    page = exported(briefing())
    assert "Left out" not in page.get_text()
    assert "Nothing here" not in page.get_text()
    own = exported(build("# T", "## Later", "## Now", "x", "## Last"))
    assert [h.get_text() for h in own.main.find_all("h2")] == ["Later", "Now", "Last"]


def test_a_users_headings_fall_into_order() -> None:
    page = exported(build("# T", "# Own\n\na\n\n#### Deep\n\nb", "## Next\n\nc", "## Next\n\nd", "##\n\ne"))
    assert [(h.name, h["id"]) for h in page.main.find_all(re.compile("^h[1-6]$"))] == [
        ("h2", "own"),
        ("h3", "deep"),
        ("h3", "next"),
        ("h3", "next-2"),
    ]


@pytest.mark.parametrize("content", ["text", "---", "| a |\n|---|\n| b |"])
def test_whatever_can_be_seen_keeps_its_heading(content: str) -> None:
    assert exported(build("# T", "## Kept", content, "## Last\n\nx", empty_sections="left out")).find(id="kept")


def test_a_picture_keeps_its_heading() -> None:
    assert exported(build("# T", "## Kept", chart(), "## Last\n\nx", empty_sections="left out")).find(id="kept")


# --- links ---------------------------------------------------------------------------------------------------------


def test_every_number_leads_to_its_evidence_and_back() -> None:
    page = exported(briefing())
    ids = Counter(tag["id"] for tag in page.find_all(id=True))
    assert set(ids.values()) == {1}
    links = page.find_all("a", href=re.compile("^#"))
    assert {a["href"][1:] for a in links} <= set(ids)
    uses = page.find_all("a", class_="num", href="#f-7")
    assert len(uses) == 4
    back = page.find(id="f-7").parent.find(class_="uses").find_all("a")
    assert [a["href"] for a in back] == ["#" + a["id"] for a in uses]
    assert [a.get_text() for a in back] == ["↩ 1", "2", "3", "4"]
    entry = page.find(id="e-1").parent
    assert entry.name == "li"
    (back,) = entry.find(class_="uses").find_all("a")
    assert page.find(id=back["href"][1:])["href"] == "#e-1"


def test_a_drawing_beside_its_words_is_not_read_out_with_them() -> None:
    drawn = markup.drawing(SVG, "3 to 4")
    page = exported(build(f"| a | b |\n|---|---|\n| x | {drawn} 3 to 4 |\n| y | {drawn} more |"))
    assert [image["alt"] for image in page.main.find_all("img")] == ["", "3 to 4"]


def test_the_ways_back_stand_at_the_end_of_a_cell_or_an_item() -> None:
    page = exported(
        build("[1](#f-1)[2](#f-2)\n\n| a |\n|---|\n| [x]{#f-1} of *which* |\n\n- [y]{#f-2} and so on\n  - deeper")
    )
    assert squeezed(page.find(id="f-1").find_parent("td").get_text()) == "x of which ↩ 1"
    assert squeezed(page.find(id="f-2").find_parent("li").get_text()).startswith("y and so on")
    assert [span.find_parent(["td", "li"]).name for span in page.find_all(class_="uses")] == ["td", "li"]


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("rose [3.5 to 4.3 times](#w-1) since", "3.5\u00a0to\u00a04.3\u00a0times"),
        ("from [7,000](#f-7) people", "7,000\u00a0people"),  # over the end of a link
        ("[1.14](#w-1) or more", "1.14\u00a0or\u00a0more"),
        ("on [1 July 2023](#e-1)", "1\u00a0July 2023"),
        ("3 of 12 sets, to 2023 or later", "3\u00a0of\u00a012 sets, to 2023 or later"),
        ("up to 5 Reports", "up to 5\u00a0Reports"),
    ],
)
def test_ranges_units_and_days_hold_together(said: str, held: str) -> None:
    assert held in exported(build("# T", f"It {said} it.", say("- [a]{#w-1} [b]{#f-7} [c]{#e-1}"))).get_text()


def test_of_two_anchors_the_first_holds() -> None:
    page = exported(briefing())
    assert page.find(id="f-7").get_text().startswith("7,000")
    assert "again" in page.get_text()


def test_a_link_that_leads_nowhere_is_text_and_is_named() -> None:
    text, resources = BriefingHTML().from_notebook_node(briefing())
    page = BeautifulSoup(text, "html.parser")
    assert page.find("a", string="what is gone") is None
    assert "See what is gone and" in squeezed(page.main.get_text())
    assert resources["losses"] == ["Cell 12, link: `what is gone` leads to `#f-gone`, which is not in this document."]
    with pytest.raises(ExportError, match="#f-gone"):
        BriefingHTML(strict=True).from_notebook_node(briefing())


# --- passages ------------------------------------------------------------------------------------------------------


def passages(*cells: NotebookNode | str) -> dict[str, str]:
    """The text of each passage that can be cited, by its address."""
    page = exported(build("# T", *cells))
    links = page.find_all("a", class_="here")
    assert [link["aria-label"] for link in links] == [document.WORDS["en"]["here"]] * len(links)
    return {link["href"]: squeezed(page.find(id=link["href"][1:]).get_text()) for link in links}


def test_paragraphs_items_and_captions_can_be_cited() -> None:
    found = passages("One.\n\n- Two\n  - Three\n- Four\n\nTable: Five\n\n| a |\n|---|\n| b |", say("Six.", "key"))
    assert [text.split()[0] for text in found.values()] == ["One.", "Two", "Three", "Four", "Five", "Six."]


def test_an_address_begins_with_the_words_and_needs_no_place() -> None:
    (one,) = passages("The police **stopped** waiting for a complaint.")
    assert re.fullmatch(r"#p-the-police-stopped-waiting-for-[0-9a-f]{6}", one)
    assert (
        list(passages("Another paragraph.", "## Section\n\nThe police **stopped** waiting for a complaint."))[1] == one
    )


def test_a_corrected_figure_keeps_the_address_and_other_words_do_not() -> None:
    (one,), (corrected,), (other), (reworded,) = (
        list(passages(text, "- [x]{#f-a} [y]{#f-b}"))[:1]
        for text in (
            "Rose to [7,000](#f-a).",
            "Rose to [8,000](#f-a).",
            "Rose to [7,000](#f-b).",
            "Fell to [7,000](#f-a).",
        )
    )
    assert one == corrected
    assert len({one, *other, reworded}) == 3


def test_the_evidence_and_printouts_have_addresses_of_their_own_or_none() -> None:
    stream = new_output("stream", name="stdout", text="printed")
    assert passages(say("- [x]{#f-1}: words", "evidence"), stream, chart()) == {}


# --- outputs -------------------------------------------------------------------------------------------------------


def test_hostile_text_is_text() -> None:
    page = exported(
        build(
            f"# {markup.escape(HOSTILE)}",
            say(markup.escape(HOSTILE)),
            new_output("stream", name="stdout", text=HOSTILE),
            new_output("error", ename="E", evalue=HOSTILE, traceback=[HOSTILE]),
            new_output("display_data", {"text/plain": HOSTILE}),
            new_raw_cell(HOSTILE),
            title=HOSTILE,
            description=HOSTILE,
        )
    )
    assert not page.find("script")
    assert page.title.string == HOSTILE
    assert page.get_text().count(HOSTILE) == 8  # title, h1, footer and five blocks


def test_a_data_frame_is_kept_in_a_box_that_the_keyboard_reaches() -> None:
    table = '<table class="dataframe"><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>'
    page = exported(build("# T", new_output("execute_result", {"text/html": table, "text/plain": "a 1"})))
    box = page.find("table", class_="dataframe").parent
    assert box["tabindex"] == "0"
    assert str(box.table) == table


def test_the_empty_corner_of_a_data_frame_is_no_header() -> None:
    frame = pd.DataFrame({"persons": [7_000, 27_000]}).to_html()
    page = exported(build("# T", new_output("execute_result", {"text/html": frame, "text/plain": "7000"})))
    assert all(th.get_text() for th in page.find_all("th"))
    assert [cell.get_text() for cell in page.table.find_all(["td", "th"])] == ["", "persons", "0", "7000", "1", "27000"]


@pytest.mark.parametrize(
    ("html", "shown", "loss"),
    [
        ("<script>x()</script>", "An output of a kind that cannot be shown here: script", "script"),
        ("<b onclick='x()'>b</b>", "b", None),
        ("<a href=' javascript:x()'>c</a>", "c", None),
        (
            "<iframe src='https://example.org/'></iframe>",
            "An output of a kind that cannot be shown here: iframe https://example.org/",
            "iframe",
        ),
        ("<p>kept</p><script>x()</script>", "keptLeft out here: script", "script"),
        ("<p hidden>draft</p><p>kept</p>", "kept", "hidden content"),
    ],
)
def test_of_active_html_what_can_be_shown_stays(html: str, shown: str, loss: str | None) -> None:
    notebook = build("# T", new_output("display_data", {"text/html": html, "text/plain": "<an object>"}))
    text, resources = BriefingHTML().from_notebook_node(notebook)
    assert squeezed(BeautifulSoup(text, "html.parser").main.get_text()) == shown
    assert [line.split(": ")[0] for line in resources["losses"]] == ([f"Cell 2, {loss}"] if loss else [])


def test_streams_and_errors_are_shown_without_terminal_codes() -> None:
    linked = "\x1b]8;;https://example.org\x07report\x1b]8;;\x07"
    stream = new_output("stream", name="stderr", text=f"50%\r100%\n\x1b[31mred\x1b[0m {linked}\x1b(B\x08")
    error = new_output("error", ename="ValueError", evalue="bad", traceback=["\x1b[0;31mValueError\x1b[0m: bad"])
    page = exported(build("# T", stream, error))
    assert page.find("pre", class_="stderr").get_text() == "100%\nred report"
    assert page.find(class_="failed").get_text() == "This cell failedValueError: bad"


def test_pictures_carry_the_description_someone_wrote() -> None:
    described = new_code_cell("", outputs=[new_output("display_data", {"image/png": png()})], metadata={"alt": "A & b"})
    bare = new_output("display_data", {"image/svg+xml": SVG, "text/plain": "<Figure>"})
    page = exported(build("# T", described, bare))
    first, second = page.find_all("img")
    assert first["alt"] == "A & b"
    assert first["src"] == f"data:image/png;base64,{png()}"
    assert unquote(second["src"].removeprefix("data:image/svg+xml,")) == SVG
    assert second["alt"] == "Picture without a description. <Figure>"
    assert "No description has been provided" not in str(page)


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ({"text/latex": "$x^2$"}, "x2"),
        ({"text/latex": r"$\unknown^2$"}, r"\unknown^2"),
        ({"application/json": {"a": [1]}}, '{ "a": [ 1 ] }'),
        ({"text/markdown": "*em*"}, "em"),
        ({"application/x-own": "?"}, "An output of a kind that cannot be shown here: application/x-own"),
    ],
)
def test_no_output_vanishes(data: dict[str, object], shown: str) -> None:
    page = exported(build("# T", new_output("display_data", data)))
    assert squeezed(page.main.get_text()) == shown


# --- the style sheet -----------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_and_marks_stand_out_from_the_page(mode: str) -> None:
    light, dark = re.findall(r"--ink: #.*?\}", stylesheet(), re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light if mode == "light" else dark))
    assert len(colours) == 12
    assert contrast(colours["ink"], colours["mark"]) >= 4.5
    assert contrast(colours["muted"], colours["mark"]) >= 4.5
    for ground in ("paper", "tint"):
        for name in ("ink", "muted", "after", "worked", "break"):
            assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
        for name in ("before", "rule", "focus"):
            assert contrast(colours[name], colours[ground]) >= 3, (name, ground)


def test_every_rule_of_the_style_sheet_is_scoped() -> None:
    rules = re.sub(r"/\*.*?\*/", "", stylesheet(".own"), flags=re.DOTALL)
    selectors = [part.strip() for part in re.findall(r"(?:^|[{}])\s*([^{}@;]+)\{", rules)]
    assert len(selectors) > 50
    assert [selector for selector in selectors if not selector.startswith(".own")] == []


def test_every_role_has_a_style() -> None:
    assert [role for role in document.ROLES if not re.search(rf"\.{role}\b", stylesheet())] == []


def test_letters_that_the_page_brings_no_font_for_are_named_on_standard_error(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("WARNING"):
        text, resources = BriefingHTML().from_notebook_node(build("# T", "қазақша", "Beijing 北京 🚀"))
    assert "北京 🚀" in text
    assert resources["losses"] == []
    lines = [record.getMessage() for record in caplog.records if "letters" in record.getMessage()]
    assert lines == [
        "Cell 3, letters: a font of the reader's has to show U+4EAC, U+5317, U+1F680; the page brings none."
    ]


def test_a_letter_that_no_font_of_the_reader_has_is_a_box() -> None:
    text, _ = BriefingHTML().from_notebook_node(build("# T", "Text"))
    fonts = re.findall(r"data:font/woff2;base64,([^)]+)", text)
    assert len(fonts) == 3
    for font in fonts:
        with TTFont(BytesIO(base64.b64decode(font))) as made:
            assert made["glyf"][".notdef"].numberOfContours > 0

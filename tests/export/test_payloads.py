"""Hostile notebooks as both exporters write them: the tree of the page, and what the PDF can do."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO

import nh3
import pytest
from bs4 import BeautifulSoup, Tag
from export import payloads
from pypdf import PdfReader

from helpers.export.html import BriefingHTML
from helpers.export.typst import BriefingPDF
from helpers.markup import safe

# Anything that runs, asks, leads away by itself, or takes what follows for its own.
FORBIDDEN = [
    "script",
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "link",
    "meta",
    "base",
    "form",
    "input",
    "button",
    "select",
    "option",
    "textarea",
    "isindex",
    "video",
    "audio",
    "source",
    "track",
    "picture",
    "canvas",
    "template",
    "slot",
    "portal",
    "fencedframe",
    "dialog",
    "map",
    "area",
    "image",
    "foreignobject",
    "animate",
    "set",
    "handler",
    "feimage",
    "filter",
    "style",
    "title",
    "noscript",
    "noembed",
    "noframes",
    "plaintext",
    "xmp",
    "marquee",
    "maction",
    "annotation-xml",
    "mglyph",
]
MARK = re.compile(r"mark\d{4}seen")
COVERING = re.compile(
    r"position|z-index|transform|margin|inset|float|display|visibility|animation|transition|filter|shadow|outline|"
    r"url\((?!#)|image-set|content|cursor|@|expression|-\d+(?:px|%|em)|9999",
    re.IGNORECASE,
)


@cache
def page() -> BeautifulSoup:
    return BeautifulSoup(BriefingHTML().from_notebook_node(payloads.notebook())[0], "html.parser")


def foreign() -> list[Tag]:
    """Every element of the page that a notebook can have a part in."""
    return [tag for part in page().select("header, main, nav, footer") for tag in part.find_all()]


def test_there_are_enough_of_them() -> None:
    assert len({*payloads.HTML, *payloads.MARKDOWN}) == len(payloads.HTML) + len(payloads.MARKDOWN) > 160


def test_only_elements_that_hold_text_are_left() -> None:
    names = {tag.name for tag in foreign()}
    assert names & {*FORBIDDEN} == {*()} | ({"title"} & {tag.name for tag in foreign() if tag.find_parent("svg")})
    assert len(page().find_all("meta")) == len(BeautifulSoup(_empty(), "html.parser").find_all("meta"))
    assert len(page().find_all("script")) == len(page().find_all("style")) - 1 == 0
    assert [len(page().find_all(name)) for name in ("html", "head", "body", "main", "title")][:4] == [1] * 4


def _empty() -> str:
    return BriefingHTML().from_notebook_node(payloads.build("# T", title="T", description="D"))[0]


def test_no_attribute_acts_asks_or_covers() -> None:
    for tag in foreign():
        for name, value in tag.attrs.items():
            value = " ".join(value) if isinstance(value, list) else value
            assert not name.startswith("on"), tag
            assert name not in ("srcset", "ping", "target", "action", "formaction", "background", "poster", "srcdoc"), (
                tag
            )
            if name in ("href", "xlink:href"):
                assert re.match(r"#|https?://|mailto:", value), tag
                assert tag.name == "a" or value.startswith("#"), tag
            if name == "src":
                # A drawing in an `img` runs nothing and asks for nothing, however its data are written.
                drawn = tag.name == "img" and value.startswith("data:image/svg+xml,")
                assert drawn or re.match(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,", value), tag
            if name == "style" or tag.find_parent("svg"):
                assert not COVERING.search(value) or name in ("aria-label", "d"), tag


def test_nothing_names_the_attackers_host_but_text_and_links() -> None:
    for tag in foreign():
        for name, value in tag.attrs.items():
            assert "evil.test" not in str(value) or (tag.name, name) in {
                ("a", "href"),
                ("div", "aria-label"),
                ("img", "src"),
            }, tag


def test_what_follows_stands_where_it_stood() -> None:
    marks = page().main.find_all(string=MARK)
    wanted = [cell.source.split()[0] for cell in payloads.notebook().cells if MARK.match(cell.source)]
    assert [MARK.search(mark)[0] for mark in marks] == wanted
    assert {mark.find_parent().name for mark in marks} == {"p"}
    parents = {id(mark.find_parent("p").parent) for mark in marks}
    assert parents == {id(page().main)}


def test_the_evidence_and_the_page_keep_their_ids() -> None:
    ids = [tag["id"] for tag in page().find_all(id=True)]
    assert len({*ids}) == len(ids)
    assert page().find(id="f-7").get_text() == "7,000"
    assert (page().find(id="top").name, page().find(id="text").name) == ("body", "main")


def test_a_second_cleaning_finds_nothing() -> None:
    """What is written is what a browser's parser makes of it: no text turns into markup when it is read again."""
    for part in (page().main, page().header):
        inside = part.decode_contents(formatter="html5")
        once = safe.clean(inside)
        assert safe.clean(once) == once
        assert nh3.clean_text("<") == "&lt;"
        assert len(BeautifulSoup(once, "html.parser").find_all()) == len(part.find_all())


@pytest.mark.parametrize(
    "text", ["<a " * 16_000, "<div>" * 20_000, "<" * 50_000, "<!--" * 10_000, "[" * 5_000, "$" * 20_000]
)
def test_long_rubbish_takes_no_longer_than_its_length(text: str) -> None:
    from time import perf_counter

    from nbformat.v4 import new_output

    start = perf_counter()
    for cell in (text, new_output("display_data", {"text/html": text})):
        BriefingHTML().prepare(payloads.build("# T", cell), None)
    assert perf_counter() - start < 8


def test_the_pdf_holds_nothing_that_acts() -> None:
    pdf, _ = BriefingPDF().from_notebook_node(payloads.notebook())
    reader = PdfReader(BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm"} & {*root.keys()}
    assert "/JavaScript" not in root.get("/Names", {})
    notes = [note.get_object() for one in reader.pages for note in one.get("/Annots", [])]
    assert {note["/Subtype"] for note in notes} == {"/Link"}
    for note in notes:
        action = note.get("/A", {})
        assert action.get("/S", "/GoTo") in ("/GoTo", "/URI")
        assert re.match(r"https?://|mailto:", action.get("/URI", "https://"))
    text = re.sub(r"\s", "", "".join(one.extract_text() for one in reader.pages))
    wanted = [cell.source.split()[0] for cell in payloads.notebook().cells if MARK.match(cell.source)]
    assert [mark for mark in wanted if mark not in text] == []

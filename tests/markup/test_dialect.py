"""The dialect: the same text in HTML, Typst and plain text, and nothing but text from what is hostile."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

import pytest
import tinycss2
import typst
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from helpers.markup import dialect as markup

HOSTILE = [
    "<script>alert(1)</script>",
    "#{panic()} #panic() $x$ @ref <label> // comment /* c */",
    "](https://evil.example/) [a](b) ![i](j) [s]{#f-1 .mark}",
    "quotes \" ' ` and backslashes \\ \\\\ \\n",
    "*a* _b_ **c** ~~d~~ | e | & &amp; &#60;",
    "Table: no caption {#t}",
    "ңғүұқөһі Қазақстан №1 — “тырнақша”",
    "# no heading",
    "- no list",
    "2023. no list",
    "> no quote",
    "=== ---",
    "  leading and trailing  ",
]


def soup(markdown: str) -> BeautifulSoup:
    return BeautifulSoup(markup.to_html(markdown), "html.parser")


def squeezed(text: str) -> str:
    return " ".join(text.split())


def typst_text(markdown: str) -> str:
    """The text that Typst's own compiler finds in the Typst form."""
    source = f"{STUBS}#metadata([{markup.to_typst(markdown)}])<body>"
    content = json.loads(typst.query(source.encode(), "<body>", field="value", one=True))
    return squeezed("".join(texts(content)))


def texts(content: object) -> Iterator[str]:
    if isinstance(content, list):
        for part in content:
            yield from texts(part)
    elif isinstance(content, dict):
        if isinstance(content.get("text"), str):
            yield content["text"]
        for name in ("children", "body", "child"):
            yield from texts(content.get(name))


# The template's vocabulary, each call showing its content alone.
STUBS = "".join(
    f"#let {name}(..any) = any.pos().filter(a => type(a) == content).join()\n"
    for name in ("evidence", "refer", "anchored", "styled", "section", "grid-table", "divider", "uses")
)
LINE = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1).map(squeezed).filter(bool)


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_stands_for_itself_in_every_form(text: str) -> None:
    escaped = markup.escape(text)
    page = soup(escaped)
    assert squeezed(page.get_text()) == squeezed(text)
    assert {tag.name for tag in page.find_all()} <= {"p"}
    assert markup.plain(escaped) == squeezed(text)
    assert typst_text(escaped) == squeezed(text)


@given(LINE)
def test_any_text_survives_escaping(text: str) -> None:
    escaped = markup.escape(text)
    assert markup.plain(escaped) == text
    assert squeezed(soup(escaped).get_text()) == text
    assert typst_text(escaped) == text


@given(LINE)
def test_escaped_text_survives_in_a_table_a_link_and_a_title(text: str) -> None:
    escaped = markup.escape(text)
    page = soup(f'| a |\n|---|\n| {escaped} |\n\n[{escaped}](#s-x "{escaped}")')
    assert squeezed(page.tbody.get_text()) == text
    link = page.find("a")
    assert squeezed(link.get_text()) == text
    assert squeezed(link["title"]) == text


@given(st.text())
def test_a_typst_literal_holds_nothing_but_text(text: str) -> None:
    literal = markup.literal(text)
    inside = literal[1:-1].replace("\\\\", "").replace('\\"', "")
    assert literal[0] == literal[-1] == '"'
    assert '"' not in inside
    assert "\n" not in inside


@given(st.text(alphabet='[]{}()#.*_`|\\<>!-=a 1\n"', max_size=60))
def test_no_markdown_breaks_the_writers(markdown: str) -> None:
    page = soup(markdown)
    assert not page.find(["script", "iframe", "style", "img"])
    markup.plain(markdown)
    typst_text(markdown)


def test_raw_html_of_harmless_kinds_is_markup_and_comments_are_hidden() -> None:
    page = soup('<div onclick="x()">block</div>\n\nsome <b>inline *md*</b> <!-- comment --> <q>open')
    assert [(tag.name, tag.attrs) for tag in page.find_all()] == [
        ("div", {}),
        ("p", {}),
        ("b", {}),
        ("em", {}),
        ("q", {}),
    ]
    assert squeezed(page.get_text(" ")) == "block some inline md open"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("#f-1", True),
        ("https://example.org/?a=1&b=2", True),
        ("http://example.org", True),
        ("mailto:desk@example.org", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//example.org", False),
        ("other.html", False),
        ("#", False),
    ],
)
def test_links_lead_only_within_the_page_to_the_web_and_to_mail(url: str, kept: bool) -> None:
    link = soup(f"[text]({url})").find("a")
    assert (link is not None) is kept
    assert not kept or link["href"] == url
    assert ("link(" in markup.to_typst(f"[text]({url})") or "evidence(" in markup.to_typst(f"[text]({url})")) is kept


@pytest.mark.parametrize(("prefix", "kind"), [("f", "num"), ("w", "num"), ("e", "num"), ("s", "src"), ("c", None)])
def test_links_to_evidence_have_their_kind(prefix: str, kind: str | None) -> None:
    link = soup(f"[27,000](#{prefix}-27)").find("a")
    assert link.get("class", [None])[0] == kind
    call = "evidence" if kind == "num" else "refer"
    assert markup.to_typst(f"[27,000](#{prefix}-27)").strip() == f'#{call}("{prefix}-27")[#"27,000";];'


def test_a_link_keeps_its_title() -> None:
    markdown = '[The Astana Times](#s-at "15 November 2023. https://example.org/")'
    assert soup(markdown).a["title"] == "15 November 2023. https://example.org/"


def test_spans_carry_anchor_classes_and_language_and_nest() -> None:
    markdown = "[қазақ [9 [b]](#w-1) [c]]{#zz .words .mark lang=kk-KZ} [[b]]{.mark}"
    first, second = soup(markdown).find("p").find_all("span", recursive=False)
    assert (first["id"], first["class"], first["lang"]) == ("zz", ["words", "mark"], "kk-KZ")
    assert first.a["href"] == "#w-1"
    assert second.get_text() == "[b]"
    source = markup.to_typst(markdown)
    assert '#anchored("zz")[#text(lang: "kk")[' in source
    assert '#styled("mark")[' in source


@pytest.mark.parametrize("text", ["[a]{onclick=x}", "[a]{.x style=y}", "[a]{}", "[a] {.x}", "a{.x}"])
def test_other_braces_are_text(text: str) -> None:
    assert soup(text).find("span") is None
    assert text in soup(text).get_text()


TABLE = """Table: Caption of [it](#f-a) {#t-1}

| | Low | High |
|---|---:|:-:|
| People, who | [3.5](#w-1) | 1 \\| 2 |
| Arrests | | x |
"""


def test_a_table_has_caption_scopes_alignment_and_a_box_to_scroll_in() -> None:
    page = soup(TABLE)
    assert page.caption.get_text() == "Caption of it"
    assert page.table["id"] == "t-1"
    assert page.div["aria-label"] == "Caption of it"
    assert (page.div["role"], page.div["tabindex"]) == ("region", "0")
    assert [(th.get_text(), th["scope"]) for th in page.find_all("th")] == [
        ("Low", "col"),
        ("High", "col"),
        ("People, who", "row"),
        ("Arrests", "row"),
    ]
    cells = page.tbody.find_all("td")
    assert [cell["class"] for cell in cells] == [["right"], ["center"]] * 2
    assert cells[1].get_text() == "1 | 2"
    assert "Table:" not in page.get_text()


def test_a_table_in_typst_has_caption_header_and_label() -> None:
    source = markup.to_typst(TABLE)
    assert 'caption: [#"Caption of ";' in source
    assert 'id: "t-1"' in source
    assert "align: (left, right, center,)" in source
    assert source.index("header: (") < source.index("Arrests")
    assert "sizes: (11,3,5,)" in source


def test_a_row_of_one_bold_cell_heads_the_rows_below_it() -> None:
    markdown = (
        "| When | How many |\n|---|---|\n| **Orders** |\n| 2022 | 67 |\n| **Cases** |\n| 2023 | 16 |\n| 2024 | 43 |"
    )
    groups = soup(markdown).find_all("tbody")
    assert [[cell.get_text() for cell in group.find_all(["th", "td"])] for group in groups] == [
        ["Orders", "2022", "67"],
        ["Cases", "2023", "16", "2024", "43"],
    ]
    heading = groups[1].th
    assert (heading["colspan"], heading["scope"]) == ("2", "colgroup")
    source = markup.to_typst(markdown)
    assert "grouped: true" in source
    assert 'group(2)[#"Cases";]' in source
    for plain in ("| c | d |", "| c |", "| **c** and **d** |", "| **c** | |"):
        assert "grouped" not in markup.to_typst(f"| a | b |\n|---|---|\n{plain}")
        assert not soup(f"| a | b |\n|---|---|\n{plain}").find(colspan=True)


def test_a_table_of_three_columns_tells_a_narrow_screen_what_each_cell_is() -> None:
    rows = "|---|---|---|\n| x | 1 | 2 |"
    table = soup(f"| Name | You “can't” \\\\ say; 7 < 8 | Then |\n{rows}").table
    assert table["class"] == ["cards"]
    said = {one.name: one.value for one in tinycss2.parse_blocks_contents(table["style"]) if one.type == "declaration"}
    strings = {name: [part.value for part in value if part.type == "string"] for name, value in said.items()}
    assert strings == {"--2": ["You “can't” \\ say; 7 < 8"], "--3": ["Then"]}
    assert soup(f"| Name | What | Then |\n{rows}\n| y | {'a sentence ' * 9} | 3 |").table["class"] == ["cards", "told"]
    assert "class" not in soup("| a | b |\n|---|---|\n| c | d |").table.attrs


def test_without_a_table_a_caption_is_a_paragraph() -> None:
    assert soup("Table: alone\n\nText").get_text().split() == ["Table:", "alone", "Text"]
    assert soup("Table: not directly\n\nText\n\n| a |\n|---|\n| b |").caption is None


def test_headings_have_ids_and_take_anchors() -> None:
    page = soup("## Before and after, 2023\n\n### Қазақша сөз\n\n## Named {#limits}")
    assert [h["id"] for h in page.find_all(["h2", "h3"])] == ["before-and-after-2023", "қазақша-сөз", "limits"]
    assert page.find(id="limits").get_text() == "Named"
    assert '#section(level: 2, id: "limits")[#"Named";]' in markup.to_typst("## Named {#limits}")


def test_pictures_become_their_alt_text() -> None:
    assert soup("![A *picture*](https://example.org/track.png)").get_text().strip() == "A picture"
    assert "track" not in markup.to_typst("![A picture](https://example.org/track.png)")


def test_plain_text_is_one_line_per_paragraph_item_and_row() -> None:
    markdown = f"# Title\n\nA **bold** [27](#f-1)\nline\n\n- one\n- two\n\n{TABLE}"
    assert markup.plain(markdown).splitlines() == [
        "Title",
        "A bold 27 line",
        "one",
        "two",
        "Caption of it",
        "Low · High",
        "People, who · 3.5 · 1 | 2",
        "Arrests · x",
    ]


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"><rect width="8" height="4"/></svg>'


def test_small_drawing_stands_in_its_cell_as_an_image_with_its_text() -> None:
    cell = markup.drawing(DRAWING, 'from "3.5" to <4.3>')
    image = soup(f"| a | b |\n|---|---|\n| x | {cell} |").td.img
    assert image["alt"] == 'from "3.5" to <4.3>'
    assert base64.b64decode(image["src"].partition(",")[2]).decode() == DRAWING
    assert markup.plain(cell) == 'from "3.5" to <4.3>'
    assert typst.compile(markup.to_typst(cell).encode(), format="pdf").startswith(b"%PDF")


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a.svg",
        "data:image/svg+xml;base64,%%%",
        "data:image/svg+xml;base64,PGEvPg==",
        "data:image/png;base64,AAAA",
    ],
)
def test_any_other_image_is_its_text_alone(address: str) -> None:
    assert soup(f"![words]({address})").find("img") is None
    assert soup(f"![words]({address})").get_text().strip() == "words"
    assert typst_text(f"![words]({address})") == "words"

"""The PDF: set by the real compiler, which refuses what PDF/UA-1 does not allow, and read back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from export.samples import SVG, briefing, build, chart, png, say
from export.test_html import contrast
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from nbconvert.exporters import get_exporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output, new_raw_cell
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from helpers.export import document
from helpers.export.typst import BriefingPDF
from helpers.markup import dialect as markup

HOSTILE = '<script>x</script> #{panic()} #panic() ](https://x.y) "q" \\ & &amp; @ref $x$ қазақша ңғүұ'


def exported(notebook: NotebookNode) -> PdfReader:
    return PdfReader(BytesIO(BriefingPDF().from_notebook_node(notebook)[0]))


@cache
def the_briefing() -> PdfReader:
    return exported(briefing())


def text(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def elements(pdf: PdfReader) -> Iterator[DictionaryObject]:
    """The structure that a screen reader walks, depth first."""

    def walk(node: object) -> Iterator[DictionaryObject]:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                yield from walk(child)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                yield node
            yield from walk(node.get("/K", []))

    yield from walk(pdf.trailer["/Root"]["/StructTreeRoot"])


def kinds(pdf: PdfReader) -> list[str]:
    return [str(element["/S"]) for element in elements(pdf)]


def titles(outline: list) -> list:
    return [titles(item) if isinstance(item, list) else item.title for item in outline]


def links(pdf: PdfReader) -> list[DictionaryObject]:
    notes = [note.get_object() for page in pdf.pages for note in page.get("/Annots", [])]
    return [note for note in notes if note["/Subtype"] == "/Link"]


def test_the_document_is_tagged_titled_and_in_its_language() -> None:
    pdf = the_briefing()
    root = pdf.trailer["/Root"]
    assert pdf.metadata.title == "What the figures carry"
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"] is not False
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert pdf.metadata.creation_date.isoformat().startswith("2024-01-22")


def test_bookmarks_follow_the_sections_and_leave_out_the_empty_ones() -> None:
    assert titles(the_briefing().outline) == [
        "What the figures carry",
        ["Key points", ["You may write", "Do not write"], "Before and after", "Evidence"],
    ]
    assert "Left out" not in text(the_briefing())


def test_code_and_set_up_do_not_export() -> None:
    assert "typed_in_code" not in text(the_briefing())
    assert "noise of the set-up" not in text(the_briefing())


def test_structure_has_headings_lists_tables_with_headers_and_figures_with_alt_text() -> None:
    found = kinds(the_briefing())
    for kind in ("/H1", "/H2", "/H3", "/L", "/LI", "/Table", "/TH", "/TD", "/Caption", "/Figure", "/Link"):
        assert kind in found, kind
    alts = [str(e["/Alt"]) for e in elements(the_briefing()) if e["/S"] == "/Figure"]
    assert alts == ["Three dots & a line"]
    assert found.count("/TH") == 2


def test_evidence_names_the_pages_that_use_it_and_the_first_anchor_holds() -> None:
    shown = text(the_briefing())
    assert re.search(r"7,000 people ↩ ?p\. 1 ", shown)
    assert not re.search(r"again ↩", shown)
    assert re.search(r"1 July 2023 ↩ ?p\. 1", shown)


def test_links_lead_somewhere_and_those_to_what_is_left_out_are_text() -> None:
    pdf = the_briefing()
    inside = [link for link in links(pdf) if "/Dest" in link or link.get("/A", {}).get("/S") == "/GoTo"]
    assert len(inside) >= 10
    assert "what is gone" in text(pdf)
    assert exported(build("# T", "[a](#gone), [b](#f-gone), [c](#s-gone)")).pages[0].get("/Annots", []) == []


def test_a_note_stands_in_the_margin_beside_its_paragraph() -> None:
    pdf = exported(
        build("# T", "Before it.", say("First what it notes."), say("Aside from that.", "note"), "After it.")
    )
    places: dict[str, tuple[float, float]] = {}

    def visit(part: str, page: list[float], line: list[float], *_: object) -> None:
        at = line[4] * page[0] + page[4], line[5] * page[3] + page[5]
        places.setdefault(part.strip()[:5], at)

    pdf.pages[0].extract_text(visitor_text=visit)
    assert places["Aside"][0] - places["First"][0] == pytest.approx(124 * 72 / 25.4, abs=1)
    assert places["Aside"][1] == pytest.approx(places["First"][1], abs=6)


def test_no_page_break_and_no_chart_parts_a_paragraph() -> None:
    paragraphs = [f"Start{n} {'and a line of words that goes on ' * 16} end{n}." for n in range(30)]
    for before in (3, 7, 8, 9):  # the chart fits on the page, or it opens the next one
        cells = [*paragraphs[:before], "## Its section", chart(), *paragraphs[before:], "## The next"]
        pages = [page.extract_text() for page in exported(build("# T", *cells)).pages]
        for n in range(30):
            assert sum(f"Start{n} " in page and f"end{n}." in page for page in pages) == 1, (before, n)
        (at,) = (n for n, page in enumerate(pages) if "The measure" in page)
        shown = "\n".join(pages[: at + 1])
        assert 0 < shown.index("Its section") < shown.index("The measure"), before
    # Too long for a page to be left short for it, a paragraph goes over two.
    assert len(exported(build("# T", "word " * 4_000)).pages) > 2


def test_a_chart_behind_the_evidence_is_set_whatever_room_is_left() -> None:
    evidence = say("- [7,000]{#f-7}: the evidence", "evidence")
    # In one of these the chart no longer fits in its column and floats to the next.
    for before in range(3, 9):
        pdf = exported(build("# T", evidence, *["word " * 100] * before, chart()))
        assert "The measure" in text(pdf), before
        assert text(pdf).count("word") == 100 * before


def test_the_same_notebook_gives_the_same_bytes() -> None:
    one, other = (BriefingPDF().from_notebook_node(briefing())[0] for _ in range(2))
    assert one == other


def test_without_a_date_there_is_no_clock_in_it() -> None:
    made = exported(build("# T\n\nText"))
    assert made.metadata.creation_date is None or made.metadata.creation_date.year == 1970


def test_fonts_come_from_packages_and_charts_are_set_like_tables() -> None:
    drawn = exported(build("# T", "Text", chart()))
    fonts = {
        str(font.get_object()["/BaseFont"]) for page in drawn.pages for font in page["/Resources"]["/Font"].values()
    }
    assert {re.sub(r"^.*\+|-.*$", "", font) for font in fonts} == {"IBMPlexSans", "IBMPlexSerif"}
    assert "DejaVu Sans" in SVG
    assert "ңғүұ drawn label" in text(drawn)


def test_hostile_text_is_text() -> None:
    notebook = build(
        f"# {markup.escape(HOSTILE)}",
        f"## {markup.escape(HOSTILE)}",
        say(markup.escape(HOSTILE)),
        f"```\n{HOSTILE}\n```",
        new_output("stream", name="stdout", text=HOSTILE),
        new_output("error", ename="E", evalue=HOSTILE, traceback=[HOSTILE]),
        new_output("display_data", {"text/plain": HOSTILE}),
        new_raw_cell(HOSTILE),
        title=HOSTILE,
        description=HOSTILE,
    )
    shown = re.sub(r"\s", "", text(exported(notebook)))
    assert shown.count(re.sub(r"\s", "", HOSTILE)) >= 8
    assert exported(notebook).metadata.title == HOSTILE


def test_a_hostile_chart_is_text_too() -> None:
    bad = chart()
    bad.metadata["image/svg+xml"].update(title=HOSTILE, subtitle=HOSTILE, alt=HOSTILE, id='x") panic("', source=HOSTILE)
    pdf = exported(build("# T", bad))
    assert [str(e["/Alt"]) for e in elements(pdf) if e["/S"] == "/Figure"] == [HOSTILE]


@pytest.mark.parametrize(
    "cells",
    [
        ("## Second level first\n\na", "#### Deep\n\nb", "# Title last\n\nc"),
        ("# T", "# Again\n\na", "###### Six\n\nb", "#\n\nc", "> ## Quoted\n>\n> d\n\n- # In a list\n\n  e"),
        ("No heading at all",),
        ("# Only a title",),
        (),
    ],
    ids=["skipping", "second-title", "no-heading", "title-only", "nothing"],
)
def test_a_users_headings_compile_whatever_their_levels(cells: tuple[str, ...]) -> None:
    pdf = exported(build(*cells))
    assert pdf.metadata.title
    assert kinds(pdf).count("/H1") == 1
    words = [word for cell in cells for word in re.findall(r"\w+", cell)]
    assert [word for word in words if word not in text(pdf)] == []


def test_the_dialect_compiles_whole() -> None:
    pdf = exported(
        build(
            "# T\n\n*a* **b** `c` [web](https://example.org/) <b>raw</b>\\\nbroken ![alt](x.png)\n\n3. three\n4. four\n"
            "   - nested\n\n> quote\n\n---\n\n```py\nx = 1\n```\n\n| | n |\n|---|---:|\n| r | 1 |\n\n"
            "Table: Cap {#t}\n\n| a | b |\n|:-:|---|\n\n[x]{#y .label-reading .unknown lang=kk} [z](#y) [t](#t)"
        )
    )
    shown = text(pdf)
    assert "<b>" not in shown
    for part in ("raw broken", "alt", "3. three", "nested", "quote", "x = 1", "Cap"):
        assert part in shown
    assert "/BlockQuote" in kinds(pdf)


def test_long_tables_break_across_pages_and_repeat_their_header() -> None:
    rows = "\n".join(
        f"| Row {n} | a longer cell that says what the figure of row {n} counts and where |" for n in range(240)
    )
    pdf = exported(build("# T", say(f"Table: Long\n\n| Leftmost | What |\n|---|---|\n{rows}")))
    assert len(pdf.pages) > 2
    assert all("Leftmost" in page.extract_text() for page in list(pdf.pages)[1:])


def test_outputs_of_a_users_own_cells_are_shown() -> None:
    table = new_output(
        "execute_result", {"text/html": "<table><tr><td>x</td></tr></table>", "text/plain": "the text of a table"}
    )
    picture = new_code_cell("", outputs=[new_output("display_data", {"image/png": png()})], metadata={"alt": "Grey"})
    bare = new_output("display_data", {"image/svg+xml": SVG, "text/plain": "<Figure>"})
    error = new_output("error", ename="ValueError", evalue="bad", traceback=["\x1b[31mValueError\x1b[0m: bad"])
    pdf = exported(
        build(
            "# T",
            table,
            picture,
            bare,
            new_output("stream", name="stdout", text="50%\r100%"),
            error,
            new_output("display_data", {"application/json": {"k": 1}}),
            new_output("display_data", {"text/html": "<p>only &lt;html&gt;</p>"}),
            new_output("display_data", {"application/x-own": "?"}),
        )
    )
    shown = text(pdf).replace("x- own", "x-own")
    for part in (
        "x",
        "100%",
        "This cell failed",
        "ValueError: bad",
        '"k": 1',
        "only <html>",
        "application/x-own",
    ):
        assert part in shown, part
    assert "50%" not in shown
    assert "the text of a table" not in shown
    alts = [str(e["/Alt"]) for e in elements(pdf) if e["/S"] == "/Figure"]
    assert alts == ["Grey", "Picture without a description. <Figure>"]


def test_every_colour_of_a_text_stands_out_from_the_paper_and_from_a_tinted_box() -> None:
    template = files("helpers.export").joinpath("template.typ").read_text(encoding="utf-8")
    colours = dict(re.findall(r'#let ([\w-]+) = rgb\("(#[0-9a-f]{6})"\)', template))
    for name in ("ink", "muted", "warning"):
        assert contrast(colours[name], "#ffffff") >= 4.5, name
        assert contrast(colours[name], colours["tint"]) >= 4.5, name


def test_every_role_is_set() -> None:
    source = BriefingPDF().source(build("# T", *(say("text", role) for role in document.ROLES)))
    roles = source[source.index("#let roles") : source.index("#let role(")]
    assert [role for role in document.ROLES if not re.search(rf"^  {role}:", roles, re.MULTILINE)] == []


@pytest.mark.parametrize("language", ["kk", "ru", "zz", "en-GB"])
def test_languages(language: str) -> None:
    pdf = exported(build("# Тақырып\n\nМәтін [7](#f-7) [7]{#f-7}", language=language))
    assert pdf.trailer["/Root"]["/Lang"].startswith(language.split("-")[0])


def test_metadata_that_cannot_be_read_is_named() -> None:
    with pytest.raises(ValueError, match=r"`soon` for `briefing\.date`"):
        exported(build("# T", date="soon"))


def test_nbconvert_finds_the_exporter() -> None:
    _, resources = get_exporter("helpers.export.typst.BriefingPDF")().from_notebook_node(briefing())
    assert resources["output_extension"] == ".pdf"


@pytest.mark.parametrize("letter", "北\ufeff\uffff\u0378\U0010fffd\U0001f468\u20e3\ud800\u2028\u0000\ufffd\ue000")
def test_a_letter_that_no_font_has_is_named_wherever_it_stands(letter: str) -> None:
    said = f"a{letter}b"
    drawn = chart()
    drawn.metadata["image/svg+xml"].update(title=said, alt=said)
    notebook = build(
        f"# {said}",
        f"`{said}` [{said}](https://example.org/{letter}) $x_{{{letter}}}$ ![{said}](none.png)\n\n| {said} |\n|---|",
        new_output("error", ename="E", evalue=said, traceback=[said]),
        new_output(
            "display_data", {"text/html": f"<table><tr><td>{said}</table><iframe src='https://{said}/'></iframe>"}
        ),
        new_output("display_data", {"image/svg+xml": SVG.replace("drawn", said if letter.isprintable() else "drawn")}),
        drawn,
        title=said,
        description=said,
    )
    pdf, resources = BriefingPDF(machine_fonts=False).from_notebook_node(notebook)
    named = {line.split(",")[0] for line in resources["losses"] if f"U+{ord(letter):04X}" in line}
    boxed = letter in "北\uffff\u0378\U0010fffd\U0001f468\u20e3\ue000"
    assert named >= ({"The notebook", "Cell 1", "Cell 2", "Cell 3", "Cell 4", "Cell 6"} if boxed else set())
    assert ("□" in text(PdfReader(BytesIO(pdf)))) is boxed


def font_of(letters: str, name: str, folder: Path, rights: int = 0, *, named: bool = True) -> Path:
    """A font whose letters are all one square."""
    pen = TTGlyphPen(None)
    for step, place in enumerate(((50, 0), (50, 700), (650, 700), (650, 0))):
        (pen.lineTo if step else pen.moveTo)(place)
    pen.closePath()
    square, names = pen.glyph(), [".notdef", "square"]
    made = FontBuilder(1000)
    made.setupGlyphOrder(names)
    made.setupCharacterMap({ord(letter): "square" for letter in letters})
    made.setupGlyf(dict.fromkeys(names, square))
    made.setupHorizontalMetrics(dict.fromkeys(names, (700, 50)))
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": name, "fullName": name, "psName": name} if named else {})
    made.setupOS2(fsType=rights, sTypoAscender=800, usWeightClass=400)
    made.setupPost()
    path = folder / f"{name}.ttf"
    made.save(path)
    return path


def test_letters_that_no_font_of_the_packages_has_are_set_in_one_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    found = [
        font_of("京", "Forbidden", tmp_path, rights=2),
        font_of("北", "Square", tmp_path),
        font_of("北a", "Second", tmp_path),
    ]
    monkeypatch.setattr("matplotlib.font_manager.findSystemFonts", lambda: [str(broken), *map(str, reversed(found))])
    notebook = build("# 北 T", "a 北 京", title="")
    pdf, resources = BriefingPDF().from_notebook_node(notebook)
    read = PdfReader(BytesIO(pdf))
    fonts = {str(font.get_object()["/BaseFont"]) for one in read.pages for font in one["/Resources"]["/Font"].values()}
    assert [font for font in fonts if "Second" in font or "Square" in font] != []
    assert not [font for font in fonts if "Forbidden" in font]
    assert "a 北 □" in text(read)
    assert resources["losses"] == ["Cell 2, letters: no font of the PDF has U+4EAC."]
    assert BriefingPDF().from_notebook_node(notebook)[0] == pdf
    boxed, resources = BriefingPDF(machine_fonts=False).from_notebook_node(notebook)
    assert "a □ □" in text(PdfReader(BytesIO(boxed)))
    assert resources["losses"][0] == "Cell 1, letters: no font of the PDF has U+5317."


def test_a_font_of_the_machine_that_the_compiler_does_not_take_spoils_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "matplotlib.font_manager.findSystemFonts", lambda: [str(font_of("北", "N", tmp_path, named=False))]
    )
    pdf, resources = BriefingPDF().from_notebook_node(build("# T", "a 北 京"))
    assert "a □ □" in text(PdfReader(BytesIO(pdf)))
    assert resources["losses"] == ["Cell 2, letters: no font of the PDF has U+4EAC, U+5317."]


def test_a_picture_that_only_the_compiler_refuses_is_a_notice() -> None:
    odd = '<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0" viewBox="0 0 0 0"/>'
    pdf, resources = BriefingPDF().from_notebook_node(
        build(
            "# T",
            new_output("display_data", {"image/svg+xml": odd}),
            "after",
            new_output("display_data", {"image/png": png()}),
        )
    )
    assert "after" in text(PdfReader(BytesIO(pdf)))
    assert resources["losses"] in ([], ["Cell 2, picture: the PDF's compiler cannot read it."])


def test_a_row_that_ends_early_leaves_its_last_cells_empty() -> None:
    table = "<table><tr><th>a<th>b<th>c<tr><td>1<tr><td>2<td>3<td>4</table>"
    pdf = exported(build("# T", new_output("display_data", {"text/html": table})))
    rows = [[str(cell.get_object()["/S"]) for cell in row["/K"]] for row in elements(pdf) if row["/S"] == "/TR"]
    assert rows == [["/TH"] * 3, ["/TD"] * 3, ["/TD"] * 3]

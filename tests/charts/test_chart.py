"""A chart in a page and by itself: its SVG, colours, ids, words and files."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from bs4 import BeautifulSoup
from charts.reading import SVG, style, texts
from PIL import Image

from helpers.charts import files
from helpers.charts.calendar import Span, calendar
from helpers.charts.chart import Chart
from helpers.charts.panels import Bar, Panel, panels
from helpers.charts.sheet import DARK, PALETTE
from helpers.export.html import stylesheet
from helpers.words.template import Writer

TEXTS = ("ink", "muted", "break")
MARKS = ("before", "after", "worked", "break", "rule")


def made(w: Writer, id: str = "hero") -> Chart:
    bars = [Bar("brought-before"), Bar("brought-after"), Bar("orders-early", side="before")]
    return panels(w, id, "From {brought-before} to more", "Kazakhstan", [Panel("People", "persons", bars, "nearly 4×")])


def taken(w: Writer) -> dict[str, bytes]:
    """The files of the chart, from a notebook that shows other things too."""
    data, metadata = made(w)._repr_mimebundle_()
    return files.taken([{"data": data, "metadata": metadata}, {"metadata": {}}, {}])


# --- the drawing ---------------------------------------------------------------------------------------------------


def test_same_bytes_twice_whatever_the_readers_settings(w: Writer) -> None:
    first = made(w)
    before = dict(mpl.rcParams)
    assert first == made(w)
    assert dict(mpl.rcParams) == before
    with mpl.rc_context({"font.size": 20, "svg.hashsalt": "other", "svg.fonttype": "path", "hatch.linewidth": 9}):
        assert made(w) == first


def test_drawing_refers_to_itself_alone(w: Writer) -> None:
    for svg in (made(w).wide, made(w).narrow, taken(w)["charts/hero.svg"].decode()):
        ids = re.findall(r'\bid="([^"]+)"', svg)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r"url\(#([^)]+)\)", svg)) | set(re.findall(r'href="#([^"]+)"', svg)) <= set(ids)
        assert "url(#" in svg
        assert set(re.findall(r"\w+://[^\s\"'<>)]+", svg)) == {"http://www.w3.org/2000/svg"}
        assert not re.search(r"@import|<image|<script|<metadata|<!DOCTYPE|<\?xml|clip-path", svg)
        assert texts(svg)


def test_ids_are_unique_across_charts_of_a_page(w: Writer) -> None:
    charts = [made(w), made(w, "hero-2"), calendar(w, "cal", "t", "s", [Span("brought-after"), Span("offenders")])]
    page = BeautifulSoup("".join(chart.html() for chart in charts), "html.parser")
    ids = [tag["id"] for tag in page.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_unit_of_a_drawing_is_a_pixel(w: Writer) -> None:
    for svg in (made(w).wide, made(w).narrow):
        root = ElementTree.fromstring(svg)
        assert [float(root.get(side)) for side in ("width", "height")] == [
            float(n) for n in root.get("viewBox").split()[2:]
        ]


# --- colour --------------------------------------------------------------------------------------------------------


def contrast(a: str, b: str) -> float:
    def luminance(colour: str) -> float:
        channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [PALETTE, DARK], ids=["light", "dark"])
def test_texts_can_be_read_and_marks_seen(colours: dict[str, str]) -> None:
    assert [name for name in TEXTS if contrast(colours[name], colours["paper"]) < 4.5] == []
    assert [name for name in MARKS if contrast(colours[name], colours["paper"]) < 3] == []


def test_page_has_the_same_colours_light_and_dark() -> None:
    light, dark = re.findall(r"--ink: #.*?\}", stylesheet(), re.DOTALL)[:2]
    for colours, rules in ((PALETTE, light), (DARK, dark)):
        given = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", rules))
        assert {name: given[name] for name in colours} == colours


def test_colours_and_font_of_a_page_are_its_own(w: Writer) -> None:
    chart = made(w)
    assert set(re.findall(r"#[0-9a-fA-F]{6}\b", chart.wide)) <= set(PALETTE.values())
    drawings = "".join(map(str, BeautifulSoup(chart.html(), "html.parser").find_all("svg")))
    assert not re.search(r"#[0-9a-f]{6}\b", drawings)
    assert "DejaVu" not in drawings


def test_text_has_a_colour_of_text(w: Writer) -> None:
    fills = {style(one).get("fill") for one in ElementTree.fromstring(made(w).wide).iter(f"{SVG}text")}
    assert fills <= {PALETTE[name] for name in TEXTS}


# --- words and files -----------------------------------------------------------------------------------------------


def test_figure_of_a_page(w: Writer) -> None:
    chart = replace(made(w), alt='a "b" <c> & d')
    figure = BeautifulSoup(chart.html(), "html.parser").figure
    assert figure["id"] == "c-hero"
    assert [svg["aria-label"] for svg in figure.find_all("svg", recursive=True)] == [chart.alt] * 2
    assert figure.figcaption.a["href"] == "#f-brought-before"
    assert figure.details.table.caption.get_text() == "Values in the chart “From 7,000 to more”"
    data, metadata = chart._repr_mimebundle_()
    assert (data["image/svg+xml"], data["text/plain"]) == (chart.wide, chart.alt)
    assert metadata["image/svg+xml"]["narrow"] == chart.narrow


def test_long_alternative_text_is_cut_at_a_word_after_its_first_values(w: Writer) -> None:
    many = [Panel(f"Measure number {n}", "persons", [Bar("brought-after")]) for n in range(30)]
    alt = panels(w, "many", "Title", "s", many).alt
    assert "Measure number 6: Jul–Oct 2023 27,000" in alt
    assert alt.endswith(" …")
    assert 280 < len(alt) <= 350


def test_files_have_title_source_and_licence_inside(w: Writer) -> None:
    found = taken(w)
    assert set(found) == {"charts/hero.svg", "charts/hero.png"}
    assert found == taken(w)
    svg, image = found["charts/hero.svg"].decode(), Image.open(io.BytesIO(found["charts/hero.png"]))
    whole = " ".join(box.what for box in texts(svg))
    for words in ("From 7,000 to more", "The Astana Times, 15 November 2023", "Creative Commons Attribution 4.0"):
        assert words in whole
    assert ElementTree.fromstring(svg).find(f"{SVG}title").text == "From 7,000 to more"
    assert image.text["Title"] == "From 7,000 to more"
    assert "Creative Commons" in image.text["Copyright"]
    assert image.size == tuple(2 * float(ElementTree.fromstring(svg).get(side)) for side in ("width", "height"))


def test_a_file_is_the_drawing_of_the_page_between_its_words(w: Writer) -> None:
    root = ElementTree.fromstring(taken(w)["charts/hero.svg"])
    drawing, inside = ElementTree.fromstring(made(w).wide), root.find(f"{SVG}g")
    assert [ElementTree.tostring(one) for one in inside] == [ElementTree.tostring(one) for one in drawing]
    left, top = map(float, re.findall(r"[\d.]+", inside.get("transform")))
    assert float(root.get("width")) == float(drawing.get("width")) + 2 * left
    baselines = [float(one.get("y")) for one in root.findall(f"{SVG}text")]
    bottom = top + float(drawing.get("height"))
    above, below = [y for y in baselines if y < top], [y for y in baselines if y > bottom]
    assert above
    assert len(above) + len(below) == len(baselines)
    assert max(below) < float(root.get("height")) - 10
    wide = float(drawing.get("width"))
    assert all(box.width <= wide for box in texts(ElementTree.tostring(root, encoding="unicode")))


def test_a_picture_shows_the_drawing_in_its_place_and_every_letter_as_it_is(w: Writer) -> None:
    plain = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50">'
        '<rect x="10" y="20" width="30" height="8" style="fill: #0b6a72"/></svg>'
    )
    file = files.svg(plain, "", "“Ә” – $x$ \\ <b>", "", "", "")
    image = Image.open(io.BytesIO(files.png(file, "“Ә” – $x$", "a", "b"))).convert("RGB")
    top = float(re.search(r"translate\(16 ([\d.]+)\)", file)[1])
    teal = tuple(int(PALETTE["after"][at : at + 2], 16) for at in (1, 3, 5))
    seen = [(x, y) for x in range(image.width) for y in range(image.height) if image.getpixel((x, y)) == teal]
    left, right = 2 * (16 + 10), 2 * (16 + 40) - 1
    assert (min(seen), max(seen)) == ((left, 2 * top + 40), (right, 2 * top + 55))
    # A letter that the compiler took for code, or lost, would leave another picture.
    other = files.png(files.svg(plain, "", "\\u201c", "", "", ""), "", "", "")
    assert files.png(files.svg(plain, "", "“", "", "", ""), "", "", "") != other


def test_name_that_is_no_file_is_refused(w: Writer) -> None:
    with pytest.raises(ValueError, match=r"`\.\./a`: use lower-case letters"):
        made(w, "../a")


def test_a_drawing_without_a_size_is_refused() -> None:
    with pytest.raises(ValueError, match='`<svg width="10"/>`: give it `width` and `height`'):
        files.svg('<svg width="10"/>', "", "", "", "", "")

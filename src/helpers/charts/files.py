"""The charts of a report as files of their own, for slides and articles.

A notebook holds each drawing once, as it stands in the page. The file is that drawing with title, subtitle, source and
licence written around it; the picture is set from the file by the compiler that sets the PDF, which takes a fifth of
the time that a second drawing would.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
import typst
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from helpers.charts.sheet import BODY, BOLD, FONT, PALETTE, SMALL, wrap
from helpers.markup import dialect as markup
from helpers.markup.literal import literal

FOLDER = "charts"
MARGIN = 16  # around the drawing and its words
_TITLE = 19.0  # type size
_SCALE = 2  # pixels of the picture to a CSS pixel
_FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"


def taken(outputs: Iterable[Mapping[str, Any]]) -> dict[str, bytes]:
    """The SVG and PNG of every chart among the outputs of a notebook, by path: "charts/before-after.png".

    Title, source and licence stand inside each.
    """
    found = {}
    for output in outputs:
        about = output.get("metadata", {}).get("image/svg+xml", {})
        if "licence" in about:
            words = {name: markup.plain(about[name]) for name in ("title", "subtitle", "source", "licence")}
            file = svg(output["data"]["image/svg+xml"], about["alt"], **words)
            found[f"{FOLDER}/{about['id']}.svg"] = file.encode()
            found[f"{FOLDER}/{about['id']}.png"] = png(file, words["title"], words["source"], words["licence"])
    return found


def svg(drawing: str, alt: str, title: str, subtitle: str, source: str, licence: str) -> str:
    """A drawing with words around it.

    Parameters
    ----------
    drawing
        SVG of a chart, one unit a CSS pixel.
    alt
        What it shows, for those who do not see it.
    title, subtitle, source, licence
        Plain text; an empty one takes no room.
    """
    width, height = size(drawing)
    inside = drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")]
    above = [(line, _TITLE, BOLD, "ink", 25.0) for line in wrap(title, width, _TITLE, BOLD)]
    above += [(line, BODY, 400, "muted", 19.0) for line in wrap(subtitle, width, BODY) if line]
    parts = [source, *([f"Licence: {licence}"] if licence else [])]
    below = [(line, SMALL, 400, "muted", 16.0) for part in parts if part for line in wrap(part, width, SMALL)]
    top = sum(line[-1] for line in above) + MARGIN + 10
    across, down = width + 2 * MARGIN, top + height + sum(line[-1] for line in below) + MARGIN + 6
    words = "".join([*_lines(above, MARGIN), *_lines(below, top + height + 6)])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across:g}" height="{down:g}"'
        f' viewBox="0 0 {across:g} {down:g}" role="img">'
        f"<title>{html.escape(title)}</title><desc>{html.escape(alt)}</desc>"
        f'<rect width="{across:g}" height="{down:g}" style="fill: {PALETTE["paper"]}"/>'
        f'<g transform="translate({MARGIN} {top:g})">{inside}</g>{words}</svg>\n'
    )


def size(drawing: str) -> tuple[float, float]:
    """Width and height of an SVG, in its own units.

    Raises
    ------
    ValueError
        If it does not begin with both.
    """
    found = [re.match(rf'<svg [^>]*?\b{side}="([\d.]+)"', drawing) for side in ("width", "height")]
    if not all(found):
        raise ValueError(f"Could not read the size of the drawing `{drawing[:60]}`: give it `width` and `height`.")
    width, height = (float(one[1]) for one in found if one)
    return width, height


def _lines(lines: Iterable[tuple[str, float, int, str, float]], y: float) -> Iterator[str]:
    """Lines of text below a height: words, size, weight, colour, and the step down to the baseline."""
    for text, size, weight, colour, step in lines:
        y += step
        look = f"font-size: {size:g}px; font-weight: {weight}; font-family: '{FONT}'; fill: {PALETTE[colour]}"
        yield f'<text style="{look}" x="{MARGIN}" y="{y:g}">{html.escape(text, quote=False)}</text>'


def png(file: str, title: str, source: str, licence: str) -> bytes:
    """The same as a picture, which says in its own fields what it is and whose."""
    width, height = (f"{side:g}pt" for side in size(file))
    page = f"#set page(width: {width}, height: {height}, margin: 0pt)\n#image(bytes({literal(file)}), width: {width})"
    drawn = _compiler().compile(page.encode(), format="png", ppi=72 * _SCALE)
    if not isinstance(drawn, bytes):
        raise ValueError(f"Could not make one picture of the chart “{title}”: the compiler gave none or several pages.")
    about, buffer = PngInfo(), io.BytesIO()
    for name, text in (("Title", title), ("Source", source), ("Copyright", licence)):
        about.add_itxt(name, text)
    with Image.open(io.BytesIO(drawn)) as image:
        image.convert("RGB").save(buffer, "PNG", pnginfo=about, dpi=(72 * _SCALE, 72 * _SCALE))
    return buffer.getvalue()


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=[str(_FONTS)], ignore_system_fonts=True)

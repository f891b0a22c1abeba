"""A chart: a drawing in two widths, the same to take along, and all the words that go with it."""

from __future__ import annotations

import base64
import html
import io
import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg

from helpers.charts.sheet import FONT, NARROW, PALETTE, SMALL, WIDE, Frame, Sheet, style
from helpers.charts.svg import svg
from helpers.markup import dialect as markup
from helpers.words.template import table

Draw = Callable[[int, Frame | None], Sheet]
ALT = 300  # characters of an alternative text after its title
_PNG_SCALE = 2


@dataclass(frozen=True)
class Chart:
    """A drawing in two widths, with all that goes with it.

    Attributes
    ----------
    id
        Stable name, the anchor of the figure.
    title, subtitle, source
        Markdown: the point; measure, place and period; where the values come from.
    alt
        Short text in place of the drawing.
    description
        Markdown table of every value drawn.
    wide, narrow
        SVG in light colours, 720 and 340 units wide, one unit a CSS pixel.
    licence
        Under which it may be reused, in words.
    draw
        Makes the drawing again, for a file that stands by itself.
    """

    id: str
    title: str
    subtitle: str
    source: str
    alt: str
    description: str
    wide: str
    narrow: str
    licence: str = ""
    draw: Draw | None = field(default=None, repr=False, compare=False)

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        data = {
            "image/svg+xml": self.wide,
            "text/markdown": self.description,
            "text/html": self.html(),
            "text/plain": self.alt,
        }
        about = {key: getattr(self, key) for key in ("id", "title", "subtitle", "alt", "source", "narrow")}
        if self.draw:
            about["files"] = {"svg": self.svg_file(), "png": base64.b64encode(self.png_file()).decode()}
        return data, {"image/svg+xml": about}

    def html(self) -> str:
        """The figure as it stands in a page."""
        title, subtitle, source = (_inline(part) for part in (self.title, self.subtitle, self.source))
        drawings = "".join(
            f'<div class="{name}">{_for_page(svg, self.alt)}</div>'
            for name, svg in (("wide", self.wide), ("narrow", self.narrow))
        )
        return (
            f'<figure id="c-{self.id}" class="chart"><figcaption><strong class="title">{title}</strong>'
            f'<span class="subtitle">{subtitle}</span></figcaption>{drawings}'
            f'<p class="source">{source}</p>'
            f"<details><summary>The values in this chart</summary>{markup.to_html(self.description)}</details></figure>"
        )

    # --- to stand by itself

    @property
    def frame(self) -> Frame:
        """Title, subtitle, source and licence as plain text."""
        below = [markup.plain(self.source), *([f"Licence: {self.licence}"] if self.licence else [])]
        return Frame(markup.plain(self.title), markup.plain(self.subtitle), "\n".join(filter(None, below)))

    def svg_file(self) -> str:
        """The wide drawing with title, subtitle, source and licence inside."""
        with style():
            drawn = svg(self.draw(WIDE, self.frame).figure, self.id, "file")
        words = f"<title>{html.escape(self.frame.title)}</title><desc>{html.escape(self.alt)}</desc>"
        head, rest = re.match(r"(<svg [^>]*)>(.*)", drawn, re.DOTALL).groups()
        return f'{head} role="img">{words}{rest}\n'

    def png_file(self) -> bytes:
        """The same as a picture, two pixels to a CSS pixel."""
        about = {"Title": self.frame.title, "Source": markup.plain(self.source), "Copyright": self.licence}
        with style():
            figure = self.draw(WIDE, self.frame).figure
            FigureCanvasAgg(figure)
            buffer = io.BytesIO()
            figure.savefig(buffer, format="png", dpi=72 * _PNG_SCALE, metadata=about | {"Software": None})
        return buffer.getvalue()


def chart(
    id: str,
    title: str,
    subtitle: str,
    source: str,
    draw: Draw,
    *,
    kind: str,
    listing: str,
    header: Sequence[str],
    cells: Sequence[Sequence[str]],
    licence: str = "",
) -> Chart:
    """Draw in both widths.

    Parameters
    ----------
    kind
        What sort of chart it is, the first words of the alternative text.
    listing
        Its values in plain words.
    header, cells
        The table of its values: cells are Markdown.

    Raises
    ------
    ValueError
        If the id cannot name a file.
    """
    if not re.fullmatch(r"[a-z][a-z0-9-]*", id):
        raise ValueError(f"Could not name a chart `{id}`: use lower-case letters, digits and hyphens.")
    with style():
        wide, narrow = (svg(draw(width, None).figure, id, name) for width, name in ((WIDE, "wide"), (NARROW, "narrow")))
    alt = f"{kind}. {markup.plain(title)}. {textwrap.shorten(listing, ALT, placeholder=' …')}"
    description = table(f"Values in the chart “{markup.plain(title)}”", list(header), [list(row) for row in cells])
    return Chart(id, title, subtitle, source, alt, description, wide, narrow, licence, draw)


def licence(head: dict[str, Any]) -> str:
    """The licence of a package in words."""
    return "; ".join(one.get("title") or one.get("name", "") for one in head.get("licenses", []))


def _for_page(svg: str, alt: str) -> str:
    """The drawing for a page: colours as CSS variables, the page's own font and its text in place."""
    for name, colour in PALETTE.items():
        svg = svg.replace(colour, f"var(--{name})")
    # What the style sheet says of every text of a chart need not stand in each.
    svg = re.sub(rf"font-size: {SMALL:g}px; (?=font-family)", "", svg)
    svg = re.sub(rf" ?font-family: '{FONT}'[^;\"]*;?| ?text-anchor: start;?", "", svg)
    svg = re.sub(r"; stroke-linejoin: miter|stroke-dashoffset: 0; ", "", svg)
    svg = re.sub(r'(<text[^>]*?)(?: style="fill: var\(--ink\)"|; fill: var\(--ink\)(?="))', r"\1", svg)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{html.escape(alt)}" ', 1)


def _inline(text: str) -> str:
    return re.sub(r"^<p>|</p>\s*$", "", markup.to_html(text).strip())

"""A chart: a drawing in two widths, and all the words that go with it."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from helpers.charts.sheet import FONT, NARROW, PALETTE, SMALL, WIDE, Sheet, style
from helpers.charts.svg import svg
from helpers.markup import dialect as markup
from helpers.words.blocks import table

Draw = Callable[[int], Sheet]
ALT = 300  # characters of an alternative text after its title


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

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        data = {
            "image/svg+xml": self.wide,
            "text/markdown": self.description,
            "text/html": self.html(),
            "text/plain": self.alt,
        }
        about = {key: getattr(self, key) for key in ("id", "title", "subtitle", "alt", "source", "narrow", "licence")}
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
        wide, narrow = (svg(draw(width).figure, id, name) for width, name in ((WIDE, "wide"), (NARROW, "narrow")))
    alt = f"{kind}. {markup.plain(title)}. {textwrap.shorten(listing, ALT, placeholder=' …')}"
    description = table(f"Values in the chart “{markup.plain(title)}”", list(header), [list(row) for row in cells])
    return Chart(id, title, subtitle, source, alt, description, wide, narrow, licence)


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

"""An executed notebook as one HTML file: nothing executable, no request to anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup, escape
from nbformat import NotebookNode
from traitlets import default

from helpers.export import document, faces, fonts, layout, links, reuse
from helpers.export.base import BriefingExporter, Prepared
from helpers.export.style import stylesheet
from helpers.markup import html
from helpers.markup.tokens import Token, text, walk

_HERE = files("helpers.export")


class BriefingHTML(BriefingExporter):
    """nbconvert's `briefing-html`."""

    export_from_notebook = "Briefing (HTML)"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(  # type: ignore[override]  # nbconvert promises a notebook; its own exporters give text too
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Convert a notebook.

        Raises
        ------
        helpers.export.losses.ExportError
            If the notebook's metadata cannot be read, if it was never run, or, with `strict`, if anything is lost.
        """
        return self.written(self.prepare(nb, resources, **kw))

    def written(self, prepared: Prepared) -> tuple[str, dict[str, Any]]:
        """A prepared notebook as a page; raises as `from_notebook_node`."""
        self.report(prepared)
        for token in prepared.tokens:
            if letters := fonts.missing(text([token])):
                place, said = token.get("cell", 0), fonts.named(letters)
                self.log.warning(
                    f"Cell {place}, letters: a font of the reader's has to show {said}; the page brings none."
                )
        about, headings = prepared.about, prepared.headings
        first = next((heading.text for heading in headings if heading.level == 1), "")
        title = about.title or first or document.name(prepared.resources)
        front, rest = layout.first_screen(prepared.tokens)
        masthead, body = (_lean(html.write(part)) for part in (front, rest))
        masthead = masthead or f"<h1>{escape(title)}</h1>"
        leading = {one["attrs"]["anchor"] for one in walk(front) if one["type"] == "heading"}
        said = "".join(_glances(prepared.glances))
        taken = reuse.of(prepared.notebook)
        page = _template().render(
            about=about,
            title=title,
            masthead=Markup(masthead),
            contents=[heading for heading in headings if heading.level == 2 and heading.id not in leading],
            body=Markup(body),
            style=Markup(
                "\n".join(
                    (
                        faces.rules(title + masthead + body + said, *_serif(prepared.tokens)),
                        _small(stylesheet(".briefing")),
                        said,
                    )
                )
            ),
            data=taken and {"name": taken["name"], "address": reuse.address(taken["csv"])},
            graph=Markup(reuse.script(reuse.shown(taken["graph"], links.ids(prepared.tokens)))) if taken else "",
            words=about.words,
        )
        return page.encode("utf-8", "replace").decode("utf-8"), prepared.resources


def _glances(entries: dict[str, tuple[str, str]]) -> Iterator[str]:
    """What each number shows of its entry, for the style sheet: once for all its mentions.

    It is content of the style, so that nothing is read out or found twice.
    """
    for name, texts in entries.items():
        said = ";".join(
            f"--{part}:{_string(text)}" for part, text in zip(("words", "about"), texts, strict=True) if text
        )
        yield f'[href="#{name}"]{{{said}}}\n'


def _string(text: str) -> str:
    """A text as a string of CSS that nothing in it ends, and no style element either."""
    return '"' + re.sub(r'["\\<\n&]', lambda m: f"\\{ord(m[0]):x} ", text) + '"'


def _serif(tokens: list[Token]) -> tuple[str, str]:
    """What the style sheet sets in the serif: running text, and quotations and emphasis in italics."""
    running = [one for one in tokens if one["type"] not in ("role", "heading", "table", "chart")]
    inside = list(walk(tokens))
    italic = [one for one in inside if one["type"] == "emphasis" or (one["type"] == "span" and one["attrs"]["classes"])]
    return text(running), text(italic)


def _lean(page: str) -> str:
    """A page whose drawings say the same in fewer letters: shapes that close themselves, no needless spaces."""
    return re.sub(r"<svg\b.*?</svg>", lambda found: _lean_drawing(found[0]), page, flags=re.DOTALL)


def _lean_drawing(svg: str) -> str:
    svg = re.sub(r'^(<svg\b[^<>]*) xmlns="[^"]*"', r"\1", svg)  # in a page it goes without saying
    svg = re.sub(r"></(path|use|rect|circle|line)>", "/>", svg)
    svg = re.sub(r'(<path\b[^<>]* d=")([^"]*)', lambda m: m[1] + re.sub(r" *([A-Za-z]) *", r"\1", m[2]), svg)
    return re.sub(r'(<\w+\b[^<>]* style=")([^"]*)', lambda m: m[1] + re.sub(r"([:;]) ", r"\1", m[2]), svg)


def _small(style: str) -> str:
    """A style sheet without comments and indents."""
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)).strip()


def _template() -> jinja2.Template:
    source = _HERE.joinpath("page.html.j2").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True).from_string(source)

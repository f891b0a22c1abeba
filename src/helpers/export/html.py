"""An executed notebook as one HTML file: nothing executable, no request to anywhere."""

from __future__ import annotations

from importlib.resources import files
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup, escape
from nbformat import NotebookNode
from traitlets import default

from helpers.export import document, faces, layout, links, reuse
from helpers.export.base import BriefingExporter
from helpers.export.style import stylesheet
from helpers.markup import html
from helpers.markup.tokens import Token, walk

# What a data address in an attribute may hold as it is.
_PLAIN = " /:=;,'()!*~+-.?@$"
_HERE = files("helpers.export")


class BriefingHTML(BriefingExporter):
    """nbconvert's `briefing-html`."""

    export_from_notebook = "Briefing (HTML)"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Convert a notebook.

        Raises
        ------
        helpers.export.losses.ExportError
            If the notebook's metadata cannot be read, if it was never run, or, with `strict`, if anything is lost.
        """
        prepared = self.prepare(nb, resources, **kw)
        self.report(prepared)
        about, headings = prepared.about, prepared.headings
        first = next((heading.text for heading in headings if heading.level == 1), "")
        title = about.title or first or document.name(prepared.resources)
        front, rest = layout.first_screen(prepared.tokens)
        written = (html.write(front) or f"<h1>{escape(title)}</h1>", html.write(rest))
        masthead, body = (_with_files(part, prepared.tokens, about.words) for part in written)
        leading = {one["attrs"]["anchor"] for one in walk(front) if one["type"] == "heading"}
        taken = reuse.of(prepared.notebook)
        page = _template().render(
            about=about,
            title=title,
            masthead=Markup(masthead),
            contents=[heading for heading in headings if heading.level == 2 and heading.id not in leading],
            body=Markup(body),
            style=Markup(f"{faces.rules(title + masthead + body)}\n{stylesheet('.briefing')}"),
            data=taken and {"name": taken["name"], "address": reuse.address(taken["csv"])},
            graph=Markup(reuse.script(reuse.shown(taken["graph"], links.ids(prepared.tokens)))) if taken else "",
            words=about.words,
        )
        return page.encode("utf-8", "replace").decode("utf-8"), prepared.resources


def _with_files(page: str, tokens: list[Token], words: dict[str, str]) -> str:
    """The page with a download of each chart that has a file of its own, in the page itself."""
    for chart in walk(tokens):
        if chart["type"] == "chart" and chart["attrs"].get("file"):
            name = chart["attrs"]["id"]
            address = f"data:image/svg+xml,{quote(chart['attrs']['file'], safe=_PLAIN)}"
            link = (
                f'<a download="{escape(name.removeprefix("c-"))}.svg" href="{address}">{escape(words["drawing"])}</a>'
            )
            page = page.replace(f'<p class="files" id="file-{escape(name)}"></p>', f'<p class="files">{link}</p>', 1)
    return page


def _template() -> jinja2.Template:
    source = _HERE.joinpath("page.html.j2").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True).from_string(source)

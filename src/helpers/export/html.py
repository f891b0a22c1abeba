"""An executed notebook as one HTML file: nothing executable, no request to anywhere."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup, escape
from nbformat import NotebookNode
from traitlets import default

from helpers.export import document, faces, layout, links, reuse
from helpers.export.base import BriefingExporter
from helpers.export.style import stylesheet
from helpers.markup import html
from helpers.markup.tokens import walk

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
        masthead, body = html.write(front) or f"<h1>{escape(title)}</h1>", html.write(rest)
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


def _template() -> jinja2.Template:
    source = _HERE.joinpath("page.html.j2").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True).from_string(source)

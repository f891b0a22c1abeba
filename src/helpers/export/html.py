"""An executed notebook as one HTML file: nothing executable, no request to anywhere."""

from __future__ import annotations

import base64
import re
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup, escape
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default
from traitlets.config import Config

from helpers.export import document, page, reuse
from helpers.markup import dialect as markup

_HERE = files("helpers.export")
# As images none of these can run or fetch anything, a drawing in SVG included.
_PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")
# What would run or reach out; the page's Content-Security-Policy blocks it, so another form of the output is shown.
_ACTIVE = re.compile(
    r"<(?:script|iframe|object|embed|link|base|meta|form)\b"
    r"|<[^>]*\s(?:on\w+\s*=|(?:href|src|action)\s*=\s*[\"']?\s*javascript:)",
    re.IGNORECASE,
)


def stylesheet(scope: str = ".jp-RenderedHTML") -> str:
    """The page's style sheet with every rule under `scope`; the default is for outputs in JupyterLab."""
    return _HERE.joinpath("page.css").read_text(encoding="utf-8").replace(".briefing", scope)


class BriefingHTML(Exporter):
    """nbconvert's `briefing-html`."""

    export_from_notebook = "Briefing (HTML)"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @property
    def default_config(self) -> Config:
        return document.preprocessing()

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Convert a notebook.

        Raises
        ------
        ValueError
            If the notebook's `briefing` metadata cannot be read.
        """
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        about = document.About.of(notebook)
        blocks = []
        for cell, output in document.items(notebook):
            block = self._block(cell, output, about.words)
            blocks.append(page.citable(block, about.words["here"]) if document.is_prose(cell, output) else block)
        body, headings = page.headings("\n".join(blocks))
        first = next((heading.text for heading in headings if heading.level == 1), "")
        title = about.title or first or document.name(resources)
        masthead, body = page.masthead(page.linked(body, about.words))
        taken = reuse.of(notebook)
        html = _template().render(
            about=about,
            title=title,
            masthead=Markup(masthead or f"<h1>{escape(title)}</h1>"),
            contents=[heading for heading in headings if heading.level == 2],
            body=Markup(body),
            style=Markup(stylesheet(".briefing")),
            data=taken and {"name": taken["name"], "address": reuse.address(taken["csv"])},
            graph=Markup(reuse.script(reuse.shown(taken["graph"], page.ids(body)))) if taken else "",
            words=about.words,
        )
        return html.encode("utf-8", "replace").decode("utf-8"), resources

    def _block(self, cell: NotebookNode, output: NotebookNode | None, words: dict[str, str]) -> str:
        if output is None:
            return markup.to_html(cell.source) if cell.cell_type == "markdown" else f"<pre>{escape(cell.source)}</pre>"
        kind = output.output_type
        if kind == "error":
            self.log.warning("A cell of this notebook failed, and the export shows it: %s", output.ename)
            return f'<div class="failed"><p>{words["error"]}</p><pre>{escape(document.text(output))}</pre></div>'
        if kind == "stream":
            return f'<pre class="{escape(output.name)}">{escape(document.text(output))}</pre>'
        data = output.data
        if "text/html" in data and not _ACTIVE.search(html := document.joined(data["text/html"])):
            return html if 'class="scroll"' in html or "<table" not in html else _scrolling(html, words["table"])
        for picture in _PICTURES:
            if picture in data:
                return self._picture(picture, cell, output, words)
        if "text/markdown" in data:
            text, role = markup.to_html(document.joined(data["text/markdown"])), document.role(output)
            return f'<div class="{role}">\n{text}</div>' if role else text
        text = document.text(output)
        if text is None:
            return f'<p class="failed">{escape(words["unknown"].format(kind=", ".join(data)))}</p>'
        return f"<pre>{escape(text)}</pre>"

    def _picture(self, kind: str, cell: NotebookNode, output: NotebookNode, words: dict[str, str]) -> str:
        alt = document.description(kind, cell, output)
        if not alt:
            self.log.warning("A picture has no description. Add `alt` to the metadata of its cell.")
            alt = f"{words['picture']}. {document.text(output) or ''}".strip()
        content = document.joined(output.data[kind])
        encoded = base64.b64encode(content.encode()).decode() if kind == "image/svg+xml" else "".join(content.split())
        return f'<figure><img alt="{escape(alt)}" src="data:{kind};base64,{escape(encoded)}"></figure>'


def _scrolling(html: str, label: str) -> str:
    """A table of someone else's in a box that scrolls when it is wider than the page and that the keyboard reaches."""
    # The empty corner of a DataFrame heads nothing.
    html = re.sub(r"<th>\s*</th>", "<td></td>", html)
    return f'<div class="scroll" role="group" tabindex="0" aria-label="{escape(label)}">{html}</div>'


def _template() -> jinja2.Template:
    source = _HERE.joinpath("page.html.j2").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True).from_string(source)

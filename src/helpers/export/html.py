"""An executed notebook as one HTML file: nothing executable, no request to anywhere."""

from __future__ import annotations

import re
from html import unescape
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup, escape
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default
from traitlets.config import Config

from helpers import markup
from helpers.export import document

_HERE = files("helpers.export")
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
# A start tag, its attributes with quoted values taken whole, so that a `>` inside a value does not end it.
_TAG = re.compile(r"""<(?P<name>[a-zA-Z][\w:-]*)(?P<attrs>(?:\s+[^\s"'>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*/?>""")
_HEADING = re.compile(r"<h([1-6])\b([^>]*)>(.*?)</h\1\s*>", re.DOTALL | re.IGNORECASE)
_ID = re.compile(r"""\sid\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_HREF = re.compile(r"""\shref\s*=\s*"#([^"]*)\"""")
_CONTENT = re.compile(r"[^\s<>]|<(?:img|svg|hr|input|table)\b")
_ACTIVE = re.compile(
    r"<(?:script|iframe|object|embed|link|base|meta|form)\b|<[^>]*\s(?:on\w+\s*=|(?:href|src|action)\s*=\s*[\"']?\s*javascript:)",
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
        return document.PREPROCESSING

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
        blocks = [self._block(cell, output, about.words) for cell, output in document.items(notebook)]
        body, headings = _headings("\n".join(blocks))
        title = about.title or (headings[0][2] if headings and headings[0][0] == 1 else "") or _name(resources)
        masthead, body = _masthead(_linked(body, about.words))
        page = _template().render(
            about=about,
            title=title,
            masthead=Markup(masthead or f"<h1>{escape(title)}</h1>"),
            contents=[(name, text) for level, name, text in headings if level == 2],
            body=Markup(body),
            style=Markup(stylesheet(".briefing")),
            words=about.words,
        )
        return page.encode("utf-8", "replace").decode("utf-8"), resources

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
            # Whatever is wider than the page scrolls in a box of its own that the keyboard reaches.
            bare = "<table" in html and 'class="scroll"' not in html
            return f'<div class="scroll" role="region" tabindex="0" aria-label="Table">{html}</div>' if bare else html
        if "text/markdown" in data:
            text, role = markup.to_html(document.joined(data["text/markdown"])), document.role(output)
            return f'<div class="{role}">\n{text}</div>' if role else text
        for picture in _PICTURES:
            if picture in data:
                return self._picture(picture, cell, output, words)
        text = document.text(output)
        if text is None:
            return f'<p class="failed">{escape(words["unknown"].format(kind=", ".join(data)))}</p>'
        return f"<pre>{escape(text)}</pre>"

    def _picture(self, kind: str, cell: NotebookNode, output: NotebookNode, words: dict[str, str]) -> str:
        alt = document.description(kind, cell, output)
        if not alt:
            self.log.warning("A picture has no description. Add `alt` to the metadata of its cell.")
            alt = f"{words['picture']}. {document.text(output) or ''}".strip()
        encoded = "".join(document.joined(output.data[kind]).split())
        return f'<figure><img alt="{escape(alt)}" src="data:{kind};base64,{escape(encoded)}"></figure>'


def _name(resources: dict[str, Any]) -> str:
    return str(resources.get("metadata", {}).get("name") or "Notebook")


def _template() -> jinja2.Template:
    source = _HERE.joinpath("page.html.j2").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True).from_string(source)


def _text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def _headings(body: str) -> tuple[str, list[tuple[int, str, str]]]:
    """The body with headings in order, and the level, id and text of each."""
    found = [m for m in _HEADING.finditer(body)]
    empty = [m for m in found if not _text(m[3])]
    found = [m for m in found if m not in empty]
    ends = [m.start() for m in found[1:]] + [len(body)]
    filled = [bool(_CONTENT.search(_TAG_TEXT.sub(_visible, body[m.end() : end]))) for m, end in zip(found, ends, strict=True)]
    levels = document.outline([int(m[1]) for m in found], filled)
    taken: set[str] = set()
    listed, parts, at = [], [], 0
    for m in sorted([*found, *empty], key=lambda m: m.start()):
        parts.append(body[at : m.start()])
        at = m.end()
        level = None if m in empty else levels[found.index(m)]
        if level is None:
            continue
        given = _ID.search(m[2])
        name = _free(given[1] or given[2] if given else markup.slug(_text(m[3])), taken)
        rest = _ID.sub("", m[2])
        parts.append(f'<h{level} id="{name}"{rest}>{m[3]}</h{level}>')
        listed.append((level, name, _text(m[3])))
    return "".join([*parts, body[at:]]), listed


_TAG_TEXT = re.compile(r"<[^>]*>")


def _visible(m: re.Match[str]) -> str:
    return m[0] if _CONTENT.match(m[0]) else ""


def _free(name: str, taken: set[str]) -> str:
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free)
    return free


def _linked(body: str, words: dict[str, str]) -> str:
    """The body with every id once, no link without a target, and a way back from each piece of evidence."""
    ids = set()
    parts, at = [], 0
    for m in _TAG.finditer(body):
        given = _ID.search(m["attrs"])
        if not given:
            continue
        name = given[1] or given[2]
        if name in ids:
            parts += [body[at : m.start()], _ID.sub("", m[0])]
            at = m.end()
        ids.add(name)
    body = "".join([*parts, body[at:]])

    uses: dict[str, int] = {}

    def number(m: re.Match[str]) -> str:
        href = _HREF.search(m["attrs"])
        if m["name"] != "a" or not href:
            return m[0]
        target = unescape(href[1])
        if target not in ids:
            return m[0].replace(href[0], "")
        if 'class="num"' not in m["attrs"]:
            return m[0]
        uses[target] = uses.get(target, 0) + 1
        return f'<a id="u-{escape(target)}-{uses[target]}"{m["attrs"]}>'

    body = _TAG.sub(number, body)
    for target, count in uses.items():
        body = _with_way_back(body, target, count, words)
    return body


def _with_way_back(body: str, target: str, count: int, words: dict[str, str]) -> str:
    start = next(m for m in _TAG.finditer(body) if (i := _ID.search(m["attrs"])) and unescape(i[1] or i[2]) == target)
    depth, end = 1, len(body)
    for m in re.finditer(rf"<(/?){start['name']}\b[^>]*>", body[start.end() :]):
        depth += -1 if m[1] else 1
        if not depth:
            end = start.end() + m.start()
            break
    links = " ".join(
        f'<a href="#u-{escape(target)}-{n}" aria-label="{words["back"].format(n=n, of=count)}">{n}</a>'
        for n in range(1, count + 1)
    )
    return f'{body[:end]} <span class="uses"><span aria-hidden="true">↩</span> {links}</span>{body[end:]}'


_LEAD = re.compile(r'\s*(<div class="(?:summary|edition)".*?</div>)', re.DOTALL)


def _masthead(body: str) -> tuple[str, str]:
    """The title with the summary and the edition line that directly follow it, and the rest of the body."""
    title = re.search(r"<h1 .*?</h1>\n?", body, re.DOTALL)
    if not title:
        return "", body
    masthead, rest, at = title[0], body[title.end() :], 0
    while lead := _LEAD.match(rest, at):
        masthead += lead[1] + "\n"
        at = lead.end()
    return masthead, body[: title.start()] + rest[at:]

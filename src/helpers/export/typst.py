"""An executed notebook as one tagged PDF (PDF/UA-1), set by Typst."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime
from html import unescape
from importlib.resources import files
from pathlib import Path
from typing import Any

import fontpkg_ibm_plex_sans
import matplotlib
import typst
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets import default
from traitlets.config import Config

from helpers.export import document, reuse
from helpers.markup import dialect as markup
from helpers.markup.dialect import literal

_SECTION = re.compile(r'^#section\(level: (\d), id: ("(?:[^"\\]|\\.)*")\)\[(.*)\]$', re.MULTILINE)
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
# Blocks and brackets that a section may consist of and still say nothing.
_BARE = re.compile(r'#role\("\w+"\)\[|\]|\s')
_TAG = re.compile(r"<(style|script)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)
# Fonts come from packages, never from the machine, so that a document looks the same everywhere.
_FONTS = (Path(fontpkg_ibm_plex_sans.ROOT) / "files", Path(matplotlib.get_data_path()) / "fonts" / "ttf")


class BriefingPDF(Exporter):
    """nbconvert's `briefing-pdf`."""

    export_from_notebook = "Briefing (PDF)"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    @property
    def default_config(self) -> Config:
        return document.preprocessing()

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """Convert a notebook.

        Raises
        ------
        ValueError
            If the notebook's `briefing` metadata cannot be read.
        typst.TypstError
            If the compiler refuses the document, a picture that is none for instance.
        """
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        source = self.source(notebook, document.name(resources))
        about = document.About.of(notebook)
        day = about.date and datetime(about.date.year, about.date.month, about.date.day, tzinfo=UTC)
        pdf, warnings = typst.compile_with_warnings(
            source.encode("utf-8", "replace"),
            font_paths=[str(folder) for folder in _FONTS],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=day or datetime(1970, 1, 1, tzinfo=UTC),
        )
        for warning in warnings:
            self.log.warning("Typst: %s", warning.message)
        return pdf, resources

    def source(self, notebook: NotebookNode, name: str = "Notebook") -> str:
        """The Typst source of a preprocessed notebook, pictures included."""
        about = document.About.of(notebook)
        blocks = [self._block(cell, output, about.words) for cell, output in document.items(notebook)]
        body, title = _sections("\n".join(blocks))
        shown = about.title or title or name
        if not title:
            body = f'#section(level: 1, id: "top")[#{literal(shown)};]\n\n{body}'
        day = about.date
        date = f"datetime(year: {day.year}, month: {day.month}, day: {day.day})" if day else "none"
        head = (
            f"#show: briefing.with(title: {literal(shown)}, language: {literal(about.language)}, "
            f"description: {literal(about.description)}, date: {date}, of-word: {literal(about.words['of'])})\n"
            f"#page-word.update({literal(about.words['page'])})\n"
        )
        template = files("helpers.export").joinpath("template.typ").read_text(encoding="utf-8")
        return f"{template}\n{head}\n{_attached(notebook, about.words)}\n{body}"

    def _block(self, cell: NotebookNode, output: NotebookNode | None, words: dict[str, str]) -> str:
        if output is None:
            return markup.to_typst(cell.source) if cell.cell_type == "markdown" else _raw(cell.source)
        if output.output_type == "error":
            self.log.warning("A cell of this notebook failed, and the export shows it: %s", output.ename)
            return f"#failed({literal(words['error'])}, {literal(document.text(output))})\n"
        if output.output_type == "stream":
            return _raw(document.text(output))
        data = output.data
        if "image/svg+xml" in data:
            return self._chart(cell, output, words)
        if "text/markdown" in data:
            text, role = markup.to_typst(document.joined(data["text/markdown"])), document.role(output)
            return f"#role({literal(role)})[\n{text}]\n" if role else text
        for kind in _PICTURES:
            if kind in data:
                content = ",".join(map(str, base64.b64decode(document.joined(data[kind]))))
                return f"#picture(alt: {literal(self._alt(kind, cell, output, words))}, bytes(({content},)))\n"
        text = document.text(output)
        if text is None and "text/html" in data:
            text = " ".join(unescape(_TAG.sub(" ", document.joined(data["text/html"]))).split())
        if text is None:
            return f"#missing({literal(words['unknown'].format(kind=', '.join(data)))})\n"
        return _raw(text)

    def _chart(self, cell: NotebookNode, output: NotebookNode, words: dict[str, str]) -> str:
        kind = "image/svg+xml"
        about = output.get("metadata", {}).get(kind, {})
        # Plex is what tables and captions are set in, and a little narrower than the font the chart was laid out in.
        svg = (about.get("narrow") or document.joined(output.data[kind])).replace("DejaVu Sans", "IBM Plex Sans")
        texts = "".join(
            f"{name}: [{markup.to_typst(about[name]).strip()}], "
            for name in ("title", "subtitle", "source")
            if about.get(name)
        )
        anchor = f"c-{about['id']}" if about.get("id") else ""
        alt = self._alt(kind, cell, output, words)
        return f"#chart(id: {literal(anchor)}, {texts}alt: {literal(alt)}, bytes({literal(svg)}))\n"

    def _alt(self, kind: str, cell: NotebookNode, output: NotebookNode, words: dict[str, str]) -> str:
        alt = document.description(kind, cell, output)
        if alt:
            return alt
        self.log.warning("A picture has no description. Add `alt` to the metadata of its cell.")
        return f"{words['picture']}. {document.text(output) or ''}".strip()


def _attached(notebook: NotebookNode, words: dict[str, str]) -> str:
    """The figures as a file inside the PDF, if the notebook leaves them."""
    if not (taken := reuse.of(notebook)):
        return ""
    return (
        f'#pdf.attach({literal(taken["name"])}, bytes({literal(taken["csv"])}), relationship: "data", '
        f'mime-type: "text/csv", description: {literal(words["data"])})'
    )


def _raw(text: str) -> str:
    return f"#raw(block: true, {literal(text)})\n"


def _sections(body: str) -> tuple[str, str]:
    """The body with its headings in order, and the text of the title."""
    found = [m for m in _SECTION.finditer(body) if _shown(m[3])]
    ends = [*[m.start() for m in found], len(body)][1:]
    filled = [bool(_BARE.sub("", body[m.end() : end])) for m, end in zip(found, ends, strict=True)]
    levels = dict(zip((m.start() for m in found), document.outline([int(m[1]) for m in found], filled), strict=True))
    title = next((_shown(m[3]) for m in found if levels[m.start()] == 1), "")

    def place(m: re.Match[str]) -> str:
        level = levels.get(m.start())
        return f"#section(level: {level}, id: {m[2]})[{m[3]}]" if level else ""

    return _SECTION.sub(place, body), title


def _shown(content: str) -> str:
    """The text that a heading's Typst content shows, for the document's title."""
    return (
        "".join(re.findall(r'(?:#|#raw\()"((?:[^"\\]|\\.)*)"', content))
        .replace('\\"', '"')
        .replace("\\\\", "\\")
        .strip()
    )

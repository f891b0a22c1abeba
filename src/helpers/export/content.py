"""An executed notebook as one stream of tokens: each cell and output in the form that can be shown, losses counted."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from helpers.export import document, links, passages, pictures
from helpers.export.losses import Losses
from helpers.markup import dialect as markup
from helpers.markup import maths, raw
from helpers.markup.tokens import Token, element, text, walk

# Outputs that only a running page can show, by how their MIME types begin.
_INTERACTIVE = ("application/vnd.", "application/javascript", "text/javascript", "application/geo+json")
# The lines of a printout from which its middle is left out, and the rows of a table from which its end is.
_LINES, _KEPT = 400, 200
_LONGEST = 400_000  # characters of one printout
_ROWS, _ROWS_KEPT = 1_500, 1_000
_SHOWN = frozenset(("picture", "image", "printout", "thematic_break", "table", "block_math", "inline_math", "chart"))
_IN_LINE = frozenset(("element", "text", "link", "span", "picture", "linebreak"))


class NotebookReader:
    """Reads one notebook; what it cannot show goes to `losses`.

    Parameters
    ----------
    words
        The exporters' own words, in the document's language.
    losses
        Where losses are counted.
    folder
        Where the notebook lies, for the pictures beside it; None if it is no file.
    """

    def __init__(self, words: dict[str, str], losses: Losses, folder: Path | None = None) -> None:
        self.words = words
        self.losses = losses
        self.folder = folder
        self.hints: list[str] = []
        self.cell = 0
        self.notes = 0
        self.foreign = 0

    def read(self, notebook: NotebookNode) -> list[Token]:
        """The tokens of everything a reader sees, in order; each knows the number of its cell."""
        tokens: list[Token] = []
        for cell, output in document.items(notebook):
            self.cell = cell.metadata.get(document.NUMBER, 0)
            block = self._cell(cell) if output is None else self._output(cell, output)
            block = list(self._settled(block, cell))
            block = list(_boxed(block))
            if document.is_prose(cell, output):
                passages.cite(block, self.words["here"])
            tokens += block
        return tokens

    def _cell(self, cell: NotebookNode) -> list[Token]:
        if cell.cell_type == "markdown":
            return self._markdown(cell.source)
        return [self._printed(cell.source)]

    def _markdown(self, source: str) -> list[Token]:
        tokens = markup.parse(source)
        noted = [token for token in walk(tokens) if token["type"] in ("footnote_ref", "footnote_item")]
        for token in noted:
            token["attrs"]["index"] += self.notes
        self.notes += sum(token["type"] == "footnote_item" for token in noted)
        return tokens

    def _output(self, cell: NotebookNode, output: NotebookNode) -> list[Token]:
        kind = output.output_type
        if kind == "error":
            self.losses.add(self.cell, "error", f"the cell failed and the export shows it: {output.ename}")
            return [{"type": "failed", "raw": document.text(output) or "", "attrs": {"title": self.words["error"]}}]
        if kind == "stream":
            return self._capped(document.text(output) or "", output.name)
        about = document.about(output, "image/svg+xml")
        if "image/svg+xml" in output.data and about.get("id"):
            return self._chart(cell, output, about)
        return self._display(cell, output)

    def _display(self, cell: NotebookNode, output: NotebookNode) -> list[Token]:
        """The first form of an output that can be shown; where it needs a running page, a notice that says so."""
        data = output.data
        if "text/markdown" in data:
            tokens = self._markdown(document.joined(data["text/markdown"]))
            role = document.role(output)
            return [{"type": "role", "attrs": {"role": role}, "children": tokens}] if role else tokens
        needs = [kind for kind in data if kind.startswith(_INTERACTIVE)]
        if "text/html" in data:
            tokens = self._html(document.joined(data["text/html"]))
            if _seen(tokens) or (not (lost := [one for one in tokens if one["type"] == "notice"]) and not needs):
                return tokens
            needs += [one["attrs"]["what"] for one in lost if not needs]
        if "text/latex" in data and not needs and (tokens := self._latex(document.joined(data["text/latex"]))):
            return tokens
        for kind in pictures.KINDS:
            if kind in data:
                if needs:
                    self.losses.add(self.cell, needs[0], "shown as its still picture")
                return [self._picture(kind, data[kind], cell, output)]
        said = document.text(output) or ""
        # A film, a PDF: what is left is the name of the object, or at best a word about it.
        needs = needs or [kind for kind in data if not kind.startswith("text/") and kind != "application/json"]
        if not needs:
            return self._capped(said, "")
        shown = self._capped(said, "") if not said.startswith("<") else []  # an object's address says nothing
        return [_notice(", ".join(needs), self.words["unknown"]), *shown]

    def _html(self, html: str) -> list[Token]:
        self.foreign += 1
        tokens = raw.read(html)
        for token in walk(tokens):
            if token["type"] == "element" and token["attrs"]["tag"] == "table":
                token["attrs"]["label"] = self.words["table"]
        links.rename(tokens, f"o{self.foreign}-")
        return self._shortened(tokens)

    def _chart(self, cell: NotebookNode, output: NotebookNode, about: dict[str, Any]) -> list[Token]:
        """A chart of this project: the page shows its HTML, the PDF its drawing with the same texts."""
        self.foreign += 1
        tokens = raw.read(document.joined(output.data.get("text/html", "")), own=True)
        links.rename(tokens, f"o{self.foreign}-", kept=(f"c-{about['id']}", f"{about['id']}-"))
        svg = document.joined(output.data["image/svg+xml"])
        chart = {
            "type": "chart",
            "children": tokens,
            "texts": {name: markup.parse(about[name]) for name in ("title", "subtitle", "source") if about.get(name)},
            "attrs": {"id": f"c-{about['id']}", "svg": svg, "alt": self._alt("image/svg+xml", cell, output)},
        }
        return [chart]

    def _latex(self, source: str) -> list[Token]:
        if "\\begin{tabular}" in source or "\\begin{table}" in source:
            return []
        return markup.parse(source if "$" in source or "\\begin" in source else f"$$\n{source}\n$$")

    def _picture(self, kind: str, content: Any, cell: NotebookNode, output: NotebookNode) -> Token:
        try:
            kind, data = pictures.check(kind, content)
        except pictures.PictureError as error:
            return _notice(f"{error} ({kind})", kind="picture")
        width = document.about(output, kind).get("width")
        size = {"width": width} if isinstance(width, int) and 0 < width < 5_000 else {}
        attrs = {"kind": kind, "data": data, "alt": self._alt(kind, cell, output), "block": True, "size": size}
        return {"type": "picture", "attrs": attrs}

    def _alt(self, kind: str, cell: NotebookNode, output: NotebookNode) -> str:
        if alt := document.description(kind, cell, output):
            return alt
        self.hints.append(f"Cell {self.cell}: a picture has no description; add `alt` to the metadata of the cell.")
        return f"{self.words['picture']}. {document.text(output) or ''}".strip()

    # --- what a block still needs ----------------------------------------------------------------------------------

    def _settled(self, tokens: list[Token], cell: NotebookNode) -> Iterator[Token]:
        """The tokens with their images found, their notices worded and counted, and their cell known."""
        for token in tokens:
            if token["type"] == "hidden":
                count = token["attrs"]["count"]
                self.losses.add(self.cell, "hidden content", f"what it keeps from sight is left out ({count})")
                continue
            token["cell"] = self.cell
            if token["type"] == "image":
                token = self._image(token, cell)
            elif token["type"] in ("inline_math", "block_math"):
                if not maths.formula(token["raw"], token["type"] == "block_math"):
                    self.losses.add(self.cell, "mathematics", f"shown as its source: {token['raw'][:60]}")
            elif token["type"] == "paragraph" and len(token["children"]) == 1:
                (only,) = token["children"]
                if only["type"] == "image":
                    only["attrs"]["alone"] = True
            if token["type"] == "notice":
                attrs = token["attrs"]
                self.losses.add(
                    self.cell, attrs.get("kind", re.split("[ ,]", attrs["what"])[0]), f"left out: {attrs['what']}"
                )
                token["text"] = attrs.get("words", self.words["lost"]).replace("{kind}", attrs["what"])
            if "children" in token:
                token["children"] = list(self._settled(token["children"], cell))
            yield token

    def _image(self, token: Token, cell: NotebookNode) -> Token:
        attrs, alt = token["attrs"], text(token["children"])
        try:
            kind, data = pictures.find(attrs["url"], cell.get("attachments", {}), self.folder)
        except pictures.PictureError as error:
            return _notice(f"{alt}: {error}" if alt else str(error), kind="picture") | {"inline": True}
        if not alt:
            self.hints.append(f"Cell {self.cell}: a picture has no description; write it in the brackets: ![...].")
        given = {"kind": kind, "data": data, "alt": alt or self.words["picture"], "size": attrs.get("size", {})}
        place = {"small": not attrs.get("alone"), "width": pictures.width(kind, data)}
        return {"type": "picture", "cell": self.cell, "attrs": given | place}

    def _printed(self, said: str, stream: str = "") -> Token:
        return {"type": "printout", "raw": said, "attrs": {"stream": stream}}

    def _capped(self, said: str, stream: str) -> list[Token]:
        """A printout; of a very long one the beginning and the end, with a notice between."""
        lines = said.split("\n")
        if len(said) <= _LONGEST and len(lines) <= _LINES:
            return [self._printed(said, stream)] if said else []
        if len(lines) > _LINES:
            start, end = lines[:_KEPT], lines[-_KEPT // 2 :]
            what = f"{len(lines) - len(start) - len(end):,} of {len(lines):,} lines"
        else:
            start, end, what = [said], [], ""
        head, tail = ("\n".join(part) for part in (start, end))
        if len(head) + len(tail) > _LONGEST:
            what = f"{len(said) - _LONGEST:,} of {len(said):,} characters"
            head, tail = said[: _LONGEST // 2], said[-_LONGEST // 2 :]
        return [self._printed(head, stream), _notice(what, kind="printout"), self._printed(tail, stream)]

    def _shortened(self, tokens: list[Token]) -> list[Token]:
        """The tokens with very long tables cut, each with a notice behind the block."""
        cut = []
        for token in walk(tokens):
            if token["type"] != "element" or token["attrs"]["tag"] not in ("table", "tbody"):
                continue
            rows = [at for at, one in enumerate(token["children"]) if one.get("attrs", {}).get("tag") == "tr"]
            if len(rows) > _ROWS:
                del token["children"][rows[_ROWS_KEPT] :]
                cut.append(_notice(f"{len(rows) - _ROWS_KEPT:,} of {len(rows):,} rows", kind="table"))
        return [*tokens, *cut]


def _boxed(tokens: list[Token]) -> Iterator[Token]:
    """Foreign HTML in boxes that nothing in it is drawn beyond; headings between them, which are the document's."""
    for foreign, group in itertools.groupby(tokens, _is_foreign):
        inside = list(group)
        if not foreign:
            yield from inside
        elif any(token["type"] != "text" or token["raw"].strip() for token in inside):
            yield element("div", inside, **{"class": "output"}) | {"cell": inside[0].get("cell", 0)}


def _is_foreign(token: Token) -> bool:
    """Whether a token at the top of a block comes from HTML; Markdown has nothing there that stands in a line."""
    return token["type"] in _IN_LINE and not token.get("attrs", {}).get("block")


def _notice(what: str, words: str = "", kind: str = "") -> Token:
    attrs = {"what": what} | ({"words": words} if words else {}) | ({"kind": kind} if kind else {})
    return {"type": "notice", "attrs": attrs}


def _seen(tokens: list[Token]) -> bool:
    """Whether anything but notices is to be seen."""
    return any(
        token["type"] in _SHOWN
        or (token["type"] == "text" and token["raw"].strip())
        or (token["type"] == "element" and token["attrs"]["tag"] == "svg")
        for token in walk(tokens)
    )

"""One Markdown dialect, written out as HTML, as Typst and as plain text.

The dialect is CommonMark with tables and what a checkable text needs:

- `[27,000](#f-id)` leads to the evidence `f-id` (`w-`: a number worked out, `e-`: an event, `s-`: a source);
- `[text]{#anchor .class lang=kk}` is a span that can be linked to, styled, and told its language;
- a paragraph that begins with "Table: " directly before a table is its caption;
- captions and headings may end in `{#anchor}`;
- the first column of a table names its rows;
- `![text](data:image/svg+xml;base64,...)` is a small drawing in the line; every other image is its text alone.

Raw HTML is text here, never markup. Text goes into Typst as string literals only, so that nothing in it can be code.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import mistune
from mistune.core import BaseRenderer, BlockState
from mistune.util import striptags, unescape

Token = dict[str, Any]

_PUNCTUATION = re.compile(r'[\\`*_\[\]{}<>|~&$"!]')
# What means something only at the start of a block: a list, a heading, a rule, a caption.
_START = re.compile(r"^(\s*)(?:(\d+)(?=[.)])|(Table)(?=:)|(?=[-+=#:]))")
_ATTRIBUTE = r"(?:#[\w:.-]+|\.[A-Za-z][\w-]*|lang=[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)"
_ATTRIBUTES = rf"\{{ *(?P<attributes>{_ATTRIBUTE}(?: +{_ATTRIBUTE})*) *\}}"
_TRAILING = re.compile(rf"\s*{_ATTRIBUTES}\s*$")
_EVIDENCE = re.compile(r"#[fwe]-")
_ADDRESS = re.compile(r"(?:https?:|mailto:)\S", re.IGNORECASE)
_CAPTION = "Table: "
_DRAWING = "data:image/svg+xml;base64,"


def escape(text: str) -> str:
    """Markdown in which `text` stands for itself, on one line."""
    line = re.sub(r"[ \t\r\n\f\v]+", " ", text)
    return _START.sub(lambda m: f"{m[1]}{m[2] or m[3] or ''}\\", _PUNCTUATION.sub(r"\\\g<0>", line))


def slug(text: str) -> str:
    """The id of a heading: its words in lower case, joined by hyphens."""
    return "-".join(re.findall(r"\w+", text.lower())) or "section"


def literal(text: str) -> str:
    """A Typst string literal that stands for `text`."""
    named = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(named.get(c, c) for c in text if c in named or c.isprintable() or ord(c) > 0x9F) + '"'


def to_html(markdown: str) -> str:
    """Markdown as HTML: no raw HTML, and links only within the page, to the web and to mail addresses."""
    return _parser("html")(markdown)


def to_typst(markdown: str) -> str:
    """Markdown as Typst, in the vocabulary of `export/template.typ`; every heading starts a line with `#section(`."""
    return _parser("typst")(markdown)


def plain(markdown: str) -> str:
    """The text of Markdown without its marks, one line per paragraph, list item and table row."""
    lines = "".join(_words(_parser("tokens").parse(markdown)[0])).splitlines()
    return "\n".join(line for line in (" ".join(raw.split()) for raw in lines) if line)


# --- the dialect ---------------------------------------------------------------------------------------------------


@cache
def _parser(name: str) -> mistune.Markdown:
    renderer = {"html": _Html, "typst": _Typst, "tokens": lambda: None}[name]()
    return mistune.create_markdown(renderer=renderer, plugins=["table", _dialect])


def _dialect(md: mistune.Markdown) -> None:
    """The mistune plugin: bracketed spans, captions, anchors of headings, row headers."""
    inside = r"(?:\\.|[^\\\[\]])"
    for _ in range(3):  # brackets nest: a link in a span, a mark in a link in a span
        inside = rf"(?:\\.|[^\\\[\]]|\[{inside}*\])"
    pattern = rf"\[(?P<inside>{inside}+)\]{_ATTRIBUTES}"
    md.inline.register("span", pattern, _parse_span, before="link", start_chars="[")
    md.before_render_hooks.append(lambda _, state: _fold(state.tokens))


def _parse_span(inline: mistune.InlineParser, m: re.Match[str], state: mistune.InlineState) -> int:
    inner = state.copy()
    inner.src = m["inside"]
    state.append_token({"type": "span", "children": inline.render(inner), "attrs": _attributes(m["attributes"])})
    return m.end()


def _attributes(text: str) -> dict[str, str]:
    """`#a .b .c lang=kk` as the attributes id, classes and lang; of two ids or languages the last holds."""
    found = {"id": "", "classes": "", "lang": ""}
    for part in text.split():
        if part[0] == "#":
            found["id"] = part[1:]
        elif part[0] == ".":
            found["classes"] = f"{found['classes']} {part[1:]}".strip()
        else:
            found["lang"] = part.removeprefix("lang=")
    return found


def _fold(tokens: list[Token]) -> None:
    """Move captions into their tables and anchors into attributes, in place, before inline text is parsed."""
    last: int | None = None
    for at, token in enumerate(tokens):
        if token["type"] == "heading":
            token["text"], anchor = _anchor(token["text"])
            token["attrs"]["anchor"] = anchor
        elif token["type"] == "table":
            _fold_table(token, tokens[last] if last is not None else None)
        elif "children" in token:
            _fold(token["children"])
        if token["type"] != "blank_line":
            last = at
    tokens[:] = [token for token in tokens if token["type"] != "caption"]


def _fold_table(table: Token, before: Token | None) -> None:
    head, body = table["children"]
    table["attrs"] = {"anchor": ""}
    for row in body["children"]:
        row["children"][0]["attrs"]["row"] = True
    if before is not None and before["type"] == "paragraph" and before.get("text", "").startswith(_CAPTION):
        text, anchor = _anchor(before["text"].removeprefix(_CAPTION))
        table["attrs"]["anchor"] = anchor
        table["children"] = [{"type": "table_caption", "text": text}, head, body]
        before["type"] = "caption"


def _anchor(text: str) -> tuple[str, str]:
    found = _TRAILING.search(text)
    if not found or not (anchor := _attributes(found["attributes"])["id"]) or text[: found.start()].endswith("]"):
        return text, ""
    return text[: found.start()], anchor


def _target(url: str) -> str:
    """The address if a link may lead there: within the document, to the web, to mail. If not, the empty string."""
    if url.startswith("#") and len(url) > 1:
        return unquote(url)
    return url if _ADDRESS.match(url) else ""


def drawing(svg: str, text: str) -> str:
    """Markdown that shows a small drawing in the line, with `text` in place of it where it cannot be seen."""
    return f"![{escape(text)}]({_DRAWING}{base64.b64encode(svg.encode()).decode()})"


def _drawn(url: str) -> str:
    """The SVG that an image carries in itself, or the empty string: no image is fetched from anywhere."""
    if not url.startswith(_DRAWING):
        return ""
    try:
        svg = base64.b64decode(url.removeprefix(_DRAWING), validate=True).decode()
        return svg if ElementTree.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg" else ""
    except (binascii.Error, UnicodeDecodeError, ElementTree.ParseError):
        return ""  # a damaged drawing would stop the whole PDF


_BREAKS = frozenset(("paragraph", "block_text", "heading", "table_caption", "block_code", "block_html"))


def _words(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        kind = token["type"]
        if kind in ("table_head", "table_row"):
            yield _row(token) + "\n"
        elif kind in ("softbreak", "linebreak"):
            yield " " if kind == "softbreak" else "\n"
        elif "raw" in token:
            yield token["raw"]
        elif "children" in token:
            yield from _words(token["children"])
        if kind in _BREAKS:
            yield "\n"


def _row(row: Token, joint: str = " · ") -> str:
    cells = ("".join(_words(cell["children"])).strip() for cell in row["children"])
    return joint.join(cell for cell in cells if cell)


# --- HTML ----------------------------------------------------------------------------------------------------------


class _Html(mistune.HTMLRenderer):
    def link(self, text: str, url: str, title: str | None = None) -> str:
        if not (target := _target(url)):
            return text
        kind = "num" if _EVIDENCE.match(target) else "src" if target.startswith("#s-") else None
        return f"<a{self.render_attrs({'class': kind, 'href': target, 'title': title or None})}>{text}</a>"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        # In an image nothing of a drawing can run or fetch.
        return f"<img{self.render_attrs({'alt': text, 'src': url})}>" if _drawn(url) else text

    def span(self, text: str, id: str, classes: str, lang: str) -> str:
        attrs = {"id": id or None, "class": classes or None, "lang": lang or None}
        return f"<span{self.render_attrs(attrs)}>{text}</span>"

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        name = attrs.get("anchor") or slug(unescape(striptags(text)))
        return f"<h{level}{self.render_attrs({'id': name})}>{text}</h{level}>\n"

    def render_token(self, token: Token, state: BlockState) -> str:
        if token["type"] != "table":
            return super().render_token(token, state)
        *caption, head, _ = token["children"]
        label = "".join(_words(caption)).strip() or _row(head, ", ")
        attrs = {"class": "scroll", "role": "region", "tabindex": "0", "aria-label": label or "Table"}
        table = {"id": token["attrs"]["anchor"] or None}
        inner = "".join(self.render_token(part, state) for part in token["children"])
        return f"<div{self.render_attrs(attrs)}><table{self.render_attrs(table)}>\n{inner}</table></div>\n"

    def table_caption(self, text: str) -> str:
        return f"<caption>{text}</caption>\n"

    def table_head(self, text: str) -> str:
        return f"<thead><tr>{text}</tr></thead>\n"

    def table_body(self, text: str) -> str:
        return f"<tbody>\n{text}</tbody>\n"

    def table_row(self, text: str) -> str:
        return f"<tr>{text}</tr>\n"

    def table_cell(self, text: str, align: str | None = None, head: bool = False, row: bool = False) -> str:
        # An empty corner cell heads nothing: screen readers would announce an empty header.
        scope = None if not text else "col" if head else "row" if row else None
        tag = "th" if scope else "td"
        align = align if align in ("right", "center") else None
        return f"<{tag}{self.render_attrs({'scope': scope, 'class': align})}>{text}</{tag}>"


# --- Typst ---------------------------------------------------------------------------------------------------------


class _Typst(BaseRenderer):
    NAME = "typst"

    def render_token(self, token: Token, state: BlockState) -> str:
        method = self._get_method(token["type"])
        if token["type"] in ("table", "list", "heading", "image", "paragraph", "block_text"):
            return method(token, state)
        if "raw" in token:
            return method(token["raw"], **token.get("attrs", {}))
        if "children" in token:
            return method(self.render_tokens(token["children"], state), **token.get("attrs", {}))
        return method()

    def text(self, text: str) -> str:
        return f"#{literal(text)};"

    inline_html = text

    def softbreak(self) -> str:
        return self.text(" ")

    def linebreak(self) -> str:
        return "#linebreak();"

    def emphasis(self, text: str) -> str:
        return f"#emph[{text}];"

    def strong(self, text: str) -> str:
        return f"#strong[{text}];"

    def codespan(self, code: str) -> str:
        return f"#raw({literal(code)});"

    def link(self, text: str, url: str, title: str | None = None) -> str:
        if not (target := _target(url)):
            return text
        if not target.startswith("#"):
            return f"#link({literal(target)})[{text}];"
        note = f", note: {literal(unescape(title))}" if title else ""  # the parser keeps entities in titles
        name = "evidence" if _EVIDENCE.match(target) else "refer"
        return f"#{name}({literal(target[1:])}{note})[{text}];"

    def image(self, token: Token, state: BlockState) -> str:
        if svg := _drawn(token["attrs"]["url"]):
            alt = "".join(_words(token["children"]))
            return f"#box(baseline: 20%, image(bytes({literal(svg)}), alt: {literal(alt)}));"
        return self.render_tokens(token["children"], state)

    def span(self, text: str, id: str, classes: str, lang: str) -> str:
        for name in classes.split():
            text = f"#styled({literal(name)})[{text}];"
        if lang:
            text = f"#text(lang: {literal(lang.split('-')[0].lower())})[{text}];"
        return f"#anchored({literal(id)})[{text}];" if id else text

    def paragraph(self, token: Token, state: BlockState) -> str:
        return f"{self._block(token, state)}\n\n"

    block_text = paragraph

    def heading(self, token: Token, state: BlockState) -> str:
        name = token["attrs"].get("anchor") or slug("".join(_words(token["children"])))
        text = self.render_tokens(token["children"], state)
        return f"\n#section(level: {token['attrs']['level']}, id: {literal(name)})[{text}]\n\n"

    def blank_line(self) -> str:
        return ""

    def thematic_break(self) -> str:
        return "#divider()\n\n"

    def block_code(self, code: str, info: str | None = None) -> str:
        return f"#raw(block: true, {literal(code.rstrip())})\n\n"

    def block_html(self, html: str) -> str:
        return f"{self.text(html.strip())}\n\n"

    block_error = block_html

    def block_quote(self, text: str) -> str:
        return f"#quote(block: true)[\n{text}]\n\n"

    def list(self, token: Token, state: BlockState) -> str:
        items = ", ".join(f"[\n{self.render_tokens(item['children'], state)}]" for item in token["children"])
        options = f"tight: {str(token['tight']).lower()}"
        if not token["attrs"]["ordered"]:
            return f"#list({options}, {items})\n\n"
        return f"#enum({options}, start: {token['attrs'].get('start', 1)}, {items})\n\n"

    def table(self, token: Token, state: BlockState) -> str:
        *caption, head, body = token["children"]
        rows = [head["children"], *(row["children"] for row in body["children"])]
        # The longest word and the longest cell of a column, in characters: the template shares out the width by them.
        texts = [["".join(_words(row[at]["children"])) for row in rows] for at in range(len(rows[0]))]
        words = [max((len(word) for text in column for word in text.split()), default=1) for column in texts]
        sizes = [max(1, *(len(text) for text in column)) for column in texts]
        align = ", ".join(cell["attrs"]["align"] or "left" for cell in head["children"])
        cells = [", ".join(f"[{self._block(cell, state)}]" for cell in row) for row in rows]
        title = f"caption: [{self._block(caption[0], state)}], " if caption else ""
        lines = ",\n  ".join(cells[1:])
        return (
            f"#grid-table({title}id: {literal(token['attrs']['anchor'])}, words: ({_array(words)}), "
            f"sizes: ({_array(sizes)}), align: ({align},), header: ({cells[0]},),\n  {lines})\n\n"
        )

    def _block(self, token: Token, state: BlockState) -> str:
        """The text of a paragraph or a cell, and after all else where the anchors in it are used."""
        uses = "".join(f"#uses({literal(anchor)});" for anchor in _anchors(token["children"]))
        return self.render_tokens(token["children"], state) + uses


def _anchors(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token["type"] == "span" and token["attrs"]["id"]:
            yield token["attrs"]["id"]
        yield from _anchors(token.get("children", []))


def _array(numbers: list[int]) -> str:
    return "".join(f"{number}," for number in numbers)

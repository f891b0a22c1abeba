"""One Markdown dialect, parsed once into tokens that are written out as HTML, as Typst and as plain text.

The dialect is what JupyterLab shows (CommonMark, tables, strike-through, mathematics, raw HTML of harmless kinds),
footnotes, and what a checkable text needs:

- `[27,000](#f-id)` leads to the evidence `f-id` (`w-`: a number worked out, `e-`: an event, `s-`: a source);
- `[text]{#anchor .class lang=kk}` is a span that can be linked to, styled, and told its language;
- a paragraph that begins with "Table: " directly before a table is its caption;
- captions and headings may end in `{#anchor}`;
- the first column of a table names its rows;
- `![text](data:image/svg+xml;base64,...)` is a small drawing in the line.

Comments stay hidden. Text goes into Typst as string literals only, so that nothing in it can be code.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from functools import cache
from html import unescape
from typing import Any

import mistune
from mistune.plugins.footnotes import footnotes
from mistune.plugins.formatting import strikethrough
from mistune.plugins.math import math, math_in_list, math_in_quote
from mistune.plugins.task_lists import task_lists
from mistune.util import unikey

from helpers.markup import html, raw, tables, typst
from helpers.markup.literal import literal
from helpers.markup.tokens import Token, slug, walk, words

__all__ = ["drawing", "escape", "literal", "parse", "plain", "slug", "to_html", "to_typst"]

_PUNCTUATION = re.compile(r'[\\`*_\[\]{}<>|~&$"!]')
# What means something only at the start of a block: a list, a heading, a rule, a caption.
_START = re.compile(r"^(\s*)(?:(\d+)(?=[.)])|(Table)(?=:)|(?=[-+=#:]))")
_ATTRIBUTE = r"(?:#[\w:.-]+|\.[A-Za-z][\w-]*|lang=[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)"
_ATTRIBUTES = rf"\{{ *(?P<attributes>{_ATTRIBUTE}(?: +{_ATTRIBUTE})*) *\}}"
_TRAILING = re.compile(rf"\s*{_ATTRIBUTES}\s*$")
_CAPTION = "Table: "
_LABEL = re.compile(r"\[\^([^\]\n]+)\]:")
_ENVIRONMENT = r"^ {0,3}\\begin\{(?P<latex_name>[a-z]+\*?)\}[\s\S]*?\\end\{(?P=latex_name)\}[ \t]*(?:\n|$)"
_KEPT = re.compile(r"[ \t\r\n\f\v]+")


def escape(text: str) -> str:
    """Markdown in which `text` stands for itself, on one line."""
    line = _KEPT.sub(" ", text)
    return _START.sub(lambda m: f"{m[1]}{m[2] or m[3] or ''}\\", _PUNCTUATION.sub(r"\\\g<0>", line))


def parse(markdown: str) -> list[Token]:
    """The tokens of a text, raw HTML in them as elements of which only what is allowed is left."""
    tokens, state = _parser().parse(markdown)
    assert isinstance(tokens, list)  # text only comes of a parser with a renderer
    tokens += _unused(markdown, state.env)
    _unescape(tokens)
    tokens = raw.fold(tokens)
    _join(tokens)
    return tokens


def to_html(markdown: str) -> str:
    """Markdown as HTML: nothing that runs, and links only within the page, to the web and to mail addresses."""
    return html.write(parse(markdown))


def to_typst(markdown: str) -> str:
    """Markdown as Typst, in the vocabulary of `export/template.typ`."""
    return typst.write(parse(markdown))


def plain(markdown: str) -> str:
    """The text of Markdown without its marks, one line per paragraph, list item and table row."""
    lines = "".join(words(parse(markdown))).splitlines()
    return "\n".join(line for line in (" ".join(one.split()) for one in lines) if line)


def drawing(svg: str, text: str) -> str:
    """Markdown that shows a small drawing in the line, with `text` in place of it where it cannot be seen."""
    return f"![{escape(text)}](data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()})"


# --- the parser ----------------------------------------------------------------------------------------------------


@cache
def _parser() -> mistune.Markdown:
    plugins = [tables.table, strikethrough, footnotes, math, math_in_quote, math_in_list, task_lists, _dialect]
    return mistune.create_markdown(renderer=None, plugins=plugins)


def _dialect(md: mistune.Markdown) -> None:
    """The mistune plugin: bracketed spans, captions, anchors of headings, row headers, LaTeX environments."""
    inside = r"(?:\\.|[^\\\[\]])"
    for _ in range(3):  # brackets nest: a link in a span, a mark in a link in a span
        inside = rf"(?:\\.|[^\\\[\]]|\[{inside}*\])"
    pattern = rf"\[(?P<inside>{inside}+)\]{_ATTRIBUTES}"
    md.inline.register("span", pattern, _parse_span, before="link", start_chars="[")
    md.block.register("environment", _ENVIRONMENT, _parse_environment, before="paragraph")
    md.before_render_hooks.append(lambda _, state: _fold(state.tokens))


def _parse_span(inline: mistune.InlineParser, m: re.Match[str], state: mistune.InlineState) -> int:
    inner = state.copy()
    inner.src = m["inside"]
    state.append_token({"type": "span", "children": inline.render(inner), "attrs": _attributes(m["attributes"])})
    return m.end()


def _parse_environment(block: mistune.BlockParser, m: re.Match[str], state: mistune.BlockState) -> int:
    state.append_token({"type": "block_math", "raw": m[0].strip()})
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
    for line in body["children"]:
        line["children"][0]["attrs"]["row"] = len(line["children"]) > 1  # alone it names nothing
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


def _unused(markdown: str, env: Mapping[str, Any]) -> list[Token]:
    """Footnotes that nothing refers to, as they were written: a text may be unfinished, but nothing of it is lost."""
    notes = env.get("ref_footnotes") or {}
    idle = [key for key in notes if key not in (env.get("footnotes") or ())]
    # The parser keeps a label in capitals only.
    written = {unikey(label): label for label in _LABEL.findall(markdown)} if idle else {}
    tokens: list[Token] = []
    for key in idle:
        label = escape(f"[^{written.get(key, key)}]:")
        note, _ = _parser().parse(f"{label} {notes[key].strip()}")
        assert isinstance(note, list)
        tokens += note
    return tokens


def _join(tokens: list[Token]) -> None:
    """Give the first reference to each footnote the note itself, since on paper it stands at the foot of the page."""
    notes = {one["attrs"]["index"]: one["children"] for one in walk(tokens) if one["type"] == "footnote_item"}
    for token in walk(tokens):
        if token["type"] == "footnote_ref" and (note := notes.pop(token["attrs"]["index"], None)):
            token["attrs"] |= {"first": True, "note": note}


def _unescape(tokens: list[Token]) -> None:
    """Read entities, in place. A text that was escaped is a token of its own, so `\\&amp;` stays what it says."""
    for token in tokens:
        if token["type"] == "text" and "&" in token["raw"]:
            token["raw"] = unescape(token["raw"])
        elif token["type"] in ("link", "image") and token["attrs"].get("title"):
            token["attrs"]["title"] = unescape(token["attrs"]["title"])
        if "children" in token:
            _unescape(token["children"])

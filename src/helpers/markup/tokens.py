"""The tokens that Markdown and foreign HTML are read into, and what both writers ask of them.

A token is a dict with a `type`, and with `children` (tokens), `raw` (text) or neither; `attrs` holds the rest. Besides
mistune's own types there are: `span` (an anchor, classes, a language), `element` (foreign HTML that is allowed),
`notice` (what had to be left out) and, put in by the exporters, `picture`, `here`, `uses`, `role` and `chart`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

Token = dict[str, Any]

# Links to evidence: a figure, a number worked out, an event; `s-` is a source.
EVIDENCE = re.compile(r"#[fwe]-")
_ADDRESS = re.compile(r"(?:https?:|mailto:)\S", re.IGNORECASE)
_BREAKS = frozenset(("paragraph", "block_text", "heading", "table_caption", "block_code", "block_math", "notice"))
_LINES = ("p", "div", "li", "tr", "pre", "dt", "dd", "caption", "figcaption", "blockquote", "summary")


def slug(text: str) -> str:
    """The id of a heading: its words in lower case, joined by hyphens."""
    return "-".join(re.findall(r"\w+", text.lower())) or "section"


def target(url: str) -> str:
    """The address if a link may lead there: within the document, to the web, to mail. If not, the empty string."""
    if url.startswith("#") and len(url) > 1:
        return unquote(url)
    return url if _ADDRESS.match(url) else ""


def text(tokens: list[Token]) -> str:
    """What the tokens say, on one line."""
    return " ".join("".join(words(tokens)).split())


def words(tokens: list[Token]) -> Iterator[str]:
    """What the tokens say, with a line break behind each paragraph, item and row."""
    for token in tokens:
        kind = token["type"]
        if kind in ("table_head", "table_row", "table_group"):
            yield row(token) + "\n"
        elif kind in ("softbreak", "linebreak"):
            yield " " if kind == "softbreak" else "\n"
        elif kind == "notice":
            yield notice(token)
        elif kind in ("here", "uses"):
            continue
        elif "raw" in token:
            yield token["raw"]
        elif "children" in token:
            yield from words(token["children"])
            if kind == "element" and token["attrs"]["tag"] in ("td", "th"):
                yield " "
        if kind in _BREAKS or (kind == "element" and token["attrs"]["tag"] in _LINES):
            yield "\n"


def row(token: Token, joint: str = " · ") -> str:
    """A table's row on one line."""
    cells = ("".join(words(cell["children"])).strip() for cell in token["children"])
    return joint.join(cell for cell in cells if cell)


def walk(tokens: list[Token]) -> Iterator[Token]:
    """Every token, parents first, in order of the document."""
    waiting = list(reversed(tokens))
    while waiting:
        token = waiting.pop()
        yield token
        waiting.extend(reversed(token.get("children", ())))


def notice(token: Token) -> str:
    """The text of a notice: what the exporters say, or else what is missing in plain English."""
    return token.get("text") or f"Left out: {token['attrs']['what']}"


def element(tag: str, children: list[Token], **attributes: str) -> Token:
    """An element of HTML that is allowed, with its attributes."""
    return {"type": "element", "children": children, "attrs": {"tag": tag, "own": attributes}}

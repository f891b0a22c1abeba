"""White space in foreign HTML: what is its layout, and what parts words."""

from __future__ import annotations

from helpers.markup.tokens import Token

_WHITE = " \t\r\n\f"
_IN_LINE = frozenset(
    ("text", "link", "span", "image", "picture", "inline_math", "codespan", "emphasis", "strong", "strikethrough")
)
# Elements that are a line or lines of their own: paragraphs and the like, and what holds rows or items.
LINES = frozenset(("div", "p", "section", "figure", "figcaption", "details", "summary", "dt", "dd", "caption", "li"))
OWN_LINE = LINES | {
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "ul",
    "ol",
    "dl",
    "pre",
    "blockquote",
    "svg",
}


def trimmed(children: list[Token]) -> list[Token]:
    """The children of a block without the line breaks and indents of the HTML's own layout; words stay apart."""
    kept: list[Token] = []
    parted = False
    for child in children:
        if child["type"] == "text" and not child["raw"].strip(_WHITE):
            parted = True
            continue
        if parted and kept and _runs_on(kept[-1]) and _runs_on(child):
            kept.append({"type": "text", "raw": " "})
        kept.append(child)
        parted = False
    for at, child in enumerate(kept):
        if child["type"] == "text" and child["raw"] != " ":
            starts = at == 0 or not _runs_on(kept[at - 1])
            ends = at + 1 == len(kept) or not _runs_on(kept[at + 1])
            said = child["raw"].lstrip(_WHITE) if starts else child["raw"]
            kept[at] = {**child, "raw": said.rstrip(_WHITE) if ends else said}
    return kept


def _runs_on(token: Token) -> bool:
    """Whether a token stands in a line with those beside it."""
    if token["type"] == "element":
        return token["attrs"]["tag"] not in OWN_LINE
    return token["type"] in _IN_LINE

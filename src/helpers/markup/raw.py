"""Foreign HTML, in an output or in Markdown, read into tokens of which only what is allowed is left.

A browser's own parser (in `safe`) puts the HTML in order first; what is opened and never closed ends with its text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import tinycss2
from bs4 import BeautifulSoup
from soupsieve import SelectorSyntaxError

from helpers.markup import safe
from helpers.markup.tokens import Token, element

# What cannot be shown on paper or in a page that runs nothing; its text goes with it, except that of a form.
_MISSING = {
    **dict.fromkeys(("script", "iframe", "object", "embed", "video", "audio", "canvas", "frame", "applet"), True),
    **dict.fromkeys(("input", "select", "textarea"), True),
    **dict.fromkeys(("form", "button"), False),
}
_NAMES = {"input": "form", "select": "form", "textarea": "form", "button": "form", "frame": "iframe"}
_SILENT = frozenset(("style", "template", "head", "noscript"))
_INSTEAD = {
    "center": "div",
    "strike": "s",
    "tt": "code",
    "font": "span",
    "big": "span",
    "main": "div",
    "article": "div",
}
_VOID = safe.VOID | {"input", "embed", "frame", "source", "track", "area", "param", "meta", "link", "base"}
_RAW_BLOCK = 5_000  # characters from which raw HTML in Markdown is put in order before it is read
_DEEPEST = 60
_NESTED = 3_000
# How the names of elements begin that need no end.
_LEFT_OPEN = (
    "br",
    "hr",
    "img",
    "p",
    "li",
    "td",
    "th",
    "tr",
    "tb",
    "tf",
    "dd",
    "dt",
    "col",
    "input",
    "wbr",
    "meta",
    "link",
    "option",
)
_RULES = 3_000


@dataclass
class _Lost:
    """What of a text or an output cannot be shown, and how much of it its author keeps from sight."""

    missing: Counter[str] = field(default_factory=Counter)
    hidden: int = 0

    def tokens(self) -> Iterator[Token]:
        if self.missing:
            found = [
                name if count == 1 or name == "form" else f"{name} ({count})"
                for name, count in sorted(self.missing.items())
            ]
            yield {"type": "notice", "attrs": {"what": ", ".join(found)}}
        if self.hidden:
            yield {"type": "hidden", "attrs": {"count": self.hidden}}


def read(html: str, own: bool = False) -> list[Token]:
    """The tokens of an output's HTML; a notice at the end names what had to be left out.

    Parameters
    ----------
    own
        Whether it is a chart of this project, whose classes the page's style sheet knows.
    """
    lost = _Lost()
    builder = _Builder(lost, own)
    builder.raw(_styled(_ordered(html, lost)))
    return [*builder.root, *lost.tokens()]


def fold(tokens: list[Token]) -> list[Token]:
    """Markdown tokens with their raw HTML as elements around what it encloses, block by block; notices at the end."""
    lost = _Lost()
    return [*_folded(tokens, lost), *lost.tokens()]


def _folded(tokens: list[Token], lost: _Lost) -> list[Token]:
    for token in tokens:
        if "children" in token:
            token["children"] = _folded(token["children"], lost)
    if not any(token["type"] in ("block_html", "inline_html") for token in tokens):
        return tokens
    builder = _Builder(lost)
    for token in tokens:
        if token["type"] in ("block_html", "inline_html"):
            raw = token["raw"]
            builder.raw(_ordered(raw, lost) if len(raw) > _RAW_BLOCK else raw)
        else:
            builder.add(token)
    return builder.root


def _ordered(html: str, lost: _Lost) -> str:
    """HTML in order, or nothing where it is nested so deeply that the time to read it would grow with the square."""
    depth = deepest = 0
    for part in html.split("<")[1:]:
        if part.startswith("/"):
            depth = max(0, depth - 1)
        elif part[:1].isalpha() and not part.lower().startswith(_LEFT_OPEN):
            depth += 1
            deepest = max(deepest, depth)
    if deepest > _NESTED:
        lost.missing["HTML nested more deeply than can be read"] += 1
        return ""
    return safe.ordered(html)


class _Builder(HTMLParser):
    """A tree of tokens from pieces of HTML and finished tokens, in turn."""

    def __init__(self, lost: _Lost, own: bool = False) -> None:
        super().__init__()
        self.lost = lost
        self.own = own
        self.root: list[Token] = []
        self.open: list[tuple[str, list[Token]]] = [("", self.root)]
        self.skipped: list[str] = []
        self.deeper: list[str] = []
        self.boxes: list[int] = []  # how deep each box to scroll in stands

    def raw(self, html: str) -> None:
        self.reset()
        self.feed(html)
        self.close()

    def add(self, token: Token) -> None:
        if not self.skipped:
            self.open[-1][1].append(token)

    def handle_data(self, data: str) -> None:
        self.add({"type": "text", "raw": data})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self.skipped:
            if tag not in _VOID:
                self.skipped.append(tag)
            return
        if tag in _MISSING and not (tag == "input" and given.get("type") == "hidden"):
            self.lost.missing[_missing(tag, given)] += 1
        hidden = "hidden" in given or safe.hidden(given.get("style", ""))
        self.lost.hidden += hidden
        if hidden or _MISSING.get(tag) or tag in _SILENT or (tag == "title" and not self._inside("svg")):
            if tag not in _VOID:
                self.skipped.append(tag)
            return
        tag = _INSTEAD.get(tag, tag)
        name = safe.CASED.get(tag, tag)
        if name not in safe.ALLOWED and tag not in ("a", "img"):
            return  # its text stays
        token = _token(name, given, self.own)
        if tag == "table" and self.boxes:
            token["attrs"]["boxed"] = True
        if token["type"] == "element":
            token["attrs"]["depth"] = len(self.open)
        self.add(token)
        if tag in _VOID:
            return
        if len(self.open) > _DEEPEST:
            self.deeper.append(tag)
        else:
            self.open.append((tag, token["children"]))
            if tag == "div" and given.get("class") == "scroll":
                self.boxes.append(len(self.open))

    def handle_endtag(self, tag: str) -> None:
        tag = tag if self.skipped else _INSTEAD.get(tag, tag)
        if self.skipped:
            if tag in self.skipped:
                while self.skipped.pop() != tag:
                    pass
        elif tag in self.deeper:
            self.deeper.remove(tag)
        elif self._inside(tag):
            while self.open.pop()[0] != tag:
                pass
            self.boxes = [depth for depth in self.boxes if depth <= len(self.open)]

    def _inside(self, tag: str) -> bool:
        return any(name == tag for name, _ in self.open[1:])


def _token(tag: str, given: dict[str, str], trusted: bool) -> Token:
    """The token of a start tag, still empty."""
    own = safe.attributes(tag, given, trusted)
    if tag == "a" and "href" in own:
        return {"type": "link", "children": [], "attrs": {"url": own["href"], "title": own.get("title", "")}}
    if tag == "a":
        return {"type": "span", "children": [], "attrs": _anchor(given.get("id") or given.get("name") or "")}
    if tag == "img":
        alt = [{"type": "text", "raw": given["alt"]}] if given.get("alt") else []
        size = {name: own[name] for name in ("width", "height", "style") if name in own}
        return {"type": "image", "children": alt, "attrs": {"url": given.get("src", ""), "size": size}}
    if tag == "br":
        return {"type": "linebreak"}
    if tag == "hr":
        return {"type": "thematic_break"}
    if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return {"type": "heading", "children": [], "attrs": {"level": int(tag[1]), "anchor": own.get("id", "")}}
    return element(tag, [], **own)


def _anchor(name: str) -> dict[str, str]:
    return {"id": name, "classes": "", "lang": ""}


def _missing(tag: str, given: dict[str, str]) -> str:
    """What is left out, with its address where that is one of the web."""
    name = _NAMES.get(tag, tag)
    source = given.get("src") or given.get("data") or ""
    return f"{name} {source[:200]}" if source.lower().startswith(("https://", "http://")) else name


def _styled(html: str) -> str:
    """The HTML with the rules of its style sheets on the elements they mean, as pandas' Styler writes them."""
    if "<style" not in html:
        return html
    page = BeautifulSoup(html, "html.parser")
    rules: list[Any] = []
    for sheet in page.find_all("style"):
        rules += tinycss2.parse_stylesheet(sheet.string or "", skip_comments=True, skip_whitespace=True)
        sheet.decompose()
    for rule in reversed(rules[:_RULES]):  # each goes before what is there already, so that the last holds
        if rule.type != "qualified-rule":
            continue
        selector, declarations = tinycss2.serialize(rule.prelude).strip(), tinycss2.serialize(rule.content).strip()
        if selector.startswith(".dataframe") or not (safe.style(declarations) or safe.hidden(declarations)):
            continue  # how pandas lays out its tables is the page's own style
        try:
            chosen = page.select(selector)
        except (SelectorSyntaxError, NotImplementedError, ValueError):
            continue  # a pseudo-element, or a selector newer than the library
        for one in chosen:
            one["style"] = f"{declarations.rstrip(';')}; {one.get('style', '')}".strip("; ")
    return str(page)

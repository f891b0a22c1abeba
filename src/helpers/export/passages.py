"""Passages that can be cited: an address of its own for each paragraph, list item and caption."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from helpers.markup.tokens import EVIDENCE, Token, slug, walk

CITED = frozenset(("paragraph", "list_item", "task_list_item", "table_caption"))


def once(tokens: list[Token]) -> None:
    """Take the id from a passage that says what one before it says: of two the first is cited."""
    seen: set[str] = set()
    for token in walk(tokens):
        here = [child for child in token.get("children", ()) if child["type"] == "here"]
        if here and here[0]["attrs"]["id"] in seen:
            token["children"] = [child for child in token["children"] if child["type"] != "here"]
        seen.update(one["attrs"]["id"] for one in here)
    cited: set[str] = set()
    for token in walk(tokens):
        if token["type"] in CITED and (name := token.get("attrs", {}).get("id")):
            if name in cited:
                del token["attrs"]["id"]
            cited.add(name)


def cite(tokens: list[Token], label: str) -> None:
    """An id on each paragraph, list item and caption, and a link to itself behind each, in place.

    The id comes from the words, and from what its numbers lead to instead of the numbers: it stays when another passage
    is put before this one or a figure is corrected, and goes when the passage says something else.
    """
    for token in walk(tokens):
        holder = token
        if token["type"] in ("list_item", "task_list_item") and token["children"]:
            holder = token["children"][0]
            if holder["type"] != "block_text":
                continue
        elif token["type"] not in CITED:
            continue
        said = " ".join("".join(_cited(holder["children"])).split())
        if not said:
            continue
        plain = "".join(part if not EVIDENCE.match(part) else " " for part in _parts(holder["children"]))
        words = slug(" ".join(re.findall(r"[^\W\d_]+", plain)[:5]))
        name = f"p-{words}-{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()[:6]}"
        token.setdefault("attrs", {})["id"] = name
        holder["children"].append({"type": "here", "attrs": {"id": name, "label": label}})


def _cited(tokens: list[Token]) -> Iterator[str]:
    for part in _parts(tokens):
        yield f" {part} " if EVIDENCE.match(part) else part


def _parts(tokens: list[Token]) -> Iterator[str]:
    """The text of tokens, with the target of each link to evidence in place of the number."""
    for token in tokens:
        if token["type"] == "link" and EVIDENCE.match(token["attrs"]["url"]):
            yield token["attrs"]["url"]
        elif token["type"] in ("softbreak", "linebreak"):
            yield " "
        else:
            yield token.get("raw", "") if token["type"] != "footnote_ref" else ""
            yield from _parts(token.get("children", []))

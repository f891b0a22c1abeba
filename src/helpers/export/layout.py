"""How blocks stand in a document, on its tokens: the first screen, what stands side by side, charts, glances."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from helpers.markup.tokens import Token, text, walk

# What stands side by side where one follows another.
BESIDE = ("points", "supported", "unsupported")
# Letters of a paragraph, about ten lines, that a page of the PDF is rather left short for than parting it.
_UNBROKEN = 800
_LEADS = ("standfirst", "edition", *BESIDE)


def arrange(tokens: list[Token], words: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Number the charts, show at each number what it leads to, and put side by side what stands so, in place.

    The edition goes above the title.

    Returns
    -------
    dict
        What the numbers lead to, by id: the words it quotes, and the rest of its entry.
    """
    for token in tokens:
        if token["type"] == "paragraph" and len(text(token["children"])) <= _UNBROKEN:
            token["attrs"] = token.get("attrs", {}) | {"unbroken": True}
    _tie(tokens)
    _number(tokens, words["figure"])
    entries = _glance(tokens)
    tokens[:] = _spread(tokens)
    at = next((at for at, one in enumerate(tokens) if _is_title(one)), len(tokens))
    for line in [one for one in tokens[at + 1 : at + 5] if role(one) == "edition"]:
        tokens.remove(line)
        tokens.insert(at, line)
    return entries


def first_screen(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """The title with what may follow it there (standfirst, edition, a chart, points and verdicts), and the rest."""
    at = next((at for at, one in enumerate(tokens) if _is_title(one)), None)
    if at is None:
        return [], tokens
    end = at + 1
    while at and role(tokens[at - 1]) == "edition":
        at -= 1
    while end < len(tokens) and (
        tokens[end]["type"] in ("blank_line", "beside") or role(tokens[end]) in _LEADS or _leads(tokens[at : end + 1])
    ):
        end += 1
    return tokens[at:end], tokens[:at] + tokens[end:]


def _is_title(token: Token) -> bool:
    return token["type"] == "heading" and token["attrs"]["level"] == 1


def _leads(shown: list[Token]) -> bool:
    """Whether the last is a chart and the first of them."""
    charts = [one for one in shown if one["type"] == "chart"]
    return len(charts) == 1 and charts[0] is shown[-1]


def role(token: Token) -> str:
    """The role of a block, or the empty string."""
    return token["attrs"]["role"] if token["type"] == "role" else ""


def _spread(tokens: list[Token]) -> Iterator[Token]:
    """Points and verdicts that follow one another as one block, and a note with the block before it."""
    found: list[Token] = []
    columns = False
    for token in tokens:
        before = next((one for one in reversed(found) if one["type"] != "blank_line"), None)
        if before and role(token) in BESIDE and (role(before) in BESIDE or before["type"] == "beside"):
            if before["type"] != "beside":
                before.update({"children": [dict(before)], "type": "beside", "attrs": {}})
            before["children"].append(token)
        elif before and role(token) == "note" and _takes_note(before):
            before.update({"children": [dict(before), token], "type": "noted", "attrs": {}})
        else:
            if role(token) == "evidence" and not columns:
                found.append({"type": "columns"})
                columns = True
            found.append(token)
    yield from found


def _takes_note(token: Token) -> bool:
    return token["type"] in ("paragraph", "list") or role(token) in ("points", "example", "questions")


# A range, a number and its unit, a day and its month: no line break parts them, for each space becomes one that holds.
_TIED = re.compile(
    r"(?<=\d)%? (?:to|or|of|до|или|из) (?=\d)|(?<=\d) or (?=(?:more|less)\b)"
    r"|(?<=\d) (?=%|times\b|per ?cent|people\b|days?\b|cases\b|months?\b|million\b|thousand\b)"
    r"|(?<![\d,.])\b\d{1,2} (?=[A-ZА-ЯҰ]\w{2})"
)


def _tie(tokens: list[Token]) -> None:
    """Hold together the parts of each number in a text, in place, be they links or not."""
    for block in tokens:
        for caption in block.get("texts", {}).values():
            _tie(caption)
        for held in _texts(block):
            said = "".join(token["raw"] for token in held)
            tied = _TIED.sub(lambda found: found[0].replace(" ", "\u00a0"), said)
            for token in held:
                size = len(token["raw"])
                token["raw"], tied = tied[:size], tied[size:]


def _texts(block: Token) -> Iterator[list[Token]]:
    """The texts of each line of a block, a cell or an item or a paragraph, in order."""
    line: list[Token] = []
    waiting = [block]
    while waiting:
        token = waiting.pop()
        if token["type"] == "text":
            line.append(token)
        elif token["type"] not in _INLINE and line:
            yield line
            line = []
        if token["type"] not in ("element", "printout", "chart"):
            waiting.extend(reversed(token.get("children", ())))
    if line:
        yield line


_INLINE = frozenset(("text", "link", "span", "strong", "emphasis", "strikethrough", "softbreak"))


def _number(tokens: list[Token], word: str) -> None:
    """A number for each chart, and in the links to it where their text is the word for it."""
    numbers: dict[str, str] = {}
    for token in walk(tokens):
        if token["type"] == "chart":
            attrs = token["attrs"]
            attrs["number"] = numbers.setdefault(attrs["id"], f"{word} {len(numbers) + 1}")
            for part in walk(token["children"]):
                if part["type"] == "element" and part["attrs"]["tag"] == "figcaption":
                    part["children"][:0] = [{"type": "number", "attrs": attrs}]
    for token in walk(tokens):
        if token["type"] == "link" and text(token["children"]) == word and token["attrs"]["url"][1:] in numbers:
            token["children"] = [{"type": "text", "raw": numbers[token["attrs"]["url"][1:]]}]


def _glance(tokens: list[Token]) -> dict[str, tuple[str, str]]:
    """Give each link to evidence a place to show it; not in the evidence and the annex, which are read together."""
    entries = {name: entry for token in tokens if role(token) == "evidence" for name, entry in _entries(token)}
    used = {}
    for token in tokens:
        for link in walk([token]) if role(token) not in ("evidence", "annex") else ():
            if link["type"] == "link" and (name := link["attrs"]["url"][1:]) in entries:
                link["children"].append({"type": "glance"})
                used[name] = entries[name]
    return used


def _entries(evidence: Token) -> Iterator[tuple[str, tuple[str, str]]]:
    """Of each entry the words it quotes; then the rest, and the heading it stands under."""
    heading = next((text(one["children"]) for one in evidence["children"] if one["type"] == "heading"), "")
    for block in walk(evidence["children"]):
        if block["type"] not in ("paragraph", "block_text"):
            continue
        quoted = [one for one in walk(block["children"]) if {"words", "ours"} & set(_classes(one))]
        about = textwrap.shorten(text([one for one in block["children"] if one not in quoted]), 100, placeholder=" …")
        for anchor in walk(block["children"]):
            if anchor["type"] == "span" and anchor["attrs"]["id"]:
                said = "\n".join(text([one]) for one in quoted)
                yield anchor["attrs"]["id"], (said, "\n".join(filter(None, (about, heading))))


def _classes(token: Token) -> list[str]:
    return token["attrs"]["classes"].split() if token["type"] == "span" else []

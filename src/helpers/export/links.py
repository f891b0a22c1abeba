"""The order of one document, on its tokens: headings, every id once, links that lead somewhere, and ways back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote

from helpers.export import passages
from helpers.export.losses import Losses
from helpers.markup.tokens import EVIDENCE, Token, slug, text, walk

# The page's own ids, in page.html.j2.
TAKEN = ("top", "text", "contents", "data")
_EVIDENCE_ID = re.compile(r"[fwes]-")
# Blocks behind whose text the ways back stand.
_BLOCKS = frozenset(("paragraph", "block_text", "heading", "table_cell", "table_caption"))
_FILLING = frozenset(
    ("picture", "image", "printout", "block_code", "thematic_break", "table", "block_math", "chart", "notice", "failed")
)
_FOREIGN = re.compile(r"o\d+-")  # the prefix of ids in outputs
_OWN_REFERENCE = re.compile(r"(?<=url\(#)[^)\"']+")


class Heading(NamedTuple):
    """A heading as the contents list it."""

    level: int
    id: str
    text: str


def rename(tokens: list[Token], prefix: str, kept: tuple[str, ...] = ()) -> None:
    """Put a prefix to every id of foreign HTML and to what refers to it within, in place."""
    names = {name for token in walk(tokens) if (name := _id(token))}
    new = {name: name if kept and name.startswith(kept) else prefix + name for name in names}
    for token in walk(tokens):
        if name := _id(token):
            _name(token, new[name])
        if token["type"] == "link":
            url = token["attrs"]["url"]
            token["attrs"]["url"] = f"#{new[url[1:]]}" if url.startswith("#") and url[1:] in new else url
        if token["type"] != "element":
            continue
        own = token["attrs"]["own"]
        for name, value in own.items():
            if value.startswith("#"):
                own[name] = f"#{new.get(value[1:], value[1:])}"
            elif "url(#" in value:
                own[name] = _OWN_REFERENCE.sub(lambda m: new.get(m[0], m[0]), value)


# --- the whole document --------------------------------------------------------------------------------------------


def settle(tokens: list[Token], losses: Losses, words: dict[str, str], *, drop_empty: bool = False) -> list[Heading]:
    """Give headings their levels, every id its one place, links their targets and evidence its ways back, in place.

    Returns
    -------
    list of Heading
        In order of the document.
    """
    _drop_blank(tokens)
    passages.once(tokens)
    names, ids = _names(tokens)
    headings = _outline(tokens, drop_empty, ids, names)
    _follow(tokens, ids, names, losses)
    _prune(tokens)
    _lead_back(tokens)
    return headings


def ids(tokens: list[Token]) -> set[str]:
    """Every id of the document."""
    return {name for token in walk(tokens) if (name := _id(token))}


def outline(levels: Sequence[int], filled: Sequence[bool]) -> list[int | None]:
    """The level each heading gets, or None where nothing stands under it.

    A first heading of level 1 is the title. A later one is a part: it counts as level 2, and what it holds stands below
    it. No level is skipped, since a screen reader's outline and PDF/UA ask for that.

    Parameters
    ----------
    levels
        The headings' levels in order of the document.
    filled
        Whether anything stands between a heading and the next one, or the heading is to be kept without.
    """
    title = 0 if levels and levels[0] == 1 else None
    result: list[int | None] = []
    above: list[tuple[int, int]] = []
    for at, level in enumerate(levels):
        end = next((later for later in range(at + 1, len(levels)) if levels[later] <= level), len(levels))
        if at == title:
            result.append(1)
        elif not any(filled[at:end]):
            result.append(None)
        else:
            while above and above[-1][0] >= level:
                above.pop()
            given = min(6, above[-1][1] + 1 if above else 2)
            above.append((level, given))
            result.append(given)
    return result


def _drop_blank(tokens: list[Token]) -> None:
    """Take out headings without text: they name nothing, and PDF/UA refuses them."""
    tokens[:] = [
        token
        for token in tokens
        if token["type"] != "heading" or text(token["children"]) or any(map(_pictured, walk(token["children"])))
    ]
    for token in tokens:
        if "children" in token:
            _drop_blank(token["children"])


def _pictured(token: Token) -> bool:
    return token["type"] in ("picture", "image")


def _names(tokens: list[Token]) -> tuple[dict[str, str], set[str]]:
    """Every id that someone wrote, each once; and by which other names links may mean it."""
    ids, names = set(TAKEN), dict[str, str]()
    for token in walk(tokens):
        if not (name := _id(token)):
            continue
        if name in ids:
            _name(token, "")
        else:
            ids.add(name)
            names.setdefault(_FOREIGN.sub("", name), name)
    return names, ids


def _outline(tokens: list[Token], drop_empty: bool, ids: set[str], names: dict[str, str]) -> list[Heading]:
    found: list[Token] = []
    filled: list[bool] = []
    for token in walk(tokens):
        if token["type"] == "heading":
            found.append(token)
            filled.append(not drop_empty)
        elif filled and not filled[-1] and (token["type"] in _FILLING or _says(token, found[-1])):
            filled[-1] = True
    levels = outline([token["attrs"]["level"] for token in found], filled)
    for token, level in zip(found, levels, strict=True):
        if level is None:
            token.clear()
            token.update(type="blank_line")
            continue
        said, attrs = text(token["children"]), token["attrs"]
        attrs["level"] = level
        attrs["anchor"] = attrs.get("anchor") or _free(slug(said), ids)
        ids.add(attrs["anchor"])
        for name in (said.replace(" ", "-"), slug(said)):  # as JupyterLab and as GitHub name a heading
            names.setdefault(name, attrs["anchor"])
            names.setdefault(name.lower(), attrs["anchor"])
    return [
        Heading(token["attrs"]["level"], token["attrs"]["anchor"], text(token["children"]))
        for token in found
        if token["type"] == "heading"
    ]


def _says(token: Token, heading: Token) -> bool:
    said = token["type"] in ("text", "codespan", "inline_math") and token["raw"].strip()
    return bool(said) and not any(one is token for one in walk(heading["children"]))


def _free(name: str, ids: set[str]) -> str:
    """A second section of the same name is numbered, so that the contents can lead to both."""
    if _EVIDENCE_ID.match(name):
        name = f"section-{name}"
    number = 1
    while (given := name if number == 1 else f"{name}-{number}") in ids:
        number += 1
    return given


def _follow(tokens: list[Token], ids: set[str], names: dict[str, str], losses: Losses) -> None:
    """Point each link within the document to an id; one that leads nowhere becomes text, and is counted."""
    notes = {f"note-{token['attrs']['index']}" for token in walk(tokens) if token["type"] == "footnote_item"}
    for token, cell in _with_cells(tokens):
        if token["type"] != "link" or not token["attrs"]["url"].startswith("#"):
            continue
        name = "".join(letter for letter in unquote(token["attrs"]["url"][1:]) if letter.isprintable())
        place = name if name in ids or name in notes else names.get(name) or names.get(name.lower())
        token["attrs"]["url"] = f"#{place}" if place else ""
        if not place:
            losses.add(cell, "link", f"`{text(token['children'])}` leads to `#{name}`, which is not in this document")


def _with_cells(tokens: list[Token], cell: int = 0) -> Iterator[tuple[Token, int]]:
    for token in tokens:
        at = token.get("cell", cell)
        yield token, at
        yield from _with_cells(token.get("children", []), at)


def _prune(tokens: list[Token]) -> None:
    """Drop the ids of foreign elements that nothing leads to: a Styler names every cell."""
    used = {token["attrs"]["url"][1:] for token in walk(tokens) if token["type"] == "link"}
    for token in walk(tokens):
        if token["type"] == "element":
            own = token["attrs"]["own"]
            used.update(value[1:] for value in own.values() if value.startswith("#"))
            used.update(found for value in own.values() for found in _OWN_REFERENCE.findall(value))
    for token in walk(tokens):
        if token["type"] == "element" and (name := _id(token)) and name not in used and _FOREIGN.match(name):
            del token["attrs"]["own"]["id"]


def _lead_back(tokens: list[Token]) -> None:
    """Number the links to evidence, and put the ways back behind the text that holds what they lead to.

    There are hundreds: their ids are short. Entries of the evidence that name one another have no way back.
    """
    uses: dict[str, list[str]] = {}
    for token in walk([one for one in tokens if one.get("attrs", {}).get("role") != "evidence"]):
        if token["type"] == "link" and EVIDENCE.match(token["attrs"]["url"]):
            token["attrs"]["id"] = f"u{sum(map(len, uses.values())) + 1}"
            uses.setdefault(token["attrs"]["url"][1:], []).append(token["attrs"]["id"])
    for token, block in list(_with_blocks(tokens)):
        if block is not None and (back := uses.get(_id(token) or "")):
            attrs = {"target": _id(token), "links": back}
            block["children"].append({"type": "uses", "attrs": attrs})


def _with_blocks(tokens: list[Token], block: Token | None = None) -> Iterator[tuple[Token, Token | None]]:
    for token in tokens:
        inner = token if token["type"] in _BLOCKS else block
        yield token, inner
        yield from _with_blocks(token.get("children", []), inner)


def _id(token: Token) -> str:
    """The id that someone gave a token, or the empty string."""
    attrs: dict[str, Any] = token.get("attrs", {})
    if token["type"] == "element":
        return attrs["own"].get("id", "")
    return attrs.get({"span": "id", "heading": "anchor", "table": "anchor"}.get(token["type"], "")) or ""


def _name(token: Token, name: str) -> None:
    attrs = token["attrs"]
    if token["type"] == "element":
        attrs["own"].pop("id", None)
        if name:
            attrs["own"]["id"] = name
    else:
        attrs["id" if token["type"] == "span" else "anchor"] = name

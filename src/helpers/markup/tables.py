"""Tables as JupyterLab reads them: rows may be uneven, and a table may stand in a list or a quotation.

A row of one cell, all of it bold, in a table of several columns is a heading for the rows below it, and spans them.
"""

from __future__ import annotations

import re
from typing import Any

import mistune

from helpers.markup.tokens import Token, text

_START = r"^ {0,3}[^\s|][^\n]*\|[^\n]*(?:\n|$)|^ {0,3}\|[^\n]*(?:\n|$)"
_CELL = re.compile(r"((?:[^|\\]|\\.|\\$)*)(?:\||$)")
_PAIR = re.compile(r"\\(.)")
_DASHES = re.compile(r"\s*:?-+:?\s*")
_BOLD = re.compile(r"\*\*((?:(?!\*\*).)+)\*\*")

_TOLD = 80  # letters from which a cell is a sentence, which takes the full width of a narrow screen


def table(md: mistune.Markdown) -> None:
    """The mistune plugin."""
    md.block.register("table", _START, _parse, before="paragraph")
    for rules in (md.block.block_quote_rules, md.block.list_rules):
        md.block.insert_rule(rules, "table", before="paragraph")


def _parse(block: mistune.BlockParser, m: re.Match[str], state: mistune.BlockState) -> int | None:
    at = m.end()
    head = _cells(m[0])
    dashes = state.get_line(at) if at < state.cursor_max else ""
    marks = _cells(dashes)
    if "|" not in dashes + m[0] or len(head) != len(marks) or not all(map(_DASHES.fullmatch, marks)):
        return None
    at += len(dashes)
    rows: list[list[str]] = []
    while at < state.cursor_max:
        line = state.get_line(at)
        if not line.strip() or "|" not in line:
            break
        rows.append(_cells(line))
        at += len(line)
    # A cell beyond the head is kept, in a column without a name.
    wide = max(len(head), *(len(row) for row in rows)) if rows else len(head)
    aligns = [_align(mark.strip()) for mark in marks] + [None] * (wide - len(marks))
    children = [
        {"type": "table_head", "children": _row(head, aligns, True)},
        {
            "type": "table_body",
            "children": [_line(row, aligns) for row in rows],
        },
    ]
    state.append_token({"type": "table", "children": children})
    return at


def _cells(line: str) -> list[str]:
    found = _CELL.findall(line.strip().removeprefix("|"))
    if len(found) > 1 and not found[-1].strip():
        found.pop()  # behind the last bar
    # A bar that is escaped is a bar, in code too.
    return [_PAIR.sub(lambda m: "|" if m[1] == "|" else m[0], cell.strip()) for cell in found]


def _line(cells: list[str], aligns: list[str | None]) -> dict[str, Any]:
    if len(cells) == 1 and len(aligns) > 1 and (bold := _BOLD.fullmatch(cells[0])):
        return {"type": "table_group", "children": _row([bold[1]], [None], False), "attrs": {"wide": len(aligns)}}
    return {"type": "table_row", "children": _row(cells, aligns, False)}


def _row(cells: list[str], aligns: list[str | None], head: bool) -> list[dict[str, Any]]:
    filled = [*cells, *[""] * (len(aligns) - len(cells))]
    return [
        {"type": "table_cell", "text": text, "attrs": {"align": align, "head": head}}
        for text, align in zip(filled, aligns, strict=True)
    ]


def _align(mark: str) -> str | None:
    ends = mark.startswith(":"), mark.endswith(":")
    return {(True, True): "center", (False, True): "right", (True, False): "left"}.get(ends)


def cards(head: Token, body: Token) -> dict[str, str]:
    """Class and style of a table of three columns or more: a narrow screen shows each of its rows as a card.

    Before a cell it then says the name of the column, which the style holds.
    """
    names = [re.sub(r"['\\\n]", r"\\\g<0>", text(cell["children"])) for cell in head["children"]]
    if len(names) < 3:
        return {}
    longest = max((len(text(cell["children"])) for row in body["children"] for cell in row["children"][1:]), default=0)
    said = "; ".join(f"--{at}: '{name}'" for at, name in enumerate(names[1:], 2))
    return {"class_": "cards told" if longest > _TOLD else "cards", "style": said}

"""Elements of foreign HTML written as Typst: tables cell by cell, and how text is marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape as xml
from xml.sax.saxutils import quoteattr

from helpers.markup import maths
from helpers.markup.literal import data, literal
from helpers.markup.tokens import Token, text
from helpers.markup.whitespace import LINES, OWN_LINE, trimmed

Write = Callable[[list[Token]], str]

# The characters that one line of a table has room for: in the column of text, and with the margin.
COLUMN, FULL = 74, 108
_CELL = 34  # a longer cell breaks

# The compiler nests its rules 64 deep; what stands deeper in foreign HTML is set as its text.
_DEEPEST, _DEEPEST_TABLE = 20, 8

_MARKS = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "emph"),
    **dict.fromkeys(("s", "del"), "strike"),
    **dict.fromkeys(("u", "ins"), "underline"),
    "sub": "sub",
    "sup": "super",
    "small": "smaller",
    "mark": "highlight",
}


def write(token: Token, inner: Write) -> str:
    """One element as Typst."""
    tag, children = token["attrs"]["tag"], token["children"]
    if token["attrs"].get("depth", 0) > (_DEEPEST_TABLE if tag == "table" else _DEEPEST):
        return inner(trimmed(children))
    if tag == "table":
        return table(token, inner)
    if tag == "math":
        return maths.typst(token, token["attrs"]["own"].get("display") == "block", text(children))
    if tag == "svg":
        alt = token["attrs"]["own"].get("aria-label") or text(children) or "Picture"
        return f"#picture(alt: {data(alt)}, bytes({literal(svg(token))}))\n\n"
    if tag in ("pre", "samp", "code", "kbd"):
        said = "".join(_verbatim(children))
        return f"#raw(block: true, {literal(said.rstrip())})\n\n" if tag == "pre" else f"#raw({literal(said)});"
    if tag in ("ul", "ol"):
        return _list(token, inner)
    if tag == "blockquote":
        return f"#quote(block: true)[\n{inner(children)}]\n\n"
    if tag in _MARKS:
        return f"#{_MARKS[tag]}[{inner(children)}];"
    if tag in ("rt", "rp"):
        # Small over its word on the page; here behind it.
        return f'#" (";{inner(children)}#")";' if tag == "rt" else ""
    if tag == "q":
        return f'#"“";{inner(children)}#"”";'
    # Within a line white space is text, as in <b>12</b> <i>13</i>.
    body = inner(trimmed(children) if tag in OWN_LINE else children)
    return f"\n\n{body}\n\n" if tag in LINES and body.strip() else body


def _verbatim(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        yield token.get("raw", "\n" if token["type"] == "linebreak" else "")
        yield from _verbatim(token.get("children", []))


def _list(token: Token, inner: Write) -> str:
    # What stands in a list and in no item of it is an item: nothing of it is lost.
    items = ", ".join(
        f"[\n{inner(trimmed(item['children']) if _is_item(item) else [item])}]" for item in trimmed(token["children"])
    )
    name = "list" if token["attrs"]["tag"] == "ul" else "enum"
    return f"#{name}({items})\n\n" if items else ""


def _is_item(token: Token) -> bool:
    return token["type"] == "element" and token["attrs"]["tag"] == "li"


def svg(token: Token) -> str:
    """A drawing as XML."""
    if token["type"] != "element":
        return xml(token.get("raw", ""))
    tag, own = token["attrs"]["tag"], dict(token["attrs"]["own"])
    if tag == "svg":
        own["xmlns"] = "http://www.w3.org/2000/svg"
    given = "".join(f" {name}={quoteattr(value)}" for name, value in own.items())
    return f"<{tag}{given}>{''.join(map(svg, token['children']))}</{tag}>"


# --- tables --------------------------------------------------------------------------------------------------------


@dataclass
class _Cell:
    token: Token
    column: int
    across: int
    down: int

    @property
    def text(self) -> str:
        return text(self.token["children"])


@dataclass
class _Grid:
    """A table's cells by row, each at its column, whatever spans rows and columns above and beside it."""

    rows: list[list[_Cell]] = field(default_factory=list)
    head: int = 0
    width: int = 0
    caption: list[Token] = field(default_factory=list)

    @property
    def spans(self) -> bool:
        return any(cell.across > 1 or cell.down > 1 for row in self.rows for cell in row)


def grid(token: Token) -> _Grid:
    """Where each cell of an HTML table stands."""
    made, taken = _Grid(), set[tuple[int, int]]()
    head = True
    for part, row in _rows(token, made):
        cells = [cell for cell in trimmed(row["children"]) if cell.get("attrs", {}).get("tag") in ("td", "th")]
        if not cells:
            continue
        head = head and (part == "thead" or all(cell["attrs"]["tag"] == "th" for cell in cells))
        made.head += head
        at, number = 0, len(made.rows)
        line: list[_Cell] = []
        for cell in cells:
            while (number, at) in taken:
                at += 1
            across, down = (_span(cell, name) for name in ("colspan", "rowspan"))
            taken |= {(number + y, at + x) for y in range(down) for x in range(across)}
            line.append(_Cell(cell, at, across, down))
            at += across
        made.rows.append(line)
        made.width = max(made.width, at)
    for number, line in enumerate(made.rows):  # a span that leaves the table ends with it
        for place in line:
            place.down = min(place.down, (made.head if number < made.head else len(made.rows)) - number)
    return made


def _rows(token: Token, made: _Grid, part: str = "") -> Iterator[tuple[str, Token]]:
    for child in trimmed(token["children"]):
        tag = child.get("attrs", {}).get("tag")
        if tag == "tr":
            yield part, child
        elif tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child, made, tag)
        elif tag == "caption":
            made.caption = child["children"]


def _span(cell: Token, name: str) -> int:
    given = cell["attrs"]["own"].get(name, "1")
    return min(1_000, int(given)) if given.isascii() and given.isdigit() and int(given) else 1


def table(token: Token, inner: Write) -> str:
    """An HTML table with the cells that HTML shows: in the column of text, with the margin, or cut into several."""
    made = grid(token)
    if not made.rows:
        return inner(made.caption)
    sizes = [1] * made.width
    for row in made.rows:
        for cell in row:
            if cell.across == 1:
                sizes[cell.column] = max(sizes[cell.column], len(cell.text))
    room = [min(size, _CELL) + 2 for size in sizes]
    pieces = [list(range(made.width))] if made.spans or sum(room) <= FULL else _pieces(room)
    parts = [_piece(made, columns, made.rows[made.head :], sizes, inner, not at) for at, columns in enumerate(pieces)]
    wide = sum(room) > COLUMN
    return "\n" + "\n".join(f"#across[\n{part}]\n" if wide else part for part in parts) + "\n"


def _pieces(room: list[int]) -> list[list[int]]:
    """The columns of a table too wide for the page, a page's width at a time, the first repeated as the rows' names."""
    pieces, used = [[0]], room[0]
    for at in range(1, len(room)):
        if used + room[at] > FULL and len(pieces[-1]) > 1:
            pieces.append([0])
            used = room[0]
        pieces[-1].append(at)
        used += room[at]
    return pieces


def _piece(
    made: _Grid, columns: list[int], rows: list[list[_Cell]], sizes: list[int], inner: Write, first: bool
) -> str:
    shown = set(columns)

    def line(row: list[_Cell], head: bool) -> str:
        cells, at = [], 0
        for cell in row:
            if cell.column in shown:
                cells.append(_cell(cell, inner, head))
                at += 1
        return ", ".join(cells)

    head = [line(row, True) for row in made.rows[: made.head]]
    body = [line(_filled(row, made, rows), False) for row in rows]
    caption = f"caption: [{inner(made.caption)}], " if made.caption and first else ""
    align = ", ".join("right" if _numeric(rows, at) else "left" for at in columns)
    width = "".join(f"{sizes[at]}," for at in columns)
    return (
        f"#data-table({caption}sizes: ({width}), align: ({align},), "
        f"header: ({''.join(f'{one}, ' for one in head if one)}),\n"
        f"  {(',' + chr(10) + '  ').join(one for one in body if one)})\n"
    )


def _filled(row: list[_Cell], made: _Grid, rows: list[list[_Cell]]) -> list[_Cell]:
    """A row with empty cells where HTML lets it end early, unless a span reaches into it."""
    end = max((cell.column + cell.across for cell in row), default=0)
    if made.spans or end >= made.width:
        return row
    empty = {"type": "element", "children": [], "attrs": {"tag": "td", "own": {}}}
    return row + [_Cell(empty, at, 1, 1) for at in range(end, made.width)]


def _cell(cell: _Cell, inner: Write, head: bool) -> str:
    options = "".join(
        f"{name}: {value}, " for name, value in (("colspan", cell.across), ("rowspan", cell.down)) if value > 1
    )
    paint = _colour(cell.token["attrs"]["own"].get("style", ""))
    fill, ink = paint.get("background-color"), paint.get("color")
    if fill:
        options += f"fill: rgb({literal(fill)}), "
        ink = ink or ("#000000" if _light(fill) else "#ffffff")
    body = inner(trimmed(cell.token["children"]))
    if ink and (fill or not _light(ink)):
        body = f"#text(fill: rgb({literal(ink)}))[{body}];"
    if head or cell.token["attrs"]["tag"] == "th":
        return f"head-cell({options}[{body}])"
    return f"table.cell({options}[{body}])" if options else f"[{body}]"


_HEX = re.compile(r"(?:^|;)\s*(color|background-color|background):\s*(#[0-9a-fA-F]{6})\s*(?=;|$)")


def _colour(style: str) -> dict[str, str]:
    return {
        name.replace("background-color", "background").replace("background", "background-color"): value
        for name, value in _HEX.findall(style)
    }


def _light(colour: str) -> bool:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue > 150


_NUMBER = re.compile(r"[-+−]?[\d.,\s  ]*\d[\d.,\s  ]*\s*%?|nan|NaN|", re.IGNORECASE)


def _numeric(rows: list[list[_Cell]], column: int) -> bool:
    texts = [cell.text for row in rows for cell in row if cell.column == column and cell.across == 1]
    return any(texts) and all(map(_NUMBER.fullmatch, texts))

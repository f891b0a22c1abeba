"""Tokens written as Typst, in the vocabulary of `export/template.typ`."""

from __future__ import annotations

import re
from collections.abc import Callable

from helpers.markup import elements, maths
from helpers.markup.html import drawn
from helpers.markup.literal import data, literal
from helpers.markup.tokens import EVIDENCE, Token, notice, slug, target, text

_SPACES = re.compile(r"[ \t\r\n\f]+")
# A word longer than a line, without a sign that lines break at.
_LONGEST = 30
_LONG = re.compile(rf"(\w{{{_LONGEST + 1},}})")


def write(tokens: list[Token]) -> str:
    """The tokens as Typst source."""
    return "".join(_WRITTEN.get(token["type"], inside)(token) for token in tokens)


def inside(token: Token) -> str:
    """What a token's children are written as."""
    return write(token.get("children", []))


def _call(name: str, end: str = ";") -> Callable[[Token], str]:
    return lambda token: f"#{name}[{inside(token)}]{end}"


def _text(token: Token) -> str:
    # As in HTML, white space within a text is one space.
    said = _SPACES.sub(" ", token["raw"])
    parts = _LONG.split(said) if len(said) > _LONGEST else [said]
    return "".join(
        f"#breaking({literal(part)});" if at % 2 else f"#{literal(part)};" for at, part in enumerate(parts) if part
    )


# --- in a line -----------------------------------------------------------------------------------------------------


def _link(token: Token) -> str:
    attrs, body = token["attrs"], inside(token)
    if not (place := target(attrs["url"])):
        return body
    if not place.startswith("#"):
        return f"#link({data(place)})[{body}];"
    name = "evidence" if EVIDENCE.match(place) else "refer"
    return f"#{name}({data(place[1:])})[{body}];"


def _image(token: Token) -> str:
    if svg := drawn(token["attrs"]["url"]):
        return f"#box(baseline: 20%, image(bytes({literal(svg)}), alt: {data(text(token['children']))}));"
    return inside(token)


def _picture(token: Token) -> str:
    attrs = token["attrs"]
    held = attrs["data"]
    content = literal(held.decode()) if attrs["kind"] == "image/svg+xml" else f"({','.join(map(str, held))},)"
    image = f"bytes({content}), alt: {data(attrs['alt'])}"
    if not attrs.get("small"):
        return f"#picture(alt: {data(attrs['alt'])}, bytes({content}))\n\n"
    width = f", width: {attrs['width']}pt" if attrs.get("width") else ""
    return f"#box(baseline: 20%, image({image}{width}));"


def _span(token: Token) -> str:
    attrs, body = token["attrs"], inside(token)
    for name in attrs["classes"].split():
        body = f"#styled({data(name)})[{body}];"
    if attrs["lang"]:
        body = f"#text(lang: {data(attrs['lang'].split('-')[0].lower())})[{body}];"
    return f"#anchored({data(attrs['id'])})[{body}];" if attrs["id"] else body


def _math(display: bool) -> Callable[[Token], str]:
    def write(token: Token) -> str:
        made, end = maths.formula(token["raw"], display), "\n\n" if display else ""
        if made:
            return maths.typst(made, display, token["raw"]) + end
        return f"#raw(block: {str(display).lower()}, {literal(token['raw'])});{end}"

    return write


def _footnote_ref(token: Token) -> str:
    attrs = token["attrs"]
    name = f"note-{attrs['index']}"
    if not attrs.get("first"):
        return f"#refer({data(name)})[#super[{attrs['index']}]];"
    return f"#footnote[{write(attrs['note'])}]#label({data(name)});"


# --- blocks --------------------------------------------------------------------------------------------------------


def _paragraph(token: Token) -> str:
    return _set_paragraph(token, inside(token))


def _set_paragraph(token: Token, written: str) -> str:
    return f"#unbroken[{written}]\n\n" if token.get("attrs", {}).get("unbroken") else f"{written}\n\n"


def _heading(token: Token) -> str:
    attrs = token["attrs"]
    name = attrs.get("anchor") or slug(text(token["children"]))
    return f"\n#section(level: {attrs['level']}, id: {data(name)})[{inside(token)}]\n\n"


def _list(token: Token) -> str:
    attrs = token["attrs"]
    items = ", ".join(f"[\n{_item(item)}]" for item in token["children"])
    options = f"tight: {str(token['tight']).lower()}"
    if not attrs["ordered"]:
        return f"#list({options}, {items})\n\n"
    return f"#enum({options}, start: {attrs.get('start', 1)}, {items})\n\n"


def _item(token: Token) -> str:
    mark = {True: '#"☑ ";', False: '#"☐ ";'}.get(token.get("attrs", {}).get("checked"), "")
    return mark + inside(token)


def _table(token: Token) -> str:
    *caption, head, body = token["children"]
    rows = [head["children"], *(row["children"] for row in body["children"] if row["type"] == "table_row")]
    # The longest word of a column and the size of its cells, in characters: the template shares out the width by them.
    columns = [[text(row[at]["children"]) for row in rows] for at in range(len(rows[0]))]
    words = [max((len(word) for said in column for word in said.split()), default=1) for column in columns]
    sizes = [_size([len(said) for said in column]) for column in columns]
    align = ", ".join(cell["attrs"]["align"] or "left" for cell in head["children"])
    title = f"caption: [{inside(caption[0])}], " if caption else ""
    grouped = "grouped: true, " if any(row["type"] == "table_group" for row in body["children"]) else ""
    lines = ",\n  ".join(map(_line, body["children"]))
    return (
        f"#grid-table({title}{grouped}id: {data(token['attrs']['anchor'])}, words: ({_array(words)}), "
        f"sizes: ({_array(sizes)}), align: ({align},), header: ({_line(head)},),\n  {lines})\n\n"
    )


def _line(row: Token) -> str:
    """The cells of a row as arguments, or the heading of the rows below it."""
    if row["type"] == "table_group":
        return f"group({row['attrs']['wide']})[{inside(row['children'][0])}]"
    return ", ".join(f"[{inside(cell)}]" for cell in row["children"])


def _size(lengths: list[int]) -> int:
    """How much room a column asks for: its longest cell, or where that is long, nearer the average."""
    longest = max(1, *lengths)
    return longest if longest <= 18 else max(19, round(0.35 * longest + 1.3 * sum(lengths) / len(lengths)))


def _array(numbers: list[int]) -> str:
    return "".join(f"{number}," for number in numbers)


def _raw(token: Token) -> str:
    return f"#raw(block: true, {literal(token['raw'].rstrip())})\n\n"


def _chart(token: Token) -> str:
    """The drawing with its texts in type; Plex is a little narrower than the font the drawing was laid out in."""
    attrs = token["attrs"]
    texts = "".join(f"{name}: [{write(tokens).strip()}], " for name, tokens in token["texts"].items())
    svg = attrs["svg"].replace("DejaVu Sans", "IBM Plex Sans")
    number = f"number: {literal(attrs['number'])}, " if "number" in attrs else ""
    return f"#chart(id: {data(attrs['id'])}, {number}{texts}alt: {data(attrs['alt'])}, bytes({literal(svg)}))\n\n"


def _role(token: Token) -> str:
    return f"#role({data(token['attrs']['role'])})[\n{inside(token)}]\n\n"


def _beside(token: Token) -> str:
    parts = "".join(f"{data(one['attrs']['role'])}, [\n{inside(one)}],\n" for one in token["children"])
    return f"#beside(\n{parts})\n\n"


def _noted(token: Token) -> str:
    block, note = token["children"]
    if block["type"] == "paragraph":
        return _set_paragraph(block, f"#note-from();{inside(block)}#noted-paragraph([\n{inside(note)}])")
    return f"#noted([\n{write([block])}], [\n{inside(note)}])\n\n"


def _failed(token: Token) -> str:
    return f"#failed({literal(token['attrs']['title'])}, {literal(token['raw'])})\n\n"


def _uses(token: Token) -> str:
    return f"#uses({data(token['attrs']['target'])});"


_WRITTEN: dict[str, Callable[[Token], str]] = {
    "text": _text,
    "softbreak": lambda _: f"#{literal(' ')};",
    "linebreak": lambda _: "#linebreak();",
    "emphasis": _call("emph"),
    "strong": _call("strong"),
    "strikethrough": _call("strike"),
    "codespan": lambda token: f"#raw({literal(token['raw'])});",
    "link": _link,
    "image": _image,
    "picture": _picture,
    "span": _span,
    "inline_math": _math(False),
    "block_math": _math(True),
    "footnote_ref": _footnote_ref,
    "here": lambda _: "",
    "uses": _uses,
    "paragraph": _paragraph,
    "block_text": _paragraph,
    "heading": _heading,
    "list": _list,
    "block_code": _raw,
    "printout": _raw,
    "block_quote": lambda token: f"#quote(block: true)[\n{inside(token)}]\n\n",
    "thematic_break": lambda _: "#divider()\n\n",
    "table": _table,
    "footnotes": lambda _: "",  # each stands where it is referred to
    "notice": lambda token: f"#missing({literal(notice(token))})\n\n",
    "role": _role,
    "beside": _beside,
    "noted": _noted,
    "columns": lambda _: "#show: in-columns\n\n",
    "chart": _chart,
    "failed": _failed,
    "element": lambda token: elements.write(token, write),
}

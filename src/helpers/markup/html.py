"""Tokens written as HTML. What is written still goes through `safe.clean`, the last step before it is shown."""

from __future__ import annotations

import base64
from collections.abc import Callable
from html import escape
from urllib.parse import quote

from helpers.markup import maths, safe, tables
from helpers.markup.tokens import EVIDENCE, Token, notice, row, slug, target, text

# What an address of data in an attribute may hold as it is.
_PLAIN = " /:=;,()!*~+-.?@$[]{}"
_DRAWING = "data:image/svg+xml;base64,"


def write(tokens: list[Token]) -> str:
    """The tokens as HTML that is safe to show."""
    return safe.clean(raw(tokens))


def raw(tokens: list[Token]) -> str:
    """The tokens as HTML, to be cleaned with the whole that they are a part of."""
    return "".join(_WRITTEN.get(token["type"], _inside)(token) for token in tokens)


def _tag(name: str, inside: str, **given: object) -> str:
    return f"<{name}{_attributes(given)}>{inside}</{name}>"


def _attributes(given: dict[str, object]) -> str:
    # A name that is a word of Python's ends in an underscore.
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for name, value in given.items()
        if value not in (None, "", False)
    )


def _inside(token: Token) -> str:
    return raw(token.get("children", []))


def _wrapped(name: str, end: str = "") -> Callable[[Token], str]:
    return lambda token: _tag(name, _inside(token), id=token.get("attrs", {}).get("id")) + end


def _text(token: Token) -> str:
    return escape(token["raw"], quote=False)


# --- in a line -----------------------------------------------------------------------------------------------------


def _link(token: Token) -> str:
    attrs, inside = token["attrs"], _inside(token)
    if not (place := target(attrs["url"])):
        return inside
    kind = "num" if EVIDENCE.match(place) else "src" if place.startswith("#s-") else None
    return _tag("a", inside, id=attrs.get("id"), class_=kind, href=place, title=attrs.get("title"))


def _image(token: Token) -> str:
    """An image that nothing has resolved: a drawing carried in the text is shown, any other is its text."""
    url, alt = token["attrs"]["url"], text(token["children"])
    return f"<img{_attributes({'src': url})} alt={_quoted(alt)}>" if drawn(url) else _inside(token)


def drawn(url: str) -> str:
    """The SVG that an address carries in itself, or the empty string: no image is fetched from anywhere."""
    if not url.startswith(_DRAWING):
        return ""
    try:
        svg = base64.b64decode(url.removeprefix(_DRAWING), validate=True).decode()
    except ValueError:
        return ""
    return svg if safe.is_svg(svg) else ""  # a damaged drawing would stop the whole PDF


def _picture(token: Token) -> str:
    """A picture that the exporters have found, checked and encoded."""
    attrs = token["attrs"]
    if attrs["kind"] == "image/svg+xml":
        address = f"data:image/svg+xml,{quote(attrs['data'], safe=_PLAIN)}"  # shorter than Base64
    else:
        address = f"data:{attrs['kind']};base64,{base64.b64encode(attrs['data']).decode()}"
    image = f"<img{_attributes({**attrs.get('size', {})})} alt={_quoted(attrs['alt'])} src={_quoted(address)}>"
    return f"<figure>{image}</figure>\n" if attrs.get("block") else image


def _quoted(value: str) -> str:
    return f'"{escape(value)}"'


def _span(token: Token) -> str:
    attrs = token["attrs"]
    return _tag("span", _inside(token), id=attrs["id"], class_=attrs["classes"], lang=attrs["lang"])


def _inline_math(token: Token) -> str:
    return _math(token, display=False)


def _block_math(token: Token) -> str:
    return f'<div class="scroll" role="group" tabindex="0" aria-label="{{}}">{_math(token, True)}</div>\n'.replace(
        "{}", escape(" ".join(token["raw"].split()))
    )


def _math(token: Token, display: bool) -> str:
    made = maths.formula(token["raw"], display)
    return raw([made]) if made else f"<code>{escape(token['raw'])}</code>"


def _footnote_ref(token: Token) -> str:
    attrs = token["attrs"]
    name = f"note-{attrs['index']}"
    return (
        f"<sup>{_tag('a', str(attrs['index']), id=f'{name}-in' if attrs.get('first') else None, href=f'#{name}')}</sup>"
    )


def _here(token: Token) -> str:
    attrs = token["attrs"]
    return _tag("a", "", class_="here", href=f"#{attrs['id']}", aria_label=attrs["label"])


def _uses(token: Token) -> str:
    attrs = token["attrs"]
    links = (_tag("a", f"{'↩ ' if n == 1 else ''}{n}", href=f"#{name}") for n, name in enumerate(attrs["links"], 1))
    return f' <span class="uses">{" ".join(links)}</span>'


# --- blocks --------------------------------------------------------------------------------------------------------


def _heading(token: Token) -> str:
    attrs = token["attrs"]
    name = attrs.get("anchor") or slug(text(token["children"]))
    return _tag(f"h{attrs['level']}", _inside(token), id=name) + "\n"


def _list(token: Token) -> str:
    attrs = token["attrs"]
    name, start = ("ol", attrs.get("start")) if attrs["ordered"] else ("ul", None)
    return _tag(name, "\n" + _inside(token), start=start if start != 1 else None) + "\n"


def _task(token: Token) -> str:
    mark = "☑ " if token["attrs"]["checked"] else "☐ "
    return _tag("li", mark + _inside(token), id=token["attrs"].get("id")) + "\n"


def _code(token: Token) -> str:
    return _tag("pre", f"<code>{_text(token)}</code>") + "\n"


def _table(token: Token) -> str:
    *caption, head, body = token["children"]
    label = text(caption) or row(head, ", ")
    table = _tag("table", "\n" + _inside(token), id=token["attrs"]["anchor"], **tables.cards(head, body))
    return f'<div class="scroll" role="region" tabindex="0" aria-label={_quoted(label or "Table")}>{table}</div>\n'


def _table_body(token: Token) -> str:
    """The rows; what stands under a heading of its own is a group, so that the heading can name it."""
    rows = [raw([row]) for row in token["children"]]
    starts = [at for at, row in enumerate(token["children"]) if at and row["type"] == "table_group"]
    parts = [rows[start:end] for start, end in zip([0, *starts], [*starts, len(rows)], strict=True)]
    return "".join(f"<tbody>\n{''.join(part)}</tbody>\n" for part in parts)


def _table_group(token: Token) -> str:
    return f'<tr><th colspan="{token["attrs"]["wide"]}" scope="colgroup">{_inside(token["children"][0])}</th></tr>\n'


def _cell(token: Token) -> str:
    attrs, said = token["attrs"], text(token["children"])
    # A drawing beside the very words that stand for it has nothing to add for who hears them.
    inside = "".join(
        raw([{**one, "attrs": {**one["attrs"], "alt": ""}}])
        if one["type"] == "picture" and one["attrs"]["alt"] in said
        else raw([one])
        for one in token["children"]
    )
    # An empty corner cell heads nothing: screen readers would announce an empty header.
    scope = None if not inside else "col" if attrs.get("head") else "row" if attrs.get("row") else None
    align = attrs.get("align")
    return _tag("th" if scope else "td", inside, scope=scope, class_=align if align in ("right", "center") else None)


def _footnotes(token: Token) -> str:
    start = token["children"][0]["attrs"]["index"]
    return _tag("section", _tag("ol", "\n" + _inside(token), start=start if start != 1 else None)) + "\n"


def _footnote(token: Token) -> str:
    index = token["attrs"]["index"]
    back = {"type": "link", "children": [{"type": "text", "raw": "↩"}], "attrs": {"url": f"#note-{index}-in"}}
    # Of a note that was nothing but a script, nothing is left.
    *before, last = token["children"] or [{"type": "paragraph", "children": []}]
    if last["type"] == "paragraph":
        inside = raw([*before, {**last, "children": [*last["children"], {"type": "text", "raw": " "}, back]}])
    else:
        inside = raw([*before, last, back])
    return _tag("li", inside, id=f"note-{index}") + "\n"


def _notice(token: Token) -> str:
    return _tag("p", escape(notice(token)), class_="failed") + "\n"


def _role(token: Token) -> str:
    """A block in its role. Evidence under a heading is folded, and its id goes to what the heading hides."""
    role, children = token["attrs"]["role"], token["children"]
    if role != "evidence" or not children or children[0]["type"] != "heading":
        return _tag("div", "\n" + _inside(token), class_=role) + "\n"
    # A link into what is folded opens it, without a script; a link to the summary would not.
    heading, *rest = children
    shown = _tag("summary", _tag(f"h{heading['attrs']['level']}", _inside(heading)))
    return _tag("details", f"{shown}\n{_tag('div', raw(rest), id=heading['attrs']['anchor'])}", class_=role) + "\n"


def _number(token: Token) -> str:
    attrs = token["attrs"]
    return _tag("a", escape(attrs["number"]), class_="number", href=f"#{attrs['id']}") + " "


def _element(token: Token) -> str:
    attrs = token["attrs"]
    tag, own = attrs["tag"], dict(attrs["own"])
    if tag in safe.VOID:
        return f"<{tag}{_attributes(own)}>"
    inside = _inside(token)
    if tag == "th" and not inside.strip("\xa0 \n"):
        tag = "td"  # the empty corner of a DataFrame heads nothing
    if tag == "table" and not attrs.get("boxed"):
        label = _quoted(attrs.get("label", "Table"))
        table = f"<table{_attributes(own)}>{inside}</table>"
        return f'<div class="scroll" role="group" tabindex="0" aria-label={label}>{table}</div>'
    return f"<{tag}{_attributes(own)}>{inside}</{tag}>"


_WRITTEN: dict[str, Callable[[Token], str]] = {
    "text": _text,
    "softbreak": lambda _: "\n",
    "linebreak": lambda _: "<br>\n",
    "emphasis": _wrapped("em"),
    "strong": _wrapped("strong"),
    "strikethrough": _wrapped("del"),
    "codespan": lambda token: f"<code>{_text(token)}</code>",
    "link": _link,
    "image": _image,
    "picture": _picture,
    "span": _span,
    "inline_math": _inline_math,
    "block_math": _block_math,
    "footnote_ref": _footnote_ref,
    "here": _here,
    "uses": _uses,
    "paragraph": _wrapped("p", "\n"),
    "block_text": _inside,
    "heading": _heading,
    "list": _list,
    "list_item": _wrapped("li", "\n"),
    "task_list_item": _task,
    "block_code": _code,
    "block_quote": lambda token: _tag("blockquote", "\n" + _inside(token)) + "\n",
    "thematic_break": lambda _: "<hr>\n",
    "table": _table,
    "table_caption": _wrapped("caption", "\n"),
    "table_head": lambda token: f"<thead><tr>{_inside(token)}</tr></thead>\n",
    "table_body": _table_body,
    "table_group": _table_group,
    "table_row": lambda token: f"<tr>{_inside(token)}</tr>\n",
    "table_cell": _cell,
    "footnotes": _footnotes,
    "footnote_item": _footnote,
    "notice": _notice,
    "role": _role,
    "beside": lambda token: _tag("div", "\n" + _inside(token), class_="beside") + "\n",
    "noted": lambda token: _tag("div", "\n" + _inside(token), class_="noted") + "\n",
    "glance": lambda _: '<span class="glance"></span>',
    "number": _number,
    "element": _element,
    "printout": lambda token: _tag("pre", _text(token), class_=token["attrs"]["stream"]) + "\n",
    "failed": lambda token: (
        f'<div class="failed"><p>{escape(token["attrs"]["title"])}</p><pre>{_text(token)}</pre></div>\n'
    ),
}

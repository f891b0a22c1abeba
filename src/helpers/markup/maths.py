"""Mathematics: LaTeX as MathML (by latex2mathml), and MathML as Typst.

What the converter does not know stays as its source, so that it can be pasted elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from latex2mathml.converter import convert

from helpers.markup.literal import data
from helpers.markup.raw import read
from helpers.markup.tokens import Token, element, words

_LONGEST = 5_000  # characters of one formula
_NUMBERED = re.compile(r"\\(begin|end)\{(align|equation|gather|multline)\}")
_FORMER = re.compile(r"\\(begin|end)\{eqnarray\*?\}")
_TAG = re.compile(r"\\tag(\*?)\{([^{}]*)\}")
_NOT_EQUAL = re.compile(r"\\not\s*=")
# What browsers leave out in silence (the stroke of \cancel, the frame of \boxed), what would be seen and should not,
# and the mark of a column where the converter knows of no table.
_UNSHOWN = re.compile(r"<menclose\b|<mphantom\b|<mi>&(amp;)?</mi>")


@lru_cache(maxsize=1024)
def formula(latex: str, display: bool) -> Token | None:
    """The `math` element of a formula, or None if some of it cannot be set."""
    if len(latex) > _LONGEST:
        return None
    try:
        source = _NUMBERED.sub(r"\\\1{\2*}", _FORMER.sub(r"\\\1{align}", latex))  # JupyterLab numbers no line
        source = _TAG.sub(_tag, _NOT_EQUAL.sub(r"\\neq ", source))
        mathml = convert(source, display="block" if display else "inline")
        if _UNSHOWN.search(mathml):
            return None
        made = read(mathml)
    except Exception:  # the converter raises what it likes on a formula that is none
        return None
    if len(made) != 1 or made[0]["type"] != "element":
        return None
    # A command that the converter does not know comes back with its backslash.
    said = "".join(words(made))
    return None if "\\" in said or not all(map(_is_set, said)) else _in_lines(made[0])


def _tag(found: re.Match[str]) -> str:
    """The number that an author gives a formula, apart from it: right beside it, it would be a factor."""
    return rf"\qquad\text{{{found[2] if found[1] else f'({found[2]})'}}}"


def _is_set(letter: str) -> bool:
    """Whether fonts for mathematics have a letter: Latin, Greek, Cyrillic, and the blocks of signs."""
    if unicodedata.category(letter) == "Cn":
        return False
    return letter < "\u0500" or "\u2000" <= letter < "\u2c00" or "\U0001d400" <= letter < "\U0001d800"


def _in_lines(math: Token) -> Token:
    """A formula of several lines as a table of them, since browsers break no line within a formula."""
    row = math["children"][0] if math["children"] else math
    while [child["attrs"]["tag"] for child in row.get("children", []) if child["type"] == "element"] == ["mrow"]:
        (row,) = (child for child in row["children"] if child["type"] == "element")
    lines: list[list[Token]] = [[]]
    for child in row.get("children", []):
        if child["type"] == "element" and child["attrs"]["own"].get("linebreak") == "newline":
            lines.append([])
        else:
            lines[-1].append(child)
    if len(lines) > 1:
        cells = [element("mtr", [element("mtd", line)]) for line in lines if line]
        row["children"] = [element("mtable", cells, displaystyle="true")]
    return math


def typst(token: Token, display: bool, source: str) -> str:
    """A `math` element as a Typst equation; its LaTeX is what a screen reader says."""
    body = _row(token["children"])
    alt = " ".join(source.split()) or "formula"
    return f"#math.equation(block: {str(display).lower()}, alt: {data(alt)}, {body});"


def _row(children: list[Token]) -> str:
    parts, at = [], 0
    while at < len(children):
        end = _fenced(children, at)
        if end > at:
            inside = "".join(f"#{part};" for one in children[at:end] if (part := _part(one, bare=True)))
            parts.append(f"math.lr([{inside}])")
        elif part := _part(children[at]):
            parts.append(part)
        at = max(end, at + 1)
    return f"[{''.join(f'#{part};' for part in parts)}]" if parts else "[]"


def _fenced(children: list[Token], start: int) -> int:
    """Where a pair of fences that grows with what it holds ends, or `start` if none begins here."""

    def mark(at: int) -> tuple[str, dict[str, str]]:
        token: Token = children[at] if at < len(children) else {"type": ""}
        is_operator = token["type"] == "element" and token["attrs"]["tag"] == "mo"
        return ("".join(words(token["children"])), token["attrs"]["own"]) if is_operator else ("", {})

    said, own = mark(start)
    if own.get("form") == "prefix" and own.get("fence"):
        # Of \begin{cases} only the brace before it is a fence.
        for at in range(start + 1, len(children)):
            if mark(at)[1].get("form") == "postfix":
                return at + 1
    if said in ("(", "[", "{", "|", "‖") and start + 1 < len(children) and _is_stacked(children[start + 1]):
        return start + 2 + bool(mark(start + 2)[0] in (")", "]", "}", "|", "‖"))
    return start


def _is_stacked(token: Token) -> bool:
    """Whether a token is a table, or the two lines of a binomial."""
    if token["type"] != "element":
        return False
    tag, own = token["attrs"]["tag"], token["attrs"]["own"]
    return tag == "mtable" or (tag == "mfrac" and own.get("linethickness") == "0")


def _part(token: Token, bare: bool = False) -> str:
    if token["type"] != "element":
        text = " ".join(token.get("raw", "").split())
        return f"text({data(text)})" if text else ""
    tag, own, children = token["attrs"]["tag"], token["attrs"]["own"], token["children"]
    said = "".join(words(children)).strip("\n")
    if tag == "mi":
        return _identifier(said, own.get("mathvariant", ""))
    if tag == "mn":
        return f"text({data(said)})"  # digits stay upright
    if tag == "mtext":
        return f"math.upright(text({data(said)}))" if said else ""
    if tag == "mo":
        return f"symbol({data(said)})" if bare and len(said) == 1 else _operator(said, own)
    if tag == "mspace":
        return _space(own.get("width", ""))
    if tag == "mtable":
        return _table(children)
    if tag == "mstyle" and own.get("displaystyle") == "true":
        return f"math.display({_row(children)})"
    args = [_row([child]) for child in children if child["type"] == "element"]
    return _BUILT[tag](args, own) if tag in _BUILT and len(args) >= _NEEDED[tag] else _row(children)


def _identifier(said: str, variant: str) -> str:
    if not said:
        return ""
    if len(said) > 1 and said.isascii():
        return f"math.op({data(said)}, limits: {str(said in _LIMITS).lower()})"
    text = f"symbol({data(said)})"
    styled = {"normal": "math.upright", "bold": "math.bold", "bold-italic": "math.bold"}.get(variant)
    return f"{styled}({text})" if styled else text


_LIMITS = frozenset(("lim", "max", "min", "sup", "inf", "limsup", "liminf", "argmax", "argmin"))


def _operator(said: str, own: dict[str, str]) -> str:
    if not said:
        return ""
    said = "∗" if said == "*" else said
    text = f"symbol({data(said)})" if len(said) == 1 else f"text({data(said)})"
    if own.get("fence") == "true" or said in "()[]{}|":
        kind = {"prefix": "opening", "postfix": "closing"}.get(own.get("form", ""), "")
        kind = kind or ("opening" if said in "([{" else "closing" if said in ")]}" else "fence")
        return f'math.class("{kind}", {text})'
    return text


def _space(width: str) -> str:
    found = re.fullmatch(r"(-?\d*\.?\d+)em", width)
    return f"h({float(found[1])}em)" if found and 0 < float(found[1]) < 10 else ""


def _table(rows: list[Token]) -> str:
    lines = [
        [_row(cell["children"]) for cell in row["children"] if cell["type"] == "element"]
        for row in rows
        if row["type"] == "element"
    ]
    most = max(map(len, lines), default=0)
    filled = ["(" + "".join(f"{cell}, " for cell in [*line, *["[]"] * (most - len(line))]) + ")" for line in lines]
    return f"math.mat(delim: none, {', '.join(filled)})" if most else ""


def _attach(args: list[str], **places: int) -> str:
    put = ", ".join(f"{name}: {args[at]}" for name, at in places.items())
    return f"math.attach({args[0]}, {put})"


_ACCENTS = {
    "^": "\u0302",
    "~": "\u0303",
    "¯": "\u0304",
    "‾": "\u0304",
    "―": "\u0304",
    "˙": "\u0307",
    "→": "\u20d7",
    "⃗": "\u20d7",
}


_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def _mark(arg: str) -> str:
    """The one sign that an argument is, or nothing."""
    found = re.fullmatch(r'\[#symbol\("(.+)"\);\]', arg)
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), found[1]) if found else ""


def _under(args: list[str]) -> str:
    if _mark(args[1]) in _BRACES:
        return f"math.{_BRACES[_mark(args[1])]}({args[0]})"
    return f"math.attach(math.limits({args[0]}), b: {args[1]})"


_BRACES = {"⏟": "underbrace", "⏞": "overbrace", "_": "underline", "̲": "underline", "―": "underline"}


def _over(args: list[str], own: dict[str, str]) -> str:
    mark = _mark(args[1])
    if mark in _BRACES and mark != "―":
        return f"math.{_BRACES[mark]}({args[0]})"
    if mark in ("¯", "‾", "―") and len(re.findall("#", args[0])) > 1:
        return f"math.overline({args[0]})"
    if mark in _ACCENTS:
        return f"math.accent({args[0]}, {data(_ACCENTS[mark])})"
    return f"math.attach(math.limits({args[0]}), t: {args[1]})"


_BUILT = {
    "mfrac": lambda args, own: (
        f"math.mat(delim: none, ({args[0]},), ({args[1]},))"
        if own.get("linethickness") == "0"
        else f"math.frac({args[0]}, {args[1]})"
    ),
    "msqrt": lambda args, own: f"math.sqrt({'+'.join(args)})",
    "mroot": lambda args, own: f"math.root({args[1]}, {args[0]})",
    "msub": lambda args, own: _attach(args, br=1),
    "msup": lambda args, own: _attach(args, tr=1),
    "msubsup": lambda args, own: _attach(args, b=1, t=2),
    "munder": lambda args, own: _under(args),
    "mover": _over,
    "munderover": lambda args, own: _attach(args, b=1, t=2),
}
_NEEDED = {name: 1 if name == "msqrt" else 3 if name in ("msubsup", "munderover") else 2 for name in _BUILT}

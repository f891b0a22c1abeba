"""A plain text as words, digits, signs and dates: what the grammar of numbers reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from helpers.package.folding import NO_BREAK

# No number has more than forty digits or nine groups; a longer run is several, so that each is read in no time.
_DECIMALS = r"(?:[.,]\d{1,40})?"
_DIGITS = (
    rf"\d{{1,3}}(?P<group>[,.{NO_BREAK}'])\d{{3}}(?:(?P=group)\d{{3}}){{0,8}}(?!\d){_DECIMALS}|\d{{1,40}}{_DECIMALS}"
)
_SPACED = rf"\d{{1,3}}(?: \d{{3}}){{1,8}}(?!\d){_DECIMALS}"
_REST = r"(?P<sign>[¼-¾⅐-⅞])|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)|(?P<other>\S)"
_TOKEN = re.compile(rf"(?P<digits>{_SPACED}|{_DIGITS})|{_REST}")


@dataclass(frozen=True)
class Token:
    """One word, number, sign or date of a plain text, in small letters and without ё."""

    kind: str  # "digits", "sign" (½), "word", "other" or "date"
    text: str
    start: int
    end: int
    glued: bool  # no space before it


def tokens(text: str, dates: Sequence[tuple[int, int]] = ()) -> list[Token]:
    """The words, numbers and signs of a plain text; a space may group digits ("12 500")."""
    found, at, skips = [], 0, list(reversed(dates))
    while at < len(text):
        if skips and skips[-1][0] == at:
            start, end = skips.pop()
            found.append(Token("date", text[start:end], start, end, not text[start - 1 : start].isspace()))
            at = end
            continue
        limit = skips[-1][0] if skips else len(text)
        match = _TOKEN.match(text, at, limit)
        if not match:
            at += 1
            continue
        kind = "digits" if match["digits"] else match.lastgroup or ""
        word = match.group().lower().replace("ё", "е")
        found.append(Token(kind, word, at, match.end(), at == 0 or not text[at - 1].isspace()))
        at = match.end()
    return found


def literal(text: str, language: str) -> tuple[Fraction, int]:
    """The value of printed digits and their decimal places.

    A sign before exactly three digits groups them in the languages that write so; a comma that does not is a decimal
    comma, in any language.
    """
    text = re.sub(rf"[{NO_BREAK} ']", "", text)
    signs = re.findall(r"[.,]", text)
    point = "." if language == "en" else ","
    last = signs[-1] if signs else ""
    grouped = (
        last and len(text.rpartition(last)[2]) == 3 and ((len(signs) > 1 and len(set(signs)) == 1) or last != point)
    )
    if not signs or grouped:
        return Fraction(re.sub(r"[.,]", "", text)), 0
    whole, _, decimals = text.rpartition(last)
    return Fraction(f"{re.sub('[.,]', '', whole)}.{decimals}"), len(decimals)

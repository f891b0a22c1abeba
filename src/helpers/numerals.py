"""Numbers as they are printed: read from a figure, and found in a text.

Digits follow the language ("53 038", "18,6%", "17,5 мың"); number words are those that reports of this kind use.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

LANGUAGES = ("en", "ru", "kk")

_THOUSANDS = {"en": ",", "ru": " ", "kk": " "}
_DECIMAL = {"en": ".", "ru": ",", "kk": ","}

_SCALE = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "тыс": 1_000,
    "тысяч": 1_000,
    "тысячи": 1_000,
    "тысяча": 1_000,
    "млн": 1_000_000,
    "мың": 1_000,
    "миллион": 1_000_000,
}
_PERCENT = r"%|percent|per cent|процент\w*|пайыз\w*"
_MULTIPLE = r"times|-?fold|раза?|есе"

# Words that stand for a multiple, a share or a small count. "one" and "first" are left out: in running text they
# hardly ever count anything.
_WORDS: dict[str, dict[str, Fraction]] = {
    "en": {
        **{
            word: Fraction(number)
            for number, word in enumerate(
                "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
                "seventeen eighteen nineteen twenty".split(),
                start=2,
            )
        },
        **{w: Fraction(n) for w, n in zip("thirty forty fifty sixty seventy eighty ninety".split(), range(30, 91, 10))},
        "zero": Fraction(0),
        "once": Fraction(1),
        "dozen": Fraction(12),
        **dict.fromkeys(("half", "halved"), Fraction(1, 2)),
        **dict.fromkeys(("third", "one-third"), Fraction(1, 3)),
        **dict.fromkeys(("quarter", "one-quarter"), Fraction(1, 4)),
        "three-quarters": Fraction(3, 4),
        "two-thirds": Fraction(2, 3),
        **dict.fromkeys(("double", "doubled", "doubling", "twice", "twofold"), Fraction(2)),
        **dict.fromkeys(("triple", "tripled", "threefold"), Fraction(3)),
        **dict.fromkeys(("quadrupled", "fourfold"), Fraction(4)),
    },
    "ru": {
        **dict.fromkeys(("половина", "половину", "половины", "вдвое"), Fraction(1, 2)),
        **dict.fromkeys(("удвоилось", "удвоилась", "удвоился", "удвоились"), Fraction(2)),
        **dict.fromkeys(("треть", "трети"), Fraction(1, 3)),
        **dict.fromkeys(("четверть", "четверти"), Fraction(1, 4)),
        **{w: Fraction(n) for n, w in enumerate("два три четыре пять шесть семь восемь девять десять".split(), 2)},
    },
    "kk": {
        **dict.fromkeys(("жартысы", "тең жартысы", "жартысын"), Fraction(1, 2)),
        **{w: Fraction(n) for n, w in enumerate("екі үш төрт бес алты жеті сегіз тоғыз он".split(), 2)},
    },
}
_WORDS["ru"]["вдвое"] = Fraction(2)

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2009\u202f", " "))
_QUOTES = str.maketrans({"“": '"', "”": '"', "«": '"', "»": '"', "’": "'", "‘": "'"})


@dataclass(frozen=True)
class Numeral:
    """A printed number: its value as printed (a percentage as 20), its decimal places, and what it is."""

    value: Fraction
    places: int
    form: str  # "number", "percent", "multiple" or "word"


def fold(text: str) -> str:
    """The text with typographic quotes and spaces made plain: what two printings of one phrase share."""
    return re.sub(r"\s+", " ", text.translate(_SPACES).translate(_QUOTES)).strip()


def _digits(language: str) -> str:
    group, point = re.escape(_THOUSANDS[language]), re.escape(_DECIMAL[language])
    return rf"(?P<whole>\d{{1,3}}(?:{group}\d{{3}})+|\d+)(?:{point}(?P<decimals>\d+))?"


def parse(printed: str, language: str = "en") -> Numeral | None:
    """Read one printed number, or return None where it is none.

    Parameters
    ----------
    printed
        "7,000", "4.2%", "doubled", "17,5 мың".
    language
        Of the source; one this module does not know is read like English.
    """
    language = language if language in LANGUAGES else "en"
    text = fold(printed).lower()
    if text in _WORDS[language]:
        return Numeral(_WORDS[language][text], 0, "word")
    scales = "|".join(sorted(_SCALE, key=len, reverse=True))
    pattern = rf"[-−+]?{_digits(language)}\s*(?P<scale>{scales})?\.?\s*(?P<unit>{_PERCENT}|{_MULTIPLE})?"
    found = re.fullmatch(pattern, text)
    if not found:
        return None
    whole, decimals = found["whole"].replace(_THOUSANDS[language], ""), found["decimals"] or ""
    value = Fraction(f"{whole}.{decimals or 0}") * _SCALE.get(found["scale"], 1)
    unit = found["unit"]
    form = "number" if not unit else "percent" if re.fullmatch(_PERCENT, unit) else "multiple"
    return Numeral(value, len(decimals), form)


def find(text: str, language: str = "en") -> list[tuple[int, int]]:
    """The spans of every number in a text: digits, number words, and what belongs to them (a percent sign, "times").

    Returns
    -------
    list of (start, end)
        In order, without overlap. A year or a day of a month is a number too.
    """
    language = language if language in LANGUAGES else "en"
    words = "|".join(sorted(map(re.escape, _WORDS[language]), key=len, reverse=True))
    scales = "|".join(sorted(_SCALE, key=len, reverse=True))
    group = r"[,. \u00a0\u2009\u202f]"
    digits = rf"\d+(?:{group}\d{{3}})*(?:[.,]\d+)?(?:\s*(?:{_PERCENT}))?(?:\s(?:{scales})\b)?"
    return [m.span() for m in re.finditer(rf"{digits}|\b(?:{words})\b", text, re.IGNORECASE)]

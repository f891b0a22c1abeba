"""Numbers as they are printed: read from a figure, and found in a text.

Digits follow the language ("53 038", "18,6%", "17,5 мың"); number words are those that reports of this kind use. Words
and dates are known best in English; in other languages digits are always found, and the commonest words.
"""

from __future__ import annotations

import functools
import re
from fractions import Fraction

from helpers.figures.kind import Numeral

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
# Percentage points are a unit of their own: they stand before the percentages, whose words begin alike.
_POINTS = r"percentage points?|процентн\w+ пункт\w*|п\.\s?п\.?|пайыздық тармақ\w*"
_FORMS = {"points": _POINTS, "percent": _PERCENT, "multiple": _MULTIPLE}

_UNITS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")
_TENS = ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

# Words that stand for a multiple, a share or a small count. "one" and "first" are left out: in running text they
# hardly ever count anything.
_WORDS: dict[str, dict[str, Fraction]] = {
    "en": {
        **{word: Fraction(number) for number, word in enumerate([*_UNITS, *_TEENS], start=2)},
        **{word: Fraction(10 * number) for number, word in enumerate(_TENS, start=3)},
        "zero": Fraction(0),
        "once": Fraction(1),
        "dozen": Fraction(12),
        **dict.fromkeys(("half", "halved"), Fraction(1, 2)),
        **dict.fromkeys(("third", "one-third"), Fraction(1, 3)),
        **dict.fromkeys(("quarter", "one-quarter"), Fraction(1, 4)),
        "three-quarters": Fraction(3, 4),
        "two-thirds": Fraction(2, 3),
        **dict.fromkeys(("fifth", "one-fifth"), Fraction(1, 5)),
        **dict.fromkeys(("tenth", "one-tenth"), Fraction(1, 10)),
        **dict.fromkeys(("double", "doubled", "doubling", "twice", "twofold"), Fraction(2)),
        **dict.fromkeys(("triple", "tripled", "tripling", "thrice", "threefold"), Fraction(3)),
        **dict.fromkeys(("quadruple", "quadrupled", "quadrupling", "fourfold"), Fraction(4)),
        "fivefold": Fraction(5),
        "tenfold": Fraction(10),
    },
    "ru": {
        **dict.fromkeys(("половина", "половину", "половины", "вдвое"), Fraction(1, 2)),
        **dict.fromkeys(("удвоилось", "удвоилась", "удвоился", "удвоились"), Fraction(2)),
        **dict.fromkeys(("треть", "трети"), Fraction(1, 3)),
        **dict.fromkeys(("четверть", "четверти"), Fraction(1, 4)),
        **{
            w: Fraction(n)
            for n, w in enumerate(["два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять"], 2)
        },
    },
    "kk": {
        **dict.fromkeys(("жартысы", "тең жартысы", "жартысын"), Fraction(1, 2)),
        **{
            w: Fraction(n)
            for n, w in enumerate(["екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз", "он"], 2)
        },
    },
}
_WORDS["ru"]["вдвое"] = Fraction(2)

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2009\u202f", " "))
_QUOTES = str.maketrans({"“": '"', "”": '"', "«": '"', "»": '"', "’": "'", "‘": "'"})


def level(text: str) -> str:
    """The text with typographic quotes and spaces made plain, character for character."""
    return text.translate(_SPACES).translate(_QUOTES)


def fold(text: str) -> str:
    """The text made plain, with single spaces: what two printings of one phrase share."""
    return re.sub(r"\s+", " ", level(text)).strip()


def _digits(language: str) -> str:
    group, point = re.escape(_THOUSANDS[language]), re.escape(_DECIMAL[language])
    return rf"(?P<whole>\d{{1,3}}(?:{group}\d{{3}})+|\d+)(?:{point}(?P<decimals>\d+))?"


@functools.lru_cache(maxsize=1 << 17)
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
    pattern = rf"[-−+]?{_digits(language)}\s*(?P<scale>{scales})?\.?\s*(?P<unit>{_POINTS}|{_PERCENT}|{_MULTIPLE})?"
    found = re.fullmatch(pattern, text)
    if not found:
        return None
    whole, decimals = found["whole"].replace(_THOUSANDS[language], ""), found["decimals"] or ""
    scale, unit = _SCALE.get(found["scale"], 1), found["unit"]
    form = next((name for name, words in _FORMS.items() if unit and re.fullmatch(words, unit)), "number")
    value, last = Fraction(f"{whole}.{decimals or 0}") * scale, Fraction(scale, 10 ** len(decimals))
    return Numeral(value, len(decimals), form, last)


def find(text: str, language: str = "en") -> list[tuple[int, int]]:
    """The spans of every number in a text, each with what belongs to it (a percent sign, "times", the month of a day).

    Returns
    -------
    list of (start, end)
        In order, without overlap. A date is one number; so is a year, and in English a month that stands alone.
    """
    return [m.span("number") for m in _pattern(language if language in LANGUAGES else "en").finditer(text)]


_MONTHS = r"January|February|April|June|July|August|September|October|November|December"
_SHORT = r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
# Capitals tell the month from the verb, except where a sentence begins: there only a number beside it does.
_ALONE = rf"\b(?-i:{_MONTHS})\b|(?<=[\w,;(]\s)(?-i:May|March)\b"
_MONTH = rf"(?-i:{_MONTHS}|May|March|(?:{_SHORT})\b\.?)"
_YEAR = r"(?:1[89]|20)\d\d\b(?![.,]\d)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\b(?![.,]\d)"
_DATES = (
    r"\b\d{4}-\d\d-\d\d\b",
    r"\b\d\d?[./]\d\d?[./](?:\d\d){1,2}\b",
    rf"\b{_DAY}\s(?:of\s)?{_MONTH}(?:,?\s{_YEAR})?",
    rf"\b{_MONTH}\s{_DAY}(?:,?\s{_YEAR})?",
    rf"\b{_MONTH},?\s{_YEAR}",
    _ALONE,
)
_ENGLISH_SCALE = r"(?:hundred|thousand|million|billion|trillion|dozen)s?"
# "one" counts only with what follows it: "one in five", "one hundred", "one third".
_ONE = rf"one(?=[\s-](?:in|out|{_ENGLISH_SCALE}|half|third|quarter|fifth|tenth)\b)"


@functools.cache
def _pattern(language: str) -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, _WORDS[language]), key=len, reverse=True))
    if language == "en":
        words = rf"{words}|{_ENGLISH_SCALE}|{_ONE}|thirds|quarters|fifths|tenths"
    phrase = rf"\b(?:{words})(?:(?:[\s-]|(?<=ndred|usand|llion)\sand\s)(?:{words}))*\b"
    # A plain space groups digits only where the language does so: in English "in 2023 500 people" are two numbers.
    group = "[,.\u00a0\u2009\u202f]" if language == "en" else "[,. \u00a0\u2009\u202f]"
    # Russian and Kazakh put endings on them.
    scale = _ENGLISH_SCALE if language == "en" else rf"(?:{'|'.join(sorted(_SCALE, key=len, reverse=True))})\w*"
    digits = rf"(?:\d{{1,3}}(?:{group}\d{{3}})+(?!\d)|\d+)(?:[.,]\d+)?(?:\s?{scale}\b\.?)?|[¼½¾⅓⅔]"
    unit = rf"(?:\s?(?:{_POINTS}|{_PERCENT})|[\s-]?(?:{_MULTIPLE})\b)?"
    dates = "|".join(_DATES) if language == "en" else "|".join(_DATES[:2])
    return re.compile(rf"(?P<number>{dates}|(?:{digits}|{phrase}){unit})", re.IGNORECASE)

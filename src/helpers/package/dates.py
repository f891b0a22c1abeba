"""Dates in a text: where they stand, and which day, month or year they say.

Names of months come from CLDR through Babel, with the endings that Russian and Kazakh put on them.
"""

from __future__ import annotations

import functools
import re
from datetime import date

from babel.dates import get_month_names

from helpers.package.numberwords import inflected

_YEAR = r"(?:1[89]|20)\d\d(?!\d|[.,]\d)"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?!\d|[.,]\d)"
_NUMERIC = (
    r"\b(?P<iso>\d{4}-\d\d-\d\d)\b",
    r"\b(?P<d1>\d\d?)[./](?P<m1>\d\d?)[./](?P<y1>\d{4}|\d\d)\b(?![./]\d)",
    r"\b\d\d?:\d\d\b",
    rf"\b(?P<y2>{_YEAR})[-/](?:{_YEAR}|\d\d\b(?!/))",
    rf"\bQ[1-4] {_YEAR}",
)
# A capital tells the month from the verb; where a sentence begins, only a number beside it does.
_VERBS = ("May", "March")


@functools.cache
def _months(language: str) -> dict[str, int]:
    """Every form of a month's name, in small letters without ё, with its number."""
    found: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, context, language).items():
                word = name.lower().rstrip(".")
                forms = {word}
                if width == "wide" and language == "ru" and context == "stand-alone":
                    stem = word.rstrip("ьй")
                    soft = stem != word
                    forms |= {stem + end for end in (("я", "ю", "е", "ем") if soft else ("а", "у", "е", "ом"))}
                if width == "wide" and language == "kk":
                    forms |= inflected(word) | {word + "дағы", word + "дегі"}
                found |= dict.fromkeys(forms, number)
    return found | ({"sept": 9} if language == "en" else {})


@functools.cache
def _pattern(language: str) -> re.Pattern[str]:
    names = _months(language)
    forms: tuple[str, ...]
    if language == "en":
        full = [name.capitalize() for name in names]
        whole = list(get_month_names("wide", "format", "en").values())
        alone = "|".join(name for name in whole if name not in _VERBS)
        short = "|".join(name for name in full if name not in whole)
        month = rf"(?:(?:{'|'.join(whole)})\b|(?:{short})\b\.?)"
        day = rf"{_DAY}(?:st|nd|rd|th)?"
        forms = (
            rf"\b(?P<d2>{day})\s(?:of\s)?(?P<n1>{month})(?:,?\s(?P<y3>{_YEAR}))?",
            rf"\b(?P<n2>{month})\s(?P<d3>{day})(?:-{_DAY})?(?:,?\s(?P<y4>{_YEAR}))?",
            rf"\b(?P<n3>{month}),?\s(?P<y5>{_YEAR})",
            rf"\b(?P<n4>{alone})\b|(?<=[\w,;(\-]\s)(?P<n5>May|March)\b|(?<=\w-)(?P<n6>May|March)\b",
        )
    else:
        names = {name: number for name, number in names.items() if len(name) > 2}
        month = rf"(?i:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})(?!\w)"
        if language == "ru":
            forms = (rf"\b(?:(?P<d2>{_DAY})\s)?(?P<n1>{month})(?:\s(?P<y3>{_YEAR}))?",)
        else:
            forms = (
                rf"\b(?P<y3>{_YEAR})\s(?i:жыл\w*)\s(?:(?P<d2>{_DAY})\s)?(?P<n1>{month})",
                rf"\b(?P<d3>{_DAY})\s(?P<n2>{month})",
                rf"\b(?P<n3>{month})",
            )
    # Two thousand people in Russian or Kazakh look like a year: a round number needs the word beside it.
    year = (
        rf"\b(?P<y6>{_YEAR})"
        if language == "en"
        else rf"\b(?P<y6>{_YEAR})(?<!00)|\b(?P<y7>{_YEAR})(?=-?\s?(?:год|жыл|г\.|ж\.))"
    )
    return re.compile("|".join((*_NUMERIC, *forms, year)))


def spans(text: str, language: str) -> list[tuple[int, int]]:
    """Where dates stand in a plain text: days, months and years, and times of day."""
    return [match.span() for match in _pattern(_known(language)).finditer(text)]


def parts(text: str, language: str) -> tuple[int, int, int] | None:
    """The year, month and day that a date says, each 0 where it lacks it; None where the text is no date."""
    match = _pattern(_known(language)).fullmatch(text)
    if not match:
        return None
    said = {name[0]: value for name, value in match.groupdict().items() if value}
    if "i" in said:
        year, month, day = (int(part) for part in said["i"].split("-"))
    else:
        year = int(said.get("y", "0")) if len(said.get("y", "")) != 2 else int(f"20{said['y']}")
        name = said.get("n", "").lower().rstrip(".")
        month = int(said["m"]) if "m" in said else _months(_known(language)).get(name, 0)
        day = int(re.sub(r"\D", "", said["d"])) if "d" in said and month else 0
    try:
        date(year or 2000, month or 1, day or 1)
    except ValueError:
        return None
    return year, month, day


def read(text: str, language: str) -> str | None:
    """The day, month or year that a date says, as "2023-07-01", "2023-07" or "2023"; None where it lacks the year."""
    said = parts(text, language)
    if not said or not said[0]:
        return None
    return f"{said[0]:04}" + "".join(f"-{part:02}" for part in said[1:] if part)


def _known(language: str) -> str:
    return language if language in ("ru", "kk") else "en"

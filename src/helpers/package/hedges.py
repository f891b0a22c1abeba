"""Hedges of a number, as "at least", by language, and words of a rise or a fall: drafting and checking share them."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from helpers.figures.rounding import Qualifier


class Hedge(NamedTuple):
    """A hedge of a number; `start` and `end` are the span of its words and of the number together."""

    name: Qualifier | Literal["", "exactly"]
    start: int
    end: int


# Each phrase is a pattern. The longest one that stands beside a number counts, so that their order does not matter.
_BEFORE = {
    "en": {
        "at least": "at (?:the )?(?:very )?least|not? (?:less|fewer) than|a minimum of",
        "at most": "at (?:the )?(?:very )?most|not? more than|a maximum of|not exceed(?:ed|ing)?",
        "fewer than": "(?:fewer|less) than|under|below",
        "more than": "more than|upwards of",
        "over": "(?:just |well )?(?:over|above)|exceed(?:s|ed|ing)?",
        "up to": "up to|as many as",
        "almost": "almost|nearly|close to|just (?:under|below|short of)",
        "about": "about|around|some|roughly|approximately|circa|(?:an )?estimated",
        "exactly": "exactly|precisely",
    },
    "ru": {
        "at least": "не мен(?:ее|ьше)(?: чем)?|(?:как )?минимум|по (?:меньшей|крайней) мере|не ниже",
        "at most": "не бол(?:ее|ьше)(?: чем)?|максимум|не выше|не превы[сш]\\w*|не свыше",
        "fewer than": "мен(?:ее|ьше)(?: чем)?|ниже",
        "more than": "бол(?:ее|ьше)(?: чем)?",
        "over": "свыше|выше|превы[сш]\\w*",
        "up to": "до",
        "almost": "почти|чуть мен(?:ее|ьше)(?: чем)?",
        "about": "около|примерно|порядка|приблизительно",
        "exactly": "ровно|точно",
    },
    "kk": {
        "at least": "кемінде|(?:кем|аз) дегенде|ең (?:аз|кемі)",
        "at most": "көп дегенде|ең көбі",
        "about": "шамамен",
        "exactly": "дәл|тура",
    },
}
# Kazakh puts most of them behind: after a level ("500-ден") or beside it ("500-ге жуық").
_UNIT = {"en": "", "ru": "", "kk": r"[-–]?\w*(?:\s[\w-]+(?:[дтн][ае]н|[ғқгк][ае]))?"}  # "500 адамнан астам"
_FROM = r"(?<=[дтн][ае]н)\s+"
_AFTER = {
    "en": {"at least": r"\s+or more\b", "at most": r"\s+or (?:less|fewer)\b", "about": r"\s+or so\b"},
    "ru": {},
    "kk": {
        "at least": rf"{_FROM}(?:кем|аз) емес",
        "at most": rf"{_FROM}(?:аспай\w*|(?:артық|көп) емес)",
        "fewer than": rf"{_FROM}(?:кем|аз)(?!\s+дегенде)",
        "more than": rf"{_FROM}(?:көп|артық)(?!\s+дегенде)",
        "over": rf"{_FROM}(?:астам|аса|асты|асқан)",
        "almost": r"\s+дерлік",
        "about": r"\s+(?:жуық|таяу|шақты|шамасында)",
    },
}
# Words before a Russian "до" that make its number a level: "снизилось до 12", "с 46 до 38".
_LEVEL = re.compile(r"\b(?:с|со|от)\s[^,;]*\d", re.IGNORECASE)


@cache
def _patterns(language: str) -> tuple[list[tuple[str, re.Pattern[str]]], list[tuple[str, re.Pattern[str]]]]:
    spoken = language if language in _BEFORE else "en"
    return (
        [
            (name, re.compile(rf"\b(?:{one})\s*[$€£]?$".replace(" ", r"\s+"), re.IGNORECASE))
            for name, one in _BEFORE[spoken].items()
        ],
        [(name, re.compile(rf"{_UNIT[spoken]}(?:{one})\b", re.IGNORECASE)) for name, one in _AFTER[spoken].items()],
    )


def hedge(text: str, start: int, end: int, language: str) -> Hedge:
    """The hedge of the number at a span of a text.

    Parameters
    ----------
    text
        The sentence, or a longer text.
    start, end
        Span of the number.
    language
        Of the text; an unknown one is read as English.

    Returns
    -------
    Hedge
        Its name is empty, and its span that of the number, where none stands beside the number.
    """
    before, after = _patterns(language)
    first = max(0, start - 40)
    near = text[first:start]
    found = [Hedge(name, first + match.start(), end) for name, one in before for match in one.finditer(near)]  # type: ignore[arg-type]
    found += [Hedge(name, start, match.end()) for name, one in after if (match := one.match(text, end))]  # type: ignore[arg-type]
    longest = max(found, key=lambda each: each.end - each.start, default=Hedge("", start, end))
    if text[longest.start : start].strip().lower() == "до":
        clause = re.split(r"[.;!?]\s", text[: longest.start])[-1]
        if _LEVEL.search(clause) or FALLS.search(clause) or RISES.search(clause):
            return Hedge("", start, end)
    return longest


_VERBS_OF_FALL = (
    r"fell|fall(?:s|en|ing)?|drop(?:s|ped|ping)?|declin\w*|decreas\w*|reduc\w*|shrank|shrink\w*|slump\w*|plung\w*|plummet\w*"
    r"|slip(?:s|ped|ping)?|halv(?:ed|es|ing)|lower(?:ed|s|ing)"
    r"|сни[зж]\w*|сокра[тщ]\w*|уменьш\w*|упал\w*|пониз\w*|азай\w*|кемі(?!нде)\w*|төменде\w*|қысқар\w*"
)
_VERBS_OF_RISE = (
    r"rose|ris(?:e|en|es|ing)|increas\w*|grew|grow(?:s|n|ing|th)?|jump\w*|climb\w*|soar\w*|surg(?:ed?|es|ing)"
    r"|gain(?:s|ed|ing)?|doubl(?:ed|es|ing)|tripl(?:ed|es|ing)|trebl(?:ed|es|ing)|quadrupl(?:ed|es|ing)"
    r"|вырос\w*|возрос\w*|прирост\w*|рост(?:а|у|ом|е)?|раст[её]т|растут|увелич\w*|повы[сш]\w*"
    r"|өс(?:ті|ке|іп|кен|ед|у|ім)\w*|көбей\w*|арт(?:ты|қан|ып|ад|уда)\w*"
)
FALLS = re.compile(rf"\b(?:{_VERBS_OF_FALL}|down|cuts?|cutting|fewer|less|lower|shorter|меньше|ниже)\b", re.IGNORECASE)
RISES = re.compile(rf"\b(?:{_VERBS_OF_RISE}|up|higher|longer|больше|выше|көп)\b", re.IGNORECASE)
# Verbs alone: what a sentence says happened, where a comparison as "less" may be of something else.
FELL = re.compile(rf"\b(?:{_VERBS_OF_FALL})\b", re.IGNORECASE)
ROSE = re.compile(rf"\b(?:{_VERBS_OF_RISE})\b", re.IGNORECASE)


def unhedged(text: str, start: int, end: int, found: Hedge) -> str:
    """A text with the hedge of the number at a span blanked, so that "less" in "no less than" tells of no fall."""
    before, after = text[: found.start] + " " * (start - found.start), " " * (found.end - end) + text[found.end :]
    return before + text[start:end] + after

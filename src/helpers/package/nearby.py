"""What stands near a number in its text: who says it, and which days it is of. Both are drafts, to be confirmed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from helpers.package.cells import last_day
from helpers.package.numerals import Found, scan

NOBODY = "no speaker named in the sentence"

_WHO = r"[^,.;:()«»“”\"]{3,80}?"
_SPEAKER = re.compile(
    rf"(?:\b[Aa]ccording to|\b[Пп]о (?:данным|словам|сведениям|оценке|информации))\s+({_WHO})(?=[,.;:()]|$)"
    rf"|(?:^|,[”\"»]?\s+)({_WHO})\s+(?:said|says|told|reported|announced|estimates?d?|added|writes)\b"
    rf"|\b(?:сообщ\w+|заяв\w+|рассказ\w+|отмет\w+)\s+(?:в\s+)?({_WHO})(?=[,.;:()]|$)"
    rf"|(?:^|,\s+)({_WHO})\s+(?:мәліметінше|мәліметі бойынша|деректері бойынша|хабарлауынша)"
)
_AT_END = re.compile(r"\b(?:end of|as of|на конец|по состоянию на)\s*$|^\s*(?:жылдың\s+)?соңында", re.IGNORECASE)
_WITHIN = re.compile(r"\b(?:in|during|over|for|в|во|за)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
# A part of a year that is no whole number of months, or one end of a period only.
_PARTLY = re.compile(
    r"\b(?:autumn|fall|spring|summer|winter|early|late|mid|since|by|until|before|after|осен\w*|весн\w*|лет[оау]м?|зим\w*|"
    r"начал\w*|середин\w*|с|со|до|к|после|күз\w*|көктем\w*|жаз\w*|қыс\w*)[\s-]+(?:of\s+|in\s+)?$",
    re.IGNORECASE,
)
_NTHS = (
    r"first|перв\w+|бірінші|Q1",
    r"second|втор\w+|екінші|Q2",
    r"third|трет\w+|үшінші",
    r"fourth|last|четверт\w+|төртінші",
)
_PART = re.compile(
    rf"\b(?:(?P<nth>{'|'.join(_NTHS)})\s+)(?:(?P<half>half|полугоди\w+|жартыжылд\w*|жартысы\w*)|(?:quarter|квартал\w*|тоқсан\w*))",
    re.IGNORECASE,
)


def speaker(sentence: str) -> str:
    """Who a sentence says it has its numbers from, or that it names nobody."""
    match = _SPEAKER.search(re.sub(r"\s+", " ", sentence))
    return next((part.strip() for part in match.groups() if part), NOBODY) if match else NOBODY


# What joins two dates to one period; "and" does so after "between" only.
_JOINS = re.compile(r"[\s,]*(?:года|г\.|жылғы|жылдың)?\s*(?:[-–—]|to|until|through|till|по|до)\s*", re.IGNORECASE)
_AND = re.compile(r"\s*(?:and|и)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|между)\s*$", re.IGNORECASE)
# Words that make the number one of an earlier time than the date nearby, or the date that of a base.
_EARLIER_AFTER = re.compile(
    r"\W*(?:\w+\W+){0,2}?(?:the (?:year|month) before|an? (?:year|month) (?:earlier|ago|before)|the previous)"
)
_EARLIER_BEFORE = re.compile(
    r"(?:год\w* ранее|а? ?год назад|бір жыл бұрын|a year (?:earlier|before)),?\s*[-–—]?\s*$", re.IGNORECASE
)
_OF_BASE = re.compile(
    r"\b(?:number|level|figure|total|than|compared|against|those|уровн\w*|числ\w*|чем|против)\b", re.IGNORECASE
)
_BY_END = re.compile(r"\b(?:by|until|till|before) (?:the )?end of\s*$|\bк концу\s*$", re.IGNORECASE)


def _joined(text: str, one: Found, other: Found) -> bool:
    """Whether two dates, in order, are the ends of one period."""
    between = text[one.end : other.start]
    if _JOINS.fullmatch(between):
        return True
    return bool(_AND.fullmatch(between)) and _BETWEEN.search(text[: one.start][-12:]) is not None


def _period(text: str, when: Found, every: Sequence[Found]) -> tuple[str, str] | None:
    """The period that a date makes with the one before or after it: from the first day to the last."""
    for one, other in pairwise(every):
        if when not in (one, other) or not _joined(text, one, other) or not other.date:
            continue
        first = one.date or _dated(text[one.start : one.end], other.date[:4])
        if first and len(first) <= len(other.date) and first <= other.date:
            start = date(*[*(int(part) for part in first.split("-")), 1, 1][:3])
            return start.isoformat(), last_day(other.date).isoformat()
    return None


def _dated(words: str, year: str) -> str:
    """A day or month without a year in a year."""
    for language, then in (("en", f"{words} {year}"), ("ru", f"{words} {year} года"), ("kk", f"{year} жылғы {words}")):
        for found in scan(then, language):
            if found.date and len(found.date) > len(year):
                return found.date
    return ""


def _in_period(text: str, when: Found, every: Sequence[Found]) -> bool:
    """Whether a date is one end of a period, or stands in a row with another, so that alone it says too little."""
    return any(
        when in pair and (_joined(text, *pair) or _AND.fullmatch(text[pair[0].end : pair[1].start]))
        for pair in pairwise(every)
    )


def days(
    text: str, found: Found, dates: Sequence[Found], every: Sequence[Found], *, against_base: bool
) -> tuple[str, str] | None:
    """The first and last day of the date that stands with a number; None where that is not plain.

    Parameters
    ----------
    dates
        Those within its wording: the only one counts, or the one right after the number.
    every
        All dates of the text, months without a year among them: two that are joined are the ends of one period.
    against_base
        Whether the number is a change, whose base may be what the date names ("three times the level of 2018").
    """
    if _EARLIER_AFTER.match(text[found.end : found.end + 40]) or _EARLIER_BEFORE.search(text[: found.start][-40:]):
        return None
    near = [(one, one.date) for one in dates if one.date]
    spans = {_period(text, one, every) for one, _ in near if _in_period(text, one, every)}
    if len(spans) == 1 and all(_in_period(text, one, every) for one, _ in near):
        return None if against_base else spans.pop()
    if len(near) > 1:
        near = [(one, said) for one, said in near if found.end <= one.start <= found.end + 15]
    if len(near) != 1:
        return None
    ((when, said),) = near
    if _in_period(text, when, every):
        return None if against_base else _period(text, when, every)
    before, after = text[: when.start], text[when.end : when.end + 30]
    if against_base and (not _WITHIN.search(before[-40:]) or _OF_BASE.search(text[found.end : when.start])):
        return None
    if _BY_END.search(before[-25:]):
        return None
    if _PARTLY.search(before[-25:]) or re.search(r"\bthan (?:in|for)\s*$", before[-15:]):
        return None
    last, parts = last_day(said), [int(part) for part in said.split("-")]
    if _AT_END.search(before[-25:]) or _AT_END.search(after):
        return last.isoformat(), last.isoformat()
    part = _PART.search(text, max(0, when.start - 30), when.end + 35)
    if part and len(parts) == 1:
        nth = next(at for at, words in enumerate(_NTHS) if re.fullmatch(words, part["nth"], re.IGNORECASE))
        months = 6 if part["half"] else 3
        if nth * months >= 12:
            return None
        first, final = f"{parts[0]}-{nth * months + 1:02}-01", last_day(f"{parts[0]}-{(nth + 1) * months:02}")
        return first, final.isoformat()
    return date(*[*parts, 1, 1][:3]).isoformat(), last.isoformat()

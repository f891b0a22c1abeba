"""What stands near a number in its text: who says it, and which days it is of. Both are drafts, to be confirmed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from helpers.package.cells import last_day
from helpers.package.numerals import Found

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
    rf"\b(?:(?P<nth>{'|'.join(_NTHS)})\s+)(?:(?P<half>half|полугоди\w+|жартыжылд\w*)|(?:quarter|квартал\w*|тоқсан\w*))",
    re.IGNORECASE,
)


def speaker(sentence: str) -> str:
    """Who a sentence says it has its numbers from, or that it names nobody."""
    match = _SPEAKER.search(re.sub(r"\s+", " ", sentence))
    return next((part.strip() for part in match.groups() if part), NOBODY) if match else NOBODY


def days(text: str, found: Found, dates: Sequence[Found], *, against_base: bool) -> tuple[str, str] | None:
    """The first and last day of the date that stands with a number; None where that is not plain.

    Parameters
    ----------
    dates
        Those within its wording: the only one counts, or the one right after the number.
    against_base
        Whether the number is a change, whose base may be what the date names ("three times the level of 2018").
    """
    near = [(one, one.date) for one in dates if one.date]
    if len(near) > 1:
        near = [(one, said) for one, said in near if found.end <= one.start <= found.end + 15]
    if len(near) != 1:
        return None
    ((when, said),) = near
    before, after = text[: when.start], text[when.end : when.end + 30]
    if against_base and not _WITHIN.search(before[-40:]):
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

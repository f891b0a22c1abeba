"""Times that a sentence names: a day, a month, a year, a part of a year, or the time from one date to another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from helpers.drafts.dates import Dated, dated
from helpers.package import numerals

Days = tuple[date, date]
_SOME_DAYS = 16
Relation = Literal["same", "overlap", "apart"]


@dataclass(frozen=True)
class When:
    """A time that a sentence names.

    Attributes
    ----------
    start, end
        Its span in the sentence.
    first, last
        The dates it begins and ends with; the same for a single one.
    how
        "in" it, "by" its end, "since" its beginning, or "vague": some part of it, as in "early 2024".
    base
        Whether it is the time of what a number is compared with: "than in 2022".
    """

    start: int
    end: int
    first: Dated
    last: Dated
    how: Literal["in", "by", "since", "vague"] = "in"
    base: bool = False

    @property
    def is_day(self) -> bool:
        return self.first == self.last and bool(self.first.day)

    def relation(self, period: Days) -> Relation:
        """Whether it is a period to the day, has days in common with it, or none.

        A month without a year can be that of any year.
        """
        years = [0] if self.first.year else range(period[0].year - 1, period[1].year + 1)
        found = {self._relation(days, period) for year in years if (days := self._days(year))}
        return "same" if "same" in found else "overlap" if "overlap" in found else "apart"

    def _days(self, year: int) -> Days | None:
        begin = self.first.days(year)
        end = self.last.days(year + (self.last.month < self.first.month)) if begin else None
        return (begin[0], end[1]) if begin and end else None

    def _relation(self, days: Days, period: Days) -> Relation:
        same = {
            "in": days == period or (period[0] == period[1] and _is_month(days) and _holds(days, period)),
            "by": days[1] == period[1],
            "since": days[0] == period[0],
            "vague": False,
        }[self.how]
        if same:
            return "same"
        begin = date.min if self.how == "by" else days[0]
        end = date.max if self.how == "since" else days[1]
        return "overlap" if begin <= period[1] and period[0] <= end else "apart"

    def close_to(self, period: Days) -> bool:
        """Whether it begins and ends within some days of a period."""
        days = self._days(period[1].year)
        return days is not None and all(
            abs((one - other).days) <= _SOME_DAYS for one, other in zip(days, period, strict=True)
        )

    def ends(self) -> tuple[When, When]:
        """Its two ends, each as a time of its own."""
        return replace(self, last=self.first), replace(self, first=self.last)

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"


def _is_month(days: Days) -> bool:
    return (days[0].year, days[0].month) == (days[1].year, days[1].month)


def _holds(days: Days, period: Days) -> bool:
    return days[0] <= period[0] and period[1] <= days[1]


def times(text: str, language: str) -> list[When]:
    """The times that a text names, in order."""
    found: list[When] = []
    for start, end in numerals.find(text, language):
        when = _single(text, start, end, language)
        if when is None:
            continue
        if found and _joined(text, found[-1], when):
            found[-1] = replace(_yeared(found[-1], when), start=found[-1].start)
        else:
            found.append(when)
    return [_settled(text, when) for when in found]


def _single(text: str, start: int, end: int, language: str) -> When | None:
    printed = text[start:end]
    if years := re.fullmatch(r"(\d{4})\s?[-–/]\s?(\d{2,4})", printed):
        last = int(years[2]) if len(years[2]) == 4 else int(years[1][:2] + years[2])
        return When(start, end, Dated(int(years[1])), Dated(last), "vague" if "/" in printed else "in")
    when = dated(printed, language)
    return When(start, end, when, when) if when else None


# What stands between the two ends of a time; "and" only after "between".
_YEAR = r"(?:года|году|г\.|жыл\w*)?"
_TO = re.compile(
    rf"\s*{_YEAR}\s*(?:to|through|until|till|по|до|[-–—]|бастап)?\s*(?:the )?(?:end of )?\s*", re.IGNORECASE
)
_AND = re.compile(rf"\s*{_YEAR}\s*(?:and|и|мен|пен|бен)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|между)\s*$", re.IGNORECASE)
_OUT_OF = re.compile(r"[дтн][ае]н$")


def _joined(text: str, one: When, other: When) -> bool:
    """Whether two dates are the two ends of one time."""
    if one.first != one.last:
        return False
    before, link = text[: one.start], text[one.end : other.start]
    if _AND.fullmatch(link):
        return bool(_BETWEEN.search(before)) or text[other.end :].lstrip(" ").startswith(("аралығ", "арасы"))
    if not _TO.fullmatch(link):
        return False
    if re.search(r"[^\W\d]|[-–—]", re.sub(rf"\b{_YEAR}", "", link)):
        return True
    # Without a word between them: the ending of the first in Kazakh, with "дейін" after the second.
    return bool(_OUT_OF.search((text[one.start : one.end] + link).rstrip())) and "дейін" in text[other.end :][:20]


def _yeared(one: When, other: When) -> When:
    """Two ends as one time, each with the year that the other prints."""
    first, last = one.first, other.last
    if last.year and not first.year:
        first = replace(first, year=last.year - (first.month > last.month))
    elif first.year and not last.year:
        last = replace(last, year=first.year + (last.month < first.month))
    return replace(other, first=first, last=last)


_NTHS = (
    r"first|opening|перв\w+|бірінші|алғашқы|1-\w+|I",
    r"second|втор\w+|екінші|2-\w+|II",
    r"third|трет\w+|үшінші|3-\w+|III",
    r"fourth|last|четв[её]рт\w+|последн\w+|төртінші|соңғы|4-\w+|IV",
)
_HALVES = r"half|полугоди\w+|половин\w+|жартыжылд\w*|жарты\w*"
_PART = re.compile(
    rf"\b(?P<nth>{'|'.join(_NTHS)})\s+(?:(?P<half>{_HALVES})|(?:quarter|квартал\w*|тоқсан\w*))", re.IGNORECASE
)
_MONTHS = re.compile(r"\b(?P<many>[\w]+)[\s-](?:months?|месяц\w*|ай(?:да|ында|ы)?)\b", re.IGNORECASE)
_FROM_HERE, _TO_HERE = 34, 30  # letters around a year within which a part of it is named


def _settled(text: str, when: When) -> When:
    """A time with what the words around it make of it: a part of a year, one of its ends, or the time of a base."""
    before, after = text[: when.start], text[when.end :]
    if when.first == when.last and when.first.year and not when.first.month:
        when = _part(before[-_FROM_HERE:], after[:_TO_HERE], when)
    base = bool(_BASE.search(before) or _BASE_AFTER.match(after))
    if when.how != "in" or when.first != when.last:
        return replace(when, base=base)
    if _VAGUE.search(before) or _VAGUE_AFTER.match(after):
        return replace(when, how="vague", base=base)
    if _BY.search(before) or _BY_AFTER.match(after):
        return replace(when, how="by", base=base)
    return replace(when, how="since" if _SINCE.search(before) else "in", base=base)


def _part(before: str, after: str, when: When) -> When:
    """A year as the half, the quarter or the months of it that the words beside it name."""
    # In Kazakh the part follows the year.
    before, after = re.split(r"[,;:]", before)[-1], re.sub(r"^\s*жыл\w*\s*(?:алғашқы\s+)?", "", after)
    year = when.first.year
    if found := _last(_PART.finditer(before)) or _PART.match(after):
        nth = next(at for at, words in enumerate(_NTHS) if re.fullmatch(words, found["nth"], re.IGNORECASE))
        size = 6 if found["half"] else 3
        nth = min(nth, 12 // size - 1)
        return replace(when, first=Dated(year, nth * size + 1), last=Dated(year, (nth + 1) * size))
    months = _last(_MONTHS.finditer(before)) or _MONTHS.match(after)
    if months and (many := _count(months["many"])):
        return replace(when, first=Dated(year, 1), last=Dated(year, many))
    return when


def _last(found: Iterator[re.Match[str]]) -> re.Match[str] | None:
    return max(found, key=lambda match: match.end(), default=None)


def _count(word: str) -> int:
    """How many months a word or digits say; 0 if none or more than a year has."""
    for language in ("en", "ru", "kk"):
        numeral = numerals.parse(word, language)
        if numeral and numeral.form == "number" and 1 <= numeral.value <= 12:
            return int(numeral.value)
    return 0


_IN = r"(?:(?:in|for|during|of|from|over|at|on|в|во|за|на)\s+)?(?:the\s+)?(?:(?:whole|all)\s+of\s+|весь\s+)?"
_BASE = re.compile(
    rf"(?:\b(?:than|against|versus|vs\.?|as|compared (?:with|to)|relative to|down from|up from|чем|против"
    r"|по сравнению со?|относительно|к)"
    rf"(?:\s+(?:those|that|the|level|levels|figure|number|уровн\w+|показател\w+))*\s+{_IN}"
    rf"|\bthe (?:number|level|figure|total|rate|share|amount|count)s?(?: \w+)? {_IN}"
    r"|(?:points?|percent|per cent|%|quarter|third|fifth|half|пункт\w*)\s+on\s+)$",
    re.IGNORECASE,
)
_BASE_AFTER = re.compile(r"\s*(?:жыл\w*)?(?:\s+\w+){0,2}\s*(?:салыстыр|қарағанда)", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(?:autumn|fall|spring|summer|winter|early|late|mid|start|beginning|middle|before|осен\w*|весн\w*|летом|зим\w*"
    r"|начал\w*|середин\w*|до)[\s-]+(?:of\s+|in\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_VAGUE_AFTER = re.compile(r"\s*(?:жылдың\s+)?(?:басында|ортасында|күзінде|көктемінде|жазында|қысында)", re.IGNORECASE)
_BY = re.compile(
    r"\b(?:by|as of|as at|until|end of|through|(?:months|weeks|days|year) to|к|ко|на конец|конц\w|по состоянию на)\s+"
    r"(?:the\s+)?(?:end of\s+)?$",
    re.IGNORECASE,
)
_BY_AFTER = re.compile(r"\s*(?:жылдың\s+)?соңын|\s+(?:дейін|қарай)", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|from|с|со|начиная с)\s+$", re.IGNORECASE)

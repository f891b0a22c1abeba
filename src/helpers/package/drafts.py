"""Drafted rows for the numbers and dates of a text: what a person still has to confirm and to complete."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import get_args

from helpers.figures.kind import KINDS
from helpers.figures.numeral import Numeral
from helpers.figures.rounding import Qualifier
from helpers.package import hedges, numerals
from helpers.package.decimals import typed
from helpers.package.nearby import days, speaker
from helpers.package.numerals import Found
from helpers.package.schema import WORDING_LIMIT
from helpers.package.texts import places

Row = dict[str, str]
_NEAR = 45  # characters on each side in which a qualifier or a direction stands
_AROUND = 4  # words on each side with which a wording begins

_PERIODS = re.compile(
    r"\b(?:last|this|previous|next|the same) (?:year|month|quarter|period|week|summer|winter)\b|"
    r"\ba year (?:earlier|before|ago)\b|"
    r"\bthe year before\b|\b(?:first|second|third|fourth|last) (?:half|quarter)(?: of (?:the year|\d{4}))?\b|"
    r"\b(?:год\w* ранее|в прошлом году|в этом году|за год|(?:перв|втор)\w+ (?:полугоди|квартал|половин)\w*)|"
    r"\b(?:былтыр|биыл|өткен жыл\w*|бірінші \w+|екінші жартыжыл\w*)",
    re.IGNORECASE,
)
_BY = re.compile(r"\b(?:by|на)\s+$", re.IGNORECASE)
_THAN = re.compile(
    r"\s*(?:\w+ )?(?:more|fewer|less|higher|lower|longer|shorter) than\b|\s*(?:\w+ )?(?:больше|меньше)\b"
)
_MORE = re.compile(r"\bmore\b", re.IGNORECASE)  # a rise only behind a number: "140 crowns more"
_KAZAKH_VERB = re.compile(r"\s*(?:(?P<falls>азай\w*|төменде\w*|кемі\w*|қысқар\w*)|өс\w*|арт\w*|көбей\w*|көп)\b")
_THAN_PART = re.compile(r"\s+(?:more|less|fewer|lower|higher)\b|\s+(?:больше|меньше)\b")  # "a fifth less traffic"
_KAZAKH_LEVEL = re.compile(r"(?:дан|ден|тан|тен)\||(?:ға|ге|қа|ке)\|\s*(?:дейін|шейін)\b")  # from a level, to a level
_FROM_TO = re.compile(r"(?:[дт][ае]н\s*\|-[ғқгк][ае]\b)|\|-?[дт][ае]н\b")  # "58%-дан 71%-ға"
# The step to which words without a digit are taken to be rounded.
_STEPS = {Fraction(1, 2): "0.1", Fraction(2): "0.5", Fraction(3): "0.5"}
_SMALL = 12
_REACH = 8  # words within which a date is taken to belong to a number


def drafted(
    source: str, text: str, language: str, taken: Iterable[str], ids: set[str], published: str = ""
) -> Iterator[tuple[str, Row]]:
    """A row, with its table, for every number and date of a text that no wording covers.

    Parameters
    ----------
    source
        Id of the source.
    taken
        The wordings that rows of this source have already.
    ids
        Every id in the package; those of new rows are added.
    published
        The day on which the text was published, which is no dated step.

    Returns
    -------
    iterator of (table, row)
        Of figures.csv, events.csv or omitted.csv, each with the cells that can be read from the text.
    """
    found = numerals.scan(text, language)
    spans = [span for wording in taken for span in places(wording, text)[:1]]
    # Figures first: a date within the words of a figure is about that figure.
    for dates in (False, True):
        for one in found:
            covered = any(start <= one.start and one.end <= end for start, end in spans)
            if covered or _is_date(one) != dates:
                continue
            quoted = _wording(text, one, [other for other in found if other is not one])
            if quoted is None:
                continue
            wording, span = quoted
            spans.append(span)
            table, row = _event(text, one) if dates else _number(text, one, found, span, language)
            if dates and one.date == published:
                table, row = "omitted", {"reason": "the day on which the text was published"}
            if table != "omitted":
                row["id"] = _id(source, ids)
            yield table, row | {"source": source, "wording": wording, "status": "draft"}


def _is_date(found: Found) -> bool:
    return found.numeral is None or found.date is not None


def _id(source: str, ids: set[str]) -> str:
    number = 1
    while f"{source}-n{number}" in ids:
        number += 1
    ids.add(f"{source}-n{number}")
    return f"{source}-n{number}"


# --- words around a number -----------------------------------------------------------------------------------------


def _sentence(text: str, found: Found) -> tuple[int, int]:
    """The sentence around a number: between stops that end one, or between paragraphs."""
    ends = re.compile(r"(?<=[\w)»”\"]{2}[.!?])\s+(?=[«“\"(]?[^\W\d_a-zа-яёәғқңөұүһі])|\n\s*\n")
    start = max((stop.end() for stop in ends.finditer(text) if stop.end() <= found.start), default=0)
    stop = ends.search(text, found.end)
    return start, stop.start() if stop else len(text)


def _wording(text: str, found: Found, others: list[Found]) -> tuple[str, tuple[int, int]] | None:
    """A phrase around a number that stands once in its text: whole words, no whole sentence, no number cut in two."""
    first, last = _sentence(text, found)
    words = [match.span() for match in re.finditer(r"\S+", text[first:last])]
    words = [(start + first, end + first) for start, end in words]
    low = next(at for at, (_, end) in enumerate(words) if end > found.start)
    high = next(at for at, (start, end) in reversed(list(enumerate(words))) if start < found.end)
    ahead, behind = _to_dates(text, words, low, high, others)
    sizes = [
        (behind, ahead),
        (_AROUND, _AROUND),
        *((back, ahead) for back in range(_AROUND, WORDING_LIMIT) for ahead in (_AROUND, 7)),
    ]
    for back, ahead in sizes:
        start, end = max(0, low - back), min(len(words) - 1, high + ahead)
        while end - start >= WORDING_LIMIT and end > high:
            end -= 1
        while end - start >= WORDING_LIMIT and start < low:
            start += 1
        span = _trimmed(text, words[start][0], words[end][1], found)
        start, end = _alone(span, others, found)
        start = found.start - len(text[start : found.start].lstrip(" -–—,;:.\n%"))
        span = start, found.end + len(text[found.end : end].rstrip(" -–—,;:.\n$€£₸"))
        phrase = re.sub(r"\s+", " ", text[span[0] : span[1]]).strip()
        if len(places(phrase, text)) == 1 and len(phrase.split()) <= WORDING_LIMIT:
            return phrase, span
    return None


def _to_dates(text: str, words: list[tuple[int, int]], low: int, high: int, others: list[Found]) -> tuple[int, int]:
    """How many words ahead and behind reach the dates in the same clause, which say when a number holds."""
    ahead = behind = _AROUND
    for one in others:
        if not _is_date(one):
            continue
        if words[high][1] <= one.start < words[-1][1] and not re.search(r"[;:,.(]\s", text[words[high][0] : one.start]):
            at = next(at for at, (_, end) in enumerate(words) if end >= one.end)
            ahead = max(ahead, at - high) if at - high <= _REACH else ahead
        if words[0][0] <= one.start < words[low][0] and not re.search(r"[;:,.)]\s", text[one.end : words[low][0]]):
            at = next(at for at, (_, end) in enumerate(words) if end > one.start)
            behind = max(behind, low - at) if low - at <= _REACH else behind
    return ahead, behind


def _trimmed(text: str, start: int, end: int, found: Found) -> tuple[int, int]:
    """A stretch without the signs at its ends, and cut at a comma or stop on the way to its number."""
    before = [match.end() for match in re.finditer(r"[;:,](?=\s)\s+|[(«“\"]", text[start : found.start])]
    start += before[-1] if before else 0
    after = re.search(r"[;:,.!?](?=\s|$)|[)»”\"]", text[found.end : end])
    end = found.end + after.start() if after else end
    return start, end


def _alone(span: tuple[int, int], others: list[Found], found: Found) -> tuple[int, int]:
    """A stretch without other numbers, which need rows of their own; dates may stand in it, but whole."""
    start, end = span
    for other in others:
        cut = not _is_date(other)
        if other.start < found.start and other.end > start and (cut or other.start < start):
            start = max(start, other.end)
        if other.start >= found.end and other.start < end and (cut or other.end > end):
            end = min(end, other.start)
    return start, end


# --- rows ----------------------------------------------------------------------------------------------------------


def _event(text: str, found: Found) -> tuple[str, Row]:
    said = speaker(text[slice(*_sentence(text, found))])
    row = {"date": found.date or "", "date_basis": "stated" if found.date else "unstated", "said_by": said}
    return "events", row


def _number(text: str, found: Found, all_: list[Found], span: tuple[int, int], language: str) -> tuple[str, Row]:
    numeral = found.numeral
    assert numeral is not None
    printed = re.sub(r"\s+", " ", text[found.start : found.end])
    if not any(sign.isdigit() for sign in printed) and numeral.form == "number" and numeral.value <= _SMALL:
        return "omitted", {"reason": "a number in words that measures nothing"}
    hedge = hedges.hedge(text, found.start, found.end, language)
    bare = hedges.unhedged(text, found.start, found.end, hedge)
    before = bare[max(0, found.start - _NEAR) : found.start]
    after = bare[found.end : found.end + _NEAR]
    # The ending before a hedge belongs to the hedge: "500-ден астам" is no "from 500".
    kind, values = _meaning(numeral, "" if hedge.end > found.end else printed, before, after)
    first, last = _sentence(text, found)
    near = [text[one.start : one.end] for one in all_ if _is_date(one) and first <= one.start < last]
    near += [match[0] for match in _PERIODS.finditer(text, first, last)]
    within = [one for one in all_ if one.date and span[0] <= one.start < span[1]]
    base = KINDS[kind].against_base and not KINDS[kind].of_whole
    every = [one for one in all_ if _is_date(one)]
    period = days(text, found, within, every, against_base=base)
    row = {
        "kind": kind,
        "printed": printed,
        "value": values[0],
        "value_to": values[1] if len(values) > 1 else "",
        "step": ""
        if numeral.last or kind == "count"
        else _STEPS.get(numeral.value, "0.5" if kind == "multiple" else "0.05"),
        "qualifier": hedge.name if hedge.name in get_args(Qualifier) else numeral.limit,
        "period_start": period[0] if period else "",
        "period_end": period[1] if period else "",
        "period_basis": "stated" if period else "unstated",
        "base_basis": "unstated" if base else "",
        "said_by": speaker(text[first:last]),
        "nearby": "; ".join(dict.fromkeys(re.sub(r"\s+", " ", one) for one in near)),
    }
    if kind == "change" and row["step"]:
        row["step"] = "5" if numeral.value > 1 or numeral.form != "percent" else "0.1"
    return "figures", row


def _meaning(numeral: Numeral, text: str, before: str, after: str) -> tuple[str, list[str]]:
    """The kind that a printed number and the words around it suggest, and its values as they are typed."""
    direction = _direction(before, after)
    changes, falls = direction != 0, direction < 0
    kind = "count"
    if numeral.form == "points":
        kind = "points"
    elif numeral.form == "percent":
        to = (
            re.search(r"\b(?:to|from|до|с|со)\s*$", before, re.IGNORECASE)
            or _FROM_TO.search(f"{before}|{after}")
            or _KAZAKH_LEVEL.search(f"{text}|{after}")
        )
        kind = "change" if (changes and not to) or numeral.value > 100 else "share"
    elif numeral.form == "share":
        by = re.search(
            r"\b(?:(?:by|на)|"
            r"(?:fall|drop|decline|decrease|reduction|cut|rise|increase|growth|jump|снижение|рост) (?:of|на))"
            r"\s+(?:an? )?$",
            before,
            re.IGNORECASE,
        )
        kind = "change" if changes and (by or _THAN_PART.match(after)) else "share"
    elif numeral.form == "number" and changes and (_BY.search(before) or _THAN.match(after)):
        kind = "difference"
    elif numeral.form == "multiple":
        kind = "count" if numeral.value > 20 else "multiple"
    meanings = KINDS[kind].meanings(numeral)
    # Each end of a range has the same meanings, the plain one first.
    ends = meanings[:1] if numeral.value_to is None else (meanings[0], meanings[len(meanings) // 2])
    signed = [(-one if falls and KINDS[kind].signed else one) for one in ends]
    return kind, [typed(one) for one in sorted(signed)]


def _direction(before: str, after: str) -> int:
    """Whether the words nearest to a number say that something rose (1) or fell (-1); 0 where they say neither."""
    if verb := _KAZAKH_VERB.match(after):  # in Kazakh it follows the number, and one before belongs to another
        return -1 if verb["falls"] else 1
    clause = re.split(r"[.;!?]\s", before)[-1]
    said = [
        (match.start(), sign)
        for sign, words in ((-1, hedges.FALLS), (1, hedges.RISES))
        for match in words.finditer(clause)
    ]
    if said:
        return max(said)[1]
    ahead = re.split(r"[.;!?,]\s", after)[0][:25]
    signs = ((-1, hedges.FALLS), (1, hedges.RISES), (1, _MORE))
    said = [(match.start(), sign) for sign, words in signs for match in words.finditer(ahead)]
    return min(said)[1] if said else 0

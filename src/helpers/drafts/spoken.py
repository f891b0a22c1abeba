"""A number as a sentence says it: its value on a scale, its qualifier, and whether it tells of a rise or a fall."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from helpers.drafts.vocabulary import stems
from helpers.figures.interval import Interval
from helpers.package import hedges, numerals


@dataclass(frozen=True)
class Said:
    """A number as a sentence says it.

    Attributes
    ----------
    text, start, end
        As printed, and its span in the sentence.
    scale
        As of a claim: "count", "part", "factor" or "points".
    value, to
        On that scale; `to` is the upper end of a printed range, else the same.
    step
        How exactly it is said, on that scale.
    sign
        1 if the words near it tell of a rise, -1 of a fall, 0 of neither.
    qualifier
        "about", "almost", "over" and the like; empty if none.
    role
        "change" where the words say by how much something changed, "level" where they say what part it is; empty where
        they leave it open.
    mark
        "from" or "to" where the words make it one end of a change, "against" where something is set against it; else
        empty.
    """

    text: str
    start: int
    end: int
    scale: str
    value: Fraction
    to: Fraction
    step: Fraction
    sign: int
    qualifier: str
    role: str = ""
    mark: str = ""

    @property
    def interval(self) -> Interval:
        """What a reader takes it for: as printed and half a step each way, or to the side that a qualifier names."""
        if self.qualifier in ("almost", "fewer than", "up to", "at most"):
            return Interval(self.value - self.step, self.value)
        if self.qualifier in ("over", "more than", "at least"):
            return Interval(self.value, self.value + self.step)
        around = self.step if self.qualifier == "about" else self.step / 2
        return Interval(self.value - around, self.to + around)

    @property
    def in_words(self) -> bool:
        """Whether it is a part in words, as "two thirds"."""
        return self.scale == "part" and self.step == self.value / 4

    @property
    def small(self) -> bool:
        """Whether it is a small count in words, as in "two officials"."""
        return self.scale == "count" and self.value <= 12 and not self.text[:1].isdigit()


_LISTED = re.compile(
    r"\b(?:pages?|pp?|figures?|fig|tables?|charts?|chapters?|sections?|articles?|art|no|number|notes?|footnotes?|annex|item"
    r"|question|step|part|version|стр|рис|таблиц\w*|глав\w*|стать\w*|ст|бет\w*|сурет|кесте|бап)\.?\s*$|[§#№]\s*$",
    re.IGNORECASE,
)


def read(text: str, start: int, end: int, spoken: str) -> Said | None:
    """The number at a span of a sentence, with its qualifier, and whether it tells of a rise or a fall."""
    number = text[start:end]
    numeral = numerals.stated(number, text, spoken)
    if numeral is None:
        return None
    hedge = hedges.hedge(text, start, end, spoken)
    text = hedges.unhedged(text, start, end, hedge)
    before = text[:start].rstrip()
    scale, value, step = _SCALES[numeral.form], numeral.value, _step(numeral)
    to = numeral.value if numeral.value_to is None else numeral.value_to
    if numeral.form == "percent":
        value, to, step = value / 100, to / 100, step / 100
    elif scale == "count" and (part := _PART.search(before)):
        few = numerals.parse(part["few"], spoken)
        value = to = (few.value if few else Fraction(1)) / value
        scale, step = "part", value / 4
    # The Kazakh ending before a hedge belongs to the hedge: "500-ден астам" is no "from 500".
    sign, mark = _sign(text, start, end), _mark(text, start, end, "" if hedge.end > end else spoken)
    role = _role(before, text[end:])
    if beyond := _MORE.match(text[end:]):
        sign = _sign(beyond[0], 0, 0) or 1  # "1,300 more": the word itself counts as a rise only here
    if scale != "part" and not (scale == "count" and role == "change" and sign):
        role = ""
    return Said(number, start, end, scale, value, to, step, sign, hedge.name or numeral.limit, role, mark)


_BY = re.compile(
    r"(?:\b(?:by|на)|\b(?:fell|dropped|declined|decreased|rose|grew|increased|climbed|jumped|down|up|снизил\w*|вырос\w*)"
    r"|\b(?:fall|drop|decline|decrease|reduction|rise|increase|growth|jump|снижени\w*|рост\w*) (?:of|на))\s*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\s*(?:more|fewer|less|lower|higher|rise|increase|growth|drop|fall|decline|decrease|больше|меньше|ниже|выше|азай\w*"
    r"|төменде\w*|кемі\w*|қысқар\w*|өс\w*|көбей\w*|артт\w*)\b",
    re.IGNORECASE,
)
_TO = re.compile(r"\b(?:to|at|is|was|are|were|share of|до)\s*$", re.IGNORECASE)


_THAN = r"(?<!more )(?<!less )(?<!fewer )than"  # "more than" is a qualifier
_MARKS = (
    ("from", r"\b(?:from|с|со)\s*$"),
    ("to", r"\b(?:to|до)\s*$"),
    ("against", rf"\b(?:against|versus|vs\.?|{_THAN}|instead of|compared (?:with|to)|против|вместо)\s*$"),
)
_EARLIER = re.compile(
    r"(?:(?!\b(?:than|with|against|from|to|on)\b)[^,;:.()]){0,25}?"
    r"\b(?:\w+ (?:years?|months?) (?:earlier|before|ago)|previously|before (?:it|that|the|then)|год\w* (?:ранее|назад)"
    r"|до (?:этого|реформы)|бұрын)\b",
    re.IGNORECASE,
)
# Kazakh says them by endings of the number, or of the unit after it.
_MARKS_AFTER = (
    ("from", re.compile(r"[\w.,\s]*?[-–]?(?:[дтн][ае]н)(?=[\s,.;]|$)")),
    ("to", re.compile(r"[\w.,\s]*?[-–]?(?:[ғқгк][ае])(?=[\s,.;]|$)")),
)
_UNIT = re.compile(r"[-–]?\w*(?:\s(?:мың|млн|млрд|пайыз|км/сағ|минут|адам|тенге|теңге)[-–]?\w*)?")


def _mark(text: str, start: int, end: int, spoken: str) -> str:
    """Whether a number is the end of a change that its words say it went from or to, or what is set against another."""
    before = text[:start].rstrip()
    if found := next((name for name, words in _MARKS if re.search(words, before, re.IGNORECASE)), ""):
        return found
    if _EARLIER.match(text[end:]):
        return "against"
    if spoken != "kk":
        return ""
    unit = _UNIT.match(text, end)
    ended = text[start : unit.end() if unit else end].rstrip()
    return next((name for name, words in _MARKS_AFTER if words.fullmatch(ended)), "")


def _role(before: str, after: str) -> str:
    """Whether a part is a change ("fell by a quarter") or a level ("a quarter of them"), by the words next to it."""
    if _BY.search(before) or _MORE.match(after):
        return "change"
    return "level" if _TO.search(before) or re.match(r"\s*(?:of|in|from|из)\b", after) else ""


_SCALES = {"number": "count", "percent": "part", "share": "part", "multiple": "factor", "points": "points"}
# "one order in eight", "two out of five", "каждый третий" is read by the grammar itself.
_PART = re.compile(
    r"\b(?P<few>one|two|three|four|\d{1,2})\s+(?:[^\W\d]+\s+){0,4}?(?:in|out of|of every|in every)(?: every)?$",
    re.IGNORECASE,
)


def _step(numeral: numerals.Numeral) -> Fraction:
    """How exactly a number is said: the place of its last digit that is not zero; of a word, a quarter of it."""
    value = abs(numeral.value)
    if (numeral.form == "multiple" and numeral.last >= 1) or not numeral.last:
        return value / 4  # "a fifth", "doubled", "four times": between its neighbours
    step = numeral.last
    while numeral.form == "number" and value and value % (step * 10) == 0:
        step *= 10
    return step


def _sign(text: str, start: int, end: int) -> int:
    """1 if the words nearest to a number tell of a rise, -1 of a fall, 0 of neither."""
    near = text[max(0, start - 70) : end + 25]
    at = start - max(0, start - 70)
    found = [
        (abs(m.start() - at), sign)
        for sign, words in ((-1, hedges.FALLS), (1, hedges.RISES))
        for m in words.finditer(near)
    ]
    return min(found)[1] if found else 0


def skipped(text: str, start: int, end: int, units: frozenset[str] = frozenset()) -> str:
    """Why a number says nothing of the matter: it numbers a page, figure or article, or is part of an address.

    Parameters
    ----------
    units
        Stems of what the package counts: minutes are no mere length of time where it counts minutes.
    """
    before, after = text[:start], text[end:]
    if _IDIOM.fullmatch(text[start:end]):
        return "It is a turn of speech."
    if _LISTED.search(before):
        return "It numbers a page, figure, article or the like."
    if re.search(r"(?:https?://|www\.|@)\S*$", before):
        return "It is part of an address."
    if re.fullmatch(r"\W*", before) and re.match(r"[.)]\s", after) and text[start:end].isdigit():
        return "It numbers a list."
    length = _LENGTH.match(after)
    if length and not stems(length[0]) & units:
        return "It is a length of time."
    if re.search(r"\b(?:per|for every|of every|in every|out of|на|из)\s*$", before, re.IGNORECASE) and _is_base(
        text[start:end]
    ):
        return "It is what another number is counted against."
    if re.match(r":\d\d\b", after) or re.search(r"\d:$", before):
        return "It is a time of day."
    return ""


def _is_base(number: str) -> bool:
    """Whether a number is a round base of a rate: a hundred, a thousand, 100,000."""
    return bool(
        re.fullmatch(
            r"(?:a |one )?(?:hundred|thousand|10+(?:[,\s]?000)*|сто|сотню|тысяч\w*|жүз|мың)", number, re.IGNORECASE
        )
    )


_LENGTH = re.compile(
    r"[\s-]?(?:days?|weeks?|months?|years?|hours?|minutes?|дн\w*|недел\w*|месяц\w*|лет|год\w*|минут\w*|час\w*|ай\w*|күн\w*"
    r"|жыл\w*|сағат\w*)\b",
    re.IGNORECASE,
)
_IDIOM = re.compile(r"once|zero|one", re.IGNORECASE)

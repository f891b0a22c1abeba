"""Numbers as they are printed, read from a figure and found in a text by one grammar.

`docs/numbers.md` lists every form in English, Russian and Kazakh. What `find` finds, `parse` can read.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from helpers.figures.numeral import Numeral
from helpers.package import dates
from helpers.package.folding import Plain, fold, plain
from helpers.package.grammar import Reader
from helpers.package.numberwords import LANGUAGES

__all__ = ["FORMS", "LANGUAGES", "Found", "Numeral", "find", "fold", "parse", "scan"]


FORMS = (
    "digits (7,000; 1.5 million; 12.5%), number words (twenty-two, a third, one in five, doubled), ranges (60 to 70 "
    "per cent) and percentage points can be; docs/numbers.md lists every form"
)


@dataclass(frozen=True)
class Found:
    """A number or a date in a text: its span, what it says, and its days where it is a date ("2023", "2023-07-01")."""

    start: int
    end: int
    numeral: Numeral | None
    date: str | None = None


@functools.lru_cache(maxsize=1 << 17)
def parse(printed: str, language: str = "en") -> Numeral | None:
    """Read one printed number, or return None where it is none.

    Parameters
    ----------
    printed
        "7,000", "4.2%", "doubled", "17,5 мың", "one in five", "60 to 70 per cent".
    language
        Of the source; one this module does not know is read like English.
    """
    text = re.sub(rf"^[-+]?\s?(?:{_MONEY})?\s?|\s?(?:{_MONEY})$", "", fold(printed), flags=re.IGNORECASE)
    reader = Reader(text, language, whole=True)
    made = reader.expression(0)
    if made is None:
        return None
    numeral, at = made
    rest = text[reader.tokens[at - 1].end :].lower().strip(" .")
    return numeral if not rest or re.fullmatch(_MEASURES, rest) else None


def stated(printed: str, wording: str, language: str = "en") -> Numeral | None:
    """A printed number as it stands in its wording: "тысячи" is 1,000 in "более тысячи", and alone at least 2,000."""
    alone = parse(printed, language)
    if alone is None or not alone.limit:
        return alone
    spans = (found for found in scan(wording, language) if fold(wording[found.start : found.end]) == fold(printed))
    return next((found.numeral for found in spans if found.numeral), alone)


def scan(text: str, language: str = "en") -> list[Found]:
    """Every number and date in a text, in order and without overlap.

    Spans are places in the text as it was given, whatever signs copying left in it.
    """
    made = plain(text)
    reader = Reader(made.text, language, dates=dates.spans(made.text, language))
    return list(_scanned(reader, made))


def find(text: str, language: str = "en") -> list[tuple[int, int]]:
    """The spans of every number in a text, each with what belongs to it (a percent sign, "times", the month of a day).

    Returns
    -------
    list of (start, end)
        In order, without overlap. A date is one number; so is a year, and a month that stands alone.
    """
    return [(found.start, found.end) for found in scan(text, language)]


def _scanned(reader: Reader, made: Plain) -> Iterator[Found]:
    at = 0
    while at < len(reader.tokens):
        token = reader.tokens[at]
        if token.kind == "date":
            numeral = parse(token.text) if re.fullmatch(r"\d{4}", token.text) else None
            yield Found(*made.span(token.start, token.end), numeral, dates.read(token.text, reader.language))
            at += 1
            continue
        expression = reader.expression(at)
        if expression is None:
            at += 1
            continue
        numeral, end = expression
        yield Found(*made.span(token.start, reader.tokens[end - 1].end), numeral)
        at = end


_MONEY = r"[$€£¥₸₽₴]|US\$|USD|EUR|GBP|KZT|RUB"
# A unit of measure may be printed with the number, or left to the measure.
_MEASURES = (
    r"dollars?|euros?|pounds?|roubles?|tenge|долларов|долл|евро|рубл\w+|руб|тенге|теңге|"
    r"seconds?|minutes?|hours?|days?|weeks?|months?|years?|сек\w*|мин\w*|час\w*|дн\w*|день|недел\w+|месяц\w*|год\w*|лет|"
    r"секунд\w*|минут\w*|сағат\w*|күн\w*|апта\w*|ай\w*|жыл\w*|"
    r"km/h|mph|kph|km|m|metres?|meters?|miles?|tonnes?|tons?|kg|grams?|litres?|liters?|hectares?|ha|degrees?|°c|°|"
    r"км/ч|км/сағ|км|м|метр\w*|тонн\w*|т|кг|литр\w*|га|гектар\w*"
)

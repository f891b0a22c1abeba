"""Numbers, dates and periods as a language writes them, and figures as their sources printed them."""

from __future__ import annotations

import math
import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from helpers.figures.interval import Interval
from helpers.figures.kind import KINDS
from helpers.figures.numeral import Numeral
from helpers.package import numerals
from helpers.package.cells import last_day

LANGUAGE = "en"


def number(value: Fraction | float, places: int = 0) -> str:
    """A number with its thousands grouped."""
    pattern = "#,##0" + ("." + "0" * places if places else "")
    text = format_decimal(_decimal(value, places), format=pattern, locale=LANGUAGE)
    return text.replace("-", "−")


def _decimal(value: Fraction | float, places: int) -> Decimal:
    return Decimal(round(Fraction(value) * 10**places)) / 10**places


def span(interval: Interval) -> str:
    """An interval as a range in digits, rounded outward: "3.5 to 4.3"."""
    low, high, places = interval.printed()
    if math.isinf(high):
        return "any number" if math.isinf(low) or low <= 0 else f"{number(low, places)} or more"
    if math.isinf(low):
        return f"{number(high, places)} or less"
    return number(low, places) if low == high else f"{number(low, places)} to {number(high, places)}"


def end(interval: Interval, name: str) -> str:
    """One end of an interval ("low" or "high") as `span` prints it."""
    low, high, places = interval.printed()
    value = low if name == "low" else high
    return "any number" if math.isinf(value) else number(value, places)


def size(interval: Interval) -> Interval:
    """The sizes of the values in an interval: a fall of 19.5 to 20.5 for a change of -20.5 to -19.5."""
    if interval.low >= 0:
        return interval
    if interval.high <= 0:
        return -interval
    return Interval(0, max(-interval.low, interval.high), high_open=True)


def day(text: str | date) -> str:
    """A date, as precise as it is: "1 July 2023", "May 2023", "2017"."""
    if isinstance(text, date):
        text = text.isoformat()
    pattern = {4: "y", 7: "MMMM y", 10: "d MMMM y"}[len(text)]
    return format_date(last_day(text), pattern, locale=LANGUAGE)


def period(start: date | None, end: date | None) -> str:
    """A period in as few words as it takes: "2022", "July to October 2023", "1 January to 15 November 2023"."""
    if start is None:
        return f"to {day(end)}, start not stated" if end else "period not stated"
    if end is None:
        return f"from {day(start)}, end not stated"
    if start == end:
        return day(start)
    whole_months = start.day == 1 and (end + timedelta(days=1)).day == 1
    if whole_months and (start.month, end.month) == (1, 12):
        return f"{start.year}" if start.year == end.year else f"{start.year} to {end.year}"
    pattern = "MMMM" if whole_months else "d MMMM"
    last = format_date(end, pattern + " y", locale=LANGUAGE)
    if whole_months and (start.year, start.month) == (end.year, end.month):
        return last
    first = format_date(start, pattern if start.year == end.year else pattern + " y", locale=LANGUAGE)
    return f"{first} to {last}"


def printed(row: Any, language: str) -> str:
    """A figure as its source printed it, or, from another language, as this one writes the same number."""
    ranged = getattr(row, "value_to", None) is not None
    if language == LANGUAGE:
        text = re.sub(r"\band\b", "to", row.printed) if ranged else row.printed
    else:
        text = _translated(row, numerals.parse(row.printed, language))
    return f"{row.qualifier} {text}".strip()


def _translated(row: Any, numeral: Numeral | None) -> str:
    """A number of another language in this one: words as words, "1,8 млн" as 1.8 million, digits as digits."""
    kind = KINDS[row.kind]
    spelt = numeral is not None and not re.search(r"\d", row.printed)
    if spelt and numeral and numeral.value_to is None:
        if numeral.form == "share" and numeral.value in _PARTS:
            return _PARTS[numeral.value]
        if numeral.form == "multiple" and kind.name == "multiple":
            return times(numeral.value)
    ends = [abs(Fraction(end)) * kind.scale for end in (row.value, getattr(row, "value_to", None)) if end is not None]
    scale, word = next(
        ((scale, word) for scale, word in _SCALES if min(ends) >= scale and re.search(r"[^\W\d_]", row.printed)),
        (1, ""),
    )
    if (kind.against_base and kind.sign) or any((end / scale * 100).denominator != 1 for end in ends):
        scale, word = 1, ""
    # A zero printed after the point was printed on purpose; of a count, "17,5 мың" is 17,500.
    least = numeral.places if numeral and kind.against_base else 0
    ends = [end / scale for end in ends]
    places = next((n for n in range(least, 6) if all((end * 10**n).denominator == 1 for end in ends)), least)
    return " to ".join(number(end, places) for end in sorted(ends)) + word + kind.suffix


_SCALES = ((10**9, " billion"), (10**6, " million"))
_PARTS = {
    Fraction(1, 2): "half",
    Fraction(2, 3): "two thirds",
    Fraction(3, 4): "three quarters",
    Fraction(1, 4): "a quarter",
    **{
        Fraction(1, whole): f"a {name}"
        for whole, name in zip(
            (3, 5, 6, 7, 9, 10), ("third", "fifth", "sixth", "seventh", "ninth", "tenth"), strict=True
        )
    },
    Fraction(1, 8): "an eighth",
    **{Fraction(tenths, 10): f"{name} in ten" for tenths, name in ((3, "three"), (7, "seven"), (9, "nine"))},
    Fraction(2, 5): "two fifths",
    Fraction(3, 5): "three fifths",
    Fraction(4, 5): "four fifths",
}
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NEAR, _OVER = Fraction(95, 100), Fraction(101, 100)  # of a whole number: "nearly" from here on, and as good as it


def times(value: Fraction | float) -> str:
    """A multiple in words where it lies near a small whole number: "nearly four times", "twice", "2.7 times"."""
    value = Fraction(value)
    whole = math.ceil(value)
    if whole >= 1 and value / whole < _NEAR and value >= 1 and value / (whole - 1) < _OVER:
        whole -= 1
    if not 1 < whole < len(_WORDS) or not _NEAR <= value / whole < _OVER:
        return f"{number(value, 1)} times"
    text = "twice" if whole == 2 else f"{_WORDS[whole]} times"
    return f"nearly {text}" if value < whole else text


def plain(value: Fraction | float) -> str:
    """One number to reckon with, with at most two decimal places: "33,000", "182", "1.21"."""
    value = Fraction(value)
    places = 0 if abs(value) >= 100 or value.denominator == 1 else 1 if abs(value) >= 10 else 2
    return number(value, places)


def small(count: int) -> str:
    """A whole number in a sentence: up to twelve as a word."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else number(count)


def capital(text: str) -> str:
    """A text with a capital at its start."""
    return text[:1].upper() + text[1:]

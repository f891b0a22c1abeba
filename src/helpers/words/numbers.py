"""Numbers, dates and periods as a language writes them, and figures as their sources printed them."""

from __future__ import annotations

import math
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from helpers.figures.interval import Interval
from helpers.figures.kind import KINDS
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
    if language == LANGUAGE:
        text = row.printed
    else:
        kind, numeral = KINDS[row.kind], numerals.parse(row.printed, language)
        ends = [
            abs(Fraction(end)) * kind.scale for end in (row.value, getattr(row, "value_to", None)) if end is not None
        ]
        # A zero printed after the point was printed on purpose; of a count, "17,5 мың" is 17,500.
        least = numeral.places if numeral and kind.against_base else 0
        places = next((n for n in range(least, 6) if all((end * 10**n).denominator == 1 for end in ends)), least)
        text = " to ".join(number(end, places) for end in sorted(ends)) + kind.suffix
    return f"{row.qualifier} {text}".strip()


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

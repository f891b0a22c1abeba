"""What the cells of every table may hold: days, numbers, and text that can be seen. A fault says what to write."""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from decimal import Decimal
from typing import Any

YEARS = range(1900, 2101)
# What a number may be in every column: more digits than any publication prints, few enough to reckon with exactly.
_DIGITS_BEFORE, _DIGITS_AFTER = 15, 30
_NUMBER = re.compile(r"-?(?P<before>[0-9]+)(?:\.(?P<after>[0-9]+))?")


def last_day(day: str) -> datetime.date:
    """The last day that "2024", "2024-04" or "2024-04-15" can mean.

    Raises
    ------
    ValueError
        If it is none of the three, or not a day of the years 1900 to 2100.
    """
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", day):
        raise ValueError(day)
    parts = [int(part) for part in day.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    if year not in YEARS or not 1 <= month <= 12:
        raise ValueError(day)
    return datetime.date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


_PLAUSIBLE = f"of the years {YEARS[0]} to {YEARS[-1]}"


def check_day(day: str) -> str:
    """Refuse what is no day, month or year."""
    try:
        if day:
            last_day(day)
    except ValueError:
        raise ValueError(f"not a date {_PLAUSIBLE}: write 2024, 2024-04 or 2024-04-15") from None
    return day


def check_whole_day(day: Any) -> Any:
    """A day of its text; anything but a text as it comes."""
    # Without this a bare number would be taken for seconds since 1970.
    if isinstance(day, str) and len(day) != 10:
        raise ValueError("not a day: write 2023-07-01")
    try:
        return last_day(day) if isinstance(day, str) else day
    except ValueError:
        raise ValueError(f"not a day {_PLAUSIBLE}: write 2023-07-01") from None


def check_number(text: Any) -> Any:
    """A number of its text; anything but a text as it comes."""
    if not isinstance(text, str):
        return text
    found = _NUMBER.fullmatch(text)
    if not found:
        raise ValueError("not a number: write digits with a decimal point and no thousands separator or exponent")
    if len(found["before"]) > _DIGITS_BEFORE or len(found["after"] or "") > _DIGITS_AFTER:
        raise ValueError(f"too long: at most {_DIGITS_BEFORE} digits before the point and {_DIGITS_AFTER} after it")
    return Decimal(text)


# What is never seen, is no letter, or turns the order of what is read around: controls, formats, private and unknown
# characters. Those that only say how letters join, or where a word may break, stay.
_UNSEEN = ("Cc", "Cf", "Cn", "Co", "Cs")
_JOINING = "\u00ad\u200b\u200c\u200d\u2060"
# Accents piled up, which are drawn over the lines around.
_PILED = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4}")
LONGEST = 5_000


def one_line(cell: str) -> str:
    """A cell on one line."""
    return cell.strip() if cell.isprintable() else re.sub(r"[\t\n\r\v\f\x85\u2028\u2029]+", " ", cell).strip()


def check_seen(value: Any) -> Any:
    """Refuse text with a character that no printed page holds, or longer than any cell needs."""
    if not isinstance(value, str):
        return value
    if len(value) > LONGEST:
        raise ValueError(f"too long: {len(value):,} characters, and at most {LONGEST:,} are read")
    if not value.isascii() and _PILED.search(value):
        raise ValueError("piles up four or more accents on a letter; delete those that are too many")
    if value.isprintable():
        return value
    for character in value:
        if unicodedata.category(character) in _UNSEEN and character not in _JOINING:
            control = unicodedata.category(character) == "Cc"
            unnamed = "a control character" if control else "a character without a name"
            name = unicodedata.name(character, unnamed).lower()
            raise ValueError(f"holds {name} (U+{ord(character):04X}), which cannot be seen; delete it")
    return value

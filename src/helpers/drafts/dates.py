"""Dates as a draft prints them, of which any part may be missing, and the days they can mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from helpers.package import dates
from helpers.package.cells import last_day


@dataclass(frozen=True)
class Dated:
    """A date: its year, month and day, each 0 where the draft does not print it."""

    year: int = 0
    month: int = 0
    day: int = 0

    def days(self, year: int = 0) -> tuple[date, date] | None:
        """The first and the last day it can mean, in `year` where it prints none; None if there is no such day."""
        year = self.year or year
        try:
            first = date(year, self.month or 1, self.day or 1)
        except ValueError:  # 29 February of another year
            return None
        return first, first if self.day else last_day(f"{year:04}-{self.month or 12:02}")

    def within(self, start: date, end: date) -> bool:
        """Whether some day that this date can mean lies in a period, both ends included."""
        for year in [self.year] if self.year else range(start.year, end.year + 1):
            days = self.days(year)
            if days and days[0] <= end and start <= days[1]:
                return True
        return False

    def __str__(self) -> str:
        month = date(2000, self.month, 1).strftime("%B") if self.month else ""
        return " ".join(str(part) for part in (self.day, month, self.year) if part)


def dated(text: str, language: str = "en") -> Dated | None:
    """Read a date that was found in a text, or return None where it is none."""
    said = dates.parts(text, language)
    if said is None and text in _MONTHS_AND_VERBS:
        said = (0, _MONTHS_AND_VERBS[text], 0)
    return Dated(*said) if said and any(said) else None


# Alone these are no date to the reader of dates; where they were found, the words around them told that they are one.
_MONTHS_AND_VERBS = {"March": 3, "May": 5}


def span(day: str) -> tuple[date, date]:
    """The first and the last day that "2024", "2024-04" or "2024-04-15" can mean."""
    parts = [int(part) for part in day.split("-")]
    return date(*parts, *[1] * (3 - len(parts))), last_day(day)

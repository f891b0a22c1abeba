"""Dates as a draft prints them, of which any part may be missing, held against periods."""

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

    def within(self, start: date, end: date) -> bool:
        """Whether some day that this date can mean lies in a period, both ends included."""
        for year in [self.year] if self.year else range(start.year, end.year + 1):
            try:
                first = date(year, self.month or 1, self.day or 1)
                last = first if self.day else last_day(f"{year:04}-{self.month or 12:02}")
            except ValueError:  # 29 February of another year
                continue
            if first <= end and start <= last:
                return True
        return False

    def __str__(self) -> str:
        month = date(2000, self.month, 1).strftime("%B") if self.month else ""
        return " ".join(str(part) for part in (self.day, month, self.year) if part)


def dated(text: str, language: str = "en") -> Dated | None:
    """Read a date, or return None where the text is none."""
    said = dates.parts(text, language)
    return Dated(*said) if said and any(said) else None


def named_days(start: date, end: date) -> str:
    """A period in digits, for a message: 2023-07-01 to 2023-10-31."""
    return f"{start:%Y-%m-%d}" if start == end else f"{start:%Y-%m-%d} to {end:%Y-%m-%d}"


def span(day: str) -> tuple[date, date]:
    """The first and the last day that "2024", "2024-04" or "2024-04-15" can mean."""
    parts = [int(part) for part in day.split("-")]
    return date(*parts, *[1] * (3 - len(parts))), last_day(day)

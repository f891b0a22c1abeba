"""Ways the days of a year could have gone: its stretches, the courses they make, and what is assumed of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from helpers.charts.value import digits, short_period
from helpers.figures.interval import Interval
from helpers.reason.compare import days
from helpers.words.numbers import number

_SHORT = 31  # a stretch of so many days is named by their number
_STEEP = 3  # a pace so many times any other of its bar stands out


@dataclass(frozen=True)
class Stretch:
    """A part of the year at an even pace: its first and last day, and the least and the most people in it."""

    start: date
    end: date
    low: Fraction | int
    high: Fraction | int

    @property
    def days(self) -> int:
        return days(self.start, self.end)

    @property
    def rates(self) -> tuple[Fraction, Fraction]:
        """People a day."""
        return Fraction(self.low) / self.days, Fraction(self.high) / self.days

    @property
    def total(self) -> str:
        return digits(Interval(Fraction(self.low), Fraction(self.high)))

    @property
    def per_day(self) -> str:
        low, high = self.rates
        return digits(Interval(low, high)) if low < high else number(low)

    @property
    def when(self) -> str:
        if self.days < _SHORT and (self.start.day != 1 or (self.end + timedelta(days=1)).day != 1):
            return f"{self.days} days"
        return short_period(self.start, self.end).removesuffix(f" {self.end.year}")


@dataclass(frozen=True)
class Course:
    """One way the year could have gone.

    Attributes
    ----------
    stretches
        Its parts in order.
    most
        The most that all parts can come to together.
    label
        Tells two ends of a wide range apart.
    """

    stretches: Sequence[Stretch]
    most: Fraction | int
    label: str = ""

    @property
    def least(self) -> Fraction | int:
        """What lies in its parts for certain."""
        return sum(stretch.low for stretch in self.stretches)

    def steep(self, stretch: Stretch) -> bool:
        """Whether a stretch runs at more than three times the pace of any other."""
        others = [one.rates[1] for one in self.stretches if one is not stretch]
        return bool(others) and stretch.rates[0] > _STEEP * max(others)


@dataclass(frozen=True)
class Assumption:
    """What is assumed, and what follows.

    Attributes
    ----------
    title
        In words.
    courses
        The course that follows: two where it leaves a wide range, none where the figures cannot all be true.
    short
        By how many the figures then miss each other.
    """

    title: str
    courses: Sequence[Course]
    short: float | None = None

    @property
    def failure(self) -> str:
        """What is said where the figures cannot all be true."""
        return f"cannot hold: short by {number(self.short)}" if self.short else "cannot hold"

"""Rounding conventions: which values a printed number stands for.

A number printed as "7,000" stands for every value that would be printed that way. How far those reach depends on a
convention, of which each is one class here; a limit printed with the number ("over", "at most") beats it.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from helpers.figures.interval import Interval, Number

_ROUND_AT_MOST = Fraction(1_000)  # the coarsest step that the zeros of a count alone speak for

Qualifier = Literal["over", "more than", "at least", "at most", "up to", "fewer than", "almost", "about"]


class RoundingError(ValueError):
    """A rounding convention that there is none of."""


class Rounding:
    """A convention: to nearest, unless a class below says otherwise.

    Attributes
    ----------
    name
        As a parameter gives it.
    label
        What it takes a printed number for, in the words of a menu.
    """

    name: ClassVar[str]
    label: ClassVar[str]

    def count_step(self, value: Fraction, last: Fraction) -> Fraction:
        """The step to which a count of whole things was rounded; zero where it is exact.

        Parameters
        ----------
        value
            As printed.
        last
            The place of the last digit printed: 100,000 for "14.6 million". No step is finer.
        """
        if last <= 1 and (value % 10 or not value):
            return Fraction(0)
        return max(self._round_step(value), last)

    def _round_step(self, value: Fraction) -> Fraction:
        return min(_place(value), _ROUND_AT_MOST)

    def other_step(self, value: Fraction, last: Fraction) -> Fraction:
        """The step to which anything but a count of whole things was rounded: its last printed digit."""
        return last

    def given_step(self, step: Decimal | None, coarse: Decimal | None) -> Fraction | None:
        """The step that a row gives for this convention, if it gives one."""
        return None if step is None else Fraction(step)

    def interval(self, value: Fraction, step: Fraction, *, count: bool) -> Interval:
        """The values that would be printed as `value`, which is not negative, rounded to `step`."""
        return Interval(value - step / 2, value + step / 2, high_open=True) if step else Interval.exact(value)

    def reason(self, step: str, *, count: bool) -> str:
        """Why a number stands for its interval, with its step as a reader sees it."""
        return f"rounded to {step}"


class Nearest(Rounding):
    """Rounded half up, a round count by at most a thousand: 60,000 is 59,500 to 60,500."""

    name = "nearest"
    label = "rounded to the nearest step"


class Coarse(Rounding):
    """As coarse as the trailing zeros allow, a last five counting as a step of five: 75,000 is 72,500 to 77,500."""

    name = "coarse"
    label = "rounded as coarsely as their zeros allow"

    def _round_step(self, value: Fraction) -> Fraction:
        return _place(value) * (5 if _last_digit(value) == 5 else 1)

    def other_step(self, value: Fraction, last: Fraction) -> Fraction:
        # The zero of "20.0%" was printed on purpose: only a whole number can be coarse.
        return max(self._round_step(value), last) if last == 1 and value and value % 5 == 0 else last

    def given_step(self, step: Decimal | None, coarse: Decimal | None) -> Fraction | None:
        return super().given_step(step if coarse is None else coarse, None)


class AtLeast(Rounding):
    """Cut, not rounded: 7,000 is 7,000 to 8,000. Anything but a count as `nearest`."""

    name = "at_least"
    label = "at least the number printed"

    def interval(self, value: Fraction, step: Fraction, *, count: bool) -> Interval:
        if count and step:
            return Interval(value, value + step, high_open=True)
        return super().interval(value, step, count=count)

    def reason(self, step: str, *, count: bool) -> str:
        return "at least the number printed" if count else super().reason(step, count=count)


ROUNDINGS: dict[str, Rounding] = {convention.name: convention for convention in (Nearest(), Coarse(), AtLeast())}


def rounding(name: str) -> Rounding:
    """The convention of a name.

    Raises
    ------
    RoundingError
        Naming those there are, if it is none of `ROUNDINGS`.
    """
    if name not in ROUNDINGS:
        raise RoundingError(f"Could not interpret value `{name}` for `rounding`. Use one of: {', '.join(ROUNDINGS)}.")
    return ROUNDINGS[name]


def rounding_interval(
    value: Number, step: Number, convention: Rounding, *, count: bool = False, qualifier: Qualifier | Literal[""] = ""
) -> Interval:
    """The values that would be printed as `value`, rounded to `step`.

    A printed qualifier beats the convention: "over", "more than" and "at least" reach one step up, "almost", "fewer
    than", "at most" and "up to" one step down, "about" one each way. The convention is applied to the size of a
    negative value, so that a fall of 20% reads like a rise of 20%.

    Returns
    -------
    Interval
        In the unit of `value`.
    """
    value, step = Fraction(value), Fraction(step)
    if value < 0:
        return -rounding_interval(-value, step, convention, count=count, qualifier=qualifier)
    if qualifier:
        # "over 4,312" still promises something: a unit on that side.
        return _LIMITS[qualifier](value, step or Fraction(1))
    return convention.interval(value, step, count=count)


def _up(value: Fraction, step: Fraction) -> Interval:
    return Interval(value, value + step, high_open=True)


def _down(value: Fraction, step: Fraction) -> Interval:
    return Interval(value - step, value, low_open=True)


def _below(value: Fraction, step: Fraction) -> Interval:
    return Interval(value - step, value, low_open=True, high_open=True)


def _around(value: Fraction, step: Fraction) -> Interval:
    return Interval(value - step, value + step)


_LIMITS: dict[str, Callable[[Fraction, Fraction], Interval]] = {
    "over": _up,
    "more than": _up,
    "at least": _up,
    "at most": _down,
    "up to": _down,
    "fewer than": _below,
    "almost": _below,
    "about": _around,
}


def _place(value: Fraction) -> Fraction:
    """The place of the last digit of a whole number that is not zero: 100 for 120,500."""
    place = Fraction(1)
    while value and value % (place * 10) == 0:
        place *= 10
    return place


def _last_digit(value: Fraction) -> int:
    return int(abs(value) / _place(value)) % 10

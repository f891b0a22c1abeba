"""Kinds of figures: a printed number as a count, a multiple, a change, a share, percentage points or a difference.

Each kind is one class: which value a printed number may have, its limits and unit, how its interval is made, what it
says about amounts, and how its range is shown. Nothing outside asks which kind a figure is.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, Literal, Protocol

from helpers.figures.interval import Interval, Number
from helpers.figures.numeral import Numeral
from helpers.figures.quantity import Quantity, constant
from helpers.figures.rounding import Qualifier, Rounding, rounding_interval

_FEWEST_DIGITS = 2  # of a fraction that no decimal gives exactly: 0.33 for a third


class Stated(Protocol):
    """What a row says of its number."""

    value: Any
    value_to: Decimal | None
    step: Decimal | None
    step_coarse: Decimal | None
    qualifier: Qualifier | Literal[""]


class Kind:
    """A kind of figure.

    Attributes
    ----------
    name
        As a row gives it.
    against_base
        Whether it is measured against something else: the earlier amount, or the whole.
    of_whole
        Whether that is a whole of which it is a part, at the same time, so that it is no change and crosses no break.
    relative
        Whether it says what the ratio to that is.
    signed
        Whether it goes up or down, and its range is shown as a size with that word.
    scale, sign, word
        What a value is multiplied by to be shown, what is shown at it, and after a space.
    reads_as
        What it is in, for a machine; empty for what its measure counts.
    limits
        What its values are, in words.
    compares_with, additive
        Kinds that its row may name in `versus`; whether it bounds a difference from its base.
    """

    name: ClassVar[str]
    against_base: ClassVar[bool] = True
    of_whole: ClassVar[bool] = False
    relative: ClassVar[bool] = True
    signed: ClassVar[bool] = False
    scale: ClassVar[int] = 1
    sign: ClassVar[str] = ""
    word: ClassVar[str] = ""
    reads_as: ClassVar[str]
    limits: ClassVar[str]
    compares_with: ClassVar[tuple[str, ...]] = ("count",)
    additive: ClassVar[bool] = False
    _unfit: ClassVar[tuple[str, ...]]  # forms of printed numbers that are another kind

    def accepts(self, value: Fraction, decimals: int) -> bool:
        """Whether a value is within the limits of the kind; `decimals` are those its measure allows."""
        raise NotImplementedError

    def unit(self, counts: str) -> str:
        """The unit of its values in a formula, of a measure that counts `counts`."""
        return ""

    def meanings(self, numeral: Numeral) -> tuple[Fraction, ...]:
        """The values, without a sign, that a printed number can have as this kind; none if it is of another."""
        if numeral.form in self._unfit:
            return ()
        ends = [numeral.value] if numeral.value_to is None else [numeral.value, numeral.value_to]
        return tuple(meaning for end in ends for meaning in self._meanings(end, numeral.form))

    def _meanings(self, value: Fraction, form: str) -> tuple[Fraction, ...]:
        return (value,)

    def exact(self, value: Number, numeral: Numeral | None) -> Fraction | None:
        """The value exactly, where it is what is printed: a third for 0.333; None where it is not."""
        given = Fraction(value)
        for meaning in self.meanings(numeral) if numeral else (abs(given),):
            if abs(given) == meaning or _is_cut(value if isinstance(value, Decimal) else None, meaning):
                return meaning if given >= 0 else -meaning
        return None

    def step(self, numeral: Numeral, value: Fraction, convention: Rounding, *, whole: bool) -> Fraction:
        """The step to which a value was rounded under a convention, in the unit of the value.

        Parameters
        ----------
        whole
            Whether its measure counts whole things.
        """
        return numeral.last

    def interval(self, row: Stated, numeral: Numeral | None, convention: Rounding, *, whole: bool = True) -> Interval:
        """The values a figure stands for, in the unit of its `value`. A step in the row beats the convention."""
        given = convention.given_step(row.step, row.step_coarse)
        if numeral and numeral.limit and given is None:
            # "Dozens" are fewer than hundreds, and "tens of thousands" fewer than hundreds of thousands.
            return Interval(numeral.value, numeral.value * 10, high_open=True)
        ends = []
        for value in (row.value, row.value_to):
            if value is None:
                continue
            exact = self.exact(value, numeral)
            exact = Fraction(value) if exact is None else exact
            step = given
            if step is None:
                step = self.step(numeral or Numeral(abs(exact), 0, "number"), exact, convention, whole=whole)
            ends.append(
                rounding_interval(exact, step, convention, count=not self.against_base, qualifier=row.qualifier)
            )
        return ends[0].hull(ends[-1])

    def factor(self, interval: Interval) -> Interval | None:
        """What it bounds: an amount or, against a base, its ratio to that or (`additive`) their difference."""
        return interval

    def ratio(self, quantity: Quantity) -> Quantity:
        """The ratio to its base, where it says one (`relative`)."""
        return quantity

    @property
    def suffix(self) -> str:
        """What is shown after a value."""
        return f"{self.sign} {self.word}".rstrip()

    def shown(self, interval: Interval) -> Interval:
        """An interval as it is shown, before its suffix."""
        return interval * self.scale


def _is_cut(value: Decimal | None, meaning: Fraction) -> bool:
    """Whether a decimal is a fraction that no decimal gives exactly, rounded or cut to at least two digits."""
    denominator = meaning.denominator
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    if value is None or denominator == 1:
        return False
    _, digits, exponent = value.as_tuple()
    return len(digits) >= _FEWEST_DIGITS and abs(abs(Fraction(value)) - meaning) < Fraction(10) ** int(exponent)


class Count(Kind):
    """A number of things, or an amount of a unit."""

    name = "count"
    against_base = False
    relative = False
    reads_as = ""
    limits = "a count is a whole number, not below zero, unless its measure allows decimals"
    _unfit = ("percent", "points", "share")  # "fined 9,600 times" counts fines

    def accepts(self, value: Fraction, decimals: int) -> bool:
        return value >= 0 and (value * 10**decimals).denominator == 1

    def unit(self, counts: str) -> str:
        return counts

    def step(self, numeral: Numeral, value: Fraction, convention: Rounding, *, whole: bool) -> Fraction:
        # Digits after a decimal point are significant, whatever they are: "1.5 million" was not rounded to halves. Only
        # the end of a number without one may be (ASTM E29-13, "significant digit").
        step = numeral.last if numeral.places else convention.count_step(abs(value), numeral.last)
        return step if whole else max(step, numeral.last)


class Multiple(Kind):
    """A factor: doubled is 2."""

    name = "multiple"
    word = "times"
    reads_as = "times"
    limits = "a multiple is a factor above zero: doubled is 2"
    compares_with = ("count", "share")
    _unfit = ("percent", "points")

    def accepts(self, value: Fraction, decimals: int) -> bool:
        return value > 0

    def _meanings(self, value: Fraction, form: str) -> tuple[Fraction, ...]:
        # A fall "threefold" leaves a third.
        return (value, 1 / value) if form == "multiple" and value else (value,)


class Change(Kind):
    """A change in percent, with its sign."""

    name = "change"
    signed = True
    sign = "%"
    reads_as = "%"
    limits = "a change is in percent, with its sign: a fall of 20% is -20"
    compares_with = ("count", "share")
    _unfit = ("points",)

    def accepts(self, value: Fraction, decimals: int) -> bool:
        return value >= -100

    def unit(self, counts: str) -> str:
        return "%"

    def _meanings(self, value: Fraction, form: str) -> tuple[Fraction, ...]:
        # "By a third" is a change of 33%, "halved" one of -50%, "doubled" one of 100%.
        # A fall "twofold" is one of -50%.
        if form in ("share", "multiple"):
            return (value * 100, (1 - value) * 100) if value < 1 else ((value - 1) * 100, (1 - 1 / value) * 100)
        return (value,)

    def step(self, numeral: Numeral, value: Fraction, convention: Rounding, *, whole: bool) -> Fraction:
        return convention.other_step(abs(value), numeral.last)

    def factor(self, interval: Interval) -> Interval | None:
        return interval / 100 + 1

    def ratio(self, quantity: Quantity) -> Quantity:
        hundred = constant(100, "%")
        return (hundred + quantity) / hundred


class Share(Kind):
    """A part of a whole, from 0 to 1."""

    name = "share"
    of_whole = True
    scale = 100
    sign = "%"
    reads_as = "share"
    limits = "a share is from 0 to 1: 64% is 0.64"
    compares_with = ("count", "share")  # its whole, or an earlier share
    _unfit = ("points", "multiple")

    def accepts(self, value: Fraction, decimals: int) -> bool:
        return 0 <= value <= 1

    def _meanings(self, value: Fraction, form: str) -> tuple[Fraction, ...]:
        return (value,) if form == "share" or (form == "number" and value <= 1) else (value / 100,)

    def step(self, numeral: Numeral, value: Fraction, convention: Rounding, *, whole: bool) -> Fraction:
        if numeral.form == "percent" or (numeral.form == "number" and numeral.value > 1):
            return convention.other_step(abs(value) * 100, numeral.last) / 100
        return convention.other_step(abs(value), numeral.last)


class Points(Kind):
    """A difference of two shares in percentage points, with its sign: never a percentage of anything."""

    name = "points"
    relative = False
    signed = True
    word = "percentage points"
    reads_as = "percentage points"
    limits = "percentage points are from -100 to 100, with their sign: a share that fell from 60% to 55% has -5"
    compares_with = ("share",)
    _unfit = ("percent", "multiple", "share")

    def accepts(self, value: Fraction, decimals: int) -> bool:
        return -100 <= value <= 100

    def unit(self, counts: str) -> str:
        return "percentage points"

    def factor(self, interval: Interval) -> Interval | None:
        return None


class Difference(Kind):
    """How many more or fewer, in the unit counted: "22 fewer than the year before" is -22."""

    name = "difference"
    relative = False
    additive = True
    signed = True
    reads_as = "more or fewer"
    limits = "a difference is in the unit counted, with its sign: 22 fewer is -22"
    _unfit = ("percent", "points", "multiple", "share")

    def accepts(self, value: Fraction, decimals: int) -> bool:
        return (value * 10**decimals).denominator == 1

    def unit(self, counts: str) -> str:
        return counts

    def step(self, numeral: Numeral, value: Fraction, convention: Rounding, *, whole: bool) -> Fraction:
        return KINDS["count"].step(numeral, abs(value), convention, whole=whole)


KINDS: dict[str, Kind] = {kind.name: kind for kind in (Count(), Multiple(), Change(), Share(), Points(), Difference())}

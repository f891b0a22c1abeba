"""Formulas as trees: how a quantity is worked out from figures, in which unit, and the interval that comes out.

Interval arithmetic takes its operands as independent, so a figure may stand in a formula once. A formula is printed
from its tree, with the signs it is computed with, and never read back.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar

from helpers.figures.interval import Interval, IntervalError, as_json
from helpers.figures.unit import Unit, UnitError

_SIGNS = {"+": operator.add, "−": operator.sub, "×": operator.mul, "÷": operator.truediv}
_ATOM = 3  # binds closer than a product (2) and a sum (1)

Part = tuple[str, str]  # a piece of a printed formula, and the id of the figure that it stands for, or ""


class FormulaError(IntervalError):
    """A formula that cannot be formed: a figure stands in it twice, or it divides by what may be zero."""


class Formula:
    """A node of a formula.

    Attributes
    ----------
    interval
        The values it can take; None where it needs a figure that is missing.
    unit
        Of those values; None where it cannot be known because a figure is missing.
    value
        What it gives for the numbers as printed, before any rounding; None where that is no single number.
    inputs
        Ids of the figures in it, in order.
    """

    binds: ClassVar[int] = _ATOM
    interval: Interval | None
    unit: Unit | None
    value: Fraction | None = None

    @property
    def inputs(self) -> tuple[str, ...]:
        return tuple(figure for _, figure in self.parts() if figure)

    def parts(self) -> Iterator[Part]:
        """The printed formula in pieces, so that each figure can be shown in its own way."""
        raise NotImplementedError

    def as_json(self) -> dict[str, Any]:
        """The tree for machines, each node with its unit."""
        raise NotImplementedError

    def __str__(self) -> str:
        return "".join(f"{{{figure}}}" if figure else text for text, figure in self.parts())


@dataclass(frozen=True)
class Reported(Formula):
    """A figure as reported; its interval is None where an edition lacks it."""

    figure: str
    interval: Interval | None
    unit: Unit | None
    value: Fraction | None = None

    def parts(self) -> Iterator[Part]:
        yield self.figure, self.figure

    def as_json(self) -> dict[str, Any]:
        return {"figure": self.figure, "unit": str(self.unit or "")}


@dataclass(frozen=True)
class Constant(Formula):
    """A number that is no figure: 100, the days of a period, or a range of them."""

    interval: Interval
    unit: Unit

    @property
    def value(self) -> Fraction | None:  # type: ignore[override]
        return Fraction(self.interval.low) if self.interval.is_exact else None

    def parts(self) -> Iterator[Part]:
        interval = self.interval
        ends = [interval.low] if interval.is_exact else [interval.low, interval.high]
        text = " to ".join(_digits(end) if end >= 0 else f"−{_digits(-end)}" for end in ends)
        # In brackets what would be another number without: "a ÷ 1 ÷ 3", "a − −2".
        yield (text if interval.is_exact and interval.low >= 0 and "÷" not in text else f"({text})"), ""

    def as_json(self) -> dict[str, Any]:
        ends = {"low": as_json(self.interval.low), "high": as_json(self.interval.high)}
        return ({"number": ends["low"]} if self.interval.is_exact else ends) | {"unit": str(self.unit)}


@dataclass(frozen=True)
class Solved(Formula):
    """What no arithmetic gives, as the range that a programme implies, with the figures it rests on."""

    method: str
    figures: tuple[str, ...]
    interval: Interval | None
    unit: Unit | None

    def parts(self) -> Iterator[Part]:
        yield f"{self.method} over " if self.figures else self.method, ""
        for at, figure in enumerate(self.figures):
            if at:
                yield ", ", ""
            yield figure, figure

    def as_json(self) -> dict[str, Any]:
        return {"method": self.method, "figures": list(self.figures), "unit": str(self.unit or "")}


@dataclass(frozen=True)
class Operation(Formula):
    """Two formulas joined by +, −, × or ÷."""

    sign: str
    left: Formula
    right: Formula

    def __post_init__(self) -> None:
        shared = set(self.left.inputs) & set(self.right.inputs)
        if shared:
            raise FormulaError(
                f"{', '.join(sorted(shared))} stands on both sides of {self.sign}: the interval would come out too "
                "wide. Rewrite the formula so that each figure stands in it once."
            )
        # Worked out at once, so that what cannot be formed fails where it is written.
        _ = self.unit, self.interval

    @property
    def binds(self) -> int:  # type: ignore[override]
        return 1 if self.sign in "+−" else 2

    @cached_property
    def interval(self) -> Interval | None:  # type: ignore[override]
        left, right = self.left.interval, self.right.interval
        if left is None or right is None:
            return None
        try:
            return _SIGNS[self.sign](left, right)
        except IntervalError as error:
            raise FormulaError(f"{self}: {error}") from None

    @cached_property
    def value(self) -> Fraction | None:  # type: ignore[override]
        left, right = self.left.value, self.right.value
        if left is None or right is None or (self.sign == "÷" and right == 0):
            return None
        return _SIGNS[self.sign](left, right)

    @cached_property
    def unit(self) -> Unit | None:  # type: ignore[override]
        left, right = self.left.unit, self.right.unit
        if left is None or right is None:
            return None
        if self.sign in "×÷":
            return left * right if self.sign == "×" else left / right
        # A number that its author wrote is of the unit of what it is added to.
        for one, other in ((self.left, right), (self.right, left)):
            if isinstance(one, Constant) and one.unit == Unit():
                return other
        if left != right:
            raise UnitError(
                f"{self}: {str(left) or 'a plain number'} and {str(right) or 'a plain number'} cannot stand in one "
                f"{'sum' if self.sign == '+' else 'difference'}."
            )
        return left

    def parts(self) -> Iterator[Part]:
        yield from _bracketed(self.left, self.left.binds < self.binds)
        yield f" {self.sign} ", ""
        # a − (b + c) and a ÷ (b × c), but a + b + c: only − and ÷ read the other way without brackets.
        yield from _bracketed(
            self.right, self.right.binds < self.binds or (self.right.binds == self.binds and self.sign in "−÷")
        )

    def as_json(self) -> dict[str, Any]:
        sides = {"left": self.left.as_json(), "right": self.right.as_json()}
        return {"operation": self.sign, **sides, "unit": str(self.unit or "")}


def _bracketed(formula: Formula, needed: bool) -> Iterator[Part]:
    yield from [("(", "")] if needed else []
    yield from formula.parts()
    yield from [(")", "")] if needed else []


def _digits(size: Fraction | float) -> str:
    if not isinstance(size, Fraction):
        return str(size)
    if size.denominator == 1:
        return f"{int(size):,}"
    return str(float(size)) if 10**4 % size.denominator == 0 else f"{size.numerator} ÷ {size.denominator}"

"""Quantities: a formula under a name, with its unit in words and the marks that a number carries wherever it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from helpers.figures.formula import Constant, Formula, Operation, Reported, Solved
from helpers.figures.interval import Interval, Number
from helpers.figures.unit import Unit

MISSING = "[x]"


@dataclass(frozen=True)
class Quantity:
    """A formula under a name: an interval with its provenance.

    Attributes
    ----------
    formula
        How it is worked out.
    label
        Its unit in plain words, where the formula's own will not do: "times".
    name
        Its id among the worked-out numbers of a document; empty for a figure as reported.
    marks
        `[b]` where it crosses the break, `[e]` where it is an estimate.
    """

    formula: Formula
    label: str = ""
    name: str = ""
    marks: tuple[str, ...] = ()

    @property
    def interval(self) -> Interval | None:
        """The values it can take; None where a figure it needs is missing from this edition."""
        return self.formula.interval

    @property
    def known_interval(self) -> Interval:
        """The values it can take.

        Raises
        ------
        ValueError
            If a figure it needs is missing from this edition.
        """
        if self.interval is None:
            raise ValueError(f"No value is known of “{self.formula}”: a figure that it needs is not in this edition.")
        return self.interval

    @property
    def value(self) -> Fraction | None:
        """What the formula gives for the numbers as printed, before any rounding, where that is a single number."""
        return self.formula.value

    @property
    def inputs(self) -> tuple[str, ...]:
        """Ids of the figures it rests on, each once, in order."""
        return self.formula.inputs

    @property
    def unit(self) -> str:
        """Plain words for what it counts or measures."""
        return self.label or str(self.formula.unit or "")

    def __add__(self, other: Quantity | Number) -> Quantity:
        return self._join("+", other)

    def __sub__(self, other: Quantity | Number) -> Quantity:
        return self._join("−", other)

    def __mul__(self, other: Quantity | Number) -> Quantity:
        return self._join("×", other)

    def __truediv__(self, other: Quantity | Number) -> Quantity:
        return self._join("÷", other)

    def __radd__(self, other: Number) -> Quantity:
        return constant(other) + self

    def __rsub__(self, other: Number) -> Quantity:
        return constant(other) - self

    def __rmul__(self, other: Number) -> Quantity:
        return constant(other) * self

    def __rtruediv__(self, other: Number) -> Quantity:
        return constant(other) / self

    def named(self, name: str, unit: str = "", *marks: str) -> Quantity:
        """The same quantity under a name, in a unit, with marks."""
        return replace(self, name=name, label=unit or self.label, marks=tuple(dict.fromkeys((*self.marks, *marks))))

    def _join(self, sign: str, other: Quantity | Number) -> Quantity:
        right = other if isinstance(other, Quantity) else constant(other)
        return Quantity(
            Operation(sign, self.formula, right.formula), marks=tuple(dict.fromkeys((*self.marks, *right.marks)))
        )

    def __str__(self) -> str:
        return MISSING if self.interval is None else " ".join([str(self.interval), self.unit, *self.marks]).strip()

    def _repr_html_(self) -> str:
        return f"<p><strong>{self}</strong> = {self.formula}</p>"


def reported(figure: str, interval: Interval | None, unit: str | None = "", value: Fraction | None = None) -> Quantity:
    """A figure; without an interval and a unit (None) where the edition lacks it."""
    return Quantity(Reported(figure, interval, None if unit is None else Unit.of(unit), value))


def constant(number: Number | Interval, unit: str = "") -> Quantity:
    """A number, or a range, that is no figure: 100, or the days of a period."""
    return Quantity(Constant(number if isinstance(number, Interval) else Interval.exact(number), Unit.of(unit)))


def derived(interval: Interval | None, method: str, figures: tuple[str, ...] = (), unit: str = "") -> Quantity:
    """A range that a method gives, as a linear programme, with the figures it rests on."""
    return Quantity(Solved(method, figures, interval, Unit.of(unit)))

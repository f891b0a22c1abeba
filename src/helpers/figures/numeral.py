"""A printed number, as the grammar of a language reads it and a kind of figure takes it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True)
class Numeral:
    """A printed number: its value as printed (a percentage as 20), its decimal places, and what it is.

    Attributes
    ----------
    form
        "number", "percent", "points" (percentage points), "multiple" ("doubled") or "share" ("a third").
    last
        The place of the last printed digit: 100,000 for "14.6 million". Zero where no digit is printed to go by, as in
        "half", "doubled" and "dozens".
    value_to
        The upper end of a printed range.
    limit
        "at least" for a word that says no more: "dozens".
    """

    value: Fraction
    places: int
    form: str
    last: Fraction = Fraction(1)
    value_to: Fraction | None = None
    limit: Literal["", "at least"] = ""

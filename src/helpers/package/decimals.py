"""Decimals in words: "one point five million", "две целых три десятых", "екі бүтін оннан үш"."""

from __future__ import annotations

import re
from fractions import Fraction

from helpers.figures.numeral import Numeral
from helpers.package.amounts import Amounts, Step

_TENS = (10, 100, 1_000)
_KAZAKH_TENS = {"оннан": 10, "жүзден": 100, "мыңнан": 1_000}
Part = tuple[int, int, int]  # a decimal fraction above and below, and the token after it


class Decimals(Amounts):
    """Reads the decimals that a plain text spells out."""

    def _spoken(self, at: int) -> Step | None:
        """A whole number in words, its decimals in words, and the scale of both; "point five" alone is 0.5."""
        bare = self._word(at) == "point" and bool(self._pointed(at))
        value, end = (Fraction(0), at) if bare else self._counted(at) or (Fraction(0), -1)
        if end < 0:
            return None
        part = self._pointed(end) or self._russian_part(end) or self._kazakh_part(end)
        if not part or part[0] >= part[1]:
            return None
        above, below, end = part
        scale, end = self._scale(end)
        exact = (value + Fraction(above, below)) * scale
        return Numeral(exact, len(str(below)) - 1, "number", Fraction(scale, below)), end

    def _counted(self, at: int) -> tuple[Fraction, int] | None:
        """A whole number in words, "one" included."""
        if made := self._cardinal(at):
            return made[0].value, made[1]
        return (Fraction(1), at + 1) if self._unit_one(self._word(at)) else None

    def _pointed(self, at: int) -> Part | None:
        """Read "point five", "point two five"."""
        digits, end = "", at + 1
        while self._word(at) == "point" and (word := self._word(end)):
            digit = 1 if word == "one" else self.lexicon.cardinals.get(word, 10)
            if digit > 9:
                break
            digits, end = f"{digits}{digit}", end + 1
        return (int(digits), 10 ** len(digits), end) if digits else None

    def _russian_part(self, at: int) -> Part | None:
        """Read "целых три десятых"."""
        if not re.fullmatch(r"цел\w+", self._word(at)):
            return None
        above = self._counted(at + 1 + (self._word(at + 1) == "и"))
        below = self.lexicon.nths.get(self._word(above[1]), 0) if above else 0
        return (int(above[0]), below, above[1] + 1) if above and below in _TENS else None

    def _kazakh_part(self, at: int) -> Part | None:
        """Read "бүтін оннан үш"."""
        below = _KAZAKH_TENS.get(self._word(at + 1), 0) if self._word(at) == "бүтін" else 0
        single = self.lexicon.cardinals.get(self._word(at + 2), 0)
        above = (Fraction(single), at + 3) if below == 10 and 0 < single < 10 else self._counted(at + 2)
        return (int(above[0]), below, above[1]) if below and above else None


def typed(value: Fraction) -> str:
    """A value as a person types it: with as many digits as it takes, at most those that a third has."""
    for digits in range(9):
        if (value * 10**digits).denominator == 1:
            return f"{float(value):.{digits}f}"
    return f"{float(value):.3g}"

"""The number words of one language, and where their roots come from: num2words and CLDR."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from babel import Locale

POWERS = (1_000, 1_000_000, 1_000_000_000, 1_000_000_000_000)
SMALL = (*range(20), *range(20, 100, 10))


@dataclass(frozen=True)
class Lexicon:
    """The number words of one language, each in all its forms, in small letters and without ё.

    Attributes
    ----------
    cardinals
        0 to 99 as single words, in Russian also the hundreds.
    hundreds
        Words that multiply what stands before them by a hundred.
    scales
        Words and abbreviations of thousands and more.
    ones
        Forms of "one": a number only beside another ("one in five", "one hundred").
    parts
        Shares in one word ("half"), in any case.
    nths
        What a share is counted in: "third", "thirds", "третья".
    multiples
        "doubled", "вдвое"; `growing` holds the beginnings of verbs.
    batches
        "dozen", "десятка": what is counted in twelves or tens.
    vague
        "dozens": the least that it can mean.
    halves
        What adds a half: "жарым".
    halved
        Words for half a scale, with that scale: "полмиллиона".
    before
        What begins a compound: "пятнадцати" in "пятнадцатипроцентный".
    last
        Words that end a number, since only its last word takes an ending in Kazakh.
    """

    cardinals: dict[str, int]
    hundreds: frozenset[str]
    scales: dict[str, int]
    ones: frozenset[str]
    parts: dict[str, Fraction]
    nths: dict[str, int]
    multiples: dict[str, Fraction]
    growing: dict[str, Fraction]
    vague: dict[str, int]
    times: re.Pattern[str]
    batches: dict[str, int] = field(default_factory=dict)
    halves: frozenset[str] = field(default=frozenset())
    halved: dict[str, int] = field(default_factory=dict)
    before: dict[str, Fraction] = field(default_factory=dict)
    last: frozenset[str] = field(default=frozenset())

    def grown(self, word: str) -> Fraction | None:
        """The multiple that a word says: 2 for "doubled", 1/2 for "halved"."""
        if word in self.multiples:
            return self.multiples[word]
        return next((value for begin, value in self.growing.items() if word.startswith(begin)), None)

    def compound(self, word: str) -> tuple[Fraction, str] | None:
        """What a compound says: 15 percent for "пятнадцатипроцентная", 3 times for "трехкратный"."""
        match = re.fullmatch(r"(\w+?)-?(процентн|кратн)\w+", word) if self.before else None
        if not match:
            return None
        rest, value, room = match[1], Fraction(0), Fraction(1_000)
        while rest:
            found = [(len(part), each) for part, each in self.before.items() if rest.startswith(part) and each < room]
            if not found:
                return None
            length, each = max(found)
            rest, value, room = rest[length:], value + each, Fraction(100 if each >= 100 else 10 if each >= 20 else 0)
        return value, "percent" if match[2] == "процентн" else "multiple"


def spell(value: int, language: str, **case: str) -> str:
    """A number in words, as num2words writes it."""
    from num2words import num2words  # slow to import; many packages print no word

    return num2words(value, lang={"kk": "kz"}.get(language, language), **case)


def scales(language: str) -> dict[str, int]:
    """Words and abbreviations of thousands, millions and more, as CLDR has them."""
    found = {}
    for width in Locale(language).compact_decimal_formats.values():
        for forms in width.values():
            for power in POWERS:
                word = re.sub(r"[0'.\s]", "", getattr(forms[str(power)], "pattern", "")).lower()
                if len(word) > 1:
                    found[word] = power
    return found

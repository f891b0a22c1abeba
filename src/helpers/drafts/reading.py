"""A sentence as it is checked: its numbers, the times it names, and which time each number is of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from helpers.drafts.dates import dated
from helpers.drafts.sentences import Sentence
from helpers.drafts.spoken import Said, read, skipped
from helpers.drafts.times import When, times
from helpers.drafts.vocabulary import stems
from helpers.package import numerals

_CLAUSE_ENDS = re.compile(r"[,;:()—–]")


@dataclass(frozen=True)
class Reading:
    """One sentence, read by the rules of a language.

    Attributes
    ----------
    sentence, language
        As the draft has it.
    units
        Stems of what the package counts.
    """

    sentence: Sentence
    language: str
    units: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        return self.sentence.text

    @cached_property
    def words(self) -> frozenset[str]:
        return stems(self.text, self.language)

    @cached_property
    def around(self) -> frozenset[str]:
        """The stems of its paragraph."""
        return stems(self.sentence.paragraph, self.language)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where its numbers and dates stand."""
        return [part for start, end in numerals.find(self.text, self.language) for part in self._parts(start, end)]

    def _parts(self, start: int, end: int) -> list[tuple[int, int]]:
        """One span, or two where "rose by 210 to 1,045" looks like a range."""
        link = re.search(r"\s(?:to|до)\s", self.text[start:end])
        if link and re.search(r"\b(?:by|на)\s*$", self.text[:start]):
            parts = [(start, start + link.start()), (start + link.end(), end)]
            values = [numerals.parse(self.text[a:b], self.language) for a, b in parts]
            one, other = values
            # "By 5 to 7 percent" is a range, whose ends lie close together.
            if one and other and one.form == other.form == "number" and other.value > 2 * one.value:
                return parts
        return [(start, end)]

    @cached_property
    def numbers(self) -> list[Said]:
        """Its numbers in order, without dates and what numbers a page or the like."""
        made = (read(self.text, start, end, self.language) for start, end in self.spans if not self.skipped(start, end))
        return [said for said in made if said and not dated(said.text, self.language)]

    def skipped(self, start: int, end: int) -> str:
        return skipped(self.text, start, end, self.units)

    @cached_property
    def times(self) -> list[When]:
        return times(self.text, self.language)

    def own(self, said: Said) -> tuple[list[When], Literal["own", "frame", "shared"]]:
        """The times that a number is of, and how they belong to it.

        Returns
        -------
        times, how
            "own": right after the number; "frame": said once, for the numbers that follow, or for all before; "shared":
            of other numbers of the sentence.
        """
        if mine := [when for when in self.times if self._owner.get(when) == said]:
            return mine, "own"
        if said.mark in ("from", "against"):
            return [], "own"  # what something changed from is not of the time that the sentence is about
        if framing := self._framing(said):
            return framing, "frame"
        return [when for when in self.times if not when.base], "shared"

    def _framing(self, said: Said) -> list[When]:
        """The times of a sentence that stand with no number and govern this one."""
        loose = [when for when in self.times if not when.base and when not in self._owner]
        before = [when for when in loose if when.end <= said.start]
        if before:
            return before[-1:]
        last = max((number.end for number in self.numbers), default=0)
        return [when for when in loose if when.start >= last]

    @cached_property
    def _owner(self) -> dict[When, Said]:
        """The number that each time belongs to, where it follows one in the same clause."""
        found = {}
        for when in self.times:
            before = [number for number in self.numbers if number.end <= when.start]
            if before and not when.base and not _CLAUSE_ENDS.search(self.text[before[-1].end : when.start]):
                found[when] = before[-1]
        return found

    def clause(self, said: Said) -> str:
        """The words around a number up to the next comma, bracket or the like on either side."""
        begin = max((found.end() for found in _CLAUSE_ENDS.finditer(self.text, 0, said.start)), default=0)
        stop = _CLAUSE_ENDS.search(self.text, said.end)
        return self.text[begin : stop.start() if stop else len(self.text)]

    def comes_from(self, said: Said) -> Said | None:
        """The number that this one is said to have changed from: 46 in "from 46 to 38" and in "38, down from 46"."""
        levels = [each for each in self.numbers if each.scale == said.scale and each.role != "change"]
        if said not in levels or said.mark in ("from", "against"):
            return None
        at = levels.index(said)
        if said.mark == "to" and at and levels[at - 1].mark == "from":
            return levels[at - 1]
        following = levels[at + 1 : at + 2]
        return next((each for each in following if each.mark in ("from", "against")), None)

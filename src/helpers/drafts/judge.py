"""A draft held against a package: is every number in it backed, worked out, missing its condition, or wrong?

The verdicts, in the order in which they are looked for:

- `backed`: a source printed the number, for what the sentence speaks of;
- `worked-out`: it follows from figures of the package, within the range that their rounding allows;
- `condition`: one of these, but the sentence leaves out what makes it true: that what is recorded changed meanwhile,
  that the months of the earlier number are not known, what is counted on each side, what the number counts at all, that
  other figures contradict it, or what it assumes;
- `contradicted`: the package has another value, or another period, for what the sentence speaks of;
- `unknown`: nothing in the package bears on it;
- `not-judged`: the number of a page, figure, list or article, or a small count in words.

A draft may print a figure as its source did or more coarsely ("7 thousand", "nearly four times"). Never otherwise:
7,200 for a printed 7,000 is contradicted, although it lies within the rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from helpers.drafts.assumed import assumed
from helpers.drafts.claims import Claim
from helpers.drafts.conditions import Conditions
from helpers.drafts.dates import dated
from helpers.drafts.matching import bounds, close_to, comparable, exact, qualified, says, within_range
from helpers.drafts.pairs import pairs
from helpers.drafts.sentences import Sentence, language
from helpers.drafts.spoken import Said, read, skipped
from helpers.drafts.vocabulary import stems
from helpers.package import numerals
from helpers.package.ledger import Ledger
from helpers.words.numbers import period

VERDICTS = ("backed", "worked-out", "condition", "contradicted", "unknown", "not-judged")
GOOD = ("backed", "worked-out", "not-judged")


@dataclass(frozen=True)
class Judgement:
    """What the package says of one number of a draft.

    Attributes
    ----------
    sentence, place
        Where it stands: the sentence, and the number of its paragraph from 1.
    start, end
        Its span in the sentence.
    number
        As the draft prints it.
    verdict
        One of `VERDICTS`.
    figure
        Id of the figure, comparison or event that it was held against; empty if none.
    reason
        One sentence for the author.
    """

    sentence: str
    place: int
    start: int
    end: int
    number: str
    verdict: str
    figure: str
    reason: str


def check(ledger: Ledger, draft: Sequence[Sentence]) -> list[Judgement]:
    """Hold every number of a draft against a package, in the order of the draft.

    Parameters
    ----------
    ledger
        The edition to hold it against; its rounding gives the ranges.
    draft
        Its sentences, as `helpers.drafts.sentences.sentences` reads them.
    """
    judge = _Judge(ledger, language(list(draft)))
    return [judgement for sentence in draft for judgement in judge.sentence(sentence)]


class _Judge(Conditions):
    """The claims of one package, ready for many sentences."""

    @cached_property
    def assumed(self) -> list[Claim]:
        """What holds under assumptions only; worked out when a number of the draft is found nowhere else."""
        return assumed(self.ledger)

    def sentence(self, sentence: Sentence) -> list[Judgement]:
        """One judgement for each number and each date of a sentence."""
        found = numerals.find(sentence.text, self.language)
        told = [read(sentence.text, start, end, self.language) for start, end in found]
        numbers = [
            said
            for said, (start, end) in zip(told, found, strict=True)
            if said and not dated(said.text, self.language) and not skipped(sentence.text, start, end)
        ]
        beside = self._beside(numbers, sentence)
        made = []
        for (start, end), said in zip(found, told, strict=True):
            text = sentence.text[start:end]
            when = dated(text, self.language)
            if when:
                verdict, figure, reason = self._date(when, sentence)
            elif why := skipped(sentence.text, start, end):
                verdict, figure, reason = "not-judged", "", why
            else:
                verdict, figure, reason = self._number(said, sentence, numbers, beside) if said else _unread(text)
            made.append(Judgement(sentence.text, sentence.place, start, end, text, verdict, figure, reason))
        return made

    # --- numbers

    def _beside(self, numbers: Sequence[Said], sentence: Sentence) -> list[Claim]:
        """What follows from two levels of one measure that both stand in a sentence, though no row compares them."""
        dates = [
            dated(sentence.text[start:end], self.language) for start, end in numerals.find(sentence.text, self.language)
        ]

        def told(level: Claim) -> bool:
            assert level.period is not None
            said = any(comparable(level, each, "") and says(level, each) for each in numbers)
            return said or any(when and when.year and when.within(*level.period) for when in dates)

        return list(pairs(self.ledger, self.claims, lambda level: self._names(level, sentence.text), told))

    def _number(
        self, said: Said, sentence: Sentence, numbers: Sequence[Said], beside: Sequence[Claim]
    ) -> tuple[str, str, str]:
        scored = [
            (self._score(claim, sentence), claim)
            for claim in (*self.claims, *beside)
            if comparable(claim, said, sentence.text)
        ]
        matching = [(score, claim) for score, claim in scored if says(claim, said)]
        speaking = [pair for pair in matching if self._speaks_of(pair[1], sentence)]
        if speaking:
            score, claim = max(speaking, key=lambda pair: self._rank(pair[0], pair[1], said, sentence, numbers))
            return self._matched(claim, score, said, sentence, numbers)
        if implied := self._under_assumptions(said, sentence, numbers):
            return self._matched(implied, 1.0, said, sentence, numbers)
        named = [(score, claim) for score, claim in scored if score and self._speaks_of(claim, sentence)]
        if ranged := next((claim for _, claim in named if within_range(claim, said)), None):
            return "condition", ranged.id, f"Say the whole range, as its source does. It is {ranged.about}."
        if turned := self._turned(said, sentence, beside):
            return "contradicted", turned.id, f"The source says the opposite direction: {turned.about}."
        return self._unmatched(said, sentence, numbers, scored, matching)

    def _unmatched(
        self,
        said: Said,
        sentence: Sentence,
        numbers: Sequence[Said],
        scored: Sequence[tuple[float, Claim]],
        matching: Sequence[tuple[float, Claim]],
    ) -> tuple[str, str, str]:
        """A number that no claim says: another value of what the sentence speaks of, or of nothing in the package."""
        near = [
            (score, claim)
            for score, claim in scored
            if score >= self._strong(claim)
            and close_to(claim, said)
            and self._names(claim, sentence.text, Fraction(3, 5))
            and not self._names_another(claim, sentence.text)
            and "base" not in claim.conditions
            and self._same_time(claim, said, sentence, numbers)
        ]
        if held := next((claim for _, claim in near if bounds(claim, said)), None):
            return "condition", held.id, f"Say how many. The limit holds, but it is {held.about}."
        if near:
            claim = max(near, key=lambda pair: (pair[1].reported, pair[0], -_apart(pair[1], said)))[1]
            what = "prints" if claim.reported else "gives"
            return "contradicted", claim.id, f"The package {what} another value: {claim.about}."
        if said.small:
            return "not-judged", "", "A small count in words of which the package says nothing."
        if matching:
            score, claim = max(matching, key=lambda pair: self._rank(pair[0], pair[1], said, sentence, numbers))
            if score or said.scale != "count":
                return self._matched(claim, score, said, sentence, numbers)
            if claim.reported and not claim.words:
                caution = "The words of this draft and of the package are in two languages and cannot be compared"
                return "condition", claim.id, f"{caution}: check that it counts the same. It is {claim.about}."
        hint = (
            f" The number itself stands there for something else: {matching[0][1].about}."
            if matching and matching[0][1].reported
            else ""
        )
        return "unknown", "", f"No figure of the package bears on this number.{hint}"

    def _speaks_of(self, claim: Claim, sentence: Sentence) -> bool:
        """Whether a sentence names what a claim counts, or its two sides; of a part, one of them."""
        told = stems(sentence.text)
        if claim.sides:
            return (all if claim.scale == "factor" else any)(side & told for side in claim.sides)
        return self._names_nearby(claim, sentence)

    def _under_assumptions(self, said: Said, sentence: Sentence, numbers: Sequence[Said]) -> Claim | None:
        """What holds under assumptions, is named in the sentence, and has the number for an end of its range."""
        if said.scale not in ("count", "factor") or said.small or said.step > said.value / 10:
            return None
        if not any(self._names(claim, sentence.paragraph) for claim in self.claims):
            return None
        found = (
            claim
            for claim in self.assumed
            if comparable(claim, said, sentence.text)
            and says(claim, said)
            and self._names(claim, sentence.paragraph)
            and not self._other_period(claim, said, sentence, numbers)
        )
        return next(found, None)

    def _turned(self, said: Said, sentence: Sentence, beside: Sequence[Claim]) -> Claim | None:
        """A claim of the same size in the other direction, for what the sentence speaks of."""
        opposite = replace(said, sign=-said.sign)
        found = [
            (self._score(claim, sentence), claim)
            for claim in (*self.claims, *beside)
            if said.sign
            and claim.sign == -said.sign
            and comparable(claim, opposite, sentence.text)
            and says(claim, said)
        ]
        score, claim = max(found, key=lambda pair: (pair[1].reported, pair[0]), default=(0.0, None))
        named = claim and (self._names(claim, sentence.text) or claim.unit & stems(sentence.text))
        return claim if claim and (score >= self._strong(claim) or named) else None

    def _rank(
        self, score: float, claim: Claim, said: Said, sentence: Sentence, numbers: Sequence[Said]
    ) -> tuple[bool, bool, bool, bool, bool, float]:
        """What speaks for a claim among those that say the same number, most telling first."""
        timely = not (claim.period and self._other_period(claim, said, sentence, numbers))
        core = claim.core and not claim.reported  # of what is worked out, that from the sources examined
        # A count is known by what it counts; of a change, what a source printed comes first.
        named = score > 0 or claim.scale != "count"
        meant = self._names(claim, sentence.text) and not self._names_another(claim, sentence.text)
        return named, meant, claim.reported, timely, core, round(score, 6)

    def _matched(
        self, claim: Claim, score: float, said: Said, sentence: Sentence, numbers: Sequence[Said]
    ) -> tuple[str, str, str]:
        meant = (exact(claim, said) or self._speaks_of(claim, sentence)) and not self._names_another(
            claim, sentence.text
        )
        if meant and claim.period and (other := self._other_period(claim, said, sentence, numbers)):
            return "contradicted", claim.id, f"It is of {period(*claim.period)}, not of {other}: {claim.about}."
        if meant and claim.reported and (wrong := qualified(claim, said)):
            return "contradicted", claim.id, f"{wrong}: {claim.about}."
        lacking = self.lacking(claim, score, said, sentence)
        if lacking:
            return "condition", claim.id, f"Say {'; '.join(lacking)}. It is {claim.about}."
        return ("backed" if claim.reported else "worked-out"), claim.id, f"{claim.about}."


def _apart(claim: Claim, said: Said) -> float:
    """How far a number lies from a claim, as a factor."""
    middle, value = float(claim.interval.low + claim.interval.high) / 2, float(said.value)
    return max(middle, value) / max(min(middle, value), 1e-9)


def _unread(text: str) -> tuple[str, str, str]:
    return "unknown", "", f"{text!r} cannot be read as one number; write it in digits."

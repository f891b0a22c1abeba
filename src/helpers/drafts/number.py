"""One number of a sentence held against the claims of a package."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from helpers.drafts.claims import Claim
from helpers.drafts.conditions import hedged, lacking
from helpers.drafts.denial import denied, rated
from helpers.drafts.matching import bounds, close_to, comparable, exact, qualified, says, within_range
from helpers.drafts.mentions import Verdict
from helpers.drafts.moves import move
from helpers.drafts.naming import Names
from helpers.drafts.pairs import pairs
from helpers.drafts.reading import Reading
from helpers.drafts.spoken import Said, read
from helpers.drafts.sums import added
from helpers.drafts.times import When
from helpers.drafts.timing import timing
from helpers.drafts.wholes import takes_another_whole


class Numbers:
    """The claims of a package, held against the numbers of one sentence.

    Parameters
    ----------
    assumed
        Gives what holds under assumptions only; asked when a number is found nowhere else.
    """

    def __init__(self, names: Names, reading: Reading, assumed: Callable[[], list[Claim]]) -> None:
        self.names, self.ledger, self.reading, self.assumed = names, names.ledger, reading, assumed
        self.beside = self._beside()
        self.claims = [*self.names.claims, *self.beside]

    def verdict(self, start: int, end: int) -> Verdict:
        text = self.reading.text
        if why := self.reading.skipped(start, end):
            return "not-judged", "", why
        said = read(text, start, end, self.reading.language)
        return self._number(said) if said else _unread(text[start:end])

    def _beside(self) -> list[Claim]:
        """What follows from two levels of one measure that both stand in the sentence, though no row compares them."""
        reading = self.reading

        def told(level: Claim) -> bool:
            assert level.period is not None
            said = any(comparable(level, each, "") and says(level, each) for each in reading.numbers)
            return said or any(_names_time(when, level.period) for when in reading.times)

        def named(level: Claim) -> bool:
            return self.names.named(level, reading.text)

        return list(pairs(self.ledger, self.names.claims, named, told, reading.language))

    def _number(self, said: Said) -> Verdict:
        scored = [
            (self.names.score(claim, self.reading), claim)
            for claim in self.claims
            if comparable(claim, said, self.reading.text)
        ]
        matching = [(score, claim) for score, claim in scored if says(claim, said)]
        speaking = [pair for pair in matching if self._speaks_of(pair[1])]
        if speaking:
            score, claim = max(speaking, key=lambda pair: self._rank(pair[0], pair[1], said))
            return self._matched(claim, score, said)
        if implied := self._under_assumptions(said):
            return self._matched(implied, 1.0, said)
        named = [claim for score, claim in scored if score and self._speaks_of(claim)]
        if ranged := next((claim for claim in named if within_range(claim, said)), None):
            return "condition", ranged.id, f"Say the whole range, as its source does. It is {ranged.about}."
        if turned := self._turned(said):
            return "contradicted", turned.id, f"The source says the opposite direction: {turned.about}."
        if swapped := self._other_unit(said):
            return swapped
        if total := added(self.names, self.reading, said):
            return total
        return self._unmatched(said, scored, matching)

    def _unmatched(
        self, said: Said, scored: Sequence[tuple[float, Claim]], matching: Sequence[tuple[float, Claim]]
    ) -> Verdict:
        """A number that no claim says: another value of what the sentence speaks of, or of nothing in the package."""
        near = [(score, claim) for score, claim in scored if self._means(claim, score, said)]
        if held := next((claim for _, claim in near if bounds(claim, said)), None):
            return "condition", held.id, f"Say how many. The limit holds, but it is {held.about}."
        elsewhere = [claim for _, claim in matching if self.names.wordless(claim)]
        if near and not elsewhere:
            claim = max(near, key=lambda pair: (pair[1].reported, pair[0], -_apart(pair[1], said)))[1]
            what = "prints" if claim.reported else "gives"
            if denied(self.reading.text, said, self.names.wording(claim)):
                return "condition", claim.id, f"Read this one: the sentence denies something. It is {claim.about}."
            return "contradicted", claim.id, f"The package {what} another value: {claim.about}."
        if said.small:
            return "not-judged", "", "A small count in words of which the package says nothing."
        # What is worked out of two figures is meant only where it is named.
        matching = [pair for pair in matching if pair[1].reported or pair[1].sign or pair[1].sides]
        if matching:
            score, claim = max(matching, key=lambda pair: self._rank(pair[0], pair[1], said))
            if score or said.scale != "count":
                return self._matched(claim, score, said)
            if claim.reported and not claim.words:
                caution = "The words of this draft and of the package are in two languages and cannot be compared"
                return "condition", claim.id, f"{caution}: check that it counts the same. It is {claim.about}."
        hint = (
            f" The number itself stands there for something else: {matching[0][1].about}."
            if matching and matching[0][1].reported
            else ""
        )
        return "unknown", "", f"No figure of the package bears on this number.{hint}"

    def _means(self, claim: Claim, score: float, said: Said) -> bool:
        """Whether a number can only be meant for a claim of another value: it is of the same thing at the same time."""
        names, text = self.names, self.reading.text
        time = timing(self.ledger, self.reading, claim, said)
        return (
            score >= names.strong(claim)
            and close_to(claim, said)
            and names.named(claim, text, Fraction(3, 5))
            and not self._another_named(claim, said)
            and "base" not in claim.conditions
            and (time.state == "fits" or time.close)
            and not any(
                other is not said and claim.scale == other.scale and says(claim, other)
                for other in self.reading.numbers
            )
        )

    def _another_named(self, claim: Claim, said: Said) -> bool:
        return self.names.another_named(claim, self.reading.text, self.reading.clause(said))

    def _speaks_of(self, claim: Claim) -> bool:
        """Whether the sentence names what a claim counts, or its two sides; of a part, one of them."""
        if claim.sides:
            return (all if claim.scale == "factor" else any)(side & self.reading.words for side in claim.sides)
        return self.names.named_nearby(claim, self.reading)

    def _under_assumptions(self, said: Said) -> Claim | None:
        """What holds under assumptions, is named in the sentence, and has the number for an end of its range."""
        if said.scale not in ("count", "factor") or said.small or said.step > said.value / 10:
            return None
        paragraph = self.reading.sentence.paragraph
        if not any(self.names.named(claim, paragraph) for claim in self.names.claims):
            return None
        found = (
            claim
            for claim in self.assumed()
            if comparable(claim, said, self.reading.text)
            and says(claim, said)
            and self.names.named(claim, paragraph)
            and timing(self.ledger, self.reading, claim, said).state != "wrong"
        )
        return next(found, None)

    def _turned(self, said: Said) -> Claim | None:
        """A claim of the same size in the other direction, for what the sentence speaks of."""
        opposite, names = replace(said, sign=-said.sign), self.names
        found = [
            (names.score(claim, self.reading), claim)
            for claim in self.claims
            if said.sign
            and claim.sign == -said.sign
            and comparable(claim, opposite, self.reading.text)
            and says(claim, said)
            and not self._another_named(claim, said)
        ]
        score, claim = max(found, key=lambda pair: (pair[1].reported, pair[0]), default=(0.0, None))
        named = claim and (names.named(claim, self.reading.text) or claim.unit & self.reading.words)
        return claim if claim and (score >= names.strong(claim) or named) else None

    def _other_unit(self, said: Said) -> Verdict | None:
        """A change in percent where the package has percentage points, or the other way round."""
        if said.scale not in ("part", "points") or (said.scale == "part" and said.role != "change" and not said.sign):
            return None
        wanted, factor = ("points", 100) if said.scale == "part" else ("part", Fraction(1, 100))
        for claim in self.claims:
            same = claim.scale == wanted and claim.sign and claim.value == said.value * factor
            if same and self._speaks_of(claim) and not self._another_named(claim, said):
                unit = "percentage points" if wanted == "points" else "percent"
                return "contradicted", claim.id, f"The source prints {unit}: {claim.about}."
        return None

    def _rank(self, score: float, claim: Claim, said: Said) -> tuple[bool, bool, bool, bool, bool, float]:
        """What speaks for a claim among those that say the same number, most telling first."""
        timely = timing(self.ledger, self.reading, claim, said).state == "fits"
        core = claim.core and not claim.reported  # of what is worked out, that from the sources examined
        # A count is known by what it counts; of a change, what a source printed comes first.
        named = score > 0 or claim.scale != "count"
        meant = self.names.named(claim, self.reading.text) and not self.names.another_named(
            claim, self.reading.text, self.reading.clause(said)
        )
        return named, meant, claim.reported, timely, core, round(score, 6)

    def _matched(self, claim: Claim, score: float, said: Said) -> Verdict:
        reading, another = self.reading, self._another_named(claim, said)
        meant = (exact(claim, said) or self._speaks_of(claim)) and not another
        time = timing(self.ledger, reading, claim, said)
        moved = move(self.ledger, self.names.claims, reading, claim, said)
        wrong, false = qualified(claim, said) if claim.reported else ("", False)
        if meant and time.state == "wrong":
            return "contradicted", claim.id, f"{time.note}: {claim.about}."
        if meant and moved.state == "wrong":
            return "contradicted", claim.id, f"{moved.note}: {claim.about}."
        if meant and wrong and false:
            return "contradicted", claim.id, f"{wrong}: {claim.about}."
        open_ = lacking(self.names, claim, score, reading, said)
        undated = claim.period is None and hedged(reading.sentence.paragraph)
        open_ += [time.note] if time.state == "unclear" and not undated else []
        open_ += [moved.note] if moved.state == "unclear" else []
        open_ += [wrong] if wrong and not false else []
        if takes_another_whole(claim, reading, said, self.names.measures.values()):
            open_.append(f"of what it is a share, which is {claim.of}")
        if open_:
            return "condition", claim.id, f"Say {'; '.join(open_)}. It is {claim.about}."
        if rated(reading.clause(said), self.names.wording(claim)):
            return (
                "condition",
                claim.id,
                f"Read this one: it says so many a day, month or year. It is {claim.about}.",
            )
        if denied(reading.text, said, self.names.wording(claim)):
            return "condition", claim.id, f"Read this one: the sentence denies something. It is {claim.about}."
        return ("backed" if claim.reported else "worked-out"), claim.id, f"{claim.about}."


def _names_time(when: When, days: tuple[date, date]) -> bool:
    """Whether a time of a sentence, or one of its two ends, is the period of a level."""
    return "same" in {part.relation(days) for part in (when, *when.ends())}


def _apart(claim: Claim, said: Said) -> float:
    """How far a number lies from a claim, as a factor."""
    middle, value = float(claim.interval.low + claim.interval.high) / 2, float(said.value)
    return max(middle, value) / max(min(middle, value), 1e-9)


def _unread(text: str) -> Verdict:
    return "unknown", "", f"{text!r} cannot be read as one number; write it in digits."

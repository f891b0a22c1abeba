"""What a sentence names: which measure of the package, what changed, and what contradicts a figure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from helpers.drafts.claims import Claim, claims
from helpers.drafts.dates import dated
from helpers.drafts.derived import derived, per
from helpers.drafts.matching import says
from helpers.drafts.reading import Reading
from helpers.drafts.spoken import Said, read
from helpers.drafts.vocabulary import stems, weights
from helpers.package import numerals
from helpers.package.ledger import Ledger

_DISPUTED = re.compile(
    r"\bdisput|\bcontradict|\bdisagree|\b(?:another|other) (?:source|figure|count|official|minist)|\binstead\b|\bспор|"
    r"\bпротивореч|\bдруг(?:ой|ие|им) (?:источник|данн)|\bқайшы|\bбасқа дерек",
    re.IGNORECASE,
)


class Names:
    """The claims of one package, and how a text names what they count.

    Parameters
    ----------
    language
        Of the text.
    """

    def __init__(self, ledger: Ledger, language: str) -> None:
        self.ledger, self.language = ledger, language
        found = claims(ledger, language)
        reported = [claim for claim in found if claim.reported]
        self.claims = [self._in_language(each) for each in (*found, *per(ledger), *derived(ledger, reported))]
        self.by_id = {claim.id: claim for claim in self.claims}
        self.units = frozenset().union(*(claim.unit for claim in self.claims))
        self.weights = weights(claim.words for claim in self.claims)
        self.measures = {claim.label: claim for claim in self.claims if claim.label}
        # A unit that several measures count, as persons, tells of none of them.
        counted_once = Counter(stem for claim in self.measures.values() for stem in claim.unit)
        self.telling = frozenset(stem for stem, times in counted_once.items() if times == 1)
        broken = next((event for event in ledger.rows["events"].values() if event.kind == "break"), None)
        counted = frozenset().union(*(claim.words | claim.around for claim in self.claims))
        # Words that name what is counted cannot tell of a change in the counting.
        self.breaking = (self.stems(f"{broken.label} {broken.wording}") if broken else frozenset()) - counted

    def stems(self, text: str) -> frozenset[str]:
        return stems(text, self.language)

    def wording(self, claim: Claim) -> str:
        """What a claim counts, and the phrases of the sources that it rests on."""
        return " ".join([claim.label, *(self.ledger.rows["figures"][name].wording for name in claim.figures)])

    def speakers(self, figures: Sequence[str]) -> frozenset[str]:
        """The stems that name who is quoted in the sources of some figures."""
        rows = self.ledger.rows["figures"]
        sources = {rows[name].source for name in figures}
        return self.stems(" ".join(row.said_by for row in rows.values() if row.source in sources))

    def wordless(self, claim: Claim) -> bool:
        """Whether a source in the language of the draft prints the number of a claim and nothing of what it counts."""
        rows = self.ledger.rows
        own = claim.reported and rows["sources"][rows["figures"][claim.id].source].language == self.language
        return own and not claim.words

    def _in_language(self, claim: Claim) -> Claim:
        """A claim named by words of the draft's script: those of its label, else of a source in the draft's language.

        A claim that no source puts in the language of the draft has no words, so that nothing can name it.
        """
        if not claim.words or _latin(claim.words) == (self.language == "en"):
            return claim
        each = [self._wording(figure) for figure in claim.figures]
        if not claim.sides:
            return replace(claim, words=each[0], whole=self._whole(claim))
        return replace(claim, words=each[0] | each[1], sides=(each[0] - each[1], each[1] - each[0]))

    def _whole(self, claim: Claim) -> frozenset[str]:
        """What sources in the language of the draft call the whole of a share."""
        if not claim.whole:
            return claim.whole
        rows = self.ledger.rows
        measure = next(each.id for each in rows["measures"].values() if each.label == claim.of)
        figure = next((row.id for row in rows["figures"].values() if row.measure == measure), "")
        return self._wording(figure) if figure else frozenset()

    def _wording(self, figure: str) -> frozenset[str]:
        """What sources in the language of the draft call what a figure counts: its own words, else the fewest."""
        rows, sources = self.ledger.rows["figures"], self.ledger.rows["sources"]
        same = [
            row
            for row in rows.values()
            if row.measure == rows[figure].measure and sources[row.source].language == self.language
        ]
        found = {row.id: self.stems(_without_numbers(row.wording, self.language)) for row in same}
        telling = {name: words for name, words in found.items() if len(words) > 1}  # one word of a phrase names nothing
        return telling.get(figure) or min(telling.values(), key=len, default=frozenset())

    def tells_rivals(self, claim: Claim, text: str) -> bool:
        """Whether a text says that a figure is disputed, or prints the number of what contradicts it, in its form."""
        if _DISPUTED.search(text):
            return True
        found = [
            said
            for start, end in numerals.find(text, self.language)
            if (said := read(text, start, end, self.language)) and not dated(said.text, self.language)
        ]
        own = [self.by_id[name] for name in claim.figures]  # two sides may share a number
        rivals = [self.by_id[name] for name in claim.rivals]
        return any(
            self._prints(rival, said) and not any(self._prints(each, said) for each in own)
            for rival in rivals
            for said in found
        )

    def _prints(self, claim: Claim, said: Said) -> bool:
        return claim.scale == said.scale and says(claim, said)

    def named(self, claim: Claim, text: str, most: Fraction = Fraction(1, 3)) -> bool:
        """Whether a text names what is counted: its unit where nothing else has it, or enough of the words for it.

        Parameters
        ----------
        most
            The part of the words that is enough, the more telling counting more.
        """
        told, words = self.stems(text), claim.words - (claim.unit - self.telling)
        shared, whole = (sum(self.weights.get(stem, 0.5) for stem in some) for some in (words & told, words))
        return bool(claim.unit & self.telling & told) or shared >= whole * most > 0

    def named_nearby(self, claim: Claim, reading: Reading) -> bool:
        """Whether a sentence names what is counted, or its unit while the paragraph says of what."""
        by_unit = claim.unit & reading.words and self.named(claim, reading.sentence.paragraph)
        return bool(by_unit) or self.named(claim, reading.text)

    def another_named(self, claim: Claim, text: str, clause: str = "") -> bool:
        """Whether a text names another measure of the package better than what the claim counts.

        Parameters
        ----------
        clause
            The part of it around the number: of two measures that share most of their words, the word decides there
            that only one of them has.
        """
        told = self.stems(text)

        def named(words: frozenset[str]) -> float:
            whole = sum(self.weights.get(stem, 0.5) for stem in words)
            return sum(self.weights.get(stem, 0.5) for stem in words & told) / whole if whole else 0.0

        mine = named(claim.words)
        for each in self.measures.values():
            if each.label == claim.label or named(each.words) < 0.5:
                continue
            only_this, only_that = claim.words - each.words, each.words - claim.words
            if mine < 0.5 or (only_that & self.stems(clause) and not only_this & told):
                return True
        return False

    def tells_break(self, text: str) -> bool:
        """Whether a text names the day of the break, or what changed on it."""
        turn = self.ledger.break_date
        if turn is None:
            return True
        if self.stems(text) & self.breaking:
            return True
        days = (dated(text[a:b], self.language) for a, b in numerals.find(text, self.language))
        return any(day and day.day and day.within(turn, turn) for day in days)

    def score(self, claim: Claim, reading: Reading) -> float:
        """How much the words of a sentence, and those around it, share with what a claim counts."""
        said, near = reading.words, reading.around

        def shared(words: frozenset[str]) -> float:
            return sum(self.weights.get(stem, 0.5) for stem in words)

        return (
            shared(claim.words & said)
            + 0.4 * shared(claim.around & said - claim.words)
            + 0.3 * shared(claim.words & near - said)
        )

    def strong(self, claim: Claim) -> float:
        """How much must be shared before another value contradicts: half of what names the claim."""
        return max(0.5, 0.5 * sum(self.weights.get(stem, 0.5) for stem in claim.words))


def _latin(words: frozenset[str]) -> bool:
    return all(word.isascii() for word in words)


def _without_numbers(text: str, language: str) -> str:
    kept, at = [], 0
    for start, end in numerals.find(text, language):
        kept.append(text[at:start])
        at = end
    return " ".join([*kept, text[at:]])

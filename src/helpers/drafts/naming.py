"""What a sentence names: which measure of the package, what changed, and what contradicts a figure."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction

from helpers.drafts.claims import Claim, claims
from helpers.drafts.dates import dated
from helpers.drafts.sentences import Sentence
from helpers.drafts.vocabulary import stems, weights
from helpers.package import numerals
from helpers.package.ledger import Ledger

_DISPUTED = re.compile(
    r"\bdisput|\bcontradict|\bdisagree|\b(?:another|other) (?:source|figure|count|official|minist)|\binstead\b|\bспор|"
    r"\bпротивореч|\bдруг(?:ой|ие|им) (?:источник|данн)|\bқайшы|\bбасқа дерек",
    re.IGNORECASE,
)


class Naming:
    """The claims of one package, and how a text names what they count."""

    def __init__(self, ledger: Ledger, spoken: str) -> None:
        self.ledger, self.language = ledger, spoken
        self.claims = claims(ledger)
        self.weights = weights(claim.words for claim in self.claims)
        self.measures = {claim.label: claim for claim in self.claims if claim.label}
        # A unit that several measures count, as persons, tells of none of them.
        counted_once = Counter(stem for claim in self.measures.values() for stem in claim.unit)
        self.telling = frozenset(stem for stem, times in counted_once.items() if times == 1)
        broken = next((event for event in ledger.rows["events"].values() if event.kind == "break"), None)
        counted = frozenset().union(*(claim.words | claim.around for claim in self.claims))
        # Words that name what is counted cannot tell of a change in the counting.
        self.breaking = (stems(f"{broken.label} {broken.wording}") if broken else frozenset()) - counted

    def _tells_rivals(self, claim: Claim, text: str) -> bool:
        """Whether a text says that a figure is disputed, or prints what contradicts it."""
        if _DISPUTED.search(text):
            return True
        printed = {numerals.fold(self.ledger.rows["figures"][name].printed).lower() for name in claim.rivals}
        numbers = {numerals.fold(text[start:end]).lower() for start, end in numerals.find(text, self.language)}
        return bool(printed & numbers)

    def _names(self, claim: Claim, text: str, most: Fraction = Fraction(1, 3)) -> bool:
        """Whether a text names what is counted: its unit where nothing else has it, or enough of the words for it.

        A draft in another language than the labels has the words of a source in its own.

        Parameters
        ----------
        most
            The part of the words that is enough, the more telling counting more.
        """
        told, words = stems(text), claim.words - (claim.unit - self.telling)
        shared, whole = (sum(self.weights.get(stem, 0.5) for stem in some) for some in (words & told, words))
        foreign = self.language != "en" and bool(claim.around & told)
        return bool(claim.unit & self.telling & told) or foreign or shared >= whole * most > 0

    def _names_another(self, claim: Claim, text: str) -> bool:
        """Whether a text names another measure of the package better than what the claim counts."""
        told = stems(text)

        def named(words: frozenset[str]) -> float:
            whole = sum(self.weights.get(stem, 0.5) for stem in words)
            return sum(self.weights.get(stem, 0.5) for stem in words & told) / whole if whole else 0.0

        mine = named(claim.words | (claim.around & told if self.language != "en" else frozenset()))
        other = max((named(each.words) for label, each in self.measures.items() if label != claim.label), default=0.0)
        return self.language == "en" and mine < 0.5 <= other

    def _tells_break(self, text: str) -> bool:
        """Whether a text names the day of the break, or what changed on it."""
        turn = self.ledger.break_date
        if turn is None:
            return True
        if stems(text) & self.breaking:
            return True
        days = (dated(text[a:b], self.language) for a, b in numerals.find(text, self.language))
        return any(day and day.day and day.within(turn, turn) for day in days)

    def _score(self, claim: Claim, sentence: Sentence) -> float:
        said, near = stems(sentence.text), stems(sentence.paragraph)

        def shared(words: frozenset[str]) -> float:
            return sum(self.weights.get(stem, 0.5) for stem in words)

        return (
            shared(claim.words & said)
            + 0.4 * shared(claim.around & said - claim.words)
            + 0.3 * shared(claim.words & near - said)
        )

    def _strong(self, claim: Claim) -> float:
        """How much must be shared before another value contradicts: half of what names the claim."""
        return max(0.5, 0.5 * sum(self.weights.get(stem, 0.5) for stem in claim.words))

"""What a sentence names: which measure of the package, what changed, and what contradicts a figure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
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
        self.claims = [self._in_language(claim) for claim in claims(ledger)]
        self.weights = weights(claim.words for claim in self.claims)
        self.measures = {claim.label: claim for claim in self.claims if claim.label}
        # A unit that several measures count, as persons, tells of none of them.
        counted_once = Counter(stem for claim in self.measures.values() for stem in claim.unit)
        self.telling = frozenset(stem for stem, times in counted_once.items() if times == 1)
        broken = next((event for event in ledger.rows["events"].values() if event.kind == "break"), None)
        counted = frozenset().union(*(claim.words | claim.around for claim in self.claims))
        # Words that name what is counted cannot tell of a change in the counting.
        self.breaking = (stems(f"{broken.label} {broken.wording}") if broken else frozenset()) - counted

    def _in_language(self, claim: Claim) -> Claim:
        """A claim named by words of the draft's script: those of its label, else of a source in the draft's language.

        A claim that no source puts in the language of the draft has no words, so that nothing can name it.
        """
        if not claim.words or _latin(claim.words) == (self.language == "en"):
            return claim
        each = [self._wording(figure) for figure in claim.figures]
        if not claim.sides:
            return replace(claim, words=each[0])
        return replace(claim, words=each[0] | each[1], sides=(each[0] - each[1], each[1] - each[0]))

    def _wording(self, figure: str) -> frozenset[str]:
        """What sources in the language of the draft call what a figure counts: its own words, else the fewest."""
        rows, sources = self.ledger.rows["figures"], self.ledger.rows["sources"]
        same = [
            row
            for row in rows.values()
            if row.measure == rows[figure].measure and sources[row.source].language == self.language
        ]
        found = {row.id: stems(_without_numbers(row.wording, self.language)) for row in same}
        telling = {name: words for name, words in found.items() if len(words) > 1}  # one word of a phrase names nothing
        return telling.get(figure) or min(telling.values(), key=len, default=frozenset())

    def _tells_rivals(self, claim: Claim, text: str) -> bool:
        """Whether a text says that a figure is disputed, or prints the value of what contradicts it."""
        if _DISPUTED.search(text):
            return True
        rows = self.ledger.rows["figures"]
        own = {abs(Fraction(rows[name].value)) for name in claim.figures}  # two sides may share a number
        rivals = {abs(Fraction(rows[name].value)) for name in claim.rivals} - own
        found = (
            numerals.stated(text[start:end], text, self.language) for start, end in numerals.find(text, self.language)
        )
        return any(numeral is not None and abs(numeral.value) in rivals for numeral in found)

    def _names(self, claim: Claim, text: str, most: Fraction = Fraction(1, 3)) -> bool:
        """Whether a text names what is counted: its unit where nothing else has it, or enough of the words for it.

        Parameters
        ----------
        most
            The part of the words that is enough, the more telling counting more.
        """
        told, words = stems(text), claim.words - (claim.unit - self.telling)
        shared, whole = (sum(self.weights.get(stem, 0.5) for stem in some) for some in (words & told, words))
        return bool(claim.unit & self.telling & told) or shared >= whole * most > 0

    def _names_nearby(self, claim: Claim, sentence: Sentence) -> bool:
        """Whether a sentence names what is counted, or its unit while the paragraph says of what."""
        by_unit = claim.unit & stems(sentence.text) and self._names(claim, sentence.paragraph)
        return bool(by_unit) or self._names(claim, sentence.text)

    def _names_another(self, claim: Claim, text: str) -> bool:
        """Whether a text names another measure of the package better than what the claim counts."""
        told = stems(text)

        def named(words: frozenset[str]) -> float:
            whole = sum(self.weights.get(stem, 0.5) for stem in words)
            return sum(self.weights.get(stem, 0.5) for stem in words & told) / whole if whole else 0.0

        mine = named(claim.words)
        other = max((named(each.words) for label, each in self.measures.items() if label != claim.label), default=0.0)
        return mine < 0.5 <= other

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


def _latin(words: frozenset[str]) -> bool:
    return all(word.isascii() for word in words)


def _without_numbers(text: str, language: str) -> str:
    kept, at = [], 0
    for start, end in numerals.find(text, language):
        kept.append(text[at:start])
        at = end
    return " ".join([*kept, text[at:]])

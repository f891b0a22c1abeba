"""A draft held against a package: is every number in it backed, worked out, missing its condition, or wrong?

The verdicts, in the order in which they are looked for:

- `backed`: a source printed the number, for what the sentence speaks of;
- `worked-out`: it follows from figures of the package, within the range that their rounding allows;
- `condition`: one of these, but the sentence leaves out what makes it true: that what is recorded changed meanwhile,
  that the months of the earlier number are not known, what is counted on each side, or what the number counts at all;
- `contradicted`: the package has another value, or another period, for what the sentence speaks of;
- `unknown`: nothing in the package bears on it;
- `not-judged`: the number of a page, figure, list or article, or a small count in words.

A draft may print a figure as its source did or more coarsely ("7 thousand", "nearly four times"). Never otherwise:
7,200 for a printed 7,000 is contradicted, although it lies within the rounding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from helpers.drafts.claims import Claim, claims, stems, weights
from helpers.drafts.dates import Dated, dated, named_days, span
from helpers.drafts.matching import close_to, comparable, qualified, says
from helpers.drafts.sentences import Sentence, language
from helpers.drafts.spoken import Said, read, skipped
from helpers.package import numerals
from helpers.package.ledger import Ledger
from helpers.words.template import period

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


class _Judge:
    """The claims of one package, ready for many sentences."""

    def __init__(self, ledger: Ledger, spoken: str) -> None:
        self.ledger, self.language = ledger, spoken
        self.claims = claims(ledger)
        self.weights = weights(self.claims)
        broken = next((event for event in ledger.rows["events"].values() if event.kind == "break"), None)
        counted = frozenset().union(*(claim.words | claim.around for claim in self.claims))
        # Words that name what is counted cannot tell of a change in the counting.
        self.breaking = (stems(f"{broken.label} {broken.wording}") if broken else frozenset()) - counted

    def sentence(self, sentence: Sentence) -> list[Judgement]:
        """One judgement for each number and each date of a sentence."""
        made = []
        for start, end in numerals.find(sentence.text, self.language):
            text = sentence.text[start:end]
            when = dated(text, self.language)
            if when:
                verdict, figure, reason = self._date(when, sentence)
            elif why := skipped(sentence.text, start, end):
                verdict, figure, reason = "not-judged", "", why
            else:
                said = read(sentence.text, start, end, self.language)
                verdict, figure, reason = self._number(said, sentence) if said else _unread(text)
            made.append(Judgement(sentence.text, sentence.place, start, end, text, verdict, figure, reason))
        return made

    # --- numbers

    def _number(self, said: Said, sentence: Sentence) -> tuple[str, str, str]:
        scored = [
            (self._score(claim, sentence), claim) for claim in self.claims if comparable(claim, said, sentence.text)
        ]
        matching = [(score, claim) for score, claim in scored if says(claim, said)]
        if matching:
            best = max(matching, key=lambda pair: self._rank(pair[0], pair[1], said, sentence))
            if best[0] or said.scale != "count":
                return self._matched(best[1], best[0], said, sentence)
        if turned := self._turned(said, sentence):
            return "contradicted", turned.id, f"The source says the opposite direction: {turned.about}."
        near = [(score, claim) for score, claim in scored if score >= self._strong(claim) and close_to(claim, said)]
        if near:
            claim = max(near, key=lambda pair: (pair[1].reported, pair[0]))[1]
            what = "prints" if claim.reported else "gives"
            return "contradicted", claim.id, f"The package {what} another value: {claim.about}."
        if said.small:
            return "not-judged", "", "A small count in words of which the package says nothing."
        hint = (
            f" The number itself stands there for something else: {matching[0][1].about}."
            if matching and matching[0][1].reported
            else ""
        )
        return "unknown", "", f"No figure of the package bears on this number.{hint}"

    def _turned(self, said: Said, sentence: Sentence) -> Claim | None:
        """A claim of the same size in the other direction, for what the sentence speaks of."""
        opposite = replace(said, sign=-said.sign)
        found = [
            (self._score(claim, sentence), claim)
            for claim in self.claims
            if said.sign
            and claim.sign == -said.sign
            and comparable(claim, opposite, sentence.text)
            and says(claim, said)
        ]
        score, claim = max(found, key=lambda pair: (pair[1].reported, pair[0]), default=(0.0, None))
        return claim if claim and (score >= self._strong(claim) or self._names(claim, sentence.text)) else None

    def _rank(self, score: float, claim: Claim, said: Said, sentence: Sentence) -> tuple[bool, bool, bool, bool, float]:
        """What speaks for a claim among those that say the same number, most telling first."""
        timely = not (claim.period and self._other_period(claim, said, sentence))
        core = claim.core and not claim.reported  # of what is worked out, that from the sources examined
        # A count is known by what it counts; of a change, what a source printed comes first.
        named = score > 0 or claim.scale != "count"
        return named, claim.reported, timely, core, round(score, 6)

    def _matched(self, claim: Claim, score: float, said: Said, sentence: Sentence) -> tuple[str, str, str]:
        if claim.period and (other := self._other_period(claim, said, sentence)):
            return "contradicted", claim.id, f"It is of {period(*claim.period)}, not of {other}: {claim.about}."
        if claim.reported and (wrong := qualified(claim, said)):
            return "contradicted", claim.id, f"{wrong}: {claim.about}."
        lacking = self._lacking(claim, score, said, sentence)
        if lacking:
            return "condition", claim.id, f"Say {'; '.join(lacking)}. It is {claim.about}."
        return ("backed" if claim.reported else "worked-out"), claim.id, f"{claim.about}."

    def _lacking(self, claim: Claim, score: float, said: Said, sentence: Sentence) -> list[str]:
        """What a sentence has to say beside the number and does not, nor its paragraph."""
        around, lacking = sentence.paragraph, []
        if not score or (claim.sign and not self._names(claim, around)):
            lacking.append(f"what it counts, which is {claim.label}")
        if "break" in claim.conditions and not self._tells_break(around):
            lacking.append("that what is recorded changed on " + period(self.ledger.break_date, self.ledger.break_date))
        if "undated" in claim.conditions and not _HEDGE.search(around):
            lacking.append("that the months of the earlier number are not given")
        if "units" in claim.conditions and claim.sides and not all(side & stems(sentence.text) for side in claim.sides):
            lacking.append("what is counted on each side")
        if claim.reported and not claim.period and not claim.sign and not _HEDGE.search(around):
            near = self._nearest(said, sentence)
            if near and claim.scale == "count":
                lacking.append("that its months are not given by the source")
        return lacking

    def _names(self, claim: Claim, text: str) -> bool:
        """Whether a text names what changed: its unit, or a third of the words for it."""
        told = stems(text)
        shared, whole = (
            sum(self.weights.get(stem, 0.5) for stem in some) for some in (claim.words & told, claim.words)
        )
        return bool(claim.unit & told) or shared >= whole / 3

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

    # --- dates

    def _date(self, when: Dated, sentence: Sentence) -> tuple[str, str, str]:
        rows = self.ledger.rows
        told = stems(sentence.text)
        events = [event for event in rows["events"].values() if len(event.date) == 10]
        for event in events:
            day = date.fromisoformat(event.date)
            if when.day and when.within(day, day):
                return "backed", event.id, f"{event.label} (“{event.wording}”)."
        for event in events:
            day = date.fromisoformat(event.date)
            same_day = when.day == day.day and when.month == day.month
            about_it = len(told & stems(f"{event.label} {event.wording}")) >= 2
            if when.day and (same_day or (about_it and (when.year, when.month) == (day.year, day.month))):
                return "contradicted", event.id, f"The package dates this {event.date}: {event.label}."
        for name, start, end in self._spans():
            if when.within(start, start) or when.within(end, end) or (not when.day and when.within(start, end)):
                return "backed", name, f"It lies in {named_days(start, end)}, of `{name}`."
        return "unknown", "", "No figure, event or source of the package is of this date."

    def _spans(self) -> Iterator[tuple[str, date, date]]:
        """The periods that the package speaks of: of figures and their bases, of events, of publication."""
        rows = self.ledger.rows
        for row in rows["figures"].values():
            for start, end in ((row.period_start, row.period_end), (row.base_start, row.base_end)):
                if start and end:
                    yield row.id, start, end
        for event in rows["events"].values():
            if event.date:
                yield (event.id, *span(event.date))
        for source in rows["sources"].values():
            yield (source.id, *span(source.published))

    def _nearest(self, said: Said, sentence: Sentence) -> Dated | None:
        """The date of the sentence that stands nearest to a number, with the year of another where it has none."""
        found = []
        for start, end in numerals.find(sentence.text, self.language):
            when = dated(sentence.text[start:end], self.language)
            if when:
                distance = start - said.end if start >= said.end else said.start - end + 15
                found.append((distance, when))
        if not found:
            return None
        nearest = min(found, key=lambda pair: pair[0])[1]
        year = next((when.year for _, when in sorted(found, key=lambda pair: pair[0]) if when.year), 0)
        return Dated(nearest.year or year, nearest.month, nearest.day)

    def _other_period(self, claim: Claim, said: Said, sentence: Sentence) -> str:
        """The period a sentence gives to a number where the package gives it another one; empty if none or the same."""
        near = self._nearest(said, sentence)
        if near is None or claim.period is None or near.within(*claim.period):
            return ""
        source = self.ledger.rows["sources"][self.ledger.rows["figures"][claim.figures[0]].source]
        if near.within(*span(source.published)) and near.month:
            return ""  # when it was said, not when it was counted
        return str(Dated(near.year, near.month))


_HEDGE = re.compile(
    r"\bnot (?:say|said|state|given?|give|print|name|known|dated|clear|publish)|\bdoes not\b|\bdid not say\b"
    r"|\bunknown\b|\bunclear\b|\bundated\b|\bun(?:specified|stated)\b|\bif\b|\bwhether\b|\bdepend|\bassum"
    r"|\bwithout (?:a |any )?(?:date|period|baseline|months)\b|\bwhich months\b"
    r"|\bне (?:указ|назв|назыв|извест|сообщ)|\bнеизвест|\bесли\b|\bзавис"
    r"|белгісіз|көрсетілме|\bегер\b|айтылма",
    re.IGNORECASE,
)


def _unread(text: str) -> tuple[str, str, str]:
    return "unknown", "", f"{text!r} cannot be read as one number; write it in digits."

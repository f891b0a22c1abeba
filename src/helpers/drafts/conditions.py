"""What has to be said beside a number, and whether a sentence or its paragraph says it."""

from __future__ import annotations

import re

from helpers.drafts.claims import Claim
from helpers.drafts.dates import dated
from helpers.drafts.sentences import Sentence
from helpers.drafts.spoken import Said
from helpers.drafts.timing import Timing
from helpers.drafts.vocabulary import stems
from helpers.package import numerals
from helpers.words.numbers import period

_HEDGE = re.compile(
    r"\bnot (?:say|said|state|given?|give|print|name|known|dated|clear|publish)|\bdoes not\b|\bdid not say\b"
    r"|\bunknown\b|\bunclear\b|\bundated\b|\bun(?:specified|stated)\b|\bif\b|\bwhether\b|\bdepend|\bassum"
    r"|\bwithout (?:a |any )?(?:date|period|baseline|months)\b|\bwhich months\b"
    r"|\bне (?:указ|назв|назыв|извест|сообщ)|\bнеизвест|\bесли\b|\bзавис"
    r"|белгісіз|көрсетілме|\bегер\b|айтылма",
    re.IGNORECASE,
)
_ASSUMES = re.compile(r"\bif\b|\bassum|\bdepend|\bunless\b|\bесли\b|\bпри услови|\bзавис|\bегер\b", re.IGNORECASE)


class Conditions(Timing):
    """The conditions of a claim, held against what a text says."""

    def lacking(self, claim: Claim, score: float, said: Said, sentence: Sentence) -> list[str]:
        """What a sentence has to say beside the number and does not, nor its paragraph."""
        around, lacking = sentence.paragraph, []
        if claim.sides:
            if not all(side & stems(sentence.text) for side in claim.sides):
                lacking.append("what is counted on each side")
        elif not score or not self._names_nearby(claim, sentence) or self._names_another(claim, sentence.text):
            lacking.append(f"what it counts, which is {claim.label}")
        if "break" in claim.conditions and not self._tells_break(around):
            lacking.append("that what is recorded changed on " + period(self.ledger.break_date, self.ledger.break_date))
        if "base" in claim.conditions and claim.base:
            lacking.append(f"what it is compared with, which is {period(*claim.base)}")
        if "lengths" in claim.conditions and not self._tells_lengths(claim, around):
            lacking.append("that the two periods differ in length")
        if "undated" in claim.conditions and not _HEDGE.search(around):
            lacking.append("that the months of the earlier number are not given")
        if "assumes" in claim.conditions and not _ASSUMES.search(around):
            lacking.append(f"what it assumes: {claim.assumed}")
        if "disputed" in claim.conditions and not self._tells_rivals(claim, around):
            rivals = " and ".join(self.ledger.rows["figures"][name].printed for name in claim.rivals)
            lacking.append(f"that another source or statement has {rivals} instead")
        if claim.reported and not claim.period and not claim.sign and not _HEDGE.search(around):
            near = self._nearest(said, sentence)
            if near and claim.scale == "count":
                lacking.append("that its months are not given by the source")
        return lacking

    def _tells_lengths(self, claim: Claim, text: str) -> bool:
        """Whether a text dates the shorter of two periods more closely than by its year."""
        shorter = min((days for days in (claim.period, claim.base) if days), key=lambda days: days[1] - days[0])
        found = (dated(text[start:end], self.language) for start, end in numerals.find(text, self.language))
        return any(when and when.month and when.within(*shorter) for when in found)

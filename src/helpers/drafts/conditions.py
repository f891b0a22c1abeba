"""What has to be said beside a number, and whether a sentence or its paragraph says it."""

from __future__ import annotations

import re

from helpers.drafts.claims import Claim
from helpers.drafts.dates import dated
from helpers.drafts.naming import Names
from helpers.drafts.reading import Reading
from helpers.drafts.spoken import Said
from helpers.drafts.vocabulary import stems
from helpers.figures.kind import KINDS
from helpers.package import numerals
from helpers.words.numbers import period, printed

_HEDGE = re.compile(
    r"\bnot (?:say|said|state|given?|give|print|name|known|dated|clear|publish)|\bdoes not\b|\bdid not say\b"
    r"|\bunknown\b|\bunclear\b|\bundated\b|\bun(?:specified|stated)\b|\bif\b|\bwhether\b|\bdepend|\bassum"
    r"|\bwithout (?:a |any )?(?:date|period|baseline|months)\b|\bwhich months\b"
    r"|\bне (?:указ|назв|назыв|извест|сообщ)|\bнеизвест|\bесли\b|\bзавис"
    r"|белгісіз|көрсетілме|\bегер\b|айтылма",
    re.IGNORECASE,
)
_ASSUMES = re.compile(r"\bif\b|\bassum|\bdepend|\bunless\b|\bесли\b|\bпри услови|\bзавис|\bегер\b", re.IGNORECASE)


def lacking(names: Names, claim: Claim, score: float, reading: Reading, said: Said) -> list[str]:
    """What a sentence has to say beside a number and does not, nor its paragraph.

    Parameters
    ----------
    score
        How much of what the claim counts the sentence names.
    """
    around = reading.sentence.paragraph
    return [
        *_of_what(names, claim, score, reading, said),
        *_of_change(names, claim, around),
        *_of_source(names, claim, around),
        *_of_speaker(names, claim, reading.clause(said)),
    ]


def _of_what(names: Names, claim: Claim, score: float, reading: Reading, said: Said) -> list[str]:
    if claim.sides:
        named = all(side & reading.words for side in claim.sides)
        return [] if named else ["what is counted on each side"]
    named = bool(score) and names.named_nearby(claim, reading) and _names_part(claim, reading)
    if named and not names.another_named(claim, reading.text, reading.clause(said)):
        return []
    return [f"what it counts, which is {claim.label}"]


def _names_part(claim: Claim, reading: Reading) -> bool:
    """Whether a sentence names what sets the part of a share apart from its whole: the first such word, or most."""
    part = claim.words - claim.whole
    if not claim.whole or not part:
        return True
    told = part & reading.words
    order = (stems(word) & part for word in claim.label.split())
    first = next((found for found in order if found), frozenset())
    # Words of another language than the label have no such order.
    return bool(told) and (not first or bool(first & told) or 2 * len(told) > len(part))


def _of_change(names: Names, claim: Claim, around: str) -> list[str]:
    found, turn = [], names.ledger.break_date
    if "break" in claim.conditions and not names.tells_break(around):
        found.append("that what is recorded changed on " + period(turn, turn))
    if "base" in claim.conditions and claim.base:
        found.append(f"what it is compared with, which is {period(*claim.base)}")
    if "lengths" in claim.conditions and not _tells_lengths(names, claim, around):
        found.append("that the two periods differ in length")
    if "undated" in claim.conditions and not _HEDGE.search(around):
        found.append("that the months of the earlier number are not given")
    return found


def _of_source(names: Names, claim: Claim, around: str) -> list[str]:
    found = []
    if "assumes" in claim.conditions and not _ASSUMES.search(around):
        found.append(f"what it assumes: {claim.assumed}")
    if "disputed" in claim.conditions and not names.tells_rivals(claim, around):
        rivals = " and ".join(plainly(names, name) for name in claim.rivals)
        found.append(f"that another source or statement has {rivals} instead")
    return found


def _of_speaker(names: Names, claim: Claim, clause: str) -> list[str]:
    """Who says a disputed number, where the clause names who says the other."""
    own, other = (names.speakers(figures) for figures in (claim.figures, claim.rivals))
    told = names.stems(clause)
    if not told & (other - own) or told & own:
        return []
    return [f"who says it, which is {names.ledger.rows['figures'][claim.figures[0]].said_by}"]


def plainly(names: Names, figure: str) -> str:
    """A figure in English, with its qualifier and its direction: "a fall of almost a quarter", "about 60,000"."""
    row = names.ledger.rows["figures"][figure]
    language = names.ledger.rows["sources"][row.source].language
    text = printed(row, language)
    if not KINDS[row.kind].signed:
        return text
    if row.kind == "difference":
        return f"{text} {'more' if row.value > 0 else 'fewer'}"
    return f"a {'rise' if row.value > 0 else 'fall'} of {text}"


def hedged(text: str) -> bool:
    """Whether a text says that something is not known; that it holds under a condition says no such thing."""
    return any(not _ASSUMES.search(found[0]) for found in _HEDGE.finditer(text))


def _tells_lengths(names: Names, claim: Claim, text: str) -> bool:
    """Whether a text dates the shorter of two periods more closely than by its year."""
    shorter = min((days for days in (claim.period, claim.base) if days), key=lambda days: days[1] - days[0])
    found = (dated(text[start:end], names.language) for start, end in numerals.find(text, names.language))
    return any(when and when.month and when.within(*shorter) for when in found)

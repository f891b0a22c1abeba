"""Whether a sentence takes a share of another whole than its source does."""

from __future__ import annotations

import re
from collections.abc import Iterable

from helpers.drafts.claims import Claim
from helpers.drafts.reading import Reading
from helpers.drafts.spoken import Said
from helpers.drafts.vocabulary import stems

_OF = re.compile(r"\s*(?:of|in|from|among|out of|из|среди)\s+(?P<whole>[^,;:.()–—]*)", re.IGNORECASE)
_VERB = re.compile(
    r"\s(?:was|were|is|are|had|have|has|did|do|does|will|would|can|could|been|был\w*|стал\w*|болды|болған)\b",
    re.IGNORECASE,
)
_WHO = re.compile(r"\b(?:who|that|which|whose|котор\w+|кто)\b", re.IGNORECASE)
_GENITIVE = re.compile(r"\w+(?:ых|их|ихся|ов|ев|ей)\b", re.IGNORECASE)
_WORDS_AFTER = 3  # where no word of belonging follows: the genitive in Russian


def takes_another_whole(claim: Claim, reading: Reading, said: Said, others: Iterable[Claim]) -> bool:
    """Whether the words of a sentence for the whole of a share are not those of the package.

    "5 percent of those who appealed" names the part as if it were the whole; "5 percent of the cyclists" names
    something else.

    Parameters
    ----------
    others
        Claims of the other measures of the package.
    """
    if not claim.whole:
        return False
    part, whole = claim.words - claim.whole, claim.whole - claim.words
    phrase, plain = _phrase(reading, said)
    if not plain and not _GENITIVE.match(phrase):
        return False  # "58 percent supported it" says of nothing that it is a part
    told = stems(phrase, reading.language)
    if not reading.words & whole and _names_part_as_whole(phrase, part, reading.language):
        return True
    if plain and told and not told & (claim.whole | claim.words | claim.around):
        return True
    known = claim.words | claim.whole
    return any(told & (other.words - known) for other in others) and not told & whole


def _names_part_as_whole(phrase: str, part: frozenset[str], language: str) -> bool:
    """Whether the part is described in the words for the whole: "the drivers who appealed", not "drivers appealed"."""
    words = phrase.split()
    at = next((at for at, word in enumerate(words) if stems(word, language) & part), None)
    if at is None:
        return False
    before = " ".join(words[:at])
    return not stems(before, language) or bool(_WHO.search(before))


def _phrase(reading: Reading, said: Said) -> tuple[str, bool]:
    """The words that say of what a share is one, and whether a word of belonging introduces them."""
    after = reading.text[said.end :]
    if found := _OF.match(after):
        return _VERB.split(found["whole"])[0], True
    return " ".join(re.split(r"[,;:()–—]", after)[0].split()[:_WORDS_AFTER]), False

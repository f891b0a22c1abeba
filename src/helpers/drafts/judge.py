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
from dataclasses import dataclass
from functools import cached_property

from helpers.drafts.assumed import assumed
from helpers.drafts.claims import Claim
from helpers.drafts.dates import dated
from helpers.drafts.mentions import Verdict, mentioned
from helpers.drafts.naming import Names
from helpers.drafts.number import Numbers
from helpers.drafts.reading import Reading
from helpers.drafts.sentences import Sentence, language
from helpers.package.ledger import Ledger

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
    date
        Whether it is a date.
    """

    sentence: str
    place: int
    start: int
    end: int
    number: str
    verdict: str
    figure: str
    reason: str
    date: bool = False


def check(ledger: Ledger, draft: Sequence[Sentence]) -> list[Judgement]:
    """Hold every number of a draft against a package, in the order of the draft.

    Parameters
    ----------
    ledger
        The edition to hold it against; its rounding gives the ranges.
    draft
        Its sentences, as `helpers.drafts.sentences.sentences` reads them.
    """
    names = Names(ledger, language(list(draft)))
    judge = _Judge(names)
    return [each for sentence in draft for each in judge.sentence(sentence)]


class _Judge:
    """The claims of one package, held against many sentences."""

    def __init__(self, names: Names) -> None:
        self.names, self.ledger = names, names.ledger

    @cached_property
    def assumed(self) -> list[Claim]:
        """What holds under assumptions only; worked out when a number of the draft is found nowhere else."""
        return assumed(self.ledger)

    def sentence(self, sentence: Sentence) -> list[Judgement]:
        """One judgement for each number and each date of a sentence: of the numbers first, which dates depend on."""
        reading = Reading(sentence, self.names.language, self.names.units)
        number = Numbers(self.names, reading, lambda: self.assumed)
        verdicts: dict[tuple[int, int], Verdict] = {}
        dates = [span for span in reading.spans if dated(sentence.text[slice(*span)], reading.language)]
        for start, end in reading.spans:
            if (start, end) not in dates:
                verdicts[start, end] = number.verdict(start, end)
        found = [verdict[1] for verdict in verdicts.values()]
        meant = [claim for claim in (*self.names.claims, *number.beside) if claim.id in found]
        for start, end in dates:
            verdicts[start, end] = mentioned(self.ledger, reading, start, end, meant)
        return [
            Judgement(
                sentence.text, sentence.place, *span, sentence.text[slice(*span)], *verdicts[span], date=span in dates
            )
            for span in reading.spans
        ]

"""What follows from two levels of one measure that a package holds, though no row of it compares them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import permutations

from helpers.drafts.claims import Claim, Condition, between
from helpers.package.ledger import Ledger
from helpers.reason.compare import compare, days

_NEARLY = 3  # days by which two months, quarters or years may differ


def pairs(
    ledger: Ledger,
    claims: Sequence[Claim],
    named: Callable[[Claim], bool],
    told: Callable[[Claim], bool],
    language: str,
) -> Iterator[Claim]:
    """Ratios, changes and differences of two levels that a sentence may speak of.

    Parameters
    ----------
    named
        Whether the sentence names what a claim counts.
    told
        Whether it holds the number of a level, or the time it is of.
    language
        Of the sentence.

    Yields
    ------
    Claim
        Of two levels that are both told; of periods of one length also where the earlier is not, on the condition that
        the sentence says what it is compared with.
    """
    levels = [each for each in claims if each.reported and not each.sign and each.period and not each.to]
    levels = [each for each in levels if named(each)]
    compared = {each.figures for each in claims}
    for later, earlier in permutations(levels, 2):
        assert later.period is not None
        assert earlier.period is not None
        same = later.label == earlier.label and later.scale == earlier.scale
        if not same or later.period <= earlier.period or (later.id, earlier.id) in compared:
            continue
        alike = abs(days(*later.period) - days(*earlier.period)) <= _NEARLY
        both = told(later) and told(earlier)
        if not both and not (alike and later.period[0] > earlier.period[1]):
            continue
        more: list[Condition] = [] if alike else ["lengths"]
        if not both:
            more.append("base")
        try:
            made = compare(ledger, later.id, earlier.id)
        except ValueError:  # the earlier level may be zero
            continue
        for claim in between(ledger, made, language):
            yield replace(claim, id=f"{claim.id}-{earlier.id}", conditions=(*claim.conditions, *more))

"""A number that is the sum or the difference of two figures which stand in the same sentence."""

from __future__ import annotations

from itertools import combinations

from helpers.drafts.claims import Claim
from helpers.drafts.matching import comparable, says
from helpers.drafts.mentions import Verdict
from helpers.drafts.naming import Names
from helpers.drafts.reading import Reading
from helpers.drafts.spoken import Said
from helpers.words.numbers import span


def added(names: Names, reading: Reading, said: Said) -> Verdict | None:
    """The verdict on a count that two others of its sentence add up to, or lie apart by; None where there are none."""
    if said.scale != "count" or said.small:
        return None
    figures = [claim for other in reading.numbers if other is not said and (claim := _figure(names, reading, other))]
    for one, other in combinations(dict.fromkeys(figures), 2):
        apart = one.interval - other.interval
        for interval in (one.interval + other.interval, apart, -apart):
            if interval.intersection(said.interval) is None:
                continue
            about = f"by our calculation {span(interval)}, from {one.about} and {other.about}"
            if one.unit != other.unit or said.sign:
                return "condition", one.id, f"Say what is reckoned from what: it is {about}."
            return "worked-out", one.id, f"It is {about}."
    return None


def _figure(names: Names, reading: Reading, other: Said) -> Claim | None:
    """The count that another number of the sentence is."""
    found = (
        claim
        for claim in names.claims
        if claim.reported
        and claim.scale == other.scale == "count"
        and not claim.sign
        and comparable(claim, other, "")
        and says(claim, other)
        and names.named_nearby(claim, reading)
    )
    return next(found, None)

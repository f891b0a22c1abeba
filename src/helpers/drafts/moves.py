"""Whether a sentence tells the order and the direction of two levels as the package does: "fell from 46 to 38"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from helpers.drafts.claims import Claim
from helpers.drafts.matching import comparable, says
from helpers.drafts.reading import Reading
from helpers.drafts.spoken import Said
from helpers.drafts.timing import FITS, Timing
from helpers.package import hedges
from helpers.package.ledger import Ledger

_NAMES = {1: "a rise", -1: "a fall"}


def move(ledger: Ledger, claims: Sequence[Claim], reading: Reading, claim: Claim, said: Said) -> Timing:
    """Hold what a sentence says of the change to or from a level against what the package knows of it."""
    if claim.sign or claim.sides:
        return FITS
    earlier = reading.comes_from(said)
    if earlier:
        return _pair(ledger, claims, claim, earlier, said, is_later=True)
    later = next((number for number in reading.numbers if reading.comes_from(number) == said), None)
    if later:
        return _pair(ledger, claims, claim, said, later, is_later=False)
    direction = _direction(reading, said)
    if not direction or direction in (known := _known(ledger, claims, claim)):
        return FITS
    return Timing("unclear", _not_known(direction, known))


def _pair(
    ledger: Ledger, claims: Sequence[Claim], claim: Claim, earlier: Said, later: Said, *, is_later: bool
) -> Timing:
    """Hold "from one number to another" against the order of the two in the package."""
    direction = later.sign or earlier.sign
    if direction and (later.value - earlier.value) * direction < 0:
        than = "less" if direction > 0 else "more"
        return Timing("wrong", f"It says {_NAMES[direction]}, yet {later.text} is {than} than {earlier.text}")
    ones, others = (
        [each for each in claims if _is_level(each, claim) and comparable(each, number, "") and says(each, number)]
        for number in (earlier, later)
    )
    if not ones or not others:
        return _alone(ledger, claims, claim, direction, is_later)
    if any(_precedes(ledger, one, other) for one in ones for other in others):
        return FITS
    if any(_precedes(ledger, other, one) for one in ones for other in others):
        return Timing("wrong", f"The package has {later.text} first and {earlier.text} after it")
    if direction or later.mark == "to":
        return Timing("unclear", "which of the two came first, which the package does not say")
    return FITS


def _alone(ledger: Ledger, claims: Sequence[Claim], claim: Claim, direction: int, is_later: bool) -> Timing:
    """A pair of which the package has one level only: the change to it may be known all the same."""
    known = _known(ledger, claims, claim) if is_later else set()
    return FITS if not direction or direction in known else Timing("unclear", _not_known(direction, known))


def _not_known(direction: int, known: set[int]) -> str:
    has = _NAMES[-direction] if -direction in known else "neither a rise nor a fall"
    return f"nothing of {_NAMES[direction]} to or from this number: the package has {has}"


def _is_level(each: Claim, claim: Claim) -> bool:
    return each.label == claim.label and not each.sign and not each.sides and each.scale == claim.scale


def _precedes(ledger: Ledger, one: Claim, other: Claim) -> bool:
    """Whether one level is known to be the earlier of two."""
    rows: dict[str, Any] = ledger.rows["figures"]
    if one.earlier_than == other.id or (other.id in rows and rows[other.id].versus == one.id):
        return True
    return bool(one.period and other.period and one.period < other.period)


def _known(ledger: Ledger, claims: Sequence[Claim], claim: Claim) -> set[int]:
    """Whether the package has a rise to a level, a fall to it, or both."""
    source = _source(ledger, claim)
    found = set()
    for each in claims:
        if each.label != claim.label or each.id == claim.id:
            continue
        if each.sign and each.period == claim.period and (each.period or _source(ledger, each) == source):
            found.add(each.sign)
        elif _is_level(each, claim) and each.reported and _precedes(ledger, each, claim):
            found.add(
                1 if each.interval.high < claim.interval.low else -1 if each.interval.low > claim.interval.high else 0
            )
    return found


def _source(ledger: Ledger, claim: Claim) -> str:
    return str(ledger.rows["figures"][claim.figures[0]].source)


def _direction(reading: Reading, said: Said) -> int:
    """1 if the clause of a number has a verb of rise, -1 of fall, 0 if none or both."""
    if said.role == "change":
        return 0
    clause = reading.clause(said)
    return bool(hedges.ROSE.search(clause)) - bool(hedges.FELL.search(clause))

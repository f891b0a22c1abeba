"""Which claims a number of a draft can be, and how a draft may print them."""

from __future__ import annotations

import math
import re
from fractions import Fraction

from helpers.drafts.claims import Claim
from helpers.drafts.spoken import Said

_HUNDRED = re.compile(r"\b(?:hundred|100)\b|на сто\b|\bжүз", re.IGNORECASE)


def comparable(claim: Claim, said: Said, text: str) -> bool:
    if claim.sides and (said.sign or (claim.scale == "count" and not _HUNDRED.search(text))):
        return False  # so many of this for each of that is neither a rise nor a fall
    if claim.sign and said.sign and claim.sign != said.sign:
        return False
    if said.role and claim.scale == "part" and not claim.sides and (said.role == "change") != bool(claim.sign):
        return False  # a quarter of them is no fall by a quarter
    if said.scale == claim.scale == "count" and (said.role == "change") != bool(claim.sign):
        return False  # 1,300 more is not 1,300
    if claim.scale == said.scale:
        return True
    # A share of one may be said as a factor below one, and a change in percent as a part.
    return {claim.scale, said.scale} == {"part", "factor"} and claim.interval.high <= 1


def says(claim: Claim, said: Said) -> bool:
    """Whether a draft may print this number for the claim: as its source did, or more coarsely."""
    if said.to > said.value:
        # A range has to hold what rounding allows: a narrower one claims to know more.
        return said.value - said.step <= claim.interval.low and claim.interval.high <= said.to + said.step
    if claim.assumed:
        # Of what holds under assumptions only its ends are known, which are printed rounded outward.
        value, step = float(said.value), float(said.step)
        low, high = float(claim.interval.low), float(claim.interval.high)
        return value - step / 2 <= low < value + step or value - step < high <= value + step / 2
    if claim.value is None:
        return claim.interval.intersection(said.interval) is not None
    if said.value == claim.value or (said.in_words and abs(said.value - claim.value) < Fraction(1, 1000)):
        return True  # a row has "two thirds" as 0.667
    # Rounding more coarsely is fair as long as it moves the number little, or says that it does ("about", "nearly").
    most = claim.value / (_QUALIFIED_STEP if said.qualifier else _PLAIN_STEP)
    if said.scale != claim.scale or not _exactness(claim.value) < said.step <= most:
        return False
    return claim.value in said.interval if said.qualifier else said.value == _rounded(claim.value, said.step)


_PLAIN_STEP, _QUALIFIED_STEP = 20, 5  # a coarser step may be this part of the value


def _exactness(printed: Fraction) -> Fraction:
    """The place of the last digit of a printed value that is not zero."""
    value, place = abs(printed), Fraction(1)
    while value % place:
        place /= 10
        if place < Fraction(1, 10**9):
            return Fraction(0)
    while value and value % (place * 10) == 0:
        place *= 10
    return place


def _rounded(value: Fraction, step: Fraction) -> Fraction:
    return Fraction(math.floor(value / step + Fraction(1, 2))) * step


def within_range(claim: Claim, said: Said) -> bool:
    """Whether a single number lies in the range that its source printed: it says more than the source does."""
    if claim.value is None or claim.to is None or said.to != said.value or claim.scale != said.scale:
        return False
    return claim.value <= said.value <= claim.to


def exact(claim: Claim, said: Said) -> bool:
    """Whether a draft prints four or more digits of a source, which hardly are of something else."""
    value = claim.value
    return (
        value is not None
        and value == said.value
        and claim.scale == said.scale
        and value >= 1000 * _exactness(value) > 0
    )


def bounds(claim: Claim, said: Said) -> bool:
    """Whether a draft gives a limit that holds but is not the one of its source: "more than 50,000" for 75,000."""
    if claim.scale != said.scale or claim.sides:
        return False
    if said.qualifier in ("over", "more than", "at least"):
        return said.value < claim.interval.low and 2 * said.value >= claim.interval.high
    return said.qualifier in ("fewer than", "at most", "up to") and (
        claim.interval.high < said.value <= 2 * claim.interval.low
    )


def close_to(claim: Claim, said: Said) -> bool:
    """Whether a number is of the size of a claim, so that both can be meant to be the same thing."""
    low, high = float(claim.interval.low), float(claim.interval.high)
    return low / 2 <= float(said.value) <= high * 2


_LIMITS = {"over": "over", "more than": "over", "almost": "under", "fewer than": "under"}
_LOOSE = {"at least": "over", "up to": "under", "at most": "under"}  # these hold for the number itself


def qualified(claim: Claim, said: Said) -> tuple[str, bool]:
    """What is wrong with the qualifier of a draft beside that of its source, and whether the draft must be false.

    Returns
    -------
    what, false
        What the sentence has to say; empty where nothing is wrong.
    """
    if said.value != claim.value or said.qualifier == claim.qualifier or said.qualifier == "about":
        return "", False
    side = (_LIMITS | _LOOSE).get(said.qualifier, "")
    if side and side == (_LIMITS | _LOOSE).get(claim.qualifier, ""):
        return "", False
    if said.qualifier in _LIMITS:
        return f"The source does not print “{said.qualifier}” with it", True
    if said.qualifier:
        return f"it without “{said.qualifier}”, which its source does not print", False
    if claim.qualifier and claim.qualifier != "about":
        return f"“{claim.qualifier}” with it, as its source does", False
    return "", False

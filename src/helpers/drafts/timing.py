"""Whether a sentence gives a number the time that the package gives it, and the same base."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from helpers.drafts.claims import Claim
from helpers.drafts.dates import span
from helpers.drafts.reading import Reading
from helpers.drafts.spoken import Said
from helpers.drafts.times import When
from helpers.package.ledger import Ledger
from helpers.words.numbers import period


@dataclass(frozen=True)
class Timing:
    """What the times of a sentence are to the period of a claim.

    Attributes
    ----------
    state
        "fits" where they are the same, or the sentence names none; "unclear" where the sentence has to say more;
        "wrong" where the package has another time.
    note
        What to say, or what the sentence says wrongly.
    close
        Whether it is unclear by some days only: the second half of a year beside a law in force since 16 June.
    """

    state: Literal["fits", "unclear", "wrong"]
    note: str = ""
    close: bool = False


FITS = Timing("fits")


def timing(ledger: Ledger, reading: Reading, claim: Claim, said: Said) -> Timing:
    """Hold the times that a sentence gives a number against the period of a claim, and against its base."""
    owned, how = reading.own(said)
    mine = [when for when in owned if not _of_event(ledger, claim, when)]
    against = _against_base(reading, claim)
    if against.state != "fits" or not mine:
        return against
    if claim.period is None:
        return FITS if how == "shared" else Timing("unclear", "that its months are not given by the source")
    found = {_relation(claim, when, claim.period) for when in mine}
    if how == "shared" and claim.base:
        found |= {when.relation(claim.base) for when in mine}
    if "same" in found:
        return FITS
    if found == {"apart"} and how != "shared":
        return Timing("wrong", f"It is of {period(*claim.period)}, not of {mine[0]}")
    close = any(when.close_to(claim.period) for when in mine)
    return Timing("unclear", f"its period, which is {period(*claim.period)}", close)


def _relation(claim: Claim, when: When, days: tuple[date, date]) -> str:
    """How a time relates to the period of a claim; the time from its base to that period is the same."""
    if claim.base and when.first != when.last:
        begin, end = when.ends()
        if begin.relation(claim.base) == end.relation(days) == "same":
            return "same"
    return when.relation(days)


def _against_base(reading: Reading, claim: Claim) -> Timing:
    """Whether a sentence compares a number with the time that the package compares it with."""
    named = [when for when in reading.times if when.base]
    if not named or not claim.sign or claim.base is None:
        return FITS
    found = {when.relation(claim.base) for when in named}
    if "same" in found:
        return FITS
    if found == {"apart"}:
        return Timing("wrong", f"It is compared with {period(*claim.base)}, not with {named[0]}")
    return Timing("unclear", f"what it is compared with, which is {period(*claim.base)}")


def _of_event(ledger: Ledger, claim: Claim, when: When) -> bool:
    """Whether a time is the day of an event, or when the figure was published: when it was said, not counted."""
    if when.is_day:
        days = [event.date for event in ledger.rows["events"].values() if len(event.date) == 10]
        if any(when.relation(span(day)) == "same" for day in days):
            return True
    source = ledger.rows["sources"][ledger.rows["figures"][claim.figures[0]].source]
    month = when.first == when.last and when.first.month
    return bool(month) and when.relation(span(source.published)) != "apart" and not _counts(claim, when)


def _counts(claim: Claim, when: When) -> bool:
    """Whether a time lies in the period of a claim, so that it says when was counted."""
    return claim.period is not None and when.relation(claim.period) != "apart"

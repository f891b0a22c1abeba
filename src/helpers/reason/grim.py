"""Shares of few things: a share of twelve people is a number of twelfths, and 45% is none.

The test is that of Brown and Heathers (2017), "The GRIM test: a simple technique detects numerous anomalies in the
reporting of results in psychology", for shares instead of means. A source may well print such a share, so a package
keeps it, and this names it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from helpers.figures.interval import Interval
from helpers.figures.kind import KINDS
from helpers.package.ledger import Ledger

_MOST_WHOLES = 10_000  # how many wholes a share is tried against


@dataclass(frozen=True)
class Impossible:
    """A share that no number of its whole gives.

    Attributes
    ----------
    figure, whole
        Ids.
    nearest
        The shares on either side that its whole allows, as "41.7% (5 of 12)".
    """

    figure: str
    whole: str
    nearest: tuple[str, ...]


def impossible(ledger: Ledger) -> list[Impossible]:
    """The shares of whole things that no whole number of them gives, under the rounding of the ledger."""
    figures, measures, intervals = ledger.rows["figures"], ledger.rows["measures"], ledger.intervals
    impossibles = []
    for name, row in figures.items():
        whole = figures.get(row.versus)
        if not whole or not KINDS[row.kind].of_whole or KINDS[whole.kind].against_base:
            continue
        if measures[row.measure].decimals or measures[whole.measure].decimals:
            continue
        share, count = intervals[name], intervals[whole.id]
        if math.isfinite(count.high) and not _allowed(share, count):
            impossibles.append(Impossible(name, whole.id, tuple(_nearest(share, math.ceil(count.low)))))
    return impossibles


def _allowed(share: Interval, count: Interval) -> bool:
    """Whether a fraction with a whole number of `count` as denominator lies in `share`."""
    width = Fraction(share.high) - Fraction(share.low)
    first, last = math.ceil(count.low), math.floor(count.high)
    wholes = [whole for whole in range(max(first, 1), min(last, first + _MOST_WHOLES) + 1) if whole in count]
    for whole in wholes:
        # Among so many things there is always a number of them in the range.
        if width * whole > 1:
            return True
        lowest = math.floor(share.low * whole)
        if any(Fraction(part, whole) in share for part in (lowest, lowest + 1)):
            return True
    return last - first >= _MOST_WHOLES or not wholes


def _nearest(share: Interval, whole: int) -> list[str]:
    """The shares of a whole on either side of a range, as "41.7% (5 of 12)"."""
    lowest = math.floor((share.low + share.high) / 2 * whole)
    return [f"{float(Fraction(100 * part, whole)):.3g}% ({part} of {whole})" for part in (lowest, lowest + 1) if whole]

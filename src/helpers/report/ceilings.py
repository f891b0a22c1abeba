"""What a number could come to if shares of which the ledger knows only ranges were all as one supposes."""

from __future__ import annotations

from itertools import product

from helpers.figures.interval import Interval
from helpers.figures.quantity import Quantity, derived
from helpers.package.ledger import Ledger
from helpers.reason.compare import quantity

_OPENED = "earlier reports × their share + later reports × theirs,"
_CEILING = "1 + share ended ÷ share sanctioned, without pairs of shares that make more than the whole,"


def most_rise(ended: Quantity, sanctioned: Quantity) -> Quantity:
    """Most that sanctions could rise, as a multiple, if all cases that ended otherwise were sanctioned instead.

    Parameters
    ----------
    ended, sanctioned
        Shares of the same cases, as fractions. Pairs of values that make more than the whole are left out; where every
        pair does, the result is missing.
    """
    method, inputs = _CEILING, tuple(dict.fromkeys(ended.inputs + sanctioned.inputs))
    if ended.interval is None or sanctioned.interval is None:
        return derived(None, method, inputs)
    few, many = sanctioned.interval.low, sanctioned.interval.high
    least, most = ended.interval.low, ended.interval.high
    if least + few > 1:
        return derived(None, method, inputs)
    low = 1 + least / min(many, 1 - least)
    high = 1 + min(most, 1 - few) / few
    return derived(Interval(low, high), method, inputs)


def most_opened(ledger: Ledger, total: str, later: str, share: str, later_share: str) -> Quantity:
    """Reports opened as cases, if one share of the earlier reports was opened and another of the later ones.

    (total − later) × share + later × later share. The result is linear in each of the four figures, so its ends lie
    where each figure is at one of its own.
    """
    inputs = (total, later, share, later_share)
    intervals = [quantity(ledger, figure).interval for figure in inputs]
    ends = [(interval.low, interval.high) for interval in intervals if interval is not None]
    if len(ends) < len(inputs):
        return derived(None, _OPENED, inputs)
    corners = [(a - b) * s + b * t for a, b, s, t in product(*ends)]
    return derived(Interval(min(corners), max(corners)), _OPENED, inputs, "cases")

"""The most that closing one way can add, worked out again by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from helpers.figures.interval import Interval
from helpers.figures.quantity import constant
from helpers.package.ledger import load
from helpers.reason.compare import quantity
from helpers.report import ceilings

F = Fraction
DATA = load(Path(__file__).resolve().parents[2] / "data")
CORE = load(DATA.package, evidence="core")


SHARES = st.fractions(F(1, 50), F(49, 50))


@given(SHARES, SHARES, SHARES, SHARES, SHARES, SHARES)
def test_most_rise_holds_every_pair_of_shares_that_fits_in_the_whole(a: F, b: F, c: F, d: F, x: F, y: F) -> None:
    ended, sanctioned = sorted((a, b)), sorted((c, d))
    if sanctioned[0] + ended[0] > 1:
        return
    found = ceilings.most_rise(
        constant(Interval(*ended) if ended[0] < ended[1] else Interval.exact(a)),
        constant(Interval(*sanctioned) if sanctioned[0] < sanctioned[1] else Interval.exact(c)),
    ).interval
    one, other = ended[0] + x * (ended[1] - ended[0]), sanctioned[0] + y * (sanctioned[1] - sanctioned[0])
    if one + other <= 1:
        assert 1 + one / other in found
    assert found.high <= 1 / sanctioned[0]
    # Each end is that of a pair that fits.
    assert found.low == 1 + ended[0] / min(sanctioned[1], 1 - ended[0])
    assert found.high == 1 + min(ended[1], 1 - sanctioned[0]) / sanctioned[0]


def test_most_rise_where_no_pair_fits_in_the_whole_is_missing() -> None:
    assert ceilings.most_rise(constant(1) / 2, constant(F(3, 5))).interval is None


def test_most_rise_by_hand() -> None:
    half = ceilings.most_rise(quantity(DATA, "reconciled-share"), constant(1) / 2).interval
    assert (half.low, half.high) == (F(19, 10), 2)  # 0.45 of 0.5; 0.55 would need 105% of cases
    quarter = ceilings.most_rise(quantity(DATA, "reconciled-share"), constant(1) / 4).interval
    assert (quarter.low, quarter.high) == (F(28, 10), F(32, 10))


def test_most_rise_of_what_an_edition_lacks_is_missing() -> None:
    assert ceilings.most_rise(quantity(CORE, "reconciled-share-2022"), constant(1) / 2).interval is None


def test_most_opened_lies_at_a_corner_of_the_ranges() -> None:
    names = ("reports-2023", "reports-2023-h2", "case-share-before", "case-share-2023h2")
    found = ceilings.most_opened(DATA, *names)
    total, later, share, later_share = (DATA.intervals[name] for name in names)
    corners = [
        (a - b) * s + b * t
        for a in (total.low, total.high)
        for b in (later.low, later.high)
        for s in (share.low, share.high)
        for t in (later_share.low, later_share.high)
    ]
    assert (found.interval.low, found.interval.high) == (min(corners), max(corners))
    middle = [(each.low + each.high) / 2 for each in (total, later, share, later_share)]
    assert (middle[0] - middle[1]) * middle[2] + middle[1] * middle[3] in found.interval
    assert found.inputs == names
    assert ceilings.most_opened(CORE, *names).interval is None

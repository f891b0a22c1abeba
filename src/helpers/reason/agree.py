"""Changes as their sources print them, held against the two levels that the package has for the same days.

Of counts the linear programme says whether they fit. It knows no earlier share: a share bounds a part by its whole,
and two shares of wholes that no one reported bound nothing. "Up 8 percentage points" from 58% to 71% is found here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from helpers.figures.interval import Interval
from helpers.figures.kind import KINDS
from helpers.figures.quantity import Quantity
from helpers.package.ledger import Ledger
from helpers.package.schema import Figure
from helpers.reason.compare import comparable, compare, quantity


@dataclass(frozen=True)
class Held:
    """A printed change with the two levels of the same days.

    Attributes
    ----------
    figure, earlier, later
        Ids.
    printed, given
        What the change stands for, and what the two levels give, both in the unit of the change.
    """

    figure: str
    earlier: str
    later: str
    printed: Interval
    given: Interval

    @property
    def fits(self) -> bool:
        """Whether both can be true."""
        return self.printed.intersection(self.given) is not None


def held(ledger: Ledger) -> list[Held]:
    """Every printed change whose two levels have rows; figures that contradict each other are not mixed."""
    return [found for name, row in ledger.rows["figures"].items() if changes(row) for found in _of(ledger, name, row)]


def misfits(ledger: Ledger) -> list[Held]:
    """Those that cannot be true beside their levels, where the levels are shares, which no programme holds together."""
    figures = ledger.rows["figures"]
    return [one for one in held(ledger) if not one.fits and KINDS[figures[one.later].kind].of_whole]


def changes(row: Figure) -> bool:
    """Whether a figure says how something changed, and not how much of it there was."""
    return KINDS[row.kind].against_base and not KINDS[row.kind].of_whole


def _of(ledger: Ledger, name: str, row: Figure) -> Iterator[Held]:
    printed = ledger.intervals[name]
    for later in _levels(ledger, row, (row.period_start, row.period_end)):
        earlier = [row.versus] if row.versus else _levels(ledger, row, (row.base_start, row.base_end))
        for base in earlier:
            three = {name, later, base}
            if any(three.intersection(ledger.rivals(each)) for each in three) or not comparable(ledger, later, base):
                continue
            given = _given(ledger, row, later, base)
            if given is not None and given.interval is not None:
                yield Held(name, base, later, printed, given.interval)


def _levels(ledger: Ledger, row: Figure, days: tuple[object, object]) -> list[str]:
    """The counts and shares of the measure of a figure in the same days."""
    if not all(days):
        return []
    return [
        name
        for name, one in ledger.rows["figures"].items()
        if one.measure == row.measure and not changes(one) and (one.period_start, one.period_end) == days
    ]


def _given(ledger: Ledger, row: Figure, later: str, earlier: str) -> Quantity | None:
    """What two levels give, as the figure says it; None where they do not compare, or the earlier may be zero."""
    low = quantity(ledger, earlier).interval
    if low is None or low.low <= 0:
        return None
    made = compare(ledger, later, earlier)
    kind = KINDS[row.kind]
    if not made.same_unit:
        return None
    if not kind.relative:
        return made.difference if made.difference and made.difference.unit == kind.unit(made.units[0]) else None
    return made.percent if kind.signed else made.ratio

"""Whether the figures of a package can be true together: a verdict on each component in each scenario."""

from __future__ import annotations

from dataclasses import dataclass

from helpers.package.ledger import Ledger
from helpers.reason.programme import programme
from helpers.reason.scenario import Component, Scenario, components


@dataclass(frozen=True)
class Verdict:
    """Whether the figures of one component can be true together in one scenario.

    Attributes
    ----------
    scenario
        Question to reading; "dispute:A|B" says which side is taken.
    figures, unused
        Ids imposed, and ids that impose nothing because a period (their own or of their base) is not whole. The side
        of a dispute that is not taken is in neither.
    unevenness
        The infimum of the factors K such that daily rates differ at most K-fold over all stretches of a measure that
        figures cover on the same side of the break. None if not feasible, or if no K up to `MOST_UNEVEN` is enough.
    shortfall
        If not feasible: the smallest total, in the unit counted, by which intervals must give way (the sum of the
        elastic variables); zero if only open ends clash.
    clashes
        If not feasible: an irreducible infeasible subset, figures that cannot hold together, none of which can be
        spared for that.
    without_readings
        Whether no figure is re-read.
    """

    scenario: dict[str, str]
    rounding: str
    measures: tuple[str, ...]
    figures: tuple[str, ...]
    unused: tuple[str, ...]
    feasible: bool
    unevenness: float | None
    shortfall: float | None
    clashes: tuple[str, ...]
    without_readings: bool


def verdicts(ledger: Ledger) -> list[Verdict]:
    """The verdict on every component in every scenario, the figures as they stand first."""
    return [verdict(part, scenario) for part in components(ledger) for scenario in part.scenarios()]


def verdict(part: Component, scenario: Scenario) -> Verdict:
    """The verdict on one component in one scenario."""
    made = programme(part, scenario)
    feasible = made.feasible()
    unevenness = made.unevenness() if feasible else None
    shortfall, clashes = (None, ()) if feasible else (made.shortfall(), made.clashes())
    about = dict(scenario), part.rounding, part.measures, made.figures, made.unused
    return Verdict(*about, feasible, unevenness, shortfall, clashes, part.without_readings(scenario))

"""What a briefing of any package sets against each other: levels of one thing, and changes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from helpers.figures.interval import IntervalError
from helpers.figures.kind import KINDS
from helpers.package.ledger import Ledger
from helpers.reason.agree import changes
from helpers.reason.compare import Comparison, comparisons, days

_UNLIKE = 1.05  # periods whose lengths differ by more are not set against each other as they are


@dataclass
class Told:
    """What a point gathers about one measure.

    Attributes
    ----------
    pairs
        Comparisons of two levels of it: two counts, or two shares.
    said
        Ids of changes, multiples, differences and numbers of points, as their sources print them.
    beside
        Comparisons of a count of it with a count of something else.
    levels
        Ids of levels for the same days as a change, where there is no pair.
    """

    pairs: list[Comparison] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    beside: list[Comparison] = field(default_factory=list)
    levels: list[str] = field(default_factory=list)

    @property
    def figures(self) -> list[str]:
        """Ids of all figures that the point names."""
        sides = [name for each in (*self.pairs, *self.beside) for name in (each.figure, each.versus)]
        return list(dict.fromkeys([*sides, *self.levels, *self.said]))


def gathered(ledger: Ledger) -> dict[str, Told]:
    """The points by measure, in the order of the package."""
    figures, made = ledger.rows["figures"], {each.figure: each for each in compared(ledger)}
    found: dict[str, Told] = {}
    for name, row in figures.items():
        if not is_core(ledger, name):
            continue
        each = made.get(name)
        if changes(row):
            found.setdefault(row.measure, Told()).said.append(name)
        elif each and of_levels(ledger, each):
            found.setdefault(row.measure, Told()).pairs.append(each)
        elif each:
            found.setdefault(row.measure, Told()).beside.append(each)
    for measure, told in found.items():
        told.pairs, told.beside = _once(ledger, told.pairs), _once(ledger, told.beside)
        days = {days_of(figures[name]) for name in told.said if figures[name].period_start}
        levels = [
            name
            for name, row in figures.items()
            if row.measure == measure and not changes(row) and not row.versus and days_of(row) in days
        ]
        told.levels = [] if told.pairs or told.beside else distinct(ledger, levels)
    return found


def compared(ledger: Ledger) -> list[Comparison]:
    """The comparisons that say a change in one unit: no share of its whole, and nothing without a ratio."""
    found = []
    for each in comparisons(ledger):
        try:
            ratio = each.ratio.interval
        except IntervalError:
            continue
        if ratio is not None and each.same_unit and (each.difference or not each.about.of_whole):
            found.append(each)
    return found


def is_core(ledger: Ledger, figure: str) -> bool:
    """Whether a figure is of a source that the briefing examines."""
    return bool(ledger.rows["sources"][ledger.rows["figures"][figure].source].layer == "core")


def of_levels(ledger: Ledger, each: Comparison) -> bool:
    """Whether both sides of a comparison are levels of one measure: two counts, or two shares."""
    if not each.versus or (each.about.against_base and not each.about.of_whole):
        return False
    figures = ledger.rows["figures"]
    return bool(figures[each.figure].measure == figures[each.versus].measure)


def label(ledger: Ledger, figure: str) -> str:
    """What a figure counts."""
    return str(ledger.rows["measures"][ledger.rows["figures"][figure].measure].label)


def way(row: Any) -> str:
    """Up or down, of a change; nothing of a multiple."""
    return ("down " if row.value < 0 else "up ") if KINDS[row.kind].signed else ""


def same(ledger: Ledger, one: str, other: str) -> bool:
    """Whether two figures print the same number of the same thing, for the same days or with days left open."""
    mine, theirs = row_of(ledger, one), row_of(ledger, other)
    days = days_of(mine) == days_of(theirs) or None in (mine.period_start, theirs.period_start)
    hedged = mine.qualifier == theirs.qualifier or {mine.qualifier, theirs.qualifier} <= {"", "about"}
    return (
        days
        and hedged
        and all(getattr(mine, name) == getattr(theirs, name) for name in ("measure", "kind", "value", "value_to"))
    )


def _once(ledger: Ledger, pairs: list[Comparison]) -> list[Comparison]:
    """Comparisons, of those with the same numbers the first that has all its days."""
    kept: list[Comparison] = []
    for each in sorted(pairs, key=lambda one: one.base is None):
        if not any(same(ledger, each.figure, one.figure) and same(ledger, each.versus, one.versus) for one in kept):
            kept.append(each)
    return [each for each in pairs if each in kept]


def distinct(ledger: Ledger, figures: Iterable[str]) -> list[str]:
    """Figures, of those that print the same number of the same thing the first that has days."""
    kept: list[str] = []
    names = list(figures)
    for name in sorted(names, key=lambda name: row_of(ledger, name).period_start is None):
        if not any(same(ledger, name, one) for one in kept):
            kept.append(name)
    return [name for name in names if name in kept]


def echoed(ledger: Ledger, figures: Iterable[str]) -> list[str]:
    """Figures, with those of core sources that print the same number of the same thing."""
    names = list(figures)
    return [
        name
        for name in ledger.rows["figures"]
        if is_core(ledger, name) and (name in names or any(same(ledger, name, one) for one in names))
    ]


def unlike(ledger: Ledger, each: Comparison) -> bool:
    """Whether the two levels of a comparison add up over periods of unlike length."""
    rows = [row_of(ledger, name) for name in (each.figure, each.versus)]
    if ledger.rows["measures"][rows[0].measure].nature not in ("flow", "distinct") or each.about.against_base:
        return False
    if not all(row.period_start and row.period_end for row in rows):
        return False
    here, there = (days(row.period_start, row.period_end) for row in rows)
    return max(here, there) > _UNLIKE * min(here, there)


def row_of(ledger: Ledger, figure: str) -> Any:
    """The row of a figure."""
    return ledger.rows["figures"][figure]


def days_of(row: Any) -> tuple[object, object]:
    """First and last day of a figure, or None."""
    return row.period_start, row.period_end

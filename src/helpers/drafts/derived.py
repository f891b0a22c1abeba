"""What no source prints but two figures give: the level before a change, a part of a whole, so many for each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

from helpers.drafts.claims import Claim, Scale, days_of, is_core, named
from helpers.figures.interval import Interval, IntervalError
from helpers.figures.kind import KINDS
from helpers.package.ledger import Ledger
from helpers.words.numbers import span


def derived(ledger: Ledger, reported: Sequence[Claim]) -> Iterator[Claim]:
    """Claims that follow from a level and its change, or from a whole and the share of a part.

    Parameters
    ----------
    reported
        The claims of the figures themselves.
    """
    rows = ledger.rows["figures"]
    for change in reported:
        row = rows[change.id]
        whole = next((each for each in reported if each.id == row.versus and each.scale == "count"), None)
        if KINDS[row.kind].of_whole and whole:
            yield _part(change, whole)
        if not change.sign or row.versus:
            continue  # the earlier level is a figure of its own
        for level in reported:
            if _belong_together(rows[level.id], row) and not level.sign and (made := _before(level, change)):
                yield made


def per(ledger: Ledger) -> Iterator[Claim]:
    """Ratios of two counts that one source gives for the same days: so many of this for each of that."""
    together: dict[Any, list[Any]] = {}
    for row in ledger.rows["figures"].values():
        if not KINDS[row.kind].against_base and days_of(row):
            together.setdefault((row.source, days_of(row)), []).append(row)
    for one, other in (pair for rows in together.values() for pair in permutations(rows, 2)):
        if one.measure == other.measure:
            continue
        this, that = (ledger.rows["measures"][row.measure] for row in (one, other))
        try:
            ratio = ledger.intervals[one.id] / ledger.intervals[other.id]
        except IntervalError:
            continue
        sides = named(this) - named(that), named(that) - named(this)
        sizes: tuple[tuple[Scale, Interval, str], ...] = (
            ("factor" if ratio.low >= 1 else "part", ratio, f"{span(ratio * 100)} per hundred"),
            ("count", ratio * 100, f"{span(ratio * 100)} per hundred"),
        )
        for scale, size, text in sizes:
            yield Claim(
                f"{one.id}-per-{other.id}",
                scale,
                None,
                size,
                0,
                named(this) | named(that),
                frozenset(),
                days_of(one),
                ("units",),
                "",
                f"{this.label} against {that.label}: by our calculation {text} ({one.printed} against {other.printed})",
                (one.id, other.id),
                is_core(ledger, one),
                sides=sides,
            )


def _belong_together(level: Any, change: Any) -> bool:
    """Whether a source gives a level and a change of one measure at one time."""
    base = change.base_measure in ("", change.measure)
    one, other = ((each.source, each.measure, each.period_start, each.period_end) for each in (level, change))
    return base and one == other


def _part(share: Claim, whole: Claim) -> Claim:
    interval = share.interval * whole.interval
    about = f"{share.label}: by our calculation {span(interval)} ({share.id} of {whole.id})"
    rivals = tuple(dict.fromkeys((*share.rivals, *whole.rivals)))
    return _worked_out(share, f"{share.id}-part", "count", interval, about, (share.id, whole.id), rivals)


def _before(level: Claim, change: Claim) -> Claim | None:
    """The level before a change: 1,255 where a source has 1,045 after a fall by 210."""
    size = change.interval if change.sign > 0 else -change.interval
    try:
        if change.scale == "factor":
            interval = level.interval / change.interval
        elif change.scale == "part" and level.scale == "count":
            interval = level.interval / (size + 1)
        elif (change.scale, level.scale) == ("points", "part"):
            interval = level.interval - size / 100
        elif change.scale == level.scale == "count":
            interval = level.interval - size
        else:
            return None
    except IntervalError:  # a fall to nothing
        return None
    shown = f"{span(interval * 100)}%" if level.scale == "part" else span(interval)
    about = f"{level.label}: by our calculation {shown} before ({level.id} and {change.id})"
    rivals = tuple(dict.fromkeys((*level.rivals, *change.rivals)))
    name = f"{level.id}-before-{change.id}"
    made = _worked_out(level, name, level.scale, interval, about, (level.id, change.id), rivals)
    return replace(made, period=change.base, earlier_than=level.id)


def _worked_out(
    claim: Claim,
    name: str,
    scale: Any,
    interval: Interval,
    about: str,
    figures: tuple[str, ...],
    rivals: tuple[str, ...],
) -> Claim:
    return replace(
        claim,
        id=name,
        scale=scale,
        value=None,
        to=None,
        interval=interval,
        sign=0,
        conditions=("disputed",) if rivals else (),
        qualifier="",
        about=about,
        figures=figures,
        rivals=rivals,
        of="",
        whole=frozenset(),
    )

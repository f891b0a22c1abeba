"""What a package lets one say in numbers: its reported figures, and what follows from two of them.

A claim is one number with the words it belongs to and the conditions under which it may be said. `judge` holds the
numbers of a draft against the claims of a package.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from helpers.drafts.vocabulary import stems
from helpers.figures.interval import Interval
from helpers.figures.kind import KINDS
from helpers.package.ledger import Ledger
from helpers.reason.compare import Comparison, compare, compares, side
from helpers.words.numbers import period, span

Scale = Literal["count", "part", "factor", "points"]
Condition = Literal["break", "undated", "units", "disputed", "assumes", "base", "lengths"]


@dataclass(frozen=True)
class Claim:
    """One number that may be said, and how.

    Attributes
    ----------
    id
        Of the figure, or of the comparison.
    scale
        "count" in the unit counted; "part" as a fraction of one (a share, or the size of a change); "factor" for
        how many times as many; "points" in percentage points.
    value
        As printed; None of a number worked out.
    interval
        The values it stands for, on that scale.
    sign
        1 for a rise, -1 for a fall, 0 where it is neither.
    words
        Stems of what names it; `around` the stems of what else is said of it.
    period
        First and last day, or None where no source states them.
    base
        First and last day of what it is compared with; None where it is with nothing, or no source states them.
    conditions
        What must be said with it: "break" that what is recorded changed meanwhile, "undated" that the months of the
        earlier number are not known, "units" what each side counts, "disputed" that other figures contradict it,
        "assumes" what it assumes, "base" what it is compared with, "lengths" that one period is longer.
    qualifier
        As printed.
    about
        What it is, for the reason given to a reader.
    figures
        Ids it rests on.
    core
        Whether its source is one of those the package examines.
    label, unit
        What it counts in words, and the stems of its unit; empty for a number of one thing for each of another.
    to
        Upper end of a printed range, on that scale; else None.
    rivals
        Ids of the figures that contradict it.
    assumed
        What it assumes, in words.
    sides
        For a number of one thing for each of another: the stems that name either.
    of, whole
        For a share: what it is a part of in words, and the stems that name it.
    earlier_than
        Id of the later level, of an earlier one that is worked out from it.
    """

    id: str
    scale: Scale
    value: Fraction | None
    interval: Interval
    sign: int
    words: frozenset[str]
    around: frozenset[str]
    period: tuple[date, date] | None
    conditions: tuple[Condition, ...]
    qualifier: str
    about: str
    figures: tuple[str, ...]
    core: bool
    label: str = ""
    unit: frozenset[str] = frozenset()
    sides: tuple[frozenset[str], ...] = ()
    base: tuple[date, date] | None = None
    to: Fraction | None = None
    rivals: tuple[str, ...] = ()
    assumed: str = ""
    of: str = ""
    whole: frozenset[str] = frozenset()
    earlier_than: str = ""

    @property
    def reported(self) -> bool:
        """Whether a source printed it."""
        return self.value is not None


def named(measure: Any) -> frozenset[str]:
    """The stems that name what a measure counts, but for its place, which others share."""
    return stems(measure.label) - stems(measure.place)


def claims(ledger: Ledger, language: str = "en") -> list[Claim]:
    """The claims that rows of a package make: its figures in order, then what follows where one names an earlier one.

    Parameters
    ----------
    language
        Of the draft, by whose rules the endings of words are taken off.
    """
    figures = [_reported(ledger, row, language) for row in ledger.rows["figures"].values()]
    return [*figures, *_compared(ledger, language)]


def _reported(ledger: Ledger, row: Any, language: str) -> Claim:
    measure = ledger.rows["measures"][row.measure]
    kind = KINDS[row.kind]
    interval, ends = ledger.intervals[row.id], [Fraction(end) for end in (row.value, row.value_to) if end is not None]
    counted = kind.unit("#") == "#"  # a count, or a difference of counts
    scale: Scale = "count" if counted else "factor" if kind.relative else "points"
    sign = (1 if ends[0] > 1 else -1) if scale == "factor" else 0
    if kind.signed:
        sign = 1 if ends[0] > 0 else -1
        interval, ends = (interval, ends) if sign > 0 else (-interval, [-end for end in reversed(ends)])
    if kind.of_whole or (kind.signed and kind.relative):
        scale = "part"
        # The kind of a part of a whole knows its unit; a change is in percent.
        unit = kind.factor(Interval(1, 1)) if kind.of_whole else None
        size = Fraction(unit.low) if unit else Fraction(1, 100)
        interval, ends = interval * size, [end * size for end in ends]
        sign = 0 if kind.of_whole else sign
    base, conditions = _against(ledger, row) if sign else (None, [])
    rivals = ledger.rivals(row.id)
    if rivals:
        conditions.append("disputed")
    return Claim(
        row.id,
        scale,
        ends[0],
        interval,
        sign,
        named(measure),
        stems(f"{measure.definition} {measure.counts} {row.wording} {row.translation}", language),
        days_of(row),
        tuple(conditions),
        row.qualifier,
        _about(row, measure),
        (row.id,),
        is_core(ledger, row),
        measure.label,
        stems(measure.counts),
        base=base,
        to=ends[1] if len(ends) > 1 else None,
        rivals=rivals,
        **(_whole(ledger, row, measure) if kind.of_whole else {}),
    )


def _about(row: Any, measure: Any) -> str:
    translation = f", in English “{row.translation}”" if row.translation else ""
    return (
        f"“{row.wording}”{translation} ({measure.label}, {period(row.period_start, row.period_end)}; "
        f"printed as {row.printed}; {row.said_by})"
    )


def _whole(ledger: Ledger, row: Any, measure: Any) -> dict[str, Any]:
    """What a share is a part of: the measure of its whole, where the package names one."""
    rows = ledger.rows
    earlier = rows["figures"].get(row.versus)
    of = row.base_measure or (earlier.measure if earlier and earlier.measure != row.measure else measure.part_of)
    whole = rows["measures"].get(of)
    return {"of": whole.label, "whole": named(whole)} if whole and of != row.measure else {}


def _against(ledger: Ledger, row: Any) -> tuple[tuple[date, date] | None, list[Condition]]:
    """What a change is against, and what must be said with it."""
    if compares(row):
        made = _comparison(ledger, row.id)
        return (made.base, _conditions(made)) if made else (None, [])
    # So many more, or percentage points, whose earlier level is no figure.
    base = (row.base_start, row.base_end) if row.base_start and row.base_end else None
    turn = ledger.break_of(row.measure)
    days = days_of(row)
    sides = {side(each and each[0], each and each[1], turn) for each in (days, base)}
    crosses = turn is not None and sides not in ({"before"}, {"after"})
    conditions: list[Condition] = ["break"] if crosses else []
    return base, conditions if base else [*conditions, "undated"]


def _conditions(made: Comparison) -> list[Condition]:
    """What must be said with a comparison."""
    found: list[Condition] = []
    if made.crosses_break:
        found.append("break")
    if made.base is None:
        found.append("undated")
    if not made.same_unit:
        found.append("units")
    return found


def _compared(ledger: Ledger, language: str) -> Iterator[Claim]:
    """What follows from each count, and each share, and the earlier one that it names."""
    for row in ledger.rows["figures"].values():
        earlier = ledger.rows["figures"].get(row.versus)
        if earlier and row.kind == earlier.kind and (made := _comparison(ledger, row.id)):
            yield from between(ledger, made, language)


def between(ledger: Ledger, made: Comparison, language: str) -> Iterator[Claim]:
    """The ratio, the change in percent and the difference of two levels, as claims."""
    row, other = (ledger.rows["figures"][name] for name in (made.figure, made.versus))
    measure = ledger.rows["measures"][row.measure]
    rivals = tuple(dict.fromkeys((*ledger.rivals(row.id), *ledger.rivals(other.id))))
    common: dict[str, Any] = {
        "words": named(measure),
        "around": stems(f"{measure.definition} {measure.counts} {row.wording}", language),
        "period": days_of(row),
        "conditions": (*_conditions(made), *(["disputed"] if rivals else [])),
        "qualifier": "",
        "figures": (row.id, other.id),
        "core": is_core(ledger, row),
        "label": measure.label,
        "unit": stems(measure.counts),
        "base": made.base,
        "rivals": rivals,
    }
    ratio = made.ratio.interval
    if ratio is None:
        return
    about = f"{measure.label}: by our calculation {{}} ({row.printed} against {other.printed})"
    sign = 1 if ratio.low >= 1 else -1 if ratio.high <= 1 else 0
    yield Claim(f"{row.id}-ratio", "factor", None, ratio, sign, about=about.format(f"{span(ratio)} times"), **common)
    more = "more" if sign >= 0 else "fewer"
    if made.percent and made.percent.interval:
        change = made.percent.interval / 100
        size = change if sign >= 0 else -change
        text = f"{span(size * 100)}% {more}"
        yield Claim(f"{row.id}-percent", "part", None, size, sign, about=about.format(text), **common)
    if made.difference and made.difference.interval:
        size = made.difference.interval if sign >= 0 else -made.difference.interval
        scale: Scale = "points" if made.about.of_whole else "count"
        text = f"{span(size)} {'percentage points ' if made.about.of_whole else ''}{more}"
        yield Claim(f"{row.id}-difference", scale, None, size, sign, about=about.format(text), **common)


def _comparison(ledger: Ledger, figure: str) -> Comparison | None:
    """The comparison a figure makes; None where it makes none that can be worked out, as with a base of zero."""
    try:
        return compare(ledger, figure)
    except ValueError:
        return None


def left_out(ledger: Ledger) -> list[str]:
    """Ids of the figures that name what they are compared with, but cannot be compared with it."""
    rows = ledger.rows["figures"].values()
    return [row.id for row in rows if compares(row) and _comparison(ledger, row.id) is None]


def is_core(ledger: Ledger, row: Any) -> bool:
    return ledger.rows["sources"][row.source].layer == "core"


def days_of(row: Any) -> tuple[date, date] | None:
    return (row.period_start, row.period_end) if row.period_start and row.period_end else None

"""What a package lets one say in numbers: its reported figures, and what follows from two of them.

A claim is one number with the words it belongs to and the conditions under which it may be said. `judge` holds the
numbers of a draft against the claims of a package.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import permutations
from typing import Any, Literal

from helpers.drafts.vocabulary import stems
from helpers.figures.interval import Interval, IntervalError
from helpers.figures.kind import KINDS
from helpers.package.ledger import Ledger
from helpers.reason.compare import Comparison, compare, compares
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

    @property
    def reported(self) -> bool:
        """Whether a source printed it."""
        return self.value is not None


def named(measure: Any) -> frozenset[str]:
    """The stems that name what a measure counts, but for its place, which others share."""
    return stems(measure.label) - stems(measure.place)


def claims(ledger: Ledger) -> list[Claim]:
    """Every claim of a package: its figures in order, then what is worked out from them."""
    figures = [_reported(ledger, row) for row in ledger.rows["figures"].values()]
    return [*figures, *_compared(ledger), *_per(ledger)]


def _reported(ledger: Ledger, row: Any) -> Claim:
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
        # A change is in percent, a share from 0 to 1.
        interval, ends = interval * Fraction(kind.scale, 100), [end * Fraction(kind.scale, 100) for end in ends]
        sign = 0 if kind.of_whole else sign
    made = _comparison(ledger, row.id) if sign and compares(row) else None
    conditions, rivals = _conditions(made) if made else [], ledger.rivals(row.id)
    if rivals:
        conditions.append("disputed")
    return Claim(
        row.id,
        scale,
        ends[0],
        interval,
        sign,
        named(measure),
        stems(f"{measure.definition} {measure.counts} {row.wording} {row.translation}"),
        _days(row),
        tuple(conditions),
        row.qualifier,
        f"“{row.wording}” ({measure.label}, {period(row.period_start, row.period_end)}; "
        f"printed as {row.printed}; {row.said_by})",
        (row.id,),
        _core(ledger, row),
        measure.label,
        stems(measure.counts),
        base=(made.base if made else None),
        to=ends[1] if len(ends) > 1 else None,
        rivals=rivals,
    )


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


def _compared(ledger: Ledger) -> Iterator[Claim]:
    """What follows from each count, and each share, and the earlier one that it names."""
    for row in ledger.rows["figures"].values():
        earlier = ledger.rows["figures"].get(row.versus)
        if earlier and row.kind == earlier.kind and (made := _comparison(ledger, row.id)):
            yield from between(ledger, made)


def between(ledger: Ledger, made: Comparison) -> Iterator[Claim]:
    """The ratio, the change in percent and the difference of two levels, as claims."""
    row, other = (ledger.rows["figures"][name] for name in (made.figure, made.versus))
    measure = ledger.rows["measures"][row.measure]
    rivals = tuple(dict.fromkeys((*ledger.rivals(row.id), *ledger.rivals(other.id))))
    common: dict[str, Any] = {
        "words": named(measure),
        "around": stems(f"{measure.definition} {measure.counts} {row.wording}"),
        "period": _days(row),
        "conditions": (*_conditions(made), *(["disputed"] if rivals else [])),
        "qualifier": "",
        "figures": (row.id, other.id),
        "core": _core(ledger, row),
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


def _per(ledger: Ledger) -> Iterator[Claim]:
    """Ratios of two counts that one source gives for the same days: so many of this for each of that."""
    together: dict[Any, list[Any]] = {}
    for row in ledger.rows["figures"].values():
        if not KINDS[row.kind].against_base and _days(row):
            together.setdefault((row.source, _days(row)), []).append(row)
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
                _days(one),
                ("units",),
                "",
                f"{this.label} against {that.label}: by our calculation {text} ({one.printed} against {other.printed})",
                (one.id, other.id),
                _core(ledger, one),
                sides=sides,
            )


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


def _core(ledger: Ledger, row: Any) -> bool:
    return ledger.rows["sources"][row.source].layer == "core"


def _days(row: Any) -> tuple[date, date] | None:
    return (row.period_start, row.period_end) if row.period_start and row.period_end else None

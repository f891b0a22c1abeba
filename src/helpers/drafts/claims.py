"""What a package lets one say in numbers: its reported figures, and what follows from two of them.

A claim is one number with the words it belongs to and the conditions under which it may be said. `manuscript` holds the
numbers of a draft against the claims of a package.
"""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import permutations
from typing import Any, Literal

import snowballstemmer

from helpers.figures.interval import Interval, IntervalError
from helpers.figures.kind import KINDS
from helpers.package.ledger import Ledger
from helpers.reason.compare import Comparison, compare
from helpers.words.numbers import period, span

Scale = Literal["count", "part", "factor", "points"]
Condition = Literal["break", "undated", "units"]

# Words that say nothing of what is counted.
_STOP = frozenset(
    [
        "about",
        "above",
        "after",
        "against",
        "also",
        "among",
        "been",
        "before",
        "being",
        "between",
        "both",
        "brought",
        "came",
        "compared",
        "does",
        "during",
        "each",
        "every",
        "from",
        "have",
        "having",
        "into",
        "less",
        "many",
        "more",
        "most",
        "much",
        "number",
        "other",
        "over",
        "rate",
        "same",
        "said",
        "says",
        "share",
        "some",
        "such",
        "than",
        "that",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "times",
        "under",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "whole",
        "with",
        "would",
        "year",
        "years",
        "month",
        "months",
        "reported",
        "according",
        "kazakhstan",
        "percent",
        "cent",
        "total",
    ]
)


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
    conditions
        What must be said with it: "break" that what is recorded changed meanwhile, "undated" that the months of the
        earlier number are not known, "units" what each side counts.
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

    @property
    def reported(self) -> bool:
        """Whether a source printed it."""
        return self.value is not None


def stems(text: str) -> frozenset[str]:
    """The words of a text that can name a thing, without their endings."""
    words = re.findall(r"[^\W\d_]{4,}", text.lower())
    return frozenset(_stem(word) for word in words if word not in _STOP)


def weights(claims: Iterable[Claim]) -> dict[str, float]:
    """How much a shared stem tells: the more, the fewer claims it names (inverse document frequency, Jones 1972)."""
    named = [claim.words for claim in claims]
    counts = Counter(stem for words in named for stem in words)
    return {stem: math.log(1 + len(named) / count) for stem, count in counts.items()}


def claims(ledger: Ledger) -> list[Claim]:
    """Every claim of a package: its figures in order, then what is worked out from them."""
    figures = [_reported(ledger, row) for row in ledger.rows["figures"].values()]
    return [*figures, *_compared(ledger), *_per(ledger)]


def _stem(word: str) -> str:
    return _stemmer("english" if word.isascii() else "russian").stemWord(word)


@functools.cache
def _stemmer(language: str) -> Any:
    # Kazakh has no stemmer there; the Russian one treats all forms of a word alike often enough.
    return snowballstemmer.stemmer(language)


def _reported(ledger: Ledger, row: Any) -> Claim:
    measure = ledger.rows["measures"][row.measure]
    kind = KINDS[row.kind]
    interval, value = ledger.intervals[row.id], Fraction(row.value)
    scale: Scale = "count" if not kind.against_base else "factor" if kind.relative else "points"
    sign = (1 if value > 1 else -1) if scale == "factor" else 0
    if kind.signed:
        sign = 1 if value > 0 else -1
        interval, value = (interval, value) if sign > 0 else (-interval, -value)
    if kind.of_whole or (kind.signed and kind.relative):
        scale = "part"
        # A change is in percent, a share from 0 to 1.
        interval, value = interval * Fraction(kind.scale, 100), value * Fraction(kind.scale, 100)
        sign = 0 if kind.of_whole else sign
    conditions: list[Condition] = []
    if sign:
        made = _comparison(ledger, row.id)
        if made and made.crosses_break:
            conditions.append("break")
        if made and made.base is None:
            conditions.append("undated")
    return Claim(
        row.id,
        scale,
        value,
        interval,
        sign,
        stems(measure.label),
        stems(f"{measure.definition} {measure.counts} {row.wording} {getattr(row, 'translation', '')}"),
        _days(row),
        tuple(conditions),
        row.qualifier,
        f"“{row.wording}” ({measure.label}, {period(row.period_start, row.period_end)}; "
        f"printed as {row.printed}; {row.said_by})",
        (row.id,),
        _core(ledger, row),
        measure.label,
        stems(measure.counts),
    )


def _compared(ledger: Ledger) -> Iterator[Claim]:
    """Ratios, changes in percent and differences of a count and the earlier count it names."""
    for row in ledger.rows["figures"].values():
        if KINDS[row.kind].against_base or not row.versus or not (made := _comparison(ledger, row.id)):
            continue
        measure = ledger.rows["measures"][row.measure]
        conditions: list[Condition] = []
        if made.crosses_break:
            conditions.append("break")
        if made.base is None:
            conditions.append("undated")
        if not made.same_unit:
            conditions.append("units")
        common = {
            "words": stems(measure.label),
            "around": stems(f"{measure.definition} {measure.counts} {row.wording}"),
            "period": _days(row),
            "conditions": tuple(conditions),
            "qualifier": "",
            "figures": (row.id, row.versus),
            "core": _core(ledger, row),
            "label": measure.label,
            "unit": stems(measure.counts),
        }
        ratio = made.ratio.interval
        if ratio is None:
            continue
        earlier = ledger.rows["figures"][row.versus].printed
        about = f"{measure.label}: by our calculation {{}} ({row.printed} against {earlier})"
        sign = 1 if ratio.low >= 1 else -1 if ratio.high <= 1 else 0
        yield Claim(
            f"{row.id}-ratio", "factor", None, ratio, sign, about=about.format(f"{span(ratio)} times"), **common
        )
        if made.percent and made.percent.interval:
            change = made.percent.interval / 100
            size = change if sign >= 0 else -change
            text = f"{span(size * 100)}% {'more' if sign >= 0 else 'fewer'}"
            yield Claim(f"{row.id}-percent", "part", None, size, sign, about=about.format(text), **common)
        if made.difference and made.difference.interval:
            size = made.difference.interval if sign >= 0 else -made.difference.interval
            text = f"{span(size)} {'more' if sign >= 0 else 'fewer'}"
            yield Claim(f"{row.id}-difference", "count", None, size, sign, about=about.format(text), **common)


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
        sides = stems(this.label) - stems(that.label), stems(that.label) - stems(this.label)
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
                stems(this.label) | stems(that.label),
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
    """The comparison a figure makes; None where its base may be zero, so that there is no ratio."""
    try:
        return compare(ledger, figure)
    except IntervalError:
        return None


def _core(ledger: Ledger, row: Any) -> bool:
    return ledger.rows["sources"][row.source].layer == "core"


def _days(row: Any) -> tuple[date, date] | None:
    return (row.period_start, row.period_end) if row.period_start and row.period_end else None

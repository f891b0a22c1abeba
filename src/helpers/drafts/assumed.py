"""What may be said under assumptions only: the ranges that answers to the open questions of a package imply."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.drafts.claims import Claim, Scale, named
from helpers.drafts.vocabulary import stems
from helpers.figures.interval import Interval
from helpers.package.ledger import Ledger
from helpers.reason.outcome import Outcome, Period, outcomes
from helpers.reason.scenario import components
from helpers.words.numbers import period, span


def assumed(ledger: Ledger) -> list[Claim]:
    """Totals on either side of the break and the ratio of their averages, for each set of assumptions that holds."""
    return [
        claim
        for part in components(ledger)
        if part.questions
        for at, found in enumerate(outcomes(part, limits=(None,)))
        if found.possible and found.cases[0].split
        for claim in _implied(ledger, found, at)
    ]


def _implied(ledger: Ledger, found: Outcome, at: int) -> Iterator[Claim]:
    split = found.cases[0].split
    assert split is not None
    measure, implied = ledger.rows["measures"][split.measure], found.implied[None]
    each: tuple[tuple[str, Scale, Interval | None, Period, str], ...] = (
        ("ratio-of-averages", "factor", implied.ratio, split.after, "times as many a day on average"),
        ("before", "count", implied.before, split.before, measure.counts),
        ("after", "count", implied.after, split.after, measure.counts),
    )
    for name, scale, interval, days, unit in each:
        if interval is None:
            continue
        ratio = scale == "factor"
        yield Claim(
            f"{split.measure}-{name}-{at + 1}",
            scale,
            None,
            interval,
            (1 if interval.low >= 1 else -1 if interval.high <= 1 else 0) if ratio else 0,
            named(measure),
            stems(f"{measure.definition} average daily"),
            days,
            ("assumes", "break") if ratio else ("assumes",),
            "",
            f"{measure.label}: {span(interval)} {unit}, {period(*days)}, implied if {found.assumptions}",
            found.cases[0].programme.figures,
            True,
            measure.label,
            stems(measure.counts),
            base=split.before if ratio else None,
            assumed=found.assumptions,
        )

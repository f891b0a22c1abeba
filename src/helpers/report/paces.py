"""Numbers a day: what a figure, a period, or the rest of a whole comes to, for every end that a period may have."""

from __future__ import annotations

from fractions import Fraction

from helpers.figures.interval import Interval
from helpers.figures.quantity import Quantity, constant, derived
from helpers.package.ledger import Ledger
from helpers.reason.compare import days, ends, quantity
from helpers.reason.whatif import reread_ledger

_MONTH = Fraction(365, 12)  # days of a month, on average


def as_read(ledger: Ledger, **answers: str) -> Ledger:
    """The ledger as one answer to each question named reads its figures; the edition's own where it lacks them."""
    held = {row.question for row in ledger.rows["readings"]}
    return reread_ledger(ledger, {question: answer for question, answer in answers.items() if question in held})


def times_a_day(ledger: Ledger, figure: str) -> Quantity:
    """A count to its earlier count (`versus`), both divided by their days.

    Where the earlier period opens the later one, the two are running totals, and what came between is compared with
    what came before: (ratio − 1) × days before ÷ days between.

    Raises
    ------
    ValueError
        If the ledger gives one of them no whole period.
    """
    after = quantity(ledger, figure)
    if after.interval is None:
        return after
    row = ledger.rows["figures"][figure]
    before = ledger.rows["figures"][row.versus]
    for each in (row, before):
        if not each.period_start or not each.period_end:
            raise ValueError(
                f"figures.csv, `{each.id}`: a ratio a day needs a whole period; name a reading that gives it."
            )
    ratio = after / quantity(ledger, before.id)
    later, earlier = days(row.period_start, row.period_end), days(before.period_start, before.period_end)
    if row.period_start == before.period_start and later > earlier:
        return (ratio - 1) * constant(Fraction(earlier, later - earlier))
    return ratio if later == earlier else ratio * constant(Fraction(earlier, later))


def days_around(ledger: Ledger, figure: str) -> dict[str, int]:
    """How many days of a figure's period lie before the break, and how many from it on."""
    row, break_date = ledger.rows["figures"][figure], ledger.break_date
    every = days(row.period_start, row.period_end)
    before = min(max((break_date - row.period_start).days, 0), every) if break_date else 0
    return {"before": before, "after": every - before}


def rest_a_day(ledger: Ledger, whole: str, part: str) -> Quantity:
    """What a whole holds beyond a part that opens or closes it, a day of those left, for every end it may have."""
    rest = quantity(ledger, whole) - quantity(ledger, part)
    if rest.interval is None:
        return rest
    rows = ledger.rows["figures"]
    every, start = days(rows[whole].period_start, rows[whole].period_end), rows[part].period_start
    left = [every - days(start, end) for end in ends(ledger, part)]
    return rest / constant(Interval(min(left), max(left)), "day")


def a_month(daily: Quantity) -> Quantity:
    """A number a day as a number a month."""
    return (daily * _MONTH).named("", daily.unit.replace("per day", "per month"))


def rest_to_part(ledger: Ledger, whole: str, *parts: str) -> Quantity:
    """The pace of the rest of a whole to the pace of a part of it, for every end that the part may have.

    The part may be several figures of one period, which add up.
    """
    total, early = quantity(ledger, whole), quantity(ledger, parts[0])
    for part in parts[1:]:
        early = early + quantity(ledger, part)
    rest = total - early
    if rest.interval is None:
        return rest
    row, ratios = ledger.rows["figures"][whole], []
    for end in ends(ledger, parts[0]):
        before, after = days(row.period_start, end), days(end, row.period_end) - 1
        ratios.append((total.known_interval / early.known_interval - 1) * Fraction(before, after))
    hull = Interval(min(each.low for each in ratios), max(each.high for each in ratios))
    return derived(hull, "pace of the rest to pace of the part, for every end of the part,", (whole, *parts))

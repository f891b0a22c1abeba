"""Everything that the ledger dates, as rows of templates: every event, and every figure by what it counts."""

from __future__ import annotations

from datetime import date
from functools import partial

from helpers.figures.interval import Interval
from helpers.figures.kind import KINDS
from helpers.markup import dialect as markup
from helpers.package.ledger import Ledger
from helpers.reason.compare import days, ends
from helpers.words.numbers import capital, period, span


def steps(ledger: Ledger) -> list[list[str]]:
    """Every event, in the order of time as far as it is known: its date, what happened, its source, as templates.

    A month or a year without a day stands before the days in it, so that what was adopted in July stands before what
    came into force on one of its days. What has no date stands last.
    """
    events = sorted(ledger.rows["events"].values(), key=lambda row: (not row.date, row.date))
    return [
        [f"{{{row.id}}}", markup.escape(row.label).replace("{", "{{").replace("}", "}}"), f"{{{row.source}}}"]
        for row in events
    ]


def series(ledger: Ledger, since: int) -> tuple[list[str], list[list[str]]]:
    """Every figure of every measure, the earliest first: a header, and rows of templates.

    A row of one cell names a measure and stands over the rows of its figures: period, value as printed, a day, source.
    Of a count of what happens in a period the number a day is formed, for every end that the period may have; what has
    no period stands last.

    Parameters
    ----------
    since
        First year of the table.
    """
    held: dict[str, list[str]] = {}
    for name, row in ledger.rows["figures"].items():
        if row.period_end is None or row.period_end.year >= since:
            held.setdefault(row.measure, []).append(name)
    rows = []
    for measure, about in ledger.rows["measures"].items():
        if measure in held:
            rows.append([f"{markup.escape(capital(about.label))} ({markup.escape(about.counts)})"])
            rows += [_line(ledger, name) for name in sorted(held[measure], key=partial(_when, ledger))]
    return ["Period", "As printed", "A day", "Source"], rows


def _when(ledger: Ledger, figure: str) -> tuple[date, date]:
    row = ledger.rows["figures"][figure]
    return row.period_start or date.max, row.period_end or date.max


def _line(ledger: Ledger, figure: str) -> list[str]:
    row = ledger.rows["figures"][figure]
    kind = KINDS[row.kind]
    value = f"{{{figure}}}"
    if kind.signed:
        value = f"{'down' if row.value < 0 else 'up'} {value}"
    last, daily = ends(ledger, figure), "–"
    if row.period_start and last and not kind.against_base and ledger.rows["measures"][row.measure].nature == "flow":
        rates = [ledger.intervals[figure] / days(row.period_start, end) for end in last]
        daily = span(Interval(min(rate.low for rate in rates), max(rate.high for rate in rates)))
    end = row.period_end if len(last) < 2 else None  # several ends are tried: none is stated
    return [capital(period(row.period_start, end)), value, daily, f"{{{row.source}}}"]

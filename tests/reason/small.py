"""Small ledgers from a few dicts, for tests of what figures imply together."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from edited import with_rows

from helpers.figures.interval import Interval
from helpers.package import ledger as ledgers

DATA = Path(__file__).resolve().parents[2] / "data"
CORE = ledgers.load(DATA, evidence="core")
D0 = date(2021, 1, 1)


def make(figures, measures=("a",), readings=(), turn=None, disputes=()):
    """A ledger from a few dicts. `measures` are ids, or pairs of an id and its whole; `disputes` pairs of figures."""
    pairs = [(measure, "") if isinstance(measure, str) else measure for measure in measures]
    contradictions = [
        {"dispute": f"d{at}", "side": side, "figure": one}
        for at, pair in enumerate(disputes)
        for side, one in zip("xy", pair, strict=True)
    ]
    events = [{"id": "turn", "date": str(turn), "kind": "break"}] if turn else []
    return with_rows(
        CORE,
        measures=[{"id": measure, "counts": "things", "part_of": whole} for measure, whole in pairs],
        figures=[{"measure": "a", "kind": "count"} | figure for figure in figures],
        readings=readings,
        disputes=contradictions,
        events=events,
    )


def figure(id, interval, start=None, end=None, **fields):
    period = {"period_start": start, "period_end": end}
    return {
        "id": id,
        "interval": interval if isinstance(interval, Interval) else Interval.exact(interval),
        **period,
        **fields,
    }


def days(first, last):
    """The period from the `first` to the `last` day after D0, both included."""
    return D0 + timedelta(days=first), D0 + timedelta(days=last)


def tens(n):
    """The n-th ten days."""
    return days(10 * n, 10 * n + 9)

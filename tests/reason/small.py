"""Small ledgers from a few dicts, for tests of what figures imply together."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
from frames import with_frames

from helpers.figures.interval import Interval
from helpers.package import ledger as ledgers
from helpers.package.schema import columns

DATA = Path(__file__).resolve().parents[2] / "data"
CORE = ledgers.load(DATA, evidence="core")
D0 = date(2021, 1, 1)


def make(figures, measures=("a",), readings=(), turn=None, disputes=()):
    """A ledger from a few dicts. `measures` are ids, or pairs of an id and its whole; `disputes` pairs of figures."""

    def frame(table, rows, *more):
        header = [*columns(table), *more]
        dates = {name for name in header if name.endswith(("_start", "_end"))} | {"value", "step", "step_coarse"}
        blank = {name: None if name in dates else "" for name in header}
        frame = pd.DataFrame([blank | row for row in rows], columns=header, dtype=object)
        return frame.set_index("id") if "id" in header else frame

    pairs = [(measure, "") if isinstance(measure, str) else measure for measure in measures]
    contradictions = [
        {"dispute": f"d{at}", "side": side, "figure": one}
        for at, pair in enumerate(disputes)
        for side, one in zip("xy", pair, strict=True)
    ]
    events = [{"id": "turn", "date": str(turn), "kind": "break"}] if turn else []
    return with_frames(
        CORE,
        measures=frame("measures", [{"id": measure, "counts": "things", "part_of": whole} for measure, whole in pairs]),
        figures=frame("figures", [{"measure": "a", "kind": "count"} | figure for figure in figures], "interval"),
        readings=frame("readings", readings),
        disputes=frame("disputes", contradictions),
        events=frame("events", events),
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

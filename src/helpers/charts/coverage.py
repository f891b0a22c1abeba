"""What a calendar has in its rows and above them: the days of figures, certain and open, and dated steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from helpers.charts.value import ChartError, Value, row_of, short_day, value
from helpers.figures.kind import KINDS
from helpers.package.cells import last_day
from helpers.package.schema import Figure
from helpers.words.numbers import capital, day, period
from helpers.words.template import Writer


@dataclass(frozen=True)
class Span:
    """A row: one figure, or several of the same days. `label` replaces their own words."""

    figures: str | Sequence[str]
    label: str = ""


@dataclass(frozen=True)
class Step:
    """A dated step, by the id of its event, and a short name for it."""

    event: str
    label: str


@dataclass(frozen=True)
class Row:
    """The days of a row: certain from `start` to `end`, open from there to `latest`; unknown without `start`.

    A change also has the days it is compared with, its base, which its source may state or not.
    """

    label: str
    values: tuple[Value, ...]
    start: date | None
    end: date | None
    latest: date
    base: tuple[date, date] | None
    base_stated: bool
    note: str

    @property
    def order(self) -> tuple[bool, date, date]:
        return (self.start is not None, self.start or date.min, self.latest)

    @property
    def days(self) -> str:
        """In words."""
        if self.start is None or self.end is None:
            return self.note
        if self.latest > self.end:
            return f"from {day(self.start)}; end not given, {day(self.end)} to {day(self.latest)}"
        return period(self.start, self.end)


@dataclass(frozen=True)
class Mark:
    when: date
    label: str
    strong: bool


def covered(w: Writer, span: Span) -> Row | None:
    """The days that the figures of a span cover, or None where this edition has none of them."""
    names = (span.figures,) if isinstance(span.figures, str) else tuple(span.figures)
    found = [row for name in names if (row := row_of(w, name))]
    if not found:
        return None
    first = found[0]
    for row in found[1:]:
        if (row.period_start, row.period_end) != (first.period_start, first.period_end):
            raise ChartError(
                f"Could not put `{first.id}` and `{row.id}` in one row of a calendar: they cover different days."
            )
    ends = [
        reading.period_end
        for reading in w.ledger.rows["readings"]
        if reading.figure == first.id and reading.period_end and not reading.period_start
    ]
    published = last_day(w.ledger.rows["sources"][first.source].published)
    base = (first.base_start, first.base_end) if first.base_start and first.base_end else None
    base = None if base == (first.period_start, first.period_end) else base  # the whole of a share is no comparison
    stated = first.base_basis == "stated"
    values = tuple(one for row in found if (one := value(w, row.id)))
    label = w.plain(span.label) or _named(w, found, values)
    if first.period_start is None:
        note = f"months not given; published {short_day(published)}"
        return Row(label, values, None, None, published, base, stated, note)
    known = sorted(filter(None, [first.period_end, *ends]))  # an inferred end is one of those that it may have
    end, latest = (known[0], known[-1]) if known else (first.period_start, published)
    note = "end not given" if latest > end else ""
    return Row(label, values, first.period_start, end, latest, base, stated, note)


def _named(w: Writer, found: Sequence[Figure], values: Sequence[Value]) -> str:
    """ "60,000 offenders, 75,000 protective orders"; a change after its measure."""
    parts = []
    for row, one in zip(found, values, strict=True):
        label = w.ledger.rows["measures"][row.measure].label
        parts.append(f"{label}: {one.text}" if KINDS[row.kind].against_base else f"{one.text} {label}")
    return capital(", ".join(parts))


def marked_on(w: Writer, step: Step) -> Mark | None:
    """The day of a step, or None where this edition lacks it."""
    events = w.ledger.rows["events"]
    if step.event not in events:
        if step.event in w.ledger.known:
            return None
        raise ChartError(f"Could not mark `{step.event}`: no such event.")
    event = events[step.event]
    if not event.date:
        raise ChartError(f"Could not mark `{step.event}` on a calendar: its source gives no date.")
    when = last_day(event.date)
    strong = event.kind == "break"
    return Mark(when, f"{day(when) if strong else short_day(when)}: {step.label}", strong)

"""The dates of a sentence, held against the events, periods and days of publication of a package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from helpers.drafts.claims import Claim
from helpers.drafts.dates import span
from helpers.drafts.reading import Reading
from helpers.drafts.times import When
from helpers.drafts.vocabulary import stems
from helpers.package.ledger import Ledger
from helpers.words.numbers import period

Verdict = tuple[str, str, str]


def mentioned(ledger: Ledger, reading: Reading, start: int, end: int, meant: Sequence[Claim]) -> Verdict:
    """The verdict on a date of a sentence.

    Parameters
    ----------
    start, end
        Its span.
    meant
        The claims that the numbers of the sentence were found to be: what they are of is looked at first.
    """
    when = next((when for when in reading.times if when.start <= start and end <= when.end), None)
    if when is None:
        return "unknown", "", "It cannot be read as a day, a month or a year."
    # A date beside a number that the package has is of that number, else of anything in the package.
    told = list(_of_claims(meant))
    found = None if when.is_day else _of_period(when, told) or _from_one_to_another(when, told)
    found = found or _of_event(ledger, reading, when) or _of_period(when, told or _spans(ledger))
    return found or _of_part(ledger, when, told)


def _from_one_to_another(when: When, told: Sequence[tuple[str, tuple[date, date]]]) -> Verdict | None:
    """The verdict on a time from one time of the sentence's figures to another: "up from August to January"."""
    if when.first == when.last:
        return None
    begin, end = (_of_period(each, told) for each in when.ends())
    return begin and end


def _of_period(when: When, spans: Iterable[tuple[str, tuple[date, date]]]) -> Verdict | None:
    return next((_same(name, days, when) for name, days in spans if _is(when, days)), None)


def _is(when: When, days: tuple[date, date]) -> bool:
    """Whether a time is a period, or the day on which it begins or ends."""
    same_end = when.is_day and any(when.relation((day, day)) == "same" for day in days)
    return same_end or when.relation(days) == "same"


def _same(name: str, days: tuple[date, date], when: When) -> Verdict:
    part = "" if when.relation(days) == "same" and when.how == "in" else "an end of "
    return "backed", name, f"It is {part}{period(*days)}, of `{name}`."


def _of_event(ledger: Ledger, reading: Reading, when: When) -> Verdict | None:
    """The verdict by the events of the package: the day of one, another day for one, or the month or year of one."""
    events = [event for event in ledger.rows["events"].values() if event.date]
    days = [(event, span(event.date)) for event in events]
    same = next((event for event, day in days if when.first == when.last and _on(when, day)), None)
    if same:
        return "backed", same.id, f"{same.label} (“{same.wording}”)."
    for event, day in days:
        told = stems(f"{event.label} {event.wording} {event.translation}", reading.language)
        about_it = len(reading.words & told) >= 2
        holds = when.first == when.last and not when.first.day and when.relation(day) != "apart"
        if about_it and holds and when.how in ("in", "vague"):
            return "backed", event.id, f"{event.label}, {event.date} (“{event.wording}”)."
        if when.is_day and len(event.date) == 10:
            same_day = (when.first.month, when.first.day) == (day[0].month, day[0].day)
            same_month = (when.first.year, when.first.month) == (day[0].year, day[0].month)
            if same_day or (about_it and same_month):
                return "contradicted", event.id, f"The package dates this {event.date}: {event.label}."
    return None


def _on(when: When, day: tuple[date, date]) -> bool:
    """Whether a single time is the day, the month or the year of an event, to the same precision."""
    begin = when.first.days(day[0].year)
    return begin == day


def _of_claims(meant: Sequence[Claim]) -> Iterator[tuple[str, tuple[date, date]]]:
    for claim in meant:
        yield from ((claim.id, days) for days in (claim.period, claim.base) if days)


def _spans(ledger: Ledger) -> Iterator[tuple[str, tuple[date, date]]]:
    """The periods that the package speaks of: of figures and their bases, and the days of publication."""
    rows = ledger.rows
    for row in rows["figures"].values():
        for start, end in ((row.period_start, row.period_end), (row.base_start, row.base_end)):
            if start and end:
                yield row.id, (start, end)
    for source in rows["sources"].values():
        if source.published:
            yield source.id, span(source.published)


def _of_part(ledger: Ledger, when: When, told: Sequence[tuple[str, tuple[date, date]]]) -> Verdict:
    """The verdict on a time that is none of the sentence's figures: it may hold or be part of one that is."""
    for name, days in told:
        if when.relation(days) == "overlap":
            return "condition", name, f"Say the whole time: `{name}` is of {period(*days)}."
    for source in ledger.rows["sources"].values():
        if source.published and when.first.month and when.relation(span(source.published)) != "apart":
            return "backed", source.id, f"`{source.id}` was published on {source.published}."
    if told and _of_period(when, _spans(ledger)):
        return "unknown", "", "The package has this time for other figures, and not for those of this sentence."
    return "unknown", "", "No figure, event or source of the package is of this time."

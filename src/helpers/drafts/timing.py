"""The dates of a sentence, held against the events and periods of a package."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from helpers.drafts.claims import Claim
from helpers.drafts.dates import Dated, dated, named_days, span
from helpers.drafts.matching import comparable, says
from helpers.drafts.naming import Naming
from helpers.drafts.sentences import Sentence
from helpers.drafts.spoken import Said
from helpers.drafts.vocabulary import stems
from helpers.package import numerals


class Timing(Naming):
    """The days that a package speaks of, and whether a sentence says the same."""

    def _date(self, when: Dated, sentence: Sentence) -> tuple[str, str, str]:
        rows = self.ledger.rows
        told = stems(sentence.text)
        events = [event for event in rows["events"].values() if len(event.date) == 10]
        for event in events:
            day = date.fromisoformat(event.date)
            if when.day and when.within(day, day):
                return "backed", event.id, f"{event.label} (“{event.wording}”)."
        for event in events:
            day = date.fromisoformat(event.date)
            same_day = when.day == day.day and when.month == day.month
            about_it = len(told & stems(f"{event.label} {event.wording}")) >= 2
            if when.day and (same_day or (about_it and (when.year, when.month) == (day.year, day.month))):
                return "contradicted", event.id, f"The package dates this {event.date}: {event.label}."
        for name, start, end in self._spans():
            if when.within(start, start) or when.within(end, end) or (not when.day and when.within(start, end)):
                return "backed", name, f"It lies in {named_days(start, end)}, of `{name}`."
        return "unknown", "", "No figure, event or source of the package is of this date."

    def _spans(self) -> Iterator[tuple[str, date, date]]:
        """The periods that the package speaks of: of figures and their bases, of events, of publication."""
        rows = self.ledger.rows
        for row in rows["figures"].values():
            for start, end in ((row.period_start, row.period_end), (row.base_start, row.base_end)):
                if start and end:
                    yield row.id, start, end
        for event in rows["events"].values():
            if event.date:
                yield (event.id, *span(event.date))
        for source in rows["sources"].values():
            yield (source.id, *span(source.published))

    def _nearest(self, said: Said, sentence: Sentence) -> Dated | None:
        """The date of the sentence that stands nearest to a number, with the year of another where it has none."""
        found = []
        for start, end in numerals.find(sentence.text, self.language):
            when = dated(sentence.text[start:end], self.language)
            if when:
                distance = start - said.end if start >= said.end else said.start - end + 15
                found.append((distance, when))
        if not found:
            return None
        nearest = min(found, key=lambda pair: pair[0])[1]
        year = next((when.year for _, when in sorted(found, key=lambda pair: pair[0]) if when.year), 0)
        return Dated(nearest.year or year, nearest.month, nearest.day)

    def _other_period(self, claim: Claim, said: Said, sentence: Sentence, numbers: Sequence[Said]) -> str:
        """The period a sentence gives to a number where the package gives it another one; empty if none or the same."""
        near = self._nearest(said, sentence)
        if near is None or claim.period is None or near.within(*claim.period):
            return ""
        if claim.base and near.within(*claim.base):
            return ""  # the date of what it is compared with
        source = self.ledger.rows["sources"][self.ledger.rows["figures"][claim.figures[0]].source]
        if near.within(*span(source.published)) and near.month:
            return ""  # when it was said, not when it was counted
        if self._of_another(near, claim, said, numbers):
            return ""
        return str(Dated(near.year, near.month))

    def _same_time(self, claim: Claim, said: Said, sentence: Sentence, numbers: Sequence[Said]) -> bool:
        """Whether a sentence dates a number by the period of a claim, or not at all."""
        if claim.period is None:
            return self._nearest(said, sentence) is None
        return not self._other_period(claim, said, sentence, numbers)

    def _of_another(self, near: Dated, claim: Claim, said: Said, numbers: Sequence[Said]) -> bool:
        """Whether a date belongs to another number of the sentence: the level of before, of the same measure."""
        return any(
            each.period and near.within(*each.period) and says(each, other) and comparable(each, other, "")
            for other in numbers
            if other is not said
            for each in self.claims
            if each.reported and each.label == claim.label and each.id != claim.id
        )

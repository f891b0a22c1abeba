"""A question of the explorer: one figure or two under one reading, and what is worked out for it; no words yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from helpers.figures.formula import FormulaError
from helpers.figures.kind import KINDS, Kind
from helpers.figures.quantity import Quantity
from helpers.package.ledger import Ledger
from helpers.reason.compare import Comparison, compare, days, quantity
from helpers.reason.programme import Programme, programme
from helpers.reason.scenario import Component, component
from helpers.reason.verdict import Verdict, verdict
from helpers.reason.whatif import ASSUMED, OWN, reread_ledger
from helpers.report.findings import ImpliedRecord
from helpers.words.numbers import period

UNEVEN = 3  # a limit on unevenness, shown beside none

Period = tuple[date, date]


@dataclass(frozen=True)
class Question:
    """A figure, what it is set against, and the reading under which both are seen.

    Any two figures can be set against each other, whatever the ledger compares.

    Attributes
    ----------
    ledger
        One edition under one rounding, perhaps with things imagined.
    figure, against
        Ids; `against` is empty for a count by itself, and for a change, multiple or share, which has its own base.
    scenario
        Question to reading; a question that is left out keeps what the tables say.
    """

    ledger: Ledger
    figure: str
    against: str = ""
    scenario: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def read(self) -> Ledger:
        """The ledger as the scenario reads it."""
        return reread_ledger(self.ledger, self.scenario)

    @property
    def figures(self) -> tuple[str, ...]:
        return (self.figure, self.against) if self.against else (self.figure,)

    @cached_property
    def rows(self) -> tuple[Any, ...]:
        """The rows of the figures, as the scenario reads them."""
        return tuple(self.read.rows["figures"][figure] for figure in self.figures)

    @property
    def kind(self) -> Kind:
        """The kind of the first figure."""
        return KINDS[self.rows[0].kind]

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """What the figures count, each label once."""
        return tuple(dict.fromkeys(self.read.rows["measures"][row.measure].label for row in self.rows))

    @cached_property
    def imagined(self) -> tuple[str, ...]:
        """What is not as the tables have it and bears on this: figures of one's own, and those with another period."""
        return tuple(
            name
            for name, row in self.ledger.rows["figures"].items()
            if row.measure in self.component.measures
            and (row.source == OWN or ASSUMED in (row.period_basis, row.base_basis))
        )

    @cached_property
    def assumed(self) -> tuple[tuple[str, str], ...]:
        """The questions of the scenario that re-read one of the figures, each with the label of its reading."""
        labels = {
            row.question: row.label
            for row in self.ledger.rows["readings"]
            if self.scenario.get(row.question) == row.reading and row.figure in self.figures
        }
        return tuple((question, labels[question]) for question in self.scenario if question in labels)

    # --- the two figures

    @cached_property
    def comparison(self) -> Comparison | None:
        """None for a count by itself, and where what it is set against may be zero."""
        if not self.against and not self.kind.against_base:
            return None
        try:
            return compare(self.read, self.figure, self.against)
        except FormulaError:
            return None

    @cached_property
    def periods(self) -> tuple[Period, Period] | None:
        """The whole periods of two counts of one thing; None where they are not two such counts."""
        spans = [(row.period_start, row.period_end) for row in self.rows]
        alike = len({row.measure for row in self.rows}) == 1
        if self.comparison is None or self.comparison.about.against_base or len(spans) < 2 or not alike:
            return None
        return (spans[0], spans[1]) if all(map(all, spans)) else None

    @property
    def overlap(self) -> bool:
        """Whether the two periods have days in common."""
        if self.periods is None:
            return False
        (start, end), (first, last) = self.periods
        return start <= last and first <= end

    @cached_property
    def lengths(self) -> tuple[int, int] | None:
        """The days of each period, where they are apart and unequal. A leap day makes no other length."""
        if self.periods is None or self.overlap:
            return None
        here, there = (days(*each) for each in self.periods)
        return (here, there) if abs(here - there) > 1 else None

    @cached_property
    def daily(self) -> Quantity | None:
        """The ratio of the two a day, where their periods have not the same length."""
        if self.lengths is None:
            return None
        a, b = (quantity(self.read, figure) / length for figure, length in zip(self.figures, self.lengths, strict=True))
        return (a / b).named(f"{self.figure}-daily", "times")

    # --- with all that bears on them

    @cached_property
    def component(self) -> Component:
        """All that bears on the figures."""
        rows = self.ledger.rows["figures"]
        return component(self.ledger, *(rows[figure].measure for figure in self.figures))

    @cached_property
    def programme(self) -> Programme:
        return programme(self.component, self.scenario)

    @cached_property
    def verdict(self) -> Verdict:
        return verdict(self.component, self.scenario)

    @cached_property
    def implied(self) -> list[ImpliedRecord]:
        """What the figures imply on each side of the break, for a whole of which one figure lies across it."""
        split = self._across()
        if split is None or not self.verdict.feasible:
            return []
        measure, before, after = split
        unit = self.ledger.rows["measures"][measure].counts
        records = []
        for limit in (None, UNEVEN):
            asked = (
                (period(*before), unit, self.programme.total(measure, *before, limit)),
                (period(*after), unit, self.programme.total(measure, *after, limit)),
                ("a day, the second to the first", "times", self.programme.ratio(measure, before, after, limit)),
            )
            for label, counted, interval in asked:
                about = self.ledger.rounding, self.programme.figures, "linear programme", label
                records.append(ImpliedRecord(measure, self.scenario, interval, counted, limit, *about))
        return records

    def _across(self) -> tuple[str, Period, Period] | None:
        """A whole and the days on either side of the break of a count that lies across; the figures' own first."""
        break_date, parts = self.ledger.break_date, dict(self.component.part_of)
        bounds = dict(self.programme.bounds)
        for figure in sorted(bounds, key=lambda name: name not in self.figures):
            part, base, *_ = bounds[figure]
            if break_date and not base and part.measure not in parts and part.start < break_date <= part.end:
                return part.measure, (part.start, break_date - timedelta(days=1)), (break_date, part.end)
        return None

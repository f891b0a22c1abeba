"""What comes of the scenarios: one outcome for all that imply the same, and what each demands.

The question is put to one measure over two periods, by default the days of a total on either side of the break. An
outcome says whether the figures can all be true, how unevenly the days must then run, and what they imply for both
periods and the ratio of their averages: intervals with their open ends, never a midpoint.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Literal, NamedTuple

from helpers.figures.interval import Interval
from helpers.figures.kind import KINDS
from helpers.reason.bounds import Span
from helpers.reason.programme import Programme, programme
from helpers.reason.scenario import Component, Scenario, ScenarioError
from helpers.reason.verdict import Verdict, verdict

Period = tuple[date, date]


class Split(NamedTuple):
    """A measure and two periods: what is asked of every scenario. Both days of a period are included."""

    measure: str
    before: Period
    after: Period


class Implied(NamedTuple):
    """What a scenario implies for a split, under a limit on unevenness or none.

    Attributes
    ----------
    before, after
        The totals over the two periods, in the unit counted; None where the figures cannot all be true under the limit.
    ratio
        The average per day of `after` to that of `before`; not a jump on the day between them.
    """

    before: Interval | None
    after: Interval | None
    ratio: Interval | None


class Demand(NamedTuple):
    """What a scenario demands of one stretch of days: 24,500 to 27,500 in 15 days, 1,633 to 1,833 a day.

    Attributes
    ----------
    span
        The measure, its first and its last day.
    amount, per_day
        What the figures imply for the stretch, in the unit counted.
    """

    span: Span
    amount: Interval
    per_day: Interval


@dataclass(frozen=True)
class Case:
    """One scenario, with what it imposes.

    Attributes
    ----------
    scenario
        Question to reading.
    programme
        Its figures as a linear programme.
    split
        What is asked, or None where the package has no total across a break.
    """

    scenario: dict[str, str]
    verdict: Verdict
    programme: Programme
    split: Split | None

    @property
    def limitable(self) -> bool:
        """Whether a limit on unevenness means something: not where the measure counts each person once."""
        return self.split is None or self.split.measure not in self.programme.distinct

    def implied(self, limit: float | None = None) -> Implied:
        """What follows for the split, with daily rates at most `limit`-fold apart on the same side of the break."""
        if self.split is None:
            return Implied(None, None, None)
        measure, before, after = self.split
        made = self.programme
        first, second = (made.total(measure, *span, limit) for span in (before, after))
        return Implied(first, second, made.ratio(measure, before, after, limit))

    def demands(self, limit: float | None = None) -> tuple[Demand, ...]:
        """What is demanded of each stretch of the measure that figures cover, in order; empty if it cannot hold."""
        if self.split is None:
            return ()
        made = self.programme.constraints(*self._spans)
        measure = self.split.measure
        spans = [span for span, inside in zip(made.stretches[measure], made.covered(measure), strict=True) if inside]
        found = [(span, self.programme.total(*span, limit)) for span in spans]
        return tuple(Demand(span, amount, amount / span.days) for span, amount in found if amount)

    def course(self, name: Literal["low", "high"], limit: float | None = None) -> tuple[tuple[Span, float], ...] | None:
        """The most even course in which the amount before is at an end of its range; see `Programme.course`."""
        return self.split and self.programme.course(self.split.measure, *self.split.before, name, limit)

    @property
    def _spans(self) -> tuple[Span, ...]:
        return tuple(Span(self.split.measure, *period) for period in self.split[1:]) if self.split else ()


@dataclass(frozen=True)
class Outcome:
    """All scenarios that come to the same.

    Attributes
    ----------
    cases
        One for each scenario; they differ in what they demand of single stretches only.
    assumptions
        What the scenarios assume, in the words of their readings.
    possible
        Whether the figures can all be true.
    unevenness
        The smallest K such that daily rates on the same side of the break differ at most K-fold; None where there is
        none, or the outcome does not hold.
    shortfall, clashes
        If it does not hold: by how many in all the intervals must give way, and the figures that clash.
    implied
        What follows, by limit on unevenness (None for no limit). A limit does not apply where persons are counted once.
    """

    cases: tuple[Case, ...]
    assumptions: str
    possible: bool
    unevenness: float | None
    shortfall: float | None
    clashes: tuple[str, ...]
    implied: Mapping[float | None, Implied]

    @cached_property
    def scenarios(self) -> list[dict[str, str]]:
        return [case.scenario for case in self.cases]


def outcomes(
    part: Component,
    given: Mapping[str, str | Sequence[str]] | None = None,
    limits: Iterable[float | None] = (None, 3),
    split: Split | None = None,
) -> list[Outcome]:
    """The distinct outcomes of the scenarios of a component, in the order of the scenarios.

    Parameters
    ----------
    part
        As `helpers.reason.scenario.component(ledger, measure)` gives it.
    given
        Answers taken for granted: question to a reading, or to several. Questions not named take each of their
        readings.
    limits
        Limits on unevenness, each compared on the same side of the break only; None for no limit.
    split
        What is asked; by default `whole_across_break(part)`.
    """
    split, limits = split or whole_across_break(part), tuple(limits)
    alike: dict[object, list[Case]] = {}
    every = answered(part, given)
    for scenario in every:
        case = Case(scenario, verdict(part, scenario), programme(part, scenario), split)
        alike.setdefault(_sameness(case, limits), []).append(case)
    collected = []
    for cases in alike.values():
        judged = cases[0].verdict
        words = assumptions(part, [case.scenario for case in cases], every)
        implied = {limit: cases[0].implied(limit) for limit in limits if limit is None or cases[0].limitable}
        collected.append(
            Outcome(tuple(cases), words, judged.feasible, judged.unevenness, judged.shortfall, judged.clashes, implied)
        )
    return collected


def whole_across_break(part: Component) -> Split | None:
    """The days of a total on either side of the break; None where the component has no count across a break.

    The total is the first count that is no part of another and lies across the break as its row has it, or else as a
    reading has it (then to the latest day that a reading gives it).
    """
    break_date, parts = part.break_date, dict(part.part_of)
    if break_date is None:
        return None
    counts = {
        figure: row
        for figure, row in part.figures.items()
        if not KINDS[row.kind].against_base and row.measure not in parts
    }
    for spans in (lambda row: [(row.period_start, row.period_end)], lambda row: _periods_read(part, row)):
        for row in counts.values():
            across = [(start, end) for start, end in spans(row) if start and end and start < break_date <= end]
            if across:
                start, end = max(across, key=lambda span: span[1])
                return Split(row.measure, (start, break_date - timedelta(days=1)), (break_date, end))
    return None


def _periods_read(part: Component, row: Any) -> list[tuple[date | None, date | None]]:
    """The periods that the readings of a figure give it."""
    rows = [each for readings in part.questions.values() for rows in readings.values() for each in rows]
    return [
        (each.period_start or row.period_start, each.period_end or row.period_end)
        for each in rows
        if each.figure == row.id
    ]


def answered(part: Component, given: Mapping[str, str | Sequence[str]] | None = None) -> list[dict[str, str]]:
    """The scenarios that answer every question of a component, with some answers taken for granted.

    Raises
    ------
    ScenarioError
        If there is no such question or reading.
    """
    kept = {name: (answer,) if isinstance(answer, str) else tuple(answer) for name, answer in (given or {}).items()}
    for question, readings in kept.items():
        allowed = part.questions.get(question) or part.disputes.get(question)
        wrong = [reading for reading in readings if not allowed or reading not in allowed]
        if wrong:
            known = f"Use one of: {', '.join(allowed)}." if allowed else "There is no such question."
            raise ScenarioError(f"Could not interpret value `{wrong[0]}` for `{question}`. {known}")
    return [
        scenario
        for scenario in part.scenarios()
        if all(question in scenario for question in part.questions)
        and all(scenario[question] in readings for question, readings in kept.items())
    ]


def assumptions(
    part: Component, scenarios: Sequence[Scenario], among: Sequence[Scenario] = (), joint: str = "; "
) -> str:
    """What some scenarios assume, in the words of their readings: "March to June 2023; to 31 October, or to 15
    November".

    A question is left out where they give every answer that is given `among` all, for it then makes no difference.
    """
    questions = list(scenarios[0]) if scenarios else []
    taken = {question: tuple(dict.fromkeys(each[question] for each in scenarios)) for question in questions}
    whole = {tuple(each[question] for question in questions) for each in scenarios}
    if len(whole) < math.prod(len(readings) for readings in taken.values()):
        # No product of answers: told by the last question on which they do not agree.
        last = [question for question in questions if len(taken[question]) > 1][-1]
        groups: dict[str, list[Scenario]] = {}
        for each in scenarios:
            groups.setdefault(each[last], []).append(each)
        return "; or ".join(dict.fromkeys(assumptions(part, group, among, " and ") for group in groups.values()))
    answers = []
    for question, readings in taken.items():
        everywhere = {each[question] for each in among if question in each}
        if set(readings) != everywhere:
            answers.append(", or ".join(part.label(question, reading) for reading in readings))
    return joint.join(answers)


def _sameness(case: Case, limits: tuple[float | None, ...]) -> object:
    judged = case.verdict
    implied = tuple((limit, case.implied(limit)) for limit in limits if limit is None or case.limitable)
    return judged.feasible, judged.unevenness, judged.shortfall, judged.clashes, implied

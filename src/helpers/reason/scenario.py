"""Which figures bear on each other, and the sets of assumptions under which they can be read.

An open question of the package has readings; a contradiction between figures has sides. A scenario is one reading of
each question and one side of each contradiction. A component is a set of measures that bear on each other in some
scenario, with everything of the ledger that concerns them: components can be judged one at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise, product
from typing import Any

from helpers.figures.interval import Interval
from helpers.figures.kind import KINDS
from helpers.package.ledger import Ledger
from helpers.package.schema import Figure

DISPUTE = "dispute:"

Scenario = Mapping[str, str]


class ScenarioError(ValueError):
    """A scenario, or a question about one, that cannot be interpreted."""


@dataclass(frozen=True)
class Component:
    """Measures that bear on each other, with what the ledger holds about them.

    Attributes
    ----------
    measures
        Their ids, in the order of the ledger.
    figures
        Rows of the figures by id, as the ledger has them.
    intervals
        What each figure stands for, by id, under `rounding`.
    part_of
        Pairs of a measure and the measure that contains it.
    questions
        Question to reading to its rows.
    disputes
        Question ("dispute:A|B") to side to the figures that are imposed on that side.
    break_date
        The day from which something else is recorded, or None.
    distinct
        Measures that count each person once in a period, so that totals do not add up.
    stocks
        Measures that stand at a day.
    rates, same
        Measures that are averages of a period; measures of which the break changes nothing in what is recorded.
    """

    measures: tuple[str, ...]
    figures: Mapping[str, Any]
    intervals: Mapping[str, Interval]
    part_of: tuple[tuple[str, str], ...]
    questions: Mapping[str, Mapping[str, tuple[Any, ...]]]
    disputes: Mapping[str, Mapping[str, frozenset[str]]]
    break_date: date | None
    rounding: str
    distinct: frozenset[str] = frozenset()
    stocks: frozenset[str] = frozenset()
    rates: frozenset[str] = frozenset()
    same: frozenset[str] = frozenset()

    def scenarios(self) -> list[dict[str, str]]:
        """The figures as they stand, then one reading of each question; each with every way to settle the disputes."""
        taken = [{}, *_combine(self.questions)] if self.questions else [{}]
        return [reading | side for reading in taken for side in _combine(self.disputes)]

    def reread(self, scenario: Scenario) -> dict[str, Any]:
        """The rows of the figures by id, as a scenario reads them.

        Raises
        ------
        ScenarioError
            If there is no such question or reading, two readings disagree on a field, or a period ends before it
            starts.
        """
        rows = dict(self.figures)
        given: dict[tuple[str, str], Any] = {}
        for question, reading in scenario.items():
            for row in self._taken(question, reading):
                for name in ("measure", "period_start", "period_end"):
                    value = getattr(row, name)
                    if value and given.setdefault((row.figure, name), value) != value:
                        cause = f"another question of the scenario gives {given[row.figure, name]}"
                        raise ScenarioError(f"{question} {reading}, {row.figure}, `{name}` = {value}: {cause}.")
        for (figure, name), value in given.items():
            rows[figure] = rows[figure].model_copy(update={name: value})
        for figure, row in rows.items():
            if row.period_start and row.period_end and row.period_start > row.period_end:
                cause = f"lies before `period_start` ({row.period_start}) in the scenario {dict(scenario)}"
                raise ScenarioError(f"{figure}, `period_end` = {row.period_end}: {cause}.")
        return rows

    def counting_distinct(self, *measures: str) -> Component:
        """The component if each of some measures counted every person once in a period."""
        return replace(self, distinct=self.distinct | set(measures))

    def imposing(self, id: str, measure: str, start: date, end: date, interval: Interval) -> Component:
        """The component with a count of one's own beside its figures: what if so many were counted in these days.

        Raises
        ------
        ScenarioError
            If the component has no such measure, or a figure of that id.
        """
        if measure not in self.measures or id in self.figures:
            cause = "a figure has that id" if id in self.figures else f"use a measure of: {', '.join(self.measures)}"
            raise ScenarioError(f"Could not impose `{id}` on `{measure}`: {cause}.")
        row = Figure.model_construct(
            id=id, measure=measure, kind="count", period_start=start, period_end=end, versus="", printed="", value=None
        )
        return replace(self, figures={**self.figures, id: row}, intervals={**self.intervals, id: interval})

    def label(self, question: str, reading: str) -> str:
        """What a reading assumes, in the words of the package; of a side of a dispute, the numbers taken for true."""
        rows = self._taken(question, reading)
        if question not in self.disputes:
            return rows[0].label if rows else reading
        side = self.disputes[question][reading]
        return "taking " + " and ".join(row.printed for figure, row in self.figures.items() if figure in side)

    def set_aside(self, scenario: Scenario) -> frozenset[str]:
        """The figures in a dispute that the scenario settles against them, or does not settle."""
        contested = {figure for sides in self.disputes.values() for side in sides.values() for figure in side}
        taken = (sides.get(scenario.get(name, ""), ()) for name, sides in self.disputes.items())
        return frozenset(contested.difference(*taken))

    def without_readings(self, scenario: Scenario) -> bool:
        """Whether a scenario re-reads no figure."""
        return all(question in self.disputes for question in scenario)

    def _taken(self, question: str, reading: str) -> tuple[Any, ...]:
        """The rows of one reading; none for a side of a dispute, which re-reads nothing."""
        allowed = self.questions.get(question) or self.disputes.get(question) or {}
        if reading not in allowed:
            known = f"Use one of: {', '.join(allowed)}." if allowed else "There is no such question."
            raise ScenarioError(f"Could not interpret value `{reading}` for `{question}`. {known}")
        return self.questions[question][reading] if question in self.questions else ()


def components(ledger: Ledger) -> list[Component]:
    """The components of a ledger, in its order; measures that no figure bears on are left out.

    A part is linked to its whole; a change, multiple or share to what it is measured against; a measure to what a
    reading takes it for.
    """
    figures, measures = ledger.rows["figures"], ledger.rows["measures"]
    groups = _groups(measures, _links(ledger))
    members: dict[tuple[str, ...], list[str]] = {}
    for figure, row in figures.items():
        members.setdefault(groups[row.measure], []).append(figure)
    readings: dict[tuple[str, ...], set[str]] = {}
    for row in ledger.rows["readings"]:
        readings.setdefault(groups[figures[row.figure].measure], set()).add(row.question)
    questions = _questions(ledger)
    return [
        _component(ledger, group, members[group], {name: questions[name] for name in questions if name in asked})
        for group in dict.fromkeys(groups.values())
        if group in members
        for asked in [readings.get(group, set())]
    ]


def component(ledger: Ledger, *measures: str) -> Component:
    """The component that a measure belongs to; of several measures, their components taken as one.

    Raises
    ------
    ScenarioError
        If there is no such measure.
    """
    groups, rows = _groups(ledger.rows["measures"], _links(ledger)), ledger.rows["figures"]
    for measure in measures:
        if measure not in groups:
            raise ScenarioError(
                f"Could not interpret value `{measure}` for `measure`. Use one of: {', '.join(groups)}."
            )
    wanted = {member for measure in measures for member in groups[measure]}
    figures = [figure for figure, row in rows.items() if row.measure in wanted]
    asked = {row.question for row in ledger.rows["readings"] if rows[row.figure].measure in wanted}
    questions = {name: readings for name, readings in _questions(ledger).items() if name in asked}
    return _component(ledger, tuple(measure for measure in groups if measure in wanted), figures, questions)


def whole(ledger: Ledger) -> Component:
    """Everything a ledger holds, taken as one component."""
    return _component(ledger, tuple(ledger.rows["measures"]), list(ledger.rows["figures"]), _questions(ledger))


def _component(
    ledger: Ledger,
    measures: tuple[str, ...],
    figures: list[str],
    questions: Mapping[str, Mapping[str, tuple[Any, ...]]],
) -> Component:
    rows = {figure: ledger.rows["figures"][figure] for figure in figures}
    # A question may touch figures of several components; here only its rows for these figures count, and a reading
    # that has none of them leaves them as they are.
    mine = {
        question: {reading: tuple(row for row in taken if row.figure in rows) for reading, taken in readings.items()}
        for question, readings in questions.items()
    }
    nested = tuple(
        (measure, parent) for measure in measures if (parent := ledger.rows["measures"][measure].part_of) in measures
    )
    intervals = {figure: ledger.intervals[figure] for figure in figures}
    natures = {measure: ledger.rows["measures"][measure].nature for measure in measures}
    distinct, stocks, rates = (
        frozenset(m for m in measures if natures[m] == name) for name in ("distinct", "stock", "rate")
    )
    same = frozenset(m for m in measures if ledger.rows["measures"][m].recorded == "same")
    settings = ledger.break_date, ledger.rounding, distinct, stocks, rates, same
    return Component(measures, rows, intervals, nested, mine, _disputes(ledger, rows), *settings)


def _questions(ledger: Ledger) -> dict[str, dict[str, tuple[Any, ...]]]:
    questions: dict[str, dict[str, tuple[Any, ...]]] = {}
    for row in ledger.rows["readings"]:
        readings = questions.setdefault(row.question, {})
        readings[row.reading] = (*readings.get(row.reading, ()), row)
    return questions


def _disputes(ledger: Ledger, figures: Mapping[str, Any]) -> dict[str, dict[str, frozenset[str]]]:
    """Disputes as questions: "dispute:A|B", with "A" and "B" for readings and the figures each imposes.

    Disputes that share a figure are one question. Its readings are the largest sets of its figures with no two on
    different sides of a dispute: "A+C" and "B" where A and C both contradict B.
    """
    order = {figure: at for at, figure in enumerate(figures)}
    held = [[side & figures.keys() for side in sides.values()] for sides in ledger.sides.values()]
    contested = [[side for side in sides if side] for sides in held if sum(map(bool, sides)) > 1]
    joined = [sorted(frozenset().union(*sides), key=order.__getitem__) for sides in contested]
    links = [pair for figures in joined for pair in pairwise(figures)]
    questions = {}
    for group in dict.fromkeys(_groups(sorted(set().union(*joined), key=order.__getitem__), links).values()):
        touching = [sides for sides in contested if any(side & set(group) for side in sides)]
        # A figure is kept if no dispute is settled for a side that it is not on.
        kept = {
            frozenset(figure for figure in group if not _lost(figure, touching, choice))
            for choice in product(*touching)
        }
        largest = [some for some in kept if some and not any(some < other for other in kept)]
        listed = [sorted(some, key=order.__getitem__) for some in largest]
        sets = sorted(listed, key=lambda some: (len(some), [order[figure] for figure in some]))
        questions[DISPUTE + "|".join(group)] = {"+".join(some): frozenset(some) for some in sets}
    return questions


def _lost(figure: str, disputes: Sequence[Sequence[frozenset[str]]], choice: Sequence[frozenset[str]]) -> bool:
    """Whether some dispute has the figure on a side, but not on the one chosen."""
    return any(
        figure not in chosen and any(figure in side for side in sides)
        for sides, chosen in zip(disputes, choice, strict=True)
    )


def _links(ledger: Ledger) -> Iterator[tuple[str, str]]:
    figures = ledger.rows["figures"]
    for measure, row in ledger.rows["measures"].items():
        yield measure, row.part_of
    for row in figures.values():
        if KINDS[row.kind].against_base:
            other = figures.get(row.versus)
            whole = other and not KINDS[other.kind].against_base  # an earlier share is no whole
            yield row.measure, other.measure if whole else row.base_measure
    for row in ledger.rows["readings"]:
        yield figures[row.figure].measure, row.measure


def _groups(names: Iterable[str], links: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Each name with all names it is linked to, directly or not, in their order (union-find; Tarjan, 1975)."""
    parent = {name: name for name in names}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = name = parent[parent[name]]
        return name

    for one, other in links:
        if other in parent:
            parent[root(one)] = root(other)
    members: dict[str, list[str]] = {}
    for name in parent:
        members.setdefault(root(name), []).append(name)
    grouped = {top: tuple(linked) for top, linked in members.items()}
    return {name: grouped[root(name)] for name in parent}


def _combine(questions: Mapping[str, Iterable[str]]) -> list[dict[str, str]]:
    return [dict(zip(questions, readings, strict=True)) for readings in product(*questions.values())]

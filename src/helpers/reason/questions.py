"""What to ask: which scenarios each answer to an open question would leave, and what would then follow."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from helpers.figures.interval import Interval
from helpers.reason.outcome import Case, Implied, Split, outcomes
from helpers.reason.scenario import Component


@dataclass(frozen=True)
class Answer:
    """One possible answer to one open question.

    Attributes
    ----------
    question, reading
        Ids, as `readings.csv` has them.
    label
        The answer in the words of the package.
    cases
        The scenarios that can hold now and agree with it. None is left where the figures contradict the answer.
    ruled_out
        How many of the scenarios that can hold now it would rule out.
    implied
        By limit on unevenness: the smallest ranges that hold what every remaining scenario implies; None where none is
        left.
    """

    question: str
    reading: str
    label: str
    cases: tuple[Case, ...]
    ruled_out: int
    implied: Mapping[float | None, Implied]

    @property
    def possible(self) -> bool:
        """Whether the figures could all be true if this were the answer."""
        return bool(self.cases)


@dataclass(frozen=True)
class Enquiry:
    """The open questions of a component and what each answer would settle.

    Attributes
    ----------
    cases
        The scenarios that can hold now.
    implied
        What they imply together, as of an answer.
    answers
        Question to its answers, in the order of the package.
    """

    cases: tuple[Case, ...]
    implied: Mapping[float | None, Implied]
    answers: Mapping[str, tuple[Answer, ...]]

    @property
    def sharpest(self) -> Answer | None:
        """The answer that would rule out most of the scenarios that can hold now, and leave some."""
        possible = [answer for answers in self.answers.values() for answer in answers if answer.possible]
        return max(possible, key=lambda answer: answer.ruled_out, default=None)


def enquiry(
    part: Component,
    given: Mapping[str, str | Sequence[str]] | None = None,
    limits: Iterable[float | None] = (None, 3),
    split: Split | None = None,
) -> Enquiry:
    """What each answer to each open question of a component would settle.

    Parameters
    ----------
    part, given, limits, split
        As of `helpers.reason.outcome.outcomes`. A question with one answer in `given` is not asked.
    """
    limits = tuple(limits)
    cases = [case for outcome in outcomes(part, given, limits, split) if outcome.possible for case in outcome.cases]
    answers = {}
    for question, readings in part.questions.items():
        kept = (given or {}).get(question, tuple(readings))
        kept = (kept,) if isinstance(kept, str) else tuple(kept)
        if len(kept) > 1:
            answers[question] = tuple(_answer(part, question, reading, cases, limits) for reading in kept)
    return Enquiry(tuple(cases), _hulls(cases, limits), answers)


def _answer(
    part: Component, question: str, reading: str, cases: Sequence[Case], limits: Iterable[float | None]
) -> Answer:
    left = tuple(case for case in cases if case.scenario[question] == reading)
    label = part.label(question, reading)
    return Answer(question, reading, label, left, len(cases) - len(left), _hulls(left, limits))


def _hulls(cases: Sequence[Case], limits: Iterable[float | None]) -> dict[float | None, Implied]:
    hulls = {}
    for limit in limits:
        implied = [case.implied(limit if case.limitable else None) for case in cases]
        hulls[limit] = Implied(*(_hull([each[at] for each in implied]) for at in range(len(Implied._fields))))
    return hulls


def _hull(intervals: Iterable[Interval | None]) -> Interval | None:
    """The smallest interval that holds all those given; None if there are none."""
    given = [each for each in intervals if each is not None]
    return functools.reduce(Interval.hull, given) if given else None

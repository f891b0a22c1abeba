"""Scenarios and answers as numbers, as rows of tables and charts, in a sentence and as records for machines."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal

from helpers.charts.outcomes import OutcomeRow
from helpers.charts.ranges import Assumption, Bar
from helpers.charts.value import short_period
from helpers.figures.interval import Interval
from helpers.figures.quantity import Quantity, derived
from helpers.figures.rounding import ROUNDINGS
from helpers.package.ledger import Ledger
from helpers.reason.compare import days
from helpers.reason.outcome import Case, Outcome, outcomes
from helpers.reason.questions import Answer, Enquiry, enquiry
from helpers.reason.scenario import Component, component
from helpers.report import findings
from helpers.words.numbers import capital, number, small, span

_PROGRAMME = "linear programme over the figures of the scenario"


def only(part: Component, **answers: str) -> Case:
    """The one scenario that the answers leave; a question the edition does not ask is passed over."""
    given = {question: answer for question, answer in answers.items() if question in part.questions}
    ((case,),) = (found.cases for found in outcomes(part, given))
    return case


def implied(case: Case, what: Literal["before", "after", "ratio"]) -> Quantity:
    """A range that a scenario implies, as a quantity on the figures that it imposes; missing where it cannot hold."""
    return derived(getattr(case.implied(), what), "linear programme", case.programme.figures)


def demanded(case: Case, nth: int) -> Quantity:
    """What a scenario demands a day of a stretch of its year, the first being 0."""
    if case.split is None:
        raise ValueError("Nothing can be demanded of a stretch: no count of the measures lies across the break.")
    first = case.split.before[0]
    stretch = [each for each in case.demands() if each.span.start >= first][nth]
    return derived(stretch.per_day, "linear programme", case.programme.figures, "a day")


def assumption(first: str, second: str, case: Case) -> Assumption:
    """A scenario as a row of a chart: what it leaves a day before the break, and in the last stretch after it.

    Parameters
    ----------
    first, second
        The answers that make it, as templates.
    """
    before, shortfall = case.implied().before, case.verdict.shortfall
    if before is None or case.split is None:
        return Assumption(
            first,
            second,
            None,
            failure=f"cannot hold: short by at least {number(shortfall)}" if shortfall else "cannot hold",
        )
    break_date = case.split.after[0]
    after = [each for each in case.demands() if each.span.start >= break_date]
    last = after[-1] if len(after) > 1 else None
    later = last and _a_day(case, last.amount, (last.span.start, last.span.end), "after")
    return Assumption(first, second, _a_day(case, before, case.split.before, "before"), later)


def _a_day(case: Case, amount: Interval, over: tuple[date, date], side: str) -> Bar:
    rate = amount / days(*over)
    ends = Interval(_outward(rate.low, math.floor), _outward(rate.high, math.ceil))
    pace = derived(ends, "linear programme, its ends rounded outward to three digits,", case.programme.figures, "a day")
    return Bar(pace, short_period(*over).removesuffix(f" {over[1].year}"), side)


def _outward(end: Fraction | float, to: Callable[[Fraction], int]) -> Fraction | float:
    """An end of a range to three digits, so that ranges on one axis are as fine as each other."""
    if not end or math.isinf(end):
        return end
    step = Fraction(10) ** (math.floor(math.log10(abs(float(end)))) - 2)
    return to(Fraction(end) / step) * step


def against(rate: Interval, published: Quantity) -> str:
    """A rate against a published one, in words, as "1.6 to 1.8 times the"."""
    times = rate / published.known_interval
    if times.high <= 1:
        return "fewer than"
    return (
        f"{span(times)} times the"
        if times.low > 0
        else f"up to {number(Fraction(math.ceil(times.high * 10), 10), 1)} times the"
    )


def outcome_rows(judged: Iterable[Outcome], published: Quantity, name: str, unit: str) -> list[OutcomeRow]:
    """The outcomes of scenarios as rows of a table: assumption, whether it holds, ratio, what published counts say."""
    rows = []
    for outcome in judged:
        what, split = outcome.implied[None], outcome.cases[0].split
        if not outcome.possible:
            words = _shortfall(outcome, unit)
        elif what.before is None or split is None:
            words = ""
        else:
            rate = what.before / days(*split.before)
            words = span(what.before)
            words += f": a day {against(rate, published)} {name}" if published.interval else f" {unit}"
        rows.append(OutcomeRow(capital(outcome.assumptions), outcome.possible, what.ratio, words))
    return rows


def _shortfall(outcome: Outcome, unit: str) -> str:
    """Why an outcome cannot hold."""
    return f"short by {number(outcome.shortfall)} {unit}" if outcome.shortfall else "the figures exclude each other"


def outcome_cells(judged: Iterable[Outcome], unit: str) -> list[list[str]]:
    """The outcomes of scenarios as rows of a plain table: assumption, whether it holds, amount before, ratio."""
    rows = []
    for outcome in judged:
        what, label = outcome.implied[None], capital(outcome.assumptions)
        if outcome.possible:
            ranges = ("any" if one is None else span(one) for one in (what.before, what.ratio))
            rows.append([label, "possible", *ranges])
        else:
            rows.append([label, "impossible", _shortfall(outcome, unit), "–"])
    return rows


def answer_rows(enquiry: Enquiry, asked: Mapping[str, str]) -> list[list[str]]:
    """Each question over its answers: how many sets of assumptions each leaves, amount before the break, ratio."""
    rows = []
    for question, words in asked.items():
        found = enquiry.answers.get(question, ())
        rows += [[words]] if found else []
        rows += [[capital(answer.label), *settled(answer, len(enquiry.cases))] for answer in found]
    return rows


def settled(answer: Answer, among: int) -> tuple[str, str, str]:
    """What an answer would settle: how many sets of assumptions are left, and what they imply."""
    what = answer.implied[None]
    if not answer.possible:
        return f"none of {among}", "–", "–"
    before, ratio = ("any" if interval is None else span(interval) for interval in (what.before, what.ratio))
    return f"{len(answer.cases)} of {among}", before, ratio


def sharpest(enquiry: Enquiry) -> str:
    """The answers that would rule out most, in a sentence; answers that rule out as many stand together."""
    best, among = enquiry.sharpest, len(enquiry.cases)
    if best is None or not best.ruled_out:
        return f"No single answer would rule out any of the {among} sets of assumptions that the printed numbers allow."
    equal = [
        answer.label
        for answers in enquiry.answers.values()
        for answer in answers
        if answer.possible and answer.ruled_out == best.ruled_out
    ]
    left = small(among - best.ruled_out)
    named = "”, “".join(equal[:-1]) + ("” or “" if len(equal) > 1 else "") + equal[-1]
    this = "this answer" if len(equal) == 1 else "any one of these answers"
    return f"The printed numbers allow {among} sets of assumptions; {this} would leave {left}: “{named}”."


def joint(
    part: Component, given: Mapping[str, str], measure: str, days_before: tuple[date, date], counted: Quantity
) -> str:
    """How many sets of assumptions are left if a published count is a part of a measure before the break: "9 of the 12
    sets".

    Empty where the edition lacks the count.
    """
    if counted.interval is None or isinstance(counted.interval.low, float):
        return ""
    least = Interval(counted.interval.low, math.inf)
    now = len(enquiry(part, given, (None,)).cases)
    left = len(enquiry(part.imposing("published", measure, *days_before, least), given, (None,)).cases)
    return f"{left} of the {now} sets"


def implied_records(
    ledger: Ledger, measure: str, given: Mapping[str, str], limits: Sequence[float | None] = (None, 3)
) -> list[findings.ImpliedRecord]:
    """What every scenario implies for a measure, under every rounding and limit, as records of `findings.json`."""
    records = []
    for rounding in ROUNDINGS:
        part = component(ledger.with_rounding(rounding), measure)
        counts = ledger.rows["measures"][measure].counts
        for outcome in outcomes(part, given, limits):
            for case in outcome.cases:
                for limit in limits:
                    what, figures = case.implied(limit), case.programme.figures
                    named = [
                        (f"{measure}-before", what.before, counts),
                        (f"{measure}-after", what.after, counts),
                        (f"{measure}-ratio-of-averages", what.ratio, "times"),
                    ]
                    records += [
                        findings.ImpliedRecord(
                            name, case.scenario, interval, unit, limit, rounding, figures, _PROGRAMME
                        )
                        for name, interval, unit in named
                    ]
    return records

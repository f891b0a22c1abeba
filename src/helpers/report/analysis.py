"""What a briefing works out beside its prose: paces, ceilings, series, and the words for scenarios and answers.

Nothing here knows a package: figures, measures and questions come by their ids.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from itertools import product
from typing import Literal

from helpers.charts.outcomes import Outcome as OutcomeRow
from helpers.charts.parts import Assumption, courses
from helpers.figures.formula import Formula, Given, Operation, Reported
from helpers.figures.interval import Interval
from helpers.figures.kind import KINDS
from helpers.figures.quantity import Quantity, constant, derived
from helpers.figures.rounding import ROUNDINGS
from helpers.markup import dialect as markup
from helpers.package.ledger import Ledger
from helpers.reason.compare import days, quantity
from helpers.reason.outcome import Case, Outcome, outcomes
from helpers.reason.questions import Answer, Enquiry, enquiry
from helpers.reason.scenario import Component, component
from helpers.reason.whatif import reread_ledger
from helpers.report import findings
from helpers.words.numbers import capital, number, period, small, span
from helpers.words.template import Writer

_MONTH = Fraction(365, 12)  # days of a month, on average


def as_read(ledger: Ledger, **answers: str) -> Ledger:
    """The ledger as one answer to each question named reads its figures; the edition's own where it lacks them."""
    held = {row.question for row in ledger.rows["readings"]}
    return reread_ledger(ledger, {question: answer for question, answer in answers.items() if question in held})


def times_a_day(ledger: Ledger, figure: str) -> Quantity:
    """A count to its earlier count (`versus`), both divided by their days.

    Where the earlier period opens the later one, the two are running totals, and what came between is compared with
    what came before: (ratio − 1) × days before ÷ days between.

    Raises
    ------
    ValueError
        If the ledger gives one of them no whole period.
    """
    after = quantity(ledger, figure)
    if after.interval is None:
        return after
    row = ledger.rows["figures"][figure]
    before = ledger.rows["figures"][row.versus]
    for each in (row, before):
        if not each.period_start or not each.period_end:
            raise ValueError(
                f"figures.csv, `{each.id}`: a ratio a day needs a whole period; name a reading that gives it."
            )
    ratio = after / quantity(ledger, before.id)
    later, earlier = days(row.period_start, row.period_end), days(before.period_start, before.period_end)
    if row.period_start == before.period_start and later > earlier:
        return (ratio - 1) * constant(Fraction(earlier, later - earlier))
    return ratio if later == earlier else ratio * constant(Fraction(earlier, later))


def ends(ledger: Ledger, figure: str) -> list[date]:
    """The last days that a figure may have: its own, or else each that a reading gives it."""
    row = ledger.rows["figures"][figure]
    read = [each.period_end for each in ledger.rows["readings"] if each.figure == figure and each.period_end]
    return [row.period_end] if row.period_end else sorted(set(read))


def days_around(ledger: Ledger, figure: str) -> dict[str, int]:
    """How many days of a figure's period lie before the break, and how many from it on."""
    row, break_date = ledger.rows["figures"][figure], ledger.break_date
    every = days(row.period_start, row.period_end)
    before = min(max((break_date - row.period_start).days, 0), every) if break_date else 0
    return {"before": before, "after": every - before}


def rest_a_day(ledger: Ledger, whole: str, part: str) -> Quantity:
    """What a whole holds beyond a part that opens or closes it, a day of those left, for every end it may have."""
    rest = quantity(ledger, whole) - quantity(ledger, part)
    if rest.interval is None:
        return rest
    rows = ledger.rows["figures"]
    every, start = days(rows[whole].period_start, rows[whole].period_end), rows[part].period_start
    left = [every - days(start, end) for end in ends(ledger, part)]
    return rest / constant(Interval(min(left), max(left)), "day")


def a_month(daily: Quantity) -> Quantity:
    """A number a day as a number a month."""
    return (daily * _MONTH).named("", daily.unit.replace("per day", "per month"))


def rest_to_part(ledger: Ledger, whole: str, part: str) -> Quantity:
    """The pace of the rest of a whole to the pace of a part of it, for every end that the part may have."""
    total, early = quantity(ledger, whole), quantity(ledger, part)
    rest = total - early
    if rest.interval is None:
        return rest
    row, found = ledger.rows["figures"][whole], []
    for end in ends(ledger, part):
        before, after = days(row.period_start, end), days(end, row.period_end) - 1
        found.append((total.known_interval / early.known_interval - 1) * Fraction(before, after))
    hull = Interval(min(each.low for each in found), max(each.high for each in found))
    return derived(hull, "pace of the rest to pace of the part, for every end of the part,", (whole, part))


def most_rise(ended: Quantity, sanctioned: Quantity) -> Quantity:
    """Most that sanctions could rise, as a multiple, if all cases that ended otherwise were sanctioned instead.

    Parameters
    ----------
    ended, sanctioned
        Shares of the same cases, as fractions. Pairs of values that make more than the whole are left out.
    """
    method, inputs = _CEILING, tuple(dict.fromkeys(ended.inputs + sanctioned.inputs))
    if ended.interval is None or sanctioned.interval is None:
        return derived(None, method, inputs)
    few, many = sanctioned.interval.low, sanctioned.interval.high
    low = 1 + min(ended.interval.low, 1 - many) / many
    high = 1 + min(ended.interval.high, 1 - few) / few
    return derived(Interval(low, high), method, inputs)


def most_opened(ledger: Ledger, total: str, later: str, share: str, later_share: str) -> Quantity:
    """Reports opened as cases, if one share of the earlier reports was opened and another of the later ones.

    (total − later) × share + later × later share. The result is linear in each of the four figures, so its ends lie
    where each figure is at one of its own.
    """
    inputs = (total, later, share, later_share)
    intervals = [quantity(ledger, figure).interval for figure in inputs]
    ends = [(interval.low, interval.high) for interval in intervals if interval is not None]
    if len(ends) < len(inputs):
        return derived(None, _OPENED, inputs)
    corners = [(a - b) * s + b * t for a, b, s, t in product(*ends)]
    return derived(Interval(min(corners), max(corners)), _OPENED, inputs, "cases")


_OPENED = "earlier reports × their share + later reports × theirs,"
_CEILING = "1 + share ended ÷ share sanctioned, without pairs of shares that make more than the whole,"


# --- scenarios in words and in pictures ----------------------------------------------------------------------------


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


def drawn(case: Case, nth: int, at: int = 0) -> Quantity:
    """What a course of a scenario holds a day in one of its stretches, as a chart draws it: both counted from 0."""
    low, high = courses(case)[at].stretches[nth].rates
    return derived(Interval(low, high), "linear programme", case.programme.figures, "a day")


def course(title: str, case: Case) -> Assumption:
    """What a scenario demands of its year: its course, two where the amount before is wide, or its shortfall."""
    return Assumption(title, courses(case), case.verdict.gap)


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


def outcome_rows(found: Iterable[Outcome], published: Quantity, name: str, unit: str) -> list[OutcomeRow]:
    """The outcomes of scenarios as rows of a table: assumption, whether it holds, ratio, what published counts say."""
    rows = []
    for each in found:
        what, split = each.implied[None], each.cases[0].split
        if not each.holds:
            said = f"short by {number(each.gap)} {unit}" if each.gap else "the figures exclude each other"
        elif what.before is None or split is None:
            said = ""
        else:
            rate = what.before / days(*split.before)
            said = span(what.before)
            said += f": a day {against(rate, published)} {name}" if published.interval else f" {unit}"
        rows.append(OutcomeRow(capital(each.assumptions), each.holds, what.ratio, said))
    return rows


def outcome_cells(found: Iterable[Outcome], unit: str) -> list[list[str]]:
    """The outcomes of scenarios as rows of a plain table: assumption, whether it holds, amount before, ratio."""
    rows = []
    for each in found:
        what, label = each.implied[None], capital(each.assumptions)
        if each.holds:
            ranges = ("any" if one is None else span(one) for one in (what.before, what.ratio))
            rows.append([label, "possible", *ranges])
        else:
            short = f"short by {number(each.gap)} {unit}" if each.gap else "the figures exclude each other"
            rows.append([label, "impossible", short, "–"])
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


# --- tables ----------------------------------------------------------------------------------------------------------


def under_roundings(w: Writer, names: Iterable[str]) -> list[list[str]]:
    """Worked-out numbers under every rounding: a row each, its label first; missing ones left out."""
    under = {name: w.ledger.with_rounding(name) for name in ROUNDINGS}
    return [
        [
            markup.escape(w.labels[name]),
            *(
                f"{{{name}}}" if rounding == w.ledger.rounding else _range(w, name, under[rounding])
                for rounding in under
            ),
        ]
        for name in names
        if w.worked[name].interval is not None
    ]


def read_as(w: Writer, name: str, rounding: str) -> Quantity:
    """A worked-out number under another rounding than the edition's, for a sentence that speaks of both."""
    worked = w.worked[name]
    if worked.interval is None:
        return worked
    interval = again(worked.formula, w.ledger.with_rounding(rounding)).interval
    return derived(interval, f"{worked.formula}, with rounding {rounding}", worked.inputs, worked.unit)


def _range(w: Writer, name: str, ledger: Ledger) -> str:
    interval = again(w.worked[name].formula, ledger).interval
    return span(interval) if interval is not None else ""


def again(formula: Formula, ledger: Ledger) -> Formula:
    """A formula worked out on another ledger.

    Raises
    ------
    ValueError
        If a part of it is what no arithmetic gives.
    """
    if isinstance(formula, Reported):
        return quantity(ledger, formula.figure).formula
    if isinstance(formula, Operation):
        return Operation(formula.sign, again(formula.left, ledger), again(formula.right, ledger))
    if isinstance(formula, Given):
        return formula
    raise ValueError(f"Could not work out “{formula}” anew: it is no arithmetic on figures.")


def steps(ledger: Ledger) -> list[list[str]]:
    """Every event, in the order of time as far as it is known: its date, what happened, its source, as templates.

    A month or a year without a day stands before the days in it, so that what was adopted in July stands before what
    came into force on one of its days. What has no date stands last.
    """
    events = sorted(ledger.rows["events"].values(), key=lambda row: (not row.date, row.date))
    return [
        [f"{{{row.id}}}", markup.escape(row.label).replace("{", "{{").replace("}", "}}"), f"{{{row.source}}}"]
        for row in events
    ]


def series(ledger: Ledger, since: int) -> tuple[list[str], list[list[str]]]:
    """Every figure of every measure, the earliest first: a header, and rows of templates.

    A row of one cell names a measure and stands over the rows of its figures: period, value as printed, a day, source.
    Of a count of what happens in a period the number a day is formed, for every end that the period may have; what has
    no period stands last.

    Parameters
    ----------
    since
        First year of the table.
    """
    held: dict[str, list[str]] = {}
    for name, row in ledger.rows["figures"].items():
        if row.period_end is None or row.period_end.year >= since:
            held.setdefault(row.measure, []).append(name)
    rows = []
    for measure, about in ledger.rows["measures"].items():
        if measure in held:
            rows.append([f"{markup.escape(capital(about.label))} ({markup.escape(about.counts)})"])
            rows += [_line(ledger, name) for name in sorted(held[measure], key=partial(_when, ledger))]
    return ["Period", "As printed", "A day", "Source"], rows


def _when(ledger: Ledger, figure: str) -> tuple[date, date]:
    row = ledger.rows["figures"][figure]
    return row.period_start or date.max, row.period_end or date.max


def _line(ledger: Ledger, figure: str) -> list[str]:
    row = ledger.rows["figures"][figure]
    kind = KINDS[row.kind]
    said = f"{{{figure}}}"
    if kind.signed:
        said = f"{'down' if row.value < 0 else 'up'} {said}"
    last, daily = ends(ledger, figure), "–"
    if row.period_start and last and not kind.against_base and ledger.rows["measures"][row.measure].nature == "flow":
        rates = [ledger.intervals[figure] / days(row.period_start, end) for end in last]
        daily = span(Interval(min(rate.low for rate in rates), max(rate.high for rate in rates)))
    return [capital(period(row.period_start, row.period_end)), said, daily, f"{{{row.source}}}"]


# --- for machines --------------------------------------------------------------------------------------------------


def implied_records(
    ledger: Ledger, measure: str, given: Mapping[str, str], limits: Sequence[float | None] = (None, 3)
) -> list[findings.Implied]:
    """What every scenario implies for a measure, under every rounding and limit, as records of `findings.json`."""
    made = []
    for rounding in ROUNDINGS:
        part = component(ledger.with_rounding(rounding), measure)
        counts = ledger.rows["measures"][measure].counts
        for found in outcomes(part, given, limits):
            for case in found.cases:
                for limit in limits:
                    what, figures = case.implied(limit), case.programme.figures
                    named = [
                        (f"{measure}-before", what.before, counts),
                        (f"{measure}-after", what.after, counts),
                        (f"{measure}-ratio-of-averages", what.ratio, "times"),
                    ]
                    made += [
                        findings.Implied(name, case.scenario, interval, unit, limit, rounding, figures, _PROGRAMME)
                        for name, interval, unit in named
                    ]
    return made


_PROGRAMME = "linear programme over the figures of the scenario"

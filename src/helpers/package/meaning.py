"""What the figures, readings and disputes of a package may say: values, periods, and what they mean together."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, islice

from helpers.figures.kind import KINDS
from helpers.figures.numeral import Numeral
from helpers.package import numerals
from helpers.package.schema import Figure, Measure
from helpers.package.tables import Fault, Table

Tables = dict[str, Table]

MOST_SCENARIOS = 1_000  # what can be worked through in a minute or two
MOST_CONTESTED = 12  # figures of disputes that share figures: their sides are combined in every way


def check_figures(found: Tables) -> Iterator[Fault]:
    languages = {source.id: source.language for source, _ in found["sources"].rows}
    measures = {measure.id: measure for measure, _ in found["measures"].rows}
    by_id = {figure.id: figure for figure, _ in found["figures"].rows}
    for figure, place in found["figures"].rows:
        fault = functools.partial(Fault, "figures.csv", place)
        kind, measure = KINDS[figure.kind], measures.get(figure.measure)
        decimals = measure.decimals if measure else 6
        held = [kind.accepts(Fraction(value), decimals) for value in _ends(figure)]
        if not all(held):
            wrong = _ends(figure)[held.index(False)]
            yield fault("value" if wrong == figure.value else "value_to", str(wrong), kind.limits)
        if all(held) and figure.value_to is not None and figure.value_to <= figure.value:
            yield fault("value_to", str(figure.value_to), f"is not above `value` ({figure.value})")
        language = languages.get(figure.source)  # none where the source itself is at fault, which is reported already
        numeral = numerals.stated(figure.printed, figure.wording, language) if language else None
        if language and not numeral:
            rules = language if language in numerals.LANGUAGES else f"{language}, read by the rules of English"
            cause = f"cannot be read as a number in the source's language ({rules}); {numerals.FORMS}"
            yield fault("printed", figure.printed, cause)
        elif numeral and all(held):
            yield from _check_value(figure, numeral, fault)
        if language and numeral and kind.against_base:
            yield from _check_printed(figure, numeral, language, fault)
        if numeral and not numeral.last and kind.against_base and figure.step is None:
            cause = f"{figure.printed!r} has no last digit to go by: give the step it was rounded to"
            yield fault("step", "", cause)
        if (
            numeral
            and not numeral.last
            and figure.kind == "change"
            and abs(figure.value) >= 10
            and 0 < (figure.step or 1) < 1
        ):
            cause = f"is in percent, as `value` is: {figure.printed!r} is not known to {figure.step}%; write 5, say"
            yield fault("step", str(figure.step), cause)
        if numeral and numeral.limit and not figure.qualifier:
            cause = f"{figure.printed!r} says no more than a limit, read as {numeral.limit} {numeral.value}"
            yield fault("qualifier", "", f"{cause}: write `{numeral.limit}` here")
        yield from _check_periods(figure, place, measures)
        other = by_id.get(figure.versus)
        if other and other.kind not in kind.compares_with:
            with_ = " or a ".join(kind.compares_with)
            yield fault(
                "versus", figure.versus, f"is a {other.kind}; a figure of {kind.name} is compared with a {with_}"
            )


def _check_periods(figure: Figure, place: str, measures: dict[str, Measure]) -> Iterator[Fault]:
    fault = functools.partial(Fault, "figures.csv", place)
    for side, counted in (("period", figure.measure), ("base", figure.base_measure or figure.measure)):
        first, last, said = (getattr(figure, f"{side}_{name}") for name in ("start", "end", "basis"))
        if first and last and first > last:
            yield fault(f"{side}_end", str(last), f"lies before `{side}_start` ({first})")
        if said and bool(first and last) == (said == "unstated"):
            cause = "a period with both days is stated or inferred; one without is unstated"
            yield fault(f"{side}_basis", said, cause)
        elif not said and (first or last):
            yield fault(f"{side}_basis", said, "days are given: say whether the source states them")
        if first and last and first < last and counted in measures and measures[counted].nature == "stock":
            cause = f"`{counted}` is a stock, which stands at a day: give its day in `{side}_start` too"
            yield fault(f"{side}_end", str(last), cause)


def _ends(figure: Figure) -> list[Decimal]:
    return [figure.value] if figure.value_to is None else [figure.value, figure.value_to]


def _check_value(figure: Figure, numeral: Numeral, fault: Callable[..., Fault]) -> Iterator[Fault]:
    """What is printed agrees with the values, each with its end of a range."""
    kind = KINDS[figure.kind]
    meanings = kind.meanings(numeral)
    if not meanings:
        cause = f"is no {figure.kind}: {kind.limits}"
        yield fault("printed", figure.printed, cause)
        return
    if numeral.value_to is None and figure.value_to is not None:
        yield fault("value_to", str(figure.value_to), f"{figure.printed!r} is no range: leave it empty")
    for name, value in zip(("value", "value_to"), _ends(figure)[: 1 + (numeral.value_to is not None)], strict=False):
        if kind.exact(value, numeral) is None:
            expected = " or ".join(_decimal(-meaning if value < 0 else meaning) for meaning in meanings)
            cause = f"`printed` says {figure.printed!r}, which as a {figure.kind} is {expected}, not {value}"
            yield fault(name, str(value), cause)
    if numeral.value_to is not None and figure.value_to is None:
        yield fault("value_to", "", f"{figure.printed!r} is a range: give its upper end here, its lower in `value`")


def _decimal(value: Fraction) -> str:
    return str(int(value)) if value.denominator == 1 else f"{float(value):.4f}".rstrip("0").rstrip(".")


def _check_printed(figure: Figure, numeral: Numeral, language: str, fault: Callable[..., Fault]) -> Iterator[Fault]:
    """What is printed is the whole number of the wording: not the "5 percent" of "5 percentage points"."""
    words, printed = numerals.fold(figure.wording), numerals.fold(figure.printed)
    at = words.lower().find(printed.lower())
    for start, end in numerals.find(words, language) if at >= 0 else ():
        longer = words[start:end]
        found = numerals.parse(longer, language)
        if start == at and end > at + len(printed) and found and found.form == "points" != numeral.form:
            yield fault("printed", figure.printed, f"is printed as {longer!r}: write it whole, as a figure of points")


def check_readings(found: Tables) -> Iterator[Fault]:
    labels: dict[tuple[str, str], str] = {}
    seen: set[tuple[str, str, str]] = set()
    by_id = {figure.id: figure for figure, _ in found["figures"].rows}
    stocks = {measure.id for measure, _ in found["measures"].rows if measure.nature == "stock"}
    for row, place in found["readings"].rows:
        fault = functools.partial(Fault, "readings.csv", place)
        if labels.setdefault((row.question, row.reading), row.label) != row.label:
            yield fault("label", row.label, f"{row.question} {row.reading} has another label further up")
        if (row.question, row.reading, row.figure) in seen:
            yield fault("figure", row.figure, f"stands twice in {row.question} {row.reading}")
        seen.add((row.question, row.reading, row.figure))
        figure = by_id.get(row.figure)
        start, end = (getattr(row, name) or getattr(figure, name, None) for name in ("period_start", "period_end"))
        if start and end and start > end:
            yield fault("period_end", str(end), f"lies before `period_start` ({start})")
        counted = row.measure or getattr(figure, "measure", "")
        if start and end and start < end and counted in stocks:
            yield fault("period_end", str(end), f"`{counted}` is a stock, which stands at a day, not over a period")


def check_questions(found: Tables) -> Iterator[Fault]:
    """A scenario takes one reading of each question: two questions may not set the same field of a figure."""
    asked: dict[tuple[str, str], str] = {}
    known = {measure.id for measure, _ in found["measures"].rows}
    for row, place in found["readings"].rows:
        for name in ("measure", "period_start", "period_end"):
            value = getattr(row, name)
            if not value or (name == "measure" and value not in known):
                continue
            first = asked.setdefault((row.figure, name), row.question)
            if first != row.question:
                cause = f"the question {first} sets it for {row.figure} too; one question has to decide"
                yield Fault("readings.csv", place, name, str(value), cause)


def check_disputes(found: Tables) -> Iterator[Fault]:
    """A dispute has two sides or more, each of figures of its own, and every two sides speak of one measure."""
    by_id = {figure.id: figure for figure, _ in found["figures"].rows}
    sides: dict[str, dict[str, dict[str, str]]] = {}  # dispute, side, figure: where it stands
    for row, place in found["disputes"].rows:
        fault = functools.partial(Fault, "disputes.csv", place)
        dispute = sides.setdefault(row.dispute, {})
        for side, figures in dispute.items():
            if row.figure in figures:
                where = "twice on this side" if side == row.side else f"on the side {side} too"
                yield fault("figure", row.figure, f"stands {where}, in {figures[row.figure]}")
        dispute.setdefault(row.side, {}).setdefault(row.figure, place)
    same: dict[frozenset[frozenset[str]], str] = {}
    for name, dispute in sides.items():
        place = next(iter(next(iter(dispute.values())).values()))
        fault = functools.partial(Fault, "disputes.csv", place, "dispute", name)
        if len(dispute) < 2 and not found["disputes"].faults:
            yield fault("has one side; a dispute needs two or more")
        first = same.setdefault(frozenset(map(frozenset, dispute.values())), name)
        if first != name:
            yield fault(f"has the sides of the dispute {first}")
        counted = {
            side: {by_id[figure].measure for figure in figures if figure in by_id} for side, figures in dispute.items()
        }
        for (one, mine), (other, theirs) in combinations(counted.items(), 2):
            if mine and theirs and mine.isdisjoint(theirs):
                cause = f"the sides {one} ({', '.join(sorted(mine))}) and {other} ({', '.join(sorted(theirs))}) "
                yield fault(cause + "count different things; sides of a dispute share a measure")


def check_size(found: Tables) -> Iterator[Fault]:
    """The readings and disputes that bear on each other can be combined in every way in bounded time."""
    figures = {figure.id: figure for figure, _ in found["figures"].rows}
    parts: dict[str, set[str]] = {}  # measure: all that bears on it
    links = [(measure.id, measure.part_of) for measure, _ in found["measures"].rows]
    links += [(figure.measure, figure.base_measure) for figure in figures.values()]
    links += [
        (figure.measure, figures[figure.versus].measure) for figure in figures.values() if figure.versus in figures
    ]
    links += [(figures[row.figure].measure, row.measure) for row, _ in found["readings"].rows if row.figure in figures]
    for one, other in links:
        _join(parts, one, other or one)
    answers: dict[int, dict[str, set[str]]] = {}  # part: question: its answers
    for table, question, reading in (("readings", "question", "reading"), ("disputes", "dispute", "side")):
        for row, _ in found[table].rows:
            part = parts.get(figures[row.figure].measure) if row.figure in figures else None
            asked = answers.setdefault(id(part), {})
            asked.setdefault(f"{table} {getattr(row, question)}", set()).add(getattr(row, reading))
    for asked in answers.values():
        scenarios = math.prod(len(each) for each in asked.values())
        if scenarios > MOST_SCENARIOS:
            names = ", ".join(name.split(" ", 1)[1] for name in islice(asked, 10))
            cause = f"{scenarios:,} combinations of readings and sides ({names}) bear on each other; at most "
            yield Fault("readings.csv", "the file", "question", "", f"{cause}{MOST_SCENARIOS:,} can be worked through")
    contested: dict[str, set[str]] = {}
    first: dict[str, str] = {}
    for row, _ in found["disputes"].rows:
        _join(contested, row.figure, first.setdefault(row.dispute, row.figure))
    for group in {id(group): group for group in contested.values()}.values():
        if len(group) > MOST_CONTESTED:
            cause = (
                f"{len(group)} figures stand in disputes that share figures; at most {MOST_CONTESTED} can be combined"
            )
            yield Fault("disputes.csv", "the file", "figure", ", ".join(sorted(group)[:3]), cause)


def _join(groups: dict[str, set[str]], one: str, other: str) -> None:
    """Put two names, with all that they were joined with before, into one group."""
    small, large = sorted((groups.setdefault(name, {name}) for name in (one, other)), key=len)
    if small is not large:
        large |= small
        groups.update(dict.fromkeys(small, large))

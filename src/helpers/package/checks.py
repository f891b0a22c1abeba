"""The faults of a data package: every one of them at once, each with its place and its likely cause."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path

from pydantic import ValidationError

from helpers.figures.kind import KINDS, Numeral
from helpers.package import descriptor, numerals, tables
from helpers.package.schema import TABLES, WORDING_LIMIT, Figure, Measure, references
from helpers.package.tables import Fault, PackageError, Table

Tables = dict[str, Table]


def checked(package: Path) -> Tables:
    """Every table of a package, or all its faults.

    Raises
    ------
    PackageError
        With every fault.
    """
    found = {name: tables.read(package, name) for name in TABLES}
    faults = [fault for table in found.values() for fault in table.faults]
    faults += _check_descriptor(package)
    for check in (_check_ids, _check_events, _check_references, _check_figures, _check_measures, _check_wordings):
        faults += check(found)
    for check in (_check_readings, _check_questions, _check_disputes):
        faults += check(found)
    if faults:
        raise PackageError(faults)
    return found


def _check_descriptor(package: Path) -> Iterator[Fault]:
    try:
        descriptor.read(package)
    except ValidationError as error:
        for details in error.errors():
            where = ".".join(map(str, details["loc"]))
            yield Fault(descriptor.FILE, "the file", where, str(details["input"])[:60], details["msg"])
    except ValueError as error:
        yield Fault(descriptor.FILE, "the file", "json", "", f"cannot be read as JSON: {error}")


def _check_ids(found: Tables) -> Iterator[Fault]:
    linked: dict[str, str] = {}
    for name in ("sources", "figures", "events", "measures"):
        seen: dict[str, str] = {} if name == "measures" else linked
        for row, place in found[name].rows + found[name].drafts:
            if row.id in seen:
                cause = f"the id stands already in {seen[row.id]}"
                if name != "measures":
                    cause += "; ids of sources, figures and events share one space"
                yield Fault(f"{name}.csv", place, "id", row.id, cause)
            seen.setdefault(row.id, f"{name}.csv, {place}")


def _check_events(found: Tables) -> Iterator[Fault]:
    first = ""
    for event, place in found["events"].rows:
        fault = functools.partial(Fault, "events.csv", place)
        if event.kind == "break" and first:
            yield fault("kind", "break", "a second break; one package has one day on which what is recorded changed")
        if event.kind == "break":
            first = first or event.id
            if len(event.date) != 10:
                yield fault("date", event.date, "a break needs a whole day, as 2023-07-01")
        if bool(event.date) == (event.date_basis == "unstated"):
            cause = "a date needs the basis stated or inferred, and no date the basis unstated"
            yield fault("date_basis", event.date_basis, cause)


def _check_references(found: Tables) -> Iterator[Fault]:
    confirmed = {name: {row.id for row, _ in found[name].rows} for name in ("sources", "measures", "figures")}
    drafted = {name: {row.id for row, _ in found[name].drafts} for name in confirmed}
    for name, table in found.items():
        for field, other in references(name).items():
            if found[other].faults:
                continue  # its rows were not all read: a missing id there would only repeat that fault
            for row, place in table.rows + table.drafts:
                value = getattr(row, field)
                if not value or value in confirmed[other]:
                    cause = "refers to itself" if value and other == name and value == row.id else ""
                elif value in drafted[other]:
                    is_draft = getattr(row, "status", "") == "draft"
                    cause = "" if is_draft else f"is still a draft in {other}.csv; confirm it first: empty its `status`"
                else:
                    close = difflib.get_close_matches(value, confirmed[other] | drafted[other], 1)
                    cause = f"no such id in {other}.csv" + (f"; did you mean {close[0]}?" if close else "")
                if cause:
                    yield Fault(table.file, place, field, value, cause)


def _check_figures(found: Tables) -> Iterator[Fault]:
    languages = {source.id: source.language for source, _ in found["sources"].rows}
    measures = {measure.id: measure for measure, _ in found["measures"].rows}
    by_id = {figure.id: figure for figure, _ in found["figures"].rows}
    for figure, place in found["figures"].rows:
        fault = functools.partial(Fault, "figures.csv", place)
        kind, measure = KINDS[figure.kind], measures.get(figure.measure)
        decimals = measure.decimals if measure else 6
        held = [kind.holds(Fraction(value), decimals) for value in _ends(figure)]
        if not all(held):
            wrong = _ends(figure)[held.index(False)]
            yield fault("value" if wrong == figure.value else "value_to", str(wrong), kind.limits)
        if figure.value_to is not None and figure.value_to <= figure.value:
            yield fault("value_to", str(figure.value_to), f"is not above `value` ({figure.value})")
        language = languages.get(figure.source)  # none where the source itself is at fault, which is reported already
        numeral = numerals.parse(figure.printed, language) if language else None
        if language and not numeral:
            cause = f"cannot be read as a number in the source's language ({language})"
            yield fault("printed", figure.printed, cause)
        elif numeral and all(held):
            yield from _check_value(figure, numeral, fault)
        if numeral and numeral.form == "word" and kind.against_base and figure.step is None:
            cause = f"{figure.printed!r} has no last digit to go by: give the step it was rounded to"
            yield fault("step", "", cause)
        yield from _check_periods(figure, place, measures)
        whole_figure = by_id.get(figure.versus)
        if whole_figure and whole_figure.kind != "count":
            yield fault("versus", figure.versus, f"is a {whole_figure.kind}; a comparison is with a count")


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
    for name, value in zip(("value", "value_to"), _ends(figure), strict=False):
        if kind.exact(value, numeral) is None:
            expected = " or ".join(_decimal(-meaning if value < 0 else meaning) for meaning in meanings)
            cause = f"`printed` says {figure.printed!r}, which as a {figure.kind} is {expected}, not {value}"
            yield fault(name, str(value), cause)
    if numeral.value_to is not None and figure.value_to is None:
        yield fault("value_to", "", f"{figure.printed!r} is a range: give its upper end here, its lower in `value`")
    elif numeral.value_to is None and figure.value_to is not None:
        yield fault("value_to", str(figure.value_to), f"{figure.printed!r} is no range: leave it empty")


def _decimal(value: Fraction) -> str:
    return str(int(value)) if value.denominator == 1 else f"{float(value):.4f}".rstrip("0").rstrip(".")


def _check_measures(found: Tables) -> Iterator[Fault]:
    by_id = {measure.id: measure for measure, _ in found["measures"].rows}
    circles = _circles({id: measure.part_of for id, measure in by_id.items()})
    for measure, place in found["measures"].rows:
        fault = functools.partial(Fault, "measures.csv", place, "part_of", measure.part_of)
        whole = by_id.get(measure.part_of)
        if whole and whole.counts != measure.counts:
            yield fault(f"counts {whole.counts}, not {measure.counts}; a part counts what its whole counts")
        if whole and whole.nature != measure.nature:
            yield fault(f"is a {whole.nature}, not a {measure.nature}; a part is what its whole is")
        if measure.id in circles:
            yield fault(f"goes round in a circle: {' > '.join(circles[measure.id])}")


def _circles(links: dict[str, str]) -> dict[str, list[str]]:
    """The way round, from each id that leads back to itself by more than one step."""
    found: dict[str, list[str]] = {}
    done: set[str] = set()
    for first in links:
        path: dict[str, None] = {}
        name = first
        while name in links and name not in done and name not in path:
            path[name] = None
            name = links[name]
        steps = list(path)
        if name in path and name != links[name]:
            circle = steps[steps.index(name) :]
            for at, one in enumerate(circle):
                found[one] = [*circle[at:], *circle[:at], one]
        done.update(path)
    return found


def _check_wordings(found: Tables) -> Iterator[Fault]:
    for name in ("figures", "events", "omitted"):
        for row, place in found[name].rows:
            words = numerals.fold(row.wording)
            fault = functools.partial(Fault, f"{name}.csv", place, "wording", row.wording)
            if len(words.split()) > WORDING_LIMIT:
                yield fault(f"{len(words.split())} words; quote at most {WORDING_LIMIT}")
            if re.search(r"\w{3,}[.!?]$", words) and words[:1].isupper():
                yield fault("looks like a whole sentence; quote a phrase of it")
            if name == "figures" and numerals.fold(row.printed).lower() not in words.lower():
                yield fault(f"does not contain the figure as printed ({row.printed!r})")


def _check_readings(found: Tables) -> Iterator[Fault]:
    labels: dict[tuple[str, str], str] = {}
    seen: set[tuple[str, str, str]] = set()
    by_id = {figure.id: figure for figure, _ in found["figures"].rows}
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


def _check_questions(found: Tables) -> Iterator[Fault]:
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


def _check_disputes(found: Tables) -> Iterator[Fault]:
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
        if len(dispute) < 2:
            yield fault("has one side; a dispute needs two or more")
            continue
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

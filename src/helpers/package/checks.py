"""The faults of a data package: every one of them at once, each with its place and its likely cause."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from helpers.package import descriptor, meaning, numerals, tables
from helpers.package.schema import TABLES, WORDING_LIMIT, references
from helpers.package.tables import Fault, PackageError, Table

Tables = dict[str, Table]

_SHOWN = 10  # ids of a circle that a fault names
_HINTS = 50  # ids that were meant are looked for so often: among many rows that takes long


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
    for check in (_check_ids, _check_addresses, _check_events, _check_references, meaning.check_figures):
        faults += check(found)
    for check in (_check_measures, _check_wordings, meaning.check_readings, meaning.check_questions):
        faults += check(found)
    for check in (meaning.check_disputes, meaning.check_size):
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


def _check_addresses(found: Tables) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for source, place in found["sources"].rows:
        address = source.url.rstrip("/")
        if address in seen:
            cause = f"is the address of {seen[address]} too; one source for each address"
            yield Fault("sources.csv", place, "url", source.url, cause)
        seen.setdefault(address, source.id)


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
    known = {name: confirmed[name] | drafted[name] for name in confirmed}
    hints = _HINTS
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
                    hints -= 1
                    close = difflib.get_close_matches(value, sorted(known[other]), 1) if hints >= 0 else []
                    cause = f"no such id in {other}.csv" + (f"; did you mean {close[0]}?" if close else "")
                if cause:
                    yield Fault(table.file, place, field, value, cause)


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
    """The way round, from each id that leads back to itself by more than one step; a long way cut in the middle."""
    found: dict[str, list[str]] = {}
    done: set[str] = set()
    for first in links:
        path: dict[str, None] = {}
        name = first
        while name in links and name not in done and name not in path:
            path[name] = None
            name = links[name]
        if name in path and name != links[name]:
            steps = list(path)
            circle = steps[steps.index(name) :]
            for at, one in enumerate(circle):
                ahead = [circle[(at + step) % len(circle)] for step in range(min(len(circle), _SHOWN))]
                found[one] = [*ahead, *([f"{len(circle) - _SHOWN} more"] if len(circle) > _SHOWN else []), one]
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

"""A data package in one edition, under one rounding: its typed rows, and DataFrames of them."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.figures.interval import Interval
from helpers.figures.kind import KINDS
from helpers.figures.rounding import rounding as convention
from helpers.package import descriptor, numerals
from helpers.package.cells import YEARS, last_day
from helpers.package.checks import checked
from helpers.package.unfinished import next_step

if TYPE_CHECKING:
    from pandas import DataFrame

EVIDENCE = ("core", "all")


class EditionError(ValueError):
    """A choice of `as_of` or `evidence` that is not allowed, or that leaves nothing to report."""


def _tidy(ledger: Ledger, table: str) -> DataFrame:
    # Here, since no command needs a frame, and pandas takes long to load.
    from helpers.package import frames

    return frames.tidy(ledger.rows, ledger.intervals, table)


@dataclass(frozen=True, eq=False)
class Ledger:
    """A package in one edition: what was published by `as_of`, read under one rounding.

    Attributes
    ----------
    rows
        The typed rows of each table (`helpers.package.schema`): by id where rows have one, else in their order. What
        code works on.
    known
        Every id of a figure, event or source in the package, in this edition or not.
    questions
        Every open question of the package, asked in this edition or not.
    drafts
        The rows of each table that no person has confirmed yet. They are in nothing else.
    sources, measures, figures, events, readings, disputes, omitted, corrections
        The rows of each table as a tidy DataFrame, for an analyst (`helpers.package.frames`). No code reads them.
    """

    package: Path
    head: dict[str, Any]
    as_of: date
    evidence: str
    rounding: str
    rows: Mapping[str, Any] = field(repr=False)
    known: frozenset[str] = field(repr=False, default=frozenset())
    questions: frozenset[str] = field(repr=False, default=frozenset())
    drafts: dict[str, tuple[Any, ...]] = field(repr=False, default_factory=dict)
    _under: dict[str, Ledger] = field(repr=False, default_factory=dict)

    @functools.cached_property
    def break_date(self) -> date | None:
        """The day from which what is recorded changed, if the package names one."""
        return next((last_day(event.date) for event in self.rows["events"].values() if event.kind == "break"), None)

    def break_of(self, measure: str) -> date | None:
        """The day from which what a measure records changed, or None."""
        return self.break_date if self.rows["measures"][measure].recorded == "changed" else None

    @functools.cached_property
    def intervals(self) -> dict[str, Interval]:
        """The values each figure stands for under this rounding, by its id, in the unit of its `value`."""
        sources, measures = self.rows["sources"], self.rows["measures"]
        return {
            name: figure_interval(
                row, sources[row.source].language, self.rounding, whole=not measures[row.measure].decimals
            )
            for name, row in self.rows["figures"].items()
        }

    # The frames for an analyst, each made when it is first asked for.
    sources = functools.cached_property(lambda self: _tidy(self, "sources"))
    measures = functools.cached_property(lambda self: _tidy(self, "measures"))
    figures = functools.cached_property(lambda self: _tidy(self, "figures"))
    events = functools.cached_property(lambda self: _tidy(self, "events"))
    readings = functools.cached_property(lambda self: _tidy(self, "readings"))
    disputes = functools.cached_property(lambda self: _tidy(self, "disputes"))
    omitted = functools.cached_property(lambda self: _tidy(self, "omitted"))
    corrections = functools.cached_property(lambda self: _tidy(self, "corrections"))

    @functools.cached_property
    def next_step(self) -> str:
        """What it lacks to be reported, and what to do next; empty where it has a confirmed core figure."""
        as_lists = {
            name: list(rows.values()) if isinstance(rows, Mapping) else rows for name, rows in self.rows.items()
        }
        return next_step(as_lists, self.drafts)

    def origin(self, source: str) -> str:
        """The statement that a source passes on, or the source itself: sources of one origin are one witness."""
        return str(self.rows["sources"][source].origin or source)

    @functools.cached_property
    def sides(self) -> dict[str, dict[str, frozenset[str]]]:
        """Each dispute: its sides, and the figures of each that are in this edition."""
        found: dict[str, dict[str, frozenset[str]]] = {}
        for row in self.rows["disputes"]:
            sides = found.setdefault(row.dispute, {})
            sides[row.side] = sides.get(row.side, frozenset()) | {row.figure}
        return {name: sides for name, sides in found.items() if len(sides) > 1}

    def rivals(self, figure: str) -> tuple[str, ...]:
        """The figures that contradict a figure: those on the other sides of its disputes, in their order."""
        others = {
            other
            for sides in self.sides.values()
            for mine in sides.values()
            if figure in mine
            for theirs in sides.values()
            if theirs is not mine
            for other in theirs
        }
        return tuple(name for name in self.rows["figures"] if name in others)

    def with_rounding(self, rounding: str) -> Ledger:
        """The same edition under another convention; each is worked out once."""
        convention(rounding)
        self._under.setdefault(self.rounding, self)
        if rounding not in self._under:
            self._under[rounding] = replace(self, rounding=rounding)
        return self._under[rounding]

    def with_rows(self, **tables: Any) -> Ledger:
        """The same edition with other rows in some tables: what if."""
        made = replace(self, rows={**self.rows, **tables}, _under={})
        if tables.keys().isdisjoint(("figures", "sources", "measures")):
            vars(made)["intervals"] = self.intervals  # nothing that they are made from has changed
        return made

    def _repr_html_(self) -> str:
        shown = self.figures[["printed", "label", "period_start", "period_end", "low", "high", "publisher"]]
        return str(shown.to_html(border=0, na_rep=""))


def load(
    package: Path | str,
    rounding: str = "nearest",
    as_of: date | str | None = None,
    evidence: str = "all",
    *,
    unfinished: bool = False,
) -> Ledger:
    """Read a package, check it, and cut it to one edition.

    Parameters
    ----------
    package
        Folder of the CSV tables.
    rounding
        Convention for the intervals.
    as_of
        Only sources published by this day; empty or None for the newest. An imprecise date counts at its end.
    evidence
        `core` for sources of that layer only.
    unfinished
        Whether a package without a confirmed core figure loads too, for the audit, which says what comes next. Its
        day is then that of its drafts.

    Raises
    ------
    PackageError
        With every fault of the package.
    EditionError
        If `as_of` or `evidence` is not allowed, no core figure was published by then, or there is none yet.
    """
    package = Path(package)
    convention(rounding)
    if evidence not in EVIDENCE:
        raise EditionError(f"Could not interpret value `{evidence}` for `evidence`. Use one of: {', '.join(EVIDENCE)}.")
    found = checked(package)
    rows = {name: [row for row, _ in table.rows] for name, table in found.items()}
    drafts = {name: tuple(row for row, _ in table.drafts) for name, table in found.items() if table.drafts}
    missing = next_step(rows, drafts)
    if missing and not (unfinished and (rows["sources"] or drafts)):
        raise EditionError(missing)
    published = {source.id: last_day(source.published) for source in rows["sources"]}
    layer = [source for source in rows["sources"] if evidence == "all" or source.layer == "core"]
    if not layer and not unfinished:
        raise EditionError("No source of the layer `core`: mark in sources.csv which sources the briefing examines.")
    waiting = [last_day(source.published) for source in drafts.get("sources", ()) if source.published]
    day = _edition_day(as_of, [published[source.id] for source in layer] or waiting or [date(YEARS[-1], 12, 31)])
    sources = {source.id: source for source in layer if published[source.id] <= day}
    kept = _cut(rows, sources)
    if not missing and not any(sources[row.source].layer == "core" for row in kept["figures"].values()):
        first = min(published[source.id] for source in rows["sources"] if source.layer == "core")
        raise EditionError(
            f"No figure of the core sources was published by {day:%Y-%m-%d}. "
            f"The first was published on {first:%Y-%m-%d}."
        )
    known = frozenset(row.id for name in ("sources", "figures", "events") for row in rows[name])
    asked = frozenset(row.question for row in rows["readings"])
    head = descriptor.read(package)
    return Ledger(package, head, day, evidence, rounding, kept, known, asked, drafts)


def _edition_day(as_of: date | str | None, published: list[date]) -> date:
    if isinstance(as_of, date):
        return as_of
    if not as_of:
        return max(published)
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        raise EditionError(f"Could not interpret value `{as_of}` for `as_of`. Write a day as 2023-12-31.") from None


def _cut(rows: Mapping[str, Sequence[Any]], sources: dict[str, Any]) -> dict[str, Any]:
    """The rows with only what the given sources say."""
    figures = {row.id: row for row in rows["figures"] if row.source in sources}
    for name, row in figures.items():
        if row.versus and row.versus not in figures:
            figures[name] = row.model_copy(update={"versus": ""})
    return {
        "sources": sources,
        "measures": {row.id: row for row in rows["measures"]},
        "figures": figures,
        "events": {row.id: row for row in rows["events"] if row.source in sources},
        "readings": tuple(row for row in rows["readings"] if row.figure in figures),
        "disputes": tuple(row for row in rows["disputes"] if row.figure in figures),
        "omitted": tuple(row for row in rows["omitted"] if row.source in sources),
        "corrections": tuple(rows["corrections"]),
    }


def figure_interval(figure: Any, language: str, rounding: str, *, whole: bool = True) -> Interval:
    """The values a figure stands for, in the unit of its `value`; `whole` if its measure counts whole things."""
    numeral = numerals.stated(figure.printed, figure.wording, language)
    return KINDS[figure.kind].interval(figure, numeral, convention(rounding), whole=whole)


def main(package: str) -> None:
    """Write `datapackage.json` of a package from the schema."""
    path = Path(package)
    checked(path)
    descriptor.write(path)


if __name__ == "__main__":
    import sys

    main(*sys.argv[1:])

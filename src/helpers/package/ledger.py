"""A data package as DataFrames: one edition of it, under one rounding."""

from __future__ import annotations

import functools
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from helpers.figures.interval import Interval
from helpers.figures.kind import KINDS
from helpers.figures.rounding import rounding as convention
from helpers.package import descriptor, numerals
from helpers.package.checks import checked
from helpers.package.schema import TABLES, Row, columns, last_day

Evidence = Literal["core", "all"]
EVIDENCE = typing.get_args(Evidence)


class EditionError(ValueError):
    """A choice of `as_of` or `evidence` that is not allowed, or that leaves nothing to report."""


@dataclass(frozen=True)
class Ledger:
    """The tables of a package in one edition: what was published by `as_of`, read under one rounding.

    Attributes
    ----------
    sources, measures, figures, events
        DataFrames indexed by `id`, with the columns of the contract. Missing text is empty, missing dates are None,
        values are `Fraction`. `figures` has one more column, `interval`: the values each figure stands for, in the unit of
        `value`.
    readings, disputes, omitted, corrections
        DataFrames with a plain index.
    known
        Every id of a figure, event or source in the package, in this edition or not.
    questions
        Every open question of the package, asked in this edition or not.
    drafts
        The rows of each table that no person has confirmed yet. They are in nothing else.
    """

    package: Path
    head: dict[str, Any]
    as_of: date
    evidence: Evidence
    rounding: str
    sources: pd.DataFrame
    measures: pd.DataFrame
    figures: pd.DataFrame
    events: pd.DataFrame
    readings: pd.DataFrame
    omitted: pd.DataFrame
    known: frozenset[str] = field(repr=False, default=frozenset())
    questions: frozenset[str] = field(repr=False, default=frozenset())
    disputes: pd.DataFrame = field(default_factory=lambda: _frame("disputes", []))
    corrections: pd.DataFrame = field(default_factory=lambda: _frame("corrections", []))
    drafts: dict[str, tuple[Any, ...]] = field(repr=False, default_factory=dict)

    @property
    def break_date(self) -> date | None:
        """The day from which what is recorded changed, if the package names one."""
        breaks = self.events[self.events["kind"] == "break"]
        return last_day(breaks["date"].iloc[0]) if len(breaks) else None

    @functools.cached_property
    def rows(self) -> dict[str, Any]:
        """The typed rows of each table: by id where rows have one, else in their order."""
        made = {}
        for table, model in TABLES.items():
            frame = getattr(self, table)
            named = frame.index.name == "id"
            records = frame.reset_index().to_dict("records") if named else frame.to_dict("records")
            blank = {name: info.get_default() for name, info in model.model_fields.items() if not info.is_required()}
            rows = [model.model_construct(**(blank | {k: r[k] for k in model.model_fields if k in r})) for r in records]
            made[table] = {row.id: row for row in rows} if named else tuple(rows)
        return made

    @functools.cached_property
    def intervals(self) -> dict[str, Interval]:
        """The values each figure stands for under this rounding, by its id."""
        return dict(self.figures["interval"])

    @functools.cached_property
    def sides(self) -> dict[str, dict[str, frozenset[str]]]:
        """Each dispute: its sides, and the figures of each that are in this edition."""
        found: dict[str, dict[str, frozenset[str]]] = {}
        for row in self.rows["disputes"]:
            sides = found.setdefault(row.dispute, {})
            sides[row.side] = sides.get(row.side, frozenset()) | {row.figure}
        return {name: sides for name, sides in found.items() if len(sides) > 1}

    def rivals(self, figure: str) -> tuple[str, ...]:
        """The figures that contradict a figure: those on the other sides of its disputes, in the order of the ledger."""
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
        """The same edition under another convention."""
        convention(rounding)
        figures = self.figures.assign(interval=_intervals(self.figures, self.sources, self.measures, rounding))
        return replace(self, rounding=rounding, figures=figures)

    def _repr_html_(self) -> str:
        shown = self.figures[["printed", "measure", "period_start", "period_end", "interval", "source"]]
        return shown.where(shown.notna(), "").to_html(border=0)


def load(
    package: Path | str,
    rounding: str = "nearest",
    as_of: date | str | None = None,
    evidence: Evidence = "all",
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
        Whether a package without a confirmed core figure loads too, for the audit, which says what comes next.

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
    if missing and not (unfinished and rows["sources"]):
        raise EditionError(missing)
    tables = {name: _frame(name, rows[name]) for name in TABLES}
    published = tables["sources"]["published"].map(last_day)
    layer = published[(tables["sources"]["layer"] == "core") | (evidence == "all")]
    if not len(layer):
        raise EditionError("No source of the layer `core`: mark in sources.csv which sources the briefing examines.")
    day = _edition_day(as_of, layer)
    sources = tables["sources"].loc[layer.index[layer <= day]]
    tables = _cut(tables, sources)
    if not missing and not any(tables["figures"]["source"].map(sources["layer"]) == "core"):
        first = min(last_day(source.published) for source in rows["sources"] if source.layer == "core")
        raise EditionError(
            f"No figure of the core sources was published by {day:%Y-%m-%d}. The first was published on {first:%Y-%m-%d}."
        )
    known = frozenset(row.id for name in ("sources", "figures", "events") for row in rows[name])
    head = descriptor.read(package)
    asked = frozenset(row.question for row in rows["readings"])
    ledger = Ledger(package, head, day, evidence, rounding, **tables, known=known, questions=asked, drafts=drafts)
    return ledger.with_rounding(rounding)


def next_step(rows: Mapping[str, Sequence[Any]], drafts: Mapping[str, Sequence[Any]]) -> str:
    """What a package lacks to be reported, and what to do next; empty where it has a confirmed core figure."""
    core = {source.id for source in rows["sources"] if source.layer == "core"}
    if any(figure.source in core for figure in rows["figures"]):
        return ""
    waiting = {name: len(drafts.get(name, ())) for name in ("sources", "figures")}
    if waiting["sources"] and not core:
        return (
            f"No core source is confirmed yet, and {waiting['sources']} in sources.csv are drafts: fill in their rows and "
            "empty their `status`; then the figures."
        )
    if not rows["sources"]:
        return "sources.csv has no row yet: add one for each article, then its figures to figures.csv."
    if not core:
        return "No source of the layer `core`: mark in sources.csv which sources the briefing examines."
    if waiting["figures"]:
        return (
            f"No figure of a core source is confirmed yet, and {waiting['figures']} in figures.csv are drafts: fill in "
            "their rows and empty their `status`."
        )
    return (
        "No figure of a core source yet: add a row to figures.csv for each number in it, and to measures.csv for each "
        "thing that is counted."
    )


def _edition_day(as_of: date | str | None, published: pd.Series) -> date:
    if as_of in (None, ""):
        return published.max()
    if isinstance(as_of, date):
        return as_of
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        raise EditionError(f"Could not interpret value `{as_of}` for `as_of`. Write a day as 2023-12-31.") from None


def _cut(tables: dict[str, pd.DataFrame], sources: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables with only what the given sources say."""
    kept = {name: table[table["source"].isin(sources.index)] for name, table in tables.items() if "source" in table}
    figures = kept["figures"].copy()
    figures["versus"] = figures["versus"].where(figures["versus"].isin(figures.index), "")
    readings, disputes = tables["readings"], tables["disputes"]
    return {
        "sources": sources,
        "measures": tables["measures"],
        "figures": figures,
        "events": kept["events"],
        "readings": readings[readings["figure"].isin(figures.index)],
        "disputes": disputes[disputes["figure"].isin(figures.index)],
        "omitted": kept["omitted"],
        "corrections": tables["corrections"],
    }


def _frame(table: str, rows: list[Row]) -> pd.DataFrame:
    records = [
        {name: Fraction(value) if isinstance(value, Decimal) else value for name, value in row.model_dump().items()}
        for row in rows
    ]
    frame = pd.DataFrame(records, columns=columns(table), dtype=object)
    return frame.set_index("id") if "id" in frame else frame


def _intervals(figures: pd.DataFrame, sources: pd.DataFrame, measures: pd.DataFrame, rounding: str) -> list[Interval]:
    decimals = measures.get("decimals", {})
    return [
        figure_interval(row, sources.at[row.source, "language"], rounding, whole=not decimals.get(row.measure))
        for row in figures.itertuples()
    ]


def figure_interval(figure: Any, language: str, rounding: str, *, whole: bool = True) -> Interval:
    """The values a figure stands for, in the unit of its `value`; `whole` if its measure counts whole things."""
    numeral = numerals.parse(figure.printed, language)
    return KINDS[figure.kind].interval(figure, numeral, convention(rounding), whole=whole)


def main(package: str) -> None:
    """Write `datapackage.json` of a package from the schema."""
    path = Path(package)
    checked(path)
    descriptor.write(path)


if __name__ == "__main__":
    import sys

    main(*sys.argv[1:])

"""A data package as DataFrames: one edition of it, under one rounding."""

from __future__ import annotations

import functools
import json
import typing
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from helpers.figures.interval import Interval, Rounding, check_rounding
from helpers.figures.interval import interval as interval_of
from helpers.figures.interval import step as step_of
from helpers.package import numerals
from helpers.package.checks import checked
from helpers.package.schema import TABLES, Row, columns, describe, head, last_day

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
    readings, omitted
        DataFrames with a plain index.
    known
        Every id of a figure, event or source in the package, in this edition or not.
    """

    package: Path
    head: dict[str, Any]
    as_of: date
    evidence: Evidence
    rounding: Rounding
    sources: pd.DataFrame
    measures: pd.DataFrame
    figures: pd.DataFrame
    events: pd.DataFrame
    readings: pd.DataFrame
    omitted: pd.DataFrame
    known: frozenset[str] = field(repr=False, default=frozenset())

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
            rows = [model.model_construct(**{k: r[k] for k in model.model_fields}) for r in records]
            made[table] = {row.id: row for row in rows} if named else tuple(rows)
        return made

    @functools.cached_property
    def intervals(self) -> dict[str, Interval]:
        """The values each figure stands for under this rounding, by its id."""
        return dict(self.figures["interval"])

    def with_rounding(self, rounding: Rounding) -> Ledger:
        """The same edition under another convention."""
        check_rounding(rounding)
        figures = self.figures.assign(interval=_intervals(self.figures, self.sources, rounding))
        return replace(self, rounding=rounding, figures=figures)

    def _repr_html_(self) -> str:
        shown = self.figures[["printed", "measure", "period_start", "period_end", "interval", "source"]]
        return shown.where(shown.notna(), "").to_html(border=0)


def load(
    package: Path | str, rounding: Rounding = "nearest", as_of: date | str | None = None, evidence: Evidence = "all"
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

    Raises
    ------
    PackageError
        With every fault of the package.
    EditionError
        If `as_of` or `evidence` is not allowed, or no core figure was published by then.
    """
    package = Path(package)
    check_rounding(rounding)
    if evidence not in EVIDENCE:
        raise EditionError(f"Could not interpret value `{evidence}` for `evidence`. Use one of: {', '.join(EVIDENCE)}.")
    rows = checked(package)
    tables = {name: _frame(name, rows[name]) for name in TABLES}
    published = tables["sources"]["published"].map(last_day)
    layer = published[(tables["sources"]["layer"] == "core") | (evidence == "all")]
    day = _edition_day(as_of, layer)
    sources = tables["sources"].loc[layer.index[layer <= day]]
    tables = _cut(tables, sources)
    if not any(tables["figures"]["source"].map(sources["layer"]) == "core"):
        first = min((last_day(source.published) for source in rows["sources"] if source.layer == "core"), default=None)
        when = f" The first was published on {first:%Y-%m-%d}." if first else ""
        raise EditionError(f"No figure of the core sources was published by {day:%Y-%m-%d}.{when}")
    known = frozenset(row.id for name in ("sources", "figures", "events") for row in rows[name])
    ledger = Ledger(package, head(package), day, evidence, rounding, **tables, known=known)
    return ledger.with_rounding(rounding)


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
    for name in ("versus", "disputes"):
        figures[name] = figures[name].where(figures[name].isin(figures.index), "")
    readings = tables["readings"]
    return {
        "sources": sources,
        "measures": tables["measures"],
        "figures": figures,
        "events": kept["events"],
        "readings": readings[readings["figure"].isin(figures.index)],
        "omitted": kept["omitted"],
    }


def _frame(table: str, rows: list[Row]) -> pd.DataFrame:
    records = [
        {name: Fraction(value) if isinstance(value, Decimal) else value for name, value in row.model_dump().items()}
        for row in rows
    ]
    frame = pd.DataFrame(records, columns=columns(table), dtype=object)
    return frame.set_index("id") if "id" in frame else frame


def _intervals(figures: pd.DataFrame, sources: pd.DataFrame, rounding: Rounding) -> list[Interval]:
    return [figure_interval(row, sources.at[row.source, "language"], rounding) for row in figures.itertuples()]


def figure_interval(figure: Any, language: str, rounding: Rounding) -> Interval:
    """The values a figure stands for, in the unit of its `value`.

    A step in the ledger beats the convention; a percentage is rounded as it was printed, whatever unit `value` has.
    """
    given = figure.step if figure.step_coarse is None or rounding != "coarse" else figure.step_coarse
    count = figure.kind == "count"
    if given is not None:
        size = Fraction(given)
    else:
        numeral = numerals.parse(figure.printed, language)
        places = numeral.places if numeral else 0
        scale = 100 if figure.kind == "share" and numeral and numeral.form == "percent" else 1
        # Only counts and percentages have a coarse step: of a multiple, the last printed digit is taken to be rounded.
        how = "nearest" if figure.kind == "multiple" else rounding
        size = step_of(Fraction(figure.value) * scale, how, count=count, places=places) / scale
    return interval_of(Fraction(figure.value), size, rounding, count=count, qualifier=figure.qualifier or None)


def main(package: str) -> None:
    """Write `datapackage.json` of a package from the schema."""
    path = Path(package)
    checked(path)
    text = json.dumps(describe(path), ensure_ascii=False, indent=2) + "\n"
    (path / "datapackage.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    import sys

    main(*sys.argv[1:])

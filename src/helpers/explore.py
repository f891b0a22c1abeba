"""Questions of one's own: any two figures under any reading, and what if a figure were another.

What a user imagines is an edited copy of the ledger, so comparisons, charts and verdicts are worked out on it as on the
package itself. `View` and the functions know no widgets; `helpers.panel` shows them.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

import pandas as pd

from helpers import evidence, markup, numerals
from helpers.band import Band, BandError
from helpers.charts import Chart, Point, Row, dots
from helpers.compare import Comparison, Quantity, compare, days, quantity, side
from helpers.ledger import Figure, Ledger, Source
from helpers.prose import Writer, link, mark, number, period, reference, size, span, table, words
from helpers.reconcile import DISPUTE, Programme, Verdict, bound, component, disputes, reread, scenarios

OWN = "own"
UNEVEN = 3  # a limit on unevenness, to show beside none
ROUNDINGS = {
    "nearest": "to the nearest step",
    "coarse": "as coarsely as their zeros allow",
    "at_least": "at least the number printed",
}
_BASIS = {"stated": "", "inferred": " (inferred)", "assumed": " (assumed)", "unstated": ""}
_PERIOD, _BASE = ("period_start", "period_end"), ("base_start", "base_end")
_UNITS = {"count": "", "multiple": " times", "change": "%", "share": "%"}


class ExploreError(ValueError):
    """A figure or a period of one's own that cannot be interpreted."""


# --- what if -------------------------------------------------------------------------------------------------------


def own(
    id: str,
    measure: str,
    printed: str,
    start: date | None,
    end: date | None,
    step: str = "",
    qualifier: str = "",
    versus: str = "",
) -> Figure:
    """A count of one's own, as a row of `figures.csv` would give it.

    Parameters
    ----------
    printed, step
        As typed: "10,000". An empty step follows the convention.
    start, end
        First and last day; both or neither.
    versus
        The id of an earlier figure.

    Raises
    ------
    ExploreError
        Naming the field and the value that cannot be used.
    """
    value, rounded = _whole("value", printed), _whole("rounded to", step) if step.strip() else None
    check_period(start, end)
    fields = {"period_start": start, "period_end": end, "period_basis": "assumed" if start else "unstated"}
    row = {"id": id, "source": OWN, "measure": measure, "kind": "count", "qualifier": qualifier, "versus": versus}
    said = {"printed": printed.strip(), "wording": printed.strip(), "said_by": "you"}
    # Built without the schema's checks: its causes speak of rows of a table, and `assumed` is no basis for a source.
    return Figure.model_construct(**row, **said, **fields, value=Decimal(value), step=rounded)


def check_period(start: date | None, end: date | None) -> None:
    """Refuse a period that is half given, or ends before it starts.

    Raises
    ------
    ExploreError
        Saying which.
    """
    if bool(start) != bool(end):
        raise ExploreError("A period needs a first and a last day, or neither.")
    if start and start > end:
        raise ExploreError(f"The period ends on {end}, before it starts on {start}.")


def _whole(name: str, text: str) -> int:
    found = numerals.parse(text)
    if found is None or found.form != "number" or found.value.denominator != 1:
        raise ExploreError(f"Could not interpret `{text}` for “{name}”. Write a whole number, as 10,000.")
    return int(found.value)


def imagine(ledger: Ledger, owned: Sequence[Figure] = (), moved: Mapping[str, Mapping[str, date]] | None = None) -> Ledger:
    """The ledger with figures of one's own added and periods changed.

    Parameters
    ----------
    moved
        For a figure, its fields (`period_start`, `base_end`, ...) and their new days. A new period answers the
        questions that would re-read it: the figure's rows leave `readings`, and a question of which a reading then
        has no row is no longer asked. Figures that this edition lacks are passed over.
    """
    figures, readings, sources = ledger.figures.copy(), ledger.readings, ledger.sources
    for figure, fields in (moved or {}).items():
        if figure not in figures.index:
            continue
        for name, day in fields.items():
            figures.at[figure, name] = day
            figures.at[figure, name.split("_")[0] + "_basis"] = "assumed"
        if "period_start" in fields:
            left = readings[readings["figure"] != figure]
            kept = {q: set(rows["reading"]) for q, rows in left.groupby("question")}
            lost = {row.question for row in readings.itertuples() if row.reading not in kept.get(row.question, ())}
            readings = left[~left["question"].isin(lost)]
    if owned:
        figures = pd.concat([figures, _frame(owned, figures.columns)])
        about = {"layer": "core", "title": "A figure of your own, from no source", "publisher": "You", "language": "en"}
        source = Source.model_construct(id=OWN, published=ledger.as_of.isoformat(), url="", read="full", **about)
        sources = pd.concat([sources, _frame([source], sources.columns)])
    known = ledger.known | {figure.id for figure in owned} | {OWN}
    edited = replace(ledger, figures=figures, readings=readings, sources=sources, known=known)
    return edited.with_rounding(ledger.rounding)


def _frame(rows: Iterable[Any], columns: pd.Index) -> pd.DataFrame:
    """Rows of a table as the ledger holds them."""
    records = [{"id": row.id} | {name: getattr(row, name, None) for name in columns} for row in rows]
    exact = [{k: Fraction(v) if isinstance(v, Decimal | int) else v for k, v in one.items()} for one in records]
    return pd.DataFrame(exact, dtype=object).set_index("id")


def reread_ledger(ledger: Ledger, scenario: Mapping[str, str]) -> Ledger:
    """The ledger with its figures as a scenario reads them."""
    figures = ledger.figures.copy()
    for figure, row in reread(ledger, scenario).items():
        for name in ("measure", *_PERIOD):
            if getattr(row, name) != figures.at[figure, name]:
                figures.at[figure, name] = getattr(row, name)
                if name in _PERIOD and row.period_start and row.period_end:
                    figures.at[figure, "period_basis"] = "assumed"
    return replace(ledger, figures=figures)


# --- what can be asked ---------------------------------------------------------------------------------------------


def questions(ledger: Ledger, measures: Collection[str]) -> dict[str, dict[str, str]]:
    """The questions that touch a figure of `measures`, and the label of each of their readings.

    A dispute between figures is a question too; its readings are the figures that can be taken together.
    """
    mine = ledger.figures[ledger.figures["measure"].isin(list(measures))]
    asked = ledger.readings.loc[ledger.readings["figure"].isin(mine.index), "question"].unique()
    found = {
        question: dict(zip(rows["reading"], rows["label"], strict=True))
        for question, rows in ledger.readings.groupby("question", sort=False)
        if question in asked
    }
    for dispute, sides in disputes(mine).items():
        found[dispute] = {name: "; ".join(_name(ledger, figure) for figure in sorted(ids)) for name, ids in sides.items()}
    return found


def choices(ledger: Ledger) -> dict[str, str]:
    """Every figure that can be chosen, as a line that tells it from the others: id to label."""
    return {figure: _name(ledger, figure) for figure in ledger.figures.index}


def opponents(ledger: Ledger, figure: str) -> dict[str, str]:
    """What a figure can be set against: another count; of a change, a multiple or a share only its own base."""
    if ledger.figures.at[figure, "kind"] != "count":
        return {"": "its own base, of which no count is given"}
    counts = ledger.figures.index[ledger.figures["kind"] == "count"]
    return {"": "nothing"} | {other: _name(ledger, other) for other in counts if other != figure}


def _name(ledger: Ledger, figure: str) -> str:
    row = ledger.figures.loc[figure]
    label = ledger.measures.at[row["measure"], "label"]
    when = period(row["period_start"], row["period_end"])
    return f"{evidence.printed_of(ledger, figure)} {label}, {when} ({ledger.sources.at[row['source'], 'publisher']})"


def survivors(ledger: Ledger, measures: Collection[str]) -> list[tuple[dict[str, str], tuple[str, ...] | None]]:
    """Every scenario of some measures, with None if it can hold and the figures that clash if not."""
    found = []
    for scenario in scenarios(ledger, measures):
        programme = Programme(ledger, scenario, measures)
        found.append((scenario, None if programme.feasible() else programme.clashes()))
    return found


def scenario_words(ledger: Ledger, scenario: Mapping[str, str]) -> str:
    """A scenario in the words of its readings."""
    labels = {(row.question, row.reading): row.label for row in ledger.readings.itertuples()}
    read = [
        f"taking {reading.replace('+', ', ')}" if question.startswith(DISPUTE) else labels[question, reading]
        for question, reading in scenario.items()
    ]
    as_is = [] if any(not question.startswith(DISPUTE) for question in scenario) else ["as the tables stand"]
    return "; ".join(as_is + read)


# --- one question answered -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class View:
    """A figure, what it is set against, and the reading under which both are seen.

    Attributes
    ----------
    ledger
        One edition under one rounding, perhaps with things imagined.
    figure, against
        Ids; `against` is empty for a figure by itself, or one that carries its own base.
    scenario
        Question to reading; a question that is left out keeps what the tables say.
    """

    ledger: Ledger
    figure: str
    against: str = ""
    scenario: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def read(self) -> Ledger:
        """The ledger as the scenario reads it."""
        return reread_ledger(self.ledger, self.scenario)

    @cached_property
    def figures(self) -> list[str]:
        return [figure for figure in (self.figure, self.against) if figure]

    @cached_property
    def comparison(self) -> Comparison | None:
        """None for a count by itself, and where the earlier figure may be zero."""
        ledger = self.read
        if ledger.figures.at[self.figure, "kind"] == "count":
            if not self.against:
                return None
            figures = ledger.figures.copy()
            figures.at[self.figure, "versus"] = self.against
            ledger = replace(ledger, figures=figures)
        try:
            return compare(ledger, self.figure)
        except BandError:
            return None

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """All measures that bear on the figures."""
        near = {m for figure in self.figures for m in component(self.ledger, self.ledger.figures.at[figure, "measure"])}
        return tuple(measure for measure in self.ledger.measures.index if measure in near)

    @cached_property
    def programme(self) -> Programme:
        return Programme(self.ledger, self.scenario, self.measures)

    @cached_property
    def verdict(self) -> Verdict:
        return self.programme.verdict()

    def headline(self) -> str:
        """The comparison as a sentence of Markdown, without its conditions."""
        made, row = self.comparison, self.read.figures.loc[self.figure]
        a, b, kind = f"{{{self.figure}}}", f"{{{self.against}}}", row["kind"]
        label = f"{{{self.figure}:label}}"
        if made is None and self.against:
            text = f"{label}: {a} against {b}. No ratio, for the second may be zero"
        elif made is None:
            text = f"{label}: **{a}**, which stands for {{{self.figure}:band}}"
        elif kind == "share":
            text = f"{label}: **{a}**, that is {{{self.figure}:band}} of {{base}}"
        elif kind == "change":
            text = f"{label}: {'down' if row['value'] < 0 else 'up'} **{{{self.figure}:size}}**, from a count that is not given"
        elif kind == "multiple":
            text = f"{label}: “{a}”, **{{ratio:times}}** the earlier count, which is not given"
        elif not made.same_unit:
            text = f"{a} {label} against {b} {{{self.against}:label}}: **{{ratio}}** of the first for each of the second"
        else:
            fell = made.ratio.band.high < 1
            times = "**{percent:size}% fewer**" if fell else "**{ratio:times}** as many"
            same = row["measure"] == self.read.figures.at[self.against, "measure"]
            text = f"{label}: from {b} to {a}, {times}" if same else f"{a} {label} against {b} {{{self.against}:label}}: {times}"
        return _capital(Writer(self.read).line(text + ".", **self._values()))

    def caveats(self) -> list[str]:
        """What must be said with the headline, each a sentence of Markdown."""
        made, ledger, w = self.comparison, self.read, Writer(self.read)
        rows = [ledger.figures.loc[figure] for figure in self.figures]
        spans = [self._when(row, _PERIOD) for row in rows]
        if rows[0]["kind"] != "count":
            base = "base not stated" if made is None or made.base is None else f"base {self._when(rows[0], _BASE)}"
            spans.append(base if rows[0]["kind"] != "share" else "")
        found = [_capital(" against ".join(filter(None, spans))) + "."]
        for question, reading in self.scenario.items():
            touched = ledger.readings[(ledger.readings["question"] == question) & (ledger.readings["reading"] == reading)]
            if not touched["figure"].isin(self.figures).any():
                continue
            found.append(f"{{depends}} It takes “{markup.escape(question)}” as: {markup.escape(touched['label'].iloc[0])}.")
        if made and made.crosses_break:
            what = ledger.events.loc[ledger.events["kind"] == "break", "label"].iloc[0]
            found.append(f"{{b}} May cross {{turn}}, from which something else is recorded: {markup.escape(what)}.")
        if made and not made.same_unit and made.kind == "count":
            found.append(f"The units differ ({made.units[0]} and {made.units[1]}): a ratio of records, never a change or a risk.")
        elif self.against and rows[0]["measure"] != rows[1]["measure"]:
            found.append("The two count different things, in one unit: not a change.")
        found += self._lengths(rows)
        if OWN in {row["source"] for row in rows}:
            found.append("What if: a figure of your own, from no source.")
        for row in rows:
            if row["disputes"]:
                found.append(f"Disputed: another source says {{{row['disputes']}}}.")
        return [w.line(text.replace("{turn}", "{turn}"), turn=ledger.break_date or "") for text in found]

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
    def figures(self) -> tuple[str, ...]:
        return (self.figure, self.against) if self.against else (self.figure,)

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """All measures that bear on the figures."""
        near = {m for figure in self.figures for m in component(self.ledger, self.ledger.figures.at[figure, "measure"])}
        return tuple(measure for measure in self.ledger.measures.index if measure in near)

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
    def programme(self) -> Programme:
        return Programme(self.ledger, self.scenario, self.measures)

    @cached_property
    def verdict(self) -> Verdict:
        return self.programme.verdict()

    # What it says. Templates are filled by a writer, so that every number leads to the evidence below.

    @cached_property
    def headline(self) -> str:
        """The comparison as a sentence of Markdown, without its conditions."""
        subject, point = self._sentence
        return _capital(self._line(f"{subject}, **{point}**."))

    @cached_property
    def _sentence(self) -> tuple[str, str]:
        made, row = self.comparison, self._rows[0]
        a, b = f"{{{self.figure}}}", f"{{{self.against}}}"
        label, other = (f"{{{figure}:label}}" for figure in (self.figure, self.against))
        if made is None:
            point = "and no ratio, for the second may be zero" if self.against else f"which stands for {{{self.figure}:band}}"
            return f"{label}: {a} against {b}" if self.against else f"{label}: {a}", point
        if made.kind == "share":
            return f"{label}: {a}", f"{{{self.figure}:band}} of {{base}}"
        if made.kind == "change":
            way = "down" if row["value"] < 0 else "up"
            return f"{label}: {a} {way}", f"{{{self.figure}:size}} {way} from a count that is not given"
        if made.kind == "multiple":
            return f"{label}: “{a}”", "{ratio:times} the earlier count, which is not given"
        if not made.same_unit:
            return f"{a} {label} against {b} {other}", "{ratio:size} of the first for each of the second"
        point = "{percent:size}% fewer" if made.ratio.band.high < 1 else "{ratio:times} as many"
        same = row["measure"] == self._rows[1]["measure"]
        return (f"{label}: from {b} to {a}" if same else f"{a} {label} against {b} {other}"), point

    @cached_property
    def caveats(self) -> list[str]:
        """What must be said with the headline: sentences of Markdown."""
        made, rows, ledger = self.comparison, self._rows, self.read
        when = [_when(row, "period") for row in rows]
        if made and made.kind in ("change", "multiple"):
            when.append("a base of which the period is not stated" if made.base is None else _when(rows[0], "base"))
        found = [markup.escape(_capital(" against ".join(when))) + "."]
        for question, reading in self.scenario.items():
            asked = ledger.readings[(ledger.readings["question"] == question) & (ledger.readings["reading"] == reading)]
            if asked["figure"].isin(self.figures).any():
                said = {"question": question, "label": asked["label"].iloc[0]}
                found.append(self._line("{depends} “{question}” is read as “{label}”.", **said))
        if made and made.crosses_break:
            event = ledger.events.index[ledger.events["kind"] == "break"][0]
            found.append(self._line(f"{{b}} It may cross {{{event}}}, from which something else is recorded."))
        if self.against and made and not made.same_unit:
            text = "The units differ ({one} and {other}): a ratio of records, not a change and not a risk."
            found.append(self._line(text, one=made.units[0], other=made.units[1]))
        elif self.against and rows[0]["measure"] != rows[1]["measure"]:
            found.append("They count different things in one unit, so this is not a change.")
        found += self._lengths()
        if any(row["source"] == OWN for row in rows):
            found.append("What if: it holds a figure of your own, from no source.")
        found += [self._line(f"Another source contradicts it: {{{row['disputes']}}}.") for row in rows if row["disputes"]]
        return found

    def _lengths(self) -> list[str]:
        """What unequal or overlapping periods do to a comparison."""
        if not self.against or not all(row["period_start"] and row["period_end"] for row in self._rows):
            return []
        (start, end), (first, last) = ((row["period_start"], row["period_end"]) for row in self._rows)
        if start <= last and first <= end:
            return ["The periods overlap, so this is not a change from one to the other."]
        here, there = days(start, end), days(first, last)
        if self.comparison is None or abs(here - there) <= 1:  # a leap day makes no other period
            return []
        a, b = (quantity(self.read, figure) for figure in self.figures)
        daily = ((a / here) / (b / there)).named("daily")
        return [self._line(f"The periods have {here} and {there} days; a day, it is {{daily:times}} as many.", daily=daily)]

    @cached_property
    def evidence(self) -> str:
        """Where it comes from, as a list: the figures, those that clash, and how the ratio is worked out."""
        lines = [self._proof(figure) for figure in dict.fromkeys((*self.figures, *self.verdict.clashes))]
        made = self.comparison
        if made and self.against:
            formula = evidence.formula(self._writer, made.ratio)
            lines.append(f"- [Worked out]{{#w-{made.ratio.name}}}: {formula} = {span(made.ratio.band)}")
        return "\n".join(lines)

    def _proof(self, figure: str) -> str:
        row, ledger = self.ledger.figures.loc[figure], self.ledger
        source = ledger.sources.loc[row["source"]]
        label, when = ledger.measures.at[row["measure"], "label"], _when(row, "period")
        read = _when(self.read.figures.loc[figure], "period")
        text = f"{label}; {when}" + (f", read here as {read}" if read != when else "")
        band = f"Stands for {evidence.stands_for(row, ledger.rounding)}."
        head = f"- [{markup.escape(evidence.printed_of(ledger, figure))}]{{#f-{figure}}} {markup.escape(f'{text}. {band}')}"
        if row["source"] == OWN:
            return f"{head} A figure of your own, from no source."
        said = f"{words(row['wording'], source['language'])} ({markup.escape(row['said_by'])})"
        seen = " Seen as an excerpt." if source["read"] == "excerpt" else ""
        return f"{head} {said} {link(reference(source).removesuffix(source['url']).strip(), source['url'])}{seen}"

    @cached_property
    def judgement(self) -> str:
        """Whether the figures can all be true in this reading, and what they then imply."""
        found = self.verdict
        if not found.figures:
            return "Nothing to test: no figure that bears on these has a whole period."
        named = ", ".join(self._line(f"{{{figure}}}") for figure in found.clashes)
        if found.feasible:
            pace = "only if some days hold nothing" if found.unevenness is None else (
                "at one even pace" if found.unevenness == 1 else f"if daily rates differ {_down(found.unevenness)}-fold or more")
            text = f"**Can hold.** In this reading all figures that bear on these can be true together, {pace}."
        else:
            unit = {self.ledger.measures.at[measure, "counts"] for measure in self.measures}
            short = f"short by {number(math.ceil(found.gap))} {unit.pop() if len(unit) == 1 else 'units'}" if found.gap else (
                "by the ends of their ranges alone")
            text = f"**Cannot hold.** In this reading {named} cannot all be true: {short}."
        if found.unused:
            aside = ", ".join(self._line(f"{{{figure}}} {{{figure}:label}}") for figure in found.unused)
            text += f" Not tested, for a period is not whole: {aside}."
        return text + (f"\n\n{self._implied_table()}" if self.implied else "")

    @cached_property
    def implied(self) -> list[Implied]:
        """What the figures imply on each side of the break, for the whole that one of them gives across it."""
        rows, turn, wholes = reread(self.ledger, self.scenario), self.ledger.break_date, self.ledger.measures["part_of"]
        for figure in sorted(self.programme.figures, key=lambda one: one not in self.figures):
            part, base, _ = bound(rows, figure)
            if turn and not base and wholes[part.measure] not in self.measures and part.start < turn <= part.end:
                break
        else:
            return []
        if not self.verdict.feasible:
            return []
        before, after = (part.start, turn - timedelta(days=1)), (turn, part.end)
        label, unit = (self.ledger.measures.at[part.measure, name] for name in ("label", "counts"))
        found = []
        for limit in (None, UNEVEN):
            asked = (
                (period(*before), unit, self.programme.total(part.measure, *before, limit)),
                (period(*after), unit, self.programme.total(part.measure, *after, limit)),
                ("A day, the second to the first", "times", self.programme.step(part.measure, before, after, limit)),
            )
            for name, unit_, band in asked:
                entry = Implied(part.measure, self.scenario, band, unit_, limit, self.ledger.rounding, self.programme.figures)
                found.append(entry._replace(label=f"{_capital(label)}: {name}"))
        return found

    def _implied_table(self) -> str:
        by_limit = [[e for e in self.implied if e.limit == limit] for limit in (None, UNEVEN)]
        cells = [
            [entry.label.split(": ", 1)[1], *(f"{span(e.band)} {e.unit}" if e.band else "cannot hold" for e in pair)]
            for entry, pair in zip(by_limit[0], zip(*by_limit, strict=True), strict=True)
        ]
        caption = self.implied[0].label.split(": ")[0] + ", as the figures imply " + mark("[e]")
        return table(caption, ["", "Without a limit", "Daily rates at most threefold apart"], cells)

    # What it shows and leaves behind.

    @cached_property
    def chart(self) -> Chart:
        """The figures with their bands or, where they share no unit, their ratio."""
        made, place = self.comparison, self.read.measures.at[self._rows[0]["measure"], "place"]
        labels = list(dict.fromkeys(self.read.measures.at[row["measure"], "label"] for row in self._rows))
        more: dict[str, Any] = {}
        if self._rows[0]["kind"] == "count" and (made is None or made.same_unit):
            groups = ("after", "before")
            drawn = [self._row(figure, group, len(labels) > 1) for figure, group in zip(self.figures, groups, strict=False)]
            rows, axis = tuple(reversed(drawn)), self.read.measures.at[self._rows[0]["measure"], "counts"]
            if made and made.crosses_break:
                more["divider"] = (1, f"[b] {day(self.read.break_date)}: another rule")
        else:
            share = made.kind == "share"
            band = made.ratio.band * (100 if share else 1)
            text = f"{span(band)}{'%' if share else ' times' if made.same_unit else ''}"
            rows = (Row(_capital(" against ".join(labels)), (Point(band, text, "worked"),)),)
            axis = "%" if share else "times the earlier count" if made.same_unit else f"{made.units[0]} per {made.units[1]}"
            if not share and made.same_unit:
                more |= {"log": True, "reference": (1, "no change")}
        title = _capital(markup.plain(self._line(self._sentence[1])))
        subtitle = f"{_capital('; '.join(labels))}, {place}. The bar is the range that rounding allows"
        return _drawn(title, markup.escape(subtitle), f"Source: {self._sources()}", rows, axis, tuple(more.items()))

    def _row(self, figure: str, group: str, named: bool) -> Row:
        row = self.read.figures.loc[figure]
        label = f"{self.read.measures.at[row['measure'], 'label']}, " if named else ""
        return Row(_capital(label + _when(row, "period")), (Point(row["band"], span(row["band"]), group, float(row["value"])),))

    def _sources(self) -> str:
        sources = list(dict.fromkeys(row["source"] for row in self._rows))
        cited = self._writer.cite(source for source in sources if source != OWN).markdown
        return "; ".join(filter(None, [cited, "a figure of your own" if OWN in sources else ""]))

    @cached_property
    def citation(self) -> str:
        """The headline with its conditions and full references, as plain text to paste."""
        sources = dict.fromkeys(row["source"] for row in self._rows)
        full = " ".join(reference(self.ledger.sources.loc[source]) for source in sources if source != OWN)
        said = markup.plain(" ".join([self.headline, *self.caveats]))
        return f"{said} Round numbers are read {ROUNDINGS[self.ledger.rounding]}. {f'Source: {full}' if full else ''}".strip()

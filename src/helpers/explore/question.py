"""One question answered: two figures under one reading, as a sentence, a chart, its evidence and a verdict.

Any two figures can be set against each other, whatever the ledger compares. What must be said with the answer is said
with it, and all of it can be taken along: as records, a drawing and a citation.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import quote

from helpers.charts.chart import Chart
from helpers.charts.dots import Point, Row, dots
from helpers.figures.formula import FormulaError, Quantity, constant
from helpers.figures.kind import KINDS
from helpers.figures.rounding import ROUNDINGS
from helpers.markup import dialect as markup
from helpers.package.ledger import Ledger
from helpers.reason.compare import Comparison, compare, days, quantity
from helpers.reason.programme import Programme, programme
from helpers.reason.scenario import Component, component
from helpers.reason.verdict import Verdict, verdict
from helpers.reason.whatif import ASSUMED, OWN, reread_ledger
from helpers.report.findings import Implied
from helpers.words import evidence
from helpers.words.template import Writer, day, link, mark, number, period, reference, span, table, words

UNEVEN = 3  # a limit on unevenness, shown beside none
_SIDES = ("after", "before")  # the groups of a chart, for a figure and what it is set against


@dataclass(frozen=True, repr=False)
class View:
    """A figure, what it is set against, and the reading under which both are seen.

    Attributes
    ----------
    ledger
        One edition under one rounding, perhaps with things imagined.
    figure, against
        Ids; `against` is empty for a count by itself, and for a change, multiple or share, which has its own base.
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
    def imagined(self) -> tuple[str, ...]:
        """What is not as the tables have it: figures of one's own, and those given another period."""
        rows = self.ledger.figures
        own = (rows[["source", "period_basis", "base_basis"]] == [OWN, ASSUMED, ASSUMED]).any(axis=1)
        return tuple(rows.index[own & rows["measure"].isin(self.measures)])

    @cached_property
    def component(self) -> Component:
        """All that bears on the figures."""
        return component(self.ledger, *(self.ledger.figures.at[figure, "measure"] for figure in self.figures))

    @property
    def measures(self) -> tuple[str, ...]:
        """All measures that bear on the figures."""
        return self.component.measures

    @cached_property
    def comparison(self) -> Comparison | None:
        """None for a count by itself, and where what it is set against may be zero."""
        if not self.against and not KINDS[self.read.rows["figures"][self.figure].kind].against_base:
            return None
        try:
            return compare(self.read, self.figure, self.against)
        except FormulaError:
            return None

    @cached_property
    def programme(self) -> Programme:
        return programme(self.component, self.scenario)

    @cached_property
    def verdict(self) -> Verdict:
        return verdict(self.component, self.scenario)

    # --- in words: templates, so that every number leads to the evidence

    @cached_property
    def headline(self) -> str:
        """The comparison as a sentence of Markdown, without its conditions."""
        subject, point = self._sentence
        joint = ": " if subject.count("{") == 1 else ", "
        return _capital(self._line(f"{subject}{joint}**{point}**."))

    @cached_property
    def _sentence(self) -> tuple[str, str]:
        """What is compared, and what comes of it: two templates."""
        made, row = self.comparison, self._rows[0]
        a, b, label, other = (f"{{{name}{spec}}}" for spec in ("", ":label") for name in (self.figure, self.against))
        if made is None:
            if self.against:
                return f"{label}: {a} against {b}", "no ratio, for that may be zero"
            exact = f"{a}, printed to the last digit"
            return label, exact if row["interval"].is_exact else f"{a}, which stands for {{{self.figure}:interval}}"
        if made.about.of_whole and self.against:
            return f"{label}: {a} against {b}", "{ratio:times} as large a share"
        if made.about.of_whole:
            return label, f"{a}, which stands for {{{self.figure}:interval}} of {{whole}}"
        if made.about.signed:
            return label, f"{a}, which stands for {_change(row)}"
        if made.about.against_base:
            across = " {b}" if made.crosses_break else ""
            return label, f"“{a}”, which stands for {{{self.figure}:interval}} times{across} the earlier count"
        if not made.same_unit:
            return f"{a} {label} against {b} {other}", "{ratio} {one} for each of the {other} counted"
        if row["measure"] != self._rows[1]["measure"]:
            return f"{a} {label} against {b} {other}", "{ratio:times} as many"
        return (
            f"{label}: from {b} to {a}",
            "{fall:%} fewer" if made.ratio.interval.high < 1 else "{ratio:times} as many",
        )

    @property
    def certainty(self) -> str:
        """The label of the finding: "reported", "worked-out" or "depends" on a reading."""
        if any(True for _ in self._readings()):
            return "depends"
        return "worked-out" if self.against else "reported"

    @cached_property
    def caveats(self) -> list[str]:
        """What must be said with the headline: sentences of Markdown."""
        made, rows = self.comparison, self._rows
        when = [_when(rows[0]), *(_when(row).replace("period not", "a period not") for row in rows[1:])]
        compared = made and made.about.against_base and not self.against and not made.about.of_whole
        if compared:
            when.append(_when(rows[0], "base") if made.base else "a base whose period is not stated")
        said = [markup.escape(_capital(", against ".join(when)) + ".")]
        if compared and not rows[0]["versus"]:
            said.append("The count it is measured against is not given.")
        for question, asked in self._readings():
            said.append(self._line("It assumes, of “{question}”: {label}.", question=question, label=asked))
        if made and made.crosses_break:
            event = self.read.events.index[self.read.events["kind"] == "break"][0]
            said.append(self._line(f"{{b}} It may cross {{{event}}}, from which something else is recorded."))
        if made and self.against and not made.same_unit:
            said.append(_capital(self._line("{one} and {other} are unlike units: this is no change and no risk.")))
        elif self.against and rows[0]["measure"] != rows[1]["measure"]:
            said.append("They count different things in one unit: not a change.")
        said += self._lengths()
        for figure in self.figures:
            against = ", ".join(f"{{{rival}}}" for rival in self.ledger.rivals(figure))
            said += [self._line(f"Another figure contradicts it: {against}.")] if against else []
        if self.imagined:
            named = ", ".join(self._line(f"{{{figure}}} {{{figure}:label}}") for figure in self.imagined)
            said.append(f"What if: imagined, not from a source: {named}.")
        return said

    def _readings(self) -> Iterator[tuple[str, str]]:
        """The questions of the scenario that re-read a figure of this view, with the label of the reading."""
        for question, reading in self.scenario.items():
            rows = self.ledger.readings
            rows = rows[(rows["question"] == question) & (rows["reading"] == reading)]
            if rows["figure"].isin(self.figures).any():
                yield question, rows["label"].iloc[0]

    def _lengths(self) -> list[str]:
        """What overlapping or unequal periods do to a comparison."""
        spans = [(row["period_start"], row["period_end"]) for row in self._rows]
        alike = len({row["measure"] for row in self._rows}) == 1
        if (
            self.comparison is None
            or self.comparison.about.against_base
            or len(spans) < 2
            or not alike
            or not all(map(all, spans))
        ):
            return []
        (start, end), (first, last) = spans
        if start <= last and first <= end:
            return ["The periods overlap: not a change from one to the other."]
        here, there = days(start, end), days(first, last)
        if abs(here - there) <= 1:  # a leap day makes no other period
            return []
        a, b = (quantity(self.read, figure) for figure in self.figures)
        self._numbers["daily"] = ((a / here) / (b / there)).named(f"{self.figure}-daily", "times")
        return [self._line(f"The periods have {here} and {there} days; a day, it is {{daily:times}} as many.")]

    @cached_property
    def judgement(self) -> str:
        """Whether the figures can all be true in this reading, and what they then imply."""
        found = self.verdict
        if not found.figures:
            text = "**Nothing to test.** What bears on this lacks a whole period, or is in a dispute not settled."
        elif found.feasible:
            text = f"**Can hold.** As the figures are read here, all that bear on this can be true together, {_pace(found)}."
        else:
            clash = ", ".join(self._line(f"{{{figure}}}") for figure in found.clashes)
            units = set(self.ledger.measures.loc[list(self.measures), "counts"])
            short = f"short by {number(math.ceil(found.gap))} {units.pop() if len(units) == 1 else 'units'}"
            text = f"**Cannot hold.** As the figures are read here, {clash} cannot all be true: "
            text += f"{short if found.gap else 'by the ends of their ranges alone'}."
        if found.unused:
            aside = dict.fromkeys(self._line(f"{{{figure}}} ({{{figure}:label}})") for figure in found.unused)
            text += f" Left out, for want of a whole period: {', '.join(aside)}."
        return f"{text}\n\n{self._implied()}".strip()

    @cached_property
    def implied(self) -> list[Implied]:
        """What the figures imply on each side of the break, for a whole of which one figure lies across it."""
        split = self._across()
        if split is None or not self.verdict.feasible:
            return []
        measure, before, after = split
        unit = self.ledger.measures.at[measure, "counts"]
        found = []
        for limit in (None, UNEVEN):
            asked = (
                (period(*before), unit, self.programme.total(measure, *before, limit)),
                (period(*after), unit, self.programme.total(measure, *after, limit)),
                ("a day, the second to the first", "times", self.programme.ratio(measure, before, after, limit)),
            )
            for label, counted, interval in asked:
                about = self.ledger.rounding, self.programme.figures, "linear programme", label
                found.append(Implied(measure, self.scenario, interval, counted, limit, *about))
        return found

    def _across(self) -> tuple[str, tuple[Any, Any], tuple[Any, Any]] | None:
        """A whole, and the days before and after the break of a count of it that lies across; the view's own first."""
        turn, parts = self.ledger.break_date, dict(self.component.part_of)
        bounds = dict(self.programme.bounds)
        for figure in sorted(bounds, key=lambda name: name not in self.figures):
            part, base, _ = bounds[figure]
            if turn and not base and part.measure not in parts and part.start < turn <= part.end:
                return part.measure, (part.start, turn - timedelta(days=1)), (turn, part.end)
        return None

    def _implied(self) -> str:
        if not self.implied:
            return ""
        limits = [[e for e in self.implied if e.limit == limit] for limit in (None, UNEVEN)]
        cells = [[_capital(pair[0].label), *(_range(entry) for entry in pair)] for pair in zip(*limits, strict=True)]
        label = self.ledger.measures.at[self.implied[0].quantity, "label"]
        header = ["", "Whatever the pace", f"Daily rates on the same side of the break at most {UNEVEN}-fold apart"]
        return table(f"What follows for {markup.escape(label)} {mark('[e]')}", header, cells)

    @cached_property
    def evidence(self) -> str:
        """All that the words lead to, as a list: figures, how the ratio is worked out, the break."""
        _, _, _ = self.headline, self.caveats, self.judgement  # they tell the writer what they use
        used, ledger = self._writer.used, self.ledger
        figures = dict.fromkeys((*self.figures, *(name for name in ledger.figures.index if name in used)))
        lines = [self._proof(figure) for figure in figures]
        for name, worked in self._numbers.items():
            if name in used:
                formula = evidence.formula(self._writer, worked)
                lines.append(f"- **[{markup.escape(str(worked))}]{{#w-{worked.name}}}** Worked out: {formula}")
        for event, row in ledger.events[ledger.events.index.isin(used)].iterrows():
            text = f"- **[{day(row['date'])}]{{#e-{event}}}** {markup.escape(row['label'])}. {self._said(row)}"
            lines.append(text)
        return "\n".join(lines)

    def _proof(self, figure: str) -> str:
        row, read = self.ledger.figures.loc[figure], self.read.figures.loc[figure]
        when = _when(row) + (f", read here as {_when(read)}" if _when(read) != _when(row) else "")
        label = self.ledger.measures.at[row["measure"], "label"]
        text = markup.escape(
            f"{label}; {when}. Stands for {evidence.stands_for(row, row['interval'], self.ledger.rounding)}."
        )
        printed = markup.escape(_capital(evidence.printed_of(self.ledger, figure)))
        said = "A figure of your own, from no source." if row["source"] == OWN else self._said(row)
        return f"- **[{printed}]{{#f-{figure}}}** {text} {said}"

    def _said(self, row: Any) -> str:
        """The words of a figure or an event, who said them, and a link to where."""
        source = self.ledger.sources.loc[row["source"]]
        excerpt = ", seen as an excerpt" if source["read"] == "excerpt" else ""
        said = f"{words(row['wording'], source['language'])} ({markup.escape(row['said_by'])})"
        return f"{said} {_linked(source)}{excerpt}"

    # --- to look at and to take along

    @cached_property
    def chart(self) -> Chart:
        """The figures with their intervals or, where they share no unit or have no counts, their ratio."""
        made, measures = self.comparison, self.read.measures
        labels = list(dict.fromkeys(measures.at[row["measure"], "label"] for row in self._rows))
        more: dict[str, Any] = {}
        kind = KINDS[self._rows[0]["kind"]]
        if (self.against or not kind.against_base) and (made is None or made.same_unit):
            rows = tuple(self._row(figure, at, len(labels) > 1) for at, figure in enumerate(self.figures))[::-1]
            axis = kind.suffix or measures.at[self._rows[0]["measure"], "counts"]
            if made and made.crosses_break:
                more["divider"] = (1, f"[b] from {day(self.read.break_date)} another rule")
        else:
            share, like = made.about.of_whole, made.same_unit
            interval = made.about.shown(made.ratio.interval)
            unit = "%" if share else " times" if like else ""
            text = markup.plain(self._line(_change(self._rows[0]))) if made.about.signed else f"{span(interval)}{unit}"
            rows = (Row(_capital(" against ".join(labels)), (Point(interval, text, "worked"),)),)
            axis = "% of the whole" if share else "times the earlier count" if like else made.ratio.unit
            more = {"reference": (1, "no change")} if like and not share else {}
        subject, point = self._sentence
        ends = re.search(r"from .*", subject)
        title = _capital(markup.plain(self._line(f"{ends[0]}: {point}" if ends else point)))
        about = f"{'; '.join(labels)}, {measures.at[self._rows[0]['measure'], 'place']}"
        subtitle = markup.escape(_capital(about) + ". The bar is the range that rounding allows")
        return _drawn(markup.escape(title), subtitle, f"Source: {self._sources()}", rows, axis, tuple(more.items()))

    def _row(self, figure: str, at: int, named: bool) -> Row:
        row = self._rows[at]
        label = f"{self.read.measures.at[row['measure'], 'label']}, " if named else ""
        kind = KINDS[row["kind"]]
        interval = kind.shown(row["interval"])
        point = Point(interval, f"{span(interval)}{kind.suffix}", _SIDES[at], float(row["value"]) * kind.scale)
        return Row(_capital(label + _when(row)), (point,))

    def _sources(self) -> str:
        names = dict.fromkeys(row["source"] for row in self._rows)
        return "; ".join("a figure of your own" if n == OWN else _linked(self.ledger.sources.loc[n]) for n in names)

    @cached_property
    def citation(self) -> str:
        """The headline with its conditions and full references, as plain text to paste."""
        names = [name for name in dict.fromkeys(row["source"] for row in self._rows) if name != OWN]
        sources = [self.ledger.rows["sources"][name] for name in names]
        full = "; ".join(f"{reference(source)}, {source.url}" for source in sources)
        said = markup.plain(" ".join((self.headline, *self.caveats)))
        how = "Worked out from figures as printed" if self.against else "As printed"
        return f"{said} {how}; round numbers are read as {ROUNDINGS[self.ledger.rounding].label}.{f' Source: {full}' if full else ''}"

    def __repr__(self) -> str:
        return self.citation

    def _repr_html_(self) -> str:
        return markup.to_html("\n".join([self.headline, "", *(f"- {text}" for text in self.caveats)]))

    @cached_property
    def _writer(self) -> Writer:
        return Writer(self.read)

    @cached_property
    def _rows(self) -> list[Any]:
        return [self.read.figures.loc[figure] for figure in self.figures]

    @cached_property
    def _numbers(self) -> dict[str, Quantity]:
        """What is worked out, by the name that templates use."""
        made = self.comparison
        if made is None or not self.against:
            return {}
        numbers = {"ratio": made.ratio}
        if made.percent:
            numbers["fall"] = (1 - made.ratio) * constant(100, "%")
        return numbers

    @cached_property
    def _terms(self) -> dict[str, str]:
        """What is compared with what, by the name that templates use."""
        row = self._rows[0]
        whole = (
            self.read.figures.at[row["versus"], "measure"] if row["versus"] else row["base_measure"] or row["measure"]
        )
        units = self.comparison.units if self.comparison else ("", "")
        return {"one": units[0], "other": units[1], "whole": self.read.measures.at[whole, "label"]}

    def _line(self, template: str, **values: Any) -> str:
        return self._writer.line(template, **self._terms, **self._numbers, **values)


@lru_cache(maxsize=64)
def _drawn(title: str, subtitle: str, source: str, rows: tuple[Row, ...], axis: str, more: tuple[Any, ...]) -> Chart:
    """The drawing, made again only when something on it changes: it is what takes longest."""
    return dots("explore", title, subtitle, source, rows, axis, **dict(more))


def _linked(source: Any) -> str:
    """A source in few words, with a link to its page."""
    address = quote(source["url"], safe=":/?#@!$&'*+,;=%~")  # a bracket or a space would end the link
    return link(f"{source['publisher']}, {day(source['published'])}", address)


def _pace(verdict: Verdict) -> str:
    """The least by which daily rates must differ, rounded down so that it is never too much."""
    if verdict.unevenness is None:
        return "but only if some days hold nothing"
    least = Fraction(math.floor(verdict.unevenness * 10), 10)
    return (
        f"if daily rates on the same side of the break differ {number(least, 1)}-fold or more"
        if least > 1
        else "at a nearly even pace"
    )


def _change(row: Any) -> str:
    """The template of a change in percent."""
    return f"{{{row.name}:size}} {'down' if row['value'] < 0 else 'up'}"


def _range(entry: Implied) -> str:
    if entry.interval is None:
        return "cannot hold"
    return (
        "anything"
        if entry.interval.low <= 0 and math.isinf(entry.interval.high)
        else f"{span(entry.interval)} {entry.unit}"
    )


def _when(row: Any, prefix: str = "period") -> str:
    """A period, and whether it is the source's own."""
    basis = row[f"{prefix}_basis"]
    text = period(row[f"{prefix}_start"], row[f"{prefix}_end"])
    return f"{text} ({basis})" if basis in ("inferred", ASSUMED) else text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

"""What the audit says of a package: in the terminal in a line each, and as the rows of its page's tables."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from helpers.figures.interval import Interval
from helpers.figures.rounding import ROUNDINGS
from helpers.markup.dialect import escape
from helpers.package.ledger import Ledger
from helpers.package.texts import Check
from helpers.reason.compare import Comparison
from helpers.reason.scenario import DISPUTE
from helpers.reason.verdict import Verdict, verdicts
from helpers.report.findings import clashes, compared
from helpers.words.evidence import printed_of, stands_for
from helpers.words.numbers import capital, day, number, period, size, span
from helpers.words.template import Text, link, mark, table, words

Cells = list[str]


class Audit:
    """One edition of a package held against itself and, where they are given, against its texts.

    Attributes
    ----------
    verdicts
        On every group of figures in every scenario.
    clashing
        Those that condemn the package: the figures as they stand cannot all be true.
    """

    def __init__(self, ledger: Ledger, check: Check | None) -> None:
        self.ledger = ledger
        self.check = check
        self.verdicts = verdicts(ledger)
        self.clashing = clashes(self.verdicts)
        self.groups: dict[tuple[str, ...], list[Verdict]] = {}
        for verdict in self.verdicts:
            self.groups.setdefault(verdict.measures, []).append(verdict)

    @property
    def sound(self) -> bool:
        """Whether the figures hold together and, where texts are given, match them."""
        return not self.clashing and not (self.check and self.check.faults)

    @functools.cached_property
    def open(self) -> int:
        """How many rows are drafts, which no person has confirmed yet."""
        return sum(len(rows) for rows in self.ledger.drafts.values())

    # --- in the terminal ---

    def line(self) -> str:
        """What was found, in one line: "Sound: 33 figures, 77 of 77 numbers covered."."""
        parts = [_count(len(self.ledger.rows["figures"]), "figure")]
        parts += [_count(len(self.clashing), "clash", "es")] if self.clashing else []
        if self.check is None:
            parts.append("no texts given, so no wording was checked")
        else:
            check = self.check
            parts.append(f"{number(check.tokens - len(check.uncovered))} of {number(check.tokens)} numbers covered")
            parts += [f"{_count(len(check.wordings), 'wording')} not in their texts"] if check.wordings else []
            parts += [_count(len(check.files), "fault") + " in the folder of texts"] if check.files else []
            parts += [f"{_count(len(check.unchecked), 'source')} without a text"] if check.unchecked else []
        parts += [f"{_count(self.open, 'draft')} still open"] if self.open else []
        return f"{'Sound' if self.sound else 'Not sound'}: {', '.join(parts)}."

    def faults(self) -> list[str]:
        """Everything that is wrong, a line each."""
        found = [f"{', '.join(one.clashes)} cannot all be true: short {self.short(one)}" for one in self.clashing]
        return found + [str(fault) for fault in (self.check.faults if self.check else ())]

    # --- phrases ---

    def ids(self, names: Iterable[str]) -> str:
        """The ids of figures, each a link to its row."""
        return ", ".join(link(name, f"#f-{name}") for name in names)

    def figure(self, name: str) -> str:
        """A figure as printed, with its id."""
        return f"{escape(printed_of(self.ledger, name))} ({self.ids([name])})"

    def when(self, name: str, side: str = "period") -> str:
        """When, and whether a source says so, of a figure or of its base."""
        row = self.ledger.rows["figures"][name]
        text = period(getattr(row, f"{side}_start"), getattr(row, f"{side}_end"))
        return escape(f"{text}, inferred" if getattr(row, f"{side}_basis") == "inferred" else text)

    def label(self, name: str) -> str:
        return escape(self._label(self.ledger.rows["figures"][name].measure))

    def _label(self, measure: str) -> str:
        return str(self.ledger.rows["measures"][measure].label)

    def group(self, measures: Iterable[str]) -> str:
        """What a group of measures counts, in words."""
        return capital(escape("; ".join(map(self._label, measures))))

    def short(self, verdict: Verdict) -> str:
        """How far figures are from being true together, rounded up, so that it is never too little."""
        if not verdict.gap:
            return "by the ends of their ranges alone"
        units = {self.ledger.rows["measures"][measure].counts for measure in verdict.measures}
        unit = units.pop() if len(units) == 1 else "units"
        return f"by {number(math.ceil(verdict.gap))} {unit} in all"

    def scenario(self, verdict: Verdict) -> str:
        """A scenario in the words of its readings."""
        labels = {(row.question, row.reading): row.label for row in self.ledger.rows["readings"]}
        read = [
            f"taking {escape(reading.replace('+', ', '))}"
            if question.startswith(DISPUTE)
            else f"{escape(question)}: {escape(labels[question, reading])}"
            for question, reading in verdict.scenario.items()
        ]
        return capital("; ".join((["as it stands"] if verdict.as_it_stands else []) + read))

    # --- tables ---

    def clash(self, verdict: Verdict) -> list[Cells]:
        """The figures that cannot all be true, with what they stand for."""
        return [[self.figure(name), self.label(name), self.when(name), self._stands(name)] for name in verdict.clashes]

    def _stands(self, name: str) -> str:
        ledger = self.ledger
        return escape(stands_for(ledger.rows["figures"][name], ledger.intervals[name], ledger.rounding))

    def wordings(self) -> list[Cells]:
        """The wordings that do not stand in their texts once."""
        sources = self.ledger.rows["sources"]
        return [
            [
                f"{fault.table}.csv, {escape(fault.row)}",
                words(fault.wording, sources[fault.source].language),
                escape(fault.cause),
            ]
            for fault in (self.check.wordings if self.check else ())
        ]

    def uncovered(self) -> list[Cells]:
        """The numbers of the texts that no confirmed row covers."""
        return [
            [
                f"**{escape(token.number)}**",
                f"{token.source}.txt, line {token.line}",
                f"{escape(token.before)}**{escape(token.number)}**{escape(token.after)}",
                escape(token.draft) or "none",
            ]
            for token in (self.check.uncovered if self.check else ())
        ]

    def conventions(self) -> list[Cells]:
        """Under which rounding convention the figures as they stand can be true, and which clash where they cannot."""
        rows = []
        for name, rounding in ROUNDINGS.items():
            found = self.verdicts if name == self.ledger.rounding else verdicts(self.ledger.with_rounding(name))
            clashing, refuted = clashes(found), sum(not one.feasible for one in found)
            held = "can all be true" if not clashing else "**cannot all be true**"
            clash = "; ".join(self.ids(one.clashes) for one in clashing) or "none"
            rows.append([f"{name}: {rounding.label}", held, clash, f"{refuted} of {len(found)}"])
        return rows

    def scenarios(self, each: list[Verdict]) -> list[Cells]:
        """The verdict on one group in each scenario."""
        return [
            [
                self.scenario(verdict),
                "can all be true"
                if verdict.feasible
                else f"**cannot all be true**, short {escape(self.short(verdict))}",
                self.ids(verdict.clashes) or pace(verdict.unevenness),
            ]
            for verdict in each
        ]

    def open_groups(self) -> list[tuple[str, list[Verdict]]]:
        """The groups whose figures cannot all be true in some scenario."""
        return [(self.group(measures), each) for measures, each in self.groups.items() if not _always(each)]

    def settled(self) -> list[Cells]:
        """The groups whose figures can be true in every scenario."""
        return [
            [
                self.group(measures),
                number(len(each)),
                self.ids(dict.fromkeys(name for verdict in each for name in verdict.figures)) or "none",
                self.ids(each[0].unused) or "none",
                _spread(each) if any(verdict.figures for verdict in each) else "–",
            ]
            for measures, each in self.groups.items()
            if _always(each)
        ]

    def disputes(self) -> list[Cells]:
        """Each side of each dispute as a set of figures."""
        figures = self.ledger.rows["figures"]
        return [
            [
                escape(dispute) if at == 0 else "",
                escape(side),
                ", ".join(self.figure(name) for name in figures if name in members),
                capital("; ".join(dict.fromkeys(self.label(name) for name in figures if name in members))),
                "; ".join(dict.fromkeys(self.when(name) for name in figures if name in members)),
            ]
            for dispute, sides in self.ledger.sides.items()
            for at, (side, members) in enumerate(sides.items())
        ]

    def comparisons(self) -> list[Cells]:
        """Every figure that makes a comparison, with its ratio and change."""
        return [
            [
                f"{self.figure(name)} {self.label(name)}; {self.when(name)}",
                self._base(name),
                _ratio(made),
                _change(made),
                "–" if made is None else escape(made.units[0] if made.same_unit else " against ".join(made.units)),
            ]
            for name, made in compared(self.ledger)
        ]

    def _base(self, name: str) -> str:
        row = self.ledger.rows["figures"][name]
        if row.versus:
            return f"{self.figure(row.versus)}; {self.when(row.versus)}"
        return f"{escape(self._label(row.base_measure or row.measure))}, no count given; {self.when(name, 'base')}"

    def sources(self) -> Iterator[tuple[str, list[Cells]]]:
        """Each source with its figures: what they count, stand for, and the words of the source."""
        for source, about in self.ledger.rows["sources"].items():
            title = f"[[{escape(about.title)}]{{lang={about.language}}}]({about.url})"
            rows = [
                [
                    f"[{escape(name)}]{{#f-{name}}}: {escape(printed_of(self.ledger, name))}",
                    f"{self.label(name)}; {self.when(name)}",
                    self._stands(name),
                    f"{words(row.wording, about.language)} ({escape(row.said_by)})",
                ]
                for name, row in self.ledger.rows["figures"].items()
                if row.source == source
            ]
            if rows:
                yield f"[{escape(about.publisher)}, {day(about.published)}]{{#s-{source}}}: {title}", rows


def _count(count: int, noun: str, plural: str = "s") -> str:
    return f"{number(count)} {noun}{'' if count == 1 else plural}"


def _always(each: Iterable[Verdict]) -> bool:
    return all(verdict.feasible for verdict in each)


def pace(unevenness: float | None) -> str:
    """The least by which daily rates must differ, rounded down so that it is never too much."""
    if unevenness is None:
        return "without limit"
    least = Fraction(math.floor(unevenness * 10), 10)
    return "none" if unevenness == 1 else "hardly any" if least == 1 else f"{number(least, 1)}-fold"


def _spread(each: list[Verdict]) -> str:
    least = sorted((math.inf if one.unevenness is None else one.unevenness) for one in each)
    low, high = (pace(None if math.isinf(end) else end) for end in (least[0], least[-1]))
    return low if low == high else f"{low} to {high}"


def _sized(interval: Interval) -> str:
    """A change in percent as a reader says it."""
    fell, rose = interval.high <= 0, interval.low >= 0
    return f"{span(size(interval))}% {'down' if fell else 'up'}" if fell or rose else f"{span(interval)}%"


def _ratio(made: Comparison | None) -> str:
    if made is None:
        return "none: the base may be zero"
    marks = "".join(f" {mark(m)}" for m in made.ratio.marks)
    if made.kind == "share" and made.same_unit:
        return f"{span(made.ratio.interval * 100)}%{marks}"
    return f"{span(made.ratio.interval)} {escape(made.ratio.unit)}{marks}"


def _change(made: Any) -> str:
    if made is None or made.kind == "share":
        return "–"
    parts = [_sized(made.percent.interval)] if made.percent else []
    if made.difference:
        parts.append(f"{span(made.difference.interval)} {escape(made.difference.unit)}")
    return "; ".join(parts) or "–"


def tabled(caption: str, header: list[str], rows: list[Cells], role: str = "") -> Text | None:
    """A table to be shown; None where it has no rows."""
    return Text(table(caption, header, rows), role) if rows else None

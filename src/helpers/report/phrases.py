"""How the audit names figures, groups of measures, scenarios and shortfalls."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction

from helpers.figures.interval import Interval
from helpers.figures.kind import KINDS
from helpers.markup.dialect import escape
from helpers.package.ledger import Ledger
from helpers.reason.agree import Held
from helpers.reason.compare import Comparison
from helpers.reason.scenario import DISPUTE
from helpers.reason.verdict import Verdict
from helpers.report.findings import compared
from helpers.words.blocks import link, mark, words
from helpers.words.evidence import printed_of, stands_for
from helpers.words.numbers import capital, day, number, period, size, span


class Phrases:
    """Phrases and rows about the figures of one edition, in the dialect of the page."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

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
        if not verdict.shortfall:
            return "by the ends of their ranges alone"
        units = {self.ledger.rows["measures"][measure].counts for measure in verdict.measures}
        unit = units.pop() if len(units) == 1 else "units"
        return f"by {number(math.ceil(verdict.shortfall))} {unit} in all"

    def scenario(self, verdict: Verdict) -> str:
        """A scenario in the words of its readings."""
        labels = {(row.question, row.reading): row.label for row in self.ledger.rows["readings"]}
        read = [
            f"taking {escape(reading.replace('+', ', '))}"
            if question.startswith(DISPUTE)
            else f"{escape(question)}: {escape(labels[question, reading])}"
            for question, reading in verdict.scenario.items()
        ]
        return capital("; ".join((["as it stands"] if verdict.without_readings else []) + read))

    def stands(self, name: str) -> str:
        """What a figure stands for, and why."""
        ledger = self.ledger
        return escape(stands_for(ledger.rows["figures"][name], ledger.intervals[name], ledger.rounding))

    def comparisons(self) -> list[list[str]]:
        """Every figure that makes a comparison, with its ratio and change."""
        return [
            [
                f"{self.figure(name)} {self.label(name)}; {self.when(name)}",
                self._base(name),
                ratio(made),
                change(made),
                "–" if made is None else escape(made.units[0] if made.same_unit else " against ".join(made.units)),
            ]
            for name, made in compared(self.ledger)
        ]

    def _base(self, name: str) -> str:
        row = self.ledger.rows["figures"][name]
        if row.versus:
            return f"{self.figure(row.versus)}; {self.when(row.versus)}"
        return f"{escape(self._label(row.base_measure or row.measure))}, no count given; {self.when(name, 'base')}"

    def sources(self) -> Iterator[tuple[str, list[list[str]]]]:
        """Each source with its figures: what they count, stand for, and the words of the source."""
        for source, about in self.ledger.rows["sources"].items():
            title = f"[[{escape(about.title)}]{{lang={about.language}}}]({about.url})"
            rows = [
                [
                    f"[{escape(name)}]{{#f-{name}}}: {escape(printed_of(self.ledger, name))}",
                    f"{self.label(name)}; {self.when(name)}",
                    self.stands(name),
                    f"{words(row.wording, about.language)} ({escape(row.said_by)})",
                ]
                for name, row in self.ledger.rows["figures"].items()
                if row.source == source
            ]
            if rows:
                yield f"[{escape(about.publisher)}, {day(about.published)}]{{#s-{source}}}: {title}", rows


def _sized(interval: Interval) -> str:
    """A change in percent as a reader says it."""
    fell, rose = interval.high <= 0, interval.low >= 0
    return f"{span(size(interval))}% {'down' if fell else 'up'}" if fell or rose else f"{span(interval)}%"


def ratio(made: Comparison | None) -> str:
    if made is None:
        return "none: the base may be zero"
    marks = "".join(f" {mark(m)}" for m in made.ratio.marks)
    if made.about.of_whole and not made.difference and made.same_unit:
        return f"{span(made.ratio.known_interval * 100)}%{marks}"
    return f"{span(made.ratio.known_interval)} {escape(made.ratio.unit)}{marks}"


def change(made: Comparison | None) -> str:
    if made is None:
        return "–"
    parts = [_sized(made.percent.known_interval)] if made.percent else []
    if made.difference:
        parts.append(f"{span(made.difference.known_interval)} {escape(made.difference.unit)}")
    return "; ".join(parts) or "–"


def given(ledger: Ledger, one: Held) -> str:
    """What two levels give in place of a printed change: "down 4 to 6 percentage points"."""
    kind = KINDS[ledger.rows["figures"][one.figure].kind]
    shown = kind.shown(one.given)
    way = ("down " if shown.high <= 0 else "up " if shown.low >= 0 else "") if kind.signed else ""
    return f"{way}{span(size(shown) if way else shown)}{kind.suffix}"


def pace(unevenness: float | None) -> str:
    """The least by which daily rates must differ, rounded down so that it is never too much."""
    if unevenness is None:
        return "without limit"
    least = Fraction(math.floor(unevenness * 10), 10)
    return "the same" if unevenness == 1 else "almost the same" if least == 1 else f"{number(least, 1)} times"


def spread(each: list[Verdict]) -> str:
    """The least unevenness of a group over its scenarios: a range where they differ."""
    least = sorted((math.inf if one.unevenness is None else one.unevenness) for one in each)
    low, high = (pace(None if math.isinf(end) else end) for end in (least[0], least[-1]))
    return low if low == high else f"{low} to {high}"

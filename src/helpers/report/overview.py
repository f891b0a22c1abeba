"""What a briefing of any package says without knowing it: what there is, shares, levels, periods and dated steps.

`told` makes its points, and `gaps` says what does not fit and what is open. Each function gives texts, rows or parts of
charts in the order of the package, for the cells of `template.ipynb`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from helpers.charts.calendar import Span, Step
from helpers.charts.panels import Bar, Panel
from helpers.charts.value import short_period
from helpers.figures.kind import KINDS
from helpers.package.ledger import Ledger
from helpers.reason.compare import Comparison
from helpers.report.gathered import (
    compared,
    distinct,
    gathered,
    is_core,
    label,
    of_levels,
    same,
    unlike,
    way,
)
from helpers.report.told import counted, listed
from helpers.words.blocks import escaped
from helpers.words.numbers import capital, number, small
from helpers.words.template import Writer
from helpers.words.witnesses import witnesses

PANELS = 8  # as many as stand on a page
SPANS, STEPS, NAMED, UNDATED = 12, 5, 3, 2
FEW = 2  # panels with bars, below which changes without a level have panels too
_TWICE = 2  # from here on a change is drawn as a multiple, below as a percentage


def title(ledger: Ledger) -> str:
    """The package's own title, or else its name."""
    return str(ledger.head.get("title") or ledger.head["name"])


def brief(ledger: Ledger) -> str:
    """What the briefing stands on: figures, sources, what can be compared, and what is contradicted."""
    core = [name for name in ledger.rows["figures"] if is_core(ledger, name)]
    things = {ledger.rows["figures"][name].measure for name in core}
    compares = len(gathered(ledger))
    said = (
        f"{capital(small(len(core)))} figures on {small(len(things))} things counted, from {witnesses(ledger, core)}. "
        f"{capital(small(compares))} of these things can be compared with an earlier time or another count"
    )
    names = dict.fromkeys(
        escaped(label(ledger, figure))
        for sides in ledger.sides.values()
        for side in sides.values()
        for figure in sorted(side)[:1]
    )
    return said + (f"; sources contradict each other on {listed(names)}." if names else ".")


def elsewhere(w: Writer) -> list[list[str]]:
    """A row for each comparison that other sources make: what is counted, from what to what, and times as many."""
    rows = []
    for each in compared(w.ledger):
        if not is_core(w.ledger, each.figure):
            name = escaped(capital(label(w.ledger, each.figure)))
            w.work(each.ratio.name, each.ratio, f"{name}, later to earlier", *each.marks)
            base = f"{{{each.versus}}} ({{{each.versus}:period}})" if each.versus else f"{{{each.figure}:base}}"
            later = f"{way(w.ledger.rows['figures'][each.figure])}{{{each.figure}}} ({{{each.figure}:period}})"
            rows.append([name, base, later, f"{{{each.ratio.name}}}"])
    return rows


def parts(ledger: Ledger) -> list[list[str]]:
    """A row for each share of a whole: of what, how much, of which days, and whose words."""
    figures, rows = ledger.rows["figures"], []
    for name, *echoes in once(ledger):
        row = figures[name]
        whole = figures.get(row.versus)
        if KINDS[row.kind].of_whole:
            of = f"{{{row.versus}}} {escaped(label(ledger, row.versus))}" if whole else _base(ledger, row)
            rows.append(
                [_named(ledger, name), f"{{{name}:cap}}", of, f"{{{name}:period}}", _sources(ledger, name, echoes)]
            )
    return rows


def alone(ledger: Ledger) -> list[list[str]]:
    """A row for each other core figure that no point names: what it counts, how many, which days, whose words."""
    return [
        [_named(ledger, name), counted(ledger, name), f"{{{name}:period}}", _sources(ledger, name, echoes)]
        for name, *echoes in once(ledger)
        if not KINDS[ledger.rows["figures"][name].kind].of_whole and is_core(ledger, name)
    ]


def _sources(ledger: Ledger, name: str, echoes: list[str]) -> str:
    named = "; ".join(f"{{{each}:source}}" for each in (name, *echoes))
    sources = {ledger.rows["figures"][each].source for each in (name, *echoes)}
    one = len(sources) > len({ledger.origin(source) for source in sources})
    return f"{named} ({witnesses(ledger, (name, *echoes))})" if one else named


def once(ledger: Ledger) -> list[list[str]]:
    """The figures that no point names, those that print the same number of the same thing together."""
    told = {figure for each in gathered(ledger).values() for figure in each.figures}
    told |= {row.versus for name, row in ledger.rows["figures"].items() if row.versus and name in told}
    taken = {name for name in ledger.rows["figures"] if any(name == one or same(ledger, name, one) for one in told)}
    left = [name for name in ledger.rows["figures"] if name not in taken]
    return [
        [name, *(other for other in left if other != name and same(ledger, name, other))]
        for name in distinct(ledger, left)
    ]


def _named(ledger: Ledger, figure: str) -> str:
    return escaped(capital(label(ledger, figure)))


def _base(ledger: Ledger, row: Any) -> str:
    return escaped(ledger.rows["measures"][row.base_measure].label) if row.base_measure else "not stated"


def panels(w: Writer) -> list[Panel]:
    """A panel for each comparison of two levels; where there are few, also for changes without a level."""
    made: list[Panel] = []
    drawn: list[tuple[str, str]] = []
    contested: set[str] = set()
    figures = w.ledger.rows["figures"]
    every = sorted(
        compared(w.ledger), key=lambda each: (not is_core(w.ledger, each.figure), not of_levels(w.ledger, each))
    )
    for each in every:
        name, counts = label(w.ledger, each.figure), each.units[0]
        if of_levels(w.ledger, each):
            if any(same(w.ledger, each.figure, one) and same(w.ledger, each.versus, other) for one, other in drawn):
                continue  # another source, with the same numbers
            drawn.append((each.figure, each.versus))
            rivals = _rivals(w.ledger, each)
            if rivals:
                if name not in contested:
                    contested.add(name)
                    made.append(Panel(capital(name), counts, [_by_source(w, one) for one in rivals], "sources differ"))
                continue
            unit = f"share of {counts}" if each.about.of_whole else counts
            unit += "; periods of unlike length" if unlike(w.ledger, each) else ""
            made.append(Panel(capital(name), unit, [Bar(each.versus), Bar(each.figure)], _brief(w, each)))
        elif each.about.against_base and len(drawn) < FEW and name not in {label(w.ledger, one) for one, _ in drawn}:
            change = f"{way(figures[each.figure])}{{{each.figure}}}"
            made.append(Panel(capital(name), f"{counts}; no level given", change=change, of=each.figure))
            drawn.append((each.figure, each.figure))
    return made[:PANELS]


def _rivals(ledger: Ledger, each: Comparison) -> list[str]:
    """All levels of a measure of which sources differ, each number once, in the order of time; empty where none do."""
    figures = ledger.rows["figures"]
    kind, measure = figures[each.figure].kind, figures[each.figure].measure
    levels = [name for name, row in figures.items() if (row.measure, row.kind) == (measure, kind)]
    if not any(ledger.rivals(name) for name in levels):
        return []
    shown = [name for name in levels if name in (each.figure, each.versus) or ledger.rivals(name)]
    return sorted(distinct(ledger, shown), key=lambda name: (figures[name].period_start or date.max, shown.index(name)))


def _by_source(w: Writer, figure: str) -> Bar:
    """A bar with its year and source, where sources differ."""
    row = w.ledger.rows["figures"][figure]
    source = w.ledger.rows["sources"][row.source].publisher
    when = short_period(row.period_start, row.period_end)
    return Bar(figure, f"{when}, {source}" if w.ledger.rivals(figure) else when)


def _brief(w: Writer, each: Comparison) -> str:
    """What came of two levels as printed, for the head of a panel: "−21%", "nearly 4×", "−5 points"."""
    shares = each.about.of_whole
    made = each.difference if shares else each.percent
    value = None if made is None else made.value
    if value is None or unlike(w.ledger, each):
        return ""
    if not shares and value >= 100 * (_TWICE - 1) - 5:
        w.work(each.ratio.name, each.ratio, escaped(f"{label(w.ledger, each.figure)}, later to earlier"), *each.marks)
        return f"{{{each.ratio.name}:nearly}}"
    said = f"{'−' if value < 0 else '+'}{number(abs(value))}"
    return f"{said} {'point' if abs(round(value)) == 1 else 'points'}" if shares else f"{said}%"


def spans(ledger: Ledger) -> list[Span]:
    """The periods of the core figures, figures of the same days in one row; a few that have none come last."""
    rows: dict[Any, list[str]] = {}
    for figure, row in ledger.rows["figures"].items():
        if is_core(ledger, figure):
            place = row.measure if row.period_start is None else (row.period_start, row.period_end, row.base_start)
            rows.setdefault(place, []).append(figure)
    undated = [figures for place, figures in rows.items() if isinstance(place, str)]
    dated = [figures for figures in rows.values() if figures not in undated]
    return [Span(figures, _names(ledger, figures)) for figures in (*dated, *undated[:UNDATED])][:SPANS]


def _names(ledger: Ledger, figures: list[str]) -> str:
    """What some figures of the same days count, in a few words."""
    names = list(dict.fromkeys(label(ledger, figure) for figure in figures))
    more = f", and {small(len(names) - NAMED)} more" if len(names) > NAMED else ""
    return capital(", ".join(names[:NAMED])) + more


def steps(ledger: Ledger) -> list[Step]:
    """The steps that have a date, each once: the break, then rules, then what else is dated."""
    dated = [row for row in ledger.rows["events"].values() if row.date]
    dated.sort(key=lambda row: ("break", "rule", "context").index(row.kind))
    told = {(row.date, row.label): row for row in reversed(dated)}
    dated = list(reversed(told.values()))  # of what two sources date alike, the break, or else the first
    return [Step(row.id, row.label) for row in dated[:STEPS]]


def first_year(ledger: Ledger) -> int:
    """The year of the earliest day that a figure covers."""
    return min((row.period_start.year for row in ledger.rows["figures"].values() if row.period_start), default=0)

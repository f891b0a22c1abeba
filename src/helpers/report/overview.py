"""What a briefing of any package says without knowing it: comparisons, shares, levels, periods and dated steps.

`gaps` says what does not fit and what is open. Each function gives texts, rows or parts of charts in the order of the
package, for the cells of `template.ipynb`.
"""

from __future__ import annotations

from typing import Any

from helpers.charts.calendar import Span, Step
from helpers.charts.panels import Bar, Panel
from helpers.figures.interval import IntervalError
from helpers.figures.kind import KINDS
from helpers.markup import dialect as markup
from helpers.package.ledger import Ledger
from helpers.reason.compare import Comparison, compares, comparisons
from helpers.words.numbers import capital, number, small
from helpers.words.template import Writer

PANELS = 8  # as many as stand on a page
SPANS, STEPS, NAMED, UNDATED = 12, 5, 3, 2


def title(ledger: Ledger) -> str:
    """The package's own title, or else its name."""
    return str(ledger.head.get("title") or ledger.head["name"])


def compared(w: Writer) -> list[Comparison]:
    """The comparisons of the package, each of its ratios kept as a worked-out number.

    Those without a ratio are left out, and shares of their whole (see `parts`).
    """
    shown = []
    for each in comparisons(w.ledger):
        try:
            ratio = each.ratio.interval
        except IntervalError:
            continue
        if ratio is not None and each.same_unit and (each.difference or not each.about.of_whole):
            words = f"{label(w.ledger, each.figure)}, later to earlier"
            w.work(each.ratio.name, each.ratio, escaped(words), *each.marks)
            if each.about.of_whole and each.difference:
                words = f"{label(w.ledger, each.figure)}, later less earlier, in percentage points"
                w.work(each.difference.name, each.difference, escaped(words), *each.marks)
            shown.append(each)
    return shown


def points(w: Writer) -> list[str]:
    """A point for each comparison of the core sources, in order: what was reported, from what, and what that makes."""
    ledger, groups = w.ledger, dict[tuple[Any, ...], list[Comparison]]()
    for each in compared(w):
        if is_core(ledger, each.figure):
            row = ledger.rows["figures"][each.figure]
            statement = (row.measure, row.kind, row.value, _levels(ledger, each), ledger.origin(row.source))
            groups.setdefault(statement, []).append(each)
    return [
        _point(ledger, each, [other for other in same if other is not each])
        for same in groups.values()
        for each in [max(same, key=lambda one: one.base is not None)]
    ]


def elsewhere(w: Writer) -> list[list[str]]:
    """A row for each comparison that other sources make: what is counted, from what to what, and times as many."""
    rows = []
    for each in compared(w):
        if not is_core(w.ledger, each.figure):
            base = f"{{{each.versus}}} ({{{each.versus}:period}})" if each.versus else f"{{{each.figure}:base}}"
            later = f"{_way(w.ledger.rows['figures'][each.figure])}{{{each.figure}}} ({{{each.figure}:period}})"
            rows.append([escaped(capital(label(w.ledger, each.figure))), base, later, f"{{{each.ratio.name}}}"])
    return rows


def parts(ledger: Ledger) -> list[list[str]]:
    """A row for each share that names no earlier one: of what, how much, of which days, and whose words."""
    rows = []
    for name, *reprints in once(ledger, compared_too=False):
        row = ledger.rows["figures"][name]
        whole = ledger.rows["figures"].get(row.versus)
        if KINDS[row.kind].of_whole:
            of = f"{{{row.versus}}} {escaped(label(ledger, row.versus))}" if whole else _base(ledger, row)
            rows.append([_named(ledger, name), f"{{{name}}}", of, f"{{{name}:period}}", _sources(name, reprints)])
    return rows


def alone(ledger: Ledger) -> list[list[str]]:
    """A row for each other core figure that no comparison uses: what it counts, how many, which days, whose words."""
    return [
        [_named(ledger, name), f"{_way(row)}{{{name}}}", f"{{{name}:period}}", _sources(name, reprints)]
        for name, *reprints in once(ledger, compared_too=False)
        for row in [ledger.rows["figures"][name]]
        if not KINDS[row.kind].of_whole and is_core(ledger, name)
    ]


def _sources(name: str, reprints: list[str]) -> str:
    return "; ".join(f"{{{each}:source}}" for each in (name, *reprints))


def once(ledger: Ledger, *, compared_too: bool = True) -> list[list[str]]:
    """The figures, those that pass on one statement together, the one whose days are known first.

    Parameters
    ----------
    compared_too
        Whether those that a comparison uses, or repeat one that does, are among them.
    """
    figures = ledger.rows["figures"]
    groups: dict[Any, list[str]] = {}
    for name, row in figures.items():
        statement = (row.measure, row.kind, row.value, row.value_to, ledger.origin(row.source))
        groups.setdefault(statement, []).append(name)
    named = [sorted(group, key=lambda name: figures[name].period_start is None) for group in groups.values()]
    shares = {name for name, row in figures.items() if KINDS[row.kind].of_whole}
    used = {row.versus for name, row in figures.items() if row.versus and (name not in shares or row.versus in shares)}
    used |= {name for name, row in figures.items() if compares(row) and (name not in shares or row.versus in shares)}
    return [group for group in named if compared_too or used.isdisjoint(group)]


def _named(ledger: Ledger, figure: str) -> str:
    return escaped(capital(label(ledger, figure)))


def _base(ledger: Ledger, row: Any) -> str:
    return escaped(ledger.rows["measures"][row.base_measure].label) if row.base_measure else "not stated"


def is_core(ledger: Ledger, figure: str) -> bool:
    return ledger.rows["sources"][ledger.rows["figures"][figure].source].layer == "core"


def _levels(ledger: Ledger, each: Comparison) -> bool:
    """Whether both sides of a comparison are levels of one measure: two counts, or two shares."""
    if not each.versus or (each.about.against_base and not each.about.of_whole):
        return False
    figures = ledger.rows["figures"]
    return bool(figures[each.figure].measure == figures[each.versus].measure)


def _point(ledger: Ledger, each: Comparison, reprints: list[Comparison]) -> str:
    name, row = _named(ledger, each.figure), ledger.rows["figures"][each.figure]
    before, after = f"{{{each.versus}}} ({{{each.versus}:period}})", f"{{{each.figure}}} ({{{each.figure}:period}})"
    certain = "{worked-out}" if _levels(ledger, each) else "{reported}"
    if _levels(ledger, each) and each.about.of_whole:
        text = f"**{name}:** from {before} to {after}, {_gap(each)}."
    elif _levels(ledger, each):
        text = f"**{name}:** from {before} to {after}, {{{each.ratio.name}:times}} as many."
    else:
        base = f"{{{each.figure}:base}}" if each.base else "a base whose months are not given"
        base = before if each.versus else base
        if each.versus and label(ledger, each.versus) != label(ledger, each.figure):
            base = f"{{{each.versus}}} {escaped(label(ledger, each.versus))} ({{{each.versus}:period}})"
        ratio = f"; as rounded, {{{each.ratio.name}:times}} as many" if KINDS[row.kind].relative else ""
        text = f"**{name}:** {_way(row)}{after}, against {base}{ratio}."
    if each.crosses_break:
        text += " What is recorded changed, or may have changed, between the two."
    if reprints:
        others = "; ".join(f"{{{other.figure}:source}}" for other in reprints)
        text += f" Also in {others}, which passes on the same statement: one witness."
    return f"{text} {certain}"


def _gap(each: Comparison) -> str:
    """How far two shares lie apart, in percentage points."""
    interval = each.difference.interval if each.difference else None
    if interval is None or interval.low < 0 < interval.high:
        return "no change that their rounding lets one see"
    return f"{'up' if interval.low >= 0 else 'down'} {{{each.figure}-difference:size}} percentage points"


def _way(row: Any) -> str:
    """Up or down, of a change; nothing of a multiple."""
    return ("down " if row.value < 0 else "up ") if KINDS[row.kind].signed else ""


def panels(w: Writer) -> list[Panel]:
    """A panel for each comparison of two levels, and for each change of which no level was reported."""
    collected: list[Panel] = []
    drawn: set[object] = set()
    every = sorted(compared(w), key=lambda each: (not is_core(w.ledger, each.figure), not _levels(w.ledger, each)))
    for each in every:
        name, counts = label(w.ledger, each.figure), each.units[0]
        change = f"{_way(w.ledger.rows['figures'][each.figure])}{{{each.figure}}}"
        figures = w.ledger.rows["figures"]
        if _levels(w.ledger, each):
            values = (name, figures[each.figure].value, figures[each.versus].value)
            if values in drawn:
                continue  # another source, with the same numbers
            drawn.add(values)
            share = each.about.of_whole
            change = _brief(each) if share else f"{{{each.ratio.name}:nearly}}"
            unit = f"share of {counts}" if share else counts
            collected.append(Panel(capital(name), unit, [Bar(each.versus), Bar(each.figure)], change))
        elif each.about.against_base and name not in drawn:  # a change of what is drawn already says no more
            collected.append(Panel(capital(name), f"{counts}; no level given", change=change, of=each.figure))
        drawn.add(name)
    return collected[:PANELS]


def _brief(each: Comparison) -> str:
    """The difference of two shares as printed, for the head of a panel: "+13 points"."""
    value = each.difference.value if each.difference else None
    return "" if value is None else f"{'−' if value < 0 else '+'}{number(abs(value))} points"


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
    """What some figures of the same days count, in a few words; empty for one, which has its own."""
    names = list(dict.fromkeys(label(ledger, figure) for figure in figures))
    if len(figures) == 1:
        return ""
    more = f", and {small(len(names) - NAMED)} more" if len(names) > NAMED else ""
    return capital(", ".join(names[:NAMED])) + more


def steps(ledger: Ledger) -> list[Step]:
    """The steps that have a date, each once: the break, then rules, then what else is dated."""
    told = {(row.date, row.label): row for row in reversed(ledger.rows["events"].values()) if row.date}
    dated = list(reversed(told.values()))  # of what two sources date alike, the first
    dated.sort(key=lambda row: ("break", "rule", "context").index(row.kind))
    return [Step(row.id, row.label) for row in dated[:STEPS]]


def first_year(ledger: Ledger) -> int:
    """The year of the earliest day that a figure covers."""
    return min((row.period_start.year for row in ledger.rows["figures"].values() if row.period_start), default=0)


def escaped(text: str) -> str:
    """A text of the package as part of a template."""
    return markup.escape(text).replace("{", "{{").replace("}", "}}")


def label(ledger: Ledger, figure: str) -> str:
    return ledger.rows["measures"][ledger.rows["figures"][figure].measure].label

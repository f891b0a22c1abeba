"""What a briefing of any package says without knowing it: comparisons, periods, fit, contradictions, open questions.

Each function gives texts, rows or parts of charts in the order of the package, for the cells of `template.ipynb`.
"""

from __future__ import annotations

from typing import Any

from helpers.charts.calendar import Span, Step
from helpers.charts.panels import Bar, Panel
from helpers.figures.interval import IntervalError
from helpers.figures.kind import KINDS
from helpers.markup import dialect as markup
from helpers.package.ledger import Ledger
from helpers.reason.compare import Comparison, comparisons
from helpers.reason.questions import enquiry
from helpers.reason.scenario import Component, components
from helpers.reason.verdict import verdict
from helpers.report.analysis import settled
from helpers.words.evidence import printed_of
from helpers.words.numbers import capital, number, small
from helpers.words.template import Writer, link

PANELS = 8  # as many as stand on a page
SPANS, STEPS, NAMED = 12, 5, 3


def title(ledger: Ledger) -> str:
    """The package's own title, or else its name."""
    return str(ledger.head.get("title") or ledger.head["name"])


def compared(w: Writer) -> list[Comparison]:
    """The comparisons of the package, each of its ratios kept as a worked-out number; those without a ratio left out."""
    found = []
    for each in comparisons(w.ledger):
        try:
            ratio = each.ratio.interval
        except IntervalError:
            continue
        if ratio is not None and each.same_unit and not KINDS[each.kind].of_whole:
            w.work(
                each.ratio.name, each.ratio, escaped(f"{_label(w.ledger, each.figure)}, later to earlier"), *each.marks
            )
            found.append(each)
    return found


def points(w: Writer) -> list[str]:
    """A point for each comparison of the core sources, in order: what was reported, from what, and what that makes."""
    return [_point(w.ledger, each) for each in compared(w) if _is_core(w.ledger, each.figure)]


def elsewhere(w: Writer) -> list[list[str]]:
    """A row for each comparison that other sources make: what is counted, from what to what, and times as many."""
    rows = []
    for each in compared(w):
        if not _is_core(w.ledger, each.figure):
            base = f"{{{each.versus}}} ({{{each.versus}:period}})" if each.versus else f"{{{each.figure}:base}}"
            later = f"{_way(w.ledger.rows['figures'][each.figure])}{{{each.figure}}} ({{{each.figure}:period}})"
            rows.append([escaped(capital(_label(w.ledger, each.figure))), base, later, f"{{{each.ratio.name}}}"])
    return rows


def _is_core(ledger: Ledger, figure: str) -> bool:
    return ledger.rows["sources"][ledger.rows["figures"][figure].source].layer == "core"


def _point(ledger: Ledger, each: Comparison) -> str:
    name, row = escaped(capital(_label(ledger, each.figure))), ledger.rows["figures"][each.figure]
    ratio = f"{{{each.ratio.name}:times}}"
    if each.versus:
        text = f"**{name}:** from {{{each.versus}}} ({{{each.versus}:period}}) to {{{each.figure}}} ({{{each.figure}:period}}), {ratio} as many."
        label = "{worked-out}"
    else:
        base = " whose months are not given" if each.base is None else f" of {{{each.figure}:base}}"
        text = f"**{name}:** {_way(row)}{{{each.figure}}} ({{{each.figure}:period}}), {ratio} a number{base}."
        label = "{reported}"
    if each.crosses_break:
        text += " What is recorded changed, or may have changed, between the two."
    return f"{text} {label}"


def _way(row: Any) -> str:
    """Up or down, of a change; nothing of a multiple."""
    return ("down " if row.value < 0 else "up ") if KINDS[row.kind].signed else ""


def panels(w: Writer) -> list[Panel]:
    """A panel for each comparison that counts, and for each change of which no level was reported."""
    made = []
    for each in sorted(compared(w), key=lambda each: not _is_core(w.ledger, each.figure)):
        name, counts = _label(w.ledger, each.figure), each.units[0]
        if each.versus:
            change = f"{{{each.ratio.name}:nearly}}"
            made.append(Panel(capital(name), counts, [Bar(each.versus), Bar(each.figure)], change))
        else:
            change = f"{_way(w.ledger.rows['figures'][each.figure])}{{{each.figure}}}"
            made.append(Panel(capital(name), f"{counts}; no level given", change=change, of=each.figure))
    return made[:PANELS]


def spans(ledger: Ledger) -> list[Span]:
    """The periods of the core figures, figures of the same days in one row."""
    rows: dict[Any, list[str]] = {}
    for figure, row in ledger.rows["figures"].items():
        if _is_core(ledger, figure):
            place = row.measure if row.period_start is None else (row.period_start, row.period_end, row.base_start)
            rows.setdefault(place, []).append(figure)
    return [Span(figures, _names(ledger, figures)) for figures in rows.values()][:SPANS]


def _names(ledger: Ledger, figures: list[str]) -> str:
    """What some figures of the same days count, in a few words; empty for one, which has its own."""
    names = list(dict.fromkeys(_label(ledger, figure) for figure in figures))
    if len(figures) == 1:
        return ""
    more = f", and {small(len(names) - NAMED)} more" if len(names) > NAMED else ""
    return capital(", ".join(names[:NAMED])) + more


def steps(ledger: Ledger) -> list[Step]:
    """The steps that have a date, the break first among them."""
    dated = [row for row in ledger.rows["events"].values() if row.date]
    dated.sort(key=lambda row: row.kind != "break")
    return [Step(row.id, row.label) for row in dated[:STEPS]]


def fit(ledger: Ledger) -> list[list[str]]:
    """A row for each group of measures that bear on each other: what they count, and whether their figures fit."""
    rows = []
    for part in components(ledger):
        if len(part.figures) > 1:
            names = ", ".join(ledger.rows["measures"][measure].label for measure in part.measures)
            rows.append([escaped(capital(names)), _as_it_stands(ledger, part), _read(part)])
    return rows


def verdict_on(ledger: Ledger) -> str:
    """Whether the figures fit, in a sentence."""
    groups = [part for part in components(ledger) if len(part.figures) > 1]
    if not groups:
        return "No two figures bear on each other, so there is nothing to fit together."
    clash = sum("cannot" in _as_it_stands(ledger, part) for part in groups)
    if not clash:
        return "As they stand, all figures that bear on each other can be true together."
    return f"In {small(clash)} of {small(len(groups))} groups of figures that bear on each other, not all can be true."


def _as_it_stands(ledger: Ledger, part: Component) -> str:
    judged = [verdict(part, scenario) for scenario in part.scenarios() if part.as_it_stands(scenario)]
    clashing = next((one for one in judged if not one.feasible), None)
    if clashing is None:
        return "can all be true"
    named = ", ".join(link(printed_of(ledger, figure), f"#f-{figure}") for figure in clashing.clashes)
    return f"cannot all be true: {named}" + (f"; short by {number(clashing.gap)}" if clashing.gap else "")


def _read(part: Component) -> str:
    if not part.questions:
        return "no open question"
    asked = enquiry(part)
    every = len(asked.cases)
    return f"{small(every)} sets of assumptions can hold" if every != 1 else "one set of assumptions can hold"


def disputes(ledger: Ledger) -> list[list[str]]:
    """A row for each contradiction: what is counted, and the figures of each side with their sources."""
    rows = []
    for sides in ledger.sides.values():
        figures = [figure for side in sides.values() for figure in ledger.rows["figures"] if figure in side]
        told = [
            "; ".join(f"{{{figure}}} ({{{figure}:source}})" for figure in ledger.rows["figures"] if figure in side)
            for side in sides.values()
        ]
        rows.append([escaped(capital(_label(ledger, figures[0]))), " against ".join(told)])
    return rows


def answers(ledger: Ledger) -> list[list[str]]:
    """A row for each answer to each open question: what it would leave of the sets of assumptions."""
    rows = []
    for part in components(ledger):
        asked = enquiry(part) if part.questions else None
        for question, found in (asked.answers if asked else {}).items():
            for nth, answer in enumerate(found):
                named = escaped(capital(question.replace("-", " "))) if nth == 0 else " "
                left, *_ = settled(answer, len(asked.cases))
                rows.append([named, escaped(capital(answer.label)), left])
    return rows


def first_year(ledger: Ledger) -> int:
    """The year of the earliest day that a figure covers."""
    return min((row.period_start.year for row in ledger.rows["figures"].values() if row.period_start), default=0)


def escaped(text: str) -> str:
    """A text of the package as part of a template."""
    return markup.escape(text).replace("{", "{{").replace("}", "}}")


def _label(ledger: Ledger, figure: str) -> str:
    return ledger.rows["measures"][ledger.rows["figures"][figure].measure].label


def undated(ledger: Ledger) -> str:
    """The core figures that print no period, in a sentence as a template; empty if all do."""
    named = [
        f"{{{figure}}} {escaped(_label(ledger, figure))}"
        for figure, row in ledger.rows["figures"].items()
        if row.period_basis == "unstated" and _is_core(ledger, figure)
    ]
    return f"Printed without a period: {'; '.join(named)}." if named else ""

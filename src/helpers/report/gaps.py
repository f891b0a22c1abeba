"""What does not fit in any package, and what is open: verdicts, contradictions, answers, and what to ask a source.

Each function gives texts or rows in the order of the package, for the cells of `template.ipynb`.
"""

from __future__ import annotations

from helpers.figures.kind import KINDS
from helpers.package.ledger import Ledger
from helpers.reason.agree import misfits
from helpers.reason.grim import impossible
from helpers.reason.questions import enquiry
from helpers.reason.scenario import Component, components
from helpers.reason.verdict import verdict
from helpers.report.gathered import distinct, is_core, label, way
from helpers.report.phrases import given
from helpers.report.scenarios import settled
from helpers.report.told import counted, listed
from helpers.words.blocks import escaped, link
from helpers.words.evidence import printed_of
from helpers.words.numbers import capital, number, small
from helpers.words.witnesses import witnesses

QUESTIONS, NAMED = 10, 6


def fit(ledger: Ledger) -> list[list[str]]:
    """A row for each group of measures whose figures clash, or depend on an open question: what they count, and how."""
    rows = []
    for part in components(ledger):
        stands = _as_it_stands(ledger, part)
        if len(part.figures) > 1 and (part.questions or "cannot" in stands):
            names = ", ".join(ledger.rows["measures"][measure].label for measure in part.measures)
            rows.append([escaped(capital(names)), stands, _read(part)])
    return rows


def verdict_on(ledger: Ledger) -> str:
    """Whether the figures fit, in a sentence."""
    groups = [part for part in components(ledger) if len(part.figures) > 1]
    if not groups and not unfit(ledger):
        return "No two figures bear on each other, so there is nothing to fit together."
    alone = len(unfit(ledger))
    clash = sum("cannot" in _as_it_stands(ledger, part) for part in groups)
    if not clash:
        apart = " apart from the contradictions below, of which one side is taken at a time," if ledger.sides else ""
        fit = f"As they stand,{apart} all figures that bear on each other can be true together."
        which = "One number" if alone == 1 else f"{capital(small(alone))} numbers"
        return (
            f"{which} cannot be true beside others, as the table says. {fit.replace(' all', ' all other')}"
            if alone
            else fit
        )
    return f"In {small(clash)} of {small(len(groups))} groups of figures that bear on each other, not all can be true."


def _as_it_stands(ledger: Ledger, part: Component) -> str:
    judged = [verdict(part, scenario) for scenario in part.scenarios() if part.without_readings(scenario)]
    clashing = next((one for one in judged if not one.feasible), None)
    if clashing is None:
        return "can all be true"
    named = ", ".join(link(printed_of(ledger, figure), f"#f-{figure}") for figure in clashing.clashes)
    return f"cannot all be true: {named}" + (f"; short by {number(clashing.shortfall)}" if clashing.shortfall else "")


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
            _side(ledger, [figure for figure in ledger.rows["figures"] if figure in side]) for side in sides.values()
        ]
        rows.append([escaped(capital(label(ledger, figures[0]))), " against ".join(told)])
    return rows


def _side(ledger: Ledger, figures: list[str]) -> str:
    """The figures of one side, each number once, with their sources, and how many witnesses several are."""
    told = listed(counted(ledger, figure) for figure in distinct(ledger, figures))
    first = {ledger.rows["figures"][figure].source: figure for figure in reversed(figures)}
    sources = [f"{{{figure}:source}}" for figure in figures if figure in first.values()]
    return f"{told} ({'; '.join(sources)}{f': {witnesses(ledger, figures)}' if len(sources) > 1 else ''})"


def unfit(ledger: Ledger) -> list[list[str]]:
    """A row for each number that cannot be true beside others that no sum holds together, and what those would give."""
    rows = [
        [
            escaped(capital(label(ledger, one.figure))),
            counted(ledger, one.figure),
            f"from {{{one.earlier}}} to {{{one.later}}}: {escaped(given(ledger, one))}",
        ]
        for one in misfits(ledger)
    ]
    return rows + [
        [
            escaped(capital(label(ledger, one.figure))),
            f"{{{one.figure}}}",
            f"of {{{one.whole}}} {escaped(label(ledger, one.whole))}: {escaped(' or '.join(one.nearest))}",
        ]
        for one in impossible(ledger)
    ]


def answers(ledger: Ledger) -> list[list[str]]:
    """A row for each answer to each open question: what it would leave of the sets of assumptions."""
    rows = []
    for part in components(ledger):
        if not part.questions:
            continue
        asked = enquiry(part)
        for question, readings in asked.answers.items():
            for nth, answer in enumerate(readings):
                named = escaped(capital(question.replace("-", " "))) if nth == 0 else " "
                left, *_ = settled(answer, len(asked.cases))
                rows.append([named, escaped(capital(answer.label)), left])
    return rows


def undated(ledger: Ledger) -> str:
    """The core figures that print no period, in a sentence as a template; empty if all do."""
    core = [(name, row) for name, row in ledger.rows["figures"].items() if is_core(ledger, name)]
    open_ = [name for name, row in core if row.period_basis == "unstated"]
    if len(open_) > NAMED:
        return f"Of the {small(len(core))} figures examined, {small(len(open_))} are printed without a period."
    named = [f"{{{name}}} {escaped(label(ledger, name))}" for name in open_]
    return f"Printed without a period: {'; '.join(named)}." if named else ""


def questions(ledger: Ledger) -> list[str]:
    """What to ask the sources, the most telling first: what cannot be true, what is contradicted, which days."""
    figures = ledger.rows["figures"]
    asked = [
        f"{_about(ledger, one.figure)} of {{{one.whole}}}: how many are they? No number of them gives it."
        for one in impossible(ledger)
    ]
    for sides in ledger.sides.values():
        named = [distinct(ledger, (name for name in figures if name in side)) for side in sides.values()]
        rivals = ", or ".join(listed(counted(ledger, name) for name in side) for side in named)
        asked.append(f"**{escaped(capital(label(ledger, named[0][0])))}:** which is right, {rivals}?")
    core = [(name, figures[name]) for name in distinct(ledger, figures) if is_core(ledger, name)]
    base = [name for name, row in core if KINDS[row.kind].against_base and not (row.versus or row.base_start)]
    asked += [f"{_about(ledger, name)}: against which days?" for name in base if not KINDS[figures[name].kind].of_whole]
    asked += [
        f"{_about(ledger, name)}: of what, and of how many?"
        for name in base
        if KINDS[figures[name].kind].of_whole and not figures[name].base_measure
    ]
    natures = {name: ledger.rows["measures"][row.measure].nature for name, row in core}
    asked += [
        f"{_about(ledger, name)}: {'on which day' if natures[name] == 'stock' else 'over which days'}?"
        for name, row in core
        if row.period_basis == "unstated" and not KINDS[row.kind].against_base
    ]
    return asked[:QUESTIONS]


def _about(ledger: Ledger, figure: str) -> str:
    """A figure with what it counts, at the head of a question: "**Complaints,** trebled"."""
    row = ledger.rows["figures"][figure]
    return f"**{escaped(capital(label(ledger, figure)))},** {way(row)}{{{figure}}}"

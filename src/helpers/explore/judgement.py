"""Whether figures can hold together, in words: in one scenario, and over all of them."""

from __future__ import annotations

import math
from fractions import Fraction

from helpers.explore.choices import name_of, scenario_words
from helpers.explore.question import UNEVEN, Question
from helpers.explore.sentence import Teller
from helpers.markup import dialect as markup
from helpers.package.ledger import Ledger
from helpers.reason.verdict import Verdict
from helpers.reason.whatif import Survivors
from helpers.report.findings import ImpliedRecord
from helpers.words.blocks import mark, table
from helpers.words.numbers import capital, number, span


def judgement(teller: Teller) -> str:
    """Whether the figures can all be true in this reading."""
    question, verdict = teller.question, teller.question.verdict
    if not verdict.figures:
        text = "**Nothing to test.** What bears on this lacks a whole period, or is in a dispute not settled."
    elif verdict.feasible:
        text = (
            f"**Can hold.** As the figures are read here, all that bear on this can be true together, {_pace(verdict)}."
        )
    else:
        clash = ", ".join(teller.line(f"{{{figure}}}") for figure in verdict.clashes)
        text = f"**Cannot hold.** As the figures are read here, {clash} cannot all be true: {_shortfall(question)}."
    if verdict.unused:
        aside = dict.fromkeys(teller.line(f"{{{figure}}} ({{{figure}:label}})") for figure in verdict.unused)
        text += f" Left out, for want of a whole period: {', '.join(aside)}."
    return text


def _pace(verdict: Verdict) -> str:
    """The least by which daily rates must differ, rounded down so that it is never too much."""
    if verdict.unevenness is None:
        return "but only if some days hold nothing"
    least = Fraction(math.floor(verdict.unevenness * 10), 10)
    if least > 1:
        return f"if the fastest pace on a side of the change is {number(least, 1)} times the slowest or more"
    return "at a nearly even pace"


def _shortfall(question: Question) -> str:
    if not question.verdict.shortfall:
        return "by the ends of their ranges alone"
    units = {question.ledger.rows["measures"][measure].counts for measure in question.component.measures}
    return f"short by {number(math.ceil(question.verdict.shortfall))} {units.pop() if len(units) == 1 else 'units'}"


def follows(question: Question) -> str:
    """What the figures imply in this reading, as a table; empty where no total lies across the break."""
    if not question.implied:
        return ""
    limits = [[e for e in question.implied if e.limit == limit] for limit in (None, UNEVEN)]
    cells = [[capital(pair[0].label), *(_range(entry) for entry in pair)] for pair in zip(*limits, strict=True)]
    label = question.ledger.rows["measures"][question.implied[0].quantity].label
    header = ["", "Whatever the pace", f"Paces a day on the same side of the change at most {UNEVEN} times apart"]
    return table(f"What follows for {markup.escape(label)} {mark('[e]')}", header, cells)


def _range(entry: ImpliedRecord) -> str:
    if entry.interval is None:
        return "cannot hold"
    if entry.interval.low <= 0 and math.isinf(entry.interval.high):
        return "anything"
    return f"{span(entry.interval)} {entry.unit}"


def outcomes(ledger: Ledger, survivors: Survivors, without: Survivors | None = None) -> tuple[str, str]:
    """How many scenarios can hold and what clashes in the others, and a list of those that can: two texts of Markdown.

    `without` are those before anything was imagined.
    """
    text = f"**Sets of assumptions that can hold: {_holding(survivors)}.**"
    if without is not None:
        text += f" Without what you imagine: {_holding(without)}."
    scenarios = [(markup.escape(capital(scenario_words(ledger, scenario))), clashes) for scenario, clashes in survivors]
    lost = [
        [words, markup.escape("; ".join(name_of(ledger, name) for name in clashes))]
        for words, clashes in scenarios
        if clashes
    ]
    if lost:
        text += "\n\n" + table("", ["Cannot hold", "What clashes"], lost)
    return text, "\n".join(f"- {words}" for words, clashes in scenarios if not clashes)


def _holding(found: Survivors) -> str:
    return f"{sum(not clashes for _, clashes in found)} of {len(found)}"

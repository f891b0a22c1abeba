"""What can be chosen in the explorer, each choice with a line that tells it from the others; and what to try first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from helpers.figures.kind import KINDS
from helpers.markup import dialect as markup
from helpers.package.ledger import Ledger
from helpers.package.schema import Figure
from helpers.reason.compare import comparable, compares
from helpers.reason.scenario import Component
from helpers.reason.whatif import Moved
from helpers.words import evidence
from helpers.words.numbers import capital, period

WITHOUT_READINGS = "as the tables have it"


def choices(ledger: Ledger) -> dict[str, str]:
    """Every figure by id, with a line that tells it from the others."""
    return {figure: name_of(ledger, figure) for figure in ledger.rows["figures"]}


def opponents(ledger: Ledger, figure: str) -> dict[str, str]:
    """What a figure can be set against: a count any other, a share its whole or another share, others their base."""
    alone = "its own base" if KINDS[ledger.rows["figures"][figure].kind].against_base else "nothing"
    others = [other for other in ledger.rows["figures"] if comparable(ledger, figure, other)]
    return {"": alone} | {other: name_of(ledger, other) for other in others}


def questions(ledger: Ledger, part: Component) -> dict[str, dict[str, str]]:
    """The open questions of a component, with the label of each reading.

    A dispute is a question too: its readings are the figures that can be taken together.
    """
    labels = {(row.question, row.reading): row.label for row in ledger.rows["readings"]}
    open_questions = {
        question: {reading: labels[question, reading] for reading in readings}
        for question, readings in part.questions.items()
    }
    return open_questions | {
        dispute: {side: _side(ledger, side) for side in sides} for dispute, sides in part.disputes.items()
    }


def scenario_words(ledger: Ledger, scenario: Mapping[str, str]) -> str:
    """A scenario in the words of its readings."""
    labels = {(row.question, row.reading): row.label for row in ledger.rows["readings"]}
    read = [labels.get(each) or _side(ledger, each[1]) for each in scenario.items()]
    return "; ".join(read if any(each in labels for each in scenario.items()) else [WITHOUT_READINGS, *read])


def imagined_words(ledger: Ledger, owned: Sequence[Figure], moved: Moved) -> str:
    """What is imagined, as a list in Markdown."""
    said = [name_of(ledger, figure.id) for figure in owned]
    for figure, days in moved.items():
        if figure in ledger.rows["figures"]:
            spans = [(name, days.get(f"{name}_start"), days.get(f"{name}_end")) for name in ("period", "base")]
            read = "; ".join(f"{name} {period(first, last)}" for name, first, last in spans if first)
            said.append(f"{_printed_label(ledger, figure)}: {read}")
    return "\n".join(f"- **What if:** {markup.escape(text)}." for text in said)


def name_of(ledger: Ledger, figure: str) -> str:
    """A figure in one line: as printed, what it counts, when, and who published it."""
    row = ledger.rows["figures"][figure]
    publisher = ledger.rows["sources"][row.source].publisher
    return f"{_printed_label(ledger, figure)}, {period(row.period_start, row.period_end)} ({publisher})"


def _printed_label(ledger: Ledger, figure: str) -> str:
    label = ledger.rows["measures"][ledger.rows["figures"][figure].measure].label
    return f"{evidence.printed_of(ledger, figure)} {label}"


def _side(ledger: Ledger, side: str) -> str:
    return "taking " + ", ".join(name_of(ledger, figure) for figure in side.split("+"))


def guide(ledger: Ledger) -> str:
    """Three things to try with the figures and questions of a package, as a list in Markdown."""
    compared = next((row for row in ledger.rows["figures"].values() if compares(row)), None)
    steps = [_try_figure(ledger, compared), _try_reading(ledger, compared), _TRY_WHAT_IF]
    return "\n".join(f"{at}. {step}" for at, step in enumerate(filter(None, steps), 1))


_TRY_WHAT_IF = (
    "**Ask what if.** Below, give a figure of your own, or another period to a figure of the tables. Look at how many "
    "sets of assumptions can still hold. “Back to the tables” undoes it."
)


def _try_figure(ledger: Ledger, compared: Figure | None) -> str:
    follows = "The sentence, the verdict, the chart and the evidence follow at once."
    if compared is None:
        return f"**Choose another figure.** {follows}"
    name = markup.escape(_printed_label(ledger, compared.id))
    return f"**Choose another figure** than {name}, or set it against another. {follows}"


def _try_reading(ledger: Ledger, compared: Figure | None) -> str:
    """A reading of what is compared first, or else any; empty where the package has none."""
    readings = ledger.rows["readings"]
    bearing = (row for row in readings if compared and row.figure in (compared.id, compared.versus))
    reading = next(bearing, None) or next(iter(readings), None)
    if reading is None:
        return ""
    name = markup.escape(_printed_label(ledger, reading.figure))
    return (
        f"**Read it another way.** What is meant by {name} is open: take under "
        f"“{markup.escape(capital(reading.question))}” “{markup.escape(reading.label)}”. "
        "Look at what the sentence then "
        "assumes, and whether the verdict still says that the figures can hold."
    )

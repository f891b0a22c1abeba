"""What if: ledgers with a figure of one's own, another period, or the periods of a reading.

What is imagined is an edited copy of the ledger, so comparisons, charts and verdicts are worked out on it as on the
package itself, which stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from helpers.package import numerals
from helpers.package.ledger import Ledger
from helpers.package.schema import Figure, Source
from helpers.reason.programme import programme
from helpers.reason.scenario import Component, Scenario, whole

OWN = "own"  # the source of what a user makes up
ASSUMED = "assumed"  # the basis of a period that no source gives

Moved = Mapping[str, Mapping[str, date]]
Survivors = list[tuple[dict[str, str], tuple[str, ...]]]


class ImagineError(ValueError):
    """A figure or a period of one's own that cannot be interpreted."""


def own(
    id: str,
    measure: str,
    printed: str,
    start: date | None = None,
    end: date | None = None,
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
    ImagineError
        Naming the field and the value that cannot be used.
    """
    check_period(start, end)
    # Not checked by the schema again: it would speak of rows of a table, and no source may have an assumed basis.
    return Figure.model_construct(
        id=id,
        source=OWN,
        measure=measure,
        kind="count",
        printed=printed.strip(),
        value=_whole("value", printed),
        step=_whole("rounded to", step) if step.strip() else None,
        qualifier=qualifier,
        period_start=start,
        period_end=end,
        period_basis=ASSUMED if start else "unstated",
        versus=versus,
        wording=printed.strip(),
        said_by="you",
    )


def check_period(start: date | None, end: date | None) -> None:
    """Refuse a period that is half given, or that ends before it starts.

    Raises
    ------
    ImagineError
        Saying which.
    """
    if bool(start) != bool(end):
        raise ImagineError("A period needs both a first and a last day, or neither.")
    if start and end and start > end:
        raise ImagineError(f"The period ends on {end}, before it starts on {start}.")


def _whole(name: str, text: str) -> Decimal:
    found = numerals.parse(text)
    if found is None or found.form != "number" or found.value.denominator != 1:
        raise ImagineError(f"Could not interpret “{text.strip()}” for “{name}”. Write a whole number, as 10,000.")
    return Decimal(int(found.value))


def imagine(ledger: Ledger, owned: Sequence[Figure] = (), moved: Moved | None = None) -> Ledger:
    """The ledger with figures of one's own added and periods changed.

    Parameters
    ----------
    moved
        For a figure, its fields (`period_start`, `base_end`, ...) and their new days. A new period answers what the
        readings ask: the figure's rows leave them, and a question of which a reading is then empty is no longer asked.
        Figures that this edition lacks are passed over.
    """
    figures, readings = dict(ledger.rows["figures"]), ledger.rows["readings"]
    sources = dict(ledger.rows["sources"])
    for figure, fields in (moved or {}).items():
        if figure not in figures:
            continue
        assumed = {name.split("_")[0] + "_basis": ASSUMED for name in fields}
        figures[figure] = figures[figure].model_copy(update={**fields, **assumed})
        if "period_start" in fields:
            readings = _answered(readings, figure)
    if owned:
        sources[OWN] = Source.model_construct(
            id=OWN,
            layer="core",
            title="A figure of your own, from no source",
            publisher="your own",
            published=ledger.as_of.isoformat(),
            url="",
            language="en",
            read="full",
        )
        figures |= {row.id: row for row in owned}
    known = ledger.known | {row.id for row in owned} | {OWN}
    return replace(ledger.with_rows(figures=figures, readings=readings, sources=sources), known=known)


def _answered(readings: Sequence[Any], figure: str) -> tuple[Any, ...]:
    """The readings without those of a figure's period, and without the questions that it alone decided."""
    left = [row for row in readings if row.figure != figure or not (row.period_start or row.period_end)]
    still = {(row.question, row.reading) for row in left}
    emptied = {row.question for row in readings if (row.question, row.reading) not in still}
    return tuple(row for row in left if row.question not in emptied)


def reread_ledger(ledger: Ledger, scenario: Scenario) -> Ledger:
    """The ledger with its figures as a scenario reads them; the questions that it answers are open no more.

    Raises
    ------
    helpers.reason.scenario.ScenarioError
        If the scenario cannot be interpreted.
    """
    figures = dict(ledger.rows["figures"])
    for figure, row in whole(ledger).reread(scenario).items():
        before = figures[figure]
        moved = (row.period_start, row.period_end) != (before.period_start, before.period_end)
        dated = moved and row.period_start and row.period_end
        figures[figure] = row.model_copy(update={"period_basis": ASSUMED}) if dated else row
    open_readings = tuple(row for row in ledger.rows["readings"] if row.question not in scenario)
    return ledger.with_rows(figures=figures, readings=open_readings)


def survivors(part: Component) -> Survivors:
    """Every scenario of a component, with the figures that clash in it; none where it can hold."""
    return [(scenario, programme(part, scenario).clashes()) for scenario in part.scenarios()]

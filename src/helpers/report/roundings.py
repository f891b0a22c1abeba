"""Worked-out numbers under other roundings than that of the edition."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.figures.formula import Constant, Formula, Operation, Reported
from helpers.figures.quantity import Quantity, derived
from helpers.figures.rounding import ROUNDINGS
from helpers.markup import dialect as markup
from helpers.package.ledger import Ledger
from helpers.reason.compare import quantity
from helpers.words.numbers import capital, span
from helpers.words.template import Writer


def compared(w: Writer, names: Iterable[str]) -> tuple[list[str], list[list[str]]]:
    """Worked-out numbers under every rounding: a header, and a row each, its label first; missing ones left out."""
    under = {name: w.ledger.with_rounding(name) for name in ROUNDINGS}
    rows = [
        [
            markup.escape(w.labels[name]),
            *(
                f"{{{name}}}" if rounding == w.ledger.rounding else _range(w, name, under[rounding])
                for rounding in under
            ),
        ]
        for name in names
        if w.worked[name].interval is not None
    ]
    return ["Result", *(capital(convention.label) for convention in ROUNDINGS.values())], rows


def read_as(w: Writer, name: str, rounding: str) -> Quantity:
    """A worked-out number under another rounding than the edition's, for a sentence that speaks of both."""
    worked = w.worked[name]
    if worked.interval is None:
        return worked
    interval = again(worked.formula, w.ledger.with_rounding(rounding)).interval
    return derived(interval, f"{worked.formula}, with rounding {rounding}", worked.inputs, worked.unit)


def _range(w: Writer, name: str, ledger: Ledger) -> str:
    interval = again(w.worked[name].formula, ledger).interval
    return span(interval) if interval is not None else ""


def again(formula: Formula, ledger: Ledger) -> Formula:
    """A formula worked out on another ledger.

    Raises
    ------
    ValueError
        If a part of it is what no arithmetic gives.
    """
    if isinstance(formula, Reported):
        return quantity(ledger, formula.figure).formula
    if isinstance(formula, Operation):
        return Operation(formula.sign, again(formula.left, ledger), again(formula.right, ledger))
    if isinstance(formula, Constant):
        return formula
    raise ValueError(f"Could not work out “{formula}” anew: it is no arithmetic on figures.")

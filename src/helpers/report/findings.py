"""What a report found, as records for machines: `findings.json`.

The file holds `schema` (1), `title`, `as_of`, `evidence` and `rounding` of the report, and `findings`: one record for
each number of a comparison (its ratio, difference and percentage), each number worked out, each verdict and each
implied range. Comparisons and verdicts are given under every rounding, whatever the report's own.

Every record has these fields:

- `kind`: "comparison", "worked", "verdict" or "implied";
- `quantity`: its name; of a verdict, the ids of its measures joined by "+";
- `label`: what it is in words, where the report says so;
- `scenario`: question to reading; empty is the ledger as it stands;
- `rounding`: "nearest", "coarse" or "at_least";
- `low`, `high`: the ends of the interval; null is no bound, and a verdict has none;
- `low_open`, `high_open`: whether the end itself is left out;
- `unit`: of the ends; 1 for a plain number, as a ratio of like things;
- `formula`: how it was worked out, with ids of figures in braces;
- `tree`: the same for machines, each node with its unit: an `operation` of `left` and `right`, a `figure`, a `number`
  (or `low` and `high`), or a `method` over `figures`; null where it was not worked out from figures by arithmetic;
- `inputs`: ids of the figures it rests on;
- `limit`: largest unevenness allowed (daily rates differ at most so many-fold), or null for none;
- `marks`: "[b]" if it crosses the day from which something else is recorded, "[e]" for an estimate.

A verdict has besides, as in `helpers.reason.verdict.Verdict`:

- `feasible`: whether its figures can all be true;
- `unevenness`: the smallest limit under which they can, or null;
- `gap`: the smallest total by which intervals must give way, or null if none must;
- `clashes`: ids that cannot hold together;
- `figures`, `unused`: ids imposed, and ids that impose nothing because a period is not whole;
- `measures`: ids of the measures that bear on each other.

What cannot be had, as a ratio to an interval that reaches zero, has no record. Records stand in the order of the
ledger, roundings in the order of `helpers.figures.rounding.ROUNDINGS`. Numbers are exact where a float can be.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from IPython.display import display

from helpers.figures.formula import FormulaError
from helpers.figures.interval import Interval
from helpers.figures.quantity import Quantity
from helpers.figures.rounding import ROUNDINGS
from helpers.package.ledger import Ledger
from helpers.reason.compare import Comparison, compare, compares
from helpers.reason.verdict import Verdict, verdicts

if TYPE_CHECKING:
    # A kernel that only leaves its outputs here does without nbformat, which takes long to load.
    from nbformat import NotebookNode

SCHEMA = 1
PLAIN = "1"  # the unit of a plain number, as UCUM writes it
MIME = "application/vnd.briefing.findings+json"

Record = dict[str, Any]


class ImpliedRecord(NamedTuple):
    """The range that the figures of a scenario imply for a quantity; a plain tuple of the first five will do.

    Attributes
    ----------
    limit
        Largest unevenness allowed, or None.
    rounding
        Empty for the ledger's own.
    inputs
        Ids of the figures imposed.
    """

    quantity: str
    scenario: Mapping[str, str]
    interval: Interval | None
    unit: str
    limit: float | None = None
    rounding: str = ""
    inputs: tuple[str, ...] = ()
    formula: str = ""
    label: str = ""


def records(
    ledger: Ledger,
    worked: Mapping[str, Quantity] | None = None,
    implied: Iterable[ImpliedRecord | tuple[Any, ...]] = (),
    labels: Mapping[str, str] | None = None,
) -> list[Record]:
    """Every finding of a report, clean for JSON.

    Parameters
    ----------
    worked
        Quantities by name, under the ledger's rounding. What this edition lacks a figure for has no record.
    implied
        Ranges asked of programmes. An interval of None, where the figures cannot all be true, has no record.
    labels
        What each worked-out number is, in words.
    """
    labels = labels or {}
    collected = []
    for rounding in ROUNDINGS:
        under = ledger.with_rounding(rounding)
        for _, comparison in compared(under):
            if comparison:
                label = ledger.rows["measures"][ledger.rows["figures"][comparison.figure].measure].label
                numbers = (comparison.ratio, comparison.difference, comparison.percent)
                collected += [_quantity("comparison", number, rounding, label) for number in numbers if number]
    for name, number in (worked or {}).items():
        collected.append(_quantity("worked", number.named(name), ledger.rounding, labels.get(name, "")))
    for rounding in ROUNDINGS:
        collected += [_verdict(verdict) for verdict in verdicts(ledger.with_rounding(rounding))]
    collected += [_implied(ImpliedRecord(*entry), ledger.rounding) for entry in implied]
    return [record for record in collected if record]


def compared(ledger: Ledger) -> Iterator[tuple[str, Comparison | None]]:
    """Every figure that makes a comparison; None where its base may be zero, so that there is no ratio."""
    for figure, row in ledger.rows["figures"].items():
        if compares(row):
            try:
                yield figure, compare(ledger, figure)
            except FormulaError:
                yield figure, None


def clashes(found: Iterable[Verdict]) -> list[Verdict]:
    """The verdicts that condemn a package: the figures cannot hold though none is re-read."""
    return [verdict for verdict in found if verdict.without_readings and not verdict.feasible]


def show(found: list[Record]) -> None:
    """Leave the records in a notebook for `helpers.report.render`, which writes them to `findings.json`."""
    display({MIME: found, "text/plain": f"{len(found)} findings"}, raw=True)


def take(notebook: NotebookNode) -> list[Record]:
    """The records that a notebook shows, taken out of it."""
    taken = []
    for cell in notebook.cells:
        kept = []
        for output in cell.get("outputs", []):
            if MIME in output.get("data", {}):
                taken += output["data"][MIME]
            else:
                kept.append(output)
        if "outputs" in cell:
            cell["outputs"] = kept
    return taken


def document(ledger: Ledger, findings: list[Record]) -> bytes:
    """`findings.json`: the same findings give the same bytes."""
    top = {
        "schema": SCHEMA,
        "title": ledger.head.get("title", ledger.head["name"]),
        "as_of": ledger.as_of.isoformat(),
        "evidence": ledger.evidence,
        "rounding": ledger.rounding,
        "findings": findings,
    }
    return (json.dumps(top, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True) + "\n").encode()


# --- one record ----------------------------------------------------------------------------------------------------


def _quantity(kind: str, number: Quantity, rounding: str, label: str) -> Record | None:
    if number.interval is None:
        return None
    return _record(
        kind,
        number.name,
        rounding,
        number.interval,
        label=label,
        unit=number.unit or PLAIN,
        formula=str(number.formula),
        tree=number.formula.as_json(),
        inputs=number.inputs,
        marks=number.marks,
    )


def _verdict(verdict: Verdict) -> Record:
    return _record(
        "verdict",
        "+".join(verdict.measures),
        verdict.rounding,
        None,
        scenario=verdict.scenario,
        inputs=verdict.figures,
    ) | {
        "feasible": verdict.feasible,
        "unevenness": _number(verdict.unevenness),
        "gap": _number(verdict.shortfall),
        "clashes": list(verdict.clashes),
        "figures": list(verdict.figures),
        "unused": list(verdict.unused),
        "measures": list(verdict.measures),
    }


def _implied(entry: ImpliedRecord, rounding: str) -> Record | None:
    if entry.interval is None:
        return None
    return _record(
        "implied",
        entry.quantity,
        entry.rounding or rounding,
        entry.interval,
        label=entry.label,
        scenario=entry.scenario,
        unit=entry.unit or PLAIN,
        formula=entry.formula,
        inputs=entry.inputs,
        limit=entry.limit,
    )


def _record(
    kind: str,
    quantity: str,
    rounding: str,
    interval: Interval | None,
    *,
    label: str = "",
    scenario: Mapping[str, str] | None = None,
    unit: str = "",
    formula: str = "",
    tree: dict[str, Any] | None = None,
    inputs: Iterable[str] = (),
    limit: float | None = None,
    marks: Iterable[str] = (),
) -> Record:
    return {
        "kind": kind,
        "quantity": quantity,
        "label": label,
        "scenario": dict(scenario or {}),
        "rounding": rounding,
        "low": interval and _number(interval.low),
        "high": interval and _number(interval.high),
        "low_open": interval and interval.low_open,
        "high_open": interval and interval.high_open,
        "unit": unit,
        "formula": formula,
        "tree": tree,
        "inputs": list(inputs),
        "limit": _number(limit),
        "marks": list(marks),
    }


def _number(value: Fraction | float | None) -> int | float | None:
    """A number as JSON has it: whole numbers as such, infinity as null."""
    if value is None or math.isinf(value):
        return None
    return int(value) if value == int(value) else float(value)

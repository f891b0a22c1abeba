"""What others can take from a page: its figures as a CSV file, and its claims as linked data (schema.org, JSON-LD)."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from IPython.display import display

from helpers.export import document
from helpers.figures.kind import KINDS
from helpers.package.ledger import Ledger
from helpers.package.schema import columns

if TYPE_CHECKING:
    # A kernel that only leaves its outputs here does without nbformat, which takes long to load.
    from nbformat import NotebookNode

MIME = document.MACHINE + "reuse+json"
# So that the file stands alone: what is counted, where it was published, and the values a figure stands for.
_MORE = ("counts", "url", "low", "high", "low_open", "high_open", "rounding")


def show(ledger: Ledger) -> None:
    """Leave an edition's data in a notebook; the exporters take it out and offer it to the reader."""
    content = {"name": filename(ledger), "csv": table(ledger), "graph": graph(ledger)}
    display({MIME: content, "text/plain": f"{content['name']} goes with the exported page"}, raw=True)


def of(notebook: NotebookNode) -> dict[str, Any] | None:
    """What `show` left in a notebook, if it did."""
    for output in document.outputs(notebook):
        if MIME in output.get("data", {}):
            return output["data"][MIME]
    return None


def filename(ledger: Ledger) -> str:
    """A name that tells one edition from another."""
    return f"figures-{ledger.as_of}-{ledger.evidence}-{ledger.rounding}.csv"


def table(ledger: Ledger) -> str:
    """The figures of an edition as CSV: the ledger's own columns, and those in `_MORE`. An unbounded end is empty."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*columns("figures"), *_MORE])
    for figure, row in ledger.rows["figures"].items():
        interval = ledger.intervals[figure]
        own = [_cell(getattr(row, name)) for name in columns("figures")]
        counts, url = ledger.rows["measures"][row.measure].counts, ledger.rows["sources"][row.source].url
        ends = (_cell(end) for end in (interval.low, interval.high, interval.low_open, interval.high_open))
        writer.writerow([*own, counts, url, *ends, ledger.rounding])
    return file.getvalue()


def address(text: str) -> str:
    """A CSV file as the address of a download. The mark in front lets spreadsheets see that it is UTF-8."""
    # Letters of any script stand as they are, which an address may: encoded they would take three times the room.
    return "data:text/csv;charset=utf-8,%EF%BB%BF" + re.sub(
        r"[^\w\x80-\U0010ffff /:;,()!*~.?@$=+-]", lambda m: quote(m[0]), text
    )


def script(graph: dict[str, Any]) -> str:
    """Linked data as the text of a script element: whatever it quotes, nothing in it ends the element."""
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def graph(ledger: Ledger) -> dict[str, Any]:
    """An edition as schema.org: a `Dataset`, its sources, and a `Claim` for each figure and dated step.

    An `@id` is the address of the entry in the page that shows it. Every claim's `appearance` is a source; who said it
    stands as `creditText`, since it may say that the name is lost.
    """
    sources = [_source(row) for row in ledger.rows["sources"].values()]
    figures = [_figure(ledger, row) for row in ledger.rows["figures"].values()]
    events = [_event(row) for row in ledger.rows["events"].values()]
    return {"@context": "https://schema.org", "@graph": [_dataset(ledger), *sources, *figures, *events]}


def shown(graph: dict[str, Any], ids: Collection[str]) -> dict[str, Any]:
    """The graph without what a page has no entry for."""
    there = {"#data", *(f"#{name}" for name in ids)}
    entries = [dict(entry) for entry in graph["@graph"] if entry["@id"] in there]
    for entry in entries:
        if "isBasedOn" in entry:
            entry["isBasedOn"] = [source for source in entry["isBasedOn"] if source["@id"] in there]
    return graph | {"@graph": entries}


# --- the entries of the graph --------------------------------------------------------------------------------------


def _dataset(ledger: Ledger) -> dict[str, Any]:
    head, figures, measures = ledger.head, ledger.rows["figures"].values(), ledger.rows["measures"]
    starts = [row.period_start for row in figures if row.period_start]
    ends = [row.period_end for row in figures if row.period_end]
    return _filled(
        {
            "@type": "Dataset",
            "@id": "#data",
            "name": head.get("title", head["name"]),
            "description": head.get("description", ""),
            "license": next((one.get("path", "") for one in head.get("licenses", [])), ""),
            "creator": [{"@type": "Organization", "name": one["title"]} for one in head.get("contributors", [])],
            "dateModified": ledger.as_of.isoformat(),
            "temporalCoverage": _interval(min(starts, default=None), max(ends, default=None)),
            "spatialCoverage": sorted({measure.place for measure in measures.values() if measure.place}),
            "variableMeasured": sorted({measures[row.measure].label for row in figures}),
            "isBasedOn": [{"@id": f"#s-{source}"} for source in ledger.rows["sources"]],
            "distribution": {
                "@type": "DataDownload",
                "contentUrl": "#data",
                "encodingFormat": "text/csv",
                "name": filename(ledger),
            },
        }
    )


def _source(row: Any) -> dict[str, Any]:
    return {
        "@type": "CreativeWork",
        "@id": f"#s-{row.id}",
        "name": row.title,
        "publisher": {"@type": "Organization", "name": row.publisher},
        "datePublished": row.published,
        "inLanguage": row.language,
        "url": row.url,
    }


def _figure(ledger: Ledger, row: Any) -> dict[str, Any]:
    measure, interval = ledger.rows["measures"][row.measure], ledger.intervals[row.id]
    about = {
        "@type": "QuantitativeValue",
        "name": measure.label,
        "unitText": KINDS[row.kind].reads_as or measure.counts,
        "value": _number(row.value),
        "minValue": _number(interval.low),
        "maxValue": _number(interval.high),
    }
    claim = _claim(f"#f-{row.id}", row) | {"about": _filled(about)}
    return _filled(claim | {"temporalCoverage": _interval(row.period_start, row.period_end)})


def _event(row: Any) -> dict[str, Any]:
    return _filled(_claim(f"#e-{row.id}", row) | {"abstract": row.label, "temporalCoverage": row.date})


def _claim(name: str, row: Any) -> dict[str, Any]:
    return {
        "@type": "Claim",
        "@id": name,
        "text": row.wording,
        "creditText": row.said_by,
        "appearance": {"@id": f"#s-{row.source}"},
    }


def _filled(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if value not in ("", None, [])}


def _interval(start: date | None, end: date | None) -> str:
    """ISO 8601, an end that is not stated as `..`."""
    return f"{start or '..'}/{end or '..'}" if start or end else ""


def _number(value: Fraction | Decimal | float) -> int | float | None:
    if math.isinf(value):
        return None
    return int(value) if value == int(value) else float(value)


# What a spreadsheet would take for a formula; a signed number is none.
_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d.,\s]*%?$)")


def _cell(value: Any) -> str:
    if isinstance(value, Fraction | Decimal | float):
        value = _number(value)
    text = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return f"'{text}" if isinstance(value, str) and _FORMULA.match(text) else text

"""The rows of a package as DataFrames for an analyst: one row a record, a type a column, nothing to look up elsewhere.

| table | index | what it adds to the columns of `data/README.md` |
|---|---|---|
| figures | id | `low`, `high`, `low_open`, `high_open` (the values a figure stands for); `label`, `counts`, `nature` |
| | | of its measure; `layer`, `publisher`, `published` and `language` of its source |
| events | id | `layer`, `publisher`, `published` and `language` of its source |
| others | id, or none | nothing |

Numbers are floats (a step that follows the convention is NaN), days are `datetime64`, an imprecise date counts at its
last day, words with a choice are categories, and all other text is text, empty where nothing is given. `Interval` has
the exact ends.
"""

from __future__ import annotations

import datetime
import math
import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

import pandas as pd

from helpers.figures.interval import Interval
from helpers.package.cells import last_day
from helpers.package.schema import TABLES, columns

_OF_MEASURE = ("label", "counts", "nature")
_OF_SOURCE = ("layer", "publisher", "published", "language")
_IMPRECISE = ("published", "date")  # a day, a month or a year


def tidy(rows: Mapping[str, Any], intervals: Mapping[str, Interval], table: str) -> pd.DataFrame:
    """One table as a tidy DataFrame.

    Parameters
    ----------
    rows, intervals
        As a ledger holds them.

    Returns
    -------
    DataFrame
        Indexed by id where its rows have one.
    """
    records = list(rows[table].values() if isinstance(rows[table], Mapping) else rows[table])
    frame = pd.DataFrame({name: _column(table, name, records) for name in columns(table)})
    if table == "figures":
        ends = [intervals[row.id] for row in records]
        for name in ("low", "high"):
            frame[name] = pd.Series([float(getattr(end, name)) for end in ends], dtype="float64")
        for name in ("low_open", "high_open"):
            frame[name] = pd.Series([getattr(end, name) for end in ends], dtype="bool")
        for name in _OF_MEASURE:
            frame[name] = _column("measures", name, [rows["measures"][row.measure] for row in records])
    if table in ("figures", "events"):
        for name in _OF_SOURCE:
            frame[name] = _column("sources", name, [rows["sources"][row.source] for row in records])
    return frame.set_index("id") if "id" in frame else frame


def _column(table: str, name: str, records: list[Any]) -> pd.Series:
    """One field of some rows, in the type that its schema says."""
    annotation = TABLES[table].model_fields[name].annotation
    kinds = typing.get_args(annotation) if isinstance(annotation, types.UnionType) else (annotation,)
    values = [getattr(row, name, None) for row in records]
    if name in _IMPRECISE:
        days = [last_day(value) if isinstance(value, str) and value else value or None for value in values]
        return pd.Series(pd.to_datetime(days), dtype="datetime64[s]")
    if datetime.date in kinds:
        return pd.Series(pd.to_datetime(values), dtype="datetime64[s]")
    if Decimal in kinds:
        return pd.Series([math.nan if value is None else float(value) for value in values], dtype="float64")
    if int in kinds:
        return pd.Series(values, dtype="int64")
    if typing.get_origin(annotation) is Literal:
        allowed = list(typing.get_args(annotation))
        return pd.Series(pd.Categorical(values, allowed + [v for v in dict.fromkeys(values) if v not in allowed]))
    if name in ("source", "measure", "place", "counts", "publisher", "language", "question", "dispute", "side"):
        return pd.Series(values, dtype="category")
    return pd.Series(values, dtype="str")

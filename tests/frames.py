"""Ledgers for tests with rows of their own, given as frames of loose values."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.package.ledger import Ledger
from helpers.package.schema import TABLES

_BLANK = {"value": None}


def rows_of(table: str, frame: pd.DataFrame) -> Any:
    """The rows of a frame, unchecked; what a frame leaves out has the value of an empty cell."""
    model = TABLES[table]
    blank = {
        name: _BLANK.get(name, "") if info.is_required() else info.get_default()
        for name, info in model.model_fields.items()
    }
    named = "id" in model.model_fields
    records = (frame.rename_axis("id").reset_index() if named else frame).to_dict("records")
    made = [model.model_construct(**(blank | {k: v for k, v in one.items() if k in blank})) for one in records]
    return {row.id: row for row in made} if named else tuple(made)


def with_frames(ledger: Ledger, **frames: pd.DataFrame) -> Ledger:
    """A ledger with other tables; a column `interval` of the figures says what each stands for."""
    made = ledger.with_rows(**{table: rows_of(table, frame) for table, frame in frames.items()})
    if "interval" in frames.get("figures", ()):
        vars(made)["intervals"] = dict(frames["figures"]["interval"])
    return made

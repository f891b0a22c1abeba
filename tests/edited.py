"""Ledgers for tests with rows of their own, each given as a few cells and not checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from helpers.package.ledger import Ledger
from helpers.package.schema import TABLES


def row(table: str, **cells: Any) -> Any:
    """One row; what is left out has the value of an empty cell."""
    fields = TABLES[table].model_fields
    blank = {name: info.get_default() for name, info in fields.items() if not info.is_required()}
    required = {name: None if name == "value" else "" for name, info in fields.items() if info.is_required()}
    return TABLES[table].model_construct(**(required | blank | {k: v for k, v in cells.items() if k in fields}))


def with_rows(ledger: Ledger, **tables: Iterable[Mapping[str, Any]]) -> Ledger:
    """A ledger with other tables; the cell `interval` of a figure, if any has it, says what it stands for."""
    made: dict[str, Any] = {}
    for table, cells in tables.items():
        rows = [row(table, **one) for one in cells]
        made[table] = {one.id: one for one in rows} if "id" in TABLES[table].model_fields else tuple(rows)
    edited = ledger.with_rows(**made)
    intervals = {one["id"]: one["interval"] for one in tables.get("figures", ()) if "interval" in one}
    if intervals:
        vars(edited)["intervals"] = intervals
    return edited


def changed(ledger: Ledger, table: str, id: str, **cells: Any) -> Ledger:
    """A ledger with other values in some cells of one row."""
    rows = ledger.rows[table]
    return ledger.with_rows(**{table: {**rows, id: rows[id].model_copy(update=cells)}})

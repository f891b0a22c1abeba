"""What a package still lacks: the cells of its drafts that are open, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from helpers.package.schema import TABLES


def lacking(table: str, row: Any) -> list[str]:
    """The columns that a draft has to fill in before it can be confirmed."""
    fields = TABLES[table].model_fields
    empty = [name for name, info in fields.items() if info.is_required() and getattr(row, name, None) in ("", None)]
    versus = table == "figures" and getattr(row, "kind", None) in ("change", "points", "multiple")
    if versus and not row.versus and not row.base_basis:
        empty.append("versus, or base_basis with the days of the base")
    return empty


def next_step(rows: Mapping[str, Sequence[Any]], drafts: Mapping[str, Sequence[Any]]) -> str:
    """What a package lacks to be reported, and what to do next; empty where it has a confirmed core figure."""
    core = {source.id for source in rows["sources"] if source.layer == "core"}
    if any(figure.source in core for figure in rows["figures"]):
        return ""
    waiting = {name: len(drafts.get(name, ())) for name in ("sources", "figures")}
    if waiting["sources"] and not core:
        return (
            f"No core source is confirmed yet, and {waiting['sources']} in sources.csv are drafts: fill in their rows "
            "and empty their `status`; then the figures."
        )
    if not rows["sources"]:
        return "sources.csv has no row yet: add one for each article, then its figures to figures.csv."
    if not core:
        return "No source of the layer `core`: mark in sources.csv which sources the briefing examines."
    if waiting["figures"]:
        return (
            f"No figure of a core source is confirmed yet, and {waiting['figures']} in figures.csv are drafts: fill in "
            "their rows and empty their `status`."
        )
    return (
        "No figure of a core source yet: add a row to figures.csv for each number in it, and to measures.csv for each "
        "thing that is counted."
    )


def next_draft(drafts: Mapping[str, Sequence[Any]]) -> str:
    """The first draft to be confirmed, with what it lacks; empty where none is open."""
    for table in ("sources", "figures", "events", "omitted"):
        for row in drafts.get(table, ()):
            missing = ", ".join(lacking(table, row))
            name = getattr(row, "id", "") or f"“{row.wording}”"
            told = f"fill in {missing}, then empty its `status`" if missing else "read it, then empty its `status`"
            return f"{table}.csv, {name}: {told}."
    return ""

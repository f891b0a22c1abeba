"""How many witnesses there are for something: sources that pass on one statement are one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from helpers.markup.dialect import escape
from helpers.package.ledger import Ledger
from helpers.words.blocks import link
from helpers.words.numbers import day, small


def witnesses(ledger: Ledger, figures: Iterable[str]) -> str:
    """The sources of some figures in words: "one source", "two sources", "two sources that pass on one statement"."""
    named = list(dict.fromkeys(ledger.rows["figures"][figure].source for figure in figures))
    origins = {ledger.origin(source) for source in named}
    if len(named) == 1:
        return "one source"
    sources = f"{small(len(named))} sources"
    if len(origins) == len(named):
        return sources
    statements = "one statement" if len(origins) == 1 else f"{small(len(origins))} statements between them"
    return f"{sources} that pass on {statements}"


def passes_on(ledger: Ledger, source: Any) -> str:
    """What a source passes on, and which others do, with links to them; empty where it speaks for itself."""
    if not source.origin:
        return ""
    others = [
        link(f"{escape(other.publisher)}, {day(other.published)}", f"#s-{other.id}")
        for other in ledger.rows["sources"].values()
        if other.origin == source.origin and other.id != source.id
    ]
    also = f", as does {'; '.join(others)}: they are one witness" if others else ""
    return f"Passes on the statement “{escape(source.origin.replace('-', ' '))}”{also}."

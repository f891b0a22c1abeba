"""Charts of a page against the tables beside them: every value of a table stands in the drawing that is shown."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page

_SHOWN = """() => [...document.querySelectorAll('figure.chart')].map(figure => {
  const svg = [...figure.querySelectorAll('svg')].find(s => s.getClientRects().length);
  const bars = [...svg.querySelectorAll('g[id]')].map(g => ({id: g.id, width: g.getBoundingClientRect().width}));
  return {id: figure.id, bars: bars, texts: [...svg.querySelectorAll('text')].map(t => t.textContent),
          links: [...figure.querySelectorAll('details tbody a.num')].map(a => a.textContent),
          rows: figure.querySelectorAll('details tbody tr').length};
})"""


def values(page: Page) -> list[str]:
    """Where a drawing and the table beside it differ."""
    return [f"{figure['id']}: {fault}" for figure in page.evaluate(_SHOWN) for fault in _differences(figure)]


def _differences(figure: dict[str, Any]) -> list[str]:
    whole = _folded(" ".join(figure["texts"]))
    found = [
        f"“{value}” stands in the table and not in the drawing"
        for value in figure["links"]
        if _folded(value) not in whole
    ]
    found += [] if figure["rows"] and figure["links"] else ["the table has no values"]
    found += [f"{bar['id']} has no width" for bar in figure["bars"] if bar["id"].endswith("-wide") and _empty(bar)]
    return found


def _empty(bar: dict[str, Any]) -> bool:
    # The break and the steps are lines.
    return not re.search(r"-(break|step-\d+|published-\d+)-", bar["id"]) and bar["width"] == 0


def _folded(text: str) -> str:
    """As an inch of a label may be broken into lines, and "doubled" stands in quotation marks."""
    return re.sub(r"[\s%“”]+", "", text)

"""Charts of a page against the tables beside them: every value of a table stands in the drawing that is shown."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page

_LEAST = 0.5
_SHOWN = """() => [...document.querySelectorAll('figure.chart')].map(figure => {
  const svg = [...figure.querySelectorAll('svg')].find(s => s.getClientRects().length);
  const bars = [...svg.querySelectorAll('g[id]')].map(g => ({id: g.id, width: g.getBoundingClientRect().width}));
  return {id: figure.id, bars: bars, texts: [...svg.querySelectorAll('text')].map(t => t.textContent),
          labels: [...figure.querySelectorAll('details tbody th')].map(th => th.textContent),
          values: [...figure.querySelectorAll('details tbody td a.num')].map(a => a.textContent)};
})"""


def values(page: Page) -> list[str]:
    """Where a drawing and the table beside it differ."""
    return [f"{figure['id']}: {fault}" for figure in page.evaluate(_SHOWN) for fault in _differences(figure)]


def _differences(figure: dict[str, Any]) -> list[str]:
    whole = _folded(" ".join(figure["texts"]))
    # A row is named as in the drawing, then in brackets what the drawing says elsewhere.
    labels = [re.sub(r" \(.*|^published: ", "", label) for label in figure["labels"]]
    parts = [part for label in labels for part in label.split(": ")]
    found = [f"“{said}” is in the table alone" for said in parts + figure["values"] if _folded(said) not in whole]
    found += [] if labels else ["the table has no rows"]
    return found + [f"{bar['id']} has no width" for bar in figure["bars"] if _bar(bar["id"]) and bar["width"] < _LEAST]


def _bar(name: str) -> bool:
    """Whether a mark of the drawing that is shown is a bar: its name ends in what fills it."""
    return bool(re.search(r"-(before|after)-(wide|narrow)$", name))


def _folded(text: str) -> str:
    """Without what breaking into lines and setting apart adds: spaces, quotation marks, the sign of a share."""
    return re.sub(r"[\s%“”]+", "", text)

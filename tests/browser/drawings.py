"""Values read back from the drawings of a page, through their own axes, and compared with the tables beside them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from playwright.sync_api import Page

_DRAWN = """() => [...document.querySelectorAll('figure')].map(figure => {
  const svg = [...figure.querySelectorAll('svg')].find(s => s.getClientRects().length), drawn = [];
  for (const g of svg.querySelectorAll('g[id]')) {
    const path = g.querySelector(':scope > path'), use = g.querySelector('use');
    const xs = path ? path.getAttribute('d').match(/[ML] -?[\\d.]+/g).map(p => +p.slice(2)) : [+use.getAttribute('x')];
    drawn.push({id: g.id, low: Math.min(...xs), high: Math.max(...xs)});
  }
  const ticks = [...svg.querySelectorAll('text')].filter(t => t.style.textAnchor == 'middle')
    .map(t => ({text: t.textContent, x: +t.getAttribute('x'), y: +t.getAttribute('y')}));
  return {id: figure.id, drawn, ticks: ticks.filter(t => t.y > svg.viewBox.baseVal.height - 40),
          texts: [...svg.querySelectorAll('text')].map(t => t.textContent),
          rows: [...figure.querySelectorAll('details tbody tr')].map(r => [...r.cells].map(c => c.textContent))};
})"""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def values(page: Page) -> list[str]:
    """Where a drawing, read through its own axis, and the table beside it differ."""
    return [fault for figure in page.evaluate(_DRAWN) for fault in _differences(figure)]


def _differences(figure: dict[str, Any]) -> list[str]:
    bars = [mark for mark in figure["drawn"] if "-interval-" in mark["id"]]
    dots = [mark for mark in figure["drawn"] if "-value-" in mark["id"]]
    windows = {int(mark["id"].split("-")[-3]): mark for mark in figure["drawn"] if "-window-" in mark["id"]}
    if windows:
        found = _window_faults(figure["rows"], windows, figure["ticks"])
    elif bars:
        found = [] if len(bars) == len(dots) == len(figure["rows"]) else ["rows and points differ in number"]
        axis = _axis([(tick["x"], float(tick["text"].replace(",", ""))) for tick in figure["ticks"]])
        for row, bar, dot in zip(figure["rows"], bars, dots, strict=False):
            if not bar["low"] - 0.1 <= dot["low"] <= bar["high"] + 0.1:
                found.append(f"“{row[0]}”: the marker stands outside its bar")
            found += _bar_faults(row, axis(bar["low"]), axis(bar["high"]), abs(axis(bar["low"] + 1) - axis(bar["low"])))
    else:
        shown = " ".join(figure["texts"])
        found = [f"“{row[0]}” is not drawn" for row in figure["rows"] if row[0] not in shown]
        found += [] if len(figure["drawn"]) == len(figure["rows"]) else ["rows and markers differ in number"]
    return [f"{figure['id']}: {fault}" for fault in found]


def _axis(ticks: list[tuple[float, float]]) -> Callable[[float], float]:
    """From a place to a value, by the ticks: even steps, or even ratios where steps do not fit."""
    (x0, v0), *between, (x1, v1) = sorted(ticks)

    def even(x: float) -> float:
        return v0 + (v1 - v0) * (x - x0) / (x1 - x0)

    def ratio(x: float) -> float:
        return v0 * (v1 / v0) ** ((x - x0) / (x1 - x0))

    for scale in (even, ratio):
        if all(abs(scale(x) - v) <= 0.005 * abs(v1 - v0) for x, v in between):
            return scale
    raise ValueError(f"Could not read the axis with ticks {ticks}: neither even steps nor even ratios.")


def _bar_faults(row: list[str], low: float, high: float, pixel: float) -> list[str]:
    """Whether the printed range contains what is drawn, and no more than its last place adds."""
    numbers = re.findall(r"[\d,]+(?:\.\d+)?", row[-1])
    printed = [float(number.replace(",", "")) for number in numbers]
    units = [_unit(number) for number in numbers]
    if row[-1].endswith(("% down", "% up")):
        sign = -1 if row[-1].endswith("down") else 1
        printed, units = sorted(1 + sign * one / 100 for one in printed), [unit / 100 for unit in units]
    if len(printed) == 2:
        near = low - units[0] <= printed[0] + pixel and printed[1] - pixel <= high + units[1]
        holds = printed[0] <= low + pixel and high <= printed[1] + pixel
    else:
        near, holds = low - pixel <= printed[0] <= high + pixel, True
    return [] if near and holds else [f"“{row[0]}” reads {row[-1]}, drawn from {low:g} to {high:g}"]


def _unit(number: str) -> float:
    """The last place a number is printed to, zeros at its end not counted."""
    digits = number.replace(",", "")
    if "." in digits:
        return 10.0 ** -len(digits.partition(".")[2])
    return 10.0 ** (len(digits) - len(digits.rstrip("0"))) if float(digits) else 1.0


def _window_faults(rows: list[list[str]], windows: dict[int, dict[str, Any]], ticks: list[dict[str, Any]]) -> list[str]:
    year, days = 0, []
    for tick in sorted(ticks, key=lambda one: one["x"]):
        month, _, given = tick["text"].partition("\u00a0")
        year = int(given or year)
        days.append((tick["x"], date(year, _MONTHS.index(month) + 1, 1).toordinal()))
    axis = _axis(days)
    found = ["a period is drawn that no row gives"] if max(windows) >= len(rows) else []
    for at, row in enumerate(rows):
        given = [
            datetime.strptime(day, "%d %B %Y").toordinal() for day in re.findall(r"\d+ [A-Z][a-z]+ \d{4}", row[-1])
        ]
        drawn = windows.get(at)
        if bool(drawn) != (len(given) == 2):
            found.append(f"“{row[0]}” reads {row[-1]}, and is {'' if drawn else 'not '}drawn")
        elif drawn:
            slack = 1.5 * (axis(1) - axis(0))
            if abs(axis(drawn["low"]) - given[0]) > slack or abs(axis(drawn["high"]) - given[1] - 1) > slack:
                found.append(f"“{row[0]}” reads {row[-1]}, and is drawn elsewhere")
    return found

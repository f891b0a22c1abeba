"""The points of a briefing of any package: for each thing counted, what it was, and what it became.

A point gathers all that the core sources compare of one measure: pairs of levels, and changes as printed. A change
whose two levels stand beside it is held against them.
"""

from __future__ import annotations

from collections.abc import Iterable

from helpers.figures.kind import KINDS
from helpers.package.ledger import Ledger
from helpers.reason.agree import Held, held
from helpers.reason.compare import Comparison, per_day
from helpers.report.gathered import (
    Told,
    compared,
    days_of,
    distinct,
    echoed,
    gathered,
    label,
    row_of,
    same,
    unlike,
    way,
)
from helpers.words.blocks import escaped
from helpers.words.numbers import capital
from helpers.words.template import Writer
from helpers.words.witnesses import witnesses

_TWICE = 2  # from here on a ratio is told as a multiple, below as a percentage


def points(w: Writer) -> list[str]:
    """A point for each measure that the core sources compare with something, as a template."""
    fitting: dict[str, list[Held]] = {}
    for one in held(w.ledger):
        fitting.setdefault(one.figure, []).append(one)
    return [_point(w, measure, told, fitting) for measure, told in gathered(w.ledger).items()]


def caveat(ledger: Ledger) -> str:
    """Which of the points compare across the break, in a sentence; empty where there is none."""
    turn = ledger.break_date
    found = gathered(ledger)
    crossing = [measure for measure, told in found.items() if turn and _crosses(ledger, told)]
    if not turn or not crossing:
        return ""
    event = next(row.id for row in ledger.rows["events"].values() if row.kind == "break")
    what = f"**What is recorded changed, or may have changed, on {{{event}}} ({{{event}:label}}).**"
    if len(crossing) == len(found):
        return f"{what} Every comparison here has one side before that day, or may have."
    names = listed(escaped(ledger.rows["measures"][measure].label) for measure in crossing)
    return f"{what} Comparisons across that day, or that may be: {names}."


def counted(ledger: Ledger, figure: str) -> str:
    """A figure as printed, with its unit where nothing else says that: "34 minutes"."""
    row = ledger.rows["figures"][figure]
    counts = ledger.rows["measures"][row.measure].counts
    unit = KINDS[row.kind].unit(counts)
    named = {counts, counts.removesuffix("s")} & set(label(ledger, figure).split())
    bare = unit == counts and not named and counts not in ("persons", "people")
    return f"{way(row)}{{{figure}}}" + (f" {escaped(counts)}" if bare else "")


def listed(texts: Iterable[str]) -> str:
    """Some texts in a row: "a, b and c"."""
    *most, last = texts
    return f"{', '.join(most)} and {last}" if most else last


def change(w: Writer, each: Comparison) -> str:
    """What two levels give: "down 20.9 to 21.5%", "3.9 to 4.0 times that", "up 12 to 14 percentage points"."""
    name = label(w.ledger, each.figure)
    number, form = (each.difference, "size") if each.about.of_whole else (each.percent, "size%")
    interval = number.interval if number else None
    if number is None or interval is None or interval.low < 0 < interval.high:
        return "no change that their rounding lets one see"
    ratio = each.ratio.interval
    if not each.about.of_whole and ratio and ratio.high >= _TWICE:
        w.work(each.ratio.name, each.ratio, escaped(f"{name}, later to earlier"), *each.marks)
        return f"{{{each.ratio.name}}} times that"
    said = "later less earlier, in percentage points" if each.about.of_whole else "change in percent"
    w.work(number.name, number, escaped(f"{name}, {said}"), *each.marks)
    return f"{'up' if interval.low >= 0 else 'down'} {{{number.name}:{form}}}" + (
        " percentage points" if each.about.of_whole else ""
    )


# --- one point ------------------------------------------------------------------------------------------------------


def _point(w: Writer, measure: str, told: Told, fitting: dict[str, list[Held]]) -> str:
    ledger, sentences = w.ledger, []
    said = distinct(ledger, told.said)
    for each in told.pairs:
        before, after = (f"{counted(ledger, name)} ({{{name}:period}})" for name in (each.versus, each.figure))
        sentences.append(f"from {before} to {after}, {change(w, each)}{_pace(w, each)}")
    for each in told.beside:
        whole = f"{{{each.versus}}} {escaped(label(ledger, each.versus))} ({{{each.versus}:period}})"
        sentences.append(f"{counted(ledger, each.figure)} ({{{each.figure}:period}}), against {whole}")
    tested = [name for name in said if name in fitting and _levels_told(ledger, told, fitting[name])]
    for fits, verdict in ((True, "which fits"), (False, "which these numbers do not give")):
        named = [name for name in tested if all(one.fits for one in fitting[name]) == fits]
        if named:
            sentences.append(
                f"Printed as {listed(f'{way(row_of(ledger, name))}{{{name}}}' for name in named)}, {verdict}"
            )
    sentences += _others(ledger, [name for name in said if name not in tested], told, fitting)
    name = escaped(capital(ledger.rows["measures"][measure].label))
    text = f"**{name}:** " + ". ".join([sentences[0], *map(capital, sentences[1:])]) + "."
    if any(ledger.rivals(figure) for figure in told.figures):
        text += " Sources contradict each other here."
    sources = {row_of(ledger, figure).source for figure in echoed(ledger, told.figures)}
    if len(sources) > 1:
        text += f" {capital(witnesses(ledger, echoed(ledger, told.figures)))} say so."
    return f"{text} {'{worked-out}' if told.pairs else '{reported}'}"


def _levels_told(ledger: Ledger, told: Told, tested: list[Held]) -> bool:
    """Whether the two levels that test a change are a pair of the point."""
    pairs = [(each.versus, each.figure) for each in told.pairs]
    return any(
        all(
            mine == theirs or same(ledger, mine, theirs)
            for mine, theirs in zip(pair, (one.earlier, one.later), strict=True)
        )
        for pair in pairs
        for one in tested
    )


def _pace(w: Writer, each: Comparison) -> str:
    """Where the periods are of unlike length, that they are, and what the levels make a day."""
    ledger = w.ledger
    if not unlike(ledger, each):
        return ""
    if ledger.rows["measures"][row_of(ledger, each.figure).measure].nature != "flow":
        return "; the periods are of unlike length"
    name = f"{each.figure}-pace"
    said = escaped(f"{label(ledger, each.figure)} a day, later to earlier")
    w.work(name, per_day(ledger, each.figure) / per_day(ledger, each.versus), said, *each.marks)
    return f"; the periods are of unlike length, and a day it is {{{name}}} times that"


def _others(ledger: Ledger, said: list[str], told: Told, fitting: dict[str, list[Held]]) -> list[str]:
    """Changes that no pair of the point tests, those over the same days together, after a level of those days."""
    sentences = []
    levels = {days_of(row_of(ledger, name)): name for name in reversed(told.levels)}
    merged: dict[tuple[object, ...], list[str]] = {}
    for name in said:
        row = row_of(ledger, name)
        merged.setdefault((days_of(row), row.versus, row.base_start, row.base_end, row.base_measure), []).append(name)
    for names in merged.values():
        printed = listed(counted(ledger, name) for name in names)
        level = levels.get(days_of(row_of(ledger, names[0])))
        if level:
            printed = f"{counted(ledger, level)} ({{{level}:period}}), {printed}"
        else:
            printed += f" ({{{names[0]}:period}})"
        fits = {one.fits for name in names for one in fitting.get(name, ())}
        verdict = "" if len(fits) != 1 else ", which fits" if True in fits else ", which these numbers do not give"
        sentences.append(f"{printed}{_base(ledger, names[0])}{verdict}")
    return sentences


def _base(ledger: Ledger, name: str) -> str:
    """What a change is measured against, as the end of a sentence."""
    row = row_of(ledger, name)
    measure = ledger.rows["measures"].get(row.base_measure)
    if row.versus:
        other = label(ledger, row.versus)
        what = f" {escaped(other)}" if other != label(ledger, name) else ""
        return f", against {{{row.versus}}}{what} ({{{row.versus}:period}})"
    days = f"{{{name}:base}}" if row.base_start and row.base_end else ""
    if measure and measure.id != row.measure:
        return f", against {escaped(measure.label)}" + (f" ({days})" if days else "")
    return f", against {days}" if days else "; the earlier days are not stated"


def _crosses(ledger: Ledger, told: Told) -> bool:
    made = {each.figure: each.crosses_break for each in compared(ledger)}
    sides = [each.crosses_break for each in (*told.pairs, *told.beside)]
    return any([*sides, *(made.get(name, False) for name in told.said)])

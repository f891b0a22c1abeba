"""Which numbers a rendered briefing may show, rebuilt from the tables and from `findings.json` alone.

A number that no row, date, finding or formula accounts for is an orphan: someone typed it, or its source was lost.
"""

from __future__ import annotations

import csv
import itertools
import json
import math
import operator
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag

from helpers.figures.kind import KINDS
from helpers.figures.rounding import ROUNDINGS
from helpers.package import ledger as ledgers
from helpers.package.ledger import Ledger

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
# Numbers that name places in the document, not quantities.
_ASIDE = ".uses, .number, nav, svg, script, style, title"
_VERSION = re.compile(r"\b[0-9a-f]{12}\b")


@dataclass
class Allowed:
    """Numbers as they may be written, and quantities whose roundings may be shown."""

    written: set[str] = field(default_factory=set)
    quantities: set[float] = field(default_factory=set)

    def text(self, *texts: str) -> None:
        for text in texts:
            self.written.update(_NUMBER.findall(text))

    def day(self, text: str) -> None:
        self.written.update(str(int(part)) for part in text.split("-") if part)

    def exact(self, *values: Fraction | float) -> None:
        """Quantities that are only written out in full: "6,500", "4.15"."""
        self.text(*(f"{abs(float(value)):,.6f}".rstrip("0").rstrip(".") for value in values if math.isfinite(value)))

    def quantity(self, *values: Any) -> None:
        self.quantities.update(abs(float(value)) for value in values if value is not None and math.isfinite(value))

    def holds(self, number: str) -> bool:
        """Whether a number is written so, or is a quantity rounded down or up at one of its own places."""
        if number in self.written:
            return True
        shown = Fraction(number.replace(",", ""))
        places = len(number.partition(".")[2])
        for exponent in range(-places, 8):
            unit = Fraction(10) ** exponent
            if shown % unit:
                break
            if any(shown / unit in _rounded(value / float(unit)) for value in self.quantities):
                return True
        return False


def _rounded(value: float) -> tuple[int, int]:
    return math.floor(value + 1e-9), math.ceil(value - 1e-9)


@dataclass
class Accounts:
    """What accounts for a number: each entry of the evidence for the links to it, dates and labels for other prose, and
    all of it, quoted words included, for tables, charts, quotations and the evidence.
    """

    entries: dict[str, Allowed]
    prose: Allowed
    everything: Allowed

    def orphans(self, page: BeautifulSoup) -> list[str]:
        """Every number that nothing accounts for, with the sentence it stands in."""
        page = BeautifulSoup(str(page), "html.parser")
        for tag in page.select(_ASIDE):
            tag.decompose()
        found = []
        for link in page.select("a.num[href]"):
            entry = self.entries.get(link["href"].removeprefix("#"), Allowed())
            found += [_said(number, link) for number in _NUMBER.findall(link.get_text()) if not entry.holds(number)]
        for link in page.select("a.num[href]"):
            link.string = "…"
        for tag in page.body.find_all(string=_NUMBER):
            text = _VERSION.sub("", tag)
            anywhere = tag.find_parent("table") or tag.find_parent(class_=["evidence", "words"])
            pool = self.everything if anywhere else self.prose
            found += [_said(number, tag.parent) for number in _NUMBER.findall(text) if not pool.holds(number)]
        for tag in page.select("[alt], [aria-label], [title]"):
            text = " ".join(tag.get(name, "") for name in ("alt", "aria-label", "title"))
            found += [_said(number, tag) for number in _NUMBER.findall(text) if not self.everything.holds(number)]
        return found


def _said(number: str, tag: Tag) -> str:
    block = tag.find_parent(["p", "li", "tr", "caption", "figcaption", "h1", "h2", "h3"]) or tag
    return f"{number}: {' '.join(block.get_text().split())[:200]}"


def accounts(package: Path, findings: Path, rounding: str = "nearest", **edition: str) -> Accounts:
    """The accounts of one edition."""
    tables = {path.stem: list(csv.DictReader(path.open(encoding="utf-8-sig"))) for path in package.glob("*.csv")}
    head = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    under = {name: ledgers.load(package, name, **edition) for name in ROUNDINGS}
    prose = Allowed()
    as_of = ledgers.load(package, **edition).as_of.isoformat()
    prose.day(as_of)
    prose.text(as_of, head["title"], *(one.get("title", "") for one in head["licenses"]))
    entries: dict[str, Allowed] = {}
    for row in itertools.chain(*tables.values()):
        for name, cell in row.items():
            if re.fullmatch(r"date|published|\w+_(?:start|end)", name):
                prose.day(cell)
            elif name in ("label", "title", "publisher"):
                prose.text(cell)
    for row in tables["events"]:
        entry = entries[f"e-{row['id']}"] = Allowed()
        entry.day(row["date"])
        entry.text(row["wording"], row["label"])
    for figure, row in under[rounding].rows["figures"].items():
        entry = entries[f"f-{figure}"] = Allowed()
        entry.text(row.printed)
        interval, scale = under[rounding].intervals[figure], KINDS[row.kind].scale
        low, high = interval.low, interval.high
        entry.exact(Fraction(row.value) * scale, low * scale, high * scale, (high - low) * scale)
    everything = Allowed(set(prose.written))
    prose.text("1.1")  # of the licence of the fonts
    for low, high, days in _a_day(tables, under[rounding]):
        everything.quantity(low / days, high / days)
    told = ("wording", "translation", "said_by", "note", "was", "now", "reason")
    for row in itertools.chain(*(tables[name] for name in ("figures", "events", "sources", "corrections", "omitted"))):
        everything.text(*(row.get(name) or "" for name in told))
    for row in tables["corrections"]:
        prose.text(row["was"], row["now"])
    records = json.loads(findings.read_text(encoding="utf-8"))["findings"]
    sources = ledgers.load(package, **edition).rows["sources"].values()
    prose.quantity(len(sources), sum(source.read == "excerpt" for source in sources))
    # Sets of assumptions are counted, by how many an answer would leave or rule out.
    scenarios = {tuple(record["scenario"].items()) for record in records if record["kind"] == "implied"}
    prose.quantity(*range(1, len(scenarios) + 1))
    for record in records:
        entry = Allowed()
        entry.quantity(*(record.get(name) for name in ("low", "high", "gap", "unevenness", "limit")))
        everything.text(record["formula"])
        if record["kind"] == "worked":
            entries[f"w-{record['quantity']}"] = entry
            entry.quantity(*_as_printed(record["tree"], under[rounding]))
            for ledger in under.values():
                everything.quantity(*_ends(record["tree"], ledger))
        everything.quantities |= entry.quantities
    for entry in entries.values():
        everything.written |= entry.written
        everything.quantities |= entry.quantities
    return Accounts(entries, prose, everything)


def _a_day(tables: dict[str, list[dict[str, str]]], ledger: Ledger) -> Iterator[tuple[float, float, int]]:
    """The ends of every count with each length that its period can have, by its own row or by a reading."""
    periods = [(row["id"], row["period_start"], row["period_end"]) for row in tables["figures"]]
    starts = {figure: start for figure, start, _ in periods}
    periods += [
        (row["figure"], row["period_start"] or starts[row["figure"]], row["period_end"]) for row in tables["readings"]
    ]
    for figure, start, end in periods:
        if figure in ledger.intervals and start and end:
            interval = ledger.intervals[figure]
            days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
            yield float(interval.low), float(interval.high), days


def _ends(tree: dict[str, Any], ledger: Ledger) -> list[float]:
    """The least and the most a formula gives at the ends of its inputs; nothing if a method gave it."""
    leaves = list(_leaves(tree))
    if any("method" in leaf for leaf in leaves):
        return []
    sides = [_sides(leaf, ledger) for leaf in leaves]
    values = [_worked(tree, iter(corner)) for corner in itertools.product(*sides)]
    return [min(values), max(values)]


def _as_printed(tree: dict[str, Any], ledger: Ledger) -> list[float]:
    """What a formula gives for the numbers as printed; nothing if a part of it is a range or a method's."""
    leaves = list(_leaves(tree))
    if not all("figure" in leaf or "number" in leaf for leaf in leaves):
        return []
    values = [
        float(ledger.rows["figures"][leaf["figure"]].value) if "figure" in leaf else leaf["number"] for leaf in leaves
    ]
    return [_worked(tree, iter(values))]


def _leaves(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "operation" in tree:
        yield from _leaves(tree["left"])
        yield from _leaves(tree["right"])
    else:
        yield tree


def _worked(tree: dict[str, Any], values: Iterator[float]) -> float:
    """A formula with a value for each of its leaves, from left to right."""
    if "operation" not in tree:
        return next(values)
    left, right = _worked(tree["left"], values), _worked(tree["right"], values)
    if tree["operation"] == "÷" and right == 0:
        return math.inf
    return {"+": operator.add, "−": operator.sub, "×": operator.mul, "÷": operator.truediv}[tree["operation"]](
        left, right
    )


def _sides(leaf: dict[str, Any], ledger: Ledger) -> tuple[float, ...]:
    if "figure" in leaf:
        interval = ledger.intervals[leaf["figure"]]
        return float(interval.low), float(interval.high)
    return (leaf["number"],) if "number" in leaf else (leaf["low"], leaf["high"])

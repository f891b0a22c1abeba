"""A ledger against the texts it was taken from: is every wording there, and is any number there that no row holds?

The texts are not part of a package. Whoever has them keeps them in a folder, one `<source id>.txt` for each source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.package import numerals
from helpers.package.folding import plain
from helpers.package.ledger import Ledger

_TABLES = ("figures", "events", "omitted")
_AROUND = 40  # characters of context on each side of a number


class TextsError(ValueError):
    """A folder of texts, or a text, that cannot be read."""


@dataclass(frozen=True)
class Wording:
    """A wording that does not stand in its text exactly once.

    Attributes
    ----------
    table, row
        Where it stands in the package; `row` is an id, or a line where rows have none.
    times
        How often it stands in the text.
    """

    table: str
    row: str
    source: str
    wording: str
    times: int

    @property
    def cause(self) -> str:
        if self.times:
            return f"stands {self.times} times; quote more words"
        return "does not stand in the text; copy it letter by letter"

    def __str__(self) -> str:
        return f"{self.table}.csv, {self.row}, `wording` = {self.wording!r}: {self.cause} ({self.source}.txt)"


@dataclass(frozen=True)
class Uncovered:
    """One number in a text that no row's wording covers, with its line (from 1) and the words around it."""

    source: str
    line: int
    number: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.source}.txt, line {self.line}: no row covers {self.number!r} in “{self.context}”"

    @property
    def context(self) -> str:
        return f"{self.before}{self.number}{self.after}"


@dataclass(frozen=True)
class Check:
    """What the comparison of a ledger with its texts found.

    Attributes
    ----------
    checked, unchecked
        Ids of the sources with a text, and of those without.
    strays
        Names of text files that are no source's.
    tokens
        How many numbers the texts hold.
    """

    checked: tuple[str, ...]
    unchecked: tuple[str, ...]
    strays: tuple[str, ...]
    tokens: int
    wordings: tuple[Wording, ...]
    uncovered: tuple[Uncovered, ...]

    @property
    def faults(self) -> tuple[Wording | Uncovered, ...]:
        return (*self.wordings, *self.uncovered)


def check(ledger: Ledger, folder: Path) -> Check:
    """Hold every wording of a ledger against its text, and every number of the texts against the wordings.

    Typographic quotes and spaces count as plain ones. A wording covers what it spans only where it stands once: of two
    places nobody can tell which is meant.

    Raises
    ------
    TextsError
        If there is no such folder, or a text in it is not UTF-8.
    """
    if not folder.is_dir():
        raise TextsError(f"Could not read the texts: there is no folder {folder}.")
    files = {path.stem: path for path in sorted(folder.glob("*.txt"))}
    checked = [source for source in ledger.sources.index if source in files]
    wordings: list[Wording] = []
    uncovered: list[Uncovered] = []
    tokens = 0
    for source in checked:
        text = _read(files[source])
        spans = []
        for table, row, wording in _quoted(ledger, source):
            found = places(wording, text)
            if len(found) == 1:
                spans += found
            else:
                wordings.append(Wording(table, row, source, wording, len(found)))
        for start, end in numerals.find(text, ledger.sources.at[source, "language"]):
            tokens += 1
            if not any(first <= start and end <= last for first, last in spans):
                uncovered.append(_uncovered(source, text, start, end))
    return Check(
        tuple(checked),
        tuple(source for source in ledger.sources.index if source not in files),
        # A source that this edition leaves out is known all the same.
        tuple(path.name for name, path in files.items() if name not in ledger.known),
        tokens,
        tuple(wordings),
        tuple(uncovered),
    )


def places(wording: str, text: str) -> list[tuple[int, int]]:
    """Where a wording stands in a text, as whole words: "5,000 people" does not stand in "25,000 people".

    Both are made plain first: quotes, spaces, hyphens, ligatures, accents and signs without width do not count.
    """
    made = plain(text)
    phrase = r"\s?%".join(re.escape(part).replace(r"\ ", r"\s") for part in numerals.fold(wording).split("%"))
    whole = rf"(?:(?<!\w)(?<!\d[.,])|(?=\W)){phrase}(?:(?!\w)(?![.,]\d)|(?<=\W))"
    return [made.span(*m.span()) for m in re.finditer(whole, made.text)]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise TextsError(f"Could not read {path}: byte {error.start} is not UTF-8; save the text as UTF-8.") from None


def _quoted(ledger: Ledger, source: str) -> Iterator[tuple[str, str, str]]:
    """Every wording from a source, with its table and row."""
    for table in _TABLES:
        rows = getattr(ledger, table)
        for row, wording in rows.loc[rows["source"] == source, "wording"].items():
            yield table, row if isinstance(row, str) else f"line {row + 2}", wording


def _uncovered(source: str, text: str, start: int, end: int) -> Uncovered:
    """A number with the whole words around it."""
    before = re.sub(r"^\S*\s+", "…", text[max(0, start - _AROUND) : start]) if start > _AROUND else text[:start]
    after = re.sub(r"\s+\S*$", "…", text[end : end + _AROUND]) if end + _AROUND < len(text) else text[end:]
    flat = (re.sub(r"\s+", " ", part) for part in (text[start:end], before, after))
    return Uncovered(source, text.count("\n", 0, start) + 1, *flat)

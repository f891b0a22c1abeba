"""A ledger against the texts it was taken from: is every wording there, and is any number there that no row holds?

The texts are not part of a package. Whoever has them keeps them in a folder, one `<source id>.txt` for each source.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.package import numerals
from helpers.package.files import UnreadableError, read_text
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
    """One number in a text that no confirmed row's wording covers, with its line (from 1) and the words around it.

    Attributes
    ----------
    draft
        The drafted row whose wording covers it, as "figures.csv, x-1"; empty where there is none.
    """

    source: str
    line: int
    number: str
    before: str
    after: str
    draft: str = ""

    def __str__(self) -> str:
        told = f"only a draft covers {self.number!r} ({self.draft})" if self.draft else f"no row covers {self.number!r}"
        return f"{self.source}.txt, line {self.line}: {told} in “{self.context}”"

    @property
    def context(self) -> str:
        return f"{self.before}{self.number}{self.after}"


@dataclass(frozen=True)
class Misnamed:
    """A file that is taken for the text of a source whose name it nearly has."""

    name: str
    source: str

    def __str__(self) -> str:
        return f"{self.name}: was not read; for the text of {self.source}, name it {self.source}.txt"


@dataclass(frozen=True)
class Unread:
    """A folder in which no source has a text, so that nothing was checked."""

    folder: Path
    expected: tuple[str, ...]

    def __str__(self) -> str:
        names = ", ".join(f"{source}.txt" for source in self.expected[:3]) + (", ..." if self.expected[3:] else "")
        return f"{self.folder}: no text of a source is there, so nothing was checked; its files would be named {names}"


Mismatch = Wording | Uncovered | Misnamed | Unread


@dataclass(frozen=True)
class Check:
    """What the comparison of a ledger with its texts found.

    Attributes
    ----------
    checked, unchecked
        Ids of the sources with a text, and of those without.
    files
        What is wrong with the folder and the names in it.
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
    files: tuple[Misnamed | Unread, ...] = ()

    @property
    def faults(self) -> tuple[Mismatch, ...]:
        return (*self.files, *self.wordings, *self.uncovered)

    @property
    def open(self) -> tuple[Uncovered, ...]:
        """The numbers that only a draft covers."""
        return tuple(token for token in self.uncovered if token.draft)


def check(ledger: Ledger, folder: Path) -> Check:
    """Hold every wording of a ledger against its text, and every number of the texts against the wordings.

    Both are made plain first (see `helpers.package.folding`). A wording covers what it spans only where it stands once:
    of two places nobody can tell which is meant.

    Raises
    ------
    TextsError
        If there is no such folder, or a text in it cannot be read.
    """
    if not folder.is_dir():
        raise TextsError(f"Could not read the texts: there is no folder {folder}.")
    names = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    waiting = {row.id: row.language or "en" for row in ledger.drafts.get("sources", ())}
    languages = {name: source.language for name, source in ledger.rows["sources"].items()} | waiting
    checked = [source for source in languages if f"{source}.txt" in names]
    wordings: list[Wording] = []
    uncovered: list[Uncovered] = []
    tokens = 0
    quoted, drafts = _by_source(_quoted(ledger)), _by_source(_drafted(ledger))
    for source in checked:
        text = read(folder / f"{source}.txt")
        spans = []
        for _, table, row, wording in quoted.get(source, ()):
            found = places(wording, text)
            if len(found) == 1:
                spans += found
            else:
                wordings.append(Wording(table, row, source, wording, len(found)))
        drafted = [(span, row) for _, row, wording in drafts.get(source, ()) for span in places(wording, text)[:1]]
        for start, end in numerals.find(text, languages[source]):
            tokens += 1
            if not any(first <= start and end <= last for first, last in spans):
                draft = next((row for (first, last), row in drafted if first <= start and end <= last), "")
                uncovered.append(_uncovered(source, text, start, end, draft))
    unchecked = tuple(source for source in languages if source not in checked)
    known = ledger.known | waiting.keys()
    # A file named for a source, of this edition or not, is that source's text, however near another's name it comes.
    others = [name for name in names if not (name.endswith(".txt") and name[:-4] in known)]
    misnamed = tuple(_misnamed(others, unchecked))
    unread = () if checked else (Unread(folder, tuple(languages)),)
    taken = {fault.name for fault in misnamed}
    # A source that this edition leaves out is known all the same.
    strays = (name for name in names if name.endswith(".txt") and name[:-4] not in known and name not in taken)
    return Check(
        tuple(checked), unchecked, tuple(strays), tokens, tuple(wordings), tuple(uncovered), (*unread, *misnamed)
    )


def _misnamed(names: list[str], wanted: tuple[str, ...]) -> Iterator[Misnamed]:
    """Files with nearly the name of a source that has no text: another suffix, capitals, a letter more or less."""
    for name in names:
        stem = re.sub(r"(?:\.(?:txt|text|md|docx?|rtf|html?|pdf))+$", "", name.lower().strip())
        close = difflib.get_close_matches(re.sub(r"[\s_]+", "-", stem), wanted, 1, cutoff=0.9)
        if close:
            yield Misnamed(name, close[0])


def places(wording: str, text: str) -> list[tuple[int, int]]:
    """Where a wording stands in a text, as whole words: "5,000 people" does not stand in "25,000 people".

    Both are made plain first: quotes, spaces, hyphens, ligatures, accents and signs without width do not count.
    """
    made = plain(text)
    parts = numerals.fold(wording).split("%")
    phrase = r"\s?%".join(re.escape(part).replace(r"\ ", r"\s") for part in parts)
    whole = rf"(?:(?<!\w)(?<!\d[.,])|(?=\W)){phrase}(?:(?!\w)(?![.,]\d)|(?<=\W))"
    return [made.span(*m.span()) for m in re.finditer(whole, made.text)]


def read(path: Path) -> str:
    """A text.

    Raises
    ------
    TextsError
        If it is not UTF-8, or no plain file.
    """
    try:
        return read_text(path, "save the text as UTF-8")
    except UnreadableError as error:
        raise TextsError(f"Could not read {path}: {error}.") from None


def _by_source(entries: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    """Entries by their first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in entries:
        found.setdefault(entry[0], []).append(entry)
    return found


def _quoted(ledger: Ledger) -> Iterator[tuple[str, str, str, str]]:
    """Every wording, with its source before it, its table and its row."""
    for table in _TABLES:
        rows = ledger.rows[table]
        for row in rows.values() if isinstance(rows, Mapping) else rows:
            yield row.source, table, getattr(row, "id", f"line {row.line}"), row.wording


def _drafted(ledger: Ledger) -> Iterator[tuple[str, str, str]]:
    """Every wording of a draft, with its source before it and its row."""
    rows: list[tuple[str, Any]] = [(table, row) for table in _TABLES for row in ledger.drafts.get(table, ())]
    for table, row in rows:
        if row.wording:
            yield row.source, f"{table}.csv, {getattr(row, 'id', row.wording)}", row.wording


def _uncovered(source: str, text: str, start: int, end: int, draft: str) -> Uncovered:
    """A number with the whole words around it."""
    before = re.sub(r"^\S*\s+", "…", text[max(0, start - _AROUND) : start]) if start > _AROUND else text[:start]
    after = re.sub(r"\s+\S*$", "…", text[end : end + _AROUND]) if end + _AROUND < len(text) else text[end:]
    number, before, after = (re.sub(r"\s+", " ", part) for part in (text[start:end], before, after))
    return Uncovered(source, text.count("\n", 0, start) + 1, number, before, after, draft)

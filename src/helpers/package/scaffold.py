"""A package from texts: the headers of its tables, a source for each text, and a drafted row for every number.

A draft says `draft` in `status`. It enters no report before a person has completed it and emptied that cell. What a
person wrote stays as it is, byte for byte; run again after a new text, only what is new is added.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from helpers.package import descriptor, numerals
from helpers.package.drafts import Row, drafted
from helpers.package.schema import DRAFT, TABLES, columns
from helpers.package.texts import TextsError, read

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_TITLE_WORDS = 20


class ScaffoldError(ValueError):
    """A folder that no package can be made from or in."""


@dataclass(frozen=True)
class Made:
    """What was added to a package: the number of rows of each table, and texts in which nothing was new."""

    rows: Mapping[str, int]
    unchanged: tuple[str, ...]

    def __str__(self) -> str:
        added = [f"{table}.csv {count}" for table, count in self.rows.items() if count]
        if not added:
            return "Nothing is new in these texts; the package stands as it was."
        return (
            f"Drafted rows: {', '.join(added)}. Complete each, then empty its `status`: first sources.csv, then "
            "measures.csv (one row for each thing that is counted), then the figures; ids may stay as they are. "
            'In datapackage.json, give the package a title and a publisher: "title": "...", "contributors": '
            '[{"title": "...", "role": "publisher"}]. `make audit` with the same PACKAGE and SOURCES says what is '
            "still open."
        )


def new(package: Path, sources: Path) -> Made:
    """Make a package from a folder of texts, or add to it what is new in them.

    Parameters
    ----------
    package
        Its folder; made where there is none.
    sources
        Folder of texts, one `<source id>.txt` for each source.

    Raises
    ------
    ScaffoldError, TextsError
        If the folder holds no text, or a file whose name is no id, or a table of the package cannot be added to.
    """
    texts = _texts(sources)
    tables = {name: _Table.read(package, name) for name in TABLES}
    ids = {cell for table in tables.values() for cell in table.cells("id")}
    counts = dict.fromkeys(TABLES, 0)
    unchanged = []
    for source, text in texts.items():
        rows: list[tuple[str, Row]] = []
        known = tables["sources"].find("id", source)
        language = (known or {}).get("language") or _language(text)
        if known is None:
            known = _source(source, text, language)
            rows.append(("sources", known))
            ids.add(source)
        taken = [row["wording"] for name in ("figures", "events", "omitted") for row in tables[name].of(source)]
        rows += drafted(source, text, language, taken, ids, known.get("published", ""))
        for name, row in rows:
            tables[name].add(row)
            counts[name] += 1
        if not rows:
            unchanged.append(source)
    package.mkdir(parents=True, exist_ok=True)
    for table in tables.values():
        table.write()
    descriptor.write(package)
    return Made(counts, tuple(unchanged))


def _texts(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        raise TextsError(f"There is no folder {folder}. Put the texts there, one <source id>.txt for each source.")
    names = sorted(path.name for path in folder.iterdir() if not path.name.startswith(".") and path.is_file())
    wrong = [name for name in names if not (name.endswith(".txt") and _ID.fullmatch(name[:-4]))]
    if wrong:
        advice = "; ".join(f"{name}: name it {_slug(name)}.txt" for name in wrong)
        raise ScaffoldError(
            f"A text is named by the id of its source, in lower-case letters, digits and hyphens. {advice}."
        )
    if not names:
        raise ScaffoldError(f"{folder} holds no text. Put one there for each source, as publisher-2024-05-31.txt.")
    return {name[:-4]: read(folder / name) for name in names}


def _slug(name: str) -> str:
    stem = re.sub(r"(?:\.(?:txt|text|md))+$", "", name.lower())
    return re.sub(r"[^a-z0-9]+", "-", stem).strip("-") or "publisher-2024-05-31"


# --- what a text says of itself --------------------------------------------------------------------------------------


def _language(text: str) -> str:
    """English, Russian or Kazakh, by the letters."""
    letters = [letter for letter in text.lower() if letter.isalpha()]
    cyrillic = sum("а" <= letter <= "ӿ" for letter in letters)
    if cyrillic * 2 < len(letters):
        return "en"
    return "kk" if sum(letter in "әғқңөұүһі" for letter in letters) * 50 > cyrillic else "ru"


def _source(source: str, text: str, language: str) -> Row:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    title = lines[0] if lines and len(lines[0].split()) <= _TITLE_WORDS else ""
    day = re.search(r"(?:19|20)\d\d(?:-\d\d){0,2}$", source)
    dates = [
        found.date for found in numerals.scan("\n".join(lines[:4]), language) if found.date and len(found.date) == 10
    ]
    address = re.search(r"https?://[^\s<>\"')]+", text)
    return {
        "id": source,
        "layer": "core",
        "title": title,
        "published": day[0] if day and _is_day(day[0]) else next(iter(dates), ""),
        "url": address[0].rstrip(".,;") if address else "",
        "language": language,
        "read": "full",
        "status": DRAFT,
    }


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(f"{text}-01-01"[:10] if len(text) == 4 else f"{text}-01"[:10])
    except ValueError:
        return False
    return True


# --- tables that are added to -----------------------------------------------------------------------------------------


@dataclass
class _Table:
    """A CSV table as it stands, with rows to be added at its end."""

    path: Path
    before: bytes
    header: list[str]
    rows: list[Row]
    added: list[Row]
    widened: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, package: Path, name: str) -> _Table:
        path = package / f"{name}.csv"
        if not path.exists():
            return cls(path, b"", columns(name), [], [])
        before = path.read_bytes()
        try:
            reader = csv.DictReader(io.StringIO(before.decode("utf-8-sig"), newline=""), strict=True)
            rows = [{key: value or "" for key, value in row.items() if key} for row in reader]
        except (UnicodeDecodeError, csv.Error) as error:
            raise ScaffoldError(f"Could not read {path}: {error}. Save it as CSV UTF-8.") from None
        return cls(path, before, [column.strip() for column in reader.fieldnames or columns(name)], rows, [])

    def cells(self, column: str) -> list[str]:
        return [row.get(column, "").strip() for row in self.rows]

    def find(self, column: str, value: str) -> Row | None:
        return next((row for row in self.rows if row.get(column, "").strip() == value), None)

    def of(self, source: str) -> list[Row]:
        return [row for row in self.rows if row.get("source", "").strip() == source and row.get("wording")]

    def add(self, row: Row) -> None:
        for column in ("status", *(name for name, cell in row.items() if cell)):
            if column not in self.header:  # rows may leave out cells at their end, so none has to change
                self.header.append(column)
                self.widened.append(column)
        self.rows.append(row)
        self.added.append(row)

    def write(self) -> None:
        """Add the new rows at the end; of what stands there, only the header may gain a column."""
        if self.before and not self.added:
            return
        ending = "\r\n" if b"\r\n" in self.before else "\n"
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, self.header, restval="", extrasaction="ignore", lineterminator=ending)
        if not self.before:
            writer.writeheader()
        writer.writerows(self.added)
        before = self.before
        if self.widened:
            first, line_end, rest = before.partition(ending.encode())
            before = first + "".join(f",{column}" for column in self.widened).encode() + line_end + rest
        gap = b"" if not self.before or self.before.endswith(b"\n") else ending.encode()
        partial = self.path.with_name(f".{self.path.name}.partial")
        partial.write_bytes(before + gap + text.getvalue().encode())
        os.replace(partial, self.path)

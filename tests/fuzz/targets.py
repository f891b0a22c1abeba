"""What is fuzzed: each target takes any bytes and holds laws that no input may break.

`make fuzz` runs them under atheris, which grows inputs towards code that none has reached; `test_targets.py` runs every
input of `found/`, which once broke a law, and the seeds.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup
from export import payloads
from export.corpus import CASES
from packages import LIBRARIES, TEXTS

from helpers.markup import dialect, safe
from helpers.package import numerals, texts
from helpers.package.checks import PackageError
from helpers.package.ledger import EditionError, Ledger, load
from helpers.package.schema import TABLES

LANGUAGES = (*numerals.LANGUAGES, "pt")
HERE = Path(__file__).parent


def _language(data: bytes) -> tuple[str, str]:
    """The first byte chooses a language; the rest is a text."""
    return LANGUAGES[(data[:1] or b"\0")[0] % len(LANGUAGES)], data[1:].decode("utf-8", "replace")


# --- numerals -------------------------------------------------------------------------------------------------------


def numeral(data: bytes) -> None:
    """Numbers of a text: in order, apart, within it; no digit escapes; what is found can be read."""
    language, text = _language(data)
    found, at = numerals.scan(text, language), 0
    for one in found:
        assert at <= one.start < one.end <= len(text)
        at = one.end
        part = text[one.start : one.end]
        assert one.numeral is None or numerals.parse(part, language) is not None, part
    covered = {at for one in found for at in range(one.start, one.end)}
    missed = [sign for at, sign in enumerate(text) if at not in covered and sign in "0123456789"]
    assert not missed, missed
    read = numerals.parse(text, language)
    assert read is None or read.value_to is None or read.value < read.value_to


# --- the loader -----------------------------------------------------------------------------------------------------


@cache
def _package() -> Path:
    """A package in memory, one file of which is spoilt at a time."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="fuzz", dir=memory))
    return Path(shutil.copytree(LIBRARIES, folder / "package", ignore=shutil.ignore_patterns("texts")))


@cache
def _sound(table: str) -> tuple[bytes, list[list[str]]]:
    content = (LIBRARIES / f"{table}.csv").read_bytes()
    return content, list(csv.reader(io.StringIO(content.decode(), newline="")))


_NAMES = [name for name in TABLES if (LIBRARIES / f"{name}.csv").exists()]


def loader(data: bytes) -> None:
    """A package with a spoilt file or cell: it loads, or every fault is told in words, within bounds.

    The first byte chooses the table and whether a whole file or a cell is replaced; of a cell two more choose which.
    """
    table, cell = _NAMES[(data[:1] or b"\0")[0] % len(_NAMES)], (data[:1] or b"\0")[0] >= 128
    content, rows = _sound(table)
    spoilt = data[1:]
    if cell and len(data) > 3:
        rows = [list(row) for row in rows]
        row = rows[1 + data[1] % (len(rows) - 1)]
        row[data[2] % len(row)] = data[3:].decode("utf-8", "replace")
        file = io.StringIO(newline="")
        csv.writer(file).writerows(rows)
        spoilt = file.getvalue().encode()
    path = _package() / f"{table}.csv"
    path.write_bytes(spoilt)
    try:
        made = _loaded()
    finally:
        path.write_bytes(content)
    if isinstance(made, Ledger):
        assert set(made.intervals) == set(made.rows["figures"])
        assert all(one.low <= one.high for one in made.intervals.values())
    elif isinstance(made, PackageError):
        assert made.faults
        for fault in made.faults:
            assert fault.cause
            assert "\n" not in fault.cause
            assert not re.search(r"Traceback|File \"|<class|0x[0-9a-f]{8}", fault.cause), fault.cause
        assert len(str(made)) < 200 * len(made.faults) + 10 * len(spoilt) + 2_000
    else:
        assert str(made).rstrip()[-1] in ".:"


def _loaded() -> Ledger | PackageError | EditionError:
    try:
        return load(_package())
    except (PackageError, EditionError) as error:
        return error


# --- a text against a package ---------------------------------------------------------------------------------------


@cache
def _ledger() -> Ledger:
    return load(LIBRARIES)


def coverage(data: bytes) -> None:
    """A text against its rows: each number is covered or named, at its line, and a phrase of the text is found in
    it."""
    _, text = _language(data)
    folder = _package().parent / "texts"
    folder.mkdir(exist_ok=True)
    source = next(iter(_ledger().sources.index))
    try:
        (folder / f"{source}.txt").write_bytes(text.encode())
        found = texts.check(_ledger(), folder)
    except texts.TextsError:
        return
    read = texts.read(folder / f"{source}.txt")
    spans = numerals.find(read, _ledger().sources.loc[source, "language"])
    assert found.tokens == len(spans)
    assert len(found.uncovered) <= found.tokens
    lines = read.count("\n") + 1
    assert all(1 <= one.line <= lines for one in found.uncovered)
    # Whole words of the text, quoted as they stand, are found where they stand.
    words = [m for m in re.finditer(r"\S+", text) if m[0].isascii() and m[0].isalnum()]
    if len(words) > 1:
        first, last = words[0], words[min(len(words) - 1, 1)]
        quoted = text[first.start() : last.end()]
        if numerals.fold(quoted):
            assert any(start <= first.start() < end for start, end in texts.places(quoted, text)) or not _plain(text)


def _plain(text: str) -> bool:
    """Whether nothing in a text is levelled before it is compared."""
    return text.isascii() and text.isprintable()


# --- Markdown and HTML ----------------------------------------------------------------------------------------------

_SCHEMES = re.compile(r"#|https?://|mailto:", re.IGNORECASE)


def markdown(data: bytes) -> None:
    """Markdown and foreign HTML: written in every form, and in a page nothing that acts, also when it is read again."""
    text = data.decode("utf-8", "replace")
    page = dialect.to_html(text)
    _harmless(page)
    code = re.sub(r'"(?:\\.|[^"\\])*"', "", dialect.to_typst(text), flags=re.DOTALL)
    assert re.fullmatch(r"[\w\s#%(),.:;\[\]-]*", code), code
    assert set(re.findall(r"[^\W\d][\w-]*", code)) <= _written(), code
    dialect.plain(text)
    cleaned = safe.clean(text)
    _harmless(cleaned)
    assert safe.clean(cleaned) == cleaned
    assert _shown(dialect.plain(dialect.escape(text))) == _shown(text)


def _shown(text: str) -> str:
    """A text without spaces and control characters."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\ufffd]+", "", text)


@cache
def _written() -> set[str]:
    """The words of the modules that write Typst: no other may stand there as code."""
    sources = Path(dialect.__file__).parent.glob("*.py")
    return {"true", "false"} | set(
        re.findall(r"[^\W\d][\w-]*", " ".join(path.read_text(encoding="utf-8") for path in sources))
    )


def _harmless(page: str) -> None:
    for tag in BeautifulSoup(page, "html.parser").find_all():
        assert tag.name in {name.lower() for name in safe.ALLOWED}, tag
        for name, value in tag.attrs.items():
            assert not name.lower().startswith("on"), tag
            if name in ("href", "xlink:href"):
                assert _SCHEMES.match(value), tag
            if name == "src":
                assert value.startswith("data:image/"), tag


# --- seeds ----------------------------------------------------------------------------------------------------------

TARGETS: dict[str, Callable[[bytes], None]] = {
    "numeral": numeral,
    "loader": loader,
    "coverage": coverage,
    "markdown": markdown,
}


def seeds(target: str) -> Iterator[bytes]:
    """Sound and hostile inputs to begin with, and what once broke a law."""
    yield from (path.read_bytes() for path in sorted((HERE / "found").glob(f"{target}-*")))
    if target == "loader":
        for at, table in enumerate(_NAMES):
            yield bytes([at]) + _sound(table)[0]
            cell = next(n for n in range(128, 256) if n % len(_NAMES) == at)
            for value in (
                b"2023-02-30",
                b"1e999999999",
                b"9" * 400,
                b"=1+1",
                "\u202e\u0000".encode(),
                b'a,b\n"c',
                b"12%",
            ):
                yield from (bytes([cell, 1, column]) + value for column in range(0, 20, 3))
    elif target == "markdown":
        yield from (text.encode() for text in (*payloads.HTML, *payloads.MARKDOWN))
        yield from (one.source.encode() for case in CASES for one in case.cells if one.cell_type == "markdown")
    else:
        table = (HERE.parents[1] / "docs" / "numbers.md").read_text(encoding="utf-8")
        forms = re.findall(r"`([^`]+)`", table)
        for at in range(len(LANGUAGES)):
            yield from (bytes([at]) + form.encode() for form in forms)
        yield from (bytes([0]) + path.read_bytes() for path in sorted(TEXTS.glob("*.txt")))

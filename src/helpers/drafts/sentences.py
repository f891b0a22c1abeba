"""A draft of one's own as sentences: read from Markdown, plain text, HTML or a Word document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import bs4
import mammoth

from helpers.markup import dialect as markup

READABLE = (".md", ".txt", ".html", ".htm", ".docx")
MOST_BYTES = 20_000_000

_BLOCKS = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "blockquote", "figcaption", "caption", "dd", "dt")
# A full stop after these ends no sentence.
_SHORT = (
    r"(?:\b(?:Nov|Oct|Sept?|Aug|Jul|Jun|Apr|Mar|Feb|Jan|Dec|No|pp?|Mr|Mrs|Ms|Dr|Prof|vs|approx|St|Art"
    r"|тыс|млн|млрд|гг?|ст)|\b[A-ZА-Я])\.$"
)
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ0-9])")


class DraftError(ValueError):
    """A draft that cannot be read."""


@dataclass(frozen=True)
class Sentence:
    """One sentence of a draft.

    Attributes
    ----------
    text
        Its words on one line.
    paragraph
        The paragraph, list item, heading or cell it stands in.
    place
        Number of that paragraph in the draft, from 1.
    """

    text: str
    paragraph: str
    place: int


def sentences(path: Path) -> list[Sentence]:
    """The sentences of a draft in order.

    Raises
    ------
    DraftError
        If there is no such file, it is of a kind that cannot be read, too large, or holds no text.
    """
    found = [
        Sentence(text, paragraph, place)
        for place, paragraph in enumerate(_paragraphs(path), start=1)
        for text in _split(paragraph)
    ]
    if not found:
        raise DraftError(f"The draft {path} holds no text, so nothing could be checked.")
    return found


def language(found: list[Sentence]) -> str:
    """The language whose rules the numbers of a draft are read by: "en", "ru" or "kk", from its letters."""
    text = "".join(sentence.text for sentence in found).lower()
    if sum(text.count(letter) for letter in "әғқңөұүһі") > len(text) / 200:
        return "kk"
    return "ru" if len(re.findall(r"[а-яё]", text)) > len(text) / 4 else "en"


def _paragraphs(path: Path) -> Iterator[str]:
    if not path.is_file():
        raise DraftError(f"Could not read the draft: there is no file {path}. Name a file with DRAFT=.")
    kind = path.suffix.lower()
    if kind not in READABLE:
        raise DraftError(f"Could not read the draft {path}: a file ending in {', '.join(READABLE)} is needed.")
    if path.stat().st_size > MOST_BYTES:
        raise DraftError(f"Could not read the draft {path}: it is larger than {MOST_BYTES // 1_000_000} MB.")
    if kind == ".docx":
        yield from _of_html(_word(path))
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DraftError(
            f"Could not read the draft {path}: byte {error.start} is not UTF-8; save it as UTF-8."
        ) from None
    if kind in (".html", ".htm"):
        yield from _of_html(text)
    elif kind == ".md":
        yield from markup.plain(text).splitlines()
    else:
        yield from (" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip())


def _word(path: Path) -> str:
    with path.open("rb") as file:
        try:
            return mammoth.convert_to_html(file).value
        except Exception as error:  # whatever a damaged archive makes its parsers raise
            raise DraftError(f"Could not read the draft {path} as a Word document: {error}") from None


def _of_html(html: str) -> Iterator[str]:
    tree = bs4.BeautifulSoup(html, "html.parser")
    for unseen in tree(["script", "style", "head", "title", "template"]):
        unseen.decompose()
    for comment in tree.find_all(string=lambda text: isinstance(text, bs4.element.PreformattedString)):
        comment.extract()
    for line_break in tree("br"):
        line_break.replace_with(" ")
    # Text belongs to the innermost block it stands in; what stands before and after an inner block are two paragraphs.
    of: bs4.Tag | None = None
    parts: list[str] = []
    for text in tree.find_all(string=True):
        block = next((parent for parent in text.parents if parent.name in _BLOCKS), None)
        if block is not of:
            yield from _line(parts)
            of, parts = block, []
        parts.append(str(text))
    yield from _line(parts)


def _line(parts: list[str]) -> Iterator[str]:
    if line := " ".join("".join(parts).split()):
        yield line


def _split(paragraph: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(paragraph):
        before = paragraph[start : end.end()].rstrip()
        if re.search(_SHORT, before):
            continue
        yield before
        start = end.end()
    if rest := paragraph[start:].strip():
        yield rest

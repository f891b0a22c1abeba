"""The Markdown that texts are made of: blocks that show themselves, links, marks, quoted words, tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from helpers.markup import dialect as markup
from helpers.words.numbers import LANGUAGE, day

# What a sentence can be certain of, one label to each finding; and the marks of official statistics.
LABELS = {
    "reported": "[reported]{.label-reported}",
    "worked-out": "[worked out]{.label-worked}",
    "depends": "[depends on an assumption]{.label-reading}",
    "b": "[\\[b\\]]{.mark}",
    "e": "[\\[e\\]]{.mark}",
    "x": "[\\[x\\]]{.mark}",
}


@dataclass(frozen=True)
class Text:
    """A block of Markdown that shows itself in a notebook as it will be exported."""

    markdown: str
    role: str = ""

    def __bool__(self) -> bool:
        return bool(self.markdown)

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        html = markup.to_html(self.markdown)
        if self.role:
            html = f'<div class="{self.role}">{html}</div>'
        data = {"text/markdown": self.markdown, "text/html": html, "text/plain": markup.plain(self.markdown)}
        return data, {"text/markdown": {"role": self.role}}


def link(text: str, target: str, *, raw: bool = False) -> str:
    """A link to evidence; plain text without a target."""
    text = text if raw else markup.escape(text)
    return f"[{text}]({target})" if target else text


def escaped(text: str) -> str:
    """A text of the package as part of a template."""
    return markup.escape(text).replace("{", "{{").replace("}", "}}")


def mark(symbol: str) -> str:
    """A break, estimate or missing mark, set small."""
    return f"[{markup.escape(symbol)}]{{.mark}}"


def words(phrase: str, language: str) -> str:
    """A quoted phrase, marked with its language where that is not the document's."""
    attributes = ".words" + ("" if language == LANGUAGE else f" lang={language}")
    return f"[“{markup.escape(phrase)}”]{{{attributes}}}"


def reference(source: Any) -> str:
    """A source in one line: title, publisher, date; of another language, no title. The evidence has its address."""
    said = f"{source.publisher}, {day(source.published)}"
    return f"{source.title}. {said}" if source.language == LANGUAGE else said


def table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table with a caption. Cells are Markdown already; only the cell separator is escaped.

    A row of one cell is the heading of the rows below it.
    """
    lines = [f"Table: {caption}", ""] if caption else []
    lines.append("| " + " | ".join(header) + " |")
    lines.append("|" + " --- |" * len(header))
    for row in rows:
        cells = [cell.replace("|", "\\|").replace("\n", " ") for cell in row]
        if len(cells) == 1 < len(header):
            cells = [f"**{cells[0].replace('**', '')}**"]  # bold as a whole, whatever of it was
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)

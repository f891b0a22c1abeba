"""What both exporters read in an executed notebook: its metadata, outputs and outline; and their own few words.

The role of a text block (`say(..., role="points")`) tells how it looks. On a page and on paper:

============  ========================================================================================================
standfirst    One or two sentences in large type under the title: what was found. No statuses.
edition       One small line above the title: as of when, in which edition.
points        A list, the answer of each in bold: `- **Nearly four times** as many ... [worked out]{.label-worked}`.
supported     A list with ticks under a heading of its own (`### Supported by the sources`).
unsupported   The same with crosses. Points, supported and unsupported that follow one another stand side by side.
note          One or two sentences in the margin, beside the block before it: a condition, a definition, a source.
example       A worked example on a tinted ground: `### By hand`, then a line a step, the result in bold.
questions     What to ask, a numbered list: `1. **The question?** What each answer would settle.`
annex         Small type across the full measure: method, series, what was left out.
evidence      A block that begins with a heading is folded under it on the page; in two small columns on paper.
colophon      The smallest type: publisher, how to cite, licences, corrections.
wide          A table or text that needs the margin as well as the column.
============  ========================================================================================================

The standfirst, the edition and the first chart, where they directly follow the title, and the points with what stands
beside them, make the first screen. In a text, `[“...”]{.words lang=kk}` is a quotation and `[...]{.ours}` our English
of it, `[...]{.about}` what else is to be known of an entry of the evidence; `[reported]{.label-reported}`,
`.label-worked` and `.label-reading` are the statuses reported, worked out, depends on an assumption; `.caveat` is what
the marks of a table mean, on a line of its own under the caption. Charts are numbered in the order they come;
`[Figure](#c-id)` gets the number of the chart of that id.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from traitlets.config import Config

if TYPE_CHECKING:
    # A kernel that only leaves its outputs here does without nbformat, which takes long to load.
    from nbformat import NotebookNode

# Roles a text block may take; the style sheet and the Typst template know each by this name.
ROLES = (
    "standfirst",
    "edition",
    "points",
    "supported",
    "unsupported",
    "note",
    "example",
    "questions",
    "annex",
    "evidence",
    "colophon",
    "wide",
)
# Where a cell keeps its place in the notebook while others are taken out.
NUMBER = "helpers_cell"
# Outputs whose MIME type begins so are for machines (findings, data): nobody is shown them.
MACHINE = "application/vnd.briefing."

_ENGLISH = {
    "skip": "Skip to the text",
    "contents": "Contents",
    "top": "Back to the top",
    "page": "p.",
    "of": "of",
    "version": "version",
    "error": "This cell failed",
    "unknown": "An output of a kind that cannot be shown here: {kind}",
    "lost": "Left out here: {kind}",
    "letters": "Letters of this passage that the fonts of this document do not have, shown as □: {letters}",
    "picture": "Picture without a description",
    "table": "Table",
    "here": "Link to this passage",
    "figure": "Figure",
    "data": "The figures of this edition, with the values each stands for (CSV)",
    "data-short": "The figures as a file",
}
WORDS: dict[str, dict[str, str]] = {
    "en": _ENGLISH,
    "ru": {
        "skip": "Перейти к тексту",
        "contents": "Содержание",
        "top": "К началу",
        "page": "с.",
        "of": "из",
        "version": "версия",
        "error": "Ячейка завершилась ошибкой",
        "unknown": "Вывод такого вида здесь показать нельзя: {kind}",
        "lost": "Здесь опущено: {kind}",
        "letters": "Знаки этого отрывка, которых нет в шрифтах документа (показаны как □): {letters}",
        "picture": "Изображение без описания",
        "table": "Таблица",
        "here": "Ссылка на этот отрывок",
        "figure": "Рисунок",
        "data": "Показатели этого выпуска и значения, которые стоят за каждым (CSV)",
        "data-short": "Показатели файлом",
    },
    "kk": {
        "skip": "Мәтінге өту",
        "contents": "Мазмұны",
        "top": "Басына оралу",
        "page": "б.",
        "of": "/",
        "version": "нұсқа",
        "error": "Ұяшық қатемен аяқталды",
        "unknown": "Мұндай түрдегі нәтижені көрсету мүмкін емес: {kind}",
        "lost": "Мұнда түсіріліп қалды: {kind}",
        "letters": "Осы үзіндінің құжат қаріптерінде жоқ таңбалары (□ түрінде көрсетілген): {letters}",
        "picture": "Сипаттамасы жоқ сурет",
        "table": "Кесте",
        "here": "Осы үзіндіге сілтеме",
        "figure": "Сурет",
        "data": "Осы басылымның көрсеткіштері және әрқайсысының ықтимал мәндері (CSV)",
        "data-short": "Көрсеткіштер файлы",
    },
}


@dataclass(frozen=True)
class About:
    """What a document says about itself, from `metadata.briefing` of the notebook.

    Parameters
    ----------
    title
        Empty if the notebook names none: the first heading is the title then.
    language
        BCP 47 tag, "en" if the notebook names none.
    description
        One sentence, may be empty.
    date
        The day the document speaks of, or None. Never the clock.
    version
        Of what it is made from and with, for the foot of every page. May be empty.
    drop_empty
        Whether headings under which nothing stands are left out, as an edition needs that leaves out what it has no
        figures for. A notebook of one's own keeps them.
    """

    title: str = ""
    language: str = "en"
    description: str = ""
    date: date | None = None
    version: str = ""
    drop_empty: bool = False

    @classmethod
    def of(cls, notebook: NotebookNode) -> About:
        """Read the metadata, which `check` has found sound."""
        given = notebook.metadata.get("briefing", {})
        return cls(
            str(given.get("title") or ""),
            str(given.get("language") or "en"),
            str(given.get("description") or ""),
            date.fromisoformat(given["date"]) if given.get("date") else None,
            str(given.get("version") or ""),
            given.get("empty_sections") == "left out",
        )

    @property
    def words(self) -> dict[str, str]:
        """The exporters' own words, in the document's language where it is known."""
        return WORDS.get(self.language.split("-")[0].lower(), _ENGLISH)


def preprocessing() -> Config:
    """nbconvert's settings for both exporters: set-up cells leave no trace, and some outputs are for JupyterLab alone.

    A new one each time, since nbconvert merges what is asked for on the command line into it.
    """
    tags = {"enabled": True, "remove_cell_tags": {"remove-cell"}, "remove_all_outputs_tags": {"remove-output"}}
    return Config({"TagRemovePreprocessor": tags})


def about(output: NotebookNode, kind: str) -> dict[str, Any]:
    """What an output's metadata says about its form of one MIME type."""
    given = output.get("metadata", {}).get(kind, {})
    return given if isinstance(given, dict) else {}


def outputs(notebook: NotebookNode) -> Iterator[NotebookNode]:
    """Every output, in order."""
    for cell in notebook.cells:
        yield from cell.get("outputs", [])


def items(notebook: NotebookNode) -> Iterator[tuple[NotebookNode, NotebookNode | None]]:
    """Each thing a reader sees, in order: a Markdown or raw cell with None, or a code cell with one of its outputs."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            for output in cell.get("outputs", []):
                if not any(kind.startswith(MACHINE) for kind in output.get("data", {})):
                    yield cell, output
        elif cell.source.strip():
            yield cell, None


def is_prose(cell: NotebookNode, output: NotebookNode | None) -> bool:
    """Whether this is text or a table of the author's, and not a drawing, a printout or the evidence."""
    if output is None:
        return cell.cell_type == "markdown"
    data = output.get("data", {})
    return "text/markdown" in data and "image/svg+xml" not in data and role(output) != "evidence"


def role(output: NotebookNode) -> str:
    """The role that an output's metadata gives to its text, or the empty string."""
    given = about(output, "text/markdown").get("role", "")
    return given if given in ROLES else ""


def description(kind: str, cell: NotebookNode, output: NotebookNode) -> str:
    """The alt text that someone wrote for a picture: in the output's metadata, or the cell's. May be empty."""
    places = (about(output, kind), output.get("metadata", {}), cell.get("metadata", {}))
    return next((str(place["alt"]) for place in places if place.get("alt")), "")


def text(output: NotebookNode) -> str | None:
    """What an output says in plain text: a stream, an error, or the last resort of a display. None if nothing."""
    if output.output_type == "stream":
        return _bare(output.text)
    if output.output_type == "error":
        return _bare("\n".join(output.traceback) or f"{output.ename}: {output.evalue}")
    for kind, data in output.data.items():
        if kind == "application/json" or kind.endswith("+json"):
            continue
        if kind.startswith("text/") and kind not in ("text/html", "text/markdown"):
            return _bare(joined(data))
    if "application/json" in output.data:
        return json.dumps(output.data["application/json"], ensure_ascii=False, indent=1)
    return None


def name(resources: dict[str, Any]) -> str:
    """The notebook's file name without its suffix, a title of last resort."""
    return str(resources.get("metadata", {}).get("name") or "Notebook")


def joined(data: Any) -> str:
    """The data of one kind as text; notebooks may store it as a list of lines."""
    return "".join(data) if isinstance(data, list) else str(data)


# Of a terminal: links and titles, colours and cursor moves, and whatever else begins with an escape.
_ESCAPES = re.compile(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[()#].|\x1b[@-Z\\^_]|\x1b")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def _bare(text: str) -> str:
    """Text without the codes of a terminal; of a line redrawn with carriage returns only the last state."""
    lines = _CONTROL.sub("", _ESCAPES.sub("", text)).replace("\r\n", "\n").split("\n")
    return "\n".join(line.rstrip("\r").rsplit("\r", 1)[-1] for line in lines).rstrip()

"""An executed notebook as one tagged PDF (PDF/UA-1), set by Typst."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any

import typst
from babel import UnknownLocaleError
from babel.dates import format_date
from nbformat import NotebookNode
from traitlets import Bool, default

from helpers.export import document, fonts, reuse
from helpers.export.base import BriefingExporter, Prepared
from helpers.export.losses import ExportError
from helpers.markup import typst as markup
from helpers.markup.literal import data, literal
from helpers.markup.tokens import Token, walk

_NO_DAY = date(1970, 1, 1)  # of a document without a date: the same bytes whenever it is made


class BriefingPDF(BriefingExporter):
    """nbconvert's `briefing-pdf`."""

    export_from_notebook = "Briefing (PDF)"
    output_mimetype = "application/pdf"

    machine_fonts = Bool(True, help="Set letters that the packages' fonts lack in fonts of this machine.").tag(
        config=True
    )

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]  # nbconvert promises a notebook; its own exporters give text too
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """Convert a notebook.

        Raises
        ------
        helpers.export.losses.ExportError
            If the notebook's metadata cannot be read, if it was never run, if the compiler refuses it, or, with
            `strict`, if anything is lost.
        """
        return self.written(self.prepare(nb, resources, **kw))

    def written(self, prepared: Prepared) -> tuple[bytes, dict[str, Any]]:
        """A prepared notebook as a PDF, with a notice of each letter it cannot show; raises as `from_notebook_node`."""
        known = self._spell(prepared, self.machine_fonts)
        try:
            pdf = self._compiled(prepared, known)
        except typst.TypstError as error:
            # Typst names no place. At fault can be a font of the machine or a picture, for text goes in as text.
            without = bool(known.more)
            known = self._spell(prepared, False) if without else known
            if not self._drop_pictures(prepared, known) and not without:
                raise ExportError(f"The PDF could not be set; the HTML can be. The compiler says: {error}") from None
            pdf = self._compiled(prepared, known)
        self.report(prepared)
        return pdf, prepared.resources

    def source(self, nb: NotebookNode, resources: dict[str, Any] | None = None) -> str:
        """The Typst source of a notebook, pictures included."""
        return _source(self.prepare(nb, resources), fonts.Fonts())

    def _compiled(self, prepared: Prepared, known: fonts.Fonts) -> bytes:
        about = prepared.about
        pdf, warnings = _compile(_source(prepared, known), known, about.date or _NO_DAY)
        for warning in warnings:
            self.log.warning("Typst: %s", warning.message)
        return pdf

    def _spell(self, prepared: Prepared, of_machine: bool) -> fonts.Fonts:
        """Find fonts for every letter, and say behind each block which of its letters none has; these show as boxes."""
        about, losses = prepared.about, prepared.losses
        # Of an attempt before this one nothing stays.
        losses.found[:] = [loss for loss in losses.found if loss.kind != "letters"]
        tokens = [token for token in prepared.tokens if not token.get("of_letters")]
        titled = about.title or document.name(prepared.resources)
        wanted = [fonts.missing(markup.write([token])) for token in tokens]
        known = fonts.Fonts()
        if of_machine:
            known = fonts.of_machine("".join(fonts.missing(titled).union(*wanted)))
        settled: list[Token] = []
        for token, letters_of in zip(tokens, wanted, strict=True):
            settled.append(token)
            if lost := known.missing("".join(letters_of)):
                letters = fonts.named(lost)
                losses.add(token.get("cell", 0), "letters", f"no font of the PDF has {letters}")
                said = about.words["letters"].format(letters=letters)
                settled.append({"type": "notice", "text": said, "attrs": {"what": letters}, "of_letters": True})
        if lost := known.missing(titled):
            losses.add(0, "letters", f"no font of the PDF has {fonts.named(lost)} of the title")
        prepared.tokens[:] = settled
        return known

    def _drop_pictures(self, prepared: Prepared, known: fonts.Fonts) -> bool:
        """Put a notice in place of each picture that the compiler refuses; whether there was one."""
        dropped = False
        for token in [one for one in walk(prepared.tokens) if one["type"] in ("picture", "image", "chart")]:
            try:
                source = known.replaced(markup.write([token]))
                _compile(f'{_vocabulary()}\n#set document(title: "x")\n{source}', known)
            except typst.TypstError:
                prepared.losses.add(token.get("cell", 0), "picture", "the PDF's compiler cannot read it")
                what = token["attrs"].get("alt") or prepared.about.words["picture"]
                said = prepared.about.words["lost"].replace("{kind}", what)
                token.clear()
                token.update(type="notice", text=said, attrs={"what": "picture"})
                dropped = True
        return dropped


def _compile(source: str, known: fonts.Fonts, day: date = _NO_DAY) -> tuple[bytes, list[Any]]:
    with known.folders() as folders:
        # Its types take the folders for paths of the same type as the source, which is bytes.
        return typst.compile_with_warnings(  # type: ignore[misc]
            source.encode("utf-8", "replace"),
            font_paths=folders,
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )


def _vocabulary() -> str:
    return files("helpers.export").joinpath("template.typ").read_text(encoding="utf-8")


def _source(prepared: Prepared, known: fonts.Fonts) -> str:
    about, words = prepared.about, prepared.about.words
    body = markup.write(prepared.tokens)
    title = next((heading.text for heading in prepared.headings if heading.level == 1), "")
    shown = about.title or title or document.name(prepared.resources)
    if not title:
        body = f'#section(level: 1, id: "top")[#{literal(shown)};]\n\n{body}'
    day = about.date
    date = f"datetime(year: {day.year}, month: {day.month}, day: {day.day})" if day else "none"
    head = (
        f"#show: briefing.with(title: {literal(shown)}, language: {literal(about.language)}, "
        f"description: {data(about.description)}, date: {date}, edition: {literal(_edition(about))}, "
        f"of-word: {literal(words['of'])})\n#page-word.update({literal(words['page'])})\n"
    )
    shown_as = known.replaced(f"{head}\n{body}")
    return f"{_vocabulary()}\n{_attached(prepared.notebook, words)}\n{shown_as}"


def _edition(about: document.About) -> str:
    """The date and the version for the foot of a page."""
    version = f"{about.words['version']} {about.version}" if about.version else ""
    return " · ".join(filter(None, (_day(about), version)))


def _day(about: document.About) -> str:
    """The date as the language writes it."""
    if not about.date:
        return ""
    try:
        # The briefings write British dates, as their sources do.
        return format_date(about.date, "long", {"en": "en_GB"}.get(about.language, about.language.replace("-", "_")))
    except UnknownLocaleError:
        return about.date.isoformat()


def _attached(notebook: NotebookNode, words: dict[str, str]) -> str:
    """The figures as a file inside the PDF, if the notebook leaves them."""
    if not (taken := reuse.of(notebook)):
        return ""
    return (
        f'#pdf.attach({literal(taken["name"])}, bytes({literal(taken["csv"])}), relationship: "data", '
        f'mime-type: "text/csv", description: {data(words["data"])})'
    )

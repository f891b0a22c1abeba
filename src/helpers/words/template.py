"""Sentences and tables whose numbers are looked up, written as a language writes them, and linked to their evidence.

A template is English prose with placeholders: `{brought-after}` is the figure as printed, `{rise}` the range of a
number worked out under that name, `{reform}` the date of an event. A text that needs a figure which the edition does
not hold is left out whole; a placeholder that no edition holds is an error.
"""

from __future__ import annotations

import difflib
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from IPython.display import display

from helpers.figures.kind import KINDS
from helpers.figures.quantity import Quantity
from helpers.markup import dialect as markup
from helpers.package.ledger import Ledger
from helpers.reason.compare import BREAK, ESTIMATE
from helpers.words.blocks import LABELS, Text, link, mark, table, words
from helpers.words.forms import EVENT_FORMS, FIGURE_FORMS, FORMS, SOURCE_FORMS, ProseError, check_form, ranged, written
from helpers.words.numbers import capital, day, period, printed

NOT_KNOWN = "not known"


class _Missing(Exception):
    """A figure that this edition does not hold."""


@dataclass
class Writer:
    """Writes about one edition of a ledger, and keeps the numbers worked out on the way.

    Attributes
    ----------
    ledger
        The edition.
    worked
        Quantities by name. Writing one again under its name replaces it, so that a cell can be run again.
    labels
        What each worked-out number is, in words, for the evidence.
    used
        Ids of figures, events, sources and worked-out numbers that a text has used.
    """

    ledger: Ledger
    worked: dict[str, Quantity] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def work(self, name: str, quantity: Quantity, label: str, *marks: str) -> Quantity:
        """Keep a worked-out number under a name, by which templates can use it.

        Parameters
        ----------
        label
            What it is, in words for the evidence: a template.

        Raises
        ------
        ProseError
            If a figure, event or source has that id already, or the label cannot be filled.
        """
        if name in self.ledger.known:
            raise ProseError(f"Could not keep `{name}`: a figure, event or source has that id already.")
        if name in LABELS:
            raise ProseError(f"Could not keep `{name}`: a label or mark has that name already.")
        self.worked[name] = quantity.named(name, "", *marks)
        used = set(self.used)
        self.labels[name] = self.plain(label)
        self.used &= used  # a label is shown only where its number is
        if quantity.interval is not None and not self.labels[name]:
            raise ProseError(f"Could not keep `{name}`: its label “{label}” needs a figure that this edition lacks.")
        return self.worked[name]

    def line(self, template: str, /, **values: Quantity | str | date | Text) -> str:
        """Fill a template; "" where the edition lacks something it needs. Marks of numbers are not printed.

        Raises
        ------
        ProseError
            For a placeholder that no edition can fill, with the nearest id there is.
        """
        return self._filled(template, values)

    def plain(self, template: str, /, **values: Any) -> str:
        """A template filled, without links: for the labels of a chart."""
        return markup.plain(self.line(template, **values))

    def first(self, templates: str | Sequence[str], /, **values: Any) -> str:
        """The first of several templates that this edition can fill; all are checked."""
        told = [templates] if isinstance(templates, str) else templates
        lines = [self.line(template, **values) for template in told]
        return next(filter(None, lines), "")

    def _filled(self, template: str, values: dict[str, Any], marks: set[str] | None = None) -> str:
        """A template filled; the marks of its worked-out numbers join those given."""
        try:
            parts = []
            for literal, name, spec, _ in string.Formatter().parse(template):
                parts.append(literal)
                if name is not None:
                    parts.append(self._fill(name, spec or "", values, marks))
            return "".join(parts)
        except _Missing:
            return ""

    def measure_label(self, figure: str) -> str:
        """What a figure counts, as a label."""
        return capital(self._measure(self.ledger.rows["figures"][figure]).label)

    def _measure(self, figure: Any) -> Any:
        return self.ledger.rows["measures"][figure.measure]

    def say(self, *templates: str, role: str = "", **values: Quantity | str | date | Text) -> None:
        """Show a paragraph: the first of the templates that this edition has the figures for."""
        text = Text(self.first(templates, **values), role)
        if text:
            display(text)

    def points(
        self,
        *templates: str | Sequence[str],
        role: str = "points",
        title: str = "",
        **values: Quantity | str | date | Text,
    ) -> None:
        """Show a list, under a title of its own if it has one; questions are numbered.

        A point may be several templates, of which the first is told that this edition can fill; a point that it cannot
        fill at all is left out.
        """
        lines = [line for line in (self.first(template, **values) for template in templates) if line]
        if lines:
            heading = f"### {self.line(title)}\n\n" if title else ""
            signs = [f"{nth}." for nth in range(1, len(lines) + 1)] if role == "questions" else ["-"] * len(lines)
            listed = "\n".join(f"{sign} {line}" for sign, line in zip(signs, lines, strict=True))
            display(Text(heading + listed, role))

    def table(
        self, caption: str, header: Sequence[str], rows: Iterable[Sequence[str | Sequence[str]]], role: str = ""
    ) -> None:
        """Show a table of templates, if this edition can fill its caption.

        A cell may be several templates, of which the first is told that this edition can fill; one that it cannot fill
        reads "not known", or, at the start of a row or where no other is filled, drops the row. A row of one cell is a
        heading for those below it, dropped with them. A cell whose numbers compare across the break or rest on an
        assumption carries `[b]` or `[e]`, which the caption explains; where every row would, the caption alone says so.
        """
        if not self.line(caption):
            return
        filled = [[self._marked(cell) for cell in row] for row in rows]
        kept = [
            [row[0], *(cell if cell[0] else (NOT_KNOWN, set()) for cell in row[1:])]
            for row in filled
            if row[0][0] and (len(row) == 1 or any(text for text, _ in row[1:]))
        ]
        kept = [row for row, below in zip(kept, [*kept[1:], []], strict=False) if len(row) > 1 or len(below) > 1]
        if not kept:
            return
        by_row = [set[str]().union(*(marks for _, marks in row)) for row in kept if len(row) > 1]
        every = set.intersection(*by_row)
        some = set.union(*by_row) - every
        meanings = [self.meaning(every, "every row compares before and after", "every row rests on an assumption")]
        meanings += [f"{markup.escape(each)} {self.meaning({each})}" for each in sorted(some)]
        note = " ".join(f"{capital(each)}." for each in meanings if each)
        note = f" [{note}]{{.caveat}}" if note else ""
        cells = [[text + "".join(map(mark, sorted(marks & some))) for text, marks in row] for row in kept]
        display(Text(table(self.line(caption) + note, [self.line(cell) for cell in header], cells), role))

    def _marked(self, templates: str | Sequence[str]) -> tuple[str, set[str]]:
        """The first of a cell's templates that this edition can fill, and the marks of its numbers; all are checked."""
        told = [templates] if isinstance(templates, str) else templates
        filled = [(self._filled(template, {}, marks), marks) for template in told for marks in [set[str]()]]
        return next((each for each in filled if each[0]), ("", set()))

    def meaning(
        self, marks: Iterable[str], crosses: str = "compares before and after", rests: str = "rests on an assumption"
    ) -> str:
        """What the marks of a number mean, in words; a fragment, "" for none."""
        said = []
        if BREAK in marks and self.ledger.break_date:
            said.append(f"{crosses} {day(self.ledger.break_date)}, when what is recorded changed")
        if ESTIMATE in marks:
            said.append(rests)
        return "; ".join(said)

    def show(self, chart: Any) -> None:
        """Show a chart, if this edition has one."""
        if chart is not None:
            display(chart)

    def cite(self, sources: Iterable[str]) -> Text:
        """The sources named, each once, as links that carry the full reference."""
        rows, sources = self.ledger.rows["sources"], list(sources)
        self.used.update(sources)
        return Text("; ".join(self._source(name, rows[name], "") for name in dict.fromkeys(sources)))

    def _fill(self, name: str, spec: str, values: dict[str, Any], marks: set[str] | None) -> str:
        ledger = self.ledger
        self.used.add(name)
        if name in values:
            return self._value(name, values[name], spec, marks)
        if name in LABELS:
            return LABELS[name]
        if name in self.worked:
            return self._value(name, self.worked[name], spec, marks)
        for table_, fill in (("figures", self._figure), ("events", self._event), ("sources", self._source)):
            if name in ledger.rows[table_]:
                return fill(name, ledger.rows[table_][name], spec)
        answers = self._answers(name)
        if answers is not None:
            check_form(name, spec, answers or (spec,))
            if not answers:
                raise _Missing(name)
            return markup.escape(answers[spec])
        if name in ledger.known:
            raise _Missing(name)
        close = difflib.get_close_matches(name, [*values, *self.worked, *ledger.known], 1)
        hint = f" Did you mean `{close[0]}`?" if close else ""
        raise ProseError(f"Could not fill `{{{name}}}`: it is no figure, event, source or worked-out number.{hint}")

    def _answers(self, question: str) -> dict[str, str] | None:
        """The answers to an open question by their short names; empty if not asked in this edition, None if in none."""
        found = {row.reading: row.label for row in self.ledger.rows["readings"] if row.question == question}
        return found or ({} if question in self.ledger.questions else None)

    def _value(self, name: str, value: Any, spec: str, marks: set[str] | None) -> str:
        if not isinstance(value, Quantity):
            if spec:
                raise ProseError(f"Could not fill `{{{name}:{spec}}}`: a value given with a text has no forms.")
            if isinstance(value, Text):
                return value.markdown
            return day(value) if isinstance(value, date) else markup.escape(str(value))
        check_form(name, spec, FORMS)
        if value.interval is None:
            raise _Missing(name)
        target = f"#w-{value.name}" if value.name else f"#f-{value.inputs[0]}" if len(value.inputs) == 1 else ""
        if spec == "needed":  # prints nothing, as of a figure
            return ""
        if marks is not None:
            marks.update(value.marks)
        return link(written(name, value, spec), target)

    def _figure(self, name: str, row: Any, spec: str) -> str:
        check_form(name, spec, FIGURE_FORMS)
        source = self.ledger.rows["sources"][row.source]
        target = f"#f-{name}"
        if spec == "":
            return link(printed(row, source.language), target)
        if spec == "needed":  # prints nothing: a text that speaks of the figure goes where the figure goes
            return ""
        if spec == "cap":
            return link(capital(printed(row, source.language)), target)
        if spec == "number":
            return link(printed(row.model_copy(update={"qualifier": ""}), source.language), target)
        if spec in ("interval", "size", "low", "high"):
            kind = KINDS[row.kind]
            interval = kind.shown(self.ledger.intervals[name])
            return link(ranged(interval, spec) + kind.sign, target)
        if spec == "words":
            return words(row.wording, source.language)
        if spec == "source":
            return self._source(row.source, source, "")
        texts = {
            "period": period(row.period_start, row.period_end),
            "year": str((row.period_end or row.period_start).year) if row.period_start else "",
            "base": period(row.base_start, row.base_end),
            "by": row.said_by,
            "label": self._measure(row).label,
            "Label": self.measure_label(name),
        }
        if not texts[spec]:
            raise ProseError(f"Could not fill `{{{name}:{spec}}}`: the figure has none.")
        return markup.escape(texts[spec])

    def _event(self, name: str, row: Any, spec: str) -> str:
        check_form(name, spec, EVENT_FORMS)
        if spec == "":
            return link(day(row.date) if row.date else "date not stated", f"#e-{name}")
        if spec == "year":
            if not row.date:
                raise ProseError(f"Could not fill `{{{name}:year}}`: the event has no date.")
            return row.date[:4]
        if spec == "words":
            language = self.ledger.rows["sources"][row.source].language
            return link(words(row.wording, language), f"#e-{name}", raw=True)
        if spec == "label":
            return link(row.label[:1].lower() + row.label[1:], f"#e-{name}")
        return markup.escape(row.said_by)

    def _source(self, name: str, row: Any, spec: str) -> str:
        check_form(name, spec, SOURCE_FORMS)
        return f"[{markup.escape(row.publisher)}, {day(row.published)}](#s-{name})"

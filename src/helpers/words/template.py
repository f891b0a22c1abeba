"""Sentences and tables whose numbers are looked up, written as a language writes them, and linked to their evidence.

A template is English prose with placeholders: `{brought-after}` is the figure as printed, `{rise}` the range of a
number worked out under that name, `{reform}` the date of an event. A text that needs a figure which the edition does
not hold is left out whole; a placeholder that no edition holds is an error.
"""

from __future__ import annotations

import difflib
import math
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from IPython.display import display

from helpers.figures.interval import Interval
from helpers.markup import dialect as markup
from helpers.package import numerals
from helpers.package.ledger import Ledger
from helpers.package.schema import last_day
from helpers.reason.compare import MISSING, Quantity

LANGUAGE = "en"

# What a sentence can be certain of, one label to each finding; and the marks of official statistics.
LABELS = {
    "reported": "[reported]{.label-reported}",
    "worked-out": "[worked out]{.label-worked}",
    "depends": "[depends on a reading]{.label-reading}",
    "b": "[\\[b\\]]{.mark}",
    "e": "[\\[e\\]]{.mark}",
    "x": "[\\[x\\]]{.mark}",
}


class ProseError(ValueError):
    """A placeholder that cannot be filled."""


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


# --- numbers and dates as a language writes them -------------------------------------------------------------------


def number(value: Fraction | float, places: int = 0) -> str:
    """A number with its thousands grouped."""
    pattern = "#,##0" + ("." + "0" * places if places else "")
    text = format_decimal(_decimal(value, places), format=pattern, locale=LANGUAGE)
    return text.replace("-", "−")


def _decimal(value: Fraction | float, places: int) -> Decimal:
    return Decimal(round(Fraction(value) * 10**places)) / 10**places


def span(interval: Interval) -> str:
    """An interval as a range in digits, rounded outward: "3.5 to 4.3"."""
    low, high, places = interval.printed()
    if math.isinf(high):
        return "any number" if math.isinf(low) or low <= 0 else f"{number(low, places)} or more"
    if math.isinf(low):
        return f"{number(high, places)} or less"
    return number(low, places) if low == high else f"{number(low, places)} to {number(high, places)}"


def size(interval: Interval) -> Interval:
    """The sizes of the values in an interval: a fall of 19.5 to 20.5 for a change of -20.5 to -19.5."""
    if interval.low >= 0:
        return interval
    if interval.high <= 0:
        return -interval
    return Interval(0, max(-interval.low, interval.high), high_open=True)


def day(text: str | date) -> str:
    """A date, as precise as it is: "1 July 2023", "May 2023", "2017"."""
    if isinstance(text, date):
        text = text.isoformat()
    pattern = {4: "y", 7: "MMMM y", 10: "d MMMM y"}[len(text)]
    return format_date(last_day(text), pattern, locale=LANGUAGE)


def period(start: date | None, end: date | None) -> str:
    """A period in as few words as it takes: "2022", "July to October 2023", "1 January to 15 November 2023"."""
    if start is None and end is None:
        return "period not stated"
    if start is None or end is None:
        return f"from {day(start)}, end not stated" if start else f"to {day(end)}, start not stated"
    if start == end:
        return day(start)
    whole_months = start.day == 1 and (end + timedelta(days=1)).day == 1
    if whole_months and (start.month, end.month) == (1, 12):
        return f"{start.year}" if start.year == end.year else f"{start.year} to {end.year}"
    pattern = "MMMM" if whole_months else "d MMMM"
    last = format_date(end, pattern + " y", locale=LANGUAGE)
    if whole_months and (start.year, start.month) == (end.year, end.month):
        return last
    first = format_date(start, pattern if start.year == end.year else pattern + " y", locale=LANGUAGE)
    return f"{first} to {last}"


def printed(row: Any, language: str) -> str:
    """A figure as its source printed it, or, from another language, as this one writes the same number."""
    value = row["value"]
    if language == LANGUAGE:
        text = row["printed"]
    elif row["kind"] == "count":
        text = number(value)
    else:
        numeral = numerals.parse(row["printed"], language)
        places = numeral.places if numeral else 0
        size_ = abs(value) * (100 if row["kind"] == "share" else 1)
        text = number(size_, places) + (" times" if row["kind"] == "multiple" else "%")
    return f"{row['qualifier']} {text}".strip()


# --- the writer ----------------------------------------------------------------------------------------------------


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

        Raises
        ------
        ProseError
            If a figure, event or source has that id already.
        """
        if name in self.ledger.known:
            raise ProseError(f"Could not keep `{name}`: a figure, event or source has that id already.")
        if name in LABELS:
            raise ProseError(f"Could not keep `{name}`: a label or mark has that name already.")
        self.worked[name] = quantity.named(name, "", *marks)
        self.labels[name] = label
        return self.worked[name]

    def line(self, template: str, **values: Quantity | str | date | Text) -> str:
        """Fill a template; "" where the edition lacks something it needs.

        Raises
        ------
        ProseError
            For a placeholder that no edition can fill, with the nearest id there is.
        """
        try:
            parts = []
            for literal, name, spec, _ in string.Formatter().parse(template):
                parts.append(literal)
                if name is not None:
                    parts.append(self._fill(name, spec or "", values))
            return "".join(parts)
        except _Missing:
            return ""

    def plain(self, template: str, **values: Any) -> str:
        """A template filled, without links: for the labels of a chart."""
        return markup.plain(self.line(template, **values))

    def measure_label(self, figure: str) -> str:
        """What a figure counts, as a label."""
        label = self.ledger.measures.at[self.ledger.figures.at[figure, "measure"], "label"]
        return label[:1].upper() + label[1:]

    def say(self, template: str, role: str = "", **values: Quantity | str | date | Text) -> None:
        """Show a paragraph."""
        text = Text(self.line(template, **values), role)
        if text:
            display(text)

    def points(self, *templates: str, role: str = "key", **values: Quantity | str | date | Text) -> None:
        """Show a list; a point the edition lacks a figure for is left out."""
        lines = [line for line in (self.line(template, **values) for template in templates) if line]
        if lines:
            display(Text("\n".join(f"- {line}" for line in lines), role))

    def table(self, caption: str, header: Sequence[str], rows: Iterable[Sequence[str]], role: str = "") -> None:
        """Show a table of templates. A row whose first cell is left out is dropped; any other cell then reads [x]."""
        filled = [[self.line(cell) for cell in row] for row in rows]
        kept = [[row[0], *(cell or MISSING.replace("[", "\\[") for cell in row[1:])] for row in filled if row[0]]
        if kept:
            display(Text(table(self.line(caption), header, kept), role))

    def show(self, chart: Any) -> None:
        """Show a chart, if this edition has one."""
        if chart is not None:
            display(chart)

    def cite(self, sources: Iterable[str]) -> Text:
        """The sources named, each once, as links that carry the full reference."""
        rows, sources = self.ledger.sources, list(sources)
        self.used.update(sources)
        return Text("; ".join(self._source(name, rows.loc[name], "") for name in dict.fromkeys(sources)))

    def _fill(self, name: str, spec: str, values: dict[str, Any]) -> str:
        ledger = self.ledger
        self.used.add(name)
        if name in values:
            return self._value(name, values[name], spec)
        if name in LABELS:
            return LABELS[name]
        if name in self.worked:
            return self._value(name, self.worked[name], spec)
        for table_, fill in (("figures", self._figure), ("events", self._event), ("sources", self._source)):
            frame = getattr(ledger, table_)
            if name in frame.index:
                return fill(name, frame.loc[name], spec)
        if name in ledger.known:
            raise _Missing(name)
        close = difflib.get_close_matches(name, [*values, *self.worked, *ledger.known], 1)
        hint = f" Did you mean `{close[0]}`?" if close else ""
        raise ProseError(f"Could not fill `{{{name}}}`: it is no figure, event, source or worked-out number.{hint}")

    def _value(self, name: str, value: Any, spec: str) -> str:
        if isinstance(value, Text):
            return value.markdown
        if isinstance(value, date):
            return day(value)
        if not isinstance(value, Quantity):
            return markup.escape(str(value))
        if value.interval is None:
            raise _Missing(name)
        # "size" drops the sign; "%" stands at the number, a word after a space; marks come after both.
        unit = spec.removeprefix("size")
        text = span(size(value.interval) if spec.startswith("size") else value.interval)
        text += unit if unit in ("", "%") else f" {unit}"
        target = f"#w-{value.name}" if value.name else f"#f-{value.inputs[0]}" if len(value.inputs) == 1 else ""
        return link(text, target) + "".join(f" {mark(m)}" for m in value.marks)

    def _figure(self, name: str, row: Any, spec: str) -> str:
        source = self.ledger.sources.loc[row["source"]]
        target = f"#f-{name}"
        if spec == "":
            return link(printed(row, source["language"]), target)
        if spec == "cap":
            text = printed(row, source["language"])
            return link(text[:1].upper() + text[1:], target)
        if spec in ("interval", "size"):
            percent = "%" if row["kind"] in ("change", "share") else ""
            interval = row["interval"] * 100 if row["kind"] == "share" else row["interval"]
            return link(span(size(interval) if spec == "size" else interval) + percent, target)
        if spec == "words":
            return words(row["wording"], source["language"])
        if spec == "source":
            return self._source(row["source"], source, "")
        texts = {
            "period": period(row["period_start"], row["period_end"]),
            "base": period(row["base_start"], row["base_end"]),
            "by": row["said_by"],
            "label": self.ledger.measures.at[row["measure"], "label"],
            "Label": self.measure_label(name),
        }
        return markup.escape(_spec(texts, name, spec))

    def _event(self, name: str, row: Any, spec: str) -> str:
        if spec == "":
            return link(day(row["date"]) if row["date"] else "date not stated", f"#e-{name}")
        if spec == "year":
            if not row["date"]:
                raise ProseError(f"Could not fill `{{{name}:year}}`: the event has no date.")
            return row["date"][:4]
        if spec == "words":
            language = self.ledger.sources.at[row["source"], "language"]
            return link(words(row["wording"], language), f"#e-{name}", raw=True)
        if spec == "label":
            return link(row["label"][:1].lower() + row["label"][1:], f"#e-{name}")
        return markup.escape(_spec({"by": row["said_by"]}, name, spec))

    def _source(self, name: str, row: Any, spec: str) -> str:
        title = markup.escape(reference(row)).replace("\\&", "&amp;")  # in a title an entity beats a backslash
        return f'[{markup.escape(row["publisher"])}, {day(row["published"])}](#s-{name} "{title}")'


def _spec(texts: dict[str, str], name: str, spec: str) -> str:
    if spec not in texts:
        raise ProseError(f"Could not fill `{{{name}:{spec}}}`: use one of {', '.join(texts)}.")
    return texts[spec]


def link(text: str, target: str, *, raw: bool = False) -> str:
    """A link to evidence; plain text without a target."""
    text = text if raw else markup.escape(text)
    return f"[{text}]({target})" if target else text


def mark(symbol: str) -> str:
    """A break, estimate or missing mark, set small."""
    return f"[{markup.escape(symbol)}]{{.mark}}"


def words(phrase: str, language: str) -> str:
    """A quoted phrase, marked with its language where that is not the document's."""
    attributes = ".words" + ("" if language == LANGUAGE else f" lang={language}")
    return f"[“{markup.escape(phrase)}”]{{{attributes}}}"


def reference(source: Any) -> str:
    """A source in one line: title, publisher, date. Its address stands in the evidence."""
    return f"{source['title']}. {source['publisher']}, {day(source['published'])}"


def table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table with a caption. Cells are Markdown already; only the cell separator is escaped."""
    lines = [f"Table: {caption}", ""] if caption else []
    lines.append("| " + " | ".join(header) + " |")
    lines.append("|" + " --- |" * len(header))
    lines += ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join(lines)

"""The controls of `explore.ipynb`: a question is put together from them, and its answer shown."""

from __future__ import annotations

import functools
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import ipywidgets

from helpers.explore import widgets
from helpers.explore.answer import answer
from helpers.explore.choices import WITHOUT_READINGS, choices, guide, imagined_words, opponents, questions
from helpers.explore.drawing import drawing
from helpers.explore.judgement import outcomes
from helpers.explore.question import Question
from helpers.explore.save import save
from helpers.figures.kind import KINDS
from helpers.figures.rounding import ROUNDINGS
from helpers.markup import dialect as markup
from helpers.package.ledger import EVIDENCE, Ledger, load
from helpers.package.schema import Figure
from helpers.reason.compare import compares
from helpers.reason.scenario import DISPUTE, Component, component
from helpers.reason.whatif import ImagineError, Survivors, check_period, imagine, own, survivors
from helpers.report.start import folder, start
from helpers.words.blocks import LABELS
from helpers.words.numbers import capital

LAYERS = {"core": "only what is examined", "all": "with figures published elsewhere"}


class Explorer:
    """The three parts of `explore.ipynb`, each a widget for a cell of its own; all show one question.

    Parameters
    ----------
    package, as_of, rounding, evidence
        As of `helpers.report.start.start`; the last two are where their controls begin.

    Attributes
    ----------
    guide, compare, what_if, keep
        The parts: what to try, choosing and seeing, imagining, saving.
    question, answer
        What is shown now.
    """

    def __init__(self, package: str = "", as_of: str = "", rounding: str = "nearest", evidence: str = "all") -> None:
        place = start(package, as_of, rounding, evidence).ledger.package
        self._load = functools.cache(lambda layer: load(place, as_of=as_of, evidence=layer))
        self._owned: tuple[Figure, ...] = ()
        self._moved: dict[str, dict[str, date]] = {}
        self._known: dict[Any, Survivors] = {}
        # JupyterLab may bring two changes in two threads: the second waits. A control set by the first is no change.
        self._lock, self._busy = threading.RLock(), False
        self._compose(rounding, evidence)
        self.guide = widgets.html(markup.to_html(guide(self._load(evidence).with_rounding(rounding))))
        self._refresh()

    def _compose(self, rounding: str, evidence: str) -> None:
        self.figure, self.against = widgets.menu("Figure"), widgets.menu("Against")
        self.rounding = widgets.menu("Rounding", {name: one.label for name, one in ROUNDINGS.items()}, rounding, "49%")
        self.evidence = widgets.menu("Evidence", {name: LAYERS[name] for name in EVIDENCE}, evidence, "49%")
        self.readings: dict[str, ipywidgets.Dropdown] = {}
        self._asked = ipywidgets.VBox()
        self._said, self._verdict, self._follows, self._chart, self._proof = (widgets.html() for _ in range(5))
        for menu in (self.figure, self.against, self.rounding, self.evidence):
            menu.observe(self._changed, "value")
        menus = [self.figure, self.against, self._asked, widgets.row(self.rounding, self.evidence)]
        self.compare = ipywidgets.VBox(
            (
                widgets.part(*menus),
                widgets.beside(self._said, self._verdict),
                widgets.part(self._follows, self._chart, self._proof),
            )
        )

        self.measure, self.moved = widgets.menu("It counts"), widgets.menu("Figure")
        self.value, self.step, self.earlier = (
            widgets.text("Value"),
            widgets.text("Rounded to"),
            widgets.text("Earlier value"),
        )
        self.qualifier = widgets.menu(
            "Printed as", {"": "the number alone", "over": "over", "almost": "almost", "about": "about"}
        )
        self.days = {name: widgets.days(name) for name in ("Period", "Its period", "New period", "New base")}
        self._imagined, self._outcomes, self._saved = (widgets.html() for _ in range(3))
        self.try_figure = widgets.button("Try this figure", self._add, self._imagined)
        self.try_period = widgets.button("Try this period", self._move, self._imagined)
        self.clear = widgets.button("Back to the tables", self._clear, self._imagined)
        self.what_if = widgets.part(
            *(
                widgets.html("<h4>A figure of your own</h4>"),
                self.measure,
                widgets.row(self.value, *self.days["Period"]),
            ),
            *(widgets.row(self.earlier, *self.days["Its period"]), self.step, self.qualifier, self.try_figure),
            *(widgets.html("<h4>Another period for a figure</h4>"), self.moved, widgets.row(*self.days["New period"])),
            *(
                widgets.row(*self.days["New base"]),
                widgets.row(self.try_period, self.clear),
                self._imagined,
                self._outcomes,
            ),
        )

        self.citation = ipywidgets.Textarea(description="To copy", rows=7, **widgets.LOOK)
        self.place = widgets.text("Folder", "reports")
        self.save = widgets.button("Save", self._save, self._saved)
        self.keep = widgets.part(self.citation, self.place, self.save, self._saved)

    # --- what follows from a change

    def _changed(self, change: Mapping[str, Any]) -> None:
        with self._lock:
            if not self._busy:
                # Another figure comes with what the ledger sets it against.
                self._refresh(self.figure.value if change["owner"] is self.figure else "")

    def _refresh(self, figure: str = "") -> None:
        """Bring every part up to date, for another figure if one is named; controls set by this start nothing again."""
        with self._lock:
            self._busy = True
            try:
                self._update(figure)
            except ValueError as error:
                self._said.value = widgets.failed(error)
            finally:
                self._busy = False

    def _update(self, figure: str) -> None:
        tables = self._load(self.evidence.value).with_rounding(self.rounding.value)
        ledger = imagine(tables, self._owned, self._moved)
        figures, measures = ledger.rows["figures"], ledger.rows["measures"]
        first = figure or next((name for name, row in figures.items() if compares(row)), next(iter(figures)))
        widgets.offer(self.figure, choices(ledger), first, bool(figure))
        row = figures[self.figure.value]
        versus = "" if KINDS[row.kind].against_base else row.versus
        widgets.offer(self.against, opponents(ledger, self.figure.value), versus, bool(figure))
        widgets.offer(self.measure, {name: one.label for name, one in measures.items()}, next(iter(measures)))
        widgets.offer(self.moved, choices(tables), next(iter(tables.rows["figures"])))
        question = Question(ledger, self.figure.value, self.against.value)
        question = replace(question, scenario=self._ask(questions(ledger, question.component)))
        self.question, self.answer = question, answer(question)
        self._show(tables)

    def _ask(self, asked: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
        """Show a control for each question that bears on the figures, and return the readings chosen."""
        for question, labels in asked.items():
            if question not in self.readings:
                name = "Taking" if question.startswith(DISPUTE) else capital(question)
                self.readings[question] = widgets.menu(name)
                self.readings[question].observe(self._changed, "value")
            widgets.offer(self.readings[question], {"": WITHOUT_READINGS, **labels}, "")
        menus = {question: self.readings[question] for question in asked}
        if self._asked.children != tuple(menus.values()):
            self._asked.children = tuple(menus.values())
        return {question: menu.value for question, menu in menus.items() if menu.value}

    def _show(self, tables: Ledger) -> None:
        question, shown, html = self.question, self.answer, markup.to_html
        points = "\n".join(f"- {text}" for text in shown.caveats)
        headline = html(f"{shown.headline} {LABELS[shown.certainty]}")
        self._said.value = f'<div class="standfirst">{headline}</div><div class="note">{html(points)}</div>'
        self._chart.value = drawing(question, shown).html()
        self._verdict.value = f"<h4>Do the figures fit together?</h4>{html(shown.judgement)}"
        self._follows.value = html(shown.follows)
        self._proof.value = f'<h4>Where it comes from</h4><div class="evidence">{html(shown.evidence)}</div>'
        self.citation.value = shown.citation
        self._imagined.value = html(imagined_words(question.ledger, self._owned, self._moved))
        imagined = repr((self._owned, self._moved)) if self._owned or self._moved else ""
        remaining, part = self._survivors(question.component, imagined), question.component
        without = self._survivors(component(tables, *part.measures)) if imagined else None
        counted, held = outcomes(question.ledger, remaining, without)
        folded = f"<details><summary>Those that can hold</summary>{html(held)}</details>" if held else ""
        self._outcomes.value = html(counted) + folded

    def _survivors(self, part: Component, imagined: str = "") -> Survivors:
        """Worked out once for what it depends on: it is what takes longest."""
        key = (self.evidence.value, self.rounding.value, part.measures, imagined)
        if key not in self._known:
            self._known[key] = survivors(part)
        return self._known[key]

    # --- what the buttons do

    def _add(self) -> None:
        number = len(self._owned) + 1
        made = []
        if self.earlier.value.strip():
            made = [self._own(f"own-{number}-earlier", self.earlier, "Its period")]
        made.append(self._own(f"own-{number}", self.value, "Period", made[0].id if made else ""))
        self._owned = (*self._owned, *made)
        self._refresh(made[-1].id)

    def _own(self, id: str, value: ipywidgets.Text, days: str, versus: str = "") -> Figure:
        first, last = (day.value for day in self.days[days])
        return own(id, self.measure.value, value.value, first, last, self.step.value, self.qualifier.value, versus)

    def _move(self) -> None:
        fields: dict[str, date] = {}
        for name, days in (("period", "New period"), ("base", "New base")):
            first, last = (day.value for day in self.days[days])
            check_period(first, last)
            fields |= {f"{name}_start": first, f"{name}_end": last} if first else {}
        if not fields:
            raise ImagineError("Choose the first and the last day of the new period.")
        figure = self.moved.value
        if "base_start" in fields and not KINDS[self.question.ledger.rows["figures"][figure].kind].against_base:
            raise ImagineError("A count has no base of its own: set it against another figure instead.")
        self._moved = self._moved | {figure: self._moved.get(figure, {}) | fields}
        self._refresh("" if figure in self.question.figures else figure)

    def _clear(self) -> None:
        self._owned, self._moved = (), {}
        for field in (self.value, self.step, self.earlier):
            field.value = ""
        self.qualifier.value = ""
        for field in (day for pair in self.days.values() for day in pair):
            field.value = None
        self._refresh()

    def _save(self) -> None:
        paths = save(self.question, self.answer, folder(self.place.value))
        self._saved.value = markup.to_html("Saved:\n\n" + "\n".join(f"- `{path}`" for path in paths))

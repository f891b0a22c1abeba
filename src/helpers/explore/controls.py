"""The controls of `explore.ipynb`: what can be chosen, and what follows from the choice.

The functions know no widgets; `Explorer` lays out the controls and shows a `helpers.explore.question.View` of what they say.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import ipywidgets as widgets

from helpers.explore.question import View
from helpers.explore.save import save
from helpers.figures.kind import KINDS
from helpers.figures.rounding import ROUNDINGS
from helpers.markup import dialect as markup
from helpers.package.ledger import EVIDENCE, Ledger, load
from helpers.package.schema import Figure
from helpers.reason.compare import comparable, compares
from helpers.reason.scenario import DISPUTE, Component, component
from helpers.reason.whatif import ImagineError, Moved, Survivors, check_period, imagine, own, survivors
from helpers.report.start import folder, start
from helpers.words import evidence
from helpers.words.template import LABELS, period, table

AS_IT_STANDS = "as the tables have it"
LAYERS = {"core": "only what is examined", "all": "with figures published elsewhere"}


# --- what can be chosen --------------------------------------------------------------------------------------------


def choices(ledger: Ledger) -> dict[str, str]:
    """Every figure by id, with a line that tells it from the others."""
    return {figure: _name(ledger, figure) for figure in ledger.figures.index}


def opponents(ledger: Ledger, figure: str) -> dict[str, str]:
    """What a figure can be set against: a count any other count, a share its whole or any other share, others their base."""
    alone = "its own base" if KINDS[ledger.rows["figures"][figure].kind].against_base else "nothing"
    others = [other for other in ledger.rows["figures"] if comparable(ledger, figure, other)]
    return {"": alone} | {other: _name(ledger, other) for other in others}


def questions(ledger: Ledger, part: Component) -> dict[str, dict[str, str]]:
    """The questions of a component, with the label of each reading.

    A dispute is a question too: its readings are the figures that can be taken together.
    """
    labels = {(row.question, row.reading): row.label for row in ledger.rows["readings"]}
    found = {
        question: {reading: labels[question, reading] for reading in readings}
        for question, readings in part.questions.items()
    }
    return found | {dispute: {side: _side(ledger, side) for side in sides} for dispute, sides in part.disputes.items()}


def scenario_words(ledger: Ledger, scenario: Mapping[str, str]) -> str:
    """A scenario in the words of its readings."""
    labels = {(row.question, row.reading): row.label for row in ledger.readings.itertuples()}
    read = [labels.get(each) or _side(ledger, each[1]) for each in scenario.items()]
    return "; ".join(read if any(each in labels for each in scenario.items()) else [AS_IT_STANDS, *read])


def fate(ledger: Ledger, found: Survivors, without: Survivors | None = None) -> tuple[str, str]:
    """How many scenarios can hold and what clashes in the others, and a list of those that can: two texts of Markdown.

    `without` are those before anything was imagined.
    """
    text = f"**Scenarios that can hold: {_holding(found)}.**"
    if without is not None:
        text += f" Without what you imagine: {_holding(without)}."
    told = [(markup.escape(_capital(scenario_words(ledger, scenario))), clashes) for scenario, clashes in found]
    lost = [
        [words, markup.escape("; ".join(_name(ledger, name) for name in clashes))] for words, clashes in told if clashes
    ]
    if lost:
        text += "\n\n" + table("", ["Cannot hold", "What clashes"], lost)
    return text, "\n".join(f"- {words}" for words, clashes in told if not clashes)


def guide(ledger: Ledger) -> str:
    """Three things to try with the figures and questions of a package, as a list in Markdown."""
    rows, labels = ledger.rows["figures"], ledger.rows["measures"]
    steps = ["**Choose another figure.** The sentence, the verdict, the chart and the evidence follow at once."]
    first = next((row for row in rows.values() if compares(row)), None)
    if first:
        name = f"{evidence.printed_of(ledger, first.id)} {labels[first.measure].label}"
        steps[0] = (
            f"**Choose another figure** than {markup.escape(name)}, or set it against another. {steps[0].split('** ')[1]}"
        )
    reading = next((row for row in ledger.rows["readings"] if first and row.figure in (first.id, first.versus)), None)
    reading = reading or next(iter(ledger.rows["readings"]), None)
    if reading:
        figure = rows[reading.figure]
        name = f"{evidence.printed_of(ledger, figure.id)} {labels[figure.measure].label}"
        asked = (
            f"What is meant by {markup.escape(name)} is open: take under “{markup.escape(_capital(reading.question))}”"
        )
        steps.append(
            f"**Read it another way.** {asked} “{markup.escape(reading.label)}”. Look at what the sentence then assumes, "
            "and whether the verdict still says that the figures can hold."
        )
    steps.append(
        "**Ask what if.** Below, give a figure of your own, or another period to a figure of the tables. Look at how many "
        "sets of assumptions can still hold. “Back to the tables” undoes it."
    )
    return "\n".join(f"{at}. {step}" for at, step in enumerate(steps, 1))


def imagined_words(ledger: Ledger, owned: Sequence[Figure], moved: Moved) -> str:
    """What is imagined, as a list in Markdown."""
    said = [_name(ledger, figure.id) for figure in owned]
    for figure, days in moved.items():
        if figure in ledger.figures.index:
            label = ledger.measures.at[ledger.figures.at[figure, "measure"], "label"]
            spans = [(name, days.get(f"{name}_start"), days.get(f"{name}_end")) for name in ("period", "base")]
            read = "; ".join(f"{name} {period(first, last)}" for name, first, last in spans if first)
            said.append(f"{evidence.printed_of(ledger, figure)} {label}: {read}")
    return "\n".join(f"- **What if:** {markup.escape(text)}." for text in said)


def _holding(found: Survivors) -> str:
    return f"{sum(not clashes for _, clashes in found)} of {len(found)}"


def _side(ledger: Ledger, side: str) -> str:
    return "taking " + ", ".join(_name(ledger, figure) for figure in side.split("+"))


def _name(ledger: Ledger, figure: str) -> str:
    row = ledger.figures.loc[figure]
    label, publisher = ledger.measures.at[row["measure"], "label"], ledger.sources.at[row["source"], "publisher"]
    when = period(row["period_start"], row["period_end"])
    return f"{evidence.printed_of(ledger, figure)} {label}, {when} ({publisher})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- the controls --------------------------------------------------------------------------------------------------


class Explorer:
    """The three parts of `explore.ipynb`, each a widget for a cell of its own; all show one `view`.

    Parameters
    ----------
    package, as_of, rounding, evidence
        As of `helpers.report.start.start`; the last two are where their controls begin.

    Attributes
    ----------
    guide, compare, what_if, keep
        The parts: what to try, choosing and seeing, imagining, saving.
    view
        What is shown now.
    """

    def __init__(self, package: str = "", as_of: str = "", rounding: str = "nearest", evidence: str = "all") -> None:
        place = start(package, as_of, rounding, evidence).ledger.package
        self._load = functools.cache(lambda layer: load(place, as_of=as_of, evidence=layer))
        self._owned: tuple[Figure, ...] = ()
        self._moved: dict[str, dict[str, date]] = {}
        self._fates: dict[Any, Survivors] = {}
        # JupyterLab may bring two changes in two threads: the second waits. A control set by the first is no change.
        self._lock, self._busy = threading.RLock(), False
        self._compose(rounding, evidence)
        self.guide = _html(markup.to_html(guide(self._load(evidence).with_rounding(rounding))))
        self._refresh()

    def _compose(self, rounding: str, evidence: str) -> None:
        self.figure, self.against = _menu("Figure"), _menu("Against")
        self.rounding = _menu("Rounding", {name: one.label for name, one in ROUNDINGS.items()}, rounding, "49%")
        self.evidence = _menu("Evidence", {name: LAYERS[name] for name in EVIDENCE}, evidence, "49%")
        self.readings: dict[str, widgets.Dropdown] = {}
        self._asked = widgets.VBox()
        self._said, self._chart, self._verdict, self._proof = (_html() for _ in range(4))
        for menu in (self.figure, self.against, self.rounding, self.evidence):
            menu.observe(self._changed, "value")
        menus = [self.figure, self.against, self._asked, _row(self.rounding, self.evidence)]
        self.compare = _part(*menus, self._said, self._verdict, self._chart, self._proof)

        self.measure, self.moved = _menu("It counts"), _menu("Figure")
        self.value, self.step, self.earlier = _text("Value"), _text("Rounded to"), _text("Earlier value")
        self.qualifier = _menu(
            "Printed as", {"": "the number alone", "over": "over", "almost": "almost", "about": "about"}
        )
        self.days = {name: _days(name) for name in ("Period", "Its period", "New period", "New base")}
        self._imagined, self._fate, self._saved = (_html() for _ in range(3))
        self.try_figure = _button("Try this figure", self._add, self._imagined)
        self.try_period = _button("Try this period", self._move, self._imagined)
        self.clear = _button("Back to the tables", self._clear, self._imagined)
        self.what_if = _part(
            *(_html("<h4>A figure of your own</h4>"), self.measure, _row(self.value, *self.days["Period"])),
            *(_row(self.earlier, *self.days["Its period"]), self.step, self.qualifier, self.try_figure),
            *(_html("<h4>Another period for a figure</h4>"), self.moved, _row(*self.days["New period"])),
            *(_row(*self.days["New base"]), _row(self.try_period, self.clear), self._imagined, self._fate),
        )

        self.citation = widgets.Textarea(description="To copy", rows=7, **_LOOK)
        self.place = _text("Folder", "reports")
        self.save = _button("Save", self._save, self._saved)
        self.keep = _part(self.citation, self.place, self.save, self._saved)

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
                self._said.value = _failed(error)
            finally:
                self._busy = False

    def _update(self, figure: str) -> None:
        tables = self._load(self.evidence.value).with_rounding(self.rounding.value)
        ledger = imagine(tables, self._owned, self._moved)
        figures = ledger.figures
        first = figure or next(
            (name for name, row in ledger.rows["figures"].items() if compares(row)), figures.index[0]
        )
        _offer(self.figure, choices(ledger), first, bool(figure))
        against_base = KINDS[figures.at[self.figure.value, "kind"]].against_base
        versus = "" if against_base else figures.at[self.figure.value, "versus"]
        _offer(self.against, opponents(ledger, self.figure.value), versus, bool(figure))
        _offer(self.measure, dict(ledger.measures["label"]), ledger.measures.index[0])
        _offer(self.moved, choices(tables), tables.figures.index[0])
        view = View(ledger, self.figure.value, self.against.value)
        self.view = replace(view, scenario=self._ask(questions(ledger, view.component)))
        self._show(tables)

    def _ask(self, asked: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
        """Show a control for each question that bears on the figures, and return the readings chosen."""
        for question, labels in asked.items():
            if question not in self.readings:
                name = "Taking" if question.startswith(DISPUTE) else _capital(question)
                self.readings[question] = _menu(name)
                self.readings[question].observe(self._changed, "value")
            _offer(self.readings[question], {"": AS_IT_STANDS} | labels, "")
        menus = {question: self.readings[question] for question in asked}
        if self._asked.children != tuple(menus.values()):
            self._asked.children = tuple(menus.values())
        return {question: menu.value for question, menu in menus.items() if menu.value}

    def _show(self, tables: Ledger) -> None:
        view, html = self.view, markup.to_html
        points = "\n".join(f"- {text}" for text in view.caveats)
        headline = html(f"{view.headline} {LABELS[view.certainty]}")
        self._said.value = f'<div class="summary">{headline}</div><div class="note">{html(points)}</div>'
        self._chart.value = view.chart.html()
        self._verdict.value = f"<h4>Do the figures fit together?</h4>{html(view.judgement)}"
        self._proof.value = f'<h4>Where it comes from</h4><div class="evidence">{html(view.evidence)}</div>'
        self.citation.value = view.citation
        self._imagined.value = html(imagined_words(view.ledger, self._owned, self._moved))
        imagined = repr((self._owned, self._moved)) if self._owned or self._moved else ""
        found = self._survivors(view.component, imagined)
        told, held = fate(view.ledger, found, self._survivors(component(tables, *view.measures)) if imagined else None)
        folded = f"<details><summary>Those that can hold</summary>{html(held)}</details>" if held else ""
        self._fate.value = html(told) + folded

    def _survivors(self, part: Component, imagined: str = "") -> Survivors:
        """Worked out once for what it depends on: it is what takes longest."""
        key = (self.evidence.value, self.rounding.value, part.measures, imagined)
        if key not in self._fates:
            self._fates[key] = survivors(part)
        return self._fates[key]

    # --- what the buttons do

    def _add(self) -> None:
        number = len(self._owned) + 1
        made = []
        if self.earlier.value.strip():
            made = [self._own(f"own-{number}-earlier", self.earlier, "Its period")]
        made.append(self._own(f"own-{number}", self.value, "Period", made[0].id if made else ""))
        self._owned = (*self._owned, *made)
        self._refresh(made[-1].id)

    def _own(self, id: str, value: widgets.Text, days: str, versus: str = "") -> Figure:
        first, last = (day.value for day in self.days[days])
        return own(id, self.measure.value, value.value, first, last, self.step.value, self.qualifier.value, versus)

    def _move(self) -> None:
        fields = {}
        for name, days in (("period", "New period"), ("base", "New base")):
            first, last = (day.value for day in self.days[days])
            check_period(first, last)
            fields |= {f"{name}_start": first, f"{name}_end": last} if first else {}
        if not fields:
            raise ImagineError("Choose the first and the last day of the new period.")
        figure = self.moved.value
        if "base_start" in fields and not KINDS[self.view.ledger.figures.at[figure, "kind"]].against_base:
            raise ImagineError("A count has no base of its own: set it against another figure instead.")
        self._moved = self._moved | {figure: self._moved.get(figure, {}) | fields}
        self._refresh("" if figure in self.view.figures else figure)

    def _clear(self) -> None:
        self._owned, self._moved = (), {}
        for field in (self.value, self.step, self.earlier):
            field.value = ""
        self.qualifier.value = ""
        for field in (day for pair in self.days.values() for day in pair):
            field.value = None
        self._refresh()

    def _save(self) -> None:
        paths = save(self.view, folder(self.place.value))
        self._saved.value = markup.to_html("Saved:\n\n" + "\n".join(f"- `{path}`" for path in paths))


# --- one control ---------------------------------------------------------------------------------------------------

_INDENT = "8rem"
_LOOK = {"layout": widgets.Layout(width="98%"), "style": {"description_width": _INDENT}}


def _part(*children: widgets.Widget) -> widgets.VBox:
    return widgets.VBox(children, layout=widgets.Layout(max_width="46rem"))


def _menu(name: str, options: Mapping[str, str] | None = None, value: str = "", width: str = "98%") -> widgets.Dropdown:
    menu = widgets.Dropdown(description=name, layout=widgets.Layout(width=width), style=_LOOK["style"])
    if options:
        _offer(menu, options, value)
    return menu


def _offer(menu: widgets.Dropdown, options: Mapping[str, str], default: str, anew: bool = False) -> None:
    """Give a menu its options; it keeps its value if that is still among them, unless it is to choose anew."""
    kept = default if anew or menu.value not in options else menu.value
    listed = tuple((label, name) for name, label in options.items())
    if menu.options != listed:
        menu.options = listed
    menu.value = kept


def _text(name: str, value: str = "") -> widgets.Text:
    look = _LOOK | {"layout": widgets.Layout(width="16rem")}
    return widgets.Text(description=name, value=value, continuous_update=False, **look)


def _days(name: str) -> tuple[widgets.DatePicker, widgets.DatePicker]:
    look = _LOOK | {"layout": widgets.Layout(width="16.5rem")}
    to = {"layout": widgets.Layout(width="11rem"), "style": {"description_width": "2rem"}}
    return widgets.DatePicker(description=f"{name}, from", **look), widgets.DatePicker(description="to", **to)


def _button(name: str, action: Callable[[], None], told: widgets.HTML) -> widgets.Button:
    """A button that tells what hinders it, where its result would stand."""
    layout = widgets.Layout(width="auto", margin=f"4px 0 8px {_INDENT}", align_self="flex-start")
    button = widgets.Button(description=name, layout=layout)

    def act(_: widgets.Button) -> None:
        try:
            action()
        except (ValueError, OSError) as error:
            told.value = _failed(error)

    button.on_click(act)
    return button


def _row(*parts: widgets.Widget) -> widgets.Box:
    return widgets.Box(parts, layout=widgets.Layout(flex_flow="row wrap"))


def _html(text: str = "") -> widgets.HTML:
    """A text that looks like the outputs of a notebook."""
    return widgets.HTML(text).add_class("jp-RenderedHTML").add_class("jp-RenderedHTMLCommon")


def _failed(error: Exception) -> str:
    return f'<div class="failed"><p>{escape(str(error))}</p></div>'

"""What a chart draws: a reported figure or a worked-out quantity, with its label, side of the break and evidence.

The label of a value and the mark that is drawn for it come from one object, so that they cannot differ.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from babel.dates import format_date

from helpers.figures.interval import Interval
from helpers.figures.kind import KINDS
from helpers.figures.quantity import Quantity
from helpers.markup import dialect as markup
from helpers.reason.compare import side
from helpers.words.blocks import link
from helpers.words.numbers import LANGUAGE, capital, number, small, span
from helpers.words.numbers import printed as printed_text
from helpers.words.template import Writer

_LIMITS = ("at most", "up to", "fewer than")
SIDES = ("before", "after", "across", "unknown")
NOT_GIVEN = "months not given"


class ChartError(ValueError):
    """Something that cannot be drawn, named with what could be."""


@dataclass(frozen=True)
class Value:
    """One value of a chart.

    Attributes
    ----------
    text
        As it is printed beside its mark.
    low, high
        What is drawn, the same where it is one value: exactly what `text` says.
    side
        Where its period lies: "before" the break, "after" it, "across" it, or "unknown".
    when
        Its period in few words.
    target
        The evidence it leads to, such as "#f-orders".
    figures
        Ids of the figures it stands on.
    sources
        Ids of their sources.
    bound
        Whether it is only a limit: "at most", "rarely above".
    """

    text: str
    low: Fraction | None
    high: Fraction | None
    side: str
    when: str
    target: str
    figures: tuple[str, ...]
    sources: tuple[str, ...]
    bound: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """What is drawn, as a drawing takes it.

        Raises
        ------
        ChartError
            If it has no level.
        """
        if self.low is None or self.high is None:
            raise ChartError(f"Could not draw `{self.text}`: it has no level.")
        return float(self.low), float(self.high)

    @property
    def linked(self) -> str:
        """The text as Markdown that leads to its evidence."""
        return link(self.text, self.target)


@dataclass(frozen=True)
class Bar:
    """A value that is drawn as a bar.

    Parameters
    ----------
    what
        Id of a figure, name of a worked-out number, or a quantity.
    caption
        Its period or name; by default the period of its figure.
    side
        "before", "after", "across" or "unknown", where the figures' periods do not tell.
    text
        Printed in place of the value, for what is no value.
    bound
        The value is only a limit, as that of a figure printed with "at most" is: empty up to a line.
    also
        Ids of further figures that say the same, whose sources are named with its own.
    """

    what: str | Quantity
    caption: str = ""
    side: str = ""
    text: str = ""
    bound: bool = False
    also: tuple[str, ...] = ()

    def value(self, w: Writer) -> Value | None:
        """What it stands for in this edition, or None."""
        one = value(w, self.what, text=self.text, side=self.side, when=self.caption)
        if one is None:
            return None
        rows = [row for name in self.also if (row := row_of(w, name))]
        return replace(
            one,
            bound=one.bound or self.bound,
            figures=(*one.figures, *(row.id for row in rows)),
            sources=tuple(dict.fromkeys((*one.sources, *(row.source for row in rows)))),
        )


def value(w: Writer, what: str | Quantity, *, text: str = "", side: str = "", when: str = "") -> Value | None:
    """What stands for a figure's id, the name of a worked-out number, or a quantity; None where this edition lacks it.

    Parameters
    ----------
    text
        Printed in place of the value itself, for what is no value ("rarely above 30%").
    side, when
        Override what follows from the figures' periods, for a quantity of several.

    Raises
    ------
    ChartError
        If there is no such figure or number, with the nearest name there is.
    """
    if side and side not in SIDES:
        raise ChartError(f"Could not place `{what}` on side `{side}`: use one of {', '.join(SIDES)}.")
    if isinstance(what, str) and what in w.ledger.rows["figures"]:
        return _reported(w, what, text, side, when)
    quantity = w.worked.get(what) if isinstance(what, str) else what
    if quantity is None:
        if what in w.ledger.known:
            return None
        known = [*w.worked, *w.ledger.known]
        close = difflib.get_close_matches(str(what), known, 1)
        hint = f" Did you mean `{close[0]}`?" if close else ""
        raise ChartError(f"Could not draw `{what}`: it is no figure and no worked-out number.{hint}")
    return None if quantity.interval is None else _worked(w, quantity, quantity.interval, text, side, when)


def _reported(w: Writer, figure: str, text: str, given: str, when: str) -> Value:
    row = w.ledger.rows["figures"][figure]
    kind = KINDS[row.kind]
    # A factor without counts has no level to draw.
    drawn = None if kind.against_base and not kind.signed and not kind.of_whole else Fraction(row.value) * kind.scale
    upper = drawn if drawn is None or row.value_to is None else Fraction(row.value_to) * kind.scale
    # A percentage is digits and a sign, whatever the source wrote; a word ("half") stays one.
    if drawn is not None and upper is not None and not text and kind.sign and any(map(str.isdigit, row.printed)):
        ends = "–".join(number(end, _places(end)) for end in dict.fromkeys((drawn, upper)))
        text = f"{row.qualifier} {ends}{kind.sign}".strip()
    return Value(
        text or printed(w, figure),
        drawn,
        upper,
        given or _side(w, row),
        when or short_period(row.period_start, row.period_end),
        f"#f-{figure}",
        (figure,),
        (row.source,),
        row.qualifier in _LIMITS,
    )


def _worked(w: Writer, quantity: Quantity, interval: Interval, text: str, given: str, when: str) -> Value:
    low, high, _ = interval.printed()
    if math.isinf(low) or math.isinf(high):
        raise ChartError(f"Could not draw `{quantity.name or quantity.formula}`: its interval has no end.")
    rows = [w.ledger.rows["figures"][name] for name in quantity.inputs if name in w.ledger.rows["figures"]]
    sides = {_side(w, row) for row in rows}
    periods = {(row.period_start, row.period_end) for row in rows}
    single = quantity.inputs[0] if len(quantity.inputs) == 1 else ""
    return Value(
        text or digits(interval),
        Fraction(low),
        Fraction(high),
        given or (sides.pop() if len(sides) == 1 else "unknown"),
        when or (short_period(*periods.pop()) if len(periods) == 1 else ""),
        f"#w-{quantity.name}" if quantity.name else f"#f-{single}" if single else "",
        tuple(quantity.inputs),
        tuple(dict.fromkeys(row.source for row in rows)),
    )


def _side(w: Writer, row: Any) -> str:
    """Where a figure's period lies; in a package without a break all that is dated has one colour."""
    if w.ledger.break_date is None and row.period_start and row.period_end:
        return "before"
    return side(row.period_start, row.period_end, w.ledger.break_date)


def printed(w: Writer, figure: str) -> str:
    """A figure as its source printed it, its first letter as in running text."""
    row = w.ledger.rows["figures"][figure]
    return printed_text(row, w.ledger.rows["sources"][row.source].language)


def digits(interval: Interval) -> str:
    """An interval as a chart prints it: "3.5–4.3"."""
    return span(interval).replace(" to ", "–")


def brief(text: str) -> str:
    """Words with their multiples as a chart prints them: "nearly four times" as "nearly 4×"."""
    named = {small(n): str(n) for n in range(2, 13)}
    found = re.compile(rf"(\d[\d.,–]*|{'|'.join(named)}) times\b")
    return found.sub(lambda m: f"{named.get(m[1], m[1])}×", text)


def short_period(start: date | None, end: date | None) -> str:
    """A period as a label has room for it: "Jul–Oct 2023", "to 18 Oct 2022", "2022"."""
    if end is None:
        return f"from {_written(start, 'MMM y')}" if start else NOT_GIVEN
    if start is None:
        return f"to {_written(end, 'd MMM y')}"
    whole = start.day == 1 and (end + timedelta(days=1)).day == 1
    if whole and (start.month, end.month) == (1, 12) and start.year == end.year:
        return str(end.year)
    if whole and start.year == end.year:
        last = _written(end, "MMM y")
        return last if start.month == end.month else f"{_written(start, 'MMM')}–{last}"
    last = _written(end, "d MMM y")
    if start == end:
        return last
    if (start.month, start.day, start.year) == (1, 1, end.year):
        return f"to {last}"
    if (start.month, start.year) == (end.month, end.year):
        return f"{start.day}–{last}"
    return f"{_written(start, 'd MMM' if start.year == end.year else 'd MMM y')}–{last}"


def short_day(when: date) -> str:
    """A day as a label has room for it: "15 Nov 2023"."""
    return _written(when, "d MMM y")


def _written(day: date, pattern: str) -> str:
    return format_date(day, pattern, locale=LANGUAGE)


def _places(value: Fraction) -> int:
    return next(places for places in range(9) if (value * 10**places).denominator == 1 or places == 8)


def sources(w: Writer, groups: Iterable[tuple[str, Iterable[Value]]]) -> str:
    """The line below a chart: where the values of each group come from, as links; one list where groups agree."""
    named = [(name, tuple(dict.fromkeys(s for one in values for s in one.sources))) for name, values in groups]
    named = [(name, found) for name, found in named if found]
    if len({found for _, found in named}) <= 1 or not all(name for name, _ in named):
        every = dict.fromkeys(source for _, found in named for source in found)
        return f"Source: {w.cite(every).markdown}" if every else ""
    merged: dict[tuple[str, ...], list[str]] = {}
    for name, found in named:
        merged.setdefault(found, []).append(name[:1].lower() + name[1:])
    parts = [f"{markup.escape(', '.join(names))}: {w.cite(found).markdown}" for found, names in merged.items()]
    return "Sources: " + ". ".join(map(capital, parts))


def note_used(w: Writer, values: Iterable[Value]) -> None:
    """Tell the writer what a chart shows, so that the evidence knows it."""
    for one in values:
        w.used.update((*one.figures, *([one.target.removeprefix("#w-")] if one.target.startswith("#w-") else [])))


def row_of(w: Writer, figure: str) -> Any:
    """The typed row of a figure, or None where this edition lacks it.

    Raises
    ------
    ChartError
        If no edition holds it.
    """
    rows = w.ledger.rows["figures"]
    if figure not in rows and figure not in w.ledger.known:
        close = difflib.get_close_matches(figure, w.ledger.known, 1)
        raise ChartError(
            f"Could not draw `{figure}`: no such figure." + (f" Did you mean `{close[0]}`?" if close else "")
        )
    return rows.get(figure)

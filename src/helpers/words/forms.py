"""The forms of a placeholder `{name:form}`: which there are, and how each writes a number."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from helpers.figures.interval import Interval
from helpers.figures.quantity import Quantity
from helpers.words.numbers import capital, end, plain, size, span, times

FORMS = ("", "times", "%", "size", "size%", "nearly", "Nearly", "value", "low", "high", "needed")
FIGURE_FORMS = (
    *("", "cap", "number", "interval", "low", "high", "size", "words", "source", "needed"),
    *("period", "year", "base", "by", "label", "Label"),
)
EVENT_FORMS = ("", "year", "words", "label", "by")
SOURCE_FORMS = ("",)


class ProseError(ValueError):
    """A placeholder that cannot be filled."""


def written(name: str, quantity: Quantity, spec: str) -> str:
    """A worked-out number in one of its forms. "size" drops the sign; "%" stands at the number, a word apart."""
    if spec in ("nearly", "Nearly", "value"):
        if quantity.value is None:
            raise ProseError(
                f"Could not fill `{{{name}:{spec}}}`: it is worked out from a range, not from single numbers."
            )
        text = plain(quantity.value) if spec == "value" else times(quantity.value)
        return capital(text) if spec == "Nearly" else text
    text = ranged(quantity.known_interval, spec.removesuffix("%"))
    unit = "" if spec in ("low", "high") else spec.removeprefix("size")
    text, more, _ = text.partition(" or more") if unit else (text, "", "")
    return text + (unit if unit in ("", "%") else f" {unit}") + more


def ranged(interval: Interval, spec: str) -> str:
    """A range in the form asked for: one of its ends, its size without a sign, or all of it."""
    if spec in ("low", "high"):
        return end(interval, spec)
    return span(size(interval) if spec == "size" else interval)


def check_form(name: str, spec: str, allowed: Iterable[str]) -> None:
    if spec not in allowed:
        close = difflib.get_close_matches(spec, list(allowed), 1)
        hint = f" Did you mean `:{close[0]}`?" if close else ""
        forms = ", ".join(f":{each}" for each in allowed if each)
        raise ProseError(f"Could not fill `{{{name}:{spec}}}`: use none or one of {forms}.{hint}")

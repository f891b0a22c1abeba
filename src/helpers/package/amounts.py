"""Amounts: a number in digits or in words, with its scale but without its unit."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from helpers.figures.numeral import Numeral
from helpers.package.lexicon import Lexicon
from helpers.package.numberwords import LANGUAGES, lexicon
from helpers.package.tokens import Token, literal, tokens

# Of these, "basis" (hundredths of a percentage point) and "mille" are units only while a number is read.
Form = Literal["number", "percent", "points", "multiple", "share", "basis", "mille"]
NO_DIGIT = Fraction(0)  # the place of the last printed digit, where none is printed to go by
Step = tuple[Numeral, int]  # what was read, and the token after it

_SIGNS = {"¼": (1, 4), "½": (1, 2), "¾": (3, 4), "⅐": (1, 7), "⅑": (1, 9), "⅒": (1, 10), "⅓": (1, 3), "⅔": (2, 3)}
_SIGNS |= {"⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6)}
_SIGNS |= {"⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8)}


_PERCENT = re.compile(r"percent|pct|pc|процент\w*|пайыз\w*")
_MORE = {"half": Fraction(1, 2), "quarter": Fraction(1, 4), "quarters": Fraction(1, 4)}
_POINT = re.compile(r"points?|pts?|пункт\w*|тармақ\w*")


class Amounts:
    """Reads the amounts of one plain text.

    Parameters
    ----------
    text
        A plain text, as `folding.plain` makes it.
    whole
        Whether the text is one printed number: then "third" is a share.
    dates
        Stretches of the text that are dates.
    """

    def __init__(self, text: str, language: str, *, whole: bool = False, dates: Sequence[tuple[int, int]] = ()) -> None:
        self.language = language if language in LANGUAGES else "en"
        self.lexicon: Lexicon = lexicon(language)
        self.whole = whole
        self.tokens: list[Token] = tokens(text, dates)

    def _word(self, at: int) -> str:
        return self.tokens[at].text if 0 <= at < len(self.tokens) and self.tokens[at].kind == "word" else ""

    def _is(self, at: int, *signs: str) -> bool:
        return 0 <= at < len(self.tokens) and self.tokens[at].text in signs

    def _glued(self, at: int) -> bool:
        return at < len(self.tokens) and self.tokens[at].glued

    def _hyphen(self, at: int) -> int:
        """The token after a hyphen that joins two words, or the same token where there is none."""
        return at + 1 if self._is(at, "-") and self._glued(at) and self._glued(at + 1) else at

    def _digits(self, at: int) -> Step | None:
        """Digits with their scale, and with the smaller parts that follow: "2 млн 300 тыс", "2 тысячи 345"."""
        made = self._one_scale(at)
        while made and (more := self._smaller(*made)):
            made = more
        return made

    def _smaller(self, made: Numeral, at: int) -> Step | None:
        """A number with a smaller part that follows it, or None."""
        scale = int(made.last or 1)
        if scale == 1 or made.places or at >= len(self.tokens) or self.tokens[at].kind != "digits":
            return None
        more, end = self._one_scale(at) or (made, at)
        if more.value >= scale or more.places or not more.last:
            return None
        if more.last == 1 and (scale > 1_000 or self.language == "en" or self._unit(end)):
            return None
        return replace(made, value=made.value + more.value, last=more.last), end

    def _unit(self, at: int) -> tuple[Form, int] | None:
        """Percent, percentage points or times after an amount, and the token after it."""
        at = self._hyphen(at)
        word, after = self._word(at), self._word(self._hyphen(at + 1))
        if word in ("pp", "ppt", "ppts", "пп", "pps"):
            return "points", at + 1
        if word in ("p", "п") and self._is(at + 1, ".") and self._is(at + 2, word):
            return "points", at + 3
        if re.fullmatch(r"percentage|percent|процентн\w*|пайыздық", word) or self._is(at, "%"):
            point = self._hyphen(at + 1)
            if _POINT.fullmatch(self._word(point)):
                return "points", point + 1
        if fine := self._fine(at):
            return fine
        if self._is(at, "%") or (word != "percentage" and _PERCENT.fullmatch(word)):
            return "percent", at + 1
        if word == "per" and after == "cent":
            cent = self._hyphen(at + 1)
            point = self._hyphen(cent + 1)
            return ("points", point + 1) if self._word(point) in ("point", "points") else ("percent", cent + 1)
        if word and self.lexicon.times.fullmatch(word) and (word != "x" or self._glued(at)):
            return "multiple", at + 1
        return None

    def _fine(self, at: int) -> tuple[Form, int] | None:
        """Basis points or thousandths after an amount, and the token after them."""
        word, next_ = self._word(at), self._hyphen(at + 1)
        if re.fullmatch(r"basis|базисн\w*|базистік|базалық", word) and _POINT.fullmatch(self._word(next_)):
            return "basis", next_ + 1
        if word in ("bp", "bps", "бп"):
            return "basis", at + 1
        if word == "б" and self._is(at + 1, ".") and self._is(at + 2, "п"):
            return "basis", at + 3
        if self._is(at, "‰") or re.fullmatch(r"permille|промилле\w*", word):
            return "mille", at + 1
        return ("mille", next_ + 1) if word == "per" and self._word(next_) in ("mille", "mil") else None

    def _one_scale(self, at: int) -> Step | None:
        """Digits with one scale: "7,000", "2½", "1.5 million", "3/4"."""
        if at >= len(self.tokens) or self.tokens[at].kind not in ("digits", "sign"):
            return None
        token = self.tokens[at]
        if token.kind == "sign":
            value, places, end, step = Fraction(*_SIGNS[token.text]), 0, at + 1, None
        else:
            value, places = literal(token.text, self.language)
            end, step = at + 1, Fraction(1, 10**places)
            if end < len(self.tokens) and self.tokens[end].kind == "sign":
                value, end, step = value + Fraction(*_SIGNS[self.tokens[end].text]), end + 1, None
            elif self._is(end, "/") and self._glued(end) and self._glued(end + 1) and self._fraction(at):
                below = literal(self.tokens[end + 1].text, self.language)[0]
                return Numeral(value / below, 0, "share", NO_DIGIT), end + 2
        more, after = self._more(end)
        if more:
            value, end, step = value + more, after, Fraction(1, 10)
        scale, end = self._scale(end)
        if step is None and scale > 1:
            step = Fraction(1, 10)
        step = step and step * scale
        form = "share" if value < 1 and step is None and scale == 1 else "number"
        return Numeral(value * scale, places, form, step or NO_DIGIT), end

    def _fraction(self, at: int) -> bool:
        """Whether digits, a stroke and digits are a fraction, not "24/7" or part of a date."""
        texts = [self.tokens[i].text for i in (at, at + 2) if i < len(self.tokens)]
        if len(texts) < 2 or not all(re.fullmatch(r"\d{1,2}", text) for text in texts) or self._is(at + 3, "/"):
            return False
        return int(texts[0]) < int(texts[1]) <= 10

    def _scale(self, at: int) -> tuple[int, int]:
        """The scale that follows digits, or 1, and the token after it."""
        word = self._word(self._hyphen(at))
        scale = self.lexicon.scales.get(word, 100 if word in self.lexicon.hundreds else 1)
        scale = self.lexicon.batches.get(word, scale)
        if scale == 1 or (len(word) == 1 and not self._glued(at)):
            return 1, at
        at = self._hyphen(at) + 1
        further = self.lexicon.scales.get(self._word(at), 1) if scale == 100 else 1
        return scale * further, at + (further > 1)

    def _more(self, at: int) -> tuple[Fraction, int]:
        """What "and a half" or "and three quarters" adds, and the token after it; nothing where none stands there."""
        at = self._hyphen(at)
        first = self._word(at)
        joined = self._hyphen(at + 1)
        after = self._hyphen(joined + 1)
        if first == "and" and self._word(joined) in ("a", "three") and self._word(after) in _MORE:
            part = _MORE[self._word(after)]
            return (3 * part if self._word(joined) == "three" else part), after + 1
        if first == "с" and self._word(at + 1) == "половиной":
            return Fraction(1, 2), at + 2
        return (Fraction(1, 2), at + 1) if first in self.lexicon.halves else (Fraction(0), at)

    def _cardinal(self, at: int) -> Step | None:
        """A number in words: "twenty-two", "двести тридцать пять тысяч", "two and a half million", "a dozen"."""
        total, group, room, last, started, end, here = Fraction(0), Fraction(0), 1_000, math.inf, False, at, at
        step: Fraction | None = Fraction(1)
        bare = self.language != "en"  # "жүз", "тысяча" alone are a hundred, a thousand
        while word := self._word(here):
            value = self.lexicon.cardinals.get(word, 1 if started and self._unit_one(word) else None)
            if word in self.lexicon.ones and not started and self._multiplies(here + 1):
                value = 1
            scale = self.lexicon.scales.get(word) if len(word) > 1 else None
            batch = self.lexicon.batches.get(word)
            if value is not None and value < room and (value or not started):
                group, room = group + value, self._room(value)
                step = Fraction(1)
            elif word in self.lexicon.hundreds and group < 100 and (group or (bare and room == 1_000)):
                group, room = max(group, Fraction(1)) * 100, 100
            elif scale and scale < last and (group or (bare and not started)):
                step = (Fraction(scale, 10) if group.denominator > 1 else Fraction(scale)) * (step or 1)
                total, group, room, last = total + (group or 1) * scale, Fraction(0), 1_000, scale
            elif batch and not total and (group or (bare and not started)):
                group, room, step = (group or Fraction(1)) * batch, 0, None
            else:
                break
            started, end = True, here + 1
            more, after = self._more(end)
            if more and room:
                group, end, step, room = group + more, after, None, 0
            if word in self.lexicon.last:
                break
            here = self._hyphen(end)
            if self._word(end) == "and" and room in (100, 1_000) and self._small(end + 1):
                here = end + 1
        if not started or (end == at + 1 and self._word(at) == "семью" and not self.whole):  # also "family"
            return None
        return Numeral(total + group, 0, "number", step or NO_DIGIT), end

    def _room(self, value: int) -> int:
        """Below what the next word must be: units after tens, tens after hundreds."""
        return 100 if value >= 100 else 10 if value >= 20 or (value == 10 and self.language == "kk") else 1

    def _unit_one(self, word: str) -> bool:
        return word in self.lexicon.ones and word not in ("a", "an")

    def _multiplies(self, at: int) -> bool:
        """Whether a word that a "one" or an "a" counts follows: "hundred", "million", "dozen", or "and a half"."""
        word = self._word(at)
        counted = word in self.lexicon.hundreds or word in self.lexicon.batches or self.lexicon.scales.get(word, 0) > 1
        return (counted and len(word) > 1) or self._more(at)[0] > 0

    def _small(self, at: int) -> bool:
        return self.lexicon.cardinals.get(self._word(at), 0) > 0 or self._unit_one(self._word(at))

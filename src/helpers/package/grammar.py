"""The grammar of printed numbers: which words, digits and signs make a number, and what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from helpers.figures.numeral import Numeral
from helpers.package.amounts import NO_DIGIT, Step
from helpers.package.shares import Shares

_FROM = frozenset({"from", "с", "со"})
_BETWEEN = frozenset({"between", "между"})
_OR = frozenset({"or", "или", "немесе"})
_AND = frozenset({"and", "и", "пен", "мен", "бен"})
_FEW = frozenset(
    {"several", "few", "couple", "пара", "пары", "пару", "несколько", "нескольких", "нескольким", "бірнеше"}
)
# The genitive of one hundred or one thousand, spelt like "hundreds" and "thousands": "более тысячи".
_SINGULAR = {"сотни": 100, "тысячи": 1_000, "дюжины": 12}
_GOVERNS = re.compile(r"свыше|более|больше|менее|меньше|около|порядка|до|от|из|не|близко")
_ABLATIVE_ENDING, _DATIVE_ENDING = re.compile(r"[дтн][ае]н"), re.compile(r"[ғгқк][ае]")
_CHANGES = re.compile(r"өс|арт|көбей|азай|төменде|кемі|түс|қысқар|жет|ұлғай|көтеріл")
_MAXIMUM = 5  # a printed range is narrower: "rose 300 to 4,300" gives two numbers


class Reader(Shares):
    """Reads the numbers of one plain text: amounts with units, shares, ratios, multiples and ranges."""

    def expression(self, at: int) -> Step | None:
        """The longest number that begins at a token, ranges included."""
        first = self._quantity(at)
        found = (self._range(at, first) if first else self._from_one(at)) or first
        return (_settled(found[0]), found[1]) if found else None

    # --- one quantity ---

    def _quantity(self, at: int) -> Step | None:
        return self._ratio(at) or self._multiple(at) or self._vague(at) or self._united(at)

    def _united(self, at: int) -> Step | None:
        """An amount with its unit: "4.2%", "three times", "half a percentage point"."""
        amount = self._amount(at)
        if amount is None:
            lone = self._word(at) in self.lexicon.ones and self._unit(at + 1)
            if not lone or (self._word(at) in ("a", "an") and lone[0] != "points"):
                return None
            return Numeral(Fraction(1), 0, lone[0], Fraction(1)), lone[1]
        numeral, end = amount
        unit = self._unit(end)
        if not unit and (numeral.form == "share" or numeral.value < 1) and self._word(end) in ("a", "of"):
            unit = self._unit(end + 1 + self._is(end + 1, "a"))
            unit = unit if unit and unit[0] in ("percent", "points") else None
        if not unit and numeral.form == "share" and self._word(end) in ("as", "again"):
            return self._as_much(numeral, end)
        return (replace(numeral, form=unit[0]), unit[1]) if unit else amount

    def _as_much(self, share: Numeral, end: int) -> Step:
        """A share that multiplies: "half as much" is 0.5 times, "half as much again" and "half again as many" 1.5."""
        if self._word(end) == "again":
            much = self._word(end + 1) == "as" and self._word(end + 2) in ("much", "many")
            return (replace(share, value=share.value + 1, form="multiple"), end + 3) if much else (share, end)
        if self._word(end + 1) not in ("much", "many"):
            return share, end
        again = self._word(end + 2) == "again"
        return replace(share, value=share.value + again, form="multiple"), end + 2 + again

    # --- amounts ---

    def _amount(self, at: int) -> Step | None:
        return self._digits(at) or self._spoken(at) or self._share(at) or self._compound(at) or self._cardinal(at)

    def _compound(self, at: int) -> Step | None:
        """An amount and its unit in one word: "пятнадцатипроцентный", "полуторакратный"."""
        made = self.lexicon.compound(self._word(at))
        return (Numeral(made[0], 0, made[1], Fraction(made[1] == "percent")), at + 1) if made else None

    # --- multiples and what names no number ---

    def _multiple(self, at: int) -> Step | None:
        """Read "doubled", "halved", "вдвое", "only once"."""
        word = self._word(at)
        if word == "once" and self.language not in ("ru", "kk"):
            counts = self.whole or self._word(at + 1) in ("in", "every", "per") or self._is(at + 1, ",", ".", ";", ")")
            return (
                (Numeral(Fraction(1), 0, "multiple", NO_DIGIT), at + 1)
                if counts and not self._is(at - 1, "at")
                else None
            )
        value = self.lexicon.grown(word) if word else None
        return (Numeral(value, 0, "multiple", NO_DIGIT), at + 1) if value else None

    def _vague(self, at: int) -> Step | None:
        """Read "dozens", "tens of thousands", "десятки тысяч", "several million": the least that it can mean."""
        word = self._word(at)
        if few := self._few(at):
            return few
        if word in _SINGULAR and _GOVERNS.fullmatch(self._word(at - 1)):
            return Numeral(Fraction(_SINGULAR[word]), 0, "number", NO_DIGIT), at + 1
        tens = {"tens": 20} if self._word(at + 1) == "of" and self.lexicon.vague.get(self._word(at + 2)) else {}
        least = (self.lexicon.vague | tens).get(word)
        if least is None:
            bare = self.lexicon.scales.get(word, 0) if len(word) > 3 else 0
            bare = 100 if self.language == "en" and word in self.lexicon.hundreds else bare
            if bare and self.language not in ("ru", "kk") and not self._glued_to_number(at):
                return Numeral(Fraction(bare), 0, "number", NO_DIGIT, None, "at least"), at + 1
            return None
        after = at + 1 + (self._word(at + 1) == "of")
        of = self._word(after)
        scale = self.lexicon.scales.get(of) or self.lexicon.vague.get(of, 0) // 2
        if scale and least < scale:
            return Numeral(Fraction(least * scale), 0, "number", NO_DIGIT, None, "at least"), after + 1
        return Numeral(Fraction(least), 0, "number", NO_DIGIT, None, "at least"), at + 1

    def _few(self, at: int) -> Step | None:
        """Read "several hundred", "a few thousand", "несколько сотен", "бірнеше мың": at least two of them."""
        start = at + (self._word(at) == "a" and self._word(at + 1) in ("few", "couple"))
        if self._word(start) not in _FEW:
            return None
        start += 1 + (self._word(start + 1) == "of")
        word = self._word(start)
        scale = self.lexicon.scales.get(word) or self.lexicon.batches.get(word) or self.lexicon.vague.get(word, 0) // 2
        scale = 100 if word in self.lexicon.hundreds else scale
        return (Numeral(Fraction(2 * scale), 0, "number", NO_DIGIT, None, "at least"), start + 1) if scale else None

    def _glued_to_number(self, at: int) -> bool:
        return at > 0 and self.tokens[at - 1].kind == "digits"

    # --- ranges ---

    def _range(self, at: int, first: Step) -> Step | None:
        """Read "10-15", "60 to 70 per cent", "between 5 and 7 thousand": two ends that share a unit."""
        low, end = first
        if self.language == "kk" and (reach := self._kazakh_reach(low, end)):
            return reach
        before = self._word(at - 1)
        next_ = self._hyphen(end)
        if next_ == end:
            link = self._word(end)
            joins = (
                (link == "to" and before not in _FROM)
                or (link in _OR and low.form == "number")
                or (link in ("and", "и") and (self.whole or before in _BETWEEN))
                or (link == "до" and (self.whole or before == "от"))
                or (link in _AND and self.language == "kk" and (self.whole or self._among(end + 1)))
            )
            if not joins:
                return None
            next_ = end + 1
        second = self._quantity(next_)
        return self._joined(low, second) if second else None

    def _kazakh_reach(self, low: Numeral, end: int) -> Step | None:
        """Read "1 500-ден 2 000-ға дейін"; before a verb of change ("өсті") these are two numbers, from and to."""
        start = self._hyphen(end)
        second = self._quantity(start + 1) if _ABLATIVE_ENDING.fullmatch(self._word(start)) else None
        if second is None:
            return None
        close = self._hyphen(second[1])
        until = close + 1 if _DATIVE_ENDING.fullmatch(self._word(close)) else second[1]
        if self._word(until) != "дейін" or _CHANGES.match(self._word(until + 1)):
            return None
        joined = self._joined(low, second)
        return (joined[0], until + 1) if joined else None

    def _among(self, at: int) -> bool:
        """Whether "between", which Kazakh puts after both ends, follows the second."""
        second = self._quantity(at)
        return second is not None and re.match(r"аралығ|арасы", self._word(second[1])) is not None

    def _joined(self, low: Numeral, second: Step) -> Step | None:
        high, end = second
        if low.limit or high.limit or low.value_to or high.value_to:
            return None
        if (low.form == "number" or low.value > 1) and high.form in ("percent", "points", "multiple", "basis", "mille"):
            low = replace(low, form=high.form)
        start = low.value
        if high.last > 1 >= low.last > 0 and start * high.last < high.value:
            start = start * _power(high)
        if low.form != high.form or not start < high.value < start * _MAXIMUM:
            return None
        last = high.last if start != low.value else min(low.last, high.last)
        return replace(high, value=start, value_to=high.value, places=max(low.places, high.places), last=last), end

    def _from_one(self, at: int) -> Step | None:
        """Read "one or two", "one to three": "one" counts only here."""
        if self._word(at) in self.lexicon.ones - {"a", "an"}:
            return self._range(at, (Numeral(Fraction(1), 0, "number", Fraction(1)), at + 1))
        return None


def _power(numeral: Numeral) -> Fraction:
    """The scale word of a numeral: a million for "1.5 million"."""
    return (numeral.last or Fraction(1)) * 10**numeral.places


def _settled(numeral: Numeral) -> Numeral:
    """What is printed in a finer unit, in the unit that rows hold: basis points as percentage points, ‰ as percent."""
    if numeral.form not in _FINER:
        return numeral
    form, parts = _FINER[numeral.form]
    to = None if numeral.value_to is None else numeral.value_to / parts
    return replace(numeral, form=form, value=numeral.value / parts, value_to=to, last=numeral.last / parts)


_FINER = {"basis": ("points", 100), "mille": ("percent", 10)}

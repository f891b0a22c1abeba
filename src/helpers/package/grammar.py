"""The grammar of printed numbers: which words, digits and signs make a number, and what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from helpers.figures.kind import Numeral
from helpers.package.amounts import NO_DIGIT, Amounts, Step

_FROM = frozenset({"from", "с", "со"})
_BETWEEN = frozenset({"between", "между"})
_OR = frozenset({"or", "или", "немесе"})
_AND = frozenset({"and", "и", "пен", "мен", "бен"})
_HALF_YEAR = frozenset({"first", "second", "latter", "other", "last", "next", "бірінші", "екінші"})
# What may follow "a third" that is a share; before another word it is an ordinal ("a third man").
_AFTER_SHARE = re.compile(
    r"of|to|in|from|was|were|is|are|has|have|had|did|do|does|will|would|could|said|say|says|more|less|fewer|"
    r"higher|lower|smaller|larger|bigger|longer|shorter|compared|as|and|or|on|since|over|between|by|at|than|"
    r"that|who|which|while|but|went|came|against|last|this|a|after|before|during|under|within|year"
)
_TIME = re.compile(r"day|week|month|year|hour|time|день|дня|недел|месяц|год|час|раз|күн|апта|ай|жыл")
_RATIO_OF = frozenset((*range(2, 11), 12, 20, 100, 1_000, 10_000, 100_000, 1_000_000))
_MAXIMUM = 5  # a printed range is narrower: "rose 300 to 4,300" gives two numbers
_ABLATIVE = re.compile(r".*[ндт][ае]н")
_DATIVE = re.compile(r".*[ғгқк][ае]")


class Reader(Amounts):
    """Reads the numbers of one plain text: amounts with units, shares, ratios, multiples and ranges."""

    def expression(self, at: int) -> Step | None:
        """The longest number that begins at a token, ranges included."""
        first = self._quantity(at)
        joined = self._range(at, first) if first else self._from_one(at)
        return joined or first

    # --- tokens ---

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
        if not unit and numeral.form == "share" and self._word(end) in ("a", "of"):
            unit = self._unit(end + 1 + self._is(end + 1, "a"))
            unit = unit if unit and unit[0] in ("percent", "points") else None
        return (replace(numeral, form=unit[0]), unit[1]) if unit else amount

    # --- amounts ---

    def _amount(self, at: int) -> Step | None:
        return self._digits(at) or self._share(at) or self._cardinal(at)

    # --- shares, ratios, multiples ---

    def _share(self, at: int) -> Step | None:
        """Read "half", "a third", "two-thirds", "одна пятая", "half a million"."""
        start = at + (self._word(at) in ("тең", "a", "one") and self._word(at + 1) in self.lexicon.parts)
        word = self._word(start)
        if word in self.lexicon.parts:
            return self._part(start)
        counted = self._count(at)
        if counted is not None:
            count, end = counted
            end = self._hyphen(end)
            nth = self.lexicon.nths.get(self._word(end), 0)
            if count < nth and (count > 1 or self._word(at) not in ("a", "an") or self._share_follows(end + 1)):
                end += 1 + bool(re.fullmatch(r"част\w+|дол\w+", self._word(end + 1)))
                return self._scaled(Numeral(Fraction(count, nth), 0, "share", NO_DIGIT), end)
        nth = self.lexicon.nths.get(word, 0)
        if nth and re.fullmatch(r"част\w+", self._word(at + 1)):
            return Numeral(Fraction(1, nth), 0, "share", NO_DIGIT), at + 2
        opening = self._word(at + 1) == "of" and (at == 0 or self._is(at - 1, ".", "\n"))
        if nth and (opening or (self.whole and len(self.tokens) == 1)):
            return Numeral(Fraction(1, nth), 0, "share", NO_DIGIT), at + 1
        return None

    def _count(self, at: int) -> tuple[int, int] | None:
        """A small whole number in words, or one."""
        word = self._word(at)
        value = 1 if word in self.lexicon.ones else self.lexicon.cardinals.get(word, 0)
        return (value, at + 1) if 0 < value < 20 else None

    def _share_follows(self, at: int) -> bool:
        word = self._word(at)
        return not word or bool(_AFTER_SHARE.fullmatch(word))

    def _part(self, at: int) -> Step | None:
        """A share in one word, unless it is a part of the year."""
        before, after = self._word(at - 1), self._word(at + 1)
        if before in _HALF_YEAR or re.fullmatch(r"перв\w+|втор\w+", before) or after.startswith("жыл"):
            return None
        end = at + 1
        joined = self._hyphen(end)
        if joined != end and not self._multiplies(joined):
            return None
        return self._scaled(Numeral(self.lexicon.parts[self._word(at)], 0, "share", NO_DIGIT), end)

    def _scaled(self, share: Numeral, end: int) -> Step:
        """A share of a scale is a number: "half a million", "a quarter of a million"."""
        at = end + (self._word(end) == "of")
        at += self._word(at) == "a"
        at = self._hyphen(at)
        if not self._multiplies(at) or self._half_more(at) != at:
            return share, end
        scale, end = self._scale(at)
        return Numeral(share.value * scale, 0, "number", Fraction(scale, 10)), end

    def _ratio(self, at: int) -> Step | None:
        """Read "one in five", "4 out of 10", "каждый пятый", "бестен бірі"."""
        if re.fullmatch(r"every|кажд\w+|әрбір|әр", self._word(at)):
            nth = self._nth(at + 1)
            return (
                (Numeral(Fraction(1, nth), 0, "share", NO_DIGIT), at + 2)
                if nth and not _TIME.match(self._word(at + 2))
                else None
            )
        if self.language == "kk":
            below, above = self._count(at), self._count(at + 1)
            if not below or not above or above[0] >= below[0] or not _ABLATIVE.fullmatch(self._word(at)):
                return None
            named = self._word(at + 2) in ("бөлігі", "бөлігін", "бөлігіне")
            dative = _DATIVE.fullmatch(self._word(at + 1)) and self._word(at + 2) == "дейін"  # from ten to five
            return None if dative else (Numeral(Fraction(above[0], below[0]), 0, "share", NO_DIGIT), at + 2 + named)
        above, end = self._whole_number(at)
        if not above or end >= len(self.tokens):
            return None
        links = {
            "en": (("in",), ("out", "of"), ("in", "every"), ("out", "of", "every"), ("of", "every")),
            "ru": (("из",),),
        }
        words = self.language if self.language == "ru" else "en"
        for link in sorted(links[words], key=len, reverse=True):
            if tuple(self._word(end + i) for i in range(len(link))) == link:
                below, last = self._whole_number(end + len(link))
                if above < below and (below in _RATIO_OF or link[-1] == "every"):
                    return Numeral(Fraction(above, below), 0, "share", NO_DIGIT), last
        return None

    def _nth(self, at: int) -> int:
        word = self._word(at)
        if self.language == "kk":
            stem = re.sub(r"[ыі]?н[шс][ыі]\w*$", "", word)
            return self.lexicon.cardinals.get(stem, 0) if stem != word else 0
        return self.lexicon.nths.get(word, 0) if not word.endswith("s") else 0

    def _whole_number(self, at: int) -> tuple[int, int]:
        """A plain whole number, in digits or words, or (0, at)."""
        if self._word(at) in self.lexicon.ones - {"a", "an"}:
            return 1, at + 1
        made = self._digits(at) or self._cardinal(at)
        if not made or made[0].places or made[0].form != "number" or made[0].value.denominator != 1:
            return 0, at
        return int(made[0].value), made[1]

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

    def _glued_to_number(self, at: int) -> bool:
        return at > 0 and self.tokens[at - 1].kind == "digits"

    # --- ranges ---

    def _range(self, at: int, first: Step) -> Step | None:
        """Read "10-15", "60 to 70 per cent", "between 5 and 7 thousand": two ends that share a unit."""
        low, end = first
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

    def _among(self, at: int) -> bool:
        """Whether "between", which Kazakh puts after both ends, follows the second."""
        second = self._quantity(at)
        return bool(second) and re.match(r"аралығ|арасы", self._word(second[1])) is not None

    def _joined(self, low: Numeral, second: Step) -> Step | None:
        high, end = second
        if low.limit or high.limit or low.value_to or high.value_to:
            return None
        if low.form == "number" and high.form in ("percent", "points", "multiple"):
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

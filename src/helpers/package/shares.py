"""Shares and ratios: "a third", "one in five", "в трех случаях из десяти", "бестен бірі"."""

from __future__ import annotations

import re
from fractions import Fraction

from helpers.figures.numeral import Numeral
from helpers.package.amounts import NO_DIGIT, Step
from helpers.package.decimals import Decimals

_HALF_YEAR = frozenset({"first", "second", "latter", "other", "last", "next", "бірінші", "екінші"})
# What may follow "a third" that is a share; before another word it is an ordinal ("a third man").
_AFTER_SHARE = re.compile(
    r"of|to|in|from|was|were|is|are|has|have|had|did|do|does|will|would|could|said|say|says|more|less|fewer|"
    r"higher|lower|smaller|larger|bigger|longer|shorter|compared|as|and|or|on|since|over|between|by|at|than|"
    r"that|who|which|while|but|went|came|against|last|this|a|after|before|during|under|within|year|"
    r"only|alone|again|per|into|for|with|because|each|now|today|overall|across|among|following|when|if|so|then|instead"
)
# What makes "fifth of" a share without "a": "the poorest fifth of families".
_BEFORE_SHARE = re.compile(r"\w{2,}est|top|bottom|upper|lower|middle|remaining|another")
_TIME = re.compile(r"day|week|month|year|hour|time|counts|день|дня|недел|месяц|год|час|раз|күн|апта|ай|жыл")
_RATIO_OF = frozenset((*range(2, 11), 12, 20, 100, 1_000, 10_000, 100_000, 1_000_000))
_ABLATIVE = re.compile(r".*[ндт][ае]н")
_GENITIVE = re.compile(r".*[ндт][ыі]ң")
_OWNED = re.compile(r"[іы](?:н\w*)?$")  # "of them": екеуі, үшінде
_KAZAKH_WHOLES = {"жүзден": 100, "жүздің": 100, "мыңнан": 1_000, "мыңның": 1_000}
_DATIVE = re.compile(r".*[ғгқк][ае]")
_LINKS = {
    "en": (("out", "of", "every"), ("out", "of"), ("in", "every"), ("of", "every"), ("in",)),
    "ru": (("из",),),
}
# What may stand between the two numbers of a ratio in Russian whatever follows: "три города из десяти" may also say
# where they come from.
_CASES = re.compile(r"случа\w*|раз\w*|человек\w*|дел\w*|попыт\w*|опрошенн\w*")
_PART = re.compile(r"част\w+|дол\w+")


class Shares(Decimals):
    """Reads the shares and ratios of one plain text."""

    def _share(self, at: int) -> Step | None:
        """Read "half", "a third", "two-thirds", "одна пятая", "half a million", "полмиллиона"."""
        start = at + (self._word(at) in ("тең", "a", "one") and self._word(at + 1) in self.lexicon.parts)
        word = self._word(start)
        if scale := self.lexicon.halved.get(self._word(at)):
            return Numeral(Fraction(scale, 2), 0, "number", Fraction(scale, 10)), at + 1
        if word in self.lexicon.parts:
            return self._part(start)
        counted = self._count(at)
        if counted is not None:
            count, end = counted
            end = self._hyphen(end)
            nth, after = self._nth(end)
            if count < nth and (count > 1 or self._word(at) not in ("a", "an") or self._share_follows(after)):
                after += bool(_PART.fullmatch(self._word(after)))
                return self._scaled(Numeral(Fraction(count, nth), 0, "share", NO_DIGIT), after)
        return self._lone(at)

    def _lone(self, at: int) -> Step | None:
        """A share that no count precedes: "пятая часть", "the poorest fifth of families", "quarter of a million"."""
        nth, end = self._nth(at)
        if not nth or self.language == "kk":
            return None
        share = Numeral(Fraction(1, nth), 0, "share", NO_DIGIT)
        if re.fullmatch(r"част\w+", self._word(end)):
            return share, end + 1
        scaled = self._scaled(share, end)
        if scaled[1] > end and self._word(end) == "of":
            return scaled
        before = self._word(at - 1)
        opening = at == 0 or self._is(at - 1, ".", "\n") or bool(_BEFORE_SHARE.fullmatch(before))
        if (opening and self._word(end) == "of") or (self.whole and len(self.tokens) == 1):
            return share, end
        return None

    def _count(self, at: int) -> tuple[int, int] | None:
        """A small whole number in words, or one."""
        word = self._word(at)
        value = 1 if word in self.lexicon.ones else self.lexicon.cardinals.get(word, 0)
        return (value, at + 1) if 0 < value < 20 else None

    def _share_follows(self, at: int) -> bool:
        word = self._word(at)
        joined = self._is(at, "-") and self._hyphen(at) != at  # "a fifth-grade pupil"
        return not joined and (not word or bool(_AFTER_SHARE.fullmatch(word)))

    def _part(self, at: int) -> Step | None:
        """A share in one word, unless it is a part of the year."""
        before, after = self._word(at - 1), self._word(at + 1)
        if before in _HALF_YEAR or re.fullmatch(r"перв\w+|втор\w+", before) or after.startswith("жыл"):
            return None
        end = at + 1
        joined = self._hyphen(end)
        if joined != end and not self._multiplies(joined) and not self._whole_number(joined)[0]:
            return None
        return self._scaled(Numeral(self.lexicon.parts[self._word(at)], 0, "share", NO_DIGIT), end)

    def _scaled(self, share: Numeral, end: int) -> Step:
        """A share of a scale is a number: "half a million", "a quarter of a million", "четверть миллиона"."""
        at = end + (self._word(end) == "of")
        at += self._word(at) == "a"
        at = self._hyphen(at)
        if not self._multiplies(at) or self._more(at)[0] > 0:
            return share, end
        scale, end = self._scale(at)
        return Numeral(share.value * scale, 0, "number", Fraction(scale, 10)), end

    # --- ratios

    def _ratio(self, at: int) -> Step | None:
        """Read "one in five", "4 out of 10", "каждый пятый", "бестен бірі"."""
        if re.fullmatch(r"every|кажд\w+|әрбір|әр", self._word(at)):
            nth, end = self._nth(at + 1, every=True)
            counts = nth and not _TIME.match(self._word(end))
            return (Numeral(Fraction(1, nth), 0, "share", NO_DIGIT), end) if counts else None
        if self.language == "kk":
            return self._kazakh_ratio(at)
        above, end = self._whole_number(at)
        if not above or end >= len(self.tokens):
            return None
        for named in range(3 if above < 20 else 1):
            if named and self._names_no_thing(end + named - 1):
                return None
            found = self._out_of(above, end, named)
            if found:
                return found
        return None

    def _names_no_thing(self, at: int) -> bool:
        """Whether a token cannot stand between the two numbers of a ratio: only a word that is no number may."""
        word = self._word(at)
        return not word or self._whole_number(at)[0] > 0 or word in ("in", "of", "out", "из", "and", "и", "per")

    def _out_of(self, above: int, end: int, named: int) -> Step | None:
        """The second number of a ratio, where `named` words stand before its link: "three cases out of ten"."""
        start = end + named
        for link in _LINKS["ru" if self.language == "ru" else "en"]:
            at = self._hyphen(start) if named == 0 else start  # "one-in-five"
            if tuple(self._word(at + i) for i in range(len(link))) != link:
                continue
            next_ = self._hyphen(at + len(link))
            hundred = link[-1] == "every" and self._word(next_) in self.lexicon.hundreds
            below, last = (100, next_ + 1) if hundred else self._whole_number(next_)
            if not above < below or not (below in _RATIO_OF or link[-1] == "every"):
                continue
            # "Three people in ten days" is no ratio, nor is "два автобуса из десяти городов".
            clear = len(link) > 1 or (self.language == "ru" and _CASES.fullmatch(self._word(start - 1)))
            if named and not clear and self._word(last) and not _VERB.fullmatch(self._word(last)):
                continue
            return Numeral(Fraction(above, below), 0, "share", NO_DIGIT), last
        return None

    def _kazakh_ratio(self, at: int) -> Step | None:
        """Read "бестен бірі", "бестің бірі", "он жағдайдың үшінде": the whole comes first."""
        word, next_ = self._word(at), self._word(at + 1)
        whole = _KAZAKH_WHOLES.get(word) or (self._count(at) or (0, at))[0]
        if not whole:
            return None
        if _ABLATIVE.fullmatch(word):
            start, owned = at + 1, False
        elif _GENITIVE.fullmatch(word):
            start, owned = at + 1, True
        elif _GENITIVE.fullmatch(next_) or (_ABLATIVE.fullmatch(next_) and self._word(at + 2).endswith(("еуі", "ауы"))):
            start, owned = at + 2, True
        else:
            return None
        above = self._count(start)
        if not above or above[0] >= whole or (owned and not _OWNED.search(self._word(start))):
            return None
        named = self._word(start + 1) in ("бөлігі", "бөлігін", "бөлігіне")
        dative = _DATIVE.fullmatch(self._word(start)) and self._word(start + 1) == "дейін"  # from ten to five
        return None if dative else (Numeral(Fraction(above[0], whole), 0, "share", NO_DIGIT), start + 1 + named)

    def _nth(self, at: int, *, every: bool = False) -> tuple[int, int]:
        """What a share is counted in ("third", "5-й"; after "every" also "second"), or 0, and the token after it."""
        word = self._word(at)
        if at < len(self.tokens) and self.tokens[at].kind == "digits" and every:
            ending = self._hyphen(at + 1)
            suffix = re.fullmatch(r"st|nd|rd|th|[ыоа]?[йяе]|[ая]я|го|м|[ыі]?н?[шс][ыі]\w*", self._word(ending))
            value = self.tokens[at].text
            return (int(value), ending + 1) if suffix and self._glued(ending) and value.isdigit() else (0, at)
        if self.language == "kk":
            stem = re.sub(r"н[шс][ыі]\w*$", "", word)
            found = [self.lexicon.cardinals.get(each, 0) for each in (stem, re.sub(r"[ыі]$", "", stem)) if stem != word]
            return max(found, default=0), at + 1
        if every and word == "second" and self._word(at + 1) and not self._share_follows(at + 1):
            return 2, at + 1
        return (0 if every and word.endswith("s") else self.lexicon.nths.get(word, 0)), at + 1

    def _whole_number(self, at: int) -> tuple[int, int]:
        """A plain whole number, in digits or words, or (0, at)."""
        if self._word(at) in self.lexicon.ones - {"a", "an"}:
            return 1, at + 1
        made = self._digits(at) or self._cardinal(at)
        if not made or made[0].places or made[0].form != "number" or made[0].value.denominator != 1:
            return 0, at
        return int(made[0].value), made[1]


_VERB = re.compile(
    r"was|were|is|are|has|have|had|did|do|does|will|would|could|can|cannot|said|say|says|and|but|or|who|that|which|"
    r"was|went|came|\w{2,}ed|\w{3,}n't|was|не|был\w*|и|но|\w+(?:л|ла|ли|ло|ют|ет|ит|ят)(?:ся|сь)?"
)

"""Which words count, in English, Russian and Kazakh.

Cardinals in every case come from num2words, the words and abbreviations of thousands and millions from CLDR through
Babel. Kazakh, which num2words does not inflect, takes its endings by vowel harmony here.
"""

from __future__ import annotations

import functools
import itertools
import re
from fractions import Fraction

from helpers.package.lexicon import POWERS, SMALL, Lexicon, spell
from helpers.package.lexicon import scales as _scales

LANGUAGES = ("en", "ru", "kk")


@functools.cache
def lexicon(language: str) -> Lexicon:
    """The words of a language; of one that is not known here, those of English."""
    return {"ru": _russian, "kk": _kazakh}.get(language, _english)()


# --- English -------------------------------------------------------------------------------------------------------

_ENGLISH_NTHS = (*range(3, 21), *range(30, 100, 10), 100, 1_000)


def _english() -> Lexicon:
    cardinals = {spell(value, "en"): value for value in SMALL}
    folds = {f"{word}fold": Fraction(value) for word, value in cardinals.items() if value > 1}
    folds |= {"hundredfold": Fraction(100), "thousandfold": Fraction(1_000)}
    scales = _scales("en") | dict.fromkeys(("k", "thousands"), 1_000) | dict.fromkeys(("m", "mn", "mln"), 1_000_000)
    scales |= dict.fromkeys(("b", "bn", "bln"), 1_000_000_000) | dict.fromkeys(("tn", "trn"), 1_000_000_000_000)
    nths = {spell(value, "en", to="ordinal").split()[-1]: value for value in _ENGLISH_NTHS} | {"quarter": 4}
    return Lexicon(
        cardinals={word: value for word, value in cardinals.items() if value != 1} | {"nought": 0, "naught": 0},
        hundreds=frozenset({"hundred"}),
        scales={word: value for word, value in scales.items() if word != "thousands"},
        ones=frozenset({"one", "a", "an"}),
        parts=dict.fromkeys(("half", "halves"), Fraction(1, 2)),
        nths=nths | {f"{word}s": value for word, value in nths.items()},
        multiples=folds
        | dict.fromkeys(("twice", "double"), Fraction(2))
        | dict.fromkeys(("thrice", "triple", "treble"), Fraction(3))
        | {"quadruple": Fraction(4), "quintuple": Fraction(5), "halve": Fraction(1, 2)},
        growing={
            "doubled": Fraction(2),
            "doubles": Fraction(2),
            "doubling": Fraction(2),
            **{f"{stem}{end}": Fraction(3) for stem in ("tripl", "trebl") for end in ("ed", "es", "ing")},
            **{f"quadrupl{end}": Fraction(4) for end in ("ed", "es", "ing")},
            **{f"quintupl{end}": Fraction(5) for end in ("ed", "es", "ing")},
            **{f"halv{end}": Fraction(1, 2) for end in ("ed", "es", "ing")},
        },
        vague={
            "dozen": 12,
            "dozens": 24,
            "scores": 40,
            "hundreds": 200,
            "thousands": 2_000,
            "millions": 2_000_000,
            "billions": 2_000_000_000,
        },
        times=re.compile(r"times|fold|x"),
        batches={"dozen": 12},
    )


# --- Russian -------------------------------------------------------------------------------------------------------

_CASES = ("n", "g", "d", "a", "i", "p")
_ADJECTIVES = ("ая", "ой", "ую", "ые", "ых", "ым", "ыми", "ый", "ого", "ому", "ом", "ое")
_RUSSIAN_NTHS = {
    "втор": 2,
    "пят": 5,
    "шест": 6,
    "седьм": 7,
    "восьм": 8,
    "девят": 9,
    "десят": 10,
    "двенадцат": 12,
    "двадцат": 20,
    "сот": 100,
    "тысячн": 1_000,
}
_TOGETHER = {
    "дво": (2, ("е", "их", "им", "ими")),
    "тро": (3, ("е", "их", "им", "ими")),
    **{
        stem: (value, ("о", "ых", "ым", "ыми"))
        for stem, value in (("четвер", 4), ("пятер", 5), ("шестер", 6), ("семер", 7), ("десятер", 10))
    },
}
_HALVED = {"миллиона": 10**6, "миллиарда": 10**9, "тысячи": 1_000, "сотни": 100, "дюжины": 12}


def _russian() -> Lexicon:
    cardinals: dict[str, int] = {}
    scales = _scales("ru")
    for case, gender in itertools.product(_CASES, "mfn"):
        for value in (*SMALL, *range(100, 1_000, 100)):
            cardinals[_e(spell(value, "ru", case=case, gender=gender))] = value
        for power in POWERS:
            for count in (1, 2, 5):
                scales[_e(spell(count * power, "ru", case=case).split()[-1])] = power
    # The accusative of things, which num2words writes like that of persons.
    cardinals |= {"две": 2, "два": 2, "три": 3, "четыре": 4, "нуль": 0}
    cardinals |= {stem + end: value for stem, (value, ends) in _TOGETHER.items() for end in ends}
    ones = frozenset(word for word, value in cardinals.items() if value == 1) | {"одну", "одни", "одних"}
    nths = {stem + end: value for stem, value in _RUSSIAN_NTHS.items() for end in _ADJECTIVES}
    nths |= {f"трет{end}": 3 for end in ("ья", "ьей", "ью", "ьи", "ьих", "ий", "ьего", "ьему", "ь", "и", "ей", "ям")}
    nths |= {f"четверт{end}": 4 for end in ("ь", "и", "ью", "ей", "ям", "ями", "ях", *_ADJECTIVES)}
    return Lexicon(
        cardinals={word: value for word, value in cardinals.items() if word not in ones},
        hundreds=frozenset(),
        scales=scales | dict.fromkeys(("тыс", "тысяч"), 1_000) | {"млн": 10**6, "млрд": 10**9, "трлн": 10**12},
        ones=ones,
        parts={f"половин{end}": Fraction(1, 2) for end in ("а", "у", "ы", "е", "ой", "ою")}
        | {"наполовину": Fraction(1, 2)}
        | {f"трет{end}": Fraction(1, 3) for end in ("ь", "и", "ью")}
        | {f"четверт{end}": Fraction(1, 4) for end in ("ь", "и", "ью")}
        | dict.fromkeys(("полтора", "полторы", "полутора"), Fraction(3, 2)),
        nths=nths,
        multiples={
            word: Fraction(value)
            for value, word in enumerate(
                ("вдвое", "втрое", "вчетверо", "впятеро", "вшестеро", "всемеро", "ввосьмеро", "вдевятеро", "вдесятеро"),
                2,
            )
        }
        | {"дважды": Fraction(2), "трижды": Fraction(3), "вполовину": Fraction(1, 2)},
        growing={
            **dict.fromkeys(("удвои", "удваив", "удвоен"), Fraction(2)),
            **dict.fromkeys(("утрои", "утраив", "утроен"), Fraction(3)),
            "учетвер": Fraction(4),
        },
        vague={
            "десятки": 20,
            "десятков": 20,
            "сотни": 200,
            **dict.fromkeys(("тысячи", "тысяч", "тысячам", "тысячах"), 2_000),
            **dict.fromkeys(("миллионы", "миллионов"), 2_000_000),
        },
        times=re.compile(r"раза?|кратн\w*"),
        batches=dict.fromkeys(("десяток", "десятка", "десятков"), 10)
        | dict.fromkeys(("сотня", "сотню", "сотни", "сотен"), 100)
        | dict.fromkeys(("дюжина", "дюжину", "дюжины", "дюжин"), 12),
        halved={begin + word: scale for word, scale in _HALVED.items() for begin in ("пол", "полу")},
        before={_e(spell(value, "ru", case="g")): Fraction(value) for value in (*SMALL, *range(100, 1_000, 100))}
        | {"одно": Fraction(1), "дву": Fraction(2), "сто": Fraction(100), "полутора": Fraction(3, 2)},
    )


def _e(word: str) -> str:
    return word.replace("ё", "е")


# --- Kazakh --------------------------------------------------------------------------------------------------------

_BACK, _FRONT = "аоұыя", "әеөүіиэ"


def inflected(word: str) -> frozenset[str]:
    """A Kazakh noun or number with its endings of case and of the third person, by vowel and consonant harmony."""
    vowels = [letter for letter in word if letter in _BACK + _FRONT]
    back = bool(vowels) and vowels[-1] in _BACK
    last = word[-1]
    vowel = last in _BACK + _FRONT  # a final у counts as a consonant
    a, y = ("а", "ы") if back else ("е", "і")
    hard = last in "пфктсшщчцхқбвгд"
    nasal = last in "мнң"
    d = "т" if hard else "д"
    n = "н" if vowel or nasal else d
    dative = (("қ" if hard else "ғ") if back else ("к" if hard else "г")) + a
    instrumental = ("п" if hard else "б" if last in "зж" else "м") + "ен"
    accusative = ("н" if vowel else d) + y
    own = ("с" if vowel else "") + y
    cases = (dative, d + a, ("н" if nasal else d) + a + "н", n + y + "ң", accusative, instrumental, d + a + "й")
    soft = word[:-1] + {"қ": "ғ", "к": "г", "п": "б"}.get(last, last)
    owned = [soft[len(word) - 1 :] + own + end for end in ("", "н", f"н{a}", f"н{a}н", f"нд{a}", f"н{y}ң")]
    return frozenset([word + end for end in ("", *cases)] + [word[:-1] + end for end in owned])


_KAZAKH_TOGETHER = {"екеу": 2, "үшеу": 3, "төртеу": 4, "бесеу": 5, "алтау": 6, "жетеу": 7}
# Everyday words that an inflected number is spelt like: "him", "there", "for", "into effect", "in the quarter".
_KAZAKH_OTHER = re.compile(
    r"он(?:ы|ың|да|дай)|үшін|жүзі(?:н|нде|не|нен|нің)?|тоқсан(?:ы|да|ның|ға|ында|ының|ына)",
)


def _kazakh() -> Lexicon:
    base = {spell(value, "kk"): value for value in SMALL}
    cardinals = {form: value for word, value in base.items() if value != 1 for form in inflected(word)}
    cardinals |= {"қырқы": 40, "қырқын": 40, "қырқына": 40}
    cardinals |= {form: value for word, value in _KAZAKH_TOGETHER.items() for form in inflected(word)}
    scales = {form: value for word, value in _scales("kk").items() for form in inflected(word)}
    plain = {*base, "жүз", *_scales("kk")}
    return Lexicon(
        last=frozenset({*cardinals, *scales, *inflected("жүз"), *inflected("бір")} - plain),
        cardinals={word: value for word, value in cardinals.items() if not _KAZAKH_OTHER.fullmatch(word)},
        hundreds=frozenset(form for form in inflected("жүз") if not _KAZAKH_OTHER.fullmatch(form)),
        scales=scales,
        ones=inflected("бір"),
        parts={form: Fraction(1, 2) for word in ("жарты", "жартысы") for form in inflected(word)}
        | {form: Fraction(1, 4) for form in inflected("ширек")},
        nths={},
        multiples={"жартылай": Fraction(1, 2)},
        growing={},
        vague={"ондаған": 20, "жүздеген": 200, "мыңдаған": 2_000, "миллиондаған": 2_000_000},
        times=re.compile(r"есе(?:ге|ден|дей|сі|лік|лен\w*|леп|леді)?"),
        halves=frozenset({"жарым"}),
    )

"""Words that can name a thing, without their endings, and how much a shared one tells."""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import snowballstemmer

# Words that say nothing of what is counted.
_SAY_NOTHING = """
    about above after against all also among and any are been before being between both brought but came can compared
    did does during each every for from had has have her his how into its less many more most much nor not now number
    off one other our out over own per rate same said says share she some such than that the their them then there
    these they this those times too two under via was were what when where which while who whole with would yet you
    year years month months reported according percent cent total
    более больше будет была были было быть все году года для его еще если ещё или как которые который которых меньше
    можно над нет около один она они оно под почти период при примерно про сам составило так также такой тем только чем
    человек числе число что чтобы это этот этого уже
    лишь ними них ним всех тех весь
    арқылы бен бойынша болды болған болып бұл бұрын деген дейін жылғы жылы жылдың кейін кезең кезеңде көрсеткіш мен олар
    осы пен саны сол туралы үшін шамамен әрбір
"""
_STOP = frozenset(_SAY_NOTHING.split())

# English words whose forms have no stem in common, each with the form that stands for all.
_ALIKE = {
    "children": "child", "men": "man", "women": "woman", "people": "person", "persons": "person", "wives": "wife",
    "lives": "life", "feet": "foot", "paid": "pay", "unpaid": "pay", "sent": "send", "won": "win", "lost": "lose",
    "held": "hold", "sold": "sell", "built": "build", "bought": "buy", "taught": "teach", "caught": "catch",
    "broke": "break", "broken": "break", "stole": "steal", "stolen": "steal", "drove": "drive", "driven": "drive",
    "taken": "take", "took": "take", "given": "give", "gave": "give", "left": "leave", "met": "meet", "kept": "keep",
    "minister": "ministry", "ministers": "ministry", "died": "death", "dead": "death", "deaths": "death",
}  # fmt: skip

# Endings of Kazakh, which follow one another: plural, possession, case, and what makes an adjective or a participle.
_KAZAKH = re.compile(
    r"(?:[лдт][ае]р|[ыі]м[ыі]з|[ыі][мң]|с[ыі]|[ыі]|[ндт][ыі]ң|[ғқгк][ае]|[ндт][ыі]|н[ае]|[дт][ае]|[ндт][ае]н|[мбп]ен|"
    r"[дт][ае][ғг][ыі]|[ғг][ыі]|[ғқгк][ае]н|н)$"
)
_KAZAKH_ROOT = 4


def stems(text: str, language: str = "en") -> frozenset[str]:
    """The words of a text that can name a thing, without their endings.

    Parameters
    ----------
    language
        That of its words in Cyrillic letters: "kk", else they are taken to be Russian. Words in Latin letters are
        taken to be English.
    """
    words = re.findall(r"[^\W\d_]{3,}", text.lower())
    return frozenset(_stem(word, language) for word in words if word not in _STOP)


def weights(named: Iterable[frozenset[str]]) -> dict[str, float]:
    """How much a shared stem tells: the more, the fewer claims it names (inverse document frequency, Jones 1972).

    Parameters
    ----------
    named
        The stems of each claim.
    """
    every = list(named)
    counts = Counter(stem for words in every for stem in words)
    return {stem: math.log(1 + len(every) / count) for stem, count in counts.items()}


def _stem(word: str, language: str) -> str:
    if word.isascii():
        return str(_stemmer("english").stemWord(_ALIKE.get(word, word)))
    return _root(word) if language == "kk" else str(_stemmer("russian").stemWord(word))


def _root(word: str) -> str:
    """A Kazakh word without its endings; the last sound of a root, softened before an ending, as it is alone."""
    while len(word) > _KAZAKH_ROOT and (ending := _KAZAKH.search(word)) and ending.start() >= _KAZAKH_ROOT:
        word = word[: ending.start()]
    return word[:-1] + {"ғ": "қ", "г": "к", "б": "п"}.get(word[-1], word[-1])


@functools.cache
def _stemmer(language: str) -> Any:
    return snowballstemmer.stemmer(language)

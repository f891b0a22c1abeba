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
    about above after against also among been before being between both brought came compared does during each
    every from have having into less many more most much number other over rate same said says share some such
    than that their them then there these they this those times under were what when where which while whole
    with would year years month months reported according percent cent total
    более больше будет была были было быть году года если ещё как которые который которых меньше можно около один почти
    период примерно составило также такой только человек числе число чтобы этот этого
    арқылы бойынша болды болған болып бұрын деген дейін жылғы жылы жылдың кейін кезең кезеңде көрсеткіш саны туралы
    үшін шамамен әрбір
"""
_STOP = frozenset(_SAY_NOTHING.split())


def stems(text: str) -> frozenset[str]:
    """The words of a text that can name a thing, without their endings."""
    words = re.findall(r"[^\W\d_]{4,}", text.lower())
    return frozenset(_stem(word) for word in words if word not in _STOP)


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


def _stem(word: str) -> str:
    return _stemmer("english" if word.isascii() else "russian").stemWord(word)


@functools.cache
def _stemmer(language: str) -> Any:
    # Kazakh has no stemmer there; the Russian one treats all forms of a word alike often enough.
    return snowballstemmer.stemmer(language)

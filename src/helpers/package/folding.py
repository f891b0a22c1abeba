"""Copied text made plain: what two printings of one phrase share, with the place of each letter in the original.

Copying from a PDF or a web page changes what a reader cannot see: accents come apart from their letters, soft hyphens
and zero-width spaces come along, "fi" is one sign, hyphens and spaces are of a dozen kinds.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

NO_BREAK = "\u00a0"  # stands for every space that does not break; in a plain text it may group digits

_PLAIN = {
    **dict.fromkeys("\u202f\u2007\u2009", NO_BREAK),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("’‘‚‛′ʼ", "'"),
}
# Signs without width: soft hyphen, zero-width space and joiners, word joiner, byte order mark, direction marks.
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}


@dataclass(frozen=True)
class Plain:
    """A text made plain.

    Attributes
    ----------
    text
        With composed letters and no stress marks, plain quotes, hyphens and ligatures taken apart. A run of white space
        is one sign: a line break where it holds one, else a space, or `NO_BREAK`.
    starts, ends
        For each sign of `text`, where what it stands for begins and ends in the original.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the plain text as a stretch of the original."""
        return self.starts[start], self.ends[end - 1]


@functools.lru_cache(maxsize=64)  # a text is sought in as often as it has rows
def plain(text: str) -> Plain:
    """Make a text plain and remember where each sign stood."""
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    while at < len(text):
        end = _cluster(text, at)
        made = _sign(text[at:end])
        if made and made in " \n\u00a0" and signs and signs[-1] in " \n\u00a0":
            signs[-1] = "\n" if "\n" in (made, signs[-1]) else " "
            ends[-1] = end
        else:
            for sign in made:
                signs.append(sign)
                starts.append(at)
                ends.append(end)
        at = end
    return Plain("".join(signs), tuple(starts), tuple(ends))


def _cluster(text: str, at: int) -> int:
    """The end of the letter that begins at `at`, with the accents that follow it; or of a hyphenation."""
    if text[at] == "\u00ad":
        broken = re.compile(r"\u00ad[ \t]*\r?\n[ \t]*").match(text, at)
        return broken.end() if broken else at + 1
    end = at + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def _sign(cluster: str) -> str:
    first = cluster[0]
    if first in _UNSEEN:
        return ""
    if first in _PLAIN:
        return _PLAIN[first]
    if first in _LIGATURES:
        return _LIGATURES[first]
    if first in "\n\r\u2028\u2029":
        return "\n"
    if first == NO_BREAK:
        return NO_BREAK
    if first.isspace():
        return " "
    # What composes with no letter is a stress mark, as dictionaries set it on Russian vowels; words are one without it.
    return "".join(sign for sign in unicodedata.normalize("NFC", cluster) if not unicodedata.combining(sign))


def fold(text: str) -> str:
    """The text made plain, on one line, with single spaces and none before a percent sign: what two printings share."""
    return re.sub(r"\s(?=%)", "", re.sub(r"\s+", " ", plain(text).text)).strip()

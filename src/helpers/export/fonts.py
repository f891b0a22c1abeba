"""The fonts of the PDF, from packages and never from the machine, and the letters that none of them has."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import fontpkg_ibm_plex_sans
import fontpkg_ibm_plex_serif
import matplotlib
from fontTools.ttLib import TTFont

from helpers.markup.tokens import Token

# What a letter that no font has is shown as.
INSTEAD = "□"
SANS = Path(fontpkg_ibm_plex_sans.ROOT) / "files"
SERIF = Path(fontpkg_ibm_plex_serif.ROOT) / "files"
_MATPLOTLIB = Path(matplotlib.get_data_path()) / "fonts" / "ttf"


@contextmanager
def folders() -> Iterator[list[str]]:
    """The folders that the compiler looks in: matplotlib's own also holds a font of boxes for every letter there is."""
    with tempfile.TemporaryDirectory() as scratch:
        for path in sorted(_MATPLOTLIB.glob("DejaVu*.ttf")):
            try:
                (Path(scratch) / path.name).symlink_to(path)
            except OSError:  # a system without links
                shutil.copy(path, scratch)
        yield [str(SANS), str(SERIF), scratch]


@cache
def _letters() -> frozenset[int]:
    """Every character that text in any of the fonts can show."""
    paths = [_MATPLOTLIB / "DejaVuSans.ttf", *SANS.glob("IBMPlexSans[[]*.ttf")]
    found: set[int] = set()
    for path in paths:
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)


def missing(text: str) -> set[str]:
    """The characters of a text that no font has, those that are drawn as nothing apart."""
    if text.isascii():
        return set()
    return {
        letter for letter in set(text) if ord(letter) not in _letters() and letter.isprintable() and letter > "\u00ff"
    }


def replace(tokens: list[Token]) -> set[str]:
    """Put a box for each letter that no font has, in place, and give back those letters."""
    found: set[str] = set()
    for token in tokens:
        if "raw" in token and (lost := missing(token["raw"])):
            token["raw"] = token["raw"].translate({ord(letter): INSTEAD for letter in lost})
            found |= lost
        for part in ("alt", "title", "what"):
            attrs = token.get("attrs", {})
            if isinstance(attrs.get(part), str) and (lost := missing(attrs[part])):
                attrs[part] = attrs[part].translate({ord(letter): INSTEAD for letter in lost})
                found |= lost
        found |= replace(token.get("children", []))
    return found

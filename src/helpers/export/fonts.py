"""The fonts of the PDF, from packages and never from the machine, and the letters that none of them has."""

from __future__ import annotations

import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import fontpkg_ibm_plex_sans
import fontpkg_ibm_plex_serif
import matplotlib
from fontTools.ttLib import TTFont

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
    """The characters of a text that no font has, those apart that are never drawn."""
    return {letter for letter in set(text) if letter > "\u00ff" and ord(letter) not in _letters() and _is_drawn(letter)}


def replaced(text: str) -> str:
    """The text with a box for each letter that no font has."""
    lost = missing(text)
    return text.translate({ord(letter): INSTEAD for letter in lost}) if lost else text


def _is_drawn(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cf", "Zl", "Zp", "Zs")

"""The fonts of the PDF, and the letters that none of them has.

They come from packages, so that a document is the same everywhere. Only letters that those lack (Chinese, Thai, emoji)
are looked for in the fonts of the machine, and only where an exporter allows it.
"""

from __future__ import annotations

import shutil
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fontpkg_ibm_plex_sans
import fontpkg_ibm_plex_serif
import matplotlib
from fontTools.ttLib import TTFont, TTLibError

# What a letter that no font has is shown as.
INSTEAD = "□"
SANS = Path(fontpkg_ibm_plex_sans.ROOT) / "files"
SERIF = Path(fontpkg_ibm_plex_serif.ROOT) / "files"
_MATPLOTLIB = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
_RESTRICTED = 0x2  # the bit of a font's embedding permissions that forbids it


@dataclass(frozen=True)
class Fonts:
    """The packages' fonts, and files of the machine with letters that those lack.

    Parameters
    ----------
    more
        Files of the machine.
    letters
        The code points that those have.
    """

    more: tuple[Path, ...] = ()
    letters: frozenset[int] = frozenset()

    @contextmanager
    def folders(self) -> Iterator[list[str]]:
        """The folders that the compiler looks in; matplotlib's own also holds a font of boxes for every letter."""
        with tempfile.TemporaryDirectory() as scratch:
            for at, path in enumerate((*sorted(_MATPLOTLIB.glob("DejaVu*.ttf")), *self.more)):
                place = Path(scratch) / f"{at:03}-{path.name}"
                try:
                    place.symlink_to(path)
                except OSError:  # a system without links
                    shutil.copy(path, place)
            yield [str(SANS), str(SERIF), scratch]

    def missing(self, text: str) -> set[str]:
        """The characters of a text that no font has, those apart that are never drawn."""
        return {letter for letter in missing(text) if ord(letter) not in self.letters}

    def replaced(self, text: str) -> str:
        """The text with a box for each letter that no font has."""
        lost = self.missing(text)
        return text.translate({ord(letter): INSTEAD for letter in lost}) if lost else text


def missing(text: str) -> set[str]:
    """The characters of a text that no font of the packages has, those apart that are never drawn."""
    return {letter for letter in set(text) if letter > "\u00ff" and ord(letter) not in _letters() and _is_drawn(letter)}


def of_machine(text: str) -> Fonts:
    """The packages' fonts with the fewest of the machine's that have what those lack; on one machine the same."""
    # What a private code point shows differs from font to font.
    wanted = {ord(letter) for letter in missing(text) if unicodedata.category(letter) not in ("Co", "Cn", "Cs")}
    more: list[Path] = []
    found: set[int] = set()
    if wanted:
        from matplotlib.font_manager import findSystemFonts  # slow to load, and seldom needed

        paths = sorted(map(Path, findSystemFonts()), key=lambda path: ("regular" not in path.stem.lower(), str(path)))
        for path in paths:
            if has := wanted & _embeddable(path):
                more.append(path)
                found |= has
                wanted -= has
            if not wanted:
                break
    return Fonts(tuple(more), frozenset(found))


def _embeddable(path: Path) -> set[int]:
    """The letters of a font file that may stand in a document; none if it forbids that or cannot be read."""
    try:
        with TTFont(path, lazy=True, fontNumber=0) as font:
            return set() if font["OS/2"].fsType & _RESTRICTED else set(font.getBestCmap() or ())
    except (TTLibError, OSError, KeyError, AssertionError, ValueError):
        return set()


@cache
def _letters() -> frozenset[int]:
    """Every character that text in any of the packages' fonts can show."""
    paths = [_MATPLOTLIB / "DejaVuSans.ttf", *SANS.glob("IBMPlexSans[[]*.ttf")]
    found: set[int] = set()
    for path in paths:
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)


def named(letters: set[str]) -> str:
    """Letters by their code points, the first twelve of many."""
    shown = [f"U+{ord(letter):04X}" for letter in sorted(letters)]
    return ", ".join(shown[:12]) + (f" … ({len(shown)})" if len(shown) > 12 else "")


def _is_drawn(letter: str) -> bool:
    return unicodedata.category(letter) not in ("Cf", "Zl", "Zp", "Zs")

"""IBM Plex Sans and Serif inside a page, cut to the characters it uses.

Both stand under the SIL Open Font License 1.1, which lets a document embed them, whole or in part.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import matplotlib

from helpers.export.fonts import SANS, SERIF


class _Face(NamedTuple):
    family: str
    weight: str
    style: str
    file: Path


_FACES = (
    _Face("IBM Plex Sans", "400 700", "normal", SANS / "IBMPlexSans[wdth,wght].ttf"),
    _Face("IBM Plex Serif", "400", "normal", SERIF / "IBMPlexSerif-Regular.ttf"),
    _Face("IBM Plex Serif", "400", "italic", SERIF / "IBMPlexSerif-Italic.ttf"),
)
# Kerning, accents, and figures of one height and one width. The letter forms of single languages are left out: Plex has
# them for Bulgarian and Serbian, and they would take an eighth of the font in every page.
_FEATURES = ("kern", "mark", "mkmk", "ccmp", "lnum", "tnum", "pnum")
_NOTHING = ".notdef"  # the box in place of a letter, kept with its outline
# In every page, so that few different cuts are made: ASCII, and what the style sheet writes by itself.
_ALWAYS = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0✓×÷−–—‘’“”…·¶↩↓"
_TOOLS = tuple(version(name) for name in ("fonttools", "brotli", "fontpkg-ibm-plex-sans", "fontpkg-ibm-plex-serif"))


def rules(sans: str, serif: str, italic: str) -> str:
    """The `@font-face` rules for what a page shows, with the fonts inside them as WOFF2. The same texts give the same
    bytes.

    Parameters
    ----------
    sans, serif, italic
        What is set in each face. Characters that a font lacks are left to the reader's own fonts.
    """
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style}; '
        f"font-display: swap; src: url(data:font/woff2;base64,{_kept(face, _characters(text))}) format('woff2') }}"
        for face, text in zip(_FACES, (sans, serif, italic), strict=True)
    )


def _characters(text: str) -> str:
    return "".join(sorted({*text, *_ALWAYS} - {"\n", "\t"}))


def _kept(face: _Face, characters: str) -> str:
    """A font cut to these characters, in base64. A cut takes a second, so each is kept, where matplotlib keeps its."""
    name = hashlib.sha256(repr((face[:3], characters, _FEATURES, _NOTHING, _TOOLS)).encode()).hexdigest()
    kept = Path(matplotlib.get_cachedir()) / f"plex-{name[:20]}.woff2"
    if not kept.exists():
        partial = kept.with_name(f"{kept.name}.{os.getpid()}")
        partial.write_bytes(_cut(face, characters))
        os.replace(partial, kept)
    return base64.b64encode(kept.read_bytes()).decode()


def _cut(face: _Face, characters: str) -> bytes:
    # Only a font that was never cut before needs these, and they are slow to load.
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(face.file, recalcTimestamp=False)
    options = subset.Options(layout_features=list(_FEATURES), hinting=False, desubroutinize=True)
    options.notdef_outline = True  # a letter that no font of the reader has is a box, not a gap
    options.drop_tables += ["meta"]  # the languages the whole font was made for
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters, glyphs=[_NOTHING])
    cutter.subset(font)
    if "fvar" in font:
        low, high = map(int, face.weight.split())
        font = instancer.instantiateVariableFont(font, {"wdth": 100, "wght": (low, high)})
    font.flavor = "woff2"
    packed = io.BytesIO()
    font.save(packed)
    return packed.getvalue()

"""Text as Typst string literals: nothing in a literal can be code."""

from __future__ import annotations

_NAMED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def literal(text: str) -> str:
    """A Typst string literal that stands for `text`, for what is shown."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'  # most are so, and there are many
    return '"' + "".join(_NAMED.get(c, c) for c in text if c in _NAMED or _is_text(c)) + '"'


def data(text: str) -> str:
    """A literal in ASCII, for what is never set in type: ids, addresses, alternative texts, formulas."""
    return "".join(c if c.isascii() else f"\\u{{{ord(c):x}}}" for c in literal(text))


def _is_text(letter: str) -> bool:
    # A byte order mark within a text is none, and half of a pair of code units is no letter.
    return (letter.isprintable() or ord(letter) > 0x9F) and letter != "\ufeff" and not "\ud800" <= letter <= "\udfff"

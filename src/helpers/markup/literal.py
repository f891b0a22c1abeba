"""Text as Typst string literals: nothing in a literal can be code."""

from __future__ import annotations


def literal(text: str) -> str:
    """A Typst string literal that stands for `text`."""
    named = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(named.get(c, c) for c in text if c in named or c.isprintable() or ord(c) > 0x9F) + '"'

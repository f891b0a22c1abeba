"""What stands behind a report: who publishes it, how to cite it, what was corrected, and what it could not see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from helpers.markup import dialect as markup
from helpers.package.cells import last_day
from helpers.package.ledger import Ledger
from helpers.report.start import PROJECT
from helpers.report.version import version
from helpers.words.blocks import Text
from helpers.words.numbers import capital, day, small
from helpers.words.template import Writer

# Embedded in the page and the PDF, with the licence each stands under.
FONTS = "IBM Plex Sans and IBM Plex Serif (© IBM Corp.), SIL Open Font License 1.1"


def excerpts(ledger: Ledger) -> str:
    """How many of the sources were read in part only, in a sentence."""
    sources = ledger.rows["sources"].values()
    part = sum(source.read == "excerpt" for source in sources)
    if not part:
        return "All sources were read in full."
    if part == 1:
        return f"One of the {small(len(sources))} sources was seen as an excerpt, not as a whole page."
    return f"{capital(small(part))} of the {small(len(sources))} sources were seen as excerpts, not as whole pages."


def publisher(ledger: Ledger) -> str:
    """The contributor whose role is publisher, or else the first; empty where none is named."""
    people = ledger.head.get("contributors", [])
    named = [one["title"] for one in people if one.get("role") == "publisher"] or [one["title"] for one in people]
    return named[0] if named else ""


def blocks(w: Writer, notebook: Path, title: str) -> Iterator[Text]:
    """The paragraphs of the colophon.

    Parameters
    ----------
    notebook
        What the report is made from, for its version.
    title
        As it is to be cited.
    """
    ledger, head = w.ledger, w.ledger.head
    stamp = version(ledger.package, notebook)
    who = publisher(ledger) or "Publisher not named"
    where = head.get("homepage", "")
    yield _line(
        "To cite",
        f"{who}: {title}. Figures published by {day(ledger.as_of)}, version {stamp}{corrected(ledger)}."
        + (f" {where}" if where else ""),
    )
    yield _line("Publisher", f"{who}. {_contact(ledger)}")
    yield _line("Right of reply", head.get("right_of_reply", "") or _UNHEARD)
    yield from _corrections(ledger)
    newest = [row for row in ledger.rows["sources"].values() if last_day(row.published) == _newest(ledger)]
    names = "; ".join(f"{row.publisher}, {day(row.published)}" for row in newest)
    yield _line("New in this edition", f"{names}.")
    licences = "; ".join(one.get("title") or one.get("name", "") for one in head.get("licenses", [])) or "none given"
    yield _line(
        "Licences",
        f"Text, charts and data: {licences}. Code: MIT. Fonts: {FONTS}. Quoted phrases belong to their publishers.",
    )


_UNHEARD = (
    "No reply was sought before publication from those whom the figures concern, and no way to send one is given yet."
)


def corrected(ledger: Ledger) -> str:
    """The day of the last correction, as the rest of a sentence; "" where nothing was corrected."""
    dates = [row.date for row in ledger.rows["corrections"]]
    return f"; text corrected {day(max(dates))}" if dates else ""


def _contact(ledger: Ledger) -> str:
    contact, homepage = ledger.head.get("contact", ""), ledger.head.get("homepage", "")
    said = [f"Contact: {contact}." if contact else "No contact is given."]
    said.append(f"Address: {homepage}" if homepage else "No stable address is given.")
    return " ".join(said)


def _corrections(ledger: Ledger) -> Iterator[Text]:
    rows = ledger.rows["corrections"]
    if not rows:
        yield _line("Corrections", "None.")
    for row in rows:
        where = f" ([evidence](#f-{row.figure}))" if row.figure in ledger.rows["figures"] else ""
        yield Text(
            f"**Correction of {day(row.date)}.** {markup.escape(row.was)} {markup.escape(row.now)}{where}", "colophon"
        )


def _newest(ledger: Ledger) -> object:
    return max(last_day(row.published) for row in ledger.rows["sources"].values())


def _line(name: str, text: str) -> Text:
    return Text(f"**{name}.** {markup.escape(text)}", "colophon")


__all__ = ["FONTS", "PROJECT", "blocks", "excerpts", "publisher"]

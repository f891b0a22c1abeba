"""What stands behind a report, with and without settings."""

from __future__ import annotations

from pathlib import Path

from packages import HARBOURS, LIBRARIES

from helpers.markup import dialect as markup
from helpers.package.ledger import load
from helpers.report import colophon
from helpers.words.template import Writer

PROJECT = Path(__file__).resolve().parents[2]
DATA = load(PROJECT / "data")
NOTEBOOK = PROJECT / "notebooks" / "template.ipynb"


def told(ledger: object) -> str:
    return "\n".join(markup.plain(block.markdown) for block in colophon.blocks(Writer(ledger), NOTEBOOK, "A title"))


def test_what_is_not_given_is_said() -> None:
    text = told(DATA)
    assert "No contact is given." in text
    assert "No stable address is given." in text
    assert "No reply was sought before publication" in text


def test_what_is_given_is_printed() -> None:
    text = told(load(HARBOURS))
    assert (
        "Publisher. The invented harbour desk. Contact: desk@example.org. Address: https://example.org/harbours" in text
    )
    assert "To cite. The invented harbour desk: A title. Figures published by 30 November 2019, version " in text
    assert "is given." not in text


def test_every_correction_is_told_with_its_figure() -> None:
    text = told(DATA)
    for row in DATA.rows["corrections"]:
        assert f"{row.was} {row.now}" in text
    assert "Corrections. None." in told(load(LIBRARIES))


def test_newest_sources_are_named() -> None:
    assert "New in this edition. The Astana Times, November 2025." in told(DATA)


def test_how_many_sources_were_seen_in_part() -> None:
    assert colophon.excerpts(load(DATA.package, evidence="core")) == "All sources were read in full."
    assert colophon.excerpts(load(HARBOURS)) == "One of the two sources was seen as an excerpt, not as a whole page."
    part = sum(source.read == "excerpt" for source in DATA.rows["sources"].values())
    assert colophon.excerpts(DATA).startswith(f"{part} of the {len(DATA.rows['sources'])} sources were")


def test_licences_of_text_code_and_fonts_are_named() -> None:
    text = told(DATA)
    assert "Creative Commons Attribution 4.0" in text
    assert "Code: MIT" in text
    assert "SIL Open Font License" in text

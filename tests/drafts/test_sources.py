"""The source texts of a package, checked as drafts: what they print cannot contradict the package."""

from __future__ import annotations

from pathlib import Path

import pytest
from packages import LIBRARIES, MARAVIA

from helpers.drafts import judge, sentences
from helpers.package.ledger import load

TEXTS = [text for package in (LIBRARIES, MARAVIA) for text in sorted((package / "texts").glob("*.txt"))]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.stem)
def test_a_source_contradicts_nothing(text: Path) -> None:
    found = judge.check(load(text.parent.parent), sentences.sentences(text))
    assert sum(each.verdict in ("backed", "worked-out", "condition") for each in found) >= len(found) / 2
    assert [(each.number, each.reason) for each in found if each.verdict == "contradicted"] == []

"""Sentences whose verdicts were written before the check saw them, in three languages, on two packages."""

from __future__ import annotations

from pathlib import Path

from drafts.water import water

from helpers.drafts import judge, sentences
from helpers.package.ledger import Ledger, load
from helpers.report.command import PROJECT

SET = Path(__file__).parent / "blind.txt"


def verdict(ledger: Ledger, folder: Path, number: str, text: str) -> tuple[str, str]:
    """The verdict on one number of a sentence that is the whole draft, and why."""
    draft = folder / "draft.txt"
    draft.write_text(text, encoding="utf-8")
    found = [each for each in judge.check(ledger, sentences.sentences(draft)) if each.number.startswith(number)]
    return (found[0].verdict, f"{found[0].figure}: {found[0].reason}") if found else ("not found", "")


def test_every_verdict_is_the_one_written_beforehand(tmp_path: Path) -> None:
    ledgers = {"data": load(PROJECT / "data"), "water": load(water(tmp_path / "water"))}
    lines = [line for line in SET.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    cases = [line.split(" | ") for line in lines]
    assert len(cases) >= 60
    wrong = []
    for package, expected, number, text in cases:
        got, why = verdict(ledgers[package], tmp_path, number, text)
        if got not in expected.split("/"):
            wrong.append(f"{package}: {text} [{number}] is {got}, not {expected} ({why})")
    assert not wrong, f"{len(wrong)} of {len(cases)}:\n" + "\n".join(wrong)

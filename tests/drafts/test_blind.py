"""Sentences whose verdicts were written before the check saw them, in three languages, on two packages."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from drafts.water import water
from packages import MARAVIA

from helpers.drafts import judge, sentences
from helpers.package.ledger import load
from helpers.report.command import PROJECT

SET = Path(__file__).parent / "blind.txt"


def test_every_verdict_is_the_one_written_beforehand(tmp_path: Path) -> None:
    """Each part of the set is one draft, in which every sentence is a paragraph of its own."""
    ledgers = {"data": load(PROJECT / "data"), "water": load(water(tmp_path / "water"))}
    ledgers["maravia"] = load(MARAVIA)
    lines = SET.read_text(encoding="utf-8").split("\n\n", 1)[1].splitlines()
    parts = [list(part) for there, part in groupby(lines, bool) if there]
    wrong, judged = [], 0
    for part in parts:
        cases = [line.split(" | ") for line in part if not line.startswith("#")]
        draft = tmp_path / "draft.txt"
        draft.write_text("\n\n".join(text for *_, text in cases), encoding="utf-8")
        found = judge.check(ledgers[cases[0][0]], sentences.sentences(draft))
        for place, (package, expected, number, text) in enumerate(cases, start=1):
            each = next(one for one in found if one.place == place and one.number.startswith(number))
            judged += 1
            if each.verdict not in expected.split("/"):
                wrong.append(f"{package}: {text} [{number}] is {each.verdict}, not {expected}: {each.reason}")
    assert judged >= 100
    assert not wrong, f"{len(wrong)} of {judged}:\n" + "\n".join(wrong)

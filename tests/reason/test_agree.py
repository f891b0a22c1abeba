"""Changes of shares held against the two shares: what the linear programme cannot hold together."""

from __future__ import annotations

from pathlib import Path

import pytest
from packages import written

from helpers.package.ledger import load
from helpers.reason.agree import held, misfits

THEN = {"period_start": "2022-01-01", "period_end": "2022-12-31", "period_basis": "stated"}
NOW = {"period_start": "2023-01-01", "period_end": "2023-12-31", "period_basis": "stated"}
BASE = {"base_start": "2022-01-01", "base_end": "2022-12-31", "base_basis": "stated"}
SHARES = [
    {"id": "before", "measure": "paid", "kind": "share", "printed": "58%", "value": "0.58"} | THEN,
    {"id": "after", "measure": "paid", "kind": "share", "printed": "71%", "value": "0.71", "versus": "before"} | NOW,
]


@pytest.mark.parametrize(
    ("kind", "printed", "value", "fits"),
    [
        ("points", "13 percentage points", "13", True),  # 70.5 - 58.5 = 12 to 71.5 - 57.5 = 14
        ("points", "14 percentage points", "14", True),
        ("points", "16 percentage points", "16", False),
        ("points", "13 percentage points", "-13", False),
        ("change", "22%", "22", True),  # 71 / 58 is 1.22
        ("change", "13%", "13", False),  # the classic slip: points called per cent
        ("multiple", "twice", "2", False),
    ],
)
@pytest.mark.parametrize("against", [{"versus": "before"}, BASE], ids=["versus", "base"])
def test_a_change_of_a_share_is_held_against_both_shares(
    tmp_path: Path, kind: str, printed: str, value: str, fits: bool, against: dict[str, str]
) -> None:
    step = {"step": "0.1"} if kind == "multiple" else {}
    said = {"id": "said", "measure": "paid", "kind": kind, "printed": printed, "value": value} | NOW | against | step
    ledger = load(written(tmp_path, measures=[{"id": "paid"}], figures=[*SHARES, said]))
    assert [(one.figure, one.earlier, one.later, one.fits) for one in held(ledger)] == [
        ("said", "before", "after", fits)
    ]
    assert [one.figure for one in misfits(ledger)] == ([] if fits else ["said"])


def test_rivals_are_not_held_against_each_other(tmp_path: Path) -> None:
    said = {
        "id": "said",
        "measure": "paid",
        "kind": "points",
        "printed": "3 percentage points",
        "value": "3",
        "versus": "before",
    }
    disputes = [
        {"dispute": "paid", "side": side, "figure": figure} for side, figure in (("office", "after"), ("union", "said"))
    ]
    ledger = load(written(tmp_path, measures=[{"id": "paid"}], figures=[*SHARES, said | NOW], disputes=disputes))
    assert held(ledger) == []

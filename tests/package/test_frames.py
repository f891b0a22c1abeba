"""The tables an analyst works with: their types, and what can be asked of them in one line."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from helpers.package.ledger import load
from helpers.package.schema import TABLES

LEDGER = load(Path(__file__).resolve().parents[1] / "packages" / "libraries")
FIGURES = LEDGER.figures


@pytest.mark.parametrize(
    ("table", "column", "type"),
    [
        ("figures", "value", "float64"),
        ("figures", "step", "float64"),
        ("figures", "low", "float64"),
        ("figures", "high_open", "bool"),
        ("figures", "period_start", "datetime64[s]"),
        ("figures", "published", "datetime64[s]"),
        ("figures", "kind", "category"),
        ("figures", "counts", "category"),
        ("measures", "decimals", "int64"),
        ("events", "date", "datetime64[s]"),
        ("readings", "period_end", "datetime64[s]"),
        ("sources", "layer", "category"),
    ],
)
def test_types(table: str, column: str, type: str) -> None:
    assert str(getattr(LEDGER, table)[column].dtype) == type


@pytest.mark.parametrize("table", TABLES)
def test_no_column_holds_loose_objects(table: str) -> None:
    assert [name for name, kind in getattr(LEDGER, table).dtypes.items() if str(kind) == "object"] == []


def test_row_of_a_figure() -> None:
    row = FIGURES.loc["visits-2021"]
    assert (row["value"], row["low"], row["high"], row["low_open"], row["high_open"]) == (
        520_000, 519_500, 520_500, False, True
    )  # fmt: skip
    assert (row["label"], row["counts"], row["publisher"]) == (
        "visits to public libraries",
        "visits",
        "Invented Gazette",
    )
    assert (row["published"], row["period_end"]) == (pd.Timestamp("2022-01-20"), pd.Timestamp("2021-12-31"))


def test_ends_follow_the_rounding() -> None:
    coarse = LEDGER.with_rounding("coarse").figures.loc["visits-2021"]
    assert (coarse["low"], coarse["high"]) == (515_000, 525_000)


def test_imprecise_date_counts_at_its_end() -> None:
    assert LEDGER.sources.loc["radio-2022", "published"] == pd.Timestamp("2022-12-31")


def test_missing_days_and_steps_are_missing() -> None:
    assert pd.isna(FIGURES.loc["visits-school", "period_start"])
    assert pd.isna(FIGURES.loc["loans", "step"])


def test_questions_of_one_line() -> None:
    assert FIGURES.query("kind == 'count' and counts == 'visits' and value > 300_000").index.tolist() == [
        "visits-2020", "visits-2021"
    ]  # fmt: skip
    widest = FIGURES.assign(width=FIGURES["high"] - FIGURES["low"]).groupby("measure", observed=True)["width"].max()
    assert widest["visits"] == 1_000
    assert FIGURES.groupby(FIGURES["period_end"].dt.year).size()[2021] == 10


def test_same_rounding_is_worked_out_once() -> None:
    assert LEDGER.with_rounding("coarse") is LEDGER.with_rounding("coarse").with_rounding("coarse")
    assert LEDGER.with_rounding("coarse").with_rounding("nearest") is LEDGER


def test_other_rows_are_another_ledger() -> None:
    fewer = {name: row for name, row in LEDGER.rows["figures"].items() if name != "loans"}
    edited = LEDGER.with_rows(figures=fewer)
    assert "loans" not in edited.intervals
    assert "loans" not in edited.with_rounding("coarse").figures.index
    assert "loans" in LEDGER.figures.index

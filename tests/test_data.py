"""The project's own package holds what the briefing stands on, in the words of the sources."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from helpers.package.ledger import Ledger, load
from helpers.package.numerals import find, fold

D = Decimal
DATA = Path(__file__).resolve().parents[1] / "data"
LEDGER = load(DATA)
CORE = load(DATA, evidence="core")
NOVEMBER, JANUARY = "astana-times-2023-11-15", "astana-times-2024-01-22"

# Value, what is printed, kind, what is counted, and a word of the phrase.
FACTS = {
    "brought before": ("7000", "7,000", "count", "persons", "brought to justice"),
    "brought after": ("27000", "27,000", "count", "persons", "in July-October"),
    "arrests": ("2", "doubled", "multiple", "persons", "arrested aggressors"),
    "offenders": ("60000", "60,000", "count", "persons", "administrative responsibility"),
    "orders": ("75000", "75,000", "count", "orders", "protective orders"),
    "requirements": ("12000", "12,000", "count", "requirements", "special requirements"),
    "violations": ("10000", "10,000", "count", "violations", "established restrictions"),
    "reports": ("-20", "20%", "change", "reports", "decrease in the registration"),
    "serious crimes": ("-12", "12%", "change", "offences", "decline in serious crimes"),
    "criminal offences": ("-4.2", "4.2%", "change", "offences", "decrease in criminal offenses"),
    "reconciliation": ("0.5", "half", "share", "cases", "halted in court for reconciliation"),
}


def valued(value: str | int, ledger: Ledger = CORE) -> Any:
    """The one figure with a value."""
    (row,) = [row for row in ledger.rows["figures"].values() if row.value == D(value)]
    return row


@pytest.mark.parametrize(("value", "printed", "kind", "counts", "words"), FACTS.values(), ids=FACTS)
def test_fact_of_the_first_article(value: str, printed: str, kind: str, counts: str, words: str) -> None:
    (row,) = [row for row in CORE.rows["figures"].values() if (row.source, row.value) == (NOVEMBER, D(value))]
    assert (row.printed, row.kind, CORE.rows["measures"][row.measure].counts) == (printed, kind, counts)
    assert words in row.wording


def test_second_article_holds_no_figure() -> None:
    assert JANUARY not in set(CORE.figures["source"])


def test_speaker_of_the_figures_is_lost() -> None:
    speakers = CORE.figures.loc[CORE.figures["source"] == NOVEMBER, "said_by"]
    assert all("lost" in speaker for speaker in speakers)


def test_pair_is_one_comparison() -> None:
    assert valued(27_000).versus == valued(7_000).id


@pytest.mark.parametrize("value", ["7000", "0.5"])
def test_period_that_is_not_printed_is_not_filled_in(value: str) -> None:
    row = valued(value)
    assert (row.period_start, row.period_end, row.period_basis) == (None, None, "unstated")


def test_year_of_the_first_article_is_never_called_stated() -> None:
    assert "stated" not in set(CORE.figures.loc[CORE.figures["source"] == NOVEMBER, "period_basis"])


@pytest.mark.parametrize("value", ["-20", "-12", "-4.2"])
def test_falls_cover_ten_months_and_are_against_an_inferred_base(value: str) -> None:
    row = valued(value)
    assert (row.period_start, row.period_end) == (date(2023, 1, 1), date(2023, 10, 31))
    assert row.base_basis != "stated"


def test_break_is_the_first_of_july() -> None:
    assert CORE.break_date == date(2023, 7, 1)


@pytest.mark.parametrize(
    ("source", "published", "url"),
    [
        (NOVEMBER, "2023-11-15", "https://astanatimes.com/2023/11/president-urges-law-enforcement-agencies-to-strengthen-justice-and-order/"),
        (JANUARY, "2024-01-22", "https://astanatimes.com/2024/01/tokayev-addresses-legal-literacy-crime-prevention-building-trust-with-public-at-interior-ministry-board-meeting/"),
    ],
    ids=["November", "January"],
)  # fmt: skip
def test_article(source: str, published: str, url: str) -> None:
    row = CORE.rows["sources"][source]
    assert (row.layer, row.published, row.url, row.read) == ("core", published, url, "full")


# --- readings ------------------------------------------------------------------------------------------------------

READINGS = {
    "R1": {"7000": ("2022-07-01", "2022-10-31")},
    "R2": {"7000": ("2023-03-01", "2023-06-30")},
    "R3": {"7000": ("2023-01-01", "2023-06-30")},
    "R4": {"7000": ("2023-07-01", "2023-07-31"), "27000": ("2023-10-01", "2023-10-31")},
    "R5": {"7000": ("2023-01-01", "2023-07-31"), "27000": ("2023-01-01", "2023-10-31")},
    "R6": {"7000": ("2023-01-01", "2023-06-30"), "27000": ("2023-01-01", "2023-10-31")},
}


@pytest.mark.parametrize(("reading", "periods"), READINGS.items(), ids=READINGS)
def test_baseline(reading: str, periods: dict[str, tuple[str, str]]) -> None:
    rows = [row for row in LEDGER.rows["readings"] if (row.question, row.reading) == ("baseline", reading)]
    found = {LEDGER.rows["figures"][row.figure].value: (str(row.period_start), str(row.period_end)) for row in rows}
    assert found == {D(value): period for value, period in periods.items()}


@pytest.mark.parametrize(
    ("reading", "end"), [("W1", date(2023, 10, 31)), ("W2", date(2023, 11, 15)), ("W3", date(2023, 9, 30))]
)
def test_window_of_this_year(reading: str, end: date) -> None:
    rows = [row for row in LEDGER.rows["readings"] if (row.question, row.reading) == ("window", reading)]
    values = {LEDGER.rows["figures"][row.figure].value for row in rows}
    assert ({row.period_end for row in rows}, values) == ({end}, {60_000, 75_000, 12_000, 10_000})


def test_scope_has_two_answers() -> None:
    rows = LEDGER.readings[LEDGER.readings["question"] == "scope"]
    total = valued(60_000).measure
    measures = {reading: set(one["measure"]) for reading, one in rows.groupby("reading")}
    same, narrower = measures["S1"], measures["S2"]
    assert same == {total}
    assert total not in narrower
    assert LEDGER.measures.loc[list(narrower), "part_of"].tolist() == [""]  # nothing has to add up


# --- what bears on it from elsewhere -------------------------------------------------------------------------------


def test_penalties_of_early_2023_add_up() -> None:
    values = LEDGER.figures["value"]
    early = [4_294, 2_946, 543]
    assert all((values == value).sum() == 1 for value in early)
    assert sum(early) == 7_783


def test_two_totals_of_reports_dispute_each_other() -> None:
    low, high = (valued(value, LEDGER).id for value in (99_026, 125_000))
    assert LEDGER.rivals(low) == (high,)
    assert low in LEDGER.rivals(high)


def test_charge_sheets_are_not_persons() -> None:
    measures = LEDGER.measures
    assert set(measures.loc[measures["label"].str.startswith("police charge sheets"), "counts"]) == {"charge sheets"}


# --- wording -------------------------------------------------------------------------------------------------------

QUOTED = pd.concat(
    [getattr(LEDGER, table)[["wording", "source"]].reset_index() for table in ("figures", "events", "omitted")]
)


def test_wording_is_a_short_phrase() -> None:
    assert [words for words in QUOTED["wording"] if len(words.split()) > 15] == []


def test_wording_is_no_whole_sentence() -> None:
    assert [words for words in QUOTED["wording"] if words[0].isupper() and words[-1] in ".!?"] == []


def test_wording_holds_the_number_as_a_number() -> None:
    """What is printed stands in the phrase as a whole number, not as a part of a longer one."""
    wrong = []
    for figure, row in LEDGER.figures.iterrows():
        words, language = fold(row["wording"]).lower(), row["language"]
        numbers = [words[start:end] for start, end in find(words, language)]
        printed = fold(row["printed"]).lower()
        if not any(
            number == printed or printed in number.split("-") or number.startswith(printed) for number in numbers
        ):
            wrong.append((figure, numbers))
    assert wrong == []


def test_note_types_no_value_of_another_row() -> None:
    """A number with a row of its own is not typed again, where it could go stale unseen."""
    printed = {row.printed for row in LEDGER.figures.itertuples() if row.kind == "count" and len(row.printed) > 4}
    notes = [note for table in ("figures", "measures", "sources") for note in getattr(LEDGER, table)["note"]]
    assert [(note, number) for note in notes for number in printed if number in note] == []


# --- the package ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["title", "licenses", "contributors", "description"])
def test_description_names(field: str) -> None:
    assert json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))[field]


def test_every_measure_is_used() -> None:
    used = {*LEDGER.figures["measure"], *LEDGER.figures["base_measure"], *LEDGER.readings["measure"]}
    assert set(LEDGER.measures.index) - used - set(LEDGER.measures["part_of"]) == set()


def test_every_source_holds_something() -> None:
    used = {*LEDGER.figures["source"], *LEDGER.events["source"], *LEDGER.omitted["source"]}
    assert set(LEDGER.sources.index) == used


def test_every_inferred_period_says_how() -> None:
    inferred = LEDGER.figures[LEDGER.figures["period_basis"] == "inferred"]
    assert [figure for figure, row in inferred.iterrows() if not row["note"]] == []

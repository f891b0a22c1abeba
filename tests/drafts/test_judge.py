"""The numbers of a draft against the project's own package: right ones pass, classic mistakes are named."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from packages import written

from helpers.drafts import judge, sentences, verdicts
from helpers.drafts.claims import left_out
from helpers.export.html import BriefingHTML
from helpers.package.ledger import Ledger, load
from helpers.report.command import PROJECT

RULE = "From 1 July 2023 the police register offences they detect without waiting for a complaint."


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return load(PROJECT / "data")


def judged(ledger: Ledger, folder: Path, text: str) -> dict[str, judge.Judgement]:
    """The judgement on each number of a text, by the number as printed."""
    (folder / "draft.txt").write_text(text, encoding="utf-8")
    return {each.number: each for each in judge.check(ledger, sentences.sentences(folder / "draft.txt"))}


@pytest.mark.parametrize(
    ("text", "number", "verdict", "figure", "reason"),
    [
        ("Violence fell by a fifth.", "a fifth", "condition", "reports-change", "what it counts, which is reports"),
        ("Convictions quadrupled.", "quadrupled", "condition", "brought-after-ratio", "months of the earlier number"),
        (
            "One order in eight was broken.",
            "One order in eight",
            "condition",
            "violations-per-orders",
            "what is counted on each side",
        ),
        ("7,200 people were brought to justice.", "7,200", "contradicted", "brought-before", "7,000"),
        ("27,000 people were brought to justice in 2022.", "27,000", "contradicted", "brought-after", "not of 2022"),
        ("Courts penalised 67,270 people in 2022.", "67,270", "contradicted", "penalties-2023", "It is of 2023"),
        ("On 1 July 2022 registration changed.", "1 July 2022", "contradicted", "reform", "2023-07-01"),
        ("More than 75,000 protective orders were issued.", "75,000", "contradicted", "orders", "does not print"),
        ("80,000 protective orders were issued in 2023.", "80,000", "contradicted", "orders-2023-year", "87,000"),
        ("Registered reports rose by 20% in 2023.", "20%", "contradicted", "reports-change", "opposite"),
        ("The city has 412 cameras.", "412", "unknown", "", "No figure"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else None,
)
def test_classic_mistakes_are_named(
    ledger: Ledger, tmp_path: Path, text: str, number: str, verdict: str, figure: str, reason: str
) -> None:
    found = judged(ledger, tmp_path, text)[number]
    assert (found.verdict, found.figure) == (verdict, figure)
    assert reason in found.reason


@pytest.mark.parametrize(
    ("text", "number", "verdict", "figure"),
    [
        ("27,000 people were brought to justice in July to October 2023.", "27,000", "backed", "brought-after"),
        ("Some 27 thousand people were brought to justice.", "27 thousand", "backed", "brought-after"),
        ("Police issued 75,000 protective orders.", "75,000", "backed", "orders"),
        (
            "About 99,000 reports were received by police in 2023; another source has more.",
            "99,000",
            "backed",
            "reports-2023",
        ),
        (f"Registered reports fell by 20%. {RULE}", "20%", "backed", "reports-change"),
        (
            f"Nearly four times as many people were brought to justice; the start is undated. {RULE}",
            "four times",
            "worked-out",
            "brought-after-ratio",
        ),
        (
            "There were 125 protective orders for every hundred offenders in January to October 2023.",
            "125",
            "worked-out",
            "orders-per-offenders",
        ),
        ("It took effect on 1 July 2023.", "1 July 2023", "backed", "reform"),
        ("See page 12.", "12", "not-judged", ""),
        ("Over ten months things changed.", "ten", "not-judged", ""),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else None,
)
def test_what_is_right_passes(
    ledger: Ledger, tmp_path: Path, text: str, number: str, verdict: str, figure: str
) -> None:
    found = judged(ledger, tmp_path, text)[number]
    assert (found.verdict, found.figure) == (verdict, figure)


@pytest.mark.parametrize(
    ("text", "number", "verdict", "reason"),
    [
        # A share is no fall, a fall no share, and another measure's number backs nothing.
        ("Road deaths fell by a quarter in 2024.", "a quarter", "unknown", ""),
        ("Road deaths rose by a quarter.", "a quarter", "unknown", ""),
        ("A quarter of the road deaths were cyclists.", "A quarter", "condition", "which is licences withdrawn"),
        ("In 2024 1,870 people were killed on the roads.", "1,870", "condition", "which is people seriously injured"),
        ("The police counted 171 fines.", "171", "unknown", "stands there for something else"),
        # The year of what a number is compared with belongs to the comparison.
        ("There were 171 road deaths in 2024, down from 248 in 2022.", "171", "backed", ""),
        ("There were 171 road deaths in 2024, down from 248 in 2022.", "248", "backed", ""),
        ("Road deaths fell from 248 in 2022 to 171 in 2024, by 31%.", "31%", "worked-out", "by our calculation"),
        ("Speeding fines doubled from 2022 to 2023.", "doubled", "backed", "doubled"),
        ("There were 171 road deaths in 2022.", "171", "contradicted", "not of 2022"),
        # A number within a printed range says more than its source; a disputed one is told as such.
        ("Courts had 10,000 appeals in 2024.", "10,000", "condition", "Say the whole range"),
        (
            "Serious injuries fell by 18% in 2024.",
            "18%",
            "condition",
            "another source or statement has a fall of 4% instead",
        ),
        ("Serious injuries fell by 18% in 2024, by another count 4%.", "18%", "backed", ""),
        ("Support rose 7 percentage points to 61%.", "7 percentage points", "backed", ""),
        ("Support rose from 54% to 61%, by 7 percentage points.", "7 percentage points", "backed", ""),
        ("Two thirds of cameras, 256, are on country roads.", "256", "unknown", ""),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else None,
)
def test_what_a_sentence_speaks_of_decides(tmp_path: Path, text: str, number: str, verdict: str, reason: str) -> None:
    found = judged(roads(tmp_path), tmp_path, text)[number]
    assert (found.verdict, reason in found.reason) == (verdict, True), found.reason


def roads(folder: Path) -> Ledger:
    """An invented package of roads, with a share, changes, a range, a dispute and percentage points."""
    year = {"period_start": "2024-01-01", "period_end": "2024-12-31", "period_basis": "stated"}
    then = {"period_start": "2022-01-01", "period_end": "2022-12-31", "period_basis": "stated"}
    base = {"base_start": "2022-01-01", "base_end": "2022-12-31", "base_basis": "stated"}
    rows = [
        {"id": "deaths", "measure": "deaths", "printed": "171", "value": "171"} | year,
        {"id": "deaths-then", "measure": "deaths", "printed": "248", "value": "248"} | then,
        {"id": "hurt", "measure": "hurt", "printed": "1,870", "value": "1870"} | year,
        {"id": "hurt-18", "measure": "hurt", "printed": "18%", "value": "-18", "kind": "change"} | year | base,
        {"id": "hurt-4", "measure": "hurt", "printed": "4%", "value": "-4", "kind": "change"} | year | base,
        {"id": "fines", "measure": "fines", "printed": "doubled", "value": "2", "step": "0.5", "kind": "multiple"}
        | {"period_start": "2023-01-01", "period_end": "2023-12-31", "period_basis": "stated"}
        | base,
        {
            "id": "licences",
            "measure": "licences",
            "printed": "A quarter",
            "value": "0.25",
            "step": "0.05",
            "kind": "share",
        }
        | year,
        {"id": "appeals", "measure": "appeals", "printed": "9 to 11 thousand", "value": "9000", "value_to": "11000"}
        | year,
        {"id": "support-then", "measure": "support", "printed": "54%", "value": "0.54", "kind": "share"} | then,
        {"id": "support", "measure": "support", "printed": "61%", "value": "0.61", "kind": "share"} | year,
        {
            "id": "up",
            "measure": "support",
            "printed": "7 percentage points",
            "value": "7",
            "kind": "points",
            "versus": "support-then",
        }
        | year,
    ]
    labels = {
        "deaths": ("road deaths", "people"),
        "hurt": ("people seriously injured", "people"),
        "fines": ("speeding fines", "fines"),
        "licences": ("licences withdrawn", "licences"),
        "appeals": ("appeals to courts", "appeals"),
        "support": ("support for the cameras", "residents"),
    }
    return load(
        written(
            folder / "roads",
            measures=[{"id": id, "label": label, "counts": counts} for id, (label, counts) in labels.items()],
            figures=rows,
            disputes=[{"dispute": "hurt", "side": side, "figure": f"hurt-{side}"} for side in ("18", "4")],
        )
    )


def test_a_figure_in_dispute_is_told_as_such(ledger: Ledger, tmp_path: Path) -> None:
    alone = judged(ledger, tmp_path, "About 99,000 reports were received by police in 2023.")["99,000"]
    assert alone.verdict == "condition"
    assert "that another source or statement has about 125,000 instead" in alone.reason


def test_what_an_assumption_implies_is_said_with_it(ledger: Ledger, tmp_path: Path) -> None:
    claim = "A day, at least 1.14 times as many offenders were brought to responsibility from July"
    bare = judged(ledger, tmp_path, f"{claim}. {RULE}")["1.14 times"]
    assert bare.verdict == "condition"
    assert "Say what it assumes: " in bare.reason
    told = judged(ledger, tmp_path, f"{claim} if the year runs to 31 October. {RULE}")["1.14 times"]
    assert (told.verdict, told.figure) == ("worked-out", bare.figure)
    between = judged(ledger, tmp_path, f"{claim.replace('1.14', '1.19')}. {RULE}")["1.19 times"]
    assert between.verdict not in ("backed", "worked-out")  # only the ends of such a range are known


def test_a_condition_counts_where_it_stands_in_the_paragraph(ledger: Ledger, tmp_path: Path) -> None:
    claim = "Registered reports of domestic offences fell by 20%."
    apart = judged(ledger, tmp_path, f"{claim}\n\n{RULE}")["20%"]
    assert apart.verdict == "condition"
    assert "that what is recorded changed on 1 July 2023" in apart.reason
    assert judged(ledger, tmp_path, f"{claim} {RULE}")["20%"].verdict == "backed"


def test_a_sentence_nearby_does_not_say_what_a_number_counts(ledger: Ledger, tmp_path: Path) -> None:
    beside = "The police received reports of domestic violence."
    assert judged(ledger, tmp_path, f"Violence fell by a fifth. {beside}")["a fifth"].verdict == "condition"


def test_a_figure_that_cannot_be_compared_is_told_and_the_rest_is_checked(tmp_path: Path) -> None:
    year = {"period_start": "2024-01-01", "period_end": "2024-12-31", "period_basis": "stated"}
    rows = [
        {"id": "none", "measure": "strikes", "printed": "0", "value": "0", "step": "1"} | year,
        {"id": "some", "measure": "strikes", "printed": "7", "value": "7", "versus": "none"} | year,
    ]
    made = load(written(tmp_path / "zero", measures=[{"id": "strikes"}], figures=rows))
    assert left_out(made) == ["some"]
    found = judged(made, tmp_path, "There were 7 strikes in 2024.")
    assert found["7"].verdict == "backed"
    assert "`some`" in verdicts.lines(list(found.values()), left_out(made))[0]


def test_a_range_must_hold_what_rounding_allows(ledger: Ledger, tmp_path: Path) -> None:
    undated = f"times as many people were brought to justice, from an undated start. {RULE}"
    wide = judged(ledger, tmp_path, f"3.5 to 4.3 {undated}")
    assert next(each.verdict for each in wide.values()) == "worked-out"
    narrow = judged(ledger, tmp_path, f"3.8 to 3.9 {undated}")
    assert next(each.verdict for each in narrow.values()) == "contradicted"


def test_a_draft_in_russian(ledger: Ledger, tmp_path: Path) -> None:
    text = "В {} 2023 года было вынесено 75 тысяч защитных предписаний."
    months = judged(ledger, tmp_path, text.format("январе-октябре"))
    assert {each.verdict for each in months.values()} == {"backed"}
    whole = judged(ledger, tmp_path, text.format("течение"))
    assert whole["75 тысяч"].verdict == "condition"
    assert "its period, which is January to October 2023" in whole["75 тысяч"].reason


def test_the_draft_is_sound_only_if_something_was_judged_and_nothing_failed(ledger: Ledger, tmp_path: Path) -> None:
    good = list(judged(ledger, tmp_path, "Police issued 75,000 protective orders.").values())
    bad = list(judged(ledger, tmp_path, "Police issued 80,000 protective orders.").values())
    skipped = list(judged(ledger, tmp_path, "See page 12.").values())
    assert verdicts.sound(good)
    assert not verdicts.sound(bad)
    assert not verdicts.sound(skipped)
    assert not verdicts.sound([])
    assert verdicts.summary([]) == "No number was found in the draft, so nothing was checked."
    assert verdicts.summary(good) == "1 figure in the draft: 1 figure backed."


def test_records_and_page_say_the_same(ledger: Ledger, tmp_path: Path) -> None:
    text = "Police issued 80,000 *protective* orders <b>in 2023</b>, and 60,000 offenders were brought to justice."
    made = list(judged(ledger, tmp_path, text).values())
    kept = json.loads(verdicts.document(made))
    assert [(each["number"], each["verdict"]) for each in kept] == [(each.number, each.verdict) for each in made]
    html, _ = BriefingHTML().from_notebook_node(verdicts.page(ledger, "draft.txt", made))
    for each in made:
        assert f"<strong>{each.number}</strong>" in html
    assert "*protective*" in html  # a draft's text is text
    assert "<b>in" not in html


def test_word_documents_are_checked_too(ledger: Ledger, tmp_path: Path) -> None:
    from drafts.test_sentences import word

    path = word(tmp_path / "draft.docx", "Police issued 75,000 protective orders.")
    assert zipfile.is_zipfile(path)
    (found,) = judge.check(ledger, sentences.sentences(path))
    assert (found.verdict, found.figure) == ("backed", "orders")

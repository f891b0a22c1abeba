"""The numbers of a draft against the project's own package: right ones pass, classic mistakes are named."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from helpers.drafts import judge, sentences, verdicts
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
        ("80,000 protective orders were issued in 2023.", "80,000", "contradicted", "orders", "75,000"),
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
        ("About 99,000 reports were received by police in 2023.", "99,000", "backed", "reports-2023"),
        (f"Registered reports fell by 20%. {RULE}", "20%", "backed", "reports-change"),
        (
            f"Nearly four times as many people were brought to justice; the start is undated. {RULE}",
            "four times",
            "worked-out",
            "brought-after-ratio",
        ),
        (
            "There were 125 protective orders for every hundred offenders in 2023.",
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


def test_a_condition_counts_where_it_stands_in_the_paragraph(ledger: Ledger, tmp_path: Path) -> None:
    claim = "Registered reports of domestic offences fell by 20%."
    apart = judged(ledger, tmp_path, f"{claim}\n\n{RULE}")["20%"]
    assert apart.verdict == "condition"
    assert "that what is recorded changed on 1 July 2023" in apart.reason
    assert judged(ledger, tmp_path, f"{claim} {RULE}")["20%"].verdict == "backed"


def test_a_range_must_hold_what_rounding_allows(ledger: Ledger, tmp_path: Path) -> None:
    undated = f"times as many people were brought to justice, from an undated start. {RULE}"
    wide = judged(ledger, tmp_path, f"3.5 to 4.3 {undated}")
    assert next(each.verdict for each in wide.values()) == "worked-out"
    narrow = judged(ledger, tmp_path, f"3.8 to 3.9 {undated}")
    assert next(each.verdict for each in narrow.values()) == "contradicted"


def test_a_draft_in_russian(ledger: Ledger, tmp_path: Path) -> None:
    found = judged(ledger, tmp_path, "В 2023 году было вынесено 75 тысяч защитных предписаний, всего 60 000.")
    assert found["2023"].verdict == "backed" or "2023 году" in found


def test_the_draft_is_sound_only_if_something_was_judged_and_nothing_failed(ledger: Ledger, tmp_path: Path) -> None:
    good = list(judged(ledger, tmp_path, "Police issued 75,000 protective orders.").values())
    bad = list(judged(ledger, tmp_path, "Police issued 80,000 protective orders.").values())
    skipped = list(judged(ledger, tmp_path, "See page 12.").values())
    assert verdicts.sound(good)
    assert not verdicts.sound(bad)
    assert not verdicts.sound(skipped)
    assert not verdicts.sound([])
    assert verdicts.summary([]) == "No number was found in the draft, so nothing was checked."
    assert verdicts.summary(good) == "1 number in the draft: 1 backed."


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

"""Every number leads somewhere: what the evidence lists, and what it says of each figure."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup, Tag
from edited import changed

from helpers.figures.interval import Interval
from helpers.figures.quantity import Quantity, constant, derived
from helpers.markup import dialect as markup
from helpers.package.ledger import Ledger, load
from helpers.reason.compare import compare, quantity
from helpers.words import evidence
from helpers.words.evidence import formula, stands_for
from helpers.words.template import Writer

F = Fraction
DATA = Path(__file__).resolve().parents[2] / "data"
ALL, CORE = load(DATA), load(DATA, evidence="core")
ARTICLE = "astana-times-2023-11-15"


def soup(*blocks: object) -> BeautifulSoup:
    return BeautifulSoup("".join(markup.to_html(block.markdown) for block in blocks), "html.parser")


def page(writer: Writer) -> BeautifulSoup:
    """The whole evidence, as the briefing shows it."""
    return soup(*evidence.sources(writer), evidence.worked(writer))


def ids(tree: Tag) -> set[str]:
    return {tag["id"] for tag in tree.find_all(id=True)}


def targets(tree: Tag) -> set[str]:
    return {link["href"].removeprefix("#") for link in tree.find_all("a") if link["href"].startswith("#")}


def item(tree: Tag, id: str) -> Tag:
    return tree.find(id=id).find_parent("li")


def reason(cells: dict[str, object], rounding: str) -> str:
    return stands_for(SimpleNamespace(**cells), cells["interval"], rounding)


# --- what is listed ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ledger", [ALL, CORE], ids=["all", "core"])
@pytest.mark.parametrize(("table", "prefix"), [("figures", "f-"), ("events", "e-"), ("sources", "s-")])
def test_every_row_is_listed_whether_used_or_not(ledger: Ledger, table: str, prefix: str) -> None:
    assert {prefix + id for id in getattr(ledger, table).index} == {
        id for id in ids(page(Writer(ledger))) if id.startswith(prefix)
    }


def test_a_row_says_what_its_note_doubts_and_what_its_words_mean() -> None:
    tree = page(Writer(ALL))
    for figure, line in ALL.rows["figures"].items():
        text = " ".join(item(tree, f"f-{figure}").get_text().split())
        assert line.note in text
        assert f"in our English: “{line.translation}”" in text if line.translation else "our English" not in text


def test_inputs_of_a_number_that_a_text_uses_are_listed() -> None:
    writer = Writer(ALL)
    writer.work("share", quantity(ALL, "to-court-2022") / quantity(ALL, "reports-2022"), "Share sent to court")
    writer.line("{share}")
    assert {"f-to-court-2022", "f-reports-2022", "w-share"} <= ids(page(writer))


def test_number_that_no_text_uses_is_not_listed() -> None:
    writer = Writer(ALL)
    writer.work("share", quantity(ALL, "to-court-2022") / quantity(ALL, "reports-2022"), "Share sent to court")
    assert "w-share" not in ids(page(writer))


def test_missing_number_is_not_listed() -> None:
    writer = Writer(CORE)
    writer.work("share", quantity(CORE, "orders") / quantity(CORE, "orders-2023-year"), "Share")
    writer.line("{share}")
    assert "w-share" not in ids(page(writer))


@pytest.mark.parametrize("ledger", [ALL, CORE], ids=["all", "core"])
def test_every_link_leads_to_something(ledger: Ledger) -> None:
    writer = Writer(ledger)
    used = [*ledger.figures.index, *ledger.events.index, *ledger.sources.index]
    writer.work("rise", compare(ledger, "brought-after").ratio, "Rise")
    text = " ".join(f"{{{name}}}" for name in ["rise", *used])
    links = targets(BeautifulSoup(markup.to_html(writer.line(text)), "html.parser"))
    whole = page(writer)
    assert links | targets(whole) <= ids(whole)


def test_ids_are_unique() -> None:
    writer = Writer(ALL)
    writer.line(" ".join(f"{{{name}}}" for name in ALL.figures.index))
    found = [tag["id"] for tag in page(writer).find_all(id=True)]
    assert len(found) == len(set(found))


# --- what is said --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "part",
    [
        "75,000",
        "protective orders",
        "January to October 2023 (inferred)",
        "Stands for 74,500 to 75,500, rounded to 1,000",
        "“75,000 protective orders issued against them”",
        "(name lost in the text)",
    ],
)
def test_figure(part: str) -> None:
    assert part in item(page(Writer(ALL)), "f-orders").get_text()


@pytest.mark.parametrize(
    ("figure", "part"),
    [
        ("brought-before", "period not stated."),
        ("arrests-change", "Doubled"),
        ("arrests-change", "base not stated"),
        ("reports-change", "base January to October 2022 (inferred)"),
    ],
)
def test_period_and_base_of_a_figure(figure: str, part: str) -> None:
    assert part in item(page(Writer(ALL)), f"f-{figure}").get_text()


def test_stated_period_is_not_called_inferred() -> None:
    writer = Writer(ALL)
    writer.line("{reports-2023}")
    assert "inferred" not in item(page(writer), "f-reports-2023").get_text()


def test_dispute_is_told_with_the_other_value() -> None:
    writer = Writer(ALL)
    writer.line("{reports-2023}")
    line = item(page(writer), "f-reports-2023")
    assert "disputes about 125,000" in line.get_text()
    assert "f-reports-2023-aikyn" in targets(line)


def test_foreign_words_are_marked_with_their_language() -> None:
    writer = Writer(ALL)
    writer.line("{reconciled-2022}")
    assert item(page(writer), "f-reconciled-2022").find(lang="ru").get_text() == "“а именно, 20 тысяч из 47”"


@pytest.mark.parametrize(
    ("event", "parts"),
    [
        ("reform", ["1 July 2023 (inferred)", "switched from declarative", "(name lost in the text)"]),
        ("council-2022", ["2022:", "National Kurultai"]),
        ("staffing", ["Date not stated:", "More staff"]),
    ],
)
def test_event(event: str, parts: list[str]) -> None:
    text = item(page(Writer(ALL)), f"e-{event}").get_text()
    assert [part in text for part in parts] == [True] * len(parts)


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        (
            ARTICLE,
            [
                "The Astana Times, 15 November 2023",
                "President Urges Law Enforcement",
                "Read in full",
                "The text prints no year",
            ],
        ),
        ("vlast-2024", ["Vlast, 2024", "Seen as an excerpt", "Only the year is inferred"]),
    ],
)
def test_source(source: str, parts: list[str]) -> None:
    writer = Writer(ALL)
    writer.line(f"{{{source}}}")
    heading = page(writer).find("h3", id=f"s-{source}")
    text = heading.get_text() + heading.find_next("p").get_text()
    assert [part in text for part in parts] == [True] * len(parts)


def test_title_in_another_language_is_marked() -> None:
    writer = Writer(ALL)
    writer.line("{toppress-2023}")
    assert (
        page(writer).find(id="s-toppress-2023").find_next("p").find(lang="ru").get_text()
        == ALL.rows["sources"]["toppress-2023"].title
    )


@pytest.mark.parametrize(
    "address", ["https://a.example/x_(y)_z", "https://a.example/x) y", "https://a.example/?q=a%20b&c=<d>"]
)
def test_source_leads_to_its_address(address: str) -> None:
    ledger = changed(ALL, "sources", ARTICLE, url=address)
    links = [link["href"] for link in page(Writer(ledger)).find_all("a") if link["href"].startswith("http")]
    escapes = {" ": "%20", "(": "%28", ")": "%29", "<": "%3C", ">": "%3E"}
    assert "".join(escapes.get(sign, sign) for sign in address) in links


# --- why a figure stands for its range -----------------------------------------------------------------------------


def row(kind: str, value: str, low: str, high: str, **cells: object) -> dict[str, object]:
    interval = Interval(F(low), F(high), high_open=low != high)
    return {"kind": kind, "value": F(value), "interval": interval, "qualifier": "", "step": None} | cells


@pytest.mark.parametrize(
    ("cells", "rounding", "text"),
    [
        (row("count", "7000", "6500", "7500"), "nearest", "6,500 to 7,500, rounded to 1,000"),
        (row("count", "75000", "72500", "77500"), "coarse", "72,500 to 77,500, rounded to 5,000"),
        (row("count", "7000", "7000", "8000"), "at_least", "7,000 to 8,000, at least the number printed"),
        (row("count", "919", "919", "919"), "nearest", "919, printed to the last digit"),
        (row("count", "919", "919", "919"), "at_least", "919, printed to the last digit"),
        (row("count", "10000", "10000", "11000", qualifier="over"), "nearest", "10,000 to 11,000, as “over”"),
        (
            row("multiple", "2", "1.75", "2.25", step=F("0.5"), printed="doubled"),
            "nearest",
            "1.75 to 2.25 times, a word read widely",
        ),
        (row("multiple", "2.5", "2.45", "2.55"), "nearest", "2.45 to 2.55 times, rounded to 0.1"),
        (row("change", "-20", "-20.5", "-19.5"), "nearest", "19.5 to 20.5% down, rounded to 1%"),
        (row("change", "20", "19.5", "20.5"), "at_least", "19.5 to 20.5% up, rounded to 1%"),
        (row("change", "-4.2", "-4.25", "-4.15"), "nearest", "4.15 to 4.25% down, rounded to 0.1%"),
        (row("share", "0.64", "0.635", "0.645"), "nearest", "63.5 to 64.5%, rounded to 1%"),
        (row("share", "0.425", "0.4245", "0.4255"), "nearest", "42.45 to 42.55%, rounded to 0.1%"),
        (row("count", "420", "415", "425", step=F(10), printed="420"), "nearest", "415 to 425, rounded to 10"),
        (row("points", "5", "4.5", "5.5"), "nearest", "4.5 to 5.5 percentage points up, rounded to 1"),
        (row("share", "0.5", "0.45", "0.55", step=F("0.1"), printed="half"), "coarse", "45 to 55%, a word read widely"),
    ],
)
def test_what_a_figure_stands_for(cells: dict[str, object], rounding: str, text: str) -> None:
    assert reason(cells, rounding) == text


def test_fine_step_is_told_as_it_is() -> None:
    assert reason(row("share", "0.4225", "0.42245", "0.42255"), "nearest").endswith("rounded to 0.01%")


@pytest.mark.parametrize("rounding", ["nearest", "coarse", "at_least"])
def test_every_figure_of_the_package_has_its_reason(rounding: str) -> None:
    ledger = load(DATA, rounding)
    reasons = "printed to the last digit|as “|a word read widely|at least the number printed|rounded to [1-9\\d]"
    assert [
        figure
        for figure, line in ledger.rows["figures"].items()
        if not re.search(reasons, stands_for(line, ledger.intervals[figure], rounding))
    ] == []


# --- numbers worked out --------------------------------------------------------------------------------------------


def worked(quantity_: Quantity, *marks: str) -> Tag:
    writer = Writer(ALL)
    writer.work("result", quantity_, "what it is", *marks)
    writer.line("{result}")
    return item(soup(evidence.worked(writer)), "w-result")


def test_worked_number() -> None:
    line = worked(100 * (quantity(ALL, "orders") / quantity(ALL, "offenders")))
    assert line.get_text() == "123 to 127 What it is: 100 × 75,000 ÷ 60,000"


def test_inputs_of_a_worked_number_lead_to_their_evidence() -> None:
    line = worked(100 * (quantity(ALL, "orders") / quantity(ALL, "offenders")))
    assert targets(line) == {"f-orders", "f-offenders"}


def test_input_is_shown_as_printed() -> None:
    assert worked(1 / quantity(ALL, "arrests-change")).get_text().endswith("÷ doubled")


def test_marks_of_a_worked_number() -> None:
    told = worked(quantity(ALL, "orders") - 1, "[b]", "[e]").get_text()
    assert told.endswith(
        "Compares before and after 1 July 2023, when what is recorded changed; rests on an assumption."
    )


def test_formula_of_plain_numbers() -> None:
    assert formula(Writer(ALL), constant(10_000) / constant(F(1, 2))) == "10,000 ÷ 0.5"


def test_formula_of_a_linear_programme() -> None:
    made = derived(Interval(1, 2), "linear programme", ("orders", "offenders"))
    assert worked(made).get_text() == "1 to 2 What it is: linear programme over 75,000, 60,000"


def test_a_fall_stands_in_a_formula_with_its_sign() -> None:
    writer = Writer(ALL)
    mix = (100 + quantity(ALL, "criminal-change")) / (100 + quantity(ALL, "reports-change"))
    assert markup.plain(formula(writer, mix)) == "(100 − 4.2%) ÷ (100 − 20%)"
    assert (
        markup.plain(formula(writer, quantity(ALL, "criminal-change") / quantity(ALL, "serious-change")))
        == "−4.2% ÷ −12%"
    )


# --- what is not used ----------------------------------------------------------------------------------------------


def test_what_a_document_does_not_use_is_told_with_its_reason() -> None:
    writer = Writer(ALL)
    writer.line("{orders} {reform}")
    writer.work("share", quantity(ALL, "to-court-2022") / quantity(ALL, "reports-2022"), "Share sent to court")
    writer.line("{share}")
    tree = BeautifulSoup(markup.to_html(evidence.left_out(writer).markdown), "html.parser")
    told = {"f-orders", "f-to-court-2022", "f-reports-2022", "e-reform"}
    every = {f"f-{id}" for id in ALL.figures.index} | {f"e-{id}" for id in ALL.events.index}
    assert {one for one in targets(tree) if one[:2] in ("f-", "e-")} == every - told
    text = " ".join(tree.get_text().split())
    assert all(row.reason in text for row in ALL.rows["omitted"])
    assert ALL.rows["figures"]["dv-crimes-2018"].note in text

"""A question and its answer as CSV, SVG and text."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from packages import LIBRARIES

from helpers.charts.chart import licence
from helpers.explore.answer import answer
from helpers.explore.drawing import drawing
from helpers.explore.question import UNEVEN, Question
from helpers.explore.save import COLUMNS, records, save, to_csv
from helpers.markup import dialect as markup
from helpers.package.ledger import load
from helpers.reason.whatif import imagine, own

DATA = load(Path(__file__).resolve().parents[2] / "data")
SCENARIO = {"baseline": "R1", "window": "W1", "scope": "S1"}
ASKED = [
    Question(DATA, "brought-after", "brought-before", SCENARIO),
    Question(DATA, "orders", "offenders"),
    Question(DATA, "reconciled-share"),
    Question(load(LIBRARIES), "loans-change"),
]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=ASKED, ids=lambda one: one.figure)
def question(request: pytest.FixtureRequest) -> Question:
    return request.param


def saved(question: Question, place: Path) -> list[Path]:
    return save(question, answer(question), place)


def test_the_csv_reads_back(question: Question) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(records(question)))))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["quantity"] for row in rows if row["kind"] == "figure"] == list(question.figures)
    assert {row["rounding"] for row in rows} == {"nearest"}
    assert [row["feasible"] for row in rows if row["kind"] == "verdict"] == ["True"]


def test_the_numbers_in_it_are_those_shown() -> None:
    rows = {
        (row["kind"], row["label"] if row["kind"] == "implied" else row["quantity"]): row for row in records(ASKED[0])
    }
    before = rows["figure", "brought-before"]
    assert (before["low"], before["high"], before["low_open"], before["high_open"]) == (6_500, 7_500, False, True)
    assert str(before["period_end"]) == "2022-10-31"  # as the scenario reads it
    assert before["scenario"] == "baseline=R1 window=W1 scope=S1"
    ratio = rows["comparison", "brought-after-ratio"]
    assert (ratio["low"], ratio["high"]) == (26_500 / 7_500, 27_500 / 6_500)
    assert ratio["marks"] == "[b]"
    implied = [row for row in records(ASKED[0]) if row["kind"] == "implied"]
    assert [row["limit"] for row in implied] == [None] * 3 + [UNEVEN] * 3
    assert (implied[0]["label"], implied[0]["low"], implied[0]["high"]) == ("January to June 2023", 32_000, 34_000)


def test_a_bound_that_is_not_there_is_empty() -> None:
    implied = [row for row in records(Question(DATA, "brought-after", "brought-before")) if row["kind"] == "implied"]
    assert "" in [row["high"] for row in implied]


def test_the_svg_is_the_drawing_with_its_words_and_licence(question: Question, tmp_path: Path) -> None:
    chart = drawing(question, answer(question))
    root = ElementTree.fromstring(saved(question, tmp_path)[1].read_text(encoding="utf-8"))
    texts = " ".join(" ".join(part.itertext()) for part in root.findall(f"{SVG}text"))
    for part in (chart.title, chart.subtitle, chart.source, licence(question.ledger.head)):
        assert part
        assert markup.plain(part) in texts
    assert root.find(f"{SVG}title").text == markup.plain(chart.title)
    assert root.find(f"{SVG}desc").text == chart.alt
    drawn = ElementTree.fromstring(chart.wide)
    assert [mark.attrib for mark in root.find(f"{SVG}g").iter(f"{SVG}path")] == [
        mark.attrib for mark in drawn.iter(f"{SVG}path")
    ]
    assert not [value for mark in root.iter() for value in mark.attrib.values() if value.startswith(("http", "//"))]


def test_three_files_are_written_under_the_name_of_the_question(tmp_path: Path) -> None:
    paths = save(ASKED[0], answer(ASKED[0]), tmp_path / "new" / "folder")
    assert [path.name for path in paths] == [
        f"brought-after-brought-before-nearest-R1-W1-S1{suffix}" for suffix in (".csv", ".svg", ".txt")
    ]
    assert paths[2].read_text(encoding="utf-8") == answer(ASKED[0]).citation + "\n"
    assert paths[1].read_text(encoding="utf-8").startswith("<svg ")


def test_what_is_imagined_is_named_so_and_overwrites_nothing_real(tmp_path: Path) -> None:
    ledger = imagine(DATA, [own("own-1", "offenders", "50,000", date(2023, 1, 1), date(2023, 10, 31))])
    real, imagined = (saved(Question(each, *ASKED[0].figures), tmp_path) for each in (DATA, ledger))
    assert not set(real) & set(imagined)
    rows = list(csv.DictReader(io.StringIO(imagined[0].read_text(encoding="utf-8"))))
    assert {row["imagined"] for row in rows} == {"own-1"}
    assert "own-1" in [row["quantity"] for row in rows if row["kind"] == "figure"]


def test_another_reading_is_another_file(tmp_path: Path) -> None:
    other = Question(DATA, *ASKED[0].figures, SCENARIO | {"baseline": "R2"})
    assert not set(saved(ASKED[0], tmp_path)) & set(saved(other, tmp_path))

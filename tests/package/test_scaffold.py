"""A package from texts: what is drafted, that nothing of a person's is touched, and what comes next."""

from __future__ import annotations

import csv
import shutil

import pytest

from helpers.package import numerals, tables
from helpers.package.checks import checked
from helpers.package.ledger import EditionError, load
from helpers.package.scaffold import ScaffoldError, new
from helpers.package.schema import TABLES, WORDING_LIMIT
from helpers.package.texts import TextsError, check, places

MEALS = """Invented: school meals a year after the reform

Invented Courier, 31 May 2024. https://example.org/invented/meals

Free meals reached 412,000 pupils in the autumn of 2023, up from 268,000 a year earlier. The number of schools nearly
doubled, to 3,150. One in five pupils had a lunch; costs rose by a third, to 1.2 billion euros. At least 14.6 million
meals were served. Between 60 and 70 per cent of parents are content. The share that skips it dropped by 5 percentage
points, to 12 per cent. Kitchens in five towns closed; dozens of cooks left. There is zero tolerance for cold food.
The budget for 2025 is to grow by 10-15 per cent.
"""
CAMERAS = """Выдумано: камеры на дорогах через год

Вестник, 12 марта 2024 года

За 2023 год камеры зафиксировали 1,5 млн нарушений. Число погибших снизилось на треть — до 412 человек. Каждый пятый
водитель получил штраф. С 1 июля 2023 года штраф вырос вдвое и составляет 20 000 тенге. На двадцати одном участке
установлено 60–70 камер. Десятки автобусов простаивали.
"""
COURIER, HERALD = "courier-2024-05-31", "herald-2024-03-12"


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / f"{COURIER}.txt").write_text(MEALS, encoding="utf-8")
    (folder / f"{HERALD}.txt").write_text(CAMERAS, encoding="utf-8")
    return folder


@pytest.fixture
def package(tmp_path, texts):
    new(tmp_path / "package", texts)
    return tmp_path / "package"


def rows(package, table):
    with (package / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def checked_tables(package):
    return {name: tables.read(package, name) for name in TABLES}


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_table_has_its_header(package):
    assert {path.stem for path in package.glob("*.csv")} == set(TABLES)
    assert all(
        path.read_text(encoding="utf-8").startswith(tuple(TABLES[path.stem].model_fields))
        for path in package.glob("*.csv")
    )


def test_a_source_for_each_text_says_what_can_be_read(package):
    courier, herald = rows(package, "sources")
    assert (courier["id"], courier["title"]) == (COURIER, "Invented: school meals a year after the reform")
    assert (courier["published"], courier["url"]) == ("2024-05-31", "https://example.org/invented/meals")
    assert (courier["language"], herald["language"], herald["published"]) == ("en", "ru", "2024-03-12")
    assert (courier["publisher"], courier["status"]) == ("", "draft")


def test_every_number_and_date_has_one_drafted_row(package, texts):
    quoted = [row for table in ("figures", "events", "omitted") for row in rows(package, table)]
    assert {row["status"] for row in quoted} == {"draft"}
    for source, text, language in ((COURIER, MEALS, "en"), (HERALD, CAMERAS, "ru")):
        spans = []
        for row in quoted:
            if row["source"] == source:
                assert len(row["wording"].split()) <= WORDING_LIMIT
                (span,) = places(row["wording"], text)
                spans.append(span)
        for start, end in numerals.find(text, language):
            assert any(first <= start and end <= last for first, last in spans), text[start:end]


@pytest.mark.parametrize(
    ("printed", "kind", "value", "value_to", "step", "qualifier"),
    [
        ("412,000", "count", "412000", "", "", ""),
        ("doubled", "multiple", "2", "", "0.5", "almost"),
        ("One in five", "share", "0.2", "", "0.05", ""),
        ("a third", "change", "33.3", "", "5", ""),
        ("1.2 billion", "count", "1200000000", "", "", ""),
        ("14.6 million", "count", "14600000", "", "", "at least"),
        ("60 and 70 per cent", "share", "0.6", "0.7", "", ""),
        ("5 percentage points", "points", "-5", "", "", ""),
        ("12 per cent", "share", "0.12", "", "", ""),
        ("dozens", "count", "24", "", "", "at least"),
        ("10-15 per cent", "change", "10", "15", "", ""),
        ("треть", "change", "-33.3", "", "5", ""),
        ("Каждый пятый", "share", "0.2", "", "0.05", ""),
        ("вдвое", "multiple", "2", "", "0.5", ""),
        ("20 000", "count", "20000", "", "", ""),
        ("60–70", "count", "60", "70", "", ""),
    ],
)
def test_what_a_row_says(package, printed, kind, value, value_to, step, qualifier):
    (row,) = [row for row in rows(package, "figures") if row["printed"] == printed]
    said = (row["kind"], row["value"], row["value_to"], row["step"], row["qualifier"])
    assert said == (kind, value, value_to, step, qualifier)


def test_words_for_a_period_stand_beside_the_row(package):
    (row,) = [row for row in rows(package, "figures") if row["printed"] == "268,000"]
    assert "a year earlier" in row["nearby"]


@pytest.mark.parametrize(
    ("printed", "start", "end"),
    [
        ("412,000", "", ""),  # "the autumn of 2023" is no whole year
        ("1,5 млн", "2023-01-01", "2023-12-31"),
        ("two thirds", "2023-01-01", "2023-06-30"),
        ("610", "2023-12-31", "2023-12-31"),
        ("three times", "", ""),  # the date is that of the base
    ],
)
def test_the_days_that_stand_beside_a_number_are_drafted(tmp_path, printed, start, end):
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "desk-2024.txt").write_text(
        "Invented\n\nIn the first half of 2023 two thirds of pupils ate, the ministry said. "
        "There were 610 kitchens at the "
        "end of 2023. It is three times the level of 2018. Free meals reached 412,000 pupils in the autumn of 2023.",
        encoding="utf-8",
    )
    (texts / "vestnik-2024.txt").write_text(CAMERAS, encoding="utf-8")
    new(tmp_path / "package", texts)
    (row,) = [row for row in rows(tmp_path / "package", "figures") if row["printed"] == printed]
    assert (row["period_start"], row["period_end"]) == (start, end)
    assert row["period_basis"] == ("stated" if start else "unstated")


def test_who_says_it_is_drafted_where_the_sentence_names_them(tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "desk-2024.txt").write_text(
        "Invented\n\nTwelve hundred and 1,340 calls came, the ministry said. There were 610 kitchens.", encoding="utf-8"
    )
    new(tmp_path / "package", texts)
    said = {row["printed"]: row["said_by"] for row in rows(tmp_path / "package", "figures")}
    assert (said["1,340"], said["610"]) == ("the ministry", "no speaker named in the sentence")


def test_small_numbers_and_idioms_are_left_out_with_a_reason(package):
    found = {row["wording"]: row["reason"] for row in rows(package, "omitted")}
    assert sorted(found.values()) == [
        "a number in words that measures nothing",
        "a number in words that measures nothing",
        "the day on which the text was published",
        "the day on which the text was published",
    ]


def test_dates_become_events_but_for_the_day_of_the_text(tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "desk-2024-05-31.txt").write_text(
        "Invented\n\n31 May 2024. The law took effect on 1 July 2023.", encoding="utf-8"
    )
    new(tmp_path / "package", texts)
    found = [(row["date"], row["date_basis"]) for row in rows(tmp_path / "package", "events")]
    assert found == [("2023-07-01", "stated")]


def test_a_package_of_drafts_is_sound_in_form_and_says_what_comes_next(package):
    assert {name: len(table.faults) for name, table in checked(package).items()} == dict.fromkeys(TABLES, 0)
    with pytest.raises(EditionError, match=r"in sources\.csv are drafts"):
        load(package)


def test_run_again_it_changes_nothing(package, texts):
    before = contents(package)
    assert str(new(package, texts)).startswith("Nothing is new")
    assert contents(package) == before


def test_a_new_text_is_added_and_what_a_person_wrote_stays_byte_for_byte(package, texts):
    figures = package / "figures.csv"
    written = figures.read_bytes().replace(b"\n", b"\r\n").replace(b"412000", b"412001") + b"\"a person's, row".replace(
        b'"', b""
    )
    figures.write_bytes(written)
    shutil.copy(texts / f"{COURIER}.txt", texts / "later-2025.txt")
    made = new(package, texts)
    assert figures.read_bytes().startswith(written + b"\r\n")
    assert made.rows["sources"] == 1
    assert set(made.unchanged) == {COURIER, HERALD}


def test_tables_without_the_column_status_gain_it_and_no_row_changes(tmp_path, texts):
    package = tmp_path / "older"
    package.mkdir()
    written = "id,source,measure,kind,printed,value,period_basis,wording,said_by\n"
    (package / "figures.csv").write_text(written, encoding="utf-8")
    (package / "omitted.csv").write_text("source,wording,reason\nelsewhere,a word,why\n", encoding="utf-8")
    new(package, texts)
    first, second, *_ = (package / "omitted.csv").read_text(encoding="utf-8").splitlines()
    assert (first, second) == ("source,wording,reason,status", "elsewhere,a word,why")
    assert len(checked_tables(package)["omitted"].rows) == 1
    assert all(table.faults == [] for table in checked_tables(package).values())


def test_a_word_for_a_fall_is_drafted_as_a_change_with_its_step(tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "desk-2024.txt").write_text(
        "Invented\n\nIt was half a per cent lower. Better roads cut deaths by a third. That is a fall of a quarter.",
        encoding="utf-8",
    )
    new(tmp_path / "package", texts)
    drafted = {
        row["printed"]: (row["kind"], row["value"], row["step"]) for row in rows(tmp_path / "package", "figures")
    }
    assert drafted == {
        "half a per cent": ("change", "-0.5", "0.1"),
        "a third": ("change", "-33.3", "5"),
        "a quarter": ("change", "-25", "5"),
    }


def test_ends_of_ranges_and_of_rises_are_drafted_as_such(tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "dala-2022.txt").write_text(
        "Ойдан шығарылған\n\nБағалар 4-5 есе өсті. Мектептердің үлесі 58%-дан 71%-ға өсті. Шағымдар 22 пайызға азайды.",
        encoding="utf-8",
    )
    (texts / "desk-2024.txt").write_text("Invented\n\nCooks earn 140 crowns more than in 2020.", encoding="utf-8")
    new(tmp_path / "package", texts)
    drafted = {row["printed"]: row for row in rows(tmp_path / "package", "figures")}
    said = {name: (row["kind"], row["value"], row["value_to"]) for name, row in drafted.items()}
    assert said["4-5 есе"] == ("multiple", "4", "5")
    assert said["58%"] == ("share", "0.58", "")
    assert said["71%"] == ("share", "0.71", "")
    assert said["22 пайызға"] == ("change", "-22", "")
    assert said["140"] == ("difference", "140", "")
    assert drafted["140"]["period_basis"] == "unstated"  # 2020 is what it is set against


def test_a_number_that_a_person_covered_is_not_drafted_again(package, texts):
    figures = package / "figures.csv"
    lines = figures.read_text(encoding="utf-8").splitlines(keepends=True)
    figures.write_text("".join(line for line in lines if "412,000" not in line), encoding="utf-8")
    made = new(package, texts)
    assert {name: count for name, count in made.rows.items() if count} == {"figures": 1}


def test_confirmed_rows_cover_and_drafts_are_counted_as_open(package, texts, edit):
    for name, value in {"publisher": "Invented Courier", "status": ""}.items():
        edit(package, "sources", COURIER, name, value)
    (package / "measures.csv").write_text("id,label,counts\npupils,pupils with a meal,pupils\n", encoding="utf-8")
    first = rows(package, "figures")[0]["id"]
    for name, value in {"measure": "pupils", "said_by": "Ministry", "status": ""}.items():
        edit(package, "figures", first, name, value)
    found = check(load(package), texts)
    assert found.checked == (COURIER, HERALD)  # the text of a drafted source is held against its drafts
    assert len(found.open) == len(found.uncovered) > 10
    assert len(found.uncovered) < found.tokens
    assert "only a draft covers '268,000' (figures.csv, " in "\n".join(map(str, found.faults))


def test_texts_that_cannot_be_named_or_are_missing_are_refused(tmp_path, texts):
    with pytest.raises(TextsError, match="no folder"):
        new(tmp_path / "package", tmp_path / "nowhere")
    (texts / "Daily News 2024.TXT").write_text("x", encoding="utf-8")
    with pytest.raises(ScaffoldError, match=r"Daily News 2024\.TXT: name it daily-news-2024\.txt"):
        new(tmp_path / "package", texts)
    (tmp_path / "empty").mkdir()
    with pytest.raises(ScaffoldError, match="holds no text"):
        new(tmp_path / "package", tmp_path / "empty")
    assert not (tmp_path / "package").exists()

"""A ledger against its texts: what is not found, what is not covered, and where."""

from __future__ import annotations

import pytest
from edited import changed
from packages import LIBRARIES, TEXTS, variant

from helpers.package.ledger import load
from helpers.package.texts import TextsError, check, places
from helpers.report.command import PROJECT

LEDGER = load(LIBRARIES)
GAZETTE = "gazette-2022-01-20"


@pytest.fixture
def folder(tmp_path):
    """A folder with one text to be written by the test."""

    def write(text, name=GAZETTE, encoding="utf-8"):
        (tmp_path / f"{name}.txt").write_bytes(text.encode(encoding))
        return tmp_path

    return write


def without(*tables):
    """The libraries with tables emptied."""
    return LEDGER.with_rows(**{table: type(LEDGER.rows[table])() for table in tables})


def only(wording):
    """The libraries with one figure, of that wording."""
    figures = changed(LEDGER, "figures", "visits-2021", wording=wording).rows["figures"]
    return without("events", "omitted").with_rows(figures={"visits-2021": figures["visits-2021"]})


def less(figure):
    """The libraries without one figure."""
    return LEDGER.with_rows(figures={id: row for id, row in LEDGER.rows["figures"].items() if id != figure})


# --- the invented package and its texts ----------------------------------------------------------------------------


def test_a_sound_package_has_no_fault():
    assert check(LEDGER, TEXTS).faults == ()


def test_sources_without_a_text_are_listed_as_not_checked():
    found = check(LEDGER, TEXTS)
    assert (found.checked, found.unchecked) == ((GAZETTE, "council-2022-03"), ("radio-2022",))


def test_without_rows_every_number_of_the_texts_is_uncovered_in_order():
    found = check(without("figures", "events", "omitted"), TEXTS)
    expected = (
        "520,000 2021 400,000 2020 290,000 120,000 a_quarter 1,204,377 2021 12% 18% December 86,400 "
        "9,600_times 240,000 1_March_2021 two 91,000 2021"
    )
    assert [token.number for token in found.uncovered] == [word.replace("_", " ") for word in expected.split()]
    assert found.tokens == len(expected.split())


def test_a_row_left_out_leaves_its_numbers_uncovered_and_no_others():
    found = check(less("visits-half"), TEXTS)
    assert [(token.source, token.number) for token in found.uncovered] == [(GAZETTE, "290,000")]


def test_an_uncovered_number_has_its_line_and_the_words_around_it():
    found = check(less("fines"), TEXTS)
    (token,) = found.uncovered
    lines = (TEXTS / f"{GAZETTE}.txt").read_text(encoding="utf-8").splitlines()
    assert "9,600" in lines[token.line - 1]
    assert "They were fined 9,600 times. “Since the school" in token.context
    assert token.before.startswith("…")
    assert token.after.endswith("…")


def test_a_changed_wording_is_named_with_its_row_and_cause(tmp_path, edit):
    changed = {"wording": "290,000 visits came in the first six months of the year"}
    (fault,) = check(load(variant(edit, tmp_path, {"visits-half": changed})), TEXTS).wordings
    assert (fault.table, fault.row, fault.source, fault.times) == ("figures", "visits-half", GAZETTE, 0)
    assert "does not stand in the text" in str(fault)


def test_an_omitted_phrase_is_named_by_its_line(tmp_path, edit):
    package = variant(edit, tmp_path, {})
    (package / "omitted.csv").write_text(
        "source,wording,reason,status\n"
        f"{GAZETTE},drafted,not confirmed,draft\n"
        "\n"
        f'{GAZETTE},on two evenings a week,"opening hours;\nnothing was counted",\n'
        "council-2022-03,from 1 March 2021,of another source,\n"
        f"{GAZETTE},on three evenings,no such words,\n",
        encoding="utf-8",
    )
    found = [fault for fault in check(load(package), TEXTS).wordings if fault.wording == "on three evenings"]
    assert [(fault.table, fault.row) for fault in found] == [("omitted", "line 7")]


# --- folders and files ---------------------------------------------------------------------------------------------


def test_a_text_of_no_source_is_named(folder):
    folder("", name="another-paper")
    assert check(LEDGER, folder("")).strays == ("another-paper.txt",)


def test_a_text_of_a_source_that_the_edition_leaves_out_is_no_stray():
    found = check(load(LIBRARIES, evidence="core"), TEXTS)
    assert (found.checked, found.strays) == ((GAZETTE,), ())


def test_a_folder_without_a_text_of_a_source_is_a_fault(tmp_path):
    found = check(LEDGER, tmp_path)
    assert (found.checked, found.tokens, len(found.faults)) == ((), 0, 1)
    assert "no text of a source is there, so nothing was checked" in str(found.faults[0])
    assert f"{GAZETTE}.txt" in str(found.faults[0])


@pytest.mark.parametrize(
    "name",
    ["GAZETTE-2022-01-20.txt", "{}.TXT", "{}.txt.txt", "{}.md", "gazette-2022-01-2.txt", "gazette 2022 01 20.txt"],
)
def test_a_file_with_nearly_the_name_of_a_text_is_a_fault(tmp_path, name):
    (tmp_path / "council-2022-03.txt").write_text("", encoding="utf-8")
    (tmp_path / name.format(GAZETTE)).write_text("", encoding="utf-8")
    (fault,) = check(LEDGER, tmp_path).files
    assert str(fault).endswith(f"name it {GAZETTE}.txt")
    assert check(LEDGER, tmp_path).strays == ()


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(TextsError, match=r"no folder .*nowhere"):
        check(LEDGER, tmp_path / "nowhere")


def test_a_text_in_another_encoding_is_refused(folder):
    with pytest.raises(TextsError, match=rf"{GAZETTE}\.txt: byte 1 is not UTF-8"):
        check(LEDGER, folder("café"[2:], encoding="latin-1"))


def test_a_byte_order_mark_is_no_part_of_the_text(folder):
    assert check(only("520,000 visits"), folder("\ufeff520,000 visits")).faults == ()


# --- wordings ------------------------------------------------------------------------------------------------------


def test_a_wording_that_stands_twice_covers_neither_place(folder):
    found = check(only("5,000 visits"), folder("5,000 visits here, 5,000 visits there"))
    assert [fault.times for fault in found.wordings] == [2]
    assert "quote more words" in found.wordings[0].cause
    assert [token.number for token in found.uncovered] == ["5,000", "5,000"]


def test_a_wording_covers_its_own_occurrence_of_a_number_only(folder):
    found = check(only("5,000 visits"), folder("5,000 visits\nand 5,000 loans"))
    assert [(token.number, token.line) for token in found.uncovered] == [("5,000", 2)]


def test_a_number_partly_in_a_wording_is_not_covered(folder):
    found = check(only("on Nov."), folder("on Nov. 15"))
    assert [token.number for token in found.uncovered] == ["Nov. 15"]


@pytest.mark.parametrize(
    ("wording", "text"),
    [
        pytest.param('"half" the visits', "so “half” the visits", id="double quotes"),
        pytest.param('"half" the visits', "so «half» the visits", id="guillemets"),
        pytest.param("the year's visits", "the year’s visits", id="apostrophe"),
        pytest.param("the year’s visits", "the year's visits", id="apostrophe in the ledger"),
        pytest.param("1 052 visits", "(1\u202f052\u00a0visits)", id="narrow and fixed spaces"),
        pytest.param("520,000 visits", "520,000\n  visits", id="line break"),
    ],
)
def test_quotes_and_spaces_are_folded(wording, text):
    assert len(places(wording, text)) == 1


@pytest.mark.parametrize(
    ("wording", "text"),
    [
        pytest.param("5,000 visits", "25,000 visits", id="end of a number"),
        pytest.param("000 visits", "5,000 visits", id="last group of a number"),
        pytest.param("visits of 5", "visits of 5,000", id="first group of a number"),
        pytest.param("half of", "on behalf of", id="end of a word"),
        pytest.param("520,000 visit", "520,000 visits", id="start of a word"),
        pytest.param("Half of", "half of", id="another letter"),
    ],
)
def test_a_wording_stands_as_whole_words_letter_by_letter(wording, text):
    assert places(wording, text) == []


def test_a_text_of_one_source_is_no_misspelt_text_of_another(tmp_path):
    """Our own package: the articles of 2024-01-22 and of 2024-12 have names that nearly agree."""
    own = load(PROJECT / "data")
    assert {"astana-times-2024-01-22", "astana-times-2024-12"} <= set(own.rows["sources"])
    (tmp_path / "astana-times-2024-01-22.txt").write_text("Nothing is counted here.", encoding="utf-8")
    assert not check(own, tmp_path).files
    (tmp_path / "astana-times-2024-1.txt").write_text("Nothing is counted here.", encoding="utf-8")
    assert [fault.name for fault in check(own, tmp_path).files] == ["astana-times-2024-1.txt"]

"""Printed numbers: the forms that the documentation promises, and the laws of reading and finding them."""

from __future__ import annotations

import re
import time
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.figures.numeral import Numeral
from helpers.package.lexicon import spell
from helpers.package.numerals import LANGUAGES, find, fold, parse, scan

F = Fraction
DOCS = Path(__file__).resolve().parents[2] / "docs" / "numbers.md"
SPACES = {"plain": " ", "no-break": "\u00a0", "thin": "\u2009", "narrow no-break": "\u202f"}
POINT = {"en": ".", "ru": ",", "kk": ","}


def read_as(text: str) -> tuple[str, Fraction, Fraction | None, str]:
    """Form, value, other end and limit of "percent 60 to 70" or "number 24, at least"."""
    form, value, other, limit = re.fullmatch(r"(\w+) ([\d./]+)(?: to ([\d./]+))?(?:, (at least))?", text).groups()
    return form, F(value), other and F(other), limit or ""


def documented() -> list[tuple[str, str, str]]:
    """Every example of the table of forms: language, what is printed, what it is read as."""
    table = DOCS.read_text(encoding="utf-8").partition("## What")[0]
    rows = [line.strip()[1:-1].split("|") for line in table.splitlines() if line.startswith("|")][2:]
    assert all(len(row) == 5 for row in rows)
    return [
        (language, printed, row[1].strip())
        for row in rows
        for language, cell in zip(LANGUAGES, row[2:], strict=True)
        for printed in re.findall(r"`([^`]+)`", cell)
    ]


FORMS = documented()


def test_the_table_of_forms_is_read() -> None:
    assert len(FORMS) > 150
    assert {language for language, _, _ in FORMS} == set(LANGUAGES)
    assert {read_as(said)[0] for _, _, said in FORMS} == {"number", "percent", "points", "share", "multiple"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_documented_form_is_read(language: str) -> None:
    wrong = []
    for tongue, printed, said in FORMS:
        made = parse(printed, tongue)
        if tongue == language and (not made or (made.form, made.value, made.value_to, made.limit) != read_as(said)):
            wrong.append((printed, made))
    assert wrong == []


@pytest.mark.parametrize(
    ("printed", "language", "places", "step"),
    [
        ("7,000", "en", 0, "1"),
        ("4.20%", "en", 2, "1/100"),
        ("14.6 million", "en", 1, "100000"),
        ("2 million", "en", 0, "1000000"),
        ("17,5 мың", "kk", 1, "100"),
        ("two and a half million", "en", 0, "100000"),
        ("half a million", "en", 0, "100000"),
        ("5-7 тысяч", "ru", 0, "1000"),
        ("2½ million", "en", 0, "100000"),
        ("half", "en", 0, "0"),
        ("doubled", "en", 0, "0"),
        ("one in five", "en", 0, "0"),
        ("dozens", "en", 0, "0"),
        ("a dozen", "en", 0, "0"),
    ],
)
def test_the_last_printed_digit(printed: str, language: str, places: int, step: str) -> None:
    made = parse(printed, language)
    assert (made.places, made.last) == (places, F(step))


@pytest.mark.parametrize(
    ("printed", "language"),
    [
        ("", "en"),
        ("many", "en"),
        ("7,000 people", "en"),
        ("one", "en"),
        ("a", "en"),
        ("percent", "en"),
        ("5 percentage", "en"),
        ("July", "en"),
        ("doubled", "ru"),
        ("половина", "kk"),
    ],
)
def test_what_is_no_number_of_the_language(printed: str, language: str) -> None:
    assert parse(printed, language) is None


@pytest.mark.parametrize(
    ("printed", "language", "value"),
    [
        ("53 038", "en", "53038"),
        ("18,6", "en", "18.6"),
        ("1.234", "en", "1.234"),
        ("1.234", "ru", "1234"),
        ("1,234", "ru", "1.234"),
        ("1.234.567", "en", "1234567"),
        ("53,038.5", "ru", "53038.5"),
        ("7,000", "de", "7000"),
    ],
)
def test_signs_between_digits(printed: str, language: str, value: str) -> None:
    assert parse(printed, language).value == F(value)


# --- laws ----------------------------------------------------------------------------------------------------------


def written(value: int, decimals: str, language: str, space: str) -> str:
    groups = f"{value:,}".split(",")
    text = (space if language != "en" else ",").join(groups)
    return text + (POINT[language] + decimals if decimals else "")


NUMBERS = {
    "value": st.integers(0, 10**9),
    # Three decimals look like a group of thousands where the language writes a dot for them.
    "decimals": st.text("0123456789", max_size=2),
    "language": st.sampled_from(LANGUAGES),
    "space": st.sampled_from(list(SPACES.values())),
    "unit": st.sampled_from([("", "number"), ("%", "percent"), (" %", "percent")]),
}


@given(**NUMBERS)
def test_a_written_number_is_read_back_and_found_as_one(
    value: int, decimals: str, language: str, space: str, unit: tuple[str, str]
) -> None:
    sign, form = unit
    step = F(1, 10 ** len(decimals))
    expected = Numeral(value + F(int(decimals or 0)) * step, len(decimals), form, step)
    printed = written(value, decimals, language, space) + sign
    assert parse(printed, language) == expected
    (found,) = scan(f"({printed})", language)
    assert (found.start, found.end) == (1, len(printed) + 1)
    assert found.date or found.numeral == expected


# num2words writes what a person would; it knows nothing of this grammar.
@given(value=st.integers(2, 10**9), language=st.sampled_from(LANGUAGES), case=st.sampled_from("ngdip"))
def test_number_words_of_any_size_are_read_back(value: int, language: str, case: str) -> None:
    words = spell(value, language, **({"case": case} if language == "ru" else {})).replace(",", "")
    if words != "семью":  # the instrumental of seven is the accusative of a family
        assert [found.numeral.value for found in scan(f"x {words} x", language)] == [value]
    assert parse(words, language).value == value


PIECES = [*"0123456789,.%-\u00a0\n½ ", " twenty ", " one ", " in ", " July ", " мың ", " to ", " million ", "ﬁ\u00ad"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(text=TEXTS, language=st.sampled_from([*LANGUAGES, "pt"]))
def test_no_digit_escapes_and_spans_are_in_order(text: str, language: str) -> None:
    spans = find(text, language)
    assert all(start < end for start, end in spans)
    assert all(last <= first for (_, last), (first, _) in pairwise(spans))
    covered = {at for start, end in spans for at in range(start, end)}
    assert {at for at, sign in enumerate(text) if sign.isdecimal()} <= covered


@given(text=TEXTS, language=st.sampled_from(LANGUAGES))
def test_what_is_found_is_read(text: str, language: str) -> None:
    for found in scan(text, language):
        assert found.numeral is None or parse(text[found.start : found.end], language) is not None


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "123 ",
        "two ",
        "hundred ",
        "one in ",
        "1 million ",
        "5-",
        "екі ",
        "двадцать ",
        "a third of a ",
        "Nov. ",
    ],
)
def test_reading_takes_time_in_proportion_to_the_text(piece: str) -> None:
    def seconds(times: int) -> float:
        taken = []
        for _ in range(3):
            start = time.perf_counter()
            for language in LANGUAGES:
                scan(piece * times, language)
            taken.append(time.perf_counter() - start)
        return min(taken)

    assert seconds(600) < 40 * max(seconds(60), 0.001)


def test_a_very_long_run_of_digits_is_no_number_and_no_crash() -> None:
    assert parse("9" * 40).value == 10**40 - 1
    assert parse("9" * 10_000) is None
    assert find("9" * 100) == [(0, 40), (40, 80), (80, 100)]


# --- in a text -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("On Nov. 15, 2023 or 15 November 2023", ["2023-11-15", "2023-11-15"]),
        ("2023-11-15, 15.11.2023, 15/11/23", ["2023-11-15"] * 3),
        ("in July 2023 and in 2024", ["2023-07", "2024"]),
        ("from July 1; it may be in May", [None, None]),
        ("30 February 2023", [None]),
    ],
)
def test_dates_are_read_as_far_as_they_say(text: str, dates: list[str | None]) -> None:
    assert [found.date for found in scan(text)] == dates


@pytest.mark.parametrize(
    ("text", "language", "dates"),
    [
        ("с 1 июля 2023 года, в августе, 2022 год", "ru", ["2023-07-01", None, "2022"]),
        ("2023 жылғы 1 шілдеден бастап, тамызда", "kk", ["2023-07-01", None]),
    ],
)
def test_dates_in_other_languages(text: str, language: str, dates: list[str | None]) -> None:
    assert [found.date for found in scan(text, language)] == dates


@pytest.mark.parametrize("space", SPACES.values(), ids=SPACES)
def test_a_spaced_number_stays_whole(space: str) -> None:
    text = f"барлығы 53{space}038 өтініш"
    assert [text[start:end] for start, end in find(text, "kk")] == [f"53{space}038"]


def test_spans_are_places_in_the_text_as_it_was_given() -> None:
    text = "so\u00adme ﬁve 1\u200b2\u202f000 e\u0301 60\u2009%"
    assert [text[start:end] for start, end in find(text)] == ["ﬁve", "1\u200b2\u202f000", "60\u2009%"]


def test_a_stress_mark_does_not_break_a_word() -> None:
    (found,) = scan("дві ты\u0301сячи, пять ты\u0301сяч", "ru")[-1:]
    assert (found.numeral.value, found.start) == (5000, 13)


def test_fold_levels_what_readers_cannot_see() -> None:
    assert fold("  “it’s”\u00a0«60 %»\n ﬁ\u00adles – cafe\u0301 ") == '"it\'s" "60%" files - café'

"""Printed numbers: what is read from them, and where they stand in a text."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.package.numerals import LANGUAGES, Numeral, find, fold, level, parse

F = Fraction
SPACES = {"plain": " ", "no-break": "\u00a0", "thin": "\u2009", "narrow no-break": "\u202f"}
POINT = {"en": ".", "ru": ",", "kk": ","}


# --- one printed number --------------------------------------------------------------------------------------------


PRINTED = [
    ("7,000", "en", "7000", 0, "number"),
    ("1,234,567", "en", "1234567", 0, "number"),
    ("919", "en", "919", 0, "number"),
    ("4.2%", "en", "4.2", 1, "percent"),
    ("4.20%", "en", "4.2", 2, "percent"),
    ("60 per cent", "en", "60", 0, "percent"),
    ("64 percent", "en", "64", 0, "percent"),
    ("-20%", "en", "20", 0, "percent"),
    ("−20%", "en", "20", 0, "percent"),
    ("3.9 times", "en", "3.9", 1, "multiple"),
    ("3-fold", "en", "3", 0, "multiple"),
    ("1.5 million", "en", "1500000", 1, "number"),
    ("12 thousand", "en", "12000", 0, "number"),
    ("doubled", "en", "2", 0, "word"),
    ("Twice", "en", "2", 0, "word"),
    ("half", "en", "1/2", 0, "word"),
    ("halved", "en", "1/2", 0, "word"),
    ("two-thirds", "en", "2/3", 0, "word"),
    ("twelve", "en", "12", 0, "word"),
    ("fifty", "en", "50", 0, "word"),
    ("53 038", "ru", "53038", 0, "number"),
    ("18,6%", "ru", "18.6", 1, "percent"),
    ("18,6 процента", "ru", "18.6", 1, "percent"),
    ("20 тысяч", "ru", "20000", 0, "number"),
    ("47 тыс.", "ru", "47000", 0, "number"),
    ("в 2 раза", "ru", None, None, None),
    ("2 раза", "ru", "2", 0, "multiple"),
    ("половина", "ru", "1/2", 0, "word"),
    ("17,5 мың", "kk", "17500", 1, "number"),
    ("64 пайыз", "kk", "64", 0, "percent"),
    ("1 052", "kk", "1052", 0, "number"),
    ("2,5 есе", "kk", "2.5", 1, "multiple"),
    ("тең жартысы", "kk", "1/2", 0, "word"),
    ("екі", "kk", "2", 0, "word"),
]


@pytest.mark.parametrize(("printed", "language", "value", "places", "form"), PRINTED)
def test_parse(printed: str, language: str, value: str | None, places: int, form: str) -> None:
    assert parse(printed, language) == (None if value is None else Numeral(F(value), places, form))


@pytest.mark.parametrize("space", SPACES.values(), ids=SPACES)
@pytest.mark.parametrize("language", ["ru", "kk"])
def test_any_space_groups_thousands(language: str, space: str) -> None:
    assert parse(f"53{space}038", language) == Numeral(F(53_038), 0, "number")


@pytest.mark.parametrize(
    ("printed", "language"),
    [
        ("53 038", "en"),
        ("7,00", "en"),
        ("18,6", "en"),
        ("1,2345", "en"),
        ("", "en"),
        ("many", "en"),
        ("7,000 people", "en"),
        ("53,038.5", "ru"),
        ("5 30 38", "ru"),
        ("doubled", "ru"),
        ("половина", "kk"),
    ],
)
def test_what_is_no_number_of_the_language(printed: str, language: str) -> None:
    assert parse(printed, language) is None


def test_unknown_language_is_read_like_english() -> None:
    assert parse("7,000", "de") == parse("7,000", "en")


def written(value: int, decimals: str, language: str, space: str) -> str:
    groups = f"{value:,}".split(",")
    text = (space if language != "en" else ",").join(groups)
    return text + (POINT[language] + decimals if decimals else "")


NUMBERS = {
    "value": st.integers(0, 10**9),
    "decimals": st.text("0123456789", max_size=3),
    "language": st.sampled_from(LANGUAGES),
    "space": st.sampled_from(list(SPACES.values())),
}


@given(**NUMBERS)
def test_number_written_is_read_back(value: int, decimals: str, language: str, space: str) -> None:
    expected = Numeral(value + F(int(decimals or 0), 10 ** len(decimals)), len(decimals), "number")
    assert parse(written(value, decimals, language, space), language) == expected


@given(**NUMBERS)
def test_percentage_written_is_read_back(value: int, decimals: str, language: str, space: str) -> None:
    expected = Numeral(value + F(int(decimals or 0), 10 ** len(decimals)), len(decimals), "percent")
    assert parse(written(value, decimals, language, space) + "%", language) == expected


# --- numbers in a text ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("from 7,000 to 27,000 people", "en", ["7,000", "27,000"]),
        ("a 4.2% decrease", "en", ["4.2%"]),
        ("60 per cent of these cases", "en", ["60 per cent"]),
        ("rose 3.9 times", "en", ["3.9 times"]),
        ("has doubled, and half of them", "en", ["doubled", "half"]),
        ("about 1.5 million", "en", ["1.5 million"]),
        ("in 2023 500 people", "en", ["2023", "500"]),
        ("the year 2023.", "en", ["2023"]),
        ("10,000, then 12,000.", "en", ["10,000", "12,000"]),
        ("another offence, Halfway, tentative", "en", []),
        ("за период (53 038)", "ru", ["53 038"]),
        ("на 18,6% меньше", "ru", ["18,6%"]),
        ("а именно, 20 тысяч из 47", "ru", ["20 тысяч", "47"]),
        ("половина дел", "ru", ["половина"]),
        ("17,5 мың әкімшілік хаттама", "kk", ["17,5 мың"]),
        ("64 пайызына іс жүргізілген", "kk", ["64 пайызына"]),
    ],
)
def test_find(text: str, language: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in find(text, language)] == expected


@pytest.mark.parametrize("space", SPACES.values(), ids=SPACES)
def test_find_keeps_a_spaced_number_whole(space: str) -> None:
    text = f"барлығы 53{space}038 өтініш"
    assert [text[start:end] for start, end in find(text, "kk")] == [f"53{space}038"]


@given(text=st.text(st.sampled_from("0123456789,. %\u00a0-abthousandмың\n")), language=st.sampled_from(LANGUAGES))
def test_find_covers_every_digit(text: str, language: str) -> None:
    covered = {at for start, end in find(text, language) for at in range(start, end)}
    assert {at for at, sign in enumerate(text) if sign.isdigit()} <= covered


@given(text=st.text(st.sampled_from("0123456789,. %half twice")), language=st.sampled_from(LANGUAGES))
def test_find_gives_spans_in_order_without_overlap(text: str, language: str) -> None:
    ends = [end for span in find(text, language) for end in span]
    assert ends == sorted(ends)


@given(**NUMBERS)
def test_find_takes_a_written_number_as_one(value: int, decimals: str, language: str, space: str) -> None:
    text = written(value, decimals, language, space)
    assert find(f"x {text} y", language) == [(2, 2 + len(text))]


@pytest.mark.parametrize(
    ("printed", "language"), [(printed, language) for printed, language, value, *_ in PRINTED if value]
)
def test_find_takes_whole_what_parse_reads(printed: str, language: str) -> None:
    number = printed.lstrip("-−")
    assert find(f"x {number}; y", language) == [(2, 2 + len(number))]


# --- what two printings share --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“half”", '"half"'),
        ("«половина»", '"половина"'),
        ("Kazakhstan’s ‘law’", "Kazakhstan's 'law'"),
        ("53\u00a0038", "53 038"),
        ("53\u2009038\u202f%", "53 038 %"),
        ("  two \n lines\t", "two lines"),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(text=st.text())
def test_fold_twice_is_fold(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_level_makes_quotes_and_spaces_plain() -> None:
    assert level("“53\u00a0038” ’ «a\u2009b»  c") == '"53 038" \' "a b"  c'


@given(text=st.text(st.sampled_from("“”«»‘’'\" \u00a0\u2009\u202f\na1")))
def test_level_keeps_every_place(text: str) -> None:
    assert len(level(text)) == len(text)

"""Numbers, dates and periods as English writes them, and figures as their sources printed them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.figures.interval import Interval
from helpers.words.numbers import day, number, period, plain, printed, size, small, span, times

F = Fraction
INF = float("inf")


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (7_000, 0, "7,000"),
        (1_234_567, 0, "1,234,567"),
        (919, 0, "919"),
        (F("4.2"), 1, "4.2"),
        (F("4.25"), 2, "4.25"),
        (F(3), 1, "3.0"),
        (F(-20), 0, "−20"),
        (F("-1234.5"), 1, "−1,234.5"),
        (0, 0, "0"),
    ],
)
def test_number(value: Fraction, places: int, text: str) -> None:
    assert number(value, places) == text


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (Interval(F(6_500), F(7_500), high_open=True), "6,500 to 7,500"),
        (Interval(F(53, 15), F(55, 13), True, True), "3.5 to 4.3"),
        (Interval.exact(53_038), "53,038"),
        (Interval(F("-20.5"), F("-19.5")), "−20.5 to −19.5"),
        (Interval(F(3), INF), "3 or more"),
        (Interval(-INF, F(3)), "3 or less"),
        (Interval(F(0), INF), "any number"),
        (Interval(-INF, INF), "any number"),
    ],
)
def test_span(interval: Interval, text: str) -> None:
    assert span(interval) == text


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        (Interval(F(1), F(2), high_open=True), Interval(F(1), F(2), high_open=True)),
        (Interval(F(-2), F(-1), low_open=True), Interval(F(1), F(2), high_open=True)),
        (Interval(F(-1), F(2)), Interval(F(0), F(2), high_open=True)),
    ],
    ids=["rise", "fall", "either"],
)
def test_size(interval: Interval, expected: Interval) -> None:
    assert size(interval) == expected


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("2017", "2017"),
        ("2023-05", "May 2023"),
        ("2023-07-01", "1 July 2023"),
        (date(2023, 11, 15), "15 November 2023"),
    ],
)
def test_day(written: str | date, text: str) -> None:
    assert day(written) == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2023-07-01", "2023-10-31", "July to October 2023"),
        ("2022-01-01", "2022-12-31", "2022"),
        ("2022-01-01", "2023-12-31", "2022 to 2023"),
        ("2023-07-01", "2023-07-31", "July 2023"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2024-02-01", "2024-02-28", "1 February to 28 February 2024"),
        ("2023-01-01", "2023-11-15", "1 January to 15 November 2023"),
        ("2022-11-01", "2023-02-28", "November 2022 to February 2023"),
        ("2022-11-15", "2023-02-27", "15 November 2022 to 27 February 2023"),
        ("2023-01-01", None, "from 1 January 2023, end not stated"),
        (None, "2023-10-31", "to 31 October 2023, start not stated"),
        (None, None, "period not stated"),
    ],
)
def test_period_in_words(start: str | None, end: str | None, text: str) -> None:
    assert period(*(day and date.fromisoformat(day) for day in (start, end))) == text


@given(start=st.dates(date(2000, 1, 1), date(2030, 1, 1)), more=st.integers(0, 900))
def test_period_reads_back(start: date, more: int) -> None:
    """Whatever is left out of the words can be put back: the period named is the one meant."""
    end = date.fromordinal(start.toordinal() + more)
    first, _, last = period(start, end).rpartition(" to ")
    ends = last.split()
    begins = (first or last).split()
    if not begins[-1].isdigit() or len(begins[-1]) < 4:
        begins.append(ends[-1])
    months = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]

    def read(words: list[str], *, closing: bool) -> date:
        year, rest = int(words[-1]), words[:-1]
        month = months.index(rest[-1]) + 1 if rest else 12 if closing else 1
        if len(rest) == 2:
            return date(year, month, int(rest[0]))
        return (
            date(year, month, 1)
            if not closing
            else date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
        )

    assert (read(begins, closing=False), read(ends, closing=True)) == (start, end)


# --- figures as printed --------------------------------------------------------------------------------------------


def row(**cells: object) -> SimpleNamespace:
    return SimpleNamespace(**({"kind": "count", "qualifier": "", "value": F(0), "printed": ""} | cells))


@pytest.mark.parametrize(
    ("cells", "language", "text"),
    [
        ({"printed": "7,000", "value": F(7_000)}, "en", "7,000"),
        ({"printed": "doubled", "value": F(2), "kind": "multiple"}, "en", "doubled"),
        ({"printed": "60 per cent", "value": F("0.6"), "kind": "share"}, "en", "60 per cent"),
        ({"printed": "53 038", "value": F(53_038)}, "ru", "53,038"),
        ({"printed": "20 тысяч", "value": F(20_000)}, "ru", "20,000"),
        ({"printed": "17,5 мың", "value": F(17_500)}, "kk", "17,500"),
        ({"printed": "42,5%", "value": F("0.425"), "kind": "share"}, "ru", "42.5%"),
        ({"printed": "64 пайыз", "value": F("0.64"), "kind": "share"}, "kk", "64%"),
        ({"printed": "18,6%", "value": F("-18.6"), "kind": "change"}, "ru", "18.6%"),
        ({"printed": "екі", "value": F(2), "kind": "multiple"}, "kk", "2 times"),
        ({"printed": "2,5 есе", "value": F("2.5"), "kind": "multiple"}, "kk", "2.5 times"),
    ],
)
def test_figure_as_printed(cells: dict[str, object], language: str, text: str) -> None:
    assert printed(row(**cells), language) == text


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ({"printed": "42,25%", "value": F("0.4225"), "kind": "share"}, "42.25%"),
        ({"printed": "20,0%", "value": F(-20), "kind": "change"}, "20.0%"),
        ({"printed": "1,25 раза", "value": F("1.25"), "kind": "multiple"}, "1.25 times"),
    ],
    ids=["share", "printed zero", "multiple"],
)
def test_figure_in_another_language_keeps_its_decimals(cells: dict[str, object], text: str) -> None:
    assert printed(row(**cells), "ru") == text


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("qualifier", ["over", "almost", "about"])
def test_qualifier_is_printed(qualifier: str, language: str) -> None:
    assert printed(row(printed="10,000", value=F(10_000), qualifier=qualifier), language) == f"{qualifier} 10,000"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (F(27, 7), "nearly four times"),
        (F(43812, 16172), "2.7 times"),
        (F(2), "twice"),
        (F(39, 20), "nearly twice"),
        (F(3), "three times"),
        (F(303, 100), "3.0 times"),
        (F(11, 10), "1.1 times"),
        (F(1, 2), "0.5 times"),
        (F(25, 2), "12.5 times"),
        (F(40), "40.0 times"),
    ],
)
def test_multiple_in_words(value: Fraction, text: str) -> None:
    assert times(value) == text


@given(st.fractions(F(1, 10), 30))
def test_multiple_in_words_is_near_its_value(value: Fraction) -> None:
    names = {"twice": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
    names |= {"eleven": 11, "twelve": 12}
    text = times(value)
    word = text.removeprefix("nearly ").split()[0]
    near = names.get(word) or float(word)
    assert abs(near - value) <= max(F(1, 20), near * F(5, 100))
    assert not text.startswith("nearly") or value < near


@pytest.mark.parametrize(("count", "text"), [(0, "no"), (4, "four"), (12, "twelve"), (13, "13")])
def test_small_number_in_a_sentence(count: int, text: str) -> None:
    assert small(count) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(33_000, "33,000"), (F(33_000, 181), "182"), (F(1204, 1000), "1.20"), (F(415, 10), "41.5"), (2, "2")],
)
def test_one_number_to_reckon_with(value: Fraction, text: str) -> None:
    assert plain(value) == text


def test_a_range_of_another_language_keeps_both_ends() -> None:
    row = SimpleNamespace(kind="multiple", printed="4-5 есе", value=Decimal(4), value_to=Decimal(5), qualifier="")
    assert printed(row, "kk") == "4 to 5 times"

"""Which days are drafted for a number, and which kind: read from whole sentences, as a newcomer's texts have them."""

from __future__ import annotations

import pytest

from helpers.package.drafts import drafted


def _rows(sentence: str, language: str) -> dict[str, dict[str, str]]:
    found = drafted("x", sentence, language, [], set())
    return {row["printed"]: row for table, row in found if table == "figures"}


@pytest.mark.parametrize(
    ("sentence", "language", "printed", "start", "end"),
    [
        ("From September 2024 to January 2025 there were 4,318 crashes.", "en", "4,318", "2024-09-01", "2025-01-31"),
        ("There were 4,318 crashes in September 2024 - January 2025.", "en", "4,318", "2024-09-01", "2025-01-31"),
        ("Between September and December 2024 police sent 40,000 fines.", "en", "40,000", "2024-09-01", "2024-12-31"),
        (
            "From January to June 2023 the centres took 2.6 million calls.",
            "en",
            "2.6 million",
            "2023-01-01",
            "2023-06-30",
        ),
        ("С сентября 2024 года по январь 2025 года отправлено 300 штрафов.", "ru", "300", "2024-09-01", "2025-01-31"),
        ("2023 жылдың бірінші жартысында 640 фельдшер кетті.", "kk", "640", "2023-01-01", "2023-06-30"),
        # One of two years, an end alone, the year before and the year of a base say nothing for certain.
        ("There were 40 cases in 2022 and 2023.", "en", "40", "", ""),
        ("Libraries had 300 readers by the end of January 2025.", "en", "300", "", ""),
        ("Journeys rose to 58 million in 2023 from 52 million the year before.", "en", "52 million", "", ""),
        ("За 2023 год перевезли 58 млн пассажиров, годом ранее — 52 млн.", "ru", "52 млн", "", ""),
        ("Police sent 1.2 million fines, double the number in the whole of 2023.", "en", "double", "", ""),
        ("Libraries had 300 readers at the end of January 2025.", "en", "300", "2025-01-31", "2025-01-31"),
    ],
)
def test_days_are_drafted_only_where_they_are_plain(
    sentence: str, language: str, printed: str, start: str, end: str
) -> None:
    row = _rows(sentence, language)[printed]
    assert (row["period_start"], row["period_end"]) == (start, end)
    assert row["period_basis"] == ("stated" if start else "unstated")


@pytest.mark.parametrize(
    ("sentence", "language", "printed", "kind", "value"),
    [
        ("We promised a fifth less traffic.", "en", "a fifth", "change", "-20"),
        ("Бұл 37 пайызға көп.", "kk", "37 пайызға", "change", "37"),
        ("Үлесі 4 пайыздан 12 пайызға дейін өсті.", "kk", "4 пайыздан", "share", "0.04"),
        ("Үлесі 4 пайыздан 12 пайызға дейін өсті.", "kk", "12 пайызға", "share", "0.12"),
        ("Саны өсті, ал шағым 15 пайызға азайды.", "kk", "15 пайызға", "change", "-15"),
    ],
)
def test_a_level_is_drafted_as_a_share_and_a_rise_as_a_change(
    sentence: str, language: str, printed: str, kind: str, value: str
) -> None:
    row = _rows(sentence, language)[printed]
    assert (row["kind"], row["value"]) == (kind, value)

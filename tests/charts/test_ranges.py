"""Ranges of assumptions: an axis from zero, published values as bands through every row, numbers above the marks."""

from __future__ import annotations

import re

import pytest
from charts.reading import faults, marks, text, texts

from helpers.charts.chart import Chart
from helpers.charts.ranges import Assumption, Band, Bar, ranges
from helpers.charts.sheet import PALETTE
from helpers.charts.value import ChartError
from helpers.figures.interval import Interval
from helpers.figures.quantity import Quantity, derived
from helpers.markup import dialect as markup
from helpers.reason.compare import ESTIMATE, per_day
from helpers.words.template import Writer


def a_day(low: float, high: float) -> Quantity:
    return derived(Interval(low, high), "linear programme", ("offenders",), "a day")


def spring(low: float, high: float) -> Bar:
    return Bar(a_day(low, high), "Jan–Jun", "before")


ASSUMED = [
    Assumption("{baseline:R1}", "{window:W1}", spring(176, 188)),
    Assumption("{baseline:R1}", "{window:W2}", spring(0, 188), Bar(a_day(0, 2_270), "1–15 Nov", "after")),
    Assumption("{baseline:R3}", "{window:W1}", None, failure="cannot hold: short by at least 24,500"),
    Assumption("{baseline:R3}", "{window:W2}", spring(36, 42), Bar(a_day(1_630, 1_840), "1–15 Nov", "after")),
]
BANDS = [
    Band("penalised-day", "people sanctioned"),
    Band("cases-day", "registered cases"),
    Band("orders-early", "orders"),  # several ends: a range
    Band("four-months-day", "in July to October"),
]


APART = [
    *BANDS[:2],
    Band("sheets-day", "charge sheets"),
    Band("four-months-day", "July–October"),
]  # but for a thin one in a wide one


def drawn(
    w: Writer, assumed: list[Assumption] = ASSUMED, title: str = "If of the {offenders}", bands: list[Band] = BANDS
) -> Chart | None:
    w.work("sheets-day", a_day(96, 147), "Charge sheets a day")
    w.work("four-months-day", per_day(w.ledger, "brought-after"), "People a day")
    heads = ("If the {brought-before} is", "and the year runs")
    return ranges(w, "fit", title, "In 2023", heads, assumed, bands, axis="people a day")


def scale(svg: str) -> tuple[float, float]:
    """Origin and pixels a unit, by the numbers of the axis."""
    first, *_ = _axes(svg)
    return first


def _axes(svg: str) -> list[tuple[float, float]]:
    """Of each axis its origin and pixels a unit."""
    found: list[dict[float, float]] = []
    for box in texts(svg):
        if re.fullmatch(r"[\d,]+", box.what):
            amount = float(box.what.replace(",", ""))
            if not amount:
                found.append({})
            found[-1][amount] = (box.left + box.right) / 2
    return [(ticks[0], (ticks[max(ticks)] - ticks[0]) / max(ticks)) for ticks in found]


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_ranges_and_bands_stand_at_their_values_on_one_axis_from_zero(w: Writer, width: str) -> None:
    svg = getattr(drawn(w), width)
    origin, unit = scale(svg)
    found = marks(svg)
    expected = {"fit-0-before": (176, 188), "fit-1-before": (0, 188), "fit-3-before": (36, 42)}
    for name, ends in expected.items():
        assert [found[name].left, found[name].right] == pytest.approx([origin + end * unit for end in ends], abs=0.05)
    # 26,500 and 27,500 in 123 days, rounded outward: 215 to 224.
    band = found["fit-band-3"]
    assert [band.left, band.right] == pytest.approx([origin + end * unit for end in (215, 224)], abs=0.05)
    # 107 to 108 registered cases a day is less than two pixels wide: drawn two wide, its middle in place.
    thin = found["fit-band-1"]
    assert thin.width == pytest.approx(2, abs=0.05) or thin.width > 2
    assert (thin.left + thin.right) / 2 == pytest.approx(origin + 107.5 * unit, abs=0.05)
    assert "fit-2-before" not in found
    # Further days have an axis of their own, as they lie far beyond this one.
    _, (origin, unit) = _axes(svg)
    for name, ends in {"fit-1-later-after": (0, 2_270), "fit-3-later-after": (1_630, 1_840)}.items():
        assert [found[name].left, found[name].right] == pytest.approx([origin + end * unit for end in ends], abs=0.05)


def test_a_band_runs_through_every_row_of_the_wide_drawing(w: Writer) -> None:
    found = marks(drawn(w).wide)
    for nth in range(4):
        assert found[f"fit-band-{nth}"].top < found["fit-0-before"].top
        assert found[f"fit-band-{nth}"].bottom > found["fit-3-before"].bottom


def test_each_range_of_the_narrow_drawing_has_the_bands_behind_it(w: Writer) -> None:
    found = marks(drawn(w).narrow)
    for row in (0, 1, 3):
        for nth in range(4):
            strip, first = found[f"fit-{row}-band-{nth}"], found[f"fit-band-{nth}"]
            assert (strip.left, strip.right) == (first.left, first.right)
            assert strip.top < found[f"fit-{row}-before"].top < found[f"fit-{row}-before"].bottom < strip.bottom


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_colours_tell_sides_and_bands_are_lighter_than_ranges(w: Writer, width: str) -> None:
    found = marks(getattr(drawn(w), width))
    assert {found[f"fit-{row}-before"].fill for row in (0, 3)} == {PALETTE["before"]}
    # A range from nothing up is a line with two ends: filled, it would be read as its upper end.
    assert (found["fit-1-before"].fill, found["fit-1-before"].stroke) == ("none", PALETTE["before"])
    assert (found["fit-1-later-after"].fill, found["fit-3-later-after"].fill) == ("none", PALETTE["after"])
    assert [found[f"fit-band-{nth}"].fill for nth in range(4)] == [PALETTE["grid"]] * 3 + [PALETTE["after"]]
    assert found["fit-band-3"].opacity < 0.5
    assert found["fit-band-1"].stroke == PALETTE["rule"]


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_a_band_is_named_over_itself_with_a_line_down_to_it(w: Writer, width: str) -> None:
    svg = getattr(drawn(w, bands=APART), width)
    found = marks(svg)
    names = {0: "43–65", 1: "107–108 registered cases", 2: "charge sheets", 3: "215–224"}
    for nth in range(4):
        line, band = found[f"fit-name-{nth}"], found[f"fit-band-{nth}"]
        assert line.left == pytest.approx((band.left + band.right) / 2, abs=0.05)
        assert line.bottom == pytest.approx(band.top, abs=0.05)
        name = text(svg, names[nth])
        assert name.left < line.left < name.right
        assert name.bottom < line.bottom
    # The names right above the bands are over no other band.
    sheets, summer = text(svg, "charge sheets"), text(svg, "215–224")
    assert found["fit-name-1"].right < sheets.left
    assert sheets.right < found["fit-band-3"].left
    assert found["fit-band-2"].right < summer.left


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_the_number_of_a_range_stands_above_it_near_its_end_and_over_no_band(w: Writer, width: str) -> None:
    svg = getattr(drawn(w, bands=APART), width)
    found = marks(svg)
    said = {"0": "176–188", "1": "0–188", "3": "36–42", "1-later": "0–2,270", "3-later": "1,630–1,840"}
    for row, amount in said.items():
        label = text(svg, amount)
        mark = found[f"fit-{row}-{'after' if 'later' in row else 'before'}"]
        assert 0 < mark.top - label.bottom < 8
        assert label.left < mark.right < label.right + 20
        for nth in range(4):
            band = found[f"fit-band-{nth}"]
            assert "later" in row or label.right < band.left or band.right < label.left


def test_what_cannot_hold_says_so_in_its_row_of_the_plot(w: Writer) -> None:
    svg = drawn(w, bands=APART).wide
    failure, found = text(svg, "cannot hold: short by at least 24,500"), marks(svg)
    assert found["fit-band-0"].left < failure.right < found["fit-band-3"].left
    assert found["fit-1-before"].bottom < failure.top < failure.bottom < found["fit-3-before"].top


def test_answers_stand_beside_their_rows_the_first_once(w: Writer) -> None:
    wide, narrow = drawn(w).wide, drawn(w).narrow
    assert text(wide, "July to October").middle == pytest.approx(text(wide, "176–188").middle, abs=8)
    assert [box.what for box in texts(wide)].count("to 15 November") == 2
    assert text(narrow, "If the 7,000 is January to June 2023").bottom < text(narrow, "36–42").top
    above = [box for box in texts(narrow) if box.what == "and the year runs to 15 November"]
    assert 0 < text(narrow, "36–42").top - above[1].bottom < 8
    further = text(narrow, "In 1–15 Nov, people a day")
    assert marks(narrow)["fit-3-before"].bottom < further.top < marks(narrow)["fit-1-later-after"].top


def test_texts_stand_clear(w: Writer) -> None:
    many = [*ASSUMED, Assumption("{baseline:R5}", "{window:W2}", spring(900, 1_000)), ASSUMED[2]]
    bands = [f"band-{nth}" for nth in range(4)]
    for chart in (drawn(w), drawn(w, many)):
        assert faults(chart, *bands) == []


def test_what_has_no_name_is_kept_with_evidence(w: Writer) -> None:
    table = drawn(w).description
    assert "[176–188](#w-fit-0)" in table
    assert "[1,630–1,840](#w-fit-3-later)" in table
    assert w.worked["fit-3-later"].interval == Interval(1_630, 1_840)
    assert w.worked["fit-3-later"].marks == (ESTIMATE,)  # it rests on an assumption
    label = "people a day, 1–15 Nov: If the 7,000 is January to June 2023, and the year runs to 15 November"
    assert w.labels["fit-3-later"] == label
    assert "fit-2" not in w.worked
    assert {"fit-0", "fit-3-later", "offenders", "cases-2023-may"} <= w.used


def test_table_and_alternative_text(w: Writer) -> None:
    chart = drawn(w)
    table = markup.plain(chart.description)
    assert "If the 7,000 is · and the year runs · people a day, Jan–Jun · people a day, 1–15 Nov" in table
    assert "January to June 2023 · to 15 November · 36–42 · 1,630–1,840" in table
    assert "cannot hold: short by at least 24,500" in table
    assert "published: registered cases · 107–108" in table
    assert "July to October 2022, to 15 November: 0–188, and 0–2,270 in 1–15 Nov" in chart.alt


def test_an_edition_draws_what_it_has(early: Writer) -> None:
    whole = " ".join(box.what for box in texts(drawn(early).wide))
    assert "registered" not in whole
    assert "215–224" in whole
    assert drawn(early, []) is None
    assert drawn(early, title="{reports-2022}") is None
    assert "1–15 Nov" not in " ".join(box.what for box in texts(drawn(early, ASSUMED[:1]).wide))


def test_what_one_axis_cannot_hold_is_refused(w: Writer) -> None:
    with pytest.raises(ChartError, match="ranges of Jan–Jun and Jul on one axis"):
        drawn(w, [ASSUMED[0], Assumption("{baseline:R1}", "{window:W2}", Bar(a_day(1, 2), "Jul"))])
    with pytest.raises(ChartError, match="no amount from zero up"):
        drawn(w, [Assumption("{baseline:R1}", "{window:W2}", spring(-2, 3))])

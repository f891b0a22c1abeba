"""Bars side by side: one axis from zero, each value at the end of its bar."""

from __future__ import annotations

import pytest
from charts.reading import faults, marks, text, texts

from helpers.charts.bars import Bar, Group, bars
from helpers.charts.chart import Chart
from helpers.charts.sheet import PALETTE
from helpers.charts.value import ChartError
from helpers.figures.interval import Interval
from helpers.figures.quantity import derived
from helpers.markup import dialect as markup
from helpers.words.template import Writer

GROUPS = [
    Group("Reconciled", [Bar("reconciled-share-2022"), Bar("case-share-2023h2", "later")]),
    Group("Arrested", [Bar("arrested-early", "early 2023", side="before")]),
]


def drawn(w: Writer, groups: list[Group] = GROUPS, unit: str = "") -> Chart | None:
    return bars(w, "cases", "Half of them", "Per 100", groups, unit=unit, note="Seen as {reform:year}.")


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_bars_share_an_axis_from_zero(w: Writer, width: str) -> None:
    svg = getattr(drawn(w), width)
    found = marks(svg)
    first, second, third = found["cases-0-0-before"], found["cases-0-1-after"], found["cases-1-0-before"]
    assert first.left == second.left == third.left
    low = float(next(box.what for box in texts(svg) if box.what.startswith("24.")).split("–")[0])
    assert [first.width / second.width, third.width / second.width] == pytest.approx([42.5 / 64, low / 64], abs=0.003)
    assert (first.fill, second.fill) == (PALETTE["before"], PALETTE["after"])
    assert first.bottom <= second.top  # side by side, not stacked


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_value_stands_at_the_end_of_its_bar(w: Writer, width: str) -> None:
    svg = getattr(drawn(w), width)
    bar, label = marks(svg)["cases-0-0-before"], text(svg, "42.5")
    assert bar.right < label.left < bar.right + 12
    assert bar.top < label.middle < bar.bottom


def test_unit_replaces_the_sign_of_a_share(w: Writer) -> None:
    assert text(drawn(w, unit=" of 100").wide, "42.5 of 100")
    assert "42.5 of 100" in markup.plain(drawn(w, unit=" of 100").description)


def test_a_group_that_stands_aside_has_thinner_bars_on_the_same_axis(w: Writer) -> None:
    found = marks(drawn(w, [GROUPS[0], Group("Aside", [Bar("reconciled-share-2022")], aside=True)]).wide)
    main, aside = found["cases-0-0-before"], found["cases-1-0-before"]
    assert (aside.left, aside.right) == (main.left, main.right)
    assert aside.bottom - aside.top < 0.7 * (main.bottom - main.top)


def test_texts_stand_clear(w: Writer) -> None:
    assert faults(drawn(w)) == []


def test_words_beside_the_drawing(w: Writer) -> None:
    chart = drawn(w)
    assert "Reconciled: 2022 42.5, later 64" in chart.alt
    assert markup.plain(chart.source).endswith("Seen as 2023.")
    assert "#f-reconciled-share-2022" in chart.description
    assert {"reconciled-share-2022", "arrested-early", "court-arrests-2023-early"} <= w.used


def test_an_edition_draws_what_it_has(early: Writer) -> None:
    assert drawn(early) is None


def test_what_is_no_amount_is_refused(w: Writer) -> None:
    for figure in ("arrests-change", "reports-change"):
        with pytest.raises(ChartError, match="no amount from zero up"):
            drawn(w, [Group("a", [Bar(figure)])])


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_the_far_end_of_the_widest_range_leaves_room_for_its_label(w: Writer, width: str) -> None:
    wide = derived(Interval(20, 90), "an example", ("reports-2022",))
    chart = drawn(w, [Group("Any", [Bar(wide, "from"), Bar("case-share-2023h2")])])
    svg = getattr(chart, width)
    solid, open_ = (marks(svg)[f"cases-0-0-before{end}"] for end in ("", "-between"))
    assert (open_.right - solid.left) / solid.width == pytest.approx(90 / 20, rel=0.002)
    assert text(svg, "20–90").left > open_.right
    assert faults(chart) == []

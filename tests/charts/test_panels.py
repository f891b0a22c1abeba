"""Panels: bars against the axis, colour by side of the break, hatching for unknown months, words without a level."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from charts.reading import faults, marks, sizes, text, texts

from helpers.charts.chart import Chart
from helpers.charts.panel import COMPACT, LEADING
from helpers.charts.panels import Bar, Panel, panels
from helpers.charts.sheet import NARROW, PALETTE
from helpers.charts.value import ChartError
from helpers.figures.interval import Interval
from helpers.figures.quantity import Quantity, derived
from helpers.markup import dialect as markup
from helpers.reason.compare import quantity
from helpers.words.template import Writer

BROUGHT = Panel(
    "People brought to justice", "persons", [Bar("brought-before"), Bar("brought-after")], "nearly four times"
)
PANELS = [
    BROUGHT,
    Panel(
        "Reports opened",
        "% of reports",
        [Bar("case-share-before", side="before"), Bar("case-share-2023h2")],
        "at least 2×",
    ),
    Panel("Protective orders", "a day", [Bar("orders-early", "early 2023", side="before")], ""),
    Panel(
        "Reports to police", "in a year", [Bar("reports-2022"), Bar("reports-2023", "2023, Vlast")], "sources differ"
    ),
    Panel(
        "Reported falls", "% in ten months", [Bar("reports-change", "reports"), Bar("criminal-change", "offences")], ""
    ),
    Panel("People arrested", "no level given", change="“{arrests-change}”", of="arrests-change"),
]


def drawn(w: Writer, *chosen: Panel, title: str = "Far more after {reform}") -> Chart | None:
    return panels(w, "hero", title, "Kazakhstan", chosen or PANELS)


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_bars_are_as_long_as_the_values_beside_them(w: Writer, width: str) -> None:
    svg = getattr(drawn(w), width)
    found = marks(svg)
    before, after = found["hero-0-0-unknown"], found["hero-0-1-after"]
    assert before.width / after.width == pytest.approx(7_000 / 27_000, abs=0.002)
    assert before.left == after.left  # one axis, from zero
    for mark, label in ((before, "7,000"), (after, "27,000")):
        beside = text(svg, label)
        assert mark.right < beside.left < mark.right + 12
        assert mark.top < beside.middle < mark.bottom


def test_range_is_solid_to_its_lower_end_and_pale_to_its_upper(w: Writer) -> None:
    found, svg = marks(drawn(w).wide), drawn(w).wide
    solid, open_ = found["hero-2-0-before"], found["hero-2-0-before-between"]
    low, high = (float(n) for n in next(t.what for t in texts(svg) if re.fullmatch(r"\d+–\d+", t.what)).split("–"))
    assert open_.left == solid.right
    assert (open_.right - solid.left) / solid.width == pytest.approx(high / low, rel=0.002)
    assert (open_.fill, open_.stroke, open_.opacity) == (PALETTE["before"], PALETTE["before"], 0.35)
    assert (solid.fill, solid.opacity) == (PALETTE["before"], 1)
    assert not open_.hatched


def test_colour_tells_the_side_of_the_break(w: Writer) -> None:
    found = marks(drawn(w).wide)
    assert found["hero-0-1-after"].fill == PALETTE["after"]
    assert found["hero-3-0-before"].fill == PALETTE["before"]
    assert found["hero-0-0-unknown"].hatched  # its months are not given
    assert found["hero-0-0-unknown"].stroke == PALETTE["before"]


def test_a_total_across_the_break_is_half_of_each_colour(w: Writer) -> None:
    found = marks(drawn(w).wide)
    upper, lower = found["hero-3-1-before"], found["hero-3-1-after"]
    assert (upper.fill, lower.fill) == (PALETTE["before"], PALETTE["after"])
    assert (upper.left, upper.right, upper.bottom) == (lower.left, lower.right, lower.top)


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_falls_reach_to_the_left_of_a_marked_zero(w: Writer, width: str) -> None:
    svg = getattr(drawn(w), width)
    found = marks(svg)
    large, small, zero = found["hero-4-0-before"], found["hero-4-1-before"], found["hero-4-zero"]
    assert large.right == small.right == zero.left
    assert large.width / small.width == pytest.approx(20 / 4.2, rel=0.005)
    for bar, label in ((large, "−20%"), (small, "−4.2%")):
        assert 4 < bar.left - text(svg, label).right < 12
    assert (zero.stroke, found["hero-0-zero"].stroke) == (PALETTE["ink"], PALETTE["rule"])
    nought = text(svg, "0")
    assert nought.left < zero.left <= nought.right + 0.5
    assert zero.top - 12 < nought.bottom <= zero.top


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_falls_and_rises_of_one_panel_stand_on_two_sides_of_one_zero(w: Writer, width: str) -> None:
    both = [Bar("reports-change", "reports"), Bar(change(9, 11), "orders"), Bar(change(-3, 2), "neither")]
    chart = drawn(w, Panel("Changes", "%", both))
    svg = getattr(chart, width)
    found = marks(svg)
    zero, fall, rise = found["hero-0-zero"].left, found["hero-0-0-before"], found["hero-0-1-unknown"]
    unit = fall.width / 20
    assert [fall.right, rise.left] == pytest.approx([zero, zero], abs=0.7)
    assert rise.width / unit == pytest.approx(9, abs=0.1)
    open_ = found["hero-0-1-unknown-between"]
    assert [open_.left - zero, open_.right - zero] == pytest.approx([9 * unit, 11 * unit], abs=0.05)
    # Of a range on both sides of zero nothing is certain.
    across = found["hero-0-2-unknown-between"]
    assert [across.left - zero, across.right - zero] == pytest.approx([-3 * unit, 2 * unit], abs=0.05)
    assert "hero-0-2-unknown" not in found
    assert text(svg, "−20%").right < fall.left
    assert text(svg, "9–11").left > open_.right
    assert text(svg, "reports").right < text(svg, "−20%").left  # no bar and no label over the captions
    assert faults(chart) == []


def change(low: float, high: float) -> Quantity:
    return derived(Interval(low, high), "an example", ("reports-change", "brought-before"))


def test_a_bar_is_as_long_as_leaves_room_for_its_own_label(w: Writer) -> None:
    short = Bar("case-share-before", text="at most three in ten reports", side="before", bound=True)
    panel = Panel("Reports opened", "% of reports", [short, Bar("case-share-2023h2")])
    svg = drawn(w, panel).narrow
    assert text(svg, short.text).right < NARROW
    assert text(svg, "64%").right > text(svg, short.text).left
    endless = drawn(w, replace(panel, bars=[replace(short, text="words " * 20), panel.bars[1]]))
    assert marks(endless.narrow)["hero-0-1-after"].right == pytest.approx(
        marks(endless.narrow)["hero-0-zero"].left + 20
    )
    plain = drawn(w, PANELS[1]).narrow
    assert text(plain, "64%").right == pytest.approx(NARROW - 2, abs=1)  # the longest bar takes what its label leaves


def test_a_limit_is_pale_up_to_a_dashed_line_and_no_bar(w: Writer) -> None:
    found = marks(drawn(w).wide)
    assert "hero-1-0-before" not in found
    limit, line, bar = found["hero-1-0-limit"], found["hero-1-0-most"], found["hero-1-1-after"]
    assert (limit.fill, limit.stroke, limit.opacity) == (PALETTE["before"], "none", 0.35)  # no value, and no edge
    assert limit.width / bar.width == pytest.approx(30 / 64, abs=0.003)
    assert (line.stroke, line.dashed) == (PALETTE["ink"], True)
    assert line.left == pytest.approx(limit.right, abs=0.02)
    assert line.top < limit.top < limit.bottom < line.bottom


def test_what_has_no_level_is_told_in_one_line_and_not_drawn(w: Writer) -> None:
    svg = drawn(w).wide
    assert not [name for name in marks(svg) if name.startswith("hero-5-")]
    name, said, unit = (text(svg, words) for words in ("People arrested", "“doubled”", "no level given"))
    assert name.right < said.left < said.right < unit.left
    assert [said.bottom, unit.bottom] == pytest.approx([name.bottom] * 2, abs=4)
    long = Panel("People arrested", "no level given " * 4, change="“{arrests-change}”", of="arrests-change")
    assert faults(drawn(w, BROUGHT, long)) == []


def test_change_is_short_and_large(w: Writer) -> None:
    svg = drawn(w).wide
    assert text(svg, "nearly 4×")
    assert max(sizes(svg)) == COMPACT.change < LEADING.change


def test_leading_panels_stand_first_and_large(w: Writer) -> None:
    cases = Panel("Cases", "cases", [Bar("cases-2023-may"), Bar("cases-2024-may")], "2.7×", leading=True)
    chart = drawn(w, PANELS[1], replace(BROUGHT, leading=True), PANELS[3], cases)
    wide, narrow = marks(chart.wide), marks(chart.narrow)
    assert max(sizes(chart.wide)) == LEADING.change
    for found in (wide, narrow):
        assert found["hero-1-1-after"].bottom - found["hero-1-1-after"].top == pytest.approx(LEADING.thick)
        assert found["hero-2-0-before"].bottom - found["hero-2-0-before"].top == pytest.approx(COMPACT.thick)
        assert max(found["hero-1-1-after"].bottom, found["hero-3-1-after"].bottom) < found["hero-0-0-limit"].top
    assert wide["hero-3-0-before"].left > NARROW > wide["hero-1-1-after"].right  # side by side
    assert narrow["hero-3-0-before"].top > narrow["hero-1-1-after"].bottom
    alone = marks(drawn(w, replace(BROUGHT, leading=True), PANELS[3]).wide)
    assert alone["hero-0-1-after"].right > NARROW  # the only one of its size takes the whole width
    assert faults(chart) == []


def test_key_names_what_is_drawn_and_nothing_else(w: Writer) -> None:
    every, one = drawn(w), drawn(w, Panel("Cases", "cases", [Bar("cases-2024-may")]))
    assert {name for name in marks(every.narrow) if "-key-" in name} == {
        *("hero-key-before-before", "hero-key-after-after", "hero-key-unknown-unknown"),
        *("hero-key-across-before", "hero-key-across-after", "hero-key-before-between"),
    }
    assert {name for name in marks(one.narrow) if "-key-" in name} == {"hero-key-after-after"}
    assert text(one.narrow, "from 1 July 2023")


def test_a_bar_names_the_sources_of_all_that_say_the_same(w: Writer) -> None:
    chart = drawn(w, Panel("Reports", "in a year", [Bar("reports-2023", also=("reports-2023-ombudsman",))]))
    assert "Vlast, 2024; Kazinform, April 2024" in markup.plain(chart.source)
    assert "reports-2023-ombudsman" in w.used


def test_zero_is_one_line_through_a_column(w: Writer) -> None:
    found = marks(drawn(w, replace(BROUGHT, leading=True), *PANELS[1:4]).narrow)
    assert len({found[f"hero-{nth}-zero"].left for nth in range(4)}) == 1


def test_texts_stand_clear(w: Writer) -> None:
    assert faults(drawn(w)) == []


def test_long_words_are_broken_and_not_cut(w: Writer) -> None:
    title = "A measure whose name is a good deal longer than any column is wide"
    chart = drawn(w, Panel(title, "unit " * 30, BROUGHT.bars, "more than twice as many"))
    assert faults(chart) == []
    assert title in " ".join(box.what for box in texts(chart.narrow))


def test_table_leads_each_value_to_its_evidence(w: Writer) -> None:
    page = BeautifulSoup(markup.to_html(drawn(w).description), "html.parser")
    links = {a.get_text(): a["href"] for a in page.find_all("a")}
    assert links["7,000"] == "#f-brought-before"
    assert links["64%"] == "#f-case-share-2023h2"
    assert links["doubled"] == "#f-arrests-change"
    assert "#w-orders-early" in links.values()


def test_alternative_text_gives_values_and_stays_short(w: Writer) -> None:
    alt = drawn(w).alt
    assert "months not given 7,000, Jul–Oct 2023 27,000, nearly 4×" in alt
    assert 250 < len(alt) < 450


def test_sources_are_named_by_panel(w: Writer) -> None:
    source = markup.plain(drawn(w).source)
    assert source.startswith("Sources: People brought to justice, reported falls, people arrested: The Astana Times")
    assert "Reports to police: Aikyn, January 2024; Vlast, 2024" in source
    assert markup.plain(drawn(w, BROUGHT).source) == "Source: The Astana Times, 15 November 2023"


def test_writer_knows_what_is_shown(w: Writer) -> None:
    drawn(w)
    assert {"brought-before", "brought-after", "orders-2023-early", "orders-early"} <= w.used


def test_an_edition_draws_what_it_has(early: Writer) -> None:
    chart = drawn(early, title="Far more")
    whole = " ".join(box.what for box in texts(chart.wide))
    assert "7,000" in whole
    assert "Registered" not in whole
    assert "Reports opened" not in whole
    assert drawn(early, PANELS[1], title="Far more") is None
    assert drawn(early, title="As many as {reports-2022}") is None


@pytest.mark.parametrize(
    ("panel", "message"),
    [
        (Panel("a", "b", [Bar("brought-befor")]), "`brought-befor`.* Did you mean `brought-before`"),
        (Panel("a", "b"), "give it bars"),
        (Panel("a", "b", [Bar("arrests-change")]), "`doubled` as a bar: it has no level"),
        (Panel("a", "b", [Bar("brought-before", side="left")]), "side `left`: use one of before, after"),
    ],
)
def test_what_cannot_be_drawn_is_refused(w: Writer, panel: Panel, message: str) -> None:
    with pytest.raises(ChartError, match=message):
        drawn(w, panel)


def test_a_number_of_both_sides_of_the_break_has_the_colour_of_neither(w: Writer) -> None:
    both = quantity(w.ledger, "cases-2023-may") + quantity(w.ledger, "cases-2024-may")
    found = marks(drawn(w, Panel("Cases", "cases", [Bar(both), Bar("cases-2024-may")])).wide)
    assert found["hero-0-0-unknown"].hatched
    assert "hero-0-0-after" not in found


def test_a_fall_whose_size_is_a_range_is_pale_at_its_far_end(w: Writer) -> None:
    found = marks(drawn(w, Panel("Falls", "%", [Bar(change(-12, -10), side="before")])).wide)
    solid, open_, zero = (found[f"hero-0-{name}"] for name in ("0-before", "0-before-between", "zero"))
    assert solid.right == zero.left
    assert open_.right == pytest.approx(solid.left, abs=0.02)
    assert (zero.left - open_.left) / solid.width == pytest.approx(12 / 10, rel=0.002)

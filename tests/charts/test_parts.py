"""A whole split into parts: lengths are the amounts of the labels, colours the side of the break, steep paces bold."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from charts.reading import SVG, faults, marks, style, text, texts

from helpers.charts.chart import Chart
from helpers.charts.parts import Assumption, Course, Published, Stretch, courses, parts
from helpers.charts.sheet import PALETTE
from helpers.charts.value import ChartError
from helpers.markup import dialect as markup
from helpers.reason.outcome import Case, outcomes
from helpers.reason.scenario import component
from helpers.words.template import Writer

HALF, FOUR, LAST = (
    (date(2023, 1, 1), date(2023, 6, 30)),
    (date(2023, 7, 1), date(2023, 10, 31)),
    (date(2023, 11, 1), date(2023, 11, 15)),
)
JULY = Stretch(*FOUR, 26_500, 27_500)
ASSUMED = [
    Assumption("The months of a year earlier", [Course([Stretch(*HALF, 32_000, 34_000), JULY], 60_500)]),
    Assumption(
        "The same, but later",
        [
            Course([Stretch(*HALF, 0, 0), JULY, Stretch(*LAST, 32_000, 32_000)], 58_500, "fewest before the change"),
            Course([Stretch(*HALF, 34_000, 34_000), JULY, Stretch(*LAST, 0, 0)], 60_500, "most before the change"),
        ],
    ),
    Assumption("The half-year, to October", [], 24_500),
    Assumption("The half-year", [Course([Stretch(*HALF, 6_500, 7_500), JULY, Stretch(*LAST, 24_500, 27_500)], 60_500)]),
]
PUBLISHED = [Published("cases-day", "registered cases"), Published("penalised-day", "people penalised")]


def drawn(w: Writer, assumed: list[Assumption] = ASSUMED, title: str = "If the {offenders} count the same") -> Chart:
    return parts(w, "parts", title, "In 2023", assumed, PUBLISHED, inputs=["brought-before", "offenders"])


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_every_length_is_an_amount_on_one_scale_from_zero(w: Writer, width: str) -> None:
    found = marks(getattr(drawn(w), width))
    amounts = {"0-0-0-before": 32_000, "0-0-1-after": 26_500, "1-0-2-after": 32_000, "1-1-0-before": 34_000}
    amounts |= {"3-0-0-before": 6_500, "3-0-2-after": 24_500, "2-missing": 24_500}
    amounts |= {"0-0-open-before-between": 60_500 - 58_500, "3-0-open-before-between": 60_500 - 57_500}
    each = [found[f"parts-{name}"].width / amount for name, amount in amounts.items()]
    assert each == pytest.approx([each[0]] * len(each), rel=0.01)
    assert "parts-1-0-0-before" not in found  # nothing is nothing
    zero = {round(found[f"parts-{name}"].left, 1) for name in ("0-0-0-before", "1-0-1-after", "3-0-0-before")}
    assert len(zero) == 1


def test_parts_follow_one_another_and_what_is_open_is_pale_at_the_end(w: Writer) -> None:
    found = marks(drawn(w).wide)
    row = [found[f"parts-3-0-{name}"] for name in ("0-before", "1-after", "2-after", "open-before-between")]
    assert [one.right for one in row[:-1]] == pytest.approx([one.left for one in row[1:]], abs=0.02)
    assert [one.opacity < 1 for one in row] == [False, False, False, True]
    assert not any(name.startswith("parts-1-") and name.endswith("open-before-between") for name in found)


def test_colour_tells_the_side_of_the_break(w: Writer) -> None:
    found = marks(drawn(w).wide)
    before, after, later = (found[f"parts-3-0-{name}"] for name in ("0-before", "1-after", "2-after"))
    assert [before.fill, after.fill, later.fill] == [PALETTE["before"], PALETTE["after"], PALETTE["after"]]
    assert [before.opacity, after.opacity] == [1, 1]
    assert (later.fill, later.stroke, after.stroke) == (PALETTE["after"], PALETTE["ink"], "none")
    for bar in ("0-0", "1-0", "1-1", "3-0"):
        rule = found[f"parts-{bar}-break"]
        assert rule.stroke == PALETTE["break"]
        assert rule.left == pytest.approx(found[f"parts-{bar}-1-after"].left, abs=0.02)
        for nth in range(2 if bar == "0-0" else 3):
            chip, side = found[f"parts-{bar}-label-{nth}"], PALETTE["after" if nth else "before"]
            assert chip.fill == side


def test_labels_give_people_and_people_a_day_and_a_steep_pace_is_bold(w: Writer) -> None:
    svg = drawn(w).wide
    said = [box.what for box in texts(svg)]
    # 32,000 / 181 to 34,000 / 181, and so on, rounded outward; one value to the nearest.
    for people, pace in {
        "32,000–34,000 in Jan–Jun": "176–188 a day",
        "6,500–7,500 in Jan–Jun": "35.9–41.5 a day",
        "24,500–27,500 in 15 days": "1,630–1,840 a day",
        "32,000 in 15 days": "2,133 a day",
    }.items():
        above, below = text(svg, people), text(svg, pace)
        assert above.left == pytest.approx(below.left, abs=3)
        assert 0 < below.middle - above.middle < 20
    assert said.count("0 in 15 days") == 1
    bold = {
        (one.text or "").strip()
        for one in ElementTree.fromstring(svg).iter(f"{SVG}text")
        if style(one).get("font-weight") == "700"
    }
    assert {one for one in bold if one.endswith("a day")} == {"1,630–1,840 a day", "2,133 a day"}


def test_what_cannot_hold_says_by_how_much(w: Writer) -> None:
    svg = drawn(w).wide
    gap = marks(svg)["parts-2-missing"]
    assert gap.dashed
    assert text(svg, "cannot hold: short by 24,500").right <= gap.left
    assert "The half-year, to October: cannot hold: short by 24,500" in drawn(w, ASSUMED[2:]).alt


def test_published_counts_stand_below_the_bars(w: Writer) -> None:
    svg = drawn(w).wide
    line = text(svg, "Published, a day: 107–108 registered cases; 43–65 people penalised")
    assert line.top > max(mark.bottom for name, mark in marks(svg).items() if "key" not in name)


def test_texts_stand_clear_even_of_many_short_parts(w: Writer) -> None:
    months = [(1, 2, 24_500), (3, 4, 0), (5, 6, 6_500), (7, 8, 9_000), (9, 10, 9_000)]
    many = [Stretch(date(2023, a, 1), date(2023, b, 28), people, people) for a, b, people in months]
    failing = Assumption("Nothing is left of the year", [], 60_000)
    crowded = drawn(w, [*ASSUMED, failing, Assumption("Five parts", [Course(many, 49_000)])])
    assert faults(crowded, "missing") == []


def test_alternative_text_and_table_say_what_is_drawn(w: Writer) -> None:
    chart = drawn(w)
    assert "The months of a year earlier: 32,000–34,000 in Jan–Jun, 26,500–27,500 in Jul–Oct" in chart.alt
    table = markup.plain(chart.description)
    assert "The half-year · 1 November to 15 November 2023 · 24,500–27,500 · 1,630–1,840" in table
    assert "The same, but later: fewest before the change · January to June 2023 · 0 · 0" in table
    assert "cannot hold: short by 24,500" in table
    assert "published: people penalised" in table


# --- of a scenario -----------------------------------------------------------------------------------------------


def case(w: Writer, baseline: str, window: str) -> Case:
    asked = {"baseline": baseline, "window": window, "scope": "S1"}
    return outcomes(component(w.ledger, "offenders"), asked)[0].cases[0]


def test_scenario_with_one_course_keeps_its_ranges_and_its_whole(w: Writer) -> None:
    (course,) = courses(case(w, "R3", "W2"))
    assert [(one.start, one.end) for one in course.stretches] == [HALF, FOUR, LAST]
    assert [(one.low, one.high) for one in course.stretches] == [(6_500, 7_500), (26_500, 27_500), (24_500, 27_500)]
    assert course.most == 60_500


def test_scenario_that_leaves_a_wide_range_is_two_courses_that_add_up(w: Writer) -> None:
    fewest, most = courses(case(w, "R1", "W2"))
    assert [one.low for one in fewest.stretches] == [0, 27_500, 32_000]
    assert [one.low for one in most.stretches] == [34_000, 26_500, 0]
    assert [(course.least, course.most) for course in (fewest, most)] == [(59_500, 59_500), (60_500, 60_500)]
    assert (fewest.label, most.label) == ("fewest before the change", "most before the change")


def test_what_cannot_hold_has_no_course(w: Writer) -> None:
    assert courses(case(w, "R3", "W1")) == ()


@pytest.mark.parametrize(
    "wrong", [Course([], 1), Course([Stretch(HALF[1], HALF[0], 1, 2)], 2), Course([Stretch(*HALF, 3, 2)], 3)]
)
def test_what_is_no_course_is_refused(w: Writer, wrong: Course) -> None:
    with pytest.raises(ChartError, match="`title`"):
        drawn(w, [Assumption("title", [wrong])])


def test_an_edition_draws_what_it_has(early: Writer) -> None:
    assert not [box for box in texts(drawn(early).wide) if "registered" in box.what]
    assert drawn(early, []) is None
    assert drawn(early, title="{reports-2022}") is None

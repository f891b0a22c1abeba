"""Areas: people as area on one scale, what an assumption demands drawn to its end, published counts beside it."""

from __future__ import annotations

from datetime import date

import pytest
from charts.reading import faults, marks, sizes, text, texts

from helpers.charts.areas import Assumption, Course, Published, Stretch, areas, courses
from helpers.charts.chart import Chart
from helpers.charts.sheet import PALETTE
from helpers.charts.value import ChartError
from helpers.markup import dialect as markup
from helpers.reason.outcome import outcomes
from helpers.reason.scenario import component
from helpers.words.template import Writer

HALF, FOUR, LAST = (
    (date(2023, 1, 1), date(2023, 6, 30)),
    (date(2023, 7, 1), date(2023, 10, 31)),
    (date(2023, 11, 1), date(2023, 11, 15)),
)
JULY = Stretch(*FOUR, 26_500, 27_500)
ASSUMED = [
    Assumption("The months of a year earlier", [Course([Stretch(*HALF, 32_000, 34_000), JULY])]),
    Assumption(
        "The same, but later",
        [
            Course([Stretch(*HALF, 34_000, 34_000), JULY, Stretch(*LAST, 0, 0)], "With the most before"),
            Course([Stretch(*HALF, 0, 0), JULY, Stretch(*LAST, 32_000, 32_000)], "With the fewest before"),
        ],
    ),
    Assumption("The half-year", [Course([Stretch(*HALF, 6_500, 7_500), JULY, Stretch(*LAST, 24_500, 27_500)])]),
]
PUBLISHED = [
    Published("cases-day", "registered cases a day", date(2023, 1, 1), date(2023, 5, 31)),
    Published("penalised-day", "penalised a day", date(2023, 1, 1), date(2023, 5, 31)),
]


def drawn(w: Writer, assumed: list[Assumption] = ASSUMED, title: str = "If the {offenders} count the same") -> Chart:
    inputs = ["brought-before", "offenders"]
    return areas(w, "areas", title, "A day", assumed, PUBLISHED, together="all together: {offenders}", inputs=inputs)


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_area_is_people_on_one_scale_in_every_panel(w: Writer, width: str) -> None:
    found = marks(getattr(drawn(w), width))
    people = {"0-0-0-before": 32_000, "0-0-1-after": 26_500, "1-0-0-before": 34_000, "1-1-2-after": 32_000}
    people |= {"2-0-0-before": 6_500, "2-0-2-after": 24_500}
    areas_ = {name: found[f"areas-{name}"] for name in people}
    each = [(one.width * (one.bottom - one.top)) / people[name] for name, one in areas_.items()]
    assert each == pytest.approx([each[0]] * len(each), rel=0.01)


def test_a_range_is_hatched_to_its_upper_end(w: Writer) -> None:
    found = marks(drawn(w).wide)
    solid, open_ = found["areas-2-0-2-after"], found["areas-2-0-2-hatched"]
    assert open_.hatched
    assert open_.left == pytest.approx(solid.right, abs=0.02)
    assert (open_.right - solid.left) / solid.width == pytest.approx(27_500 / 24_500, rel=0.001)
    assert text(drawn(w).wide, "24,500–27,500 in 15 days")


def test_colour_tells_the_side_of_the_break(w: Writer) -> None:
    svg = drawn(w).wide
    found = marks(svg)
    assert found["areas-0-0-0-before"].fill == PALETTE["before"]
    assert found["areas-0-0-1-after"].fill == PALETTE["after"]
    for panel in ("0-0", "1-0", "1-1", "2-0"):
        assert found[f"areas-{panel}-break"].stroke == PALETTE["break"]
        assert found[f"areas-{panel}-break"].middle == pytest.approx(found[f"areas-{panel}-1-after"].top, abs=0.02)


def test_published_counts_are_dashed_and_named_in_every_panel(w: Writer) -> None:
    svg = drawn(w).wide
    found = marks(svg)
    scale = found["areas-1-0-0-before"].width / (34_000 / 181)
    for panel in ("0-0", "1-0", "1-1", "2-0"):
        band = found[f"areas-{panel}-published-1"]
        assert band.dashed
        assert band.fill == "none"
        assert [band.left - found["areas-1-0-0-before"].left, band.width] == pytest.approx([0, 0], abs=400)
        assert band.width == pytest.approx((65 - 43) * scale, abs=0.05)
    assert [box.what for box in texts(svg)].count("penalised a day: 43–65") == 4


def test_what_an_assumption_demands_stands_large_above_its_sliver(w: Writer) -> None:
    svg = drawn(w).narrow
    name, sliver = text(svg, "32,000 in 15 days"), marks(svg)["areas-1-1-2-after"]
    assert 0 < sliver.top - name.bottom < 6
    assert name.right <= sliver.right + 1
    assert min(sizes(svg)) >= 12


def test_axis_is_named_in_every_panel_and_starts_at_zero(w: Writer) -> None:
    said = [box.what for box in texts(drawn(w).narrow)]
    assert said.count("people a day") == len(ASSUMED)
    assert said.count("all together: 60,000") == 4
    zero = [box for box in texts(drawn(w).narrow) if box.what == "0"]
    assert {round((box.left + box.right) / 2) for box in zero} == {
        round(marks(drawn(w).narrow)["areas-0-0-0-before"].left)
    }


def test_texts_stand_clear(w: Writer) -> None:
    early = [
        Stretch(date(2023, 1, 1), date(2023, 2, 28), 24_500, 27_500),
        Stretch(date(2023, 3, 1), HALF[1], 6_500, 7_500),
    ]
    assert faults(drawn(w, [*ASSUMED, Assumption("The four months", [Course([*early, JULY])])])) == []


def test_table_has_every_stretch(w: Writer) -> None:
    table = markup.plain(drawn(w).description)
    assert "The half-year · 1 November to 15 November 2023 · 24,500–27,500 · 1,630–1,840" in table
    assert "The same, but later: With the fewest before · January to June 2023 · 0 · 0" in table
    assert "published: penalised a day · Jan–May 2023 · 43–65" in table


def test_scenario_with_one_course_is_drawn_as_its_ranges(w: Writer) -> None:
    (course,) = courses(case(w, "R3", "W2"))
    assert [(one.start, one.end) for one in course.stretches] == [HALF, FOUR, LAST]
    assert [(one.low, one.high) for one in course.stretches] == [(6_500, 7_500), (26_500, 27_500), (24_500, 27_500)]


def test_scenario_that_leaves_a_wide_range_is_drawn_at_both_ends(w: Writer) -> None:
    fewest, most = courses(case(w, "R1", "W2"))
    assert [one.low for one in fewest.stretches] == [0, 26_500, 32_000]
    assert [one.low for one in most.stretches] == [34_000, 26_500, 0]
    assert (fewest.label, most.label) == ("With the fewest before 1 July", "With the most before 1 July")


def case(w: Writer, baseline: str, window: str) -> object:
    asked = {"baseline": baseline, "window": window, "scope": "S1"}
    return outcomes(component(w.ledger, "offenders"), asked)[0].cases[0]


def test_what_cannot_hold_has_no_course(w: Writer) -> None:
    with pytest.raises(ChartError, match="cannot all be true"):
        courses(case(w, "R3", "W1"))


@pytest.mark.parametrize(
    "wrong", [Course([]), Course([Stretch(HALF[1], HALF[0], 1, 2)]), Course([Stretch(*HALF, 3, 2)])]
)
def test_what_is_no_course_is_refused(w: Writer, wrong: Course) -> None:
    with pytest.raises(ChartError, match="`title`"):
        drawn(w, [Assumption("title", [wrong])])


def test_an_edition_draws_what_it_has(early: Writer) -> None:
    said = [box.what for box in texts(drawn(early).wide)]
    assert not [one for one in said if "registered" in one]
    assert drawn(early, []) is None
    assert drawn(early, title="{reports-2022}") is None

"""The calendar: bars over their days, the break as one line, what is not known hatched or pale, steps above."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from charts.reading import SVG, faults, marks, numbers, text, texts

from helpers.charts.calendar import Span, Step, calendar
from helpers.charts.chart import Chart
from helpers.charts.sheet import PALETTE
from helpers.charts.value import ChartError
from helpers.markup import dialect as markup
from helpers.words.template import Writer

SPANS = [
    Span("cases-2024-may"),
    Span("brought-after"),
    Span("brought-before"),
    Span(["offenders", "orders"]),
    Span("reports-change", "reports: −20%"),
    Span("protocols-2023-early"),
    Span("reports-2022"),
]
STEPS = [
    Step("law-2024-force", "beatings are crimes again"),
    Step("reform", "police register on their own initiative"),
    Step("detention", "a case that held the country’s attention"),
    Step("announced-2022", "the switch announced"),
]


def drawn(
    w: Writer, spans: list[Span] = SPANS, steps: list[Step] = STEPS, title: str = "Days of {reform:year}"
) -> Chart | None:
    return calendar(w, "cal", title, "Kazakhstan", spans, steps)


WITHIN = 0.03  # pixels; a day is 0.54 of them in the wide drawing, 0.36 in the narrow one


def place(svg: str, day: date) -> float:
    """Where a day stands, by the two bars of five months."""
    pair = marks(svg)
    left, right = pair["cal-6-after"], pair["cal-1-before"]  # 43,812 of 2024 and 120,500 of 2022, by their order
    first, last = date(2022, 1, 1), date(2024, 6, 1)
    return right.left + (left.right - right.left) * (day - first).days / (last - first).days


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_bars_cover_their_days_sorted_by_start(w: Writer, width: str) -> None:
    svg = getattr(drawn(w), width)
    found = marks(svg)
    after = found["cal-5-after"]
    assert [after.left, after.right] == pytest.approx(
        [place(svg, date(2023, 7, 1)), place(svg, date(2023, 11, 1))], abs=WITHIN
    )
    tops = [min(mark.top for name, mark in found.items() if name.startswith(f"cal-{row}-")) for row in range(7)]
    assert tops == sorted(tops)


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_a_total_across_the_break_is_cut_at_the_break(w: Writer, width: str) -> None:
    svg = getattr(drawn(w), width)
    found = marks(svg)
    before, after = found["cal-4-before"], found["cal-4-after"]
    assert (before.fill, after.fill) == (PALETTE["before"], PALETTE["after"])
    assert before.right == pytest.approx(after.left, abs=WITHIN)
    assert before.right == pytest.approx(place(svg, date(2023, 7, 1)), abs=WITHIN)


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_the_break_is_one_line_through_every_row(w: Writer, width: str) -> None:
    svg = getattr(drawn(w), width)
    found = marks(svg)
    line = found["cal-break"]
    assert line.stroke == PALETTE["break"]
    assert not line.dashed
    assert line.top < found["cal-0-a-unknown"].top
    assert line.bottom >= found["cal-6-after"].bottom
    assert line.left == pytest.approx(place(svg, date(2023, 7, 1)), abs=WITHIN)
    beside = [box for box in texts(svg) if line.top + 4 < box.bottom < line.bottom]
    assert not [box.what for box in beside if box.left < line.left < box.right]


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_months_not_given_are_hatched_up_to_the_day_of_publication(w: Writer, width: str) -> None:
    svg = getattr(drawn(w), width)
    first, last = marks(svg)["cal-0-a-unknown"], marks(svg)["cal-0-b-unknown"]
    assert first.hatched
    assert last.hatched
    assert last.right == pytest.approx(place(svg, date(2023, 11, 15) + timedelta(days=1)), abs=WITHIN)
    assert first.right < text(svg, "?").left < text(svg, "?").right < last.left
    assert last.left - first.right < 20  # one bar with a window, and not two bars
    frame = [one for one in ElementTree.fromstring(svg).iter(f"{SVG}path") if "fill: none" in one.get("style", "")]
    paths = [numbers(one.get("d"))[::2] for one in frame]
    # Open at its left, where it is not known to begin: from there to its right end and back, and no line down.
    left, right = pytest.approx(first.left, abs=0.01), pytest.approx(last.right, abs=0.01)
    assert [path for path in paths if path == [left, right, right, left]]
    assert "published" in " ".join(box.what for box in texts(svg))


def test_an_open_end_is_pale_over_the_days_its_readings_give(w: Writer) -> None:
    svg = drawn(w).wide
    found = marks(svg)
    # That of early 2023 lies before the break, that of "this year" after it.
    early, year = sorted((mark for name, mark in found.items() if name.endswith("-between")), key=lambda one: one.left)
    assert [early.left, early.right] == pytest.approx(
        [place(svg, day) for day in (date(2023, 5, 1), date(2023, 7, 1))], abs=WITHIN
    )
    assert [year.left, year.right] == pytest.approx(
        [place(svg, day) for day in (date(2023, 10, 1), date(2023, 11, 16))], abs=WITHIN
    )
    for one, side in ((early, "before"), (year, "after")):
        assert (one.fill, one.stroke, one.opacity) == (PALETTE[side], PALETTE[side], 0.35)


def test_what_a_change_is_measured_against_is_a_thin_line_in_its_row(w: Writer) -> None:
    svg = drawn(w).wide
    found = marks(svg)
    (base,) = [mark for name, mark in found.items() if name.endswith("-base")]
    assert (base.fill, base.stroke) == ("none", PALETTE["muted"])
    assert [base.left, base.right] == pytest.approx(
        [place(svg, date(2022, 1, 1)), place(svg, date(2022, 11, 1))], abs=WITHIN
    )
    beside = [m for n, m in found.items() if n.split("-")[1] == base.what.split("-")[1] and n != base.what]
    assert {round(mark.middle) for mark in beside} == {round(base.middle)}
    # The article does not state what its falls are compared with.
    assert base.left < text(svg, "assumed base").left
    assert text(svg, "assumed base").right < base.right


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_steps_stand_over_their_days(w: Writer, width: str) -> None:
    svg = getattr(drawn(w), width)
    found = marks(svg)
    days = {0: date(2022, 10, 18), 2: date(2023, 11, 9), 3: date(2024, 6, 16)}
    assert [found[f"cal-step-{n}"].left for n in days] == pytest.approx(
        [place(svg, d) for d in days.values()], abs=WITHIN
    )

    said = " ".join(box.what for box in texts(svg))
    assert all(day in said for day in ("18 Oct 2022", "9 Nov 2023", "16 Jun 2024"))


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_a_note_stands_on_its_bars_side_of_the_break_or_in_its_label(w: Writer, early: Writer, width: str) -> None:
    svg = getattr(drawn(w), width)
    found = marks(svg)
    pale = [mark for name, mark in found.items() if name.endswith("-between")]
    early_2023 = min(pale, key=lambda one: one.left)
    beside = [box for box in texts(svg) if box.what == "end not given" and abs(box.middle - early_2023.middle) < 4]
    assert [box.right < found["cal-break"].left for box in beside] == [True]
    # An edition whose last day is that of its article has no room at the right of the bars.
    said = " ".join(box.what for box in texts(getattr(drawn(early), width)))
    assert "end not given" in said
    assert "months not given" in said


def test_texts_stand_clear(w: Writer) -> None:
    assert faults(drawn(w), "-base") == []


def test_table_tells_days_open_ends_and_bases(w: Writer) -> None:
    table = markup.plain(drawn(w).description)
    assert "7,000 people brought to justice (7,000) · months not given; published 15 Nov 2023" in table
    assert "end not given, 30 September 2023 to 15 November 2023" in table
    assert "January to October 2023 · January to October 2022" in table


def test_an_edition_draws_what_it_has(early: Writer) -> None:
    whole = " ".join(box.what for box in texts(drawn(early).wide))
    assert "27,000" in whole
    assert "120,500" not in whole
    assert "announced" not in whole
    assert drawn(early, [Span("brought-before")]) is None  # nothing with days
    assert drawn(early, title="{reports-2022}") is None


@pytest.mark.parametrize(
    ("spans", "steps", "message"),
    [
        ([Span("brought")], [], "no such figure"),
        ([Span(["brought-after", "offenders"])], [], "`brought-after` and `offenders`.* different days"),
        ([Span(["reports-2023-h2", "case-share-2023h2"])], [], "different days"),  # from 16 June, from 1 July
        ([Span(["cases-2023-may", "penalties-2023"])], [], "different days"),  # both from 1 January
        (SPANS, [Step("staffing", "more staff")], "`staffing`.* no date"),
        (SPANS, [Step("nothing", "x")], "`nothing`: no such event"),
    ],
)
def test_what_has_no_place_is_refused(w: Writer, spans: list[Span], steps: list[Step], message: str) -> None:
    with pytest.raises(ChartError, match=message):
        drawn(w, spans, steps)


@pytest.mark.parametrize(
    ("figure", "base", "name"),
    [
        ("case-share-2023h2", False, ""),  # the whole that a share is of is no comparison
        ("reports-2024-h2-change", True, "compared with"),
        ("all-crime-change", True, "assumed base"),
    ],
)
def test_only_a_comparison_has_a_base_named_by_what_its_source_states(
    w: Writer, figure: str, base: bool, name: str
) -> None:
    svg = drawn(w, [Span("brought-after"), Span(figure)], []).wide
    assert any(mark.endswith("-base") for mark in marks(svg)) == base
    assert {box.what for box in texts(svg)} & {"compared with", "assumed base"} == ({name} if name else set())


def test_a_row_without_a_label_names_its_figures(w: Writer) -> None:
    said = drawn(w, [Span(["reports-change", "criminal-change"]), Span(["offenders", "orders"])], []).alt
    assert "Reports of family and domestic offences: −20%, " in said
    assert "60,000 offenders brought to administrative responsibility, 75,000 protective orders" in said

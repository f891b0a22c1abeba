"""Dots with their intervals: against the axis, by group, with what belongs to them in words."""

from __future__ import annotations

import itertools
import math
import re
from fractions import Fraction as F
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from charts.reading import SVG, WIDTHS, faults, marks, numbers, sizes, style, text, texts

from helpers.charts.chart import Chart
from helpers.charts.dots import MARKERS, DotRow, Point, dots
from helpers.charts.sheet import PALETTE
from helpers.figures.interval import Interval
from helpers.markup import dialect as markup


def point(low: object, high: object, said: str, group: str = "after", value: float | None = None) -> Point:
    return Point(Interval(F(low), F(high), high_open=F(low) != F(high)), said, group, value)


ROWS = {
    "pair": [
        DotRow("Earlier value, period not stated", (point(6_500, 7_500, "6,500 to 7,500", "before", 6_900),)),
        DotRow("July to October", (point(26_500, 27_500, "26,500 to 27,500", "after", 27_000),)),
    ],
    "changes": [
        DotRow("People brought to justice", (point("3.533", "4.231", "3.5 to 4.3 times"),)),
        DotRow("Reports of family and domestic offences", (point("0.795", "0.805", "19.5 to 20.5% down", "worked"),)),
    ],
    "groups": [
        DotRow(
            "Offenders a day, January to June against July to October",
            (point(170, 190, "170 to 190 a day", "before"), point(215, 224, "215 to 224 a day", "worked")),
        ),
        DotRow("People sanctioned by courts", (point(66, 66, "66 a day"), point(64, 65, "64 to 65 a day", "before"))),
    ],
}
LEGEND = {"before": "before the change", "after": "published elsewhere", "worked": "needed if one count"}
OPTIONS = {
    "pair": {"divider": (1, "[b] from 1 July 2023 another rule")},
    "changes": {"log": True, "reference": (1, "no change")},
    "groups": {"legend": LEGEND},
}


def drawn(name: str, **more: object) -> Chart:
    options = {"axis": "people brought to justice"} | OPTIONS[name] | more
    return dots(name, "The point it makes", "Measure, place", "Source: somebody", ROWS[name], **options)


def scale(svg: str, *, log: bool) -> tuple[float, float]:
    """Origin and slope of the axis through its first and last tick, on which every tick must lie."""
    ticks = []
    for element in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        label = (element.text or "").replace(",", "").replace("−", "-")
        if style(element).get("text-anchor") == "middle" and re.fullmatch(r"-?\d+(\.\d+)?", label):
            ticks.append((math.log2(float(label)) if log else float(label), float(element.get("x"))))
    (value, place), (last, end) = min(ticks), max(ticks)
    slope = (end - place) / (last - value)
    assert all(abs(place + (tick - value) * slope - at) < 0.02 for tick, at in ticks)
    return place - value * slope, slope


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ROWS)
def test_bars_and_dots_stand_at_their_values(name: str, width: str) -> None:
    svg, log = getattr(drawn(name), width), name == "changes"
    origin, slope = scale(svg, log=log)
    found = marks(svg)
    for row, line in enumerate(ROWS[name]):
        for nth, one in enumerate(line.points):
            at = [math.log2(v) if log else v for v in map(float, (one.interval.low, one.interval.high, one.place))]
            bar, dot = found[f"{name}-{row}-{nth}-interval"], found[f"{name}-{row}-{nth}-value"]
            places = [bar.left, bar.right, (dot.left + dot.right) / 2]
            assert places == pytest.approx([origin + v * slope for v in at], abs=0.05)


def test_place_is_the_printed_value_or_else_the_middle() -> None:
    assert point(6_500, 7_500, "", value=6_900).place == 6_900
    assert point(6_500, 7_500, "").place == 7_000


@pytest.mark.parametrize("width", WIDTHS)
def test_group_has_its_colour_and_shape_in_row_and_key(width: str) -> None:
    svg = getattr(drawn("groups"), width)
    found = marks(svg)
    shapes = {}
    for group in ElementTree.fromstring(svg).iter(f"{SVG}g"):
        if (use := group.find(f"{SVG}use")) is not None:
            shapes[re.sub("-(wide|narrow)$", "", group.get("id"))] = use.get("href")
    rows = {"before": "groups-0-0", "worked": "groups-0-1", "after": "groups-1-0"}
    for group, name in rows.items():
        assert found[f"{name}-value"].stroke == found[f"{name}-interval"].stroke == PALETTE[group]
        assert found[f"groups-key-{group}"].stroke == PALETTE[group]
    outlines = [_outline(svg, shapes[f"{name}-value"]) for name in rows.values()]
    assert len(set(outlines)) == len(rows)
    assert outlines == [_outline(svg, shapes[f"groups-key-{group}"]) for group in rows]


def _outline(svg: str, href: str) -> str:
    (path,) = [one for one in ElementTree.fromstring(svg).iter(f"{SVG}path") if one.get("id") == href.removeprefix("#")]
    return path.get("d")


def test_shapes_differ_without_colour() -> None:
    assert len(set(MARKERS.values())) == len(MARKERS)


def test_key_stands_side_by_side_or_one_below_the_other() -> None:
    wide, narrow = (
        [text(svg, label) for label in LEGEND.values()] for svg in (drawn("groups").wide, drawn("groups").narrow)
    )
    assert [b.left - a.right > 12 for a, b in itertools.pairwise(wide)] == [True, True]
    assert [b.top - a.top for a, b in itertools.pairwise(narrow)] == pytest.approx([18, 18], abs=3)


def test_rows_are_parted_by_a_rule_and_the_break_by_a_dashed_line() -> None:
    def lines(name: str, colour: str) -> list[ElementTree.Element]:
        paths = ElementTree.fromstring(drawn(name).wide).iter(f"{SVG}path")
        return [one for one in paths if style(one).get("stroke") == PALETTE[colour] and _across(one)]

    def _across(path: ElementTree.Element) -> bool:
        xs = numbers(path.get("d"))[::2]
        return max(xs) - min(xs) > 700

    assert (len(lines("groups", "grid")), len(lines("pair", "grid"))) == (1, 0)
    (line,) = lines("pair", "break")
    assert "stroke-dasharray" in style(line)
    first, second = (marks(drawn("pair").wide)[f"pair-{n}-0-interval"] for n in (0, 1))
    assert first.bottom < numbers(line.get("d"))[1] < second.top


@pytest.mark.parametrize("name", ROWS)
def test_texts_stand_clear(name: str) -> None:
    assert faults(drawn(name)) == []


@pytest.mark.parametrize(
    "label", ["fewer <b> than & more", 'a "quoted" word', "қоғамдық тәртіп", "costs $5 and $6", r"a $\frac$ b"]
)
def test_label_stands_for_itself(label: str) -> None:
    chart = dots("a", "t", "s", "x", [DotRow(label, (point(1, 2, "1 to 2"),))], "things")
    assert label in [box.what for box in texts(chart.wide)]


def test_linear_axis_starts_at_zero_unless_told() -> None:
    near = [DotRow("a", (point(95, 97, "95 to 97"),))]
    zero, free = (dots("a", "t", "s", "x", near, "%", zero=asked).wide for asked in (True, False))
    assert "0" in [box.what for box in texts(zero)]
    assert "0" not in [box.what for box in texts(free)]


@pytest.mark.parametrize(
    ("low", "high", "log"), [("3.5", "4.3", True), (40, 50, True), ("0.004", "0.012", False), (-5, 5, False)]
)
def test_unusual_values_have_ticks_of_their_own(low: object, high: object, log: bool) -> None:
    svg = dots("a", "t", "s", "x", [DotRow("a", (point(low, high, "x"),))], "times", log=log).wide
    said = [box.what for box in texts(svg)]
    assert len(said) == len(set(said))
    assert not [one for one in said if "-" in one]


def test_table_and_alternative_text() -> None:
    rows = BeautifulSoup(markup.to_html(drawn("groups").description), "html.parser").find_all("tr")
    cells = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in rows]
    assert cells[0] == ["", "Group", "People brought to justice"]
    assert cells[2] == [ROWS["groups"][0].label, "needed if one count", "215 to 224 a day"]
    assert drawn("pair").alt == (
        "Dot plot. The point it makes. Earlier value, period not stated: 6,500 to 7,500; "
        "July to October: 26,500 to 27,500"
    )
    assert min(sizes(drawn("groups").narrow)) >= 12


def test_nothing_to_draw_is_no_chart_and_what_has_no_place_is_refused() -> None:
    assert dots("a", "t", "s", "x", [], "people") is None
    with pytest.raises(ValueError, match=r"group `blue`: use one of before, after"):
        dots("a", "t", "s", "x", [DotRow("x", (Point(Interval(1, 2), "1 to 2", "blue"),))], "people")
    with pytest.raises(ValueError, match=r"`1 or more`: its interval has no end"):
        dots("a", "t", "s", "x", [DotRow("x", (Point(Interval(1, math.inf), "1 or more"),))], "people")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_reference_stands_at_its_value_under_its_name(width: str) -> None:
    svg = getattr(drawn("changes"), width)
    origin, _ = scale(svg, log=True)
    lines = [
        one for one in ElementTree.fromstring(svg).iter(f"{SVG}path") if style(one).get("stroke") == PALETTE["ink"]
    ]
    (x,) = {numbers(one.get("d"))[0] for one in lines if len(set(numbers(one.get("d"))[::2])) == 1}
    assert x == pytest.approx(origin, abs=0.05)  # no change is 1, whose logarithm is 0
    name = text(svg, "no change")
    assert (name.left + name.right) / 2 == pytest.approx(x, abs=0.6)

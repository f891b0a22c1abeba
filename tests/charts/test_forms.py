"""Charts read back from their drawings: values against the description, and texts as a reader meets them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from bs4 import BeautifulSoup
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from helpers.charts.chart import Chart
from helpers.charts.dots import MARKERS, Point, Row, dots
from helpers.charts.forms import timeline, windows
from helpers.charts.layout import Window
from helpers.charts.sheet import NARROW, PALETTE, WIDE
from helpers.figures.interval import Interval
from helpers.markup import dialect as markup

F = Fraction
SVG = "{http://www.w3.org/2000/svg}"
DRAWINGS = {"wide": WIDE, "narrow": NARROW}


# --- reading a drawing ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Box:
    """The ink of a text, or a mark, in CSS pixels from the top left."""

    left: float
    top: float
    right: float
    bottom: float
    what: str

    def meets(self, other: Box) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.5 and down > 0.5


def style(element: ElementTree.Element) -> dict[str, str]:
    return dict(part.strip().split(": ", 1) for part in element.get("style", "").split(";") if part.strip())


def font_size(element: ElementTree.Element) -> float:
    return float(style(element)["font-size"].removesuffix("px"))


def texts(svg: str) -> list[Box]:
    """Every text with the room it takes in DejaVu Sans, by matplotlib's own measure."""
    boxes = []
    for element in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        look = style(element)
        font = FontProperties(
            family="DejaVu Sans",
            size=font_size(element),
            weight=int(look.get("font-weight", 400)),
            style=look.get("font-style", "normal"),
        )
        content = (element.text or "").strip()
        width, height, descent = text_to_path.get_text_width_height_descent(content, font, ismath=False)
        # A line of several is moved into place, a single one has its place.
        x, y = numbers(element.get("transform") or f"{element.get('x')} {element.get('y')}")
        left = x - width * {"start": 0, "middle": 0.5, "end": 1}[look.get("text-anchor", "start")]
        boxes.append(Box(left, y - height + descent, left + width, y + descent, content))
    return boxes


def numbers(path: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?[\d.]+", path)]


def extent(element: ElementTree.Element) -> Box:
    """What a named part of a drawing covers: a path, or a marker where it is used."""
    path = element.find(f".//{SVG}path")
    use = element.find(f".//{SVG}use")
    points = numbers(path.get("d")) if path is not None else [-6.0, -6.0, 6.0, 6.0]
    xs, ys = points[::2], points[1::2]
    x, y = (float(use.get("x")), float(use.get("y"))) if use is not None else (0.0, 0.0)
    half = float(style(path).get("stroke-width", 1)) / 2 if path is not None and use is None else 0.0
    return Box(x + min(xs), y + min(ys) - half, x + max(xs), y + max(ys) + half, element.get("id", ""))


def parts(svg: str, ending: str) -> dict[str, Box]:
    """The named parts whose id, without the drawing's own suffix, ends so."""
    groups = ElementTree.fromstring(svg).iter(f"{SVG}g")
    found = {re.sub("-(wide|narrow)$", "", group.get("id", "")): group for group in groups}
    return {name: extent(group) for name, group in found.items() if name.endswith(ending)}


def centre(svg: str, name: str) -> float:
    groups = ElementTree.fromstring(svg).iter(f"{SVG}g")
    group = next(group for group in groups if re.sub("-(wide|narrow)$", "", group.get("id", "")) == name)
    return float(group.find(f".//{SVG}use").get("x"))


def axis(svg: str) -> list[tuple[float, float]]:
    """The labelled ticks of a value axis: value and place."""
    ticks = []
    for element in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        label = (element.text or "").replace(",", "").replace("−", "-")
        if style(element).get("text-anchor") == "middle" and re.fullmatch(r"-?\d+(\.\d+)?", label):
            ticks.append((float(label), float(element.get("x"))))
    return sorted(ticks)


def scale(svg: str, *, log: bool) -> dict[str, float]:
    """The line through the first and the last tick, on which every tick must lie."""
    ticks = [(math.log2(value) if log else value, place) for value, place in axis(svg)]
    (value, place), (last, end) = ticks[0], ticks[-1]
    slope = (end - place) / (last - value)
    assert all(abs(place + (tick - value) * slope - at) < 0.02 for tick, at in ticks)
    return {"origin": place - value * slope, "slope": slope, "log": log}


def place(scale: dict[str, float], value: float) -> float:
    return scale["origin"] + (math.log2(value) if scale["log"] else value) * scale["slope"]


# --- charts to read ------------------------------------------------------------------------------------------------


def interval(low: object, high: object) -> Interval:
    return Interval(F(low), F(high), high_open=F(low) != F(high))


def point(low: object, high: object, text: str, group: str = "after", value: float | None = None) -> Point:
    return Point(interval(low, high), text, group, value)


WORDS = ("id", "title", "subtitle", "source")


def heading(id: str) -> dict[str, str]:
    return dict(zip(WORDS, (id, "The point it makes", "Measure, place, period", "Source: somebody"), strict=True))


ROWS = {
    "pair": [
        Row("Earlier value, period not stated", (point(6_500, 7_500, "6,500 to 7,500", "before", 6_900),)),
        Row("July to October", (point(26_500, 27_500, "26,500 to 27,500", "after", 27_000),)),
    ],
    "changes": [
        Row("People brought to justice", (point("3.533", "4.231", "3.5 to 4.3 times"),)),
        Row("People arrested", (point("1.75", "2.25", "1.75 to 2.25 times"),)),
        Row("Reports of family and domestic offences", (point("0.795", "0.805", "19.5 to 20.5% down", "worked"),)),
        Row("Criminal offences", (point("0.9575", "0.9585", "4.15 to 4.25% down", "worked"),)),
    ],
    "groups": [
        Row(
            "Offenders a day, January to June against July to October",
            (point(170, 190, "170 to 190 a day", "before"), point(215, 224, "215 to 224 a day", "worked")),
        ),
        Row("People sanctioned by courts", (point(66, 66, "66 a day"), point(64, 65, "64 to 65 a day", "before"))),
    ],
    "shares": [Row("At most this share", (point("29.5", "30.5", "at most 30 percent", "before"),))]
    + [Row(f"Share number {n}", (point(10 * n, 10 * n + 1, f"{10 * n} to {10 * n + 1}%"),)) for n in range(4, 9)],
}
LEGEND = {"before": "before the change", "after": "published elsewhere", "worked": "needed if one count"}
OPTIONS = {
    "pair": {"divider": (1, "[b] from 1 July 2023 another rule")},
    "changes": {"log": True, "reference": (1, "no change")},
    "groups": {"legend": LEGEND},
    "shares": {"legend": {"before": "before the change", "after": "after it"}, "reference": (50, "half")},
}
DOTS = {
    name: dots(**heading(name), rows=rows, axis="people brought to justice", **OPTIONS[name])
    for name, rows in ROWS.items()
}

PERIODS = [
    Window("27,000 brought to justice; arrests doubled", date(2023, 7, 1), date(2023, 10, 31), inferred=True),
    Window(
        "60,000 offenders; 75,000 protective orders; 12,000 special requirements; 10,000 violations halted",
        date(2023, 1, 1),
        date(2023, 10, 31),
        inferred=True,
    ),
    Window("What the three falls are measured against", date(2022, 1, 1), date(2022, 10, 31), "before"),
    Window("7,000 brought to justice", None, None, note="period not stated"),
    Window("25,938 orders", date(2023, 1, 1), None, note="since January, end not stated"),
]
CALENDAR = windows(
    **heading("coverage"),
    rows=PERIODS,
    break_date=date(2023, 7, 1),
    break_label="1 July 2023",
    legend={"after": "period of the figure", "before": "period it is measured against"},
)

STEPS = [
    ("July 2017", "Battery and minor harm cease to be crimes", "rule"),
    ("2020", "Work against domestic violence under way as a state programme", "context"),
    ("18 October 2022", "The switch of registration announced to the Government", "rule"),
    ("1 July 2023", "Police register domestic offences they detect, without waiting for a complaint", "break"),
    (
        "9 November 2023",
        "A former minister detained on suspicion of murdering his wife; national attention follows",
        "context",
    ),
]
KINDS = {"break": "what is recorded changes", "rule": "another rule", "context": "other step"}
STEPPED = timeline(**heading("timeline"), events=STEPS, legend=KINDS)

CHARTS: dict[str, Chart] = {**DOTS, "coverage": CALENDAR, "timeline": STEPPED}
DRAWN = [
    pytest.param(getattr(chart, width), id=f"{name}-{width}") for name, chart in CHARTS.items() for width in DRAWINGS
]
DOTTED = [
    pytest.param(name, getattr(chart, width), id=f"{name}-{width}")
    for name, chart in DOTS.items()
    for width in DRAWINGS
]


# --- values --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "svg"), DOTTED)
def test_bar_spans_its_interval(name: str, svg: str) -> None:
    along = scale(svg, log=name == "changes")
    for id, box in parts(svg, "-interval").items():
        row, nth = map(int, id.split("-")[1:3])
        drawn = ROWS[name][row].points[nth].interval
        assert [box.left, box.right] == pytest.approx([place(along, drawn.low), place(along, drawn.high)], abs=0.03)


@pytest.mark.parametrize(("name", "svg"), DOTTED)
def test_dot_stands_at_its_value(name: str, svg: str) -> None:
    along = scale(svg, log=name == "changes")
    for row, line in enumerate(ROWS[name]):
        for nth, one in enumerate(line.points):
            value = one.value if one.value is not None else (one.interval.low + one.interval.high) / 2
            assert centre(svg, f"{name}-{row}-{nth}-value") == pytest.approx(place(along, value), abs=0.03)


@pytest.mark.parametrize(("name", "svg"), DOTTED)
def test_every_point_is_drawn(name: str, svg: str) -> None:
    expected = {f"{name}-{row}-{nth}" for row, line in enumerate(ROWS[name]) for nth in range(len(line.points))}
    for ending in ("-interval", "-value"):
        assert {id.removesuffix(ending) for id in parts(svg, ending)} == expected


@pytest.mark.parametrize("name", [name for name in DOTS if name != "changes"])
@pytest.mark.parametrize("width", DRAWINGS)
def test_linear_axis_starts_at_zero(name: str, width: str) -> None:
    assert axis(getattr(DOTS[name], width))[0][0] == 0


@pytest.mark.parametrize("width", DRAWINGS)
def test_linear_axis_need_not_start_at_zero(width: str) -> None:
    chart = dots(**heading("near"), rows=[Row("a", (point(95, 97, "95 to 97"),))], axis="%", zero=False)
    assert axis(getattr(chart, width))[0][0] > 0


@pytest.mark.parametrize("width", DRAWINGS)
def test_reference_stands_at_its_value(width: str) -> None:
    svg = getattr(DOTS["changes"], width)
    label = next(box for box in texts(svg) if box.what == "no change")
    assert (label.left + label.right) / 2 == pytest.approx(place(scale(svg, log=True), 1), abs=0.03)


def months(svg: str) -> list[tuple[date, float]]:
    """The labelled ticks of a calendar: day and place."""
    ticks = []
    for element in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        found = re.fullmatch(r"(Jan|Apr|Jul|Oct)(?:\u00a0(\d{4}))?", element.text or "")
        if found and style(element).get("text-anchor") == "middle":
            ticks.append((float(element.get("x")), found[1], found[2]))
    ticks.sort()
    first = next(n for n, tick in enumerate(ticks) if tick[2])
    year = int(ticks[first][2]) - sum(tick[1] == "Jan" for tick in ticks[:first])
    dated, month = [], {"Jan": 1, "Apr": 4, "Jul": 7, "Oct": 10}
    for n, (x, name, printed) in enumerate(ticks):
        year += n > first and name == "Jan"
        assert not printed or int(printed) == year
        dated.append((date(year, month[name], 1), x))
    return dated


def day_place(svg: str, day: date) -> float:
    (first, left), *_, (last, right) = months(svg)
    return left + (day - first).days * (right - left) / (last - first).days


@pytest.mark.parametrize("width", DRAWINGS)
@pytest.mark.parametrize("row", [0, 1, 2])
def test_window_spans_its_days(row: int, width: str) -> None:
    svg = getattr(CALENDAR, width)
    box, window = parts(svg, "-window")[f"coverage-{row}-window"], PERIODS[row]
    expected = [day_place(svg, window.start), day_place(svg, window.end + timedelta(days=1))]
    assert [box.left, box.right] == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("width", DRAWINGS)
@pytest.mark.parametrize("row", [3, 4])
def test_window_without_its_days_is_told_and_not_drawn(row: int, width: str) -> None:
    svg = getattr(CALENDAR, width)
    assert f"coverage-{row}-window" not in parts(svg, "-window")
    assert PERIODS[row].note in [box.what for box in texts(svg)]


@pytest.mark.parametrize("width", DRAWINGS)
def test_break_crosses_the_calendar_on_its_day(width: str) -> None:
    svg = getattr(CALENDAR, width)
    lines = [
        path for path in ElementTree.fromstring(svg).iter(f"{SVG}path") if style(path).get("stroke") == PALETTE["break"]
    ]
    assert numbers(lines[0].get("d"))[::2] == pytest.approx([day_place(svg, date(2023, 7, 1))] * 2, abs=0.1)


@pytest.mark.parametrize("width", DRAWINGS)
def test_steps_stand_one_below_the_other(width: str) -> None:
    svg = getattr(STEPPED, width)
    heights = [box.top for name, box in sorted(parts(svg, "").items()) if re.fullmatch(r"timeline-\d", name)]
    assert heights == sorted(heights)
    assert len(heights) == len(STEPS)


@pytest.mark.parametrize("width", DRAWINGS)
def test_step_stands_beside_its_marker(width: str) -> None:
    svg = getattr(STEPPED, width)
    lines = {box.what: box for box in texts(svg)}
    marks = parts(svg, "")
    for n, (when, _, _) in enumerate(STEPS):
        middle = (marks[f"timeline-{n}"].top + marks[f"timeline-{n}"].bottom) / 2
        assert lines[when].top <= middle <= lines[when].bottom


# --- texts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("svg", DRAWN)
def test_no_text_overlaps_another(svg: str) -> None:
    assert [(a.what, b.what) for a, b in combinations(texts(svg), 2) if a.meets(b)] == []


@pytest.mark.parametrize("svg", DRAWN)
def test_no_text_covers_a_mark(svg: str) -> None:
    marks = [box for box in parts(svg, "").values() if box.what]
    assert [(text.what, mark.what) for text in texts(svg) for mark in marks if text.meets(mark)] == []


@pytest.mark.parametrize("name", [*DOTS, "coverage"])
def test_no_label_enters_the_plot(name: str) -> None:
    svg = CHARTS[name].wide
    lines = [p for p in ElementTree.fromstring(svg).iter(f"{SVG}path") if style(p).get("stroke") == PALETTE["rule"]]
    edge = max(min(numbers(line.get("d"))[::2]) for line in lines)
    labels = [box for box in texts(svg) if box.left < 3 and not box.what.startswith("[b]")]
    assert [box.what for box in labels if box.right > edge] == []
    assert labels


@pytest.mark.parametrize("svg", DRAWN)
def test_no_text_leaves_the_drawing(svg: str) -> None:
    _, _, width, height = map(float, ElementTree.fromstring(svg).get("viewBox").split())
    outside = [t for t in texts(svg) if t.left < -0.5 or t.right > width + 0.5 or t.top < 0 or t.bottom > height]
    assert outside == []


@pytest.mark.parametrize("svg", DRAWN)
def test_text_is_never_small(svg: str) -> None:
    assert min(font_size(element) for element in ElementTree.fromstring(svg).iter(f"{SVG}text")) >= 11


@pytest.mark.parametrize(("chart", "width"), [(chart, width) for chart in CHARTS for width in DRAWINGS])
def test_unit_of_a_drawing_is_a_pixel(chart: str, width: str) -> None:
    root = ElementTree.fromstring(getattr(CHARTS[chart], width))
    assert [float(root.get("width")), float(root.get("height"))] == [float(n) for n in root.get("viewBox").split()[2:]]
    assert float(root.get("width")) == DRAWINGS[width]


@pytest.mark.parametrize("svg", DRAWN)
def test_text_is_text(svg: str) -> None:
    shapes = [use for use in ElementTree.fromstring(svg).iter(f"{SVG}use") if "DejaVu" in use.get("href", "")]
    assert shapes == []
    assert texts(svg)


@pytest.mark.parametrize(
    ("chart", "words"),
    [
        (
            "pair",
            ["6,500 to 7,500", "26,500 to 27,500", "[b] from 1 July 2023 another rule", "people brought to justice"],
        ),
        ("groups", [*LEGEND.values(), "170 to 190 a day", "66 a day"]),
        ("coverage", ["period of the figure", "1 July 2023", "7,000 brought to justice"]),
        ("timeline", [*KINDS.values(), "Battery and minor harm cease to be crimes", "9 November 2023"]),
    ],
)
@pytest.mark.parametrize("width", DRAWINGS)
def test_words_stand_in_the_drawing(chart: str, words: list[str], width: str) -> None:
    whole = " ".join(box.what for box in texts(getattr(CHARTS[chart], width)))
    # A label may be broken into lines.
    assert [word for word in words if not re.search(r"\s+".join(map(re.escape, word.split())), whole)] == []


AWKWARD = {
    "angle brackets": "fewer <b> than & more",
    "quotes": 'a "quoted" word',
    "Kazakh": "қоғамдық тәртіп, ұл һәм әңгіме",
    "dollars": "costs $5 and $6",
    "formula": r"a $\frac$ b",
}


@pytest.mark.parametrize("label", AWKWARD.values(), ids=AWKWARD)
def test_label_stands_for_itself(label: str) -> None:
    chart = dots(**heading("awkward"), rows=[Row(label, (point(1, 2, "1 to 2"),))], axis="things")
    assert label in [box.what for box in texts(chart.wide)]


# --- the file ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("svg", DRAWN)
def test_drawing_refers_to_nothing_outside(svg: str) -> None:
    assert set(re.findall(r"\w+://[^\s\"'<>)]+", svg)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"url\(|@import|<image|<script|<style|<metadata|<!DOCTYPE|<\?xml", svg)


@pytest.mark.parametrize("svg", DRAWN)
def test_reference_within_a_drawing_is_met(svg: str) -> None:
    root = ElementTree.fromstring(svg)
    ids = {element.get("id") for element in root.iter()}
    assert {use.get("href").removeprefix("#") for use in root.iter(f"{SVG}use")} <= ids


def ids(*charts: Chart) -> list[str]:
    return [tag["id"] for chart in charts for tag in BeautifulSoup(chart.html(), "html.parser").find_all(id=True)]


def test_ids_are_unique_across_charts_and_drawings() -> None:
    found = ids(*CHARTS.values())
    assert len(found) == len(set(found))


def test_ids_are_unique_where_one_name_begins_another() -> None:
    found = ids(*(dots(**heading(id), rows=ROWS["pair"], axis="people") for id in ("x", "xtick")))
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    "again",
    [
        lambda: dots(**heading("pair"), rows=ROWS["pair"], axis="people brought to justice", **OPTIONS["pair"]),
        lambda: dots(
            **heading("changes"), rows=ROWS["changes"], axis="people brought to justice", **OPTIONS["changes"]
        ),
    ],
    ids=["pair", "changes"],
)
def test_drawn_twice_is_the_same_to_the_byte(again: object) -> None:
    chart = again()
    assert chart == CHARTS[chart.id]


def test_settings_of_the_reader_do_not_matter() -> None:
    with mpl.rc_context({"font.size": 20, "svg.hashsalt": "other", "svg.fonttype": "path", "lines.markersize": 20}):
        chart = dots(**heading("pair"), rows=ROWS["pair"], axis="people brought to justice", **OPTIONS["pair"])
    assert chart == CHARTS["pair"]


def test_drawing_leaves_the_settings_of_the_reader() -> None:
    before = dict(mpl.rcParams)
    dots(**heading("pair"), rows=ROWS["pair"], axis="people")
    assert dict(mpl.rcParams) == before


# --- beside the drawing --------------------------------------------------------------------------------------------


def cells(chart: Chart) -> list[list[str]]:
    rows = BeautifulSoup(markup.to_html(chart.description), "html.parser").find_all("tr")
    return [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in rows]


def test_description_of_a_pair() -> None:
    assert cells(DOTS["pair"]) == [
        ["", "People brought to justice"],
        ["Earlier value, period not stated", "6,500 to 7,500"],
        ["July to October", "26,500 to 27,500"],
    ]


def test_description_of_groups() -> None:
    label = "Offenders a day, January to June against July to October"
    assert cells(DOTS["groups"]) == [
        ["", "Group", "People brought to justice"],
        [label, "before the change", "170 to 190 a day"],
        [label, "needed if one count", "215 to 224 a day"],
        ["People sanctioned by courts", "published elsewhere", "66 a day"],
        ["People sanctioned by courts", "before the change", "64 to 65 a day"],
    ]


def test_description_of_a_calendar() -> None:
    assert [row[1] for row in cells(CALENDAR)[1:]] == [
        "1 July 2023 to 31 October 2023 (inferred)",
        "1 January 2023 to 31 October 2023 (inferred)",
        "1 January 2022 to 31 October 2022",
        "period not stated",
        "since January, end not stated",
    ]


def test_description_of_a_timeline() -> None:
    assert cells(STEPPED)[1:] == [[when, label, KINDS[kind]] for when, label, kind in STEPS]


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_description_has_the_title_as_its_caption(chart: Chart) -> None:
    caption = BeautifulSoup(markup.to_html(chart.description), "html.parser").caption
    assert "The point it makes" in caption.get_text()


@pytest.mark.parametrize(
    ("chart", "parts_"),
    [
        ("pair", ["The point it makes", "July to October: 26,500 to 27,500"]),
        ("coverage", ["The point it makes", "1 July 2023 to 31 October 2023"]),
        ("timeline", ["The point it makes", "July 2017: Battery and minor harm"]),
    ],
)
def test_alternative_text_gives_the_point_and_the_values(chart: str, parts_: list[str]) -> None:
    assert [part in CHARTS[chart].alt for part in parts_] == [True] * len(parts_)


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_alternative_text_is_short(chart: Chart) -> None:
    assert len(chart.alt) < 400


def test_chart_shows_itself_in_every_form() -> None:
    data, metadata = DOTS["pair"]._repr_mimebundle_()
    assert (data["image/svg+xml"], data["text/markdown"], data["text/plain"]) == (
        DOTS["pair"].wide,
        DOTS["pair"].description,
        DOTS["pair"].alt,
    )
    assert set(metadata["image/svg+xml"]) >= {"id", "title", "subtitle", "alt", "source"}


def test_figure_of_a_page() -> None:
    chart = replace(DOTS["pair"], title="From [7,000](#f-before)", source="Source: [somebody](#s-a)")
    figure = BeautifulSoup(chart.html(), "html.parser").figure
    assert figure["id"] == "c-pair"
    assert [drawing.svg["aria-label"] for drawing in figure.find_all("div", class_=["wide", "narrow"])] == [
        chart.alt
    ] * 2
    assert [link["href"] for link in figure.find_all("a")] == ["#f-before", "#s-a"]
    assert figure.details.table


def test_alternative_text_of_a_page_is_escaped() -> None:
    chart = replace(DOTS["pair"], alt='a "b" <c> & d')
    assert BeautifulSoup(chart.html(), "html.parser").svg["aria-label"] == 'a "b" <c> & d'


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_page_chooses_its_colours_and_font(chart: Chart) -> None:
    drawings = "".join(map(str, BeautifulSoup(chart.html(), "html.parser").find_all("svg")))
    assert not re.search(r"#[0-9a-f]{6}\b", drawings)
    assert "DejaVu" not in drawings


@pytest.mark.parametrize(
    "draw",
    [
        lambda: dots(**heading("a"), rows=[], axis="things"),
        lambda: windows(**heading("a"), rows=[], break_date=None, break_label="", legend={}),
        lambda: timeline(**heading("a"), events=[], legend={}),
    ],
    ids=["dots", "windows", "timeline"],
)
def test_no_rows_make_no_chart(draw: object) -> None:
    assert draw() is None


# --- colour and shape ----------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(a: str, b: str) -> float:
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["ink", "muted", "break"])
def test_colour_of_text_can_be_read(name: str) -> None:
    assert contrast(PALETTE[name], PALETTE["paper"]) >= 4.5


@pytest.mark.parametrize("name", ["rule", "before", "after", "worked", "break"])
def test_colour_of_marks_can_be_seen(name: str) -> None:
    assert contrast(PALETTE[name], PALETTE["paper"]) >= 3


@pytest.mark.parametrize("svg", DRAWN)
def test_every_colour_is_of_the_palette(svg: str) -> None:
    assert set(re.findall(r"#[0-9a-fA-F]{6}\b", svg)) <= set(PALETTE.values())


@pytest.mark.parametrize("svg", DRAWN)
def test_every_text_has_a_colour_that_can_be_read(svg: str) -> None:
    fills = {style(element).get("fill", "none") for element in ElementTree.fromstring(svg).iter(f"{SVG}text")}
    assert fills <= {PALETTE[name] for name in ("ink", "muted", "break")}


def test_shape_tells_groups_apart_without_colour() -> None:
    assert len(set(MARKERS.values())) == len(MARKERS)


# --- what it does not yet draw -------------------------------------------------------------------------------------


def drawn(low: object, high: object, text: str = "x", **options: bool) -> Chart:
    return dots(**heading("a"), rows=[Row("a", (point(low, high, text),))], axis="times", **options)


UNDRAWN = {
    "whole ticks of a ratio scale": lambda: drawn("3.5", "4.3", log=True),
    "ratio scale beyond its ticks": lambda: drawn(40, 50, log=True),
    "long value": lambda: drawn(1, 2, "x" * 46),
}


@pytest.mark.parametrize("draw", UNDRAWN.values(), ids=UNDRAWN)
def test_unusual_rows_are_drawn(draw: object) -> None:
    assert draw().wide


def test_ticks_of_small_values_differ() -> None:
    values = [value for value, _ in axis(drawn("0.004", "0.012").wide)]
    assert len(values) == len(set(values))


def test_ticks_have_one_minus_sign() -> None:
    assert not any("-" in box.what for box in texts(drawn(-5, 5).wide))


def test_windows_without_days_make_no_calendar():
    assert windows(**heading("a"), rows=PERIODS[3:4], break_date=None, break_label="", legend={"after": "x"}) is None


def test_unknown_group_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match=r"group `blue`: use one of before, after"):
        dots(**heading("a"), rows=[Row("x", (Point(Interval(1, 2), "1 to 2", "blue"),))], axis="people")


def test_interval_without_an_end_is_not_drawn():
    with pytest.raises(ValueError, match=r"`1 or more`: its interval has no end"):
        dots(**heading("a"), rows=[Row("x", (Point(Interval(1, math.inf), "1 or more"),))], axis="people")

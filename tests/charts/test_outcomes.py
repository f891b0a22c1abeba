"""The table of outcomes: ranges on one axis in its cells, a symbol and a word, in the page and in the PDF."""

from __future__ import annotations

import base64
import math
import re
from fractions import Fraction as F
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from charts.reading import SVG, numbers, style, texts

from helpers.charts.outcomes import OutcomeRow, outcomes
from helpers.charts.sheet import DARK, PALETTE
from helpers.figures.interval import Interval
from helpers.markup import dialect as markup
from helpers.words.template import Writer

ROWS = [
    OutcomeRow("The {brought-before} is of a year earlier", True, Interval(F("1.14"), F("1.27")), "107 a day"),
    OutcomeRow("The same, to 15 November", True, Interval(F("1.14"), math.inf), "anything"),
    OutcomeRow("The half-year", False, None, "short by 24,500"),
    OutcomeRow("The half-year, to 15 November", True, Interval(F("5.2"), F("6.226")), ""),
    OutcomeRow("As in {reports-2022}", True, Interval(1, 2), ""),
]


def table(w: Writer, rows: list[OutcomeRow] = ROWS) -> BeautifulSoup:
    return BeautifulSoup(markup.to_html(outcomes(w, "What follows", "ratio", rows).markdown), "html.parser")


def drawings(page: BeautifulSoup) -> list[str]:
    return [base64.b64decode(image["src"].partition(",")[2]).decode() for image in page.find_all("img")]


def bar(svg: str) -> tuple[float, float]:
    paths = [one for one in ElementTree.fromstring(svg).iter(f"{SVG}path") if style(one).get("fill") == PALETTE["ink"]]
    xs = numbers(paths[0].get("d"))[::2]
    return min(xs), max(xs)


def test_it_is_a_real_table_with_symbol_and_word(w: Writer) -> None:
    rows = [[cell.get_text() for cell in row.find_all("td")] for row in table(w).tbody.find_all("tr")]
    assert [row[0] for row in rows] == ["✓ possible", "✓ possible", "✗ impossible", "✓ possible", "✓ possible"]
    assert [row[1].strip() for row in rows[:4]] == ["1.14–1.27×", "1.14× or more", "–", "5.2–6.3×"]
    assert rows[2][2] == "short by 24,500"
    assert table(w).find("th", scope="row").a["href"] == "#f-brought-before"


def test_ranges_stand_on_the_axis_of_the_head(w: Writer) -> None:
    head, first, _, last, _ = drawings(table(w))
    ticks = {float(box.what): (box.left + box.right) / 2 for box in texts(head)}
    origin, slope = ticks[0], (ticks[max(ticks)] - ticks[0]) / max(ticks)
    assert bar(first) == pytest.approx([origin + 1.14 * slope, origin + 1.27 * slope], abs=0.05)
    assert bar(last) == pytest.approx([origin + 5.2 * slope, origin + 6.3 * slope], abs=0.05)


def test_range_without_an_end_runs_off_in_an_arrow(w: Writer) -> None:
    endless, ended = drawings(table(w))[2], drawings(table(w))[1]
    assert "<use" in endless
    assert "<use" not in ended
    assert bar(endless)[1] > 150
    assert table(w).find_all("img")[2]["alt"] == "1.14× or more"


def test_image_sees_a_dark_page_by_itself(w: Writer) -> None:
    (rules,) = re.findall(
        r"<style>@media screen and \(prefers-color-scheme:dark\)\{(.*?)\}</style>", drawings(table(w))[1]
    )
    assert f'[style*="fill: {PALETTE["ink"]}"]{{fill:{DARK["ink"]}!important}}' in rules


def test_an_edition_tells_what_it_has(early: Writer) -> None:
    assert len(table(early).tbody.find_all("tr")) == 4
    assert outcomes(early, "c", "a", ROWS[4:]) is None


def test_the_line_of_as_many_as_before_stands_at_one(w: Writer) -> None:
    head, first = drawings(table(w))[:2]
    ticks = {float(box.what): (box.left + box.right) / 2 for box in texts(head)}
    lines = [one for one in ElementTree.fromstring(first).iter(f"{SVG}path") if style(one).get("stroke")]
    (strong,) = [one for one in lines if style(one)["stroke"] == PALETTE["rule"]]
    one = ticks[0] + (ticks[max(ticks)] - ticks[0]) / max(ticks)
    assert numbers(strong.get("d"))[0] == pytest.approx(one, abs=0.05)

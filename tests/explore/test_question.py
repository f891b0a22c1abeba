"""One question answered: as a sentence, a chart, its evidence and a verdict."""

from __future__ import annotations

import functools
import re
from datetime import date
from fractions import Fraction
from itertools import pairwise, product
from pathlib import Path

import pytest
from charts.reading import marks, texts
from packages import LIBRARIES
from reason.small import days, figure, make

from helpers.charts.chart import Chart
from helpers.charts.sheet import PALETTE
from helpers.explore.answer import Answer, answer
from helpers.explore.drawing import drawing
from helpers.explore.question import Question
from helpers.figures.interval import Interval
from helpers.figures.rounding import ROUNDINGS
from helpers.markup import dialect as markup
from helpers.package.ledger import Ledger, load
from helpers.reason.compare import compare
from helpers.reason.scenario import ScenarioError, component
from helpers.reason.verdict import verdict
from helpers.reason.whatif import imagine, own
from helpers.words.numbers import size, span

DATA = load(Path(__file__).resolve().parents[2] / "data")
SOME = load(LIBRARIES)
RISE = ("brought-after", "brought-before")
SHARES = ("case-share-2023h2", "case-share-before")
YEARS = ("visits-2021", "visits-2020")
EARLIER = {"baseline": "R1", "window": "W1", "scope": "S1"}
HALF = EARLIER | {"baseline": "R3"}


def every(ledger: Ledger) -> list[Question]:
    """Each figure as the ledger compares it, and each count against another."""
    rows = ledger.rows["figures"]
    pairs = list(pairwise(name for name, row in rows.items() if row.kind == "count"))
    alone = [(name, row.versus if row.kind == "count" else "") for name, row in rows.items()]
    return [Question(ledger, *pair) for pair in dict.fromkeys(alone + pairs)]


CORE = load(DATA.package, evidence="core")
ALL = [
    *every(CORE),
    *every(SOME),
    *(
        Question(DATA, *pair)
        for pair in (("reports-2023", ""), ("reports-2024", "reports-2023"), ("court-arrests-change-h2", ""), SHARES)
    ),
    *(Question(DATA, *RISE, {"baseline": b, "scope": s}) for b, s in product(("R1", "R3", "R5"), ("S1", "S2"))),
]


@functools.cache
def told(at: int) -> tuple[Question, Answer, Chart]:
    """One of `ALL`, answered and drawn once."""
    found = answer(ALL[at])
    return ALL[at], found, drawing(ALL[at], found)


def said(*question: object) -> str:
    found = answer(Question(*question))
    return markup.plain("\n\n".join([found.headline, *found.caveats]))


# --- the sentence ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rounding", ROUNDINGS)
def test_a_rise_says_from_what_to_what_and_how_many_times(rounding: str) -> None:
    ledger = DATA.with_rounding(rounding)
    found, ratio = answer(Question(ledger, *RISE)), span(compare(ledger, "brought-after").ratio.interval)
    assert markup.plain(found.headline) == f"People brought to justice: from 7,000 to 27,000, {ratio} times as many."
    assert ROUNDINGS[rounding].label in found.citation


def test_figures_that_the_ledger_does_not_compare_can_be() -> None:
    question = Question(DATA, "brought-before", "brought-after")
    assert question.comparison.ratio.interval == Interval(6_500, 7_500, high_open=True) / Interval(
        26_500, 27_500, high_open=True
    )
    assert "from 27,000 to 7,000, 71.6 to 76.4% fewer" in markup.plain(answer(question).headline)


def test_unlike_units_make_a_ratio_and_never_a_change() -> None:
    question = Question(DATA, "orders", "offenders")
    found = answer(question)
    assert question.comparison.ratio.unit == "orders per persons"
    assert "orders for each of the persons counted" in markup.plain(found.headline)
    assert "Orders and persons are unlike units: this is no change and no risk." in found.caveats


def test_two_measures_in_one_unit_are_no_change() -> None:
    assert any("not a change" in caveat for caveat in answer(Question(DATA, "brought-after", "offenders")).caveats)


@pytest.mark.parametrize(
    ("figure", "part"),
    [
        ("arrests-change", "“doubled”, which stands for 1.75 to 2.25 times [b] the earlier count"),
        ("reports-change", "20%, which stands for 19.5 to 20.5% down"),
        ("reconciled-share", "half, which stands for 45 to 55% of domestic-violence cases"),
        ("offenders", "60,000, which stands for 59,500 to 60,500"),
        ("dv-crimes-2018", "919, printed to the last digit"),
    ],
)
def test_every_kind_of_figure_has_its_sentence(figure: str, part: str) -> None:
    assert part in markup.plain(answer(Question(DATA, figure)).headline)


def test_no_ratio_to_what_may_be_zero() -> None:
    ledger = imagine(DATA, [own("own-1", "brought", "1,000", step="2,000")])
    assert "no ratio, for that may be zero" in said(ledger, "brought-after", "own-1")


# --- what must be said with it --------------------------------------------------------------------------------------


def test_a_comparison_across_the_break_says_so() -> None:
    assert "[b] It may compare before and after 1 July 2023, when what is recorded changed." in said(DATA, *RISE)
    assert "[b]" not in said(SOME, "visits-2021", "visits-2020")


def test_a_reading_is_named_where_it_re_reads_a_figure_shown() -> None:
    text = said(DATA, *RISE, HALF)
    assert "against January to June 2023 (assumed)" in text
    assert "“baseline”: January to June 2023" in text
    assert "window" not in text
    asked = [(*RISE, HALF), (*RISE, {"window": "W1"}), ("offenders",)]
    assert [answer(Question(DATA, *one)).certainty for one in asked] == ["depends", "worked-out", "reported"]


def test_unequal_periods_give_a_daily_ratio() -> None:
    low, high = Fraction(26_500, 123) / Fraction(7_500, 181), Fraction(27_500, 123) / Fraction(6_500, 181)
    expected = f"The periods have 123 and 181 days; a day, it is {span(Interval(low, high))} times as many."
    assert expected in said(DATA, *RISE, HALF)
    assert "days" not in said(DATA, *RISE, EARLIER)


def test_a_leap_day_makes_no_other_length() -> None:
    days = [
        question.rows[at].period_end - question.rows[at].period_start
        for question in [Question(SOME, *YEARS)]
        for at in (0, 1)
    ]
    assert [one.days + 1 for one in days] == [365, 366]
    assert "days" not in said(SOME, *YEARS)


def test_overlapping_periods_are_no_change() -> None:
    assert "overlap" in said(SOME, "visits-half", "visits-2021")
    assert "overlap" not in said(SOME, "visits-2021", "visits-2020")


@pytest.mark.parametrize(("last", "overlap"), [(date(2020, 12, 31), False), (date(2021, 1, 1), True)])
def test_one_day_in_common_is_an_overlap(last: date, overlap: bool) -> None:
    moved = imagine(SOME, moved={"visits-2020": {"period_start": date(2020, 1, 1), "period_end": last}})
    assert [Question(moved, *pair).overlap for pair in (YEARS, YEARS[::-1])] == [overlap] * 2


def test_a_dispute_and_a_figure_of_ones_own_are_said() -> None:
    assert "contradicts" in said(SOME, "readers-council")
    ledger = imagine(SOME, [own("own-1", "visits", "400,000")])
    assert "imagined, not from a source: 400,000 visits to public libraries" in said(ledger, "visits-2021", "own-1")
    moved = imagine(SOME, moved={"visits-2020": {"period_start": date(2019, 1, 1), "period_end": date(2019, 12, 31)}})
    assert "imagined" in said(moved, "visits-2021", "visits-2020")
    assert "imagined" not in said(moved, "loans")  # it has no bearing on them
    own_one = Question(ledger, "visits-2021", "own-1")
    assert "your own" in markup.plain(drawing(own_one, answer(own_one)).source)


# --- all of it, for any figure: each test looks at every question, and tells all that are wrong -----------------------


def test_every_number_leads_to_the_evidence() -> None:
    wrong = []
    for question, found, chart in map(told, range(len(ALL))):
        words = markup.to_html("\n\n".join([found.headline, *found.caveats, found.judgement, found.follows]))
        anchors = set(re.findall(r'id="([fwe]-[^"]+)"', markup.to_html(found.evidence)))
        needed = {f"f-{question.figure}", *re.findall(r'href="#([fwe]-[^"]+)"', words)}
        if not needed <= anchors or "#s-" in words + chart.source:
            wrong.append((question.figures, needed - anchors))
    assert wrong == []


def test_the_citation_stands_by_itself() -> None:
    wrong = []
    for question, found, _ in map(told, range(len(ALL))):
        urls = [question.ledger.rows["sources"][row.source].url for row in question.rows]
        begins = found.citation.startswith(markup.plain(found.headline))
        if not begins or "](" in found.citation or not all(url in found.citation for url in urls):
            wrong.append((question.figures, found.citation))
    assert wrong == []


def test_the_chart_shows_the_intervals() -> None:
    wrong = []
    for question, _, chart in map(told, range(len(ALL))):
        made = question.comparison
        if question.ledger.rows["figures"][question.figure].kind == "count" and (made is None or made.same_unit):
            intervals = [question.ledger.intervals[figure] for figure in question.figures]
        elif made.kind == "share" and question.against:
            intervals = [question.ledger.intervals[figure] * 100 for figure in question.figures]
        elif made.kind == "change":
            intervals = [size(made.percent.interval)]
        else:
            intervals = [made.ratio.interval * (100 if made.kind == "share" else 1)]
        if not chart.title or not all(span(one) in markup.plain(chart.description) for one in intervals):
            wrong.append((question.figures, chart.description))
    assert wrong == []


def test_every_marker_lies_on_its_bar() -> None:
    wrong = []
    for question, _, chart in map(told, range(len(ALL))):
        found = marks(chart.wide)
        for name in [name.removesuffix("-value") for name in found if name.endswith("-value")]:
            bar, dot = found[f"{name}-interval"], found[f"{name}-value"]
            if not bar.left - 0.1 <= (dot.left + dot.right) / 2 <= bar.right + 0.1:
                wrong.append((question.figures, bar, dot))
    assert wrong == []


def test_a_ratio_is_drawn_on_its_own_axis_against_no_change() -> None:
    question = Question(DATA, "arrests-change")
    labels = {box.what: box for box in texts(drawing(question, answer(question)).wide)}
    assert "times the earlier count" in labels
    one, line = ((box.left + box.right) / 2 for box in (labels["1"], labels["no change"]))
    assert line == pytest.approx(one, abs=2)
    question = Question(DATA, "orders", "offenders")
    labels = {box.what: box for box in texts(drawing(question, answer(question)).wide)}
    assert "orders per persons" in labels
    assert "no change" not in labels


def test_a_source_seen_as_an_excerpt_is_told_so() -> None:
    sources = DATA.rows["sources"]
    for read, told_so in (("excerpt", True), ("full", False)):
        figure = next(name for name, row in DATA.rows["figures"].items() if sources[row.source].read == read)
        assert ("seen as an excerpt" in answer(Question(DATA, figure)).evidence) == told_so


def test_what_follows_stands_under_its_limit() -> None:
    question = Question(DATA, *RISE, EARLIER | {"window": "W2"})
    free, limited = (f"{span(entry.interval)} {entry.unit}" for entry in question.implied[::3])
    header, row = (line for line in answer(question).follows.splitlines() if "Whatever" in line or free in line)
    assert free != limited
    assert row.index(free) < row.index(limited)
    assert header.index("Whatever the pace") < header.index("at most 3 times apart")


def test_what_came_before_stands_above_with_the_break_between() -> None:
    question = Question(DATA, *RISE)
    chart = drawing(question, answer(question))
    found, labels = marks(chart.wide), {box.what: box for box in texts(chart.wide)}
    before, after = (found[f"explore-{row}-0-interval"] for row in range(2))
    assert (before.stroke, after.stroke) == (PALETTE["before"], PALETTE["after"])
    assert labels["6,500 to 7,500"].middle == pytest.approx(before.middle, abs=6)
    assert labels["26,500 to 27,500"].middle == pytest.approx(after.middle, abs=6)
    (line,) = [box for text, box in labels.items() if text.startswith("[b] from 1 July 2023")]
    assert before.middle < line.middle < after.middle


def test_it_shows_as_its_sentence() -> None:
    found = answer(Question(DATA, *RISE))
    assert repr(found) == found.citation
    assert all(markup.to_html(part).strip()[3:-4] in found._repr_html_() for part in (found.headline, *found.caveats))


# --- the verdict ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scenario", [{}, EARLIER, HALF])
def test_the_verdict_is_that_of_the_programme(scenario: dict[str, str]) -> None:
    assert Question(DATA, *RISE, scenario).verdict == verdict(component(DATA, "offenders"), scenario)


def test_a_clash_is_named_with_how_far_it_is_off() -> None:
    # Ten months hold at most 7,500 + 27,500 of the 59,500 that they must: open at one end, so the gap is 24,500.
    text = markup.plain(answer(Question(DATA, *RISE, HALF)).judgement)
    assert text.startswith(
        "Cannot hold. As the figures are read here, 7,000, 27,000, 60,000 cannot all be true: short by 24,500 persons"
    )
    assert Question(DATA, *RISE, HALF).implied == []


def test_what_follows_on_each_side_of_the_break() -> None:
    before, after, step = (entry.interval for entry in Question(DATA, *RISE, EARLIER).implied[:3])
    assert (before.low, before.high) == (59_500 - 27_500, 60_500 - 26_500)
    assert (after.low, after.high) == (26_500, 27_500)
    # The more in July to October, the less is left for the 181 days before: the ends belong together.
    assert step.low == pytest.approx((26_500 / 123) / (34_000 / 181), abs=1e-6)
    assert step.high == pytest.approx((27_500 / 123) / (32_000 / 181), abs=1e-6)


def test_the_limit_on_unevenness_narrows_what_follows() -> None:
    free, limited = (entry.interval for entry in Question(DATA, *RISE, EARLIER).implied[::3])
    assert free.low <= limited.low <= limited.high < free.high


def test_without_a_break_nothing_is_split_at_it() -> None:
    assert SOME.break_date is None
    assert Question(SOME, "visits-2021", "visits-2020").implied == []


def test_the_least_unevenness_is_never_printed_too_large() -> None:
    scenarios = [scenario for scenario in component(DATA, "offenders").scenarios() if scenario]
    rounded_up = 0
    for scenario in scenarios:
        question = Question(DATA, *RISE, scenario)
        least = question.verdict.unevenness
        printed = re.search(r"is ([\d.]+) times the slowest", answer(question).judgement)
        if printed:
            assert Fraction(printed[1]) <= least < Fraction(printed[1]) + Fraction(1, 10)
            rounded_up += round(least, 1) > least
    assert rounded_up  # a number rounded to the nearest would be too large for some


def test_what_follows_is_told_of_the_whole_that_is_asked_about() -> None:
    whole = {"start": days(0, 99)[0], "end": days(0, 99)[1]}
    ledger = make(
        [
            figure("a-all", Interval(500, 550), **whole),
            figure("b-all", Interval(200, 220), **whole) | {"measure": "b"},
            figure("twice", Interval(2, 3), **whole, kind="multiple", base_measure="b")
            | {"base_start": whole["start"], "base_end": whole["end"], "measure": "a", "value": 2},
        ],
        measures=("a", "b"),
        turn=days(50, 50)[0],
    )
    asked = {name: component(ledger, name).measures for name in ("a", "b")}
    assert asked == {"a": ("a", "b"), "b": ("a", "b")}
    assert {name: Question(ledger, f"{name}-all").implied[0].quantity for name in ("a", "b")} == {"a": "a", "b": "b"}


def test_what_is_not_tested_is_said() -> None:
    assert "Left out, for want of a whole period: 7,000" in markup.plain(answer(Question(DATA, *RISE)).judgement)
    assert "Nothing to test" in answer(Question(DATA, "arrests-change")).judgement
    assert "dispute" in answer(Question(SOME, "readers-council")).judgement


def test_a_reading_there_is_not_is_refused() -> None:
    with pytest.raises(ScenarioError, match="R9"):
        answer(Question(DATA, *RISE, {"baseline": "R9"}))


def test_the_drawing_is_made_again_only_when_it_changes() -> None:
    asked = [Question(DATA, *RISE, scenario) for scenario in (EARLIER, EARLIER | {"window": "W2"}, HALF)]
    first, same, other = (drawing(one, answer(one)) for one in asked)
    assert first is same
    assert first is not other


def test_two_shares_compare_in_words_and_in_a_chart() -> None:
    question = Question(DATA, *SHARES)
    assert question.comparison.difference.unit == "percentage points"
    # 64% is at least 63.5, and at most 30% is 30 or less.
    assert question.comparison.ratio.interval.low == Fraction(635, 300)
    assert "2.11 times or more as large a share" in said(DATA, *SHARES)
    assert "63.5 to 64.5%" in drawing(question, answer(question)).alt

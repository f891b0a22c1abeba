"""Components, scenarios, disputes and readings."""

from __future__ import annotations

from datetime import date

import pytest
from reason.small import CORE, days, figure, make, tens

from helpers.figures.interval import Interval
from helpers.package.schema import Dispute
from helpers.reason.programme import programme
from helpers.reason.scenario import ScenarioError, component, components, whole
from helpers.reason.verdict import verdicts


def test_components_follow_parts_bases_and_readings():
    figures = [
        figure("f", 1, *tens(0)),
        figure("g", 1, *tens(0), measure="c"),
        figure("h", 2, *tens(1), measure="d", kind="multiple", versus="g"),
        figure(
            "i", 3, *tens(1), measure="e", versus="f"
        ),  # a count: compared, but not bound to what it is compared with
    ]
    readings = [{"question": "q", "reading": "x", "figure": "g", "measure": "f"}]
    small = make(figures, ["a", ("b", "a"), "c", "d", "e", "f", "empty"], readings)
    assert [part.measures for part in components(small)] == [("a", "b"), ("c", "d", "f"), ("e",)]
    assert component(small, "d").measures == ("c", "d", "f")
    assert component(small, "d", "a").measures == ("a", "b", "c", "d", "f")
    assert component(small, "empty").figures == {}
    with pytest.raises(ScenarioError, match="`none` for `measure`"):
        component(small, "none")


def test_questions_of_other_components_do_not_multiply():
    figures = [figure("f", 1, *tens(0)), figure("g", 1, *tens(0), measure="b")]
    readings = [
        {"question": "p", "reading": "1", "figure": "f", "period_end": tens(1)[1]},
        {"question": "p", "reading": "2", "figure": "g", "period_end": tens(1)[1]},
        {"question": "q", "reading": "3", "figure": "g", "period_start": tens(0)[0]},
        {"question": "q", "reading": "4", "figure": "g", "measure": "b"},
    ]
    small = make(figures, ["a", "b"], readings)
    assert component(small, "a").scenarios() == [{}, {"p": "1"}, {"p": "2"}]
    assert len(component(small, "b").scenarios()) == len(whole(small).scenarios()) == 1 + 2 * 2
    assert [verdict.scenario for verdict in verdicts(small)][:3] == component(small, "a").scenarios()


def test_two_sides_of_a_dispute_are_never_imposed_together():
    figures = [figure("x", 10, *tens(0)), figure("y", 20, *tens(0)), figure("z", 30, *days(0, 19))]
    small = make(figures, disputes=["xy"])
    assert whole(small).scenarios() == [{"dispute:x|y": "x"}, {"dispute:x|y": "y"}]
    one, other = verdicts(small)
    assert one.without_readings
    assert other.without_readings
    assert (one.feasible, one.figures) == (True, ("x", "z"))
    assert (other.feasible, other.figures) == (True, ("y", "z"))
    rest = [programme(whole(small), scenario).total("a", *tens(1)) for scenario in whole(small).scenarios()]
    assert rest == [Interval.exact(20), Interval.exact(10)]
    assert programme(whole(small), {}).figures == ("z",)


def test_a_dispute_joins_every_scenario():
    figures = [figure("x", 10, *tens(0)), figure("y", 20, *tens(0))]
    readings = [{"question": "q", "reading": "one", "figure": "x", "period_end": tens(1)[1]}]
    sides = [{"dispute:x|y": side} for side in "xy"]
    assert whole(make(figures, readings=readings, disputes=["xy"])).scenarios() == [
        *sides,
        *({"q": "one"} | side for side in sides),
    ]


def test_disputes_that_share_a_figure_are_one_question():
    figures = [
        figure("a", 1, *tens(0)),
        figure("b", 2, *tens(0)),
        figure("c", 1, *tens(0)),
        figure("d", 1, *tens(5)),
        figure("e", 2, *tens(5)),
    ]
    found = whole(make(figures, disputes=["ba", "cb", "ed"])).disputes
    assert {name: list(sides) for name, sides in found.items()} == {
        "dispute:a|b|c": ["b", "a+c"],
        "dispute:d|e": ["d", "e"],
    }
    assert found["dispute:a|b|c"]["a+c"] == {"a", "c"}


# --- errors --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scenario", "message"),
    [
        ({"baseline": "R9"}, r"`R9` for `baseline`. Use one of: R1, R2, R3, R4, R5, R6\."),
        ({"season": "S1"}, "There is no such question"),
        ({"dispute:a|b": "a"}, "There is no such question"),
    ],
    ids=["reading", "question", "dispute"],
)
def test_unknown_readings_are_refused(scenario, message):
    with pytest.raises(ScenarioError, match=message):
        whole(CORE).reread(scenario)


def test_readings_that_contradict_each_other_are_refused():
    readings = [
        {"question": question, "reading": "x", "figure": "f", "period_end": end}
        for question, end in (("p", tens(1)[1]), ("q", tens(2)[1]), ("r", date(2020, 1, 1)))
    ]
    small = make([figure("f", 1, *tens(0))], readings=readings)
    with pytest.raises(ScenarioError, match="q x, f, `period_end` = 2021-01-30: another question"):
        whole(small).reread({"p": "x", "q": "x"})
    with pytest.raises(ScenarioError, match="`period_end` = 2020-01-01: lies before"):
        whole(small).reread({"r": "x"})


def test_the_readings_of_a_dispute_are_its_sides_however_many_figures_they_hold():
    # Ten against ten, and one of them in a dispute with an eleventh: three sets, found without trying all subsets.
    names = [*(f"a{n}" for n in range(10)), *(f"b{n}" for n in range(10)), "c"]
    small = make([figure(name, 1, *tens(0)) for name in names])
    sides = [("p", name[0], name) for name in names if name != "c"] + [("q", "b", "b0"), ("q", "c", "c")]
    rows = [Dispute(dispute=dispute, side=side, figure=name) for dispute, side, name in sides]
    small.__dict__["rows"] = small.rows | {"disputes": tuple(rows)}
    ((question, found),) = whole(small).disputes.items()
    assert question == "dispute:" + "|".join(names)
    first, second = set(names[:10]), set(names[10:20])
    assert set(found.values()) == {frozenset(first | {"c"}), frozenset(second), frozenset(second - {"b0"} | {"c"})}


def test_readings_and_sides_in_words():
    printed = [figure(name, 10, *tens(0), printed=name.upper(), value=10) for name in "xyz"]
    readings = [{"question": "q", "reading": "r", "label": "read so", "figure": "z", "measure": "a"}]
    part = whole(make(printed, readings=readings, disputes=["xy"]))
    assert part.label("q", "r") == "read so"
    assert part.label("dispute:x|y", "y") == "taking Y"
    joint = [{"dispute": "d", "side": side, "figure": one} for side, one in (("1", "x"), ("1", "y"), ("2", "z"))]
    sides = whole(make(printed).with_rows(disputes=tuple(Dispute.model_construct(**row) for row in joint)))
    ((question, readings),) = sides.disputes.items()
    assert {sides.label(question, reading) for reading in readings} == {"taking X and Y", "taking Z"}


def test_a_count_of_ones_own_is_imposed_beside_the_others():
    part = whole(make([figure("x", 10, *tens(0))]))
    more = part.imposing("y", "a", *tens(1), Interval.exact(5))
    assert programme(more, {}).total("a", *days(0, 19)) == Interval.exact(15)
    with pytest.raises(ScenarioError, match="Could not impose `x` on `a`: a figure has that id"):
        part.imposing("x", "a", *tens(1), Interval.exact(5))
    with pytest.raises(ScenarioError, match="Could not impose `y` on `b`: use a measure of: a"):
        part.imposing("y", "b", *tens(1), Interval.exact(5))


def test_the_nature_of_a_measure_decides_how_it_adds_up():
    natures = {"a": "flow", "b": "distinct", "c": "stock"}
    small = make([figure("x", 10, *tens(0))], list(natures))
    measures = {id: row.model_copy(update={"nature": natures[id]}) for id, row in small.rows["measures"].items()}
    ledger = small.with_rows(measures=measures)
    vars(ledger)["intervals"] = small.intervals
    part = whole(ledger)
    assert (part.distinct, part.stocks) == ({"b"}, {"c"})


def test_a_part_of_persons_counted_once_stays_within_its_whole():
    small = make([figure("w", 10, *days(0, 19)), figure("v", 7, *tens(0))], ["a", ("b", "a")])
    made = programme(whole(small).counting_distinct("a", "b"), {})
    assert made.total("b", *days(0, 19)) == Interval(0, 10)
    assert made.total("b", *tens(0)) == Interval(0, 7)


def test_a_dispute_is_named_in_the_order_of_the_table():
    figures = [figure(name, at, *tens(0)) for at, name in enumerate("cba", 1)]
    found = whole(make(figures, disputes=["bc", "ba"])).disputes
    assert {question: list(sides) for question, sides in found.items()} == {"dispute:c|b|a": ["b", "c+a"]}

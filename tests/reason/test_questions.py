"""What each answer would leave and imply, against the scenarios counted by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction as F

from reason.small import CORE, figure, make, tens
from reason.test_programme import FAILS, HOLDS

from helpers.figures.interval import Interval
from helpers.reason.outcome import outcomes
from helpers.reason.questions import enquiry
from helpers.reason.scenario import component, whole

OFFENDERS = component(CORE, "offenders")
ASKED = enquiry(OFFENDERS, {"scope": "S1"})


def answer(question, reading, asked=ASKED):
    (found,) = [each for each in asked.answers[question] if each.reading == reading]
    return found


def test_every_answer_leaves_the_scenarios_that_agree_with_it():
    assert len(ASKED.cases) == len(HOLDS)
    assert len(outcomes(OFFENDERS, {"scope": "S1"})) < len(HOLDS) + len(FAILS)
    for question, place in (("baseline", 0), ("window", 1)):
        for each in ASKED.answers[question]:
            left = [names for names in HOLDS if names[place] == each.reading]
            assert (len(each.cases), each.ruled_out) == (len(left), len(HOLDS) - len(left))
    assert "scope" not in ASKED.answers


def test_what_follows_holds_whatever_else_is_answered():
    # To 31 October the ratio is least with R1 and R2, where January to June is largest; R4 has no upper end.
    october = answer("window", "W1").implied[None]
    assert october.before == Interval(0, 34000, high_open=True)
    assert (october.ratio.low, october.ratio.low_open) == (F(26500 * 181, 123 * 34000), True)
    # January to June as its own figure has it, whatever the rest.
    assert answer("baseline", "R3").implied[None].before == Interval(6500, 7500, high_open=True)


def test_the_sharpest_answer_rules_out_most_and_leaves_something():
    assert ASKED.sharpest.ruled_out == max(
        each.ruled_out for answers in ASKED.answers.values() for each in answers if each.possible
    )
    assert (ASKED.sharpest.reading, ASKED.sharpest.ruled_out) == ("R3", len(HOLDS) - 1)


def test_an_answer_the_figures_contradict_leaves_nothing_and_is_not_the_sharpest():
    readings = [
        {"question": "q", "reading": name, "label": name, "figure": "x", "period_end": tens(n)[1]}
        for name, n in (("short", 0), ("long", 1))
    ]
    figures = [figure("x", 12, tens(0)[0]), figure("y", 10, tens(0)[0], tens(0)[1])]
    asked = enquiry(whole(make(figures, readings=readings)))
    assert [(each.reading, each.possible) for each in asked.answers["q"]] == [("short", False), ("long", True)]
    assert answer("q", "short", asked).implied[None] == (None, None, None)
    assert asked.sharpest.reading == "long"
    assert asked.sharpest.ruled_out == 0


def test_all_questions_of_the_articles_are_asked():
    asked = enquiry(OFFENDERS)
    assert {question: [each.label for each in answers] for question, answers in asked.answers.items()}["scope"] == [
        "the same thing as the total of the year",
        "something narrower than the total of the year",
    ]
    # A narrower measure can hold with every reading of the rest.
    assert answer("scope", "S2", asked).ruled_out == len(HOLDS)
    assert answer("scope", "S1", asked).cases[0].split.before == (date(2023, 1, 1), date(2023, 6, 30))


def test_no_limit_is_put_on_days_that_do_not_add_up():
    once = enquiry(OFFENDERS.counting_distinct("offenders"), {"scope": "S1", "window": "W1"})
    assert once.implied[3] == once.implied[None]
    assert len(once.cases) == len([names for names in HOLDS if names[1] == "W1"])

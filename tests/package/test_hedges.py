"""Hedges and directions: a row drafted from a sentence and the check of the same sentence read them alike."""

from __future__ import annotations

import pytest

from helpers.drafts import spoken
from helpers.package import numerals
from helpers.package.drafts import drafted

_SENTENCES = {
    "en": "{} 75,000 people called.",
    "ru": "Позвонили {} 75 000 человек.",
    "kk": "Полицияға {} 75 000 адам келді.",
}
_BEFORE = {
    "en": {
        "at least": ["at least", "no less than", "no fewer than", "not less than", "a minimum of", "at\nleast"],
        "at most": ["at most", "no more than", "not more than", "a maximum of", "did not exceed"],
        "fewer than": ["fewer than", "less than", "under", "below"],
        "more than": ["more than", "upwards of"],
        "over": ["over", "above", "just over", "exceeded"],
        "up to": ["up to", "as many as"],
        "almost": ["almost", "nearly", "close to", "just under", "just short of"],
        "about": ["about", "around", "some", "roughly", "approximately", "circa", "an estimated", "by around"],
        "exactly": ["exactly", "precisely"],
    },
    "ru": {
        "at least": ["не менее", "не меньше", "не менее чем", "минимум", "как минимум", "по меньшей мере"],
        "at most": ["не более", "не больше", "не более чем", "максимум", "не превышает"],
        "fewer than": ["менее", "меньше", "менее чем"],
        "more than": ["более", "больше", "более чем"],
        "over": ["свыше", "превысило"],
        "up to": ["до"],
        "almost": ["почти", "чуть менее"],
        "about": ["около", "примерно", "порядка", "приблизительно"],
        "exactly": ["ровно"],
    },
    "kk": {
        "at least": ["кемінде", "кем дегенде", "ең кемі"],
        "at most": ["ең көбі", "көп дегенде"],
        "about": ["шамамен"],
        "exactly": ["дәл"],
    },
}
_AFTER = [
    ("en", "There were 75,000 or more calls.", "at least"),
    ("en", "There were 75,000 or fewer calls.", "at most"),
    ("en", "There were 75,000 or so calls.", "about"),
    ("kk", "Былтыр 75 000-ға жуық арыз түсті.", "about"),
    ("kk", "Былтыр 75 000-ға таяу арыз түсті.", "about"),
    ("kk", "Былтыр 75 мыңға жуық арыз түсті.", "about"),
    ("kk", "Былтыр 75 мың адамға жуық арыз берді.", "about"),
    ("kk", "Былтыр 75 мыңнан астам арыз түсті.", "over"),
    ("kk", "Былтыр 75 мың адамнан астам арыз берді.", "over"),
    ("kk", "Былтыр 75 мыңнан артық арыз түсті.", "more than"),
    ("kk", "Былтыр 75 мыңнан кем арыз түсті.", "fewer than"),
    ("kk", "Былтыр 75 мыңнан кем емес арыз түсті.", "at least"),
    ("kk", "Былтыр 75 мыңнан аспайтын арыз түсті.", "at most"),
    ("kk", "Былтыр 75 мың дерлік арыз түсті.", "almost"),
]
_MOVES = {
    "en": {
        1: ["rose", "grew", "soared", "surged", "jumped", "climbed", "increased", "gained"],
        -1: ["fell", "dropped", "slipped", "slumped", "plunged", "declined", "shrank"],
    },
    "ru": {
        1: ["выросло", "увеличилось", "повысилось", "возросло"],
        -1: ["снизилось", "сократилось", "упало", "уменьшилось"],
    },
    "kk": {1: ["өсті", "көбейді", "артты"], -1: ["азайды", "кеміді", "төмендеді", "қысқарды"]},
}
_MOVED = {"en": "The number {} by {} 20% there.", "ru": "Число {} на {} 20% там.", "kk": "Саны{1} 20 пайызға {0}."}
_HEDGED = {"en": ["", "an estimated", "no less than", "up to"], "ru": ["", "не меньше чем", "почти"], "kk": [""]}


def _both(sentence: str, language: str) -> tuple[dict[str, str], spoken.Said]:
    """The row drafted from a sentence of one number, and how the check reads that number."""
    (row,) = [row for table, row in drafted("x", sentence, language, [], set()) if table == "figures"]
    (span,) = numerals.find(sentence, language)
    said = spoken.read(sentence, *span, language)
    assert said is not None
    return row, said


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_drafting_and_checking_read_each_hedge_alike(language: str) -> None:
    expected = [
        (_SENTENCES[language].format(words), name) for name, table in _BEFORE[language].items() for words in table
    ]
    expected += [(sentence, name) for spoken_in, sentence, name in _AFTER if spoken_in == language]
    expected.append((_SENTENCES[language].format(""), ""))
    found = [(sentence, *_both(sentence, language)) for sentence, _ in expected]
    assert [(sentence, said.qualifier) for sentence, _, said in found] == expected
    # A row has no word for "exactly": its number is as printed.
    assert [(sentence, row["qualifier"]) for sentence, row, _ in found] == [
        (sentence, "" if name == "exactly" else name) for sentence, name in expected
    ]
    # No word of a hedge tells of a rise or a fall, as "less" in "no less than" would.
    assert {(row["kind"], said.sign) for _, row, said in found} == {("count", 0)}


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_drafting_and_checking_read_each_direction_alike(language: str) -> None:
    for sign, verbs in _MOVES[language].items():
        for verb in verbs:
            for hedge in _HEDGED[language]:
                sentence = " ".join(_MOVED[language].format(verb, hedge).split())
                row, said = _both(sentence, language)
                assert (row["kind"], row["value"], said.sign, said.role) == (
                    "change",
                    str(20 * sign),
                    sign,
                    "change",
                ), sentence


@pytest.mark.parametrize("sentence", ["Число дел снизилось до 12 в январе.", "Число дел выросло с восьми до 12."])
def test_a_level_that_a_change_went_to_is_no_limit(sentence: str) -> None:
    start = sentence.index("12")
    said = spoken.read(sentence, start, start + 2, "ru")
    rows = {row["printed"]: row for _, row in drafted("x", sentence, "ru", [], set()) if "printed" in row}
    assert said is not None
    assert (said.qualifier, rows["12"]["qualifier"], said.mark) == ("", "", "to")


def test_an_ending_before_a_hedge_is_no_level() -> None:
    row, said = _both("Бағалар 20 пайыздан астам өсті.", "kk")
    assert (row["kind"], row["value"], row["qualifier"]) == ("change", "20", "over")
    assert (said.qualifier, said.sign, said.mark) == ("over", 1, "")

"""Numbers found in invented sentences with known answers, in three languages: precision and recall.

    python tests/package/test_corpus.py

prints them, with every difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from helpers.package.numerals import LANGUAGES, Found, parse, scan

CORPUS = Path(__file__).with_name("numbers.txt")
MARK = re.compile(r"\{([^|}]*)\|([^}]*)\}")
SUFFIXES = {"percent": "%", "points": "pp", "number": "", "multiple": "", "share": ""}
Answer = tuple[int, int, str]


def sentences() -> Iterator[tuple[str, str, set[Answer]]]:
    """Language, sentence and what it holds; of what is marked "no" nothing is asked, and nothing must be found."""
    language = ""
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            language = line.strip("[]")
        elif line and not line.startswith("#"):
            text, answers, last = "", set(), 0
            for mark in MARK.finditer(line):
                text += line[last : mark.start()]
                if mark[2] != "no":
                    answers.add((len(text), len(text) + len(mark[1]), normal(mark[2])))
                text, last = text + mark[1], mark.end()
            yield language, text + line[last:], answers


def normal(answer: str) -> str:
    """One spelling for each answer: fractions for decimals."""
    return re.sub(r"\d+\.\d+|\d+/\d+", lambda number: str(Fraction(number[0])), answer)


def said(found: Found) -> str:
    """What was found, as the corpus writes it."""
    numeral = found.numeral
    if not numeral or found.date:
        return "date"
    ends = str(numeral.value) + (f"..{numeral.value_to}" if numeral.value_to else "")
    before = {"multiple": "x", "share": "s"}.get(numeral.form, ">=" if numeral.limit else "")
    return f"{before}{ends}{SUFFIXES[numeral.form]}"


def measure(language: str) -> tuple[float, float, list[str]]:
    """Precision, recall and the differences in one language."""
    right = found = asked = 0
    differences = []
    for tongue, text, answers in sentences():
        if tongue != language:
            continue
        made = {(one.start, one.end, said(one)) for one in scan(text, language)}
        right, found, asked = right + len(made & answers), found + len(made), asked + len(answers)
        for mark, some in (("+", made - answers), ("-", answers - made)):
            differences += [f"{mark} {text[start:end]!r} {answer}: {text}" for start, end, answer in sorted(some)]
    return right / found, right / asked, differences


@pytest.mark.parametrize("language", LANGUAGES)
def test_precision_and_recall(language: str) -> None:
    precision, recall, differences = measure(language)
    assert min(precision, recall) >= 0.97, "\n".join(differences)


def test_the_corpus_is_large_enough() -> None:
    assert len(list(sentences())) >= 200


def test_what_is_found_can_be_read() -> None:
    for language, text, _ in sentences():
        for found in scan(text, language):
            printed = text[found.start : found.end]
            assert found.date is not None or found.numeral is None or parse(printed, language) == found.numeral, printed


if __name__ == "__main__":
    for one in LANGUAGES:
        precision, recall, differences = measure(one)
        print(f"{one}: precision {precision:.3f}, recall {recall:.3f}", *differences, sep="\n  ")

"""Numbers found in invented sentences with known answers, in three languages: precision and recall.

    python tests/package/test_corpus.py

prints them, with every difference. `numbers.txt` was written beside the grammar and asks for exact spans; `blind.txt`
was written by somebody who had not seen it, and says how the first run went.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from helpers.package.numerals import LANGUAGES, Found, scan, stated

CORPORA = ("numbers", "blind")
MARK = re.compile(r"\{([^|}]*)\|([^}]*)\}")
SUFFIXES = {"percent": "%", "points": "pp", "number": "", "multiple": "", "share": ""}
Answer = tuple[int, int, str]


def sentences(corpus: str) -> Iterator[tuple[str, str, set[Answer]]]:
    """Language, sentence and what it holds; of what is marked "no" nothing is asked, and nothing must be found."""
    language = ""
    for line in Path(__file__).with_name(f"{corpus}.txt").read_text(encoding="utf-8").splitlines():
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


def answered(made: set[Answer], answers: set[Answer], corpus: str) -> set[tuple[Answer, Answer]]:
    """What was found with the answer that it gives, each once."""
    pairs: set[tuple[Answer, Answer]] = set()
    for found in sorted(made):
        taken = {answer for _, answer in pairs}
        overlap = (
            one
            for one in sorted(answers - taken)
            if one[2] == found[2] and (one == found if corpus == "numbers" else one[0] < found[1] and found[0] < one[1])
        )
        pairs |= {(found, one) for one in list(overlap)[:1]}
    return pairs


def measure(corpus: str, language: str) -> tuple[float, float, list[str]]:
    """Precision, recall and the differences in one language."""
    right = found = asked = 0
    differences = []
    for tongue, text, answers in sentences(corpus):
        if tongue != language:
            continue
        made = {(one.start, one.end, said(one)) for one in scan(text, language)}
        pairs = answered(made, answers, corpus)
        right, found, asked = right + len(pairs), found + len(made), asked + len(answers)
        for mark, some in (("+", made - {one for one, _ in pairs}), ("-", answers - {one for _, one in pairs})):
            differences += [f"{mark} {text[start:end]!r} {answer}: {text}" for start, end, answer in sorted(some)]
    return right / found, right / asked, differences


@pytest.mark.parametrize("corpus", CORPORA)
@pytest.mark.parametrize("language", LANGUAGES)
def test_precision_and_recall(corpus: str, language: str) -> None:
    precision, recall, differences = measure(corpus, language)
    assert min(precision, recall) >= 0.97, "\n".join(differences)


def test_the_corpora_are_large_enough() -> None:
    assert all(len(list(sentences(corpus))) >= 200 for corpus in CORPORA)


def test_what_is_found_can_be_read() -> None:
    for language, text, _ in (each for corpus in CORPORA for each in sentences(corpus)):
        for found in scan(text, language):
            printed = text[found.start : found.end]
            read = found.date is not None or found.numeral is None or stated(printed, text, language) == found.numeral
            assert read, printed


if __name__ == "__main__":
    for corpus, one in ((corpus, one) for corpus in CORPORA for one in LANGUAGES):
        precision, recall, differences = measure(corpus, one)
        print(f"{corpus}, {one}: precision {precision:.3f}, recall {recall:.3f}", *differences, sep="\n  ")

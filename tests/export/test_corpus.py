"""A corpus of notebooks exported both ways: no word or number is lost without being told, and none shows that should
not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from export.corpus import CASES, Case, everything
from export.test_typst import elements
from pypdf import PdfReader

from helpers.export.html import BriefingHTML
from helpers.export.losses import ExportError
from helpers.export.typst import BriefingPDF

MARK = re.compile(r"case(\d{3})begins")


@dataclass(frozen=True)
class Shown:
    """What both exports show, by case, without white space; the pictures and the kinds of losses of each."""

    sections: dict[int, str]
    spaced: dict[int, str]
    whole: str
    pictures: dict[int, int]
    losses: dict[int, list[str]]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def by_case(lines: list[str]) -> dict[int, list[str]]:
    """The kinds of losses, by the case whose cells they name."""
    owner, cell = {}, 1
    for number, case in enumerate(CASES):
        for at in range(cell + 1, cell + 2 + len(case.cells)):
            owner[at] = number
        cell += 1 + len(case.cells)
    found: dict[int, list[str]] = {}
    for line in lines:
        number, kind = re.fullmatch(r"Cell (\d+), ([^:]+): .+\.", line).groups()
        found.setdefault(owner[int(number)], []).append(kind)
    return found


def sections(text: str) -> dict[int, str]:
    parts = MARK.split(text)
    return {int(number): " ".join(part.split()) for number, part in zip(parts[1::2], parts[2::2], strict=True)}


def shown(text: str, pictures: dict[int, int], resources: dict[str, Any]) -> Shown:
    spaced = sections(text)
    whole = {number: squeezed(part) for number, part in spaced.items()}
    return Shown(whole, spaced, squeezed(text), pictures, by_case(resources["losses"]))


@cache
def page() -> Shown:
    text, resources = BriefingHTML().from_notebook_node(everything())
    main = BeautifulSoup(text, "html.parser").main
    pictures, number = dict.fromkeys(range(len(CASES)), 0), 0
    for tag in main.find_all(["h2", "img"]):
        if tag.name == "h2":
            found = MARK.search(tag.get_text())
            number = int(found[1]) if found else number
        else:
            pictures[number] += 1
    return shown(main.get_text(), pictures, resources)


@cache
def printed() -> tuple[bytes, dict[str, Any]]:
    return BriefingPDF(machine_fonts=False).from_notebook_node(everything())


@cache
def paper() -> Shown:
    pdf, resources = printed()
    reader = PdfReader(BytesIO(pdf))
    # The running head and foot stand between the lines of a section that breaks.
    text = "\n".join(one.extract_text() for one in reader.pages)
    return shown(text, {}, resources)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_a_notebook_says_both_exports_say_or_name_as_lost(case: Case) -> None:
    number = CASES.index(case)
    for shown, more in ((page(), ()), (paper(), case.pdf_losses)):
        section = shown.whole if "footnote" in case.tags else shown.sections[number]
        assert [word for word in map(squeezed, case.shown.split()) if word not in section] == []
        assert [word for word in map(squeezed, case.gone.split()) if word in shown.sections[number]] == []
        assert [phrase for phrase in case.phrases if phrase not in shown.spaced[number]] == []
        assert shown.losses.get(number, []) == [*case.losses, *more]
    assert page().pictures[number] == case.pictures


def test_the_pdf_holds_the_pictures_that_the_page_shows() -> None:
    pdf, _ = printed()
    alts = [str(one["/Alt"]) for one in elements(PdfReader(BytesIO(pdf))) if one["/S"] == "/Figure"]
    soup = BeautifulSoup(BriefingHTML().from_notebook_node(everything())[0], "html.parser")
    assert len(alts) == 10
    assert alts == [one.get("alt") or one["aria-label"] for one in soup.main.find_all(["img", "svg"])]


def test_nothing_runs_off_a_page() -> None:
    places, pictures = [], []
    reader = PdfReader(BytesIO(printed()[0]))
    for sheet in reader.pages:

        def word(text: str, cm: list[float], tm: list[float], *_: Any) -> None:
            if text.strip():
                places.append((tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]))

        def mark(operator: bytes, _: Any, cm: list[float], *__: Any) -> None:
            if operator == b"Do":
                pictures.append((cm[4], cm[5], cm[4] + cm[0], cm[5] + cm[3]))

        text = sheet.extract_text(visitor_text=word, visitor_operand_before=mark)
        assert max(map(len, text.splitlines())) < 160
    assert len(places) > 1_000
    assert all(0 < x < 595 and 0 < y < 842 for x, y in places)
    assert len(pictures) > 5
    assert all(0 <= x <= 595.3 and 0 <= y <= 842 for x0, y0, x1, y1 in pictures for x, y in ((x0, y0), (x1, y1)))


def test_strict_names_every_loss_at_once() -> None:
    with pytest.raises(ExportError) as refused:
        BriefingHTML(strict=True).from_notebook_node(everything())
    lines = str(refused.value).splitlines()[1:]
    assert len(lines) == sum(len(case.losses) for case in CASES)
    assert len({*lines}) == len(lines)


def test_the_same_corpus_gives_the_same_bytes() -> None:
    for exporter in (BriefingHTML, BriefingPDF):
        assert exporter().from_notebook_node(everything())[0] == exporter().from_notebook_node(everything())[0]


def test_every_id_is_there_once_and_every_link_leads_somewhere() -> None:
    text, _ = BriefingHTML().from_notebook_node(everything())
    soup = BeautifulSoup(text, "html.parser")
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len({*ids}) == len(ids)
    assert {a["href"][1:] for a in soup.find_all("a", href=re.compile("^#"))} <= {*ids}

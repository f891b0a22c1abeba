"""Sentences whose numbers are looked up: what each placeholder becomes, what is left out, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from helpers.figures.interval import Interval
from helpers.markup import dialect as markup
from helpers.package.ledger import Ledger, load
from helpers.reason.compare import Quantity, quantity
from helpers.words import template as prose
from helpers.words.template import ProseError, Text, Writer, day, number, period, printed, size, span, table

F = Fraction
INF = float("inf")
DATA = Path(__file__).resolve().parents[2] / "data"
ALL, CORE = load(DATA), load(DATA, evidence="core")
ARTICLE = "astana-times-2023-11-15"


@pytest.fixture
def writer() -> Writer:
    return Writer(ALL)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What a notebook would show."""
    outputs: list[object] = []
    monkeypatch.setattr(prose, "display", outputs.append)
    return outputs


def unescaped(line: str) -> str:
    """A line without the backslash that keeps "3.5" at its start from being a list."""
    return re.sub(r"(?<=\d)\\(?=\.)", "", line)


def changed(ledger: Ledger, table: str, row: str, **cells: object) -> Ledger:
    frame = getattr(ledger, table).copy()
    for name, value in cells.items():
        frame.at[row, name] = value
    return replace(ledger, **{table: frame})


# --- numbers and dates ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (7_000, 0, "7,000"),
        (1_234_567, 0, "1,234,567"),
        (919, 0, "919"),
        (F("4.2"), 1, "4.2"),
        (F("4.25"), 2, "4.25"),
        (F(3), 1, "3.0"),
        (F(-20), 0, "−20"),
        (F("-1234.5"), 1, "−1,234.5"),
        (0, 0, "0"),
    ],
)
def test_number(value: Fraction, places: int, text: str) -> None:
    assert number(value, places) == text


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (Interval(F(6_500), F(7_500), high_open=True), "6,500 to 7,500"),
        (Interval(F(53, 15), F(55, 13), True, True), "3.5 to 4.3"),
        (Interval.exact(53_038), "53,038"),
        (Interval(F("-20.5"), F("-19.5")), "−20.5 to −19.5"),
        (Interval(F(3), INF), "3 or more"),
        (Interval(-INF, F(3)), "3 or less"),
        (Interval(F(0), INF), "any number"),
        (Interval(-INF, INF), "any number"),
    ],
)
def test_span(interval: Interval, text: str) -> None:
    assert span(interval) == text


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        (Interval(F(1), F(2), high_open=True), Interval(F(1), F(2), high_open=True)),
        (Interval(F(-2), F(-1), low_open=True), Interval(F(1), F(2), high_open=True)),
        (Interval(F(-1), F(2)), Interval(F(0), F(2), high_open=True)),
    ],
    ids=["rise", "fall", "either"],
)
def test_size(interval: Interval, expected: Interval) -> None:
    assert size(interval) == expected


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("2017", "2017"),
        ("2023-05", "May 2023"),
        ("2023-07-01", "1 July 2023"),
        (date(2023, 11, 15), "15 November 2023"),
    ],
)
def test_day(written: str | date, text: str) -> None:
    assert day(written) == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2023-07-01", "2023-10-31", "July to October 2023"),
        ("2022-01-01", "2022-12-31", "2022"),
        ("2022-01-01", "2023-12-31", "2022 to 2023"),
        ("2023-07-01", "2023-07-31", "July 2023"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2024-02-01", "2024-02-28", "1 February to 28 February 2024"),
        ("2023-01-01", "2023-11-15", "1 January to 15 November 2023"),
        ("2022-11-01", "2023-02-28", "November 2022 to February 2023"),
        ("2022-11-15", "2023-02-27", "15 November 2022 to 27 February 2023"),
        ("2023-01-01", None, "from 1 January 2023, end not stated"),
        (None, "2023-10-31", "to 31 October 2023, start not stated"),
        (None, None, "period not stated"),
    ],
)
def test_period_in_words(start: str | None, end: str | None, text: str) -> None:
    assert period(*(day and date.fromisoformat(day) for day in (start, end))) == text


@given(start=st.dates(date(2000, 1, 1), date(2030, 1, 1)), more=st.integers(0, 900))
def test_period_reads_back(start: date, more: int) -> None:
    """Whatever is left out of the words can be put back: the period named is the one meant."""
    end = date.fromordinal(start.toordinal() + more)
    first, _, last = period(start, end).rpartition(" to ")
    ends = last.split()
    begins = (first or last).split()
    if not begins[-1].isdigit() or len(begins[-1]) < 4:
        begins.append(ends[-1])
    months = [date(2000, month, 1).strftime("%B") for month in range(1, 13)]

    def read(words: list[str], *, closing: bool) -> date:
        year, rest = int(words[-1]), words[:-1]
        month = months.index(rest[-1]) + 1 if rest else 12 if closing else 1
        if len(rest) == 2:
            return date(year, month, int(rest[0]))
        return (
            date(year, month, 1)
            if not closing
            else date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
        )

    assert (read(begins, closing=False), read(ends, closing=True)) == (start, end)


# --- figures as printed --------------------------------------------------------------------------------------------


def row(**cells: object) -> dict[str, object]:
    return {"kind": "count", "qualifier": "", "value": F(0), "printed": ""} | cells


@pytest.mark.parametrize(
    ("cells", "language", "text"),
    [
        ({"printed": "7,000", "value": F(7_000)}, "en", "7,000"),
        ({"printed": "doubled", "value": F(2), "kind": "multiple"}, "en", "doubled"),
        ({"printed": "60 per cent", "value": F("0.6"), "kind": "share"}, "en", "60 per cent"),
        ({"printed": "53 038", "value": F(53_038)}, "ru", "53,038"),
        ({"printed": "20 тысяч", "value": F(20_000)}, "ru", "20,000"),
        ({"printed": "17,5 мың", "value": F(17_500)}, "kk", "17,500"),
        ({"printed": "42,5%", "value": F("0.425"), "kind": "share"}, "ru", "42.5%"),
        ({"printed": "64 пайыз", "value": F("0.64"), "kind": "share"}, "kk", "64%"),
        ({"printed": "18,6%", "value": F("-18.6"), "kind": "change"}, "ru", "18.6%"),
        ({"printed": "екі", "value": F(2), "kind": "multiple"}, "kk", "2 times"),
        ({"printed": "2,5 есе", "value": F("2.5"), "kind": "multiple"}, "kk", "2.5 times"),
    ],
)
def test_figure_as_printed(cells: dict[str, object], language: str, text: str) -> None:
    assert printed(row(**cells), language) == text


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ({"printed": "42,25%", "value": F("0.4225"), "kind": "share"}, "42.25%"),
        ({"printed": "20,0%", "value": F(-20), "kind": "change"}, "20.0%"),
        ({"printed": "1,25 раза", "value": F("1.25"), "kind": "multiple"}, "1.25 times"),
    ],
    ids=["share", "printed zero", "multiple"],
)
def test_figure_in_another_language_keeps_its_decimals(cells: dict[str, object], text: str) -> None:
    assert printed(row(**cells), "ru") == text


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("qualifier", ["over", "almost", "about"])
def test_qualifier_is_printed(qualifier: str, language: str) -> None:
    assert printed(row(printed="10,000", value=F(10_000), qualifier=qualifier), language) == f"{qualifier} 10,000"


# --- placeholders --------------------------------------------------------------------------------------------------

SOURCE = "[The Astana Times, 15 November 2023](#s-astana-times-2023-11-15 "


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{orders}", "[75,000](#f-orders)"),
        ("{orders:cap}", "[75,000](#f-orders)"),
        ("{arrests-change}", "[doubled](#f-arrests-change)"),
        ("{arrests-change:cap}", "[Doubled](#f-arrests-change)"),
        ("{court-arrests-2022}", "[over 10,000](#f-court-arrests-2022)"),
        ("{court-arrests-2022:cap}", "[Over 10,000](#f-court-arrests-2022)"),
        ("{reconciled-share-2022}", "[42.5%](#f-reconciled-share-2022)"),
        ("{orders:interval}", "[74,500 to 75,500](#f-orders)"),
        ("{arrests-change:interval}", "[1.75 to 2.25](#f-arrests-change)"),
        ("{serious-change:interval}", "[−12.5 to −11.5%](#f-serious-change)"),
        ("{serious-change:size}", "[11.5 to 12.5%](#f-serious-change)"),
        ("{reconciled-share:interval}", "[45 to 55%](#f-reconciled-share)"),
        ("{orders:period}", "January to October 2023"),
        ("{brought-before:period}", "period not stated"),
        ("{reports-change:base}", "January to October 2022"),
        ("{orders:by}", "name lost in the text"),
        ("{orders:label}", "protective orders"),
        ("{orders:words}", "[“75,000 protective orders issued against them”]{.words}"),
        ("{reconciled-2022:words}", "[“а именно, 20 тысяч из 47”]{.words lang=ru}"),
        ("{reform}", "[1 July 2023](#e-reform)"),
        ("{amendments-july}", "[July 2023](#e-amendments-july)"),
        ("{council-2022}", "[2022](#e-council-2022)"),
        ("{staffing}", "[date not stated](#e-staffing)"),
        ("{reform:year}", "2023"),
        ("{reform:by}", "name lost in the text"),
        ("{staffing:label}", "[more staff for the police units concerned](#e-staffing)"),
        ("{staffing:words}", "[[“reinforced staffing levels in relevant police units”]{.words}](#e-staffing)"),
        ("{reported}", "[reported]{.label-reported}"),
        ("{worked-out}", "[worked out]{.label-worked}"),
        ("{depends}", "[depends on a reading]{.label-reading}"),
        ("{b}", r"[\[b\]]{.mark}"),
        ("{e}", r"[\[e\]]{.mark}"),
        ("{x}", r"[\[x\]]{.mark}"),
        ("of {orders} orders, {{as written}}", "of [75,000](#f-orders) orders, {as written}"),
        ("no placeholder", "no placeholder"),
    ],
)
def test_placeholder(writer: Writer, template: str, expected: str) -> None:
    assert unescaped(writer.line(template)) == expected


@pytest.mark.parametrize("template", [f"{{{ARTICLE}}}", "{orders:source}"])
def test_placeholder_of_a_source(writer: Writer, template: str) -> None:
    assert writer.line(template).startswith(SOURCE)


def test_source_carries_its_reference(writer: Writer) -> None:
    link = BeautifulSoup(markup.to_html(writer.line(f"{{{ARTICLE}}}")), "html.parser").a
    assert "President Urges Law Enforcement Agencies" in link["title"]


RISE = Quantity(
    Interval(F(53, 15), F(55, 13), True, True),
    "{brought-after} ÷ {brought-before}",
    ("brought-after", "brought-before"),
)
FALL = Quantity(Interval(F("-20.5"), F("-19.5")), "{reports-change}", ("reports-change",))


@pytest.mark.parametrize(
    ("template", "marks", "expected"),
    [
        ("{rise}", (), "[3.5 to 4.3](#w-rise)"),
        ("{rise:times}", (), "[3.5 to 4.3 times](#w-rise)"),
        ("{rise:%}", (), "[3.5 to 4.3%](#w-rise)"),
        ("{rise:times}", ("[b]", "[e]"), r"[3.5 to 4.3 times](#w-rise) [\[b\]]{.mark} [\[e\]]{.mark}"),
    ],
)
def test_placeholder_of_a_number_worked_out(
    writer: Writer, template: str, marks: tuple[str, ...], expected: str
) -> None:
    writer.work("rise", RISE, "label", *marks)
    assert unescaped(writer.line(template)) == expected


@pytest.mark.parametrize(
    ("spec", "expected"), [("size", "19.5 to 20.5"), ("size%", "19.5 to 20.5%"), ("", "−20.5 to −19.5")]
)
def test_size_of_a_number_worked_out(writer: Writer, spec: str, expected: str) -> None:
    writer.work("fall", FALL, "label")
    assert unescaped(writer.line(f"{{fall:{spec}}}")) == f"[{expected}](#w-fall)"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2023, 11, 15), "15 November 2023"),
        ("*plain* [text]", r"\*plain\* \[text\]"),
        (Text("[a](#f-b)"), "[a](#f-b)"),
        (7, "7"),
        (quantity(ALL, "orders"), "[74,500 to 75,500](#f-orders)"),
        (RISE, "3.5 to 4.3"),
        (RISE.named("rise"), "[3.5 to 4.3](#w-rise)"),
    ],
    ids=["date", "text", "markdown", "number", "figure", "unnamed", "named"],
)
def test_value_given_with_the_template(writer: Writer, value: object, expected: str) -> None:
    assert unescaped(writer.line("{it}", it=value)) == expected


def test_value_given_comes_before_a_figure_of_that_name(writer: Writer) -> None:
    assert writer.line("{orders}", orders="mine") == "mine"


def test_plain_line_has_no_marks(writer: Writer) -> None:
    assert writer.plain("{orders} orders from {reform} {b}") == "75,000 orders from 1 July 2023 [b]"


def test_label_of_a_measure_begins_a_sentence(writer: Writer) -> None:
    assert writer.measure_label("orders") == "Protective orders"


# --- what an edition lacks, and what no edition has ----------------------------------------------------------------

ELSEWHERE = "orders-2023-year"


@pytest.mark.parametrize(
    "template", ["{orders-2023-year}", "{law-2024}", "{vlast-2024}", "{orders} and {orders-2023-year}"]
)
def test_line_without_what_it_needs_is_left_out(template: str) -> None:
    assert Writer(CORE).line(template) == ""


def test_line_with_a_missing_result_is_left_out() -> None:
    writer = Writer(CORE)
    writer.work("ratio", quantity(CORE, "orders") / quantity(CORE, ELSEWHERE), "label")
    assert writer.line("{ratio}") == ""


@pytest.mark.parametrize(
    ("template", "nearest"),
    [
        ("{order}", "orders"),
        ("{brought-befor}", "brought-before"),
        ("{reforms}", "reform"),
        ("{riise}", "rise"),
        ("{astana-times-2023-11-16}", ARTICLE),
        ("{as_off}", "as_of"),
    ],
)
def test_unknown_placeholder_names_the_nearest(writer: Writer, template: str, nearest: str) -> None:
    writer.work("rise", RISE, "label")
    with pytest.raises(ProseError) as refusal:
        writer.line(template, as_of=date(2023, 11, 15))
    assert f"`{template}`" in str(refusal.value)
    assert f"Did you mean `{nearest}`?" in str(refusal.value)


def test_unknown_placeholder_far_from_everything(writer: Writer) -> None:
    with pytest.raises(ProseError, match=r"`\{qqqqqqqq\}`: it is no figure, event, source or worked-out number\.$"):
        writer.line("{qqqqqqqq}")


@pytest.mark.parametrize("template", ["{orders:size of}", "{reform:month}"])
def test_unknown_form_is_refused_with_those_there_are(writer: Writer, template: str) -> None:
    with pytest.raises(ProseError, match=re.escape(f"`{template}`: use one of ")):
        writer.line(template)


@pytest.mark.parametrize("name", ["orders", "reform", ARTICLE, ELSEWHERE])
def test_result_cannot_take_an_id_of_the_package(name: str) -> None:
    with pytest.raises(ProseError, match=f"`{name}`: a figure, event or source has that id"):
        Writer(CORE).work(name, RISE, "label")


def test_result_written_again_is_replaced(writer: Writer) -> None:
    for quantity_ in (RISE, FALL):
        writer.work("rise", quantity_, "label")
    assert writer.worked["rise"].formula == "{reports-change}"


def test_what_a_text_uses_is_kept(writer: Writer) -> None:
    writer.work("rise", RISE, "label")
    writer.line("{orders} {rise} {reform}")
    assert {"orders", "rise", "reform"} <= writer.used


# --- what is shown -------------------------------------------------------------------------------------------------


def test_paragraph(writer: Writer, shown: list[Text]) -> None:
    writer.say("{orders} orders", role="summary")
    assert shown == [Text("[75,000](#f-orders) orders", "summary")]


def test_paragraph_without_what_it_needs_is_not_shown(shown: list[Text]) -> None:
    Writer(CORE).say("{orders-2023-year} orders")
    assert shown == []


def test_list(writer: Writer, shown: list[Text]) -> None:
    writer.points("one {orders}", "two", role="safe")
    assert shown == [Text("- one [75,000](#f-orders)\n- two", "safe")]


def test_point_without_what_it_needs_is_left_out(shown: list[Text]) -> None:
    Writer(CORE).points("one {orders-2023-year}", "two")
    assert shown == [Text("- two", "key")]


def test_list_without_points_is_not_shown(shown: list[Text]) -> None:
    Writer(CORE).points("one {orders-2023-year}")
    assert shown == []


def cells(text: Text) -> list[list[str]]:
    rows = BeautifulSoup(markup.to_html(text.markdown), "html.parser").find_all("tr")
    return [[cell.get_text() for cell in one.find_all(["th", "td"])] for one in rows]


def test_table(writer: Writer, shown: list[Text]) -> None:
    writer.table("Caption of {reform:year}", ["What", "Number"], [["Orders", "{orders}"], ["Offenders", "{offenders}"]])
    assert cells(shown[0]) == [["What", "Number"], ["Orders", "75,000"], ["Offenders", "60,000"]]
    assert BeautifulSoup(markup.to_html(shown[0].markdown), "html.parser").caption.get_text() == "Caption of 2023"


def test_cell_that_an_edition_lacks_reads_as_missing(shown: list[Text]) -> None:
    Writer(CORE).table("Caption", ["What", "Number"], [["Orders", "{orders-2023-year}"]])
    assert cells(shown[0])[1] == ["Orders", "[x]"]


def test_row_whose_first_cell_an_edition_lacks_is_dropped(shown: list[Text]) -> None:
    Writer(CORE).table("Caption", ["What", "Number"], [["{orders-2023-year}", "a"], ["b", "c"]])
    assert cells(shown[0]) == [["What", "Number"], ["b", "c"]]


def test_table_without_rows_is_not_shown(shown: list[Text]) -> None:
    Writer(CORE).table("Caption", ["What", "Number"], [["{orders-2023-year}", "a"]])
    assert shown == []


def test_cell_with_a_bar_stays_one_cell() -> None:
    assert cells(Text(table("", ["a", "b"], [["x", "y | z"]])))[1] == ["x", "y | z"]


def test_chart_that_is_none_is_not_shown(writer: Writer, shown: list[object]) -> None:
    for chart in (None, "chart"):
        writer.show(chart)
    assert shown == ["chart"]


def test_sources_are_named_once_each(writer: Writer) -> None:
    named = writer.cite([ARTICLE, "vlast-2024", ARTICLE]).markdown
    assert re.findall(r"#s-([\w-]+)", named) == [ARTICLE, "vlast-2024"]


@pytest.mark.parametrize("role", ["", "safe"])
def test_text_shows_itself_in_three_ways(role: str) -> None:
    data, metadata = Text("**a** [b](#f-c)", role)._repr_mimebundle_()
    assert (data["text/markdown"], data["text/plain"]) == ("**a** [b](#f-c)", "a b")
    assert metadata == {"text/markdown": {"role": role}}


def test_text_with_a_role_is_wrapped_in_it() -> None:
    html = Text("a", "safe")._repr_mimebundle_()[0]["text/html"]
    assert BeautifulSoup(html, "html.parser").find("div", class_="safe").get_text().strip() == "a"


# --- hostile text --------------------------------------------------------------------------------------------------

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "placeholder": "{orders} {nothing}",
    "link": "](https://evil.example/) [a](b) ![i](j) [s]{#f-1 .mark}",
    "marks": "*a* _b_ **c** ~~d~~ | e | & &amp; &#60;",
    "quotes": "quotes \" ' ` and “these”",
    "list": "- no list",
    "number": "2023. no list",
    "heading": "# no heading",
    "caption": "Table: no caption {#t}",
    "lines": "one\n\n# two",
    "bracket": "ends in ]",
    "backslash": "ends in \\",
    "braces": "}}{{",
}
TEMPLATES = ["{orders}", "{orders:words}", "{orders:by}", "{orders:label}", "{reform:words}", "{reform:by}"]
TEMPLATES += ["{reform:label}", "{orders:source}"]
PLACED = [
    pytest.param(
        text,
        template,
        id=f"{name}-{template}",
    )
    for name, text in HOSTILE.items()
    for template in TEMPLATES
]
TITLES = [pytest.param(text, id=name) for name, text in HOSTILE.items() if name != "lines"]


def hostile(text: str) -> Writer:
    ledger = changed(ALL, "figures", "orders", printed=text, wording=text, said_by=text)
    ledger = changed(ledger, "events", "reform", label=text, wording=text, said_by=text)
    ledger = changed(ledger, "measures", "orders", label=text)
    return Writer(changed(ledger, "sources", ARTICLE, title=text, publisher=text))


def soup(markdown: str) -> BeautifulSoup:
    return BeautifulSoup(markup.to_html(markdown), "html.parser")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("template", TEMPLATES)
def test_hostile_text_stands_for_itself(text: str, template: str) -> None:
    page = soup(f"A {hostile(text).line(template)} Z")
    seen = " ".join(page.get_text().split())
    assert " ".join(text.split())[1:] in seen


@pytest.mark.parametrize(("text", "template"), PLACED)
def test_hostile_text_adds_no_markup(text: str, template: str) -> None:
    page, harmless = (soup(f"A {hostile(word).line(template)} Z") for word in (text, "word"))
    assert [tag.name for tag in page.find_all()] == [tag.name for tag in harmless.find_all()]


@pytest.mark.parametrize(("text", "template"), PLACED)
def test_hostile_text_leads_nowhere_else(text: str, template: str) -> None:
    page, harmless = (soup(f"A {hostile(word).line(template)} Z") for word in (text, "word"))
    assert [tag.get("href") for tag in page.find_all("a")] == [tag.get("href") for tag in harmless.find_all("a")]


@pytest.mark.parametrize("text", TITLES)
def test_hostile_title_stands_for_itself(text: str) -> None:
    link = soup(hostile(text).line("{orders:source}")).a
    assert link["title"].replace('"', "'").startswith(text.replace('"', "'"))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_value_stands_for_itself(writer: Writer, text: str) -> None:
    assert " ".join(text.split()) in " ".join(soup(f"A {writer.line('{it}', it=text)} Z").get_text().split())


@pytest.mark.parametrize(
    "show", [lambda w: w.say("A {orders:words}"), lambda w: w.points("A {orders:words}")], ids=["say", "points"]
)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_in_its_block(shown: list[Text], show: Callable[[Writer], None], text: str) -> None:
    show(hostile(text))
    assert (
        len(
            [
                tag
                for tag in soup(shown[0].markdown).find_all(["p", "li", "h1", "table"])
                if not tag.find_all(["p", "li"])
            ]
        )
        == 1
    )

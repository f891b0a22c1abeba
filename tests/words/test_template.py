"""Sentences whose numbers are looked up: what each placeholder becomes, what is left out, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from edited import changed

from helpers.figures.interval import Interval
from helpers.figures.quantity import constant, reported
from helpers.markup import dialect as markup
from helpers.package.ledger import load
from helpers.reason.compare import quantity
from helpers.words import template as prose
from helpers.words.blocks import Text, table
from helpers.words.forms import EVENT_FORMS, FIGURE_FORMS, FORMS, ProseError
from helpers.words.template import Writer

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


# --- placeholders --------------------------------------------------------------------------------------------------

SOURCE = "[The Astana Times, 15 November 2023](#s-astana-times-2023-11-15)"


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
        ("{depends}", "[depends on an assumption]{.label-reading}"),
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
    assert writer.line(template) == SOURCE


RISE = quantity(ALL, "brought-after") / quantity(ALL, "brought-before")
FALL = reported("reports-change", Interval(F("-20.5"), F("-19.5")))


@pytest.mark.parametrize(
    ("template", "marks", "expected"),
    [
        ("{rise}", (), "[3.5 to 4.3](#w-rise)"),
        ("{rise:times}", (), "[3.5 to 4.3 times](#w-rise)"),
        ("{rise:%}", (), "[3.5 to 4.3%](#w-rise)"),
        ("{rise:times}", ("[b]", "[e]"), "[3.5 to 4.3 times](#w-rise)"),
        ("{rise:nearly}", ("[b]",), "[nearly four times](#w-rise)"),
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


@pytest.mark.parametrize(
    ("template", "forms"),
    [("{orders:size of}", FIGURE_FORMS), ("{reform:month}", EVENT_FORMS), ("{rise:tmes}", FORMS)],
)
def test_unknown_form_is_refused_with_those_there_are(writer: Writer, template: str, forms: tuple[str, ...]) -> None:
    writer.work("rise", RISE, "label")
    with pytest.raises(ProseError, match=re.escape(f"`{template}`: use none or one of ")) as refused:
        writer.line(template)
    assert all(f":{form}" in str(refused.value) for form in forms if form)


def test_unknown_form_is_refused_even_where_the_number_is_missing() -> None:
    writer = Writer(CORE)
    writer.work("court", quantity(CORE, "orders-2022") / 2, "label")
    with pytest.raises(ProseError, match=r"`\{court:tmes\}`.*Did you mean `:times`"):
        writer.line("{court:tmes}")


def test_form_of_a_value_given_with_a_text_is_refused(writer: Writer) -> None:
    with pytest.raises(ProseError, match=r"`\{it:%\}`"):
        writer.line("{it:%}", it="7")


def test_nearly_needs_single_numbers(writer: Writer) -> None:
    writer.work("spread", constant(Interval(1, 2)), "label")
    with pytest.raises(ProseError, match=r"`\{spread:nearly\}`"):
        writer.line("{spread:nearly}")


@pytest.mark.parametrize("name", ["orders", "reform", ARTICLE, ELSEWHERE])
def test_result_cannot_take_an_id_of_the_package(name: str) -> None:
    with pytest.raises(ProseError, match=f"`{name}`: a figure, event or source has that id"):
        Writer(CORE).work(name, RISE, "label")


def test_result_written_again_is_replaced(writer: Writer) -> None:
    for quantity_ in (RISE, FALL):
        writer.work("rise", quantity_, "label")
    assert writer.worked["rise"].inputs == ("reports-change",)


def test_what_a_text_uses_is_kept(writer: Writer) -> None:
    writer.work("rise", RISE, "label")
    writer.line("{orders} {rise} {reform}")
    assert {"orders", "rise", "reform"} <= writer.used


# --- what is shown -------------------------------------------------------------------------------------------------


def test_paragraph(writer: Writer, shown: list[Text]) -> None:
    writer.say("{orders} orders", role="standfirst")
    assert shown == [Text("[75,000](#f-orders) orders", "standfirst")]


def test_paragraph_without_what_it_needs_is_not_shown(shown: list[Text]) -> None:
    Writer(CORE).say("{orders-2023-year} orders")
    assert shown == []


def test_list(writer: Writer, shown: list[Text]) -> None:
    writer.points("one {orders}", "two", role="supported")
    assert shown == [Text("- one [75,000](#f-orders)\n- two", "supported")]


def test_point_without_what_it_needs_is_left_out(shown: list[Text]) -> None:
    Writer(CORE).points("one {orders-2023-year}", "two")
    assert shown == [Text("- two", "points")]


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
    Writer(CORE).table("Caption", ["What", "Number", "Now"], [["Orders", "{orders-2023-year}", "{orders}"]])
    assert cells(shown[0])[1] == ["Orders", "not known", "75,000"]


def test_row_of_which_only_the_first_cell_is_left_is_dropped(shown: list[Text]) -> None:
    Writer(CORE).table("Caption", ["What", "Number"], [["Orders", "{orders-2023-year}"], ["b", "c"]])
    assert cells(shown[0]) == [["What", "Number"], ["b", "c"]]


def test_what_the_marks_of_a_number_mean_is_said_with_the_table(writer: Writer, shown: list[Text]) -> None:
    writer.work("rise", RISE, "label", "[b]", "[e]")
    writer.say("As many: {rise}.")
    writer.points("{rise:times}")
    writer.table("Caption {rise}", ["What", "Number"], [["Rise", "{rise}"]])
    assert cells(shown[2])[1][1] == "3.5 to 4.3"
    said = "Every row compares before and after 1 July 2023, when what is recorded changed; "
    said += "every row rests on an assumption."
    assert [said in one.markdown for one in shown] == [False, False, True]


def test_a_mark_of_some_rows_stands_at_their_cells(writer: Writer, shown: list[Text]) -> None:
    writer.work("rise", RISE, "label", "[b]", "[e]")
    writer.work("share", RISE, "label", "[b]")
    writer.table("Caption", ["What", "Number"], [["Both"], ["Rise", "{rise}"], ["Share", "{share}"]])
    assert [row[-1] for row in cells(shown[0])[1:]] == ["Both", "3.5 to 4.3[e]", "3.5 to 4.3"]
    caption = BeautifulSoup(markup.to_html(shown[0].markdown), "html.parser").caption.get_text()
    assert caption.startswith("Caption Every row compares before and after 1 July 2023")
    assert caption.endswith("[e] rests on an assumption.")


def test_the_ends_of_a_range_stand_by_themselves(writer: Writer) -> None:
    writer.work("rise", RISE, "label")
    assert markup.plain(writer.line("{rise:low} and {rise:high}, {orders:low} and {orders:high}")) == (
        "3.5 and 4.3, 74,500 and 75,500"
    )


def test_first_of_several_texts_that_the_edition_can_fill_is_shown(shown: list[Text]) -> None:
    writer = Writer(CORE)
    writer.say("{orders-2022} elsewhere", "{orders} here", "never")
    writer.points(("{orders-2022} a", "{orders} b"), "{orders-2022} c")
    assert [markup.plain(one.markdown) for one in shown] == ["75,000 here", "75,000 b"]


def test_a_text_that_is_not_shown_is_checked_all_the_same() -> None:
    with pytest.raises(ProseError, match=r"`\{ordrs\}`"):
        Writer(CORE).say("{orders} here", "{ordrs}")


def test_row_whose_first_cell_an_edition_lacks_is_dropped(shown: list[Text]) -> None:
    Writer(CORE).table("Caption", ["What", "Number"], [["{orders-2023-year}", "a"], ["b", "c"]])
    assert cells(shown[0]) == [["What", "Number"], ["b", "c"]]


def test_a_heading_goes_where_its_rows_go(shown: list[Text]) -> None:
    rows = [["Orders"], ["later", "{orders-2023-year}"], ["Offenders"], ["then", "{offenders}"], ["Nothing"]]
    Writer(CORE).table("Caption", ["When", "Number"], rows)
    assert cells(shown[0])[1:] == [["Offenders"], ["then", "60,000"]]


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


def hostile(text: str) -> Writer:
    ledger = changed(ALL, "figures", "orders", printed=text, wording=text, said_by=text)
    ledger = changed(ledger, "events", "reform", label=text, wording=text, said_by=text)
    ledger = changed(ledger, "measures", "orders", label=text)
    return Writer(changed(ledger, "sources", ARTICLE, title=text, publisher=text))


def soup(markdown: str) -> BeautifulSoup:
    return BeautifulSoup(markup.to_html(markdown), "html.parser")


def test_hostile_text_stands_for_itself_and_adds_nothing(subtests: pytest.Subtests) -> None:
    """Wherever it stands: no markup, no address, no block of its own, and every letter is seen."""
    harmless = {template: soup(f"A {hostile('word').line(template)} Z") for template in TEMPLATES}
    for (name, text), template in product(HOSTILE.items(), TEMPLATES):
        with subtests.test(name, template=template):
            page = soup(f"A {hostile(text).line(template)} Z")
            assert " ".join(text.split())[1:] in " ".join(page.get_text().split())
            for told in (tags, addresses):
                assert told(page) == told(harmless[template])


def tags(page: BeautifulSoup) -> list[str]:
    return [tag.name for tag in page.find_all()]


def addresses(page: BeautifulSoup) -> list[str]:
    return [tag.get("href") for tag in page.find_all("a")]


def test_hostile_value_stands_for_itself(writer: Writer, subtests: pytest.Subtests) -> None:
    for name, text in HOSTILE.items():
        with subtests.test(name):
            seen = soup(f"A {writer.line('{it}', it=text)} Z").get_text()
            assert " ".join(text.split()) in " ".join(seen.split())


def test_hostile_text_stays_in_its_block(shown: list[Text], subtests: pytest.Subtests) -> None:
    ways: list[Callable[[Writer], None]] = [lambda w: w.say("A {orders:words}"), lambda w: w.points("A {orders:words}")]
    for (name, text), show in product(HOSTILE.items(), ways):
        with subtests.test(name):
            show(hostile(text))
            blocks = soup(shown.pop().markdown).find_all(["p", "li", "h1", "table"])
            assert len([tag for tag in blocks if not tag.find_all(["p", "li"])]) == 1

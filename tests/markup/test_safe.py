"""What foreign HTML becomes: only what is allowed, with harmless styles, whatever its form."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from helpers.markup import html, maths, raw, safe, typst
from helpers.markup.tokens import text, walk


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("color: red; position: fixed", "color: red"),
        ("background: url(https://x.y)", ""),
        ("background: URL( 'https://x.y' )", ""),
        ("background:\\75rl(https://x.y)", ""),
        ("background-image: image-set('x')", ""),
        ("fill: var(--after); clip-path: url(#a)", "fill: var(--after); clip-path: url(#a)"),
        ("background: linear-gradient(90deg, red 10%, transparent 10%)",
         "background: linear-gradient(90deg, red 10%, transparent 10%)"),
        ("margin-top: -9px; padding: 2px", "padding: 2px"),
        ("padding: -2px", ""),
        ("width: 99999px", ""),
        ("color: expression(alert(1))", ""),
        ("color: red !important", "color: red"),
        ("}; body { color: red", ""),
    ],
)  # fmt: skip
def test_styles_change_only_how_an_element_looks(given: str, kept: str) -> None:
    assert safe.style(given) == kept


def test_the_rules_of_a_style_sheet_stand_on_what_they_mean() -> None:
    rules = "#T th { color: #ff0000 } #b { display: none } p:hover { color: blue } x::before { content: 'x' }"
    sheet = f"<style>{rules}</style>"
    found = html.write(
        raw.read(f"{sheet}<table id=T><tr><th id=a style='color: #00ff00'>A</th><td id=b>B</td></tr></table>")
    )
    page = BeautifulSoup(found, "html.parser")
    assert page.th["style"] == "color: #ff0000; color: #00ff00"
    assert "B" not in page.get_text()


def test_what_is_left_out_is_named_once_with_its_count_and_address() -> None:
    tokens = raw.read("<script>a</script><SCRIPT>b</SCRIPT><iframe src=https://x.y/z></iframe><p hidden>c</p>d")
    assert text(tokens[:1]) == "d"
    assert [(one["type"], one["attrs"]) for one in tokens[1:]] == [
        ("notice", {"what": "iframe https://x.y/z, script (2)"}),
        ("hidden", {"count": 1}),
    ]


_PIECE = st.sampled_from(
    [
        "<b>",
        "</b>",
        "<p>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "<svg>",
        "</svg>",
        "<math>",
        "<mi>",
        "<style>",
        "</style>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<a",
        "href='javascript:x'>",
        "<img/src=x>",
        "x",
        "&",
        "&lt;",
        '"',
        "'",
        ">",
        "<",
        "<textarea>",
        "<title>",
        "<![CDATA[",
        "]]>",
        "<select>",
        "<desc>",
        "<mtext>",
    ]
)


@given(st.lists(_PIECE, max_size=25).map("".join))
def test_no_order_of_pieces_leaves_what_is_not_allowed(piece: str) -> None:
    for written in (html.write(raw.read(piece)), safe.clean(piece)):
        assert safe.clean(written) == written
        assert {tag.name for tag in BeautifulSoup(written, "html.parser").find_all()} <= {
            one.lower() for one in safe.ALLOWED
        }
        assert '="javascript' not in written


@pytest.mark.parametrize(
    "latex", [r"x_i^2", r"\frac{a}{b}", r"\sqrt[3]{x}", r"\left(\frac12\right)", r"\sum_{i=1}^n i", "a \\\\ b"]
)
def test_formulas_are_set(latex: str) -> None:
    made = maths.formula(latex, True)
    assert made["attrs"]["tag"] == "math"
    assert not [one for one in walk([made]) if "\\" in one.get("raw", "")]


@pytest.mark.parametrize(
    ("latex", "written"),
    [
        (r"\begin{cases} 1 & a \\ 0 & b \end{cases}", 'math.lr([#symbol("{");#math.mat(delim: none, '),
        (
            r"\binom{n}{k}",
            '([#symbol("(");#math.mat(delim: none, ([#[#symbol("n");];],), ([#[#symbol("k");];],));#symbol(")");',
        ),
        (r"\underbrace{a}_{n}", "math.attach(math.limits([#math.underbrace("),
        (r"\overbrace{a}^{n}", "math.attach(math.limits([#math.overbrace("),
        (r"\displaystyle x", 'math.display([#symbol("x");])'),
        (r"a \not= b", '#symbol("\\u{2260}");'),
        (r"x \tag{7}", '#h(2.0em);#math.upright(text("(7)"));'),
        (r"x \tag*{B}", '#h(2.0em);#math.upright(text("B"));'),
    ],
)
def test_a_formula_is_set_as_it_is_meant(latex: str, written: str) -> None:
    assert written in maths.typst(maths.formula(latex, False), False, latex)


@pytest.mark.parametrize("name", ["align", "equation", "gather", "multline", "eqnarray"])
def test_no_line_of_a_formula_is_numbered_as_in_jupyterlab(name: str) -> None:
    made = maths.formula(rf"\begin{{{name}}} a \\ b \end{{{name}}}", True)
    assert "".join(text([made]).split()) == "ab"
    lines = [one for one in walk([made]) if one.get("attrs", {}).get("tag") == "mtr"]
    assert len(lines) == 2 or name == "equation"


@pytest.mark.parametrize(
    "latex", [r"\cancel{x}", r"\boxed{x}", r"a + \phantom{b}", r"\begin{alignat}{2} a & b \end{alignat}"]
)
def test_a_formula_of_which_something_would_be_lost_is_not_set(latex: str) -> None:
    assert maths.formula(latex, False) is None


def test_white_space_parts_words_in_typst_as_in_html() -> None:
    def said(html: str) -> str:
        return "".join(re.findall(r'#"((?:[^"\\]|\\.)*)"', typst.write(raw.read(html))))

    assert said("<p> <b>12</b>\n <i>13</i> </p>") == "12 13"
    assert said("<div>\n <p>a</p>\n <p> b </p>\n</div>") == "ab"
    assert said("<p><span>a </span><span> </span><span>b</span></p>").split() == ["a", "b"]
    assert said("<p>a <br> b</p>") == "ab"
    assert said("a\n   b") == "a b"
    assert said("<ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby>") == "a (b)"


@pytest.mark.parametrize("latex", [r"\nosuch{x}", "北", "x" * 6_000, r"\frac", r"\begin{align} a"])
def test_a_formula_that_cannot_be_set_stays_as_it_is(latex: str) -> None:
    made = maths.formula(latex, False)
    assert made is None or "\\" not in text([made])

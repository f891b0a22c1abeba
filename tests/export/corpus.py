"""Small notebooks of every kind of output, as people's own notebooks have them, built here as compact data.

Each names words and numbers that no other has, so that a test can look for them in one export of all.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from export.samples import SVG, png
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from helpers.markup.safe import HTML, VOID

PNG = png(40, 30)
DRAWING = base64.b64encode(SVG.encode()).decode()


@dataclass(frozen=True)
class Case:
    """One notebook: its cells, what a reader must see of it, what not, and the kinds of what is lost.

    Parameters
    ----------
    shown
        Words and numbers that both exports show.
    phrases
        Words with a space between them, which both exports keep.
    gone
        Words that neither shows: code, comments, addresses, what is lost.
    losses
        The kinds reported, in order; those of the PDF alone in `pdf_losses`.
    pictures
        How many pictures both show.
    """

    name: str
    cells: tuple[NotebookNode, ...]
    shown: str
    gone: str = ""
    losses: tuple[str, ...] = ()
    pdf_losses: tuple[str, ...] = ()
    pictures: int = 0
    phrases: tuple[str, ...] = ()
    tags: tuple[str, ...] = field(default=())


def md(source: str, **attachments: Any) -> NotebookNode:
    cell = new_markdown_cell(source)
    if attachments:
        cell["attachments"] = {name.replace("_", "."): held for name, held in attachments.items()}
    return cell


def out(data: dict[str, Any], about: dict[str, Any] | None = None, alt: str = "") -> NotebookNode:
    output = new_output("display_data", data, metadata=about or {})
    return new_code_cell("code_is_hidden = 1", outputs=[output], metadata={"alt": alt} if alt else {})


def html(text: str, plain: str = "<object at 0x7f>") -> NotebookNode:
    return out({"text/html": text, "text/plain": plain})


def stream(text: str, name: str = "stdout") -> NotebookNode:
    return new_code_cell("code_is_hidden = 1", outputs=[new_output("stream", name=name, text=text)])


def error(*lines: str) -> NotebookNode:
    output = new_output("error", ename="ValueError", evalue="bad", traceback=list(lines))
    return new_code_cell("code_is_hidden = 1", outputs=[output])


def _frame(columns: int, rows: int, start: int) -> pd.DataFrame:
    cells = [[start + columns * row + column for column in range(columns)] for row in range(rows)]
    return pd.DataFrame(cells, columns=[f"col{start + at}x" for at in range(columns)])


def _words(frame: pd.DataFrame) -> str:
    return " ".join(map(str, [*frame.columns, *frame.to_numpy().ravel()]))


_SMALL, _WIDE, _LONG = _frame(3, 4, 2010), _frame(24, 3, 31000), _frame(2, 70, 52000)
_LEVELS = pd.DataFrame(
    [[41001, 41002, 41003, 41004]],
    index=pd.MultiIndex.from_tuples([("north41", "city41")], names=["region41", "place41"]),
    columns=pd.MultiIndex.from_product([["year2021x", "year2022x"], ["women41", "men41"]]),
)
_MUCH = " ".join(f"much{number}" for number in range(2000))
_TABLE = frozenset(("caption", "col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"))
# Beautiful Soup, which reads the page back, leaves out what stands over the letters of ruby.
_MARKS = sorted(HTML - VOID - _TABLE - {"a", "rt", "rp"})
_MANY = "\n".join(f"log line {number}" for number in range(60000, 65000))

CASES = [
    # --- Markdown ---
    Case("emphasis", (md("alpha1001 *beta1002* **gamma1003** ***delta1004*** `code1005`"),),
         "alpha1001 beta1002 gamma1003 delta1004 code1005", "*"),
    Case("strike-through", (md("down ~~from1011~~ to 1012"),), "from1011 1012", "~~"),
    Case("entities and breaks", (md("a1021&nbsp;b1022<br>c1023 &lt;d1024&gt; &eacute;1025 &#8364;1026"),),
         "a1021 b1022 c1023 <d1024> é1025 €1026", "&nbsp; <br> &lt;"),
    Case("escapes", (md(r"\*a1031\* 5\_b1032 \$7 \<i\>c1033"),), "*a1031* 5_b1032 $7 <i>c1033"),
    Case("hard break", (md("first1041\\\nsecond1042  \nthird1043"),), "first1041 second1042 third1043"),
    Case("comment", (md("seen1051\n\n<!-- secret1052 -->\n\nseen1053 <!-- secret1054 --> end1055"),),
         "seen1051 seen1053 end1055", "secret1052 secret1054"),
    Case("lists", (md("- one1061\n  - two1062\n    1. three1063\n- [x] four1064\n- [ ] five1065"),),
         "one1061 two1062 three1063 four1064 five1065 ☑ ☐"),
    Case("loose list", (md("3. one1066\n\n   more1067\n\n4. two1068"),), "one1066 more1067 two1068"),
    Case("quotation", (md("> said1071\n>\n> > inner1072"),), "said1071 inner1072"),
    Case("code block", (md("```python\nx1081 = '<b>' # not *bold*\n```\n\n    indented1082"),),
         "x1081 '<b>' *bold* indented1082"),
    Case("rule", (md("over1091\n\n---\n\nunder1092"),), "over1091 under1092"),
    Case("table", (md("| head1101 | num1102 |\n|:--|--:|\n| cell1103 | 1104 |"),), "head1101 num1102 cell1103 1104"),
    Case("uneven table", (md("| a1111 | b1112 |\n|---|---|\n| c1113 |\n| d1114 | e1115 | f1116 |"),),
         "a1111 b1112 c1113 d1114 e1115 f1116", "|"),
    Case("table row of one cell", (md("| a1116 | b1117 |\n|---|---|\n| c1118 |\n| d1119 | 1120 |"),),
         "a1116 b1117 c1118 d1119 1120"),
    Case("table in a list", (md("- item1121\n\n  | a1122 | b1123 |\n  |---|---|\n  | c1124 | 1125 |\n"),),
         "item1121 a1122 b1123 c1124 1125", "|---|"),
    Case("table without outer bars", (md("a1131 | b1132\n--- | ---\nc1133 | 1134"),), "a1131 b1132 c1133 1134",
         "--- |"),
    Case("bar in a table's code", (md("| a1141 |\n|---|\n| `x1142 \\| y1143` |"),), "a1141 x1142 | y1143"),
    Case("footnotes", (md("text1151[^n]\n\n[^n]: note1152 *more1153*\n\n[^idle]: idle1154"),),
         "text1151 note1152 more1153 idle1154", tags=("footnote",)),
    Case("headings", (md("# Part1161\n\n## Sub1162\n\n#### Deep1163\n\nbody1164\n\n# Empty1165"),),
         "Part1161 Sub1162 Deep1163 body1164 Empty1165"),
    Case("links", (md("[web1171](https://example.org/) [part1172](#Part1161) [none1173](#nowhere) <https://example.org/1174>"),),
         "web1171 part1172 none1173 https://example.org/1174", losses=("link",)),
    Case("link by heading text", (md("[go1175](#2.-Main-results1176)"), md("## 2. Main results1176")),
         "go1175 results1176"),
    Case("anchor of HTML", (md("[jump1181](#spot)\n\n<a id='spot'></a>\nplace1182"),), "jump1181 place1182", "<a"),
    Case("bad link", (md("[script1191](javascript:alert(1)) [file1192](other.html) [nul1193](#%00)"),),
         "script1191 file1192 nul1193", losses=("link",)),
    Case("inline mathematics", (md(r"where $x_{1201} \ge y^{1202}$ and \$1203, cost $5 or $6"),),
         "1201 1202 $1203 $5 $6", r"\ge"),
    Case("display mathematics", (md("$$\n\\frac{1211}{1212} * \\sqrt{1213} \\\\\n\\{a_{1214}\\}\n$$"),),
         "1211 1212 1213 1214", "\\frac"),
    Case("mathematical environment", (md(r"\begin{align}" "\n" r"a &= 1221 \\ b &= 1222" "\n" r"\end{align}"),),
         "1221 1222", "align"),
    Case("unknown mathematics", (md(r"$\nosuchcommand_{1231} * y_{i}^{*}$"),), r"\nosuchcommand_{1231} * y_{i}^{*}",
         losses=("mathematics",)),
    Case("formula of cases",
         (md(r"$$f(1232) = \begin{cases} 1233 & x > 0 \\ 1234 & \text{otherwise1235} \end{cases}$$"),),
         "1232 1233 1234 otherwise1235", "{cases}"),
    Case("binomial, brace and number of a formula",
         (md(r"$$\binom{1236}{1237} + \underbrace{a + b}_{1238} \not= c \tag{1239}$$"),),
         "1236 1237 1238 (1239)", r"\binom"),
    Case("lines of a formula",
         (md(r"\begin{gather} a_{1244} \\ b_{1245} \end{gather}" "\n\n"
             r"\begin{eqnarray} c_{1246} &=& d \end{eqnarray}"),),
         "1244 1245 1246", "& (1)"),
    Case("formula struck out", (md(r"$\cancel{1247} + \phantom{1248}$"),), r"\cancel{1247} \phantom{1248}",
         losses=("mathematics",)),
    Case("raw HTML in Markdown",
         (md("<div align='center'>\n\n**bold1241** <sub>sub1242</sub>\n\n</div>\n\n<b>end1243"),),
         "bold1241 sub1242 end1243", "<div align"),
    Case("details", (md("<details><summary>sum1251</summary>\n\ninside1252\n\n</details>"),), "sum1251 inside1252"),
    Case("HTML table in Markdown", (md("<table><tr><th>h1261</th></tr><tr><td>1262</td></tr></table>"),), "h1261 1262",
         "<td>"),
    Case("script in Markdown", (md("before1271 <script>alert('x1272')</script> after1273"),), "before1271 after1273",
         "x1272", losses=("script",)),
    Case("Kazakh and Russian", (md("Қазақша ңғүұқөһі1281 — «по-русски1282»"),), "ңғүұқөһі1281 «по-русски1282»"),
    Case("letters without a font", (md("Beijing1291 北京 🚀"),), "Beijing1291", pdf_losses=("letters",)),
    Case("letters of other scripts",
         (md("## Пекин1292 北京\n\n| ไทย1293 | 🚀1294 |\n|---|---|\n| עברית1295 | العربية1296 |\n\n`代1297`"),),
         "Пекин1292 1293 1294 1295 1296 1297", pdf_losses=("letters",) * 3),
    Case("long words",
         (md(f"{'w' * 150}end1298 `{'c' * 200}end1299`\n\n| {'t' * 150}end1300 | {'u' * 150} |\n|---|---|"),),
         "end1298 end1299 end1300"),
    Case("long paragraph", (md(f"{_MUCH} end1801"),), "much0 much1999 end1801"),
    Case("long cell", (md(f"| a | b |\n|---|---|\n| {_MUCH} end1802 | x1803 |"),),
         "much0 much1999 end1802 x1803"),
    Case("deep list", (md("\n".join("  " * depth + f"- level181{depth}" for depth in range(9))),),
         " ".join(f"level181{depth}" for depth in range(9))),
    Case("line ends of Windows", (md("one1821\r\n\r\n- two1822\r\n- three1823\tx\r\n"),), "one1821 two1822 three1823"),
    # --- pictures ---
    Case("attachment", (md("see1301 ![map of it](attachment:map.png)", map_png={"image/png": PNG}),), "see1301",
         "attachment:",
         pictures=1),
    Case("data URI", (md(f"![plan](data:image/png;base64,{PNG})"),), "", "base64", pictures=1),
    Case("drawing in a line", (md(f"so1311 ![spark](data:image/svg+xml;base64,{DRAWING}) far1312"),), "so1311 far1312",
         pictures=1),
    Case("picture in HTML", (md(f'<img src="data:image/png;base64,{PNG}" width="20" alt="small"> by1321'),), "by1321",
         "<img", pictures=1),
    Case("picture of the web", (md("![chart1331](https://example.org/track.png)"),),
         "chart1331 https://example.org/track.png",
         losses=("picture",)),
    Case("picture that is not there", (md("![gone1341](nowhere.png)"),), "gone1341 nowhere.png", losses=("picture",)),
    Case("picture outside the folder", (md("![p1351](../../etc/passwd)"),), "p1351", "root:", losses=("picture",)),
    Case("PNG output", (out({"image/png": PNG, "text/plain": "<Figure>"}, alt="Grey"),), "", "<Figure>", pictures=1),
    Case("SVG output", (out({"image/svg+xml": SVG, "text/plain": "<Figure>"}, alt="Drawn"),), "", pictures=1),
    Case("tall picture", (out({"image/png": png(40, 4000)}, alt="Tall"),), "", pictures=1),
    Case("wide picture in a line", (md(f"so1831 ![wide](data:image/png;base64,{png(4000, 30)}) far1832"),),
         "so1831 far1832", pictures=1),
    Case("broken PNG", (out({"image/png": "AAAA", "text/plain": "<Figure>"}),), "broken picture", losses=("picture",)),
    Case("broken SVG", (out({"image/svg+xml": "<svg", "text/plain": "x"}),), "broken picture", losses=("picture",)),
    Case("picture cut short", (out({"image/png": PNG[:60]}),), "broken picture", losses=("picture",)),
    # --- tables ---
    Case("DataFrame", (html(_SMALL.to_html()),), _words(_SMALL), "dataframe"),
    Case("wide DataFrame", (html(_WIDE.to_html()),), _words(_WIDE), "..."),
    Case("long DataFrame", (html(_LONG.to_html()),), _words(_LONG)),
    Case("levels of columns and rows", (html(_LEVELS.to_html()),),
         "north41 city41 region41 place41 year2021x women41 men41 41001 41004"),
    Case("Styler", (html("<style>#T_a_r0c0 {background-color: #ffee88; color: #123456}</style>"
                          "<table id='T_a'><caption>cap1401</caption>"
                         "<thead><tr><th class='blank'>&nbsp;</th><th>col1402</th></tr></thead>"
                          "<tbody><tr><th>row1403</th>"
                         "<td id='T_a_r0c0'>14,040</td></tr></tbody></table>"),), "cap1401 col1402 row1403 14,040",
                         "T_a"),
    Case("table cell with marks",
         (html("<table><tr><td><b>1411</b><br><i>1412</i> <a href='https://example.org'>1413</a></td></tr></table>"),),
         "1411 1412 1413", "https"),
    Case("spans", (html("<table><tr><th colspan=2>both1421</th></tr><tr><td rowspan=2>tall1422</td><td>1423</td></tr>"
                         "<tr><td>1424</td></tr></table>"),),
         "both1421 tall1422 1423 1424"),
    Case("uneven HTML table", (html("<table><tr><td>1431<td>1432<tr><td>1433</table>"),), "1431 1432 1433"),
    Case("empty table", (html("<table></table><p>after1441</p>"),), "after1441"),
    Case("Polars",
         (html("<div><style>.dataframe > thead > tr > th { text-align: right; }</style><small>shape: (1841, 2)</small>"
               "<table class=dataframe><thead><tr><th>col1842</th></tr><tr><td>i64</td></tr></thead>"
               "<tbody><tr><td>1843</td></tr></tbody></table></div>"),),
         "shape: (1841, 2) col1842 i64 1843"),
    Case("table in a table",
         (html("<table><tr><td>outer1851<table><tr><td>inner1852</td></tr></table></td></tr></table>"),),
         "outer1851 inner1852"),
    Case("long cell of HTML", (html(f"<table><tr><th>a<th>b<tr><td>{_MUCH} end1853<td>x1854</table>"),),
         "much0 much1999 end1853 x1854"),
    # --- HTML ---
    Case("words in a line",
         (html("<p>1861 <b>1862</b> <i>1863</i>\n<code>1864</code> <a href='https://example.org'>1865</a> "
               "<span>1866</span><span> </span>1867</p><table><tr><td><b>12</b> <i>13</i></td></tr></table>"
               "<div> <u>14</u>\n\n <s>15</s> </div>"),),
         "1861 1867", phrases=("1861 1862 1863 1864 1865 1866 1867", "12 13", "14 15")),
    Case("every mark of HTML", (html("".join(f"<{tag}>{tag}1871</{tag}>" for tag in _MARKS)),),
         " ".join(f"{tag}1871" for tag in _MARKS)),
    Case("HTML text",
         (html("<h3>Head1501</h3><p>par1502 <em>em1503</em></p><ul><li>item1504<ol><li>deep1505</li></ol></li></ul>"
                            "<pre>pre1506\n  kept1507</pre><blockquote>quote1508</blockquote>"
                             "<dl><dt>t1509<dd>d1510</dl>"),),
         "Head1501 par1502 em1503 item1504 deep1505 pre1506 kept1507 quote1508 t1509 d1510"),
    Case("unclosed HTML", (html("<div style='opacity:.9'><b>open1511<table><tr><td>cell1512"), md("after1513")),
         "open1511 cell1512 after1513"),
    Case("stray end tags", (html("<p>a1521</p></div></main></body></html>"), md("after1522")), "a1521 after1522"),
    Case("unclosed comment", (html("b1531 <!-- rest1532"), md("after1533")), "b1531 after1533", "rest1532"),
    Case("unclosed style and text area", (html("c1541<style>p{}"), html("d1542<textarea>e1543"), md("after1544")),
         "c1541 d1542 after1544", losses=("form",)),
    Case("hidden by its author", (html("<p style='display:none'>h1551</p><p hidden>h1552</p>s1553"),), "s1553",
         "h1551 h1552",
         losses=("hidden content",)),
    Case("frame", (html("<p>map1561</p><iframe src='https://example.org/map'></iframe>"),),
         "map1561 https://example.org/map",
         losses=("iframe",)),
    Case("film and sound", (html("<video src='a.mp4'>v1571</video><audio src='b.mp3'></audio>w1572"),),
         "w1572 video audio", "v1571",
         losses=("audio",)),
    Case("form", (html("<form>name1581 <input value='x1582'><button>send1583</button></form>"),), "name1581 send1583",
         "x1582",
         losses=("form",)),
    Case("inline drawing",
         (html("<svg viewBox='0 0 10 10' width='90' aria-label='dot'>"
               "<circle cx='5' cy='5' r='4' fill='#0b6a72'/></svg>s1591"),),
         "s1591"),
    Case("MathML", (html("<math><mfrac><mn>1595</mn><mn>1596</mn></mfrac></math>"),), "1595 1596"),
    # --- what needs a running page ---
    Case("Plotly", (out({"application/vnd.plotly.v1+json": {"data": []},
         "text/html": "<div id='p'></div><script>Plotly()</script>"}),),
         "application/vnd.plotly.v1+json", "Plotly()", losses=("application/vnd.plotly.v1+json",)),
    Case("Plotly with its picture", (out({"application/vnd.plotly.v1+json": {}, "image/png": PNG}, alt="Bars"),), "",
         losses=("application/vnd.plotly.v1+json",), pictures=1),
    Case("Vega", (out({"application/vnd.vegalite.v5+json": {}, "text/plain": "<VegaLite 5 object>"}),),
         "application/vnd.vegalite.v5+json",
         "object", losses=("application/vnd.vegalite.v5+json",)),
    Case("Folium", (html("<div><span>Trust1611</span><iframe srcdoc='&lt;p&gt;x'></iframe></div>",
         "<folium.Map at 0x1>"),), "Trust1611",
         "folium.Map", losses=("iframe",)),
    Case("widget", (out({"application/vnd.jupyter.widget-view+json": {"model_id": "a"},
         "text/plain": "IntSlider(value=1621)"}),),
         "IntSlider(value=1621)", losses=("application/vnd.jupyter.widget-view+json",)),
    Case("JavaScript", (out({"application/javascript": "alert(1631)", "text/plain": "<object>"}),),
         "application/javascript", "1631",
         losses=("application/javascript",)),
    Case("unknown kind", (out({"application/x-own": "1641"}),), "application/x-own", "1641",
         losses=("application/x-own",)),
    Case("PDF", (out({"application/pdf": "JVBERi0=", "text/plain": "<PDF object>"}),), "application/pdf", "object",
         losses=("application/pdf",)),
    Case("film with a word about it", (out({"video/mp4": "AAAA", "text/plain": "film1881"}),), "video/mp4 film1881",
         losses=("video/mp4",)),
    # --- text ---
    Case("long line", (stream(f"{'x' * 300}end1891 {'word ' * 80}end1892"),), "end1891 end1892"),
    Case("progress", (stream("\r 0%|  | 0/3\r 33%|# | 1/3\r100%|###| 3/3 done1893\n", "stderr"),),
         "3/3 done1893", "33%"),
    Case("printed", (stream("plain1701\n  indented1702 <b>\n"),), "plain1701 indented1702 <b>"),
    Case("warnings", (stream("warn1711", "stderr"),), "warn1711"),
    Case("terminal",
         (stream("\x1b[31mred1721\x1b[0m \x1b]8;;https://example.org/x\x1b\\link1722\x1b]8;;\x1b\\\n10%\r99%1723"),),
         "red1721 link1722 99%1723", "]8;; [31m example.org/x"),
    Case("many lines", (stream(_MANY),), "60000 60199 64900 64999", "60200 64899", losses=("printout",)),
    Case("failed cell", (error("\x1b[0;31mValueError\x1b[0m: bad1731"),), "ValueError: bad1731", losses=("error",)),
    Case("plain text", (out({"text/plain": "repr1741(x=1)"}),), "repr1741(x=1)"),
    Case("JSON", (out({"application/json": {"key1751": [1752, None]}}),), "key1751 1752 null"),
    Case("LaTeX", (out({"text/latex": r"$\displaystyle \frac{1761}{2}$", "text/plain": "1761/2"}),), "1761"),
    Case("Markdown output", (out({"text/markdown": "said *so1771*\n\n| a1772 |\n|---|\n| 1773 |", "text/plain": "x"}),),
         "so1771 a1772 1773", "*so"),
    Case("raw cell", (new_raw_cell("raw1781 <b>text</b>"),), "raw1781 <b>text</b>"),
    Case("tagged away", (new_code_cell("x", metadata={"tags": ["remove-cell"]}, outputs=[new_output("stream",
         name="stdout", text="gone1791")]),
                         md("kept1792")), "kept1792", "gone1791"),
]  # fmt: skip


def everything() -> NotebookNode:
    """All cases in one notebook, each under a mark of its own."""
    cells = [md("# Corpus")]
    for number, case in enumerate(CASES):
        cells += [md(f"# case{number:03}begins {case.name}"), *case.cells]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    return new_notebook(cells=cells)

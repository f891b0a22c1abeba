"""What turns the blocks of a notebook into one page: headings in order, every id once, and the ways back to a number.

The blocks are HTML already, some of it written by others (the table of a DataFrame), so this works on tags and leaves
everything else as it is.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from html import escape, unescape
from typing import NamedTuple

from helpers.export import document
from helpers.markup import dialect as markup

# A start tag with its attributes; quoted values are taken whole, so that a `>` inside one does not end the tag.
_VALUE = r"""(?:"[^"]*"|'[^']*'|[^\s"'>]+)"""
_TAG = re.compile(rf"""<(?P<name>[a-zA-Z][\w:-]*)(?P<attrs>(?:\s+[^\s"'>/=]+(?:\s*=\s*{_VALUE})?)*)\s*/?>""")
_ANY_TAG = re.compile(r"<[^>]*>")
_HEADING = re.compile(r"<h(?P<level>[1-6])\b(?P<attrs>[^>]*)>(?P<inside>.*?)</h(?P=level)\s*>", re.DOTALL)
_ID = re.compile(r"""\sid\s*=\s*["']([^"']*)["']""")
_LINK = re.compile(r"""\shref\s*=\s*"#([^"]*)\"""")
# Whatever a reader sees or hears: a letter outside tags, or something drawn.
_CONTENT = re.compile(r"<(?:img|svg|hr|table)\b|^[^<]*[^\s<]|>[^<]*[^\s<]")
_BLOCK = re.compile(r"<(?P<close>/?)(?:td|th|li|p|dd|dt|caption|figcaption|blockquote|div|h[1-6])\b[^>]*>")
# What can be cited, from its start tag; and where its own text ends.
_PASSAGE = re.compile(r"<(?P<name>p|li|caption)>")
_PASSAGE_END = re.compile(r"</?(?:p|li|ul|ol|caption|table|blockquote|pre|div|h[1-6])\b")
_EVIDENCE = re.compile(r"""<a class="num" href="([^"]*)"[^>]*>.*?</a>""", re.DOTALL)
_LEAD = re.compile(r'\s*(<div class="(?:summary|edition)".*?</div>)', re.DOTALL)
# The page's own ids, in page.html.j2.
_TAKEN = ("top", "text", "contents", "data")


class Heading(NamedTuple):
    level: int
    id: str
    text: str


def headings(body: str) -> tuple[str, list[Heading]]:
    """The body with one title, no skipped level, no empty section and an id on each heading; and what it then has."""
    found = [m for m in _HEADING.finditer(body) if _text(m["inside"])]
    ends = [*[m.start() for m in found], len(body)][1:]
    filled = [bool(_CONTENT.search(body[m.end() : end])) for m, end in zip(found, ends, strict=True)]
    levels = document.outline([int(m["level"]) for m in found], filled)
    kept = {m.start(): level for m, level in zip(found, levels, strict=True) if level}
    taken, listed = Counter(_TAKEN), []

    def place(m: re.Match[str]) -> str:
        if not (level := kept.get(m.start())):
            return ""
        given = _ID.search(m["attrs"])
        name = unescape(given[1]) if given else markup.slug(_text(m["inside"]))
        taken[name] += 1
        # A second section of the same name is numbered, so that the contents can lead to both.
        heading = Heading(level, name if taken[name] == 1 else f"{name}-{taken[name]}", _text(m["inside"]))
        listed.append(heading)
        return f'<h{level} id="{escape(heading.id)}"{_ID.sub("", m["attrs"])}>{m["inside"]}</h{level}>'

    return _HEADING.sub(place, body), listed


def citable(block: str, label: str) -> str:
    """The block with an id on each paragraph, list item and caption, and a link to itself behind each.

    The id comes from the words, and from what its numbers lead to instead of the numbers: it stays when another passage
    is put before this one or a figure is corrected, and goes when the passage says something else.
    """
    parts, at = [], 0
    for m in _PASSAGE.finditer(block):
        end = _PASSAGE_END.search(block, m.end())
        inside = block[m.end() : end.start() if end else len(block)]
        if not (text := _text(_EVIDENCE.sub(r" \1 ", inside))):
            continue
        words = markup.slug(" ".join(re.findall(r"[^\W\d_]+", _text(_EVIDENCE.sub(" ", inside)))[:5]))
        name = escape(f"p-{words}-{hashlib.sha256(text.encode()).hexdigest()[:6]}")
        link = f'<a class="here" href="#{name}" aria-label="{escape(label)}"></a>'
        parts += [block[at : m.start()], f'<{m["name"]} id="{name}">{inside.rstrip()}{link}']
        at = m.end() + len(inside)
    return "".join([*parts, block[at:]])


def linked(body: str, words: dict[str, str]) -> str:
    """The body with every id once, no link to what an edition leaves out, and ways back from the evidence."""
    ids = set(_TAKEN)

    def first(m: re.Match[str]) -> str:
        name = _id(m)
        if name is None or name not in ids:
            ids.add(name or "")
            return m[0]
        return _ID.sub("", m[0])

    uses: Counter[str] = Counter()

    def follow(m: re.Match[str]) -> str:
        link = _LINK.search(m["attrs"])
        if m["name"] != "a" or not link:
            return m[0]
        target = unescape(link[1])
        if target not in ids:
            return m[0].replace(link[0], "")
        if 'class="num"' not in m["attrs"]:
            return m[0]
        uses[target] += 1
        return f'<a id="u-{escape(target)}-{uses[target]}"{m["attrs"]}>'

    body = _TAG.sub(follow, _TAG.sub(first, body))
    ends = [(_end(body, m), target) for m in _TAG.finditer(body) if (target := _id(m)) in uses]
    parts, at = [], 0
    for end, target in sorted(ends):
        parts += [body[at:end], _ways_back(target, uses[target], words)]
        at = end
    return "".join([*parts, body[at:]])


def ids(body: str) -> set[str]:
    """Every id in the body."""
    return {name for m in _TAG.finditer(body) if (name := _id(m))}


def masthead(body: str) -> tuple[str, str]:
    """The title with the summary and the edition line that directly follow it, and the rest of the body."""
    title = re.search(r"<h1 .*?</h1>\n?", body, re.DOTALL)
    if not title:
        return "", body
    head, rest, at = title[0], body[title.end() :], 0
    while lead := _LEAD.match(rest, at):
        head += lead[1] + "\n"
        at = lead.end()
    return head, body[: title.start()] + rest[at:]


def _text(html: str) -> str:
    return " ".join(unescape(_ANY_TAG.sub("", html)).split())


def _id(tag: re.Match[str]) -> str | None:
    given = _ID.search(tag["attrs"])
    return unescape(given[1]) if given else None


def _end(body: str, anchor: re.Match[str]) -> int:
    """Where the cell, item or paragraph that holds an anchor ends: the ways back stand there, after all else."""
    depth = 1 if _BLOCK.match(anchor[0]) else 0
    for m in _BLOCK.finditer(body, anchor.end()):
        depth += -1 if m["close"] else 1
        if depth <= 0 and m["close"]:
            return m.start()
    return len(body)


def _ways_back(target: str, count: int, words: dict[str, str]) -> str:
    links = " ".join(
        f'<a href="#u-{escape(target)}-{n}" aria-label="{escape(words["back"].format(n=n, of=count))}">'
        f"{'↩ ' if n == 1 else ''}{n}</a>"
        for n in range(1, count + 1)
    )
    return f' <span class="uses">{links}</span>'

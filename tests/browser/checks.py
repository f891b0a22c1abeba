"""What axe-core cannot see in a page, above all in its charts. A check gives its faults in words, none if all is well.

Colours are those the browser has computed, and what lies behind a text or a mark is taken from a picture of the page
without them: whatever is drawn there counts, wherever it comes from.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page

Colour = tuple[float, ...]

TEXT, MARK = 4.5, 3.0
_MARGIN = 0.22  # of a line of text, empty above and below its letters

_TEXTS = """() => [...document.querySelectorAll('figure svg text')].filter(t => t.getClientRects().length).map(t => {
  const box = t.getBoundingClientRect(), svg = t.ownerSVGElement, out = svg.getBoundingClientRect();
  const style = getComputedStyle(t), scale = out.width / svg.viewBox.baseVal.width;
  return {text: t.textContent, figure: t.closest('figure').id, colour: style.fill,
          size: parseFloat(style.fontSize) * scale,
          x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height,
          outside: Math.max(out.x - box.x, box.right - out.right, out.y - box.y, box.bottom - out.bottom)};
})"""
# Marks: what carries a value, a date or a reference. Gridlines and rules between rows only guide the eye.
_MARKS = """() => [...document.querySelectorAll('figure svg :is(path, use, rect)')]
  .filter(m => m.getClientRects().length && !m.closest('defs')).map(m => {
  const box = m.getBoundingClientRect(), style = getComputedStyle(m);
  const shape = m.tagName == 'use' ? document.querySelector(m.getAttribute('href')) : m;
  const own = getComputedStyle(shape), root = getComputedStyle(m.closest('.briefing'));
  // A hatch is seen by its lines, whose colour its pattern has.
  const hatch = style.fill.match(/^url\\("?#([^")]+)/);
  const lines = hatch && document.getElementById(hatch[1]).querySelector('path');
  const stroke = lines ? getComputedStyle(lines).stroke : style.stroke == 'none' ? own.stroke : style.stroke;
  return {figure: m.closest('figure').id, id: (m.closest('g[id]') || m).id, d: shape.getAttribute('d'),
          stroke: stroke, fill: style.fill, dash: style.strokeDasharray, name: m.getAttribute('style') || '',
          group: m.tagName == 'use', x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height};
})"""
_GUIDE = re.compile(r"var\(--(?:grid|paper)\)")


def axe(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA and its best practices, and what it leaves to a person.

    Two rules that it cannot decide are decided here: `prose_contrast` computes the contrast of every text, and
    `tables` looks for the cells of every header, which axe-core loses below a heading that spans a table.
    """
    found = Axe().run(page, options={"resultTypes": ["violations", "incomplete"]}).response
    undecided = [rule for rule in found["incomplete"] if rule["id"] not in ("color-contrast", "th-has-data-cells")]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found["violations"] + undecided for node in rule["nodes"]]


def tables(page: Page) -> list[str]:
    """Tables without a caption, with headers that have no scope or no cells, or with rows that nothing names."""
    return page.evaluate("""() => [...document.querySelectorAll('table')].flatMap(table => {
      const heads = [...table.tHead?.rows ?? []].at(-1)?.cells ?? [], groups = [...table.tBodies], faults = [];
      const rows = groups.flatMap(group => [...group.rows]).filter(row => !row.querySelector('[scope=colgroup]'));
      const named = table.caption?.textContent.slice(0, 60) ?? table.outerHTML.slice(0, 90);
      if (!table.caption?.textContent.trim()) faults.push('has no caption');
      if (table.querySelector('th:not([scope])')) faults.push('has a header without scope');
      if (rows.length == 0) faults.push('has no rows');
      for (const row of rows) {
        if (row.cells.length != heads.length)
          faults.push(`has a row of ${row.cells.length} cells under ${heads.length}`);
        if (row.cells[0].scope != 'row') faults.push(`has a row that is not named: ${row.textContent.slice(0, 30)}`);
      }
      for (const [at, head] of [...heads].entries())
        if (!rows.some(row => row.cells[at]?.textContent.trim())) faults.push(`has no cells under ${head.textContent}`);
      for (const group of groups) for (const row of group.rows)
        if (row.querySelector('[scope=colgroup]')
            && (row.cells.length != 1 || row.cells[0].colSpan != heads.length || !row.nextElementSibling))
          faults.push(`has a heading that does not span it, or no rows under it: ${row.textContent.slice(0, 30)}`);
      return faults.map(fault => `${named}: ${fault}`);
    })""")


# --- charts --------------------------------------------------------------------------------------------------------


def text_contrast(page: Page) -> list[str]:
    """Texts of charts below 4.5:1 against the worst of what lies behind them."""
    behind = _picture(page, "figure svg text { visibility: hidden !important }")
    return [
        f"{text['figure']}: “{text['text']}” at {found:.2f}:1"
        for text in page.evaluate(_TEXTS)
        if (found := _worst(_rgb(text["colour"]), behind, _letters(text))) < TEXT
    ]


def mark_contrast(page: Page) -> list[str]:
    """Marks of charts below 3:1 against what lies behind most of them."""
    behind = _picture(page, "figure svg * { visibility: hidden !important }")
    return [
        f"{mark['figure']}: {mark['id'] or mark['name']} at {found:.2f}:1"
        for mark in _marks(page)
        if (found := _worst(_ink(mark), behind, mark)) < MARK
    ]


def collisions(page: Page) -> list[str]:
    """Texts of a chart that touch each other or leave the drawing, in the browser's own fonts."""
    found, texts = [], page.evaluate(_TEXTS)
    for at, one in enumerate(texts):
        if one["outside"] > 1:
            found.append(f"{one['figure']}: “{one['text']}” leaves the drawing by {one['outside']:.0f} px")
        for other in texts[:at]:
            if one["figure"] == other["figure"] and _overlap(one, other):
                found.append(f"{one['figure']}: “{one['text']}” on “{other['text']}”")
    return found


def small_text(page: Page, least: float = 11) -> list[str]:
    """Texts of charts below a size in CSS pixels."""
    return [f"{t['figure']}: “{t['text']}” at {t['size']:.1f} px" for t in page.evaluate(_TEXTS) if t["size"] < least]


def colour_alone(page: Page) -> list[str]:
    """Pairs of colours in one chart whose points have the same shape, filling and line; labels tell bars."""
    found, points = [], [mark for mark in _marks(page) if mark["group"]]
    for figure in sorted({mark["figure"] for mark in points}):
        looks: dict[tuple[Any, ...], set[Colour]] = {}
        for mark in points:
            if mark["figure"] == figure:
                hollow = bool(re.search(r"fill: ?var\(--paper\)", mark["name"]))
                looks.setdefault((_shape(mark["d"]), hollow, mark["dash"]), set()).add(_ink(mark))
        found += [
            f"{figure}: {len(inks)} colours share the look {look}" for look, inks in looks.items() if len(inks) > 1
        ]
    return found if points else ["no chart has points"]


def _marks(page: Page) -> list[dict[str, Any]]:
    """What is drawn in a colour of its own, texts and guides apart."""
    return [mark for mark in page.evaluate(_MARKS) if not _GUIDE.fullmatch(_paint(mark["name"]))]


def _paint(style: str) -> str:
    """The colour that makes a mark: its line, or its filling where it has none."""
    paints = dict(re.findall(r"(fill|stroke): ?([^;]+)", style))
    return paints.get("stroke") or paints.get("fill") or "var(--ink)"


def _ink(mark: dict[str, Any]) -> Colour:
    return _rgb(mark["fill"] if mark["stroke"] == "none" else mark["stroke"])


def _shape(path: str) -> str:
    """The kind of a marker, whatever its size: the commands of its outline, and whether it stands on a corner."""
    return re.sub(r"[^A-Z]", "", path) + ("◇" if re.match(r"M -?0(?:\.0+)? ", path) else "")


# --- text ----------------------------------------------------------------------------------------------------------

_PROSE = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walk.nextNode()) {
    const node = walk.currentNode, parent = node.parentElement;
    if (!node.data.trim() || parent.closest('svg, details:not([open]) > :not(summary)')) continue;
    const range = document.createRange(); range.selectNodeContents(node);
    const box = [...range.getClientRects()].find(r => r.width > 1), style = getComputedStyle(parent);
    const clip = parent.closest('.scroll')?.getBoundingClientRect();
    if (!box || style.visibility == 'hidden' || box.bottom + scrollY < 0 || clip && box.right > clip.right) continue;
    found.push({text: node.data.trim().slice(0, 60), colour: style.color,
                x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height});
  }
  return found;
}"""


def prose_contrast(page: Page) -> list[str]:
    """Texts outside charts below 4.5:1 against the worst of what lies behind them."""
    behind = _picture(
        page,
        "body * { color: transparent !important; text-decoration: none !important }"
        " body ::marker, body ::before { color: transparent !important }",
    )
    return [
        f"“{text['text']}” at {found:.2f}:1"
        for text in page.evaluate(_PROSE)
        if (found := _worst(_rgb(text["colour"]), behind, text)) < TEXT
    ]


def overflow(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    return page.evaluate("""() => {
      const wide = document.scrollingElement.clientWidth;
      if (document.scrollingElement.scrollWidth <= wide) return [];
      return [...document.body.querySelectorAll('*')]
        .filter(e => !e.parentElement.closest('.scroll, svg'))
        .filter(e => e.getBoundingClientRect().right > wide + .5).map(e => e.outerHTML.slice(0, 120));
    }""")


# --- colours -------------------------------------------------------------------------------------------------------


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of WCAG 2.2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _rgb(colour: str) -> Colour:
    parts = [float(part) for part in re.findall(r"[\d.]+", colour)]
    if not colour.startswith("rgb(") or len(parts) != 3:
        raise ValueError(f"Could not interpret the colour `{colour}`: expected an opaque rgb().")
    return tuple(parts)


def _picture(page: Page, hiding: str) -> Image.Image:
    style = page.add_style_tag(content=hiding)
    shot = Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")
    style.evaluate("style => style.remove()")
    return shot


def _worst(colour: Colour, behind: Image.Image, box: dict[str, Any]) -> float:
    """The lowest contrast of a colour with the colours behind its box that fill at least a fiftieth of it."""
    left, top = max(0, int(box["x"])), max(0, int(box["y"]))
    area = behind.crop((left, top, left + max(1, int(box["width"])), top + max(1, int(box["height"]))))
    found = area.getcolors(area.width * area.height) or []
    return min(contrast(colour, other) for count, other in found if count * 50 >= area.width * area.height)


def _letters(box: dict[str, Any]) -> dict[str, Any]:
    """The box of a line of text without the empty margin above and below its letters, where a tick may end."""
    margin = _MARGIN * box["height"]
    return box | {"y": box["y"] + margin, "height": box["height"] - 2 * margin}


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two boxes share more than the empty margin that a line of text has above and below its letters."""
    across = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
    down = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
    return across > 0.5 and down > _MARGIN * min(one["height"], other["height"])

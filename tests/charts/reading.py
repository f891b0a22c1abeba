"""Charts read back from their drawings, as a reader meets them: marks, texts and where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from helpers.charts.chart import Chart
from helpers.charts.sheet import NARROW, WIDE

SVG = "{http://www.w3.org/2000/svg}"
WIDTHS = {"wide": WIDE, "narrow": NARROW}
_VARIANT = re.compile("-(wide|narrow|file|cell)$")


@dataclass(frozen=True)
class Box:
    """The ink of a text, or a mark, in CSS pixels from the top left."""

    left: float
    top: float
    right: float
    bottom: float
    what: str

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def meets(self, other: Box) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.5 and down > 0.5


@dataclass(frozen=True)
class Mark(Box):
    """A mark with its look."""

    fill: str
    stroke: str
    dashed: bool
    opacity: float

    @property
    def hatched(self) -> bool:
        return self.fill.startswith("url(")


def style(element: ElementTree.Element) -> dict[str, str]:
    return dict(part.strip().split(": ", 1) for part in element.get("style", "").split(";") if part.strip())


def numbers(path: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?[\d.]+", path)]


def texts(svg: str) -> list[Box]:
    """Every text with the room it takes in DejaVu Sans, by matplotlib's own measure."""
    boxes = []
    for element in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        look = style(element)
        size, weight = float(look["font-size"].removesuffix("px")), int(look.get("font-weight", 400))
        font = FontProperties(family="DejaVu Sans", size=size, weight=weight)
        content = (element.text or "").strip()
        width, height, descent = text_to_path.get_text_width_height_descent(content, font, ismath=False)
        # A line of several is moved into place, a single one has its place.
        x, y = numbers(element.get("transform") or f"{element.get('x')} {element.get('y')}")
        left = x - width * {"start": 0, "middle": 0.5, "end": 1}[look.get("text-anchor", "start")]
        boxes.append(Box(left, y - height + descent, left + width, y + descent, content))
    return boxes


def text(svg: str, what: str) -> Box:
    """The one text that reads so."""
    (found,) = [box for box in texts(svg) if box.what == what]
    return found


def sizes(svg: str) -> list[float]:
    return [float(style(one)["font-size"].removesuffix("px")) for one in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def marks(svg: str) -> dict[str, Mark]:
    """The named marks: what each covers and how it looks; markers stand where they are used."""
    root, found = ElementTree.fromstring(svg), {}
    paths = {f"#{path.get('id')}": path for path in root.iter(f"{SVG}path") if path.get("id")}
    for group in root.iter(f"{SVG}g"):
        if group.get("id"):
            name = _VARIANT.sub("", group.get("id"))
            found[name] = _mark(group, name, paths)
    return found


def _mark(group: ElementTree.Element, name: str, paths: dict[str, ElementTree.Element]) -> Mark:
    use = group.find(f".//{SVG}use")
    path = group.find(f".//{SVG}path") if use is None else paths[use.get("href")]  # a marker may be drawn once for all
    look = style(use if use is not None else path)
    points = numbers(path.get("d"))
    dx, dy = (float(use.get("x")), float(use.get("y"))) if use is not None else (0.0, 0.0)
    xs, ys = [x + dx for x in points[::2]], [y + dy for y in points[1::2]]
    return Mark(
        min(xs),
        min(ys),
        max(xs),
        max(ys),
        name,
        look.get("fill", "#000000"),
        look.get("stroke", "none"),
        "stroke-dasharray" in look,
        float(look.get("fill-opacity", look.get("opacity", 1))),
    )


def overlaps(svg: str) -> list[tuple[str, str]]:
    """Texts that overlap one another."""
    return [(a.what, b.what) for a, b in combinations(texts(svg), 2) if a.meets(b)]


def covered(svg: str, *spared: str) -> list[tuple[str, str]]:
    """Texts that stand on a mark, whose name ends in none of `spared`."""
    under = [mark for name, mark in marks(svg).items() if not name.endswith(spared or ("\0",))]
    return [(one.what, mark.what) for one in texts(svg) for mark in under if one.meets(mark)]


def outside(svg: str) -> list[str]:
    """Texts that leave the drawing."""
    _, _, width, height = map(float, ElementTree.fromstring(svg).get("viewBox").split())
    return [t.what for t in texts(svg) if t.left < -1 or t.right > width + 1 or t.top < 0 or t.bottom > height]


def faults(chart: Chart, *spared: str) -> list[object]:
    """What is wrong with the texts of a chart in either width."""
    found: list[object] = []
    for name, width in WIDTHS.items():
        svg = getattr(chart, name)
        found += overlaps(svg) + covered(svg, *spared) + outside(svg)
        found += [size for size in sizes(svg) if size < 12]
        found += [] if float(ElementTree.fromstring(svg).get("width")) == width else [name]
    return found

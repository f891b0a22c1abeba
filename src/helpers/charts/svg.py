"""A figure as a small SVG: one unit a pixel, text as text, ids of its own, the same bytes each time."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
ElementTree.register_namespace("", _SVG)


def svg(figure: Figure, name: str, variant: str) -> str:
    """Write a figure.

    Parameters
    ----------
    name
        Of the chart. Groups whose id begins so are kept, for whoever reads the drawing back; all others go.
    variant
        Added to every id, since several drawings of a chart stand in one page.
    """
    for artist in figure.findobj():
        artist.set_clip_on(False)
    buffer = io.StringIO()
    FigureCanvasSVG(figure)
    figure.savefig(buffer, format="svg", metadata=_NO_METADATA)
    root = ElementTree.fromstring(buffer.getvalue())
    _drop(root)
    _rename(root, name, variant)
    _flatten(root)
    width, height = (float(root.attrib[side].removesuffix("pt")) for side in ("width", "height"))
    root.attrib.update({"width": f"{width:g}", "height": f"{height:g}"})
    root.attrib.pop("version", None)
    for element in root.iter():
        for attribute in {"d", "x", "y"} & element.attrib.keys():  # positions only: a printed text stays exact
            element.set(attribute, " ".join(_short(element.attrib[attribute]).split()))
    return re.sub(r">\s+<", "><", ElementTree.tostring(root, encoding="unicode"))


def _short(numbers: str) -> str:
    return re.sub(r"-?\d+\.\d{3,}", lambda m: f"{float(m[0]):.2f}".rstrip("0").rstrip("."), numbers)


def _drop(root: ElementTree.Element) -> None:
    """Without metadata, style sheet, empty definitions and turns by no angle."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.endswith(("metadata", "style")) or (child.tag == f"{{{_SVG}}}defs" and not len(child)):
                parent.remove(child)
    for element in root.iter():
        if re.fullmatch(r"rotate\(-0 .*\)", element.get("transform", "")):
            del element.attrib["transform"]


def _rename(root: ElementTree.Element, name: str, variant: str) -> None:
    """Ids that are referred to get the chart's name and a number, those of marks the variant; others go."""
    kept: dict[str, str] = {}
    for element in root.iter():
        old = element.get("id")
        if old and element.tag in (f"{{{_SVG}}}path", f"{{{_SVG}}}pattern"):
            kept[old] = f"{name}-{variant}-{len(kept)}"
        elif old and old.startswith(f"{name}-"):
            kept[old] = f"{old}-{variant}"
    for element in root.iter():
        old = element.attrib.pop("id", None)
        if old in kept:
            element.set("id", kept[old])
        if target := element.attrib.pop(_XLINK, None):
            element.set("href", f"#{kept[target[1:]]}")
        for attribute, value in element.attrib.items():
            if "url(#" in value:
                element.set(attribute, re.sub(r"url\(#([^)]+)\)", lambda m: f"url(#{kept[m[1]]})", value))


def _flatten(element: ElementTree.Element) -> None:
    """Without groups that group nothing, in place: a third of what matplotlib writes."""
    kept: list[ElementTree.Element] = []
    for child in element:
        _flatten(child)
        bare = child.tag in (f"{{{_SVG}}}g", f"{{{_SVG}}}defs") and not child.attrib
        if bare and (child.tag.endswith("}g") or not len(child)):
            kept += child
        else:
            kept.append(child)
    element[:] = kept

"""What may stand in a page: an allow-list of elements, attributes and styles, held by a sanitiser (nh3).

Whatever a page shows goes through `clean` as its last step, on the text that is written. Nothing that is left can run,
ask for anything, navigate without a click, submit, or be drawn over what others wrote.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

import nh3
import tinycss2


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# What holds text or arranges it, as HTML names it.
HTML = _names(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary sup "
    "table tbody td tfoot th thead time tr u ul var wbr"
)
MATH = _names(
    "math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd mstyle "
    "mpadded menclose"
)
SVG = _names(
    "svg g path rect circle ellipse line polyline polygon text tspan defs use clipPath linearGradient radialGradient "
    "stop marker pattern title desc symbol"
)
# Names of SVG that are not in lower case; parsers of HTML fold them.
CASED = {
    name.lower(): name
    for name in (*SVG, "viewBox", "preserveAspectRatio", "gradientUnits", "gradientTransform", "patternUnits")
    if name != name.lower()
}
VOID = frozenset(("br", "col", "hr", "img", "wbr"))
ALLOWED = HTML | MATH | SVG
# What is put in order but never shown: it has to be seen, so that it can be named where it is left out.
_SEEN = _names(
    "script style template iframe object embed video audio canvas input select textarea form button center strike tt "
    "font big main article"
)

_EVERY = {"id", "class", "lang", "dir", "title", "style"}
_OF_HTML = {
    "a": {"href", "aria-label"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "div": {"align", "role", "tabindex", "aria-label"},
    "img": {"src", "alt", "width", "height"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "p": {"align"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign", "scope", "abbr"},
    "time": {"datetime"},
    "tr": {"align", "valign"},
}
_OF_MATH = _names(
    "display displaystyle mathvariant stretchy fence form separator accent accentunder linethickness width height "
    "depth lspace rspace minsize maxsize columnalign rowspacing columnspacing linebreak scriptlevel notation alttext"
)
_OF_SVG = _names(
    "x y x1 y1 x2 y2 cx cy r rx ry d dx dy fx fy points width height viewBox preserveAspectRatio transform offset "
    "gradientUnits gradientTransform patternUnits href xmlns role aria-label fill fill-opacity fill-rule stroke "
    "stroke-width stroke-opacity stroke-dasharray stroke-linecap stroke-linejoin opacity stop-color stop-opacity "
    "text-anchor dominant-baseline font-family font-size font-weight font-style clip-path rotate"
)
ATTRIBUTES: dict[str, set[str]] = {
    **{tag: _EVERY | _OF_HTML.get(tag, set()) for tag in HTML},
    **{tag: {"id", *_OF_MATH} for tag in MATH},
    **{tag: {"id", "style", *_OF_SVG} for tag in SVG},
}
# The classes of foreign HTML that stay: the page's style sheet gives them a look that touches nothing else.
CLASSES = _names(
    "dataframe scroll right center title subtitle source chart wide narrow num src mark words label-reported "
    "label-worked label-reading caveat"
)

_PROPERTIES = _names(
    "color background background-color font font-family font-size font-style font-variant font-weight text-align "
    "text-decoration text-decoration-line text-transform vertical-align white-space word-break overflow-wrap width "
    "min-width max-width height border border-top border-right border-bottom border-left border-color border-style "
    "border-width border-collapse border-spacing border-radius padding padding-top padding-right padding-bottom "
    "padding-left caption-side list-style-type fill fill-opacity fill-rule stroke stroke-width stroke-opacity "
    "stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit opacity stop-color "
    "stop-opacity text-anchor dominant-baseline clip-path clip-rule "
    "--2 --3 --4 --5 --6 --7"  # names of columns, which a narrow screen says before each cell
)
_FUNCTIONS = frozenset(("rgb", "rgba", "hsl", "hsla", "linear-gradient", "var"))
_LARGEST = 2_000.0  # of any length, in whatever unit


def clean(html: str) -> str:
    """HTML of which only what is allowed is left, well-formed, whatever it was.

    The text of scripts and styles goes with them; an element that is not allowed leaves its text.
    """
    return nh3.clean(
        html,
        tags=set(ALLOWED),
        clean_content_tags={"script", "style", "template", "noembed", "noframes", "noscript", "iframe", "xmp"},
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "data"},
    )


def ordered(html: str) -> str:
    """HTML as a browser's parser understands it, well-formed, with what the page cannot show still in it."""
    every = {
        name: set(names) | {"hidden", "name", "src", "type", "align", "color"} for name, names in ATTRIBUTES.items()
    }
    seen = {name: {"src", "data", "style", "hidden", "type", "color", "align", "class"} for name in _SEEN}
    return nh3.clean(
        html,
        tags=set(ALLOWED | _SEEN),
        clean_content_tags=set(),
        attributes={**every, **seen, "a": every["a"] | {"name"}, "svg": every["svg"] | {"width"}},
        link_rel=None,
        url_schemes={"http", "https", "mailto", "data", "attachment"},
    )


def attributes(tag: str, given: dict[str, str], trusted: bool = False) -> dict[str, str]:
    """Of an element's attributes those that are allowed, with harmless values; its classes as they are if trusted."""
    allowed, kept = ATTRIBUTES.get(tag, set()), {}
    for name, value in given.items():
        name = CASED.get(name, "href" if name == "xlink:href" else name)
        if name == "class" and not trusted:
            value = " ".join(one for one in value.split() if one in CLASSES)
        if name in allowed and value and (kind := _attribute(tag, name, value)) is not None:
            kept[name] = kind
    if given.get("color") and not kept.get("style") and (colour := style(f"color: {given['color']}")):
        kept["style"] = colour
    return kept


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name in ("href", "src"):
        return value if address(tag, value) else None
    if name == "style":
        return style(value) or None
    if name in ("fill", "stroke", "clip-path"):
        return value if style(f"{name}: {value}") else None
    if name == "tabindex":
        return "0"
    return value


def address(tag: str, value: str) -> bool:
    """Whether an element may name this address: a picture its own data, a link the page, the web and mail."""
    value = value.strip().lower()
    if tag == "img":
        return value.startswith("data:image/") and not value.startswith("data:image/svg+xml;utf8")
    return value.startswith("#") or (tag == "a" and value.startswith(("http://", "https://", "mailto:")))


@lru_cache(maxsize=4096)
def style(declarations: str) -> str:
    """The declarations that change only how an element's own text and ground look, and ask for nothing."""
    kept = []
    for one in tinycss2.parse_blocks_contents(declarations, skip_comments=True, skip_whitespace=True):
        if one.type == "declaration" and one.lower_name in _PROPERTIES and all(map(_harmless, one.value)):
            kept.append(f"{one.lower_name}: {tinycss2.serialize(one.value).strip()}")
    return "; ".join(kept)


@lru_cache(maxsize=4096)
def hidden(declarations: str) -> bool:
    """Whether these declarations keep an element from being seen at all."""
    return any(
        one.type == "declaration"
        and (one.lower_name, tinycss2.serialize(one.value).strip().lower())
        in (("display", "none"), ("visibility", "hidden"))
        for one in tinycss2.parse_blocks_contents(declarations)
    )


def _harmless(part: Any) -> bool:
    if part.type == "function":
        return part.lower_name in _FUNCTIONS and all(map(_harmless, part.arguments))
    if part.type == "url":
        return part.value.startswith("#")
    if part.type in ("dimension", "number", "percentage"):
        return -_LARGEST <= part.value <= _LARGEST and (part.value >= 0 or part.type == "number")
    return part.type in ("ident", "hash", "string", "whitespace", "comment", "literal")


def is_svg(text: str) -> bool:
    """Whether a text is a drawing that can be read."""
    try:
        return ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"
    except (ElementTree.ParseError, ValueError):
        return False

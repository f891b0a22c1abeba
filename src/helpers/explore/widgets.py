"""One control of `explore.ipynb`: menus, fields, buttons and texts, all of one look."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from xml.sax.saxutils import escape

import ipywidgets

_INDENT = "8rem"
_LINE = "46rem"  # a line of text
LOOK: dict[str, Any] = {"layout": ipywidgets.Layout(width="98%"), "style": {"description_width": _INDENT}}


def part(*children: ipywidgets.Widget) -> ipywidgets.VBox:
    """Controls one below the other, as wide as a line of text."""
    return ipywidgets.VBox(children, layout=ipywidgets.Layout(max_width=_LINE))


def beside(first: ipywidgets.Widget, second: ipywidgets.Widget) -> ipywidgets.Box:
    """Two texts side by side, the second in a narrower column; one below the other where there is no room."""
    first.layout.flex, second.layout.flex = "2 1 32rem", "1 1 20rem"
    for text in (first, second):
        text.layout.min_width, text.layout.max_width = "0", _LINE
    return ipywidgets.Box((first, second), layout=ipywidgets.Layout(flex_flow="row wrap", grid_gap="0 2rem"))


def row(*parts: ipywidgets.Widget) -> ipywidgets.Box:
    """Controls side by side, where there is room."""
    return ipywidgets.Box(parts, layout=ipywidgets.Layout(flex_flow="row wrap"))


def menu(
    name: str, options: Mapping[str, str] | None = None, value: str = "", width: str = "98%"
) -> ipywidgets.Dropdown:
    """A menu; `options` are value to label."""
    made = ipywidgets.Dropdown(description=name, layout=ipywidgets.Layout(width=width), style=LOOK["style"])
    if options:
        offer(made, options, value)
    return made


def offer(menu: ipywidgets.Dropdown, options: Mapping[str, str], default: str, anew: bool = False) -> None:
    """Give a menu its options; it keeps its value if that is still among them, unless it is to choose anew."""
    kept = default if anew or menu.value not in options else menu.value
    listed = tuple((label, name) for name, label in options.items())
    if menu.options != listed:
        menu.options = listed
    menu.value = kept


def text(name: str, value: str = "") -> ipywidgets.Text:
    """A field of one line."""
    look = LOOK | {"layout": ipywidgets.Layout(width="16rem")}
    return ipywidgets.Text(description=name, value=value, continuous_update=False, **look)


def days(name: str) -> tuple[ipywidgets.DatePicker, ipywidgets.DatePicker]:
    """The first and the last day of a period."""
    look = LOOK | {"layout": ipywidgets.Layout(width="16.5rem")}
    to = {"layout": ipywidgets.Layout(width="11rem"), "style": {"description_width": "2rem"}}
    return ipywidgets.DatePicker(description=f"{name}, from", **look), ipywidgets.DatePicker(description="to", **to)


def button(name: str, action: Callable[[], None], message: ipywidgets.HTML) -> ipywidgets.Button:
    """A button that tells what hinders it, where its result would stand."""
    layout = ipywidgets.Layout(width="auto", margin=f"4px 0 8px {_INDENT}", align_self="flex-start")
    widget = ipywidgets.Button(description=name, layout=layout)

    def act(_: ipywidgets.Button) -> None:
        try:
            action()
        except (ValueError, OSError) as error:
            message.value = failed(error)

    widget.on_click(act)
    return widget


def html(text: str = "") -> ipywidgets.HTML:
    """A text that looks like the outputs of a notebook."""
    return ipywidgets.HTML(text).add_class("jp-RenderedHTML").add_class("jp-RenderedHTMLCommon")


def failed(error: Exception) -> str:
    """What hinders, as HTML."""
    return f'<div class="failed"><p>{escape(str(error))}</p></div>'

"""The charts of a report as files of their own, for slides and articles."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from typing import Any

FOLDER = "charts"


def taken(outputs: Iterable[Mapping[str, Any]]) -> dict[str, bytes]:
    """The SVG and PNG of every chart among the outputs of a notebook, by path: "charts/before-after.png".

    Title, source and licence stand inside each.
    """
    found = {}
    for output in outputs:
        about = output.get("metadata", {}).get("image/svg+xml", {})
        if files := about.get("files"):
            found[f"{FOLDER}/{about['id']}.svg"] = files["svg"].encode()
            found[f"{FOLDER}/{about['id']}.png"] = base64.b64decode(files["png"])
    return found

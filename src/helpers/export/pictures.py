"""Pictures that a notebook names or holds: found, read as a test that they can be, and embedded."""

from __future__ import annotations

import base64
import binascii
import io
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from PIL import Image

from helpers.markup import safe

KINDS = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")
_LARGEST = 30_000_000  # bytes
_FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}


class PictureError(ValueError):
    """A picture that cannot be shown, and why in a few words."""


def find(url: str, attachments: Mapping[str, Any], folder: Path | None) -> tuple[str, bytes]:
    """The kind and content of the picture at an address.

    Parameters
    ----------
    url
        `attachment:name`, `data:image/...`, or a file beside the notebook. Nothing is fetched from the web.
    attachments
        Those of the cell: by name, the content by MIME type.
    folder
        Where the notebook lies, if it is a file. What lies outside is not read.

    Raises
    ------
    PictureError
        If there is none, or it cannot be read.
    """
    if url.startswith("attachment:"):
        held = attachments.get(unquote(url.removeprefix("attachment:")))
        if not isinstance(held, Mapping) or not held:
            raise PictureError(f"the cell has no attachment `{url.removeprefix('attachment:')}`")
        kind, content = next(iter(held.items()))
        return check(kind, content)
    if url.startswith("data:"):
        head, _, content = url.removeprefix("data:").partition(",")
        if ";base64" in head:
            return check(head.partition(";")[0], content)
        return _checked(unquote_to_bytes(content))
    if url.lower().startswith(("http:", "https:", "//")):
        raise PictureError(f"a picture on the web is not fetched: {url}")
    return _checked(_file(url, folder))


def check(kind: str, content: Any) -> tuple[str, bytes]:
    """The kind and the bytes of a picture as notebooks hold them: SVG as text, all else in Base64.

    Raises
    ------
    PictureError
        If it cannot be read.
    """
    text = "".join(content) if isinstance(content, list) else str(content)
    if kind == "image/svg+xml" and text.lstrip().startswith("<"):
        return _checked(text.encode())
    try:
        return _checked(base64.b64decode("".join(text.split()), validate=True))
    except binascii.Error:
        raise PictureError("a broken picture") from None


def _file(url: str, folder: Path | None) -> bytes:
    name = unquote(url.partition("?")[0].partition("#")[0])
    if folder is None:
        raise PictureError(f"`{name}` is sought beside the notebook, and its place is not known")
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise PictureError(f"`{name}` lies outside the notebook's folder")
        if not path.is_file():
            raise PictureError(f"there is no file `{name}` beside the notebook")
        if path.stat().st_size > _LARGEST:
            raise PictureError(f"`{name}` is larger than {_LARGEST // 1_000_000} MB")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        if isinstance(error, PictureError):
            raise
        raise PictureError(f"`{name}` cannot be read") from None


def _checked(data: bytes) -> tuple[str, bytes]:
    if len(data) > _LARGEST:
        raise PictureError(f"a picture larger than {_LARGEST // 1_000_000} MB")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = ""
        if not safe.is_svg(text):
            raise PictureError("a broken picture")
        return "image/svg+xml", text.encode()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                image.load()
                if image.format in _FORMATS:
                    return _FORMATS[image.format], data
                made = io.BytesIO()
                image.convert("RGBA").save(made, "PNG")
                return "image/png", made.getvalue()
    except Exception:  # Pillow raises what its many readers raise
        raise PictureError("a broken picture") from None


def width(kind: str, data: bytes, most: float = 230, highest: float = 600) -> float | None:
    """The width in points of a picture within a line and a page, or None for a drawing, which knows its own."""
    if kind == "image/svg+xml":
        return None
    with Image.open(io.BytesIO(data)) as image:
        return round(min(image.width * 0.75, most, highest * image.width / image.height), 1)

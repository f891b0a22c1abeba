"""Pictures are read before they are embedded, and none is fetched or taken from elsewhere."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from export.samples import SVG, png
from PIL import Image

from helpers.export import pictures

PNG = base64.b64decode(png(8, 4))


def test_files_beside_the_notebook_are_found_and_no_others(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    (folder / "in").mkdir(parents=True)
    (folder / "in" / "a b.png").write_bytes(PNG)
    (tmp_path / "secret.png").write_bytes(PNG)
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    assert pictures.find("in/a%20b.png?x#y", {}, folder) == ("image/png", PNG)
    for url, words in (
        ("../secret.png", "outside"),
        (str(tmp_path / "secret.png"), "outside"),
        ("link.png", "outside"),
        ("in", "no file"),
        ("none.png", "no file"),
        ("a\0.png", "cannot be read"),
        ("x" * 5000, "cannot be read|no file"),
        ("https://example.org/a.png", "not fetched"),
        ("//example.org/a.png", "not fetched"),
        ("attachment:a.png", "no attachment"),
        ("javascript:alert(1)", "no file"),
    ):
        with pytest.raises(pictures.PictureError, match=words):
            pictures.find(url, {}, folder)
    with pytest.raises(pictures.PictureError, match="not known"):
        pictures.find("a.png", {}, None)


@pytest.mark.parametrize("made", ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"])
def test_kinds_are_told_by_content_and_others_become_png(made: str) -> None:
    held = io.BytesIO()
    Image.new("RGB", (5, 3), "teal").save(held, made)
    kind, data = pictures.check("image/png", base64.b64encode(held.getvalue()).decode())
    assert kind == (f"image/{made.lower()}" if made not in ("BMP", "TIFF") else "image/png")
    with Image.open(io.BytesIO(data)) as image:
        assert (image.size, image.convert("RGB").getpixel((1, 1))[2] > 100) == ((5, 3), True)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("image/png", "AAAA"),
        ("image/png", "not base64!"),
        ("image/png", png()[:60]),
        ("image/jpeg", ""),
        ("image/svg+xml", "<svg"),
        ("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'>&nope;</svg>"),
        ("image/svg+xml", "<html><body>x</body></html>"),
        ("image/svg+xml", "plain"),
    ],
)
def test_a_broken_picture_is_told(kind: str, content: str) -> None:
    with pytest.raises(pictures.PictureError, match="broken picture"):
        pictures.check(kind, content)


def test_a_drawing_stays_as_it_is() -> None:
    assert pictures.check("image/svg+xml", SVG) == ("image/svg+xml", SVG.encode())
    assert (
        pictures.find("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E", {}, None)[0]
        == "image/svg+xml"
    )

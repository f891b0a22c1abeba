"""A draft read as sentences, whatever file it stands in."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from helpers.drafts.sentences import DraftError, language, sentences

TEXT = "The number rose. It was 7,000 on Nov. 15, they said. Then “it fell.” By how much?"
SPLIT = ["The number rose.", "It was 7,000 on Nov. 15, they said.", "Then “it fell.”", "By how much?"]

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def word(path: Path, *paragraphs: str) -> Path:
    """A Word document of these paragraphs, each in two runs as editing leaves them."""
    body = "".join(
        f"<w:p><w:r><w:t>{text[:7]}</w:t></w:r><w:r><w:t xml:space='preserve'>{text[7:]}</w:t></w:r></w:p>"
        for text in paragraphs
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", CONTENT_TYPES)
        file.writestr("_rels/.rels", RELATIONS)
        file.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?><w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
        )
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("draft.txt", f"{TEXT}\n\nAnother\nparagraph."),
        ("draft.md", f"{TEXT.replace('number', '*number*')}\n\nAnother\nparagraph."),
        ("draft.html", f"<title>No</title><p>{TEXT}</p><script>9</script><!-- 8 --><p>Another<br>paragraph.</p>"),
    ],
)
def test_one_text_in_every_form(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    found = sentences(tmp_path / name)
    assert [each.text for each in found] == [*SPLIT, "Another paragraph."]
    assert [each.place for each in found] == [1, 1, 1, 1, 2]
    assert found[1].paragraph == TEXT


def test_word_document(tmp_path: Path) -> None:
    found = sentences(word(tmp_path / "draft.docx", TEXT, "Another paragraph."))
    assert [each.text for each in found] == [*SPLIT, "Another paragraph."]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("draft.pdf", b"%PDF", "a file ending in .md, .txt, .html, .htm, .docx is needed"),
        ("draft.txt", b"\xff\xfe", "byte 0 is not UTF-8; save it as UTF-8"),
        ("draft.docx", b"no archive", "as a Word document"),
        ("draft.md", b"<!-- nothing -->\n", "holds no text, so nothing could be checked"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DraftError, match=message) as caught:
        sentences(tmp_path / name)
    assert name in str(caught.value)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.md", tmp_path):
        with pytest.raises(DraftError, match="there is no file"):
            sentences(path)


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Reports fell.", "en"),
        ("Число обращений снизилось.", "ru"),
        ("Өтініштер саны азайды, полиция хабарлады.", "kk"),
    ],
)
def test_language_by_its_letters(tmp_path: Path, text: str, spoken: str) -> None:
    (tmp_path / "draft.txt").write_text(text, encoding="utf-8")
    assert language(sentences(tmp_path / "draft.txt")) == spoken

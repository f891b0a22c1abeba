"""Files of bounded size that a person put there: no link, no pipe, no device."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

LIMIT = 100_000_000  # bytes; a hundred thousand figures take a third of it


class UnreadableError(ValueError):
    """A file that cannot be read, with the cause in a sentence."""


def read_text(path: Path, advice: str = "save it as UTF-8", limit: int = LIMIT) -> str:
    """The text of a file in UTF-8, with or without a byte order mark.

    Raises
    ------
    FileNotFoundError
        If there is none of that name.
    UnreadableError
        If it is a folder, a link or a device, is larger than `limit` bytes, may not be read, or is not UTF-8.
    """
    try:
        # Without O_NONBLOCK, opening a pipe waits for a writer that never comes.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        raise
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise UnreadableError("is a link; put the file itself into the folder") from None
        raise UnreadableError(f"cannot be read: {error.strerror}") from None
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            raise UnreadableError("is a folder, not a file" if stat.S_ISDIR(mode) else "is no plain file")
        with os.fdopen(handle, "rb", closefd=False) as file:
            content = file.read(limit + 1)
    finally:
        os.close(handle)
    if len(content) > limit:
        raise UnreadableError(f"is larger than {limit // 1_000_000:,} MB")
    try:
        text = content.decode("utf-8-sig")
        if text.count("\0") > len(text) // 4:
            raise UnreadableError(f"every other byte is zero, as in UTF-16; {advice}")
        return text
    except UnicodeDecodeError as error:
        raise UnreadableError(f"byte {error.start} is not UTF-8; {advice}") from None

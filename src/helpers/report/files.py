"""Files that belong together are replaced together.

A set of files (the HTML, the PDF, the findings and the charts of one edition) is written whole into a folder beside its
place, `.briefing.new`. One rename to `.briefing.ready` decides that the new edition holds. Its files are then moved to
their places one by one. A run that dies before the rename has changed nothing; after it, the next command moves what is
left and says so. The old edition and the new one lie side by side only while a few names are changed.

The alternatives are worse for those who use the files: links that switch a whole folder break when a report is mailed,
zipped or synchronised, and exchanging two folders in one step is not to be had on every system.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import glob
import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_LIST = "set.json"


@contextlib.contextmanager
def exclusive(folder: Path, name: str = "") -> Iterator[None]:
    """Wait until no other run writes into a folder, mend what a killed run left there, and keep others waiting.

    Parameters
    ----------
    folder
        Made if it is missing.
    name
        The only set to be mended, in a folder that is the user's own; else every set in it is.
    """
    sets = glob.escape(name) or "*"
    folder.mkdir(parents=True, exist_ok=True)
    # The folder itself is locked: no file is left behind, and the system frees the lock of a process that dies.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"Another run is writing into {folder}; this one waits for its turn.", file=sys.stderr)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        for ready in sorted(folder.glob(f".{sets}.ready")):
            _place(folder, ready)
            mended = ready.name[1 : -len(".ready")]
            print(f"A run was stopped while it put the files of {mended} in place; that is now done.", file=sys.stderr)
        for unfinished in folder.glob(f".{sets}.new"):
            _remove(unfinished)
        yield
    finally:
        os.close(descriptor)


def put(folder: Path, name: str, files: Mapping[str, bytes], about: Mapping[str, Any] | None = None) -> list[Path]:
    """Replace a set of files in a folder, as one.

    Parameters
    ----------
    folder
        Whose lock (`exclusive`) is held.
    name
        Of the set, as "briefing".
    files
        Content by path within the folder, as "charts/hero.svg". A file of the set before that is not among them goes.
    about
        What else to keep about the set, clean for JSON: `standing` returns it.

    Raises
    ------
    OSError
        If the files cannot be written; those of the set before then stand.
    """
    new, ready = folder / f".{name}.new", folder / f".{name}.ready"
    _writable(folder, files)
    try:
        for path, content in files.items():
            _write(new / path, content)
        hashes = {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
        listed = {"about": dict(about or {}), "files": hashes}
        _write(new / _LIST, json.dumps(listed, indent=1, sort_keys=True).encode())
        os.rename(new, ready)
    except BaseException:
        _remove(new, ignore_errors=True)
        raise
    _place(folder, ready)
    return [folder / path for path in files]


def standing(folder: Path, name: str) -> dict[str, Any] | None:
    """What `put` was told about the set that stands in a folder; None unless every file of it is there, unchanged."""
    try:
        if (folder / f".{name}.ready").exists():
            return None
        listed = json.loads((folder / f".{name}.json").read_bytes())
        for path, expected in listed["files"].items():
            if hashlib.sha256((folder / path).read_bytes()).hexdigest() != expected:
                return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return listed["about"]


def names(folder: Path, name: str) -> list[Path]:
    """The files of the set that stands in a folder, in the order they were given."""
    return [folder / path for path in _listed(folder / f".{name}.json")]


def _place(folder: Path, ready: Path) -> None:
    """Move the files of a finished set to their places; what was moved before is left as it is."""
    name = ready.name[1 : -len(".ready")]
    # The list is the last to be moved: without it, all is in place.
    if (ready / _LIST).exists():
        files = _listed(ready / _LIST)
        _writable(folder, files)
        for path in files:
            if (ready / path).exists():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                os.replace(ready / path, folder / path)
        for path in _listed(folder / f".{name}.json"):
            if path not in files:
                (folder / path).unlink(missing_ok=True)
                with contextlib.suppress(OSError):  # others' files keep it
                    (folder / path).parent.rmdir()
        os.replace(ready / _LIST, folder / f".{name}.json")
    _remove(ready)


def _remove(folder: Path, *, ignore_errors: bool = False) -> None:
    import shutil  # here, because it takes as long to load as to find that nothing has changed

    shutil.rmtree(folder, ignore_errors=ignore_errors)


def _listed(path: Path) -> list[str]:
    try:
        return list(json.loads(path.read_bytes())["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _writable(folder: Path, files: Mapping[str, bytes] | list[str]) -> None:
    """Refuse before anything is moved what could not be replaced half-way."""
    for path in files:
        if (folder / path).is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(folder / path))
        if (parent := (folder / path).parent).exists() and not parent.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder / path))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            # A set that is ready must be there after a power cut too.
            os.fsync(file.fileno())
    except OSError as error:
        # A full disk is reported without the name of the file.
        raise OSError(error.errno, error.strerror, str(path)) from error

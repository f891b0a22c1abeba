"""The command line behind the Makefile's targets.

    python -m helpers report rounding=coarse as_of=2023-12-31
    python -m helpers audit package=data sources=texts

Parameters come as `name=value`, or from make as environment variables named `BRIEFING_` and the parameter, so that no
value ever passes through a shell. An empty value counts as not given; a name that a command does not take is refused.

Exit status: 0 done, and of an audit or a check: sound; 1 the command could not do its work; 2 the figures as they stand
clash; 3 a wording or number does not match its text or package; 130 interrupted.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, NoReturn

PROJECT = Path(__file__).resolve().parents[3]
PREFIX = "BRIEFING_"
DONE, FAILED, CLASH, UNMATCHED = range(4)
INTERRUPTED = 130
_EDITION = ("package", "as_of", "rounding", "evidence")


class Refusal(Exception):
    """A command that cannot be carried out, in whole sentences that say what to do."""


class Command(NamedTuple):
    """A command of the project.

    Attributes
    ----------
    function
        `module:function`, imported when the command is asked for. It is given the parameters that are not empty, by
        name, and returns the exit status. It raises `Refusal`, `ValueError` or `OSError` for what a person can mend.
    takes
        Names of its parameters.
    others
        Whether it hands any other parameter on, to a notebook for instance.
    """

    function: str
    takes: tuple[str, ...] = ()
    others: bool = False

    def load(self) -> Callable[[Mapping[str, str]], int]:
        module, _, name = self.function.partition(":")
        return getattr(import_module(module), name)


COMMANDS = {
    "report": Command("helpers.report.edition:report", (*_EDITION, "notebook")),
    "audit": Command("helpers.report.edition:audit", (*_EDITION, "sources")),
    "check": Command("helpers.drafts.check:check", ("draft", *_EDITION)),
    "export": Command("helpers.report.own:export", ("notebook", "strict"), others=True),
    "editions": Command("helpers.report.editions:editions", ("editions", "scheduler")),
    "new": Command("helpers.report.command:new", ("package", "sources")),
    "lab": Command("helpers.report.lab:lab", ("package",)),
    "licences": Command("helpers.report.licences:licences"),
    "datapackage": Command("helpers.report.command:datapackage", ("package",)),
}


def main(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> int:
    """Carry out a command.

    Parameters
    ----------
    arguments
        Its name, then parameters as `name=value`.
    environment
        Where make leaves the parameters. Empty values count as not given.

    Returns
    -------
    int
        The exit status, with the reason on standard error where it is not 0.
    """
    # What a command says goes out when its status is known: a reader who stops reading changes nothing about the work.
    output = io.StringIO()
    try:
        command, parameters = parse(arguments, environment or {})
        with _signals(), contextlib.redirect_stdout(output):
            status = command.load()(parameters)
    except KeyboardInterrupt:
        status = INTERRUPTED
        _say("Interrupted. The last reports, if any, stand.")
    except Exception as error:
        status = FAILED
        _say(explain(error))
    return _out(output.getvalue(), status)


def parse(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[Command, dict[str, str]]:
    """The command that is asked for and its parameters by name.

    Raises
    ------
    Refusal
        If there is no such command, or it does not take a parameter, or a parameter is given twice.
    """
    name, *rest = arguments or [""]
    if name not in COMMANDS:
        raise Refusal(f"There is no command `{name}`. The commands are: {', '.join(COMMANDS)}.")
    command = COMMANDS[name]
    given = [(key[len(PREFIX) :], value) for key, value in environment.items() if key.startswith(PREFIX)]
    for argument in rest:
        key, sign, value = argument.partition("=")
        if not sign:
            raise Refusal(f"Could not interpret `{argument}`. Write a parameter as name=value.")
        given.append((key, value))
    parameters: dict[str, str] = {}
    for key, value in given:
        known = key.lower() if key.lower() in command.takes else key
        if not value:
            continue
        if known not in command.takes and not command.others:
            takes = ", ".join(part.upper() for part in command.takes) or "no parameter"
            raise Refusal(f"Could not interpret parameter `{key}`. `{name}` takes: {takes}.")
        if parameters.get(known, value) != value:
            raise Refusal(f"Parameter `{known}` is given twice: as `{parameters[known]}` and as `{value}`.")
        parameters[known] = value
    return command, parameters


# --- what went wrong, in words --------------------------------------------------------------------------------------

_STANDS = "The last reports, if any, stand."
_DISK = {
    errno.ENOSPC: "The disk is full: {where} cannot be written. Make room there, then run the command again.",
    errno.EDQUOT: "Your share of the disk is used up: {where} cannot be written. Make room, then run this again.",
    errno.EFBIG: "{where} would be larger than files may be here. Raise the limit, then run the command again.",
    errno.EROFS: "{where} cannot be written, because the disk is read-only. Make it writable, or copy the project.",
    errno.EACCES: "You may not read or write {where}. Change its permissions, then run the command again.",
    errno.EPERM: "You may not read or write {where}. Change its permissions, then run the command again.",
    errno.EISDIR: "{where} is a folder, where a file is needed. Move it away, then run the command again.",
    errno.ENOTDIR: "{where} leads through a file, where a folder is needed. Check the path.",
    errno.EEXIST: "{where} is there already, as a file where a folder is needed. Name another, or move it away.",
    errno.ENOENT: "{where} is not there. Check the path.",
    errno.ENAMETOOLONG: "The name {where} is too long for this system. Use a shorter one.",
    errno.ELOOP: "{where} is a link that leads back to itself. Replace it by the file it stands for.",
    errno.EMFILE: "Too many files are open. Raise the limit (`ulimit -n`), then run the command again.",
    errno.EIO: "The disk failed to read or write {where}. Check the disk.",
}


def explain(error: Exception) -> str:
    """What went wrong and what to do, for the person who ran the command.

    A failure that nobody foresaw is a fault of the program: it is named in a sentence, and its traceback goes to a
    file.
    """
    if isinstance(error, Refusal | ValueError) and not isinstance(error, UnicodeError):
        return f"{error}\n{_STANDS}"
    if isinstance(error, ImportError) and not (error.name or "").startswith("helpers."):
        return f"The environment in .venv is not whole ({error}). Run `make clean`, then the command again."
    if isinstance(error, MemoryError):
        return f"This machine has too little memory for it. Close other programs or use a smaller package. {_STANDS}"
    if isinstance(error, RecursionError):
        return f"A file is nested too deeply to be read; is datapackage.json or the notebook damaged? {_STANDS}"
    if isinstance(error, OSError) and error.errno in _DISK:
        where = error.filename2 or error.filename or "a file"
        return f"{_DISK[error.errno].format(where=os.fsdecode(where))} {_STANDS}"
    return f"The program failed ({type(error).__name__}: {error}). This is a fault of its own{_kept(error)}. {_STANDS}"


def _kept(error: Exception) -> str:
    """Where the traceback of a fault is kept, for whoever mends it."""
    import traceback  # here, because it takes longer to load than a report that is up to date takes

    log = PROJECT / ".cache" / "fault.log"
    try:
        log.parent.mkdir(exist_ok=True)
        log.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return "; its details could not be written to .cache/fault.log"
    return "; its details are in .cache/fault.log"


def tell(paths: Iterable[Path]) -> None:
    """Say where files were written, from where the user stands."""
    for path in paths:
        print(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _say(text: str) -> None:
    # Standard error may itself be closed or full.
    with contextlib.suppress(OSError, ValueError):
        print(f"\n{text}" if sys.stderr and sys.stderr.isatty() else text, file=sys.stderr, flush=True)


def _out(text: str, status: int) -> int:
    """Write to standard output, which may be closed, full or without a reader; the exit status."""
    if not sys.stdout:
        return status
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # Python would try again when it ends.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            _say(f"Standard output cannot be written: {error.strerror}. The reports are made.")
            return status or FAILED
    return status


@contextlib.contextmanager
def _signals() -> Iterator[None]:
    """A polite request to end, or a closed terminal, is an interrupt: what was begun is cleaned up."""

    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    before = {}
    with contextlib.suppress(ValueError):  # not in the main thread
        before = {name: signal.signal(name, interrupt) for name in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


# --- small commands -------------------------------------------------------------------------------------------------


def datapackage(parameters: Mapping[str, str]) -> int:
    """Write `datapackage.json` of a package from the schema."""
    from helpers.package import ledger

    ledger.main(str(place(parameters.get("package", ""))))
    return DONE


def new(parameters: Mapping[str, str]) -> int:
    """Make a package from a folder of texts, or add drafts of what is new in them."""
    if not {"package", "sources"} <= parameters.keys():
        raise Refusal(
            "Name a folder for the package and the folder of the texts: make new PACKAGE=path SOURCES=folder."
        )
    from helpers.package import scaffold

    package = place(parameters["package"])
    print(scaffold.new(package, place(parameters["sources"])))
    print(package)
    return DONE


def place(path: str, otherwise: str = "data") -> Path:
    """A folder or file in full, named from where the user stands, or else from the project."""
    named = Path(path or otherwise)
    from_project = PROJECT / named
    return (from_project if not named.exists() and from_project.exists() else named).resolve()

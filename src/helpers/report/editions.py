"""Many editions at once: `make editions` renders all that `editions.toml` names, and an index of them.

Editions are handed to an executor of the standard library's interface: a pool of processes on this machine, or with
`SCHEDULER=tcp://host:8786` a Dask cluster whose workers see the project under the same path. A worker imports once and
runs many; each notebook runs in a fork, so that nothing passes from one edition to the next.
"""

from __future__ import annotations

import datetime
import itertools
import multiprocessing
import os
import re
import sys
import threading
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from helpers.report.command import DONE, FAILED, PROJECT, Refusal, explain, place, tell
from helpers.report.edition import CHOICES, REPORTS, SET, Edition
from helpers.report.files import exclusive, put

_TAKES = ("package", *CHOICES)
# A process that is killed takes the editions of its pool with it; what was not its fault gets another chance.
_ATTEMPTS = 3


@dataclass(frozen=True)
class Named:
    """An edition and the name of its folder, which tells its parameters."""

    name: str
    edition: Edition


@dataclass(frozen=True)
class Rendered:
    """What came of an edition: its files by path, or why there are none."""

    name: str
    files: Mapping[str, bytes]
    failure: str = ""


def editions(parameters: Mapping[str, str]) -> int:
    """Render every edition that has changed, and an index of all.

    Parameters
    ----------
    parameters
        `editions`: the file that names them. `scheduler`: address of a Dask scheduler; without one, this machine works.

    Returns
    -------
    int
        1 if any edition failed; the others are made all the same.

    Raises
    ------
    Refusal, ValueError
        If the file cannot be understood.
    """
    wanted = read(place(parameters.get("editions", ""), "editions.toml"))
    folder = REPORTS / "editions"
    failures: dict[str, str] = {}
    with exclusive(folder):
        due = [one for one in wanted if not one.edition.stands(folder / one.name)]
        keys = {one.name: one.edition.files for one in due}
        if due:
            from tqdm import tqdm

            with tqdm(total=len(due), desc="Editions", unit="edition", disable=None) as bar:
                for outcome in rendered(due, parameters.get("scheduler", "")):
                    if outcome.failure:
                        failures[outcome.name] = outcome.failure
                        bar.write(f"{outcome.name}: {outcome.failure}", file=sys.stderr)
                    else:
                        with exclusive(folder / outcome.name):
                            put(folder / outcome.name, SET, outcome.files, {"key": keys[outcome.name]})
                    bar.update()
        page = index(wanted, failures, {one.name for one in wanted if (folder / one.name / f"{SET}.html").is_file()})
        tell(put(folder, "index", {"index.html": page.encode()}))
    done = len(due) - len(failures)
    print(f"{len(wanted)} editions: {done} made, {len(wanted) - len(due)} as they were, {len(failures)} failed.")
    return FAILED if failures else DONE


def read(path: Path) -> list[Named]:
    """The editions that a file names, each once, in order.

    Raises
    ------
    Refusal
        If the file is not there or names a parameter or value that no edition has.
    """
    try:
        top = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Refusal(f"There is no file {path}. Name the editions in editions.toml.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refusal(f"{path} cannot be read as TOML: {error}.") from None
    tables = top.get("editions")
    if not isinstance(tables, list) or not tables or set(top) != {"editions"}:
        raise Refusal(f"{path} names no edition. Write each as a table [[editions]] of parameters.")
    by_name: dict[str, Named] = {}
    for number, table in enumerate(tables, 1):
        for parameters in _grid(table, f"{path}, edition table {number}"):
            package = parameters.pop("package", "data")
            given = str(path.parent / package) if (path.parent / package).is_dir() else package
            edition = Edition.of({"package": given, **parameters})
            named = Named(_name(edition), edition)
            by_name.setdefault(named.name, named)
            if by_name[named.name].edition != edition:
                raise Refusal(f"{path}: two packages have folders named {edition.package.name}. Rename one of them.")
    return list(by_name.values())


def _grid(table: Any, where: str) -> Iterator[dict[str, str]]:
    """Every combination of the values of a table."""
    if not isinstance(table, dict):
        raise Refusal(f"{where}: a table of parameters is needed.")
    values = []
    for name, value in table.items():
        if name not in _TAKES:
            raise Refusal(f"{where}: could not interpret parameter `{name}`. An edition takes: {', '.join(_TAKES)}.")
        each = value if isinstance(value, list) else [value]
        for one in each:
            if not isinstance(one, str | datetime.date) or isinstance(one, datetime.datetime) or not str(one):
                raise Refusal(f"{where}: could not interpret `{name}` = {one!r}. Write it as a text in quotes.")
        values.append([(name, str(one)) for one in each])
    for combination in itertools.product(*values):
        yield dict(combination)


def _name(edition: Edition) -> str:
    """A name for a folder and an address, as `data_as-of-2023-11-15_coarse_core`."""
    parts = [edition.package.name]
    for name in CHOICES:
        if value := edition.choices.get(name):
            parts.append(f"as-of-{value}" if name == "as_of" else value)
    return "_".join(re.sub(r"[^\w.-]+", "-", part).strip(".-") or "edition" for part in parts)


# --- rendering ------------------------------------------------------------------------------------------------------


def rendered(due: Sequence[Named], scheduler: str = "") -> Iterator[Rendered]:
    """The outcome of each edition, as they are done."""
    left = {one.name: one for one in due}
    for attempt in range(_ATTEMPTS):
        with _executor(scheduler, len(left)) as executor:
            futures: dict[Future[Rendered], Named] = {executor.submit(render, one): one for one in left.values()}
            for future in as_completed(futures):
                one = futures[future]
                try:
                    outcome = future.result()
                except BrokenExecutor:
                    # Which edition brought the process down is not known: all that are left are tried again.
                    continue
                except Exception as error:
                    outcome = Rendered(one.name, {}, explain(error))
                del left[one.name]
                yield outcome
        if not left:
            return
        if attempt < _ATTEMPTS - 1:
            print("A worker was killed; the editions that are left are tried again.", file=sys.stderr)
    for name in left:
        yield Rendered(name, {}, "The process that worked on it was killed each time, most often for want of memory.")


@contextmanager
def _executor(scheduler: str, tasks: int) -> Iterator[Executor]:
    if not scheduler:
        workers = min(os.cpu_count() or 1, tasks)
        # A spawned worker has nothing of this process but what it imports.
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
            yield pool
        return
    try:
        from distributed import Client
    except ImportError:
        raise Refusal(
            "SCHEDULER needs Dask. Install it with: .venv/bin/python -m pip install -r requirements-cluster.txt"
        ) from None
    try:
        client = Client(scheduler, timeout=10)
    except (OSError, ValueError) as error:
        raise Refusal(f"No scheduler answers at {scheduler}: {error}. Start one, or leave SCHEDULER out.") from None
    with client:
        # The cluster gives the editions of a worker that is gone to another one.
        yield client.get_executor(pure=False)


_lock = threading.Lock()
_warm: Any = None


def render(one: Named) -> Rendered:
    """Render one edition in this process, which keeps what it imported for the next."""
    global _warm
    # The variables that the Makefile sets, for workers that it did not start.
    os.environ.setdefault("MPLBACKEND", "agg")
    os.environ.setdefault("MPLCONFIGDIR", str(PROJECT / ".cache" / "matplotlib"))
    with _lock:
        try:
            from helpers.report.engine import Warm

            if _warm is None:
                _warm = Warm([one.edition.notebook])
            from helpers.report import render as renderer

            return Rendered(one.name, renderer.files(one.edition, _warm, progress=False))
        except Exception as error:
            # The process that runs the cells may be gone; the next edition starts a new one.
            if _warm is not None:
                _warm.close()
                _warm = None
            return Rendered(one.name, {}, _reason(error))


def _reason(error: Exception) -> str:
    """Why an edition failed, on one line: of a list of faults the first, and how many there are more."""
    first, *more = explain(error).splitlines()
    faults = [line.strip() for line in more if line.startswith("  ")]
    if not first.endswith(":") or not faults:
        return first
    return f"{first} {faults[0]}" + (f" (and {len(faults) - 1} more)" if faults[1:] else "")


# --- the index ------------------------------------------------------------------------------------------------------


def index(wanted: Sequence[Named], failures: Mapping[str, str], there: set[str]) -> str:
    """A page that leads to every edition, and says of those that failed why."""
    from helpers.export.style import stylesheet

    rows = []
    for one in wanted:
        choices = "".join(f"<td>{escape(one.edition.choices.get(name, '')) or '–'}</td>" for name in CHOICES)
        links = (
            [f'<a href="{escape(one.name)}/{file}">{label}</a>' for file, label in _FILES] if one.name in there else []
        )
        state = f"Failed: {escape(failures[one.name])}" if one.name in failures else ""
        earlier = " These are of an earlier run: " if state and links else ""
        cells = f"<td>{escape(one.edition.package.name)}</td>{choices}<td>{state}{earlier}{', '.join(links)}</td>"
        rows.append(f"<tr>{cells}</tr>")
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Package", "As of", "Rounding", "Evidence", "Files"))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>Editions</title>\n<style>\n{stylesheet('.briefing')}\n</style>\n</head>\n"
        '<body class="briefing">\n<main>\n<h1>Editions</h1>\n'
        f"<p>{len(wanted)} editions; {len(failures)} of them failed in the last run.</p>\n"
        f'<div class="scroll" role="group" tabindex="0" aria-label="Editions"><table><thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n{chr(10).join(rows)}\n</tbody></table></div>\n</main>\n</body>\n</html>\n"
    )


_FILES = (("briefing.html", "page"), ("briefing.pdf", "PDF"), ("findings.json", "findings"))

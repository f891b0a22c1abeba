"""How long many editions take on this machine, and how much memory each worker holds.

    .venv/bin/python benchmarks/editions.py 1 8 24 200

The editions are the project's own package under each rounding and layer of evidence, as of different days; nothing is
written. Every run begins without kept notebooks, and its workers import what they need within the time. Printed for
each number of editions: seconds, seconds a report, failures, and in MiB the largest size of a worker and of the process
that its notebooks are forked from, in the first and in the last quarter of the run, so that growth would show.

On paper: 100,000 editions on 50 machines of two cores are 2,000 a machine, and take 2,000 times the seconds a report in
the line for 200: at 4 seconds, two and a quarter hours. This assumes that a scheduler keeps every worker busy, that the
project lies on each machine, and that the three megabytes of a report are sent to one machine that writes them: 300
gigabytes in all, 37 megabytes a second, a third of what a network of one gigabit a second carries. A lost worker
costs the time of the edition it was at, which another then renders. What one scheduler does with 100,000 tasks at once
has not been tried.
"""

from __future__ import annotations

import itertools
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import psutil

PROJECT = Path(__file__).resolve().parents[1]
RUN = """
import sys
from pathlib import Path
from helpers.report.editions import read, rendered
if __name__ == "__main__":
    due = read(Path(sys.argv[1]))
    for one in due:
        one.edition.executed.unlink(missing_ok=True)
    print(sum(bool(outcome.failure) for outcome in rendered(due)))
"""


def named(count: int) -> str:
    """So many editions as `editions.toml` names them."""
    days = (date(2024, 12, 31) - timedelta(days=at) for at in itertools.count())
    grid = (
        (day, *rest) for day in days for rest in itertools.product(("nearest", "coarse", "at_least"), ("core", "all"))
    )
    tables = (
        f'[[editions]]\nas_of = "{day}"\nrounding = "{rounding}"\nevidence = "{evidence}"\n'
        for day, rounding, evidence in itertools.islice(grid, count)
    )
    return "\n".join(tables)


def sizes(process: psutil.Process) -> tuple[float, float]:
    """The largest worker, and the largest process that notebooks are forked from, in MiB."""
    found = {"worker": 0.0, "cells": 0.0}
    for child in process.children(recursive=True):
        try:
            command, size = " ".join(child.cmdline()), child.memory_info().rss / 2**20
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        kind = "cells" if "helpers.report.cells" in command else "worker" if "spawn_main" in command else ""
        if kind:
            found[kind] = max(found[kind], size)
    return found["worker"], found["cells"]


def timed(count: int) -> tuple[float, int, list[tuple[float, float]]]:
    """Seconds, failures, and the sizes as they were every half second."""
    with tempfile.TemporaryDirectory() as folder:
        (file := Path(folder) / "editions.toml").write_text(named(count))
        (script := Path(folder) / "run.py").write_text(RUN)
        started, seen = time.perf_counter(), []
        with subprocess.Popen(
            [sys.executable, str(script), str(file)], stdout=subprocess.PIPE, text=True, cwd=PROJECT
        ) as run:
            process = psutil.Process(run.pid)
            while run.poll() is None:
                seen.append(sizes(process))
                time.sleep(0.5)
            seconds = time.perf_counter() - started
            said = run.stdout.read() if run.stdout else ""
        if run.returncode:
            raise SystemExit(f"Could not measure {count} editions: the run ended with {run.returncode}.")
    return seconds, int(said), seen


def main(counts: list[int]) -> None:
    """Measure and print."""
    print(f"{'editions':>9}{'s':>9}{'s each':>8}{'failed':>8}{'worker, MiB':>18}{'its cells, MiB':>18}")
    for count in counts:
        seconds, failed, seen = timed(count)
        quarter = max(1, len(seen) // 4)
        columns = []
        for at in (0, 1):
            first, last = (max(size[at] for size in part) for part in (seen[:quarter], seen[-quarter:]))
            columns.append(f"{first:.0f} to {last:.0f}")
        print(f"{count:9}{seconds:9.1f}{seconds / count:8.2f}{failed:8}{columns[0]:>18}{columns[1]:>18}", flush=True)


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [1, 8, 24, 200])

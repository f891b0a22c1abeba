"""How long one report takes, against what it is made of and against the tools one would otherwise type.

    make bench            # medians of 7 rounds
    make bench ROUNDS=11

In each round, in turn: the floor (the cells of `briefing.ipynb` as a plain script that draws and formats the same
outputs), the stock chain (papermill, nbconvert to HTML, Chromium to PDF if it is there), `make report` from nothing,
`make report` after a change of style alone, `make report` with nothing to do, and make itself. Printed: medians, their
ratio to the floor, and the largest process of each in MiB.

Notes on where the time goes, sampled (a tracing profiler doubles the time of drawing and misleads):

- Imports are the largest part of the floor: matplotlib, and seaborn with pandas, take 1.6 s of any script that draws a
  chart, so that a floor under 2.5 s is not to be had for a report of this size. The commands themselves load no pandas,
  and an export again loads no papermill and starts no second process. `rfc3987_syntax` would build 38 grammars for a
  second in every process that imports jsonschema, so the command does without it.
- A chart was drawn four times: for the page in two widths, and for its two files. The files are now made from the wide
  drawing after the cells, the picture by Typst, in a tenth of a second each beside the export.
- Linear programmes are a sixth of the floor, most for the least unevenness; Dinkelbach's steps nearly halved them.
- A pair of axes takes matplotlib 10 ms, and a report has about 60.
- The page and the PDF are written from one reading of the notebook. Typst takes longer than all else of the PDF.
- A process forked from a warmed one runs the cells: a kernel would cost 0.5 s to start and 0.1 s to stop.
- Of finding that nothing has changed, most is Python's own start; it loads only the standard library, and neither
  `dataclasses` nor `shutil` of that.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
NOTEBOOK = PROJECT / "notebooks" / "briefing.ipynb"
# What a cell shows is formatted as in a notebook; without IPython running, `display` would print and draw nothing.
PRELUDE = """
import IPython.display
import IPython.core.display_functions as functions
from IPython.core.formatters import DisplayFormatter
shown, formatter = [], DisplayFormatter()
def display(*objects, raw=False, **_):
    shown.extend(objects if raw else [formatter.format(one) for one in objects])
IPython.display.display = functions.display = display
"""


def floor(scratch: Path) -> list[list[str]]:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    script = scratch / "floor.py"
    script.write_text("\n\n".join([PRELUDE, *code, f"open({str(scratch / 'shown')!r}, 'w').write(repr(shown))"]))
    return [[sys.executable, str(script)]]


def stock(scratch: Path) -> list[list[str]]:
    ran, page = scratch / "briefing.ipynb", scratch / "briefing.html"
    commands = [
        [sys.executable, "-m", "papermill", "--cwd", str(NOTEBOOK.parent), str(NOTEBOOK), str(ran)],
        [sys.executable, "-m", "nbconvert", "--to", "html", "--log-level", "ERROR", str(ran)],
    ]
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser:
        pdf = ["--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={scratch / 'briefing.pdf'}"]
        commands.append([browser, *pdf, page.as_uri()])
    return commands


def nothing_kept() -> None:
    shutil.rmtree(PROJECT / ".cache" / "executed", ignore_errors=True)
    (PROJECT / "reports" / ".briefing.json").unlink(missing_ok=True)


def only_the_cells_kept() -> None:
    (PROJECT / "reports" / ".briefing.json").unlink(missing_ok=True)


def measured(command: list[str], env: dict[str, str] | None = None) -> tuple[float, float, int, str]:
    """Seconds, the largest process in MiB, the status, and what was said on standard error."""
    # Each command's own memory: of the children of this process only the largest ever is known.
    probe = (
        "import resource, subprocess, sys; code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL);"
        " print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, code)"
    )
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", probe, *command], capture_output=True, text=True, cwd=PROJECT, env=env
    )
    seconds = time.perf_counter() - started
    size, status = map(int, done.stdout.split())
    return seconds, size / 1024, status, done.stderr


def timed(commands: list[list[str]]) -> tuple[float, float]:
    """Seconds for all, and the largest process in MiB."""
    seconds = memory = 0.0
    for command in commands:
        taken, size, status, _ = measured(command)
        if status:
            raise SystemExit(f"Could not measure: {' '.join(command)} ended with {status}.")
        seconds, memory = seconds + taken, max(memory, size)
    return seconds, memory


def main(rounds: int) -> None:
    """Measure and print."""
    make = shutil.which("make") or "make"
    # What make was given for this command is none of the measured ones' business.
    for name in [name for name in os.environ if name.startswith("BRIEFING_")]:
        del os.environ[name]
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        report = [[make, "report"]]
        measured: dict[str, tuple[Callable[[], None], list[list[str]]]] = {
            "floor": (lambda: None, floor(scratch)),
            "stock chain": (lambda: None, stock(scratch)),
            "make report": (nothing_kept, report),
            "style changed": (only_the_cells_kept, report),
            "nothing to do": (lambda: None, report),
            "make itself": (lambda: None, [[make, "--dry-run", "report"]]),
        }
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in measured}
        for _ in range(rounds):
            for name, (prepare, commands) in measured.items():
                prepare()
                taken[name].append(timed(commands))
    medians = {name: statistics.median(seconds for seconds, _ in each) for name, each in taken.items()}
    print(f"Medians of {rounds} rounds, {os.cpu_count()} cores, Python {sys.version.split()[0]}")
    print(f"{'':16}{'seconds':>9}{'of floor':>10}{'of stock':>10}{'MiB':>7}")
    for name, each in taken.items():
        to_floor, to_stock = medians[name] / medians["floor"], medians[name] / medians["stock chain"]
        print(f"{name:16}{medians[name]:9.3f}{to_floor:10.2f}{to_stock:10.2f}{max(size for _, size in each):7.0f}")
    if not any("print-to-pdf" in part for command in stock(PROJECT) for part in command):
        print("Chromium is not here: the stock chain makes no PDF.")


if __name__ == "__main__":
    main(int(os.environ.get("BRIEFING_ROUNDS") or 7))

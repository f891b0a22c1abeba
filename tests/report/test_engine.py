"""Cells in a forked process: what they show is what a kernel would show, and nothing reaches the next notebook."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbformat import NotebookNode
from report.test_render import notebook_at

from helpers.report import render
from helpers.report.command import Refusal
from helpers.report.engine import Warm, imports

PROJECT = Path(__file__).resolve().parents[2]

CELLS = [
    "print('one'); print('two'); import sys; print('three', file=sys.stderr); print('four')",
    "1 + 1",
    "None",
    "",
    "from IPython.display import display, HTML, Markdown, SVG, clear_output\n"
    "display(HTML('<b>x</b>'), Markdown('*y*'))",
    "print('before'); display(SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')); print('after'); 'result'",
    "import pandas as pd\npd.DataFrame({'a': [1, 2]})",
    "print('gone'); clear_output(); print('kept')",
    "print('gone'); clear_output(wait=True); print('kept')",
    "handle = display(HTML('first'), display_id=True)",
    "handle.update(HTML('second'))",
    "display({'application/vnd.briefing.findings+json': [{'a': 1}], 'text/plain': '1'}, raw=True, metadata={'m': 2})",
    "class Png:\n    def __repr__(self):\n        return 'png'\n"
    "    def _repr_png_(self):\n        return b'\\x89PNG\\r\\n\\x1a\\n0000'\nPng()",
    "%time 1",
    "!echo from the shell",
    "await __import__('asyncio').sleep(0); Out[4], In[4], _",
    "print(colour, __name__, __import__('os').getcwd())",
    "4;",
]


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    with Warm([]) as process:
        yield process


def plain(notebook: NotebookNode) -> list[tuple[int | None, list[dict]]]:
    """What the cells show, without the time that one of them took."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [(cell.execution_count, [_untimed(output) for output in _joined(cell.outputs)]) for cell in cells]


def _joined(outputs: list[NotebookNode]) -> list[dict]:
    """Outputs with the pieces of one stream in one: when a kernel sends what is printed is a matter of its clock."""
    joined: list[dict] = []
    for output in map(dict, outputs):
        if joined and "name" in output and joined[-1].get("name") == output["name"]:
            joined[-1]["text"] += output["text"]
        else:
            joined.append(output)
    return joined


def _untimed(output: dict) -> dict:
    if not isinstance(output.get("text"), str):
        return output
    # The shell's own line ends come as a terminal has them, from either.
    text = output["text"].replace("\r\n", "\n")
    if "time" in text:
        text = "\n".join(line for line in text.splitlines() if "time" not in line).rstrip("\n")
    return output | {"text": text}


def test_what_is_shown_is_what_a_kernel_shows(warm: Warm, tmp_path: Path) -> None:
    path = notebook_at(tmp_path / "door.ipynb", *CELLS)
    ours, kernels = render.run(path, {"colour": "red"}, warm), render.run(path, {"colour": "red"})
    for at, (one, other) in enumerate(zip(plain(ours), plain(kernels), strict=True)):
        assert one == other, CELLS[at - 2]
    assert ours.metadata == kernels.metadata


@pytest.mark.parametrize("cell", ["1 / 0", "raise KeyError", "def f(:", "raise SystemExit(3)", "assert False, 'a\\nb'"])
def test_a_failing_cell_is_told_as_a_kernel_tells_it(warm: Warm, tmp_path: Path, cell: str) -> None:
    path = notebook_at(tmp_path / "door.ipynb", "1", cell, "print('never')")
    said = []
    for process in (warm, None):
        with pytest.raises(Refusal) as raised:
            render.run(path, {}, process)
        said.append(str(raised.value))
    # In a syntax error each has a name of its own for the cell.
    assert re.sub(r"\(.*, line", "(line", said[0]) == re.sub(r"\(.*, line", "(line", said[1])
    assert said[0].startswith("Cell 3 of door.ipynb failed: ")


def test_a_magic_that_is_misused_fails_its_cell(warm: Warm, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"Cell 2 of door\.ipynb failed: UsageError: Environment does not have key"):
        render.run(notebook_at(tmp_path / "door.ipynb", "%env BRIEFING_NONE"), {}, warm)


def test_nothing_reaches_the_next_notebook(warm: Warm, tmp_path: Path) -> None:
    first = notebook_at(
        tmp_path / "a.ipynb",
        "import matplotlib, os, json, locale\nmatplotlib.rcParams['font.size'] = 99\nos.environ['X'] = 'y'\n"
        "json.dumps = None\nlabel = 'left behind'\nos.chdir('/')",
    )
    second = notebook_at(
        tmp_path / "b.ipynb",
        "import matplotlib, os, json\nmatplotlib.rcParams['font.size'], os.environ.get('X'), json.dumps is None, "
        "'label' in globals(), os.getcwd()",
    )
    alone = plain(render.run(second, {}, warm))
    render.run(first, {}, warm)
    assert plain(render.run(second, {}, warm)) == alone
    assert "'left behind'" not in str(alone)
    assert str(tmp_path) in str(alone)


def test_cells_that_are_killed_are_a_sentence_and_the_next_notebook_runs(warm: Warm, tmp_path: Path) -> None:
    path = notebook_at(tmp_path / "door.ipynb", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    with pytest.raises(Refusal, match=r"The process that ran door\.ipynb was killed"):
        render.run(path, {}, warm)
    assert plain(render.run(notebook_at(tmp_path / "b.ipynb", "1"), {}, warm))[-1][0] == 2


def test_a_cell_cannot_wait_for_the_keyboard(warm: Warm, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="EOFError"):
        render.run(notebook_at(tmp_path / "door.ipynb", "input()"), {}, warm)


def test_the_imports_of_a_notebook_are_found(tmp_path: Path) -> None:
    path = notebook_at(
        tmp_path / "door.ipynb",
        "import a.b, c as d\nfrom e.f import g\nfrom . import h",
        "%magic",
        "def f():\n    import i",
    )
    assert imports(path) == ["a.b", "c", "e.f", "e.f.g", "i"]
    assert imports(tmp_path / "nowhere.ipynb") == []


def test_a_command_that_is_killed_leaves_no_process_and_no_file(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    path = notebook_at(
        tmp_path / "door.ipynb",
        f"import os, time\nopen({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\ntime.sleep(100)",
    )
    script = f"""
from pathlib import Path
from helpers.report import render
from helpers.report.engine import Warm
with Warm([]) as warm:
    render.run(Path({str(path)!r}), {{}}, warm)
"""
    process = subprocess.Popen(
        [sys.executable, "-c", script], env={**os.environ, "TMPDIR": str(scratch)}, stderr=subprocess.DEVNULL
    )
    for _ in range(600):
        if (tmp_path / "pid").exists() and (tmp_path / "pid").read_text():
            break
        time.sleep(0.1)
    cells = int((tmp_path / "pid").read_text())
    process.send_signal(signal.SIGKILL)
    process.wait()
    for _ in range(100):
        if not Path(f"/proc/{cells}").exists() or "\nState:\tZ" in Path(f"/proc/{cells}/status").read_text():
            break
        time.sleep(0.1)
    else:
        pytest.fail("the cells run on")
    assert list(scratch.iterdir()) == []


@pytest.mark.slow
def test_the_briefing_is_what_a_kernel_makes_of_it() -> None:
    path = PROJECT / "notebooks" / "briefing.ipynb"
    with Warm([path]) as process:
        assert render.run(path, {"rounding": "coarse"}, process) == render.run(path, {"rounding": "coarse"})

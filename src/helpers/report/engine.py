"""A papermill engine that runs cells in a process forked from a warmed one.

Why not a kernel: the process imports what the notebook needs while this one imports papermill and the exporters,
nothing waits for sockets and heartbeats, no port is opened, no file is written, and many editions start from one set of
imports. The shell is IPython's own, as in a kernel; what it shows is the same, and a test holds that. Notebooks that a
user names run in a real kernel: they may need another language, or widgets.
"""

from __future__ import annotations

import ast
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

# What every notebook of the project needs, whether it says so or not.
_ALWAYS = ("helpers.report.start", "matplotlib.pyplot", "seaborn")


class CellsKilled(Exception):
    """The process that ran the cells was ended from outside."""


class Warm:
    """A process that has imported what notebooks need, or is about to have; see `helpers.report.cells`.

    Parameters
    ----------
    notebooks
        Files whose imports it makes.
    """

    def __init__(self, notebooks: Iterable[Path]) -> None:
        ours, theirs = socket.socketpair()
        modules = dict.fromkeys([*_ALWAYS, *(name for path in notebooks for name in imports(path))])
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "helpers.report.cells", str(theirs.fileno()), *modules],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env={"MPLBACKEND": "agg", **os.environ},
                # Ctrl-C reaches the command, which ends this process; the cells never see it.
                start_new_session=True,
            )
        self._connection = Connection(ours.detach())

    def start(self, folder: Path) -> None:
        """Begin a notebook whose cells stand in a folder."""
        self._connection.send(("run", str(folder)))

    def run(self, source: str) -> tuple[int, list[dict[str, Any]], list[tuple[str, dict[str, Any]]]]:
        """Run a cell: its number, what it shows, and what it shows anew in place of a display, by the display's name.

        Raises
        ------
        CellsKilled
            If the process is gone, killed for want of memory for instance.
        """
        try:
            self._connection.send(("cell", source))
            answer = self._connection.recv()
        except (EOFError, OSError):
            raise CellsKilled from None
        if answer[0] == "ended":
            raise CellsKilled
        return answer

    def end(self) -> None:
        """End the notebook; the next one starts afresh."""
        with contextlib.suppress(EOFError, OSError):
            self._connection.send(("end",))
            while self._connection.recv()[0] != "ended":
                pass

    def close(self) -> None:
        """End the process and whatever it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._connection.close()
        self._process.wait()

    def __enter__(self) -> Warm:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def imports(notebook: Path) -> list[str]:
    """Names of the modules that the cells of a notebook import, as far as they can be read."""
    modules: list[str] = []
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        for cell in json.loads(notebook.read_bytes())["cells"]:
            with contextlib.suppress(SyntaxError):
                tree = ast.parse("".join(cell["source"]) if cell["cell_type"] == "code" else "")
                for node in ast.walk(tree):
                    if isinstance(node, ast.Import):
                        modules += [alias.name for alias in node.names]
                    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                        # What is taken from a module may be a module itself.
                        modules += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return modules


def register(warm: Warm) -> str:
    """Give papermill an engine that runs notebooks in this process's forks; its name."""
    from nbformat import from_dict
    from papermill.engines import Engine, papermill_engines

    class WarmEngine(Engine):
        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **_: Any) -> None:
            warm.start(Path.cwd())
            displays: dict[str, list[Any]] = {}
            try:
                for index, cell in enumerate(nb_man.nb.cells):
                    nb_man.cell_start(cell, index)
                    failed = False
                    try:
                        if cell.cell_type == "code" and cell.source.strip():
                            cell.execution_count, outputs, updates = warm.run(cell.source)
                            cell.outputs = from_dict(outputs)
                            for output in cell.outputs:
                                displays.setdefault(output.pop("display", ""), []).append(output)
                            for name, shown in updates:
                                for output in displays.get(name, []):
                                    output.update(from_dict(shown))
                            failed = any(output["output_type"] == "error" for output in outputs)
                        if failed:
                            nb_man.cell_exception(cell, cell_index=index)
                            break
                    finally:
                        nb_man.cell_complete(cell, cell_index=index)
            finally:
                warm.end()
            nb_man.nb.metadata["language_info"] = LANGUAGE

    papermill_engines.register("warm", WarmEngine)
    return "warm"


# As a Python kernel introduces itself.
LANGUAGE = {
    "name": "python",
    "version": ".".join(map(str, sys.version_info[:3])),
    "mimetype": "text/x-python",
    "codemirror_mode": {"name": "ipython", "version": sys.version_info[0]},
    "pygments_lexer": "ipython3",
    "nbconvert_exporter": "python",
    "file_extension": ".py",
}

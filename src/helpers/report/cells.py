"""Runs the cells of notebooks in processes forked from one that has imported what they need.

    python -m helpers.report.cells DESCRIPTOR MODULE...

`helpers.report.engine` starts it and talks to it through a socket. It imports the modules, and for each notebook it
forks a process, which begins where every other began: nothing that one notebook does reaches the next. What the cells
show is recorded as a Jupyter kernel would send it.
"""

from __future__ import annotations

import base64
import contextlib
import io
import os
import select
import sys
import threading
from collections.abc import Iterator
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

Output = dict[str, Any]


class Outputs(list[Output]):
    """What a cell has shown so far, as a notebook keeps it."""

    def __init__(self) -> None:
        super().__init__()
        self.clearing = False
        self.updates: list[tuple[str, Output]] = []

    def add(self, output: Output, display: str | None = None) -> None:
        self._clear()
        self.append(output | {"display": display} if display else output)

    def stream(self, name: str, text: str) -> None:
        self._clear()
        # As nbclient keeps them: between two other outputs, each stream is one.
        for output in reversed(self):
            if output["output_type"] != "stream":
                break
            if output["name"] == name:
                output["text"] += text
                return
        self.append({"output_type": "stream", "name": name, "text": text})

    def update(self, display: str, data: Output, metadata: Output) -> None:
        """Show a display anew, in whichever cell it was shown first."""
        self.updates.append((display, {"data": data, "metadata": metadata}))

    def clear(self, wait: bool = False) -> None:
        if wait:
            self.clearing = True
        else:
            super().clear()

    def taken(self) -> tuple[list[Output], list[tuple[str, Output]]]:
        """The outputs of the cell, the name of a display among them, and the displays it showed anew."""
        found = list(self), self.updates
        super().clear()
        self.clearing, self.updates = False, []
        return found

    def _clear(self) -> None:
        if self.clearing:
            self.clearing = False
            super().clear()


class _Stream(io.TextIOBase):
    encoding, errors = "UTF-8", "strict"

    def __init__(self, name: str, outputs: Outputs) -> None:
        self.name, self._outputs = name, outputs

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if text:
            self._outputs.stream(self.name, text)
        return len(text)


def _clean(data: dict[str, Any]) -> dict[str, Any]:
    """Data as a message carries it: bytes as base64."""
    return {
        kind: base64.b64encode(value).decode() if isinstance(value, bytes) else value for kind, value in data.items()
    }


class _Publisher(DisplayPublisher):
    outputs: Outputs

    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        source: Any = None,
        *,
        transient: dict[str, Any] | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        display = (transient or {}).get("display_id")
        if update and display:
            self.outputs.update(display, _clean(data), metadata or {})
        else:
            output = {"output_type": "display_data", "data": _clean(data), "metadata": metadata or {}}
            self.outputs.add(output, display)

    def clear_output(self, wait: bool = False) -> None:
        self.outputs.clear(wait)


class _Hook(DisplayHook):
    outputs: Outputs

    def write_output_prompt(self) -> None:
        """A notebook shows the number of a result itself."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        count = self.prompt_count
        result = {"output_type": "execute_result", "data": _clean(format_dict), "metadata": md_dict or {}}
        self.outputs.add(result | {"execution_count": count})

    def finish_displayhook(self) -> None:
        """Nothing is printed, so no line is to be ended."""


class _Shell(InteractiveShell):
    outputs: Outputs

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.outputs.add({"output_type": "error", "ename": etype.__name__, "evalue": str(evalue), "traceback": stb})


def shell(outputs: Outputs) -> InteractiveShell:
    """A shell as a kernel has one, which records what it is shown."""
    config = Config()
    config.HistoryManager.enabled = False
    made = _Shell.instance(config=config, displayhook_class=_Hook, display_pub_class=_Publisher)
    made.outputs = made.displayhook.outputs = made.display_pub.outputs = outputs  # type: ignore[attr-defined]
    import_module("helpers.report.start").load_ipython_extension(made)
    return made


def serve(connection: Connection) -> None:
    """Run the cells that are sent, in this process, until there are no more.

    Takes ("cell", source) and answers with (execution count, outputs, updates); ends with ("end",).
    """
    outputs = Outputs()
    interactive = shell(outputs)
    with contextlib.redirect_stdout(_Stream("stdout", outputs)), contextlib.redirect_stderr(_Stream("stderr", outputs)):
        for source in _cells(connection):
            result = interactive.run_cell(source, store_history=True)
            error = result.error_before_exec or result.error_in_exec
            if error and not any(output["output_type"] == "error" for output in outputs):
                # A misused magic prints its error and raises nothing that is shown.
                interactive._showtraceback(type(error), error, [])
            connection.send((interactive.execution_count - 1, *outputs.taken()))


def _cells(connection: Connection) -> Iterator[str]:
    while (message := connection.recv())[0] == "cell":
        yield message[1]


def _watch(connection: Connection) -> None:
    """End this process if the one at the other end is gone, whatever the cell is doing."""
    poll = select.poll()
    poll.register(connection.fileno(), 0)
    poll.poll()
    os._exit(1)


def main(descriptor: str, *modules: str) -> None:
    """Import the modules, then fork for each notebook: ("run", folder), its cells, and back ("ended", wait status)."""
    connection = Connection(int(descriptor))
    # What a cell's own programs print past Python is no part of the command's answer.
    os.dup2(2, 1)
    for name in modules:
        # If a cell needs it, the cell will say that it is missing.
        with contextlib.suppress(Exception):
            import_module(name)
    while True:
        try:
            word, *rest = connection.recv()
        except (EOFError, OSError):
            return
        if word == "end":
            # The process that this was meant for was killed, and the one at the other end waits for an answer.
            connection.send(("ended", 0))
        if word != "run":
            continue
        child = os.fork()
        if not child:
            os.chdir(*rest)
            sys.path.insert(0, "")
            threading.Thread(target=_watch, args=(connection,), daemon=True).start()
            try:
                serve(connection)
            except (EOFError, OSError):
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        with contextlib.suppress(OSError):
            connection.send(("ended", status))


if __name__ == "__main__":
    # Under its real name, as the notebooks' modules know it: IPython takes `__main__` for the cells.
    import_module("helpers.report.cells").main(*sys.argv[1:])

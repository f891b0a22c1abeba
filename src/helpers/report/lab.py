"""JupyterLab as `labconfig/` sets it up; what it keeps stays in `.cache`."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import NoReturn

from helpers.report.command import PROJECT, Refusal, place


def lab(parameters: Mapping[str, str]) -> NoReturn:
    """Become JupyterLab, in which notebooks open the package that is named.

    Raises
    ------
    Refusal
        If there is no such folder.
    """
    environment = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    if named := parameters.get("package"):
        package = place(named)
        if not package.is_dir():
            raise Refusal(f"There is no folder {package}. Name the folder of a data package.")
        environment["BRIEFING_PACKAGE"] = str(package)
    kept = PROJECT / ".cache" / "jupyter"
    environment |= {
        "JUPYTER_CONFIG_PATH": str(PROJECT),
        "JUPYTER_CONFIG_DIR": str(kept / "config"),
        "JUPYTER_DATA_DIR": str(kept / "data"),
        "JUPYTER_RUNTIME_DIR": str(kept / "runtime"),
    }
    config = PROJECT / "labconfig" / "lab.py"
    # In the place of this process, so that Ctrl-C and a closed terminal reach JupyterLab itself.
    os.execve(sys.executable, [sys.executable, "-m", "jupyterlab", f"--config={config}"], environment)

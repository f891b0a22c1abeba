"""What an import loads: the package alone nothing, and each room only rooms before it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "helpers"
ROOMS = ("figures", "package", "reason", "markup", "words", "charts", "export", "report", "explore")
HEAVY = ("pandas", "numpy", "matplotlib", "pydantic", "highspy", "nbconvert", "IPython", "typst", "babel")


def test_the_package_alone_loads_nothing_heavy() -> None:
    code = f"import sys, helpers; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_intervals_need_the_standard_library_only() -> None:
    code = f"import sys, helpers.figures.kind; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_from_those_before_it(room: str) -> None:
    later = ROOMS[ROOMS.index(room) + 1 :]
    found = []
    for path in sorted((SOURCE / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            found += [(path.name, name) for name in names if name and name.split(".")[:1] == ["helpers"]]
    assert [(file, name) for file, name in found if name.split(".")[1] in later] == []

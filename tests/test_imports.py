"""The shape of the code: what an import loads, which room imports which, and how long modules and functions are."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "helpers"
MODULES = sorted(SOURCE.rglob("*.py"))
ROOMS = ("figures", "package", "reason", "markup", "words", "charts", "export", "report", "drafts", "explore")
# What is longer than it should be, with the reason.
LONG_MODULES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}
HEAVY = ("pandas", "numpy", "matplotlib", "pydantic", "highspy", "nbconvert", "IPython", "typst", "babel")


def test_the_package_alone_loads_nothing_heavy() -> None:
    code = f"import sys, helpers; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_intervals_need_the_standard_library_only() -> None:
    code = f"import sys, helpers.figures.kind; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_room_has_its_place() -> None:
    assert {path.name for path in SOURCE.iterdir() if path.is_dir() and path.name != "__pycache__"} == set(ROOMS)


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


def test_no_module_is_longer_than_300_lines() -> None:
    lengths = {path.relative_to(SOURCE).as_posix(): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {name for name, length in lengths.items() if length > 300} == set(LONG_MODULES)


def test_no_function_is_longer_than_60_lines() -> None:
    found = {
        f"{path.relative_to(SOURCE).as_posix()} {node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= 60
    }
    assert found == set(LONG_FUNCTIONS)

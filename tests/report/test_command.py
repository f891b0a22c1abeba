"""The command line: parameters that reach Python as they were typed, and failures that end in a sentence."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from helpers.report import command
from helpers.report.command import COMMANDS, INTERRUPTED, Command, Refusal, explain, main, parse, place

PROJECT = Path(__file__).resolve().parents[2]

# --- parameters -----------------------------------------------------------------------------------------------------

HOSTILE = [
    "a folder with spaces",
    "a'quote",
    'a"double"quote',
    "a$dollar$$two",
    "a`touch ran`b",
    "a$(touch ran)b",
    "a$(shell touch ran)b",
    "a;touch ran;b",
    "a&touch ran|b",
    "a\nnewline",
    "a\\",
    "a#comment",
    "a%b*c?[d]",
    "Қазақстан",
    "-n",
    "{x}",
    "~",
    "a=b",
]


@pytest.fixture(scope="module")
def makefile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's Makefile beside an environment whose Python prints the parameters it is given."""
    folder = tmp_path_factory.mktemp("make")
    shutil.copy(PROJECT / "Makefile", folder)
    for name in ("requirements.txt", "pyproject.toml", "labconfig/ipython_kernel_config.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
    packages = folder / ".venv/lib/python3/site-packages"
    packages.mkdir(parents=True)
    (packages / "__editable__.helpers-1.0.0.pth").write_text(f"{folder}/src\n")
    python = folder / ".venv/bin/python"
    python.parent.mkdir()
    python.write_text(
        f"#!{sys.executable}\nimport os, sys\nprint(sys.argv[1:], "
        "{k[9:]: v for k, v in sorted(os.environ.items()) if k.startswith('BRIEFING_') and v})\n"
    )
    python.chmod(0o755)
    (folder / ".venv/ready").touch()
    return folder


def make(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("BRIEFING_", "MAKE"))}
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=folder,
        env=clean | environment,
        capture_output=True,
        text=True,
    )


def test_a_parameter_reaches_python_as_it_was_typed(makefile: Path, subtests: pytest.Subtests) -> None:
    for value, way in product(HOSTILE, ("argument", "environment")):
        given = {"PACKAGE": value, "SOURCES": value[::-1]}
        typed = [f"{name}={value}" for name, value in given.items()]
        with subtests.test(value, way=way):
            done = make(makefile, "audit", *typed) if way == "argument" else make(makefile, "audit", **given)
            assert done.stderr == ""
            assert done.stdout == f"['-m', 'helpers', 'audit'] {given}\n"
            assert not (makefile / "ran").exists()


def test_a_name_that_no_command_knows_reaches_python_too(makefile: Path) -> None:
    assert make(makefile, "audit", "PACKGE=data", "colour=$red").stdout.endswith(
        "{'PACKGE': 'data', 'colour': '$red'}\n"
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_target_that_hands_everything_on(makefile: Path, name: str) -> None:
    given = {parameter.upper(): "$x" for parameter in COMMANDS[name].takes}
    done = make(makefile, name, *(f"{parameter}=$x" for parameter in given))
    assert re.fullmatch(rf"\['-m', 'helpers', '{name}'\] (.*)\n", done.stdout)
    assert eval(done.stdout.split("] ", 1)[1]) == given


def test_help_names_every_command(makefile: Path) -> None:
    said = make(makefile, "help").stdout
    assert all(f"make {name} " in said for name in COMMANDS)


def test_an_old_python_is_named(makefile: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    # What python3.8 would say of itself.
    old.write_text(
        f'#!/bin/sh\nshift; exec {sys.executable} -c "import sys; sys.version_info = (3, 8, 1); ${{1#import sys; }}"\n'
    )
    old.chmod(0o755)
    folder = Path(shutil.copytree(makefile, tmp_path / "fresh"))
    shutil.rmtree(folder / ".venv")
    done = make(folder, "report", f"PYTHON={old}")
    assert done.returncode == 2
    assert "Python 3.11 or newer is needed, and" in done.stderr
    assert "is 3.8. Name a newer one" in done.stderr


def test_an_environment_moved_with_its_checkout_is_installed_again(makefile: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(makefile, tmp_path / "moved here"))
    said = make(folder, "report").stdout
    assert "'--no-deps', '--no-build-isolation', '--editable', '.'" in said
    assert "requirements.txt" not in said
    assert "['-m', 'helpers', 'report']" in said


def test_an_environment_without_its_python_is_made_anew(makefile: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(makefile, tmp_path / "gone"))
    (folder / ".venv/bin/python").unlink()
    done = make(folder, "report", "PYTHON=false")
    assert done.returncode == 2
    assert "Setting up" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "environment", "expected"),
    [
        (["report", "package=a=b"], {}, {"package": "a=b"}),
        (["report"], {"BRIEFING_PACKAGE": "a", "BRIEFING_AS_OF": "", "PACKAGE": "z"}, {"package": "a"}),
        (["report", "PACKAGE=a"], {"BRIEFING_PACKAGE": "a"}, {"package": "a"}),
        (["report", "package="], {}, {}),
    ],
)
def test_parameters_by_name(arguments, environment, expected) -> None:
    assert parse(arguments, environment) == (COMMANDS["report"], expected)


@pytest.mark.parametrize(
    ("arguments", "environment", "reason"),
    [
        ([], {}, "There is no command ``. The commands are: report"),
        (["adit"], {}, "There is no command `adit`"),
        (["audit", "data"], {}, "Could not interpret `data`. Write a parameter as name=value."),
        (["audit", "packge=data"], {}, "Could not interpret parameter `packge`. `audit` takes: PACKAGE"),
        (["audit"], {"BRIEFING_PACKGE": "data"}, "Could not interpret parameter `PACKGE`"),
        (["audit"], {"BRIEFING_DRAFT": "x.md"}, "Could not interpret parameter `DRAFT`"),
        (["audit", "package=a", "package=b"], {}, "given twice: as `a` and as `b`"),
        (["audit", "package=a"], {"BRIEFING_PACKAGE": "b"}, "given twice"),
    ],
)
def test_what_cannot_be_understood_is_refused(arguments, environment, reason, capsys) -> None:
    assert main(arguments, environment) == 1
    assert reason in capsys.readouterr().err


def test_a_command_may_hand_every_parameter_on(monkeypatch: pytest.MonkeyPatch) -> None:
    free = Command("a:b", ("notebook",), others=True)
    monkeypatch.setitem(COMMANDS, "free", free)
    assert parse(["free", "NOTEBOOK=a", "Colour=red"], {})[1] == {"notebook": "a", "Colour": "red"}


def test_a_place_is_named_from_where_one_stands_or_else_from_the_project(tmp_path, monkeypatch) -> None:
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path)
    assert place("notebooks") == (tmp_path / "notebooks").resolve()
    assert place("") == place("data") == PROJECT / "data"
    assert place("nowhere") == tmp_path.resolve() / "nowhere"


# --- failures -------------------------------------------------------------------------------------------------------


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A command that fails as it is told, beside a project that keeps its log elsewhere."""
    monkeypatch.setattr(command, "PROJECT", tmp_path)

    def arrange(error: BaseException) -> int:
        def fail(parameters):
            raise error

        monkeypatch.setattr(Command, "load", lambda self: fail)
        return main(["report"])

    return arrange


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Refusal("The door is shut."), "The door is shut."),
        (ValueError("figures.csv, line 3"), "figures.csv, line 3"),
        (OSError(errno.ENOSPC, "", "reports/x"), "The disk is full: reports/x cannot be written. Make room"),
        (PermissionError(errno.EACCES, "", "data/figures.csv"), "You may not read or write data/figures.csv. Change"),
        (FileExistsError(errno.EEXIST, "", "mine"), "mine is there already, as a file where a folder is needed. Name"),
        (OSError(errno.EROFS, "", "reports"), "reports cannot be written, because the disk is read-only. Make it"),
        (IsADirectoryError(errno.EISDIR, "", "a.csv"), "a.csv is a folder, where a file is needed. Move it away"),
        (FileNotFoundError(errno.ENOENT, "", "x"), "x is not there. Check the path."),
        (OSError(errno.EISDIR, "", "a", None, "b.pdf"), "b.pdf is a folder"),
        (ModuleNotFoundError("No module named 'pandas'"), "'pandas'). Run `make clean`, then the command again"),
        (MemoryError(), "machine has too little memory"),
        (RecursionError(), "nested too deeply"),
        (KeyError("x"), "The program failed (KeyError: 'x'). This is a fault of its own; its details are in"),
        (OSError(errno.EDOM, "odd"), "The program failed (OSError: [Errno 33] odd)"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_a_failure_ends_in_a_sentence_and_status_1(failing, capsys, error, said) -> None:
    assert failing(error) == 1
    err = capsys.readouterr().err
    assert said in err
    assert "Traceback" not in err
    assert len(err.splitlines()) <= 2


def test_the_details_of_an_unforeseen_failure_are_kept(failing, tmp_path) -> None:
    failing(KeyError("the hinge"))
    assert "KeyError: 'the hinge'" in (tmp_path / ".cache" / "fault.log").read_text()


def test_an_interrupt_says_that_the_reports_stand(failing, capsys) -> None:
    assert failing(KeyboardInterrupt()) == INTERRUPTED
    assert capsys.readouterr().err == "Interrupted. The last reports, if any, stand.\n"


def test_no_explanation_is_left_open() -> None:
    for number in command._DISK:
        assert "{" not in explain(OSError(number, "", "x"))


SCRIPT = """
import sys, helpers.report.command as command
command.Command.load = lambda self: lambda parameters: print("x" * 100) or 3
sys.exit(command.main(["report"]))
"""


@pytest.mark.parametrize("standing", ["closed", "no reader", "full"])
def test_a_standard_output_that_cannot_be_written_is_no_traceback(standing: str) -> None:
    read, write = os.pipe()
    os.close(read)
    out = {"closed": None, "no reader": write, "full": os.open("/dev/full", os.O_WRONLY)}[standing]
    run = [sys.executable, "-c", SCRIPT]
    if standing == "closed":
        run = ["sh", "-c", '"$@" >&-', "sh", *run]
    done = subprocess.run(run, stdout=out, stderr=subprocess.PIPE, text=True, cwd=PROJECT)
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    # The status tells how the work went; of a full disk behind standard output the reader must hear.
    assert done.returncode == 3
    assert ("Standard output cannot be written" in done.stderr) == (standing == "full")

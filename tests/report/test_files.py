"""Sets of files: kills at every step, full disks, two runs at once; what stands is always of one edition."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from helpers.report.files import exclusive, names, put, standing

OLD = {"a.html": b"old page", "a.pdf": b"old print", "charts/one.svg": b"old one", "charts/two.svg": b"old two"}
NEW = {"a.html": b"new page", "a.pdf": b"new print", "charts/one.svg": b"new one", "charts/three.svg": b"new three"}

SCRIPT = """
import os, signal, sys
from pathlib import Path
from helpers.report import files
folder, fatal = Path(sys.argv[1]), int(sys.argv[2])
calls = 0

def deadly(name):
    true = getattr(os, name)
    def call(*arguments, **more):
        global calls
        calls += 1
        if calls == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return true(*arguments, **more)
    setattr(os, name, call)

for name in ("rename", "replace", "unlink", "fsync", "rmdir"):
    deadly(name)
with files.exclusive(folder):
    files.put(folder, "a", {new!r}, {{"edition": "new"}})
print(calls)
"""


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def visible(folder: Path) -> dict[str, bytes]:
    return {name: text for name, text in content(folder).items() if not name.startswith(".")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which the old set stands, with a file of the user's beside a chart."""
    reports = tmp_path / "reports"
    with exclusive(reports):
        put(reports, "a", OLD, {"edition": "old"})
    (reports / "charts" / "mine.txt").write_bytes(b"mine")
    return reports


MINE = {"charts/mine.txt": b"mine"}


def killed(folder: Path, at: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SCRIPT.format(new=NEW), str(folder), str(at)], capture_output=True, text=True
    )


def test_a_set_replaces_the_one_before(folder: Path) -> None:
    with exclusive(folder):
        assert put(folder, "a", NEW, {"edition": "new"}) == [folder / name for name in NEW]
    assert visible(folder) == NEW | MINE
    assert standing(folder, "a") == {"edition": "new"}
    assert set(names(folder, "a")) == {folder / name for name in NEW}


def test_sets_of_other_names_are_left_alone(folder: Path) -> None:
    with exclusive(folder):
        put(folder, "b", {"b.html": b"b"})
    assert visible(folder) == OLD | MINE | {"b.html": b"b"}
    assert standing(folder, "a") == {"edition": "old"}


def test_a_kill_at_any_step_leaves_one_edition_once_the_next_command_begins(folder: Path, capsys) -> None:
    steps = int(killed(folder, 0).stdout)
    assert steps > 2 * len(NEW)
    seen = set()
    for at in range(1, steps + 1):
        with exclusive(folder):
            put(folder, "a", OLD, {"edition": "old"})
        assert killed(folder, at).returncode == -signal.SIGKILL
        before = visible(folder)
        capsys.readouterr()
        with exclusive(folder):
            said = capsys.readouterr().err
            after = visible(folder)
        assert after in (OLD | MINE, NEW | MINE), at
        assert standing(folder, "a") == {"edition": "new" if after == NEW | MINE else "old"}
        # What had to be mended is said; a run that had not decided yet changed nothing.
        assert (before != after) <= ("is now done" in said)
        assert after == NEW | MINE or before == after
        assert not list(folder.glob(".*.new"))
        assert not list(folder.glob(".*.ready"))
        seen.add(tuple(sorted(after)))
    assert len(seen) == 2


def test_a_torn_set_does_not_pass_for_one_that_stands(folder: Path) -> None:
    (folder / "a.pdf").write_bytes(b"another")
    assert standing(folder, "a") is None
    (folder / "a.pdf").unlink()
    assert standing(folder, "a") is None


def test_a_full_disk_leaves_the_old_set_and_nothing_else(folder: Path) -> None:
    before = content(folder)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(OSError, match="too large") as raised, exclusive(folder):
            put(folder, "a", {**NEW, "z.pdf": b"x" * 200_000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert raised.value.errno == errno.EFBIG
    assert raised.value.filename.endswith("z.pdf")
    assert content(folder) == before


@pytest.mark.parametrize("failing", ["write", "fsync", "rename"])
def test_no_failure_before_the_set_is_ready_changes_anything(folder: Path, failing: str, monkeypatch) -> None:
    before = content(folder)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    if failing == "write":
        monkeypatch.setattr(Path, "open", full)
    else:
        monkeypatch.setattr(os, failing, full)
    with pytest.raises(OSError, match="No space"), exclusive(folder):
        put(folder, "a", NEW)
    monkeypatch.undo()
    assert content(folder) == before


@pytest.mark.parametrize("name", ["a.pdf", "charts/three.svg"])
def test_a_folder_where_a_file_must_go_is_named_before_anything_is_moved(folder: Path, name: str) -> None:
    (folder / name).unlink(missing_ok=True)
    (folder / name).mkdir()
    before = visible(folder)
    with pytest.raises(IsADirectoryError) as raised, exclusive(folder):
        put(folder, "a", NEW)
    assert raised.value.filename == str(folder / name)
    assert visible(folder) == before


def test_a_file_where_a_folder_must_go_is_named(tmp_path: Path) -> None:
    (tmp_path / "charts").write_bytes(b"mine")
    with pytest.raises(NotADirectoryError), exclusive(tmp_path):
        put(tmp_path, "a", NEW)
    assert visible(tmp_path) == {"charts": b"mine"}


def test_the_second_of_two_runs_waits_and_says_so(tmp_path: Path) -> None:
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom helpers.report.files import exclusive, put\n"
        "folder, word = Path(sys.argv[1]), sys.argv[2].encode()\n"
        "with exclusive(folder):\n    print('in', flush=True)\n    time.sleep(.5)\n"
        "    put(folder, 'a', {f'{n}.txt': word * 1000 for n in range(20)})\n"
    )
    first = subprocess.Popen([sys.executable, "-c", script, str(tmp_path), "1"], stdout=subprocess.PIPE)
    assert first.stdout.readline() == b"in\n"
    started = time.monotonic()
    second = subprocess.run([sys.executable, "-c", script, str(tmp_path), "2"], capture_output=True, text=True)
    assert first.wait() == second.returncode == 0
    assert "waits for its turn" in second.stderr
    assert time.monotonic() - started > 0.5
    assert set(visible(tmp_path).values()) == {b"2" * 1000}


def test_a_run_that_is_killed_frees_the_folder(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom helpers.report.files import exclusive\n"
        "with exclusive(Path(sys.argv[1])):\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)])
    with exclusive(tmp_path):
        assert content(tmp_path) == {}

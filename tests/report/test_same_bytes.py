"""The same inputs give the same bytes: the whole report, made twice in surroundings that share nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PARTS = ("Makefile", "pyproject.toml", "requirements.txt", "data", "labconfig", "notebooks", "src")
FEW = {"PATH": os.environ["PATH"], "MPLBACKEND": "agg"}


def made(
    folder: Path, *before: str, cores: set[int] | None = None, umask: int = 0o022, **variables: str
) -> dict[str, bytes]:
    """What `make report` hands to Python leaves in a copy of the project, without make's own levelling of
    surroundings."""
    for part in PARTS:
        copy = shutil.copytree if (PROJECT / part).is_dir() else shutil.copy
        folder.mkdir(exist_ok=True)
        copy(PROJECT / part, folder / part)
    done = subprocess.run(
        [*before, sys.executable, "-m", "helpers", "report"],
        cwd=folder,
        env={
            **FEW,
            "PYTHONPATH": str(folder / "src"),
            "MPLCONFIGDIR": str(folder / "fonts"),
            "HOME": str(folder),
            **variables,
        },
        umask=umask,
        preexec_fn=lambda: os.sched_setaffinity(0, cores or os.sched_getaffinity(0)),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    reports = folder / "reports"
    return {
        path.relative_to(reports).as_posix(): path.read_bytes() for path in reports.rglob("[!.]*") if path.is_file()
    }


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    files = made(tmp_path_factory.mktemp("plain") / "project", LC_ALL="C.UTF-8", TZ="UTC", PYTHONHASHSEED="0")
    assert {"briefing.html", "briefing.pdf", "findings.json"} < set(files)
    assert any(name.startswith("charts/") for name in files)
    return files


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]


@pytest.mark.slow
def test_zone_locale_seed_folder_umask_and_cores_change_nothing(plain, tmp_path) -> None:
    elsewhere = made(
        tmp_path / "мой отчёт $1",
        cores={min(os.sched_getaffinity(0))},
        umask=0o077,
        LC_ALL="tr_TR.UTF-8",
        LANG="kk_KZ.UTF-8",
        TZ="Pacific/Kiritimati",
        PYTHONHASHSEED="4711",
        COLUMNS="40",
        PYTHONOPTIMIZE="1",
    )
    assert differing(plain, elsewhere) == []


@pytest.mark.slow
def test_another_user_without_any_network_changes_nothing(plain, tmp_path) -> None:
    # In namespaces of its own the run is the user nobody, and even loopback is down.
    apart = ["unshare", "--user", "--net"]
    if subprocess.run([*apart, "true"], capture_output=True).returncode:
        pytest.skip("this system lets nobody make a namespace")
    assert differing(plain, made(tmp_path / "project", *apart, PYTHONHASHSEED="1")) == []


LATER = """import time
real, real_ns = time.time, time.time_ns
time.time = lambda: real() + 220_000_000
time.time_ns = lambda: real_ns() + 220_000_000 * 10**9
"""


@pytest.mark.slow
def test_another_clock_changes_nothing(plain, tmp_path) -> None:
    # The clock that Python reads is seven years on; where libfaketime is, so is that of the whole process, Typst's too.
    (tmp_path / "sitecustomize.py").write_text(LATER)
    clock = ["faketime", "2031-02-03 04:05:06"] if shutil.which("faketime") else []
    path = f"{tmp_path / 'project' / 'src'}{os.pathsep}{tmp_path}"
    year = "import time; print(time.gmtime(time.time()).tm_year)"
    told = [
        subprocess.check_output([sys.executable, "-c", year], env={**FEW, "PYTHONPATH": here}) for here in ("", path)
    ]
    assert int(told[1]) - int(told[0]) >= 6
    assert differing(plain, made(tmp_path / "project", *clock, PYTHONPATH=path)) == []


@pytest.mark.slow
def test_loopback_alone_is_enough(plain, tmp_path) -> None:
    alone = ["unshare", "--user", "--map-root-user", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
    if subprocess.run([*alone, "true"], capture_output=True).returncode:
        pytest.skip("this system lets nobody make a namespace")
    assert differing(plain, made(tmp_path / "project", *alone)) == []

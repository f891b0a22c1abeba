"""Many editions: grids of parameters, one that fails, what is made again, and workers that are killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from report.test_edition import content, counted, notebook, place  # noqa: F401  (fixtures)

from helpers.report import editions as many
from helpers.report import render
from helpers.report.command import Refusal, main
from helpers.report.editions import read
from helpers.report.engine import Warm

PROJECT = Path(__file__).resolve().parents[2]


def written(folder: Path, text: str) -> Path:
    path = folder / "editions.toml"
    path.write_text(text)
    return path


class Here(Executor):
    """Works at once in this process, so that a test sees what happens."""

    def submit(self, function, /, *arguments):
        future: Future = Future()
        try:
            future.set_result(function(*arguments))
        except BaseException as error:
            future.set_exception(error)
        return future


@pytest.fixture
def here(place, monkeypatch):  # noqa: F811
    """Editions of a small project, rendered in this process."""

    @contextmanager
    def executor(scheduler, tasks):
        yield Here()

    monkeypatch.setattr(many, "_executor", executor)
    monkeypatch.setattr(many, "REPORTS", place / "reports")
    monkeypatch.setattr(many, "_warm", None)
    yield place
    if many._warm:
        many._warm.close()


# --- the file -------------------------------------------------------------------------------------------------------


def test_every_combination_is_an_edition_named_by_its_parameters(place, package) -> None:  # noqa: F811
    path = written(
        place,
        '[[editions]]\npackage = "package"\nrounding = ["nearest", "coarse"]\nevidence = ["core", "all"]\n'
        '[[editions]]\npackage = "package"\nas_of = 2023-12-31\n'
        '[[editions]]\npackage = "package"\nas_of = "2023-12-31"\n',
    )
    found = read(path)
    assert [one.name for one in found] == [
        "package_nearest_core",
        "package_nearest_all",
        "package_coarse_core",
        "package_coarse_all",
        "package_as-of-2023-12-31",
    ]
    assert found[1].edition.choices == {"rounding": "nearest", "evidence": "all"}
    assert {one.edition.package for one in found} == {package}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x =", "cannot be read as TOML"),
        ("", "names no edition"),
        ("editions = 3", "names no edition"),
        ('[[edition]]\nrounding = "coarse"', "names no edition"),
        (
            '[[editions]]\nroundng = "coarse"',
            "table 1: could not interpret parameter `roundng`. An edition takes: package",
        ),
        ("[[editions]]\nrounding = 3", "could not interpret `rounding` = 3"),
        ('[[editions]]\nrounding = ["coarse", ""]', "could not interpret `rounding` = ''"),
        ('[[editions]]\npackage = "nowhere"', "There is no folder"),
        ('[[editions]]\npackage = ["a/package", "package"]', "two packages have folders named package"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused(place, package, text, reason) -> None:  # noqa: F811
    (place / "a" / "package").mkdir(parents=True)
    with pytest.raises(Refusal, match=re.escape(reason)):
        read(written(place, text))


def test_the_projects_own_file_is_understood() -> None:
    assert len(read(PROJECT / "editions.toml")) >= 6


# --- rendering ------------------------------------------------------------------------------------------------------

GRID = '[[editions]]\npackage = "package"\nrounding = ["nearest", "up", "coarse"]\n'


def test_a_failing_edition_is_told_and_stops_no_other(here, package, capsys) -> None:
    assert main(["editions", f"editions={written(here, GRID)}"]) == 1
    said = capsys.readouterr()
    assert "package_up: Could not interpret value `up` for `rounding`" in said.err
    assert said.out.endswith("3 editions: 2 made, 0 as they were, 1 failed.\n")
    folder = here / "reports" / "editions"
    assert b"coarse" in (folder / "package_coarse" / "briefing.html").read_bytes()
    page = BeautifulSoup((folder / "index.html").read_text(), "html.parser")
    links = [link["href"] for link in page.find_all("a")]
    assert all((folder / link).is_file() for link in links)
    assert len(links) == 6
    assert "Failed: Could not interpret value `up`" in page.find_all("tr")[2].text


def test_a_failing_cell_is_told_by_its_number(here, package, capsys) -> None:
    notebook(here, "1", "assert rounding != 'coarse', 'too coarse'")
    path = written(here, GRID.replace(', "up"', ""))
    assert main(["editions", f"editions={path}"]) == 1
    reason = "Cell 3 of template.ipynb failed: AssertionError: too coarse"
    assert f"package_coarse: {reason}" in capsys.readouterr().err
    page = BeautifulSoup((here / "reports" / "editions" / "index.html").read_text(), "html.parser")
    assert [row.td.text for row in page.find_all("tr")[1:] if f"Failed: {reason}" in row.text] == ["package"]
    assert (here / "reports" / "editions" / "package_nearest" / "briefing.pdf").is_file()


def test_a_package_that_cannot_be_read_is_told_with_its_first_fault(here, package, capsys) -> None:
    measures = package / "measures.csv"
    header, first, *others = measures.read_text().splitlines()
    measures.write_text("\n".join([header, f"Bad Id{first[first.index(',') :]}", *others, ""]))
    assert main(["editions", f"editions={written(here, GRID)}"]) == 1
    said = capsys.readouterr().err
    assert "package_coarse: The data package has" in said
    assert "measures.csv, line 2 (Bad Id), `id` = 'Bad Id': use lower-case letters" in said


def test_only_what_changed_is_made_again(here, package, capsys, monkeypatch) -> None:
    path = written(here, GRID.replace(', "up"', ""))
    ran = counted(monkeypatch)
    assert main(["editions", f"editions={path}"]) == 0
    before = content(here / "reports")
    assert main(["editions", f"editions={path}"]) == 0
    assert capsys.readouterr().out.endswith("2 editions: 0 made, 2 as they were, 0 failed.\n")
    (here / "reports" / "editions" / "package_coarse" / "findings.json").unlink()
    assert main(["editions", f"editions={path}"]) == 0
    assert content(here / "reports") == before
    assert len(ran) == 2


def test_editions_left_by_a_killed_worker_are_tried_again(here, package, monkeypatch, capsys) -> None:
    calls = []

    def dying(one):
        calls.append(one.name)
        if len(calls) == 2:
            raise BrokenExecutor
        return many.Rendered(one.name, {"briefing.html": b"x"})

    monkeypatch.setattr(many, "render", dying)
    path = written(here, GRID.replace("up", "at_least"))
    assert main(["editions", f"editions={path}"]) == 0
    assert calls == ["package_nearest", "package_at_least", "package_coarse", "package_at_least"]
    assert "are tried again" in capsys.readouterr().err


def test_an_edition_that_kills_every_worker_is_told(here, package, monkeypatch, capsys) -> None:
    def dying(one):
        raise BrokenExecutor

    monkeypatch.setattr(many, "render", dying)
    assert main(["editions", f"editions={written(here, GRID)}"]) == 1
    assert "killed each time" in capsys.readouterr().err


def test_a_scheduler_that_does_not_answer_is_said(here, package, monkeypatch) -> None:
    monkeypatch.undo()
    with (
        pytest.raises(Refusal, match=r"SCHEDULER needs Dask|No scheduler answers"),
        many._executor("tcp://127.0.0.1:9", 1),
    ):
        pass


# --- the real thing -------------------------------------------------------------------------------------------------

REAL = '[[editions]]\npackage = "data"\nevidence = "core"\nrounding = ["nearest", "up", "coarse"]\n'


@pytest.fixture
def real(tmp_path, monkeypatch) -> Path:
    """A file of editions of the project's own package, whose reports go elsewhere."""
    monkeypatch.setattr(many, "REPORTS", tmp_path / "reports")
    return written(tmp_path, REAL.replace('"data"', f'"{PROJECT / "data"}"'))


def alone(one) -> dict[str, bytes]:
    """The files of an edition, run afresh in a process that does nothing else."""
    with Warm([one.edition.notebook]) as warm:
        return render.files(one.edition, warm, progress=False)


@pytest.mark.slow
def test_a_pool_makes_the_same_bytes_as_a_run_alone(real, tmp_path, monkeypatch) -> None:
    assert main(["editions", f"editions={real}"]) == 1
    monkeypatch.setattr("helpers.report.edition.CACHE", tmp_path / "none")
    for one in (one for one in read(real) if "up" not in one.name):
        folder = tmp_path / "reports" / "editions" / one.name
        assert content(folder) == alone(one)


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_makes_every_edition(real, tmp_path) -> None:
    pytest.importorskip("distributed", reason="requirements-cluster.txt is not installed; `make test-slow` installs it")
    environment = {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "5"}
    run = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    scheduler = subprocess.Popen(
        [*run, "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(tmp_path / "s.json")],
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    workers = []
    try:
        for number in range(2):
            command = [
                sys.executable,
                "-m",
                "distributed.cli.dask_worker",
                "--scheduler-file",
                str(tmp_path / "s.json"),
            ]
            command += [
                "--nthreads",
                "1",
                "--no-nanny",
                "--no-dashboard",
                "--local-directory",
                str(tmp_path / f"w{number}"),
            ]
            workers.append(subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL))
        for _ in range(300):
            if (tmp_path / "s.json").exists():
                break
            time.sleep(0.1)
        import json

        address = json.loads((tmp_path / "s.json").read_text())["address"]
        made = []
        for outcome in many.rendered(read(real), address):
            made.append(outcome)
            if len(made) == 1:
                workers[0].send_signal(signal.SIGKILL)
        assert {outcome.name for outcome in made} == {one.name for one in read(real)}
        assert [outcome.name for outcome in made if outcome.failure] == ["data_up_core"]
        for one in (one for one in read(real) if "up" not in one.name):
            assert dict(next(outcome.files for outcome in made if outcome.name == one.name)) == alone(one)
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()

"""What an edition is made from, when it is made again, and what the commands leave when they fail."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from packages import LIBRARIES
from report.test_render import notebook_at

from helpers.report import edition as editions
from helpers.report import render
from helpers.report.command import Refusal, main
from helpers.report.edition import Edition
from helpers.report.engine import imports

PROJECT = Path(__file__).resolve().parents[2]
SIGNATURE = 'package: str = ""  # a\nas_of: str = ""  # b\nrounding: str = "nearest"  # c\nevidence: str = "all"  # d'


@pytest.fixture
def place(tmp_path: Path, package: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a small briefing of its own, in place of the real one."""
    (tmp_path / "notebooks").mkdir()
    notebook(tmp_path, "print(rounding)")
    monkeypatch.setattr(editions, "NOTEBOOKS", tmp_path / "notebooks")
    monkeypatch.setattr(editions, "REPORTS", tmp_path / "reports")
    monkeypatch.setattr("helpers.report.edition.CACHE", tmp_path / "cache")
    return tmp_path


def notebook(place: Path, *cells: str) -> None:
    path = notebook_at(place / "notebooks" / "template.ipynb", *cells)
    path.write_text(path.read_text().replace('"colour: str = \\"green\\"  # of the door"', repr_json(SIGNATURE)))


def repr_json(text: str) -> str:
    import json

    return json.dumps(text)


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("[!.]*") if path.is_file()}


def counted(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Notebooks as they are run."""
    ran: list[Path] = []
    true = render.run

    def run(path, *arguments):
        ran.append(path)
        return true(path, *arguments)

    monkeypatch.setattr(render, "run", run)
    return ran


# --- keys -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the modules, to be changed."""
    folder = tmp_path / "helpers"
    for path in map(Path, editions._sources(exporting=True) + editions._sources(exporting=False)):
        target = folder / path.relative_to(editions._SOURCE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    monkeypatch.setattr(editions, "_SOURCE", folder)
    return folder


@pytest.mark.parametrize(
    ("changed", "cells", "files"),
    [
        ("package/figures.csv", True, True),
        ("package/datapackage.json", True, True),
        ("package/note.txt", False, False),
        ("notebooks/template.ipynb", True, True),
        ("helpers/figures/interval.py", True, True),
        ("helpers/export/reuse.py", True, True),
        ("helpers/export/page.css", False, True),
        ("helpers/export/template.typ", False, True),
        ("helpers/export/html.py", False, True),
        ("helpers/report/render.py", False, True),
    ],
)
def test_what_is_made_again_follows_what_changed(place, package, sources, changed, cells, files) -> None:
    before = Edition.of({"package": str(package)})
    assert before.files != before.cells
    with (place / changed).open("ab") as file:
        file.write(b" ")
    after = Edition.of({"package": str(package)})
    assert (before.cells != after.cells, before.files != after.files) == (cells, files)


def test_parameters_make_another_edition(place, package) -> None:
    assert (
        Edition.of({"package": str(package)}).cells != Edition.of({"package": str(package), "rounding": "coarse"}).cells
    )


def test_a_notebook_of_a_users_own_is_always_run(place, package) -> None:
    path = notebook_at(place / "mine.ipynb")
    assert Edition.of({"package": str(package), "notebook": str(path)}).files == ""


def test_no_cell_uses_a_module_that_only_exports() -> None:
    """Else a change of it would leave outputs as they were."""
    names = {name for path in (PROJECT / "notebooks").glob("*.ipynb") for name in imports(path)}
    code = f"""
import sys
from contextlib import suppress
for name in {sorted(names)}:
    with suppress(ImportError): __import__(name)
print(*(module for module in sys.modules if module.startswith('helpers.')))
"""
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "helpers.report.start" in loaded
    used = {name.removeprefix("helpers.").replace(".", "/") + ".py" for name in loaded}
    assert used & editions._EXPORTING == set()


def test_every_module_that_only_exports_is_there() -> None:
    assert [name for name in editions._EXPORTING if not (PROJECT / "src" / "helpers" / name).is_file()] == []


# --- places ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("package", "folder"),
    [
        ("data", "."),
        ("libraries", "libraries"),
        ("charts", "charts-package"),
        ("briefing.html", "briefing.html-package"),
    ],
)
def test_every_package_but_our_own_has_a_folder_of_its_own(package, folder, tmp_path) -> None:
    where = PROJECT / "data" if package == "data" else tmp_path / package
    assert Edition(where, Path("x")).reports == PROJECT / "reports" / folder


@pytest.mark.parametrize("name", ["package", "notebook"])
def test_what_is_not_there_is_said(name) -> None:
    with pytest.raises(Refusal, match=r"There is no (folder|file) .*nowhere"):
        Edition.of({name: "nowhere"})


# --- the command ----------------------------------------------------------------------------------------------------


def test_a_report_is_made_once_and_again_when_something_changed(place, package, capsys, monkeypatch) -> None:
    ran = counted(monkeypatch)
    reports = place / "reports" / "package"
    ask = ["report", f"package={package}", "rounding=coarse"]
    assert main(ask) == 0
    assert b"coarse" in content(reports)["briefing.html"]
    said = capsys.readouterr().out
    assert sorted(map(Path, said.split())) == sorted(path for path in reports.iterdir() if path.name[0] != ".")
    first = content(reports)

    assert main(ask) == 0
    again = capsys.readouterr()
    assert (again.out, "Nothing has changed" in again.err, len(ran)) == (said, True, 1)

    (reports / "briefing.pdf").unlink()
    assert main(ask) == 0
    assert (content(reports), len(ran)) == (first, 1)

    assert main(ask[:2]) == 0
    assert b"nearest" in content(reports)["briefing.html"]
    assert len(ran) == 2


def test_a_kept_notebook_that_is_damaged_is_run_again(place, package, monkeypatch) -> None:
    ran = counted(monkeypatch)
    assert main(["report", f"package={package}"]) == 0
    first = content(place / "reports")
    (kept,) = (place / "cache").iterdir()
    kept.write_bytes(kept.read_bytes()[:100])
    (place / "reports" / "package" / "briefing.html").unlink()
    assert main(["report", f"package={package}"]) == 0
    assert (content(place / "reports"), len(ran)) == (first, 2)


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        (["rounding=up"], "Use one of: nearest, coarse, at_least"),
        (["evidence=some"], "Use one of: core, all"),
        (["as_of=yesterday"], "Write a day as 2023-12-31"),
        (["as_of=2022-12-31"], "The first was published on 2023-11-15"),
        (["notebook=nowhere.ipynb"], "There is no file"),
        (["colour=red"], "`report` takes: PACKAGE, AS_OF, ROUNDING, EVIDENCE, NOTEBOOK"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_wrong_choice_is_said_and_the_last_report_stays(place, package, parameters, reason, capsys) -> None:
    last = place / "reports" / "package" / "briefing.html"
    last.parent.mkdir(parents=True)
    last.write_text("the last good report")
    assert main(["report", f"package={package}", *parameters]) == 1
    said = capsys.readouterr().err
    assert reason in said
    assert "The last reports, if any, stand." in said
    assert content(last.parent) == {"briefing.html": b"the last good report"}


def test_a_failing_cell_leaves_the_last_report(place, package, capsys) -> None:
    assert main(["report", f"package={package}"]) == 0
    before = content(place / "reports")
    notebook(place, "1 / 0")
    assert main(["report", f"package={package}"]) == 1
    assert "Cell 2 of template.ipynb failed: ZeroDivisionError: division by zero" in capsys.readouterr().err
    assert content(place / "reports") == before


def test_a_failing_exporter_leaves_the_last_report(place, package, capsys, monkeypatch) -> None:
    assert main(["report", f"package={package}"]) == 0
    before = content(place / "reports")

    def fail(*_):
        raise ValueError("no such font")

    monkeypatch.setattr("helpers.export.typst.BriefingPDF.written", fail)
    assert main(["report", f"package={package}", "rounding=coarse"]) == 1
    assert "no such font" in capsys.readouterr().err
    assert content(place / "reports") == before


def test_a_place_that_cannot_be_written_is_said_before_anything_runs(place, package, capsys, monkeypatch) -> None:
    (place / "reports").write_text("a file")
    ran = counted(monkeypatch)
    assert main(["report", f"package={package}"]) == 1
    said = capsys.readouterr().err
    assert "leads through a file, where a folder is needed" in said
    assert ran == []


def test_packages_of_the_project_and_others_share_no_file(place) -> None:
    assert main(["report", f"package={LIBRARIES}"]) == 0
    assert {path.name for path in (place / "reports").iterdir()} == {"libraries"}

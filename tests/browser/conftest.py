"""A browser to look with, and the briefing to look at."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

_PROJECT = Path(__file__).resolve().parents[2]
_NAMES = ("chromium", "chromium-browser", "google-chrome")
# No sandbox in a container's root, no GPU, and none of the browser's own calls home.
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The system's Chromium; without one nothing here can run."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if not found:
        pytest.exit(f"No browser found. Put one of {', '.join(_NAMES)} on PATH; on Debian: apt-get install chromium", 1)
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def briefing() -> Path:
    """The page of the newest edition: the one that `BRIEFING_HTML` names, or else what `make report` makes now."""
    if given := os.environ.get("BRIEFING_HTML"):
        page = Path(given).resolve()
        return page if page.is_file() else pytest.exit(f"BRIEFING_HTML names no file: {page}", 1)
    subprocess.run(["make", "--silent", "report"], cwd=_PROJECT, check=True)
    return _PROJECT / "reports" / "briefing.html"

"""The licence of everything that is installed, as each package states it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import Distribution, distributions

from helpers.report.command import DONE, FAILED


def licences(parameters: Mapping[str, str]) -> int:
    """Print a line for each package; status 1 if one states no licence."""
    lines = sorted(
        {(found.name, found.version, stated(found)) for found in distributions()}, key=lambda line: line[0].lower()
    )
    for name, version, licence in lines:
        print(f"{name} {version}\t{licence or 'states no licence'}")
    return DONE if all(licence for _, _, licence in lines) else FAILED


def stated(package: Distribution) -> str:
    """The licence by the newest of the fields that packages use for it; empty where there is none."""
    about = package.metadata
    if "License-Expression" in about:
        return about["License-Expression"]
    classified = [
        line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if line.startswith("License :: ")
    ]
    if classified and classified != ["OSI Approved"]:
        return ", ".join(classified)
    # Some give the whole text, here or in a file beside; its first line names it.
    files = [
        package.read_text(f"licenses/{name}") or package.read_text(name) for name in about.get_all("License-File", [])
    ]
    texts = [*about.get_all("License", []), *filter(None, files)]
    return next((line.strip() for text in texts for line in text.splitlines() if line.strip()), "")

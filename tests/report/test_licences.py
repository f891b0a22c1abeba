"""The licences of what is installed."""

from __future__ import annotations

from email.message import Message
from importlib.metadata import distributions
from types import SimpleNamespace

import pytest

from helpers.report.command import DONE
from helpers.report.licences import licences, stated


def package(**fields: str | list[str]) -> SimpleNamespace:
    about = Message()
    for name, values in fields.items():
        for value in [values] if isinstance(values, str) else values:
            about[name.replace("_", "-")] = value
    beside = {"licenses/LICENSE": "\nMIT License\n\nCopyright", "COPYING": "Apache License"}
    return SimpleNamespace(metadata=about, read_text=beside.get)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"License_Expression": "MIT OR Apache-2.0", "License": "see file"}, "MIT OR Apache-2.0"),
        ({"Classifier": ["Topic :: X", "License :: OSI Approved :: BSD License"], "License": "long"}, "BSD License"),
        ({"Classifier": "License :: OSI Approved", "License": "\n MIT\nwhole text"}, "MIT"),
        ({"Name": "x"}, ""),
        ({"License_File": ["AUTHORS", "LICENSE"]}, "MIT License"),
        ({"License_File": "COPYING"}, "Apache License"),
    ],
)
def test_the_licence_a_package_states(fields, expected) -> None:
    assert stated(package(**fields)) == expected


def test_every_package_is_listed_and_states_one(capsys) -> None:
    assert licences({}) == DONE
    listed = {line.split()[0] for line in capsys.readouterr().out.splitlines()}
    assert listed == {found.name for found in distributions()}

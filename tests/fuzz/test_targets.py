"""The laws that fuzzing holds, on its seeds and on every input that once broke one."""

from __future__ import annotations

import pytest
from fuzz.targets import HERE, TARGETS, seeds


@pytest.mark.parametrize("target", TARGETS)
def test_the_laws_hold_on_what_fuzzing_begins_with(target: str) -> None:
    tried = 0
    for data in seeds(target):
        TARGETS[target](data)
        tried += 1
    assert tried > 50


def test_every_kept_input_has_a_target() -> None:
    assert {path.name.partition("-")[0] for path in (HERE / "found").iterdir()} <= set(TARGETS)

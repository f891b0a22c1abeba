"""QuickXplain (Junker, 2004): the smallest part of a list that is needed to refute something."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def conflict(refuted: Callable[[tuple[Item, ...]], bool], items: Sequence[Item]) -> tuple[Item, ...]:
    """Items that together refute, none of which can be spared, in their order; late ones are preferred.

    It is what the deletion filter (Chinneck and Dravnieks, 1991) leaves if it tries to spare the items in their order,
    with a number of tests that grows as the size of the result times the logarithm of the number of items.

    Parameters
    ----------
    refuted
        Whether some items refute. More items never refute less, and all of them do.
    """
    if refuted(()):
        return ()
    needed = set(_needed(refuted, (), False, tuple(range(len(items)))[::-1], items))
    return tuple(item for at, item in enumerate(items) if at in needed)


def _needed(
    refuted: Callable[[tuple[Item, ...]], bool],
    given: tuple[int, ...],
    grown: bool,
    tried: tuple[int, ...],
    items: Sequence[Item],
) -> tuple[int, ...]:
    """The places of those of `tried`, best first, that refute together with `given`."""
    if grown and refuted(tuple(items[at] for at in sorted(given))):
        return ()
    if len(tried) == 1:
        return tried
    first, second = tried[: len(tried) // 2], tried[len(tried) // 2 :]
    late = _needed(refuted, given + first, True, second, items)
    early = _needed(refuted, given + late, bool(late), first, items)
    return early + late

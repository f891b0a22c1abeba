"""Where the names of dated steps stand above a calendar, so that none crosses another or another's line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from helpers.charts.sheet import LINE, SMALL, measure, wrap

_GAP = 8.0  # between two names on one level
_CLEAR = 4.0  # between a name and a line that passes it
_ROOMS = (150.0, 110.0, 84.0)  # the widest a name may be before it is broken; less where space is short
_SHIFTS = (0.0, 0.5, 1.0, 0.25, 0.75)  # what part of a name stands to the left of its line
_LEVELS = 16
_TRIES = 1_500


@dataclass(frozen=True)
class Place:
    """A name in lines above the line of its step: its left end and width, and how high above the calendar it begins."""

    lines: tuple[str, ...]
    x: float
    left: float
    width: float
    bottom: float

    @property
    def top(self) -> float:
        return self.bottom + LINE * len(self.lines)

    def fits(self, other: Place) -> bool:
        """Whether neither the names nor their lines cross. A line runs from below its name down to the calendar."""
        apart = self.left + self.width + _GAP <= other.left or other.left + other.width + _GAP <= self.left
        if not apart and self.bottom < other.top and other.bottom < self.top:
            return False
        return not self._crossed(other) and not other._crossed(self)

    def _crossed(self, other: Place) -> bool:
        """Whether the line of `other` passes through this name."""
        within = self.left - _CLEAR < other.x < self.left + self.width + _CLEAR
        return within and other.bottom > self.bottom


def place(names: Sequence[tuple[float, str, int]], left: float, right: float) -> list[Place]:
    """Names of steps, in their order, in as little height as they need.

    Parameters
    ----------
    names
        Place of each step, its name, and the weight of its type.
    left, right
        Between which the names must lie.
    """
    for levels in range(1, _LEVELS):
        options = [_options(x, name, weight, left, right, levels) for x, name, weight in names]
        # A name runs to the right of its line, so the last may stand lowest: it is placed first.
        found = fit(options[::-1], [], iter(range(_TRIES)))
        if found is not None:
            return found[::-1]
    # Too many steps on too few days: each on a level of its own, the last lowest, whatever its line passes.
    found, bottom = [], 0.0
    for x, name, weight in names[::-1]:
        lowest = _options(x, name, weight, left, right, 1)[0]
        found.append(Place(lowest.lines, x, lowest.left, lowest.width, bottom))
        bottom = found[-1].top
    return found[::-1]


def fit(options: Sequence[Sequence[Place]], found: list[Place], tries: Iterator[int]) -> list[Place] | None:
    """One place of each, such that all fit together; None where there is none, or none is found in so many tries."""
    if len(found) == len(options):
        return found
    for one in options[len(found)]:
        if next(tries, None) is None:
            return None
        if all(map(one.fits, found)) and (done := fit(options, [*found, one], tries)) is not None:
            return done
    return None


def _options(x: float, name: str, weight: int, left: float, right: float, levels: int) -> list[Place]:
    """Every place of a name within so many levels, the lowest first."""
    found = []
    for room in _ROOMS:
        lines = tuple(wrap(name, room, SMALL, weight))
        width = max(measure(line, SMALL, weight) for line in lines)
        starts = dict.fromkeys(min(max(left, x - shift * width), right - width) for shift in _SHIFTS)
        found += [
            Place(lines, x, start, width, level * LINE) for level in range(levels - len(lines) + 1) for start in starts
        ]
    return sorted(found, key=lambda one: one.bottom) or [
        Place(lines, x, start, width, 0.0) for start in starts if levels == 1
    ]

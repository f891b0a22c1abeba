"""Where the names of bands stand above a chart of ranges: over their own band, clear of each other's lines."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.charts import steps
from helpers.charts.sheet import LINE, measure

_SHIFTS = tuple(sorted(range(-48, 49, 6), key=abs))  # how far from the middle of its band, in pixels
_LEVELS = 8
_TRIES = 6_000


def place(bands: Sequence[tuple[float, float, str, str]], left: float, right: float) -> list[steps.Place]:
    """The name of each band, in as little height as they need.

    Parameters
    ----------
    bands
        Left and right edge of each band, its value and its name.
    left, right
        Between which the names must lie.
    """
    for levels in range(1, _LEVELS):
        options = [_options(bands, nth, left, right, levels) for nth in range(len(bands))]
        found = steps.fit(options, [], iter(range(_TRIES)))
        if found is not None:
            return found
    # Too many bands on too little width: as names of steps, which always have a place.
    return steps.place([((low + high) / 2, f"{text} {name}", 400) for low, high, text, name in bands], left, right)


def _options(
    bands: Sequence[tuple[float, float, str, str]], nth: int, left: float, right: float, levels: int
) -> list[steps.Place]:
    """Every place of a name within so many lines, the lowest and the most central first."""
    low, high, text, name = bands[nth]
    x, found = (low + high) / 2, []
    others = [(start, end) for at, (start, end, *_) in enumerate(bands) if at != nth and not start <= x <= end]
    for lines in ((text, name), (f"{text} {name}",)):
        width = max(map(measure, lines))
        for level in range(levels - len(lines) + 1):
            for shift in _SHIFTS:
                start = min(max(left, x - width / 2 + shift), right - width)
                over = any(start < end and begin < start + width for begin, end in others)
                if start <= x <= start + width and (level or not over):
                    one = steps.Place(lines, x, start, width, level * LINE)
                    found.append((level, abs(start + width / 2 - x), one))
    return [one for *_, one in sorted(found, key=lambda each: each[:2])]

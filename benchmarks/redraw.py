"""How long `explore.ipynb` takes to redraw after a control changes, in the kernel: medians in milliseconds.

    python benchmarks/redraw.py

Every choice is new to the process the first time round, as it is to a user; later rounds show what is kept.
"""

from __future__ import annotations

import io
import statistics
import time
from contextlib import redirect_stdout

from helpers.explore.controls import Explorer

LIMIT = 300
ROUNDS = 5


def choices(explorer: Explorer) -> list[tuple[str, str]]:
    """Controls by name, each with its values, as a user might go through them."""
    menus = {"rounding": explorer.rounding, "evidence": explorer.evidence} | explorer.readings
    listed = [(name, value) for name, menu in menus.items() for _, value in menu.options]
    return [*listed, *(("figure", figure) for figure in list(explorer.question.ledger.rows["figures"])[:12])]


def main() -> None:
    """Print the medians, and whether that of all is within the limit."""
    times: dict[str, list[float]] = {}
    first: list[float] = []
    for at in range(ROUNDS):
        with redirect_stdout(io.StringIO()):
            explorer = Explorer()
        for name, value in choices(explorer):
            menu = explorer.readings.get(name) or getattr(explorer, name)
            if menu.value == value:
                continue
            start = time.perf_counter()
            menu.value = value
            taken = (time.perf_counter() - start) * 1000
            times.setdefault(name, []).append(taken)
            if at == 0:
                first.append(taken)
    for name, each in times.items():
        print(f"{name:12} {statistics.median(each):6.0f}")
    every = [taken for each in times.values() for taken in each]
    print(f"{'all':12} {statistics.median(every):6.0f}")
    print(f"for the first time {statistics.median(first):.0f}, slowest {max(every):.0f}")
    if statistics.median(first) > LIMIT:
        raise SystemExit(f"Slower than {LIMIT} ms.")


if __name__ == "__main__":
    main()

"""How time and memory grow with a package: one of so many figures is loaded, audited with its texts, and rendered.

    .venv/bin/python benchmarks/growth.py 100 1000 10000

Every ten figures are a source: the count of each of five months, two counts of longer periods, a change between months,
and two shares. The texts hold each number in a sentence of its own. Printed for each size: seconds and the largest
process in MiB for each step.

Notes: loading, the check of the texts and the audit are linear in time and memory (4,000 figures: 8 s of work, 94 MiB).
The PDF of a large package is what costs memory: before, Typst held 3 MiB for each of 1,000 figures. Long tables are now
set without being measured first, which more than halved that for 400. Half of what is left would go if the writer,
which knows the names in a document, wrote plain links: each number now looks up whether its place is there.
"""

from __future__ import annotations

import csv
import os
import random
import sys
import tempfile
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from report import measured

STEPS = ("load", "audit", "report")


def make(folder: Path, figures: int) -> tuple[Path, Path]:
    """Write a package of so many figures, and a folder with the texts of its sources; the same for the same number."""
    package, texts = folder / f"package-{figures}", folder / f"texts-{figures}"
    package.mkdir()
    texts.mkdir()
    draw = random.Random(figures)
    rows: list[dict[str, str]] = []
    sources, measures = [], []
    for at in range(figures // 10):
        source, measure = f"paper-{at}", f"cases-{at}"
        sources.append(
            {
                "id": source,
                "layer": "core",
                "title": f"Invented report {at}",
                "publisher": "Invented paper",
                "published": "2023-12-31",
                "url": f"https://example.org/{at}",
                "language": "en",
                "read": "full",
            }
        )
        for name, label in (
            (measure, "cases"),
            (f"closed-{at}", "cases closed"),
            (f"court-{at}", "cases sent to court"),
        ):
            measures.append(
                {"id": name, "label": f"{label} in region {at}", "counts": "cases", "place": f"Region {at}"}
            )
        made = list(_figures(source, measure, draw))
        rows += made
        (texts / f"{source}.txt").write_text(".\n".join(row["wording"] for row in made) + ".\n", encoding="utf-8")
    for name, each in (("sources", sources), ("measures", measures), ("figures", rows)):
        with (package / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(key for row in each for key in row)))
            writer.writeheader()
            writer.writerows(each)
    return package, texts


def _figures(source: str, measure: str, draw: random.Random) -> Iterator[dict[str, str]]:
    monthly = [draw.randrange(100, 9000) for _ in range(5)]
    spans = [(date(2023, month, 1), date(2023, month, monthrange(2023, month)[1])) for month in range(1, 6)]
    counts = [*zip(monthly, spans, strict=True)]
    counts += [(sum(monthly[:3]), (date(2023, 1, 1), spans[2][1])), (sum(monthly), (date(2023, 1, 1), spans[4][1]))]
    for at, (value, (start, end)) in enumerate(counts):
        yield {
            "id": f"{measure}-{at}",
            "source": source,
            "measure": measure,
            "kind": "count",
            "printed": f"{value:,}",
            "value": str(value),
            "period_start": start.isoformat(),
            "period_end": end.isoformat(),
            "period_basis": "stated",
            "wording": f"{value:,} cases were counted",
            "said_by": "the police",
        }
    change = round(100 * (monthly[1] / monthly[0] - 1)) or 1
    for counted, kind, printed, value, wording in (
        (
            measure,
            "change",
            f"{abs(change)} percent",
            str(change),
            f"{'fell' if change < 0 else 'rose'} by {abs(change)} percent",
        ),
        (measure.replace("cases", "court"), "share", "37 percent", "0.37", "37 percent of them went to court"),
        (measure.replace("cases", "closed"), "share", "12 percent", "0.12", "12 percent of them were closed"),
    ):
        yield {
            "id": f"{measure}-{kind}-{printed.removesuffix(' percent')}",
            "source": source,
            "measure": counted,
            "kind": kind,
            "printed": printed,
            "value": value,
            "period_start": "2023-02-01",
            "period_end": "2023-02-28",
            "period_basis": "stated",
            "versus": f"{measure}-0" if kind == "change" else f"{measure}-1",
            "wording": wording,
            "said_by": "the police",
        }


def timed(step: str, package: Path, texts: Path) -> tuple[float, float, int]:
    """Seconds, the largest process in MiB, and the status."""
    commands = {
        "load": ["-c", f"from helpers.package.ledger import load; load({str(package)!r})"],
        "audit": ["-m", "helpers", "audit"],
        "report": ["-m", "helpers", "report"],
    }
    given = os.environ | {"BRIEFING_PACKAGE": str(package), "BRIEFING_SOURCES": str(texts)}
    if step == "report":
        given.pop("BRIEFING_SOURCES")
    seconds, size, status, said = measured([sys.executable, *commands[step]], given)
    if status:
        print(f"{step} of {package.name} ended with {status}: {said[-600:]}", file=sys.stderr)
    return seconds, size, status


def main(sizes: list[int]) -> None:
    """Measure and print."""
    print(f"{'figures':>8}" + "".join(f"{step + ', s':>12}{'MiB':>7}" for step in STEPS))
    for figures in sizes:
        with tempfile.TemporaryDirectory() as folder:
            package, texts = make(Path(folder), figures)
            taken = [timed(step, package, texts) for step in STEPS]
        print(f"{figures:8}" + "".join(f"{seconds:12.2f}{size:7.0f}" for seconds, size, _ in taken), flush=True)


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [100, 1000, 10000])

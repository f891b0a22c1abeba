"""`make fuzz`: each target for a while under atheris, and how often it ran.

    make fuzz SECONDS=300

Inputs that reach new code are kept in `.cache/fuzz`, so that the next run goes on from there. An input that breaks a
law is written there too and named; once the fault is mended it belongs into `tests/fuzz/found`, under the target's
name.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
KEPT = HERE.parents[1] / ".cache" / "fuzz"
SECONDS = 60


def fuzz(target: str) -> None:
    """Run one target in this process until libFuzzer ends it."""
    import atheris

    sys.path.insert(0, str(HERE.parent))
    # numpy and the like are left alone: their code is no part of what is looked for.
    with atheris.instrument_imports(include=["helpers", "fuzz", "mistune"]):
        from fuzz.targets import TARGETS, seeds

    corpus = KEPT / target
    for at, seed in enumerate(seeds(target)):
        (corpus / f"seed-{at:04}").write_bytes(seed)
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[target])
    atheris.Fuzz()


def run(target: str, seconds: int) -> tuple[int, str]:
    """One target in a process of its own: how often it ran, and the input that broke a law, if one did."""
    corpus = KEPT / target
    corpus.mkdir(parents=True, exist_ok=True)
    limits = [
        f"-max_total_time={seconds}",
        "-timeout=20",
        "-report_slow_units=20",
        "-rss_limit_mb=2048",
        "-max_len=2048",
        "-print_final_stats=1",
    ]
    command = [sys.executable, __file__, target, str(corpus), *limits, f"-artifact_prefix={KEPT}/{target}-"]
    with (KEPT / f"{target}.log").open("w+", encoding="utf-8", errors="replace") as log:
        subprocess.run(command, stdout=log, stderr=log)
        log.seek(0)
        said = log.read()
    runs = re.findall(r"number_of_executed_units: (\d+)|^#(\d+)\s", said, re.MULTILINE)
    written = re.findall(r"Test unit written to (\S+)", said)
    if not runs:
        written = written or [f"nothing: the target did not start; see {KEPT / target}.log"]
    return max((int(a or b) for a, b in runs), default=0), " ".join(written)


def main(seconds: int) -> int:
    """Run every target and print a line for each; 1 if a law was broken."""
    from targets import TARGETS

    failed = 0
    for target in TARGETS:
        runs, broken = run(target, seconds)
        print(f"{target}: {runs:,} executions in {seconds} s" + (f"; broken by {broken}" if broken else ""), flush=True)
        failed |= bool(broken)
    return int(failed)


if __name__ == "__main__":
    if sys.argv[1:]:
        fuzz(sys.argv[1])
    else:
        sys.path[:0] = [str(HERE), str(HERE.parent)]
        sys.exit(main(int(os.environ.get("BRIEFING_SECONDS") or SECONDS)))

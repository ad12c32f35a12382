"""The main job: the dossier of built-in cases, from a cold start to the file.

``python benchmarks/brief.py`` prints a table; each run is a process of its own, with nothing in
memory. Bytes of both runs are compared. Below the built-in cases stands one of 42 yes-no options
with 41,868 states, in seconds of the processor beside Korea's: it may take three times as long.
"""

from __future__ import annotations

import hashlib
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

import detente
from detente.case import formula as fm
from detente.case.model import Case, Condition, Outcome, Refusal, RiskDefaults, Statement
from detente.case.write import to_yaml
from detente.graph import build
from stores import thin

CASES = ("elmira", "garrison", "korea-2017", "korea-2018")
RUNS = 5
CELLS = 1 << 20
GROUPS = 14
"""Groups of three options of the thin case."""


def one_pass() -> float:
    """The seconds of one pass of ``np.maximum`` over a million int32."""
    a = np.arange(CELLS, dtype=np.int32)
    best = float("inf")
    for _ in range(20):
        begin = time.perf_counter()
        np.maximum(a, a[::-1])
        best = min(best, time.perf_counter() - begin)
    return best


def asked() -> Case:
    """The thin case with all that a dossier asks about: today, aim, danger, words in public."""
    base = thin(GROUPS, rules=116)

    def option(group: int, k: int) -> fm.Formula:
        return fm.OptionIs(f"p{group * 3 // GROUPS}", f"g{group}o{k}")

    target = fm.And((option(0, 2), option(5, 2)))
    danger = fm.And((option(1, 2), option(6, 2), option(10, 2)))
    graph = build(base)
    assert graph.n_states == 41_868
    over = graph.where(graph.truth(base), fm.Or((target, danger)))
    return replace(
        base,
        status_quo=tuple(graph.space.at(int(np.flatnonzero(~over)[0]))),
        target=target,
        outcomes=(Outcome("war", danger),),
        conditions=(
            Condition("c1", "p0", option(0, 2), option(5, 2)),
            Condition("c2", "p1", option(5, 2), option(10, 0)),
        ),
        refusals=(Refusal("r1", "p2", option(11, 0)),),
        risk=RiskDefaults(
            danger=Statement(fm.OutcomeIs("war")),
            goal=Statement(fm.And((target, fm.Not(fm.OutcomeIs("war"))))),
        ),
    )


def processor() -> float:
    """The seconds of the processor that all commands so far took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(case: str, folder: Path) -> tuple[float, str, int]:
    """The seconds of one command, the hash of its file, and its size in bytes."""
    file = folder / "page.html"
    program = Path(sys.executable).with_name("detente")
    command = [str(program), "brief", case, "-o", str(file)]
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - begin
    data = file.read_bytes()
    return seconds, hashlib.sha256(data).hexdigest(), len(data)


def main() -> None:
    """Print the table."""
    scale = one_pass()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"numpy {np.__version__}, détente {detente.__version__}\n"
    )
    print("| case | states | s, median | passes | KB | the same bytes |")
    print("|---|---:|---:|---:|---:|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name in CASES:
            states = len(detente.states(detente.load(name)))
            runs = sorted(run(name, Path(folder)) for _ in range(RUNS))
            hashes = {digest for _, digest, _ in runs}
            seconds, _, size = runs[RUNS // 2]
            assert len(hashes) == 1, f"{name}: {len(hashes)} different files"
            assert size > 10_000, f"{name}: a dossier of {size} bytes is none"
            print(
                f"| {name} | {states:,} | {seconds:.2f} | {seconds / scale:,.0f} | "
                f"{size / 1000:,.0f} | yes, {RUNS} times |"
            )
        (Path(folder) / "thin").mkdir()
        (Path(folder) / "thin" / "case.yaml").write_text(to_yaml(asked()), "utf-8")
        print("\nSeconds of the processor, least of five:")
        for name in ("korea-2018", str(Path(folder) / "thin")):
            least = float("inf")
            for _ in range(RUNS):
                begin = processor()
                run(name, Path(folder))
                least = min(least, processor() - begin)
            print(f"{Path(name).name}: {least:.2f}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\nLargest process: {peak:,.0f} MiB.")


if __name__ == "__main__":
    main()

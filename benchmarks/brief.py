"""The main job: the dossier of built-in cases, from a cold start to the file.

``python benchmarks/brief.py`` prints a table; each run is a process of its own, with nothing in
memory. Bytes of both runs are compared.
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
from pathlib import Path

import numpy as np

import detente

CASES = ("elmira", "garrison", "korea-2017", "korea-2018")
RUNS = 5
CELLS = 1 << 20


def one_pass() -> float:
    """The seconds of one pass of ``np.maximum`` over a million int32."""
    a = np.arange(CELLS, dtype=np.int32)
    best = float("inf")
    for _ in range(20):
        begin = time.perf_counter()
        np.maximum(a, a[::-1])
        best = min(best, time.perf_counter() - begin)
    return best


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
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\nLargest process: {peak:,.0f} MiB.")


if __name__ == "__main__":
    main()

"""Whether an analysis fits the memory at hand, known before it starts."""

from __future__ import annotations

import math
import os
from pathlib import Path

from detente.case.model import Case
from detente.errors import LimitError

BYTES_PER_STATE = 140
"""Measured peak of the four classic concepts, three parties, per cell; benchmarks/ checks it."""

GIB = 1 << 30


def require(case: Case, limit: int | None = None) -> None:
    """Refuse a case whose arrays do not fit.

    Parameters
    ----------
    case : Case
        Only its shape and number of parties matter.
    limit : int, optional
        Bytes; by default the memory that is free.

    Raises
    ------
    LimitError
        With the figure and what to do.
    """
    cells = math.prod(case.shape)
    need = cells * (BYTES_PER_STATE + 10 * max(0, len(case.parties) - 3))
    have = available() if limit is None else limit
    if need > have or len(case.shape) > 64:
        raise LimitError(
            f"{case.name}: {len(case.shape)} options span {cells:,} states; the analysis needs "
            f"about {need / GIB:,.1f} GiB of memory and {have / GIB:,.1f} GiB are free. Leave out "
            "options nobody would use, merge options into levels of one, or split the case."
        )


def available() -> int:
    """Return the bytes this process may still use: free memory, or its group's limit if lower."""
    free = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_AVPHYS_PAGES")]
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
        free = [int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable")]
        group = Path("/sys/fs/cgroup/memory.max").read_text("ascii").strip()
        used = Path("/sys/fs/cgroup/memory.current").read_text("ascii").strip()
        free.append(int(group) - int(used))
    except (OSError, ValueError, IndexError):
        pass  # not Linux, or no limit set
    return max(0, min(free, default=4 * GIB))

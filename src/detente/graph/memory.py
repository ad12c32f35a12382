"""Whether an analysis fits the memory at hand, known before it starts."""

from __future__ import annotations

import math
import os
from pathlib import Path

from detente.case.model import Case
from detente.errors import LimitError

PER_PARTY = 4 + 4
"""Bytes a cell and party: its rank, and its verdicts under the four classic concepts."""

AT_WORK = 17
"""Bytes a cell: which states are feasible, and what one concept holds while it is worked out."""

GIB = 1 << 30


LISTED = 96
"""Bytes for each state of a list and each party: rank, verdicts, sorted improvements, blocks."""


def require_room(case: Case, states: int, limit: int | None, *, times: int, what: str) -> None:
    """Refuse a question that holds much more than the states themselves.

    Parameters
    ----------
    states : int
        How many are held: combinations of levels in arrays, feasible states in a list.
    limit : int or None
        Bytes that may be used; None for what is free.
    times : int
        How many times what the states take the question needs at its peak.
    what : str
        What needs it, for the message: ``looking for ways``.

    Raises
    ------
    LimitError
        With the figure and what to do.
    """
    have = available() if limit is None else limit
    listed = states < math.prod(case.shape)
    need = times * states * (_listed(case) if listed else bytes_per_cell(case))
    if need > have:
        raise LimitError(
            f"{case.name}: {what} needs about {size(need)} of memory, and {size(have)} may be "
            "used; give more with --max-memory, or ask about a case with fewer options"
        )


def _listed(case: Case) -> int:
    """Return the bytes for each state of a list."""
    return LISTED * (len(case.parties) + 1) + 3 * len(case.shape)


def fits(case: Case, limit: int | None = None) -> bool:
    """Return whether the arrays of a case fit the memory that may be used."""
    have = available() if limit is None else limit
    return len(case.shape) <= 64 and math.prod(case.shape) * bytes_per_cell(case) <= have


def most_listed(case: Case, limit: int | None = None) -> int:
    """Return how many feasible states a list may hold in the memory that may be used."""
    have = available() if limit is None else limit
    return have // _listed(case)


class TooLargeError(LimitError):
    """A case whose states can neither be kept in arrays nor be listed."""


def too_large(case: Case, limit: int | None, most: int) -> TooLargeError:
    """Return the refusal of a case whose feasible states are too many to be listed."""
    have = available() if limit is None else limit
    cells = math.prod(case.shape)
    need = cells * bytes_per_cell(case)
    return TooLargeError(
        f"{case.name}: {len(case.shape)} options span {cells:,} states; in arrays the analysis "
        f"needs about {size(need)} of memory, and {size(have)} may be used; a list holds up to "
        f"{most:,} states in that, and the rules leave more. Rules such as 'one of these three', "
        "or levels in place of yes-no options that exclude each other, leave fewer; which states "
        "hold, and how many, decision diagrams can tell: detente stability CASE --store diagrams"
    )


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
    need = cells * bytes_per_cell(case)
    have = available() if limit is None else limit
    if need > have or len(case.shape) > 64:
        raise TooLargeError(
            f"{case.name}: {len(case.shape)} options span {cells:,} states; the analysis needs "
            f"about {size(need)} of memory, and {size(have)} may be used. Leave out options "
            "nobody would use, merge options into levels of one, or split the case."
        )


def size(n_bytes: float) -> str:
    """Return a size in words: ``3.2 GiB``."""
    for unit in ("bytes", "KiB", "MiB"):
        if n_bytes < 1024:
            return f"{n_bytes:,.{0 if unit == 'bytes' else 1}f} {unit}"
        n_bytes /= 1024
    return f"{n_bytes:,.1f} GiB" if n_bytes < 1 << 20 else "more than a million GiB"


def bytes_per_cell(case: Case) -> float:
    """Return what the four classic concepts need at their peak for each combination of levels.

    The sorted improvements of a party take one entry a cell for the order, and one for each class
    of own assignments that a move may lead to: (3/2)^k for k one-way options.
    """
    need = float(AT_WORK)
    for party in case.parties:
        own = math.prod(len(option.levels) for option in party.options)
        entry = 1 if own < 256 else 2 if own < 65536 else 4
        classes = 1.0
        for option in party.options:
            n = len(option.levels)
            if option.changes is not None and len(option.changes) < n * (n - 1):
                classes *= (len(option.changes) + n) / n
        need += PER_PARTY + entry * (1 + classes)
    return need


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
    return max(0, min([*free, *_own_limit()], default=4 * GIB))


def _own_limit() -> list[int]:
    """Return what the system lets this process still take (``ulimit -v``), if there is a limit."""
    try:
        import resource

        most = resource.getrlimit(resource.RLIMIT_AS)[0]
        if most == resource.RLIM_INFINITY:
            return []
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        return [most - pages * os.sysconf("SC_PAGE_SIZE")]
    except (ImportError, OSError, ValueError, IndexError):
        return []  # not a system that has such limits, or tells them

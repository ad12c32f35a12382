"""Who works out the batches of a sweep: this process, several on this machine, or a cluster.

Batches come back in order, whoever worked them out and whenever; so the bytes of the results do
not hang on the workers.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from detente.errors import DetenteError

Item = TypeVar("Item")
Answer = TypeVar("Answer")

AHEAD = 4
"""Batches handed out to each worker before its first comes back."""


PATIENCE = 20.0
"""Seconds to wait for a scheduler to answer."""


def here(work: Callable[[Item], Answer], items: Sequence[Item]) -> Generator[Answer, None, None]:
    """Yield the answers, worked out one by one in this process."""
    yield from map(work, items)


def on_processes(
    work: Callable[[Item], Answer], items: Sequence[Item], workers: int
) -> Generator[Answer, None, None]:
    """Yield the answers in order, worked out by several processes on this machine.

    Raises
    ------
    DetenteError
        If a process is killed; what was yielded is right.
    """
    # New processes rather than copies of this one, which may have threads.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_stopping_to_us)
    try:
        yield from _in_order(lambda item: pool.submit(work, item), items, workers * AHEAD)
    except BrokenProcessPool:
        raise DetenteError(
            "one of the processes was killed, perhaps for want of memory; the same command goes on "
            "where it was, perhaps with fewer --workers"
        ) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _leave_stopping_to_us() -> None:
    """Let Ctrl-C reach the process that hands out the work alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def on_cluster(
    work: Callable[[Item], Answer], items: Sequence[Item], address: str
) -> Generator[Answer, None, None]:
    """Yield the answers in order, worked out by the workers of a Dask cluster.

    Batches of a worker that dies are handed to another.

    Parameters
    ----------
    address : str
        Of the scheduler, such as ``tcp://127.0.0.1:8786``.

    Raises
    ------
    DetenteError
        If dask is missing, nobody answers there, or a batch kills every worker.
    """
    try:
        from distributed import Client, KilledWorker
    except ImportError:
        raise DetenteError("a cluster needs dask: pip install 'detente[distributed]'") from None
    try:
        make: Any = Client  # dask has no types
        client = make(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise DetenteError(f"no Dask scheduler answers at {address}: {error}") from None
    try:
        threads = max(1, sum(client.nthreads().values()))

        def submit(item: Item) -> Any:
            return client.submit(work, item, pure=False)

        yield from _in_order(submit, items, threads * AHEAD)
    except KilledWorker as error:
        raise DetenteError(f"the workers of {address} die over a batch: {error}") from None
    finally:
        client.close()


def _in_order(
    submit: Callable[[Item], Any], items: Sequence[Item], ahead: int
) -> Generator[Any, None, None]:
    """Keep some batches handed out, and yield the answers in the order of the items."""
    waiting: deque[Any] = deque()
    rest = iter(items)
    for item in rest:
        waiting.append(submit(item))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()

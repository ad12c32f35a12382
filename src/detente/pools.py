"""Who works out batches of work: this process, several on this machine, or a cluster.

Batches come back in order, whoever worked them out and whenever; so the bytes of the results do
not hang on the workers.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import re
import signal
import socket
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import CancelledError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from detente.errors import DetenteError

Item = TypeVar("Item")
Answer = TypeVar("Answer")

AHEAD = 4
"""Batches handed out to each worker before its first comes back."""

THREADS = "OPENBLAS_NUM_THREADS"
"""The environment variable that tells numpy how many threads to multiply with."""

PATIENCE = 5.0
"""Seconds to wait for a scheduler to answer."""

LONGEST_GREETING = 1 << 20
"""Bytes; a scheduler's has some 60."""

FIRST_WORKER = 5.0
"""Seconds to wait for a scheduler's first worker, at the beginning and once all are gone."""


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
        with _one_thread_each():
            yield from _in_order(lambda item: pool.submit(work, item), items, workers * AHEAD)
    except BrokenProcessPool:
        raise DetenteError(
            "one of the processes was killed, perhaps for want of memory; the same command goes on "
            "where it was, perhaps with fewer --workers"
        ) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Let processes that are started meanwhile multiply with one thread each, if nobody says more.

    The processes share the cores; with as many threads besides, most would wait, and they spin.
    """
    if THREADS in os.environ:
        yield
        return
    os.environ[THREADS] = "1"
    try:
        yield
    finally:
        del os.environ[THREADS]


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
        If dask is missing, no scheduler answers there, it has no workers, or a batch kills them
        all.
    """
    try:
        from distributed import Client, KilledWorker
    except ImportError:
        raise DetenteError("a cluster needs dask: pip install 'detente[distributed]'") from None
    _look_for_a_scheduler(address)
    logs = logging.getLogger("distributed")
    level = logs.level
    logs.setLevel(logging.CRITICAL)  # what is to be said is said below, in one line
    try:
        with _connected(Client, address) as client:
            threads = max(1, sum(client.nthreads().values()))

            def submit(item: Item) -> Any:
                return _Awaited(client, client.submit(work, item, pure=False), address)

            yield from _in_order(submit, items, threads * AHEAD)
    except KilledWorker as error:
        raise DetenteError(f"the workers of {address} die over a batch: {error}") from None
    except (ImportError, RuntimeError) as error:
        raise DetenteError(
            f"the workers of {address} cannot do the work: {_line(error)}; install the same "
            "version of detente there as here"
        ) from None
    except (OSError, CancelledError) as error:
        raise DetenteError(
            f"the connection to {address} broke ({_line(error)}); the same command goes on where "
            "it was"
        ) from None
    finally:
        logs.setLevel(level)


@contextmanager
def _connected(make: Any, address: str) -> Iterator[Any]:
    """Connect to a scheduler that has workers."""
    # One that was never connected would be closed when it is forgotten, and fail ten seconds later.
    quiet = type("Client", (make,), {"__del__": lambda self: None})
    try:
        client = quiet(address, timeout=PATIENCE, set_as_default=False)
    except Exception as error:  # dask has no list of what it raises
        raise DetenteError(f"no Dask scheduler answers at {address}: {_line(error)}") from None
    try:
        _wait_for_workers(client, address)
        yield client
    finally:
        client.close()


def _wait_for_workers(client: Any, address: str) -> None:
    """Wait a while for the first worker.

    Raises
    ------
    DetenteError
        If none comes.
    """
    try:
        client.wait_for_workers(1, timeout=FIRST_WORKER)
    except TimeoutError:
        raise DetenteError(
            f"the Dask scheduler at {address} has no workers; start some, such as with "
            f"'dask worker {address}'"
        ) from None


@dataclass(frozen=True, slots=True)
class _Awaited:
    """An answer that a cluster is to give."""

    client: Any
    future: Any
    address: str

    def result(self) -> Any:
        """Wait for the answer, as long as there are workers to give it."""
        while True:
            try:
                return self.future.result(timeout=FIRST_WORKER)
            except TimeoutError:
                _wait_for_workers(self.client, self.address)


_ADDRESS = re.compile(
    r"(?:(?P<kind>tcp|tls|ws|wss)://)?(?P<host>\[[^\]]+\]|[^:/\[\]]+):(?P<port>\d{1,5})/?", re.A
)


def _look_for_a_scheduler(address: str) -> None:
    """Look whether somebody answers at an address, and speaks first, as schedulers do.

    Raises
    ------
    DetenteError
        If the address is none, or nobody answers, or somebody else does.
    """
    match = _ADDRESS.fullmatch(address)
    if not match or int(match["port"]) > 65535:
        raise DetenteError(
            f"'{address}' is no address of a Dask scheduler; write it like tcp://127.0.0.1:8786"
        )
    kind = match["kind"] or "tcp"
    if kind in ("tls", "wss") and not _has_certificates():
        raise DetenteError(
            f"{address} needs certificates; name them in Dask's configuration, under "
            "distributed.comm.tls"
        )
    try:
        where = (match["host"].strip("[]"), int(match["port"]))
        with socket.create_connection(where, timeout=PATIENCE) as line:
            # How long what it says is, in eight bytes; any other server says something endless.
            length = line.recv(8, socket.MSG_WAITALL) if kind == "tcp" else bytes(8)
    except TimeoutError:
        length = b""
    except (OSError, UnicodeError) as error:
        raise DetenteError(f"no Dask scheduler answers at {address}: {_line(error)}") from None
    if len(length) < 8 or int.from_bytes(length, "little") > LONGEST_GREETING:
        raise DetenteError(
            f"what answers at {address} is no Dask scheduler; its address is in the first lines "
            "that 'dask scheduler' prints, and is not that of its web page"
        )


def _has_certificates() -> bool:
    from distributed.security import Security

    make: Any = Security
    return make().get_connection_args("client").get("ssl_context") is not None


def _line(error: BaseException) -> str:
    """Return what an error says, as one line."""
    said = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(said).split())


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

"""From a bench to an address on this machine."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass

import uvicorn

from detente.errors import DetenteError
from detente.workbench.app import application
from detente.workbench.desk import Bench
from detente.workbench.guard import Guard

HOST = "127.0.0.1"

GRACE = 2
"""Seconds that open pages are given when the program ends."""


@dataclass(frozen=True, slots=True)
class Served:
    """Where the workbench is: the guarded application, its socket, and its address."""

    guard: Guard
    socket: socket.socket

    @property
    def address(self) -> str:
        """What is opened first; it holds the token."""
        return f"http://{HOST}:{self.guard.port}/?token={self.guard.token}"

    def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Serve until interrupted.

        Parameters
        ----------
        ready : callable
            Called once connections are taken.
        """
        config = uvicorn.Config(
            self.guard,
            log_level="critical",
            access_log=False,
            lifespan="on",
            server_header=False,
            date_header=False,
            proxy_headers=False,
            ws="none",
            timeout_graceful_shutdown=GRACE,
        )
        _Server(config, ready).run(sockets=[self.socket])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and say so."""
        await super().startup(sockets)
        self._ready()


def served(bench: Bench, port: int = 0, token: str = "") -> Served:
    """Return a bench behind its guard, on a port of the loopback.

    Parameters
    ----------
    bench : Bench
        What is served.
    port : int
        0 for one that is free.
    token : str
        What the first visit shows; a random one unless given.

    Raises
    ------
    DetenteError
        If the port is taken.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        raise DetenteError(
            f"port {port} cannot be used ({error.strerror}); name another with --port, or none"
        ) from None
    found = int(listening.getsockname()[1])
    return Served(Guard(application(bench), found, token or secrets.token_urlsafe(24)), listening)

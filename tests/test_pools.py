"""Work shared among processes, here and on a cluster: what is told when it cannot be done."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from detente import pools
from detente.errors import DetenteError


def fatal(k):
    """Work that kills who does it."""
    os._exit(9)


def test_a_killed_process_ends_with_a_message():
    with pytest.raises(DetenteError, match="one of the processes was killed"):
        list(pools.on_processes(fatal, [1, 2], 2))


def test_a_process_beside_others_multiplies_with_one_thread(monkeypatch):
    monkeypatch.delenv(pools.THREADS, raising=False)
    assert list(pools.on_processes(os.getenv, [pools.THREADS], 1)) == ["1"]
    assert pools.THREADS not in os.environ
    monkeypatch.setenv(pools.THREADS, "3")
    assert list(pools.on_processes(os.getenv, [pools.THREADS], 1)) == ["3"]


ADDRESS = "is no address of a Dask scheduler; write it like tcp://127.0.0.1:8786"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("", ADDRESS),
        ("nonsense", ADDRESS),
        ("tcp://", ADDRESS),
        ("tcp://127.0.0.1", ADDRESS),
        ("tcp://127.0.0.1:99999", ADDRESS),
        ("http://127.0.0.1:8786", ADDRESS),
        ("tcp://127.0.0.1:9", "no Dask scheduler answers at tcp://127.0.0.1:9: "),
        ("127.0.0.1:9", "no Dask scheduler answers at 127.0.0.1:9: "),
        ("tcp://nobody.invalid:8786", "no Dask scheduler answers at tcp://nobody.invalid:8786: "),
        ("tls://127.0.0.1:9", "tls://127.0.0.1:9 needs certificates"),
    ],
)
def test_a_wrong_address_is_told_in_one_line(address, told):
    pytest.importorskip("distributed")
    with pytest.raises(DetenteError) as caught:
        list(pools.on_cluster(abs, [1], address))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_no_scheduler_is_told(monkeypatch):
    # A web server waits to be asked; a scheduler of Dask greets whoever comes.
    pytest.importorskip("distributed")
    monkeypatch.setattr(pools, "PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(DetenteError, match=r"what answers at .* is no Dask scheduler"):
            list(pools.on_cluster(abs, [1], address))


def test_a_server_that_speaks_first_but_is_no_scheduler_is_told():
    # Another server's first words, read as the length of a message, are billions of gigabytes.
    pytest.importorskip("distributed")
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet():
            line, _ = server.accept()
            with line:
                line.sendall(b"SSH-2.0-other\r\n")

        Thread(target=greet).start()
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(DetenteError, match=r"what answers at .* is no Dask scheduler"):
            list(pools.on_cluster(abs, [1], address))


def test_a_web_server_by_its_own_protocol_is_told_in_one_line_and_no_more():
    pytest.importorskip("distributed")
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        code = (
            "from detente import pools\nfrom detente.errors import DetenteError\n"
            f"try: list(pools.on_cluster(abs, [1], 'ws://127.0.0.1:{server.server_port}'))\n"
            "except DetenteError as error: print(error)"
        )
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
        server.shutdown()
    assert b"no Dask scheduler answers at ws://" in ran.stdout
    assert ran.stderr == b""


@pytest.mark.filterwarnings("ignore")
def test_a_scheduler_without_workers_is_told(monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(pools, "PATIENCE", 600)  # the machine may be busy
    monkeypatch.setattr(pools, "FIRST_WORKER", 0.5)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=None, silence_logs=50) as empty,
        pytest.raises(DetenteError, match="has no workers; start some, such as with 'dask worker"),
    ):
        list(pools.on_cluster(abs, [1], empty.scheduler_address))

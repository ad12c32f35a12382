"""The command ``serve``: the workbench in the browser."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from detente.errors import DetenteError
from detente.questions.declare import Argument, AtLeast, AtMost, Option


def serve_command(
    source: Annotated[str, Argument("CASE|FOLDER")] = ".",
    *,
    port: Annotated[int, AtLeast(0), AtMost(65_535), Option(shown="one that is free")] = 0,
    no_open: bool = False,
) -> None:
    """Open the workbench: reports on the left, the model in the middle, the answers on the right.

    The files stay the truth: every change is written into them at once, with comments and order
    kept, and can be taken back, after a restart too. A built-in case is copied into the current
    folder before it is changed. The address, printed on a line of its own, is good on this machine
    alone, and nothing is asked of any other. Ctrl-C ends it.

    Parameters
    ----------
    source : str
        A case by its name or path, or a folder of cases; the current folder unless given.
    port : int
        Listen on this port of the loopback.
    no_open : bool
        Do not open the address in the browser.
    """
    try:
        from detente.workbench.serving import served
    except ImportError:
        raise DetenteError(
            "the workbench needs the extra 'web': pip install 'detente[web]'"
        ) from None
    from detente.workbench.desk import Bench
    from detente.workbench.library import library

    found, first = library(Path(source), source)
    where = served(Bench(found, first), port)

    def ready() -> None:
        sys.stdout.write(f"{where.address}\n")
        sys.stdout.flush()
        if not no_open:
            _open(where.address)

    where.run(ready)


def _open(address: str) -> None:
    import webbrowser

    if not webbrowser.open(address):
        print("no browser could be opened; open the address yourself", file=sys.stderr)

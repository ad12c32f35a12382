"""The command ``mcp``: the questions as tools for an assistant."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from detente.errors import DetenteError
from detente.questions.declare import Argument, AtLeast, Size


def mcp_command(
    folder: Annotated[Path | None, Argument("CASE_DIR")] = None,
    *,
    seconds: Annotated[float, AtLeast(1)] = 120.0,
    max_memory: Annotated[int, Size()] = 2 << 30,
) -> None:
    """Speak the Model Context Protocol over standard input and output.

    An assistant that is set up with this command can ask about the built-in cases and those in
    CASE_DIR, and about nothing else on this machine. Nothing is ever written, and nothing but the
    protocol is printed.

    Parameters
    ----------
    folder : path, optional
        A case, or a folder of cases; the current folder unless given.
    seconds : float
        The longest an answer may take.
    max_memory : int
        Memory one answer may use, such as 4G.
    """
    try:
        from detente.mcp.server import server
    except ImportError:
        raise DetenteError(
            "answering an assistant needs the extra 'mcp': pip install 'detente[mcp]'"
        ) from None
    where = folder if folder is not None else Path()
    if not where.is_dir():
        raise DetenteError(f"{where} is no folder; name a case, or a folder of cases")
    server(where, seconds, max_memory).run("stdio")

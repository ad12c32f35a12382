"""Before anything leaves this machine: what would be sent where, and whether that is meant."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from os import PathLike, fspath
from pathlib import Path

from detente.errors import DetenteError


def confirm(
    paths: Sequence[str | PathLike[str]], model: str, endpoint: str | None, *, yes: bool
) -> None:
    """Say what a language model would be sent, and ask whether to go on.

    Parameters
    ----------
    paths : sequence of path
        The reports, as the user named them.
    model : str
        Its name.
    endpoint : str, optional
        Where they would go; None where an earlier log is replayed, so that nothing goes anywhere.
    yes : bool
        Say it, and do not ask.

    Raises
    ------
    DetenteError
        If the user says no, or there is nobody to ask.
    """
    from detente.dossier.words import plural
    from detente.reading.ingest import find_reports
    from detente.reading.model.endpoint import Endpoint

    if endpoint is None:
        return
    place = Endpoint(endpoint, model)
    files = find_reports([Path(fspath(path)) for path in paths]).files
    size = sum(file.stat().st_size for file in files)
    where = f"{place.host}, on this machine," if place.local else place.host
    much = f"{size / 1000:,.0f} KB" if size >= 1000 else "under 1 KB"
    sent = ("is" if len(files) == 1 else "are") if yes else "would be"
    print(
        f"{plural(len(files), 'report')} ({much}) {sent} sent to {where} for the model '{model}'.",
        file=sys.stderr,
    )
    if yes:
        return
    if not sys.stdin.isatty():
        raise DetenteError("nobody is here to say yes; add --yes if they may be sent")
    print("Go on? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise DetenteError("nothing was sent")

"""A pile read by the rules, and then by a model as well."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from detente.reading.claims import Claim
from detente.reading.ingest import read_file
from detente.reading.model.endpoint import Endpoint
from detente.reading.model.log import Log, answers
from detente.reading.model.propose import Asked, Progress, Proposed, proposed
from detente.reading.pile import rules
from detente.reading.scan import Pile, Settings

KEY = "DETENTE_API_KEY"
"""The environment's name for the key of an endpoint."""

ENDPOINT = "http://localhost:8080/v1"
"""Where a model is looked for unless another place is named: a server on this machine."""

LOCAL_SECONDS = 900.0
"""How long a model on this machine is waited for: it may be slow, and take one question a time."""


def asked_of(
    model: str, endpoint: str, log: Path | None, replay: Path | None, max_tokens: int
) -> Asked:
    """Return whom to ask, the key from the environment.

    Parameters
    ----------
    model : str
        The name that the endpoint knows it by.
    endpoint : str
        Its address.
    log : Path, optional
        Where questions and answers are written down.
    replay : Path, optional
        A log of an earlier time, whose answers are taken in place of asking.
    max_tokens : int
        Tokens of questions and answers together.

    Raises
    ------
    DetenteError
        If the address is none, or the log cannot be read.
    """
    place = Endpoint(endpoint, model, os.environ.get(KEY, ""))
    place = replace(place, max_tokens=min(place.max_tokens, max_tokens))
    if place.local:
        place = replace(place, timeout=LOCAL_SECONDS)
    told = answers(replay) if replay is not None else None
    return Asked(place, Log(log), told, max_tokens)


def second_reading(
    pile: Pile,
    parts: Sequence[Sequence[Claim]],
    settings: Settings,
    asked: Asked,
    progress: Progress,
) -> Proposed:
    """Return the claims of a pile with those that a model adds, in the pile's order.

    Copies are not asked about, and what a later report takes back does not come.

    Raises
    ------
    DetenteError
        If the model cannot be asked.
    """
    rows = [k for k, record in enumerate(pile.records) if record.duplicate_of is None]
    reports = [
        replace(read_file(pile.files[k], settings.max_bytes), date=pile.records[k].date or "")
        for k in rows
    ]
    known = [parts[k] for k in rows]
    found = proposed(reports, known, rules(settings), asked, progress)
    whole = [tuple(part) for part in parts]
    for k, claims in zip(rows, found.claims, strict=True):
        void = pile.records[k].void
        whole[k] = tuple(
            claim
            for claim in claims
            if claim.by != "model"
            or not any(
                part.start < gone.end and gone.start < part.end
                for part in claim.content
                for gone in void
            )
        )
    return replace(found, claims=tuple(whole))

"""Doubt as JSON has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detente.doubt.holding import Doubt, InDoubt
from detente.stability.analysis import Verdicts

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.states import DoubtDocument, HeldDocument


def doubt_document(result: Verdicts, found: Doubt, *, counts: bool = False) -> DoubtDocument:
    """Return what holds in every way that the wishes may be, and what in some.

    Parameters
    ----------
    counts : bool
        Numbers in place of lists of states.
    """
    return {
        "ways": dict(zip(result.case.party_names, found.ways, strict=True)),
        "all": found.n_ways,
        "concepts": {h.concept.name: _held(result, h, counts=counts) for h in found.held},
    }


def _held(result: Verdicts, held: InDoubt, *, counts: bool) -> HeldDocument:
    necessary, possible = (result.graph.states(s) for s in (held.necessary, held.possible))
    if counts:
        return {"how": held.how, "necessary": necessary.count, "possible": possible.count}
    document: HeldDocument = {
        "how": held.how,
        "necessary": list(necessary),
        "possible": list(possible),
    }
    if held.counts:
        at = np.flatnonzero(held.possible & ~held.necessary)
        document["open"] = [
            {"state": code, "ways": held.times(k), "share": float(held.share(k))}
            for k, code in zip(at.tolist(), result.graph.codes(at), strict=True)
        ]
    return document

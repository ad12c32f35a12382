"""Why a state is, or is not, stable: the reason as data. Words are made elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from detente.errors import CaseError
from detente.graph.model import Graph, Party
from detente.stability.registry import Concept
from detente.stability.witness import answers, coalition, lookahead, simultaneous
from detente.stability.witness.answers import RULES, Rules
from detente.stability.witness.reason import Deterrent, Prospects, Reason, Turn

__all__ = ["MAX_IMPROVEMENTS", "RULES", "Deterrent", "Reason", "Rules", "Turn", "reason"]

AHEAD = {"l": lookahead.limited, "pessimistic": lookahead.pessimistic}
"""The families of concepts that look a number of moves ahead."""

MAX_IMPROVEMENTS = 12
"""Improvements that are traced unless the caller asks for more."""


def reason(
    graph: Graph,
    concept: Concept,
    focal: Sequence[Party],
    state: int,
    *,
    limit: int = MAX_IMPROVEMENTS,
) -> Reason:
    """Return why a party, or a coalition, would stay at a state, or leave it.

    Parameters
    ----------
    concept : Concept
        Any of :mod:`detente.stability.registry`.
    focal : sequence of int
        The party, or the coalition's members.
    state : int
        Flat index.
    limit : int
        At most so many improvements are traced; the verdict rests on all of them.

    Raises
    ------
    ShapeError
        If the concept is for two parties and there are more.
    CaseError
        If the concept is one of an older program, such as ``gmr:once``.
    """
    tempting = _prospects(graph, concept, tuple(focal), state)
    order = np.lexsort((tempting.targets, -tempting.liking, tempting.sanctioned))
    return Reason(
        concept,
        tuple(focal),
        state,
        bool(tempting.sanctioned.all()),
        tempting.can_move,
        tuple(tempting.trace(int(k)) for k in order[:limit]),
        max(0, len(order) - limit),
    )


def _prospects(graph: Graph, concept: Concept, focal: tuple[Party, ...], state: int) -> Prospects:
    if concept.over == "coalition":
        return coalition.prospects(graph, focal, state, concept.name)
    (party,) = focal
    if concept.name in RULES:
        return answers.prospects(graph, party, state, RULES[concept.name])
    if ":" in concept.name:
        raise CaseError(f"no reasons are told for '{concept.name}'; ask without the ':…'")
    if concept.name == "sim":
        return simultaneous.prospects(graph, party, state)
    if concept.name == "nm":
        return lookahead.nonmyopic(graph, party, state)
    family = AHEAD[concept.name.rstrip("0123456789")]
    return family(graph, party, state, concept.horizon)

"""Why a state is, or is not, stable: the reason as data. Words are made elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from detente.errors import CaseError
from detente.graph.model import Graph, Party
from detente.stability.registry import Concept
from detente.stability.rules import IN_TURN, Answers, Rules
from detente.stability.witness import answers, coalition, lookahead, relations, simultaneous
from detente.stability.witness.reason import Deterrent, Prospects, Reason, Turn

__all__ = ["MAX_IMPROVEMENTS", "Deterrent", "Reason", "Turn", "reason"]

PROSPECTS: dict[Answers, Callable[[Graph, Party, int, Rules], Prospects]] = {
    **dict.fromkeys(IN_TURN, answers.prospects),
    "at once": simultaneous.prospects,
    "play": lookahead.prospects,
    "worst": lookahead.pessimistic,
}
"""How the reasons under each kind of rules are found, for concepts over parties."""

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
    if concept.rules.answers != "mixed":
        return _reason(graph, concept, tuple(focal), state, limit)
    (party,) = focal
    parts = concept.parts(graph.parties, party)
    found = [_reason(graph, part, (party,), state, limit) for part in parts]
    told = next((one for one in found if one.stable), found[0])
    return replace(told, concept=concept, by=told.concept)


def _reason(
    graph: Graph, concept: Concept, focal: tuple[Party, ...], state: int, limit: int
) -> Reason:
    """Return a reason under a concept that is no mixture."""
    tempting = _prospects(graph, concept, focal, state)
    order = np.lexsort((tempting.targets, -tempting.liking, tempting.sanctioned))
    return Reason(
        concept,
        focal,
        state,
        bool(tempting.sanctioned.all()),
        tempting.can_move,
        tuple(tempting.trace(int(k)) for k in order[:limit]),
        max(0, len(order) - limit),
    )


def _prospects(graph: Graph, concept: Concept, focal: tuple[Party, ...], state: int) -> Prospects:
    if concept.rules.reading:
        raise CaseError(f"no reasons are told for '{concept.name}'; ask without the ':…'")
    if concept.over == "coalition":
        return coalition.prospects(graph, focal, state, concept.rules)
    (party,) = focal
    if concept.rules.preference:
        return relations.prospects(graph, party, state, concept.rules)
    return PROSPECTS[concept.rules.answers](graph, party, state, concept.rules)

"""Why a state is, or is not, stable for a party: the reason as data, no words.

Words are made elsewhere; here stand the moves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.errors import CaseError
from detente.graph.climb import improving_closure
from detente.graph.model import Graph, IntArray, Party
from detente.graph.moves import best
from detente.graph.paths import Step, shortest
from detente.graph.slices import improvements_at, moves_at
from detente.stability.classic import any_answer
from detente.stability.registry import Concept

MAX_IMPROVEMENTS = 12
"""Improvements whose answers are traced unless the caller asks for more."""


@dataclass(frozen=True, slots=True)
class Deterrent:
    """What follows one improvement.

    Parameters
    ----------
    improvement : Step
        The party's better move.
    response : tuple of Step
        A shortest answer of the others after which the party is no better off than before, and,
        where the concept asks for it, from which it cannot escape. Empty if there is none.
    escape : Step or None
        Where an answer exists but the party could escape it: the escaping move. ``response`` then
        is the answer it escapes from.
    sanctioned : bool
        Whether the improvement is deterred.
    """

    improvement: Step
    response: tuple[Step, ...]
    escape: Step | None
    sanctioned: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one party would stay at a state, or leave it.

    Parameters
    ----------
    concept : Concept
        Under which the question is asked.
    party : int
        Whose question it is.
    state : int
        Flat index.
    stable : bool
        The verdict.
    can_move : bool
        Whether the party has any move at all.
    deterrents : tuple of Deterrent
        Its improvements, those that are not deterred first, then the best for it first.
    left_out : int
        Further improvements, beyond the limit; all deterred if the state is stable.
    """

    concept: Concept
    party: Party
    state: int
    stable: bool
    can_move: bool
    deterrents: tuple[Deterrent, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class _Rules:
    """How a concept lets the others answer."""

    improving: bool
    final: bool
    """The party must not be able to escape the answer."""


RULES = {
    "nash": None,
    "gmr": _Rules(improving=False, final=False),
    "smr": _Rules(improving=False, final=True),
    "seq": _Rules(improving=True, final=False),
    "sseq": _Rules(improving=True, final=True),
}
"""The concepts whose reasons are sequences of moves."""


class Reasons:
    """The reasons of one concept over one conflict; arrays are worked out once a party.

    Parameters
    ----------
    graph : Graph
        The conflict.
    concept : Concept
        One of :data:`RULES`.

    Raises
    ------
    CaseError
        If the concept's reasons are not sequences of moves.
    """

    def __init__(self, graph: Graph, concept: Concept) -> None:
        if concept.name not in RULES:
            known = ", ".join(RULES)
            raise CaseError(f"reasons are told for {known}; not for '{concept.name}'")
        self._graph = graph
        self._concept = concept
        self._rules = RULES[concept.name]
        self._feared: dict[Party, IntArray] = {}

    def __call__(self, party: Party, state: int, *, limit: int = MAX_IMPROVEMENTS) -> Reason:
        """Return why the party would stay at a state, or leave it."""
        graph = self._graph
        ranks = graph.ranks[party].ravel()
        tempting = improvements_at(graph, party, state)
        feared = self._fear(party).ravel()
        open_way = feared[tempting] > ranks[state]
        order = np.lexsort((tempting, -ranks[tempting].astype(np.int64), ~open_way))
        shown = [
            self._deterrent(party, state, int(tempting[k]), bool(~open_way[k]))
            for k in order[:limit]
        ]
        return Reason(
            self._concept,
            party,
            state,
            not open_way.any(),
            len(moves_at(graph, party, state)) > 0,
            tuple(shown),
            max(0, len(order) - limit),
        )

    def _fear(self, party: Party) -> IntArray:
        """Return what the party must expect after each move, in its own ranks."""
        if party not in self._feared:
            graph, rules = self._graph, self._rules
            ranks = graph.ranks[party]
            feared = ranks
            if rules is not None:
                answer = improving_closure if rules.improving else any_answer
                values = np.maximum(ranks, best(ranks, graph, party)) if rules.final else ranks
                feared = np.minimum(ranks, answer(values, graph, graph.others(party)))
            self._feared[party] = feared
        return self._feared[party]

    def _deterrent(self, party: Party, state: int, improved: int, sanctioned: bool) -> Deterrent:
        graph, rules = self._graph, self._rules
        improvement = Step(party, state, improved)
        if rules is None:
            return Deterrent(improvement, (), None, sanctioned)
        ranks = graph.ranks[party]
        hurtful = graph.feasible & (ranks <= ranks.flat[state])
        final = hurtful & (best(ranks, graph, party) <= ranks.flat[state])
        goal = final if rules.final and sanctioned else hurtful
        paths = shortest(
            graph, improved, goal, graph.others(party), improving=rules.improving, limit=1
        )
        response = paths.sequences[0] if paths.sequences else ()
        escape = None
        if response and not sanctioned:
            ways = improvements_at(graph, party, response[-1].target)
            escape = Step(party, response[-1].target, int(ways[ranks.flat[ways].argmax()]))
        return Deterrent(improvement, response, escape, sanctioned)

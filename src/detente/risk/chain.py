"""The conflict as a discrete-time Markov chain on the states reachable from one of them.

In each tick one party is drawn, with probability proportional to its tempo. With the probability
of its misstep rate it makes one of its available moves at random, wanted or not; otherwise it
makes one of its improvements, or stays if it has none. A party that is to move by mistake and has
no move stays, too. States of danger and states of the goal are never left again.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.case.model import CONDUCTS
from detente.errors import CaseError, LimitError, unknown
from detente.graph.fan import Fan
from detente.graph.model import BoolArray, Graph
from detente.stability import registry
from detente.stability.witness.answers import fear

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats: TypeAlias = NDArray[np.float64]


MISSTEP = 0.02
"""The misstep rate of a party of which nothing is said."""

MAX_TRANSITIONS = 30_000_000
"""Most transitions of a chain: about 3 GB."""

TRANSITION = 110
"""Bytes for each transition at the peak: measured, 64 to build it, 108 with all of its figures."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a party does when it makes no mistake.

    Parameters
    ----------
    conduct : "improve", "softmax" or "cautious"
        ``improve``: any improvement, each as likely; ``softmax``: each as likely as e to the power
        of its gain in ranks over the temperature; ``cautious``: as ``improve``, but only those
        that the others could not answer so that they do not pay.
    temperature : float
        Of ``softmax``, in ranks; above 0.
    concept : str
        Of ``cautious``: the solution concept that says how the others answer.

    Raises
    ------
    CaseError
        If one of them is unknown or out of range.
    """

    conduct: str = "improve"
    temperature: float = 1.0
    concept: str = "seq"

    def __post_init__(self) -> None:
        if self.conduct not in CONDUCTS:
            raise CaseError(unknown("behaviour", self.conduct, CONDUCTS))
        if not (math.isfinite(self.temperature) and self.temperature > 0):
            raise CaseError(f"the temperature must be above 0, not {self.temperature:g}")
        registry.sequential(self.concept, "'cautious' parties look ahead under")


@dataclass(frozen=True, eq=False)
class Moves:
    """The moves of one party between the states of a chain, row by row.

    Parameters
    ----------
    starts : int array of shape (states + 1,)
        The moves from state k are those from ``starts[k]`` up to ``starts[k + 1]``; absorbing
        states have none.
    targets : int array
        Where each move leads, as a position in the chain.
    mistaken : float array
        The probability of each move if the party errs; 0 or more, rows sum to 1 or are empty.
    wanted : float array
        The same if it does not err; a row that sums to 0 means that it stays.
    """

    starts: NDArray[np.intp]
    targets: NDArray[np.int32]
    mistaken: Floats
    wanted: Floats

    @cached_property
    def sources(self) -> NDArray[np.int32]:
        """Return where each move starts."""
        counts = np.diff(self.starts)
        return np.repeat(np.arange(len(counts), dtype=np.int32), counts)

    def shift(self, values: Floats) -> Floats:
        """Return by how much erring rather than not changes the expected value of the next state.

        Parameters
        ----------
        values : float array of shape (states,)
            What being in each state is worth.
        """
        gains = (self.mistaken - self.wanted) * (values[self.targets] - values[self.sources])
        sums: Floats = np.bincount(self.sources, gains, len(values)).astype(float)
        return sums


@dataclass(frozen=True, eq=False)
class Chain:
    """A Markov chain, but for the misstep rates, which :meth:`transitions` takes.

    Parameters
    ----------
    states : int array of shape (n,)
        Flat indices of the states that moves lead to from the start, rising.
    start : int
        The position of the start among them.
    danger, goal : bool array of shape (n,)
        Which of them absorb.
    drawn : float array, one a party
        The probability that a tick is the party's.
    moves : tuple of Moves
        One for each party.
    """

    states: NDArray[np.intp]
    start: int
    danger: BoolArray
    goal: BoolArray
    drawn: Floats
    moves: tuple[Moves, ...] = field(repr=False)
    _kept: dict[str, BoolArray] = field(default_factory=dict, init=False, repr=False)

    def once(self, name: str, make: Callable[[], BoolArray]) -> BoolArray:
        """Return what ``make`` gives, worked out at the first call with this name and kept."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    @property
    def absorbing(self) -> BoolArray:
        """Where the chain ends: danger or the goal."""
        return self.danger | self.goal

    def transitions(self, misstep: Floats) -> csr_array:
        """Return the transition matrix, (n, n); every row sums to 1.

        Parameters
        ----------
        misstep : float array, one a party
            Misstep rates, from 0 to 1.
        """
        from scipy.sparse import csr_array

        order, columns, starts = self._pattern
        chances, end = np.empty(len(order)), 0
        leaving = np.zeros(len(self.states))
        for drawn, rate, moves in zip(self.drawn, misstep, self.moves, strict=True):
            part = chances[end : (end := end + len(moves.targets))]
            np.multiply(rate, moves.mistaken, out=part)
            part += (1 - rate) * moves.wanted
            part *= drawn
            leaving += np.bincount(moves.sources, part, len(self.states))
        stays = chances[end:]
        np.subtract(1, leaving, out=stays)
        stays[stays < np.finfo(float).eps * 8] = 0  # what rounding leaves where nobody stays
        shape = (len(self.states),) * 2
        matrix = csr_array((chances[order], columns.copy(), starts.copy()), shape=shape)
        matrix.eliminate_zeros()
        return matrix

    @cached_property
    def _pattern(self) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
        """Return how the moves of all parties, and staying, are put in rows of one matrix."""
        from scipy.sparse import coo_array

        here = np.arange(len(self.states), dtype=np.int32)
        rows = np.concatenate([*(moves.sources for moves in self.moves), here])
        columns = np.concatenate([*(moves.targets for moves in self.moves), here])
        # A number for each place, from 1, because nothing may be lost as a zero.
        numbers = np.arange(1, len(rows) + 1, dtype=np.int32)
        placed = coo_array((numbers, (rows, columns)), shape=(len(here),) * 2).tocsr()
        return placed.data - 1, placed.indices, placed.indptr


def build(
    graph: Graph,
    start: int,
    danger: BoolArray,
    goal: BoolArray,
    *,
    tempo: Floats,
    behaviour: Behaviour,
    limit: int = MAX_TRANSITIONS,
) -> Chain:
    """Return the chain of a conflict from one state.

    Parameters
    ----------
    graph : Graph
        The conflict.
    start : int
        Flat index.
    danger, goal : bool array of the graph's shape
        Which states absorb; no state is in both.
    tempo : float array, one a party
        How often each is drawn, relative to the others; 0 or more, not all 0.
    behaviour : Behaviour
        What parties do when they do not err.
    limit : int
        Most transitions.

    Raises
    ------
    LimitError
        If there are more.
    """
    absorbing = (danger | goal).ravel()
    drawn = np.asarray(tempo, float) / np.sum(tempo)
    movers = [Fan(graph, p) for p in range(len(graph.parties)) if drawn[p] > 0]
    states = _reachable(graph, start, absorbing, movers, limit)
    position = np.full(graph.feasible.size, -1, np.int32)
    position[states] = np.arange(len(states), dtype=np.int32)
    active = ~absorbing[states]
    none = Moves(
        np.zeros(len(states) + 1, np.intp), np.zeros(0, np.int32), np.zeros(0), np.zeros(0)
    )
    moves = [none] * len(graph.parties)
    for mover in movers:
        moves[mover.party] = _moves(graph, mover, states, active, position, behaviour)
    where = int(position[start])
    return Chain(states, where, danger.ravel()[states], goal.ravel()[states], drawn, tuple(moves))


def _reachable(
    graph: Graph, start: int, absorbing: BoolArray, movers: list[Fan], limit: int
) -> NDArray[np.intp]:
    """Return the states that moves lead to; nothing leads on from absorbing ones."""
    seen = np.zeros(graph.feasible.size, bool)
    seen[start] = True
    fresh = np.array([start])
    transitions = 0
    while len(fresh := fresh[~absorbing[fresh]]):
        before = seen.copy()
        for mover in movers:
            for piece in mover.pieces(fresh):
                _, targets = mover(piece)
                transitions += len(targets)
                seen[targets] = True
                if transitions > limit:
                    raise _too_large(limit)
        fresh = np.flatnonzero(seen & ~before)
    return np.flatnonzero(seen)


def _too_large(limit: int) -> LimitError:
    why, more = "", ""
    if limit < MAX_TRANSITIONS:
        why, more = ", the most that fit the memory", ", or give more with --max-memory"
    return LimitError(
        f"the chain has more than {limit:,} transitions{why}; leave out options that nobody would "
        f"use, or merge options into levels of one{more}"
    )


def _moves(
    graph: Graph,
    mover: Fan,
    states: NDArray[np.intp],
    active: BoolArray,
    position: NDArray[np.int32],
    behaviour: Behaviour,
) -> Moves:
    ranks = graph.ranks[mover.party].ravel()
    cautious = behaviour.conduct == "cautious"
    rules = registry.find(behaviour.concept).rules
    hoped = fear(graph, mover.party, rules).ravel() if cautious else ranks
    counts = np.zeros(len(states), np.intp)
    found = []
    for piece in mover.pieces(np.flatnonzero(active)):
        here = states[piece]
        at, targets = mover(here)
        counts[piece] = moves = np.bincount(at, minlength=len(here))
        now = ranks[here][at]
        weight = (hoped[targets] > now).astype(float)
        if behaviour.conduct == "softmax":
            gain = ranks[targets] - now.astype(float)
            weight = _softmax(gain, weight > 0, at, len(here), behaviour.temperature)
        total = np.bincount(at, weight, len(here))
        weight /= np.where(total > 0, total, 1)[at]
        found.append((position[targets], (1 / np.maximum(moves, 1))[at], weight))
    starts = np.concatenate([[0], np.cumsum(counts)])
    joined = [np.concatenate(a) for a in zip(*found, strict=True)] or [np.zeros(0)] * 3
    return Moves(starts, joined[0].astype(np.int32), joined[1], joined[2])


def _softmax(
    gain: Floats, keep: BoolArray, at: NDArray[np.intp], states: int, temperature: float
) -> Floats:
    """Return weights in proportion to e^(gain / temperature); the largest of each state is 1."""
    largest = np.zeros(states)
    np.maximum.at(largest, at[keep], gain[keep])
    weights = np.zeros(len(gain))
    weights[keep] = np.exp((gain - largest[at])[keep] / temperature)
    return weights

"""A conflict as plain Python: tuples for states, lists of moves, payoffs in a dict."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

State = tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Conflict:
    """A conflict in option form, written out.

    Parameters
    ----------
    owner : tuple of int
        The party that sets each option.
    n_parties : int
    states : tuple of states
        The feasible ones, first option slowest: their order is that of a C array.
    moves : for each party, a dict from a state to the states it can move to
        Written R_i(s) in the literature; never holds ``s`` itself.
    payoff : for each party, a dict from a state to a number; larger is better
    """

    owner: tuple[int, ...]
    n_parties: int
    states: tuple[State, ...]
    moves: tuple[Mapping[State, tuple[State, ...]], ...]
    payoff: tuple[Mapping[State, int], ...]
    memory: dict[Any, Any] = field(default_factory=dict)
    memory_of_moves: dict[Any, Any] = field(default_factory=dict)

    @property
    def parties(self) -> tuple[int, ...]:
        return tuple(range(self.n_parties))

    def others(self, group: Iterable[int]) -> tuple[int, ...]:
        inside = set(group)
        return tuple(p for p in self.parties if p not in inside)

    def coalitions(self) -> list[tuple[int, ...]]:
        """All nonempty sets of parties."""
        return subsets(self.parties)

    def with_payoff(self, party: int, payoff: Mapping[State, int]) -> Conflict:
        """The same conflict with one party's preference replaced."""
        payoffs = tuple(payoff if p == party else old for p, old in enumerate(self.payoff))
        return Conflict(
            self.owner,
            self.n_parties,
            self.states,
            self.moves,
            payoffs,
            memory_of_moves=self.memory_of_moves,
        )

    @classmethod
    def from_graph(cls, graph: Any) -> Conflict:
        """Read the arrays of a graph, cell by cell, or its list of states, row by row."""
        if graph.rows is not None:
            return cls.from_list(graph)
        feasible = graph.feasible.tolist()
        changes = [allowed.tolist() for allowed in graph.changes]
        ranks = [rank.tolist() for rank in graph.ranks]
        every = itertools.product(*(range(n) for n in graph.feasible.shape))
        states = tuple(s for s in every if cell(feasible, s))
        moves: list[dict[State, tuple[State, ...]]] = [dict.fromkeys(states, ()) for _ in ranks]
        for s, q in itertools.permutations(states, 2):
            changed = [axis for axis in range(len(s)) if s[axis] != q[axis]]
            movers = {graph.owner[axis] for axis in changed}
            if len(movers) == 1 and all(changes[axis][s[axis]][q[axis]] for axis in changed):
                moves[movers.pop()][s] += (q,)
        payoff = tuple({s: cell(rank, s) for s in states} for rank in ranks)
        return cls(tuple(graph.owner), len(ranks), states, tuple(moves), payoff)

    @classmethod
    def from_list(cls, graph: Any) -> Conflict:
        """Read a list of states, with the conditions on their moves."""
        states = tuple(map(tuple, graph.rows.table.tolist()))
        number = {s: k for k, s in enumerate(states)}
        changes = [allowed.tolist() for allowed in graph.changes]

        def may(axis: int, s: State, q: State) -> bool:
            old, new = s[axis], q[axis]
            asked = [g for g in graph.guards if g.axis == axis and g.pairs[old, new]]
            passed = [g for g in asked if g.before[number[s]] and g.after[number[q]]]
            return changes[axis][old][new] and (not asked or bool(passed))

        moves: list[dict[State, tuple[State, ...]]] = [
            dict.fromkeys(states, ()) for _ in graph.ranks
        ]
        for s, q in itertools.permutations(states, 2):
            changed = [axis for axis in range(len(s)) if s[axis] != q[axis]]
            movers = {graph.owner[axis] for axis in changed}
            if len(movers) == 1 and all(may(axis, s, q) for axis in changed):
                moves[movers.pop()][s] += (q,)
        payoff = tuple({s: int(rank[number[s]]) for s in states} for rank in graph.ranks)
        return cls(tuple(graph.owner), len(graph.ranks), states, tuple(moves), payoff)


def cell(nested: Any, state: State) -> Any:
    """The entry of a nested list at a state."""
    for level in state:
        nested = nested[level]
    return nested


def subsets(parties: Iterable[int]) -> list[tuple[int, ...]]:
    """All nonempty subsets, each in rising order."""
    pool = tuple(parties)
    sizes = range(1, len(pool) + 1)
    return [group for size in sizes for group in itertools.combinations(pool, size)]


def remembered(function: Callable[..., Any]) -> Callable[..., Any]:
    """Keep the answers of a function of (conflict, ...), with the conflict itself."""

    @functools.wraps(function)
    def wrapper(conflict: Conflict, *args: Any) -> Any:
        key = (function.__name__, *args)
        if key not in conflict.memory:
            conflict.memory[key] = function(conflict, *args)
        return conflict.memory[key]

    return wrapper


def remembered_by_moves(function: Callable[..., Any]) -> Callable[..., Any]:
    """As ``remembered``, for what no preference enters."""

    @functools.wraps(function)
    def wrapper(conflict: Conflict, *args: Any) -> Any:
        key = (function.__name__, *args)
        if key not in conflict.memory_of_moves:
            conflict.memory_of_moves[key] = function(conflict, *args)
        return conflict.memory_of_moves[key]

    return wrapper

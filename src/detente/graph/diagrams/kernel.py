"""Moves on decision diagrams: the best within one move, and where others can lead."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from detente.graph.diagrams.coding import Coding, Node
from detente.graph.diagrams.sets import Values, Where
from detente.graph.model import BoolArray, Guard, Party


@dataclass(eq=False)
class Kernel:
    """The moves of a case.

    Parameters
    ----------
    coding : Coding
        The variables.
    own : tuple of range
        The options of each party.
    changes : tuple of bool arrays
        ``[old, new]`` for every option.
    transitive : tuple of bool
        For each party whether two moves of it in a row are one move or none.
    guards : tuple of Guard
        Conditions on changes; the sets are diagrams.
    """

    coding: Coding
    own: tuple[range, ...]
    changes: tuple[BoolArray, ...]
    transitive: tuple[bool, ...]
    guards: tuple[Guard, ...] = ()
    _better: dict[Party, Node] = field(default_factory=dict)
    _allowed: dict[tuple[Party, bool], Node] = field(default_factory=dict)

    # --- what the concepts ask, over values

    def best(self, values: Values, party: Party) -> Values:
        """Return the highest value among each state and the party's moves from it."""
        coding = self.coding
        worse = self.one_move(coding.feasible & ~values.node, party)
        return Values(coding, values.party, coding.feasible & ~worse)

    def closure(self, op: np.ufunc, values: Values, movers: Sequence[Party]) -> Values:
        """Return the least value at each state and wherever the movers can go from it."""
        if op is not np.minimum:
            raise TypeError("diagrams combine values over moves by their minimum")
        node = self._sequences(values.node, movers, self.one_move, self.one_real_move)
        return Values(self.coding, values.party, node)

    def improving_closure(self, values: Values, movers: Sequence[Party]) -> Values:
        """Return the least value at each state and wherever improvements lead from it."""
        node = self._sequences(values.node, movers, self.one_improvement, self.one_improvement)
        return Values(self.coding, values.party, node)

    # --- sets of states

    def reaching(self, states: Where, movers: Sequence[Party], *, improving: bool = False) -> Where:
        """Return from where the movers can go into a set, the set included."""
        steps = (
            (self.one_improvement, self.one_improvement)
            if improving
            else (self.one_move, self.one_real_move)
        )
        return Where(self.coding, self._sequences(states.node, movers, *steps))

    def one_move(self, node: Node, party: Party) -> Node:
        """Return from where a move of the party, or none, leads into a set."""
        coding, bdd = self.coding, self.coding.bdd
        node = node & coding.feasible
        bound = [axis for axis in self.own[party] if not self.changes[axis].all()]
        if any(guard.axis in self.own[party] for guard in self.guards):
            bound = list(self.own[party])  # a condition may ask about any of them
        free = [v for axis in self.own[party] if axis not in bound for v in coding.x[axis]]
        if free:
            node = bdd.exist(free, node)
        if bound:
            node = self._along(node, bound, self.allowed(party))
        coding.check()
        return node & coding.feasible

    def one_real_move(self, node: Node, party: Party) -> Node:
        """Return from where a move of the party leads into a set, staying left out."""
        own = list(self.own[party])
        if not own:
            return self.coding.bdd.false
        node = self._along(node & self.coding.feasible, own, self.allowed(party, real=True))
        self.coding.check()
        return node & self.coding.feasible

    def one_improvement(self, node: Node, party: Party) -> Node:
        """Return from where an improvement of the party leads into a set."""
        own = list(self.own[party])
        if not own:
            return self.coding.bdd.false
        node = self._along(node & self.coding.feasible, own, self.better(party))
        self.coding.check()
        return node & self.coding.feasible

    def forward(self, states: Where, party: Party, *, improving: bool) -> Where:
        """Return where a real move, or improvement, of the party leads from a set."""
        coding = self.coding
        own = list(self.own[party])
        if not own:
            return Where(coding, coding.bdd.false)
        relation = self.better(party) if improving else self.allowed(party, real=True)
        names = [v for axis in own for v in coding.x[axis]]
        after = coding.and_exists(relation, states.node, names)
        back = dict(zip(self._copies(own), names, strict=True))
        return Where(coding, coding.bdd.let(back, after) & coding.feasible)

    def better(self, party: Party) -> Node:
        """Return the improvements of a party: from bits ``x`` to its own bits ``y``."""
        if party not in self._better:
            coding, bdd = self.coding, self.coding.bdd
            to_y = self._to_copies(list(self.own[party]))
            found = bdd.false
            for wish in reversed(coding.wishes[party]):
                after = bdd.let(to_y, wish)
                found = (after & ~wish) | (coding.same(after, wish) & found)
            self._better[party] = found & bdd.let(to_y, coding.feasible) & self.allowed(party)
        return self._better[party]

    def allowed(self, party: Party, *, real: bool = False) -> Node:
        """Return which changes of a party's options may be made; ``real`` leaves out none."""
        if (party, real) not in self._allowed:
            coding, bdd = self.coding, self.coding.bdd
            found = bdd.true
            for axis in self.own[party]:
                if not self.changes[axis].all() or any(g.axis == axis for g in self.guards):
                    to_y = self._to_copies([axis])
                    found &= coding.any_of(
                        coding.level(axis, int(old))
                        & bdd.let(to_y, coding.level(axis, int(new)))
                        & self._passes(party, axis, int(old), int(new))
                        for old, new in np.argwhere(self.changes[axis])
                    )
            if real:
                stays = coding.all_of(
                    coding.same(bdd.var(a), bdd.var(b))
                    for axis in self.own[party]
                    for a, b in zip(coding.x[axis], coding.y[axis], strict=True)
                )
                found &= ~stays
            self._allowed[party, real] = found
        return self._allowed[party, real]

    def _passes(self, party: Party, axis: int, old: int, new: int) -> Node:
        """Return where the conditions on a change let it pass."""
        coding, bdd = self.coding, self.coding.bdd
        own = [g for g in self.guards if g.axis == axis and g.pairs[old, new]]
        if not own:
            return bdd.true
        to_y = self._to_copies(list(self.own[party]))
        return coding.any_of(guard.before & bdd.let(to_y, guard.after) for guard in own)

    def _along(self, node: Node, axes: Sequence[int], relation: Node) -> Node:
        """Return from where a relation on some options leads into a set."""
        node = self.coding.bdd.let(self._to_copies(axes), node)
        return self.coding.and_exists(relation, node, self._copies(axes))

    def _copies(self, axes: Sequence[int]) -> list[str]:
        return [name for axis in axes for name in self.coding.y[axis]]

    def _to_copies(self, axes: Sequence[int]) -> dict[str, str]:
        names = [name for axis in axes for name in self.coding.x[axis]]
        return dict(zip(names, self._copies(axes), strict=True))

    def _sequences(
        self,
        node: Node,
        movers: Sequence[Party],
        step: Callable[[Node, Party], Node],
        real: Callable[[Node, Party], Node],
    ) -> Node:
        """Return from where legal sequences of steps lead into a set, the set included."""
        node, begin = node & self.coding.feasible, time.monotonic()
        if not all(self.transitive[j] for j in movers):
            return self._nobody_twice(node, movers, real)
        stale = dict.fromkeys(movers, True)
        while any(stale.values()):
            for j in movers:
                if not stale[j]:
                    continue
                stale[j] = False
                self.coding.check(begin)
                grown = node | step(node, j)
                if grown != node:
                    node = grown
                    stale = {k: k != j or stale[k] for k in movers}
        return node

    def _nobody_twice(
        self, node: Node, movers: Sequence[Party], step: Callable[[Node, Party], Node]
    ) -> Node:
        """Do the same where two moves of one party in a row are not one move."""
        after, begin = dict.fromkeys(movers, node), time.monotonic()
        settled = False
        while not settled:
            settled = True
            for k in movers:
                self.coding.check(begin)
                reached = step(after[k], k)
                for j in movers:
                    if j != k and (grown := after[j] | reached) != after[j]:
                        after[j] = grown
                        settled = False
        for k in movers:
            node = node | step(after[k], k)
        return node

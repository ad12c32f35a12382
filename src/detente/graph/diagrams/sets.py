"""Sets of states and ranks of states as decision diagrams."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from detente.graph.diagrams.coding import Coding, Node
from detente.graph.space import Levels


@dataclass(frozen=True, eq=False)
class Where:
    """A set of feasible states.

    Parameters
    ----------
    coding : Coding
        The variables.
    node : diagram
        Over the bits ``x``; false on what is not feasible.
    """

    coding: Coding
    node: Node

    def __and__(self, other: Where) -> Where:
        return Where(self.coding, self.node & other.node)

    def __or__(self, other: Where) -> Where:
        return Where(self.coding, self.node | other.node)

    def __invert__(self) -> Where:
        return Where(self.coding, self.coding.feasible & ~self.node)

    def any(self) -> bool:
        """Return whether there is a state in it."""
        return bool(self.node != self.coding.bdd.false)

    def holds(self, levels: Sequence[int]) -> bool:
        """Return whether one state is in it."""
        coding = self.coding
        return bool(coding.bdd.let(coding.values(levels), self.node) == coding.bdd.true)

    def size(self) -> int:
        """Return how many states are in it, exactly."""
        bits = [name for names in self.coding.x for name in names]
        return count(self.coding.bdd, self.node, bits)

    def first(self) -> Levels:
        """Return the state that stands first in the order of states; there must be one."""
        node, levels = self.node, []
        for axis, n in enumerate(self.coding.case.shape):
            for level in range(n):
                rest = node & self.coding.level(axis, level)
                if rest != self.coding.bdd.false:
                    levels.append(level)
                    node = rest
                    break
        return tuple(levels)

    def each(self) -> Iterator[Levels]:
        """Yield the states in their order."""
        yield from self._each(self.node, 0, ())

    def _each(self, node: Node, axis: int, done: Levels) -> Iterator[Levels]:
        if node == self.coding.bdd.false:
            return
        if axis == len(self.coding.case.shape):
            yield done
            return
        for level in range(self.coding.case.shape[axis]):
            yield from self._each(node & self.coding.level(axis, level), axis + 1, (*done, level))


def count(bdd: Any, node: Node, names: Sequence[str]) -> int:
    """Return how many assignments of some variables satisfy a diagram, as a whole number.

    The library counts in floating point, which loses the last digits beyond 2^53.
    """
    order = {
        bdd.level_of_var(name): k for k, name in enumerate(sorted(names, key=bdd.level_of_var))
    }
    depth = len(order)
    known: dict[int, int] = {}

    def below(node: Node) -> int:
        """Return the place of a diagram's variable; past the last for a constant."""
        return depth if node.var is None else order[node.level]

    def under(root: Node) -> int:
        """Return the assignments of the variables from the node's own on, its sign left aside."""
        stack = [root]
        while stack:
            node = stack[-1]
            key = int(node) if not node.negated else int(~node)
            if key in known:
                stack.pop()
                continue
            regular = ~node if node.negated else node
            if regular.var is None:
                known[key] = 1
                stack.pop()
                continue
            low, high = regular.low, regular.high
            missing = [c for c in (low, high) if (int(~c) if c.negated else int(c)) not in known]
            if missing:
                stack += missing
                continue
            here = below(regular)
            known[key] = sum(signed(child, here + 1) for child in (low, high))
            stack.pop()
        return known[int(~root) if root.negated else int(root)]

    def signed(node: Node, start: int) -> int:
        """Return the assignments of the variables from a place on that satisfy a diagram."""
        place = below(node)
        found = known[int(~node) if node.negated else int(node)]
        whole: int = 1 << (depth - place)
        if node.negated:
            found = whole - found
        return found << (place - start)

    if node == bdd.false:
        return 0
    under(node)
    return signed(node, 0)


@dataclass(frozen=True, eq=False)
class Values:
    """For every state a rank of one party, as the set of ranks that are at least that.

    Parameters
    ----------
    coding : Coding
        The variables.
    party : int
        Whose ranks.
    node : diagram
        Over ``x`` and ``t``: the value at x is at most t. On infeasible states it means nothing.
    """

    coding: Coding
    party: int
    node: Node

    def __le__(self, ranks: Values) -> Where:
        """Return where the value is at most the party's own rank."""
        found = self.coding.at_rank(self.party, self.node)
        return Where(self.coding, found & self.coding.feasible)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **_: Any) -> Any:
        """Let ``np.maximum`` and ``np.minimum`` combine values, as they do those of arrays."""
        if method != "__call__" or ufunc not in (np.maximum, np.minimum):
            return NotImplemented
        one, other = inputs
        if ufunc is np.maximum:
            return one.at_most_both(other)
        return Values(self.coding, self.party, one.node | other.node)

    def at_most_both(self, other: Values) -> Values:
        """Return the greater of two values."""
        return Values(self.coding, self.party, self.node & other.node)

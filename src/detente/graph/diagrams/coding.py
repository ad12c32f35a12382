"""A case on decision diagrams: its options as bits, its formulas and wishes as diagrams."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

from detente.case import formula as fm
from detente.case.model import Case, Preferences, Ranking, Statements, Weights
from detente.case.truth import innermost_first
from detente.errors import CaseError, LimitError, nothing_left

Node: TypeAlias = Any
"""A diagram, as the library has it."""

SMALL, LARGE = 1 << 27, 1 << 31
"""Bytes that tables are laid out for, of few states and of many."""

LEAST = 1 << 24
"""Bytes without which the library works nothing out."""

MANY = 1 << 20

NODE = 64
"""Bytes a node takes, with its place in the tables."""

PATIENCE = 600
"""Seconds that one search for where legal sequences lead may take."""

INSTEAD = (
    "ask nash, gmr and smr (--concepts nash,gmr,smr), with a --target, and for seq one state at a "
    "time (detente explain)"
)

MISSING = (
    "decision diagrams need the package 'dd' with CUDD: pip install 'detente[large]' (it comes as "
    "a wheel for Linux)"
)


class TooLongError(LimitError):
    """A search was given up because it took too long."""


class Coding:
    """The variables of a case.

    An option of n levels takes as many bits as it takes to count them; a state is its bits ``x``.
    A second copy of the bits, ``y``, stands for the state after a move. A rank is a vector of bits
    ``t``, the most important first, compared lexicographically.

    Parameters
    ----------
    case : Case
        The case.
    max_memory : int
        Bytes that diagrams may take.

    Raises
    ------
    LimitError
        If the library is missing.
    CaseError
        If the rules leave no state, or a ranking misses one.
    """

    def __init__(self, case: Case, max_memory: int) -> None:
        try:
            from dd import cudd

            from detente.graph.diagrams.manager import Manager
        except ImportError:
            raise LimitError(MISSING) from None
        self.case = case
        self.max_memory = max_memory
        # What the library lays out its tables for; more costs time even where nothing is done.
        expected = SMALL if math.prod(case.shape) < MANY else LARGE
        self.bdd = Manager(memory_estimate=min(expected, max(LEAST, max_memory)))
        # The library's own limit stops a single operation, too; check() says more, and earlier.
        self.bdd.configure(reordering=True, max_memory=max(LEAST, max_memory))
        self.and_exists = cudd.and_exists
        sizes = [max(1, (n - 1).bit_length()) for n in case.shape]
        self.x = [[f"x{k}_{b}" for b in range(n)] for k, n in enumerate(sizes)]
        self.y = [[f"y{k}_{b}" for b in range(n)] for k, n in enumerate(sizes)]
        pairs = zip(self.x, self.y, strict=True)
        self.bdd.declare(
            *(v for xs, ys in pairs for pair in zip(xs, ys, strict=True) for v in pair)
        )
        self._outcomes: dict[str, Node] = {}
        with self.bounded():
            self._declare(case)

    def _declare(self, case: Case) -> None:
        self.feasible = self._rules()
        if self.feasible == self.bdd.false:
            raise nothing_left()
        self.wishes = [self._vector(p.name, p.preferences) for p in case.parties]
        self.t = [f"t{j}" for j in range(max(map(len, self.wishes), default=0))]
        if self.t:
            self.bdd.declare(*self.t)

    # --- formulas

    def formula(self, formula: fm.Formula) -> Node:
        """Return where a formula holds; infeasible states may be among it."""
        for name in innermost_first(self.case, formula, self._outcomes):
            self._outcomes[name] = self._of(self.case.outcome_named[name].formula)
        return self._of(formula)

    def level(self, axis: int, level: int) -> Node:
        """Return where an option has a level."""
        found = self.bdd.true
        for bit, name in enumerate(self.x[axis]):
            variable = self.bdd.var(name)
            found &= variable if level >> bit & 1 else ~variable
        return found

    def state(self, levels: Sequence[int]) -> Node:
        """Return one state."""
        found = self.bdd.true
        for axis, level in enumerate(levels):
            found &= self.level(axis, level)
        return found

    def _of(self, formula: fm.Formula) -> Node:
        match formula:
            case fm.OptionIs(party, option, level):
                axis = self.case.axis_of[party, option]
                if level is None:
                    return ~self.level(axis, 0)
                return self.level(axis, self.case.options[axis][1].levels.index(level))
            case fm.OutcomeIs(name):
                return self._outcomes[name]
            case fm.Not(operand):
                return ~self._of(operand)
            case fm.And(operands):
                return self.all_of(map(self._of, operands))
            case fm.Or(operands):
                return self.any_of(map(self._of, operands))
            case fm.If(then, given):
                return self._of(then) | ~self._of(given)
            case fm.Iff(left, right):
                return self.same(self._of(left), self._of(right))

    def all_of(self, nodes: Iterable[Node]) -> Node:
        """Return where all hold."""
        found = self.bdd.true
        for node in nodes:
            found &= node
        return found

    def any_of(self, nodes: Iterable[Node]) -> Node:
        """Return where any holds."""
        found = self.bdd.false
        for node in nodes:
            found |= node
        return found

    def same(self, left: Node, right: Node) -> Node:
        """Return where both hold or neither does."""
        return self.bdd.apply("equiv", left, right)

    def _rules(self) -> Node:
        codes = (
            self.any_of(self.level(axis, level) for level in range(n))
            for axis, n in enumerate(self.case.shape)
        )
        found = self.all_of(codes)
        for rule in self.case.infeasible:
            found &= ~self.formula(rule.formula)
        return found

    # --- wishes

    def _vector(self, party: str, wants: Preferences) -> list[Node]:
        """Return a rank as bits, the most important first."""
        match wants:
            case Statements(statements):
                return [self.formula(s.formula) for s in statements]
            case Weights(weights):
                return self._score(party, weights)
            case Ranking(groups):
                return self._place(party, groups)

    def _score(self, party: str, weights: Sequence[tuple[fm.Formula, Any]]) -> list[Node]:
        scale = math.lcm(*(w.denominator for _, w in weights)) if weights else 1
        whole = [(self.formula(f), int(w * scale)) for f, w in weights]
        # A negative weight counts where its formula fails: that shifts all sums alike.
        positive = [(node, w) if w > 0 else (~node, -w) for node, w in whole if w]
        width = sum(w for _, w in positive).bit_length()
        if width > 62:
            raise LimitError(
                f"preferences of '{party}': the weights differ too much in size to be added "
                "exactly; use rounder ones"
            )
        total = [self.bdd.false] * width
        for node, weight in positive:
            total = self._plus(total, node, weight)
        return total[::-1]

    def _plus(self, total: list[Node], node: Node, weight: int) -> list[Node]:
        """Return a sum, its lowest bit first, with a weight added where a diagram holds."""
        carry = self.bdd.false
        result = []
        for bit, digit in enumerate(total):
            more = node if weight >> bit & 1 else self.bdd.false
            odd = self.bdd.apply("xor", digit, more)
            result.append(self.bdd.apply("xor", odd, carry))
            carry = (digit & more) | (odd & carry)
        return result

    def _place(self, party: str, groups: Sequence[Sequence[fm.Formula]]) -> list[Node]:
        held = [self.any_of(map(self.formula, group)) for group in groups]
        once, twice = self.bdd.false, self.bdd.false
        for node in held:
            twice |= once & node
            once |= node
        if (self.feasible & (twice | ~once)) != self.bdd.false:
            raise CaseError(
                f"preferences of '{party}': the ranking must name every feasible state just once; "
                "some are missing or stand twice"
            )
        width = max(0, (len(groups) - 1).bit_length())
        best_last = list(reversed(held))
        return [
            self.any_of(node for k, node in enumerate(best_last) if k >> bit & 1)
            for bit in reversed(range(width))
        ]

    def above(self, party: int) -> Node:
        """Return where a party's rank is above the vector ``t``."""
        found = self.bdd.false
        for wish, name in reversed(list(zip(self.wishes[party], self.t, strict=False))):
            bit = self.bdd.var(name)
            found = (wish & ~bit) | (self.same(wish, bit) & found)
        return found

    def at_rank(self, party: int, node: Node) -> Node:
        """Return a diagram with the vector ``t`` set to the party's own rank."""
        vector = dict(zip(self.t, self.wishes[party], strict=False))
        return self.bdd.let(vector, node) if vector else node

    def at_rank_of(self, party: int, levels: Sequence[int], node: Node) -> Node:
        """Return a diagram with the vector ``t`` set to the party's rank in one state."""
        here = self.values(levels)
        vector = {
            name: self.bdd.let(here, wish) == self.bdd.true
            for name, wish in zip(self.t, self.wishes[party], strict=False)
        }
        return self.bdd.let(vector, node) if vector else node

    def values(self, levels: Sequence[int]) -> dict[str, bool]:
        """Return the value of each bit in one state."""
        return {
            name: bool(level >> bit & 1)
            for names, level in zip(self.x, levels, strict=True)
            for bit, name in enumerate(names)
        }

    # --- memory and time

    def check(self, since: float | None = None, patience: float = PATIENCE) -> None:
        """Stop when diagrams have grown beyond the memory that may be used, or take too long.

        Parameters
        ----------
        since : float, optional
            When the search began, by the monotonic clock.
        patience : float
            Seconds that it may take.

        Raises
        ------
        LimitError
            With what can be asked instead.
        """
        used = len(self.bdd) * NODE
        if used > self.max_memory:
            raise self._too_large(used)
        if since is not None and time.monotonic() - since > patience:
            raise TooLongError(
                f"{self.case.name}: the search has not come to an end within "
                f"{patience / 60:g} minutes; {INSTEAD}"
            )

    @contextmanager
    def bounded(self) -> Iterator[None]:
        """Say in words that the library ran out of the memory it may use.

        Raises
        ------
        LimitError
            With what can be asked instead.
        """
        try:
            yield
        except ValueError as error:
            if "NULL" not in str(error):
                raise
            raise self._too_large(self.max_memory) from None

    def _too_large(self, used: int) -> LimitError:
        from detente.graph.memory import size

        return LimitError(
            f"{self.case.name}: the decision diagrams have grown to {size(used)}, and "
            f"{size(self.max_memory)} may be used; {INSTEAD}, or leave out options that no wish "
            "speaks of"
        )

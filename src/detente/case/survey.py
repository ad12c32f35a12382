"""Exact questions about all feasible states, asked of as few states as will do.

Whether a formula can hold depends on the options it mentions, and on the rules that touch them,
directly or through other rules. Rules fall into blocks that share no option; each block is looked
at by itself. So a case of hundreds of options can be checked, as long as no block is too wide.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from detente.case import formula as fm
from detente.case.formula import Formula
from detente.case.model import Case
from detente.case.truth import Truth, mentioned_outcomes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    BoolArray: TypeAlias = NDArray[np.bool_]

MAX_CELLS = 1 << 22
"""Most states that one question looks at."""

MAX_BYTES = 24_000_000
"""Most memory for one formula, and for the feasible states of all blocks."""

MAX_WORK = 300_000_000
"""Most truth values worked out for one case; some seconds."""

NODE_WORK = 8_000
"""What one step of a formula costs at least, in truth values."""


class Possible(NamedTuple):
    """Whether a formula holds in some feasible state, and whether it fails in some."""

    holds: bool
    fails: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Rules that share options, and where they hold.

    Parameters
    ----------
    rules : tuple of int
        Positions in the case's list.
    axes : tuple of int
        The options they mention, in rising order.
    feasible : bool array, optional
        One axis for each of these options; None if that would be too large.
    """

    rules: tuple[int, ...]
    axes: tuple[int, ...]
    feasible: BoolArray | None


class TooLarge(Exception):  # noqa: N818 - a signal, never seen by a user
    """A question would cost too much."""


class Survey:
    """Answers questions about the feasible states of a case.

    Parameters
    ----------
    case : Case
        Its names must be declared, and its outcomes without cycles.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self._work = 0

    def axes(self, formula: Formula) -> tuple[int, ...]:
        """Return the options on which a formula may depend, in rising order."""
        return _bits(self._reach(formula).options)

    def possible(self, formula: Formula, *, ruled: bool = True) -> Possible:
        """Tell whether a formula holds in some feasible state, and whether it fails in some.

        Parameters
        ----------
        formula : Formula
            Its names must be declared.
        ruled : bool
            Whether only states count that the rules allow.

        Raises
        ------
        TooLarge
            If that cannot be told at a reasonable cost.
        """
        axes = self.axes(formula)
        holds = self.truth(formula, axes)
        feasible = self.feasible_over(axes) if ruled else np.ones((1,) * len(axes), bool)
        return Possible(bool((holds & feasible).any()), bool((~holds & feasible).any()))

    def truth(self, formula: Formula, axes: Sequence[int]) -> BoolArray:
        """Return where a formula holds, with one axis for each of the options given.

        Raises
        ------
        TooLarge
            If the array, or the way to it, would be too large.
        """
        reach = self._reach(formula)
        cells = self._cells(_bits(reach.options))
        outcomes = _bits(reach.outcomes)
        nodes = _nodes(formula) + len(outcomes) * self._largest_outcome
        self._work += nodes * (cells + NODE_WORK)
        stored = cells * (_nesting(formula) + 2)
        if len(outcomes) * cells > MAX_BYTES:
            names = self.case.outcomes
            stored += sum(self._cells(self.axes(names[i].formula)) for i in outcomes[:1000])
        if stored > MAX_BYTES or self._work > MAX_WORK:
            raise TooLarge
        return Truth(self.case, axes)(formula)

    def feasible_over(self, axes: tuple[int, ...]) -> BoolArray:
        """Return which levels of the options given occur together in feasible states.

        Raises
        ------
        TooLarge
            If the rules that touch these options, or the options, are too many.
        """
        self._cells(axes)
        feasible = np.ones((1,) * len(axes), bool)
        for block in self.blocks:
            shared = [axis for axis in block.axes if axis in axes]
            if not shared:
                continue
            if block.feasible is None:
                raise TooLarge
            others = tuple(i for i, axis in enumerate(block.axes) if axis not in axes)
            shape = [self.case.shape[a] if a in shared else 1 for a in axes]
            feasible = feasible & block.feasible.any(axis=others).reshape(shape)
        return feasible

    def contradiction(self, block: Block) -> tuple[int, ...]:
        """Return rules of a block without feasible states that leave none, none of them idle.

        The last rule of the shortest beginning that leaves nothing must be among them; it is put
        first, and so on until the beginning is made of such rules only.
        """
        needed: list[int] = []
        others = list(block.rules)
        while True:
            left = np.ones((1,) * len(block.axes), bool)
            for rule in needed:
                left = left & ~self.truth(self.case.infeasible[rule].formula, block.axes)
            if not left.any():
                return tuple(sorted(needed))
            for count, rule in enumerate(others):
                left = left & ~self.truth(self.case.infeasible[rule].formula, block.axes)
                if not left.any():
                    needed.append(rule)
                    others = others[:count]
                    break

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The rules, grouped so that no option is mentioned in two groups."""
        blocks: list[tuple[int, list[int]]] = []
        for i, rule in enumerate(self.case.infeasible):
            options, rules = self._reach(rule.formula).options, [i]
            apart = []
            for other, members in blocks:
                if other & options:
                    options, rules = options | other, members + rules
                else:
                    apart.append((other, members))
            blocks = [*apart, (options, rules)]
        made, stored = [], 0
        for options, rules in blocks:
            feasible = self._allowed(_bits(options), sorted(rules), stored)
            stored += 0 if feasible is None else feasible.size
            made.append(Block(tuple(sorted(rules)), _bits(options), feasible))
        return tuple(made)

    def _allowed(self, axes: tuple[int, ...], rules: list[int], stored: int) -> BoolArray | None:
        """Return where none of the rules holds; None if that is too large to be told."""
        try:
            if self._cells(axes) + stored > MAX_BYTES:
                return None
            left = np.ones([self.case.shape[a] for a in axes], bool)
            for rule in rules:
                left &= ~self.truth(self.case.infeasible[rule].formula, axes)
        except TooLarge:
            return None
        return left

    def _cells(self, axes: Sequence[int]) -> int:
        """Return how many states some options span; too many are an error."""
        if len(axes) > MAX_CELLS.bit_length():
            raise TooLarge
        cells = math.prod(self.case.shape[axis] for axis in axes)
        if cells > MAX_CELLS:
            raise TooLarge
        return cells

    # --- what a formula stands on ---

    def _reach(self, formula: Formula) -> _Reach:
        options = outcomes = 0
        for atom in fm.atoms(formula):
            if isinstance(atom, fm.OptionIs):
                options |= 1 << self.case.axis_of[atom.party, atom.option]
            else:
                inner = self._outcome_reach[atom.name]
                options, outcomes = options | inner.options, outcomes | inner.outcomes
        return _Reach(options, outcomes)

    @cached_property
    def _outcome_reach(self) -> dict[str, _Reach]:
        """What each outcome stands on, itself included."""
        number = {outcome.name: i for i, outcome in enumerate(self.case.outcomes)}
        reach: dict[str, _Reach] = {}
        for name in innermost_first(self.case):
            options, outcomes = 0, 1 << number[name]
            for atom in fm.atoms(self.case.outcome_named[name].formula):
                if isinstance(atom, fm.OptionIs):
                    options |= 1 << self.case.axis_of[atom.party, atom.option]
                else:
                    options |= reach[atom.name].options
                    outcomes |= reach[atom.name].outcomes
            reach[name] = _Reach(options, outcomes)
        return reach

    @cached_property
    def _largest_outcome(self) -> int:
        return max((_nodes(outcome.formula) for outcome in self.case.outcomes), default=0)


class _Reach(NamedTuple):
    """Options and outcomes on which something stands, as bits of a whole number."""

    options: int
    outcomes: int


def innermost_first(case: Case) -> list[str]:
    """Return the outcomes, each after those it builds on; those on a cycle are left out."""
    waits = {o.name: mentioned_outcomes(o.formula) for o in case.outcomes}
    above: dict[str, list[str]] = {name: [] for name in waits}
    for name, inner in waits.items():
        for other in inner:
            above[other].append(name)
    missing = {name: len(inner) for name, inner in waits.items()}
    order = [name for name, count in missing.items() if count == 0]
    for name in order:  # grows while it is read
        for higher in above[name]:
            missing[higher] -= 1
            if missing[higher] == 0:
                order.append(higher)
    return order


def _bits(number: int) -> tuple[int, ...]:
    """Return the positions of the ones in a whole number, in rising order."""
    return tuple(i for i, bit in enumerate(reversed(f"{number:b}")) if bit == "1")


def _nodes(formula: Formula) -> int:
    return 1 + sum(_nodes(part) for part in fm.parts(formula))


def _nesting(formula: Formula) -> int:
    """Return how many parts of a formula are in work at the same time, at most."""
    return 1 + max((_nesting(part) for part in fm.parts(formula)), default=0)

"""Moves on a list of states: blocks of states that one party's moves treat alike.

States that agree on everything but a party's own options form its slice: its moves never leave
it. Inside a slice, states that agree on the party's options of restricted changes form a block:
between two blocks every move is allowed, or none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.errors import LimitError
from detente.graph.space import BoolArray, Rows

if TYPE_CHECKING:
    from detente.graph.model import Guard

AnyArray: TypeAlias = NDArray[Any]
Index: TypeAlias = NDArray[np.intp]

MAX_WAYS = 50_000_000
"""Most pairs of blocks, or of a state and a block, that one party's moves may connect."""


@dataclass(frozen=True, eq=False)
class Ways:
    """For each of some places where it leads: ``to[start[k]:start[k + 1]]``."""

    start: Index
    to: Index

    def of(self, place: int) -> Index:
        """Return where one place leads."""
        return self.to[self.start[place] : self.start[place + 1]]

    def turned(self, n: int) -> Ways:
        """Return the ways back."""
        source = np.repeat(np.arange(len(self.start) - 1), np.diff(self.start))
        order = np.argsort(self.to, kind="stable")
        return Ways(np.searchsorted(self.to[order], np.arange(n + 1)), source[order])


@dataclass(frozen=True, eq=False)
class Blocks:
    """The states of a list in the blocks of one party.

    Parameters
    ----------
    order : int array
        The states, block by block, rising inside a block.
    start : int array, one more than there are blocks
        Where each block begins in ``order``.
    block : int array
        The block of each state.
    ways : Ways or None
        From a block to those that a move may lead to, itself included; None if that is all.
    """

    order: Index
    start: Index
    block: Index
    ways: Ways | None

    @cached_property
    def back(self) -> Ways | None:
        """From a block to those that a move may come from."""
        return None if self.ways is None else self.ways.turned(len(self.start) - 1)

    @cached_property
    def place(self) -> Index:
        """Where each state stands in ``order``."""
        place = np.empty(len(self.order), np.intp)
        place[self.order] = np.arange(len(self.order))
        return place

    @cached_property
    def longest(self) -> int:
        """The states of the largest block."""
        return int(np.diff(self.start).max(initial=0))

    @cached_property
    def transitive(self) -> bool:
        """Whether two moves in a row are always one move; no, if that is too much to look up."""
        if self.ways is None:
            return True
        from scipy.sparse import csr_array

        ways, n = self.ways, len(self.start) - 1
        if int(np.diff(ways.start)[ways.to].sum()) > MAX_WAYS:
            return False
        once = csr_array((np.ones(len(ways.to), np.int64), ways.to, ways.start), shape=(n, n))
        twice = once @ once
        return bool(twice.nnz == once.nnz)  # staying is among the ways, so none is lost

    def members(self, block: int) -> Index:
        """Return the states of one block."""
        return self.order[self.start[block] : self.start[block + 1]]


def blocks(
    space: Rows,
    axes: Sequence[int],
    changes: Sequence[BoolArray],
    name: str,
    guards: tuple[Guard, ...] = (),
) -> Blocks:
    """Return the blocks of whoever sets some options, worked out once for a space.

    Parameters
    ----------
    axes : sequence of int
        The options set.
    changes : sequence of bool arrays
        Of every option of the case, as in :class:`detente.graph.model.Graph`.
    name : str
        Who moves, for the message.
    guards : tuple of Guard
        Conditions on changes of these options.

    Raises
    ------
    LimitError
        If moves connect more than ``MAX_WAYS`` pairs of blocks.
    """
    guarded = {guard.axis for guard in guards}
    bound = tuple(axis for axis in axes if axis in guarded or not changes[axis].all())
    key = ("blocks", tuple(axes), tuple(changes[axis].tobytes() for axis in bound), guards)
    return space.once(key, lambda: _blocks(space, axes, bound, changes, name, guards))


def _blocks(
    space: Rows,
    axes: Sequence[int],
    bound: Sequence[int],
    changes: Sequence[BoolArray],
    name: str,
    guards: tuple[Guard, ...],
) -> Blocks:
    rest = [axis for axis in range(len(space.levels)) if axis not in axes]
    marks = [mark for guard in guards for mark in (guard.before, guard.after)]
    number = space.number([*rest, *bound], marks)
    order = np.argsort(number, kind="stable")
    n = int(number.max(initial=-1)) + 1
    start = np.searchsorted(number[order], np.arange(n + 1))
    if not bound:
        return Blocks(order, start, number, None)
    first = order[start[:-1]]  # one state of each block
    slices = space.number(rest)[first]
    ways = _pairs(slices, name)
    source = np.repeat(np.arange(n), np.diff(ways.start))
    keep = may(space, bound, changes, guards, first[source], first[ways.to])
    source, to = source[keep], ways.to[keep]
    return Blocks(order, start, number, Ways(np.searchsorted(source, np.arange(n + 1)), to))


def may(
    space: Rows,
    axes: Sequence[int],
    changes: Sequence[BoolArray],
    guards: Sequence[Guard],
    source: Index,
    target: Index,
) -> BoolArray:
    """Return where some options may change as they do from one state to another.

    Parameters
    ----------
    source, target : int arrays that broadcast
        The states.
    """
    fits: BoolArray = np.ones(np.broadcast_shapes(source.shape, target.shape), bool)
    for axis in axes:
        own = [guard for guard in guards if guard.axis == axis]
        if not own and changes[axis].all():
            continue
        old, new = space.table[source, axis], space.table[target, axis]
        fits &= changes[axis][old, new]
        if own:
            passes = ~np.logical_or.reduce([guard.pairs for guard in own])[old, new]
            for guard in own:
                passes |= guard.pairs[old, new] & guard.before[source] & guard.after[target]
            fits &= passes
    return fits


def _pairs(slices: Index, name: str) -> Ways:
    """Return for each block all blocks of its slice; those of a slice stand together."""
    begins = np.flatnonzero(np.r_[True, slices[1:] != slices[:-1]])
    sizes = np.diff(np.r_[begins, len(slices)])
    many = np.repeat(sizes, sizes)  # blocks in the slice of each block
    if int(many.sum()) > MAX_WAYS:
        raise LimitError(
            f"'{name}' has too many options that cannot change freely: its moves connect more "
            f"than {MAX_WAYS:,} groups of states; let some of them change both ways"
        )
    start = np.r_[0, np.cumsum(many)]
    return Ways(start, np.repeat(np.repeat(begins, sizes), many) + ragged(many))


def ragged(lengths: Index) -> Index:
    """Return 0, 1, …, n - 1 for each n in turn."""
    ends = np.cumsum(lengths)
    return np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - lengths, lengths)


def over_block(op: np.ufunc, values: AnyArray, table: Blocks) -> AnyArray:
    """Return ``op`` over the states of each block."""
    found: AnyArray = op.reduceat(values[table.order], table.start[:-1], axis=0)
    return found


def over_ways(op: np.ufunc, values: AnyArray, ways: Ways, nothing: Any) -> AnyArray:
    """Return ``op`` over the values where each place leads; ``nothing`` where it leads nowhere."""
    here = np.diff(ways.start) > 0
    found = np.full((len(here), *values.shape[1:]), nothing, values.dtype)
    if here.any():
        found[here] = op.reduceat(values[ways.to], ways.start[:-1][here], axis=0)
    return found


def spread(
    op: np.ufunc, values: AnyArray, table: Blocks, nothing: Any, *, back: bool, stay: bool
) -> AnyArray:
    """Combine, for every state, the values over the moves from it, as ``graph.moves.spread``.

    Parameters
    ----------
    nothing : scalar
        The value that changes no other.
    """
    ways = table.back if back else table.ways
    reduced = over_block(op, values, table)
    if stay:
        if ways is not None:
            reduced = over_ways(op, reduced, ways, nothing)
        return reduced[table.block]
    found = _others_of_block(op, values, table, nothing)
    if ways is not None:
        source = np.repeat(np.arange(len(ways.start) - 1), np.diff(ways.start))
        elsewhere = source != ways.to
        start = np.searchsorted(source[elsewhere], np.arange(len(ways.start)))
        around = over_ways(op, reduced, Ways(start, ways.to[elsewhere]), nothing)
        found = op(found, around[table.block])
    return found


def _others_of_block(op: np.ufunc, values: AnyArray, table: Blocks, nothing: Any) -> AnyArray:
    """Return ``op`` over the other states of each state's block."""
    sorted_values = values[table.order]
    if values.dtype == bool:
        many = np.add.reduceat(sorted_values, table.start[:-1], axis=0, dtype=np.intp)
        rest: AnyArray = many[table.block] > values
        return rest
    blocks_of = table.block[table.order]
    before = _exclusive(op, sorted_values, blocks_of, table.longest, nothing)
    after = _exclusive(op, sorted_values[::-1], blocks_of[::-1], table.longest, nothing)[::-1]
    found = np.empty_like(values)
    found[table.order] = op(before, after)
    return found


def _exclusive(
    op: np.ufunc, values: AnyArray, blocks_of: Index, longest: int, nothing: Any
) -> AnyArray:
    """Return ``op`` over what stands before in the same block."""
    shifted = np.full_like(values, nothing)
    shifted[1:] = values[:-1]
    shifted[np.r_[True, blocks_of[1:] != blocks_of[:-1]]] = nothing
    return running(op, shifted, blocks_of, longest)


def running(op: np.ufunc, values: AnyArray, blocks_of: Index, longest: int) -> AnyArray:
    """Return ``op`` over each value and those before it in its block.

    Distances double, so a block of n values takes log2(n) passes.
    """
    found = values.copy()
    step = 1
    while step < longest:
        same = blocks_of[step:] == blocks_of[:-step]
        same = same.reshape(-1, *(1,) * (values.ndim - 1))
        found[step:] = np.where(same, op(found[step:], found[:-step]), found[step:])
        step *= 2
    return found

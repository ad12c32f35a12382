"""The conflict as arrays."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from detente.case.formula import Formula
from detente.case.model import Case
from detente.case.truth import Truth
from detente.errors import ShapeError
from detente.graph.sets import StateSet, one_each
from detente.graph.space import Box, Rows, Space

BoolArray: TypeAlias = NDArray[np.bool_]
IntArray: TypeAlias = NDArray[np.signedinteger]
Party: TypeAlias = int
"""A party's position, from 0."""

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Guard:
    """A condition on some changes of one option.

    Parameters
    ----------
    axis : int
        The option.
    pairs : bool array of shape (levels, levels)
        ``[old, new]``: which changes it is a condition on.
    before, after : bool array over the states, or what stands for a set of them
        From where, and to where, it lets them pass.
    """

    axis: int
    pairs: BoolArray
    before: Any
    after: Any


@dataclass(frozen=True, eq=False, repr=False)
class Graph:
    """A conflict in option form, as arrays; every array is read-only.

    Parameters
    ----------
    parties : tuple of str
        Names, in the order of ``ranks``.
    options : tuple of str
        ``party.option`` for every option, in the order of their axes.
    owner : tuple of int
        The party that sets each option; options of one party stand together.
    changes : tuple of bool arrays, each of shape (levels, levels)
        ``changes[axis][old, new]``: the owner may change the option so. The diagonal is true.
    feasible : bool array of the shape of the space
        The states that can be.
    ranks : tuple of signed integer arrays of the same shape
        Ordinal preference of each party, no unit; larger is better, equal is indifferent.
        Dense from 0 over the feasible states; cells of infeasible states mean nothing.
    space : Space, optional
        How states are stored; by default one axis an option, a cell for every combination.
    guards : tuple of Guard
        Conditions on changes; one of those on a change must let it pass. States are a list then.
    merged : int array, optional
        For every cell, by flat index, the first state of those that count as one with it.
    case : Case, optional
        Where it was made from, for what is more than rankings: doubt, strength, attitudes.

    Raises
    ------
    ShapeError
        If the parts do not fit each other.
    """

    parties: tuple[str, ...]
    options: tuple[str, ...]
    owner: tuple[Party, ...]
    changes: tuple[BoolArray, ...]
    feasible: BoolArray
    ranks: tuple[IntArray, ...]
    space: Space = field(default=None)  # type: ignore[assignment]
    guards: tuple[Guard, ...] = ()
    merged: NDArray[np.intp] | None = None
    case: Case | None = None

    def __post_init__(self) -> None:
        if self.space is None:
            object.__setattr__(self, "space", Box(self.feasible.shape))
        n_axes = len(self.levels)
        if not len(self.options) == len(self.owner) == len(self.changes) == n_axes:
            raise ShapeError(f"{n_axes} axes, but {len(self.options)} options")
        if len(self.ranks) != len(self.parties):
            raise ShapeError(f"{len(self.parties)} parties, but {len(self.ranks)} rankings")
        if list(self.owner) != sorted(self.owner):
            raise ShapeError("the options of a party must stand together, in party order")
        for axis, allowed in enumerate(self.changes):
            if allowed.shape != (self.levels[axis],) * 2 or not allowed.diagonal().all():
                raise ShapeError(
                    f"option {self.options[axis]}: changes must be square and reflexive"
                )
        if self.shape != self.space.shape:
            raise ShapeError(f"states of {self.shape} in a space of {self.space.shape}")
        if self.guards and self.rows is None:
            raise ShapeError("moves with a condition need a list of states")
        for ranks in self.ranks:
            if ranks.shape != self.shape:
                raise ShapeError(f"ranks of shape {ranks.shape} for states of {self.shape}")
        for array in (self.feasible, *self.ranks, *self.changes):
            array.setflags(write=False)

    def __repr__(self) -> str:
        names = ", ".join(self.parties)
        return f"<Graph of {names}: {len(self.options)} options, {self.n_states:,} states>"

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of all state arrays."""
        return self.feasible.shape

    @property
    def levels(self) -> tuple[int, ...]:
        """How many levels every option has."""
        return self.space.levels

    @property
    def rows(self) -> Rows | None:
        """The list of states, where states are stored so; None where they are arrays."""
        return self.space if isinstance(self.space, Rows) else None

    @property
    def kernel(self) -> Any:
        """What works moves out where states are diagrams; None where they can be listed."""
        return None

    def bounded(self) -> AbstractContextManager[None]:
        """Return what says in words, around a computation, that memory ran out."""
        return nullcontext()

    def truth(self, case: Case) -> Truth:
        """Return the evaluator of a case's formulas over these states: arrays that broadcast."""
        return self.space.truth(case)

    def where(self, truth: Truth, formula: Formula) -> BoolArray:
        """Return the feasible states in which a formula holds."""
        return np.broadcast_to(truth(formula), self.shape) & self.feasible

    def states(self, where: BoolArray) -> StateSet:
        """Return a set of states, which knows their strings."""
        return StateSet(where, self.feasible, self.space, self.merged)

    def count(self, where: BoolArray) -> int:
        """Return how many states there are in a set; those that count as one count once."""
        return len(one_each(where, self.merged)) if self.merged is not None else int(where.sum())

    def whole(self, where: BoolArray) -> BoolArray:
        """Return a set with all the states that count as one with one of it."""
        if self.merged is None:
            return where
        first = self.singly(where).ravel()[self.merged].reshape(self.shape)
        found: BoolArray = first & self.feasible
        return found

    def singly(self, where: BoolArray) -> BoolArray:
        """Return a set with the first of those states that count as one in place of them all."""
        if self.merged is None:
            return where
        first = np.zeros(self.feasible.size, bool)
        first[self.merged[np.flatnonzero(where & self.feasible)]] = True
        return first.reshape(self.shape)

    def firsts(self, states: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return for some states, by flat index, the first of those that count as one with each."""
        return states if self.merged is None else self.merged[states]

    def first(self, state: int) -> int:
        """Return, of the states that count as one with a state, the first."""
        return state if self.merged is None else int(self.merged[state])

    def codes(self, states: NDArray[np.intp]) -> list[str]:
        """Return the strings of states given by flat index."""
        return self.space.codes(states)

    @cached_property
    def n_states(self) -> int:
        """The number of feasible states."""
        return self.count(self.feasible)

    @cached_property
    def axes(self) -> tuple[slice, ...]:
        """The axes of each party's own options, which stand together."""
        bounds = np.searchsorted(self.owner, range(len(self.parties) + 1)).tolist()
        return tuple(slice(a, b) for a, b in itertools.pairwise(bounds))

    @cached_property
    def transitive(self) -> tuple[bool, ...]:
        """For each party, whether two moves of its own in a row are always one move (or none).

        Of a party without conditions on its changes it is known from these, whatever the states;
        of one with some it is looked up, or taken not to be so where there are no states to list.
        """
        from detente.graph.moves import blocks_of_party

        fine = [bool(((c.astype(int) @ c > 0) <= c).all()) for c in self.changes]
        bound = {self.owner[guard.axis] for guard in self.guards}
        return tuple(
            all(fine[own])
            if party not in bound
            else self.rows is not None and blocks_of_party(self, party).transitive
            for party, own in enumerate(self.axes)
        )

    def guards_of(self, axes: Iterable[int]) -> tuple[Guard, ...]:
        """Return the conditions on changes of some options."""
        own = set(axes)
        return tuple(guard for guard in self.guards if guard.axis in own)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what ``make`` gives, worked out at the first call with this key and kept."""
        if key not in self._kept:
            self._kept[key] = make()
        kept: T = self._kept[key]
        return kept

    def tables(self, party: Party) -> dict[Hashable, Any]:
        """Return what follows from the ranking of one party alone: its sorted improvements."""
        keys = [(name, party) for name in ("climb", "planes", "own changes")]
        return {key: self._kept[key] for key in keys if key in self._kept}

    def with_ranks(
        self, ranks: tuple[IntArray, ...], known: Iterable[Mapping[Hashable, Any]] = ()
    ) -> Graph:
        """Return the conflict under other rankings.

        Parameters
        ----------
        known : iterable of mappings
            What :meth:`tables` gave of a conflict in which a party had the same ranking.
        """
        changed = replace(self, ranks=ranks)
        for tables in known:
            changed._kept.update(tables)
        return changed

    @cached_property
    def _kept(self) -> dict[Hashable, Any]:
        return {}

    def others(self, party: Party) -> tuple[Party, ...]:
        """Return all parties but one."""
        return tuple(p for p in range(len(self.parties)) if p != party)

"""A conflict on decision diagrams: no state is ever listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from detente.case.formula import Formula
from detente.case.model import Case
from detente.errors import LimitError
from detente.graph import memory
from detente.graph.diagrams.coding import Coding
from detente.graph.diagrams.kernel import Kernel
from detente.graph.diagrams.sets import Values, Where
from detente.graph.model import BoolArray, Graph
from detente.graph.sets import StateSet
from detente.graph.space import Levels, Space, alphabet

MOST_LISTED = 100_000
"""States of a set that are listed one by one."""


@dataclass(frozen=True)
class Coded(Space):
    """States as bits of a diagram: there is no array over them."""

    levels: Levels
    name: ClassVar[str] = "diagrams"

    @property
    def shape(self) -> tuple[int, ...]:
        """Refuse: states are not listed."""
        raise _unlisted()

    def line(self, axis: int, wanted: Sequence[int]) -> BoolArray:
        """Refuse: states are not listed."""
        raise _unlisted()

    def rows(self, states: NDArray[np.intp]) -> NDArray[np.intp]:
        """Refuse: states are not listed."""
        raise _unlisted()

    def find(self, levels: Sequence[int]) -> int:
        """Refuse: states are not listed."""
        raise _unlisted()

    def differing(self, levels: Sequence[int]) -> NDArray[np.int16]:
        """Refuse: states are not listed."""
        raise _unlisted()

    def away(self, states: BoolArray) -> NDArray[np.int16]:
        """Refuse: states are not listed."""
        raise _unlisted()


def _unlisted() -> LimitError:
    return LimitError("states kept in decision diagrams are not listed one by one")


@dataclass(frozen=True, eq=False)
class Large(Graph):
    """A conflict on decision diagrams.

    Sets of states are :class:`Where`, ranks :class:`Values`; the operations of the concepts mean
    the same on them as on arrays.

    Parameters
    ----------
    coding : Coding
        The variables, formulas and wishes.
    """

    coding: Coding = field(default=None)  # type: ignore[assignment]

    def __post_init__(self) -> None:
        """Skip what arrays are checked for."""

    @cached_property
    def n_states(self) -> int:
        """The number of feasible states."""
        return self.everything.size()

    @property
    def everything(self) -> Where:
        """All feasible states."""
        return Where(self.coding, self.coding.feasible)

    @cached_property
    def kernel(self) -> Kernel:
        """The moves."""
        own = tuple(range(axes.start, axes.stop) for axes in self.axes)
        return Kernel(self.coding, own, self.changes, self.transitive, self.guards)

    def bounded(self) -> AbstractContextManager[None]:
        """Return what says in words, around a computation, that memory ran out."""
        return self.coding.bounded()

    def satisfying(self, formula: Formula) -> Where:
        """Return the feasible states in which a formula holds."""
        return Where(self.coding, self.coding.formula(formula) & self.coding.feasible)

    def only(self, levels: Sequence[int]) -> Where:
        """Return one state, or nothing if it is not feasible."""
        return Where(self.coding, self.coding.state(levels) & self.coding.feasible)

    def states(self, where: Any) -> StateSet:
        """Return a set of states, which knows their strings."""
        return LargeSet(where, self.everything, self.space)  # type: ignore[arg-type]


@dataclass(frozen=True, eq=False, repr=False)
class LargeSet(StateSet):
    """A set of states on diagrams; iterating gives strings if they are few."""

    @property
    def where(self) -> Where:
        """The set."""
        found: Where = self.states  # type: ignore[assignment]
        return found

    @property
    def count(self) -> int:
        """How many states there are, exactly."""
        return self.where.size()

    def __len__(self) -> int:
        return self.count

    def __bool__(self) -> bool:
        return self.where.any()

    def __iter__(self) -> Iterator[str]:
        n = self.count
        if n > MOST_LISTED:
            raise LimitError(
                f"{n:,} states are too many to be listed one by one, at most {MOST_LISTED:,} are; "
                "ask for their number (--counts), for patterns, or for a target (--target)"
            )
        return map(self.code, self.where.each())

    def code(self, levels: Levels) -> str:
        """Return the string of a state."""
        return "".join(alphabet(n)[k] for n, k in zip(self.space.levels, levels, strict=True))

    def __contains__(self, code: object) -> bool:
        shape = self.space.levels
        if not isinstance(code, str) or len(code) != len(shape):
            return False
        at = [alphabet(n).find(letter) for letter, n in zip(code, shape, strict=True)]
        return min(at, default=0) >= 0 and self.where.holds(at)

    def __repr__(self) -> str:
        return f"<{self.count:,} states in decision diagrams>"


def large(case: Case, max_memory: int | None = None) -> Large:
    """Return a case on decision diagrams.

    Raises
    ------
    LimitError
        If the library is missing.
    CaseError
        If the rules leave no state, or a ranking misses one or ranks it twice.
    """
    from detente.graph.build import changes, guards

    coding = Coding(case, memory.available() if max_memory is None else max_memory)
    party_at = {party.name: i for i, party in enumerate(case.parties)}
    ranks = tuple(Values(coding, i, ~coding.above(i)) for i in range(len(case.parties)))
    return Large(
        parties=case.party_names,
        options=case.option_names,
        owner=tuple(party_at[party.name] for party, _ in case.options),
        changes=tuple(changes(option) for _, option in case.options),
        feasible=Where(coding, coding.feasible),  # type: ignore[arg-type]
        ranks=ranks,  # type: ignore[arg-type]
        space=Coded(case.shape),
        guards=tuple(guards(case, lambda f: coding.bdd.true if f is None else coding.formula(f))),
        coding=coding,
    )

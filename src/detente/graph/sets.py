"""A set of states that knows the names of its states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from detente.graph.space import BoolArray, Box, Space, alphabet


def one_each(states: BoolArray, merged: NDArray[np.intp] | None) -> NDArray[np.intp]:
    """Return the flat indices of some states, one for each class of those that count as one."""
    at = np.flatnonzero(states)
    if merged is None:
        return at
    return np.sort(at[np.unique(merged[at], return_index=True)[1]])


@dataclass(frozen=True, eq=False)
class StateSet:
    """Some states of a conflict; iterating gives their strings, in the order of the arrays.

    Parameters
    ----------
    states : bool array, one axis an option
        Where the set is; of another shape if ``space`` says so.
    feasible : bool array of the same shape
        Where states can be.
    space : Space, optional
        How states are stored; by default one axis an option.
    merged : int array, optional
        For every cell the first state of those that count as one with it; each counts for itself
        where it is not given.
    """

    states: BoolArray
    feasible: BoolArray
    space: Space = field(default=None)  # type: ignore[assignment]
    merged: NDArray[np.intp] | None = None

    def __post_init__(self) -> None:
        if self.space is None:
            object.__setattr__(self, "space", Box(self.states.shape))

    @property
    def count(self) -> int:
        """How many states there are."""
        return len(self.at)

    @property
    def at(self) -> NDArray[np.intp]:
        """Their flat indices; of states that count as one the first that is in the set."""
        return one_each(self.states, self.merged)

    @property
    def numbers(self) -> list[int]:
        """Their places among all feasible states, from 1; those that count as one share theirs."""
        every = one_each(self.feasible, self.merged)
        here = self.at if self.merged is None else self.merged[self.at]
        return [int(k) + 1 for k in np.searchsorted(every, here)]

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[str]:
        return iter(self.space.codes(self.at))

    def __contains__(self, code: object) -> bool:
        shape = self.space.levels
        if not isinstance(code, str) or len(code) != len(shape):
            return False
        at = [alphabet(n).find(letter) for letter, n in zip(code, shape, strict=True)]
        if min(at, default=0) < 0:
            return False
        state = self.space.find(at)
        return state >= 0 and bool(self.states.flat[state])

    def __repr__(self) -> str:
        shown = self.space.codes(self.at[:8])
        more = f", and {len(self) - 8:,} more" if len(self) > 8 else ""
        return f"<{len(self):,} states: {', '.join(shown)}{more}>"

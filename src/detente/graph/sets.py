"""A set of states that knows the names of its states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from detente.graph.space import BoolArray, Box, Space, alphabet


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
    """

    states: BoolArray
    feasible: BoolArray
    space: Space = field(default=None)  # type: ignore[assignment]

    def __post_init__(self) -> None:
        if self.space is None:
            object.__setattr__(self, "space", Box(self.states.shape))

    @property
    def count(self) -> int:
        """How many states there are."""
        return int(np.count_nonzero(self.states))

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[str]:
        return iter(self.space.codes(np.flatnonzero(self.states)))

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
        shown = self.space.codes(np.flatnonzero(self.states)[:8])
        more = f", and {len(self) - 8:,} more" if len(self) > 8 else ""
        return f"<{len(self):,} states: {', '.join(shown)}{more}>"

"""States as people and files name them: one character an option."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from detente.errors import CaseError
from detente.graph.model import BoolArray, Graph
from detente.graph.space import DIGITS, Box, Space, alphabet

__all__ = ["DIGITS", "StateSet", "alphabet", "codes", "parse_code"]


def codes(shape: tuple[int, ...], states: NDArray[np.intp]) -> list[str]:
    """Return the strings of states given by flat index into arrays of one axis an option."""
    return Box(shape).codes(states)


def parse_code(text: str, graph: Graph) -> int:
    """Return the flat index of the state a string names.

    Raises
    ------
    CaseError
        If the string does not name a feasible state; the message says why.
    """
    shape = graph.levels
    if len(text) != len(shape):
        raise CaseError(
            f"'{text}' has {len(text)} characters; a state of this case has {len(shape)}, "
            f"one for each of {', '.join(graph.options)}"
        )
    levels = []
    for axis, (letter, n) in enumerate(zip(text, shape, strict=True)):
        if letter not in alphabet(n):
            raise CaseError(
                f"'{text}': character {axis + 1} stands for '{graph.options[axis]}' and must be "
                f"one of {', '.join(alphabet(n))}, not '{letter}'"
            )
        levels.append(alphabet(n).index(letter))
    flat = graph.space.find(levels)
    if flat < 0 or not graph.feasible.flat[flat]:
        raise CaseError(f"the state '{text}' is infeasible: a rule of the case excludes it")
    return flat


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

    def __len__(self) -> int:
        return int(np.count_nonzero(self.states))

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

"""States as people and files name them: one character an option."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detente.errors import CaseError
from detente.graph.model import BoolArray, Graph

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+_"
"""The character of each level of an option with more than two."""


def alphabet(levels: int) -> str:
    """Return the characters of an option's levels: N and Y for two, digits otherwise."""
    return "NY" if levels == 2 else DIGITS[:levels]


def codes(shape: tuple[int, ...], states: NDArray[np.intp]) -> list[str]:
    """Return the strings of states given by flat index."""
    if not shape:
        return [""] * len(states)
    levels = np.unravel_index(states, shape)
    letters = [np.array(list(alphabet(n)))[at] for n, at in zip(shape, levels, strict=True)]
    rows = np.stack(letters, axis=1)
    joined: list[str] = rows.view(f"<U{len(shape)}").ravel().tolist()
    return joined


def parse_code(text: str, graph: Graph) -> int:
    """Return the flat index of the state a string names.

    Raises
    ------
    CaseError
        If the string does not name a feasible state; the message says why.
    """
    shape = graph.shape
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
    flat = int(np.ravel_multi_index(levels, shape)) if shape else 0
    if not graph.feasible.flat[flat]:
        raise CaseError(f"the state '{text}' is infeasible: a rule of the case excludes it")
    return flat


@dataclass(frozen=True, eq=False)
class StateSet:
    """Some states of a conflict; iterating gives their strings, in the order of the arrays.

    Parameters
    ----------
    states : bool array, one axis an option
        Where the set is.
    feasible : bool array of the same shape
        Where states can be.
    """

    states: BoolArray
    feasible: BoolArray

    def __len__(self) -> int:
        return int(np.count_nonzero(self.states))

    def __iter__(self) -> Iterator[str]:
        return iter(codes(self.states.shape, np.flatnonzero(self.states)))

    def __contains__(self, code: object) -> bool:
        shape = self.states.shape
        if not isinstance(code, str) or len(code) != len(shape):
            return False
        at = [alphabet(n).find(letter) for letter, n in zip(code, shape, strict=True)]
        return min(at, default=0) >= 0 and bool(self.states[tuple(at)])

    def __repr__(self) -> str:
        shown = codes(self.states.shape, np.flatnonzero(self.states)[:8])
        more = f", and {len(self) - 8:,} more" if len(self) > 8 else ""
        return f"<{len(self):,} states: {', '.join(shown)}{more}>"

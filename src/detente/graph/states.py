"""States as people and files name them: one character an option."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detente.errors import CaseError
from detente.graph.model import Graph
from detente.graph.sets import StateSet
from detente.graph.space import DIGITS, Box, alphabet

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

"""What a cover of a set of states is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

Pattern: TypeAlias = tuple[int | None, ...]
"""For each option its level, or None where any level will do."""

MAX_PATTERNS = 40


@dataclass(frozen=True, slots=True)
class Cover:
    """A set of states as patterns, those that hold most states first.

    Parameters
    ----------
    patterns : tuple of Pattern
        No pattern can be left out and no level in a pattern either.
    counts : tuple of int
        The states of the set that fit each pattern; a state may fit several.
    states : int
        The size of the set.
    left_out : int
        States that no pattern covers, because the limit was reached; 0 if the cover is whole.
    """

    patterns: tuple[Pattern, ...]
    counts: tuple[int, ...]
    states: int
    left_out: int = 0


def in_order(patterns: Sequence[Pattern], counts: Sequence[int], states: int, left: int) -> Cover:
    """Return a cover with its patterns in order.

    Parameters
    ----------
    counts : sequence of int
        The states of each pattern.
    states, left : int
        The size of the set, and what no pattern covers.
    """
    order = sorted(range(len(patterns)), key=lambda k: (-counts[k], sort_key(patterns[k])))
    return Cover(tuple(patterns[k] for k in order), tuple(counts[k] for k in order), states, left)


def sort_key(pattern: Sequence[int | None]) -> tuple[int, ...]:
    """Return what patterns of equal size are sorted by."""
    return tuple(-1 if level is None else level for level in pattern)

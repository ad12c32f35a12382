"""Whether a list of patterns says a set of states, exactly and without a spare word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from oracle.conflict import State

Pattern = Mapping[int, int]
"""Option (by position) to level; the options it does not name may have any."""


def faults_of_cover(
    cover: Sequence[Pattern], wanted: Iterable[State], feasible: Iterable[State]
) -> list[str]:
    """What is wrong with a cover: nothing if it is exact, irredundant, and made of primes."""
    feasible, wanted = set(feasible), set(wanted)
    held = [{s for s in feasible if holds(pattern, s)} for pattern in cover]
    faults = []
    if set().union(*held) != wanted:
        faults.append("the patterns do not hold in just these states")
    for k, pattern in enumerate(cover):
        others = set().union(*(h for m, h in enumerate(held) if m != k))
        if held[k] <= others:
            faults.append(f"pattern {dict(pattern)} is redundant")
        for axis in pattern:
            shorter = {a: level for a, level in pattern.items() if a != axis}
            if {s for s in feasible if holds(shorter, s)} <= wanted:
                faults.append(f"pattern {dict(pattern)} needs no word on option {axis}")
    return faults


def holds(pattern: Pattern, state: State) -> bool:
    """Whether a state has every level that a pattern names."""
    return all(state[axis] == level for axis, level in pattern.items())

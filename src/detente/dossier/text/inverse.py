"""What preferences would make a state hold, in plain words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from detente.case.model import Case
from detente.dossier.words import Words, plural
from detente.graph.model import Graph
from detente.stability.inverse import Requirement
from detente.stability.patterns import cover

MAX_SETS_TOLD = 6


MAX_STATES_TOLD = 4
"""A larger set of states is told as patterns."""


def inverse_text(
    case: Case, graph: Graph, state: int, concept: str, requirements: Sequence[Requirement]
) -> str:
    """Tell what each party must not prefer to a state for it to hold."""
    words = Words(case, graph.space)
    lines = [f"For this state to hold under {concept}:", f"  {words.state_in_line(state)}"]
    for requirement in requirements:
        lines += ["", *_party(words, graph, requirement)]
    return "\n".join(lines)


def _party(words: Words, graph: Graph, requirement: Requirement) -> Iterator[str]:
    who = words.party(requirement.party)
    if requirement.sets == (frozenset(),):
        yield f"{who} stays, whatever it prefers."
        return
    now = "so it is today" if requirement.satisfied else "not so today"
    if len(requirement.sets) == 1:
        yield f"{who} must prefer none of these to it ({now}):"
    else:
        yield f"It is enough that {who} prefers nothing of one of these groups to it ({now}):"
    for needed in requirement.sets[:MAX_SETS_TOLD]:
        for k, line in enumerate(_states(words, graph, needed)):
            yield f"  {'-' if k == 0 else ' '} {line}"
    if len(requirement.sets) > MAX_SETS_TOLD:
        yield f"  and {plural(len(requirement.sets) - MAX_SETS_TOLD, 'further group')}"
    if requirement.rankings is not None:
        every = math.factorial(graph.n_states)
        if graph.n_states <= 12:
            counted = f"{requirement.rankings:,} of {every:,} strict rankings of the states"
        else:
            counted = f"{requirement.rankings * 100 // every}% of all strict rankings of the states"
        yield f"  So it is in {counted}."


def _states(words: Words, graph: Graph, needed: frozenset[int]) -> list[str]:
    """Say a set of states: one by one if it is small, else as patterns."""
    if len(needed) <= MAX_STATES_TOLD:
        return [words.state_in_line(state) for state in sorted(needed)]
    marked = np.zeros(graph.shape, bool)
    marked.flat[list(needed)] = True
    found = cover(marked, graph.singly(graph.feasible), space=graph.space)
    lines = [words.pattern(pattern) for pattern in found.patterns]
    lines[0] = f"{plural(len(needed), 'state')}: {lines[0]}"
    if found.left_out:
        lines.append(f"and {plural(found.left_out, 'more state')}")
    return lines

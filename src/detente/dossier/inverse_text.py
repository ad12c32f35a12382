"""What preferences would make a state hold, in plain words."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from detente.case.model import Case
from detente.dossier.words import Words, plural
from detente.stability.inverse import Requirement

MAX_SETS_TOLD = 6


def inverse_text(
    case: Case, state: int, concept: str, requirements: Sequence[Requirement], n_states: int
) -> str:
    """Tell what each party must not prefer to a state for it to hold.

    Parameters
    ----------
    n_states : int
        The number of feasible states.
    """
    words = Words(case)
    lines = [f"For this state to hold under {concept}:", f"  {words.state_in_line(state)}"]
    for requirement in requirements:
        lines += ["", *_party(words, requirement, n_states)]
    return "\n".join(lines)


def _party(words: Words, requirement: Requirement, n_states: int) -> Iterator[str]:
    who = words.party(requirement.party)
    if requirement.sets == (frozenset(),):
        yield f"{who} stays, whatever it prefers."
        return
    now = "as it does not today" if requirement.satisfied else "but today it does"
    choice = "the following" if len(requirement.sets) == 1 else "one of the following groups"
    yield f"{who} must not prefer {choice} to it ({now}):"
    for needed in requirement.sets[:MAX_SETS_TOLD]:
        states = sorted(needed)
        for k, other in enumerate(states):
            yield f"  {'-' if k == 0 else ' '} {words.state_in_line(other)}"
    if len(requirement.sets) > MAX_SETS_TOLD:
        yield f"  and {plural(len(requirement.sets) - MAX_SETS_TOLD, 'further group')}"
    if requirement.rankings is not None:
        share = requirement.rankings / math.factorial(n_states) if n_states < 160 else None
        of = f" of {math.factorial(n_states):,}" if n_states <= 12 else ""
        percent = f", {share:.0%}" if share is not None else ""
        number = f"{requirement.rankings:,}" if n_states <= 12 else "a part"
        yield f"  So it is in {number}{of} strict rankings of the states{percent}."

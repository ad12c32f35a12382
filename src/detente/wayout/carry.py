"""What a way hangs on: the wishes without which a step of it would not pay, or its end not last."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.case.model import Case, Statements
from detente.case.truth import TruthAt, may_change
from detente.graph.model import Party
from detente.graph.space import Rows
from detente.wayout.choreography import Way
from detente.wayout.results import Ways

MAX_MOVES = 4_096
"""Most moves of one party that are looked at where the way ends."""

Levels = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lean:
    """A wish that carries a way.

    Parameters
    ----------
    party : int
        Whose wish.
    wish : int
        Its place among the party's statements, from 0.
    step : int
        The step, from 0, that would not pay its mover without it; -1 if all steps would and the
        party would leave where the way ends.
    """

    party: Party
    wish: int
    step: int


def leaning(case: Case, found: Ways) -> tuple[Lean, ...]:
    """Return every wish on which the best way hangs when it is dropped alone.

    A step counts that is better for its mover than to stay, the end where nobody has a better
    move of its own. Parties whose preferences are not statements are passed over.
    """
    if not found.found.paths:
        return ()
    at = found.graph.space.at
    best = found.found.paths[0]
    steps = [(step.movers, at(step.source), at(step.target)) for step in best.steps]
    end = steps[-1][2] if steps else at(found.found.start)
    leans: list[Lean] = []
    for p, party in enumerate(case.parties):
        if not isinstance(party.preferences, Statements):
            continue
        own = [(k, a, b) for k, (movers, a, b) in enumerate(steps) if p in movers]
        exits = _moves(case, p, end)
        asked = {end, *exits, *(x for _, a, b in own for x in (a, b))}
        truth = {levels: _truth(case, p, levels) for levels in asked}
        for k in range(len(party.preferences.statements)):
            lean = _without(truth, own, end, exits, k)
            if lean is not None:
                leans.append(Lean(p, k, lean))
    return tuple(leans)


def steps_that_pay(found: Ways, best: Way) -> int:
    """Return how many steps of a way are better for all their movers than to stay."""
    ranks = found.graph.ranks
    return sum(
        all(ranks[m].flat[step.target] > ranks[m].flat[step.source] for m in step.movers)
        for step in best.steps
    )


def _without(
    truth: dict[Levels, tuple[bool, ...]],
    own: Sequence[tuple[int, Levels, Levels]],
    end: Levels,
    exits: Sequence[Levels],
    dropped: int,
) -> int | None:
    """Return what fails without a wish: a step, or -1 for the end; None if nothing does."""

    def worth(levels: Levels, *, whole: bool) -> tuple[bool, ...]:
        told = truth[levels]
        return told if whole else told[:dropped] + told[dropped + 1 :]

    for k, before, after in own:
        paid = worth(after, whole=True) > worth(before, whole=True)
        if paid and not worth(after, whole=False) > worth(before, whole=False):
            return k
    if all(worth(e, whole=True) <= worth(end, whole=True) for e in exits) and any(
        worth(e, whole=False) > worth(end, whole=False) for e in exits
    ):
        return -1
    return None


def _truth(case: Case, party: Party, levels: Levels) -> tuple[bool, ...]:
    wants = case.parties[party].preferences
    holds = TruthAt(case, levels)
    return tuple(bool(holds(s.formula)) for s in getattr(wants, "statements", ()))


def _moves(case: Case, party: Party, levels: Levels) -> list[Levels]:
    """Return where one party can move alone; none if that is too much to look at."""
    axes = [case.axis_of[case.parties[party].name, o.name] for o in case.parties[party].options]
    if math.prod(case.shape[axis] for axis in axes) > MAX_MOVES:
        return []
    own = np.array(list(itertools.product(*(range(case.shape[axis]) for axis in axes))), np.int8)
    table = np.tile(np.array(levels, np.int8), (len(own), 1))
    table[:, axes] = own
    can = (table != levels).any(axis=1)
    holds = Rows(case.shape, table).truth(case)
    for rule in case.infeasible:
        can &= ~holds(rule.formula)
    found = map(tuple, table[can].tolist())
    return [new for new in found if may_change(case, levels, new)]

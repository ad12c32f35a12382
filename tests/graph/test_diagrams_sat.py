"""Decision diagrams at 2^40 to 2^60 states against a SAT solver, one state at a time."""

from __future__ import annotations

import numpy as np
import pytest
from by_solver import Question, conflict

from detente.graph import build, using
from detente.stability.registry import find

pytest.importorskip("dd.cudd")

from detente.graph.diagrams import large

SLOW = pytest.mark.slow
CLASSIC = ("nash", "gmr", "smr")


def compare(case, party, concept, samples, *, others=None):
    """Hold sampled states against the solver; return how many were found stable, and how many not.

    With ``others`` so many choices of the other parties are sampled, each with many of its own.
    """
    question = Question(case, party)
    stable = find(concept).stable(large(case), party)
    rng = np.random.default_rng(7)
    bits = question.size
    settings = [(rng.random(bits) < 0.5).tolist() for _ in range(others or 0)]
    seen = {True: 0, False: 0}
    for k in range(samples):
        state = (rng.random(bits) < 0.5).tolist()
        if settings:
            for option in question.others:
                state[option] = settings[k % len(settings)][option]
        fixed = question.others if settings else []
        if k % 2 and (near := pick(stable if k % 4 == 1 else ~stable, rng, state, fixed)):
            state = near
        verdict = stable.holds([int(x) for x in state])
        assert verdict == question.stays(concept, state), state
        seen[verdict] += 1
    return seen


def pick(states, rng, state, fixed):
    """A state of a set, its options settled in a random order, some as given; else None."""
    node, coding = states.node, states.coding
    for axis in fixed:
        node = node & coding.level(axis, int(state[axis]))
    if node == coding.bdd.false:
        return None
    found = list(state)
    for axis in rng.permutation([k for k in range(len(state)) if k not in fixed]).tolist():
        rest = node & coding.level(axis, int(found[axis]))
        if rest == coding.bdd.false:
            found[axis] = not found[axis]
            rest = node & coding.level(axis, int(found[axis]))
        node = rest
    return found


@pytest.mark.parametrize("samples", [8, pytest.param(340, marks=SLOW)], ids=["few", "a thousand"])
@pytest.mark.parametrize("concept", CLASSIC)
def test_sampled_states_are_stable_as_a_solver_says(concept, samples):
    case = conflict(5, (16, 16, 16))
    seen = [compare(case, party, concept, samples) for party in range(3)]
    assert all(sum(one[verdict] for one in seen) for verdict in (True, False))


@SLOW
@pytest.mark.parametrize("concept", CLASSIC)
def test_so_they_are_among_2_to_the_60(concept):
    case = conflict(6, (20, 20, 20), wishes=12)
    seen = [compare(case, party, concept, 334) for party in range(3)]
    assert all(sum(one[verdict] for one in seen) for verdict in (True, False))


SEQ = {
    "2^24": (4, (12, 6, 6), 40, 8, ()),
    "2^40": (2, (22, 9, 9), 334, 40, SLOW),
    "2^60": (3, (40, 10, 10), 334, 40, SLOW),
}


@pytest.mark.parametrize(
    ("size", "party"),
    [pytest.param(s, p, marks=SEQ[s][-1]) for s in SEQ for p in range(3)],
)
def test_sequential_verdicts_are_those_of_the_definition(size, party):
    seed, sizes, samples, others, _ = SEQ[size]
    sizes = sizes[1:][:party] + sizes[:1] + sizes[1:][party:]  # the party asked about has most
    seen = compare(conflict(seed + party, sizes), party, "seq", samples, others=others)
    assert min(seen.values()) > 0


def test_the_solver_says_what_arrays_say():
    case = conflict(8, (4, 3, 3))
    with using("arrays"):
        graph = build(case)
    for party in range(3):
        question = Question(case, party)
        for concept in (*CLASSIC, "seq"):
            stable = find(concept).stable(graph, party)
            for code in range(0, 1024, 11):
                state = [bool(code >> k & 1) for k in range(10)]
                wanted = bool(stable[tuple(int(x) for x in state)])
                assert question.stays(concept, state) == wanted

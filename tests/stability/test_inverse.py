"""Inverse analysis against trying all preferences, and against the forward verdicts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from detente.errors import CaseError
from detente.graph import Graph
from detente.stability.inverse import Requirement, count_rankings, inverse
from detente.stability.registry import CONCEPTS
from oracle import INDIVIDUAL, Conflict, minimal_sets, rankings_that_work
from oracle.cases import INVERSE_SYRIA, SYRIA, case_named, from_text
from strategies import QUICK, THOROUGH, graphs, rankings

INVERTIBLE = ("nash", "gmr", "smr", "seq", "sseq")


def flat(graph: Graph, state: tuple[int, ...]) -> int:
    return int(np.ravel_multi_index(state, graph.shape))


def sets_of(graph: Graph, requirement: Requirement) -> set[frozenset]:
    states = {
        lower: frozenset(tuple(map(int, np.unravel_index(s, graph.shape))) for s in lower)
        for lower in requirement.sets
    }
    assert len(states) == len(requirement.sets)
    return set(states.values())


@given(graph=graphs(max_cells=8), data=st.data(), name=st.sampled_from(INVERTIBLE))
@THOROUGH
def test_smallest_sets_are_those_of_all_preferences(graph, data, name):
    conflict = Conflict.from_graph(graph)
    e = data.draw(st.sampled_from(conflict.states))
    requirements = inverse(graph, flat(graph, e), name)
    assert [r.party for r in requirements] == list(conflict.parties)
    for requirement in requirements:
        expected = minimal_sets(conflict, INDIVIDUAL[name], requirement.party, e)
        assert sets_of(graph, requirement) == expected
        sizes = list(map(len, requirement.sets))
        assert sizes == sorted(sizes)


@given(graph=graphs(max_cells=16), data=st.data(), name=st.sampled_from(INVERTIBLE))
@QUICK
def test_inverse_agrees_with_forward(graph, data, name):
    # The sets decide, for the present preferences and for any others of the same party.
    e = data.draw(st.sampled_from(Conflict.from_graph(graph).states))
    for requirement in inverse(graph, flat(graph, e), name):
        party = requirement.party
        assert requirement.satisfied == CONCEPTS[name].stable(graph, party)[e]
        ranks = list(graph.ranks)
        ranks[party] = data.draw(rankings(graph.feasible))
        changed = replace(graph, ranks=tuple(ranks))
        not_better = set(np.flatnonzero(ranks[party] <= ranks[party][e]).tolist())
        enough = any(lower <= not_better for lower in requirement.sets)
        assert enough == CONCEPTS[name].stable(changed, party)[e]


@given(graph=graphs(max_cells=8), data=st.data(), name=st.sampled_from(INVERTIBLE))
@QUICK
def test_rankings_are_counted_as_if_tried_one_by_one(graph, data, name):
    assume(graph.n_states <= 5)
    conflict = Conflict.from_graph(graph)
    e = data.draw(st.sampled_from(conflict.states))
    for requirement in inverse(graph, flat(graph, e), name):
        expected = rankings_that_work(conflict, INDIVIDUAL[name], requirement.party, e)
        assert requirement.rankings == expected


# Source in tests/oracle/cases.py. Syria's preferences do not enter Iraq's stability under Nash,
# GMR and SMR, nor where Iraq has no improvement: there Syria's count is the count of equilibria.
@pytest.mark.parametrize(("number", "counts"), INVERSE_SYRIA.items())
def test_counts_of_syria_and_iraq(number, counts):
    graph = case_named("syria_iraq").graph
    conflict = Conflict.from_graph(graph)
    e = from_text(SYRIA[number])
    for name, count in counts.items():
        syria = inverse(graph, flat(graph, e), name)[0]
        if INDIVIDUAL["nash"](conflict, 1, e) or name in ("nash", "gmr", "smr"):
            iraq_stays = INDIVIDUAL[name](conflict, 1, e)
            assert (syria.rankings if iraq_stays else 0) == count, name


def test_worked_example_by_hand():
    # Syria at YNN can go to NNN and to NYN; Iraq answers the first by NNY and the second by NYY,
    # both to its own benefit. So (NNN or NNY) and (NYN or NYY) must not be better: 1 - 1/3 - 1/3
    # + 1/5 = 8/15 of 720.
    graph = case_named("syria_iraq").graph
    first, second = (
        [flat(graph, from_text(s)) for s in pair] for pair in (("NNN", "NNY"), ("NYN", "NYY"))
    )
    for name in ("gmr", "seq"):
        syria = inverse(graph, flat(graph, from_text("YNN")), name)[0]
        assert set(syria.sets) == {frozenset({a, b}) for a in first for b in second}
        assert syria.rankings == 384


# By hand: with none the answer is all of n!; with one state it is below in half; one of two
# apart states is below in 1 - 1/3; both in 1/3; no set at all never.
@pytest.mark.parametrize(
    ("sets", "count"),
    [([set()], 24), ([{1}], 12), ([{1}, {2}], 16), ([{1, 2}], 8), ([], 0), ([{1, 2, 3}], 6)],
)
def test_count_of_rankings_by_hand(sets, count):
    assert count_rankings([frozenset(s) for s in sets], 4) == count


def test_a_party_that_cannot_move_is_always_stable():
    graph = case_named("elmira").graph
    abandoned_after_order = from_text("Y2Y")  # only the local government still has a move
    ministry, uniroyal, local = inverse(graph, flat(graph, abandoned_after_order), "nash")
    assert ministry.sets == uniroyal.sets == (frozenset(),)
    assert local.sets == (frozenset({flat(graph, from_text("Y2N"))}),)


def test_other_concepts_are_refused():
    with pytest.raises(CaseError, match="not 'cnash'"):
        inverse(case_named("elmira").graph, 0, "cnash")

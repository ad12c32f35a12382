"""Moves under a condition: which there are, on every store, and what follows from them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings

import detente
from detente.case.files import parse
from detente.case.truth import may_change
from detente.errors import CaseError, LimitError
from detente.graph import build, using
from detente.graph.fan import Fan
from detente.graph.jointly import _step as joint_step
from detente.graph.moves import any_move
from detente.graph.slices import moves_at, sources_at
from detente.stability import registry
from oracle import COALITION, INDIVIDUAL, Conflict, fh, nonmyopic, pessimistic
from strategies import QUICK, THOROUGH, guarded_graphs
from strategies_case import cases, feasible_states, holds

TALKS = """\
parties:
  us:
    options:
      tariffs: Raise tariffs
      channel: Keep a channel
  china:
    options:
      channel:
        label: Keep a channel
        changes:
          - {to: yes, if: us.channel}
          - {to: no, then: not china.concede}
      concede: {label: Concede, changes: [[no, yes], {from: yes, to: no, if: us.tariffs}]}
preferences:
  us: [china.concede, not us.channel]
  china: [us.channel, china.channel]
"""
DEFINITIONS = {
    **{name: (holds, (2, 3)) for name, holds in INDIVIDUAL.items()},
    **{name: (holds, (2, 3)) for name, holds in COALITION.items()},
    "fh": (fh, (2, 3)),
    "nm": (nonmyopic, (2, 2)),
    "pessimistic3": (lambda conflict, i, s: pessimistic(conflict, 3, i, s), (2, 3)),
}


FEW = settings(QUICK, max_examples=25)


def case_of(text):
    return parse(text, file="t.yaml", name="t").case


def moves_by_hand(case):
    """Return (party, state, state) for every move, by the words of the file format."""
    states = feasible_states(case)
    key = [(p.name, o.name) for p, o in case.options]

    def passes(option, name, s, q):
        old, new = (option.levels.index(state[name]) for state in (s, q))
        if old == new or option.changes is None:
            return True
        asked = [g for g in option.guards if g.new == new and g.old in (None, old)]
        return (old, new) in option.changes and (
            not asked
            or any(
                (g.before is None or holds(g.before, case, s))
                and (g.after is None or holds(g.after, case, q))
                for g in asked
            )
        )

    return {
        (movers.pop(), tuple(s.values()), tuple(q.values()))
        for s, q in itertools.permutations(states, 2)
        if len(movers := {name[0] for name in key if s[name] != q[name]}) == 1
        and all(passes(o, name, s, q) for name, (_, o) in zip(key, case.options, strict=True))
    }


def moves_of(graph, case):
    def names(state):
        levels = graph.space.at(state)
        return tuple(o.levels[k] for (_, o), k in zip(case.options, levels, strict=True))

    return {
        (graph.parties[p], names(s), names(int(q)))
        for p in range(len(graph.parties))
        for s in range(graph.n_states)
        for q in moves_at(graph, p, s)
    }


@settings(QUICK, max_examples=60)
@given(cases(max_cells=12, guards=True))
def test_the_moves_are_those_that_the_file_allows(case):
    as_the_file_allows(case)


@pytest.mark.slow
@THOROUGH
@given(cases(max_cells=24, guards=True))
def test_the_moves_are_those_that_the_file_allows_often(case):
    as_the_file_allows(case)


def as_the_file_allows(case):
    if not feasible_states(case):
        return
    try:
        with using("list"):
            graph = build(case)
    except (CaseError, LimitError):
        return  # a ranking that does not fit, or weights of sizes too far apart to be added
    wanted = moves_by_hand(case)
    assert moves_of(graph, case) == wanted
    at = [graph.space.at(s) for s in range(graph.n_states)]
    found = {
        (s, q)
        for s, q in itertools.permutations(range(graph.n_states), 2)
        if len({graph.owner[k] for k in range(len(at[s])) if at[s][k] != at[q][k]}) == 1
        and may_change(case, at[s], at[q])
    }
    assert len(found) == len(wanted)


@QUICK
@given(guarded_graphs())
def test_every_way_of_asking_finds_the_same_moves(graph):
    conflict = Conflict.from_graph(graph)
    states = np.arange(graph.n_states)
    for party in conflict.parties:
        wanted = {(s, q) for s in conflict.states for q in conflict.moves[party][s]}
        number = {s: k for k, s in enumerate(conflict.states)}
        pairs = {(number[s], number[q]) for s, q in wanted}
        assert {(s, int(q)) for s in states for q in moves_at(graph, party, int(s))} == pairs
        back = {
            (int(s), q)
            for q in states.tolist()
            for s in sources_at(graph, party, q, improving=False)
        }
        assert back == pairs
        moves = Fan(graph, party)(states)
        assert {(int(s), int(q)) for s, q in zip(*moves, strict=True)} == pairs
        some = states % 3 == 0
        into = any_move(some, graph, party)
        assert set(np.flatnonzero(into)) == {s for s, q in pairs if some[q]}
        source, target = np.meshgrid(states, states, indexing="ij")
        same = np.ones(source.shape, bool)  # joint steps are asked within a slice only
        for axis, owner in enumerate(graph.owner):
            if owner != party:
                level = graph.rows.table[:, axis]
                same &= level[source] == level[target]
        joint = joint_step(source.ravel(), target.ravel(), graph, (party,)).reshape(same.shape)
        assert set(zip(*np.nonzero(joint & same), strict=True)) == pairs


@QUICK
@given(guarded_graphs())
def test_transitivity_is_found_out(graph):
    conflict = Conflict.from_graph(graph)
    bound = {graph.owner[guard.axis] for guard in graph.guards}
    for party in conflict.parties:
        moves = conflict.moves[party]
        wanted = all(
            r in (s, *moves[s]) for s in conflict.states for q in moves[s] for r in moves[q]
        )
        if party in bound:
            assert graph.transitive[party] == wanted
        elif graph.transitive[party]:  # without conditions it is told from the changes alone
            assert wanted


@pytest.mark.parametrize("name", DEFINITIONS)
def test_every_concept_respects_them(name):
    check(name, FEW)


@pytest.mark.slow
@pytest.mark.parametrize("name", DEFINITIONS)
def test_every_concept_respects_them_often(name):
    check(name, THOROUGH)


def check(name, how_often):
    concept = registry.find(name)
    definition, parties = DEFINITIONS[name]
    cells = 24 if concept.over == "party" else 16

    @how_often
    @given(guarded_graphs(parties=parties, max_cells=cells))
    def compare(graph):
        conflict = Conflict.from_graph(graph)
        asked = conflict.parties if concept.over == "party" else conflict.coalitions()
        for focal in asked:
            found = concept.stable(graph, focal)
            wanted = [bool(definition(conflict, focal, s)) for s in conflict.states]
            assert found.tolist() == wanted, (name, focal)

    compare()


def test_a_channel_opens_under_talks_only():
    # By hand: states are us.tariffs, us.channel, china.channel, china.concede. From NNNN China may
    # concede, not open its channel; from NYNN it may do both.
    graph = build(case_of(TALKS))
    assert graph.space.name == "list"
    assert _where_to(graph, "NNNN") == {"NNNY"}
    assert _where_to(graph, "NYNN") == {"NYYN", "NYNY", "NYYY"}
    assert _where_to(graph, "NNYY") == set()  # not back on its word, no concession left standing
    assert _where_to(graph, "YNYY") == {"YNYN", "YNNN"}
    assert graph.transitive == (True, False)  # YNYN to YNNN to YNNY, never YNYN to YNNY


def _where_to(graph, code):
    levels = ["NY".index(letter) for letter in code]
    return set(graph.codes(moves_at(graph, 1, graph.space.find(levels))))


def test_arrays_refuse_them_plainly():
    case = case_of(TALKS)
    with using("arrays"), pytest.raises(LimitError, match="need a list of states"):
        detente.stability(case)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ("{to: perhaps, if: a.y}", "unknown level 'perhaps'"),
        ("{from: perhaps, to: yes, if: a.y}", "unknown level 'perhaps'"),
        ("{to: yes, if: a.z}", "unknown option 'a.z'"),
        ("{to: yes, then: a.y and}", "1:"),
        ("{if: a.y}", "'to' is missing"),
        ("{to: yes, if: a.y}, [no, yes]", "stands here with a condition and elsewhere without"),
        ("{from: yes, to: yes, if: a.y}", "from 'yes' to itself is no change"),
    ],
)
def test_mistakes_are_told(changes, message):
    text = f"parties: {{a: {{options: {{x: {{changes: [{changes}]}}, y: Y}}}}}}"
    with pytest.raises(CaseError) as raised:
        parse(text, file="t.yaml", name="t")
    assert message in str(raised.value)

"""Decision diagrams give the answers of the arrays, to the last of very many states."""

from __future__ import annotations

import gc
import itertools
import sys
import time
from dataclasses import replace

import numpy as np
import pytest
from any_case import any_case
from hypothesis import example, given, settings
from hypothesis import strategies as st

import detente
from detente.case import formula as fm
from detente.case.files import parse
from detente.case.model import Ranking, Refusal, Statements, Weights
from detente.errors import CaseError, DetenteError, LimitError
from detente.graph import build, using
from detente.graph.find import find_state
from detente.graph.paths import layers, shortest
from detente.stability import registry
from detente.stability.aims import aims
from detente.stability.analysis import Verdicts, tasks, work
from detente.stability.tally import nearest_to
from strategies import QUICK
from strategies_case import cases

pytest.importorskip("dd.cudd")

from detente.graph.diagrams import Where, large, manager
from detente.graph.diagrams.finding import find_levels
from detente.graph.diagrams.ways import nearest
from detente.graph.diagrams.ways import shortest as way_between
from detente.stability.symbolic import cover, large_reason
from detente.wayout import symbolic
from detente.wayout import who as agreement_who
from detente.wayout import zone as agreement

FIVE = ("nash", "gmr", "smr", "seq", "sseq")
THOROUGH = settings(QUICK, max_examples=60)
FEW = settings(QUICK, max_examples=40)


def conflicts(cells):
    """Cases in which somebody mostly wants something, which those of every shape seldom are."""
    wishing = st.integers(0, 1 << 30).map(lambda seed: any_case(seed, cells))
    return st.one_of(wishing, wishing, cases(max_cells=32, guards=True))


def both(case):
    """The case in arrays and on diagrams; None where it cannot be."""
    try:
        with using("list" if case.guarded else "arrays"):
            return build(case), large(case)
    except DetenteError:
        return None


def rows(graph, states):
    return [graph.space.at(int(s)) for s in np.flatnonzero(states)]


@THOROUGH
@given(conflicts(128))
def test_five_concepts_say_the_same(case):
    if (pair := both(case)) is None:
        return
    graph, diagrams = pair
    assert diagrams.n_states == graph.n_states
    for name in (*FIVE, "pessimistic4"):
        concept = registry.find(name)
        for party in range(len(graph.parties)):
            wanted = rows(graph, concept.stable(graph, party))
            found = concept.stable(diagrams, party)
            assert list(found.each()) == wanted
            assert found.size() == len(wanted)


@FEW
@given(cases(max_cells=48))
def test_what_is_refused_of_arrays_is_refused_of_diagrams(case):
    refused = []
    for make in (build, large):
        try:
            with using("arrays"):
                make(case)
            refused.append(False)
        except CaseError:
            refused.append(True)
        except LimitError:
            return  # weights too far apart for arrays to add exactly
    assert refused[0] == refused[1]


def test_every_kind_of_wish_is_drawn():
    # That the random cases above have them all; else the tests would say less than they seem to.
    drawn = [any_case(seed, 64) for seed in range(40)]
    met = {type(p.preferences) for case in drawn for p in case.parties}
    assert met == {Ranking, Statements, Weights}
    assert any(o.changes is not None for case in drawn for _, o in case.options)
    assert {2, 3, 4} <= {n for case in drawn for n in case.shape}


@FEW
@given(conflicts(64), st.integers(0, 999), st.integers(1, 3))
def test_a_cover_holds_the_set_and_nothing_else(case, seed, limit):
    if (pair := both(case)) is None:
        return
    graph, diagrams = pair
    some = (np.random.default_rng(seed).random(graph.shape) < 0.5) & graph.feasible
    node = diagrams.coding.any_of(map(diagrams.coding.state, rows(graph, some)))
    for most in (limit, 1000):
        found = cover(diagrams, Where(diagrams.coding, node), limit=most)
        fits = [np.ones(graph.shape, bool) for _ in found.patterns]
        for at, pattern in zip(fits, found.patterns, strict=True):
            for axis, level in enumerate(pattern):
                if level is not None:
                    at &= graph.space.line(axis, [level])
        covered = np.logical_or.reduce([np.zeros(graph.shape, bool), *fits]) & graph.feasible
        assert not (covered & ~some).any()
        assert len(fits) <= most
        assert found.left_out == int((some & ~covered).sum())
        assert found.states == int(some.sum())
        assert list(found.counts) == [int((at & some).sum()) for at in fits]
    assert found.left_out == 0
    for k in range(len(fits)):
        others = np.logical_or.reduce([np.zeros(graph.shape, bool), *fits[:k], *fits[k + 1 :]])
        assert (fits[k] & some & ~others).any(), "a pattern could be left out"


@FEW
@given(conflicts(64), st.integers(0, 999), st.booleans())
def test_shortest_ways_are_as_long_as_over_arrays(case, seed, improving):
    if (pair := both(case)) is None:
        return
    graph, diagrams = pair
    everybody = range(len(graph.parties))
    rng = np.random.default_rng(seed)
    at = np.flatnonzero(graph.feasible)
    start = int(rng.choice(at))
    goal = np.zeros(graph.shape, bool)
    goal.flat[rng.choice(at, 2)] = True
    wanted = shortest(graph, start, goal, everybody, improving=improving)
    aim = Where(
        diagrams.coding, diagrams.coding.any_of(map(diagrams.coding.state, rows(graph, goal)))
    )
    found = way_between(diagrams, graph.space.at(start), aim, everybody, improving=improving)
    assert found.found == bool(wanted.sequences)
    if found.found:
        assert len(found.moves) == wanted.length
        steps = [
            tuple((s.mover, graph.space.at(s.source), graph.space.at(s.target)) for s in sequence)
            for sequence in shortest(
                graph, start, goal, everybody, improving=improving, limit=10_000
            ).sequences
        ]
        assert tuple((g.mover, g.source, g.target) for g in found.moves) in steps
    here = graph.space.at(start)
    assert nearest(diagrams, aim, here) == graph.space.at(nearest_to(goal, here, graph.space))


@FEW
@given(conflicts(64), st.integers(0, 999))
def test_reasons_at_one_state_agree_with_the_verdicts(case, seed):
    if (pair := both(case)) is None:
        return
    graph, diagrams = pair
    start = int(np.random.default_rng(seed).choice(np.flatnonzero(graph.feasible)))
    levels = graph.space.at(start)
    for name in FIVE:
        concept = registry.find(name)
        for party in range(len(graph.parties)):
            told = large_reason(diagrams, concept, party, levels)
            assert told.stays == bool(concept.stable(graph, party).flat[start])
            if told.move is not None:
                ranks = graph.ranks[party]
                assert ranks.flat[graph.space.find(told.move)] > ranks.flat[start]
                assert told.answer.found == told.stays
                if told.stays:
                    end = told.answer.moves[-1].target
                    assert ranks.flat[graph.space.find(end)] <= ranks.flat[start]


@FEW
@given(conflicts(64))
def test_the_nearest_equilibrium_is_the_same_on_every_store(case):
    if (pair := both(case)) is None:
        return
    case = replace(case, status_quo=rows(pair[0], pair[0].feasible)[0])
    found = []
    for store in ("arrays", "list", "diagrams"):
        try:
            with using(store):
                graph = large(case) if store == "diagrams" else build(case)
        except DetenteError:
            return
        asked = tasks(graph, [registry.find("nash"), registry.find("seq")])
        result = Verdicts(case, graph, asked, tuple(work(graph, asked)))
        found.append(
            [(a.concept, a.states, a.nearest, len(a.way.moves)) for a in aims(result, None)]
        )
    assert found[0] == found[1] == found[2]


# Two of three can come in two moves to a state three options away, in three to one two away.
@example(any_case(273878765, 64), 0)
@FEW
@given(conflicts(64), st.integers(0, 999))
def test_zone_and_who_are_those_of_arrays(case, seed):
    if (pair := both(case)) is None:
        return
    graph, diagrams = pair
    rng = np.random.default_rng(seed)
    start = int(rng.choice(np.flatnonzero(graph.feasible)))
    levels = graph.space.at(start)
    members = range(1 + seed % len(graph.parties))
    concepts = [registry.find("nash"), registry.find("seq")]
    wanted = agreement.zone(case, graph, start, members, concepts)
    found = symbolic.zone(diagrams, levels, members, concepts)
    for dense, ours in (
        (wanted.states, found.states),
        (wanted.weak, found.weak),
        (wanted.reachable, found.reachable),
        (wanted.willingly, found.willingly),
        *zip(wanted.without, found.without, strict=True),
        *((a, b) for (_, a), (_, b) in zip(wanted.hold, found.hold, strict=True)),
    ):
        assert list(ours.each()) == rows(graph, dense)
    assert found.stays == wanted.stays
    assert found.pareto is not None
    assert list(found.pareto.each()) == rows(graph, agreement.pareto(graph, wanted.states, members))
    some = (rng.random(graph.shape) < 0.4) & graph.feasible
    node = diagrams.coding.any_of(map(diagrams.coding.state, rows(graph, some)))
    dense_power = agreement_who.who(graph, start, some)
    power = symbolic.who(diagrams, levels, Where(diagrams.coding, node))
    for a, b in ((dense_power.any_moves, power.any_moves), (dense_power.would, power.would)):
        for theirs, ours in ((a.makers, b.makers), (a.preventers, b.preventers)):
            assert [(m.group, len(m.moves)) for m in theirs] == (
                [(m.group, len(m.way.moves)) for m in ours]
            )


def test_numbers_beyond_floating_point_are_whole():
    """2^60 less one state: a float would round it off."""
    options = "".join(f"o{k}: O{k}, " for k in range(60))
    text = f"parties: {{a: {{name: A, options: {{{options}}}}}}}\npreferences: {{a: [a.o0]}}\n"
    rule = "infeasible: [" + " and ".join(f"a.o{k}" for k in range(60)) + "]\n"
    case = parse("title: T\n" + text + rule, file="t.yaml", name="t").case
    diagrams = large(case)
    assert diagrams.n_states == 2**60 - 1
    # By hand: a prefers o0; it can always take it, so just the states with o0 hold.
    assert registry.find("nash").stable(diagrams, 0).size() == 2**59 - 1


def test_a_state_is_told_from_a_formula_as_long_as_it():
    text = """\
parties: {a: {options: {o0: O, o1: O, o2: O, o3: {label: O, levels: [none, some, all]}}}}
infeasible: [a.o0 and (a.o1 or a.o2 or a.o3)]
preferences: {a: [a.o0]}
"""
    case = parse(text, file="t.yaml", name="t").case
    graph = build(case)
    for said in ("a.o0", "YNN0"):
        assert find_levels(case, large(case), said) == (1, 0, 0, 0)
        assert graph.space.at(find_state(case, graph, said)) == (1, 0, 0, 0)


def test_a_set_knows_the_strings_of_its_states():
    case = detente.load("elmira")
    graph = large(case)
    found = graph.states(graph.satisfying(fm.parse("moe.modify and local.insist")))
    strings = map("".join, itertools.product("NY", "012", "NY"))
    assert [s for s in strings if s in found] == [*found] == ["Y0Y", "Y1Y", "Y2Y"]
    assert all(odd not in found for odd in ("Y3Y", "Y0X", "Y0", "Y0YY", 5))


def test_a_concept_that_diagrams_cannot_tell_is_refused_by_name():
    case = detente.load("elmira")
    with using("diagrams"), pytest.raises(LimitError, match="'sim' is not worked out on decision"):
        detente.stability(case, ["sim"])
    with (
        using("diagrams"),
        pytest.raises(LimitError, match="stability, explain, path, zone and who"),
    ):
        detente.unlock(case, "moe.modify")


def test_diagrams_stop_at_the_memory_that_may_be_used():
    with using("diagrams"), pytest.raises(LimitError, match=r"and 1\.0 KiB may be used"):
        detente.stability(detente.load("korea-2018"), ["gmr"], max_memory=1 << 10)
    kept = large(detente.load("elmira"), 48 << 20).coding.bdd.configure()
    assert kept["max_memory"] == 48 << 20


@FEW
@given(conflicts(64), st.integers(0, 999))
def test_a_way_is_the_shortest_and_says_what_it_breaks(case, seed):
    if (pair := both(case)) is None:
        return
    graph, diagrams = pair
    everybody = range(len(graph.parties))
    rng = np.random.default_rng(seed)
    start = int(rng.choice(np.flatnonzero(graph.feasible)))
    goal = fm.OptionIs(*case.option_names[-1].split("."))
    mask = graph.where(graph.truth(case), goal)
    said = Refusal("r1", "p0", fm.Not(fm.OptionIs(*case.option_names[0].split("."))), 2)
    case = replace(case, refusals=(said,), conditions=())
    found = symbolic.path(diagrams, case, graph.space.at(start), diagrams.satisfying(goal))
    for way, improving in ((found.way, False), (found.willingly, True)):
        wanted = shortest(graph, start, mask, everybody, improving=improving)
        if improving and not found.way.found:
            assert way is None
            continue
        assert way.found == bool(wanted.sequences)
        assert not way.found or len(way.moves) == wanted.length
    states = [graph.space.at(start), *(go.target for go in found.way.moves)]
    taken = [levels[0] > 0 for levels in states]  # to refuse that it is not taken is to want it
    first = next((k for k, yes in enumerate(taken) if not yes), None) if taken[0] else None
    assert found.breaks == tuple(("r1",) if first == k else () for k in range(1, len(states)))
    if not found.way.found and mask.any():
        within = layers(graph, start, everybody, improving=False).reached() >= 0
        away = graph.space.away(mask).ravel()
        near = graph.space.find(found.nearest)
        assert within[near]
        assert away[near] == away[within].min()


def test_each_step_of_a_way_tells_which_words_it_is_the_first_to_break():
    text = """\
parties: {a: {options: {x: X}}, b: {options: {y: Y}}}
infeasible: [b.y and not a.x]
status_quo: []
preferences: {a: [a.x], b: [b.y]}
refusals: [{id: first, party: a, refuses: a.x}, {id: then, party: b, refuses: b.y}]
"""
    case = parse(text, file="t.yaml", name="t").case
    graph = large(case)
    found = symbolic.path(graph, case, (0, 0), graph.satisfying(fm.parse("b.y")))
    assert found.breaks == (("first",), ("then",))


def test_a_path_among_very_many_states_is_told():
    with using("diagrams"):
        found = detente.path(detente.load("korea-2018"))
    # By hand: North Korea sits down, then the United States does; nothing shorter can be.
    assert [go.mover for go in found.very_many.way.moves] == [1, 0]
    document = found.document()
    assert document["found"]
    assert document["breaks"] == [name for step in document["steps"] for name in step["breaks"]]
    assert "breaks what was said" in str(found)
    assert [len(table.rows) for table in found.tables()] == [2]


def test_what_is_known_is_kept_where_diagrams_grow_too_large(monkeypatch, run):
    calls = iter(range(1000))

    def check(self, since=None, patience=0):
        if next(calls) == 30:
            raise LimitError("too large; ask one state")

    monkeypatch.setattr("detente.graph.diagrams.coding.Coding.check", check)
    with using("diagrams"):
        result = detente.stability(detente.load("elmira"))
    assert 0 < len(result.verdicts) < 12
    assert result.stopped == "too large; ask one state"
    assert not result.complete
    calls = iter(range(1000))
    ran = run("stability", "elmira", "--store", "diagrams")
    assert ran.code == 2
    assert "stopped: too large; ask one state; " in ran.err


def test_garbage_that_holds_diagrams_is_cleared_without_complaint(monkeypatch):
    said = []
    monkeypatch.setattr(sys, "unraisablehook", lambda told: said.append(str(told.exc_value)))
    graph = large(detente.load("elmira"))
    knot: list[object] = [graph]
    knot.append(knot)  # as an error's traceback and its frame hold each other
    del graph, knot
    gc.collect()
    assert said == []
    assert manager._outliving == []


def test_one_operation_does_not_outgrow_the_memory():
    options = ", ".join(f"o{k}: O{k}" for k in range(60))
    text = f"title: T\nparties: {{a: {{name: A, options: {{{options}}}}}}}\n"
    coding = large(parse(text, file="t.yaml", name="t").case).coding
    coding.bdd.configure(reordering=False, max_memory=24 << 20)
    pairs = [coding.same(coding.level(k, 1), coding.level(k + 30, 1)) for k in range(30)]
    with pytest.raises(LimitError, match="for seq one state at a time"), coding.bounded():
        coding.all_of(pairs)  # 2^30 nodes in this order of variables


def test_a_search_that_takes_too_long_is_given_up():
    coding = large(detente.load("elmira")).coding
    coding.check(time.monotonic())
    with pytest.raises(LimitError, match="has not come to an end within 10 minutes; ask nash"):
        coding.check(time.monotonic() - 601)

"""Who can bring about, who can prevent: against sets and loops, by hand, against known figures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import detente
from detente.case.formula import parse
from detente.case.model import Case, Option, Party, Rule
from detente.errors import LimitError
from detente.graph import Graph, build
from detente.graph.find import find_states, status_quo
from detente.wayout import who as module
from detente.wayout.who import Power, Short, safe, who
from oracle import agreement
from oracle.conflict import Conflict, State
from oracle.joint import improvements
from oracle.status_quo import shortest_sequences
from strategies import graphs, guarded_graphs

MANY = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def questions(draw: st.DrawFn) -> tuple[Graph, int, np.ndarray]:
    graph = draw(st.one_of(graphs(parties=(1, 4), max_cells=32), guarded_graphs()))
    start = draw(st.sampled_from(np.flatnonzero(graph.feasible).tolist()))
    kept = draw(st.lists(st.booleans(), min_size=graph.feasible.size, max_size=graph.feasible.size))
    return graph, start, np.array(kept, bool).reshape(graph.shape)


def unflat(graph: Graph, state: int) -> State:
    return graph.space.at(state)


def walk(c: Conflict, graph: Graph, start: State, moves, movers, improving: bool) -> State:
    """Follow a sequence and see that it is legal and only of the movers."""
    here, last = start, None
    for move in moves:
        assert unflat(graph, move.source) == here
        assert move.mover in movers
        assert move.mover != last
        there = unflat(graph, move.target)
        reach = improvements(c, move.mover, here) if improving else c.moves[move.mover][here]
        assert there in reach
        here, last = there, move.mover
    return here


@MANY
@given(questions())
def test_the_smallest_groups_are_those_of_the_definition(drawn):
    graph, start, target = drawn
    found = who(graph, start, target)
    c = Conflict.from_graph(graph)
    today = unflat(graph, start)
    within = {s for s in c.states if target.flat[graph.space.find(s)]}
    aims = (within, set(c.states) - within)
    for power, improving in ((found.any_moves, False), (found.would, True)):
        sides = (power.makers, power.short_of_making), (power.preventers, power.short_of_preventing)
        for (able, short), aim in zip(sides, aims, strict=True):
            assert {means.group for means in able} == agreement.smallest(c, today, aim, improving)
            assert len({means.group for means in able}) == len(able)
            for means in able:
                end = walk(c, graph, today, means.moves, means.group, improving=False)
                assert end == unflat(graph, means.end)
                ends = agreement.can(c, means.group, today, aim, improving)
                near = {s for s in ends if apart(s, today) == min(apart(q, today) for q in ends)}
                assert end in near
                assert len(means.moves) == fewest(c, today, near, means.group)
            wanted = {
                (tuple(j for j in means.group if j != i), i) for means in able for i in means.group
            }
            assert {(s.group, s.lacking) for s in short} == wanted
            for lack in short:
                check_short(c, graph, today, aim, lack, improving)


def apart(s: State, q: State) -> int:
    return sum(a != b for a, b in zip(s, q, strict=True))


def fewest(c: Conflict, today: State, ends: set[State], group: tuple[int, ...]) -> int:
    """The least number of moves of a group to one of some states it can go to."""
    if today in ends:
        return 0
    ways = shortest_sequences(c, today, False, group)
    return min(len(next(iter(ways[end]))) for end in ends & set(ways))


def check_short(
    c: Conflict, graph: Graph, today: State, aim: set[State], lack: Short, improving: bool
) -> None:
    """A group falls short because it does not get there, or because the others undo it."""
    assert not agreement.can(c, lack.group, today, aim, improving)
    end = walk(c, graph, today, lack.moves, lack.group, improving=False)
    mine = {today, *agreement.joint(c, lack.group, today)}
    assert lack.reaches == bool(mine & aim)
    if not lack.reaches:
        assert (lack.moves, lack.undone) == ((), ())
        return
    assert end in aim
    assert walk(c, graph, end, lack.undone, c.others(lack.group), improving) not in aim


@MANY
@given(questions())
def test_laws(drawn):
    graph, start, target = drawn
    found = who(graph, start, target)
    turned = who(graph, start, ~target)
    for power, other in ((found.any_moves, turned.any_moves), (found.would, turned.would)):
        assert (power.makers, power.preventers) == (other.preventers, other.makers)
        for able in (power.makers, power.preventers):
            groups = [set(m.group) for m in able]
            assert not any(a < b for a in groups for b in groups)
    # Whoever can against everything can against improvements alone.
    for strong, weak in (
        (found.any_moves.makers, found.would.makers),
        (found.any_moves.preventers, found.would.preventers),
    ):
        for means in strong:
            assert any(set(less.group) <= set(means.group) for less in weak)


def test_a_way_out_may_need_somebody_else_between_two_moves_of_one():
    # By hand: a rises one level at a time, and nobody moves twice in a row. From none it comes to
    # all only where b, who takes x and keeps it, has that move still to make in between.
    o, x = np.indices((3, 2), np.int8)
    by_one = abs(np.subtract.outer(range(3), range(3))) <= 1
    graph = Graph(
        parties=("a", "b"),
        options=("a.o", "b.x"),
        owner=(0, 1),
        changes=(by_one, np.ones((2, 2), bool)),
        feasible=np.ones((3, 2), bool),
        ranks=(o, x),
    )
    assert np.argwhere(safe(graph, o < 2, (0, 1), improving=True)).tolist() == [[0, 1]]


def names(case: Case, able) -> list[str]:
    return ["+".join(case.party_names[i] for i in means.group) for means in able]


def asked(
    case: Case, target: str
) -> tuple[tuple[list[str], list[str]], tuple[list[str], list[str]]]:
    graph = build(case)
    found = who(graph, status_quo(case, graph), find_states(case, graph, target))

    def both(power: Power) -> tuple[list[str], list[str]]:
        return names(case, power.makers), names(case, power.preventers)

    return both(found.any_moves), both(found.would)


# Found by an independent program; "" is the group of nobody.
KOREA = [
    ("korea-2017", "talks", (["usa+prk"], ["usa", "prk"]), (["usa+prk"], [""])),
    ("korea-2017", "war", (["usa", "prk"], ["usa+prk"]), (["usa", "prk"], ["usa"])),
    ("korea-2018", "talks", (["usa+prk"], ["usa", "prk"]), (["usa+prk"], ["usa", "prk", "rok"])),
    ("korea-2018", "war", (["usa", "prk"], ["usa+prk"]), (["usa", "prk"], [""])),
]


@pytest.mark.parametrize(("name", "target", "any_moves", "would"), KOREA)
def test_known_figures_of_korea(name, target, any_moves, would):
    assert asked(detente.load(name), target) == (any_moves, would)


@pytest.mark.parametrize("name", ["korea-2017", "korea-2018"])
def test_what_one_party_alone_decides(name):
    case = detente.load(name)
    assert asked(case, "prk.disarm = pledged")[0] == (["prk"], ["prk"])


def test_rules_between_parties_make_nobody_master_of_what_it_cannot_set_off():
    # By hand: Ally may answer only where Main strikes (the rule), so all states in which it
    # answers are strikes. Yet today, without a strike, it can set off nothing; Main decides.
    people = (
        Party("main", "Main", (Option("strike", "Strike", changes=frozenset({(0, 1)})),)),
        Party("ally", "Ally", (Option("answer", "Answer"),)),
    )
    rule = Rule(parse("ally.answer and not main.strike"))
    case = Case("trap", "A trap", people, infeasible=(rule,), status_quo=(0, 0))
    assert asked(case, "main.strike")[0] == (["main"], ["main"])


def test_how_a_group_falls_short():
    # By hand: a door with two locks. Each can open its own; it stands open only if both did, and
    # each can lock again. Together they bring it about; either alone prevents it. One alone gets
    # no open door: what it lacks is the other's move.
    people = tuple(Party(p, p.title(), (Option("open", "Unlock"),)) for p in ("ann", "ben"))
    case = Case("door", "A door", people, status_quo=(0, 0))
    graph = build(case)
    found = who(graph, 0, find_states(case, graph, "ann.open and ben.open"))
    assert names(case, found.any_moves.makers) == ["ann+ben"]
    assert names(case, found.any_moves.preventers) == ["ann", "ben"]
    assert found.any_moves.preventers[0].moves == ()
    assert len(found.any_moves.makers[0].moves) == 2
    assert [(s.group, s.lacking, s.reaches) for s in found.any_moves.short_of_making] == [
        ((1,), 0, False),
        ((0,), 1, False),
    ]
    # Nobody at all falls short of preventing by one: the door is shut, and both could open it.
    short = found.any_moves.short_of_preventing
    assert [(s.group, s.lacking, len(s.undone)) for s in short] == [((), 0, 2), ((), 1, 2)]


def test_what_holds_for_ever_needs_nobody_and_what_cannot_be_is_in_nobodys_power():
    people = (Party("ann", "Ann", (Option("open", "Unlock"),)),)
    case = Case("door", "A door", people, status_quo=(0,))
    graph = build(case)
    found = who(graph, 0, graph.feasible)
    assert names(case, found.any_moves.makers) == [""]
    assert found.any_moves.preventers == ()


def test_too_many_parties_are_refused_by_name():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MAX_PARTIES", 1)
        case = detente.load("elmira")
        graph = build(case)
        with pytest.raises(LimitError, match=r"3 parties have options.*at most 1 are"):
            who(graph, 0, graph.feasible)

"""The conflict as arrays: what it refuses, what it derives, and how a case becomes one."""

from __future__ import annotations

import gc
import weakref
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given

from detente.case.formula import parse
from detente.case.model import Case, Option, Party, Ranking, Rule, Statement, Statements, Weights
from detente.errors import CaseError, LimitError, ShapeError
from detente.graph import Graph, build, climb
from detente.questions.loading import load
from oracle import Conflict
from oracle.cases import case_named
from strategies import QUICK, graphs


def parts(**changed):
    """A graph of two options, of two and three levels, with some parts replaced."""
    shape = (2, 3)
    plain = {
        "parties": ("a", "b"),
        "options": ("a.x", "b.y"),
        "owner": (0, 1),
        "changes": (np.ones((2, 2), bool), np.ones((3, 3), bool)),
        "feasible": np.ones(shape, bool),
        "ranks": (np.zeros(shape, np.int8), np.zeros(shape, np.int8)),
    }
    return plain | changed


def test_two_options_of_unequal_levels_fit():
    assert Graph(**parts()).shape == (2, 3)


@pytest.mark.parametrize(
    "changed",
    [
        {"options": ("a.x",)},
        {"owner": (0,)},
        {"changes": (np.ones((2, 2), bool),)},
        {"ranks": (np.zeros((2, 3), np.int8),)},
        {"owner": (1, 0)},
        {"changes": (np.ones((2, 2), bool), np.ones((2, 2), bool))},
        {"changes": (np.ones((2, 2), bool), ~np.eye(3, dtype=bool))},
        {"ranks": (np.zeros((2, 3), np.int8), np.zeros((3, 2), np.int8))},
        {"ranks": (np.zeros((2, 3), np.int8), np.zeros(6, np.int8))},
        {"ranks": (np.zeros((2, 3), np.int8), np.zeros((2, 3, 1), np.int8))},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_parts_that_do_not_fit_are_refused(changed):
    with pytest.raises(ShapeError):
        Graph(**parts(**changed))


def test_arrays_cannot_be_written_to():
    graph = Graph(**parts())
    for array in (graph.feasible, *graph.ranks, *graph.changes):
        with pytest.raises(ValueError, match="read-only"):
            array[(0,) * array.ndim] = 0


@given(graphs())
@QUICK
def test_axes_are_the_own_options(graph):
    for party, own in enumerate(graph.axes):
        assert list(range(own.start, own.stop)) == [
            axis for axis, owner in enumerate(graph.owner) if owner == party
        ]
        assert graph.others(party) == tuple(p for p in range(len(graph.parties)) if p != party)


@given(graphs(all_feasible=True))
@QUICK
def test_transitive_means_that_two_moves_are_one(graph):
    conflict = Conflict.from_graph(graph)
    assert graph.n_states == len(conflict.states)
    for party, reach in enumerate(conflict.moves):
        two_are_one = all(
            r == s or r in reach[s] for s in conflict.states for q in reach[s] for r in reach[q]
        )
        assert graph.transitive[party] == two_are_one


@given(graphs(transitive=True))
@QUICK
def test_infeasible_states_do_not_break_transitivity(graph):
    conflict = Conflict.from_graph(graph)
    for reach in conflict.moves:
        for s in conflict.states:
            assert all(r == s or r in reach[s] for q in reach[s] for r in reach[q])
    assert all(graph.transitive)


SYRIA_OPTIONS = (Option("release", "Release water"), Option("escalate", "Escalate"))
IRAQ_OPTIONS = (Option("attack", "Attack"),)
RULE = Rule(parse("syria.release and syria.escalate"))


def state(release, escalate, attack):
    """The formula that pins a state of Syria and Iraq down."""
    words = {"syria.release": release, "syria.escalate": escalate, "iraq.attack": attack}
    return parse(" and ".join(word if taken else f"not {word}" for word, taken in words.items()))


def syria_iraq(syria, iraq, rules=(RULE,)):
    parties = (
        Party("syria", "Syria", SYRIA_OPTIONS, syria),
        Party("iraq", "Iraq", IRAQ_OPTIONS, iraq),
    )
    return Case("syria_iraq", "Syria and Iraq", parties, infeasible=rules)


# [HipelKilgourKinsara2014]_: the statements of both parties, and the rankings that follow.
SYRIA_WANTS = (state(0, 0, 0), *map(parse, ("syria.escalate", "not iraq.attack")))
SYRIA_WANTS += (parse("not syria.release"),)
IRAQ_WANTS = (state(1, 0, 0), state(0, 0, 1), state(0, 1, 1), state(0, 0, 0), state(1, 0, 1))
NUMBERED = (None, (0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 0, 1), (0, 1, 1))


def by_statements(formulas):
    return Statements(tuple(map(Statement, formulas)))


def by_weights(formulas):
    """Weights that no sum of lesser ones equals order states as statements do."""
    return Weights(tuple((f, Fraction(1, 3 ** (k + 1))) for k, f in enumerate(formulas)))


def by_ranking(numbers):
    return Ranking(tuple((state(*NUMBERED[n]),) for n in numbers))


@pytest.mark.parametrize(
    ("syria", "iraq"),
    [
        (by_statements(SYRIA_WANTS), by_statements(IRAQ_WANTS)),
        (by_weights(SYRIA_WANTS), by_weights(IRAQ_WANTS)),
        (by_ranking((1, 3, 6, 2, 4, 5)), by_ranking((2, 4, 6, 1, 5, 3))),
    ],
    ids=["statements", "weights", "ranking"],
)
def test_case_of_syria_and_iraq(syria, iraq):
    built = build(syria_iraq(syria, iraq))
    same(built, case_named("syria_iraq").graph)
    assert built.parties == ("syria", "iraq")
    assert built.options == ("syria.release", "syria.escalate", "iraq.attack")


def test_case_with_levels_and_limited_changes():
    # Elmira, its nine-state form written with a three-level option (tests/oracle/cases.py).
    expected = case_named("elmira").graph
    levels = ("delay", "accept", "abandon")
    upwards = frozenset({(0, 1), (0, 2), (1, 2)})
    strategy = Option("strategy", "Strategy", levels, changes=upwards)
    parties = (
        Party("moe", "Ministry", (Option("modify", "Modify", changes=frozenset({(0, 1)})),)),
        Party("uniroyal", "Uniroyal", (strategy,)),
        Party("local", "Local government", (Option("insist", "Insist"),)),
    )
    built = build(Case("elmira", "Elmira", parties))
    same(built, expected, ranks=False)
    assert all(not rank.any() for rank in built.ranks)  # nobody wants anything


def same(built, expected, *, ranks=True):
    assert built.owner == expected.owner
    np.testing.assert_array_equal(built.feasible, expected.feasible)
    for ours, theirs in zip(built.changes, expected.changes, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    for ours, theirs in zip(built.ranks, expected.ranks, strict=True):
        assert ours.dtype.kind == "i"
        assert not ranks or ours[built.feasible].tolist() == theirs[built.feasible].tolist()


@pytest.mark.parametrize("numbers", [(1, 3, 6, 2, 4), (1, 3, 6, 2, 4, 5, 5)])
def test_ranking_must_name_every_state_once(numbers):
    wrong = syria_iraq(by_ranking(numbers), by_statements(()))
    with pytest.raises(CaseError, match=r"'syria'.*every feasible state just once; 1 are"):
        build(wrong)


def test_rules_must_leave_a_state():
    rules = (Rule(parse("iraq.attack")), Rule(parse("not iraq.attack")))
    with pytest.raises(CaseError, match="leave no state"):
        build(syria_iraq(by_statements(()), by_statements(()), rules))


def test_too_large_a_case_is_refused_before_it_starts():
    options = tuple(Option(f"o{k}", f"Option {k}") for k in range(40))
    case = Case("huge", "Huge", (Party("a", "A", options), Party("b", "B")))
    with pytest.raises(LimitError, match="40 options span 1,099,511,627,776 states"):
        build(case)
    with pytest.raises(LimitError, match="huge"):
        build(Case("huge", "Huge", (Party("a", "A", options[:2]),)), max_memory=1)


def test_too_many_one_way_options_of_one_party_are_refused():
    one_way = np.array([[True, True], [False, True]])
    shape = (2,) * 11
    graph = Graph(
        parties=("a", "b"),
        options=tuple(f"a.o{k}" for k in range(11)),
        owner=(0,) * 11,
        changes=(one_way,) * 11,
        feasible=np.ones(shape, bool),
        ranks=(np.zeros(shape, np.int8), np.zeros(shape, np.int8)),
    )
    with pytest.raises(LimitError, match=r"'a' has too many options .* 177,147 kinds"):
        climb.climb(graph, 0)


def test_ranks_may_lie_in_memory_as_they_like():
    shape = (2, 3, 2)
    ranks = np.arange(12, dtype=np.int8).reshape(shape)
    free = tuple(np.ones((n, n), bool) for n in shape)
    made = [
        Graph(
            ("a", "b"), ("a.x", "b.y", "b.z"), (0, 1, 1), free, np.ones(shape, bool), (r, -r + 11)
        )
        for r in (ranks, np.asfortranarray(ranks))
    ]
    found = [climb.improving_closure(g.ranks[0], g, (0, 1)) for g in made]
    assert np.array_equal(*found)


def test_questions_about_one_case_share_its_arrays_while_an_answer_lives():
    case = load("elmira")
    first = build(case)
    assert build(case) is first
    other = load("elmira")
    assert build(other) is not first
    gone = weakref.ref(first)
    del first
    gc.collect()
    assert gone() is None
    assert build(case) is not None


def test_a_case_without_options_has_one_state():
    # Nobody can do anything: there is one state, the first and only one.
    from detente.graph.space import Box

    box = Box(())
    assert (box.shape, box.find(())) == ((), 0)

"""The chain and its figures against the definition read aloud, and against laws."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import detente
from detente.case import files
from detente.errors import CaseError, LimitError
from detente.risk import chain as chains
from detente.risk import hitting as figures
from detente.risk.chain import Behaviour
from detente.risk.paths import slides
from oracle.cases import case_named, make
from risk import literal
from risk.questions import MANY, questions
from risk.simulate import simulate
from risk.small import three_states, three_states_chain

SOME = settings(MANY, max_examples=30)


def matrix_of(q):
    """The oracle's chain as a matrix over the package's states."""
    position = {tuple(s): k for k, s in enumerate(states_of(q))}
    rows = literal.chain(q.literal)
    matrix = np.zeros((len(position),) * 2)
    for s, row in rows.items():
        for t, chance in row.items():
            matrix[position[s], position[t]] = float(chance)
    return matrix, [position[s] for s in rows]


def states_of(q):
    return np.stack(np.unravel_index(q.chain.states, q.graph.shape), axis=1).tolist()


@given(questions(behaviours=("improve", "cautious", "softmax")))
@MANY
def test_the_matrix_is_that_of_the_definition(q):
    want, rows = matrix_of(q)
    got = q.chain.transitions(q.misstep).toarray()
    np.testing.assert_allclose(got[rows], want[rows], rtol=0, atol=1e-13)


@given(questions(behaviours=("improve", "cautious", "softmax")))
@SOME
def test_rows_sum_to_one(q):
    assert abs(q.chain.transitions(q.misstep).sum(axis=1) - 1).max() < 1e-12


@given(questions())
@MANY
def test_figures_are_those_of_exact_fractions(q):
    found = figures.hitting(q.chain, q.misstep, ticks=6)
    assert found.p_danger == pytest.approx(float(literal.p_danger(q.literal)), abs=1e-11)
    swapped = replace(q.literal, danger=q.literal.goal, goal=q.literal.danger)
    assert found.p_goal == pytest.approx(float(literal.p_danger(swapped)), abs=1e-11)
    ticks = literal.mean_ticks(q.literal)
    assert (found.expected_ticks is None) == (ticks is None)
    if ticks is not None:
        assert found.expected_ticks == pytest.approx(float(ticks), rel=1e-9)
    want = [float(p) for p in literal.within(q.literal, 6)]
    np.testing.assert_allclose(found.within, want, rtol=0, atol=1e-12)
    assert found.reachable == len(literal.chain(q.literal))
    assert found.p_danger + found.p_goal + found.p_neither == pytest.approx(1, abs=1e-11)


@given(questions(inside=True))
@SOME
def test_shares_are_the_slopes_of_exact_fractions(q):
    found = figures.hitting(q.chain, q.misstep, ticks=0)
    h = Fraction(1, 10**15)
    for party, share in enumerate(found.share):
        moved = [
            replace(
                q.literal,
                misstep=tuple(e + sign * h * (p == party) for p, e in enumerate(q.literal.misstep)),
            )
            for sign in (1, -1)
        ]
        up, down = (literal.p_danger(m) for m in moved)
        assert share == pytest.approx(float((up - down) / (2 * h)), rel=1e-4, abs=1e-6)


@given(questions(), st.data())
@SOME
def test_shares_at_the_ends_are_one_sided_slopes_or_jumps(q, data):
    party = data.draw(st.integers(0, len(q.literal.misstep) - 1))
    end = data.draw(st.sampled_from((0, 1)))

    def at(rate):
        rates = list(q.literal.misstep)
        rates[party] = rate
        return replace(q.literal, misstep=tuple(rates))

    misstep = np.array([float(e) for e in at(Fraction(end)).misstep])
    share = figures.hitting(q.chain, misstep, ticks=0).share[party]
    inwards = 1 if end == 0 else -1
    here = literal.p_danger(at(Fraction(end)))
    h = Fraction(1, 10**60)  # exact, so that it may be as small as it likes
    near, nearer = (literal.p_danger(at(end + inwards * k)) - here for k in (h, h / 1000))
    if share is not None:
        assert share == pytest.approx(float(near / (inwards * h)), rel=1e-3, abs=1e-3)
        assert abs(nearer) <= abs(near) / 2 or near == 0, "it jumps"
    else:
        # Ever nearer to the end of the range, the probability stays away from what it is there.
        assert near
        assert abs(nearer / near - 1) < Fraction(1, 100)


@given(questions())
@settings(MANY, max_examples=15)
def test_courses_by_dice_end_as_often_as_they_should(q):
    courses = 4_000
    tally = simulate(q.chain, q.misstep, courses, np.random.default_rng(7), ticks=2_000)
    assume(tally.running < courses / 50)
    found = figures.hitting(q.chain, q.misstep, ticks=0)
    low, high = interval(tally.danger, courses)
    assert low - tally.running / courses <= found.p_danger <= high + tally.running / courses


def interval(hits, courses):
    """Wilson's interval of 99.9999 %: fifteen such tests fail by chance in 1 of 50,000 runs."""
    z = 4.8916  # the 99.99995 % point of the normal distribution, from a printed table
    p = hits / courses
    middle = (p + z**2 / (2 * courses)) / (1 + z**2 / courses)
    half = z * ((p * (1 - p) + z**2 / (4 * courses)) / courses) ** 0.5 / (1 + z**2 / courses)
    return middle - half - 1e-12, middle + half + 1e-12


# --- in closed form ---------------------------------------------------------------------------


def two_states(e, *, wants=False):
    """One party with one option, whose Y is danger; it wants it or does not."""
    graph = make((0,), [{"Y": 1} if wants else {"N": 1}])
    danger = np.array([False, True])
    chain = chains.build(graph, 0, danger, ~danger & False, tempo=np.ones(1), behaviour=Behaviour())
    return figures.hitting(chain, np.array([e]), ticks=20)


@pytest.mark.parametrize("e", [0.02, 1e-9, 0.5, 1.0])
def test_two_states_in_closed_form(e):
    # From N the only way on is the misstep to Y: geometric, P(within n) = 1 - (1 - e)^n.
    found = two_states(e)
    assert found.p_danger == 1.0
    assert found.expected_ticks == pytest.approx(1 / e, rel=1e-14)
    want = [1 - (1 - e) ** n for n in range(21)]
    np.testing.assert_allclose(found.within, want, rtol=1e-9, atol=1e-15)
    assert found.share == (pytest.approx(0.0, abs=1e-12),)


def test_two_states_without_missteps():
    found = two_states(0.0)
    assert (found.p_danger, found.p_neither, found.expected_ticks) == (0.0, 1.0, None)
    assert found.reachable == 1
    assert found.share == (None,)  # the least misstep makes danger certain


def in_a_row(goal=()):
    """One party without missteps that goes by one level at a time: danger, the start, the best."""
    levels = 3 + len(goal)
    ways = [(k, k + s) for k in range(levels) for s in (1, -1) if 0 <= k + s < levels]
    graph = make((0,), [{"1": 1, "2": 2}], levels=(levels,), allowed={0: ways})
    danger, ends = np.arange(levels) == 0, np.isin(np.arange(levels), goal)
    chain = chains.build(graph, 1, danger, ends, tempo=np.ones(1), behaviour=Behaviour())
    return figures.hitting(chain, np.zeros(1), ticks=0)


def test_danger_by_two_missteps_in_a_row_is_certain_if_the_party_ever_errs():
    # It stays at the best without missteps. With any it comes back to the start again and again,
    # and from there its next move is danger with half its misstep rate: in the end, always.
    found = in_a_row()
    assert (found.p_danger, found.share) == (0.0, (None,))


def test_a_goal_by_one_misstep_comes_before_danger_by_two():
    # From the start the best with 1 - e / 2, else danger; from there, at any misstep, the start or
    # the goal, each as likely: P = e / 2 + (1 - e / 2) P / 2 = e / (1 + e / 2), whose slope is 1.
    found = in_a_row(goal=(3,))
    assert found.p_danger == 0
    assert found.share == (pytest.approx(1, abs=1e-6),)


@pytest.mark.parametrize("tempo", [(1.0, 1.0), (3.0, 1.0), (1.0, 7.0)])
@pytest.mark.parametrize(("a", "b"), [(0.02, 0.02), (0.3, 0.1), (1e-8, 0.5), (1e-7, 1e-9)])
def test_three_states_in_closed_form(a, b, tempo):
    # Each tick: danger with x = wa, the goal with y = vb; P = x / (x + y), ticks 1 / (x + y),
    # dP/da = w y / (x + y)^2 and dP/db = -v x / (x + y)^2.
    w, v = (t / sum(tempo) for t in tempo)
    x, y = w * a, v * b
    found = three_states(a, b, tempo)
    assert found.p_danger == pytest.approx(x / (x + y), rel=1e-13)
    assert found.expected_ticks == pytest.approx(1 / (x + y), rel=1e-13)
    assert found.share[0] == pytest.approx(w * y / (x + y) ** 2, rel=1e-9)
    assert found.share[1] == pytest.approx(-v * x / (x + y) ** 2, rel=1e-9)
    want = [x * (1 - (1 - x - y) ** n) / (x + y) for n in range(6)]
    np.testing.assert_allclose(found.within, want, rtol=1e-7, atol=1e-18)


def test_rare_escapes_keep_their_digits():
    # Two missteps in a row leave the trap: NN -> YN (e/2), from where p0 wants back (1 - e)/2 and
    # the second party errs into danger YY with e/2; the goal NY likewise from NN with e/2.
    e = 1e-6
    graph = make((0, 1), [{"NN": 1, "NY": 1}, {"NN": 1, "YN": 1}])
    danger, goal = np.zeros((2, 2), bool), np.zeros((2, 2), bool)
    danger[1, 1], goal[0, 1] = True, True
    chain = chains.build(graph, 0, danger, goal, tempo=np.ones(2), behaviour=Behaviour())
    # From YN: it leaves to NN with 1/2 (erring or not, p0's only move), to YY with e/2.
    x = e / (1 + e)  # danger from YN, not back
    want = x / (1 + x)  # NN goes to YN and NY alike: h = (x + (1 - x) h) / 2
    assert figures.p_danger(chain, np.full(2, e)) == pytest.approx(want, rel=1e-12)


def test_temperature_divides_the_gain():
    # One party at n would gain one rank by m and two by y: at temperature t the weights are
    # e^(1/t) and e^(2/t), so that y is taken with e^(1/t) / (1 + e^(1/t)).
    text = """\
parties: {a: {options: {o: {levels: [n, m, y]}}}, b: {options: {idle: Idle}}}
outcomes: {war: a.o = y, talks: a.o = m}
infeasible: [b.idle]
status_quo: []
preferences: {a: {ranking: [[a.o = y], [a.o = m], [a.o = n]]}, b: [b.idle]}
"""
    case = files.parse(text, file="case.yaml", name="gains").case
    asked = {"misstep": 0, "ticks": 0, "ways": 0, "rates": [], "what_if": []}
    for temperature in (0.5, 2.0):
        found = detente.risk(case, behaviour="softmax", temperature=temperature, **asked)
        e = np.exp(1 / temperature)
        assert found.base.hitting.p_danger == pytest.approx(e / (1 + e), rel=1e-12)


# --- laws -------------------------------------------------------------------------------------


@given(questions(inside=True), st.data())
@MANY
def test_more_missteps_never_lower_danger_if_the_only_unwanted_move_leads_there(q, data):
    party = data.draw(st.integers(0, len(q.literal.misstep) - 1))
    c = q.literal.conflict
    for s in c.states:
        better = literal.wanted(q.literal, party, s)
        unwanted = [t for t in c.moves[party][s] if t not in better]
        assume(s in q.literal.danger | q.literal.goal or set(unwanted) <= q.literal.danger)
        assume(len(better) <= 1)  # erring then also picks among the wanted moves no otherwise
        moves = c.moves[party][s]
        assume(s in q.literal.danger | q.literal.goal or unwanted or len(moves) <= 1)
    rates = q.misstep
    found = []
    for rate in (0.01, 0.1, 0.4, 0.9):
        rates[party] = rate
        found.append(figures.p_danger(q.chain, rates))
    assert all(b >= a - 1e-12 for a, b in itertools.pairwise(found))


@given(questions())
@SOME
def test_danger_by_a_tick_only_rises_and_stays_below_danger_ever(q):
    found = figures.hitting(q.chain, q.misstep, ticks=15)
    assert (np.diff(found.within) >= 0).all()
    assert found.within[-1] <= found.p_danger + 1e-12


@given(questions())
@SOME
def test_cautious_under_nash_is_improve(q):
    calm = replace(q.literal, behaviour="cautious", concept="nash")
    plain = replace(q.literal, behaviour="improve")
    from risk.questions import built

    a, b = (built(q.graph, x).transitions(q.misstep).toarray() for x in (calm, plain))
    assert (a == b).all()


# --- ways into danger -------------------------------------------------------------------------


@given(questions(inside=True, cells=8))  # the ways grow with the factorial of the states
@SOME
def test_the_likeliest_ways_are_those_of_trying_all(q):
    rows = literal.chain(q.literal)
    every = sorted(all_ways(q.literal, rows, (q.literal.start,), Fraction(1)), reverse=True)
    assume(len(every) <= 3_000)
    found = slides(q.chain, q.misstep, 4)
    assert found.complete
    want = [float(p) for p, _ in every[:4]]
    np.testing.assert_allclose([w.probability for w in found.ways], want, rtol=1e-9)
    chance = {way: float(p) for p, way in every}
    for slide in found.ways:
        flat = [slide.steps[0].source, *(step.target for step in slide.steps)]
        way = tuple(tuple(map(int, np.unravel_index(s, q.graph.shape))) for s in flat)
        assert slide.probability == pytest.approx(chance[way], rel=1e-9)


def all_ways(q, rows, way, p, budget=5_000):
    """Every way into danger that meets no state twice, with its probability but for waiting."""
    s = way[-1]
    if s in q.danger:
        return [(p, way)] if len(way) > 1 else []
    found = []
    leaving = 1 - rows[s].get(s, 0)
    for t, chance in rows[s].items():
        if t not in way and s not in q.goal:
            found += all_ways(q, rows, (*way, t), p * chance / leaving)
            assume(len(found) < budget)
    return found


def test_a_way_tells_who_moved_and_whether_by_mistake():
    found = slides(three_states_chain(), np.array([0.1, 0.1]), 3)
    (way,) = found.ways
    assert way.probability == pytest.approx(0.5)
    assert (way.steps[0].mover, way.mistaken) == (0, (1.0,))


# --- what cannot be ---------------------------------------------------------------------------


def test_a_chain_that_is_too_large_says_so():
    graph = case_named("cuba").graph
    none = np.zeros(graph.shape, bool)
    with pytest.raises(LimitError, match="more than 3 transitions"):
        chains.build(graph, 0, none, none, tempo=np.ones(2), behaviour=Behaviour(), limit=3)


def test_a_chain_may_have_as_many_transitions_as_the_limit_says():
    # From the start either party can move, into danger or to the goal, where all ends: two.
    three_states_chain(limit=2)
    with pytest.raises(LimitError, match="more than 1 transitions"):
        three_states_chain(limit=1)


def test_memory_is_blamed_only_where_it_is_what_limits(monkeypatch):
    monkeypatch.setattr(chains, "MAX_TRANSITIONS", 1)
    with pytest.raises(LimitError) as found:
        three_states_chain(limit=1)
    assert "memory" not in str(found.value)
    monkeypatch.setattr(chains, "MAX_TRANSITIONS", 2)
    with pytest.raises(LimitError, match=r"the most that fit the memory.*--max-memory"):
        three_states_chain(limit=1)


def test_a_trap_that_only_a_misstep_leads_to_has_a_slope():
    # One option, s -> g or t, t -> d; it wants g. By hand: from s it errs with e and then picks t
    # in half of all cases, from where only d is left: p = e / 2 however small e is, and p(0) = 0.
    text = """\
parties:
  a: {options: {o: {levels: [s, g, t, d], changes: [[s, g], [s, t], [t, d]]}}, name: A}
  b: {options: {idle: Idle}}
outcomes: {war: a.o = d, talks: a.o = g}
status_quo: []
preferences: {a: [a.o = g], b: [b.idle]}
"""
    case = files.parse(text, file="case.yaml", name="trap").case
    asked = {"ticks": 0, "ways": 0, "rates": [], "what_if": []}
    edge = detente.risk(case, misstep={"a": 0, "b": 0}, **asked).base.hitting
    assert edge.p_danger == 0
    assert edge.share == (pytest.approx(0.5, abs=1e-6), 0.0)
    inside = detente.risk(case, misstep={"a": 0.3, "b": 0}, **asked).base.hitting
    assert inside.p_danger == pytest.approx(0.15)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"conduct": "impove"}, "unknown behaviour 'impove'; did you mean 'improve'?"),
        ({"temperature": 0.0}, "the temperature must be above 0, not 0"),
        ({"temperature": float("nan")}, "the temperature must be above 0, not nan"),
        ({"concept": "sqe"}, "did you mean 'seq'?"),
        ({"concept": "sim"}, "not 'sim'"),
    ],
)
def test_a_behaviour_that_is_none_is_refused(wrong, told):
    with pytest.raises(CaseError) as caught:
        Behaviour(**wrong)
    assert told in str(caught.value)


def test_a_low_temperature_leaves_the_weights_of_a_state_finite():
    gain, every = np.array([592.0, 591.0, 3.0]), np.ones(3, bool)
    found = chains._softmax(gain, every, np.array([0, 0, 1]), 2, 0.01)
    assert found == pytest.approx([1.0, np.exp(-100.0), 1.0])


def test_a_rate_of_missteps_is_told_between_a_lower_and_a_higher_one():
    low, rate, high = figures.around(0.01)
    assert low < rate == 0.01 < high < 1
    assert figures.around(0.0) == figures.around(0.99) == ()

"""States that count as one: published counts, a literal quotient, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import detente
from detente.case.files import parse
from detente.case.formula import OptionIs
from detente.case.model import Option, Party, Ranking, Reading, Rule, Statement, Statements, Weights
from detente.case.write import to_yaml
from detente.graph import build
from detente.risk import chain as chains
from detente.stability.inverse import inverse
from detente.stability.registry import find
from detente.wayout.zone import zone
from oracle import agreement, individual
from oracle.conflict import Conflict
from oracle.inverse import minimal_sets
from risk import literal
from strategies import QUICK
from strategies_case import cases

ELMIRA = detente.load("elmira")
MERGED = replace(ELMIRA, equivalent=(Rule(OptionIs("uniroyal", "strategy", "abandon")),))


def test_elmira_has_the_nine_states_and_three_equilibria_of_the_literature():
    """Hipel, Fang, Kilgour and Haight 1993: states 1 to 9, of which 5, 8 and 9 are equilibria."""
    result = detente.stability(MERGED, ["gmr", "smr", "seq"])
    assert result.n_states == 9
    assert len(detente.states(MERGED)) == 9
    assert result.equilibria("seq").count == 3
    held = set(result.equilibria("seq"))
    plain = set(detente.stability(ELMIRA, ["seq"]).equilibria("seq"))
    assert held == {s for s in plain if s[1] != "2"} | {"N2N"}


def test_tables_count_it_once_and_number_it_so():
    table = detente.states(MERGED).tables()[0]
    assert table.columns[2:] == tuple(str(n) for n in range(1, 10))
    assert table.rows[0][2:] == tuple(detente.states(MERGED))
    result = detente.stability(MERGED, ["seq"])
    counts = next(t for t in result.tables() if t.name == "counts")
    assert counts.rows[0][-1] == 3
    assert len(result.frame()) == 9
    assert len(result.document()["equilibria"]["seq"]) == 3
    whole = set(detente.states(ELMIRA))
    closed = detente.states(MERGED, "uniroyal.strategy = abandon and local.insist")
    assert list(closed) == ["N2Y"]
    assert closed.numbers == [5]
    assert "N2Y" in whole


def test_a_set_of_states_shows_eight_and_counts_the_rest():
    shown = repr(detente.states(ELMIRA))
    assert shown.startswith("<12 states: N0N, N0Y, ")
    assert shown.count(",") == 8
    assert shown.endswith(", and 4 more>")


def test_a_class_may_be_named_by_any_of_its_states(run, tmp_path):
    file = tmp_path / "case.yaml"
    file.write_text(to_yaml(MERGED), "utf-8")
    told = run("explain", file, "uniroyal.strategy = abandon")
    assert told.code == 0
    assert "Under sequential stability (seq): it holds" in told.out
    shown = run("stability", file, "--concepts", "seq")
    assert "9 feasible states" in shown.out
    assert run("check", file).code == 0


def test_it_is_written_and_read_back():
    again = parse(to_yaml(MERGED), file="case.yaml", name="elmira").case
    assert again == MERGED


def test_the_graph_has_a_node_for_a_class():
    svg = detente.draw(MERGED, "graph").svg
    assert svg.count("data-state=") == 9


def test_questions_count_a_class_once():
    """Of Elmira's twelve combinations four are one state: the plant is gone (by hand)."""
    asked = {"danger": "closed", "goal": "as_ordered"}
    assert detente.prism(MERGED, **asked).tra.startswith("9 ")
    assert detente.prism(ELMIRA, **asked).tra.startswith("12 ")
    swept = detente.sweep(MERGED, [], 1, target="settled", results=False).document()["equilibria"][
        "seq"
    ]
    held = set(detente.stability(MERGED, ["seq"]).equilibria("seq"))
    assert {row["state"] for row in swept} == held
    diff = detente.diff(ELMIRA, MERGED).document()
    assert [diff[when]["equilibria"]["seq"] for when in ("before", "after")] == [6, 3]
    closed = detente.unlock(MERGED, "closed")
    assert closed.graph.codes(np.array(closed.found.already)) == ["N2N"]
    # of the five that hold, settled and stalled without Insist can be no more; closed still can
    ruled = detente.whatif(MERGED, ["local.insist"]).document()["equilibria"]["gmr"]
    assert (ruled["before"], ruled["after"], ruled["excluded"]) == (5, 3, 2)
    assert (ruled["gained"], ruled["lost"]) == ([], [])
    use = detente.broker(MERGED, "closed").document()["uses"][0]
    assert use["then"]["equilibria_in_target"] == {"seq": 1}
    standing = detente.zone(MERGED).document()["standing"]
    assert [own["better"] + own["worse"] for own in standing.values()] == [8, 8, 8]


def test_a_class_moves_in_a_ranking_as_one():
    # state 8 falls once Uniroyal likes it less than 9: past 5, then past 9, which is four strings
    found = detente.radius(MERGED, "settled", "nash").document()
    assert found["radius"] == 2
    told = {code for way in found["turns"] for t in way for code in t["upper"] + t["lower"]}
    assert told <= set(detente.states(MERGED))
    last = [(t["upper"], t["lower"]) for way in found["turns"] for t in way[1:]]
    assert (["Y1Y"], ["N2N"]) in last


def test_what_tells_members_apart_is_said_or_counted_singly():
    alike = replace(MERGED, parties=tuple(map(torn, MERGED.parties)))
    with pytest.raises(detente.CaseError, match="in every way"):
        detente.stability(alike, doubt=True)
    # z never matters; once it is bound to x, a can take x where z is and not where it is not
    free = parse(
        "title: t\nparties: {a: {options: {x: X}}, b: {options: {z: Z}}}\n"
        "preferences: {a: [a.x], b: [a.x]}\nstatus_quo: []\nequivalent: [a.x, not a.x]\n",
        file="case.yaml",
        name="t",
    ).case
    assert detente.stability(free, "nash").equilibria("nash").count == 1
    then = detente.whatif(free, ["b.z if a.x"]).document()["equilibria"]["nash"]
    assert (then["before"], then["after"]) == (2, 2)  # YN, YY; then YY, NN
    assert (then["gained"], then["excluded"]) == (["NN"], 1)


def torn(party: Party) -> Party:
    """A party that may, in one reading, mind what the town does once the plant is gone."""
    if party.name != "local":
        return party
    wishes = Statements((Statement(OptionIs("local", "insist")),))
    return replace(party, readings=(Reading("hard", wishes), Reading("soft", party.preferences)))


BASE = """
title: t
parties:
  a: {options: {x: X}}
  b: {options: {y: Y, z: {label: Z, irreversible: true}}}
preferences: {a: [a.x], b: [b.y]}
"""


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("a.x", "b does not like YNN and YNY equally|b does not like"),
        ("not a.x and b.y", "can move from"),
    ],
)
def test_what_can_be_told_apart_is_no_class(formula, told):
    case = parse(BASE + f"equivalent: [{formula}]\n", file="case.yaml", name="t").case
    with pytest.raises(detente.CaseError, match=told):
        build(case)


def test_classes_do_not_overlap():
    text = BASE + "equivalent: [a.x, b.y]\n"
    case = parse(text, file="case.yaml", name="t").case
    with pytest.raises(detente.CaseError, match=r"'a\.x' and 'b\.y' share a state"):
        build(case)


def test_a_list_of_states_tells_the_same_and_diagrams_refuse():
    from detente.graph.store import using

    def told():
        result = detente.stability(MERGED, ["seq"])
        return [*map(str, result.told())], result.document()["equilibria"], result.n_states

    arrays = told()
    with using("list"):
        found = detente.stability(MERGED, ["seq"])
        assert (found.document()["equilibria"], found.n_states) == arrays[1:]
        states = detente.states(MERGED)
        assert states.document()["groups"] == detente.states(MERGED).document()["groups"]
    assert states.document()["groups"] == detente.states(MERGED).document()["groups"]
    with using("diagrams"), pytest.raises(detente.LimitError, match="can be listed"):
        detente.stability(MERGED)


def quotient(conflict: Conflict, label) -> Conflict:
    """The conflict whose states are classes, by the definition: a move where some member moves."""
    states = tuple(dict.fromkeys(label[s] for s in conflict.states))
    moves, payoffs = [], []
    for moved, worth in zip(conflict.moves, conflict.payoff, strict=True):
        reached = {c: set() for c in states}
        for s, targets in moved.items():
            reached[label[s]] |= {label[q] for q in targets} - {label[s]}
        moves.append({c: tuple(q for q in states if q in r) for c, r in reached.items()})
        payoffs.append({label[s]: worth[s] for s in conflict.states})
    return Conflict(conflict.owner, conflict.n_parties, states, tuple(moves), tuple(payoffs))


@st.composite
def mergeable(draw):
    """A case with an option that ends everything: whatever else is done then counts as one."""
    case = draw(cases(max_cells=24, feasible_only=True))
    who = draw(st.integers(0, len(case.parties) - 1))
    end = OptionIs(case.parties[who].name, "the_end")
    assume(all(o.name != "the_end" for _, o in case.options))
    rising = frozenset({(0, 1)})
    parties = []
    for k, party in enumerate(case.parties):
        own = party.options
        if k == who:
            own = (*own, Option("the_end", "The end", changes=rising))
        parties.append(replace(party, options=own, preferences=ending(party, end, draw)))
    return replace(
        case, parties=tuple(parties), equivalent=(Rule(end),), status_quo=None, target=None
    )


def ending(party: Party, end, draw):
    """Wishes that come after whether it is over, and do not count then."""
    from detente.case.formula import And, Not

    match party.preferences:
        case Statements(wishes):
            inner = [replace(w, formula=And((w.formula, Not(end))), unsure=False) for w in wishes]
            first = draw(st.sampled_from([end, Not(end)]))
            return Statements((Statement(first), *(replace(w, either=0) for w in inner)))
        case Weights(weights):
            return Weights(tuple((And((f, Not(end))), w) for f, w in weights))
        case Ranking():
            return Statements((Statement(end),))


@given(mergeable())
@QUICK
def test_verdicts_are_those_of_the_literal_quotient(case):
    try:
        graph = build(case)
    except detente.DetenteError:
        assume(condition=False)
    conflict = Conflict.from_graph(graph)
    flat = {s: int(np.ravel_multi_index(s, graph.feasible.shape)) for s in conflict.states}
    label = {s: int(graph.merged[flat[s]]) for s in conflict.states}
    small = quotient(conflict, label)
    assert graph.n_states == len(small.states)
    for concept in ("nash", "gmr", "smr", "seq"):
        rule = getattr(individual, concept)
        for party in range(conflict.n_parties):
            found = graph.states(find(concept).stable(graph, party))
            wanted = {c for c in small.states if rule(small, party, c)}
            assert {int(graph.merged[s]) for s in found.at} == wanted
            assert len(found) == len(wanted)


@given(mergeable(), st.integers(0, 999))
@QUICK
def test_a_set_is_made_whole_by_all_that_count_as_one_with_one_of_it(case, seed):
    try:
        graph = build(case)
    except detente.DetenteError:
        assume(condition=False)
    some = np.random.default_rng(seed).random(graph.shape) < 0.3
    met = {graph.first(s) for s in np.flatnonzero(some & graph.feasible)}
    wanted = [s for s in np.flatnonzero(graph.feasible) if graph.first(s) in met]
    assert np.flatnonzero(graph.whole(some)).tolist() == wanted


@given(mergeable(), st.data())
@settings(QUICK, max_examples=30)
def test_other_questions_are_those_of_the_literal_quotient(case, data):
    try:
        graph = build(case)
    except detente.DetenteError:
        assume(condition=False)
    full = Conflict.from_graph(graph)
    flat = {s: int(np.ravel_multi_index(s, graph.feasible.shape)) for s in full.states}
    small = quotient(full, {s: int(graph.merged[flat[s]]) for s in full.states})
    today = data.draw(st.sampled_from(sorted(flat.values())))
    here, everybody = int(graph.merged[today]), tuple(range(len(graph.parties)))
    found = zone(case, graph, today, everybody, [find("gmr")])
    wanted = agreement.gains(small, everybody, here)
    assert set(np.flatnonzero(found.states).tolist()) == wanted
    assert set(np.flatnonzero(found.pareto)) == agreement.pareto(small, everybody, wanted)
    for own in found.standings:
        worth = small.payoff[own.party]
        assert own.better == sum(worth[s] > worth[here] for s in small.states)
        assert own.pushed_to == agreement.pushed_to(small, own.party, here)
        assert own.alone == agreement.alone(small, own.party, here)
    if len(small.states) <= 8:
        for needed in inverse(graph, today, "smr"):
            told = minimal_sets(small, individual.smr, needed.party, here)
            assert set(needed.sets) == told
    ends = data.draw(st.sets(st.sampled_from(small.states), max_size=3))
    ones = (Fraction(1),) * len(everybody)
    slide = literal.Asked(
        small, here, frozenset(ends), frozenset(), ones, (Fraction(1, 8),) * len(ones)
    )
    danger = (
        np.isin(graph.firsts(np.arange(graph.feasible.size)), list(ends)) & graph.feasible.ravel()
    )
    made = chains.build(
        graph, here, danger.reshape(graph.shape) & graph.feasible, np.zeros(graph.shape, bool),
        tempo=np.ones(len(ones)), behaviour=chains.Behaviour(),
    )  # fmt: skip
    rows = literal.chain(slide)
    assert set(made.states.tolist()) == set(rows)
    got = made.transitions(np.full(len(ones), 0.125)).toarray()
    place = {s: k for k, s in enumerate(made.states.tolist())}
    for s, row in rows.items():
        for t, chance in row.items():
            assert got[place[s], place[t]] == pytest.approx(float(chance))


def test_what_counts_as_one_in_one_case_only_is_excluded_from_neither():
    for shift in detente.diff(ELMIRA, MERGED).shifts:
        assert shift.excluded == 0
        assert int(shift.feasible.sum()) == 12
        assert shift.before > shift.after

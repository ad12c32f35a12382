"""The built-in cases against what is known about them.

The expected values stand in each case's ``expected.yaml`` with their provenance; none of them was
printed by the engine they are held against.
"""

from __future__ import annotations

import functools
import itertools
import re
from pathlib import Path

import numpy as np
import pytest

from detente import gallery
from detente.case import files, gmcr
from detente.errors import CaseError
from detente.graph import Graph, build
from detente.stability import registry
from detente.stability.coalition import sub_coalitions
from detente.stability.inverse import inverse

ROOT = Path(__file__).parents[2]
NAMES = gallery.names()
PUBLISHED = [name for name in NAMES if gallery.expected(name).states]
"""All but our own readings of reports, of which ``test_korea.py`` speaks, and states alone."""


@functools.cache
def loaded(name: str) -> files.Loaded:
    return files.read(gallery.folder(name), name=name)


@functools.cache
def graph(name: str) -> Graph:
    return build(loaded(name).case)


TWO_LEVELS = [
    name
    for name in NAMES
    if set(loaded(name).case.shape) == {2}
    and not loaded(name).case.guarded
    and gallery.expected(name).n_states < 10_000
]


def cell(graph: Graph, state: str) -> tuple[int, ...]:
    """The indices that a state string stands for."""
    assert len(state) == len(graph.levels)
    words = ("NY" if levels == 2 else "0123456789"[:levels] for levels in graph.levels)
    levels = [word.index(letter) for word, letter in zip(words, state, strict=True)]
    if graph.rows is None:
        return tuple(levels)
    return (graph.rows.table.tolist().index(levels),)


def array(graph: Graph, states: tuple[str, ...]) -> np.ndarray:
    """The set of states as a bool array."""
    found = np.zeros(graph.shape, bool)
    for state in states:
        found[cell(graph, state)] = True
    return found


def party(graph: Graph, name: str) -> int:
    return graph.parties.index(name)


# --- the files --------------------------------------------------------------------------------


def test_the_gallery_holds_what_it_should():
    published = "elmira elmira-12 cuba cuba-airstrike garrison milk-river syria-iraq"
    published += " gisborne-economy gisborne-environment sustainable-development"
    games = "prisoners-dilemma chicken stag-hunt battle-of-sexes matching-pennies deadlock-game"
    games += " leader hero"
    made_up = "syn-gmr-repeat syn-seq-repeat syn-sim-iterator syn-nontransitive"
    assert set(NAMES) >= {*published.split(), *games.split(), *made_up.split()}


@pytest.mark.parametrize("name", NAMES)
def test_a_case_loads_without_a_warning(name):
    assert loaded(name).problems == ()
    case = loaded(name).case
    assert case.name == name
    assert case.title
    assert case.source
    assert all(p.label[0].isupper() for p in case.parties)
    assert all(o.label != o.name for _, o in case.options)


def test_the_states_of_the_trade_talks_are_as_many_as_by_hand():
    # Party by party, as no rule ties two: see expected.yaml.
    assert graph("uruguay-round").n_states == 24 * 10 * 3 * 3 * 8 * 8
    assert gallery.expected("uruguay-round").n_states == 138_240


def test_the_states_of_the_revolution_are_as_many_as_by_hand():
    # Declared: boycott and riots are free. Not declared: three options, the tax, the army's three.
    assert graph("american-revolution").n_states == 2 * 2 + 8 * 2 * 3
    assert gallery.expected("american-revolution").n_states == 52


def test_the_case_of_thirty_options_has_the_states_that_counting_by_groups_gives():
    """The rules of nile-2021 as loops over one choice a group, apart from the case file."""
    n = 0
    for fill, drought, settle, sign, data in itertools.product(
        "nps", "fgb", "tmr", ("none", "interim", "full"), (False, True)
    ):
        ok = not (settle == "r" and drought != "b") and not (drought == "b" and fill == "n")
        ok &= sign == "none" or (data and drought != "f")
        ok &= sign != "full" or (settle != "t" and fill != "n")
        if not ok:
            continue
        for ask, attend, asked, force, union in itertools.product(
            ("binding", "interim", "guideline"), (0, 1), (0, 1), "pts", ("rest", "host", "widen")
        ):
            ok = sign == "none" or (attend and union != "rest")
            ok = ok and not (sign == "interim" and ask == "binding")
            ok = ok and not (sign == "full" and ask != "binding")
            ok = ok and not (force == "s" and (attend or ask != "binding"))
            ok = ok and not (attend and union == "rest")
            if ok:
                sudan = 3 * (2 if data else 1)
                council = 2 if asked else 1  # it meets if Egypt asks, and only then may it urge
                n += sudan * council * 3
    assert n == gallery.expected("nile-2021").n_states
    assert len(loaded("nile-2021").case.options) == 33


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_is_known_fits_the_case(name):
    known = gallery.expected(name)
    case = loaded(name).case
    assert known.grade in ("A", "B", "B-", "C", "E")
    assert known.provenance
    assert tuple(r.party for r in known.rankings) == case.party_names
    concepts = {k.concept for k in (*known.equilibria, *known.stable)}
    assert {registry.find(concept).name for concept in concepts} == concepts
    assert {"nash", "gmr", "smr", "seq", "sseq"} <= {k.concept for k in known.equilibria}
    assert {k.party for k in known.stable} <= {*case.party_names}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_feasible_states_are_those_published(name):
    published = [s for _, states in gallery.expected(name).states for s in states]
    assert len(published) == len(set(published)) == gallery.expected(name).n_states
    assert np.array_equal(array(graph(name), tuple(published)), graph(name).feasible)


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_preferences_give_the_published_rankings(name):
    g = graph(name)
    for known in gallery.expected(name).rankings:
        ranks = g.ranks[party(g, known.party)]
        listed = [[int(ranks[cell(g, s)]) for s in group] for group in known.groups]
        assert all(len(set(group)) == 1 for group in listed), known.party
        assert [group[0] for group in listed] == list(range(len(listed)))[::-1], known.party
        assert sum(map(len, listed)) == g.n_states


def test_the_bibliography_has_every_key():
    text = (ROOT / "docs" / "references.bib").read_text("utf-8")
    keys = set(re.findall(r"^@\w+\{(\w+),", text, re.MULTILINE))
    cited = {key for name in NAMES for key in gallery.expected(name).bib}
    assert cited
    assert cited <= keys


@pytest.mark.parametrize("name", TWO_LEVELS)
def test_a_case_of_two_levels_survives_as_a_gmcr_file(name):
    before = graph(name)
    text = gmcr.to_json(loaded(name).case, build).text
    after = build(gmcr.parse(text, name=name).case)
    assert np.array_equal(after.feasible, before.feasible)
    for old, new in zip(before.changes, after.changes, strict=True):
        assert np.array_equal(old, new)
    for old, new in zip(before.ranks, after.ranks, strict=True):
        assert np.array_equal(old[before.feasible], new[before.feasible])


# --- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_case_is_found_under_its_name_and_its_old_one(name):
    here = gallery.folder(name)
    assert (here / "case.yaml").is_file()
    for other in (name.replace("-", "_"), name.upper(), gallery.expected(name).id):
        assert gallery.folder(other) == here
    assert gallery.expected(gallery.expected(name).id) is gallery.expected(name)


def test_an_old_name_is_never_the_name_of_another_case():
    old = {gallery.expected(name).id.replace("_", "-"): name for name in NAMES}
    assert len(old) == len(NAMES)
    assert [(o, name) for o, name in old.items() if o in NAMES and o != name] == []


def test_an_unknown_name_is_told_with_the_nearest():
    with pytest.raises(CaseError, match=r"unknown built-in case 'elmria'; did you mean 'elmira'\?"):
        gallery.folder("elmria")
    with pytest.raises(
        CaseError,
        match="unknown built-in case 'zzz'; declared: american-revolution, battle-of-sexes,",
    ):
        gallery.expected("zzz")


def test_the_list_of_cases():
    listed = {entry.name: entry for entry in gallery.entries()}
    assert tuple(listed) == NAMES
    assert listed["syria-iraq"] == gallery.Entry(
        "syria-iraq", "Syria and Iraq on the Euphrates, 1975", ("Syria", "Iraq"), 6, "A"
    )
    assert listed["garrison"].n_states == 23
    assert listed["milk-river"].n_states == 36
    assert len(listed["milk-river"].parties) == 4


# --- the verdicts -----------------------------------------------------------------------------

EQUILIBRIA = [
    pytest.param(name, known, id=f"{name}-{known.concept}")
    for name in NAMES
    for known in gallery.expected(name).equilibria
]
STABLE = [
    pytest.param(name, known, id=f"{name}-{known.concept}-{known.party}")
    for name in NAMES
    for known in gallery.expected(name).stable
]


@pytest.mark.parametrize(("name", "known"), EQUILIBRIA)
def test_equilibria(name, known):
    g = graph(name)
    concept = registry.find(known.concept)
    focal = (
        range(len(g.parties))
        if concept.over == "party"
        else sub_coalitions(tuple(range(len(g.parties))))
    )
    held = np.logical_and.reduce([concept.stable(g, f) for f in focal])
    assert np.array_equal(held, array(g, known.states))


@pytest.mark.parametrize(("name", "known"), STABLE)
def test_stable_states(name, known):
    g = graph(name)
    held = registry.find(known.concept).stable(g, party(g, known.party))
    assert np.array_equal(held, array(g, known.states))


@pytest.mark.parametrize("concept", ["nash", "gmr", "smr"])
@pytest.mark.parametrize("name", [n for n in NAMES if gallery.expected(n).inverse])
def test_inverse_counts(name, concept):
    """Under these concepts the others' stability does not hang on the free party's ranking."""
    g = graph(name)
    for known in gallery.expected(name).inverse:
        if known.concept == concept:
            flat = int(np.ravel_multi_index(cell(g, known.state), g.shape))
            needs = inverse(g, flat, concept)
            free = party(g, known.party)
            fixed = all(need.satisfied for p, need in enumerate(needs) if p != free)
            assert (needs[free].rankings if fixed else 0) == known.count, known.state


@pytest.mark.parametrize("name", [n for n in NAMES if gallery.expected(n).inverse])
def test_inverse_counts_by_trying_all_rankings(name):
    g = graph(name)
    known = gallery.expected(name).inverse
    free = party(g, known[0].party)
    seq = registry.find("seq")
    times = np.zeros(g.shape, int)
    for order in itertools.permutations(range(g.n_states)):
        ranks = list(g.ranks)
        ranks[free] = np.zeros(g.shape, np.int8)
        ranks[free][g.feasible] = order
        tried = Graph(g.parties, g.options, g.owner, g.changes, g.feasible, tuple(ranks))
        held = [seq.stable(tried, p) for p in range(len(g.parties))]
        times += np.logical_and.reduce(held)
    counted = {k.state: int(times[cell(g, k.state)]) for k in known if k.concept == "seq"}
    assert counted == {k.state: k.count for k in known if k.concept == "seq"}


def test_elmira_starts_with_a_delay():
    case = loaded("elmira").case
    assert case.status_quo == (0, 0, 0)
    (move,) = gallery.expected("elmira").coalition_moves
    assert (move.coalition, move.start, move.end) == (("moe", "uniroyal"), "N0Y", "Y1Y")
    # Both prefer the end, and neither could go there alone.
    g = graph("elmira")
    start, end = cell(g, move.start), cell(g, move.end)
    assert [int(r[end]) > int(r[start]) for r in g.ranks] == [True, True, False]


def test_both_forms_of_elmira_agree():
    """The twelve states of one are the twelve of the other, one option for three."""
    g, one_hot = graph("elmira"), graph("elmira-12")
    level = {"delay": 0, "accept": 1, "abandon": 2}
    for concept in registry.CLASSIC:
        for p in range(3):
            here = registry.find(concept).stable(g, p)
            there = registry.find(concept).stable(one_hot, p)
            for modify, insist, chosen in itertools.product((0, 1), (0, 1), level.values()):
                hot = tuple(int(chosen == k) for k in range(3))
                assert here[modify, chosen, insist] == there[modify, *hot, insist]


def test_the_payoffs_printed_for_elmira_are_its_rankings():
    # Xu 2007, s1 to s9; the larger the better.
    printed = {
        "moe": (4, 3, 8, 7, 5, 2, 9, 6, 1),
        "uniroyal": (9, 2, 4, 8, 6, 1, 3, 7, 5),
        "local": (6, 2, 8, 3, 7, 4, 9, 5, 1),
    }
    known, g = gallery.expected("elmira"), graph("elmira")
    for name, payoffs in printed.items():
        ranks = g.ranks[party(g, name)]
        found = [int(ranks[cell(g, states[0])]) for _, states in known.states]
        order = sorted(range(9), key=lambda k: payoffs[k])
        assert sorted(range(9), key=lambda k: found[k]) == order

"""Three views of the United States, four of North Korea: Jacobi's rankings, crossed.

The counts were worked out by a program that shares nothing with this one; an invasion cannot be
taken back. A state that is left out holds in none of the twelve ways.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import yaml

import detente
from detente.case.files import parse
from detente.case.write import to_yaml
from detente.doubt.holding import doubt
from detente.graph import build
from detente.stability.registry import find
from jacobi import BASE, BLOODTHIRSTY, DETERRENCE, PACIFIC, content, formula

RNG = np.random.default_rng(0)

VARIANTS = (BASE, PACIFIC, BLOODTHIRSTY, DETERRENCE)
COUNTS = {
    "nash": {0: 6, 4: 4, 5: 12},
    "gmr": {0: 9, 2: 2, 4: 8, 5: 12, 8: 3, 10: 9, 12: 12},
    "smr": {0: 9, 2: 2, 4: 8, 5: 12, 8: 3, 10: 9, 12: 12},
    "seq": {0: 7, 4: 4, 5: 12, 10: 5, 12: 8},
}
NECESSARY = {"nash": {5}, "gmr": {5, 12}, "smr": {5, 12}, "seq": {5}}


def crossed(shares=None):
    """Return the stand-off with every ranking of each party as a reading."""
    file = content(BASE, one_way=True)
    for party in ("us", "nk"):
        rankings = dict.fromkeys(variant[party] for variant in VARIANTS)
        file["preferences"][party] = {
            "readings": {
                f"view{k}": {"ranking": [formula(number) for number in best_first]}
                for k, best_first in enumerate(rankings)
            }
        }
    if shares:
        file["preferences"]["us"]["shares"] = shares
    return parse(yaml.safe_dump(file, sort_keys=False), file="case.yaml", name="korea").case


def number(code):
    return sum(1 << k for k, c in enumerate(code) if c == "Y")


@pytest.mark.parametrize("concept", COUNTS)
def test_in_how_many_of_twelve_ways_a_state_holds(concept):
    case = crossed()
    graph = build(case)
    found = doubt(case, graph, [find(concept)], RNG)
    assert found.ways == (3, 4)
    (held,) = found.held
    assert held.how == ("jointly" if concept == "seq" else "by party")
    at = np.flatnonzero(graph.feasible)
    codes = dict(zip(at.tolist(), map(number, graph.codes(at)), strict=True))
    assert {codes[s]: held.times(s) for s in codes if held.times(s)} == COUNTS[concept]
    assert {codes[s] for s in codes if held.necessary.flat[s]} == NECESSARY[concept]
    assert {codes[s] for s in codes if held.possible.flat[s]} == set(COUNTS[concept])
    # Nobody says how likely a view is: the share is the count.
    assert all(held.share(s) == Fraction(held.times(s), 12) for s in codes)


def test_a_share_weighs_the_views():
    # By hand: all weight on one American view leaves the four Korean ones, alike: what holds is
    # sure where it holds in all four of them, and so state 5 is.
    case = crossed({"view0": 1})
    graph = build(case)
    (held,) = doubt(case, graph, [find("nash")], RNG).held
    at = np.flatnonzero(graph.feasible)
    shares = {number(c): held.share(s) for s, c in zip(at.tolist(), graph.codes(at), strict=True)}
    assert shares[5] == 1
    assert all(share.denominator in (1, 2, 4) for share in shares.values())
    assert [r.share for r in case.parties[0].readings] == [1, 0, 0]


def test_readings_are_written_as_they_are_read():
    case = crossed({"view0": "0.7", "view1": "0.2"})
    assert [r.share for r in case.parties[0].readings] == [
        Fraction(7, 10),
        Fraction(1, 5),
        Fraction(1, 10),
    ]
    assert parse(to_yaml(case), file="again.yaml", name="korea").case == case


def test_without_doubt_one_way_is_the_plain_answer():
    case = detente.load("elmira")
    graph = build(case)
    names = ["nash", "gmr", "smr", "seq", "sim", "fh"]
    found = doubt(case, graph, [find(name) for name in names], RNG)
    assert found.n_ways == 1
    plain = detente.stability(case, names)
    for held in found.held:
        wanted = plain.equilibria(held.concept.name).states
        assert held.necessary.tolist() == held.possible.tolist() == wanted.tolist()

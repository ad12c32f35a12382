"""Concepts made of others: each party under any of several, or each under one of its own.

The Korean stand-off of October 2017 after Jacobi: state numbers count strike 1, withdraw 2, invade
4, disarm 8. The rankings are his. His results for the base variant, and under seq and smr for the
pacific one, are as he printed them; what his own rule, seq or sim, gives for the latter he did not
print, and two programs that share nothing with this one worked it out.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import detente
from detente.errors import CaseError
from detente.stability import registry
from jacobi import BASE, PACIFIC, jacobi, numbers
from strategies import QUICK, graphs

FOUR = ("nash", "gmr", "smr", "seq", "sseq", "sim")


def held(case, concept):
    return numbers(detente.stability(case, [concept]).equilibria(concept))


def test_the_published_equilibria_of_the_base_variant():
    case = jacobi(BASE, one_way=False)
    assert held(case, "fh") == {0, 4, 5, 10}
    assert held(case, "seq") == {0, 5, 10}
    assert held(case, "smr") == {0, 4, 5, 10, 12}


def test_the_settlement_is_not_absent_from_the_pacific_variant():
    case = jacobi(PACIFIC, one_way=True)
    assert held(case, "fh") == {0, 2, 4, 5, 10}
    assert held(case, "seq") == {0, 4, 5}
    assert held(case, "smr") == {0, 2, 4, 5, 8, 10, 12}


def test_fh_is_either():
    case = jacobi(PACIFIC, one_way=True)
    assert held(case, "seq|sim") == held(case, "fh") == held(case, "us:fh,nk:seq|sim")


@QUICK
@given(graphs(parties=(2, 3), max_cells=36), st.sampled_from(FOUR), st.sampled_from(FOUR))
def test_each_party_goes_by_its_own(graph, one, other):
    parties = tuple(f"p{k}" for k in range(len(graph.parties)))
    graph = replace(graph, parties=parties)
    own = [one, *[other] * (len(parties) - 1)]
    mixture = registry.find(",".join(f"{p}:{c}" for p, c in zip(parties, own, strict=True)))
    either = registry.find(f"{one}|{other}")
    for party, name in enumerate(own):
        wanted = registry.find(name).stable(graph, party)
        assert mixture.stable(graph, party).tolist() == wanted.tolist()
        both = [registry.find(c).stable(graph, party) for c in (one, other)]
        assert either.stable(graph, party).tolist() == (both[0] | both[1]).tolist()


def test_a_list_keeps_what_belongs_together():
    asked = "seq, us:smr, nk:seq|sim, gmr:once, NASH"
    assert registry.choose(asked, 2) == ("seq", "us:smr,nk:seq|sim", "gmr:once", "nash")


def test_a_mixture_tells_by_what_a_party_stays():
    # By hand: from 4 the South is invaded and nobody has struck. North Korea's improvements lead
    # to 0; what is told has to name the concept of the mixture.
    case = jacobi(BASE, one_way=False)
    told = str(detente.explain(case, "NNYN", concepts="fh"))
    assert (
        "sequential or simultaneous stability (fh): it holds, as no party would leave it." in told
    )
    assert ", as sim says:" in told or ", as seq says:" in told
    document = detente.explain(case, "NNYN", concepts=["us:nash,nk:seq"]).document()
    assert [r["by"] for r in document["reasons"]] == ["nash", "seq"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("us:seq", "has no concept for 'nk'; add one, such as 'nk:seq'"),
        ("us:seq,nkk:sim", "unknown party 'nkk'; did you mean 'nk'"),
        ("us:seq,us:sim", "two concepts for 'us'"),
        ("us:seqq,nk:sim", "unknown concept 'seqq'; did you mean 'seq'"),
        ("seq|cnash", "'cnash' is over coalitions"),
    ],
)
def test_a_mixture_that_cannot_be_is_told(name, message):
    with pytest.raises(CaseError, match=message):
        detente.stability(jacobi(BASE, one_way=False), name)

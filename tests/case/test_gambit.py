"""Gambit's strategic form in and out, on games of the textbooks worked out by hand."""

from dataclasses import replace
from fractions import Fraction

import pytest

import detente
from detente.case import gambit
from detente.case.write import to_yaml
from detente.errors import CaseError
from detente.graph import build

PAYOFFS = """NFG 1 R "Two fleets" { "North" "South" } { 2 2 }
3 3  4 1
1 4  2 2
"""
OUTCOMES = """NFG 1 R "Two fleets" { "North" "South" }
{ { "stay" "go" }
  { "stay" "go" } }
"a comment, not read"
{ { "" 3, 3 } { "north goes" 4, 1 } { "" 1, 4 } { "" 2, 2 } }
1 2 3 4
"""
THREE = """NFG 1 D "Three" { "A" "B" "C" } { 2 1 3 }
1 0 0.5   2 0 -1/3
3 0 1e2   4 0 0
5 0 7     6 0 .25
"""


def worth(case, party, **levels):
    """The sum of the weights whose formula names just these levels."""
    from detente.case.formula import to_text

    wanted = {f"{p}.strategy = {level}" for p, level in levels.items()}
    found = [
        w
        for formula, w in case.parties[party].preferences.weights
        if set(to_text(formula).split(" and ")) == wanted
    ]
    return sum(found, Fraction(0))


@pytest.mark.parametrize("text", [PAYOFFS, OUTCOMES])
def test_the_first_player_s_strategy_changes_fastest(text):
    case = gambit.parse(text).case
    assert [p.label for p in case.parties] == ["North", "South"]
    one, two = case.parties[0].options[0].levels
    # the second number of the file: North plays its second strategy, South its first
    assert worth(case, 0, north=two, south=one) == 4
    assert worth(case, 1, north=two, south=one) == 1


def test_a_prisoners_dilemma_has_its_one_equilibrium():
    case = gambit.parse(OUTCOMES).case
    graph = build(case)
    states = [tuple(map(int, s)) for s in zip(*graph.feasible.nonzero(), strict=True)]
    stable = [
        s
        for s in states
        if all(
            graph.ranks[i][s]
            >= max(graph.ranks[i][tuple(k if a == i else s[a] for a in (0, 1))] for k in (0, 1))
            for i in (0, 1)
        )
    ]
    assert stable == [(1, 1)]  # both go, by hand


def test_numbers_are_exact_and_a_player_may_have_no_choice():
    case = gambit.parse(THREE).case
    assert [len(p.options) for p in case.parties] == [1, 0, 1]
    assert worth(case, 2, a="2", c="1") == Fraction(-1, 3)
    assert worth(case, 2, a="1", c="2") == 100
    assert worth(case, 2, a="2", c="3") == Fraction(1, 4)


def test_what_was_read_is_a_case_like_any_other(tmp_path):
    case = gambit.parse(OUTCOMES).case
    file = tmp_path / "case.yaml"
    file.write_text(to_yaml(case), "utf-8")
    assert detente.load(file).parties == case.parties


def test_a_case_written_and_read_again_is_ranked_alike():
    case = gambit.parse(OUTCOMES).case
    again = gambit.parse(gambit.to_text(case, build).text).case
    old, new = build(case), build(again)
    assert all((a == b).all() for a, b in zip(old.ranks, new.ranks, strict=True))


def test_what_has_no_place_there_is_named():
    case = replace(detente.load("prisoners-dilemma"), status_quo=(0, 0))
    exported = gambit.to_text(case, build)
    assert "today's state" in exported.left_out
    assert exported.text.startswith("NFG 1 R ")


def test_combinations_that_cannot_be_are_refused():
    with pytest.raises(CaseError, match=r"cannot be, and \.nfg has no way to say so"):
        gambit.to_text(detente.load("elmira-12"), build)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("EFG 2 R", "no strategic form of Gambit"),
        ("", "no strategic form of Gambit"),
        ('NFG 1 R "x" { "A" } { 2 2 } 1 2', "strategies of 2 players, but there are 1"),
        ('NFG 1 R "x" { "A" } { 2 } 1', "a number is expected here, not the end"),
        ('NFG 1 R "x" { "A" } { 2 } 1 2 3', "more payoffs than the 2 combinations"),
        ('NFG 1 R "x" { "A" } { 2 } { { "" 1 } } 1 2', "outcome 2 is not among the 1"),
        ('NFG 1 R "x" { "A" } { 0 } 1', "whole number from 1"),
        ('NFG 1 R "x" { "A" "B" } { 999 999 } 1', "998,001 combinations"),
        ('NFG 1 R "x" { A } { 2 } 1 2', "the name of a player in quotes"),
        ('NFG 1 R "x" { "A" } { 2 } 1 1/0', "a number is expected"),
    ],
)
def test_mistakes_are_told_with_their_place(text, words):
    with pytest.raises(CaseError, match=words):
        gambit.parse(text, file="x.nfg")

"""Clauses taken apart and said again as something to do; what counts as the same word."""

from __future__ import annotations

import pytest

from detente.drafting.clauses import MAX_LABEL, clause, imperative, with_owner
from detente.drafting.english import english, stem
from detente.reading.lexicon import load

E = english(load())


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Spain must withdraw its boats from the bay", "Withdraw its boats from the bay"),
        ("the Danes to lower the fee for pilots", "Lower the fee for pilots"),
        ("all their troops leave the valley by Friday", "Leave the valley"),
        ("Norway should show it is willing to disarm", "Disarm"),
        ("that Malta would cut gas exports to Italy if the fleet came", "Cut gas exports to Italy"),
        ("threatened to extend the strike to the oil jetty", "Extend the strike to the oil jetty"),
        ("his wish to bomb the bridge", "Bomb the bridge"),
        ("expelled two envoys on Tuesday and closed its ports", "Expel two envoys"),
        ("suspended overtime payments last week", "Suspend overtime payments"),
        ("strengthening of coastal batteries near the cape", "Strengthen coastal batteries"),
        ("an early demilitarization of the strait", "Demilitarize the strait"),
        ("Any deal must include a swift release of the crew", "Accept a swift release of the crew"),
        ("offer of a truce", "Accept a truce"),
    ],
)
def test_what_its_subject_is_to_do(words, label):
    assert imperative(clause(words, E), E, agent_is_subject=True).startswith(label)


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("the prisoners are freed", "Free the prisoners"),
        ("the officers be allowed back before Monday", "Allow the officers back"),
        ("the gates are open", "Open the gates"),
        ("the filling of the lake stopped", "Stop the filling of the lake"),
        ("his party must remain in office", "Let his party remain in office"),
        ("the tariffs on grain should end", "End the tariffs on grain"),
        ("our colleagues are back", "See that our colleagues are back"),
        ("the crew signs the papers", "See that the crew signs the papers"),
    ],
)
def test_what_somebody_else_is_to_do(words, label):
    assert imperative(clause(words, E), E, agent_is_subject=False) == label


def test_a_label_is_short_and_one_line():
    words = "the company must pay " + "every single one of the dismissed workers " * 9 + "\n\nnow"
    label = imperative(clause(words, E), E, agent_is_subject=True)
    assert len(label) <= MAX_LABEL
    assert label.startswith("Pay every")
    assert "\n" not in label


def test_whose_it_is():
    assert with_owner("Let his party stay", "Malta", third=True) == "Let Malta's party stay"
    assert with_owner("Reinstate our people", "Dockers", third=False) == "Reinstate Dockers' people"
    assert with_owner("Withdraw its boats", "Malta", third=False) == "Withdraw its boats"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("denuclearize", "denuclearisation"),
        ("withdraw", "withdrawals"),
        ("left", "leaving"),
        ("leave", "withdrew"),
        ("talks", "negotiate"),
        ("soldiers", "forces"),
        ("release", "freed"),
        ("halted", "stopping"),
        ("reinstatement", "rehired"),
    ],
)
def test_words_of_one_family(one, other):
    assert E.family(one) == E.family(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("nuclear", "denuclearize"), ("open", "close"), ("prison", "prices"), ("strike", "attack")],
)
def test_words_of_two_families(one, other):
    assert E.family(one) != E.family(other)


def test_stems_do_not_vanish():
    for word in ("a", "as", "ss", "ing", "ed", "ization", "", "’s"):
        assert len(stem(word)) <= len(word)

"""What follows from a concept's rules: verdicts, reasons, words. No name says any of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import detente
from detente.cli import main
from detente.dossier.sections.phrases import view
from detente.dossier.text.reasons import tell
from detente.dossier.words import Words
from detente.errors import CaseError
from detente.graph import build
from detente.stability import registry
from detente.stability.registry import CONCEPTS, SEQUENTIAL, Concept
from detente.stability.rules import Rules
from detente.stability.witness import reason


def told(case, graph, concept, focal, state):
    return tell(Words(case), reason(graph, concept, focal, state))


@pytest.mark.parametrize("name", CONCEPTS)
def test_a_concept_under_another_name_is_told_alike(name):
    # "l" begins the names of a family that is told otherwise; nothing may hang on a name.
    concept = CONCEPTS[name]
    again = replace(concept, name="lasting")
    case = detente.load("prisoners-dilemma" if name == "nm" else "garrison")
    graph = build(case)
    focal = (0, 1) if concept.over == "coalition" else (0,)
    for state in np.flatnonzero(graph.feasible).tolist():
        assert told(case, graph, again, focal, state) == told(case, graph, concept, focal, state)


def test_answers_by_improvements_are_told_as_such():
    # The prisoner's dilemma, by hand: nobody defects; if row does, column gains by defecting too,
    # and then row is worse off than now. Under gmr that is a threat, under seq column's interest.
    case = detente.load("prisoners-dilemma")
    graph = build(case)
    neither = {name: told(case, graph, CONCEPTS[name], (0,), 0) for name in SEQUENTIAL}
    assert "the column player could defect, and" in neither["gmr"]
    assert "the column player would defect in its own interest, and" in neither["seq"]
    assert "could not escape that" not in neither["seq"]
    assert "the column player could defect, and" in neither["smr"]
    assert "could not escape that" in neither["smr"]
    assert "interest" in neither["sseq"]
    assert "could not escape that" in neither["sseq"]
    assert "column" not in neither["nash"]


def test_a_concept_that_nobody_has_entered_works():
    """Rules alone: coalition answers by improvements that the coalition cannot escape."""
    new = Concept("csseq", "its title", "coalition", Rules("improvements", final=True), "", ())
    graph = build(detente.load("garrison"))
    n = len(graph.parties)
    for party in range(n):
        held = new.stable(graph, (party,))
        # Between its neighbours: stricter than cseq and csmr, weaker than cnash.
        for weaker in ("cseq", "csmr"):
            assert (held <= CONCEPTS[weaker].stable(graph, (party,))).all()
        assert (CONCEPTS["cnash"].stable(graph, (party,)) <= held).all()


VIEWS = {
    "nash": "if no party looks further than its own next move (Nash)",
    "gmr": "if each party fears any answer (GMR)",
    "smr": "if each party fears any answer that it cannot escape (SMR)",
    "seq": "if each party expects the others to answer in their own interest (SEQ)",
    "sseq": "if each party expects answers in the others’ own interest that it cannot escape "
    "(SSEQ)",
    "sim": "if parties stay as simultaneous stability says (SIM)",
}


@pytest.mark.parametrize("name", VIEWS)
def test_who_stays_is_said(name):
    assert view(name) == VIEWS[name]


def test_what_asks_for_answers_in_turn_refuses_others():
    with pytest.raises(CaseError, match="it knows nash, gmr, smr, seq, sseq; not 'sim'"):
        registry.sequential("sim", "it knows")
    with pytest.raises(CaseError, match="unknown concept 'seqq'; did you mean 'seq'"):
        registry.sequential("seqq", "it knows")
    with pytest.raises(CaseError, match="not 'gmr:once'"):
        registry.sequential("gmr:once", "it knows")


@pytest.mark.parametrize("command", ["unlock", "inverse"])
def test_help_names_the_concepts_with_answers_in_turn(command, capsys):
    with pytest.raises(SystemExit):
        main([command, "--help"])
    *most, last = SEQUENTIAL
    assert f"{', '.join(most)} or {last}." in " ".join(capsys.readouterr().out.split())


def test_help_names_every_concept(capsys):
    with pytest.raises(SystemExit):
        main(["stability", "--help"])
    words = capsys.readouterr().out.split()
    assert [name for name in CONCEPTS if not {name, f"{name};"} & set(words)] == []


def test_what_is_worked_out_where_nothing_is_named():
    over_coalitions = ("cnash", "cgmr", "csmr", "cseq")
    assert registry.choose(None, 3) == ("nash", "gmr", "smr", "seq")
    assert registry.choose(None, 3, coalition=True) == over_coalitions
    assert registry.choose("all", 3, coalition=True) == over_coalitions
    assert registry.choose("all", 2) == tuple(CONCEPTS)
    assert registry.choose("all", 3) == tuple(name for name in CONCEPTS if name != "nm")

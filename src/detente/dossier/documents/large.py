"""Answers about one of very many states, as JSON documents."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.model import Case
from detente.dossier.documents.shapes.states import (
    ExplanationDocument,
    Improvement,
    Move,
    ReasonDocument,
)
from detente.graph.diagrams.ways import Go
from detente.graph.space import Levels, alphabet
from detente.stability.symbolic import LargeReason, VeryMany


def large_reasons_document(case: Case, found: VeryMany) -> ExplanationDocument:
    """Return the reasons to stay at a state, or to leave it, one move told for each."""
    return {
        "case": case.name,
        "options": list(case.option_names),
        "state": code_of(case, found.levels),
        "reasons": [_reason(case, found.levels, reason) for reason in found.reasons],
    }


def _reason(case: Case, levels: Levels, reason: LargeReason) -> ReasonDocument:
    told = [] if reason.move is None else [_improvement(case, levels, reason)]
    return {
        "concept": reason.concept.name,
        "by": reason.concept.name,
        "party": case.party_names[reason.party],
        "stable": reason.stays,
        "can_move": reason.can_move,
        "improvements": told,
        "left_out": reason.tempting - len(told),
    }


def _improvement(case: Case, levels: Levels, reason: LargeReason) -> Improvement:
    assert reason.move is not None
    answer = reason.answer.moves
    return {
        "to": code_of(case, reason.move),
        "by": moves_of(case, [Go(reason.party, levels, reason.move)]),
        "sanctioned": reason.stays,
        "response": moves_of(case, answer),
        "at_once": False,
        "traced": True,
        "escape": None,
        "end": code_of(case, answer[-1].target if answer else reason.move),
    }


def moves_of(case: Case, moves: Sequence[Go]) -> list[Move]:
    """Return moves one after the other."""
    return [
        {
            "party": case.party_names[go.mover],
            "from": code_of(case, go.source),
            "to": code_of(case, go.target),
        }
        for go in moves
    ]


def code_of(case: Case, levels: Levels) -> str:
    """Return the string of a state."""
    return "".join(alphabet(n)[level] for n, level in zip(case.shape, levels, strict=True))

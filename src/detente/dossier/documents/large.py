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
from detente.stability.symbolic import Standing, VeryMany


def standings_document(case: Case, found: VeryMany) -> ExplanationDocument:
    """Return the reasons to stay at a state, or to leave it, one move told for each."""
    return {
        "case": case.name,
        "options": list(case.option_names),
        "state": _code(case, found.levels),
        "reasons": [_reason(case, found.levels, standing) for standing in found.standings],
    }


def _reason(case: Case, levels: Levels, standing: Standing) -> ReasonDocument:
    told = [] if standing.move is None else [_improvement(case, levels, standing)]
    return {
        "concept": standing.concept.name,
        "party": case.party_names[standing.party],
        "stable": standing.stays,
        "can_move": standing.can_move,
        "improvements": told,
        "left_out": standing.tempting - len(told),
    }


def _improvement(case: Case, levels: Levels, standing: Standing) -> Improvement:
    assert standing.move is not None
    answer = standing.answer.moves
    return {
        "to": _code(case, standing.move),
        "by": _moves(case, [Go(standing.party, levels, standing.move)]),
        "sanctioned": standing.stays,
        "response": _moves(case, answer),
        "at_once": False,
        "traced": True,
        "escape": None,
        "end": _code(case, answer[-1].target if answer else standing.move),
    }


def _moves(case: Case, moves: Sequence[Go]) -> list[Move]:
    return [
        {
            "party": case.party_names[go.mover],
            "from": _code(case, go.source),
            "to": _code(case, go.target),
        }
        for go in moves
    ]


def _code(case: Case, levels: Levels) -> str:
    return "".join(alphabet(n)[level] for n, level in zip(case.shape, levels, strict=True))

"""Confrontation dilemmas as JSON has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detente.case.formula import to_text
from detente.case.model import Case
from detente.graph.model import Graph
from detente.wayout.dilemmas import REMOVED_BY, Dilemma, Dilemmas, Word

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.doubt import (
        DilemmaDocument,
        DilemmasDocument,
        WordDocument,
    )


def dilemmas_document(case: Case, graph: Graph, found: Dilemmas) -> DilemmasDocument:
    """Return the dilemmas, and the words they come from."""
    rule = found.excluded_by
    return {
        "case": case.name,
        "positions": [_word(case, word) for word in found.positions],
        "intentions": [_word(case, word) for word in found.intentions],
        "doubts": [
            {"party": case.party_names[party], "option": case.option_names[axis]}
            for party, axis in found.doubted
        ],
        "future": None if found.future is None else graph.codes(np.array([found.future]))[0],
        "excluded_by": None if rule is None else to_text(case.infeasible[rule].formula),
        "dilemmas": [_dilemma(case, one) for one in found.found],
    }


def _word(case: Case, word: Word) -> WordDocument:
    return {
        "party": case.party_names[word.party],
        "option": case.option_names[word.axis],
        "level": case.options[word.axis][1].levels[word.level],
        "from": word.source or None,
        "cite": [{"report": c.report, "quote": c.quote} for c in word.basis.cite],
    }


def _dilemma(case: Case, one: Dilemma) -> DilemmaDocument:
    return {
        "party": case.party_names[one.party],
        "kind": one.kind,
        "with": case.party_names[one.other],
        "option": case.option_names[one.axis],
        "kept": one.kept,
        "removed_by": list(REMOVED_BY[one.kind]),
    }

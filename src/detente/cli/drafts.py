"""What commands answer of a draft of which too little was understood to be asked at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from detente.case.model import Case
from detente.cli.common import print_json, show_text
from detente.dossier.documents.wayout import understood_document
from detente.dossier.sections.draft import has_likelihood, no_likelihood, too_little

ABSTAINING = ("deadlock", "path", "risk")


def abstain(question: str, values: Mapping[str, Any], *, as_json: bool) -> bool:
    """Say that too little was understood, if that is why a question cannot be asked.

    Parameters
    ----------
    question : str
        Its name.
    values : mapping
        What it was asked with, the case among it.
    as_json : bool
        Print JSON.
    """
    case = next((v for v in values.values() if isinstance(v, Case)), None)
    if case is None or question not in ABSTAINING:
        return False
    told = too_little(case)
    if not told and question == "risk" and not has_likelihood(case):
        told = no_likelihood(case)
    if not told:
        return False
    if not as_json:
        show_text(told)
        return True
    document: dict[str, object] = {"case": case.name}
    if question == "deadlock":
        document |= {"target": None, "verdict": "unknown", "knots": [], "concessions": []}
    print_json(document | {"understood": understood_document(case)})
    return True

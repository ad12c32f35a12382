"""The target of a question, and what a case needs for asking about it."""

from __future__ import annotations

from detente.case import formula as fm
from detente.case.files import read_formula
from detente.case.model import Case
from detente.errors import CaseError
from detente.graph import Graph
from detente.graph.model import BoolArray
from detente.wayout import profile

TALKS = "talks"
"""The outcome that is the target where neither the question nor the case names one."""


def read_target(case: Case, target: str | None) -> fm.Formula:
    """Return the target as a formula.

    Raises
    ------
    CaseError
        If it cannot be read, or none is given and the case has neither a target of its own nor an
        outcome ``talks``.
    """
    if target is not None:
        return read_formula(target, case)
    if case.target is not None:
        return case.target
    if TALKS in case.outcome_named:
        return fm.OutcomeIs(TALKS)
    known = ", ".join(case.outcome_named) or "none yet"
    raise CaseError(
        f"{case.name} has no outcome '{TALKS}' and no target of its own, so say what should "
        f"happen: add --target with a formula or an outcome of the case ({known})"
    )


def states_of(case: Case, graph: Graph, formula: fm.Formula) -> BoolArray:
    """Return the feasible states that satisfy a formula."""
    return graph.where(graph.truth(case), formula)


def need_preferences(case: Case) -> None:
    """Check that every party has preferences.

    Raises
    ------
    CaseError
        If one has none.
    """
    silent = profile.indifferent(case)
    if silent:
        known = next((f for f in case.option_names if not f.startswith(f"{silent[0]}.")), "")
        wish = known or next(iter(case.option_names), "")
        several = {name: f"  {name}:\n    - not {wish}" for name in silent}
        lines = "\n".join(several.values())
        raise CaseError(
            f"{case.name} says nothing about what {', '.join(silent)} wants; put it into the case,"
            f" for example, in place of what is there of them:\npreferences:\n{lines}"
        )

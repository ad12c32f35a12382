"""From what a person writes for a state to its levels, on decision diagrams."""

from __future__ import annotations

from detente.case.model import Case
from detente.errors import CaseError
from detente.graph.diagrams.large import Large
from detente.graph.find import STATUS_QUO
from detente.graph.space import Levels, alphabet


def find_levels(case: Case, graph: Large, text: str) -> Levels:
    """Return the levels of the state a person names.

    Parameters
    ----------
    text : str
        ``status_quo``, a state's string, or a formula that just one feasible state satisfies.

    Raises
    ------
    CaseError
        If no state, or more than one, is meant.
    """
    text = text.strip()
    if text == STATUS_QUO:
        if case.status_quo is None:
            raise CaseError(f"{case.name} has no status quo; name a state")
        return _feasible(graph, case.status_quo, "the status quo")
    if len(text) == len(graph.levels) and all(
        letter in alphabet(n) for letter, n in zip(text, graph.levels, strict=True)
    ):
        at = tuple(alphabet(n).index(c) for c, n in zip(text, graph.levels, strict=True))
        return _feasible(graph, at, f"the state '{text}'")
    from detente.case.files import read_formula

    found = graph.satisfying(read_formula(text, case, where="the state"))
    n = found.size()
    if n != 1:
        how_many = f"{n:,} states satisfy" if n else "no feasible state satisfies"
        more = "; say more, or give one state's string" if n else ""
        raise CaseError(f"{how_many} '{text}'{more}")
    return found.first()


def _feasible(graph: Large, levels: Levels, what: str) -> Levels:
    if not graph.everything.holds(levels):
        raise CaseError(f"{what} is infeasible: a rule of the case excludes it")
    return levels

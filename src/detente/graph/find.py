"""From what a person writes for a state to the state."""

from __future__ import annotations

import numpy as np

from detente.case.model import Case
from detente.errors import CaseError
from detente.graph.model import BoolArray, Graph
from detente.graph.states import alphabet, parse_code

STATUS_QUO = "status_quo"


def find_state(case: Case, graph: Graph, text: str) -> int:
    """Return the flat index of the state a person names.

    Parameters
    ----------
    text : str
        ``status_quo``, a state's string such as ``YNN2``, or a formula that just one feasible
        state satisfies.

    Raises
    ------
    CaseError
        If no state, or more than one, is meant; the message says what to add.
    """
    text = text.strip()
    if text == STATUS_QUO:
        return status_quo(case, graph)
    letters = {"N", "Y", *alphabet(max(graph.levels, default=1))}
    if len(text) == len(graph.levels) and set(text) <= letters:
        return parse_code(text, graph)
    found = find_states(case, graph, text)
    n = graph.count(found)
    if n == 0:
        raise CaseError(f"no feasible state satisfies '{text}'")
    if n > 1:
        raise CaseError(f"{n:,} states satisfy '{text}'; {_what_to_add(found, graph)}")
    return int(found.argmax())


def find_states(case: Case, graph: Graph, text: str) -> BoolArray:
    """Return the feasible states that satisfy a formula.

    Raises
    ------
    CaseError
        If the formula cannot be read or names something unknown.
    """
    from detente.case.files import read_formula

    formula = read_formula(text, case, where="the state")
    return graph.where(graph.truth(case), formula)


def status_quo(case: Case, graph: Graph) -> int:
    """Return the flat index of the status quo.

    Raises
    ------
    CaseError
        If the case does not give one, or its own rules exclude it.
    """
    if case.open_today:
        named = [n for n, k in zip(graph.options, case.open_today, strict=True) if k is None]
        codes = graph.codes(np.array(todays(case, graph)[:4], np.intp))
        raise CaseError(
            f"nobody knows what {', '.join(named)} is today; start from one of the states that may "
            f"be today's, such as {', '.join(codes)}"
        )
    if case.status_quo is None:
        raise CaseError(
            f"{case.name} has no status quo; add a line such as "
            f"'status_quo: [{graph.options[0] if graph.options else 'party.option'}]' to the case"
        )
    state = graph.space.find(case.status_quo)
    if state < 0 or not graph.feasible.flat[state]:
        raise CaseError(f"the status quo of {case.name} breaks a rule under 'infeasible'")
    return state


def todays(case: Case, graph: Graph) -> list[int]:
    """Return the states that may be today's, by flat index, where its levels are known in part."""
    where = graph.feasible
    for axis, level in enumerate(case.open_today):
        if level is not None:
            where = where & graph.space.line(axis, (level,))
    return np.flatnonzero(where).tolist() if case.open_today else []


def _what_to_add(found: BoolArray, graph: Graph) -> str:
    """Name the options on which the states found differ."""
    rows = graph.space.rows(np.flatnonzero(found))
    open_ones = [
        name for name, at in zip(graph.options, rows.T, strict=True) if (at != at[0]).any()
    ]
    example = graph.codes(np.flatnonzero(found)[:1])[0]
    return f"say more about {', '.join(open_ones)}, or give one state's string, such as {example}"

"""Finding the way out: deadlock, unlock, path, broker, whatif, diff."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from fractions import Fraction

import numpy as np

from detente.case import formula as fm
from detente.case.files import read_formula
from detente.case.logic import forced
from detente.case.model import Case
from detente.errors import CaseError, LimitError
from detente.graph import Graph, build
from detente.graph.find import STATUS_QUO, find_state
from detente.graph.model import BoolArray
from detente.stability import inverse as inverting
from detente.stability import registry
from detente.wayout import broker as brokering
from detente.wayout import choreography, compare, profile, results
from detente.wayout import deadlock as standing
from detente.wayout import unlock as unlocking
from detente.wayout.broken import words_of

TALKS = "talks"
"""The outcome that is the target where neither the question nor the case names one."""

SMALL = 256
"""States up to which all preferences that would make one state hold are listed, too."""


class Deadlock(standing.Deadlock):
    """What stands in the way of a target; ``str`` tells it in plain English."""

    def __str__(self) -> str:
        from detente.dossier.text.deadlock import deadlock_text

        return deadlock_text(self)

    def _repr_html_(self) -> str:
        from detente.dossier.notebook import prose

        return prose(str(self))


def deadlock(
    case: Case,
    target: str | None = None,
    *,
    limit: int = standing.SHOWN_CONCESSIONS,
    max_knots: int = standing.MAX_KNOTS,
    seconds: float = standing.SECONDS,
) -> Deadlock:
    """Return what keeps a target from happening, and what would have to give.

    Parameters
    ----------
    case : Case
        The case, with what was said under its conditions and refusals.
    target : str, optional
        A formula; the outcome ``talks`` where it is not given.
    limit, max_knots, seconds
        See :func:`detente.wayout.deadlock.deadlock`.

    Raises
    ------
    CaseError
        If the target cannot be read, or the case has no status quo, or nobody said anything.
    """
    found = standing.deadlock(
        case, read_target(case, target), limit=limit, max_knots=max_knots, seconds=seconds
    )
    return Deadlock(**{f.name: getattr(found, f.name) for f in fields(standing.Deadlock)})


class Unlock(results.Unlock):
    """The answers of :func:`unlock`; ``str`` tells them in plain English."""

    def __str__(self) -> str:
        from detente.dossier.text.unlock import unlock_text

        return unlock_text(self)

    def _repr_html_(self) -> str:
        from detente.dossier.notebook import prose

        return prose(str(self))


def unlock(
    case: Case,
    target: str | None = None,
    concept: str = "seq",
    *,
    cost: int = 3,
    seconds: float = unlocking.SECONDS,
    max_memory: int | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Unlock:
    """Return the equilibria inside a target, or the cheapest changes of mind that make one.

    Parameters
    ----------
    target : str, optional
        A formula; the outcome ``talks`` where it is not given.
    concept : str
        One of :data:`detente.stability.registry.SEQUENTIAL`.
    cost : int
        The dearest changes to try.
    seconds, on_progress
        See :func:`detente.wayout.unlock.unlock`.

    Raises
    ------
    CaseError
        If a name is unknown, a party has no preferences, or nothing feasible is the target.

    Examples
    --------
    >>> import detente
    >>> detente.unlock(detente.load("prisoners-dilemma"), "not row.defect and not col.defect",
    ...                "nash").found.cost
    2
    """
    formula = read_target(case, target)
    _need_preferences(case)
    asked = registry.sequential(concept, "changes of mind are sought under")
    if cost < 0:
        raise CaseError(f"the cost is {cost}; ask for 0 or more")
    graph = build(case, max_memory=max_memory)
    mask = _states(case, graph, formula)
    if not mask.any():
        raise CaseError(
            "no feasible state satisfies the target, so no change of mind can make it hold; "
            "'detente deadlock' names the rules that exclude it"
        )
    found = unlocking.unlock(
        case,
        graph,
        mask,
        asked,
        cost=cost,
        seconds=seconds,
        on_progress=on_progress,
    )
    states = np.flatnonzero(mask)
    if len(states) != 1 or found.already or graph.n_states > SMALL:
        return Unlock(case, graph, formula, concept, cost, found)
    single = int(states[0])
    try:
        needed = inverting.inverse(graph, single, concept)
    except LimitError:  # too many ways to list; the changes of mind stand without them
        needed = ()
    return Unlock(case, graph, formula, concept, cost, found, needed, single)


class Path(results.Path):
    """The answer of :func:`path`; ``str`` tells it in plain English, a notebook draws it."""

    def __str__(self) -> str:
        from detente.dossier.text.path import path_text

        return path_text(self)

    def _repr_svg_(self) -> str:
        from detente.dossier.drawings.path import path_drawing

        return path_drawing(self)


def path(
    case: Case,
    target: str | None = None,
    start: str = STATUS_QUO,
    *,
    joint: int = 2,
    hold: str | None = None,
    max_memory: int | None = None,
) -> Path:
    """Return the order of moves that leads to a target with the least exposure on the way.

    Parameters
    ----------
    target : str, optional
        A formula; the outcome ``talks`` where it is not given.
    start : str
        Where to begin: a formula that pins a state down, its string, or ``status_quo``.
    joint : int
        The most parties that may move together; 1 for none.
    hold : str, optional
        A concept under which the end must be an equilibrium.

    Raises
    ------
    CaseError
        If a name is unknown, a party has no preferences, or not just one start is meant.

    Examples
    --------
    >>> import detente
    >>> way = detente.path(detente.load("elmira"), "settled", "N0Y")
    >>> [step.movers for step in way.found.paths[0].steps]
    [(0, 1)]
    """
    formula = read_target(case, target)
    _need_preferences(case)
    if joint < 1:
        raise CaseError(f"--joint is {joint}; 1 means that nobody moves together with others")
    concept = None if hold is None else registry.find(hold)
    graph = build(case, max_memory=max_memory)
    begin = find_state(case, graph, start)
    holding = {name: profile.holding(graph, registry.find(name)) for name in registry.SEQUENTIAL}
    mask = _states(case, graph, formula)
    if concept is not None:
        if concept.name not in holding:
            holding[concept.name] = profile.holding(graph, concept)
        mask = mask & holding[concept.name]
    found = choreography.choreography(graph, begin, mask, joint=joint, words=words_of(case))
    ends = tuple(_end(graph, begin, way.end(begin), holding) for way in found.paths)
    goals = int(np.count_nonzero(mask))
    return Path(case, graph, formula, hold, joint, goals, found, ends)


def _end(graph: Graph, start: int, end: int, holding: dict[str, BoolArray]) -> results.End:
    tops = [int(r[graph.feasible].max()) or 1 for r in graph.ranks]
    levels = tuple(
        (Fraction(int(r.flat[start]), top), Fraction(int(r.flat[end]), top))
        for r, top in zip(graph.ranks, tops, strict=True)
    )
    return results.End(
        end, tuple(name for name, states in holding.items() if states.flat[end]), levels
    )


def broker(
    case: Case,
    target: str | None = None,
    concept: str = "seq",
    *,
    joint: int = 2,
    max_memory: int | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> brokering.Brokering:
    """Return what each option of the parties that the target does not need would change.

    Parameters
    ----------
    target : str, optional
        A formula; the outcome ``talks`` where it is not given.
    concept : str
        Under which a state of the target counts as holding.
    joint : int
        The most parties that may move together on a path.
    on_progress : callable, optional
        Called with how many options were tried, and how many there are.

    Raises
    ------
    CaseError
        If a name is unknown, or there is no third party with an option.
    """
    formula = read_target(case, target)
    return brokering.broker(
        case,
        formula,
        registry.find(concept),
        joint=joint,
        max_memory=max_memory,
        on_progress=on_progress,
    )


def whatif(
    case: Case,
    given: Sequence[str] = (),
    *,
    drop: Sequence[str] = (),
    target: str | None = None,
    concepts: Sequence[str] = registry.CLASSIC,
    joint: int = 2,
    max_memory: int | None = None,
) -> compare.Comparison:
    """Return what changes if some formulas are taken as given.

    Parameters
    ----------
    given : sequence of str
        Formulas that hold in every state from now on, today's included. ``not c1``, with the id
        of a condition or refusal, takes that back.
    drop : sequence of str
        Ids of conditions and refusals that are taken back.
    target : str, optional
        A formula; the outcome ``talks`` where it is not given and there is one.

    Raises
    ------
    CaseError
        If a name is unknown, nothing is taken as given, or what is cannot be.
    """
    taken_back = [*drop, *(name for text in given if (name := _taken_back(case, text)))]
    formulas = [text for text in given if not _taken_back(case, text)]
    if not formulas and not taken_back:
        raise CaseError("nothing is taken as given; add for example --set 'party.option'")
    changed = profile.without(case, taken_back)
    for text in formulas:
        changed = forced(changed, read_formula(text, case, where="--set"), text).case
    return _compared(case, changed, target, concepts, joint, max_memory)


def diff(
    before: Case,
    after: Case,
    *,
    target: str | None = None,
    concepts: Sequence[str] = registry.CLASSIC,
    joint: int = 2,
    max_memory: int | None = None,
) -> compare.Comparison:
    """Return what changed between two cases of one stand-off, and what follows from it.

    Parameters
    ----------
    before, after : Case
        The earlier and the later one.
    target : str, optional
        A formula over both; the outcome ``talks`` where it is not given and both have one.
    """
    return _compared(before, after, target, concepts, joint, max_memory)


def _compared(
    before: Case,
    after: Case,
    target: str | None,
    concepts: Sequence[str],
    joint: int,
    max_memory: int | None,
) -> compare.Comparison:
    found = [registry.find(name) for name in dict.fromkeys(concepts)]
    known = all(case.target is not None or TALKS in case.outcome_named for case in (before, after))
    standings = []
    for case in (before, after):
        formula = read_target(case, target) if target is not None or known else None
        standings.append(profile.profile(case, formula, found, joint=joint, max_memory=max_memory))
    return compare.compare(*standings)


def _taken_back(case: Case, text: str) -> str:
    """Return the id that ``not c1`` takes back; empty if it is a formula over options."""
    words = text.split()
    ids = {s.id for s in standing.everything_said(case)} - set(case.outcome_named)
    return words[1] if len(words) == 2 and words[0] == "not" and words[1] in ids else ""


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


def _states(case: Case, graph: Graph, formula: fm.Formula) -> BoolArray:
    from detente.case.truth import Truth

    return np.broadcast_to(Truth(case)(formula), graph.shape) & graph.feasible


def _need_preferences(case: Case) -> None:
    silent = profile.indifferent(case)
    if silent:
        raise CaseError(
            f"{case.name} says nothing about what {', '.join(silent)} wants; add it to the case "
            f"under 'preferences', for example '{silent[0]}: [not war]'"
        )

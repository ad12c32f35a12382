"""Asking the engine: stability, explain, evolution, inverse, states."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from detente.case.model import Case
from detente.errors import CaseError, unknown
from detente.graph import Graph, build
from detente.graph.find import STATUS_QUO, find_state, find_states
from detente.graph.states import StateSet
from detente.stability import analysis, registry
from detente.stability import inverse as inverting
from detente.stability.statusquo import Evolution
from detente.stability.statusquo import evolution as evolving
from detente.stability.witness import Reason, reason


class Stability(analysis.Verdicts):
    """Which states are stable for whom; shows itself in a notebook."""

    def _repr_html_(self) -> str:
        from detente.dossier.notebook import stability_html

        return stability_html(self)


def stability(
    case: Case,
    concepts: Sequence[str] = registry.CLASSIC,
    *,
    coalition: str | None = None,
    max_memory: int | None = None,
    on_verdict: Callable[[int, int], None] | None = None,
) -> Stability:
    """Return which states are stable for whom under some concepts.

    Parameters
    ----------
    case : Case
        The conflict.
    concepts : sequence of str
        Names such as ``seq``, ``cnash``, ``l3``: those of
        :data:`detente.stability.registry.CONCEPTS`, and with a horizon ``l1``, ``l2``, … and
        ``pessimistic1``, ``pessimistic2``, ….
    coalition : str, optional
        Parties joined by ``+``: concepts over coalitions are asked about this one alone.
    max_memory : int, optional
        Bytes the analysis may use; what is free where it is not given.
    on_verdict : callable, optional
        Called with how many verdicts are done and how many there will be. If it, or the user,
        raises KeyboardInterrupt, the verdicts worked out so far are returned.

    Raises
    ------
    CaseError
        If a name is unknown.
    LimitError
        If the case is too large for the memory, or a concept for its limit.

    Examples
    --------
    >>> import detente
    >>> result = detente.stability(detente.load("prisoners-dilemma"))
    >>> list(result.equilibria("nash"))
    ['YY']
    """
    found = [registry.find(name) for name in dict.fromkeys(concepts)]
    members = None if coalition is None else _members(case, coalition)
    graph = build(case, max_memory=max_memory)
    asked = analysis.tasks(graph, found, members)
    done: list[analysis.Verdict] = []
    try:
        for verdict in analysis.work(graph, asked):
            done.append(verdict)
            if on_verdict is not None:
                on_verdict(len(done), len(asked))
    except KeyboardInterrupt:
        pass  # what is done is kept; the result says that it is not complete
    return Stability(case, graph, asked, tuple(done))


@dataclass(frozen=True, eq=False)
class Explanation:
    """Why the parties would stay at a state, or leave it; ``str`` tells it in plain English.

    Parameters
    ----------
    case : Case
        The case.
    graph : Graph
        Its arrays.
    state : int
        Flat index of the state.
    places : tuple of (int, int)
        For each party of the case: how many levels are better for it, and how many there are.
    reasons : tuple of Reason
        For each concept asked for, for each party asked for.
    """

    case: Case
    graph: Graph
    state: int
    places: tuple[tuple[int, int], ...]
    reasons: tuple[Reason, ...]

    def __repr__(self) -> str:
        return f"<Explanation of a state of {self.case.name}: {len(self.reasons)} reasons>"

    def __str__(self) -> str:
        from detente.dossier.text.reasons import explanation_text

        return explanation_text(self.case, self.state, self.places, self.reasons)

    def _repr_html_(self) -> str:
        from detente.dossier.notebook import prose

        return prose(str(self))


def explain(
    case: Case,
    state: str = STATUS_QUO,
    *,
    party: str | None = None,
    concepts: Sequence[str] = ("seq",),
    max_memory: int | None = None,
) -> Explanation:
    """Return why the parties would stay at a state, or leave it.

    Parameters
    ----------
    state : str
        A formula that pins it down, its string, or ``status_quo``.
    party : str, optional
        Only this one; for concepts over coalitions, parties joined by ``+``.
    concepts : sequence of str
        As for :func:`stability`.

    Raises
    ------
    CaseError
        If a name is unknown, or not just one state is meant.

    Examples
    --------
    >>> import detente
    >>> print(detente.explain(detente.load("prisoners-dilemma"), "YY", party="row"))
    ... # doctest: +ELLIPSIS
    The state:...
    """
    graph = build(case, max_memory=max_memory)
    at = find_state(case, graph, state)
    focal = None if party is None else _members(case, party)
    found = [registry.find(name) for name in dict.fromkeys(concepts)]
    reasons = [
        reason(graph, task.concept, task.members, at)
        for task in analysis.tasks(graph, found, focal)
        if task.concept.over == "coalition" or focal is None or task.members == focal
    ]
    if not reasons:
        raise CaseError(f"'{party}' is a coalition; ask a concept over coalitions, such as cseq")
    places = tuple((int(r.max() - r.flat[at]), int(r.max()) + 1) for r in graph.ranks)
    return Explanation(case, graph, at, places, tuple(reasons))


def evolution(result: analysis.Verdicts, state: str = STATUS_QUO) -> Evolution:
    """Return how the equilibria of an analysis come about from the status quo.

    Parameters
    ----------
    result : Verdicts
        What :func:`stability` returned.
    state : str
        Where to begin: a formula that pins a state down, its string, or ``status_quo``.

    Raises
    ------
    CaseError
        If not just one state is meant.

    Examples
    --------
    >>> import detente
    >>> result = detente.stability(detente.load("elmira"), ["seq"])
    >>> [d.by_moves.length for d in detente.evolution(result).destinations][:2]
    [1, 1]
    """
    start = find_state(result.case, result.graph, state)
    return evolving(result.graph, start, analysis.holding(result))


@dataclass(frozen=True, eq=False)
class Inverse:
    """Which preferences would make a state hold; ``str`` tells it in plain English.

    Parameters
    ----------
    case : Case
        The case.
    graph : Graph
        Its arrays.
    state : int
        Flat index of the state.
    concept : str
        Under which it should hold.
    requirements : tuple of Requirement
        One for each party.
    """

    case: Case
    graph: Graph
    state: int
    concept: str
    requirements: tuple[inverting.Requirement, ...]

    def __repr__(self) -> str:
        return f"<Inverse of {self.case.name} under {self.concept}>"

    def __str__(self) -> str:
        from detente.dossier.text.inverse import inverse_text

        return inverse_text(self.case, self.graph, self.state, self.concept, self.requirements)

    def _repr_html_(self) -> str:
        from detente.dossier.notebook import prose

        return prose(str(self))


def inverse(
    case: Case, state: str, concept: str = "seq", *, max_memory: int | None = None
) -> Inverse:
    """Return for every party which preferences would make a state hold.

    Parameters
    ----------
    state : str
        A formula that pins it down, its string, or ``status_quo``.
    concept : str
        One of :data:`detente.stability.registry.SEQUENTIAL`.
    """
    graph = build(case, max_memory=max_memory)
    at = find_state(case, graph, state)
    return Inverse(case, graph, at, concept, inverting.inverse(graph, at, concept))


def states(case: Case, formula: str | None = None, *, max_memory: int | None = None) -> StateSet:
    """Return the feasible states, or those that satisfy a formula.

    Raises
    ------
    CaseError
        If the formula cannot be read or names something unknown.
    """
    graph = build(case, max_memory=max_memory)
    found = graph.feasible if formula is None else find_states(case, graph, formula)
    return StateSet(found, graph.feasible)


def _members(case: Case, names: str) -> tuple[int, ...]:
    """Return the parties named, joined by ``+``, in the case's order."""
    wanted = [name.strip() for name in names.split("+")]
    for name in wanted:
        if name not in case.party_names:
            raise CaseError(unknown("party", name, case.party_names))
    return tuple(i for i, name in enumerate(case.party_names) if name in wanted)

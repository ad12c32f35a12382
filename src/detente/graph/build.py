"""From a case to its arrays."""

from __future__ import annotations

import math
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from typing import Any

import numpy as np

from detente.case.formula import Formula
from detente.case.model import Case, Option, Preferences, Ranking, Statements, Weights
from detente.case.truth import Truth
from detente.errors import CaseError, LimitError, nothing_left
from detente.graph import memory, merging, rank, store
from detente.graph.listing import TooMany, listing, narrowed
from detente.graph.model import BoolArray, Graph, Guard, IntArray
from detente.graph.space import Box, Rows, Space

SMALL = 1 << 16
"""Combinations of levels up to which arrays are always quick enough."""

THIN = 3
"""A list takes at most about so much longer for a state than arrays for a cell."""

MOST = 1 << 24
"""States of a list, at most, however much memory there is."""

SAMPLE = 4096
"""Combinations looked at before a list is tried."""

SHARED_STATES = 1 << 20
"""Combinations of levels up to which arrays are shared, and what was worked out with them."""


@dataclass(frozen=True)
class _Built:
    """Arrays that somebody may still hold."""

    case: weakref.ref[Case]
    graph: weakref.ref[Graph]
    store: str | None


_known: list[_Built] = []


def build(case: Case, *, max_memory: int | None = None) -> Graph:
    """Return the states of a case, in the store that suits it or that :func:`using` names.

    Parameters
    ----------
    case : Case
        A checked case.
    max_memory : int, optional
        Bytes that the analysis may use; by default what the machine has free.

    Raises
    ------
    LimitError
        If the analysis would need more memory than that, however the states are stored.
    CaseError
        If the rules leave no feasible state, or a ranking misses a state or ranks it twice.

    Notes
    -----
    Whoever asks several questions about one case gets the same arrays while an earlier answer is
    alive, so that what one question worked out serves the next; a case to which only rules were
    added gets the part of its list that they leave.
    """
    wanted = store.wanted()
    if wanted == store.DIAGRAMS:
        raise LimitError(
            "this question asks for states one by one, which decision diagrams do not list; "
            "stability, explain, path, zone and who work on them. Leave --store diagrams out, or "
            "ask those"
        )
    if wanted == store.ARRAYS and case.guarded:
        raise LimitError(
            "moves under a condition ('if' or 'then' under 'changes') need a list of states, or "
            "decision diagrams; leave --store arrays out"
        )
    if wanted == store.ARRAYS:
        memory.require(case, max_memory)
    _known[:] = [built for built in _known if built.graph() is not None]
    for built in _known:
        if (built.case() is case and built.store == wanted) and (graph := built.graph()):
            return graph
    graph = _build(case, _space(case, wanted, max_memory))
    merging.require_alike(case, graph)
    if graph.feasible.size <= SHARED_STATES:
        _known.append(_Built(weakref.ref(case), weakref.ref(graph), wanted))
    return graph


def alike(*cases: Case, max_memory: int | None = None) -> tuple[Case, ...]:
    """Return cases that a question changed, with states that count as one where they still may.

    Where a change of one of them tells such states apart, each counts for itself in all, so that
    what is counted in them can be compared.
    """
    try:
        for case in cases:
            if case.equivalent:
                build(case, max_memory=max_memory)
    except merging.ToldApartError:
        return tuple(replace(case, equivalent=()) for case in cases)
    except LimitError:
        pass  # told where the states are asked for
    return cases


def build_any(case: Case, *, max_memory: int | None = None) -> Graph:
    """Return the states of a case as :func:`build` does, or on diagrams where they are too many.

    Raises
    ------
    LimitError
        If the states are too many to be listed and there is no library for diagrams.
    """
    from detente.graph.diagrams import large

    wanted = store.wanted()
    if wanted == store.DIAGRAMS:
        merging.require_listed(case)
        return large(case, max_memory)
    try:
        return build(case, max_memory=max_memory)
    except memory.TooLargeError as refused:
        if wanted is not None:
            raise
        if find_spec("dd") is None:
            raise LimitError(
                f"{refused}, with the package 'dd': pip install 'detente[large]'"
            ) from None
    return large(case, max_memory)


def _space(case: Case, wanted: str | None, max_memory: int | None) -> Space:
    """Return the store that suits a case.

    A list serves where rules leave few of many combinations, or where arrays do not fit.
    """
    cells = math.prod(case.shape)
    merging.require_few(case, cells)
    fits = memory.fits(case, max_memory)
    if wanted == store.ARRAYS or (wanted is None and fits and cells <= SMALL and not case.guarded):
        return Box(case.shape)
    most = min(memory.most_listed(case, max_memory), MOST)
    if wider := _wider(case, wanted, most):
        known, rows = wider
        return narrowed(rows, case, case.infeasible[len(known.infeasible) :])
    share = _share(case)
    if case.guarded:
        wanted = store.LIST
    if wanted is None and fits:
        if share * THIN > 2:
            return Box(case.shape)
        most = min(most, cells // THIN)
    try:
        if share * cells > 2 * most:
            raise TooMany
        return listing(case, most)
    except TooMany:
        if wanted is None and fits:
            return Box(case.shape)
    raise memory.too_large(case, max_memory, most)


def _wider(case: Case, wanted: str | None, most: int) -> tuple[Case, Rows] | None:
    """Return a case at hand to which this one only adds rules, and its list; None if none is."""

    def told(one: Case, rules: int) -> tuple[object, ...]:
        options = tuple((party.name, party.options) for party in one.parties)
        return options, one.outcomes, one.infeasible[:rules]

    for built in _known:
        known, graph = built.case(), built.graph()
        if known is None or graph is None or graph.rows is None or built.store != wanted:
            continue
        rules = len(known.infeasible)
        if len(graph.rows.table) <= most and told(case, rules) == told(known, rules):
            return known, graph.rows
    return None


def _share(case: Case) -> float:
    """Return which share of a sample of combinations, always the same one, is feasible.

    That only saves the work of a list that would be given up; no answer depends on it.
    """
    rng = np.random.default_rng(0)
    columns = [rng.integers(0, n, SAMPLE, np.int8) for n in case.shape]
    truth = Rows(case.shape, np.stack(columns, axis=1)).truth(case)
    left = np.ones(SAMPLE, bool)
    for rule in case.infeasible:
        left &= ~np.broadcast_to(truth(rule.formula), SAMPLE)
    return int(np.count_nonzero(left)) / SAMPLE


def _build(case: Case, space: Space) -> Graph:
    truth = space.truth(case)
    if isinstance(space, Box):
        feasible = feasible_states(case, truth)
    else:
        feasible = np.ones(space.shape, bool)
    party_at = {party.name: i for i, party in enumerate(case.parties)}
    merged = merging.merged(case, truth, feasible)
    return Graph(
        parties=case.party_names,
        options=case.option_names,
        owner=tuple(party_at[party.name] for party, _ in case.options),
        changes=tuple(changes(option) for _, option in case.options),
        feasible=feasible,
        ranks=tuple(ranks_of(p.name, p.preferences, truth, feasible) for p in case.parties),
        space=space,
        guards=tuple(guards(case, partial(_everywhere, truth, space))),
        case=case,
        merged=merged,
    )


def _everywhere(truth: Truth, space: Space, formula: Formula | None) -> BoolArray:
    """Return where a formula holds; everywhere if there is none."""
    return np.broadcast_to(True if formula is None else truth(formula), space.shape)


def guards(case: Case, holds: Callable[[Formula | None], Any]) -> Iterator[Guard]:
    """Yield the conditions on changes, whichever way sets of states are stored.

    Parameters
    ----------
    holds : callable
        Where a formula holds; everywhere for None.
    """
    for axis, (_, option) in enumerate(case.options):
        n = len(option.levels)
        for guard in option.guards:
            pairs = np.zeros((n, n), bool)
            pairs[tuple(zip(*guard.pairs(n), strict=True))] = True
            yield Guard(axis, pairs, holds(guard.before), holds(guard.after))


def feasible_states(case: Case, truth: Truth) -> BoolArray:
    """Return where no rule of the case holds, in the shape of all states.

    Raises
    ------
    CaseError
        If that is nowhere.
    """
    feasible = np.ones((1,) * len(case.shape), bool)
    for rule in case.infeasible:
        feasible = feasible & ~truth(rule.formula)
    if not feasible.any():
        raise nothing_left()
    return np.ascontiguousarray(np.broadcast_to(feasible, case.shape))


def changes(option: Option) -> BoolArray:
    """Return ``[old, new]``: whether the option's level may change so; the diagonal is true."""
    n = len(option.levels)
    if option.changes is None:
        return np.ones((n, n), bool)
    allowed = np.eye(n, dtype=bool)
    for old, new in option.changes:
        allowed[old, new] = True
    return allowed


def ranks_of(party: str, wants: Preferences, truth: Truth, feasible: BoolArray) -> IntArray:
    """Return how a party ranks the states.

    Parameters
    ----------
    party : str
        Its name, for messages.
    wants : Preferences
        What it wants.
    truth : Truth
        The evaluator of the case's formulas.
    feasible : bool array
        The states to rank.

    Raises
    ------
    CaseError
        If a ranking misses a state or ranks it twice.
    LimitError
        If weights do not add up exactly.
    """
    match wants:
        case Statements(statements):
            return rank.by_statements((truth(s.formula) for s in statements), feasible)
        case Weights(weights):
            try:
                return rank.by_weights(
                    [truth(f) for f, _ in weights], [w for _, w in weights], feasible
                )
            except LimitError as error:
                raise LimitError(f"preferences of '{party}': {error}") from None
        case Ranking(groups):
            held = [np.logical_or.reduce(np.broadcast_arrays(*map(truth, g))) for g in groups]
            if (missed := rank.misfits(held, feasible)).any():
                raise CaseError(
                    f"preferences of '{party}': the ranking must name every feasible state just "
                    f"once; {int(missed.sum()):,} are missing or stand twice"
                )
            return rank.by_groups(held, feasible)

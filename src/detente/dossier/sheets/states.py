"""States and verdicts as tables: options as rows and states as columns, as papers print them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.case.model import Case
from detente.dossier.sheets.model import Cell, Table
from detente.dossier.words import concept_name, is_plain
from detente.graph.arcs import arcs
from detente.graph.diagrams import Large
from detente.graph.find import status_quo
from detente.graph.listed import marked
from detente.graph.model import Graph
from detente.graph.sets import StateSet
from detente.graph.space import Space

if TYPE_CHECKING:
    from detente.stability.analysis import Verdicts

STABLE, UNSTABLE, EQUILIBRIUM = "s", "–", "E"

MOST = 60
"""Of a case with more states than these the paper form shows those that hold."""

Column = tuple[str, Sequence[Cell]]
"""A name and a cell for each state."""


def states_tables(case: Case, found: StateSet, *, by_state: bool = False) -> tuple[Table, ...]:
    """Return the table of some states; numbers count all feasible ones, from 1."""
    at, numbers = found.at, found.numbers
    title = f"States of {case.title}"
    if by_state:
        return (_tall(title, numbers, _levels(case, found.space, at, plain=False)),)
    return (_wide(title, numbers, _levels_in_words(case, found, at)),)


def model_table(case: Case, graph: Graph) -> Table:
    """Return the whole model in the form of papers, which ``detente import`` reads as a case.

    Options and states as in :func:`states_tables`; below them the rank that each party gives each
    state, 1 the best, what cannot be taken back or every move one by one, and today's state.
    """
    found = graph.states(graph.feasible)
    at, numbers = found.at, found.numbers
    rows = [
        (a, b, _as_read(cells, case.options[k - 1][1].levels) if k else cells)
        for k, (a, b, cells) in enumerate(_levels_in_words(case, found, at))
    ]
    for party, ranks in zip(case.parties, graph.ranks, strict=True):
        worth = ranks.ravel()[at]
        if worth.any():
            rows.append((party.label, "rank", [int(worth.max()) + 1 - int(k) for k in worth]))
    rows += _moves(case, graph, at)
    if case.status_quo is not None and not case.open_today:
        today = graph.first(status_quo(case, graph))
        rows.append(("", "today", ["yes" if k == today else "" for k in at.tolist()]))
    return replace(_wide(f"The model of {case.title}", numbers, rows), name="model")


def _as_read(cells: Sequence[Cell], levels: Sequence[str]) -> Sequence[Cell]:
    """Return levels as they are read back in their order: by number where names would not do."""
    met = [cell for cell in dict.fromkeys(cells) if cell is not None]
    known = ("N", "Y") if set(met) <= {"N", "Y"} else tuple(levels)
    if met == [level for level in known if level in met]:
        return cells
    return [None if cell is None else known.index(str(cell)) for cell in cells]


def _moves(
    case: Case, graph: Graph, at: NDArray[np.intp]
) -> Iterator[tuple[str, str, Sequence[Cell]]]:
    """Yield rows of what cannot be taken back; of every move where that does not say it all."""
    free = [np.ones_like(c) for c in graph.changes]
    rising = [np.triu(c) for c in free]
    one_way = [bool((c == up).all()) for c, up in zip(graph.changes, rising, strict=True)]
    plain = [bool(c.all()) or up for c, up in zip(graph.changes, one_way, strict=True)]
    if graph.guards or not all(plain):
        place = {state: str(number) for number, state in enumerate(at.tolist(), start=1)}
        reached: dict[tuple[int, int], list[str]] = {}
        for arc in arcs(graph):
            reached.setdefault((arc.mover, arc.source), []).append(place[arc.target])
        for p, party in enumerate(case.parties):
            yield party.label, "moves", [" ".join(reached.get((p, s), ())) for s in at.tolist()]
        return
    for p, party in enumerate(case.parties):
        own = range(graph.axes[p].start, graph.axes[p].stop)
        told = [case.options[axis][1].label for axis in own if one_way[axis]]
        if told:
            yield party.label, "irreversible", (told + [""] * len(at))[: len(at)]


def stability_tables(result: Verdicts, *, by_state: bool = False) -> tuple[Table, ...]:
    """Return who holds which states, and how many there are of them."""
    counts = _counts(result)
    graph, case = result.graph, result.case
    if isinstance(graph, Large):
        return (counts,)
    title = f"Stability of {case.title}"
    at = graph.states(graph.feasible).at
    if len(at) > MOST and not by_state:
        at, which = _holding(result)
        title += f", {len(at):,} of {graph.n_states:,} states: those that hold{which}"
    numbers = graph.states(marked(at, graph)).numbers
    if by_state:
        columns = _levels(case, graph.space, at, plain=False)
        for concept in result.concepts:
            columns.append((concept.name, _flags(result.equilibria(concept.name).states, at)))
        for verdict in result.verdicts:
            columns.append((f"{verdict.concept.name}.{verdict.focal}", _flags(verdict.stable, at)))
        return _tall(title, numbers, columns), counts
    legend = f"{STABLE} stable for the party, {EQUILIBRIUM} equilibrium"
    rows = [*_levels_in_words(case, graph.states(graph.feasible), at), *_verdict_rows(result, at)]
    return _wide(f"{title}: {legend}", numbers, rows), counts


def _holding(result: Verdicts) -> tuple[NDArray[np.intp], str]:
    """Return the states that hold under some concept, or, where these are many, under each."""
    found = [result.equilibria(concept.name).states for concept in result.concepts]
    if not found:
        return np.zeros(0, np.intp), ""
    some = result.graph.states(np.logical_or.reduce(found)).at
    if len(some) <= MOST or len(found) == 1:
        return some, ""
    return result.graph.states(np.logical_and.reduce(found)).at, " under each concept"


def _verdict_rows(result: Verdicts, at: NDArray[np.intp]) -> list[tuple[str, str, Sequence[Cell]]]:
    """Return, for each concept, a row for each party and one for the equilibria."""
    labels = {party.name: party.label for party in result.case.parties}
    finished = {concept.name for concept in result.concepts}
    rows: list[tuple[str, str, Sequence[Cell]]] = []
    for concept in dict.fromkeys(task.concept for task in result.asked):
        said = concept_name(concept.name)
        for verdict in result.verdicts:
            if verdict.concept.name == concept.name:
                marks = [STABLE if yes else UNSTABLE for yes in _flags(verdict.stable, at)]
                rows.append((labels.get(verdict.focal, verdict.focal), said, marks))
        if concept.name in finished:
            holding = _flags(result.equilibria(concept.name).states, at)
            rows.append(("all", said, [EQUILIBRIUM if yes else UNSTABLE for yes in holding]))
    return rows


def _counts(result: Verdicts) -> Table:
    """Return how many states are stable for whom."""
    finished = {concept.name for concept in result.concepts}
    asked = list(dict.fromkeys(task.concept.name for task in result.asked))
    focals = list(dict.fromkeys(task.focal for task in result.asked))
    stable = {(v.concept.name, v.focal): v.stable for v in result.verdicts}
    rows = []
    for name in asked:
        counts: list[Cell] = []
        for focal in focals:
            found = stable.get((name, focal))
            counts.append(None if found is None else result.graph.states(found).count)
        whole = result.equilibria(name).count if name in finished else None
        rows.append((name, *counts, whole))
    title = f"How many of {result.n_states:,} states are stable"
    return Table("counts", title, ("concept", *focals, "equilibria"), tuple(rows))


def _flags(states: NDArray[np.bool_], at: NDArray[np.intp]) -> list[bool]:
    return [bool(yes) for yes in states.ravel()[at]]


def _levels(case: Case, space: Space, at: NDArray[np.intp], *, plain: bool) -> list[Column]:
    """Return the states' strings, then the levels of each option; yes and no as Y and N."""
    columns: list[Column] = [("state", space.codes(at))]
    for name, (_, option), levels in zip(
        case.option_names, case.options, space.rows(at).T, strict=True
    ):
        words = ("N", "Y") if plain and is_plain(option) else option.levels
        columns.append((name, [words[int(level)] for level in levels]))
    return columns


def _levels_in_words(
    case: Case, among: StateSet, at: NDArray[np.intp]
) -> list[tuple[str, str, Sequence[Cell]]]:
    """Return a row for each option under its owner's label, after one with the strings.

    Of states that count as one, an option in which they differ has a dash.
    """
    (_, strings), *levels = _levels(case, among.space, at, plain=True)
    rows: list[tuple[str, str, Sequence[Cell]]] = [("", "state", strings)]
    open_ = _open(among, at)
    for k, ((owner, option), (_, cells)) in enumerate(zip(case.options, levels, strict=True)):
        told = [None if free else cell for cell, free in zip(cells, open_[:, k], strict=True)]
        rows.append((owner.label, option.label, told))
    return rows


def _open(among: StateSet, at: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return, for each state and option, whether those that count as one with it differ there."""
    rows = among.space.rows(at)
    found = np.zeros(rows.shape, bool)
    if among.merged is not None:
        for k, state in enumerate(at.tolist()):
            same = np.flatnonzero(among.merged == among.merged[state])
            found[k] = (among.space.rows(same) != rows[k]).any(axis=0)
    return found


def _wide(
    title: str, numbers: Sequence[int], rows: Sequence[tuple[str, str, Sequence[Cell]]]
) -> Table:
    columns = ("party", "option", *map(str, numbers))
    return Table("states", title, columns, tuple((a, b, *cells) for a, b, cells in rows), stub=2)


def _tall(title: str, numbers: Sequence[int], columns: Sequence[Column]) -> Table:
    names = ("number", *(name for name, _ in columns))
    rows = zip(numbers, *(cells for _, cells in columns), strict=True)
    return Table("states", title, names, tuple(rows), stub=2)

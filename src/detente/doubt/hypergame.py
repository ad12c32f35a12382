"""What each party believes of the others: first-level hypergames [WangHipelFraser1988]_.

Every party analyses a game of its own: its own true wishes, the wishes that it takes the others to
have, and the options that it knows of; an option it does not know of stays as it is today. A state
holds if every party stays in it as it sees the game. States that differ only in options that a
party does not know of are one state to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from detente.case import formula as fm
from detente.case.model import Case, Rule, View
from detente.errors import CaseError
from detente.graph.build import build
from detente.graph.merging import ToldApartError
from detente.graph.model import BoolArray, Graph, Party
from detente.graph.space import Rows
from detente.stability.registry import Concept


@dataclass(frozen=True, eq=False, slots=True)
class Seen:
    """One concept in the game that one party sees.

    Parameters
    ----------
    known : bool array of the shape of the states
        Where the state, as the party sees it, is one of its game; elsewhere it has no verdict.
    stable : tuple of bool arrays
        For each party where it stays, as this one sees it.
    """

    known: BoolArray
    stable: tuple[BoolArray, ...]

    @property
    def expected(self) -> BoolArray:
        """The equilibria of the game that the party sees: what it expects to hold."""
        found: BoolArray = np.logical_and.reduce(self.stable) & self.known
        return found


@dataclass(frozen=True, eq=False, slots=True)
class Hypergame:
    """What holds under one concept where each sees a game of its own.

    Of states that count as one all the sets hold the first.

    Parameters
    ----------
    concept : Concept
        The concept.
    true : bool array of the shape of the states
        What would hold if everybody were right about everybody.
    seen : tuple of Seen
        The game of each party.
    """

    concept: Concept
    true: BoolArray
    seen: tuple[Seen, ...]

    @property
    def holds(self) -> BoolArray:
        """Where everybody stays in the game that it sees."""
        own = [seen.stable[i] & seen.known for i, seen in enumerate(self.seen)]
        found: BoolArray = np.logical_and.reduce(own)
        return found

    @property
    def apart(self) -> BoolArray:
        """Feasible states that some party cannot judge, as they are none in its game."""
        known = [seen.known for seen in self.seen]
        found: BoolArray = np.logical_or.reduce(known) & ~np.logical_and.reduce(known)
        return found

    def surprising(self, party: Party, by: Party) -> BoolArray:
        """Return where one party expects of another what that one does not think itself."""
        mine, own = self.seen[party], self.seen[by]
        both = mine.known & own.known
        found: BoolArray = (mine.stable[by] != own.stable[by]) & both
        return found

    def surprised(self, party: Party) -> BoolArray:
        """Return where a party is wrong about somebody."""
        others = [by for by in range(len(self.seen)) if by != party]
        found = np.zeros_like(self.true)
        for by in others:
            found = found | self.surprising(party, by)
        return found


Range = tuple[Fraction, Fraction]
"""The least and the greatest level, from 0 to 1."""


@dataclass(frozen=True, eq=False, slots=True)
class Value:
    """What one belief is worth: what holds with it, and once it is set right.

    Parameters
    ----------
    viewer : int
        Whose belief.
    about : int
        Whose wishes it is about; the viewer itself stands for the options it does not know of.
    concept : Concept
        Under which.
    corrected : bool array
        What holds once it is set right.
    before, after : tuple of (Fraction, Fraction), or None
        For each party the least and the greatest level, by its true wishes, over what holds with
        the belief and without; None where nothing holds.
    """

    viewer: Party
    about: Party
    concept: Concept
    corrected: BoolArray
    before: tuple[Range | None, ...]
    after: tuple[Range | None, ...]


def game_of(case: Case, view: View | None) -> Case:
    """Return the case as a party sees it."""
    if view is None:
        return replace(case, views=())
    believed = {belief.party: belief.preferences for belief in view.beliefs}
    parties = tuple(
        replace(p, preferences=believed[p.name], readings=()) if p.name in believed else p
        for p in case.parties
    )
    today = case.status_quo or (0,) * len(case.options)
    rules = []
    for party, option in view.unaware:
        axis = case.axis_of[party, option]
        level = case.options[axis][1].levels[today[axis]]
        rules.append(Rule(fm.Not(fm.OptionIs(party, option, level))))
    return replace(case, views=(), parties=parties, infeasible=(*case.infeasible, *rules))


def hypergame(case: Case, graph: Graph, concepts: Sequence[Concept]) -> tuple[Hypergame, ...]:
    """Return what holds under some concepts where each party sees a game of its own.

    Parameters
    ----------
    case, graph : Case, Graph
        The case with its views, and its states.

    Raises
    ------
    CaseError
        If a party's view leaves no state, or ranks states wrongly.
    """
    views = {view.party: view for view in case.views}
    games = []
    for name in case.party_names:
        view = views.get(name)
        if view is None:
            games.append((graph, _everywhere(graph)))
            continue
        try:
            inner = build(game_of(case, view))
        except ToldApartError as error:
            told = [replace(p, message=f"as {name} sees it, {p.message}") for p in error.problems]
            raise CaseError(told) from None
        games.append((inner, _projection(case, graph, inner, view)))
    found = []
    first = graph.singly(graph.feasible)
    for concept in concepts:
        parties = range(len(case.parties))
        true = first & np.logical_and.reduce([concept.stable(graph, p) for p in parties])
        seen = tuple(_seen(graph, inner, at, concept) for inner, at in games)
        found.append(Hypergame(concept, true, seen))
    return tuple(found)


def _everywhere(graph: Graph) -> NDArray[np.intp]:
    at = np.arange(graph.feasible.size)
    return np.where(graph.feasible.ravel(), at, -1)


def _projection(case: Case, graph: Graph, inner: Graph, view: View) -> NDArray[np.intp]:
    """Return for each state which one of the party's game it is to it; -1 for none."""
    states = np.flatnonzero(graph.feasible)
    levels = graph.space.rows(states)
    today = case.status_quo or (0,) * len(case.options)
    for option in view.unaware:
        axis = case.axis_of[option]
        levels[:, axis] = today[axis]
    found = np.full(graph.feasible.size, -1)
    if isinstance(inner.space, Rows):
        there = _places(inner.space.table, levels.astype(np.int8))
    else:
        there = np.ravel_multi_index(tuple(levels.T), inner.levels) if levels.size else states * 0
        there = np.where(inner.feasible.ravel()[there], there, -1)
    found[states] = there
    return found


def _places(table: NDArray[np.int8], wanted: NDArray[np.int8]) -> NDArray[np.intp]:
    """Return the row of a rising table that each wanted row is; -1 for none."""
    _, number = np.unique(np.concatenate([table, wanted]), axis=0, return_inverse=True)
    number = number.reshape(-1)
    at = np.full(int(number.max(initial=0)) + 1, -1)
    at[number[: len(table)]] = np.arange(len(table))
    return at[number[len(table) :]]


def _seen(graph: Graph, inner: Graph, at: NDArray[np.intp], concept: Concept) -> Seen:
    known = (at >= 0).reshape(graph.shape) & graph.singly(graph.feasible)
    stable = tuple(
        concept.stable(inner, p).ravel()[at].reshape(graph.shape) & known
        for p in range(len(graph.parties))
    )
    return Seen(known, stable)


def values(case: Case, graph: Graph, games: Sequence[Hypergame]) -> tuple[Value, ...]:
    """Return what each belief is worth: about one party's wishes, or about options not known."""
    found = []
    for corrected, viewer, about in _corrected(case):
        after = hypergame(corrected, graph, [game.concept for game in games])
        for game, then in zip(games, after, strict=True):
            before_, after_ = (_levels(graph, held.holds) for held in (game, then))
            found.append(Value(viewer, about, game.concept, then.holds, before_, after_))
    return tuple(found)


def _corrected(case: Case) -> list[tuple[Case, Party, Party]]:
    """Return the case with each belief set right alone, whose it is, and whom it is about."""
    found = []
    number = {name: i for i, name in enumerate(case.party_names)}
    for k, view in enumerate(case.views):
        viewer = number[view.party]
        changed = [
            (replace(view, beliefs=tuple(b for b in view.beliefs if b is not belief)), belief.party)
            for belief in view.beliefs
        ]
        if view.unaware:
            changed.append((replace(view, unaware=()), view.party))
        for new, about in changed:
            views = (*case.views[:k], new, *case.views[k + 1 :])
            found.append((replace(case, views=views), viewer, number[about]))
    return found


def _levels(graph: Graph, held: BoolArray) -> tuple[Range | None, ...]:
    if not held.any():
        return (None,) * len(graph.parties)
    found: list[Range | None] = []
    for ranks in graph.ranks:
        top = int(ranks[graph.feasible].max(initial=0)) or 1
        there = ranks[held]
        found.append((Fraction(int(there.min()), top), Fraction(int(there.max()), top)))
    return tuple(found)

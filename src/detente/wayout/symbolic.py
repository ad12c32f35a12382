"""What all would rather have, and who can bring it about, where states are decision diagrams."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from detente.case.model import Case
from detente.graph.diagrams import Large, Where
from detente.graph.diagrams.coding import TooLongError
from detente.graph.diagrams.ways import Way, closest, nearest_to, reached, shortest
from detente.graph.model import Party
from detente.graph.space import Levels, Rows
from detente.stability.registry import Concept
from detente.wayout.broken import words_of
from detente.wayout.who import Group

Found = TypeVar("Found")

MOST_NODES = 20_000
"""Nodes of a diagram over states and the ranks of all parties at once, at most."""


@dataclass(frozen=True, eq=False)
class LargeZone:
    """What some parties would all rather have than today.

    Parameters
    ----------
    start : tuple of int
        Today's levels.
    parties : tuple of int
        Whose gain is asked for.
    states, weak : Where
        Where all of them gain; where none loses and one gains.
    pareto : Where or None
        Of the zone: nothing betters it for one of them and worsens it for none; None where that
        was given up.
    hold : tuple of (str, Where)
        For each concept the states of the zone that are equilibria.
    stays : tuple of (str, tuple of int)
        For each concept all the parties that would stay where they are today.
    reachable : Where
        The states of the zone that any moves lead to.
    willingly : Where or None
        Those that improvements alone lead to; None where the search took too long.
    without : tuple of Where
        For each of the parties: where all the others gain.
    """

    start: Levels
    parties: tuple[Party, ...]
    states: Where
    weak: Where
    pareto: Where | None
    hold: tuple[tuple[str, Where], ...]
    stays: tuple[tuple[str, tuple[Party, ...]], ...]
    reachable: Where
    willingly: Where | None
    without: tuple[Where, ...]


def zone(
    graph: Large, start: Levels, parties: Sequence[Party], concepts: Sequence[Concept]
) -> LargeZone:
    """Return what some parties would all rather have than a state, exactly."""
    with graph.bounded():
        return _zone(graph, start, parties, concepts)


def _zone(
    graph: Large, start: Levels, parties: Sequence[Party], concepts: Sequence[Concept]
) -> LargeZone:
    members = tuple(sorted(parties))
    everybody = range(len(graph.parties))
    gains = [better_than(graph, i, start) for i in members]
    losses = [_worse_than(graph, i, start) for i in members]
    states = _all_of(graph, gains)
    some = _all_of(graph, [~loss for loss in losses]) & ~_all_of(graph, [~gain for gain in gains])
    verdicts = [(c.name, [_where(c.stable(graph, i)) for i in everybody]) for c in concepts]
    willing = _in_time(lambda: reached(graph, start, everybody, improving=True))
    return LargeZone(
        start,
        members,
        states,
        some,
        pareto(graph, states, members),
        tuple((name, states & _all_of(graph, stable)) for name, stable in verdicts),
        tuple(
            (name, tuple(i for i, where in enumerate(stable) if where.holds(start)))
            for name, stable in verdicts
        ),
        states & reached(graph, start, everybody),
        None if willing is None else states & willing,
        tuple(_all_of(graph, gains[:k] + gains[k + 1 :]) for k in range(len(gains))),
    )


def pareto(graph: Large, states: Where, parties: Sequence[Party]) -> Where | None:
    """Return the states of a zone that no other one betters for some and for none worsens.

    For each vector of ranks, one of every party, is asked whether a state reaches it, and exceeds
    it for somebody; a state is dominated if that is so of its own ranks. Whatever is at least as
    good for everybody as a state of the zone lies in the zone.

    Returns
    -------
    Where or None
        None where the diagrams of these questions grow beyond ``MOST_NODES``.
    """
    coding = graph.coding
    names = {i: [f"r{i}_{k}" for k in range(len(coding.wishes[i]))] for i in parties}
    coding.bdd.declare(*(name for own in names.values() for name in own))
    bits = [name for own in coding.x for name in own]
    dominated = coding.bdd.false
    for gaining in parties:
        met = coding.feasible
        *some, last = (_reaches(graph, i, names[i], beyond=i == gaining) for i in parties)
        for above in some:
            met &= above
            coding.check()
            if met.dag_size > MOST_NODES:
                return None
        dominated |= coding.and_exists(met, last, bits)
    own = {n: wish for i in parties for n, wish in zip(names[i], coding.wishes[i], strict=True)}
    return states & ~Where(coding, coding.bdd.let(own, dominated) & coding.feasible)


def _reaches(graph: Large, party: Party, names: Sequence[str], *, beyond: bool) -> Any:
    """Return where a party's rank is at least a vector of bits, or above it."""
    bdd = graph.coding.bdd
    found = bdd.false if beyond else bdd.true
    for wish, name in reversed(list(zip(graph.coding.wishes[party], names, strict=True))):
        bit = bdd.var(name)
        found = (wish & ~bit) | (graph.coding.same(wish, bit) & found)
    return found


@dataclass(frozen=True, slots=True)
class LargeWays:
    """The shortest ways into a target.

    Parameters
    ----------
    start : tuple of int
        Where they begin.
    way : Way
        By any moves of one party at a time.
    willingly : Way or None
        By improvements alone; None where the search took too long.
    breaks : tuple of tuple of str
        For each move of the first way the ids of what is said aloud and broken by it first.
    nearest : tuple of int or None
        Where no way leads there: the state within reach that is nearest to the target.
    """

    start: Levels
    way: Way
    willingly: Way | None
    breaks: tuple[tuple[str, ...], ...]
    nearest: Levels | None


def path(graph: Large, case: Case, start: Levels, target: Where) -> LargeWays:
    """Return the shortest ways from a state into a target, layer by layer of moves."""
    everybody = range(len(graph.parties))
    with graph.bounded():
        way = shortest(graph, start, target, everybody)
        willingly, near = None, None
        if way.found:
            willingly = _in_time(lambda: shortest(graph, start, target, everybody, improving=True))
        elif target.any():
            near = nearest_to(graph, reached(graph, start, everybody), target)
    return LargeWays(start, way, willingly, _broken(case, start, way), near)


def _in_time(search: Callable[[], Found]) -> Found | None:
    """Return what a search finds; None if it takes too long."""
    try:
        return search()
    except TooLongError:
        return None


def _broken(case: Case, start: Levels, way: Way) -> tuple[tuple[str, ...], ...]:
    """Return for each move of a way which words it is the first to break that its start keeps."""
    states = Rows(case.shape, np.array([start, *(go.target for go in way.moves)], np.int8))
    left = {w.id: np.broadcast_to(w.broken, states.shape) for w in words_of(case, states)}
    left = {name: broken for name, broken in left.items() if broken.any() and not broken[0]}
    first = {name: int(broken.argmax()) for name, broken in left.items()}
    return tuple(
        tuple(name for name, at in first.items() if at == k + 1) for k in range(len(way.moves))
    )


def better_than(graph: Large, party: Party, state: Levels) -> Where:
    """Return the states that a party ranks above one."""
    coding = graph.coding
    node = coding.at_rank_of(party, state, coding.above(party))
    return Where(coding, node & coding.feasible)


def _worse_than(graph: Large, party: Party, state: Levels) -> Where:
    coding = graph.coding
    equal = coding.all_of(
        wish if coding.bdd.let(coding.values(state), wish) == coding.bdd.true else ~wish
        for wish in coding.wishes[party]
    )
    return ~better_than(graph, party, state) & Where(coding, ~equal & coding.feasible)


def _where(found: object) -> Where:
    assert isinstance(found, Where)
    return found


def _all_of(graph: Large, sets: Sequence[Where]) -> Where:
    found = graph.everything
    for states in sets:
        found = found & states
    return found


@dataclass(frozen=True, slots=True)
class LargeMeans:
    """A smallest group that can, and how.

    Parameters
    ----------
    group : tuple of int
        Nobody where it comes about, or stays away, without anybody's doing.
    way : Way
        The fewest moves to a state that differs from today in the fewest options, of all those
        from which the others do not get away.
    """

    group: Group
    way: Way


@dataclass(frozen=True, slots=True)
class LargePower:
    """The smallest groups that can bring a target about for good, and that can prevent it."""

    makers: tuple[LargeMeans, ...]
    preventers: tuple[LargeMeans, ...]


@dataclass(frozen=True, slots=True)
class LargeWho:
    """Who can bring a target about for good, and who can prevent it.

    Parameters
    ----------
    start : tuple of int
        Today's levels.
    any_moves, would : LargePower
        Whatever the others do, and if they move by improvements only.
    """

    start: Levels
    any_moves: LargePower
    would: LargePower


def who(graph: Large, start: Levels, target: Where) -> LargeWho:
    """Return who can bring a target about for good from a state, and who can prevent it."""
    powers = []
    with graph.bounded():
        for improving in (False, True):
            sides = [_able(graph, start, aim, improving=improving) for aim in (target, ~target)]
            powers.append(LargePower(*sides))
    return LargeWho(start, *powers)


def _able(graph: Large, start: Levels, aim: Where, *, improving: bool) -> tuple[LargeMeans, ...]:
    """Return the smallest groups whose moves lead to where the others do not get away."""
    active = tuple(i for i, own in enumerate(graph.axes) if own.start < own.stop)
    found: list[LargeMeans] = []
    for size in range(len(active) + 1):
        for group in itertools.combinations(active, size):
            if any(set(means.group) <= set(group) for means in found):
                continue
            rest = tuple(i for i in active if i not in group)
            safe = ~graph.kernel.reaching(~aim, rest, improving=improving)
            ends = reached(graph, start, group) & safe
            if ends.any():
                near = closest(graph, ends, graph.only(start))
                found.append(LargeMeans(group, shortest(graph, start, near, group)))
    return tuple(found)

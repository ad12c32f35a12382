"""Who can bring something about for good, and who can prevent it.

A group can bring a set of states about for good if, from today, its own moves lead to a state of
the set from which the others cannot get out of it, whatever they do; it can prevent a target if it
can bring about for good that the target does not hold. More members never can do less, so the
smallest groups say everything.

The words are those of effectivity [MoulinPeleg1982]_; strategies of alternating moves are treated
in [AlurHenzingerKupferman2002]_. Moves from today decide, never whether some choice of a group
leaves only states of the set: where the rules tie the options of several parties to each other,
that would call a party master of what it cannot set off.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from detente.errors import LimitError
from detente.graph.climb import improving_into
from detente.graph.joint import closure, fixpoint, settle
from detente.graph.model import BoolArray, Graph, Party
from detente.graph.paths import Step, shortest
from detente.wayout.zone import reached

Group: TypeAlias = tuple[Party, ...]
"""Parties in rising order."""

MAX_PARTIES = 14
"""Parties with options of which all groups are looked at."""


@dataclass(frozen=True, slots=True)
class Means:
    """A smallest group that can, and how.

    Parameters
    ----------
    group : tuple of int
        Nobody where it comes about, or stays away, without anybody's doing.
    moves : tuple of Step
        What it does: the fewest moves that lead to such an end; empty where nothing has to be done.
    end : int
        Flat index of the state these lead to, from which the others do not get away: of all such
        one that differs from today in the fewest options.
    """

    group: Group
    moves: tuple[Step, ...]
    end: int


@dataclass(frozen=True, slots=True)
class Short:
    """A group that cannot for want of one member.

    Parameters
    ----------
    group : tuple of int
        Who cannot.
    lacking : int
        The party with which it could.
    reaches : bool
        Whether its own moves bring it about at all.
    moves : tuple of Step
        Those that lead to the nearest state in which it is so.
    undone : tuple of Step
        How the others then undo it, changing as little; empty where it does not come so far.
    """

    group: Group
    lacking: Party
    reaches: bool
    moves: tuple[Step, ...]
    undone: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Power:
    """Who can bring a target about for good and who can prevent it, in one reading of the others.

    Parameters
    ----------
    makers, preventers : tuple of Means
        The smallest groups; none if nobody can.
    short_of_making, short_of_preventing : tuple of Short
        The groups that are one of these without one of its members.
    """

    makers: tuple[Means, ...]
    preventers: tuple[Means, ...]
    short_of_making: tuple[Short, ...]
    short_of_preventing: tuple[Short, ...]


@dataclass(frozen=True, slots=True)
class Who:
    """Who can bring a target about for good, and who can prevent it.

    Parameters
    ----------
    start : int
        Flat index of today's state.
    any_moves : Power
        Whatever the others do.
    would : Power
        If the others move by improvements only.
    """

    start: int
    any_moves: Power
    would: Power


def who(graph: Graph, start: int, target: BoolArray) -> Who:
    """Return who can bring a target about for good from a state, and who can prevent it.

    Parameters
    ----------
    graph : Graph
        The conflict.
    start : int
        Flat index of today's state.
    target : bool array of the graph's shape
        Where the target holds.

    Raises
    ------
    LimitError
        If there are too many parties with options to look at all groups of them.
    """
    active = tuple(i for i, own in enumerate(graph.axes) if own.start < own.stop)
    if len(active) > MAX_PARTIES:
        raise LimitError(
            f"{len(active)} parties have options, and their groups are too many to look at; at "
            f"most {MAX_PARTIES} are. Leave out parties that do not matter for the target"
        )
    aims = (target & graph.feasible, ~target & graph.feasible)
    asked = [
        _Question(graph, start, aim, active, improving)
        for improving in (False, True)
        for aim in aims
    ]
    found = _smallest(asked)
    make, prevent, would_make, would_prevent = (
        _side(question, able) for question, able in zip(asked, found, strict=True)
    )
    return Who(
        start,
        Power(make[0], prevent[0], make[1], prevent[1]),
        Power(would_make[0], would_prevent[0], would_make[1], would_prevent[1]),
    )


def safe(graph: Graph, aim: BoolArray, others: Sequence[Party], *, improving: bool) -> BoolArray:
    """Return the states of a set that some parties cannot get out of it from.

    Parameters
    ----------
    aim : bool array of the graph's shape
        The set; only its feasible states count.
    others : sequence of int
        Who might get out, one after the other and nobody twice in a row.
    improving : bool
        Whether they move by improvements only.
    """
    outside = graph.feasible & ~aim
    if not improving:
        lost = closure(np.bitwise_or, outside, graph, others)
    else:
        walk = settle if all(graph.transitive[j] for j in others) else fixpoint
        lost = walk(
            np.bitwise_or,
            outside,
            graph,
            others,
            lambda j, states: improving_into(states, graph, j),
        )
    kept: BoolArray = graph.feasible & ~lost
    return kept


@dataclass(frozen=True, eq=False)
class _Question:
    """One set that is to be brought about, against one kind of resistance."""

    graph: Graph
    start: int
    aim: BoolArray
    active: Group
    improving: bool

    def ends(self, group: Group, reach: BoolArray) -> BoolArray:
        """Return those of the states a group can go to from which the others do not get away."""
        if not (reach & self.aim).any():
            return np.zeros_like(reach)
        rest = tuple(i for i in self.active if i not in group)
        return reach & safe(self.graph, self.aim, rest, improving=self.improving)


def _smallest(asked: Sequence[_Question]) -> list[dict[Group, BoolArray]]:
    """Return for each question the smallest groups that can, with where they can go."""
    graph, start, active = asked[0].graph, asked[0].start, asked[0].active
    found: list[dict[Group, BoolArray]] = [{} for _ in asked]
    for size in range(len(active) + 1):
        for group in itertools.combinations(active, size):
            still = [k for k in range(len(asked)) if not _covered(group, found[k])]
            reach = reached(graph, start, group) if still else np.zeros((), bool)
            for k in still:
                ends = asked[k].ends(group, reach)
                if ends.any():
                    found[k][group] = ends
    return found


def _covered(group: Group, found: Collection[Group]) -> bool:
    """Return whether a part of a group is enough."""
    return any(set(smaller) <= set(group) for smaller in found)


def _side(
    question: _Question, found: Mapping[Group, BoolArray]
) -> tuple[tuple[Means, ...], tuple[Short, ...]]:
    """Return how each group does it, and why each fails that lacks one of its members."""
    able = []
    short: dict[tuple[Group, Party], Short] = {}
    for group, ends in found.items():
        moves = _simplest(question.graph, question.start, ends, group)
        able.append(Means(group, moves, moves[-1].target if moves else question.start))
        for lacking in group:
            rest = tuple(i for i in group if i != lacking)
            short[rest, lacking] = _short(question, rest, lacking)
    return tuple(able), tuple(short.values())


def _short(question: _Question, group: Group, lacking: Party) -> Short:
    """Return how far a group comes that cannot."""
    graph, start = question.graph, question.start
    there = reached(graph, start, group) & question.aim
    if not there.any():
        return Short(group, lacking, False, (), ())
    moves = _simplest(graph, start, there, group)
    end = moves[-1].target if moves else start
    others = tuple(i for i in question.active if i not in group)
    out = reached(graph, end, others, improving=question.improving) & ~question.aim
    undone = _simplest(graph, end, out, others, improving=question.improving)
    return Short(group, lacking, True, moves, undone)


def _simplest(
    graph: Graph, start: int, ends: BoolArray, movers: Group, *, improving: bool = False
) -> tuple[Step, ...]:
    """Return the fewest moves to a state that differs in the fewest options from the first.

    ``ends`` are states that the movers can bring about.
    """
    at = np.flatnonzero(ends)
    away = graph.space.differing(graph.space.at(start)).ravel()[at]
    nearest = np.zeros_like(ends)
    nearest.flat[at[away == away.min()]] = True
    way = shortest(graph, start, nearest, movers, improving=improving, limit=1)
    return way.sequences[0]

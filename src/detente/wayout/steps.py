"""The steps of a choreography: who can move where, alone or together, and what it exposes.

A step is a move of one party, or a joint step: several parties announce together, each changing
something of its own. After a step each of its movers is exposed to what any one outsider could do
next to its own advantage, measured against where the path started.

Levels are exact: a party's level is its dense rank divided by the highest one. The arrays hold
exposure as floats, correctly rounded; two such fractions whose denominators are below 2^26 are
equal, or ordered, as floats just as they are as fractions. Results hold fractions.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.graph import jointly
from detente.graph.climb import over_improvements
from detente.graph.model import BoolArray, Graph, IntArray, Party
from detente.graph.moves import AnyArray, only, spread

Movers: TypeAlias = tuple[Party, ...]
FloatArray: TypeAlias = NDArray[np.float64]

CELLS = 1 << 21
"""Pairs of states compared at a time."""

SMALL = 1 << 8
"""Assignments of a coalition up to which all of a slice are compared with each other."""


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step of a path.

    Parameters
    ----------
    movers : tuple of int
        Who moves; together if there are several.
    source, target : int
        Flat indices of the states.
    exposure : tuple of Fraction
        For each mover what it stands to lose against the start if an outsider pockets the step.
    yields : tuple of int
        The movers whose level the step lowers.
    breaks : tuple of str
        Ids of what was said aloud that the step is the first of its path to break.
    """

    movers: Movers
    source: int
    target: int
    exposure: tuple[Fraction, ...]
    yields: tuple[Party, ...]
    breaks: tuple[str, ...] = ()


class Moves:
    """Single and joint steps of a conflict, with what they expose, seen from one start.

    Parameters
    ----------
    graph : Graph
        The conflict.
    start : int
        Flat index of the state against which exposure is measured.
    joint : int
        The most parties that may move together.
    """

    def __init__(self, graph: Graph, start: int, joint: int) -> None:
        self.graph = graph
        self.start = start
        active = [p for p, own in enumerate(graph.axes) if own.start < own.stop]
        sizes = range(1, max(1, joint) + 1)
        self.coalitions: tuple[Movers, ...] = tuple(
            c for n in sizes for c in itertools.combinations(active, n)
        )
        self._tops = tuple(int(r[graph.feasible].max(initial=0)) for r in graph.ranks)

    @cached_property
    def risk(self) -> dict[Movers, FloatArray]:
        """For each coalition and each state it may step to: the largest exposure of a member."""
        return {movers: self._risk(movers) for movers in self.coalitions}

    def level(self, party: Party, state: int) -> Fraction:
        """Return a party's level of a state, from 0 to 1; 0 where it has but one class."""
        return Fraction(int(self.graph.ranks[party].flat[state]), self._tops[party] or 1)

    def step(self, movers: Movers, source: int, target: int) -> PathStep:
        """Return a step with what it means for its movers, in exact fractions."""
        exposure = tuple(self._loss(i, int(self._worst(movers, i).flat[target])) for i in movers)
        yields = tuple(
            i for i in movers if self.graph.ranks[i].flat[target] < self.graph.ranks[i].flat[source]
        )
        return PathStep(movers, source, target, exposure, yields)

    def onward(self, states: BoolArray) -> Iterator[tuple[Movers, BoolArray]]:
        """Yield every coalition with the states to which one step of it leads from a set."""
        if self.graph.rows is not None:
            for movers in self.coalitions:
                yield movers, jointly.onward(states, self.graph, movers)
            return
        changed: dict[Movers, BoolArray] = {(): states}
        for movers in self.coalitions:
            # Only the joint result must be feasible, so nothing is filtered in between, and a
            # step of several goes on from that of all but its last member.
            before = changed[movers[:-1]]
            after = spread(np.logical_or, before, self.graph, movers[-1], back=True, stay=False)
            changed[movers] = after
            yield movers, after & self.graph.feasible

    def one_by_one(
        self, movers: Movers, sources: NDArray[np.intp]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return the states to which the movers step from a few states, and those without yielding.

        Quicker than :meth:`onward` where the sources are few among all states.
        """
        if self.graph.rows is not None:
            return jointly.from_few(sources, self.graph, movers)
        offsets = np.zeros((len(sources), 1), np.intp)
        allowed = np.ones((len(sources), 1), bool)
        for party in movers:
            changes = self._changes[party]
            after = math.prod(self.graph.shape[self.graph.axes[party].stop :])
            mine = sources // after % len(changes)
            own = (np.arange(len(changes)) - mine[:, None]) * after  # [source, own assignment]
            offsets = (offsets[:, :, None] + own[:, None, :]).reshape(len(sources), -1)
            allowed = (allowed[:, :, None] & changes[mine][:, None, :]).reshape(len(sources), -1)
        row, column = np.nonzero(allowed)
        targets = sources[row] + offsets[row, column]
        can = self.graph.feasible.ravel()[targets]
        targets, row = targets[can], row[can]
        content = np.ones(len(targets), bool)
        for i in movers:
            ranks = self.graph.ranks[i].ravel()
            content &= ranks[targets] >= ranks[sources[row]]
        return targets, targets[content]

    def assignments(self, movers: Movers) -> int:
        """Return how many joint assignments some parties have."""
        if self.graph.rows is not None:
            return jointly.assignments(self.graph, movers)
        return math.prod(len(self._changes[party]) for party in movers)

    @cached_property
    def _changes(self) -> tuple[BoolArray, ...]:
        return tuple(_own_changes(self.graph, p) for p in range(len(self.graph.parties)))

    def reached_without_yielding(
        self, states: BoolArray, movers: Movers, wanted: BoolArray
    ) -> BoolArray:
        """Return those of the wanted states that a step leads to whose movers all yield nothing."""
        if self.graph.rows is not None:
            return jointly.reached(states, self.graph, movers, wanted)
        if len(movers) > 1 and self._together[movers].shape[1] <= SMALL:
            return self._together[movers].reached(states, wanted)
        found = wanted
        for i in movers:
            ranks = self.graph.ranks[i]
            least: AnyArray = only(np.minimum, ranks, states)
            for party in movers:
                least = spread(np.minimum, least, self.graph, party, back=True, stay=False)
            found = found & (least <= ranks)
        if len(movers) == 1 or not found.any():
            return found
        # For several movers that is necessary only: one and the same source must suit them all.
        return self._together[movers].reached(states, found)

    def sources(self, movers: Movers, target: int) -> NDArray[np.intp]:
        """Return the states from which one step of the movers leads to a state."""
        if self.graph.rows is not None:
            return jointly.into(target, self.graph, movers)
        offsets: NDArray[np.intp] = np.zeros(1, np.intp)
        for party in movers:
            own = _changes_into(self.graph, party, target)
            offsets = np.add.outer(offsets, own).ravel()
        states = np.sort(target + offsets)
        kept: NDArray[np.intp] = states[self.graph.feasible.ravel()[states]]
        return kept

    @cached_property
    def _together(self) -> dict[Movers, JointSlices]:
        """The slices of every coalition of two or more."""
        return {c: joint_slices(self.graph, c) for c in self.coalitions if len(c) > 1}

    def _risk(self, movers: Movers) -> FloatArray:
        largest: FloatArray = np.zeros(self.graph.shape)
        for i in movers:
            top = self._tops[i] or 1
            lost = (
                np.maximum(0, self.graph.ranks[i].flat[self.start] - self._worst(movers, i)) / top
            )
            np.maximum(largest, lost, out=largest)
        return largest

    def _worst(self, movers: Movers, party: Party) -> NDArray[np.int64]:
        """Return the lowest rank of a mover after a step, or after an outsider's answer to it."""
        worst: IntArray = self.graph.ranks[party]
        for outsider in self.graph.others(party):
            if outsider not in movers:
                worst = np.minimum(worst, self._answered[party, outsider])
        return worst.astype(np.int64)

    @cached_property
    def _answered(self) -> dict[tuple[Party, Party], IntArray]:
        """The lowest rank of the first party after an improvement of the second."""
        graph = self.graph
        return {
            (i, j): over_improvements(
                np.minimum, only(np.minimum, graph.ranks[i], graph.feasible), graph, j
            )
            for i in range(len(graph.parties))
            for j in graph.others(i)
        }

    def _loss(self, party: Party, rank: int) -> Fraction:
        today = int(self.graph.ranks[party].flat[self.start])
        return Fraction(max(0, today - rank), self._tops[party] or 1)


@dataclass(frozen=True, eq=False)
class JointSlices:
    """The states cut into slices that a coalition's joint steps never leave.

    Parameters
    ----------
    graph : Graph
        The conflict.
    order : tuple of int
        The axes, those of the members last.
    shape : (int, int)
        Number of slices, and of the members' assignments in each.
    own : tuple of int arrays of shape (assignments,)
        For each member the number of its own assignment.
    changes : tuple of bool arrays
        For each member ``[old, new]``: it may change its own assignment so, and does change it.
    ranks : tuple of int arrays of that shape
        For each member.
    """

    graph: Graph
    order: tuple[int, ...]
    shape: tuple[int, int]
    own: tuple[NDArray[np.intp], ...]
    changes: tuple[BoolArray, ...]
    ranks: tuple[IntArray, ...]

    def reached(self, states: BoolArray, wanted: BoolArray) -> BoolArray:
        """Return the wanted states that a joint step leads to after which no member is worse."""
        sources, targets = (_sliced(a, self.order, self.shape) for a in (states, wanted))
        targets = targets & np.any(sources, axis=1, keepdims=True)
        search = self._all_at_once if self.shape[1] <= SMALL else self._slice_by_slice
        found = search(sources, targets)
        back = found.reshape([self.graph.shape[axis] for axis in self.order])
        return np.ascontiguousarray(back.transpose(np.argsort(self.order)))

    def _all_at_once(self, sources: BoolArray, targets: BoolArray) -> BoolArray:
        """Compare every target with all assignments of its slice."""
        found = np.zeros(self.shape, bool)
        rows, at = np.nonzero(targets)
        every = np.arange(self.shape[1])
        step = max(1, CELLS // self.shape[1])
        for first in range(0, len(rows), step):
            row, target = rows[first : first + step], at[first : first + step]
            fits = np.asarray(sources[row])  # [target, source]
            for ranks, own, changes in zip(self.ranks, self.own, self.changes, strict=True):
                np.logical_and(fits, ranks[row] <= ranks[row, target][:, None], out=fits)
                np.logical_and(fits, changes[own[every][None, :], own[target][:, None]], out=fits)
            found[row, target] = np.any(fits, axis=1)
        return found

    def _slice_by_slice(self, sources: BoolArray, targets: BoolArray) -> BoolArray:
        """Compare the targets of a slice with its sources, few at a time."""
        found = np.zeros(self.shape, bool)
        for row in np.flatnonzero(targets.any(axis=1)):
            at = np.flatnonzero(sources[row])
            # Sources that are bad for all suit most targets: they settle most of them at once.
            at = at[np.argsort(sum(r[row, at].astype(np.int64) for r in self.ranks))]
            left = np.flatnonzero(targets[row])
            step = 64
            while len(at) and len(left):
                step = max(1, min(4 * step, CELLS // len(left)))
                suits = self._suits(int(row), at[:step], left)
                found[row, left[suits]] = True
                at, left = at[step:], left[~suits]
        return found

    def _suits(self, row: int, sources: NDArray[np.intp], targets: NDArray[np.intp]) -> BoolArray:
        """Return the targets in a slice to which some source steps, no member losing."""
        fits: BoolArray = np.ones((len(targets), len(sources)), bool)  # [target, source]
        for ranks, own, changes in zip(self.ranks, self.own, self.changes, strict=True):
            np.logical_and(fits, ranks[row, sources] <= ranks[row, targets][:, None], out=fits)
            np.logical_and(fits, changes[own[sources][None, :], own[targets][:, None]], out=fits)
        suits: BoolArray = np.any(fits, axis=1)
        return suits


def joint_slices(graph: Graph, movers: Movers) -> JointSlices:
    """Return the slices of a coalition."""
    members = [axis for i in movers for axis in range(graph.axes[i].start, graph.axes[i].stop)]
    order = (*(axis for axis in range(len(graph.shape)) if axis not in members), *members)
    sizes = [math.prod(graph.shape[graph.axes[i]]) for i in movers]
    shape = (math.prod(graph.shape) // math.prod(sizes), math.prod(sizes))
    return JointSlices(
        graph,
        order,
        shape,
        tuple(np.unravel_index(np.arange(shape[1]), sizes)),
        tuple(_own_changes(graph, i) for i in movers),
        tuple(_sliced(graph.ranks[i], order, shape) for i in movers),
    )


def _sliced(array: AnyArray, order: tuple[int, ...], shape: tuple[int, int]) -> AnyArray:
    return np.ascontiguousarray(array.transpose(order)).reshape(shape)


def _own_changes(graph: Graph, party: Party) -> BoolArray:
    """Return ``[old, new]`` over the party's own assignments; staying is no change."""
    allowed = np.ones((1, 1), bool)
    for axis in range(graph.axes[party].start, graph.axes[party].stop):
        allowed = np.kron(allowed, graph.changes[axis])
    return allowed & ~np.eye(len(allowed), dtype=bool)


def _changes_into(graph: Graph, party: Party, target: int) -> NDArray[np.intp]:
    """Return what to add to a state's flat index to undo each move of the party into it."""
    axes = graph.axes[party]
    after = math.prod(graph.shape[axes.stop :])
    changes = _own_changes(graph, party)
    mine = target // after % len(changes)
    offsets: NDArray[np.intp] = (np.flatnonzero(changes[:, mine]) - mine) * after
    return offsets

"""Two cases side by side: what differs in what is written, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from detente.case.lines import said
from detente.graph.model import BoolArray
from detente.graph.projection import shared_space
from detente.graph.space import Space
from detente.wayout.changes import Change, changes
from detente.wayout.deadlock import everything_said
from detente.wayout.profile import Profile


@dataclass(frozen=True, eq=False)
class Shift:
    """The states that hold in one of two cases only, seen over the options both have.

    Parameters
    ----------
    concept : str
        Under which they hold.
    options : tuple of str
        The shared options, in the order of the later case.
    gained, lost : bool arrays
        Assignments of these options that hold, with something, only after, or only before though
        they can still be. Of those that count as one in both cases the first.
    excluded : int
        Assignments that held before and can no longer be.
    feasible : bool array
        Assignments that can be in either case.
    before, after : int
        The number of equilibria in each case, all its options counted.
    space : Space
        The assignments of the shared options.
    """

    concept: str
    options: tuple[str, ...]
    gained: BoolArray = field(repr=False)
    lost: BoolArray = field(repr=False)
    excluded: int
    feasible: BoolArray = field(repr=False)
    before: int
    after: int
    space: Space = field(repr=False)


@dataclass(frozen=True, eq=False)
class Comparison:
    """Two cases and what differs.

    Parameters
    ----------
    before, after : Profile
        Where each stands towards the target.
    changes : tuple of Change
        What is written otherwise.
    shifts : tuple of Shift
        For each concept worked out for both.
    knots_gone, knots_new : tuple of tuple of str
        By the ids of the case they stand in; knots are the same where the same was said.
    """

    before: Profile
    after: Profile
    changes: tuple[Change, ...]
    shifts: tuple[Shift, ...]
    knots_gone: tuple[tuple[str, ...], ...]
    knots_new: tuple[tuple[str, ...], ...]


def compare(before: Profile, after: Profile) -> Comparison:
    """Return what differs between two cases of one stand-off."""
    old, new = (_spelled_knots(p) for p in (before, after))
    return Comparison(
        before,
        after,
        tuple(changes(before.case, after.case)),
        tuple(_shifts(before, after)),
        tuple(ids for what, ids in old.items() if what not in new),
        tuple(ids for what, ids in new.items() if what not in old),
    )


def _spelled_knots(standing: Profile) -> dict[frozenset[tuple[str, str]], tuple[str, ...]]:
    voices = {s.id: (s.party, said(s)) for s in everything_said(standing.case)}
    return {frozenset(voices[name] for name in knot): knot for knot in standing.knots}


def _shifts(before: Profile, after: Profile) -> Iterator[Shift]:
    if before.graph is None or after.graph is None:
        return
    old = {f"{p.name}.{o.name}": o.levels for p, o in before.case.options}
    shared = tuple(
        f"{p.name}.{o.name}"
        for p, o in after.case.options
        if old.get(f"{p.name}.{o.name}") == o.levels
    )
    space, old_over, new_over = shared_space(before.graph, after.graph, shared)
    can = old_over(before.graph.feasible), new_over(after.graph.feasible)
    same = len(shared) == len(before.graph.options) == len(after.graph.options)
    same = same and before.case.equivalent == after.case.equivalent
    firsts = new_over(after.graph.singly(after.graph.feasible)) if same else can[1]
    some = can[0] & ~can[1] | firsts
    for concept, now in after.equilibria:
        was = before.holding(concept)
        if was is not None:
            a, b = old_over(was), new_over(now)
            counts = before.graph.count(was), after.graph.count(now)
            held = counts[0] if same else int(np.count_nonzero(a))
            excluded = held - int(np.count_nonzero(a & firsts))
            gained, lost = b & ~a & firsts, a & ~b & firsts
            yield Shift(concept, shared, gained, lost, excluded, some, *counts, space)

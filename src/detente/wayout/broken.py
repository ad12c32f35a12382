"""Words broken on a way: what was said aloud and is not kept in some state of it.

A condition is broken where the party does what it tied to something that is not there, a refusal
where what it refused is so. Who breaks a word of its own takes it back in public, so ways are
compared by the firmness of the words they break. A word counts once, however often a way passes
through its breach: what is weighed are sets of words, and a sum over steps would be wrong.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.case.cnf import said as formula_of
from detente.case.model import Case
from detente.errors import LimitError
from detente.graph.model import BoolArray
from detente.graph.space import Box, Space
from detente.wayout.deadlock import everything_said

Words: TypeAlias = frozenset[int]
"""Positions of words."""

MAX_SETS = 2_000
"""Sets of words weighed against each other."""


@dataclass(frozen=True, eq=False)
class Word:
    """Something said aloud, and where it is broken.

    Parameters
    ----------
    id, party : str
        Of the condition or refusal.
    firmness : int
        What breaking it costs.
    broken : bool array
        Of a shape that broadcasts to that of the states.
    """

    id: str
    party: str
    firmness: int
    broken: BoolArray


def words_of(case: Case, space: Space | None = None) -> tuple[Word, ...]:
    """Return everything that was said aloud, conditions first.

    Parameters
    ----------
    space : Space, optional
        How states are stored, where not with one axis an option.
    """
    truth = (Box(case.shape) if space is None else space).truth(case)
    return tuple(
        Word(said.id, said.party, said.firmness, ~truth(formula_of(said)))
        for said in everything_said(case)
    )


@dataclass(frozen=True, eq=False)
class Breaches:
    """Which words every state breaks that the start keeps.

    Parameters
    ----------
    words : tuple of Word
        All of them.
    kinds : tuple of frozenset of int
        The sets that occur.
    number : int array, one cell a state
        The set of each feasible state, as a position in ``kinds``.
    """

    words: tuple[Word, ...]
    kinds: tuple[Words, ...]
    number: NDArray[np.int64]

    def at(self, state: int) -> Words:
        """Return what a state, given by its flat index, breaks."""
        return self.kinds[int(self.number.flat[state])]

    def within(self, words: Words) -> BoolArray:
        """Return the states that break none but some words."""
        fine = np.array([kind <= words for kind in self.kinds])
        states: BoolArray = fine[self.number]
        return states

    def cost(self, words: Words) -> tuple[int, int]:
        """Return the firmness of some words together, and how many they are."""
        return sum(self.words[k].firmness for k in words), len(words)

    def everything(self) -> Words:
        """Return every word that some state breaks."""
        return frozenset().union(*self.kinds)


def breaches(words: Sequence[Word], start: int, feasible: BoolArray) -> Breaches:
    """Return which words every state breaks that the start, a flat index, keeps."""
    number = np.zeros(feasible.shape, np.int64)
    kinds: list[Words] = [frozenset()]
    for k, word in enumerate(words):
        broken = np.broadcast_to(word.broken, feasible.shape)
        if broken.flat[start] or not (broken & feasible).any():
            continue
        number = 2 * number + broken
        met = np.zeros(2 * len(kinds), bool)
        met[number[feasible]] = True
        kinds = [kinds[at // 2] | ({k} if at % 2 else set()) for at in np.flatnonzero(met).tolist()]
        number = (np.cumsum(met) - 1)[number]
    return Breaches(tuple(words), tuple(kinds), number)


Reach: TypeAlias = Callable[[BoolArray], tuple[bool, BoolArray]]
"""From the states a way may use: whether one leads to the target, and where ways would go on."""


def cheapest(found: Breaches, reach: Reach) -> tuple[Words, ...]:
    """Return the sets of words that cost least of all by breaking which a way leads to the target.

    Parameters
    ----------
    reach : callable
        For some states whether a way through them alone leads to the target; if none does, the
        other states to which one step leads from where such ways come.

    Returns
    -------
    tuple of frozenset of int
        All of the least firmness and then the least number; none if no way leads there at all.
        A way inside one of them breaks all of it: fewer would cost less.

    Raises
    ------
    LimitError
        If too many sets would have to be weighed.

    Notes
    -----
    Sets grow by what the next state of a way would break, cheap ones first [Dijkstra1959]_. Among
    such additions only the smallest have to be tried: a way that goes on by a larger one can go
    on from the smaller set as well.
    """
    if len(found.kinds) == 1 or reach(found.within(frozenset()))[0]:
        return (frozenset(),)
    everything = found.everything()
    needed = frozenset(k for k in everything if not reach(found.within(everything - {k}))[0])
    queue = [(*found.cost(needed), tuple(sorted(needed)))]
    met = {needed}
    best: list[Words] = []
    least: tuple[int, int] | None = None
    for _ in range(MAX_SETS):
        if not queue or (least is not None and queue[0][:2] > least):
            return tuple(best)
        *cost, members = heapq.heappop(queue)
        words = frozenset(members)
        there, edge = reach(found.within(words))
        if there:
            least = (cost[0], cost[1])
            best.append(words)
            continue
        on = {found.kinds[k] - words for k in np.unique(found.number[edge]).tolist()}
        for more in _smallest(on):
            if (larger := words | more) not in met:
                met.add(larger)
                heapq.heappush(queue, (*found.cost(larger), tuple(sorted(larger))))
    raise LimitError(
        f"more than {MAX_SETS:,} sets of words that might be broken on the way would have to be "
        "weighed; name a target that asks for less, or leave out conditions and refusals that do "
        "not matter for it"
    )


def _smallest(sets: Iterable[Words]) -> list[Words]:
    """Return the sets that hold no other one."""
    kept: list[Words] = []
    for one in sorted(sets, key=len):
        if not any(less <= one for less in kept):
            kept.append(one)
    return kept

"""What a chain says about danger: probabilities, times, and whose missteps matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from detente.graph.model import BoolArray
from detente.risk.chain import Chain, Floats
from detente.risk.transient import Solver

if TYPE_CHECKING:
    from scipy.sparse import csr_array

EDGE = 1e-4
"""At which rates in place of 0 the slope is taken where the least misstep opens traps."""

RATES = tuple(float(r) for r in np.geomspace(1e-4, 0.5, 13))
"""Misstep rates of the curve over them."""

WIDER = 3.0
"""By how much more, or less, everybody might err than is guessed."""


@dataclass(frozen=True, eq=False)
class Hitting:
    """Danger and the goal, as seen from the start of a chain.

    Parameters
    ----------
    reachable : int
        How many states the chain can come to, the start among them.
    p_danger, p_goal : float
        The probability to come to danger before the goal, and the other way round.
    p_neither : float
        The probability never to come to either: to be caught where no way leads on.
    expected_ticks : float or None
        The mean time to danger or the goal; None if it may come to neither.
    ticks_if_any : float or None
        The same among the courses that come to one of them; None if none does.
    within : float array of shape (ticks + 1,)
        The probability of danger, before the goal, by each tick, from tick 0.
    share : tuple of float or None
        The derivative of ``p_danger`` by each party's misstep rate; None where it has none: where
        the chain may end in a trap, and missteps, however rare, lead from there to danger. At a
        rate of 0 or 1 it is the derivative from inside.
    """

    reachable: int
    p_danger: float
    p_goal: float
    p_neither: float
    expected_ticks: float | None
    ticks_if_any: float | None
    within: Floats
    share: tuple[float | None, ...]


def hitting(chain: Chain, misstep: Floats, *, ticks: int) -> Hitting:
    """Return what a chain says about danger.

    Parameters
    ----------
    misstep : float array, one a party
        Misstep rates, from 0 to 1.
    ticks : int
        How far to follow the probability of danger, tick by tick.

    Raises
    ------
    LimitError
        If the chain is too large and too slow to be solved.

    References
    ----------
    Hitting probabilities and times: [KemenySnell1960]_.
    """
    system = _System(chain, misstep)
    matrix = system.matrix
    danger = system.into(chain.danger)
    goal = system.into(chain.goal) if system.stuck.any() else 1 - danger
    p_danger, p_goal = float(danger[chain.start]), float(goal[chain.start])
    seen = reached(matrix, chain.start)
    sure = not (seen & system.stuck).any()
    expected, if_any = _times(chain, system, danger + goal, sure=sure)
    return Hitting(
        reachable=int(np.count_nonzero(seen)),
        p_danger=p_danger,
        p_goal=p_goal,
        p_neither=0.0 if sure else max(0.0, 1 - p_danger - p_goal),
        expected_ticks=expected,
        ticks_if_any=if_any,
        within=within(chain, matrix, ticks),
        share=_shares(chain, misstep, system, danger),
    )


def p_danger(chain: Chain, misstep: Floats) -> float:
    """Return the probability to come to danger before the goal."""
    return float(_System(chain, misstep).into(chain.danger)[chain.start])


def over_rates(chain: Chain, rates: Sequence[float], known: Mapping[float, float]) -> Floats:
    """Return the probability of danger if every party errs at the same rate, for each rate.

    Parameters
    ----------
    known : mapping of float to float
        What was worked out for some rates already.
    """
    parties = len(chain.drawn)
    return np.array([known.get(r) or p_danger(chain, np.full(parties, r)) for r in rates])


def around(rate: float) -> tuple[float, ...]:
    """Return a misstep rate between one lower and one higher, where there are such."""
    high = rate * WIDER
    return (rate / WIDER, rate, high) if 0 < high < 1 else ()


def within(chain: Chain, matrix: csr_array, ticks: int) -> Floats:
    """Return the probability of danger by each tick, from tick 0."""
    step = matrix.T.tocsr()
    at = np.zeros(len(chain.states))
    at[chain.start] = 1
    found = [at[chain.danger].sum()]
    for _ in range(ticks):
        at = step @ at
        found.append(at[chain.danger].sum())
    # Rounding may lower a probability that can only rise, or lift it over 1.
    return np.minimum(np.maximum.accumulate(found), 1)


def reached(matrix: csr_array, start: int) -> BoolArray:
    """Return which states the chain can come to from one, that one among them."""
    from scipy.sparse.csgraph import breadth_first_order

    seen = np.zeros(matrix.shape[0], bool)
    seen[breadth_first_order(matrix, start, return_predecessors=False)] = True
    return seen


class _System:
    """The linear equations of one chain at one set of rates."""

    def __init__(self, chain: Chain, misstep: Floats) -> None:
        self.matrix = matrix = chain.transitions(misstep)
        # Between rates of 0 and 1 the same moves are possible, whatever the rates.
        between = ((misstep > 0) & (misstep < 1)).all()
        closed = chain.once("closed", lambda: _closed(matrix)) if between else _closed(matrix)
        self.stuck = closed & ~chain.absorbing
        self._ends = closed | chain.absorbing
        self.transient = np.flatnonzero(~self._ends)

    @cached_property
    def _rows(self) -> csr_array:
        return self.matrix[self.transient]

    @cached_property
    def _solver(self) -> Solver:
        out = self._rows[:, np.flatnonzero(self._ends)].sum(axis=1)
        return Solver(self._rows[:, self.transient], out)

    def into(self, states: BoolArray) -> Floats:
        """Return the probability to end in some absorbing states, from every state."""
        if states[self._ends].all():
            return np.ones(len(states))
        value = states.astype(float)
        value[self.transient] = self.solve(self._rows @ value)
        chances: Floats = np.clip(value, 0, 1)
        return chances

    def solve(self, worth: Floats) -> Floats:
        """Return x of (I - Q) x = worth over the transient states."""
        return self._solver.solve(worth) if len(worth) else worth

    def visits(self, start: int) -> Floats:
        """Return how often each state is visited from one; 0 unless both are transient."""
        found = np.zeros(len(self._ends))
        at = np.searchsorted(self.transient, start)
        if at < len(self.transient) and self.transient[at] == start:
            found[self.transient] = self._solver.visits(int(at))
        return found


def _closed(matrix: csr_array) -> BoolArray:
    """Return the states of closed classes: those that the chain never leaves."""
    from scipy.sparse.csgraph import connected_components

    n, label = connected_components(matrix, directed=True, connection="strong")
    rows, columns = matrix.nonzero()
    open_classes = np.zeros(n, bool)
    open_classes[label[rows[label[rows] != label[columns]]]] = True
    closed: BoolArray = ~open_classes[label]
    return closed


def _times(
    chain: Chain, system: _System, ends: Floats, *, sure: bool
) -> tuple[float | None, float | None]:
    """Return the mean time to an end, and the same among the courses that come to one."""
    if chain.absorbing[chain.start]:
        return 0.0, 0.0
    if not ends[chain.start] > 0:
        return None, None
    # The time of the courses that end, weighted by whether they do: u = h + Q u.
    weighted = np.zeros(len(ends))
    weighted[system.transient] = system.solve(ends[system.transient])
    mean = float(weighted[chain.start] / ends[chain.start])
    return (mean if sure else None), mean


def _shares(
    chain: Chain, misstep: Floats, system: _System, danger: Floats
) -> tuple[float | None, ...]:
    shifts = [moves.shift(danger) for moves in chain.moves]
    nothing = not any(shift.any() for shift in shifts)
    visits = np.zeros(len(danger)) if nothing else system.visits(chain.start)
    shares: list[float | None] = []
    for party, shift in enumerate(shifts):
        if chain.absorbing[chain.start] or not chain.drawn[party]:
            shares.append(0.0)
        elif misstep[party] == 0 and _opens(chain, misstep, party, system.stuck):
            shares.append(_at_the_edge(chain, misstep, party, system.stuck))
        else:
            shares.append(float(chain.drawn[party] * (visits @ shift)))
    return tuple(shares)


def _opens(chain: Chain, misstep: Floats, party: int, stuck: BoolArray) -> bool:
    """Whether missteps of a party that makes none lead from a trap to danger."""
    matrix = chain.transitions(_erring(misstep, party, 0.5))
    met = reached(matrix, chain.start) & stuck
    back = reached_from_any(matrix, met)
    return bool((back & chain.danger).any())


def _at_the_edge(chain: Chain, misstep: Floats, party: int, stuck: BoolArray) -> float | None:
    """Return the slope at a rate of 0 where the least misstep opens traps; None if there is none.

    The traps lie on the way only after a misstep, and the slope is that of the rates next to 0,
    drawn on to it in a straight line; or the chain comes to them anyhow, and the probability jumps.
    """
    if _jumps(chain, misstep, party, stuck):
        return None
    near, far = (_slope(chain, _erring(misstep, party, k * EDGE), party) for k in (1, 2))
    return 2 * near - far


def _jumps(chain: Chain, misstep: Floats, party: int, stuck: BoolArray) -> bool:
    """Whether the chain comes to traps from where the least misstep rate of a party is danger.

    However seldom the party errs, a trap is left by its missteps in the end. So they count as moves
    like any other wherever the chain does not go on without them: in a trap, then in each larger
    one that it is part of with the missteps counted so far.
    """
    from scipy.sparse import csr_array

    matrix, moves = chain.transitions(misstep), chain.moves[party]
    traps = reached(matrix, chain.start) & stuck
    counted = np.zeros(len(traps), bool)
    while not ((onwards := reached_from_any(matrix, traps)) & chain.danger).any():
        fresh = onwards & _closed(matrix) & ~counted
        if not fresh.any():
            return False
        counted |= fresh
        out = fresh[moves.sources]
        ways = (moves.mistaken[out], (moves.sources[out], moves.targets[out]))
        matrix = matrix + csr_array(ways, shape=matrix.shape)
    return True


def _slope(chain: Chain, misstep: Floats, party: int) -> float:
    """Return the derivative of the probability of danger by a party's rate, which is not 0."""
    system = _System(chain, misstep)
    visits, danger = system.visits(chain.start), system.into(chain.danger)
    return float(chain.drawn[party] * (visits @ chain.moves[party].shift(danger)))


def _erring(misstep: Floats, party: int, rate: float) -> Floats:
    """Return rates of which the party's is another."""
    moved = misstep.copy()
    moved[party] = rate
    return moved


def reached_from_any(matrix: csr_array, states: BoolArray) -> BoolArray:
    """Return which states the chain can come to from any of some."""
    seen = states.copy()
    fresh = np.flatnonzero(states)
    while len(fresh):
        targets = np.unique(matrix[fresh].indices)
        fresh = targets[~seen[targets]]
        seen[fresh] = True
    return seen

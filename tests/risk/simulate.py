"""Following a chain by throwing dice: a check on the figures, never their source."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.risk.chain import Chain, Floats


@dataclass(frozen=True, slots=True)
class Tally:
    """How many courses ended where.

    Parameters
    ----------
    danger, goal, running : int
        Courses that came to danger, to the goal, and to neither within the ticks allowed.
    ticks : int
        The sum of the lengths of those that ended.
    """

    danger: int
    goal: int
    running: int
    ticks: int

    @property
    def courses(self) -> int:
        """Return how many courses there were."""
        return self.danger + self.goal + self.running


def simulate(
    chain: Chain, misstep: Floats, courses: int, rng: np.random.Generator, *, ticks: int = 100_000
) -> Tally:
    """Return where many random courses from the start end.

    Every tick throws the dice of the definition: who moves, whether by mistake, and where to.

    Parameters
    ----------
    misstep : float array, one a party
        Misstep rates, from 0 to 1.
    courses : int
        How many.
    rng : Generator
        The dice.
    ticks : int
        Longest course.
    """
    at = np.full(courses, chain.start)
    running = np.flatnonzero(~chain.absorbing[at])
    length = 0
    for _ in range(ticks):
        if not len(running):
            break
        length += len(running)
        drawn = rng.choice(len(chain.drawn), len(running), p=chain.drawn)
        errs = rng.random(len(running)) < misstep[drawn]
        dice = rng.random(len(running))
        for party, moves in enumerate(chain.moves):
            for erring, chances in ((True, moves.mistaken), (False, moves.wanted)):
                throw = np.flatnonzero((drawn == party) & (errs == erring))
                who = running[throw]
                at[who] = _thrown(at[who], dice[throw], moves.starts, moves.targets, chances)
        running = running[~chain.absorbing[at[running]]]
    danger, goal = (int(np.count_nonzero(set_[at])) for set_ in (chain.danger, chain.goal))
    over = length if not len(running) else length - len(running) * ticks
    return Tally(danger, goal, len(running), over)


def _thrown(
    at: np.ndarray, dice: Floats, starts: np.ndarray, targets: np.ndarray, chances: Floats
) -> np.ndarray:
    """Return where moves lead, by one throw from 0 to 1 each; beyond the last chance one stays."""
    sums = np.concatenate([[0.0], np.cumsum(chances)])
    thrown = sums[starts[at]] + dice
    move = np.searchsorted(sums, thrown, side="right") - 1
    stays = thrown >= sums[starts[at + 1]]
    return np.where(stays, at, targets[np.minimum(move, len(targets) - 1)]) if len(targets) else at

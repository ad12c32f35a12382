"""How often each result holds among the cases of a sweep, with intervals."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Z = 1.959963984540054
"""The 97.5 % point of the normal distribution: intervals hold 95 %."""


@dataclass(frozen=True, slots=True)
class Share:
    """How often something holds.

    Parameters
    ----------
    what : tuple of str
        What: the states of a set, the names of a concession, or one state.
    times : int
        In how many cases.
    of : int
        Among how many.
    """

    what: tuple[str, ...]
    times: int
    of: int

    @property
    def share(self) -> float:
        """The share of the cases."""
        return self.times / self.of

    @property
    def interval(self) -> tuple[float, float]:
        """The interval of 95 % for the share among all cases that could be drawn [Wilson1927]_."""
        n, p = self.of, self.share
        middle = (p + Z**2 / (2 * n)) / (1 + Z**2 / n)
        half = Z * math.sqrt(p * (1 - p) / n + Z**2 / (4 * n * n)) / (1 + Z**2 / n)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Spread:
    """How a number spreads over the cases.

    Parameters
    ----------
    mean, low, middle, high : float
        The mean, and the points below which 5, 50 and 95 % of the cases lie.
    error : float
        Half of the interval of 95 % for the mean.
    of : int
        Among how many cases.
    """

    mean: float
    low: float
    middle: float
    high: float
    error: float
    of: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What holds among the cases of a sweep.

    Parameters
    ----------
    cases : int
        How many were drawn.
    states : tuple of (str, tuple of Share)
        For each concept how often each state is an equilibrium, the most frequent first.
    sets : tuple of (str, tuple of Share)
        For each concept how often each set of equilibria comes about.
    deadlock : Share or None
        How often what was said stands in the way of the target.
    concessions : tuple of Share
        How often each is the cheapest; empty names: none is needed.
    impossible : int
        Cases in which the rules exclude the target.
    p_danger : Spread or None
        The probability of danger before the goal.
    no_today : int
        Cases whose status quo cannot be, so that there is no such probability.
    dangers : tuple of float
        Every probability, in the order of the cases.
    """

    cases: int
    states: tuple[tuple[str, tuple[Share, ...]], ...]
    sets: tuple[tuple[str, tuple[Share, ...]], ...]
    deadlock: Share | None
    concessions: tuple[Share, ...]
    impossible: int
    p_danger: Spread | None
    no_today: int
    dangers: tuple[float, ...]


def tally(lines: Sequence[str]) -> Tally:
    """Return what holds how often in the records of a sweep."""
    records = [json.loads(line) for line in lines]
    n = len(records)
    concepts = list(records[0]["equilibria"]) if records else []
    states, sets = [], []
    for name in concepts:
        found = [tuple(record["equilibria"][name]) for record in records]
        states.append((name, _shares(((state,) for set_ in found for state in set_), n)))
        sets.append((name, _shares(found, n)))
    costs = [record["cost"] for record in records if "cost" in record]
    stuck = sum(cost != 0 for cost in costs)
    least = [tuple(r["concession"]) for r in records if r.get("cost") is not None]
    given = [record["p_danger"] for record in records if "p_danger" in record]
    dangers = tuple(p for p in given if p is not None)
    return Tally(
        cases=n,
        states=tuple(states),
        sets=tuple(sets),
        deadlock=Share((), stuck, len(costs)) if costs else None,
        concessions=_shares(least, len(costs)) if costs else (),
        impossible=sum(cost is None for cost in costs),
        p_danger=_spread(dangers) if dangers else None,
        no_today=len(given) - len(dangers),
        dangers=dangers,
    )


def _shares(found: object, of: int) -> tuple[Share, ...]:
    counted = Counter(found)  # type: ignore[call-overload]
    order = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Share(what, times, of) for what, times in order)


def _spread(values: Sequence[float]) -> Spread:
    array = np.array(values)
    low, middle, high = (float(q) for q in np.quantile(array, (0.05, 0.5, 0.95)))
    error = Z * float(array.std(ddof=1)) / math.sqrt(len(array)) if len(array) > 1 else 0.0
    return Spread(float(array.mean()), low, middle, high, error, len(array))

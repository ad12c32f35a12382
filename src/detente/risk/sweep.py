"""What holds in cases drawn at random: one record for each, always the same for the same seed."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from detente.case.formula import And, Formula, Not, to_text
from detente.case.model import Case
from detente.case.write import to_yaml
from detente.graph import Graph, alike, build
from detente.graph.merging import merged
from detente.graph.model import BoolArray
from detente.graph.space import Box, Space
from detente.risk.chain import Chain
from detente.risk.hitting import p_danger
from detente.risk.scenario import chain_of
from detente.risk.settings import Settings
from detente.risk.uncertainty import Misstep, Uncertainty, Value, edited, values
from detente.stability import registry
from detente.version import __version__

MEMORY = 1 << 16
"""States of all cases that a worker remembers what it found for."""

PLENTY = 1 << 62
"""Memory is asked for once, before the sweep, and not for every case."""


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """Everything that it takes to work out any record of a sweep.

    Parameters
    ----------
    case : Case
        The case as it stands.
    uncertain : tuple of Uncertainty
        What is drawn.
    seed : int
        Of the dice.
    concepts : tuple of str
        Under which equilibria are asked for.
    target : Formula or None
        For deadlock and concessions; None where they are not asked for.
    settings : Settings or None
        For the probability of danger; None where it is not asked for.
    """

    case: Case
    uncertain: tuple[Uncertainty, ...]
    seed: int
    concepts: tuple[str, ...]
    target: Formula | None
    settings: Settings | None


@dataclass(frozen=True, slots=True)
class Concession:
    """The least that must be given up for the target.

    Parameters
    ----------
    cost : int or None
        The sum of firmness; None if the target cannot be at all.
    ids : tuple of str
        The conditions and refusals, by name.
    """

    cost: int | None
    ids: tuple[str, ...]

    @property
    def deadlock(self) -> bool:
        """Whether what was said stands in the way of the target."""
        return self.cost != 0


def fingerprint(task: Task) -> str:
    """Return a name for a sweep: two sweeps share it if they draw and ask the same."""
    settings = task.settings
    parts = [
        __version__,
        to_yaml(task.case),
        repr(task.uncertain),
        str(task.seed),
        repr(task.concepts),
        "" if task.target is None else to_text(task.target),
    ]
    if settings is not None:
        goal = "" if settings.goal is None else to_text(settings.goal)
        parts += [to_text(settings.danger), goal, repr(settings.behaviour)]
        parts += [repr(np.asarray(x).tolist()) for x in (settings.misstep, settings.tempo)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def records(task: Task, first: int, last: int) -> list[str]:
    """Return the records of the cases from ``first`` up to ``last``, one line of JSON each."""
    worker = _worker(_Named(fingerprint(task), task))
    return [worker.record(k) for k in range(first, last)]


@dataclass(frozen=True, slots=True)
class _Named:
    """A task that is the same as another if its name is."""

    name: str
    task: Task = field(compare=False)


class _Worker:
    """Works out records; what two cases share is worked out once."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._cached = lru_cache(max(1, MEMORY // math.prod(task.case.shape)))(self._without_dice)

    def record(self, k: int) -> str:
        task = self._task
        drawn = values(task.uncertain, task.seed, k)
        # Misstep rates change nothing but the probability of danger.
        rest = tuple(
            0 if isinstance(one, Misstep) else v
            for one, v in zip(task.uncertain, drawn, strict=True)
        )
        found, chain = self._cached(rest)
        document = {"case": k, "drawn": list(drawn), **found}
        if task.settings is not None:
            missteps = edited(task.case, task.uncertain, drawn).missteps
            rates = task.settings.misstep.copy()
            for name, rate in missteps:
                rates[task.case.party_names.index(name)] = rate
            document["p_danger"] = None if chain is None else p_danger(chain, rates)
        return json.dumps(document, ensure_ascii=False)

    def _without_dice(self, drawn: tuple[Value, ...]) -> tuple[dict[str, object], Chain | None]:
        """Return what misstep rates do not change, and the chain if the danger is asked for."""
        task = self._task
        case = edited(task.case, task.uncertain, drawn).case
        (alone,) = alike(case, max_memory=PLENTY)
        graph = build(alone, max_memory=PLENTY)
        same = merged(case, graph.truth(case), graph.feasible)
        found: dict[str, object] = {
            "equilibria": {name: equilibria(graph, name, same) for name in task.concepts}
        }
        if task.target is not None:
            least = cheapest(case, graph.feasible, task.target, graph.space)
            found["cost"], found["concession"] = least.cost, list(least.ids)
        chain = None
        if task.settings is not None and feasible_today(case, graph):
            chain = chain_of(alone, graph, task.settings)
        return found, chain


@lru_cache(1)
def _worker(named: _Named) -> _Worker:
    """Return the worker of a task, kept from one batch to the next."""
    return _Worker(named.task)


def equilibria(graph: Graph, concept: str, same: NDArray[np.intp] | None = None) -> list[str]:
    """Return the states that hold for everybody under a concept.

    Parameters
    ----------
    same : int array, optional
        For every cell the first state of those that count as one with it; they go by its name,
        also where this case tells them apart.
    """
    found = registry.find(concept)
    stays = np.logical_and.reduce([found.stable(graph, p) for p in range(len(graph.parties))])
    at = np.flatnonzero(stays)
    return graph.codes(at if same is None else np.unique(same[at]))


def feasible_today(case: Case, graph: Graph) -> bool:
    """Whether the status quo can be: what is drawn for it may clash with the rules."""
    if case.status_quo is None:
        return True
    state = graph.space.find(case.status_quo)
    return state >= 0 and bool(graph.feasible.flat[state])


def cheapest(
    case: Case, feasible: BoolArray, target: Formula, space: Space | None = None
) -> Concession:
    """Return the cheapest set of conditions and refusals whose loss lets the target come about.

    Nothing, where the target holds today. Otherwise some of them are broken in every state of the
    target, and the state where those broken cost least decides. Among sets that cost the same, that
    in which the largest burden of one party is least, then the first by name.
    """
    space = Box(case.shape) if space is None else space
    truth = space.truth(case)
    wanted = np.broadcast_to(truth(target), feasible.shape) & feasible
    if not wanted.any():
        return Concession(None, ())
    today = -1 if case.status_quo is None else space.find(case.status_quo)
    if today >= 0 and wanted.flat[today]:
        return Concession(0, ())
    broken = {
        c.id: (truth(And((c.option, Not(c.needs)))), c.firmness, c.party) for c in case.conditions
    }
    broken |= {r.id: (truth(r.refuses), r.firmness, r.party) for r in case.refusals}
    cost = np.zeros((1,) * feasible.ndim, np.int64)
    for where, firmness, _ in broken.values():
        cost = cost + where * np.int64(firmness)
    cost = np.broadcast_to(cost, feasible.shape)
    least = int(cost[wanted].min())
    at = np.flatnonzero(wanted & (cost == least))
    names = sorted(broken)
    rows = np.array(
        [np.broadcast_to(broken[name][0], feasible.shape).ravel()[at] for name in names], bool
    ).reshape(len(names), len(at))
    sets = {tuple(n for n, b in zip(names, row, strict=True) if b) for row in rows.T}

    def burden(ids: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        by_party: dict[str, int] = {}
        for name in ids:
            _, firmness, party = broken[name]
            by_party[party] = by_party.get(party, 0) + firmness
        return max(by_party.values(), default=0), ids

    return Concession(least, min(sets, key=burden))

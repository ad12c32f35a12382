"""A question about risk answered: for the case as it is, or with something forced to hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from detente.case.formula import Formula, to_text
from detente.case.logic import Forced, forced
from detente.case.model import Case
from detente.case.truth import Truth
from detente.errors import CaseError
from detente.graph import Graph, alike, build, memory
from detente.graph.find import status_quo
from detente.graph.model import BoolArray
from detente.risk import chain as chains
from detente.risk.chain import Chain, Floats
from detente.risk.hitting import RATES, Hitting, hitting, over_rates
from detente.risk.paths import Slides, slides
from detente.risk.settings import Settings

CURVE_STATES = 20_000
"""Largest chain for which the curve over misstep rates is worked out without being asked for."""


@dataclass(frozen=True, eq=False)
class Scenario:
    """Risk in one case.

    Parameters
    ----------
    what_if : str
        The formula forced to hold; empty for the case as it is.
    case : Case
        The case as it was asked about: with the formula among its rules.
    graph : Graph
        Its arrays.
    chain : Chain
        The chain from its status quo.
    moved : bool
        Whether the formula does not hold in the status quo, so that the nearest state where it
        does takes its place.
    hitting : Hitting
        The figures.
    rates, over_rates : float arrays
        Misstep rates of every party, and the probability of danger before the goal at each; empty
        if that was not worked out.
    slides : Slides
        The likeliest first ways into danger.
    """

    what_if: str
    case: Case
    graph: Graph
    chain: Chain = field(repr=False)
    moved: bool
    hitting: Hitting = field(repr=False)
    rates: Floats
    over_rates: Floats
    slides: Slides = field(repr=False)

    @property
    def in_danger(self) -> bool:
        """Whether danger holds at the start."""
        return bool(self.chain.danger[self.chain.start])

    @property
    def at_goal(self) -> bool:
        """Whether the goal holds at the start."""
        return bool(self.chain.goal[self.chain.start])


def scenario(
    case: Case,
    settings: Settings,
    what_if: Formula | None = None,
    *,
    ticks: int,
    ways: int,
    rates: Sequence[float] | None,
    max_memory: int | None = None,
) -> Scenario:
    """Return the risk in a case.

    Parameters
    ----------
    settings : Settings
        What to assume.
    what_if : Formula, optional
        Forced to hold: states where it does not are left out.
    ticks : int
        How far to follow the probability of danger.
    ways : int
        How many of the likeliest ways into danger to find.
    rates : sequence of float, optional
        Misstep rates for the curve over them; where it is not given, the usual ones unless the
        chain is large.
    """
    asked, moved = Forced(case, False) if what_if is None else forced(case, what_if)
    if what_if is not None:
        (asked,) = alike(asked, max_memory=max_memory)
    graph = build(asked, max_memory=max_memory)
    chain = chain_of(asked, graph, settings, max_memory=max_memory)
    if rates is None:
        rates = RATES if len(chain.states) <= CURVE_STATES else ()
    found = hitting(chain, settings.misstep, ticks=ticks)
    one_rate = settings.misstep.min() == settings.misstep.max()
    known = {float(settings.misstep[0]): found.p_danger} if one_rate else {}
    return Scenario(
        what_if="" if what_if is None else to_text(what_if),
        case=asked,
        graph=graph,
        chain=chain,
        moved=moved,
        hitting=found,
        rates=np.array(rates, float),
        over_rates=over_rates(chain, rates, known),
        slides=slides(chain, settings.misstep, ways),
    )


def chain_of(
    case: Case, graph: Graph, settings: Settings, *, max_memory: int | None = None
) -> Chain:
    """Return the chain from the status quo.

    Parameters
    ----------
    settings : Settings
        What to assume.
    max_memory : int, optional
        Bytes that the chain, and what is worked out from it, may use; by default what is free.

    Raises
    ------
    CaseError
        If there is no status quo, or danger and goal hold in the same state.
    LimitError
        If the chain is too large for the memory, or at all.
    """
    truth = graph.truth(case)
    danger = _where(truth, settings.danger, graph)
    goal = _where(truth, settings.goal, graph) if settings.goal else np.zeros_like(danger)
    if (both := danger & goal).any():
        example = graph.codes(np.flatnonzero(both)[:1])[0]
        bad, good = to_text(settings.danger), to_text(settings.goal) if settings.goal else ""
        raise CaseError(
            f"danger and goal overlap: both hold in {np.count_nonzero(both):,} states, such as "
            f"{example}; part them, for instance with --goal '({good}) and not ({bad})'"
        )
    start = graph.first(status_quo(case, graph))
    most = (memory.available() if max_memory is None else max_memory) // chains.TRANSITION
    return chains.build(
        graph,
        start,
        danger,
        goal,
        tempo=settings.tempo,
        behaviour=settings.behaviour,
        limit=min(most, chains.MAX_TRANSITIONS),
    )


def _where(truth: Truth, formula: Formula, graph: Graph) -> BoolArray:
    return graph.whole(graph.where(truth, formula))

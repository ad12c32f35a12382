"""Shapes of the answers about a slide by mistake, and about what is uncertain."""

from __future__ import annotations

from typing import Annotated

from annotated_types import Ge, MinLen
from typing_extensions import TypedDict

from detente.dossier.documents.shapes.common import Concept, Formula, Ids, Name, State
from detente.keys import Amount, Chance, Count, Doc, OneOf, Place


class Figures(TypedDict):
    """The figures of one scenario."""

    states: Annotated[Place, Doc("how many states are within reach")]
    p_danger_before_goal: Annotated[Chance, Doc("the probability of danger before the goal")]
    p_danger_within: Annotated[
        list[tuple[Count, Chance]], MinLen(1), Doc("pairs of a tick and a probability")
    ]
    p_danger_by_misstep: Annotated[
        list[tuple[Chance, Chance]],
        Doc("pairs of a misstep rate of everybody and the probability; none for large chains"),
    ]
    expected_ticks: Annotated[
        Amount | None, Doc("ticks until the slide ends, on average; `null` where it need not end")
    ]
    share: Annotated[
        dict[Name, float | None],
        Doc("the derivative of the probability of danger by each party's misstep rate"),
    ]


class RiskAnswer(Figures):
    """How likely a slide into danger is."""

    danger: Annotated[Formula, Doc("where the slide ends badly")]
    goal: Annotated[Formula | None, Doc("where it ends well; `null` where nothing does")]
    behaviour: Annotated[
        Annotated[str, OneOf("improve", "softmax", "cautious")],
        Doc("what parties do when they do not err"),
    ]
    misstep: Annotated[dict[Name, Chance], Doc("how often each party errs")]
    tempo: Annotated[dict[Name, Amount], Doc("how often each moves, relative to the others")]
    what_if: Annotated[dict[Formula, Figures], Doc("the same figures for each what-if")]


class RiskDocument(RiskAnswer):
    """How likely a slide into danger is in a case."""

    case: Annotated[str, Doc("the case")]


class ShareDocument(TypedDict):
    """How often something holds among the cases drawn."""

    times: Annotated[Count, Doc("in how many")]
    share: Annotated[Chance, Doc("in what part")]
    interval: Annotated[list[Chance], MinLen(2), Doc("in which that part lies with 95 percent")]


class StateShare(ShareDocument):
    """How often one state holds."""

    state: Annotated[State, Doc("the state")]


class StatesShare(ShareDocument):
    """How often just these states hold."""

    states: Annotated[list[State], Doc("the states")]


class ConcessionShare(ShareDocument):
    """How often a concession is among the cheapest."""

    ids: Annotated[Ids, Doc("what is given up")]


class Spread(TypedDict):
    """How a probability spreads over the cases drawn."""

    mean: Annotated[float, Doc("on average")]
    interval: Annotated[list[float], MinLen(2), Doc("in which the mean lies with 95 percent")]
    quantiles: Annotated[dict[str, float], Doc("by part of the cases: 0.05, 0.5, 0.95")]
    samples: Annotated[Count, Doc("in how many cases it was worked out")]


class SweepDocument(TypedDict):
    """What holds how often when a case is uncertain."""

    case: Annotated[str, Doc("the case")]
    seed: Annotated[Annotated[int, Ge(0)], Doc("of the draws")]
    samples: Annotated[Count, Doc("how many cases were drawn")]
    equilibria: Annotated[
        dict[Concept, list[StateShare]], Doc("for each concept: each state that ever holds")
    ]
    equilibrium_sets: Annotated[
        dict[Concept, list[StatesShare]], Doc("for each concept: each set of all that hold")
    ]
    deadlock: Annotated[ShareDocument | None, Doc("how often the target is blocked")]
    concessions: Annotated[list[ConcessionShare], Doc("the cheapest ones")]
    p_danger: Annotated[Spread | None, Doc("the probability of danger before the goal")]
    impossible_target: Annotated[Count, Doc("in how many cases the rules exclude the target")]
    infeasible_status_quo: Annotated[
        Count, Doc("in how many cases the rules exclude the status quo drawn")
    ]

"""The shapes of what a dossier says more than the single answers do."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import MinLen
from typing_extensions import TypedDict

from detente.dossier.documents.shapes.common import Concept, Concepts, Day, Formula, Name, State
from detente.dossier.documents.shapes.risk import RiskAnswer
from detente.dossier.documents.shapes.states import (
    EvolutionDocument,
    Group,
    Move,
    ReasonDocument,
)
from detente.dossier.documents.shapes.wayout import (
    BrokerAnswer,
    ChangeDocument,
    ComparisonAnswer,
    DeadlockAnswer,
    PathAnswer,
    PathStep,
    UnlockAnswer,
)
from detente.keys import Chance, Count, Distinct, Doc, OneOf, Pair, Place


class PlanFacts(TypedDict):
    """What was asked, so that it can be asked again."""

    source: Annotated[str, Doc("what the user named")]
    concept: Annotated[Concept, Doc("under which states hold where one concept is needed")]
    concepts: Annotated[Concepts, MinLen(1), Doc("those of the stability analysis")]
    joint: Annotated[Place, Doc("the most parties that move together on a path")]
    cost: Annotated[Count, Doc("the dearest changes of mind that were tried")]
    target: Annotated[Formula | None, Doc("as asked for; `null` for the case's own")]
    earlier: Annotated[str | None, Doc("what the earlier case can be named by")]


class OutcomeStanding(TypedDict):
    """How one outcome holds."""

    outcome: Annotated[Name | None, Doc("which; `null` for all states in which none holds")]
    states: Annotated[Count, Doc("how many states it has")]
    holding: Annotated[dict[Concept, Count], Doc("how many of them hold, by concept")]
    staying: Annotated[
        dict[Concept, dict[str, Count]], Doc("in how many of them each party would stay")
    ]


class Holding(TypedDict):
    """The equilibria under one concept."""

    states: Annotated[Count, Doc("how many")]
    groups: Annotated[list[Group], Doc("the same, outcome by outcome")]


class StateReasonsFacts(TypedDict):
    """Who would stay at one state and who would leave it."""

    outcome: Annotated[Name | None, Doc("for which outcome it stands; `null` for today")]
    state: Annotated[State, Doc("the state")]
    reasons: Annotated[list[ReasonDocument], MinLen(1), Doc("one a party, or a coalition")]


class StabilityInBrief(TypedDict):
    """Which states hold, in numbers and patterns."""

    states: Annotated[Place, Doc("how many feasible states")]
    concepts: Annotated[Concepts, Doc("those worked out to the end")]
    complete: Annotated[bool, Doc("whether all were")]
    stable: Annotated[
        dict[Concept, dict[str, Count]], Doc("for each concept and party: how many states")
    ]
    today: Annotated[
        Concepts | None,
        Doc("the concepts under which the status quo holds; `null` where there is none"),
    ]
    outcomes: Annotated[list[OutcomeStanding], Doc("outcome by outcome")]
    holds: Annotated[dict[Concept, Holding], Doc("the equilibria")]
    stands: Annotated[
        list[StateReasonsFacts] | None,
        Doc("today, then outcomes that hold nowhere: who would leave"),
    ]


class Reach(TypedDict):
    """How many equilibria can come about from today."""

    by_improvements: Annotated[Count, Doc("by moves that each are better for who makes them")]
    by_moves: Annotated[Count, Doc("only by moves of which some are not")]
    out_of_reach: Annotated[Count, Doc("not at all")]


class EvolutionInBrief(EvolutionDocument):
    """How the equilibria come about."""

    reach: Annotated[Reach, Doc("how many can")]


class DeadlockInBrief(DeadlockAnswer):
    """What stands in the way of the target."""

    cost: Annotated[Count | None, Doc("of the cheapest concession")]
    ties: Annotated[Count, Doc("how many others cost as little")]
    stopped: Annotated[
        list[Annotated[str, OneOf("knots", "concessions", "time", "interrupted")]],
        Distinct(),
        Doc("why knots or concessions may be missing"),
    ]


class UnlockInBrief(UnlockAnswer):
    """The least changes of mind."""

    most: Annotated[Count, Doc("the dearest that were tried")]


class NumberedStep(PathStep):
    """A step of the best path."""

    number: Annotated[Place, Doc("from 1")]


class Places(TypedDict):
    """A party's level as a place among all it tells apart."""

    today: Annotated[Place, Doc("from 1, the best")]
    then: Annotated[Place, Doc("at the end")]
    of: Annotated[Place, Doc("of how many")]


class PathInBrief(PathAnswer):
    """The way to the target."""

    steps: Annotated[list[NumberedStep], Doc("the steps of the best path")]
    joint: Annotated[Place, Doc("the most parties that could move together")]
    goals: Annotated[Count, Doc("how many states the path may end in")]
    places: Annotated[dict[Name, Places], Doc("for each party")]


class BrokerInBrief(BrokerAnswer):
    """What third parties can do."""

    helping: Annotated[Count, Doc("options that help")]
    harming: Annotated[Count, Doc("options that harm")]
    idle: Annotated[Count, Doc("options that change nothing")]
    impossible: Annotated[Count, Doc("options that cannot be used")]


class SlideStep(Move):
    """One step of a way into danger."""

    mistaken: Annotated[Chance, Doc("how likely it is a mistake")]


class SlideWay(TypedDict):
    """One way into danger."""

    probability: Annotated[Chance, Doc("how likely")]
    steps: Annotated[list[SlideStep], MinLen(1), Doc("its moves")]


class GroundFacts(TypedDict):
    """One assumption."""

    what: Annotated[str, Doc("what is assumed")]
    value: Annotated[str, Doc("its value")]
    origin: Annotated[Literal["asked", "cited", "assumed", "usual"], Doc("where it comes from")]
    note: Annotated[str, Doc("what the case says about it")]


class RiskInBrief(RiskAnswer):
    """How likely a slide by mistake is."""

    ticks: Annotated[Count, Doc("how far danger was followed")]
    p_goal: Annotated[Chance, Doc("the probability of the goal")]
    p_neither: Annotated[Chance, Doc("the probability that neither comes")]
    rates: Annotated[
        list[Pair],
        Doc("misstep rate of everybody, and the probability of danger before the goal at it"),
    ]
    ways: Annotated[list[SlideWay], Doc("the likeliest ways into danger")]
    grounds: Annotated[list[GroundFacts], Doc("what was assumed")]


class EarlierFacts(TypedDict):
    """The earlier case."""

    name: Annotated[str, Doc("the case")]
    title: Annotated[str, Doc("for people")]
    as_of: Annotated[Day | None, Doc("the day it speaks of")]


class NumberedChange(ChangeDocument):
    """One thing that is written otherwise."""

    was: Annotated[Place | None, Doc("the place or the firmness it had")]
    now: Annotated[Place | None, Doc("the place or the firmness it has")]


class ComparisonInBrief(ComparisonAnswer):
    """What changed since an earlier case."""

    earlier: Annotated[EarlierFacts, Doc("the earlier case")]
    changes: Annotated[list[NumberedChange], Doc("what is written otherwise")]


class WithoutFacts(TypedDict):
    """Where the case stands without what rests on unconfirmed reports alone."""

    verdict: Annotated[str | None, Doc("what was said against the target: as under deadlock")]
    cost: Annotated[Count | None, Doc("of the cheapest concession")]
    exposure: Annotated[Chance | None, Doc("what a mover can lose on the best way, of its scale")]


class ConfirmedInBrief(TypedDict):
    """Whether the answer holds without unconfirmed reports."""

    lines: Annotated[Place, Doc("how many lines rest on unconfirmed reports alone")]
    holds: Annotated[bool, Doc("whether as much stands in the way, costs, risks and lasts")]
    without: Annotated[WithoutFacts, Doc("what is left without these lines")]
    knots_only_with: Annotated[list[list[Name]], Doc("knots that need them, by ids")]
    knots_only_without: Annotated[list[list[Name]], Doc("knots that are there without them alone")]


class LeanFacts(TypedDict):
    """A wish on which the best path hangs."""

    party: Annotated[Name, Doc("whose")]
    wish: Annotated[Formula, Doc("the wish")]
    place: Annotated[Place, Doc("its place among the party's wishes")]
    step: Annotated[
        Place | None,
        Doc("the step that would not pay without it; `null`: the party would leave at the end"),
    ]


class ViewsInBrief(TypedDict):
    """What holds where each party sees a game of its own, as numbers."""

    concept: Annotated[Concept, Doc("the concept")]
    holds: Annotated[Count, Doc("states where everybody stays as it sees the game")]
    true: Annotated[Count, Doc("states that would hold if all were right about each other")]
    same: Annotated[Count, Doc("states that are both")]
    surprised: Annotated[list[Name], Doc("parties that another would surprise where it holds")]


class NuanceFacts(TypedDict):
    """How much holds under a concept that asks more than rankings."""

    concept: Annotated[Concept, Doc("the concept: of a sense, of strength or of attitudes")]
    states: Annotated[Count, Doc("how many states hold under it")]
    also: Annotated[Count, Doc("how many of them hold by rankings alone, too")]

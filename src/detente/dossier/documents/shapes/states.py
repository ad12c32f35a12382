"""Shapes of what is said about states: which hold, why, and how they come about."""

from __future__ import annotations

from typing import Annotated, NotRequired

from annotated_types import MinLen
from typing_extensions import TypedDict

from detente.dossier.documents.shapes.common import Concept, Concepts, Name, Names, Pattern, State
from detente.keys import Chance, Count, Doc, OneOf, Positive


class Group(TypedDict):
    """States in which the same outcomes hold."""

    outcomes: Annotated[Names, Doc("the outcomes that hold there")]
    states: Annotated[Positive, Doc("how many states")]
    patterns: Annotated[list[Pattern], MinLen(1), Doc("strings with `-` where any level will do")]
    left_out: Annotated[Count, Doc("states beyond the patterns")]


class _Listed(TypedDict):
    list: Annotated[list[State], Doc("all states one by one")]


class StatesDocument(_Listed):
    """The states that can be, or those that satisfy a formula."""

    case: Annotated[str, Doc("the case")]
    options: Annotated[list[str], Doc("the order of the characters of a state")]
    feasible: Annotated[Count, Doc("how many states there are")]
    states: Annotated[Count, Doc("how many of them satisfy the formula")]
    groups: Annotated[list[Group], Doc("the same, outcome by outcome")]


class ExportDocument(TypedDict):
    """A case as a list of its states."""

    case: Annotated[str, Doc("the case")]
    options: Annotated[list[str], Doc("the order of the characters of a state")]
    states: Annotated[list[State], Doc("all states that can be")]
    ranks: Annotated[dict[Name, list[Positive]], Doc("the rank of each for each party; 1 is best")]
    today: Annotated[State | None, Doc("where the parties stand; `null` where nobody says")]


Move = TypedDict(
    "Move",
    {
        "party": Annotated[Name, Doc("who moves")],
        "from": Annotated[State, Doc("the state before")],
        "to": Annotated[State, Doc("the state after")],
    },
)


class Paths(TypedDict):
    """The shortest sequences of moves to a state."""

    moves: Annotated[Count | None, Doc("the number of moves; `null` if out of reach")]
    sequences: Annotated[list[list[Move]], Doc("the sequences")]
    complete: Annotated[bool, Doc("whether these are all")]


class Destination(TypedDict):
    """How one equilibrium comes about."""

    state: Annotated[State, Doc("the equilibrium")]
    equilibrium_under: Annotated[Concepts, MinLen(1), Doc("the concepts under which it holds")]
    by_moves: Annotated[Paths, Doc("by any moves")]
    by_improvements: Annotated[Paths, Doc("by moves that each are better for who makes them")]


_From = TypedDict("_From", {"from": Annotated[State, Doc("where it begins")]})


class EvolutionDocument(_From):
    """How the equilibria come about from a state."""

    destinations: Annotated[list[Destination], Doc("the nearest first")]
    left_out: Annotated[Count, Doc("equilibria beyond the limit")]
    equilibria: Annotated[Count, Doc("how many there are")]


class Aim(TypedDict):
    """What of a target holds under one concept."""

    states: Annotated[Count, Doc("how many states of it hold")]
    nearest: Annotated[
        State | None,
        Doc("that which differs from today in the fewest options; `null` if none or no today"),
    ]
    way: Annotated[
        list[list[str]] | None,
        Doc("how it comes about: who moves, and to which state; `null` if by no moves"),
    ]


class AimedDocument(TypedDict):
    """How much of a target holds."""

    formula: Annotated[str, Doc("the target")]
    holding: Annotated[dict[Concept, Aim], Doc("for each concept")]


class OpenState(TypedDict):
    """A state that holds in some of the ways that the wishes may be."""

    state: Annotated[State, Doc("the state")]
    ways: Annotated[Count, Doc("in how many ways it holds")]
    share: Annotated[Chance, Doc("how likely they are; what nobody grades counts alike")]


class DrawnState(TypedDict):
    """A state that holds in some of the ways drawn."""

    state: Annotated[State, Doc("the state")]
    between: Annotated[list[float], Doc("the share in which it holds lies between, 19 times of 20")]


class HeldDocument(TypedDict):
    """What holds under one concept where wishes are in doubt."""

    how: Annotated[
        str,
        OneOf("by party", "jointly", "bounds"),
        Doc(
            "how it was counted; under `bounds`, `necessary` lacks some and `possible` has some "
            "too many, perhaps"
        ),
    ]
    necessary: Annotated[list[State] | int, Doc("what holds in every way, or how many")]
    possible: Annotated[list[State] | int, Doc("what holds in some way, or how many")]
    open: NotRequired[
        Annotated[
            list[OpenState],
            Doc("what holds in some ways and not in all; not with `--counts`, nor under `bounds`"),
        ]
    ]
    draws: NotRequired[Annotated[Count, Doc("under `bounds`: how many ways were drawn")]]
    drawn: NotRequired[
        Annotated[list[DrawnState], Doc("under `bounds`: what may hold in some ways, not in all")]
    ]


class DoubtDocument(TypedDict):
    """What holds in every way that the parties' wishes may be, and what in some."""

    ways: Annotated[dict[str, Count], Doc("in how many ways the wishes of each party may be")]
    all: Annotated[Count, Doc("in how many ways those of all may be: the product")]
    concepts: Annotated[dict[Concept, HeldDocument], Doc("for each concept: what holds")]


class StabilityDocument(TypedDict):
    """Which states are stable for whom."""

    case: Annotated[str, Doc("the case")]
    parties: Annotated[list[str], Doc("the parties, in the order of the case")]
    options: Annotated[list[str], Doc("the order of the characters of a state")]
    states: Annotated[Count, Doc("how many feasible states")]
    store: Annotated[
        str, OneOf("arrays", "list", "diagrams"), Doc("how states were kept; no answer hangs on it")
    ]
    stable: Annotated[
        dict[Concept, dict[str, list[State] | int]],
        Doc(
            "for each concept, for each party or coalition (names joined by `+`): its stable "
            "states, or with `--counts` how many"
        ),
    ]
    equilibria: Annotated[
        dict[Concept, list[State] | int],
        Doc("for each concept: the states stable for everybody asked about, or how many"),
    ]
    complete: NotRequired[Annotated[bool, Doc("only where the work was interrupted: `false`")]]
    evolution: NotRequired[
        Annotated[EvolutionDocument, Doc("only with `--from`: how the equilibria come about")]
    ]
    target: NotRequired[Annotated[AimedDocument, Doc("only with `--target`: how much of it holds")]]
    doubt: NotRequired[
        Annotated[DoubtDocument, Doc("only with `--doubt`: what holds however wishes may be")]
    ]


class Improvement(TypedDict):
    """A better state for a party, and what follows if it goes there."""

    to: Annotated[State, Doc("the better state")]
    by: Annotated[list[Move], MinLen(1), Doc("the moves that lead there, one for a party")]
    sanctioned: Annotated[bool, Doc("whether it is deterred")]
    response: Annotated[
        list[Move],
        Doc("the moves that answer it, or that are expected to follow; empty if there are none"),
    ]
    at_once: Annotated[bool, Doc("whether these are made at the same moment")]
    traced: Annotated[bool, Doc("whether the response is known move by move")]
    escape: Annotated[
        list[Move] | None,
        Doc("where the answer can be escaped, the moves that do; else `null`"),
    ]
    end: Annotated[State, Doc("the state in which all this ends")]


class ReasonDocument(TypedDict):
    """Why a party, or a coalition, stays at a state or leaves it."""

    concept: Annotated[Concept, Doc("under which concept")]
    by: Annotated[Concept, Doc("that one of a mixture by which it is told; else the concept")]
    party: Annotated[str, MinLen(1), Doc("the party, or names joined by `+`")]
    stable: Annotated[bool, Doc("whether it stays")]
    can_move: Annotated[bool, Doc("whether it has any move")]
    improvements: Annotated[list[Improvement], Doc("what would be better for it")]
    left_out: Annotated[Count, Doc("improvements beyond the limit")]


class ExplanationDocument(TypedDict):
    """Why the parties stay at a state or leave it."""

    case: Annotated[str, Doc("the case")]
    options: Annotated[list[str], Doc("the order of the characters of a state")]
    state: Annotated[State, Doc("which state")]
    reasons: Annotated[list[ReasonDocument], Doc("one for each concept and party or coalition")]


class Preferences(TypedDict):
    """What one party's preferences must be for a state to hold."""

    sets: Annotated[
        list[list[State]],
        Doc(
            "the smallest sets of states; it is enough that the party prefers no state of one of "
            "them"
        ),
    ]
    satisfied: Annotated[bool, Doc("whether that is so today")]
    rankings: Annotated[
        Count | None,
        Doc("how many strict rankings of all states would do; `null` if too many states matter"),
    ]


class InverseDocument(TypedDict):
    """What preferences would make a state hold."""

    case: Annotated[str, Doc("the case")]
    options: Annotated[list[str], Doc("the order of the characters of a state")]
    state: Annotated[State, Doc("which state")]
    concept: Annotated[Concept, Doc("under which it should hold")]
    parties: Annotated[dict[Name, Preferences], Doc("for each party")]

"""Shapes of the answers about the way out."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from annotated_types import MinLen
from typing_extensions import TypedDict

from detente.dossier.documents.shapes.common import (
    Concept,
    Concepts,
    Formula,
    Ids,
    Knot,
    Name,
    Names,
    Pattern,
    State,
    Verdict,
)
from detente.dossier.documents.shapes.states import Preferences
from detente.keys import Chance, Count, Distinct, Doc, OneOf, Pair, Place, Positive

VERDICT = (
    "`deadlock`, `open` (nothing said stands in the way), `impossible` (rules exclude it) or "
    "`holds` (it is so already)"
)


class Concession(TypedDict):
    """Things said that, given up together, let the target happen."""

    drop: Annotated[Knot, Doc("the ids of what is given up")]
    cost: Annotated[Positive, Doc("their firmness, summed")]
    burden: Annotated[dict[Name, Positive], MinLen(1), Doc("what each party bears of it")]
    witness: Annotated[State, Doc("the nearest state in which the target then holds")]


class DeadlockAnswer(TypedDict):
    """What stands in the way of a target."""

    target: Annotated[Formula, Doc("the target as a formula")]
    verdict: Annotated[Verdict, Doc(VERDICT)]
    knots: Annotated[list[Knot], Doc("lists of ids, by size and then by id")]
    concessions: Annotated[list[Concession], Doc("by cost, largest share and ids")]
    complete: Annotated[bool, Doc("whether these are all the knots and all the concessions")]
    rules: NotRequired[
        Annotated[list[Formula], Doc("only if `impossible`: formulas that exclude it together")]
    ]
    witness: NotRequired[
        Annotated[
            State,
            Doc("only if `open`: the nearest state in which the target and all that was said hold"),
        ]
    ]


class UnderstoodDocument(TypedDict):
    """How much a draft is made of its reports."""

    enough: Annotated[bool, Doc("whether questions are answered from it")]
    sentences: Annotated[int, Doc("of the sentences worth reading, in percent")]
    parties: Annotated[int, Doc("of the parties, those with a wish, in percent")]
    talks: Annotated[bool, Doc("whether both sides of the talks have a position")]
    positions: Annotated[int, Doc("conditions, refusals and demands of the parties")]
    answered: Annotated[
        int | None,
        Doc("of what the two ask of each other, that on which the other has a word, in percent"),
    ]
    missing: Annotated[list[str], Doc("what is missing, in words")]


class DeadlockDocument(DeadlockAnswer):
    """What stands in the way of a target of a case."""

    case: Annotated[str, Doc("the case")]
    understood: NotRequired[Annotated[UnderstoodDocument, Doc("only of a draft")]]


class EditDocument(TypedDict):
    """One change of one party's wishes."""

    party: Annotated[Name, Doc("whose wish")]
    op: Annotated[Literal["drop", "move", "add"], Doc("`drop`, `move` or `add`")]
    statement: Annotated[Formula, Doc("the wish")]
    priority: Annotated[Place | None, Doc("its new place, from 1; `null` if dropped")]
    was: Annotated[Place | None, Doc("its place before; `null` if new")]


class UnlockAnswer(TypedDict):
    """The least changes of mind after which a target holds."""

    target: Annotated[Formula, Doc("the target as a formula")]
    concept: Annotated[Concept, Doc("the concept under which it should hold")]
    already: Annotated[list[State], Distinct(), Doc("states of the target that hold as things are")]
    cost: Annotated[
        Count | None,
        Doc("the least number of edits that is enough, 0 if `already`, `null` if none was found"),
    ]
    edits: Annotated[
        list[Annotated[list[EditDocument], MinLen(1)]],
        Doc("all ways of that cost; later edits count priorities as earlier ones left them"),
    ]
    holds: Annotated[
        list[Annotated[list[State], MinLen(1)]],
        Doc("for each of them the states of the target that hold then"),
    ]
    proved_below: Annotated[Count, Doc("no edits of a lower cost are enough")]
    complete: Annotated[bool, Doc("false if the search was cut short by time, number or Ctrl-C")]
    preferences: NotRequired[
        Annotated[
            dict[Name, Preferences],
            Doc(
                "only where the target is one state of a small case: as `parties` of "
                "`detente inverse`"
            ),
        ]
    ]


class UnlockDocument(UnlockAnswer):
    """The least changes of mind after which a target of a case holds."""

    case: Annotated[str, Doc("the case")]


Passage = TypedDict(
    "Passage",
    {
        "from": Annotated[State, Doc("the state before")],
        "to": Annotated[State, Doc("the state after")],
    },
)


class PathStep(Passage):
    """One step: a move of one party, or several moving together."""

    movers: Annotated[Names, MinLen(1), Doc("who moves")]
    exposure: Annotated[
        dict[Name, Chance],
        Doc("what each mover stands to lose against today, as part of its scale"),
    ]
    yields: Annotated[Names, Doc("the movers for whom it is worse than the state before")]
    breaks: Annotated[Ids, Doc("ids that this step is the first to break")]


class End(TypedDict):
    """Where a path leads."""

    state: Annotated[State, Doc("the state")]
    equilibrium_under: Annotated[Concepts, Doc("the concepts under which it holds")]
    level: Annotated[
        dict[Name, Pair],
        Doc("for each party its level today and at the end, from 0, the worst, to 1"),
    ]


class OtherPath(TypedDict):
    """Another path that is as good."""

    steps: Annotated[list[PathStep], Doc("its steps")]
    breaks: Annotated[Ids, Doc("ids of what it breaks")]
    end: Annotated[End, Doc("its end")]


_From = TypedDict("_From", {"from": Annotated[State, Doc("where it begins")]})


class PathAnswer(_From):
    """The way to a target with the least exposure."""

    target: Annotated[Formula, Doc("the target as a formula")]
    found: Annotated[bool, Doc("whether a path leads there")]
    exposure: Annotated[
        Chance | None,
        Doc(
            "the largest of any mover, from 0 to 1; `null` if there is no path, or states are kept "
            "in diagrams"
        ),
    ]
    breaks: Annotated[
        Ids,
        Doc(
            "ids of the conditions and refusals broken on the way; what is broken at the start "
            "does not count"
        ),
    ]
    cost_of_breaks: Annotated[
        Count | None, Doc("their firmness together, each counted once; `null` if there is no path")
    ]
    yielding_steps: Annotated[Count | None, Doc("how many steps in which a mover yields")]
    joint_steps: Annotated[Count | None, Doc("how many steps of several together")]
    without_joint: Annotated[
        Chance | None, Doc("the exposure of the best path without joint steps, or `null`")
    ]
    end: Annotated[End | None, Doc("where it leads")]
    nearest: NotRequired[
        Annotated[
            State,
            Doc("only if there is no path: the state within reach that is nearest to the target"),
        ]
    ]
    others: NotRequired[Annotated[list[OtherPath], Doc("up to two other paths as good")]]
    more: NotRequired[Annotated[bool, Doc("whether there are yet more")]]
    willingly: NotRequired[
        Annotated[
            list[PathStep] | None,
            Doc(
                "only if states are kept in diagrams: the shortest way of improvements; `null` if "
                "there is none, or the search took too long"
            ),
        ]
    ]


class PathDocument(PathAnswer):
    """The way to a target of a case with the least exposure."""

    case: Annotated[str, Doc("the case")]
    steps: Annotated[list[PathStep], Doc("the steps of the best path")]


class ProfileDocument(TypedDict):
    """Where a case stands towards its target."""

    verdict: Annotated[Verdict | None, Doc("as of `detente deadlock`; `null` where not known")]
    knots: Annotated[list[Knot], Doc("what cannot hold together with the target")]
    cost: Annotated[Count | None, Doc("of the cheapest concession")]
    exposure: Annotated[Chance | None, Doc("of the best path")]
    without_joint: Annotated[Chance | None, Doc("of the best path without joint steps")]
    equilibria: Annotated[dict[Concept, Count], Doc("how many, by concept")]
    equilibria_in_target: Annotated[
        dict[Concept, Count | None], Doc("how many of them are in the target")
    ]
    lacking: Annotated[
        list[Annotated[str, OneOf("said", "states", "preferences", "status_quo")]],
        Distinct(),
        Doc("what kept something from being worked out"),
    ]


class Unused(TypedDict):
    """What stands in the way while an option stays as it is."""

    verdict: Annotated[Verdict, Doc("as of `detente deadlock`")]
    knots: Annotated[list[Knot], Doc("what cannot hold together with the target")]
    cost: Annotated[Count | None, Doc("of the cheapest concession")]


class UseDocument(TypedDict):
    """What one option of a third party changes."""

    party: Annotated[Name, Doc("the third party")]
    option: Annotated[str, Doc("its option")]
    level: Annotated[str, Doc("the level it takes")]
    possible: Annotated[bool, Doc("whether that can be together with all rules")]
    dissolved: Annotated[list[Knot], Doc("knots that are gone then")]
    goes_back_on: Annotated[Ids, Doc("ids of what the party said against it")]
    unused: Annotated[Unused | None, Doc("where things stand while the option stays as it is")]
    then: Annotated[ProfileDocument | None, Doc("where things stand then")]


class BrokerAnswer(TypedDict):
    """What third parties can do for a target."""

    target: Annotated[Formula, Doc("the target as a formula")]
    concept: Annotated[Concept, Doc("the concept under which a state counts as holding")]
    today: Annotated[ProfileDocument, Doc("where the case stands")]
    uses: Annotated[list[UseDocument], Doc("the most helpful first")]
    complete: Annotated[bool, Doc("false if it was interrupted")]


class BrokerDocument(BrokerAnswer):
    """What third parties can do for a target of a case."""

    case: Annotated[str, Doc("the case")]


class ChangeDocument(TypedDict):
    """One thing that is written otherwise in two cases."""

    what: Annotated[str, Doc("such as `statement`, `condition` or `target`")]
    how: Annotated[Literal["new", "gone", "changed", "moved"], Doc("what happened to it")]
    party: Annotated[str, Doc("whose it is; empty for the case's own")]
    name: Annotated[str, Doc("what it is called")]
    before: Annotated[str, Doc("what stood there")]
    after: Annotated[str, Doc("what stands there")]


class KnotsDocument(TypedDict):
    """Knots that came and went, by the ids of the case they stand in."""

    dissolved: Annotated[list[Knot], Doc("of the earlier case")]
    new: Annotated[list[Knot], Doc("of the later one")]


class ShiftDocument(TypedDict):
    """How the equilibria under one concept differ."""

    options: Annotated[list[str], Distinct(), Doc("the options that both cases have")]
    before: Annotated[Count, Doc("how many held")]
    after: Annotated[Count, Doc("how many hold")]
    gained: Annotated[list[Pattern], Doc("patterns over these options")]
    lost: Annotated[list[Pattern], Doc("patterns over these options")]
    excluded: Annotated[Count, Doc("former ones that can no longer be")]


class ComparisonAnswer(TypedDict):
    """Two cases and what differs."""

    before: Annotated[ProfileDocument, Doc("where the earlier stands")]
    after: Annotated[ProfileDocument, Doc("where the later stands")]
    knots: Annotated[KnotsDocument, Doc("what came and went")]
    equilibria: Annotated[dict[Concept, ShiftDocument], Doc("for each concept")]


class DiffDocument(ComparisonAnswer):
    """What changed between two cases."""

    case: Annotated[list[str], Doc("both names")]
    changes: Annotated[list[ChangeDocument], Doc("what is written otherwise")]


class WhatIfDocument(DiffDocument):
    """What changes if something is taken as given."""

    set: Annotated[list[str], Doc("what is taken as given, as it was written")]
    drop: Annotated[list[str], Doc("what is taken back")]

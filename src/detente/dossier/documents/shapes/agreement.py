"""The shapes of what all would rather have, and of who can bring something about."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypeAlias

from typing_extensions import TypedDict

from detente.dossier.documents.shapes.common import Concept, Formula, Name, Names, State
from detente.dossier.documents.shapes.states import Move
from detente.keys import Chance, Count, Doc, Place

States: TypeAlias = list[State] | Count
"""A list of states; with ``--counts`` how many they are."""


class Standing(TypedDict):
    """What today is worth to one party, and what it has without an agreement."""

    better: Annotated[Count, Doc("how many states it ranks above today")]
    worse: Annotated[Count, Doc("how many it ranks below")]
    hurting: Annotated[bool, Doc("whether today hurts it")]
    level: Annotated[Chance, Doc("its level today, from 0, the worst, to 1")]
    pushed_to: Annotated[Chance, Doc("the lowest that improvements of the others can bring it to")]
    alone: Annotated[Chance, Doc("the highest it can make sure of by one move or none")]


class MissDocument(TypedDict):
    """A party that some states give nothing."""

    party: Annotated[Name, Doc("whom they fail")]
    worse: Annotated[bool, Doc("whether it is worse off than today, not just as well")]
    wish: Annotated[Formula | None, Doc("the wish that holds today and no longer there")]
    place: Annotated[Place | None, Doc("its place among the party's wishes")]


class NearDocument(TypedDict):
    """States that come nearest to the zone, and fail the same parties for the same reasons."""

    states: Annotated[States, Doc("the states")]
    fails: Annotated[list[MissDocument], Doc("whom they fail, and by which wish")]


class ZoneAnswer(TypedDict):
    """What some parties would all rather have than today."""

    parties: Annotated[Names, Doc("whose gain is asked for")]
    today: Annotated[State, Doc("what is compared with")]
    zone: Annotated[
        States,
        Doc("states that all of them rank above today; with `--counts` their number, and so below"),
    ]
    weak: Annotated[States, Doc("those in which none is worse off and one is better off")]
    pareto: Annotated[
        States | None,
        Doc("of the zone: Pareto-optimal; `null` where diagrams grow too large to tell"),
    ]
    hold: Annotated[dict[Concept, States], Doc("of the zone: equilibria, by concept")]
    reachable: Annotated[States, Doc("of the zone: reached from today by any moves")]
    by_improvements: Annotated[
        States | None,
        Doc("of the zone: reached by improvements; `null` where diagrams took too long to tell"),
    ]
    acceptable: NotRequired[
        Annotated[States, Doc("of the zone: giving each at least what it can make sure of alone")]
    ]
    without: Annotated[dict[Name, States], Doc("for each of the parties where all the others gain")]
    target: Annotated[Formula | None, Doc("what should come about, if anything is named")]
    in_target: Annotated[States, Doc("of the zone: where it does")]
    stay_today: Annotated[dict[Concept, Names], Doc("who would stay today, by concept")]
    standing: NotRequired[Annotated[dict[Name, Standing], Doc("for each of the parties")]]
    nearest: NotRequired[
        Annotated[list[NearDocument], Doc("where the zone is empty: what comes nearest")]
    ]
    silent: Annotated[Names, Doc("parties of which the case does not say what they want")]


class ZoneDocument(ZoneAnswer):
    """What some parties of a case would all rather have than today."""

    case: Annotated[str, Doc("the case")]


class MeansDocument(TypedDict):
    """A smallest group that can, and how."""

    group: Annotated[Names, Doc("its members, sorted")]
    moves: Annotated[list[Move], Doc("what it does; none where nothing has to be done")]
    end: Annotated[State, Doc("where that leads")]


class ShortDocument(TypedDict):
    """A group that cannot for want of one member."""

    group: Annotated[Names, Doc("its members, sorted")]
    lacking: Annotated[Name, Doc("the party with which it could")]
    reaches: Annotated[bool, Doc("whether its own moves get there at all")]
    moves: Annotated[list[Move], Doc("those that do")]
    undone: Annotated[list[Move], Doc("how the others then undo it")]


class MeansBySide(TypedDict):
    """How the groups do it."""

    makers: Annotated[list[MeansDocument], Doc("those that bring it about")]
    preventers: Annotated[list[MeansDocument], Doc("those that prevent it")]


class ShortBySide(TypedDict):
    """Why groups fail that are one of these without one of its members."""

    makers: Annotated[list[ShortDocument], Doc("one member short of bringing it about")]
    preventers: Annotated[list[ShortDocument], Doc("one member short of preventing it")]


class PowerDocument(TypedDict):
    """Who can bring a target about for good, and who can prevent it."""

    makers: Annotated[
        list[Names],
        Doc("the smallest groups that can bring it about; `[]`: nobody, `[[]]`: nobody has to"),
    ]
    preventers: Annotated[list[Names], Doc("the smallest groups that can prevent it; as `makers`")]
    how: Annotated[MeansBySide, Doc("the same with the moves that do it")]
    short: NotRequired[Annotated[ShortBySide, Doc("groups that fail for one member, and why")]]


class WhoAnswer(PowerDocument):
    """Who can bring a target about, whatever the others do and if they improve only."""

    target: Annotated[Formula, Doc("the target as a formula")]
    today: Annotated[State, Doc("where it begins")]
    would: Annotated[PowerDocument, Doc("the same if the others move by improvements only")]
    silent: Annotated[
        Names, Doc("parties of which the case does not say what they want: they never improve")
    ]


class WhoDocument(WhoAnswer):
    """Who can bring a target of a case about for good, and who can prevent it."""

    case: Annotated[str, Doc("the case")]

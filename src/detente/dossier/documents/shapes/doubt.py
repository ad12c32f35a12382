"""Shapes of what is told of doubt: how much a result hangs on."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from annotated_types import MinLen
from typing_extensions import TypedDict

from detente.dossier.documents.shapes.common import Concept, Formula, Name, State
from detente.keys import Count, Doc, Place


class Quoted(TypedDict):
    """Words that a line rests on."""

    report: Annotated[str, Doc("the report")]
    quote: Annotated[str, Doc("the exact words")]


class TurnDocument(TypedDict):
    """One change of what one party wants."""

    party: Annotated[Name, Doc("whose")]
    op: Annotated[
        Literal["drop", "move", "add", "swap", "merge"],
        Doc("`drop`, `move` or `add` a wish; in a ranking `swap`, `merge` or `move`"),
    ]
    statement: NotRequired[Annotated[Formula, Doc("the wish")]]
    priority: NotRequired[Annotated[Place | None, Doc("its new place, from 1; `null` if dropped")]]
    was: NotRequired[Annotated[Place | None, Doc("its place in the case; `null` if new")]]
    cite: NotRequired[Annotated[list[Quoted], Doc("what the wish rests on; none: assumed")]]
    upper: NotRequired[Annotated[list[State], Doc("of a ranking: what stood higher before")]]
    lower: NotRequired[Annotated[list[State], Doc("what stood lower before")]]


class TurnsDocument(TypedDict):
    """The least changes that turn something."""

    holds: Annotated[
        bool,
        Doc("whether it is so as things are: some state of the target holds, or the zone has one"),
    ]
    radius: Annotated[
        Count | None, Doc("the least number of changes that turns that; `null` if none was found")
    ]
    turns: Annotated[
        list[Annotated[list[TurnDocument], MinLen(1)]], Doc("all ways of that number found")
    ]
    proved_below: Annotated[Count, Doc("fewer changes are not enough")]
    complete: Annotated[bool, Doc("false if the search was cut short by time, number or Ctrl-C")]


class RadiusDocument(TurnsDocument):
    """The least changes after which a target of a case holds no more, or does."""

    case: Annotated[str, Doc("the case")]
    target: Annotated[Formula, Doc("the target as a formula")]
    concept: Annotated[Concept, Doc("the concept under which it holds")]


class GameDocument(TypedDict):
    """What holds under one concept where each party sees a game of its own."""

    holds: Annotated[list[State], Doc("where everybody stays as it sees the game")]
    true: Annotated[list[State], Doc("what would hold if everybody knew everybody's wishes")]
    expects: Annotated[dict[str, list[State]], Doc("by party what it expects to hold")]
    surprised: Annotated[
        dict[str, dict[str, list[State]]],
        Doc("by party, and by whom: where it expects of that one what that one does not think"),
    ]
    apart: Annotated[list[State], Doc("states that some party cannot judge")]


class WorthDocument(TypedDict):
    """What one belief is worth under one concept."""

    viewer: Annotated[Name, Doc("whose belief")]
    about: Annotated[Name | None, Doc("about whose wishes; `null`: the options it does not know")]
    concept: Annotated[Concept, Doc("the concept")]
    corrected: Annotated[list[State], Doc("what holds once the belief is set right")]
    before: Annotated[
        dict[str, list[float]],
        Doc("by party its least and greatest level, 0 to 1, over what holds with the belief"),
    ]
    after: Annotated[dict[str, list[float]], Doc("and over what holds without it; empty: nothing")]


class ViewsDocument(TypedDict):
    """What each party believes of the others, and what that changes."""

    case: Annotated[str, Doc("the case")]
    options: Annotated[list[str], Doc("the order of the characters of a state")]
    concepts: Annotated[dict[Concept, GameDocument], Doc("for each concept: what holds")]
    beliefs: Annotated[list[WorthDocument], Doc("what each belief is worth")]


WordDocument = TypedDict(
    "WordDocument",
    {
        "party": Annotated[Name, Doc("who says it")],
        "option": Annotated[str, Doc("about which option")],
        "level": Annotated[str, Doc("the level wanted, or meant")],
        "from": Annotated[
            str | None, Doc("the condition or refusal it was read from; `null`: the case says it")
        ],
        "cite": Annotated[list[Quoted], Doc("what that rests on")],
    },
)


class DoubtedDocument(TypedDict):
    """A word that is not believed."""

    party: Annotated[Name, Doc("who does not believe it")]
    option: Annotated[str, Doc("about which option")]


DilemmaDocument = TypedDict(
    "DilemmaDocument",
    {
        "party": Annotated[Name, Doc("whose dilemma")],
        "kind": Annotated[
            Literal["persuasion", "trust", "co-operation", "rejection", "sufficiency"],
            Doc("which of the five"),
        ],
        "with": Annotated[Name, Doc("with whom")],
        "option": Annotated[str, Doc("over which option")],
        "kept": Annotated[
            bool | None,
            Doc("whether the threat or promise would be kept, by its owner's wishes; `null`: open"),
        ],
        "removed_by": Annotated[list[str], Doc("what removes it")],
    },
)


class DilemmasDocument(TypedDict):
    """The dilemmas that public words put the parties in."""

    case: Annotated[str, Doc("the case")]
    positions: Annotated[list[WordDocument], Doc("what is wanted of options in public")]
    intentions: Annotated[list[WordDocument], Doc("what owners say they will do otherwise")]
    doubts: Annotated[list[DoubtedDocument], Doc("which words are not believed")]
    future: Annotated[State | None, Doc("what comes if nobody gives in; `null`: rules exclude it")]
    excluded_by: Annotated[Formula | None, Doc("a rule that excludes it")]
    dilemmas: Annotated[list[DilemmaDocument], Doc("all dilemmas")]

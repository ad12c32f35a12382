"""The lines of a claims file, declared once: what each key of them means.

One record a line, keys in this order; :mod:`detente.reading.records` fills them.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypeAlias

from annotated_types import MaxLen, MinLen
from typing_extensions import TypedDict

from detente.keys import Chance, Count, Doc, OneOf
from detente.reading.claims import KINDS, Finder

NOT_SHOWN = "not shown"
"""Stands under ``who`` where a model says whose a claim is, and its clause does not show it."""

Characters: TypeAlias = Annotated[list[Count], MinLen(2), MaxLen(2)]
"""The first one, and the one after the last."""
Likeness: TypeAlias = Annotated[str, OneOf("identical", "truncated", "contained", "near")]
"""How a report repeats another."""
Digest: TypeAlias = Annotated[
    str, Doc("a digest of all other keys, by which a line that a person touched is known later")
]


class ReportLine(TypedDict):
    """A report that was read."""

    type: Annotated[Literal["report"], Doc("`report`")]
    report: Annotated[str, MinLen(1), Doc("its id: the file's name without the ending")]
    file: Annotated[str, Doc("the path as it was named")]
    chars: Annotated[Count, Doc("the number of characters of its text")]
    sha256: Annotated[str, Doc("of the file's bytes")]
    date: Annotated[
        str | None,
        Doc(
            "from the front matter, the page or the mail, else from its dateline or letterhead, "
            "else from its file's name, else `null`; a dateline without a year gets the year of "
            "the pile if all others are of one year"
        ),
    ]
    duplicate_of: Annotated[
        str | None, Doc("the id of the report that this one repeats, else `null`")
    ]
    duplicate_kind: Annotated[
        Likeness | None,
        Doc(
            "`identical` (the same words), `truncated` (its beginning, the last word perhaps cut), "
            "`contained` (four fifths of it stand in the other), `near` (three fifths of all their "
            "runs of five words are common), else `null`"
        ),
    ]
    shared: Annotated[
        Chance,
        Doc("the share of its runs of five words that stand in the other too, from 0 to 1"),
    ]
    corrects: Annotated[
        str | list[str] | None,
        Doc(
            "the id of the earlier report that this one says it corrects or updates, a list of "
            "several, else `null`"
        ),
    ]
    void: Annotated[
        list[Characters],
        Doc(
            "`[[start, end], …]`: its sentences that a later report takes back; nothing in them "
            "counts as a claim"
        ),
    ]
    made: Digest


class _Words(TypedDict):
    id: Annotated[
        str,
        MinLen(1),
        Doc(
            "the report's id, a colon and a digest of kind and words; it stays as long as the "
            "words do"
        ),
    ]
    report: Annotated[str, Doc("the report's id")]
    kind: Annotated[
        Annotated[str, OneOf(*KINDS)], Doc("what it is, such as `condition` or `offer`")
    ]
    party: Annotated[
        str | None,
        Doc(
            "the case's party where a case was given and knows the name, else the country, the "
            "organisation, or the person where no side is known; `null` where nobody is named"
        ),
    ]
    speaker: Annotated[
        str | None,
        Doc("the fullest name that the report gives; `null` where the author says it"),
    ]
    target: Annotated[
        str | None, Doc("whom it is directed at, or of whom something is asked; may be `null`")
    ]
    direct: Annotated[bool, Doc("whether all of it stood between quotation marks")]
    source: Annotated[
        Characters | None,
        Doc("`[start, end]` of the words that name the speaker; `null` where none do"),
    ]
    cue: Annotated[
        Characters | None,
        Doc("`[start, end]` of the words that show the kind: “said”, “only if”, “rejected”"),
    ]
    content: Annotated[
        list[Characters],
        MinLen(1),
        Doc("`[[start, end], …]`: the words claimed, without the quotation marks around them"),
    ]
    text: Annotated[str, Doc("exactly the characters of `content`, nothing between the parts")]


_For = TypedDict(
    "_For",
    {
        "for": Annotated[
            str | None, Doc("for a condition: what it is a condition for; may be `null`")
        ]
    },
)


class ClaimFacts(_Words, _For):
    """One thing that a report says."""

    plover: Annotated[
        str | None,
        Doc(
            "the event type where one fits: `AGREE`, `CONSULT`, `SUPPORT`, `CONCEDE`, `COOPERATE`, "
            "`AID`, `RETREAT`, `REQUEST`, `ACCUSE`, `REJECT`, `THREATEN`, `PROTEST`, `SANCTION`, "
            "`MOBILIZE`, `COERCE`, `ASSAULT`"
        ),
    ]
    date: Annotated[str | None, Doc("the report's date")]
    reply_to: Annotated[
        str | None,
        Doc(
            "the id of the offer or demand that this claim answers, where its words say that it "
            "answers one"
        ),
    ]
    rule: Annotated[
        str | None,
        Doc(
            "the rule that found it, `learnt` where there is none; `detente read … --why ID` "
            "shows the clause and what is known of the names"
        ),
    ]
    by: Annotated[
        Finder,
        Doc(
            "who found it: `rules` (the tagger may have found it as well), `tagger` where what was "
            "learnt from marked reports found it and no rule did, `model` where only a language "
            "model did that you had asked, `both` where such a model did and rules or tagger as "
            "well, `person` where somebody added it"
        ),
    ]


class _Claim(TypedDict):
    type: Annotated[Literal["claim"], Doc("`claim`")]


class ClaimLine(_Claim, ClaimFacts):
    """One thing that a report says."""

    deadline: NotRequired[
        Annotated[
            str,
            Doc(
                "`YYYY-MM-DD`, only where the words set a time: “by Friday”, “48 hours”, counted "
                "from the report's day"
            ),
        ]
    ]
    who: NotRequired[
        Annotated[
            Annotated[str, OneOf(NOT_SHOWN)],
            Doc(
                "`not shown`, only where a language model says whose it is and the clause does "
                "not show it"
            ),
        ]
    ]
    made: Digest


class SentenceLine(TypedDict):
    """A sentence of a report that was read."""

    type: Annotated[Literal["sentence"], Doc("`sentence`")]
    report: Annotated[str, Doc("the report's id")]
    span: Annotated[Characters, Doc("`[start, end]`: its characters")]
    worth: Annotated[
        bool,
        Doc("whether a position may stand in it, so that it is worth a person's eyes"),
    ]
    made: Digest

"""Who is meant: the records that the resolver hands out and keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

WhoKind = Literal[
    "party", "person", "first", "second", "several", "anon", "street", "thing", "unknown"
]


@dataclass(frozen=True, slots=True)
class Who:
    """Whom some words mean.

    Parameters
    ----------
    party : str or None
        The side: a name, or a known kind of body; None where the report does not say.
    speaker : str or None
        The person, by the fullest name, or the body whose words they are.
    kind : str
        ``party`` a side, ``person`` somebody by name, ``first`` we or I, ``second`` you,
        ``several`` both sides, ``anon`` who would not be named, ``street`` people who are no side,
        ``thing`` nobody, ``unknown`` somebody whom the report does not tell.
    several : tuple of str
        The sides that are meant together.
    why : str
        The fact that tied the words to the side, for people; empty where the name itself stands
        there.
    """

    party: str | None = None
    speaker: str | None = None
    kind: WhoKind = "thing"
    several: tuple[str, ...] = ()
    why: str = ""


ABOUT = "the report is about "
"""How the reason begins of what only a report's home tells."""
THING = Who()
UNKNOWN = Who(kind="unknown")
STREET = Who(kind="street")


@dataclass(slots=True)
class Person:
    """Somebody whom a report names.

    Parameters
    ----------
    full : str
        The fullest name.
    sex : str
        ``f``, ``m`` or empty.
    roles : set of str
        Titles and offices beside the name, in lower case.
    votes : dict
        Party to how strongly the words beside the name tie this person to it.
    reasons : dict
        Party to what told it, for people.
    """

    full: str
    sex: str = ""
    roles: set[str] = field(default_factory=set)
    votes: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def told(self, side: str, why: str, weight: int) -> None:
        """Count words that tie this person to a side."""
        if side:
            self.votes[side] = self.votes.get(side, 0) + weight
            self.reasons.setdefault(side, why)

    @property
    def side(self) -> str:
        """The party this person speaks for; empty where nothing told it."""
        return min(self.votes, key=lambda s: (-self.votes[s], s)) if self.votes else ""

    @property
    def why(self) -> str:
        """What told the side."""
        return self.reasons.get(self.side, "")

    @property
    def firm(self) -> bool:
        """Whether words at the name told the side, not only an office or the report's home."""
        return self.votes.get(self.side, 0) >= AT_THE_NAME


TOLD = 10**6
"""How strongly a user's own word ties somebody to a side."""
IN_BRACKETS = 64
"""How strongly a transcript's "(Country)" ties somebody to a side."""
AT_THE_NAME = 16
"""The same for words at the name: "Chile's minister, X"."""
BY_PRONOUN = 8
"""The same for "its minister, X"."""
BY_LIST = 6
"""The same for a list of office-holders."""
BY_NAME = 4
"""The same for a body that bears the person's name."""
BY_PLACE = 3
"""The same for an office in a paragraph that names a state's town."""
BY_OFFICE = 1
"""The same for an office alone, where the report's home must tell the rest."""


@dataclass(slots=True)
class Learnt:
    """What one report says about who is who, by itself: small, without any parse.

    Parameters
    ----------
    report : str
        Its id.
    kinds : dict
        Body to kind, as this report shows it.
    aliases : dict
        Other name to body and manner of naming.
    people : dict
        Full name to person.
    nouns : dict
        Describing noun to (party to how often): "operator" to the tram company.
    counts : dict
        Party to how often it is named.
    written : dict
        Party to the names that the report writes of it.
    uses : dict
        Name to how much its use makes it a body's, where that is too little in one report.
    ruling : dict
        Name to how much its use makes it a state's, where that is too little in one report.
    adjectives : set of str
        Words that may be a people's.
    towns : dict
        Place that acts to (state to how often it is the only one named beside it).
    home : str
        The state that the report is about.
    copy : bool
        Whether the report is a copy, so that it counts for nothing.
    acts : dict
        State to how often its own name or its seat's acts, or is acted upon.
    governments : dict
        State to the words by which the report calls its government.
    together : dict
        Two parties to how many sentences name both, the first as the one that acts.
    """

    report: str
    kinds: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, tuple[str, str]] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    nouns: dict[str, dict[str, int]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    written: dict[str, dict[str, int]] = field(default_factory=dict)
    uses: dict[str, float] = field(default_factory=dict)
    ruling: dict[str, float] = field(default_factory=dict)
    adjectives: set[str] = field(default_factory=set)
    towns: dict[str, dict[str, int]] = field(default_factory=dict)
    home: str = ""
    copy: bool = False
    acts: dict[str, int] = field(default_factory=dict)
    governments: dict[str, dict[str, int]] = field(default_factory=dict)
    together: dict[tuple[str, str], int] = field(default_factory=dict)

"""What a rule finds: claims before they have ids, and whether later rules are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVarTuple

from detente.reading.claims import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.reading.acts import Act

About = TypeVarTuple("About")
"""What rules are asked about, such as a deed and its scene."""


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A claim as a rule finds it.

    Parameters
    ----------
    kind : str
        What kind of claim.
    party, speaker, target : str
        Whose it is, who says it, to whom; empty for not known.
    content : tuple of Token
        The words that carry it.
    cue : tuple of Token
        The words that show the kind.
    purpose : tuple of Token
        For a condition: what would be done then.
    rule : str
        The rule that found it.
    answers : str
        What its words say that it answers: ``offer``, ``demand`` or ``any``; empty for nothing.
    plover : str
        Event type where the kind alone does not tell it.
    act, bound : Act, optional
        The deed of its words, and the one that this is bound to.
    """

    kind: Kind
    party: str
    speaker: str
    target: str
    content: tuple[Token, ...]
    cue: tuple[Token, ...]
    purpose: tuple[Token, ...] = ()
    rule: str = ""
    answers: str = ""
    plover: str = ""
    act: Act | None = None
    bound: Act | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule says of a clause: its claims, and whether that settles the matter."""

    drafts: tuple[Draft, ...] = ()
    settled: bool = False


PASS = Outcome()
"""The rule does not know this construction."""
NOTHING = Outcome((), True)
"""The rule knows it, and it says nothing that counts."""


def first(rules: Iterable[Callable[[*About], Outcome]], *about: *About) -> Outcome:
    """Return what the first rule says that knows the construction; ``PASS`` if none does."""
    for rule in rules:
        found = rule(*about)
        if found.settled:
            return found
    return PASS

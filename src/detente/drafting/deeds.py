"""Claims to deeds: what somebody could do, and who; the same deed said otherwise is told equal."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from detente.drafting.clauses import (
    Clause,
    clause,
    clauses,
    happens,
    imperative,
    nominal_verb,
    with_owner,
)
from detente.drafting.english import English, words
from detente.drafting.sides import Sides
from detente.reading.actors import Actors
from detente.reading.claims import Claim
from detente.reading.lexicon import WordSet

Role: TypeAlias = Literal["demand", "held", "offer", "threat", "announced", "done", "refused"]
"""How a deed came up: asked for, held out under a condition, offered, threatened, announced for
later, done already, or refused."""

_PRONOUNS = frozenset(["they", "it", "he", "she", "we", "you", "i", "them", "us"])
_GENITIVE = re.compile(r"^['’]s?\b")
_WITH = re.compile(r"(?:with|to|at|in)\b")
_OF = re.compile(
    r"\b(?:in|on|at|for|with|from|by|about|as|into|to|after|under|over|against|between|among"
    r"|through|without|within|across|near|since|towards?|upon|via|above|below|regarding"
    r"|concerning)\b"
)
"""Prepositions other than "of", which stays with what it belongs to."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Something a party could do, as one claim has it.

    Parameters
    ----------
    agent : str
        Who would do it.
    label : str
        Words for people; empty for talking.
    head : str
        The family of its verb; empty where the verb says nothing of its own.
    things : frozenset of str
        The families of what it is done to.
    role : str
        How it came up.
    claim : Claim
        Where it was read.
    talks : bool
        Whether it is to talk.
    ends : bool
        Whether it ends something that is done.
    guessed : bool
        Whether the words do not say who is to do it.
    """

    agent: str
    label: str
    head: str
    things: frozenset[str]
    role: Role
    claim: Claim
    talks: bool = False
    ends: bool = False
    guessed: bool = False

    @property
    def families(self) -> frozenset[str]:
        """Everything that tells it from others."""
        return self.things | {self.head} if self.head else self.things


@dataclass(frozen=True)
class Desk:
    """What is at hand when claims are turned into deeds.

    Parameters
    ----------
    e : English
        The word lists.
    groups : frozenset of str
        Nouns for companies, governments and their kind.
    sides : Sides
        The parties.
    actors_of, text_of : callable
        A report's id to the actors it may name, and to its text.
    answered_by : mapping
        A claim's id to the party that answered it.
    """

    e: English
    groups: WordSet
    sides: Sides
    actors_of: Callable[[str], Actors]
    text_of: Callable[[str], str]
    answered_by: Mapping[str, str]

    # --- deeds ---

    def demanded(self, claim: Claim, text: str) -> list[Deed]:
        """Return the deeds that some words of a demand ask for; none where they do not say."""
        found = [self._demand(claim, c) for c in clauses(text, self.e)]
        return [deed for deed in found if deed is not None]

    def _demand(self, claim: Claim, c: Clause) -> Deed | None:
        """Return the deed that one clause of a demand asks for."""
        assert claim.party is not None
        if self._own_going_on(c, claim):
            return self._made(c, claim.party, "done", claim, says_who=False)
        agent, says_who, guessed = self._asked(c, claim)
        if agent is None:
            return None
        return self._made(c, agent, "demand", claim, says_who=says_who, guessed=guessed)

    def own(self, claim: Claim, text: str, role: Role) -> Deed | None:
        """Return the deed of a claim's own party; None where the words tell of somebody else."""
        assert claim.party is not None
        c = clause(text, self.e)
        subject = self.actor(c.subject, claim)
        if subject is not None and subject != claim.party and not c.passive:
            return None
        return self._made(c, claim.party, role, claim, says_who=True)

    def _own_going_on(self, c: Clause, claim: Claim) -> bool:
        """Tell whether a demand is that one's own doing goes on."""
        low = words(c.subject)
        whose = {"his", "her", "its", "their", "our", "my", "'s"} & {*low}
        return (
            c.verb in self.e.going_on
            and bool(low)
            and not whose
            and not self.actors_of(claim.report).find(c.subject)
        )

    def _made(
        self, c: Clause, agent: str, role: Role, claim: Claim, *, says_who: bool,
        guessed: bool = False,
    ) -> Deed | None:  # fmt: skip
        """Return a deed of its parts; None where they say nothing."""
        if agent not in self.sides.names:
            return None
        if role in ("held", "refused"):
            c = replace(c, denied=False)  # what is held back, or refused, is the deed itself
        e = self.e
        head, told = self._parts(c, claim, says_who)
        things = e.families(told) - {head}
        if self._is_talk(head, things, c):
            return Deed(agent, "", "talk", frozenset(), role, claim, talks=True, guessed=guessed)
        if not things and (not head or head in e.talks):
            return None
        empty = e.idle | e.vague | e.light | e.answers
        if not head and all(w in empty for w in told if w[0].isalnum()):
            return None  # "the right conditions", "the offer": nothing that could be done
        ends = c.verb in e.endings and bool(things) and role in ("demand", "held", "refused")
        label = imperative(c, e, agent_is_subject=says_who)
        label = with_owner(label, str(claim.party), third=role == "demand" and not says_who)
        return Deed(agent, label, head, things, role, claim, False, ends, guessed)

    def _parts(self, c: Clause, claim: Claim, says_who: bool) -> tuple[str, list[str]]:
        """Return the family of a clause's verb, and the words for what it is done to."""
        e = self.e
        known = self.actors_of(claim.report)
        verb = c.verb or nominal_verb(c.rest) or ""
        head = e.family(verb) if verb and verb not in e.light_verbs else ""
        if c.passive or (happens(c, e) and not says_who):
            pieces = [c.subject]
        elif not c.verb and verb:
            pieces = [_after_of(c.rest)]
        else:
            pieces = [c.rest]
            if not says_who or any(e.family(w) == "troop" for w in words(c.subject)):
                pieces.append(c.subject)
        told = [w for p in pieces for w in words(self._blank(known, _OF.split(p)[0]))]
        if c.verb in e.bringing and c.verb not in e.endings and e.families(told) & e.pressures:
            head = ""  # "release another round of sanctions" is to put them on
        if not e.families(told) and not (head in e.talks and _WITH.match(c.rest)):
            told = words(self._blank(known, pieces[0] if c.passive else c.rest))
        return head, told

    def _blank(self, known: Actors, text: str) -> str:
        """Return a text without the names of actors."""
        for hit in reversed(known.find(text)):
            text = f"{text[: hit.start]} {_GENITIVE.sub('', text[hit.end :])}"
        for name in self.sides.names:
            at = text.find(name)
            if at >= 0:
                text = f"{text[:at]} {_GENITIVE.sub('', text[at + len(name) :])}"
        return text

    def _is_talk(self, head: str, things: frozenset[str], c: Clause) -> bool:
        """Tell whether a deed is to talk."""
        e = self.e
        if head in e.talks:
            return things <= e.talks | e.groups or not c.verb
        return not head and bool(things & e.talks) and c.verb not in e.helps

    # --- who is meant ---

    def actor(self, subject: str, claim: Claim) -> str | None:
        """Return the actor whom the subject of a clause names before any preposition."""
        first = _OF.split(subject)[0]
        hits = self.actors_of(claim.report).find(first)
        return hits[0].actor if hits else self._named(first)

    def _named(self, subject: str) -> str | None:
        """Return the party whose name a subject begins with, "the" apart."""
        low = subject.lower().removeprefix("the ").strip()
        if not low:
            return None
        for fits in (_begins, _ends):
            found = [n for n in self.sides.names if fits(low, n.lower()) or fits(n.lower(), low)]
            if len(found) == 1:
                return found[0]
        return None

    def _asked(self, c: Clause, claim: Claim) -> tuple[str | None, bool, bool]:
        """Return who is to do it, whether the subject says so, and whether that is guessed."""
        names = self.sides.names
        party = str(claim.party)
        subject = self.actor(c.subject, claim)
        if subject in names and subject != party:
            return subject, not c.passive, False
        low = words(c.subject)
        group = bool(low) and (low[-1] in self.groups or low[-1] in _PRONOUNS)
        group |= any(self.e.family(w) == "troop" for w in low)
        says_who = group and not c.passive and not happens(c, self.e)
        says_who &= subject is None and not {"his", "her", "its", "our", "my"} & {*low}
        target = claim.target
        hits = {hit.actor for hit in self.actors_of(claim.report).find(c.subject)}
        if target in names and target != party and target not in hits:
            return target, says_who, c.passive or happens(c, self.e)
        answered = self.answered_by.get(claim.id)
        if answered in names and answered != party:
            return answered, says_who, False
        named = self.actors_of(claim.report).find(claim.purpose or "")
        other = next((h.actor for h in named if h.actor in names and h.actor != party), None)
        return other or self.sides.against.get(party), says_who, other is None


def _after_of(thing: str) -> str:
    """Return what a noun made of a verb is done to: "denuclearization of the peninsula"."""
    return thing.split(" of ", 1)[1] if " of " in thing else ""


def _begins(text: str, name: str) -> bool:
    """Tell whether a text begins with a name, as whole words."""
    return f"{text} ".startswith(f"{name} ")


def _ends(text: str, name: str) -> bool:
    """Tell whether a text ends with a name, as whole words."""
    return f" {text}".endswith(f" {name}")


def same(a: Deed, b: Deed) -> bool:
    """Tell whether two deeds of one party are one, said in different words; rather no than yes."""
    if a.agent != b.agent or a.ends != b.ends or a.talks != b.talks:
        return False
    if a.talks:
        return True
    if a.head != b.head:
        return not (a.head and b.head) and a.families == b.families
    if not a.things or not b.things:
        return bool(a.head)
    shared = a.things & b.things
    return bool(shared) and (
        shared in (a.things, b.things) or 2 * len(shared) >= len(a.things | b.things)
    )

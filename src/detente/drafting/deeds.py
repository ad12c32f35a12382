"""Claims to deeds: what somebody could do, and who; the same deed said otherwise is told equal."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from detente.drafting.clauses import Clause, clause, imperative, nominal_verb, with_owner
from detente.drafting.english import English, words
from detente.drafting.sides import Sides
from detente.reading.actors import Actors
from detente.reading.claims import Claim
from detente.reading.lexicon import WordSet

Role: TypeAlias = Literal["demand", "held", "offer", "threat", "announced", "done", "refused"]
"""How a deed came up: asked for, held out under a condition, offered, threatened, announced for
later, done already, or refused."""

_PRONOUNS = frozenset(["they", "it", "he", "she", "we", "you", "i", "them", "us"])
_OF = re.compile(r"\b(?!of\b)(?:in|on|at|for|with|from|by|about|as|into|to|after|under|over|against|"
                 r"between|among|through|without|within|across|near|since|toward|towards|upon|via|"
                 r"above|below|regarding|concerning)\b")  # fmt: skip


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

    def demanded(self, claim: Claim, text: str) -> Deed | None:
        """Return the deed that some words of a demand ask for; None where they do not say."""
        assert claim.party is not None
        c = clause(text, self.e)
        if self._own_going_on(c, claim):
            return self._made(c, claim.party, "done", claim, says_who=False)
        agent, says_who, guessed = self._asked(c, claim, text)
        if agent is None:
            return None
        return self._made(c, agent, "demand", claim, says_who=says_who, guessed=guessed)

    def own(self, claim: Claim, text: str, role: Role) -> Deed | None:
        """Return the deed of a claim's own party; None where the words tell of somebody else."""
        assert claim.party is not None
        c = clause(text, self.e)
        subject = self._subject(c, claim)
        if subject is not None and subject != claim.party:
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
        e = self.e
        head, things = self._parts(c, claim, says_who)
        if self._is_talk(head, things, c):
            return Deed(agent, "", "talk", frozenset(), role, claim, talks=True, guessed=guessed)
        if not things and (not head or head in e.talks) and not (c.verb and head):
            return None
        if self._vague(c, head):
            return None
        ends = c.verb in e.endings and bool(things)
        label = imperative(c, e, agent_is_subject=says_who)
        label = with_owner(label, str(claim.party), third=role == "demand" and not says_who)
        return Deed(agent, label, head, things, role, claim, False, ends, guessed)

    def _parts(self, c: Clause, claim: Claim, says_who: bool) -> tuple[str, frozenset[str]]:
        """Return the families of a clause's verb and things."""
        e = self.e
        known = self.actors_of(claim.report)
        verb = c.verb or nominal_verb(c.rest) or ""
        head = e.family(verb) if verb and verb not in e.light_verbs else ""
        if c.passive or (c.verb in e.changes and c.subject and not says_who):
            pieces = [c.subject]
        elif not c.verb and verb:
            pieces = [_after_of(c.rest)]
        else:
            pieces = [_OF.split(c.rest)[0]]
            if not says_who or any(e.family(w) == "troop" for w in words(c.subject)):
                pieces.append(c.subject)
        things: frozenset[str] = frozenset()
        for piece in pieces:
            things |= e.families(words(_blank(known, piece)))
        if not things and not (head in e.talks and re.match(r"(?:with|to|at|in)\b", c.rest)):
            things = e.families(words(_blank(known, c.rest)))
        return head, things - {head}

    def _is_talk(self, head: str, things: frozenset[str], c: Clause) -> bool:
        """Tell whether a deed is to talk."""
        e = self.e
        if head in e.talks:
            return things <= e.talks or not c.verb
        return not head and bool(things & e.talks) and c.verb not in e.helps

    def _vague(self, c: Clause, head: str) -> bool:
        """Tell whether the words do not say what is to be done."""
        content = [w for w in words(f"{c.subject} {c.rest}") if w[0].isalnum()]
        content = [w for w in content if w not in self.e.idle]
        empty = self.e.vague | self.e.light | self.e.answers
        tells = [w for w in content if w not in empty]
        return not tells and not head

    # --- who is meant ---

    def _subject(self, c: Clause, claim: Claim) -> str | None:
        """Return the actor whom the subject of a clause names before any preposition."""
        first = _OF.split(c.subject)[0]
        hits = self.actors_of(claim.report).find(first)
        return hits[0].actor if hits else None

    def _asked(self, c: Clause, claim: Claim, text: str) -> tuple[str | None, bool, bool]:
        """Return who is to do what is demanded, whether the subject says so, whether it is guessed."""
        names = self.sides.names
        party = str(claim.party)
        subject = self._subject(c, claim)
        if subject in names and subject != party:
            return subject, not c.passive, False
        low = words(c.subject)
        group = bool(low) and (low[-1] in self.groups or low[-1] in _PRONOUNS)
        group |= any(self.e.family(w) == "troop" for w in low)
        says_who = group and not c.passive and c.verb not in self.e.changes
        says_who &= subject is None and not {"his", "her", "its", "our", "my"} & {*low}
        target = claim.target
        hits = {hit.actor for hit in self.actors_of(claim.report).find(c.subject)}
        if target in names and target != party and target not in hits:
            return target, says_who, False
        answered = self.answered_by.get(claim.id)
        if answered in names and answered != party:
            return answered, says_who, False
        named = self.actors_of(claim.report).find(claim.purpose or "")
        other = next((h.actor for h in named if h.actor in names and h.actor != party), None)
        return other or self.sides.against.get(party), says_who, other is None


def _after_of(thing: str) -> str:
    """Return what a noun made of a verb is done to: "denuclearization of the peninsula"."""
    return thing.split(" of ", 1)[1] if " of " in thing else ""


def _blank(known: Actors, text: str) -> str:
    """Return a text without the names of actors."""
    for hit in reversed(known.find(text)):
        text = f"{text[: hit.start]} {text[hit.end :]}"
    return text


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

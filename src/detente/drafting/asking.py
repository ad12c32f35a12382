"""What a person is asked before a second draft: who is one side, who mediates, who sits down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from detente.drafting.sides import Sides
from detente.drafting.sidesfile import Told
from detente.reading.actors import PartyNames

MOST = 10
"""Most questions."""

SHOWN = 9
"""Most names to choose from."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Parameters
    ----------
    about : str
        ``one`` side or two, ``whose`` a bare kind is ("the rebels"), ``mediators``, ``talks``.
    text : str
        What is asked, for people.
    names : tuple of str
        Whom it is about, or whom to choose from; of ``whose``, the kind first.
    """

    about: Literal["one", "whose", "mediators", "talks"]
    text: str
    names: tuple[str, ...]

    @property
    def choices(self) -> tuple[str, ...]:
        """The names that numbers stand for."""
        return self.names[1:] if self.about == "whose" else self.names

    def fault(self, reply: str) -> str:
        """Return why a reply is no answer; empty where it is one, or says nothing."""
        said = reply.replace(",", " ").split()
        if not said:
            return ""
        most = 2 if self.about == "one" else len(self.choices)
        wrong = next((w for w in said if not (w.isdecimal() and 0 < int(w) <= most)), "")
        if wrong:
            return f"“{wrong}” is no number from 1 to {most}"
        if self.about in ("one", "whose") and len(said) > 1:
            return "one number is asked for"
        if self.about == "talks" and len(set(said)) < len(("one", "other")):
            return "two at least have to sit down"
        return ""

    @property
    def typed(self) -> str:
        """The question with how it is answered by typing."""
        how = {
            "one": "1 or 2",
            "whose": "a number; nothing for a side of their own",
            "mediators": "numbers, such as 1 2; nothing for nobody",
            "talks": "numbers, such as 1 2; nothing for nobody",
        }
        choose = () if self.about == "one" else self.choices
        rows = "".join(f"\n  {k} {name}" for k, name in enumerate(choose, start=1))
        return f"{self.text} ({how[self.about]}){rows}"


def questions(people: Sides, told: Told) -> tuple[Question, ...]:
    """Return what a person may be asked of a draft's sides; nothing that was told already."""
    everybody = (*people.names, *people.left_out, *people.mediators)
    settled = {n for p in told.parties for n in (p.label, *p.aliases)}
    named = [n for n in everybody if not _is_kind(n)]
    asked = [
        Question("one", f"“{a}” and “{b}”: one side or two?", (a, b))
        for a, b in _alike(named)
        if not {a, b} <= settled
    ]
    for kind in (n for n in everybody if _is_kind(n) and n not in settled):
        others = tuple(named[:SHOWN])
        asked += (
            [Question("whose", f"Who is meant by “{kind}”?", (kind, *others))] if others else []
        )
    asked = asked[: MOST - 2]
    choose = everybody[:SHOWN]
    if not told.mediators and len(choose) > len(("one", "other")):
        asked.append(Question("mediators", "Who only mediates or hosts?", choose))
    if not told.talks and len(choose) > 1:
        asked.append(Question("talks", "Who has to sit down with whom?", choose))
    return tuple(asked)


def _alike(names: Sequence[str]) -> list[tuple[str, str]]:
    """Return names that may be of one side: one in the other, or with a word in common."""
    found = []
    for k, a in enumerate(names):
        for b in names[k + 1 :]:
            one, two = a.casefold(), b.casefold()
            if one in two or two in one or set(one.split()) & set(two.split()) - _SMALL:
                found.append((a, b))
    return found


def _is_kind(name: str) -> bool:
    """Tell whether a name is a bare kind: "company", "rebels"."""
    return " " not in name and name[:1].islower()


_SMALL = {"of", "the", "and", "for", "in", "union", "republic", "united", "party"}


def answered(told: Told, question: Question, reply: str) -> Told:
    """Return what is known of the sides after an answer; unchanged where it says nothing."""
    if question.fault(reply):
        return told
    if question.about == "one":
        return _joined(told, *question.names) if reply.strip() == "1" else told
    numbers = [int(word) for word in reply.replace(",", " ").split()]
    names = tuple(dict.fromkeys(question.choices[n - 1] for n in numbers))
    if not names:
        return told
    if question.about == "whose":
        return _joined(told, names[0], question.names[0])
    same = {alias: p.label for p in told.parties for alias in p.aliases}
    names = tuple(dict.fromkeys(same.get(n, n) for n in names))
    if question.about == "mediators":
        return replace(told, mediators=names)
    return replace(told, talks=names) if len(names) > 1 else told


def _joined(told: Told, a: str, b: str) -> Told:
    """Return two names as one side, under the one that is known already, or the first."""
    parties = list(told.parties)
    for k, party in enumerate(parties):
        if {a, b} & {party.label, *party.aliases}:
            more = [n for n in (a, b) if n not in (party.label, *party.aliases)]
            parties[k] = PartyNames(party.name, party.label, (*party.aliases, *more))
            return replace(told, parties=tuple(parties))
    return replace(told, parties=(*parties, PartyNames(a, a, (b,))))

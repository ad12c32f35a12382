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
        ``one`` side or two, ``mediators``, ``talks``.
    text : str
        For people.
    names : tuple of str
        Whom it is about, or whom to choose from.
    """

    about: Literal["one", "mediators", "talks"]
    text: str
    names: tuple[str, ...]


def questions(people: Sides, told: Told) -> tuple[Question, ...]:
    """Return what a person may be asked of a draft's sides; nothing that was told already."""
    everybody = (*people.names, *people.left_out, *people.mediators)
    asked = [
        Question("one", f"“{a}” and “{b}”: one side or two? (1 or 2)", (a, b))
        for a, b in _alike(everybody)
    ][: MOST - 2]
    choose = everybody[:SHOWN]
    if not told.mediators and len(choose) > 2:
        asked.append(Question("mediators", _listed("Who only mediates or hosts?", choose), choose))
    if not told.talks and len(choose) > 1:
        asked.append(Question("talks", _listed("Who has to sit down with whom?", choose), choose))
    return tuple(asked)


def _listed(text: str, names: Sequence[str]) -> str:
    rows = "\n".join(f"  {k} {name}" for k, name in enumerate(names, start=1))
    return f"{text} (numbers, such as 1 2; nothing for nobody)\n{rows}"


def _alike(names: Sequence[str]) -> list[tuple[str, str]]:
    """Return names that may be of one side: one in the other, or a bare kind beside a name."""
    found = []
    for k, a in enumerate(names):
        for b in names[k + 1 :]:
            one, two = a.casefold(), b.casefold()
            inside = one in two or two in one or set(one.split()) & set(two.split()) - _SMALL
            if (
                inside
                or (" " not in one and a[:1].islower())
                or (b[:1].islower() and " " not in two)
            ):
                found.append((a, b))
    return found


def _is_kind(name: str) -> bool:
    """Tell whether a name is a bare kind: "company", "rebels"."""
    return " " not in name and name[:1].islower()


_SMALL = {"of", "the", "and", "for", "in", "union", "republic", "united", "party"}


def answered(told: Told, question: Question, reply: str) -> Told:
    """Return what is known of the sides after an answer; unchanged where it says nothing."""
    if question.about == "one":
        return _joined(told, *question.names) if reply.strip() == "1" else told
    numbers = [int(word) for word in reply.replace(",", " ").split() if word.isdigit()]
    names = tuple(
        dict.fromkeys(question.names[n - 1] for n in numbers if 0 < n <= len(question.names))
    )
    if not names or (question.about == "talks" and len(names) < 2):
        return told
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

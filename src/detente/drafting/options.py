"""Deeds to options: equal ones brought together, the weightier kept, each with a name and label."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from detente.case import formula as fm
from detente.case.formula import Formula
from detente.case.identifiers import identifier, identifiers
from detente.case.model import Option
from detente.case.names import readable
from detente.drafting.likeness import Likeness
from detente.drafting.positions import FIRST, SETTLE, Deed, Position
from detente.english.deeds import deed as verb_phrase
from detente.english.speech import shortened
from detente.reading.acts import Act
from detente.reading.claims import Claim

MAX_OPTIONS = 16
"""Options of a draft, talking included, as far as its parties leave room; the rest is named."""

MIN_DEEDS = 8
"""Options beside talking that there is always room for."""

WEIGHT = {"bond": 4.0, "no": 4.0, "wish": 3.0, "tie": 3.0, "threat": 2.0, "offer": 2.0, "does": 1.0}
"""What each way of coming up counts when options are weighed; no unit."""

TALK = "talk"
TALK_LABEL = "Sit down to talk"
SETTLE_NAME = "settle"
SETTLE_LABEL = "Agree to a settlement"
FIRST_NAME = "first"
FIRST_LABEL = "Take the first step"
_OF_TABLE = {SETTLE: SETTLE_NAME, FIRST: FIRST_NAME}
"""Deeds that are no deed of a report's, to the options of those at the table."""
_AGAIN = 0.5
_LONGEST_NAME = 40
_LOWEST = "no"


@dataclass(eq=False, slots=True)
class Choice:
    """One option in the making: the deeds that are one, each with which way it points.

    Parameters
    ----------
    agent : str
        Whose option it is.
    acts : list of (Act, int)
        Each deed that is part of it; -1 where doing it undoes the first.
    roles : Counter
        How often it came up in each way.
    claims : list of Claim
        Where it came up.
    done, undone : list of Claim
        What says that it is done today, or that it is no longer.
    """

    agent: str
    acts: list[tuple[Act, int]]
    roles: Counter[str] = field(default_factory=Counter)
    claims: list[Claim] = field(default_factory=list)
    done: list[Claim] = field(default_factory=list)
    undone: list[Claim] = field(default_factory=list)
    name: str = ""
    label: str = ""
    levels: tuple[str, ...] = ()

    @property
    def weight(self) -> float:
        """How much speaks for it."""
        return max((WEIGHT.get(r, 0.0) for r in self.roles), default=0.0) + _AGAIN * len(
            self.claims
        )


@dataclass(frozen=True)
class Menu:
    """The options of a draft.

    Parameters
    ----------
    like : Likeness
        What deeds have in common.
    party_names : dict of str to str
        Each party, as claims name it, to its name in formulas.
    choices : tuple of Choice
        Kept options beside talking, by party, weightier first.
    left_out : tuple of Choice
        The others.
    talkers : tuple of str
        Parties with an option to talk.
    """

    like: Likeness
    party_names: dict[str, str]
    choices: tuple[Choice, ...]
    left_out: tuple[Choice, ...]
    talkers: tuple[str, ...]

    def formula(self, deed: Deed) -> Formula | None:
        """Return the formula of a deed; None where no option was made of it."""
        if deed.act in _OF_TABLE:
            return fm.OptionIs(self.party_names[deed.agent], _OF_TABLE[deed.act])
        talk = self.like.talk(deed.act)
        if talk and deed.agent in self.talkers:
            made: Formula = fm.OptionIs(self.party_names[deed.agent], TALK)
            return made if (talk > 0) == deed.yes else fm.Not(made)
        choice, way = self.of(deed)
        if choice is None:
            return None
        made = self._level(choice, deed.act) if way > 0 else self.option(choice)
        return made if (way > 0) == deed.yes else fm.Not(made)

    def named(self, deed: Deed) -> str:
        """Return the option of a deed as formulas name it; empty where no option was made of it."""
        formula = self.formula(replace(deed, yes=True))
        atom = next(fm.atoms(formula), None) if formula is not None else None
        return f"{atom.party}.{atom.option}" if isinstance(atom, fm.OptionIs) else ""

    def of(self, deed: Deed) -> tuple[Choice | None, int]:
        """Return the option of a deed, and which way it points."""
        for choice in self.choices:
            if choice.agent != deed.agent:
                continue
            for act, way in choice.acts:
                if act is deed.act or act == deed.act:
                    return choice, way
        return None, 1

    def _level(self, choice: Choice, act: Act) -> Formula:
        """Return the formula of a deed at its level, or at any above it."""
        party = self.party_names[choice.agent]
        if not choice.levels or act.verb not in choice.levels[2:]:
            return fm.OptionIs(party, choice.name)
        at = choice.levels.index(act.verb)
        over = [fm.OptionIs(party, choice.name, level) for level in choice.levels[at:]]
        return over[0] if len(over) == 1 else fm.Or(tuple(over))

    def today(self, choice: Choice) -> int:
        """Return the level at which an option stands that reports tell as done: the latest."""
        told = {id(c) for c in choice.done}
        verbs = [c.act.verb for c in choice.claims if id(c) in told and c.act is not None]
        known = [choice.levels.index(v) for v in verbs if v in choice.levels]
        return known[-1] if known else 1

    def option(self, choice: Choice) -> Formula:
        """Return the formula of a kept option."""
        return fm.OptionIs(self.party_names[choice.agent], choice.name)

    def of_party(self, party: str) -> list[Choice]:
        """Return the kept options of a party, beside talking."""
        return [c for c in self.choices if c.agent == party]


def menu(
    positions: Sequence[Position], parties: Sequence[str], talkers: Sequence[str], like: Likeness
) -> Menu:
    """Return the options that some positions come to.

    Parameters
    ----------
    positions : sequence of Position
        In the order of the reports.
    parties : sequence of str
        In the order of the case.
    talkers : sequence of str
        Who has an option to talk.
    like : Likeness
        What deeds have in common.
    """
    merged = _merged(positions, talkers, like)
    room = max(MAX_OPTIONS - len(talkers), MIN_DEEDS)
    ranked = sorted(merged, key=lambda c: -c.weight)
    kept = ranked[:room]
    names = dict(zip(parties, identifiers((_short(p) for p in parties), "party"), strict=True))
    choices: list[Choice] = []
    for party in parties:
        taken = {TALK, SETTLE_NAME, FIRST_NAME}
        for choice in (c for c in kept if c.agent == party):
            _name(choice, taken, like)
            choices.append(choice)
    for choice in ranked[room:]:
        _name(choice, set(), like)
    return Menu(like, names, tuple(choices), tuple(ranked[room:]), tuple(talkers))


def _merged(positions: Iterable[Position], talkers: Sequence[str], like: Likeness) -> list[Choice]:
    """Return deeds put together where they are one."""
    found: list[Choice] = []
    for position in positions:
        if position.sort in ("drops", "denies"):
            continue
        for deed in (position.deed, position.need):
            if deed is None or deed.act in _OF_TABLE:
                continue
            if like.talk(deed.act) and deed.agent in talkers:
                continue
            if position.sort == "does" and deed.act.denied:
                continue
            choice = _near(found, deed, like)
            if choice is None:
                choice = Choice(deed.agent, [(deed.act, 1)])
                found.append(choice)
            way = next(w for a, w in choice.acts if a == deed.act)
            choice.roles[position.sort] += 1
            choice.claims.append(position.claim)
            if position.sort == "does":  # the latest holds
                now, before = (
                    (choice.done, choice.undone) if way > 0 else (choice.undone, choice.done)
                )
                now.append(position.claim)
                before.clear()
    return [c for c in found if _matters(c)]


def _matters(choice: Choice) -> bool:
    """Tell whether a deed is more than something that happened: asked, held out, or pressure."""
    return set(choice.roles) != {"does"} or any(c.kind == "pressure" for c in choice.claims)


def _near(found: Sequence[Choice], deed: Deed, like: Likeness) -> Choice | None:
    """Return the option that a deed is part of, the deed put into it; None for a new one."""
    best: tuple[int, Choice, int] | None = None
    for choice in found:
        if choice.agent != deed.agent:
            continue
        for act, way in choice.acts:
            if act == deed.act:
                return choice
            alike = like.alike(act, deed.act)
            close = like.closeness(act, deed.act)
            if alike and (best is None or close > best[0]):
                best = (close, choice, alike * way)
    if best is None:
        return None
    best[1].acts.append((deed.act, best[2]))
    return best[1]


def _name(choice: Choice, taken: set[str], like: Likeness) -> None:
    """Give an option its label, its levels and its name."""
    plain = [a for a, way in choice.acts if way > 0]
    ranked = sorted(
        plain,
        key=lambda a: (not _sayable(a), a.noun, like.sort(a) == "light", not a.agent, _length(a)),
    )
    best = ranked[0]
    choice.label = label(best)
    degrees = {like.degree(a): a for a in reversed(plain) if like.degree(a)}
    if len(degrees) > 1:
        steps = [degrees[k] for k in sorted(degrees)]
        choice.levels = (_LOWEST, *(a.verb for a in steps))
        best = steps[-1]
        choice.label = label(best)
    choice.name = identifier(_short(_words(best, like)), "option", taken)
    choice.label = choice.label or readable(choice.name)
    taken.add(choice.name)


def _sayable(act: Act) -> bool:
    return verb_phrase(label(act)).known


def _length(act: Act) -> tuple[bool, int, str]:
    """Return how well a phrase serves: neither a bare verb nor a long story."""
    n = len(act.phrase.split())
    return n < 2 or n > 10, n, act.phrase


def label(act: Act) -> str:
    """Return the label of a deed: its verb phrase with a capital."""
    return one_line(act.phrase[:1].upper() + act.phrase[1:])


def _words(act: Act, like: Likeness) -> str:
    """Return what names a deed in formulas: its verb and what it acts on."""
    verb = "" if act.noun else act.verb
    heads = [h for h in act.heads if h.isalnum()][:1]
    if not heads:
        heads = [w for w in act.phrase.split()[1:] if w.isalpha()][-1:]
    return " ".join(filter(None, [verb, *heads])) or act.phrase


def _short(text: str) -> str:
    """Return a name cut to what a formula can bear."""
    return unicodedata.normalize("NFKC", re.sub(r"^[Tt]he ", "", text))[:_LONGEST_NAME]


def one_line(text: str, longest: int = 120) -> str:
    """Return a text as one line that is safe to show, cut where it is too long."""
    flat = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return shortened(flat, longest)


def option(choice: Choice, attack: bool) -> Option:
    """Return an option of the model; an attack cannot be taken back."""
    if choice.levels:
        told = {a.verb: a.phrase for a, way in reversed(choice.acts) if way > 0}
        deeds = ("", *(told.get(level, "") for level in choice.levels[1:]))
        return Option(choice.name, choice.label, choice.levels, deeds=deeds)
    changes = frozenset({(0, 1)}) if attack else None
    return Option(choice.name, choice.label, changes=changes)

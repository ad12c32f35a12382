"""Deeds to options: equal ones merged, the weightier kept, each with a name for formulas."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from detente.case import formula as fm
from detente.case.formula import Formula
from detente.case.identifiers import identifier, identifiers
from detente.case.model import Option
from detente.case.names import readable
from detente.drafting.deeds import Deed, Role, same
from detente.drafting.english import English, words

MAX_OPTIONS = 14
"""Options of a draft, talking included, as far as its parties leave room; the rest is named."""

MIN_DEEDS = 8
"""Options beside talking that there is always room for."""

WEIGHT: dict[Role, float] = {
    "refused": 4.0,
    "held": 4.0,
    "demand": 3.0,
    "threat": 3.0,
    "offer": 2.0,
    "done": 2.0,
    "announced": 2.0,
}
"""What each way of coming up counts when options are weighed; no unit."""

_AGAIN = 0.5
"""What each further claim of it counts."""

_FIRST = 0.75
"""What it counts to be the weightiest option of its party: better one each than many of one."""

TALK = "talk"
_TELLING = 7
_LONGEST_WORD = 24
_LONGEST_NAME = 40
_PLACED = re.compile(
    r"\b(?:of|in|on|at|for|with|from|by|about|as|into|to|after|under|over|against|between|among"
    r"|through|without|within|across|along|near|since|towards?|above|below|that)\b"
)


@dataclass(eq=False, slots=True)
class Choice:
    """One option in the making: the deeds that are one, and the name they get."""

    deeds: list[Deed]
    name: str = ""
    label: str = ""

    @property
    def agent(self) -> str:
        """Whose option it is."""
        return self.deeds[0].agent

    @property
    def weight(self) -> float:
        """How much speaks for it."""
        return max(WEIGHT[d.role] for d in self.deeds) + _AGAIN * (len(self.deeds) - 1)

    def kinds(self) -> Iterable[Deed]:
        """Return one deed for each way it was said."""
        return {(d.head, d.things): d for d in reversed(self.deeds)}.values()

    def came_up(self, *roles: Role) -> bool:
        """Tell whether it came up in one of these ways."""
        return any(d.role in roles for d in self.deeds)


@dataclass(frozen=True)
class Menu:
    """The options of a draft.

    Parameters
    ----------
    party_names : dict of str to str
        Each party, as claims name it, to its name in formulas.
    choices : tuple of Choice
        Kept options beside talking, by party, weightier first.
    left_out : tuple of Choice
        The others.
    """

    party_names: dict[str, str]
    choices: tuple[Choice, ...]
    left_out: tuple[Choice, ...]
    of_deed: dict[int, Formula] = field(default_factory=dict)

    def formula(self, deed: Deed) -> Formula | None:
        """Return the formula of a deed; None where its option was left out."""
        if deed.talks:
            return fm.OptionIs(self.party_names[deed.agent], TALK)
        return self.of_deed.get(id(deed))

    def option(self, choice: Choice) -> Formula:
        """Return the formula of a kept option."""
        return fm.OptionIs(self.party_names[choice.agent], choice.name)

    def of_party(self, party: str) -> list[Choice]:
        """Return the kept options of a party, beside talking."""
        return [c for c in self.choices if c.agent == party]


def menu(deeds: Sequence[Deed], parties: Sequence[str], e: English) -> Menu:
    """Return the options that some deeds come to.

    Parameters
    ----------
    deeds : sequence of Deed
        In the order of the reports.
    parties : sequence of str
        In the order of the case.
    e : English
        The word lists.
    """
    merged = _merged([d for d in deeds if not d.talks])
    ends = [c for c in merged if c.deeds[0].ends]
    pointing = frozenset(map(e.family, e.answers))
    ended = {id(c): _what_ends(c, merged, pointing) for c in ends}
    plain = [c for c in merged if ended.get(id(c)) is None]
    room = max(MAX_OPTIONS - len(parties), MIN_DEEDS)
    first = {c.agent: id(c) for c in sorted(plain, key=lambda c: c.weight)}
    ranked = sorted(plain, key=lambda c: -c.weight - _FIRST * (first[c.agent] == id(c)))
    kept = {id(c) for c in ranked[:room]}
    names = dict(zip(parties, identifiers((_short(p) for p in parties), "party"), strict=True))
    choices: list[Choice] = []
    for party in parties:
        taken = {TALK}
        for choice in ranked:
            if choice.agent == party and id(choice) in kept:
                label = _label(choice.deeds)
                choice.name = identifier(_name(label, e), "option", taken)
                choice.label = one_line(label) or readable(choice.name)
                taken.add(choice.name)
                choices.append(choice)
    out = [c for c in ranked if id(c) not in kept]
    for choice in out:
        choice.label = one_line(_label(choice.deeds))
    found = Menu(names, tuple(choices), tuple(out))
    for choice in choices:
        found.of_deed.update((id(d), found.option(choice)) for d in choice.deeds)
    for choice in ends:
        other = ended[id(choice)]
        if other is not None and id(other) in kept:
            found.of_deed.update((id(d), fm.Not(found.option(other))) for d in choice.deeds)
    return found


def _merged(deeds: Iterable[Deed]) -> list[Choice]:
    """Return deeds put together where they are one."""
    found: list[Choice] = []
    of_agent: defaultdict[str, list[Choice]] = defaultdict(list)
    for deed in deeds:
        near = [c for c in of_agent[deed.agent] if any(same(d, deed) for d in c.kinds())]
        if near:
            max(near, key=lambda c: _closeness(c, deed)).deeds.append(deed)
        else:
            found.append(Choice([deed]))
            of_agent[deed.agent].append(found[-1])
    return found


def _closeness(choice: Choice, deed: Deed) -> tuple[float, int]:
    """Return how much of a deed an option shares; more deeds break ties."""
    shared = max(
        len(d.families & deed.families) / max(len(d.families | deed.families), 1)
        for d in choice.kinds()
    )
    return shared, len(choice.deeds)


def _what_ends(choice: Choice, merged: Sequence[Choice], pointing: frozenset[str]) -> Choice | None:
    """Return what somebody does that a deed would end: "lift the ban" ends a ban."""
    things = choice.deeds[0].things
    doing = [c for c in merged if not c.deeds[0].ends and c.came_up("done", "announced")]
    fitting = [c for c in doing if any(_within(d.things, things) for d in c.deeds)]
    if things <= pointing:  # "drop the plan": what else does it do?
        return next((c for c in doing if c.agent == choice.agent), None)
    own = [c for c in fitting if c.agent == choice.agent]
    asked = {d.claim.party for d in choice.deeds}
    others = [c for c in fitting if c.agent not in asked] if _open(choice) else []
    return next(iter(own or others), None)


def _within(a: frozenset[str], b: frozenset[str]) -> bool:
    """Tell whether one of two sets is in the other, and neither empty."""
    return bool(a) and bool(b) and (a <= b or b <= a)


def _open(choice: Choice) -> bool:
    """Tell whether the words left open who is to end it."""
    return all(d.guessed for d in choice.deeds)


def _label(deeds: Sequence[Deed]) -> str:
    """Return the words for an option: of what was demanded or threatened the shortest."""
    best = max(WEIGHT[d.role] for d in deeds)
    labels = [d.label for d in deeds if d.label and WEIGHT[d.role] >= min(best, 3.0)]
    return min(labels, key=lambda text: (_curt(text), len(text), text), default="Give support")


def _curt(label: str) -> bool:
    """Tell whether a label is a short verb alone, which says little: "Go"."""
    return " " not in label and len(label) < _TELLING


def _name(label: str, e: English) -> str:
    """Return the verb of a label and the noun that it is done to."""
    low = [w[:_LONGEST_WORD] for w in words(_PLACED.split(label)[0])]
    if low[:1] == ["let"] and len(low) > 2:
        low.pop()  # "Let their government remain"
    told = [w for w in low[1:] if w[:1].isalnum() and w not in e.idle]
    if not told:
        after = [w for w in words(label)[1:] if w[:1].isalnum() and w not in e.idle]
        told = [w[:_LONGEST_WORD] for w in after[:1]]
    told = [w for w in told if w not in e.light] or told
    return unicodedata.normalize("NFKC", " ".join([*low[:1], *told[-1:]]))[:_LONGEST_NAME]


def _short(party: str) -> str:
    """Return a party's name cut to what a formula can bear."""
    return unicodedata.normalize("NFKC", party)[:_LONGEST_NAME]


def one_line(text: str, longest: int = 120) -> str:
    """Return a text as one line that is safe to show, cut where it is too long."""
    flat = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return flat if len(flat) <= longest else flat[: longest - 1] + "…"


def option(choice: Choice, attack: bool) -> Option:
    """Return an option of the model; an attack cannot be taken back."""
    changes = frozenset({(0, 1)}) if attack else None
    return Option(choice.name, choice.label, changes=changes)

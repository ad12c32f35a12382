"""A case in English: its parties, deeds, outcomes and formulas as clauses in any form needed.

Everything said of a case goes through :class:`English`: check, drafting, dossier and workbench
speak alike. What is returned stands inside a sentence; :func:`sentence` gives it its capital.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from typing import Literal

from detente.case import formula as fm
from detente.case.formula import Formula
from detente.case.model import Case, Condition, Option, Party, Refusal
from detente.english.clauses import Thing, thing
from detente.english.deeds import Deed, Form, deed, done_first, lowered
from detente.english.lists import small, verb
from detente.english.names import Name, name_of

LOWEST = ("none", "no", "nothing", "never", "off", "zero", "0", "neither")
"""Names of a lowest level at which nothing is done."""

OPENED = 8
"""Most atoms of an outcome that is denied by denying what it is made of."""


def sentence(text: str) -> str:
    """Return text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def shortened(text: str, longest: int) -> str:
    """Return a text of one line, cut behind a word where it has more characters than it may."""
    if len(text) <= longest:
        return text
    kept, space, _ = text[: longest - 1].rpartition(" ")
    return f"{kept.rstrip(' ,;:—–-')} …" if space else f"{text[: longest - 1]}…"


def listing(items: Sequence[str], last: str = "and") -> str:
    """Return ``a``, ``a and b``, ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def is_verb(level: str) -> bool:
    """Tell whether a level's name says by itself what is done: "delay", "accept"."""
    return verb(level) is not None and level not in small("often adjectives")


def _actor(formula: Formula) -> str:
    """Return whose single deed a formula is about; empty where it is about anything else."""
    atom = formula.operand if isinstance(formula, fm.Not) else formula
    return atom.party if isinstance(atom, fm.OptionIs) else ""


def _verb(what: Deed, form: Form) -> str:
    return f"will {what.say('bare')}" if form == "bare" else what.say(form)


class English:
    """How one case is said.

    Parameters
    ----------
    case : Case
        Its labels are used.
    """

    def __init__(self, case: Case) -> None:
        self.case = case

    # --- parties ---

    @cached_property
    def _names(self) -> dict[str, Name]:
        return {party.name: name_of(party) for party in self.case.parties}

    def name(self, party: str | int) -> Name:
        """Return how a party is named; by its id or its position."""
        return self._names[self.case.parties[party].name if isinstance(party, int) else party]

    def party(self, party: str | int) -> str:
        """Return a party's name as it stands inside a sentence: "the United States"."""
        return self.name(party).text

    def parties(self, parties: Sequence[str | int], last: str = "and") -> str:
        """Return several names."""
        return listing([self.party(p) for p in parties], last)

    def agree(self, parties: Sequence[str | int], one: str, many: str) -> str:
        """Return the form of a verb that agrees with one party, or with several."""
        plural = len(parties) > 1 or any(self.name(p).many for p in parties)
        return many if plural else one

    def of(self, party: str | int) -> str:
        """Return what belongs to a party: "the United States’", "North Korea’s"."""
        text = self.party(party)
        return f"{text}’" if text.endswith("s") else f"{text}’s"

    def _is_name(self, word: str) -> bool:
        return word.strip("’'s,") in self._proper or word in self._proper

    @cached_property
    def _proper(self) -> frozenset[str]:
        said = (text for p in self.case.parties for text in (p.label, *p.aliases))
        return frozenset(w for text in said for w in text.split() if w[:1].isupper() and w != "The")

    # --- deeds ---

    def deed(self, party: str, option: Option, level: int) -> Deed:
        """Return what a party does at a level; at the lowest mostly something is left."""
        given = option.deeds[level] if option.deeds else ""
        if not given and not option.does and all(map(is_verb, option.levels)):
            given = option.levels[level].replace("_", " ")
        base = self.any_level(party, option)
        if given:
            return deed(given, base.many)
        if not level:
            low = option.levels[0].lower()
            nothing = low in LOWEST or len(option.levels) == 2 or any(option.deeds)
            return base.left if nothing else self._at(option, base, low)
        return base if len(option.levels) == 2 else self._at(option, base, option.levels[level])

    def any_level(self, party: str, option: Option) -> Deed:
        """Return what a party does at any level but the lowest."""
        return deed(option.does or option.label, self.name(party).many)

    def _at(self, option: Option, base: Deed, level: str) -> Deed:
        """Return a deed done at a level that has no words of its own but its name."""
        word = level.replace("_", " ")
        if option.does or base.known:
            told = f"{word}" if word.endswith("ly") else f"({word})"
            return deed(f"{option.does or option.label} {told}", base.many)
        return deed(f"opt for {word} in the matter of {lowered(option.label)}", base.many)

    def change(self, party: str, option: Option, old: int, new: int, form: Form = "is") -> str:
        """Say a change of level: "sits down to talk", "stops enforcing the sanctions"."""
        after = self.deed(party, option, new)
        before = self.deed(party, option, old)
        if not new and after.denied and not before.denied:
            base = self.any_level(party, option)
            if form in ("is", "ing"):
                return f"no longer {base.say(form)}"
            return deed(f"stop {base.say('ing')}").say(form)
        return after.say(form)

    def changes(
        self, party: Party, old: Sequence[int], new: Sequence[int], form: Form = "is"
    ) -> list[str]:
        """Say what a party changes between two situations, an option each."""
        axes = ((self.case.axis_of[party.name, o.name], o) for o in party.options)
        return done_first(
            self.change(party.name, option, old[axis], new[axis], form)
            for axis, option in axes
            if old[axis] != new[axis]
        )

    def does(self, party: str, option: Option, level: int, form: Form = "is") -> str:
        """Say that a party does what belongs to a level: "China enforces the sanctions fully"."""
        return f"{self.party(party)} {self.deed(party, option, level).say(form)}"

    # --- outcomes ---

    @cached_property
    def _things(self) -> dict[str, Thing]:
        return {
            o.name: thing(o.label or o.name.replace("_", " "), o.form, self._is_name)
            for o in self.case.outcomes
        }

    def outcome(self, name: str) -> Thing:
        """Return an outcome's label in words."""
        return self._things[name]

    # --- formulas ---

    def clause(self, formula: Formula, it: str = "") -> str:
        """Say that a formula holds: "North Korea fires on the South and China answers".

        Parameters
        ----------
        it : str
            A party that was just named and is called by its pronoun.
        """
        return self._say(formula, "is", it)

    def denial(self, formula: Formula, it: str = "") -> str:
        """Say that a formula does not hold."""
        return self._say(fm.Not(formula), "is", it)

    def to(self, formula: Formula, own: str = "") -> str:
        """Say a formula after "wants" or "for": "China not to answer", "to sit down", "no war".

        Parameters
        ----------
        own : str
            The party that wants it; its own deeds have no subject.
        """
        return self._say(formula, "to", own)

    def ing(self, formula: Formula) -> str:
        """Say a formula after a preposition: "Washington and Pyongyang talking", "war"."""
        return self._say(formula, "ing", "")

    def will(self, formula: Formula, it: str = "") -> str:
        """Say that a formula will hold."""
        return self._say(formula, "bare", it)

    def demanded(self, formula: Formula, it: str = "") -> str:
        """Say a formula after "demands that": "North Korea pledge to disarm"."""
        return self._say(formula, "that", it)

    def _say(self, formula: Formula, form: Form, own: str, *, inner: bool = False) -> str:
        match formula:
            case fm.OptionIs():
                return self._atom(formula, form, own, holds=True)
            case fm.OutcomeIs(name):
                return self._outcome(name, form, own, holds=True, inner=inner)
            case fm.Not(operand):
                return self._not(operand, form, own, inner=inner)
            case fm.And(operands):
                told = [*self._grouped(operands, form, own)]
                joined = listing(told)
                return f"both {joined}" if inner and len(told) == 2 else joined
            case fm.Or(operands):
                shared = self._one_of_levels(operands, form, own)
                if shared:
                    return shared
                every = self._own_first(operands, form, own)
                told = [self._say(o, form, own, inner=True) for o in every]
                return ("either " if inner else "") + listing(told, "or")
            case fm.If(then, given):
                unless = isinstance(given, fm.Not) and isinstance(given.operand, fm.And)
                when = "unless" if unless else "if"
                holds = given.operand if isinstance(given, fm.Not) and unless else given
                told_ = f"{self._say(then, form, own, inner=True)} {when} {self._given(holds, own)}"
                return f"({told_})" if inner else told_
            case fm.Iff(left, right):
                first = self._say(left, form, own, inner=True)
                told_ = f"{first} exactly when {self._given(right, own)}"
                return f"({told_})" if inner else told_

    def _given(self, formula: Formula, own: str) -> str:
        return self._say(formula, "is", own, inner=isinstance(formula, fm.Or))

    def _not(self, operand: Formula, form: Form, own: str, *, inner: bool) -> str:
        """Deny a formula by denying its parts, so that nothing has to be put in brackets."""
        match operand:
            case fm.OptionIs():
                return self._atom(operand, form, own, holds=False)
            case fm.OutcomeIs(name):
                return self._outcome(name, form, own, holds=False, inner=inner)
            case fm.Not(inside):
                return self._say(inside, form, own, inner=inner)
            case fm.And(operands) if all(isinstance(o, fm.Not) for o in operands):
                contrary = tuple(o.operand for o in operands if isinstance(o, fm.Not))
                return self._say(fm.Or(contrary), form, own, inner=inner)
            case fm.And((first, *rest)):
                given = rest[0] if len(rest) == 1 else fm.And(tuple(rest))
                return self._say(fm.If(fm.Not(first), given), form, own, inner=inner)
            case fm.Or(operands):
                return self._say(fm.And(tuple(map(fm.Not, operands))), form, own, inner=inner)
            case fm.If(then, given):
                return self._say(fm.And((given, fm.Not(then))), form, own, inner=inner)
            case fm.Iff(left, right):
                either = self._say(fm.Or((left, right)), form, own, inner=True)
                return f"{either}, but not both"
        raise AssertionError(operand)

    def _grouped(self, operands: Sequence[Formula], form: Form, own: str) -> Iterator[str]:
        """Yield the parts of a conjunction; deeds of one party in a row share their subject."""
        for actor, run in groupby(self._own_first(operands, form, own), key=_actor):
            if not actor:
                yield from (self._say(one, form, own, inner=True) for one in run)
                continue
            first, *others = sorted(run, key=lambda one: self._done(one).denied)
            deeds = [_verb(self._done(one), form) for one in others]
            yield " and ".join([self._say(first, form, own, inner=True), *deeds])

    def _own_first(self, operands: Sequence[Formula], form: Form, own: str) -> list[Formula]:
        """Return formulas in the order in which none without a subject is read with another's."""
        return sorted(operands, key=lambda one: form == "to" and not self._own_atom(one, own))

    def _atom(self, atom: fm.OptionIs, form: Form, own: str, *, holds: bool) -> str:
        done = _verb(self._deed_of(atom, holds=holds), form)
        if atom.party == own:
            return done if form == "to" else f"{self.name(own).it} {done}"
        return f"{self.party(atom.party)} {done}"

    def _done(self, formula: Formula) -> Deed:
        """Return what is done where a formula is about a single deed."""
        atom = formula.operand if isinstance(formula, fm.Not) else formula
        assert isinstance(atom, fm.OptionIs)
        return self._deed_of(atom, holds=formula is atom)

    def _deed_of(self, atom: fm.OptionIs, *, holds: bool) -> Deed:
        option = self._option(atom)
        if atom.level is None:
            return self._any(atom.party, option, holds)
        level = option.levels.index(atom.level)
        if len(option.levels) == 2 and not holds:
            return self.deed(atom.party, option, 1 - level)
        found = self.deed(atom.party, option, level)
        return found if holds else found.left

    def _any(self, party: str, option: Option, holds: bool) -> Deed:
        """Return the deed of any level but the lowest, or its contrary."""
        base = self.any_level(party, option)
        if not option.deeds or (holds and len(option.levels) > 2):
            return base if holds else base.left
        if len(option.levels) == 2:
            return self.deed(party, option, int(holds))
        return deed(option.deeds[0], base.many) if option.deeds[0] else base.left

    def _one_of_levels(self, operands: Sequence[Formula], form: Form, own: str) -> str:
        """Say an "or" over deeds of one party with its name said once."""
        atoms = [o for o in operands if isinstance(o, fm.OptionIs)]
        actors = {a.party for a in atoms}
        if len(atoms) != len(operands) or len(actors) != 1 or form == "bare":
            return ""
        verbs = [_verb(self._deed_of(a, holds=True), form) for a in atoms]
        if any(" not " in f" {v} " for v in verbs):
            return ""
        actor = actors.pop()
        told = listing(verbs, "or")
        if actor == own:
            return told if form == "to" else f"{self.name(own).it} {told}"
        return f"{self.party(actor)} {told}"

    def _outcome(self, name: str, form: Form, own: str, *, holds: bool, inner: bool) -> str:
        told = self.outcome(name)
        opened = self._own_atom(fm.OutcomeIs(name), own) if own else None
        if opened is not None:
            atom, as_is = opened
            return self._atom(atom, form, own, holds=as_is == holds)
        if not holds and told.text.split(" ")[0].lower() in small("all"):
            return f"not {self._outcome(name, form, own, holds=True, inner=inner)}"
        if not holds and not told.deniable:
            formula = self.case.outcome_named[name].formula
            if sum(1 for _ in fm.atoms(formula)) <= OPENED:
                return self._not(formula, form, own, inner=inner)
            return f"it is not the case that {told.text}"
        if told.form == "noun":
            return self._noun(told, form, holds)
        if told.deed is None:
            return {
                "to": f"a situation in which {told.text}",
                "ing": f"a situation in which {told.text}",
            }.get(form, told.text)
        what = told.deed if holds else told.deed.left
        return f"{told.subject} {_verb(what, form)}"

    def _noun(self, told: Thing, form: Form, holds: bool) -> str:
        noun = told.text if holds else f"no {told.bare}"
        if form in ("to", "ing"):
            return noun
        is_ = {"bare": "will be", "that": "be"}.get(form, "are" if told.many else "is")
        return f"there {is_} {noun}"

    def can(self, formula: Formula, *, denied: bool = False) -> str:
        """Say that something can come about, or cannot."""
        can = "cannot" if denied else "can"
        if isinstance(formula, fm.OutcomeIs):
            told = self.outcome(formula.name)
            if told.deed is not None and not told.deed.denied:
                return f"{told.subject} {can} {told.deed.say('bare')}"
            if told.form == "noun":
                return f"{told.text} {can} come about"
        if isinstance(formula, fm.OptionIs):
            what = self._deed_of(formula, holds=True)
            if not what.denied:
                return f"{self.party(formula.party)} {can} {what.say('bare')}"
        return f"it {can} come about that {self.clause(formula)}"

    # --- what was said ---

    def said(self, said: Condition | Refusal) -> str:
        """Say what a party said: "the United States will sit down only if the North pledges"."""
        return f"{self.party(said.party)} {self.saying(said)}"

    def saying(self, said: Condition | Refusal) -> str:
        """Say what a party said, without its name."""
        if isinstance(said, Refusal):
            return self._refusing(said)
        needs = self.clause(said.needs, said.party)
        if _actor(said.option) == said.party:
            done = self._done(said.option)
            if isinstance(said.option, fm.Not) and done.denied:
                return f"will refrain from {done.left.say('ing')} only if {needs}"
            doing = self._say(said.option, "bare", said.party).split(" ", 1)[1]
            return f"{doing} only if {needs}"
        return f"will agree to {self.ing(said.option)} only if {needs}"

    def taking_back(self, said: Condition | Refusal) -> str:
        """Say that a party takes back what it said, without its name."""
        return self.taking_all([said])

    def taking_all(
        self, said: Sequence[Condition | Refusal], form: Literal["is", "bare"] = "is"
    ) -> str:
        """Say that one party takes back all that is given, what is alike at once.

        Parameters
        ----------
        said : sequence of Condition or Refusal
            All of one party.
        form : str
            ``bare``: as after "would", "drop its demand"; ``is``: "drops its demand".
        """
        name = self.name(said[0].party)
        s = "" if form == "bare" or name.many else "s"
        parts: dict[str, list[str]] = {}
        for one in said:
            noun, what = self._as_noun(one)
            parts.setdefault(noun, []).append(what)
        return listing([self._taken(noun, what, s, name) for noun, what in parts.items()])

    def _taken(self, noun: str, what: Sequence[str], s: str, name: Name) -> str:
        """Say that one or several demands, conditions, refusals or objections are given up."""
        if noun == "insistence":
            return f"stop{s} insisting {listing(what)}"
        joint = what[0].split(" ", 1)[0]  # "that", or "to"
        rest = listing([text.split(" ", 1)[1] for text in what], f"and {joint}")
        verb_ = "withdraw" if noun == "refusal" else "drop"
        return f"{verb_}{s} {name.its} {noun}{'s' if len(what) > 1 else ''} {joint} {rest}"

    def words(self, said: Condition | Refusal) -> str:
        """Return what a party said as a noun: "North Korea’s refusal to discuss its arms"."""
        noun, what = self._as_noun(said)
        return f"{self.of(said.party)} {noun} {what}"

    def _as_noun(self, said: Condition | Refusal) -> tuple[str, str]:
        """Return what a party said as ("demand", "that the North pledge to disarm")."""
        if isinstance(said, Condition):
            own = any(getattr(atom, "party", "") == said.party for atom in fm.atoms(said.needs))
            return "condition" if own else "demand", f"that {self.demanded(said.needs, said.party)}"
        told = self._refusing(said)
        lead, _, rest = told.partition(" ")
        if lead in ("refuse", "refuses"):
            return "refusal", rest
        if lead in ("insist", "insists"):
            return "insistence", rest
        return "objection", f"to {self.ing(said.refuses)}"

    def _refusing(self, said: Refusal) -> str:
        many = self.name(said.party).many
        opened = self._own_atom(said.refuses, said.party)
        if opened is not None:
            atom, holds = opened
            what = self._deed_of(atom, holds=holds)
            if what.denied:
                return f"{'insist' if many else 'insists'} on {what.left.say('ing')}"
            told = what.say("to")
            if told.startswith("to refuse to "):
                insists = "insist" if many else "insists"
                return f"{insists} that {self.denial(said.refuses, said.party)}"
            return f"{'refuse' if many else 'refuses'} {told}"
        if isinstance(said.refuses, fm.Not):
            insists = "insist" if many else "insists"
            return f"{insists} that {self.demanded(said.refuses.operand, said.party)}"
        return f"will not agree to {self.ing(said.refuses)}"

    def _own_atom(self, formula: Formula, party: str) -> tuple[fm.OptionIs, bool] | None:
        """Return the single deed of the party that a formula is about, and whether it is done."""
        holds = True
        for _ in range(100):
            match formula:
                case fm.Not(inside):
                    formula, holds = inside, not holds
                case fm.OutcomeIs(name):
                    formula = self.case.outcome_named[name].formula
                case fm.OptionIs(owner) if owner == party:
                    return formula, holds
                case _:
                    return None
        return None

    def _option(self, atom: fm.OptionIs) -> Option:
        return self.case.options[self.case.axis_of[atom.party, atom.option]][1]

    # --- situations ---

    def doing(self, party: Party, levels: Sequence[int], *, all_levels: bool = False) -> str:
        """Say what a party does at some levels: of two-level options only what is done."""
        told = []
        for option in party.options:
            level = levels[self.case.axis_of[party.name, option.name]]
            if level or all_levels:
                told.append(self.deed(party.name, option, level).say())
        return listing(done_first(told))

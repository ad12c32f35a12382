"""A draft in the names of a case: parties by name, options by deed, levels by degree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from detente.case import formula as fm
from detente.case.formula import Formula
from detente.case.identifiers import identifier
from detente.case.model import Case, Option, Party
from detente.case.parts import TWO_LEVELS
from detente.drafting.likeness import Likeness
from detente.drafting.options import FIRST_NAME, SETTLE_NAME, TALK
from detente.english.lists import small
from detente.english.speech import sentence
from detente.reading.acts import Act


@dataclass(frozen=True)
class Match:
    """Names of a draft in the names of a case.

    Parameters
    ----------
    parties : dict of str to str
        A draft's party to the case's; empty text for none.
    meant : dict of OptionIs to Formula
        What a draft's option, or a level of it, is in the case.
    new : tuple of (str, str, str)
        Options that the case has not yet: party, name, label.
    """

    parties: Mapping[str, str]
    meant: Mapping[fm.OptionIs, Formula]
    new: tuple[tuple[str, str, str], ...]

    def formula(self, formula: Formula) -> Formula | None:
        """Return a formula in the case's names; None where it names a party that is not there."""
        try:
            return self._in(formula)
        except KeyError:
            return None

    def _in(self, formula: Formula) -> Formula:
        match formula:
            case fm.OptionIs():
                return self.meant[formula]
            case fm.Not(operand):
                inner = self._in(operand)
                return inner.operand if isinstance(inner, fm.Not) else fm.Not(inner)
            case fm.And(operands):
                return joined(fm.And, map(self._in, operands))
            case fm.Or(operands):
                return joined(fm.Or, map(self._in, operands))
        raise KeyError(formula)


def joined(kind: type[fm.And] | type[fm.Or], formulas: Iterable[Formula]) -> Formula:
    """Return formulas in a row, each once, without a row in a row."""
    flat = dict.fromkeys(
        part for one in formulas for part in (one.operands if isinstance(one, kind) else (one,))
    )
    if kind is fm.Or:  # "at any level or at the highest"
        whole = {(a.party, a.option) for a in flat if isinstance(a, fm.OptionIs) and not a.level}
        flat = {
            a: None
            for a in flat
            if not (isinstance(a, fm.OptionIs) and a.level and (a.party, a.option) in whole)
        }
    return next(iter(flat)) if len(flat) == 1 else kind(tuple(flat))


def act_of(label: str) -> Act:
    """Return the deed of a label that a person wrote.

    What it acts on stands before the first preposition: "withdraw its troops from the valley".
    """
    words = [w.strip(".,;()").lower() for w in label.split()]
    verb = " ".join(words[: 2 if words[1:2] and words[1] in _PARTICLES else 1])
    rest = words[1:]
    behind = (k for k, word in enumerate(rest) if k and word in small("prepositions"))
    heads = _telling(rest[: next(behind, None)]) or _telling(rest)
    return Act("", verb, " ".join(words), heads, frozenset(_telling(rest)))


def _telling(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words that tell what a deed is about."""
    return tuple(w for w in words if w.isalpha() and not any(w in small(h) for h in _SMALL))


_SMALL = ("determiners", "pronouns", "prepositions")
_PARTICLES = ("back", "out", "up", "down", "off")


def matched(case: Case, draft: Case, like: Likeness) -> Match:
    """Return a draft's names in those of a case."""
    named = {n.casefold(): p.name for p in case.parties for n in (p.label, p.name, *p.aliases)}
    parties = {p.name: named.get(p.label.casefold(), "") for p in draft.parties}
    meant: dict[fm.OptionIs, Formula] = {}
    new: list[tuple[str, str, str]] = []
    for party in draft.parties:
        if own := parties[party.name]:
            taken = {o.name for o in case.party(own).options}
            for option in party.options:
                for atom, found in _meant(option, party.name, case.party(own), like, taken, new):
                    meant[atom] = found
    return Match(parties, meant, tuple(new))


def _meant(
    option: Option,
    party: str,
    own: Party,
    like: Likeness,
    taken: set[str],
    new: list[tuple[str, str, str]],
) -> Iterator[tuple[fm.OptionIs, Formula]]:
    """Yield what an option of a draft, and each level of it, is among a party's of the case."""
    other, same = _same(option, own, like)
    steps: list[Formula] = []
    for level, told in _steps(option):
        made = _at(told, other, own.name, like) if other is not None and same else None
        if other is not None and not same:
            made = fm.Not(fm.OptionIs(own.name, other.name))
        if made is None:
            thing = option.name.partition("_")[2] or option.name
            wanted = option.name if level is None else f"{level}_{thing}"
            name = identifier(wanted, "option", taken)
            taken.add(name)
            new.append((own.name, name, told))
            made = fm.OptionIs(own.name, name)
        steps.append(made)
        yield fm.OptionIs(party, option.name, level), made
    if len(steps) > 1:
        yield fm.OptionIs(party, option.name), joined(fm.Or, steps)


def _steps(option: Option) -> list[tuple[str | None, str]]:
    """Return the levels of an option above the lowest, each with its deed."""
    if len(option.levels) == len(TWO_LEVELS):
        return [(None, option.label)]
    deeds = option.deeds or ("",) * len(option.levels)
    rows = zip(option.levels[1:], deeds[1:], strict=True)
    return [(level, sentence(told or f"{level} {option.label}")) for level, told in rows]


def _same(option: Option, party: Party, like: Likeness) -> tuple[Option | None, bool]:
    """Return the option of a case that an option of a draft is, and whether it points its way."""
    act = act_of(option.label)
    if option.name == TALK:
        return next((o for o in party.options if like.talk(act_of(o.label)) > 0), None), True
    if option.name in (SETTLE_NAME, FIRST_NAME):
        return next((o for o in party.options if o.name == option.name), None), True
    alike = [
        (like.closeness(act, act_of(o.label)), -k, way)
        for k, o in enumerate(party.options)
        if (way := like.alike(act, act_of(o.label)))
    ]
    if alike:
        _, k, way = max(alike)
        return party.options[-k], way > 0
    return next((o for o in party.options if o.name == option.name), None), True


def _at(told: str, option: Option, party: str, like: Likeness) -> Formula | None:
    """Return a deed as a case's option has it: at the levels that go as far; None where none does.

    To ease a ban is not to lift it: where the option knows one of both, the other is a new one.
    """
    far = like.degree(act_of(told))
    whole = fm.OptionIs(party, option.name)
    if len(option.levels) == len(TWO_LEVELS):
        known = like.degree(act_of(option.label))
        return None if far and known and far != known else whole
    deeds = option.deeds or ("",) * len(option.levels)
    goes = [like.degree(act_of(d or n)) for n, d in zip(option.levels, deeds, strict=True)][1:]
    reach = [name for name, at in zip(option.levels[1:], goes, strict=True) if far and at >= far]
    if not any(goes) or not far or len(reach) == len(goes):
        return whole
    return joined(fm.Or, [fm.OptionIs(party, option.name, n) for n in reach]) if reach else None

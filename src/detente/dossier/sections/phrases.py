"""Pieces of sentences that several sections share, with the parties in their colours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from detente.case.cnf import Levels
from detente.case.model import Case, Statement, Statements
from detente.case.truth import TruthAt
from detente.dossier.page.blocks import Inline, Mark, Note, join
from detente.dossier.sections.context import Context, number
from detente.dossier.text.path import percent_of
from detente.dossier.words import (
    change_phrase,
    concept_name,
    is_plain,
    level_phrase,
    listing,
    ordinal,
)
from detente.graph.paths import Step
from detente.stability.patterns import Pattern
from detente.stability.registry import Concept, find


def view(name: str) -> str:
    """Say who stays as a concept says: ``parties that fear any answer (GMR)``."""
    return f"parties that {_doing(find(name))} ({concept_name(name)})"


def _doing(concept: Concept) -> str:
    """Say what parties do that stay as a concept says, from its rules."""
    rules = concept.rules
    if concept.over == "coalition" or not rules.in_turn or rules.reading:
        return f"stay as {concept.title} says"
    if not rules.answered:
        return "look no further than their own next move"
    escape = " that they cannot escape" if rules.final else ""
    if not rules.improving:
        return f"fear any answer{escape}"
    if rules.final:
        return f"expect answers to the others’ own advantage{escape}"
    return "expect the others to answer to their own advantage"


def parties(context: Context, members: Sequence[int]) -> Inline:
    """Return several parties in their colours."""
    return join([(context.party_at(p),) for p in members])


def pattern(context: Context, fixed: Pattern) -> Inline:
    """Say a pattern, party by party."""
    case = context.answers.case
    told: list[Inline] = []
    for party in case.parties:
        phrases = [
            level_phrase(option, level)
            for (owner, option), level in zip(case.options, fixed, strict=True)
            if owner is party and level is not None
        ]
        if phrases:
            told.append((context.party(party.name), f": {listing(phrases)}"))
    return semicolons(told) if told else ("any state at all",)


def state(context: Context, levels: Sequence[int]) -> Inline:
    """Say a state by what is done in it, party by party."""
    case = context.answers.case
    shown: list[int | None] = [
        level if level or not is_plain(option) else None
        for level, (_, option) in zip(levels, case.options, strict=True)
    ]
    if all(level is None for level in shown):
        return ("nobody does anything",)
    return pattern(context, tuple(shown))


def situation(context: Context, levels: Levels) -> Inline:
    """Say a state by what is otherwise than today; by all that is done where today is not known."""
    today = context.answers.case.status_quo
    if today is None:
        return state(context, levels)
    if tuple(levels) == today:
        return ("as it is today",)
    return ("as today, but ", *moved(context, levels))


def moved(context: Context, levels: Levels) -> Inline:
    """Say a state by what is otherwise than today."""
    case = context.answers.case
    today = case.status_quo or (0,) * len(levels)
    told: list[Inline] = []
    for party in case.parties:
        phrases = [
            change_phrase(option, old, new)
            for (owner, option), old, new in zip(case.options, today, levels, strict=True)
            if owner is party and old != new
        ]
        if phrases:
            told.append((context.party(party.name), f" {listing(phrases)}"))
    return semicolons(told) if told else ("everything stays as it is today",)


def steps(context: Context, sequence: Sequence[Step]) -> Inline:
    """Say some moves one after the other."""
    told: list[str | Mark] = []
    for step in sequence:
        told += [", then "] if told else []
        told += [context.party_at(step.mover), f" {context.words.change(step)}"]
    return tuple(told)


def part_of_scale(part: Fraction, pointer: str) -> Inline:
    """Say a part of a party's scale as a percentage of it."""
    return (number(float(part), pointer, percent_of(part)), " of its scale")


def ranked(n: int, pointer: str) -> Mark:
    """Return a place as ``3rd``."""
    return number(n, pointer, ordinal(n))


def wish_note(context: Context, party: int, before: int, after: int) -> tuple[Note, ...]:
    """Return what makes a party prefer one state to another: the first wish in which they differ.

    Parameters
    ----------
    before, after : int
        Flat indices.
    """
    case = context.answers.case
    found = deciding_wish(case, party, context.words.levels(before), context.words.levels(after))
    if found is None:
        return ()
    label = case.parties[party].label
    wish = context.formulas.clause(found.formula)
    return (context.sources.note(f"{label} wants that {wish}", found.basis),)


def once(notes: Iterable[Note], seen: set[str]) -> tuple[Note, ...]:
    """Return notes, those told before in the same section without how their words were read.

    Parameters
    ----------
    seen : set of str
        Titles told before; those of these notes are added.
    """
    told = []
    for note in notes:
        known = note.title in seen
        again = "as above" if note.assumed else ""
        told.append(replace(note, text=again) if known else note)
        seen.add(note.title)
    return tuple(told)


def deciding_wish(
    case: Case, party: int, before: Sequence[int], after: Sequence[int]
) -> Statement | None:
    """Return the weightiest statement of a party that holds in just one of two states.

    It is None where the party's preferences are not given as statements, or none differs.
    """
    wants = case.parties[party].preferences
    if not isinstance(wants, Statements):
        return None
    old, new = TruthAt(case, tuple(before)), TruthAt(case, tuple(after))
    for statement in wants.statements:
        if bool(old(statement.formula)) != bool(new(statement.formula)):
            return statement
    return None


def semicolons(told: Sequence[Inline]) -> Inline:
    """Return runs of text as ``a; b; c``."""
    out: list[str | Mark] = []
    for piece in told:
        out += ["; "] if out else []
        out += piece
    return tuple(out)


def capital(text: Inline) -> Inline:
    """Return text with a capital first letter, if it begins with plain characters."""
    if text and isinstance(text[0], str):
        return (text[0][:1].upper() + text[0][1:], *text[1:])
    return text

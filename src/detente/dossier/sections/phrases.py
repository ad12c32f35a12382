"""Pieces of sentences that several sections share, with the parties in their colours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from detente.case.cnf import Levels
from detente.case.formula import Formula, OutcomeIs, parse
from detente.case.model import Case, Statement, Statements
from detente.case.truth import TruthAt
from detente.dossier.page.blocks import Inline, Mark, Note, Para, join, plain
from detente.dossier.say import percent_of, spelled
from detente.dossier.sections.context import Context, number
from detente.dossier.words import IDLE, concept_name, is_plain, ordinal
from detente.english.deeds import Form, done_first
from detente.english.speech import listing, sentence
from detente.graph.paths import Step
from detente.risk.scenario import Scenario
from detente.stability.patterns import Pattern
from detente.stability.registry import Concept, find
from detente.wayout.broker import Use
from detente.wayout.steps import PathStep

LETTERS = 10
"""Up to here numbers stand in letters in running text."""


def supposed(context: Context, one: Scenario) -> Inline:
    """Return what is supposed of a slide: ``As things are``, or ``If …``."""
    if not one.what_if:
        return ("As things are",)
    return ("If ", *context.say(context.formulas.clause(parse(one.what_if))))


def view(name: str) -> str:
    """Say when a situation lasts, as a concept says: ``if each party fears any answer (GMR)``."""
    return f"if {_doing(find(name))} ({concept_name(name)})"


def _doing(concept: Concept) -> str:
    """Say what parties do that stay as a concept says, from its rules."""
    rules = concept.rules
    if concept.over == "coalition" or not rules.in_turn or rules.reading:
        return f"parties stay as {concept.title} says"
    if not rules.answered:
        return "no party looks further than its own next move"
    escape = " that it cannot escape" if rules.final else ""
    if not rules.improving:
        return f"each party fears any answer{escape}"
    if rules.final:
        return f"each party expects answers in the others’ own interest{escape}"
    return "each party expects the others to answer in their own interest"


def counted(n: int, pointer: str, none: str = "no") -> Mark:
    """Return a figure in running text: in letters up to ten."""
    return number(n, pointer, (spelled(n) if n else none) if n <= LETTERS else "")


def parties(context: Context, members: Sequence[int]) -> Inline:
    """Return several parties in their colours."""
    return join([(context.party_at(p),) for p in members])


def further(n: int) -> tuple[Para, ...]:
    """Say that so many claims more stand in the file of claims; nothing where there is none."""
    return (Para((f"and {n:,} more in claims.jsonl",), kind="fine"),) if n > 0 else ()


def silent(context: Context, members: Sequence[int]) -> Inline:
    """Say of which parties the case says nothing that they want, without a full stop."""
    want = context.english.agree(members, "wants", "want")
    return ("The case does not say what ", *parties(context, members), f" {want}")


def pattern(context: Context, fixed: Pattern) -> Inline:
    """Say a pattern, party by party."""
    told = by_party(context, fixed)
    return clauses(told) if told else ("anything at all may be so",)


def by_party(context: Context, fixed: Pattern) -> list[Inline]:
    """Return what each party does in a pattern, as a clause."""
    case, english = context.answers.case, context.english
    told: list[Inline] = []
    for party in case.parties:
        deeds = [
            english.deed(party.name, option, level).say()
            for (owner, option), level in zip(case.options, fixed, strict=True)
            if owner is party and level is not None
        ]
        if deeds:
            told.append((context.party(party.name), f" {listing(done_first(deeds))}"))
    return told


def state(context: Context, levels: Sequence[int]) -> Inline:
    """Say a state by what is done in it, party by party."""
    case = context.answers.case
    shown: list[int | None] = [
        level if level or not is_plain(option) else None
        for level, (_, option) in zip(levels, case.options, strict=True)
    ]
    if all(level is None for level in shown):
        return (IDLE,)
    return pattern(context, tuple(shown))


def situation(context: Context, levels: Levels) -> Inline:
    """Say a state by what is otherwise than today; by all that is done where today is not known."""
    today = context.answers.case.status_quo
    if today is None:
        return state(context, levels)
    if tuple(levels) == today:
        return ("everything stays as it is",)
    return ("as now, except that ", *moved(context, levels))


def moved(context: Context, levels: Levels) -> Inline:
    """Say a state by what is otherwise than today."""
    case = context.answers.case
    today = case.status_quo or (0,) * len(levels)
    told: list[Inline] = []
    for party in case.parties:
        deeds = context.english.changes(party, today, levels)
        if deeds:
            told.append((context.party(party.name), f" {listing(deeds)}"))
    return joined(told) if told else ("everything stays as it is",)


def joined(told: Sequence[Inline], last: str = "and") -> Inline:
    """Return clauses as ``a, b and c``; ``a, b, and c`` where one of them has a comma or "and"."""
    if len(told) > 1 and any(re.search(", | and ", plain(piece)) for piece in told):
        return (*(p for piece in told[:-1] for p in (*piece, ", ")), f"{last} ", *told[-1])
    return join(told, last)


def lasting(context: Context, what: Formula) -> str:
    """Name something that comes about for good: "war with no way back", "a lasting situation …"."""
    if is_thing(context, what):
        return f"{context.english.ing(what)} with no way back"
    return f"a lasting situation in which {context.english.clause(what)}"


def is_thing(context: Context, what: Formula) -> bool:
    """Whether a formula is an outcome that is named by a noun: "war"."""
    return isinstance(what, OutcomeIs) and context.english.outcome(what.name).form == "noun"


def using(context: Context, use: Use, lead: str = "") -> Inline:
    """Say what a third party does in one of its uses; what it could do after ``lead``."""
    case = context.answers.case
    party, option = case.options[use.axis]
    today = case.status_quo[use.axis] if case.status_quo is not None else 0
    form: Form = "bare" if lead else "is"
    done = context.english.change(party.name, option, today, use.level, form)
    return (context.party(party.name), *context.say(f" {lead}{done}"))


def doing(context: Context, step: PathStep, mover: int, lead: str = "") -> Inline:
    """Say what one mover does in a step of a way; what it would do after ``lead``."""
    form: Form = "bare" if lead else "is"
    return (context.party_at(mover), *context.say(f" {lead}{done(context, step, mover, form)}"))


def done(context: Context, step: PathStep, mover: int, form: Form = "is") -> str:
    """Say what one mover does in a step, without its name."""
    old, new = context.words.levels(step.source), context.words.levels(step.target)
    return listing(context.english.changes(context.answers.case.parties[mover], old, new, form))


def at_once(context: Context, step: PathStep) -> Inline:
    """Say that several would move together: ``A and B would act together, the former by …``."""
    named = [context.party_at(m) for m in step.movers]
    by = [context.say(f" by {done(context, step, m, 'ing')}") for m in step.movers]
    who = join([(name,) for name in named])
    if len(named) == 2:
        return (*who, " would act together, the former", *by[0], " and the latter", *by[1])
    each = joined([(name, *how) for name, how in zip(named, by, strict=True)])
    return (*who, " would act together, ", *each)


def way(context: Context, path: Sequence[PathStep]) -> Inline:
    """Say who would do what on a way, one sentence or two; the last without its full stop.

    A party named as the mover of the step before is not named again by what is done to it.
    """
    told: list[Inline] = []
    for k, step in enumerate(path):
        last = k and k == len(path) - 1
        word = "then " if k and not (last and len(path) > 2) else ""
        if len(step.movers) > 1:
            told.append((*((word.strip(), " ") if k else ()), *at_once(context, step)))
        else:
            lead = f"would {word}"
            told.append(doing(context, step, step.movers[0], lead))
            told[-1] = _not_again(context, path[k - 1] if k else None, step, lead) or told[-1]
    first = ("First ", *told[0]) if len(told) > 1 else capital(told[0])
    out: Inline = first
    for k, piece in enumerate(told[1:], start=1):
        new = k % 2 == 1 and len(told) > 2
        out = (*out, *((". ", *capital(piece)) if new else (", and ", *piece)))
    return out


def _not_again(
    context: Context, before: PathStep | None, step: PathStep, lead: str
) -> Inline | None:
    """Say a step with a pronoun for the one party that moved just before; None without it."""
    if before is None or len(before.movers) != 1 or before.movers == step.movers:
        return None
    told = _pronoun(context, before.movers[0], done(context, step, step.movers[0], "bare"))
    return (context.party_at(step.movers[0]), f" {lead}{told}") if told else None


def _pronoun(context: Context, party: int, told: str) -> str:
    """Put a pronoun for a party at the end of what is done to it; empty if it is not there."""
    name = context.english.name(party)
    at_end = told.endswith(f" {name.text}")
    return f"{told.removesuffix(name.text)}{name.them}" if at_end else ""


def steps(context: Context, sequence: Sequence[Step]) -> Inline:
    """Say some moves one after the other; who moved just before is not named again."""
    told: list[str | Mark] = []
    before: Step | None = None
    for step in sequence:
        done = context.words.change(step)
        if before is not None and before.mover != step.mover:
            done = _pronoun(context, before.mover, done) or done
        told += [", then "] if told else []
        told += [context.party_at(step.mover), *context.say(f" {done}")]
        before = step
    return tuple(told)


def part_of_scale(part: Fraction, pointer: str, its: str = "its") -> Inline:
    """Say a part of a party's scale as a percentage of it."""
    shown = number(float(part), pointer, percent_of(part))
    return (shown, f" of {its} range from worst to best")


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
    return (context.sources.note(wish_title(context, party, found.formula), found.basis),)


def wish_title(context: Context, party: int, formula: Formula) -> str:
    """Say what a party wants, as the title of a note."""
    name = context.answers.case.parties[party].name
    want = context.english.agree([name], "wants", "want")
    return sentence(f"{context.english.party(name)} {want} {context.english.to(formula, name)}")


def once(notes: Iterable[Note], seen: set[str]) -> tuple[Note, ...]:
    """Return notes, those told before in the same section without how their words were read.

    Parameters
    ----------
    seen : set of str
        Titles told before; those of these notes are added.
    """
    told = []
    for note in notes:
        known = (note.line or note.title) in seen
        again = "as above" if note.assumed else ""
        told.append(replace(note, text=again) if known else note)
        seen.add(note.line or note.title)
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


def clauses(told: Sequence[Inline]) -> Inline:
    """Return clauses as sentences, the last without its full stop: ``a. B. C``."""
    out: list[str | Mark] = []
    for piece in told:
        out += [". ", *capital(piece)] if out else piece
    return tuple(out)


def capital(text: Inline) -> Inline:
    """Return text with a capital first letter."""
    if not text:
        return text
    first = text[0]
    if isinstance(first, str):
        return (sentence(first), *text[1:])
    return (replace(first, text=sentence(first.text)), *text[1:])

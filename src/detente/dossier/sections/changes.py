"""Question 9: what changed since an earlier case of the same stand-off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from detente.case.formula import Formula, Not
from detente.case.model import Case
from detente.dossier.answers import Answered, Unanswered
from detente.dossier.formula_words import FormulaWords
from detente.dossier.page.blocks import (
    Block,
    Cell,
    Details,
    Heading,
    Inline,
    Items,
    Mark,
    Note,
    Para,
    Section,
    Table,
    join,
    plain,
)
from detente.dossier.say import lacking_lines, percent_of
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context, method, number, unanswered
from detente.dossier.sections.entry import Entry
from detente.dossier.sections.written import written
from detente.dossier.words import concept_name
from detente.stability.patterns import cover
from detente.wayout.compare import Comparison
from detente.wayout.deadlock import Said, everything_said
from detente.wayout.profile import Profile

PATTERNS = 3
"""Patterns of equilibria gained or lost that are told."""


def section(context: Context) -> Section:
    """Return the section."""
    found = context.answers.comparison
    title = ENTRY.title
    if not isinstance(found, Unanswered):
        before = found.before.case
        day = before.as_of
        title = f"What changed since {before.title}?"
        if day is not None:
            title = f"What changed since {day.day} {day:%B %Y}?"
    return ENTRY.section(_blocks(context), title)


ENTRY = Entry(9, section, "comparison", "What changed since the earlier case?")


def _blocks(context: Context) -> Iterator[Block]:
    found = context.answers.comparison
    if isinstance(found, Unanswered):
        yield unanswered(found)
        return
    yield Para(_answer(context, found), kind="answer")
    yield _table(context, found)
    seen: set[str] = set()
    yield from _knots(context, found, seen)
    shifted = tuple(_shift(context, found))
    if shifted:
        yield Details("What holds now and did not, or no longer", shifted)
    yield from written(context, found, seen)
    for line in dict.fromkeys([*lacking_lines(found.before), *lacking_lines(found.after)]):
        yield Para((line,), kind="fine")
    yield method(
        context,
        "Both cases are worked out in the same way and laid side by side. Equilibria are compared "
        "over the options that both have.",
        context.command("diff", before=context.answers.plan.compared),
    )


def supposed(context: Context, given: Sequence[str], dropped: Sequence[str]) -> Section:
    """Return what follows if some formulas hold and some things were not said."""
    found = context.answers.comparison
    told = [context.english.clause(_read(text, context)) for text in given]
    told += [f"{_taken_back(context, found, name)}" for name in dropped]
    blocks: list[Block] = []
    if not isinstance(found, Unanswered):
        blocks += [Heading("What changes in the model", "model"), _model(context, found)]
        today, then = found.before.case.status_quo, found.after.case.status_quo
        if then is not None and then != today:
            before = replace(context.answers, case=found.before.case)
            blocks.append(
                Para(
                    (
                        "This is not so now. The nearest situation in which it is so takes the "
                        "place of the present one. In it, things are ",
                        *phrases.situation(replace(context, answers=before), then),
                        ".",
                    )
                )
            )
        blocks += [Heading("What follows", "follows"), *_consequences(context, found)]
    return Section("whatif", "What if", f"What if {', and if '.join(told)}?", tuple(blocks))


def _model(context: Context, found: Comparison) -> Items:
    """Say how the model differs: what is given, and what is taken back."""
    before, after = found.before.case, found.after.case
    lines = []
    for rule in after.infeasible[len(before.infeasible) :]:
        given = rule.formula.operand if isinstance(rule.formula, Not) else Not(rule.formula)
        lines.append(f"In every situation {context.english.clause(given)}.")
    kept = {s.id for s in everything_said(after)}
    lines += [
        f"{context.english.party(s.party)} {context.english.taking_back(s)}."
        for s in everything_said(before)
        if s.id not in kept
    ]
    return Items(tuple(Para(context.say(line, start=True)) for line in lines))


def _read(text: str, context: Context) -> Formula:
    from detente.case.files import read_formula

    return read_formula(text, context.answers.case, "--set")


def _taken_back(context: Context, found: Answered[Comparison], name: str) -> str:
    """Say that a condition or refusal is taken back."""
    if not isinstance(found, Unanswered):
        for said in everything_said(found.before.case):
            if said.id == name:
                return f"{context.english.party(said.party)} {context.english.taking_back(said)}"
    return f"{name} is taken back"


def _consequences(context: Context, found: Comparison) -> Iterator[Block]:
    """Yield what differs and nothing else."""
    table = _table(context, found)
    plain_rows = tuple(row for row in table.rows if plain(row[1].text) != plain(row[2].text))
    shifted = any(s.gained.any() or s.lost.any() for s in found.shifts)
    if plain_rows:
        yield replace(table, head=("", "as it is", "then"), caption="What changes", rows=plain_rows)
    elif not (found.knots_gone or found.knots_new or shifted):
        yield Para(
            ("Nothing follows from it, as knots, cost, risk and what holds are as they were.",)
        )
    seen: set[str] = set()
    yield from _knots(context, found, seen)
    yield from _shift(context, found)
    for line in dict.fromkeys([*lacking_lines(found.before), *lacking_lines(found.after)]):
        yield Para((line,), kind="fine")


def _answer(context: Context, found: Comparison) -> Inline:
    n = len(found.changes)
    if not n:
        return ("Nothing that the analysis uses was written otherwise in the earlier case.",)
    gone, new = len(found.knots_gone), len(found.knots_new)
    knots: list[Inline] = []
    for count, key, word in ((gone, "dissolved", "disappeared"), (new, "new", "appeared")):
        if count:
            has = " clash of words has " if count == 1 else " clashes of words have "
            has = has if not knots else " has " if count == 1 else " have "
            shown = phrases.counted(count, f"/comparison/knots/{key}#")
            knots.append((shown, f"{has}{word}"))
    shown = phrases.counted(n, "/comparison/changes#")
    entries = " entry of the case has" if n == 1 else " entries of the case have"
    lines: Inline = (*phrases.capital((shown,)), f"{entries} changed.")
    consequences = [*knots, *_cost(found)]
    if consequences:
        return (*lines, " ", *phrases.capital(join(consequences)), ".")
    if found.after.deadlock is not None and found.before.deadlock is not None:
        return (*lines, " Clashes and the cost of a way out are as they were.")
    return lines


def _cost(found: Comparison) -> list[Inline]:
    old, new = found.before.cost, found.after.cost
    if old is None or new is None or old == new:
        return []
    return [
        (
            "the cheapest concession costs ",
            number(new, "/comparison/after/cost"),
            " instead of ",
            number(old, "/comparison/before/cost"),
        )
    ]


def _table(context: Context, found: Comparison) -> Table:
    concept = context.answers.plan.concept
    rows = [
        (
            "knots",
            *(
                _count(len(p.knots) if p.deadlock else None, f"{at}/knots#")
                for p, at in _sides(found)
            ),
        ),
        ("cheapest concession", *(_count(p.cost, f"{at}/cost") for p, at in _sides(found))),
        ("risk of the best way", *(_risk(p.exposure, f"{at}/exposure") for p, at in _sides(found))),
        (
            f"states wanted that hold ({concept_name(concept)})",
            *(
                _count(p.holding_in_target(concept), f"{at}/equilibria_in_target/{concept}")
                for p, at in _sides(found)
            ),
        ),
    ]
    for k, shift in enumerate(s for s in found.shifts if s.concept == concept):
        del k
        at = f"/comparison/equilibria/{concept}"
        name = f"states that hold ({concept_name(concept)})"
        rows.append(
            (name, _count(shift.before, f"{at}/before"), _count(shift.after, f"{at}/after"))
        )
    then, now = (_dated(p.case) for p, _ in _sides(found))
    return Table(
        "Where things stood, and where they stand",
        ("", then, now),
        tuple((Cell((name,)), Cell((a,), "number"), Cell((b,), "number")) for name, a, b in rows),
    )


def _sides(found: Comparison) -> tuple[tuple[Profile, str], ...]:
    return ((found.before, "/comparison/before"), (found.after, "/comparison/after"))


def _dated(case: Case) -> str:
    return f"{case.as_of.day} {case.as_of:%B %Y}" if case.as_of else case.title


def _count(value: int | None, at: str) -> str | Mark:
    return "–" if value is None else number(value, at)


def _risk(value: Fraction | None, at: str) -> str | Mark:
    return "–" if value is None else number(float(value), at, percent_of(value))


def _knots(context: Context, found: Comparison, seen: set[str]) -> Iterator[Block]:
    for title, knots, standing in (
        ("Gone", found.knots_gone, found.before),
        ("New", found.knots_new, found.after),
    ):
        if not knots or standing.deadlock is None:
            continue
        yield Heading(f"{title} knots")
        formulas = FormulaWords(standing.case)
        for knot in knots:
            said = [standing.deadlock.said(name) for name in knot]
            notes: tuple[Note, ...] = ()
            if standing is found.after:
                notes = phrases.once((context.said_note(s) for s in said), seen)
            told = [phrases.capital(_voice(context, formulas, s)) for s in said]
            yield Para(
                tuple(p for k, t in enumerate(told) for p in (" " * (k > 0), *t, ".")), notes
            )


def _voice(context: Context, formulas: FormulaWords, said: Said) -> Inline:
    """Say what was said, its party in its colour if the later case has it."""
    told = formulas.said(said)
    return context.say(told)


def _shift(context: Context, found: Comparison) -> Iterator[Block]:
    """Tell which situations hold now and did not, and the other way round."""
    concept = context.answers.plan.concept
    for shift in found.shifts:
        if shift.concept != concept or not (shift.gained.any() or shift.lost.any()):
            continue
        yield Para(("This compares the options that both cases have.",))
        for title, states in (
            ("What holds now and did not before:", shift.gained),
            ("What holds no longer:", shift.lost),
        ):
            items = []
            covered = cover(states, shift.feasible | states, space=shift.space, limit=PATTERNS)
            for pattern in covered.patterns:
                fixed = dict(zip(shift.options, pattern, strict=True))
                names = context.answers.case.option_names
                told = phrases.by_party(context, tuple(fixed.get(name) for name in names))
                told = told or [("anything at all is so",)]
                items.append(Para((*phrases.capital(phrases.joined(told)), ".")))
            if covered.left_out:
                items.append(Para(("There are further such situations.",)))
            if items:
                yield Para((title,))
                yield Items(tuple(items))

"""Question 3: which outcomes hold, and who would break the others."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.formula import OutcomeIs
from detente.dossier.answers import Unanswered
from detente.dossier.page.blocks import (
    Block,
    Cell,
    Details,
    Heading,
    Inline,
    Items,
    Para,
    Section,
    Table,
    join,
)
from detente.dossier.sections import leaving, phrases
from detente.dossier.sections.beliefs import beliefs
from detente.dossier.sections.context import Context, method, number, pointer, unanswered
from detente.dossier.sections.drawn import DRAWN
from detente.dossier.sections.entry import Entry
from detente.dossier.sections.nuances import nuances
from detente.dossier.words import concept_name
from detente.english.speech import listing, sentence
from detente.stability.analysis import Verdicts
from detente.stability.patterns import OutcomeGroup
from detente.stability.registry import find
from detente.stability.tally import Held, OutcomeTally
from detente.wayout.profile import indifferent

NAMED = 3
"""Outcomes named in the answer, of those that hold and of those that do not."""

GROUPS = 6
"""Parts of the equilibria told in words."""


def section(context: Context) -> Section:
    """Return the section."""
    title = "Which outcomes hold, and who would break the others?"
    return ENTRY.section(_blocks(context), title)


ENTRY = Entry(3, section, "stability", "Which outcomes hold?", "outcomes")


def _blocks(context: Context) -> Iterator[Block]:
    result, tally = context.answers.stability, context.answers.tally
    if isinstance(result, Unanswered):
        yield unanswered(result)
        return
    if isinstance(tally, Unanswered):
        yield unanswered(tally)
        return
    if not tally.equilibria:
        yield unanswered(Unanswered("the work was interrupted before any of this was known"))
        return
    silent = indifferent(context.answers.case)
    if len(silent) == len(context.answers.case.parties):
        yield unanswered(
            Unanswered(
                "the case says nothing about what the parties want; add it under 'preferences'"
            )
        )
        return
    yield Para(_answer(context, tally), kind="answer")
    yield from beliefs(context)
    yield from nuances(context)
    yield Para(
        (
            "A state is one choice for everything that can be done. It holds, or lasts, if no "
            "party would leave it by a move of its own.",
        )
    )
    if silent:
        who = join([(context.party(name),) for name in silent])
        them = " wants, so it counts" if len(silent) == 1 else " want, so they count"
        indifference = f"{them} as indifferent and would leave nothing."
        yield Para(("The case says nothing about what ", *who, indifference))
    yield from DRAWN["outcomes"](context)
    yield Details(
        "How much of each outcome holds, by every view of how far the parties look ahead",
        (_how_to_read(result), _table(context, tally), *_staying(context, tally)),
    )
    yield from leaving.leaving(context)
    yield from _in_words(context, tally)
    further = (*DRAWN["moves"](context), *leaving.from_today(context, result))
    yield Details("The moves around today, and where they can lead", further)
    yield method(
        context,
        "Every verdict is worked out for every feasible state and every party. Patterns are exact "
        "and tell no state that does not hold.",
        context.command("stability"),
        context.command("explain", "status_quo"),
    )


def _concept(context: Context, tally: OutcomeTally) -> str:
    """Return the concept of the plan, or, if the work was interrupted, the first there is."""
    names = [name for name, _ in tally.equilibria]
    return context.answers.plan.concept if context.answers.plan.concept in names else names[0]


def _answer(context: Context, tally: OutcomeTally) -> Inline:
    concept = _concept(context, tally)
    named = [held for held in tally.outcomes if held.outcome and held.states]
    can = [held for held in named if held.under(concept)]
    never = [held for held in named if not held.under(concept)]
    told: Inline = (*_today(context, tally, concept), ".")
    if not named:
        n = dict(tally.equilibria)[concept]
        return (
            *told,
            f" {sentence(phrases.view(concept))}, ",
            phrases.counted(n, f"/stability/holds/{concept}/states"),
            " of ",
            number(_states(tally, context), "/stability/states"),
            " states hold.",
        )
    seen = f"{phrases.view(concept)}, " if tally.today is None else ""
    if can:
        told = (*told, *_can_last(context, seen, can))
    if never:
        lead = sentence(f"{'' if can else seen}no situation can last in which ")
        leave = ", because at least one party would always move away"
        told = (*told, " ", lead, *_names(context, never), leave, ".")
    return told


def _can_last(context: Context, seen: str, can: list[Held]) -> Inline:
    """Say in which situations things can last: the first of them, then the others with it."""
    first, rest = can[:1], can[1:]
    one = context.english.clause(OutcomeIs(first[0].outcome))
    told = context.say(f" {sentence(f'{seen}a situation in which {one} can last')}")
    if not rest:
        return (*told, ".")
    return (*told, ", and so can one in which ", *_names(context, rest), ".")


def _states(tally: OutcomeTally, context: Context) -> int:
    result = context.answers.stability
    return 0 if isinstance(result, Unanswered) else result.n_states


def _today(context: Context, tally: OutcomeTally, concept: str) -> Inline:
    """Say whether today holds, without a full stop."""
    if tally.today is None:
        return ("The case does not say where things stand now, so whether that holds is open",)
    names = [name for name, _ in tally.equilibria]
    if tally.today == tuple(names) and len(names) > 1:
        return (
            "The present situation holds however far the parties look ahead, under all ",
            phrases.counted(len(names), "/stability/concepts#"),
            " views tried",
        )
    if concept in tally.today:
        return (f"The present situation holds {phrases.view(concept)}",)
    who = leaving.who_leaves_today(context)
    told: Inline = (f"The present situation does not hold {phrases.view(concept)}",)
    if who:
        told = (*told, ", because ", *who, " would move away from it")
    return told


def _names(context: Context, held: list[Held]) -> Inline:
    """Name outcomes as clauses, the first few of many."""
    clauses = [context.english.clause(OutcomeIs(h.outcome)) for h in held[:NAMED]]
    if len(held) > NAMED:
        return (*context.say(", ".join(clauses)), " or another outcome comes about")
    return context.say(listing(clauses, "or"))


def _table(context: Context, tally: OutcomeTally) -> Table:
    concepts = [name for name, _ in tally.equilibria]
    rows: list[tuple[Cell, ...]] = []
    if tally.today is not None:
        cells = [
            Cell(("holds",), "holds") if name in tally.today else Cell(("–",), "never")
            for name in concepts
        ]
        rows.append((Cell(("Today",)), Cell(("one",)), *cells))
    rows += [_row(context, k, held) for k, held in enumerate(tally.outcomes)]
    return Table(
        "How many states of each outcome hold, by how far the parties look ahead",
        ("outcome", "states", *map(concept_name, concepts)),
        tuple(rows),
    )


def _row(context: Context, k: int, held: Held) -> tuple[Cell, ...]:
    label = _outcome(context, held)
    at = f"/stability/outcomes/{k}"
    cells = [
        Cell((number(n, f"{at}/holding/{name}"), " hold" if n != 1 else " holds"), "holds")
        if n
        else Cell((number(0, f"{at}/holding/{name}", "never"),), "never")
        for name, n in held.holding
    ]
    return (Cell((label,)), Cell((number(held.states, f"{at}/states"),), "number"), *cells)


def _staying(context: Context, tally: OutcomeTally) -> Iterator[Table]:
    """Yield in how many states of each outcome each party would stay, one concept at a time."""
    concept = _concept(context, tally)
    names = [f for f, _ in dict(tally.outcomes[0].staying)[concept]] if tally.outcomes else []
    label = {party.name: party.label for party in context.answers.case.parties}
    if not names or any(name not in label for name in names):
        return  # a concept over coalitions: too many columns
    rows = []
    for k, held in enumerate(tally.outcomes):
        each = dict(held.staying)[concept]
        cells = [
            Cell((number(n, pointer("stability", "outcomes", k, "staying", concept, f)),), "number")
            for f, n in each
        ]
        rows.append((Cell((_outcome(context, held),)), *cells))
    yield Table(
        f"Of the states of each outcome, those in which each party would stay "
        f"({concept_name(concept)})",
        ("outcome", *(label[name] for name in names)),
        tuple(rows),
    )


def _outcome(context: Context, held: Held) -> str:
    if not held.outcome:
        return "none of these outcomes"
    return context.formulas.label(OutcomeIs(held.outcome))


def _how_to_read(result: Verdicts) -> Para:
    names = {c.name: concept_name(c.name) for c in result.concepts}
    told = []
    for concept in result.concepts:
        says = concept.meaning.replace("; ", ", and ")
        for name, shown in names.items():
            says = says.replace(f"as {name}", f"it is as under {shown}")
        told.append(f"Under {names[concept.name]}, {says}.")
    return Para((f"A party counts as staying as follows. {' '.join(told)}",), kind="fine")


def _in_words(context: Context, tally: OutcomeTally) -> Iterator[Block]:
    """Tell the equilibria of the plan's concept as patterns."""
    concept = _concept(context, tally)
    groups = dict(tally.groups)[concept]
    at = f"/stability/holds/{concept}"
    yield Heading("What holds, in words", "holds-in-words")
    if not groups:
        title = find(concept).title
        yield Para(
            (f"Under {title} no state holds, because at least one party would leave each of them.",)
        )
        return
    n = dict(tally.equilibria)[concept]
    yield Para(
        (
            f"Under {concept_name(concept)} ",
            phrases.counted(n, f"{at}/states"),
            " states hold. Whatever a line leaves out may be either way."
            if n != 1
            else " state holds.",
        )
    )
    yield Items(
        tuple(_group(context, f"{at}/groups/{k}", g) for k, g in enumerate(groups[:GROUPS]))
    )
    if len(groups) > GROUPS:
        many = number(len(groups), f"{at}/groups#")
        yield Para(
            ("They lie in ", many, " mixtures of outcomes, of which the largest are told."),
            kind="fine",
        )
    if any(len(group.cover.patterns) > 1 for group in groups):
        yield Details("Every pattern, one a line", tuple(_every(context, groups)))


def _group(context: Context, at: str, group: OutcomeGroup) -> Para:
    """Say one part of what holds by the pattern that most of its states fit."""
    n = group.cover.states
    alone = len(group.cover.patterns) == 1 and not group.cover.left_out
    return Para(
        (
            "In ",
            phrases.counted(n, f"{at}/states"),
            " state " if n == 1 else " states ",
            *_outcomes(context, group),
            ". In ",
            "it, " if n == 1 else "all of them, " if alone else "some of them, ",
            *phrases.pattern(context, group.cover.patterns[0]),
            ".",
        )
    )


def _outcomes(context: Context, group: OutcomeGroup) -> Inline:
    clauses = [context.english.clause(OutcomeIs(name)) for name in group.outcomes]
    return context.say(listing(clauses)) if clauses else ("none of the named outcomes comes about",)


def _every(context: Context, groups: tuple[OutcomeGroup, ...]) -> Iterator[Block]:
    for group in groups:
        yield Para((*phrases.capital(_outcomes(context, group)), ":"))
        patterns = [
            Para((*phrases.capital(phrases.pattern(context, p)), ".")) for p in group.cover.patterns
        ]
        if group.cover.left_out:
            patterns.append(Para(("And in further ways.",)))
        yield Items(tuple(patterns))

"""Question 6: the way to what should come about, with the least exposure of anybody."""

from __future__ import annotations

from collections.abc import Iterator

from detente.dossier.answers import Unanswered
from detente.dossier.page.blocks import (
    Block,
    Heading,
    Inline,
    Items,
    Para,
    Section,
    join,
    plain,
)
from detente.dossier.sections import phrases
from detente.dossier.sections.arrival import arrival
from detente.dossier.sections.context import Context, method, number, unanswered
from detente.dossier.sections.drawn.steps import way
from detente.wayout.choreography import Way
from detente.wayout.results import Ways, taking_back, words_broken
from detente.wayout.steps import PathStep

LONG = 300
"""Characters beyond which the answer counts the steps instead of telling them."""


def section(context: Context) -> Section:
    """Return the section."""
    title = f"How can it come about that {context.goal_is}, with the least exposure?"
    if context.talks:
        title = "How do they get into one room without either appearing to yield?"
    if not context.goal:
        title = "What is the way to it, with the least exposure?"
    return Section("q6", "Question 6", title, tuple(_blocks(context)))


def _blocks(context: Context) -> Iterator[Block]:
    found = context.answers.path
    if isinstance(found, Unanswered):
        yield unanswered(found, context)
        return
    yield Para(_answer(context, found), kind="answer")
    if found.found.paths:
        best = found.found.paths[0]
        if best.steps:
            told = tuple(_step(context, found, step, k) for k, step in enumerate(best.steps))
            steps = (Heading("Step by step", "steps"), Items(told, ordered=True))
            yield from way(context, found, steps)
            yield from _on_the_way(told)
            yield Para((*_all_safe(best), *_simultaneity(found, best)))
        yield from arrival(context, found)
        yield from _others(context, found)
    else:
        yield from _nearest(context, found)
    yield method(
        context,
        "Of all ways that of the least largest exposure; among these that which breaks the least "
        "firm words, each counted once, and the fewest; then the fewest steps in which a mover "
        "ends lower than it was, the fewest joint steps, the fewest steps. Exposure is what a "
        "mover can lose against today, as part of its own scale from worst to best, if its step "
        "is the last or another party turns it to its advantage.",
        context.command("path", f"--joint {found.joint}"),
    )


def _on_the_way(told: tuple[Para, ...]) -> Iterator[Block]:
    """Yield the wishes against which somebody yields, which the drawing leaves out."""
    notes = tuple(note for para in told for note in para.notes)
    if notes:
        yield Para(("What speaks against a step down:",), notes)


def _answer(context: Context, found: Ways) -> Inline:
    goal = context.goal
    if not found.found.paths:
        if not found.goals:
            return (f"The rules of the case leave no situation in which {context.goal_is}.",)
        together = " even if several parties move together" if found.joint > 1 else ""
        return (f"No way leads from today to {goal},{together or ' move by move'}.",)
    best = found.found.paths[0]
    if not best.steps:
        return (*context.say(context.goal_is, start=True), " already, and nobody has to move.")
    told = _joined(context, found, best)
    if len(plain(told)) <= LONG:
        return (*phrases.capital(told), ". ", *_risk(context, found, best))
    return (*_how(context, best), *_risk(context, found, best))


def _how(context: Context, best: Way) -> Inline:
    """Say in how many steps, and by whom."""
    n = len(best.steps)
    movers = list(dict.fromkeys(m for step in best.steps for m in step.movers))
    if n == 1 and best.joint_steps:
        return (
            "Together: ",
            *phrases.parties(context, movers),
            f" reach {context.goal} in a single step announced as one. ",
        )
    told: Inline = (
        "In ",
        number(n, "/path/steps#"),
        " step" if n == 1 else " steps",
        ", by ",
        *phrases.parties(context, movers),
    )
    if best.joint_steps:
        is_ = " is" if best.joint_steps == 1 else " are"
        told = (*told, ", of which ", number(best.joint_steps, "/path/joint_steps"))
        told = (*told, f"{is_} taken together")
    return (*told, ". ")


def _risk(context: Context, found: Ways, best: Way) -> Inline:
    yields = [step for step in best.steps if step.yields]
    if best.exposure:
        risk: Inline = (
            "Whoever moves stands to lose up to ",
            *phrases.part_of_scale(best.exposure, "/path/exposure"),
            " against today; no way risks less",
        )
    else:
        risk = ("Nobody who moves risks anything against today",)
    if yields:
        count = number(best.yielding_steps, "/path/yielding_steps")
        risk = (
            *risk,
            "; in ",
            count,
            " step" if len(yields) == 1 else " steps",
            " somebody yields",
        )
    if best.breaks:
        speakers = taking_back(found, best)
        take = (
            " takes back what it said in public"
            if len(speakers) == 1
            else (" take back what they said in public")
        )
        return (*risk, "; ", *phrases.parties(context, speakers), take, ".")
    return (*risk, ".") if yields else (*risk, ", and nobody takes a step down.")


def _step(context: Context, found: Ways, step: PathStep, k: int) -> Para:
    told = [phrases.doing(context, step, mover) for mover in step.movers]
    together: Inline = ("Together, announced as one: ",) if len(told) > 1 else ()
    first = (*together, *join(told))
    return Para(
        (
            *(first if together else phrases.capital(first)),
            ". ",
            *_exposed(context, found, step, k),
        ),
        tuple(
            note
            for mover in step.yields
            for note in phrases.wish_note(context, mover, step.source, step.target)
        ),
    )


def _exposed(context: Context, found: Ways, step: PathStep, k: int) -> Inline:
    """Say what each mover risks, which words the step breaks, and who yields."""
    names = context.answers.case.party_names
    risky = [(m, x) for m, x in zip(step.movers, step.exposure, strict=True) if x]
    safe = [m for m in step.movers if m not in dict(risky)]
    told: Inline = ()
    if safe and (risky or not found.found.paths or found.found.paths[0].exposure):
        are = context.english.agree(safe, "is", "are")
        told = (
            "If it ends here, or another party pockets it, ",
            *phrases.parties(context, safe),
            f" {are} no worse off than today.",
        )
    for mover, exposure in risky:
        told = (
            *told,
            *((" ",) if told else ()),
            "If it ends here, or another party pockets it, ",
            context.party_at(mover),
            f" {context.english.agree([mover], 'stands', 'stand')} to lose ",
            *phrases.part_of_scale(exposure, f"/path/steps/{k}/exposure/{names[mover]}"),
            ".",
        )
    for said in words_broken(found, Way((step,))):
        told = (*told, f" With it a word is broken: {context.formulas.said(said)}.")
    if step.yields:
        verb = context.english.agree(step.yields, " yields", " yield")
        yielding = phrases.capital(phrases.parties(context, step.yields))
        told = (*told, " ", *yielding, verb, ": it is a step down.")
    return told


def _all_safe(best: Way) -> Inline:
    if best.exposure or len(best.steps) < 2:
        return ()
    return ("After none of these steps is anybody that moved worse off than today. ",)


def _simultaneity(found: Ways, best: Way) -> Inline:
    """Say where moving together is needed, and what it saves."""
    joint = [k for k, step in enumerate(best.steps) if len(step.movers) > 1]
    without = found.found.without_joint
    if not joint:
        return ("Nobody has to move at the same moment as another.",)
    marks = join([(number(k + 1, f"/path/steps/{k}/number"),) for k in joint])
    which: Inline = ("Step " if len(joint) == 1 else "Steps ", *marks)
    has = " has" if len(joint) == 1 else " have"
    is_ = " is" if len(joint) == 1 else " are"
    if without is None:
        return (*which, f"{has} to be taken at the same moment: one by one, no way leads there.")
    if without > best.exposure:
        return (
            *which,
            f"{has} to be taken at the same moment: one by one, somebody would stand to lose ",
            *phrases.part_of_scale(without, "/path/without_joint"),
            " against today.",
        )
    return (
        *which,
        f"{is_} better taken at the same moment: one by one nobody would risk more, but "
        "firmer words would have to be broken, or more steps down would be needed.",
    )


def _others(context: Context, found: Ways) -> Iterator[Block]:
    """Name the other ways that are as good."""
    others = found.found.paths[1:]
    if not others:
        return
    more = "; there are more" if found.found.more else ""
    yield Para(
        (
            "As good in every respect: ",
            number(len(others), "/path/others#"),
            f" other {'way' if len(others) == 1 else 'ways'}{more}.",
        )
    )
    yield Items(
        tuple(Para((*phrases.capital(_joined(context, found, other)), ".")) for other in others)
    )


def _joined(context: Context, found: Ways, path: Way) -> Inline:
    told: Inline = ()
    for step in path.steps:
        movers = [phrases.doing(context, step, mover) for mover in step.movers]
        both = ("together, ",) if len(movers) > 1 else ()
        told = (*told, *((", then ",) if told else ()), *both, *phrases.joined(movers))
    return told


def _nearest(context: Context, found: Ways) -> Iterator[Block]:
    if not found.goals:
        return
    if found.found.nearest == found.found.start:
        yield Para(("No state within reach is nearer to it than the one now.",))
        return
    levels = context.words.levels(found.found.nearest)
    yield Para(("The nearest they can come: ", *phrases.moved(context, levels), "."))

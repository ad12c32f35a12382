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
from detente.dossier.sections.entry import Entry
from detente.english.speech import sentence
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
    return ENTRY.section(_blocks(context), title)


ENTRY = Entry(6, section, "path", "How do they get there?", "path")


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
        "Of all ways that whose largest exposure is least is told. Among equals, that which breaks "
        "the least firm words, each counted once, and the fewest, then that with the fewest steps "
        "in which a mover ends lower than it was, the fewest joint steps, the fewest steps. "
        "Exposure is what a mover can lose against the present situation, as part of its own range "
        "from worst to best, if its step is the last or another party turns it to its advantage.",
        context.command("path", f"--joint {found.joint}"),
    )


def _on_the_way(told: tuple[Para, ...]) -> Iterator[Block]:
    """Yield the wishes against which somebody yields, which the drawing leaves out."""
    notes = tuple(note for para in told for note in para.notes)
    if notes:
        yield Para(("These wishes speak against a step down.",), notes)


def _answer(context: Context, found: Ways) -> Inline:
    goal = context.goal
    if not found.found.paths:
        if not found.goals:
            return (f"The rules of the case leave no situation in which {context.goal_is}.",)
        together = " even if several parties move together" if found.joint > 1 else ""
        return (f"No way leads to {goal} from here,{together or ' move by move'}.",)
    best = found.found.paths[0]
    if not best.steps:
        return (*context.say(context.goal_is, start=True), " already, and no party has to move.")
    told = phrases.way(context, best.steps)
    if len(plain(told)) <= LONG:
        return (*told, ". ", *_risk(context, found, best))
    return (*_how(context, best), *_risk(context, found, best))


def _how(context: Context, best: Way) -> Inline:
    """Say in how many steps, and by whom."""
    n = len(best.steps)
    movers = list(dict.fromkeys(m for step in best.steps for m in step.movers))
    if n == 1 and best.joint_steps:
        return (
            *phrases.capital(phrases.parties(context, movers)),
            f" would reach {context.goal} together, in a single step announced as one. ",
        )
    told: Inline = (
        "It takes ",
        phrases.counted(n, "/path/steps#"),
        " step" if n == 1 else " steps",
        ", by ",
        *phrases.parties(context, movers),
    )
    if best.joint_steps:
        is_ = " is" if best.joint_steps == 1 else " are"
        told = (*told, ", of which ", phrases.counted(best.joint_steps, "/path/joint_steps"))
        told = (*told, f"{is_} taken together")
    return (*told, ". ")


def _risk(context: Context, found: Ways, best: Way) -> Inline:
    yields = [step for step in best.steps if step.yields]
    if best.exposure:
        risk: Inline = (
            "A party that moves could lose up to ",
            *phrases.part_of_scale(best.exposure, "/path/exposure"),
            ", and no other way is safer.",
        )
    else:
        risk = ("No party that moves risks being worse off than it is now.",)
    if yields:
        count = phrases.counted(best.yielding_steps, "/path/yielding_steps")
        steps = " step requires" if len(yields) == 1 else " steps require"
        risk = (*risk, " ", *phrases.capital((count,)), steps, " a party to yield")
    elif not best.breaks:
        return (*risk, " None of the steps requires a party to yield.")
    if not best.breaks:
        return (*risk, ".")
    speakers = taking_back(found, best)
    has = context.english.agree(speakers, "has", "have")
    it = context.english.name(speakers[0]).it if len(speakers) == 1 else "they"
    who = phrases.parties(context, speakers)
    back = f" would have to take back what {it} {has} said in public."
    return (*risk, *((", and ", *who) if yields else (" ", *phrases.capital(who))), back)


def _step(context: Context, found: Ways, step: PathStep, k: int) -> Para:
    told = [phrases.doing(context, step, mover) for mover in step.movers]
    first = phrases.capital(phrases.joined(told))
    return Para(
        (
            *first,
            ", together and announced as one. " if len(told) > 1 else ". ",
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
    clauses: list[Inline] = [
        (
            context.party_at(mover),
            " could lose ",
            *phrases.part_of_scale(
                exposure,
                f"/path/steps/{k}/exposure/{names[mover]}",
                context.english.name(names[mover]).its,
            ),
        )
        for mover, exposure in risky
    ]
    if safe and (risky or not found.found.paths or found.found.paths[0].exposure):
        clauses.append((*phrases.parties(context, safe), " would be no worse off than now"))
    if clauses:
        told = ("If it ended here, or another party exploited it, ", *join(clauses), ".")
    for said in words_broken(found, Way((step,))):
        words = context.say(sentence(context.english.words(said)))
        told = (*told, *(" " * bool(told)), *words, " is not kept.")
    if step.yields:
        down = context.english.agree(step.yields, "it yields", "they yield")
        yielding = phrases.capital(phrases.parties(context, step.yields))
        does = context.english.agree(step.yields, "takes", "take")
        told = (*told, *(" " * bool(told)), *yielding, f" {does} a step down, so {down}.")
    return told


def _all_safe(best: Way) -> Inline:
    if best.exposure or len(best.steps) < 2:
        return ()
    return ("At no stage is a party that has moved worse off than it is now. ",)


def _simultaneity(found: Ways, best: Way) -> Inline:
    """Say where moving together is needed, and what it saves."""
    joint = [k for k, step in enumerate(best.steps) if len(step.movers) > 1]
    without = found.found.without_joint
    if not joint:
        return ("No two parties have to move at the same moment.",)
    marks = join([(number(k + 1, f"/path/steps/{k}/number"),) for k in joint])
    which: Inline = ("step " if len(joint) == 1 else "steps ", *marks)
    which = (*which, " at the same moment.")
    if without is None:
        lead: Inline = ("The parties have to take ", *which)
        return (*lead, " If they moved in turn, no way would lead there.")
    if without > best.exposure:
        lead = (
            "The parties have to take ",
            *which,
            " If they moved in turn, one of them could lose ",
        )
        return (*lead, *phrases.part_of_scale(without, "/path/without_joint"), ".")
    return (
        "It is better for the parties to take ",
        *which,
        " If they moved in turn, none would risk more, but they would have to go back on firmer "
        "words or take more steps down.",
    )


def _others(context: Context, found: Ways) -> Iterator[Block]:
    """Name the other ways that are as good."""
    others = found.found.paths[1:]
    if not others:
        return
    more = ", and there are more" if found.found.more else ""
    are = "way is" if len(others) == 1 else "ways are"
    n = phrases.counted(len(others), "/path/others#")
    yield Para((*phrases.capital((n,)), f" other {are} as good in every respect{more}."))
    yield Items(tuple(Para((*phrases.way(context, other.steps), ".")) for other in others))


def _nearest(context: Context, found: Ways) -> Iterator[Block]:
    if not found.goals:
        return
    if found.found.nearest == found.found.start:
        yield Para(("No state within reach is nearer to it than the present one.",))
        return
    levels = context.words.levels(found.found.nearest)
    yield Para(("At the nearest, ", *phrases.moved(context, levels), "."))

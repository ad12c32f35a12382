"""The sentences at the top of a dossier, which join its main answers."""

from __future__ import annotations

from detente.dossier.answers import Unanswered
from detente.dossier.page.blocks import Inline
from detente.dossier.say import percent
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context, number


def standfirst(context: Context) -> Inline:
    """Return one or two sentences; none where there is nothing to join."""
    first = [*_today(context), *_stuck(context)]
    second = [*_way(context), *_slide(context)]
    sentences = [_joined(first), _joined(second)]
    told: Inline = ()
    for sentence in sentences:
        if sentence:
            told = (*told, *((" ",) if told else ()), *phrases.capital(sentence), ".")
    return told


def _joined(pieces: list[Inline]) -> Inline:
    out: Inline = ()
    for piece in pieces:
        out = (*out, *(("; ",) if out else ()), *piece)
    return out


def _today(context: Context) -> list[Inline]:
    tally = context.answers.tally
    if isinstance(tally, Unanswered) or tally.today is None:
        return []
    concept = context.answers.plan.concept
    if concept in tally.today:
        return [(f"today’s situation holds among {phrases.view(concept)}",)]
    return [("today’s situation does not hold",)]


def _stuck(context: Context) -> list[Inline]:
    found = context.answers.deadlock
    if isinstance(found, Unanswered):
        return []
    goal = context.goal
    match found.verdict:
        case "deadlock":
            n = len(found.knots)
            if not n:
                return []
            knots = " knot of stated conditions and refusals" if n == 1 else " knots of them"
            if n == 1:
                return [(number(n, "/deadlock/knots#"), knots, f" stands in the way of {goal}")]
            return [
                (
                    "what was said aloud stands in the way of ",
                    goal,
                    " in ",
                    number(n, "/deadlock/knots#"),
                    " knots" if found.all_knots else " knots or more",
                )
            ]
        case "open":
            return [(f"nothing that was said aloud stands in the way of {goal}",)]
        case "impossible":
            return [(f"the rules of the case exclude {goal}",)]
    return [(f"{goal} is so already",)]


def _way(context: Context) -> list[Inline]:
    found = context.answers.path
    if isinstance(found, Unanswered):
        return []
    if not found.found.paths:
        return [(f"no way leads to {context.goal}",)]
    best = found.found.paths[0]
    if not best.steps:
        return []
    n = number(len(best.steps), "/path/steps#")
    steps = " step" if len(best.steps) == 1 else " steps"
    there: Inline = ("a way of ", n, steps, f" leads to {context.goal}")
    if best.exposure:
        return [
            (
                *there,
                " on which a mover risks up to ",
                *phrases.part_of_scale(best.exposure, "/path/exposure"),
            )
        ]
    return [(*there, ", and on it no mover risks anything against today")]


def _slide(context: Context) -> list[Inline]:
    found = context.answers.slide
    if isinstance(found, Unanswered):
        return []
    base = found.scenarios[0]
    if base.in_danger or base.at_goal or not base.chain.danger.any():
        return []
    name = context.formulas.name(found.settings.danger)
    within = float(base.hitting.within[-1])
    ticks = len(base.hitting.within) - 1
    return [
        (
            f"a slide into {name} by mistake has a probability of ",
            number(within, f"/risk/p_danger_within/{ticks}/1", percent(within)),
            " within ",
            number(ticks, "/risk/ticks"),
            " ticks, under assumed rates of error",
        )
    ]

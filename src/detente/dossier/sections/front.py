"""The first page: the answer in a sentence, who has to do what, what is judged and how firmly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.case.check import assumptions
from detente.case.lines import cited
from detente.case.understood import missing
from detente.dossier.answers import Unanswered
from detente.dossier.page.blocks import Inline, Mark, join, plain
from detente.dossier.page.dossier import Front, Panel, Side
from detente.dossier.say import written_day
from detente.dossier.sections import judging, margin, phrases
from detente.dossier.sections.context import Context, number
from detente.dossier.sections.draft import HEADLINE, NEXT, too_little, unfinished
from detente.dossier.sections.drawn.steps import finding
from detente.english.speech import listing, sentence
from detente.wayout.choreography import Way
from detente.wayout.results import Ways, taking_back, words_broken
from detente.wayout.steps import PathStep

MOST = 350
"""Words of the first page."""

CORE = 4
"""Judgements that are never left out."""

LONG = 360
"""Characters beyond which the answer counts the steps."""

LONGEST = 4
"""Steps of a way that the drawing shows, and that the answer tells one by one."""


def front(context: Context) -> Front:
    """Return the first page; where it would be too long, its least parts are left out."""
    headline, lead = _answer(context)
    picture, panels = _picture(context)
    page = Front(
        top=tuple(_top(context)),
        headline=headline,
        lead=lead,
        picture=picture,
        panels=panels,
        judgements=tuple(judging.judgements(context)),
        sides=tuple(margin.sides(context)),
        foot=tuple(_foot(context)),
    )
    return fitted(page)


def fitted(page: Front) -> Front:
    """Return a first page of at most :data:`MOST` words, if leaving out can bring it there.

    What has no rank stays. Of the rest sentence after sentence is put back, the most wanted
    first, as long as it fits; a fifth judgement comes last.
    """
    if page.words <= MOST:
        return page
    ranked = sorted((side for side in page.sides if side.rank), key=lambda side: side.rank)
    kept = {side.title: side.paras if not side.rank else () for side in page.sides}
    short = replace(page, judgements=page.judgements[:CORE], sides=_chosen(page, kept))
    for k in range(max((len(side.paras) for side in ranked), default=0)):
        for side in (one for one in ranked if len(one.paras) > k):
            tried = kept | {side.title: (*kept[side.title], side.paras[k])}
            longer = replace(short, sides=_chosen(page, tried))
            if longer.words <= MOST:
                kept, short = tried, longer
    whole = replace(short, judgements=page.judgements)
    return whole if whole.words <= MOST else short


def _chosen(page: Front, kept: dict[str, tuple[Inline, ...]]) -> tuple[Side, ...]:
    return tuple(replace(side, paras=kept[side.title]) for side in page.sides if kept[side.title])


def _top(context: Context) -> Iterator[Inline]:
    case, evidence = context.answers.case, context.answers.evidence
    day = f" · {case.as_of.day} {case.as_of:%B %Y}" if case.as_of else ""
    marked = [text for text in (case.handling, case.organisation, case.author) if text]
    yield (Mark("strong", case.title), day, *(f" · {text}" for text in marked))
    lines, assumed = len(list(cited(case))), len(assumptions(case))
    own = len(evidence.reports) - evidence.copies
    told: list[Inline] = []
    if evidence.reports:
        word = " independent report" if own == 1 else " independent reports"
        told.append((number(own, "/evidence/originals"), word, _dates(context)))
    if lines:
        told.append(
            (
                number(lines - assumed, "/case/sourced"),
                " of ",
                number(lines, "/case/lines"),
                " entries rest on them"
                if evidence.reports
                else " entries rest on words in reports",
            )
        )
    yield (*told[0], " · ", *told[1]) if len(told) > 1 else told[0] if told else ()


def _dates(context: Context) -> str:
    """Say from when to when the reports are."""
    days = sorted(r.date for r in context.answers.evidence.reports if r.date)
    if not days:
        return ""
    first, last = (written_day(text) or text for text in (days[0], days[-1]))
    if first == last:
        return f", {first}"
    month = first.split(" ")[-1]
    return f", {first.removesuffix(f' {month}') if last.endswith(month) else first} to {last}"


# --- the answer -------------------------------------------------------------------------------


def _answer(context: Context) -> tuple[Inline, Inline]:
    """Return the answer in a sentence, and what it asks of whom."""
    answers = context.answers
    if too_little(answers.case):
        why = " ".join(f"{sentence(one)}." for one in missing(answers.case))
        return (HEADLINE,), (f"{why} {NEXT}",)
    if isinstance(answers.target, Unanswered):
        return _today(context), ("The case does not say what should come about.",)
    found = answers.path
    if isinstance(found, Unanswered):
        return _by_words(context), (
            "The way there was not worked out, for the reason given under question six.",
        )
    if not found.found.paths:
        return _no_way(context, found)
    best = found.found.paths[0]
    if not best.steps:
        return ((f"{sentence(context.goal_is)} already.",), ("No party has to move for it.",))
    can = context.say(sentence(context.english.can(answers.target)))
    return (*can, _terms(context, found, best)), _lead(context, found, best)


def _terms(context: Context, found: Ways, best: Way) -> str:
    """Say on which terms it can come about: who moves first, who takes back its word."""
    if found.found.paths and best.exposure:
        return ", though at least one party has to take a risk."
    speakers = taking_back(found, best)
    if speakers:
        who = context.english.parties(speakers)
        (first, *more) = words_broken(found, best)
        if not more:
            one = "demand" if first in found.case.conditions else "position"
            return f" if {who} {context.english.agree(speakers, 'drops', 'drop')} a single {one}."
        back = f"{context.english.agree(speakers, 'goes', 'go')} back on what "
        it = context.english.name(speakers[0]).it if len(speakers) == 1 else "they"
        has = context.english.agree(speakers, "has", "have")
        return f" if {who} {back}{it} {has} said in public."
    if unfinished(context.answers.case):
        return ", as far as this draft knows, since no line that was read stands in the way."
    return ", and no party has to take back what it has said."


def _lead(context: Context, found: Ways, best: Way) -> Inline:
    """Say who does what, in what order, and what it costs whom."""
    lead: Inline = (*phrases.way(context, best.steps), ".")
    if len(best.steps) > LONGEST or len(plain(lead)) > LONG:
        movers = list(dict.fromkeys(m for step in best.steps for m in step.movers))
        lead = ("It takes ", phrases.counted(len(best.steps), "/path/steps#"), " steps, by ")
        lead = (*lead, *phrases.parties(context, movers), ".")
    for said in words_broken(found, best)[:1]:
        back = context.english.taking_all([said], "bare")
        lead = (
            *lead,
            *context.say(f" {sentence(context.english.party(said.party))} would {back}."),
        )
    return lead


def _no_way(context: Context, found: Ways) -> tuple[Inline, Inline]:
    target = context.answers.target
    assert not isinstance(target, Unanswered)
    cannot = context.say(sentence(context.english.can(target, denied=True)))
    if not found.goals:
        return (*cannot, "."), ("The rules of the case exclude it, whatever the parties do.",)
    near = context.words.levels(found.found.nearest)
    if found.found.nearest == found.found.start:
        return (*cannot, "."), ("No moves from the present situation bring it nearer.",)
    return (*cannot, "."), ("At the nearest, things are ", *phrases.situation(context, near), ".")


def _by_words(context: Context) -> Inline:
    """Answer from what was said alone."""
    found = context.answers.deadlock
    if isinstance(found, Unanswered) or found.verdict != "deadlock":
        return (f"Whether it can come about that {context.goal_is} is open.",)
    denial = context.say(sentence(context.english.denial(found.target)))
    return (*denial, ", because of what was said in public.")


def _today(context: Context) -> Inline:
    tally = context.answers.tally
    if isinstance(tally, Unanswered) or tally.today is None:
        return ("What can come of the present situation is open.",)
    if context.answers.plan.concept in tally.today:
        return ("The present situation can last, as no party gains by leaving it.",)
    return ("The present situation does not last, because at least one party gains by leaving it.",)


# --- the drawing ------------------------------------------------------------------------------


def _picture(context: Context) -> tuple[str, tuple[Panel, ...]]:
    """Return the way as panels, today first, with the finding above it."""
    found = context.answers.path
    if isinstance(found, Unanswered) or not found.found.paths:
        return "", ()
    best = found.found.paths[0]
    if not 1 <= len(best.steps) <= LONGEST:
        return "", ()
    names = context.answers.case.party_names
    ranks = found.graph.ranks
    start = best.steps[0].source

    def marks(state: int) -> tuple[tuple[str, int], ...]:
        told = []
        for p, name in enumerate(names):
            now, then = int(ranks[p].flat[start]), int(ranks[p].flat[state])
            told.append((name, (then > now) - (then < now)))
        return tuple(told)

    panels = [Panel((), ("Today",), marks(start))]
    for step in best.steps:
        movers = tuple(names[m] for m in step.movers)
        panels.append(Panel(movers, _deed(context, step), marks(step.target)))
    return finding(found, best), tuple(panels)


def _deed(context: Context, step: PathStep) -> Inline:
    """Say what is done in a step; without the party where there is one."""
    if len(step.movers) > 1:
        return phrases.capital(join([phrases.doing(context, step, m) for m in step.movers]))
    return phrases.capital(context.say(str(_after(context, step))))


def _after(context: Context, step: PathStep) -> str:
    old, new = context.words.levels(step.source), context.words.levels(step.target)
    party = context.answers.case.parties[step.movers[0]]
    return listing(context.english.changes(party, old, new))


def _foot(context: Context) -> Iterator[Inline]:
    answers = context.answers
    slide = answers.risk
    scale = " Likelihoods follow ICD 203."
    likely = "" if isinstance(slide, Unanswered) or answers.case.draft else scale
    yield (f"No forecast: it holds as far as the model does.{likely}",)
    yield (f"détente {answers.version} · {answers.case.name} · {answers.digest[:8]}",)

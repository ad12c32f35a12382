"""Question 8: how likely a slide into danger by mistake is."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.formula import to_text
from detente.case.model import Basis
from detente.dossier import say as words
from detente.dossier.answers import RiskFound, Unanswered
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
)
from detente.dossier.say import chance
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context, method, number, pointer, unanswered
from detente.dossier.sections.drawn import DRAWN
from detente.dossier.sections.entry import Entry
from detente.english.speech import sentence
from detente.risk.paths import Slide
from detente.risk.scenario import Scenario
from detente.risk.settings import Ground

SMALL = 100
"""A party whose missteps matter so many times less than another's hardly matters beside it."""

HORIZONS = (10,)
"""Ticks for which the table tells the probability, besides the last one."""


def section(context: Context) -> Section:
    """Return the section."""
    found = context.answers.risk
    title = "How likely is it that danger comes about by mistake?"
    if not isinstance(found, Unanswered):
        title = f"How likely is {_name(context, found)} by mistake?"
    return ENTRY.section(_blocks(context), title)


ENTRY = Entry(8, section, "risk", "How likely is a slide by mistake?", "risk")


def _name(context: Context, found: RiskFound) -> str:
    """Return the danger as it stands after a preposition."""
    return context.english.ing(found.settings.danger)


def _blocks(context: Context) -> Iterator[Block]:
    found = context.answers.risk
    if isinstance(found, Unanswered):
        yield unanswered(found)
        return
    yield Para(_answer(context, found), kind="answer")
    tick = context.answers.case.risk.tick or "time that the model does not know"
    lead = f"A tick is the time in which one party may act: {tick}. " if _timed(context) else ""
    yield Para(
        (
            f"{lead}All figures depend on the assumptions at the end of this section. Read them as "
            "orders of magnitude, and compare them with each other.",
        )
    )
    plates = [*DRAWN["risk"](context)]
    yield from plates
    table = _table(context, found)
    whose = tuple(_whose(context, found))
    yield Details("The same as a table, and whose missteps matter", (table, *whose))
    yield from _undefined(context, found)
    yield from _ways(context, found)
    yield from _assumptions(context, found)
    yield method(
        context,
        "The model is a Markov chain on the feasible states, in which each tick one party is drawn "
        "and moves, to its own advantage or, at its misstep rate, anyhow. The figures are solved "
        "for, not simulated.",
        context.command("risk"),
    )


def _answer(context: Context, found: RiskFound) -> Inline:
    base, name = found.scenarios[0], _name(context, found)
    h = base.hitting
    if base.in_danger:
        clause = context.english.clause(found.settings.danger)
        return (f"No mistake is needed, because the danger is there already, as {clause}.",)
    if base.at_goal:
        goal = _goal(context, found)
        return (f"{sentence(name)} cannot come first, because the goal is reached, as {goal}.",)
    if not base.chain.danger.any():
        return (f"No moves from here, wanted or not, lead to {name}.",)
    if h.p_danger == 0:
        return (f"Every way to {name} needs a mistake, and at these rates no party makes one.",)
    last = len(h.within) - 1
    within: Inline = ()
    if _timed(context):
        within = (", and within ", number(last, "/risk/ticks"), " ticks it is ")
        within = (*within, _within(h.within[last], last, "/risk"))
    before = f" before {_goal(context, found)}" if found.settings.goal is not None else ""
    told: Inline = (
        f"On the assumptions below, the chance of {name} by mistake is ",
        number(h.p_danger, "/risk/p_danger_before_goal", chance(h.p_danger)),
        before,
        *within,
        ".",
    )
    leading = words.leader(base)
    if leading is None:
        return told
    whose = context.say(f" {sentence(context.english.of(leading))}")
    return (*told, *whose, " missteps matter most.")


def _within(p: float, tick: int, at: str) -> Mark:
    return number(float(p), f"{at}/p_danger_within/{tick}/1", words.percent(float(p)))


def _goal(context: Context, found: RiskFound) -> str:
    goal = found.settings.goal
    return "" if goal is None else context.english.clause(goal)


def _whose(context: Context, found: RiskFound) -> Iterator[Block]:
    """Say how much a party's missteps matter, in points for one point, or for less."""
    of = words.moves_told(found.settings.misstep)
    h = found.scenarios[0].hitting
    names = context.answers.case.party_names
    told: list[Inline] = []
    known = {p: share for p, share in enumerate(h.share) if share is not None}
    least = max(words.NOTHING, max(map(abs, known.values()), default=0.0) / SMALL)
    for p, share in known.items():
        if abs(share) >= least:
            at = pointer("risk", "share", names[p])
            points = "" if told else " points" if of == 100 else f" in {of:,}"
            told.append(
                (number(share, at, words.points(share)), f"{points} for ", context.party_at(p))
            )
    hardly = [p for p, share in known.items() if abs(share) < least]
    if told:
        more = (
            "A party’s own missteps, if one percentage point more frequent, change"
            if of == 100
            else f"One more misstep in {of:,} moves of a party changes"
        )
        yield Para(
            (
                f"{more} the probability by ",
                *join(told),
                *(
                    (", but hardly at all for ", *phrases.parties(context, hardly))
                    if hardly
                    else ()
                ),
                ".",
            )
        )


def _table(context: Context, found: RiskFound) -> Table:
    scenarios = found.scenarios
    last = len(scenarios[0].hitting.within) - 1
    timed = _timed(context)
    ticks = [t for t in HORIZONS if t < last] + [last] if timed else []
    rows = []
    for k, one in enumerate(scenarios):
        at = "/risk" if not k else pointer("risk", "what_if", one.what_if)
        h = one.hitting
        head = ("as things are",) if not k else _forced(context, k, one)
        cells = [
            number(h.p_danger, f"{at}/p_danger_before_goal", words.percent(h.p_danger)),
            *(_within(h.within[t], t, at) for t in ticks),
            *(_until(h.expected_ticks, at) if timed else ()),
        ]
        rows.append((Cell(head), *(Cell((cell,), "number") for cell in cells)))
    by = [f"by tick {t:,}" for t in ticks]
    return Table(
        "The probability of danger, as things are and if something were otherwise for good",
        ("if", "before the goal", *by, *(("ticks until it ends either way",) if timed else ())),
        tuple(rows),
    )


def _until(ticks: float | None, at: str) -> tuple[str | Mark]:
    """Return how many ticks it takes until either comes."""
    if ticks is None:
        return ("–",)
    return (number(ticks, f"{at}/expected_ticks", words.digits(ticks)),)


def _timed(context: Context) -> bool:
    """Whether ticks are spoken of: where the case says what one stands for, or it was asked."""
    return context.alone or bool(context.answers.case.risk.tick)


def _undefined(context: Context, found: RiskFound) -> Iterator[Block]:
    """Say what the figures leave out."""
    base = found.scenarios[0]
    h = base.hitting
    if h.p_neither:
        shown = number(h.p_neither, "/risk/p_neither", words.percent(h.p_neither))
        yield Para(
            (
                "With a probability of ",
                shown,
                " neither ever comes, as the parties end where no way leads to either.",
                *_if_any(h.ticks_if_any),
            )
        )
    if found.settings.goal is not None and not base.chain.goal.any() and not base.in_danger:
        goal = context.english.ing(found.settings.goal)
        yield Para((f"No moves from here lead to {goal}, so nothing but danger ends it.",))
    jumping = [p for p, share in enumerate(h.share) if share is None]
    if jumping:
        yield Para(
            (
                "How much the missteps of ",
                *phrases.parties(context, jumping),
                " matter is not defined: the least change of their rate opens a way to danger "
                "from where there is none now.",
            )
        )
    moved = [one for one in found.scenarios if one.moved]
    if moved:
        yield Para(
            (
                "Where what is supposed does not hold now, its row begins at the nearest state "
                "where it does.",
            ),
            kind="fine",
        )


def _if_any(ticks: float | None) -> Inline:
    """Say how long it takes where it comes to one of them."""
    if ticks is None:
        return ()
    n = words.digits(ticks)
    return (f" Where it comes to one of them, that takes {n} ticks on average.",)


def _ways(context: Context, found: RiskFound) -> Iterator[Block]:
    base = found.scenarios[0]
    if not base.slides.ways:
        return
    yield Heading("The likeliest ways into it", "ways")
    yield Items(tuple(_way(context, k, way) for k, way in enumerate(base.slides.ways)))


def _way(context: Context, k: int, way: Slide) -> Para:
    told: Inline = ()
    for step, how in zip(way.steps, way.mistaken, strict=True):
        mistake = " by mistake" if how > words.SURE else ", wanted or by mistake"
        told = (
            *told,
            *((", then ",) if told else ()),
            *phrases.steps(context, [step]),
            mistake if how > words.LIKELY else "",
        )
    shown = number(way.probability, f"/risk/ways/{k}/probability", chance(way.probability))
    return Para((*phrases.capital(told), " (", shown, ")."))


def _assumptions(context: Context, found: RiskFound) -> Iterator[Block]:
    yield Heading("What this assumes", "assumed")
    items: dict[tuple[str, str, str, str], list[str]] = {}
    for ground in found.settings.grounds:
        kind, _, party = ground.what.partition(" ")
        items.setdefault((kind, ground.value, ground.origin, ground.note), []).append(party)
    yield Items(
        tuple(
            _assumption(context, Ground(kind, value, origin, note), who)  # type: ignore[arg-type]
            for (kind, value, origin, note), who in items.items()
        )
    )


KINDS = {"misstep": "Misstep rate", "tempo": "Tempo", "behaviour": "When no party errs"}

CONDUCT = {
    "improve": "a party makes one of its improvements, each as likely",
    "softmax": "a party makes one of its improvements, the larger ones more likely",
    "cautious": "a party makes only improvements that the others would not punish",
}


def _assumption(context: Context, ground: Ground, who: list[str]) -> Para:
    """Tell one assumption, of all the parties for which it is the same."""
    case = context.answers.case
    kind = ground.what
    notes = (_note(context, kind, who[0], ground),)
    if kind in ("danger", "goal"):
        settings = context.answers.risk
        formula = getattr(settings.settings, kind) if isinstance(settings, RiskFound) else None
        named = ground.value if formula is None else context.formulas.label(formula)
        return Para((f"{kind.capitalize()}: ", named, "."), notes)
    if kind == "behaviour":
        told = CONDUCT.get(ground.value.split(" ")[0], ground.value)
        return Para((f"{KINDS[kind]}, {told}.",), notes)
    whose: Inline = ("every party",)
    if len(who) < len(case.parties):
        whose = join([(context.party(name),) for name in who])
    shown = number(float(ground.value), pointer("risk", kind, who[0]), ground.value)
    return Para((f"{KINDS[kind]} of ", *whose, ": ", shown, "."), notes)


def _note(context: Context, kind: str, party: str, ground: Ground) -> Note:
    """Return where an assumption comes from."""
    if ground.origin in ("usual", "asked"):
        why = "nothing is said about it" if ground.origin == "usual" else "asked for"
        return Note("", why, assumed=True)
    return context.sources.note("", _basis(context, kind, party))


def _basis(context: Context, kind: str, party: str) -> Basis:
    risk = context.answers.case.risk
    statement = {"danger": risk.danger, "goal": risk.goal, "behaviour": risk.behaviour}.get(kind)
    if statement is not None:
        return statement.basis
    single, rest = (risk.missteps, risk.misstep) if kind == "misstep" else (risk.tempos, risk.tempo)
    figure = dict(single).get(party, rest)
    return Basis() if figure is None else figure.basis


def _forced(context: Context, k: int, one: Scenario) -> Inline:
    """Return what the case asks about in words; what was asked besides, as it was asked."""
    asked = context.answers.case.risk.what_if
    formula = asked[k - 1].formula if k - 1 < len(asked) else None
    if formula is not None and to_text(formula) == one.what_if:
        return context.say(context.formulas.clause(formula))
    return (one.what_if,)

"""What is judged on the first page: each judgement, and apart from it how firm it is and why.

How firm a judgement is follows from the lines of the case that it rests on: *high* if all of them
stand in reports, and in two of them at least that do not repeat each other; *low* if most of them
are assumed, or it hangs on a rate that nobody knows; *moderate* else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeAlias

from detente.case.model import Basis, Statements
from detente.dossier.answers import RiskFound, Unanswered
from detente.dossier.page.blocks import Inline, Note, join
from detente.dossier.page.dossier import Judgement
from detente.dossier.say import chance, in_words, spelled
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context, number
from detente.dossier.sections.draft import unfinished
from detente.dossier.text.turns import first_wish, turning
from detente.doubt.radius import ways_in_order
from detente.english.speech import sentence
from detente.risk.scenario import Scenario
from detente.wayout.carry import Lean, steps_that_pay
from detente.wayout.deadlock import Deadlock, Said
from detente.wayout.results import Ways
from detente.wayout.who import Means

EVEN = 0.55
"""Above this chance it is said that all time to come is reckoned with."""

MOST = 3
"""Groups that can bring the danger about, named on the first page."""

Firm: TypeAlias = Literal["high", "moderate", "low"]


def judgements(context: Context) -> Iterator[Judgement]:
    """Yield up to five judgements, in the order of the questions."""
    found = context.answers.deadlock
    if not isinstance(found, Unanswered):
        yield from _stuck(context, found)
    way = context.answers.path
    if not isinstance(way, Unanswered) and way.found.paths and way.found.paths[0].steps:
        yield _way(context, way)
    yield from _danger(context)
    yield from _zone(context)


# --- how firm ---------------------------------------------------------------------------------


def firmness(context: Context, bases: Sequence[Basis]) -> Firm:
    """Return how firm a judgement is that rests on some lines of the case."""
    assumed = sum(not basis.cite for basis in bases)
    if not bases or 2 * assumed > len(bases):
        return "low"
    return "high" if not assumed and len(reports(context, bases)) > 1 else "moderate"


def reports(context: Context, bases: Iterable[Basis]) -> set[str]:
    """Return the reports that some lines cite; of copies the original counts."""
    evidence = context.answers.evidence
    original = {r.report: r.duplicate_of or r.report for r in evidence.records}
    named = set()
    for cite in (cite for basis in bases for cite in basis.cite):
        place = evidence.locate(cite)
        if place is not None:
            named.add(place.report)
        elif not evidence.reports:  # they do not lie beside the case
            named.add(cite.report)
    return {original.get(name, name) for name in named}


def _rests(context: Context, bases: Sequence[Basis]) -> str:
    """Say what a judgement rests on, as a sentence."""
    n, assumed = len(reports(context, bases)), sum(not basis.cite for basis in bases)
    told = f"{spelled(n)} report{'' if n == 1 else 's'}" if n else ""
    lines = f"{spelled(assumed)} assumption{'' if assumed == 1 else 's'}" if assumed else ""
    both = " and ".join(part for part in (told, lines) if part)
    return f"{sentence(both)}." if both else "No report."


# --- what stands in the way -------------------------------------------------------------------


def _stuck(context: Context, found: Deadlock) -> Iterator[Judgement]:
    if found.verdict == "open":
        plain = f"Nothing that was said in public stands in the way of {context.goal}."
        told = unfinished(context.answers.case) or plain
        yield Judgement((told,), "moderate", ("What was said alone.",), "q4")
        return
    if found.verdict != "deadlock" or not found.knots:
        return
    knot = [found.said(name) for name in found.knots[0]]
    denial = sentence(context.english.denial(found.target))
    told = "; ".join(context.english.said(said) for said in knot)
    clash = "one public position excludes it" if len(knot) == 1 else "public positions clash"
    if len(knot) == 2:
        clash = "two public positions exclude each other"
    bases = [said.basis for said in knot]
    common = [n for n in found.knots[0] if all(n in other for other in found.knots)]
    turn: Inline = ()
    if common and found.all_knots:
        first = found.said(common[0])
        turn = context.say(f" It falls if {context.english.party(first.party)} did not mean it.")
    yield Judgement(
        context.say(f"{denial} because {clash}: {told}."),
        firmness(context, bases),
        (_rests(context, bases), *turn),
        "q4",
        _notes(context, knot),
    )
    if found.concessions:
        yield _concession(context, found)


def _concession(context: Context, found: Deadlock) -> Judgement:
    first = found.concessions[0]
    told: list[Inline] = []
    for party, _ in first.burden:
        own = [found.said(k) for k in first.drop if found.said(k).party == party]
        name = context.english.name(party)
        gives = "gives up its refusal" if len(own) == 1 else "gives up its refusals"
        if any(said in found.case.conditions for said in own):
            gives = "gives up that condition" if _told(found, own) else "gives up a condition"
        if name.many:
            gives = gives.replace("gives", "give").replace("its", "their")
        told.append((context.party(party), f" {gives}"))
    ties = sum(c.cost == first.cost for c in found.concessions)
    more = "nothing smaller would do" if ties == 1 else "other ways cost as much"
    bases = [found.said(name).basis for name in first.drop]
    return Judgement(
        ("Once ", *join(told), f", nothing else that was said stands in the way; {more}."),
        firmness(context, bases),
        ("It follows from the first.",),
        "q5",
    )


def _told(found: Deadlock, own: Sequence[Said]) -> bool:
    """Whether what is given up was told in the first judgement."""
    return all(said.id in found.knots[0] for said in own)


def _notes(context: Context, knot: Sequence[Said]) -> tuple[Note, ...]:
    return tuple(context.said_note(said) for said in knot)


# --- the way ----------------------------------------------------------------------------------


def _way(context: Context, found: Ways) -> Judgement:
    best = found.found.paths[0]
    n, pay = len(best.steps), steps_that_pay(found, best)
    each = "The step pays" if n == 1 else "Each step pays"
    told = f"{each} for whoever takes it" if pay == n else "Not every step pays at once"
    under = found.ends[0].under
    if "nash" in under:
        told += ", and where it ends nobody gains by leaving."
    elif under:
        told += ", and whoever left at its end would be answered."
    else:
        told += ", and where it ends somebody would leave."
    leans = context.answers.leans
    bases, turn = [], ""
    if not isinstance(leans, Unanswered):
        case = context.answers.case
        for lean in leans:
            wants = case.parties[lean.party].preferences
            assert isinstance(wants, Statements)
            bases.append(wants.statements[lean.wish].basis)
        turn = _if_wishes_fall(context, leans) if leans else " No single wish turns it."
    rests = _rests(context, bases) if bases else "The wishes of those who move."
    firm = firmness(context, bases) if bases else "moderate"
    return Judgement((told,), firm, (rests, turn), "q6")


def _if_wishes_fall(context: Context, leans: Sequence[Lean]) -> str:
    """Say which wish turns a judgement if it falls, and how many others would."""
    first = first_wish(context.answers.case, leans[0].party, leans[0].wish)
    n = len(leans) - 1
    more = f", or {spelled(n)} other{'' if n == 1 else 's'} alone" if n else ""
    return f" It turns if {first} falls{more}."


# --- the danger -------------------------------------------------------------------------------


def _danger(context: Context) -> Iterator[Judgement]:
    found = context.answers.slide
    if isinstance(found, Unanswered):
        return
    who = _who(context, found)
    slide = () if context.answers.case.draft else _slide(context, found)
    if not who and not slide:
        return
    space = (" ",) if who and slide else ()
    rests, firm = _errors(context, found) if slide else (("It holds by any moves.",), "moderate")
    yield Judgement((*who, *space, *slide), firm, rests, "q8")


def _who(context: Context, found: RiskFound) -> Inline:
    """Say who alone or together can bring the danger about for good."""
    asked = context.answers.who
    about = () if isinstance(asked, Unanswered) else asked
    power = next((w.found for w in about if w.target == found.settings.danger), None)
    if power is None:
        return ()
    groups = [m for m in power.any_moves.makers if m.group]
    if not groups or len(groups) > MOST:
        return ()
    thing = context.english.ing(found.settings.danger)
    singles = all(len(m.group) == 1 for m in groups)
    named = _either(context, groups)
    told: Inline = (*phrases.capital(named), " alone" if singles else "", " could bring about ")
    told = (*told, f"{thing} that nobody could undo")
    stop = [m for m in power.any_moves.preventers if m.group]
    if len(stop) == 1 and len(stop[0].group) > 1:
        both = "both" if len(stop[0].group) == 2 else "all"
        same = {p for m in groups for p in m.group} == set(stop[0].group)
        who = (both,) if same else phrases.parties(context, stop[0].group)
        told = (*told, "; only ", *who, " together could rule it out")
    return (*told, ".")


def _either(context: Context, groups: Sequence[Means]) -> Inline:
    named = [phrases.parties(context, m.group) for m in groups]
    either = ("either ",) if len(named) == 2 else ()
    return (*either, *join(named, "or"))


def _slide(context: Context, found: RiskFound) -> Inline:
    """Say how likely a slide by mistake is, in the words of one scale, with the figure."""
    base = found.scenarios[0]
    h = base.hitting
    if base.in_danger or base.at_goal or not base.chain.danger.any():
        return ()
    thing = context.english.ing(found.settings.danger)
    before = ""
    if found.settings.goal is not None:
        before = f" before {context.english.clause(found.settings.goal)}"
    figure = number(h.p_danger, "/risk/p_danger_before_goal", chance(h.p_danger))
    told: Inline = (f"{_there_is(h.p_danger)} (", figure, ")")
    told = (*told, *context.say(f" that it comes to {thing} by mistake{before}"))
    return (*told, *_otherwise(context, found), ".")


def _there_is(p: float) -> str:
    """Begin a sentence about a chance: "There is almost no chance", "It is very unlikely"."""
    term = in_words(p)
    return f"There is {term}" if term.endswith("chance") else f"It is {term}"


def _otherwise(context: Context, found: RiskFound) -> Inline:
    """Say under which what-if the chance is most different."""
    asked = context.answers.case.risk.what_if
    base = found.scenarios[0].hitting.p_danger
    told: list[tuple[float, int, Scenario]] = []
    for k, one in enumerate(found.scenarios[1:]):
        if k < len(asked):
            told.append((abs(one.hitting.p_danger - base), k, one))
    if not told:
        return ()
    most, k, one = max(told, key=lambda row: row[0])
    p = one.hitting.p_danger
    if in_words(p) == in_words(base) or not most:
        return ()
    clause = context.english.clause(asked[k].formula)
    from detente.dossier.sections.context import pointer

    at = pointer("risk", "what_if", one.what_if, "p_danger_before_goal")
    return (
        *context.say(f"; if {clause}, {_there_is(p)[0].lower()}{_there_is(p)[1:]} ("),
        number(p, at, chance(p)),
        "), sooner or later" if p > EVEN else ")",
    )


def _errors(context: Context, found: RiskFound) -> tuple[Inline, Firm]:
    """Say what the chance hangs on: how often anybody errs."""
    grounds = [g for g in found.settings.grounds if "misstep" in g.what]
    if grounds and all(ground.origin == "cited" for ground in grounds):
        return ("How often anybody errs is taken from reports.",), "moderate"
    return ("How often anybody errs is a guess.",), "low"


# --- what all would rather have ---------------------------------------------------------------


def _zone(context: Context) -> Iterator[Judgement]:
    found = context.answers.zone
    if isinstance(found, Unanswered):
        return
    n = int(found.found.states.sum())
    bases = [
        s.basis
        for p in context.answers.case.parties
        for s in (p.preferences.statements if isinstance(p.preferences, Statements) else ())
    ]
    rests: Inline = ("All wishes of the model.", _if_turned(context))
    if not n:
        told = "Nothing that could be is better than today for all of them."
        yield Judgement((told,), firmness(context, bases), rests, "q10")
        return
    target = context.answers.target
    all_goal = False
    if not isinstance(target, Unanswered):
        mask = found.graph.space.truth(found.case)(target)
        all_goal = not bool((found.found.states & ~mask).any())
    so = f"; in {'it' if n == 1 else 'each of them'} {context.goal_is}" if all_goal else ""
    head = spelled(n)
    first = sentence(head) if head.isalpha() else number(n, "/zone/zone")
    after = context.say(
        f" situation{'' if n == 1 else 's'} would be better for all than today{so}."
    )
    yield Judgement((first, *after), firmness(context, bases), rests, "q10")


def _if_turned(context: Context) -> str:
    """Say which single change of the wishes turns it; nothing where that was not worked out."""
    found = context.answers.zone_turn
    if isinstance(found, Unanswered) or found.stopped == "time":
        return ""
    if not found.turns:
        return " No single change of what they want turns it."
    way, graph = ways_in_order(found)[0], context.answers.zone
    assert not isinstance(graph, Unanswered)
    n = len(found.turns) - 1
    more = f"; {spelled(n)} other change{' does' if n == 1 else 's do'}, too" if n else ""
    return f" It turns if {turning(context.answers.case, graph.graph, way[0])}{more}."

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
from detente.dossier.sections.context import Context, number, pointer
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
    """Say what a judgement rests on, as a sentence without its full stop."""
    n, assumed = len(reports(context, bases)), sum(not basis.cite for basis in bases)
    told = f"{spelled(n)} report{'' if n == 1 else 's'}" if n else ""
    lines = f"{spelled(assumed)} assumption{'' if assumed == 1 else 's'}" if assumed else ""
    both = " and ".join(part for part in (told, lines) if part)
    return f"It rests on {both or 'no report'}"


# --- what stands in the way -------------------------------------------------------------------


def _stuck(context: Context, found: Deadlock) -> Iterator[Judgement]:
    if found.verdict == "open":
        plain = f"Nothing that was said in public stands in the way of {context.goal}."
        told = unfinished(context.answers.case) or plain
        yield Judgement((told,), "moderate", ("It rests on what was said alone.",), "q4")
        return
    if found.verdict != "deadlock" or not found.knots:
        return
    knot = [found.said(name) for name in found.knots[0]]
    denial = sentence(context.english.denial(found.target))
    clash = "two public positions cannot both be kept"
    if len(knot) > 2:
        clash = f"{spelled(len(knot))} public positions cannot all be kept"
    bases = [said.basis for said in knot]
    common = [n for n in found.knots[0] if all(n in other for other in found.knots)]
    turn: Inline = ()
    if common and found.all_knots:
        first = found.said(common[0])
        bluffs = context.english.agree([first.party], "was", "were")
        turn = context.say(f", and falls if {context.english.party(first.party)} {bluffs} bluffing")
    because = f"{clash}. {positions(context, knot)}"
    if len(knot) == 1:
        because = context.english.said(knot[0])
    yield Judgement(
        context.say(f"{denial} because {because}."),
        firmness(context, bases),
        (_rests(context, bases), *turn, "."),
        "q4",
        _notes(context, knot),
    )
    if found.concessions:
        yield _concession(context, found)


def positions(context: Context, knot: Sequence[Said]) -> str:
    """Say what was said aloud and clashes, in sentences, the last without its full stop."""
    english = context.english
    if len(knot) != 2:
        return ". ".join(sentence(english.said(said)) for said in knot)
    first, second = knot
    if first.party != second.party:
        return f"{sentence(english.said(first))}, whereas {english.said(second)}"
    it = english.name(first.party).it
    return f"{sentence(english.said(first))}, but {it} also {english.saying(second)}"


def _concession(context: Context, found: Deadlock) -> Judgement:
    first = found.concessions[0]
    told: list[Inline] = []
    for party, _ in first.burden:
        own = [found.said(k) for k in first.drop if found.said(k).party == party]
        name = context.english.name(party)
        noun = kind_of(context, own)
        those = f"{spelled(len(own))} of {name.its} {noun}s"
        if len(own) == 1 and _told(found, own):
            those = f"that {noun}"
        told.append((context.party(party), f" dropped {those}"))
    ties = sum(c.cost == first.cost for c in found.concessions)
    more = "Nothing less would do." if ties == 1 else "Other ways would cost as much."
    bases = [found.said(name).basis for name in first.drop]
    return Judgement(
        ("If ", *join(told), f", no other position would stand in the way. {more}"),
        firmness(context, bases),
        ("It follows from the first.",),
        "q5",
    )


def kind_of(context: Context, own: Sequence[Said]) -> str:
    """Return the noun for what a party said: demands, refusals, or positions of both kinds."""
    asked = sum(said in context.answers.case.conditions for said in own)
    return "refusal" if not asked else "demand" if asked == len(own) else "position"


def _told(found: Deadlock, own: Sequence[Said]) -> bool:
    """Whether what is given up was told in the first judgement."""
    return all(said.id in found.knots[0] for said in own)


def _notes(context: Context, knot: Sequence[Said]) -> tuple[Note, ...]:
    return tuple(context.said_note(said) for said in knot)


# --- the way ----------------------------------------------------------------------------------


def _way(context: Context, found: Ways) -> Judgement:
    best = found.found.paths[0]
    n, pay = len(best.steps), steps_that_pay(found, best)
    each = "The step" if n == 1 else "Every step"
    told = f"{each} benefits the party that takes it" if pay == n else "Not every step pays at once"
    under = found.ends[0].under
    told += ", and " if (pay == n) == bool(under) else ", but "
    if "nash" in under:
        told += "once there none gains by walking away."
    elif under:
        told += "a party that walked away at the end would have to expect an answer."
    else:
        told += "at the end at least one party would walk away."
    leans = context.answers.leans
    bases, turn = [], ""
    if not isinstance(leans, Unanswered):
        case = context.answers.case
        for lean in leans:
            wants = case.parties[lean.party].preferences
            assert isinstance(wants, Statements)
            bases.append(wants.statements[lean.wish].basis)
        turn = _if_wishes_fall(context, leans) if leans else ", and no single wish would reverse it"
    rests = _rests(context, bases) if bases else "It rests on the wishes of those who move"
    firm = firmness(context, bases) if bases else "moderate"
    return Judgement((told,), firm, (f"{rests}{turn}.",), "q6")


def _if_wishes_fall(context: Context, leans: Sequence[Lean]) -> str:
    """Say which wish turns a judgement if it falls, and how many others would."""
    first = first_wish(context.answers.case, leans[0].party, leans[0].wish)
    n = len(leans) - 1
    more = f", or {'one other' if n == 1 else f'any of {spelled(n)} others'}" if n else ""
    return f", and turns if {first} is wrong{more}"


# --- the danger -------------------------------------------------------------------------------


def _danger(context: Context) -> Iterator[Judgement]:
    found = context.answers.risk
    if isinstance(found, Unanswered):
        return
    who = _who(context, found)
    slide = () if context.answers.case.draft else _slide(context, found)
    if not who and not slide:
        return
    space = (" ",) if who and slide else ()
    rests, firm = (
        _errors(context, found)
        if slide
        else (("This holds whatever moves they make.",), "moderate")
    )
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
    thing = phrases.lasting(context, found.settings.danger)
    told: Inline = (*phrases.capital(_each(context, groups)), *context.say(f" bring about {thing}"))
    stop = [m for m in power.any_moves.preventers if m.group]
    if len(stop) == 1 and len(stop[0].group) > 1:
        if {p for m in groups for p in m.group} == set(stop[0].group):
            return (*told, ", but rule it out only together.")
        told = (*told, ", and only ", *phrases.parties(context, stop[0].group))
        return (*told, " together could rule it out.")
    return (*told, ".")


def _each(context: Context, groups: Sequence[Means]) -> Inline:
    """Say which groups can: ``A and B could each``, ``A alone, or B and C together, could``."""
    if all(len(m.group) == 1 for m in groups):
        who = join([phrases.parties(context, m.group) for m in groups])
        return (*who, " could each" if len(groups) > 1 else " alone could")
    named = [
        (*phrases.parties(context, m.group), " together" if len(m.group) > 1 else " alone")
        for m in groups
    ]
    return (*join(named, "or"), " could")


def _slide(context: Context, found: RiskFound) -> Inline:
    """Say how likely a slide by mistake is, in the words of one scale, with the figure."""
    base = found.scenarios[0]
    h = base.hitting
    if base.in_danger or base.at_goal or not base.chain.danger.any():
        return ()
    danger = found.settings.danger
    thing = context.english.ing(danger)
    before = ""
    if found.settings.goal is not None:
        before = f" before {context.english.clause(found.settings.goal)}"
    figure = number(h.p_danger, "/risk/p_danger_before_goal", chance(h.p_danger))
    term = in_words(h.p_danger)
    is_ = "There is" if term.endswith("chance") else "It is"
    if not phrases.is_thing(context, danger):
        so = context.say(f") that {context.english.clause(danger)} by mistake{before}.")
        told: Inline = (f"{is_} {term} (", figure, *so)
    elif term.endswith("chance"):
        told = (f"{is_} {term} (", figure, ")")
        told = (*told, *context.say(f" of {thing} by mistake{before}."))
    else:
        told = (*context.say(sentence(f"{thing} by mistake{before} is {term} (")), figure, ").")
    return (*told, *_otherwise(context, found))


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
    at = pointer("risk", "what_if", one.what_if, "p_danger_before_goal")
    term, over_time = in_words(p), " over time" if p > EVEN else ""
    is_ = f"there is {term}" if term.endswith("chance") else f"it becomes {term}{over_time}"
    of_it = " of it" if term.endswith("chance") else ""
    return (*context.say(f" If {clause}, {is_} ("), number(p, at, chance(p)), f"){of_it}.")


def _errors(context: Context, found: RiskFound) -> tuple[Inline, Firm]:
    """Say what the chance hangs on: how often the parties err."""
    grounds = [g for g in found.settings.grounds if "misstep" in g.what]
    if grounds and all(ground.origin == "cited" for ground in grounds):
        return ("How often the parties err is taken from reports.",), "moderate"
    return ("How often the parties err is a guess.",), "low"


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
    rests: Inline = (f"It rests on all wishes of the model{_if_turned(context)}.",)
    if not n:
        told = "No possible situation would be better for all of them than the present one."
        yield Judgement((told,), firmness(context, bases), rests, "q10")
        return
    target = context.answers.target
    all_goal = False
    if not isinstance(target, Unanswered):
        mask = found.graph.space.truth(found.case)(target)
        all_goal = not bool((found.found.states & ~mask).any())
    so = f", and in {'it' if n == 1 else 'each of them'} {context.goal_is}" if all_goal else ""
    head = spelled(n)
    first = sentence(head) if head.isalpha() else number(n, "/zone/zone")
    after = context.say(
        f" situation{'' if n == 1 else 's'} would be better for all than the present one{so}."
    )
    yield Judgement((first, *after), firmness(context, bases), rests, "q10")


def _if_turned(context: Context) -> str:
    """Say which single change of the wishes turns it; nothing where that was not worked out."""
    found = context.answers.zone_turn
    if isinstance(found, Unanswered) or found.stopped == "time":
        return ""
    if not found.turns:
        return ", and no single change in them would reverse it"
    way, graph = ways_in_order(found)[0], context.answers.zone
    assert not isinstance(graph, Unanswered)
    n = len(found.turns) - 1
    more = f", or by {'one other change' if n == 1 else f'any of {spelled(n)} others'}" if n else ""
    return f", and is reversed if {turning(context.answers.case, graph.graph, way[0])}{more}"

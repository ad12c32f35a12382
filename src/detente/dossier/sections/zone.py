"""Question 10: what all would rather have than today, who blocks it, what comes nearest."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from detente.dossier.answers import Unanswered
from detente.dossier.page.blocks import (
    Block,
    Cell,
    Details,
    Heading,
    Inline,
    Items,
    Mark,
    Para,
    Section,
    Table,
    join,
)
from detente.dossier.say import percent_of
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context, method, number, pointer, unanswered
from detente.dossier.sections.drawn import DRAWN
from detente.dossier.sections.entry import Entry
from detente.dossier.words import concept_name
from detente.english.speech import listing
from detente.graph.model import BoolArray
from detente.stability.patterns import cover
from detente.wayout.misses import Miss, wish_of
from detente.wayout.results import Zone

PATTERNS = 3
"""Patterns of states told."""

NEAREST = 4
"""Kinds of outcomes that come nearest told."""


def section(context: Context) -> Section:
    """Return the section."""
    title = "Is there anything that all would rather have than what is now, and who blocks it?"
    return ENTRY.section(_blocks(context), title)


ENTRY = Entry(10, section, "zone", "Would all rather have something else?")


def _blocks(context: Context) -> Iterator[Block]:
    result = context.answers.zone
    if isinstance(result, Unanswered):
        yield unanswered(result)
        return
    yield Para(_answer(context, result), kind="answer")
    plates = [*DRAWN["zone"](context)]
    yield from plates
    if _size(result.found.states):
        patterns = Items(tuple(_patterns(context, result, result.found.states)))
        yield Details("All of them, as patterns", (patterns,)) if plates else patterns
        yield Para(_quality(result))
    else:
        yield from _nearest(context, result)
    yield Para(_blocked(context, result))
    yield Para((*_stalemate(context, result), " ", *_hurting(context, result)))
    yield _alone(context, result)
    if result.silent:
        told = phrases.silent(context, result.silent)
        yield Para((*told, ", so their gain is not asked for."), kind="fine")
    yield method(
        context,
        "A party gains where it is strictly better off than now. A situation holds if no party "
        "would leave it. What a party can make sure of alone is the best that one move of its own, "
        "or none, leaves it with whatever improvements the others make. The present situation is "
        "called painful if at most a quarter of all situations are worse for the party, or the "
        "analyst says so.",
        context.command("zone"),
    )


def _size(states: BoolArray) -> int:
    return int(np.count_nonzero(states))


def _count(n: int, at: str) -> Mark:
    return phrases.counted(n, at, "none")


def _situations(n: int, at: str) -> Inline:
    return (phrases.counted(n, at), " situation" if n == 1 else " situations")


def _everybody(context: Context, result: Zone) -> Inline:
    members = result.found.parties
    all_ = len(members) == len(result.case.parties) - len(result.silent)
    if all_ and len(members) > 2:
        return ("all ", phrases.counted(len(members), "/zone/parties#"), " parties")
    return phrases.parties(context, members)


def _answer(context: Context, result: Zone) -> Inline:
    found, everybody = result.found, _everybody(context, result)
    n = _size(found.states)
    if not n:
        told: Inline = ("No possible situation would be better for ", *everybody)
        told = (*told, " than the present one.")
        return (*told, *_nearest_in_short(context, result))
    told = ("In ", *_situations(n, "/zone/zone"), ", ", *everybody, " would be better off than now")
    inside = _size(result.within)
    if result.target is None:
        return (*told, ".")
    goal = context.english.clause(result.target)
    if inside == n:
        each = "in it" if n == 1 else "in each of them"
        return (*told, ", and ", *context.say(f"{goal} {each}."))
    if not inside:
        nowhere = (
            f"{goal} in none of them" if n > 1 else f"{context.english.denial(result.target)} in it"
        )
        return (*told, ", but ", *context.say(f"{nowhere}."))
    share = (phrases.counted(inside, "/zone/in_target"), " of them ")
    return (*told, ", and in ", *share, *context.say(goal), ".")


def _nearest_in_short(context: Context, result: Zone) -> Inline:
    nearest = result.found.nearest
    if not nearest:
        return (" For each of them the present one is the best there is.",)
    told: list[Inline] = []
    for key in dict.fromkeys(tuple(miss.party for miss in near.misses) for near in nearest):
        who = phrases.parties(context, key)
        if len(key) > 1:
            told.append(("for ", *who))
            continue
        # Where one party alone is failed, all others gain.
        at = pointer("zone", "without", result.graph.parties[key[0]])
        k = result.found.parties.index(key[0])
        told.append(("for ", *who, " in ", *_situations(_size(result.found.without[k]), at)))
    return (" Those that come nearest fall short ", *join(told[:NEAREST]), ".")


def _patterns(context: Context, result: Zone, states: BoolArray) -> Iterator[Para]:
    """Yield a set of states in few words."""
    graph = result.graph
    told = cover(states, graph.singly(graph.feasible), space=graph.space, limit=PATTERNS)
    for pattern in told.patterns:
        yield Para((*phrases.capital(phrases.pattern(context, pattern)), "."))
    if told.left_out:
        yield Para(("There are more of the same kind.",))


def _quality(result: Zone) -> Inline:
    found = result.found
    n = _size(found.states)
    best = _size(found.pareto)
    told: Inline = (
        *phrases.capital((_count(best, "/zone/pareto"),)),
        " of these cannot be improved for one party without harm to another. ",
    )
    holding: list[Inline] = [
        (
            _count(_size(states), pointer("zone", "hold", name)),
            f" {'holds' if _size(states) < 2 else 'hold'} under {concept_name(name)}",
        )
        for name, states in found.hold
        if name in ("nash", "seq")
    ]
    if holding:
        told = (*told, *phrases.capital(join(holding)), ". ")
    reach, willing = _size(found.reachable), _size(found.willingly)
    which: Inline = ("all",) if reach == n else (phrases.counted(reach, "/zone/reachable", "none"),)
    return (
        *told,
        *phrases.capital(which),
        " can be reached from the present situation, ",
        "" if willing else "but ",
        _count(willing, "/zone/by_improvements"),
        " of them by steps that each benefit the party that takes them.",
    )


def _nearest(context: Context, result: Zone) -> Iterator[Block]:
    """Tell what comes nearest: whom it fails, and by which wish."""
    found = result.found
    if not found.nearest:
        return
    yield Heading("What comes nearest")
    for k, near in enumerate(found.nearest[:NEAREST]):
        why = phrases.joined(
            [
                _miss(context, result, miss, f"/zone/nearest/{k}/fails/{j}/place")
                for j, miss in enumerate(near.misses)
            ]
        )
        n = _situations(_size(near.states), f"/zone/nearest/{k}/states")
        yield Para(("In ", *n, " all others gain, but ", *why, "."))
        yield Items(tuple(_patterns(context, result, near.states)))


def _miss(context: Context, result: Zone, miss: Miss, at: str) -> Inline:
    who = (context.party_at(miss.party),)
    verb = context.english.agree([miss.party], " loses", " lose")
    if not miss.worse:
        is_ = context.english.agree([miss.party], " is", " are")
        return (*who, f"{is_} no better off than now")
    wish = wish_of(result.case, miss)
    if wish is None:
        is_ = context.english.agree([miss.party], " is", " are")
        return (*who, f"{is_} worse off than now")
    name = result.case.party_names[miss.party]
    told = context.english.to(wish, name)
    place, its = phrases.ranked(miss.wish + 1, at), context.english.name(name).its
    return (*who, f"{verb} the ", place, f" of {its} wishes, ", *context.say(told))


def _blocked(context: Context, result: Zone) -> Inline:
    found = result.found
    n = _size(found.states)
    gains = [
        (context.party_at(i), _size(states), i)
        for i, states in zip(found.parties, found.without, strict=True)
        if _size(states) > n
    ]
    if not gains:
        return (
            "No single party blocks more, as the others would gain nothing else by leaving it out.",
        )
    names = result.graph.parties
    told = [
        ("in ", *_situations(size, pointer("zone", "without", names[i])), " without ", who)
        for who, size, i in sorted(gains, key=lambda gain: -gain[1])
    ]
    rest = len(found.parties) - len(gains)
    nobody = ", while leaving any other out changes nothing" if rest else ""
    return ("The others would gain ", *join(told), f"{nobody}.")


def _stalemate(context: Context, result: Zone) -> Inline:
    everybody = len(result.case.parties)
    stays = dict(result.found.stays)
    still = [concept_name(name) for name, members in stays.items() if len(members) == everybody]
    if len(still) == len(stays):
        return ("As things stand there is a stalemate, and no party would move by any view asked.",)
    moving = [i for i in range(everybody) if any(i not in m for m in stays.values())]
    would: Inline = (*phrases.parties(context, moving), " would move")
    if not still:
        return ("As things stand there is no stalemate, because ", *would, ".")
    others = [concept_name(name) for name in stays if concept_name(name) not in still]
    return (
        f"As things stand there is a stalemate under {listing(still)}, whereas under "
        f"{listing(others)} ",
        *would,
        ".",
    )


def _hurting(context: Context, result: Zone) -> Inline:
    hurt = [own.party for own in result.found.standings if own.hurting]
    if not hurt:
        return ("Judged by its place among all situations, the present one hurts no party.",)
    return ("The present situation is painful for ", *phrases.parties(context, hurt), ".")


def _alone(context: Context, result: Zone) -> Table:
    """Return what today is worth to each, and what each can make sure of without the others."""
    graph, found = result.graph, result.found
    rows = []
    for own in found.standings:
        at = pointer("zone", "standing", graph.parties[own.party])
        top = int(graph.ranks[own.party][graph.feasible].max(initial=0)) or 1
        today = int(graph.ranks[own.party].flat[found.start])
        cells = [
            Cell((number(float(part), f"{at}/{key}", percent_of(part)),), "number")
            for key, part in (
                ("level", Fraction(today, top)),
                ("pushed_to", Fraction(own.pushed_to, top)),
                ("alone", Fraction(own.alone, top)),
            )
        ]
        rows.append((Cell(phrases.capital((context.party_at(own.party),))), *cells))
    return Table(
        "Where each party stands between its worst situation and its best",
        ("", "today", "if the others improve", "sure of alone"),
        tuple(rows),
    )

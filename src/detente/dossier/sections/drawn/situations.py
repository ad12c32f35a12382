"""Situations, drawn: which last and who would break the others, and what all would rather have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from detente.case.cnf import Levels
from detente.case.formula import OutcomeIs
from detente.dossier.drawings import glyphs
from detente.dossier.page.blocks import Inline, Look, Plate, Row, Spot
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context
from detente.dossier.sections.drawn.common import NOBODY_GAINS, key, list_of
from detente.english.speech import listing, sentence
from detente.graph.joint import closure
from detente.graph.model import BoolArray, Graph
from detente.graph.slices import improvements_at
from detente.stability.analysis import Verdicts
from detente.wayout.results import Zone

MOST = 6
"""Outcomes drawn, and proposals above or below the line of today."""


# What lasts


def lasting(context: Context, found: Verdicts, concept: str) -> Iterator[Plate]:
    """Yield one situation for today and for every outcome: who stays, is tempted, or leaves.

    For an outcome stands the situation nearest today that lasts, else the one nearest today.
    """
    names = found.graph.parties
    if concept not in [c.name for c in found.concepts] or found.focals(concept) != tuple(names):
        return
    rows = [
        _lasts(context, found, concept, title, state, where)
        for title, state, where in _shown(context, found, concept)
    ]
    if not rows:
        return
    nash = any(c.name == "nash" for c in found.concepts)
    tempted = (
        " One that is hollow but still on it could do better at once, but expects the others to "
        "answer."
        if nash and concept != "nash"
        else ""
    )
    more = " More outcomes are left out here." if len(found.case.outcomes) > MOST else ""
    yield Plate(
        "outcomes",
        ("Who would stay in each situation, and who would leave it.",),
        "Each row is a situation that has a name. Of all that fit it, the nearest that lasts is "
        "drawn, or where none does, the nearest. A full shape on the line stays, and one that has "
        f"dropped below it would leave by a move of its own.{tempted}{more}",
        (1.5, 1.0, 1.6),
        tuple(rows),
        key(context),
    )


def _shown(
    context: Context, found: Verdicts, concept: str
) -> Iterator[tuple[Inline, int, BoolArray | None]]:
    case, graph = found.case, found.graph
    held = found.equilibria(concept).states
    truth = graph.truth(case)
    today = case.status_quo
    near = graph.space.differing(today if today is not None else (0,) * len(graph.space.levels))
    near = np.broadcast_to(near, graph.shape)
    if today is not None and (at := graph.space.find(today)) >= 0:
        yield ("Today",), at, None
    for outcome in case.outcomes[:MOST]:
        states = graph.feasible & np.broadcast_to(truth(outcome.formula), graph.shape)
        if not states.any():
            continue
        those = states & held if (states & held).any() else states
        best = int(np.where(those, near, near.max() + 1).argmin())
        label = sentence(context.formulas.label(OutcomeIs(outcome.name)))
        yield context.say(label), best, states


def _lasts(
    context: Context,
    found: Verdicts,
    concept: str,
    title: Inline,
    state: int,
    where: BoolArray | None,
) -> Row:
    names, graph = found.graph.parties, found.graph
    has_nash = any(c.name == "nash" for c in found.concepts) and concept != "nash"
    how = []
    for name in names:
        stays = bool(found.stable(concept, name).states.flat[state])
        content = not has_nash or bool(found.stable("nash", name).states.flat[state])
        how.append("leaves" if not stays else "stays" if content else "tempted")
    levels = context.words.levels(state)
    more = () if where is None else (phrases.capital(phrases.situation(context, levels)),)
    told = "; ".join(
        f"{list_of(context, [p for p, h in enumerate(how) if h == which])}: {words}"
        for which, words in (("stays", "stay"), ("tempted", "tempted"), ("leaves", "would leave"))
        if which in how
    )
    return Row(
        (
            Spot(title, more, look="strong"),
            Spot(glyph=glyphs.stays(how, told)),
            _verdict(context, graph, state, how, where),
        )
    )


def _verdict(
    context: Context, graph: Graph, state: int, how: Sequence[str], where: BoolArray | None
) -> Spot:
    leaving = [p for p, h in enumerate(how) if h == "leaves"]
    tempted = [p for p, h in enumerate(how) if h == "tempted"]
    if leaving:
        told = [
            (context.party_at(p), " would ", *_would(context, graph, p, state)) for p in leaving
        ]
        return Spot(
            ("Does not last",), ((*phrases.capital(phrases.joined(told)), "."),), look="bad"
        )
    if where is not None and _closed(graph, state, where):
        return Spot(
            ("Cannot be undone",), (("No moves of any party lead out of it.",),), look="bad"
        )
    if tempted:
        everybody = len(tempted) == len(how) > 2
        are = "expects" if everybody else context.english.agree(tempted, "expects", "expect")
        who = phrases.capital(phrases.parties(context, tempted))
        who = ("Every party",) if everybody else who
        gain = f" could do better at once, but {are} the others to answer."
        return Spot(("Lasts, with foresight",), ((*who, gain),), look="good")
    return Spot(("Lasts",), ((NOBODY_GAINS,),), look="good")


def _would(context: Context, graph: Graph, party: int, state: int) -> Inline:
    """Say what a party would rather do: of its best moves the one that changes least."""
    states = improvements_at(graph, party, state)
    if not len(states):
        return ("leave",)
    ranks = graph.ranks[party].ravel()[states]
    best = states[ranks == ranks.max()]
    before = context.words.levels(state)
    goal = min(
        (context.words.levels(int(s)) for s in best),
        key=lambda levels: sum(a != b for a, b in zip(levels, before, strict=True)),
    )
    one = context.answers.case.parties[party]
    return context.say(listing(context.english.changes(one, before, goal, "bare")))


def _closed(graph: Graph, state: int, where: BoolArray) -> bool:
    """Whether no moves at all, of anybody, lead out of a set of states."""
    out = closure(np.logical_or, ~where & graph.feasible, graph, range(len(graph.parties)))
    return not bool(out.flat[state])


# What all would rather have


def proposals(context: Context, result: Zone) -> Iterator[Plate]:
    """Yield what all would rather have than today above a line, and who blocks what below it."""
    members = list(result.found.parties)
    inside = [*_inside(context, result)]
    below = [*_below(context, result, inside)]
    if not inside and not below:
        return
    rows: list[Row] = []
    if inside:
        rows.append(Row((Spot(("Better for all of them than now",)),), "group"))
        rows += [_proposal(context, result, title, state) for title, state in inside]
    if below:
        rows.append(Row((Spot(("What a party blocks, or gains nothing by",)),), "group"))
        rows += [_proposal(context, result, title, state) for title, state in below]
    told = (
        "What all of them would rather have than what is now, and who blocks the rest."
        if inside
        else "Nothing is better for all of them, and this is who blocks what comes near."
    )
    yield Plate(
        "zone",
        (told,),
        "Each column is a party. A block above the line means that it is better off than now, and "
        "a hollow one below that it is worse off, so it blocks. A bar on the line means that it is "
        "as well off, so it has no reason to agree. Heights mean nothing.",
        (1.7, 1.0, 1.0),
        tuple(rows),
        key(context, members),
    )


def _inside(context: Context, result: Zone) -> Iterator[tuple[Inline, int]]:
    """Yield the states of the zone nearest today, those that last first."""
    graph, found = result.graph, result.found
    today = context.words.levels(found.start)
    near = np.broadcast_to(graph.space.differing(today), graph.shape)
    hold = dict(found.hold)
    order = [hold[name] for name in ("nash", "seq") if name in hold]
    shown: list[Levels] = []
    for k, states in enumerate((*order, found.states)):
        for at in _nearest(states, near, 2 if k == len(order) else 1):
            levels = context.words.levels(at)
            if levels not in shown:
                shown.append(levels)
                yield phrases.capital(phrases.situation(context, levels)), at


def _nearest(states: BoolArray, near: np.ndarray, n: int) -> list[int]:
    at = np.flatnonzero(states)
    order = np.argsort(near.ravel()[at], kind="stable")[:n]
    return [int(k) for k in at[order]]


def _below(
    context: Context, result: Zone, inside: list[tuple[Inline, int]]
) -> Iterator[tuple[Inline, int]]:
    """Yield what falls short: a proposal less one of its deeds, what comes nearest, outcomes."""
    graph, found, case = result.graph, result.found, result.case
    today = context.words.levels(found.start)
    seen: set[int] = {found.start, *(at for _, at in inside)}
    shown = 0

    def fits(at: int) -> bool:
        return (
            at >= 0
            and at not in seen
            and bool(graph.feasible.flat[at])
            and not bool(found.states.flat[at])
        )

    for _, at in inside[:1]:
        levels = context.words.levels(at)
        for axis in (k for k in range(len(levels)) if levels[k] != today[k]):
            less = (*levels[:axis], today[axis], *levels[axis + 1 :])
            other = graph.space.find(less)
            if fits(other) and shown < MOST:
                seen.add(other)
                shown += 1
                yield phrases.capital(phrases.situation(context, less)), other
    near = np.broadcast_to(graph.space.differing(today), graph.shape)
    for one in found.nearest[:3]:
        other = _nearest(one.states, near, 1)[0]
        if fits(other) and shown < MOST:
            seen.add(other)
            shown += 1
            levels = context.words.levels(other)
            yield phrases.capital(phrases.situation(context, levels)), other
    truth = graph.truth(case)
    for outcome in case.outcomes:
        states = graph.feasible & np.broadcast_to(truth(outcome.formula), graph.shape)
        if not states.any() or (states & found.states).any():
            continue
        other = _nearest(states, near, 1)[0]
        if fits(other) and shown < MOST:
            seen.add(other)
            shown += 1
            label = sentence(context.formulas.label(OutcomeIs(outcome.name)))
            yield context.say(label), other


def _proposal(context: Context, result: Zone, title: Inline, state: int) -> Row:
    graph, found = result.graph, result.found
    hows = []
    for p in range(len(graph.parties)):
        now, then = (int(graph.ranks[p].flat[s]) for s in (found.start, state))
        hows.append((then > now) - (then < now))
    members = found.parties
    worse = [p for p in members if hows[p] < 0]
    same = [p for p in members if not hows[p]]
    told = "; ".join(
        f"{list_of(context, [p for p in members if hows[p] == how])}: {words}"
        for how, words in ((1, "better off"), (0, "as today"), (-1, "worse off"))
        if how in [hows[p] for p in members]
    )
    hold = dict(found.hold)
    if worse:
        verdict = Spot(("Blocked by ", *phrases.parties(context, worse)), look="bad")
    elif same:
        verdict = Spot(("No gain for ", *phrases.parties(context, same)))
    elif any(bool(hold[n].flat[state]) for n in ("nash",) if n in hold):
        verdict = Spot(("Lasts",), look="good")
    elif any(bool(hold[n].flat[state]) for n in ("seq",) if n in hold):
        verdict = Spot(("Lasts, with foresight",), look="good")
    else:
        verdict = Spot(("A party would leave it",))
    glyph = glyphs.bars([hows[p] for p in members], told, members)
    look: Look = "strong" if not worse and not same else ""
    return Row((Spot(title, look=look), Spot(glyph=glyph), verdict))

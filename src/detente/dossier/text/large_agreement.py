"""What all would rather have, and who can, of very many states, in plain English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.formula import Formula, to_text
from detente.case.model import Case
from detente.dossier.text.aimed import move_phrase
from detente.dossier.words import Words, plural
from detente.english.speech import sentence
from detente.graph.diagrams import Where
from detente.wayout.deadlock import everything_said
from detente.wayout.symbolic import LargeMeans, LargePower, LargeWays, LargeWho, LargeZone


def zone_text(case: Case, found: LargeZone) -> str:
    """Tell how much all would rather have than today, what of it holds, and who blocks it."""
    words = Words(case)
    n = found.states.size()
    lines = [f"Better for all than today: {plural(n, 'state')}."]
    if n:
        lines += [
            f"  Reached from today by any moves: {found.reachable.size():,}; by moves that each "
            f"are better for who makes them: {_or_unknown(found.willingly)}.",
            *(f"  Held under {name}: {states.size():,}." for name, states in found.hold),
            _pareto(found),
        ]
    for i, states in zip(found.parties, found.without, strict=True):
        lines.append(f"Without {words.party(i)} it would be {plural(states.size(), 'state')}.")
    return "\n".join(lines)


def _or_unknown(states: Where | None) -> str:
    return "not worked out, it takes too long" if states is None else f"{states.size():,}"


def _pareto(found: LargeZone) -> str:
    """Tell how many states of the zone cannot be bettered for one without worsening for another."""
    if found.pareto is None:
        return (
            "  Which of them can be bettered for one and worsened for none is not told of so many "
            "states and parties; ask it of fewer parties (--parties)."
        )
    return (
        f"  Not to be bettered for one without being worsened for another: {found.pareto.size():,}."
    )


def ways_text(case: Case, target: Formula, found: LargeWays) -> str:
    """Tell the shortest ways into a target, and the words that the first one breaks."""
    words = Words(case)
    goal = to_text(target)
    if not found.way.found:
        if found.nearest is None:
            return f"No state that counts satisfies {goal}."
        near = words.state_in_line(found.nearest)
        return f"No moves lead to {goal}; what comes nearest: {near}."
    if not found.way.moves:
        return f"Today satisfies {goal} already."
    lines = [f"The shortest way to {goal}, by moves of one party at a time:"]
    said = {one.id: one for one in everything_said(case)}
    for k, (go, broken) in enumerate(zip(found.way.moves, found.breaks, strict=True), start=1):
        lines.append(f"  {k}. {sentence(move_phrase(words, go))}.")
        lines += [
            f"     This breaks what was said: {words.english.said(said[name])}." for name in broken
        ]
    if found.willingly is None:
        lines.append("Whether each move can be better for whoever makes it takes too long to tell.")
    elif not found.willingly.found:
        lines.append("No way leads there in which each move is better for whoever makes it.")
    elif found.willingly.moves == found.way.moves:
        lines.append("Each of these moves is better for whoever makes it.")
    else:
        lines.append("The shortest in which each move is better for whoever makes it:")
        lines += [
            f"  {k}. {sentence(move_phrase(words, go))}."
            for k, go in enumerate(found.willingly.moves, start=1)
        ]
    lines.append(
        "What anybody risks on the way, and moves made together, are weighed only where states can "
        "be listed."
    )
    return "\n".join(lines)


def who_text(case: Case, target: Formula, found: LargeWho) -> str:
    """Tell who can bring a target about for good, and who can prevent it."""
    words = Words(case)
    lines = [f"Who can bring it about for good: {to_text(target)}"]
    lines += _power(words, found.any_moves)
    lines += ["If the others move to their own advantage only:", *_power(words, found.would)]
    return "\n".join(lines)


def _power(words: Words, power: LargePower) -> Iterator[str]:
    yield from _side(words, power.makers, "bring it about")
    yield from _side(words, power.preventers, "prevent it")


def _side(words: Words, able: Sequence[LargeMeans], what: str) -> Iterator[str]:
    if not able:
        yield f"- Nobody can {what}, not even all together."
    for means in able:
        who = sentence(words.parties(means.group)) if means.group else ""
        head = f"- {who} can {what}" if who else f"- Nobody has to do anything to {what}"
        moves = ", then ".join(move_phrase(words, go) for go in means.way.moves)
        yield f"{head}: {moves}." if moves else f"{head}."

"""What all would rather have, and who can, of very many states, in plain English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.formula import Formula, to_text
from detente.case.model import Case
from detente.dossier.text.aimed import move_phrase
from detente.dossier.words import Words, plural
from detente.english.speech import sentence
from detente.wayout.symbolic import LargeMeans, LargePower, LargeWho, LargeZone


def zone_text(case: Case, found: LargeZone) -> str:
    """Tell how much all would rather have than today, what of it holds, and who blocks it."""
    words = Words(case)
    n = found.states.size()
    lines = [f"Better for all than today: {plural(n, 'state')}."]
    if n:
        lines += [
            f"  Reached from today by any moves: {found.reachable.size():,}; by moves that each "
            f"are better for who makes them: {found.willingly.size():,}.",
            *(f"  Held under {name}: {states.size():,}." for name, states in found.hold),
            _pareto(found),
        ]
    for i, states in zip(found.parties, found.without, strict=True):
        lines.append(f"Without {words.party(i)} it would be {plural(states.size(), 'state')}.")
    return "\n".join(lines)


def _pareto(found: LargeZone) -> str:
    """Tell how many states of the zone cannot be bettered for one without worsening for another."""
    if found.pareto is None:
        return (
            "  Which of them can be bettered for one and worsened for none is not told of so many "
            "states and parties; ask it of fewer parties (--parties)."
        )
    return (
        f"  Not to be bettered for one without being worsened for another: "
        f"{found.pareto.size():,}."
    )


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

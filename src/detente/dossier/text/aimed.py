"""How much of a target holds, and what of it lies nearest to today, in plain English."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.formula import Formula, to_text
from detente.case.model import Case
from detente.dossier.words import Words, listing, plural
from detente.english.speech import sentence
from detente.graph.diagrams.ways import Go
from detente.stability.aims import Aim, aims
from detente.stability.analysis import Verdicts


def aimed_text(result: Verdicts, target: Formula | None) -> str:
    """Tell for each concept how many states hold, and what lies nearest to today."""
    lines = [] if target is None else [f"Of the target, {to_text(target)}:"]
    for aim in aims(result, target):
        lines += _told(result.case, aim, target)
    return "\n".join(lines)


def _told(case: Case, aim: Aim, target: Formula | None) -> Iterator[str]:
    if not aim.states:
        what = "no state of the target" if target is not None else "no state"
        yield f"- Under {aim.concept} {what} holds."
        return
    where = " of the target" if target is not None else ""
    verb = "holds" if aim.states == 1 else "hold"
    yield f"- Under {aim.concept} {plural(aim.states, 'state')}{where} {verb}."
    today = case.status_quo
    if aim.nearest is None or today is None:
        return
    if aim.nearest == today:
        yield "  Today's is one of them."
        return
    words = Words(case)
    changed = sum(a != b for a, b in zip(aim.nearest, today, strict=True))
    yield f"  The nearest to today differs in {plural(changed, 'option')}."
    if not aim.way.found:
        yield "  No moves lead there from today."
        return
    for k, go in enumerate(aim.way.moves, start=1):
        yield f"  {k}. {sentence(move_phrase(words, go))}"


def move_phrase(words: Words, go: Go) -> str:
    """Say one move: ``the ally enters talks``."""
    party = words.everybody[go.mover]
    changes = words.english.changes(party, go.source, go.target)
    return f"{words.party(go.mover)} {listing(changes)}"

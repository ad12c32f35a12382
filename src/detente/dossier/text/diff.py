"""Two dated cases of one stand-off told side by side: what changed, and what follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.model import Case
from detente.dossier.text.comparison import consequences
from detente.wayout.changes import Change
from detente.wayout.compare import Comparison

MAX_TEXT = 120


def diff_text(found: Comparison) -> str:
    """Tell what is written otherwise and what follows from it."""
    before, after = found.before.case, found.after.case
    lines = [f"From {_named(before)} to {_named(after)}", "", "What changed:"]
    told = [f"  - {line}" for line in changed(found)]
    lines += told or ["  - nothing that the analysis uses"]
    return "\n".join([*lines, "", "What follows:", *(f"  {line}" for line in consequences(found))])


def changed(found: Comparison, leave_out: Sequence[str] = ()) -> Iterator[str]:
    """Yield what is written otherwise, line by line, but for some kinds of lines."""
    for change in found.changes:
        if change.what not in leave_out:
            yield from _change(found.after.case, found.before.case, change)


def _named(case: Case) -> str:
    return f"“{case.title}” ({case.as_of or case.name})"


def _change(after: Case, before: Case, change: Change) -> Iterator[str]:
    who = next((p.label for c in (after, before) for p in c.parties if p.name == change.party), "")
    name, old, new = (_short(text) for text in (change.name, change.before, change.after))
    subject = f"{who}: " if who else ""
    match change.what, change.how:
        case "statement", "moved":
            yield f"{subject}wish “{name}” moved from place {old} to {new}"
        case "statement", "new":
            yield f"{subject}wish “{name}” is new, at place {new}"
        case "statement", "gone":
            yield f"{subject}wish “{name}” is gone (it was at place {old})"
        case "preferences", _:
            yield f"{subject}its preferences changed"
        case "status_quo", _:
            yield f"today, {name} is at {new or 'no level'} (it was at {old or 'no level'})"
        case ("condition" | "refusal") as what, "changed":
            yield f"{subject}{what} “{name}” has {new} now (it had {old})"
        case ("condition" | "refusal") as what, "new":
            yield f"{subject}new {what}: “{name}” ({new})"
        case ("condition" | "refusal") as what, "gone":
            yield f"{subject}{what} dropped: “{name}” ({old})"
        case "target", _:
            yield f"target: was {old or 'not given'}, now {new or 'not given'}"
        case "risk", _:
            yield f"{subject}risk, {name}: was {old or 'not given'}, now {new or 'not given'}"
        case "what_if", how:
            yield f"risk, compared with “{name}”: {how}"
        case what, "changed":
            yield f"{subject}{what} {name}: was {old}, now {new}"
        case what, how:
            told = f": {new or old}" if new or old else ""
            yield f"{subject}{what} {name} is {how}{told}"


def _short(text: str) -> str:
    return text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]}…"

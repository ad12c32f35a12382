"""From what the rules find to claims about the report's characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.reading.analysis.model import Parsed, Unit
from detente.reading.claims import Claim, words_of
from detente.reading.deadlines import deadline
from detente.reading.frames.draft import Draft
from detente.reading.paragraphs import Span
from detente.reading.statements import Said, around

if TYPE_CHECKING:
    from spacy.tokens import Token

PLOVER = {
    "demand": "REQUEST",
    "condition": "REQUEST",
    "offer": "AGREE",
    "acceptance": "AGREE",
    "refusal": "REJECT",
    "concession": "CONCEDE",
    "threat": "THREATEN",
    "pressure": "SANCTION",
    "support": "SUPPORT",
}
"""Kind of claim to PLOVER event type."""

_TIMED = ("demand", "condition", "offer", "threat", "refusal")
"""Kinds whose words may set a time."""
_GAP = 2
"""Words of a unit at most so many characters apart are one span."""


def spans(unit: Unit, tokens: Sequence[Token]) -> tuple[Span, ...]:
    """Return where some words of a unit stand in the report."""
    runs: list[tuple[int, int]] = []
    for token in tokens:
        end = token.idx + len(token)
        if runs and token.idx <= runs[-1][1] + _GAP:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((token.idx, end))
    found = [span for a, b in runs for span in unit.spans(a, b)]
    return tuple(span for span in found if span.start < span.end)


def position(parsed: Parsed, unit: Unit, draft: Draft, said: Sequence[Said]) -> Claim | None:
    """Return a draft as a claim; None where none of its words stand in the report."""
    content = spans(unit, draft.content)
    if not content:
        return None
    cue = spans(unit, draft.cue)
    within = around(said, content[0])
    direct = unit.kind in ("quote", "turn")
    purpose = spans(unit, draft.purpose)
    return Claim(
        "",
        parsed.name,
        draft.kind,
        draft.party or None,
        draft.speaker or (within.speaker if within else "") or None,
        draft.target or None,
        direct,
        within.attribution.source if within else None,
        cue[0] if cue else None,
        content,
        words_of(parsed.text, content),
        _purpose(parsed, purpose),
        draft.plover or PLOVER.get(draft.kind),
        parsed.report.date or None,
        draft.answers or None,
        rule=draft.rule,
        deadline=_deadline(parsed, content, purpose) if draft.kind in _TIMED else None,
        voice=within.party if within and direct else "",
        act=draft.act,
        bound=draft.bound,
    )


def _deadline(parsed: Parsed, content: Sequence[Span], purpose: Sequence[Span]) -> str | None:
    """Return the day on which a time ends that the words of a claim set."""
    both = [*content, *purpose]
    start, end = min(s.start for s in both), max(s.end for s in both)
    return deadline(" ".join(parsed.text[start:end].split()), parsed.report.date)


def _purpose(parsed: Parsed, found: Sequence[Span]) -> str | None:
    """Return what would be done then, as the report has it."""
    return parsed.text[found[0].start : found[-1].end] if found else None

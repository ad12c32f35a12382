"""Dealings: who offered, demanded, refused or threatened what, when, and what came of it.

Taken from claims, in the order of their days. The same words reported twice are one dealing, and
the claims of a copy of a report are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from detente.reading.claims import Claim
from detente.reading.records import ReportRecord

KINDS = ("offer", "demand", "condition", "refusal", "concession", "threat", "pressure")
"""What counts as a dealing; and whatever answers one of these."""

WHOLE_COPIES = ("identical", "truncated", "contained")
"""Kinds of copies that hold no words of their own."""

Fate: TypeAlias = Literal["accepted", "refused", "unanswered", "lapsed", "answered"]

_DAY = re.compile(r"\d{4}(-\d\d){0,2}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a dealing.

    Parameters
    ----------
    by : str
        Id of the claim that tells it.
    fate : str
        ``accepted``; ``refused``; ``unanswered``: nothing came back; ``lapsed``; ``answered`` where
        the words leave that open.
    """

    by: str
    fate: Fate


@dataclass(frozen=True, slots=True)
class Dealing:
    """One thing offered, demanded, refused, threatened or pressed, or an answer.

    Parameters
    ----------
    claim : Claim
        Where it was first reported.
    day : str
        ``YYYY-MM-DD`` or the beginning of that; empty where nothing tells it.
    reports : tuple of str
        Every report that tells it, copies left out.
    answers : tuple of Answer
        What came of it, as far as reported.
    """

    claim: Claim
    day: str
    reports: tuple[str, ...]
    answers: tuple[Answer, ...] = ()


def dealings(claims: Iterable[Claim], records: Sequence[ReportRecord]) -> tuple[Dealing, ...]:
    """Return the dealings in the order of their days, those without a day last.

    Parameters
    ----------
    claims : iterable of Claim
        All of them.
    records : sequence of ReportRecord
        The reports; their dates serve where a claim has none.
    """
    copies = {r.report for r in records if r.duplicate_kind in WHOLE_COPIES}
    days = {r.report: r.date for r in records}
    told = [c for c in claims if c.report not in copies]
    wanted = _wanted(told)
    first: dict[tuple[str | None, ...], str] = {}
    stands_for: dict[str, str] = {}
    reports: dict[str, dict[str, None]] = {}
    dated = [(_day(c, days), c) for c in told if c.id in wanted]
    dated.sort(key=lambda pair: (not pair[0], pair[0]))
    for _, claim in dated:
        kept = first.setdefault(_sameness(claim), claim.id)
        stands_for[claim.id] = kept
        reports.setdefault(kept, {})[claim.report] = None
    answers: dict[str, dict[str, Answer]] = {}
    for _, claim in dated:
        if claim.reply_to in stands_for:
            answer = Answer(stands_for[claim.id], fate(claim))
            answers.setdefault(stands_for[claim.reply_to], {}).setdefault(answer.by, answer)
    last = max((day for day, _ in dated if len(day) == 10), default="")
    return tuple(
        Dealing(
            claim,
            day,
            tuple(reports[claim.id]),
            tuple(answers.get(claim.id, {}).values()) or _lapsed(claim, last),
        )
        for day, claim in dated
        if stands_for[claim.id] == claim.id
    )


def _lapsed(claim: Claim, last: str) -> tuple[Answer, ...]:
    """Return that an offer lapsed by itself: its day is over, and nobody answered."""
    over = claim.kind == "offer" and claim.deadline is not None and claim.deadline < last
    return (Answer(claim.id, "lapsed"),) if over else ()


def fate(answer: Claim) -> Fate:
    """Return what an answer does to what it answers."""
    if answer.kind == "refusal":
        return "refused"
    if answer.kind == "silence":
        return "unanswered"
    if answer.kind == "acceptance":
        return "accepted"
    if answer.plover in ("AGREE", "CONCEDE", "COOPERATE"):
        return "accepted"
    return "lapsed" if answer.kind == "event" and answer.plover is None else "answered"


def _wanted(claims: Sequence[Claim]) -> set[str]:
    """Return the ids of dealings and of what answers them."""
    dealt = {c.id for c in claims if c.kind in KINDS}
    return dealt | {c.id for c in claims if c.reply_to in dealt}


def _day(claim: Claim, days: dict[str, str | None]) -> str:
    found = _DAY.match(claim.date or days.get(claim.report) or "")
    return found[0] if found else ""


def _sameness(claim: Claim) -> tuple[str | None, ...]:
    words = " ".join(claim.text.casefold().split())
    return (claim.kind, claim.party, claim.target, words)

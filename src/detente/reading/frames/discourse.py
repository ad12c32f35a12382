"""To whom, where a clause alone does not say: whom an answer answers, whom a speech goes on to.

Asked only where the clause names nobody, in this order: the latest offer or demand of another
that an answer can answer, with a common word first; who is addressed in the same breath; whom
that party deals with in the report, by claims whose own words say to whom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from detente.reading.analysis.marks import lemma
from detente.reading.analysis.model import Unit
from detente.reading.frames.draft import Draft
from detente.reading.frames.sets import listed

Pair = tuple[Unit, Draft]

_ASKING = ("offer", "demand", "condition", "threat", "concession", "pressure")
_ANSWERS = ("refusal", "acceptance", "silence", "concession", "denial")
_DIRECTED = listed("discourse: directed")
_BACK = 25
"""So many claims back an answered one is looked for."""
_NEAR = 3
"""An offer or demand at most so many claims back is answered without a common word."""


def addressed(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the claims of a report, those without a target with the one the report shows."""
    rows = list(pairs)
    for step in (_answered, _same_breath, _partner):
        partners = _partners(rows)
        for k, (unit, draft) in enumerate(rows):
            if draft.target or not draft.party or draft.kind not in _DIRECTED:
                continue
            target = step(rows, k, partners)
            if target and target != draft.party:
                rows[k] = (unit, replace(draft, target=target))
    return rows


def _topics(draft: Draft) -> frozenset[str]:
    """Return the base forms of the content words of a claim."""
    return frozenset(
        lemma(t)
        for t in (*draft.content, *draft.purpose)
        if t.pos_ in ("NOUN", "VERB", "ADJ", "NUM") and not t.is_stop and len(t) > 2
    )


def _answered(rows: Sequence[Pair], k: int, partners: Counter[tuple[str, str]]) -> str:
    """Return whose offer or demand a claim answers."""
    draft = rows[k][1]
    if draft.kind not in _ANSWERS:
        return ""
    mine = _topics(draft)
    near = ""
    for at in range(k - 1, max(-1, k - _BACK), -1):
        other = rows[at][1]
        if other.kind not in _ASKING or other.party in ("", draft.party):
            continue
        if other.target and other.target != draft.party:
            continue
        if mine & _topics(other):
            return other.party
        if not near and k - at <= _NEAR:
            near = other.party
    return near


def _same_breath(rows: Sequence[Pair], k: int, partners: Counter[tuple[str, str]]) -> str:
    """Return whom the same party addresses in the same paragraph or the one beside it."""
    unit, draft = rows[k]
    best: tuple[int, str] = (3, "")
    for at in range(max(0, k - 6), min(len(rows), k + 7)):
        where, other = rows[at]
        if at == k or other.party != draft.party or not other.target:
            continue
        best = min(best, (abs(where.paragraph - unit.paragraph), other.target))
    return best[1]


def _partner(rows: Sequence[Pair], k: int, partners: Counter[tuple[str, str]]) -> str:
    """Return whom a party has most to do with in the report, by words."""
    party = rows[k][1].party
    counts = Counter({b: n for (a, b), n in partners.items() if a == party})
    top = counts.most_common(2)
    if not top or (len(top) > 1 and top[0][1] == top[1][1]):
        return ""
    return top[0][0]


def _partners(rows: Sequence[Pair]) -> Counter[tuple[str, str]]:
    """Return how often two parties deal with each other, as far as claims say to whom."""
    found: Counter[tuple[str, str]] = Counter()
    for _, draft in rows:
        if draft.party and draft.target and draft.kind in _DIRECTED:
            found[draft.party, draft.target] += 1
            found[draft.target, draft.party] += 1
    return found

"""Which offer or demand an answer answers, where its words say that it answers one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.reading.claims import Claim

_REACH = 60
"""So many claims back an answered one is looked for."""
_ANSWERED = {
    "offer": ("offer", "concession", "acceptance"),
    "demand": ("demand", "condition", "threat"),
    "any": ("offer", "demand", "condition"),
}


def linked(drafts: Sequence[Claim]) -> list[Claim]:
    """Return claims with every answer pointing at what it answers, as ``#position``.

    Comes in with what the answer speaks of in ``reply_to``: ``offer``, ``demand`` or ``any``.
    An answer without a target is directed at whom it answers.
    """
    found = []
    for k, draft in enumerate(drafts):
        if draft.reply_to is None:
            found.append(draft)
            continue
        at = _answered(drafts, k, draft.reply_to)
        other = drafts[at].party if at is not None else None
        found.append(
            replace(
                draft,
                reply_to=None if at is None else f"#{at}",
                target=other or draft.target,
            )
        )
    return found


def _answered(drafts: Sequence[Claim], k: int, sort: str) -> int | None:
    """Return the position of the claim that one answers; None where it answers none."""
    draft = drafts[k]
    near = None
    for at in range(k - 1, max(-1, k - _REACH), -1):
        other = drafts[at]
        if other.kind not in _ANSWERED[sort] or other.party in (None, draft.party):
            continue
        if draft.target in (None, other.party):
            return at
        if near is None and not _names(draft.text, draft.target):
            near = at  # to whom was not said in the answer's own words
    return near


def _names(words: str, party: str | None) -> bool:
    """Tell whether words name a party, as far as the beginning of its name tells."""
    return party is None or party[:4].lower() in words.lower()

"""What became of an offer: accepted, refused, ignored, or lapsed with its day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.reading.claims import Claim
from detente.reading.stancewords import Stances

_ASKED = ("offer", "condition")


def link_replies(drafts: Sequence[Claim], words: Stances) -> list[Claim]:
    """Return the claims with every answer pointing at what it answers, as ``#position``.

    Comes in with the sort of answer in ``reply_to``: ``accept``, ``refusal``, ``ignore`` or
    ``lapse``. An answer looks back for the nearest offer, or demand where it speaks of demands,
    that is not the answerer's own. An answer in whose words no such thing is named answers an
    offer only if it follows one in the same report.
    """
    linked = []
    for i, draft in enumerate(drafts):
        fate = draft.reply_to
        if fate is None:
            linked.append(draft)
            continue
        at = _answered(drafts, i, fate, words)
        linked.append(replace(draft, reply_to=None if at is None else f"#{at}"))
    return linked


def _answered(drafts: Sequence[Claim], i: int, fate: str, words: Stances) -> int | None:
    """Return the position of the claim that one answers; None where it answers none."""
    draft = drafts[i]
    said = draft.text.lower().replace("’", "'").split()
    demands = any(w.startswith(("demand", "condition", "ultimatum", "list")) for w in said)
    speaks = demands or any(
        w.strip(".,") in words.offer_nouns or w in words.talk_nouns for w in said
    )
    bare = len(said) <= 4  # "The union accepted."
    if not speaks and not bare and fate not in ("ignore", "lapse"):
        return None
    wanted = ("condition", "offer") if demands else ("offer",)
    for kind in wanted:
        for k in _candidates(drafts, i):
            other = drafts[k]
            if other.kind != kind or (other.party == draft.party and fate != "lapse"):
                continue
            return k
    return None


def _candidates(drafts: Sequence[Claim], i: int) -> list[int]:
    """Return where the answered claim may stand: in the same words first, then backwards."""
    here = drafts[i].content
    near = [
        k
        for k in range(max(0, i - 6), min(len(drafts), i + 7))
        if k != i and here[0].start <= drafts[k].content[0].start < here[-1].end
    ]
    return [*near, *range(i - 1, max(-1, i - 60), -1)]

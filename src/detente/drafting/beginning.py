"""Who will not begin: two at the table that each move only after the other has moved.

One would talk about the dam once the road is clear, the other clears the road after the dam is on
the agenda. Neither can take the first step and keep its word: that is a deadlock, though each by
itself would do what the other asks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from detente.drafting.likeness import Likeness
from detente.drafting.meaning import CLOSE, Nearness
from detente.drafting.positions import FIRST, Deed, Position
from detente.reading.claims import Claim


def begun(
    positions: Sequence[Position], table: Collection[str], like: Likeness, near: Nearness
) -> Iterator[Position]:
    """Yield that a party will not take the first step, for each of two that wait for each other."""
    bonds = [p for p in positions if p.sort == "bond" and p.party in table]
    bonds = [p for p in bonds if p.need is not None and _is_after(p.claim, like)]
    for one, other in combinations(bonds, 2):
        if one.party == other.party or one.need is None or other.need is None:
            continue
        if _meets(one.deed, other.need, like, near) and _meets(other.deed, one.need, like, near):
            for mine, its in ((one, other), (other, one)):
                why = f"it moves only after {its.party}, and {its.party} only after it"
                yield Position("no", mine.party, mine.claim, Deed(mine.party, FIRST, why=why))


def _meets(held: Deed, asked: Deed, like: Likeness, near: Nearness) -> bool:
    """Tell whether what one holds back is what the other asks for, or a part of it."""
    if held.agent != asked.agent or held.yes != asked.yes:
        return False
    return like.touches(held.act, asked.act) or near(held.act.phrase, asked.act.phrase) >= CLOSE


def _is_after(claim: Claim, like: Likeness) -> bool:
    """Tell whether the words of a bond say that the other's deed comes first."""
    said = f"{claim.rule} {claim.text}".lower()
    return any(re.search(rf"\b{re.escape(word)}\b", said) for word in like.after)

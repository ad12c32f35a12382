"""What a refusal refuses: what was asked, though in other words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from detente.drafting.likeness import Likeness
from detente.drafting.meaning import CLOSE, Nearness
from detente.drafting.positions import Deed, Position

AHEAD = 0.1
"""How much nearer a refusal is to what it is taken to answer than to all else that was asked."""


def met(
    positions: Sequence[Position], table: Collection[str], like: Likeness, near: Nearness
) -> Iterator[Position]:
    """Yield positions, with refusals at the table put in the words of what they answer.

    Who is asked to open its books and says that opening the ledgers is out of the question refuses
    what it was asked. Where it may have been asked for several such things, nothing is taken for
    granted.
    """
    asked = [(p.party, deed) for p in positions for deed in _asked(p, table)]
    for position in positions:
        mine = [(by, deed) for by, deed in asked if deed.agent == position.party]
        found = _meant(position, mine, like, near) if position.sort == "no" else None
        if found is not None:
            by, deed = found
            why = f"its words are taken for its answer to {by}, who asks it of it"
            deed = replace(position.deed, act=deed.act, yes=deed.yes, why=why)
            position = replace(position, deed=deed)
        yield position


def _asked(position: Position, table: Collection[str]) -> Iterator[Deed]:
    """Yield what one at the table asks of another."""
    deed = {"wish": position.deed, "bond": position.need}.get(position.sort)
    if deed is None or deed.agent == position.party:
        return
    if {deed.agent, position.party} <= set(table):
        yield deed


def _meant(
    position: Position, asked: Sequence[tuple[str, Deed]], like: Likeness, near: Nearness
) -> tuple[str, Deed] | None:
    """Return the one thing asked that a refusal is close to; None where there is none, or several.

    Close are deeds that act upon one thing, and those that are done alike; where there is none,
    the one whose words are nearest in meaning.
    """
    refused = position.deed
    if not refused.yes or refused.agent != position.party:
        return None
    if any(like.alike(deed.act, refused.act) for _, deed in asked):
        return None  # its words say it
    close = [(by, deed) for by, deed in asked if deed.yes and like.akin(deed.act, refused.act)]
    first = next(iter(close), None) or _nearest(refused, asked, like, near)
    alone = first is not None and all(like.alike(first[1].act, d.act) for _, d in close)
    return first if alone else None


def _nearest(
    refused: Deed, asked: Sequence[tuple[str, Deed]], like: Likeness, near: Nearness
) -> tuple[str, Deed] | None:
    """Return what was asked in words that mean nearly what is refused, if nothing else does."""
    ranked = sorted(
        ((near(deed.act.phrase, refused.act.phrase), by, deed) for by, deed in asked if deed.yes),
        key=lambda row: -row[0],
    )
    if not ranked or ranked[0][0] < CLOSE:
        return None
    best, by, deed = ranked[0]
    others = (share for share, _, d in ranked[1:] if not like.alike(deed.act, d.act))
    return (by, deed) if best - max(others, default=0.0) >= AHEAD else None

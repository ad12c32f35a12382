"""Who can bring something about, and who can prevent it, drawn: the smallest groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.dossier.drawings import glyphs
from detente.dossier.page.blocks import Inline, Plate, Row, Spot
from detente.dossier.sections.context import Context
from detente.dossier.sections.drawn.common import key, list_of
from detente.english.speech import sentence
from detente.wayout.results import Who
from detente.wayout.who import Means, Power

MOST = 5
"""Groups drawn; of more the number is told."""


def who(context: Context, asked: Sequence[Who]) -> Iterator[Plate]:
    """Yield the smallest groups for everything asked about."""
    rows = [
        Row(
            (Spot(), Spot(("can bring it about for good",)), Spot(("can prevent it",))),
            "head",
        )
    ]
    named: set[int] = set()
    for one in asked:
        title = context.say(context.english.clause(one.target), start=True)
        found = one.found
        rows.append(_row(context, (*title,), "by any moves", found.any_moves))
        if _groups(found.any_moves) != _groups(found.would):
            more = "if the others move only to their own advantage"
            rows.append(_row(context, (), more, found.would))
        for power in (found.any_moves, found.would):
            named |= {i for m in (*power.makers, *power.preventers) for i in m.group}
    yield Plate(
        "powers",
        _finding(asked),
        "Shapes joined by a line can do it only together, while shapes apart can each do it alone. "
        "The smallest groups are drawn.",
        (1.5, 1.0, 1.0),
        tuple(rows),
        key(context, sorted(named)),
    )


def _finding(asked: Sequence[Who]) -> Inline:
    return ("Who can do it alone, and who only together.",) if asked else ()


def _groups(power: Power) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    return [m.group for m in power.makers], [m.group for m in power.preventers]


def _row(context: Context, title: Inline, more: str, power: Power) -> Row:
    cells = [_cell(context, power.makers), _cell(context, power.preventers)]
    return Row((Spot(title or (sentence(more),), ((more,),) if title else ()), *cells))


def _cell(context: Context, means: Sequence[Means]) -> Spot:
    groups = [m.group for m in means]
    if not groups:
        return Spot(("nobody",))
    if groups == [()]:
        return Spot(("no party has to",))
    told = "; or ".join(
        f"{list_of(context, group)}{' together' * (len(group) > 1)}" for group in groups[:MOST]
    )
    more = f"and {len(groups) - MOST:,} more groups" if len(groups) > MOST else ""
    return Spot((more,) if more else (), glyph=glyphs.group(groups[:MOST], told))

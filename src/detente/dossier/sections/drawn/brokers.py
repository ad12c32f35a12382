"""What third parties' options change, drawn: the cost of the cheapest concession with each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from detente.dossier.drawings import glyphs
from detente.dossier.page.blocks import Block, Inline, Plate, Row, Spot
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context
from detente.wayout.broker import Brokering, Effect, Use

MOST = 8
"""Uses drawn."""


def parties(
    context: Context,
    found: Brokering,
    effects: Sequence[Effect],
    does: Callable[[Use], Inline],
    changes: Callable[[int], Inline],
    instead: tuple[Block, ...] = (),
) -> Iterator[Plate]:
    """Yield what helps and what harms, with what it changes; what changes nothing is named.

    Parameters
    ----------
    does, changes : callable
        Say what is done by a use, and what is otherwise with it.
    """
    helps = [k for k, e in enumerate(effects) if e.helps][:MOST]
    harms = [k for k, e in enumerate(effects) if e.harms][:MOST]
    idle = [k for k, e in enumerate(effects) if e.idle]
    rows: list[Row] = []
    for title, those in (("It helps if", helps), ("It harms if", harms)):
        if those:
            rows.append(Row((Spot((title,)),), "group"))
            rows += [_row(context, found, k, does, changes) for k in those]
    if not rows:
        return
    if idle:
        told = phrases.joined([does(found.uses[k]) for k in idle[:MOST]])
        more = " (and more)" if len(idle) > MOST else ""
        rows.append(
            Row((Spot(("Nothing that was compared changes if ", *told, more, ".")),), "line")
        )
    yield Plate(
        "third-parties",
        ("What third parties can do, and what it changes.",),
        "Squares are the cost of the cheapest concession, the firmness of the words that have to "
        "be taken back: full what it still costs, hollow what is saved by it, or red what is "
        "added.",
        (1.4, 0.9, 1.7),
        tuple(rows),
        instead=instead,
    )


def _row(
    context: Context,
    found: Brokering,
    k: int,
    does: Callable[[Use], Inline],
    changes: Callable[[int], Inline],
) -> Row:
    use = found.uses[k]
    stuck = use.unused or found.today.deadlock
    before = stuck.cost if stuck is not None else None
    after = use.after.cost if use.after is not None else None
    glyph = None
    if before is not None and after is not None:
        glyph = glyphs.squares(before, after, f"cost {before}, then {after}")
    else:
        glyph = glyphs.crowd((), "")
    return Row(
        (
            Spot(phrases.capital(does(use)), look="strong"),
            Spot(glyph=glyph),
            Spot((*phrases.capital(changes(k)), ".")),
        )
    )

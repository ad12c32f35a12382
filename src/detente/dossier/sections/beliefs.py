"""What parties believe of each other, in a few lines of the dossier."""

from __future__ import annotations

from collections.abc import Iterator

from detente.dossier.answers import Unanswered
from detente.dossier.page.blocks import Block, Inline, Para, join
from detente.dossier.say import spelled
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context


def beliefs(context: Context) -> Iterator[Block]:
    """Yield what holds as each party sees the others, where the case says how that is."""
    game = context.answers.views
    if isinstance(game, Unanswered):
        return
    zone = context.answers.zone
    assert not isinstance(zone, Unanswered)
    n, true, same = map(zone.graph.count, (game.holds, game.true, game.holds & game.true))
    told = (
        f"The case says what parties take each other to want. As each sees it, {spelled(n)} "
        f"{'situation holds' if n == 1 else 'situations hold'}. If all were right about each "
        f"other, it would be {spelled(true)}, {spelled(same)} of them the same."
    )
    yield Para(context.say(told))
    wrong: list[Inline] = [
        (context.party_at(i),)
        for i in range(len(game.seen))
        if (game.surprised(i) & game.holds).any()
    ]
    if wrong:
        yield Para((*phrases.capital(join(wrong)), " would be surprised by another there."))

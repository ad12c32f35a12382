"""What several drawings share: a party with its shape, and the key of all parties."""

from __future__ import annotations

from collections.abc import Sequence

from detente.dossier.drawings import glyphs
from detente.dossier.page.blocks import Glyph, Inline, Mark
from detente.dossier.sections.context import Context

NOBODY_GAINS = "No party could do better by a move of its own."


def sign(context: Context, party: int) -> Mark:
    """Return the shape of a party, small enough for a line of text."""
    return Mark("sign", "", context.answers.case.party_names[party], float(party))


def signed(context: Context, party: int) -> Inline:
    """Return a party's shape and its label."""
    one = context.answers.case.parties[party]
    return (sign(context, party), Mark("party", one.label, one.name))


def key(context: Context, parties: Sequence[int] | None = None) -> tuple[tuple[Glyph, str], ...]:
    """Return the shape of every party, or of some, with its label."""
    case = context.answers.case
    shown = range(len(case.parties)) if parties is None else parties
    return tuple((glyphs.one(p), case.parties[p].label) for p in shown)


def list_of(context: Context, parties: Sequence[int]) -> str:
    """Return labels of parties, as they are read out."""
    return ", ".join(context.answers.case.parties[p].label for p in parties)

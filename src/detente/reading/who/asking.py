"""Who can be asked whom words mean, and what stands before a noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from detente.reading.who.model import Who

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.reading.analysis.model import Unit
    from detente.reading.who.scene import Scene

_MODIFIERS = ("compound", "amod", "nmod", "poss")


class Ask(Protocol):
    """Who can be asked whom words mean."""

    scene: Scene

    def who(self, token: Token, unit: Unit, plain: bool = False) -> Who:
        """Return whom a token means."""
        ...


def modifiers(token: Token) -> list[Token]:
    """Return what stands before a noun within its phrase: adjectives, nouns, possessors."""
    found = [c for c in token.children if c.dep_ in _MODIFIERS and c.i < token.i]
    deeper = [d for c in found if c.dep_ in ("compound", "amod", "nmod") for d in modifiers(c)]
    return found + deeper

"""A card: a box with some lines in it, made as tall as its words need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.dossier.drawings.lettering import LINE, SIZE, SMALL, wrap
from detente.dossier.drawings.marks import Box, letters, linked, tag, title

PAD = 9.0
"""From the edge of a card to its words, in pixels."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a card.

    Parameters
    ----------
    text : str
        As long as it likes.
    kind : str
        Classes of the text; ``name`` makes it bold, ``small`` small.
    lines : int
        Lines at most.
    """

    text: str
    kind: str = ""
    lines: int = 4


@dataclass(frozen=True, slots=True)
class Card:
    """A box where it stands, with its lines and all that it says.

    Parameters
    ----------
    box : Box
        Where.
    lines : tuple of (str, str)
        Each line and its classes.
    told : str
        The whole text, uncut.
    """

    box: Box
    lines: tuple[tuple[str, str], ...]
    told: str

    def draw(
        self,
        name: str,
        *,
        kind: str = "",
        hue: str = "",
        href: str | None = None,
        data: Sequence[tuple[str, str]] = (),
    ) -> str:
        """Return the card as a group.

        Parameters
        ----------
        name : str
            Its id.
        kind, hue : str
            Classes of the box; class of the group.
        href : str, optional
            Where it leads.
        data : sequence of (str, str)
            Names and values of ``data-`` attributes.
        """
        rows = [
            letters(self.box.x + PAD, self.box.y + PAD + 10 + LINE * k, line, kind=style)
            for k, (line, style) in enumerate(self.lines)
        ]
        inside = title(self.told) + linked("".join([self.box.draw(kind), *rows]), href)
        facts = {f"data_{key}": value for key, value in data}
        return tag("g", inside, id=name, class_=hue or None, role="listitem", **facts)


def card(x: float, y: float, width: float, words: Sequence[Paragraph], told: str = "") -> Card:
    """Return a card of a width, as tall as its words need."""
    rows: list[tuple[str, str]] = []
    for part in words:
        classes = part.kind.split()
        size = SMALL if "small" in classes else SIZE
        fitted = wrap(
            part.text, width - 2 * PAD, lines=part.lines, size=size, bold="name" in classes
        )
        rows += [(line, part.kind) for line in fitted]
    height = 2 * PAD + LINE * len(rows) - 2
    told = told or ". ".join(part.text for part in words)
    return Card(Box(x, y, width, height), tuple(rows), told)

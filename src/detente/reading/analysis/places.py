"""From characters of a report to the words that the parser saw there."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from detente.reading.analysis.model import Parsed, Piece, Unit
from detente.reading.paragraphs import Span

if TYPE_CHECKING:
    from spacy.tokens import Token


class Places:
    """The units of a report by where they stand.

    Parameters
    ----------
    parsed : Parsed
        The report.
    """

    def __init__(self, parsed: Parsed) -> None:
        rows = sorted(
            ((p.start, k, u, p) for u in parsed.units for k, p in enumerate(u.pieces)),
            key=lambda row: row[:2],
        )
        self._starts = [row[0] for row in rows]
        self._rows: list[tuple[Unit, Piece]] = [(row[2], row[3]) for row in rows]

    def unit(self, at: int) -> Unit | None:
        """Return the unit that holds a character of the report."""
        k = bisect_right(self._starts, at) - 1
        if k < 0:
            return None
        unit, piece = self._rows[k]
        return unit if at < piece.start + piece.length else None

    def head(self, span: Span) -> tuple[Token, Unit] | None:
        """Return the word that the others of a span depend on; None where nothing was parsed."""
        for start in range(span.start, span.end):
            unit = self.unit(start)
            if unit is not None and unit.doc is not None:
                inside = [t for t in unit.doc if _within(t, unit, span)]
                return (_top(inside), unit) if inside else None
        return None


def _within(token: Token, unit: Unit, span: Span) -> bool:
    """Tell whether a word stands in a span of the report."""
    at = unit.where(token)
    return span.start <= at < span.end and token.is_alpha


def _top(tokens: list[Token]) -> Token:
    """Return the first of some words that depends on none of them."""
    numbers = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in numbers or t.head.i == t.i), tokens[0])

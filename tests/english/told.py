"""Every sentence of a dossier that the program worded, with words of reports left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.dossier.page.blocks import Details, Inline, Items, Mark, Note, Para, Plate
from detente.dossier.page.dossier import Page

MESSAGE = r"\{\}|: .*'|^Not answered|is no part of it:|is not told:"
"""What tells a person to add something to the case is held by other tests."""

QUIET = {"quote", "code", "cite"}
"""Marks whose words are not the program's."""


def sentences(page: Page) -> list[str]:
    """Sentences as they stand on a page, each once."""
    found: dict[str, None] = {}
    for run in _runs(page):
        text = " ".join(_text(run).split())
        for one in re.split(r"(?<=[.!?])\s+(?=[A-Z“])", text):
            if len(one.split()) > 3 and not re.search(MESSAGE, one):
                found.setdefault(one, None)
    return list(found)


def _text(run: Inline) -> str:
    pieces = (
        piece if isinstance(piece, str) else "{}" if piece.kind in QUIET else piece.text
        for piece in run
        if isinstance(piece, str | Mark)
    )
    return "".join(pieces)


def _runs(page: Page) -> Iterator[Inline]:
    front = page.front
    yield from (front.headline, front.lead)
    for one in front.judgements:
        yield from (one.text, one.rests)
    for side in front.sides:
        yield from side.paras
    for section in page.sections:
        yield from _of(section.blocks)


def _of(blocks: tuple[object, ...]) -> Iterator[Inline]:
    for block in blocks:
        match block:
            case Para(text, notes):
                yield text
                yield from _titles(notes)
            case Items(items):
                for item in items:
                    yield item.text
                    yield from _titles(item.notes)
            case Plate(finding=finding, how=how):
                yield from (finding, (how,))
            case Details(_, inner):
                yield from _of(inner)


def _titles(notes: tuple[Note, ...]) -> Iterator[Inline]:
    """The titles of notes that are sentences: "North Korea wants to talk"."""
    for note in notes:
        if " want" in note.title:
            yield (f"{note.title}.",)

"""Reports parsed in batches: every unit of text once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from detente.reading.analysis.layout import layout
from detente.reading.analysis.model import Parsed
from detente.reading.pinned import load
from detente.reading.report import Report

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BATCH = 64


def parse(texts: Sequence[str]) -> Iterator[Doc]:
    """Yield the parse of every text, in order; they are parsed in batches."""
    return load().pipe(texts, batch_size=_BATCH)


def analysed(reports: Sequence[Report]) -> list[Parsed]:
    """Return reports, whose text is plain, in units that are parsed."""
    laid = [layout(report) for report in reports]
    docs = parse([unit.text for parsed in laid for unit in parsed.units])
    return [
        replace(one, units=tuple(replace(unit, doc=next(docs)) for unit in one.units))
        for one in laid
    ]

"""Reports parsed in batches: every unit of text once, and no report twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.reading.analysis.layout import layout
from detente.reading.analysis.model import Parsed
from detente.reading.parses import parsed
from detente.reading.report import Report


def analysed(reports: Sequence[Report]) -> list[Parsed]:
    """Return reports, whose text is plain, in units that are parsed."""
    laid = [layout(report) for report in reports]
    docs = parsed([[unit.text for unit in one.units] for one in laid])
    return [
        replace(
            one,
            units=tuple(replace(u, doc=doc) for u, doc in zip(one.units, found, strict=True)),
        )
        for one, found in zip(laid, docs, strict=True)
    ]

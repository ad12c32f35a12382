"""Verdicts on decision diagrams for a terminal: exact numbers, large patterns, what is nearest."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from detente.case.formula import Formula
from detente.case.model import Case
from detente.dossier.tables.patterns import Column, pattern_tables
from detente.dossier.tables.stability import counts_view, heading, nothing_holds
from detente.dossier.text.aimed import aimed_text
from detente.graph.diagrams import Large, Where
from detente.stability.analysis import Verdicts
from detente.stability.symbolic import cover


def large_view(result: Verdicts, target: Formula | None) -> RenderableType:
    """Return the verdicts: counts, what holds in patterns, and what lies nearest to today."""
    graph = result.graph
    assert isinstance(graph, Large)
    parts = counts_view(result)
    for concept in result.concepts:
        states = result.equilibria(concept.name).states
        assert isinstance(states, Where)
        parts += _patterns(result.case, graph, concept.name, states)
    parts.append(Text(aimed_text(result, target)))
    return Group(*parts)


def _patterns(case: Case, graph: Large, concept: str, states: Where) -> list[RenderableType]:
    """Return the largest patterns of what holds under one concept, and what they leave out."""
    if not states.any():
        return [nothing_holds([concept]), Text()]
    found = cover(graph, states)
    columns = [
        Column((), pattern, (f"{count:.1e}" if count >= 10**7 else f"{count:,}",))
        for pattern, count in zip(found.patterns, found.counts, strict=True)
    ]
    parts: list[RenderableType] = [heading(f"What holds under {concept}")]
    parts += pattern_tables(case, columns, ("states",))
    if found.left_out:
        share = 100 - found.left_out * 100 / found.states
        told = f"These patterns hold {share:.0f}% of the {found.states:,} states that hold"
        parts.append(Text(f"{told}; {found.left_out:,} are in further patterns."))
    parts.append(Text())
    return parts

"""What each party believes of the others, as JSON has it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.case.model import Case
from detente.doubt.hypergame import Hypergame, Range, Value
from detente.graph.model import Graph

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.doubt import GameDocument, ViewsDocument, WorthDocument


def views_document(
    case: Case, graph: Graph, games: Sequence[Hypergame], values: Sequence[Value]
) -> ViewsDocument:
    """Return what holds as each party sees the game, who is surprised, what beliefs are worth."""
    return {
        "case": case.name,
        "options": list(case.option_names),
        "concepts": {game.concept.name: _game(case, graph, game) for game in games},
        "beliefs": [_worth(case, graph, value) for value in values],
    }


def _game(case: Case, graph: Graph, game: Hypergame) -> GameDocument:
    names = case.party_names
    surprised = {
        name: {
            other: list(graph.states(game.surprising(i, j)))
            for j, other in enumerate(names)
            if j != i and game.surprising(i, j).any()
        }
        for i, name in enumerate(names)
    }
    return {
        "holds": list(graph.states(game.holds)),
        "true": list(graph.states(game.true)),
        "expects": {
            name: list(graph.states(seen.expected))
            for name, seen in zip(names, game.seen, strict=True)
        },
        "surprised": surprised,
        "apart": list(graph.states(game.apart)),
    }


def _worth(case: Case, graph: Graph, value: Value) -> WorthDocument:
    names = case.party_names
    own = value.viewer == value.about

    def levels(found: Sequence[Range | None]) -> dict[str, list[float]]:
        return {
            name: [] if at is None else [float(at[0]), float(at[1])]
            for name, at in zip(names, found, strict=True)
        }

    return {
        "viewer": names[value.viewer],
        "about": None if own else names[value.about],
        "concept": value.concept.name,
        "corrected": list(graph.states(value.corrected)),
        "before": levels(value.before),
        "after": levels(value.after),
    }

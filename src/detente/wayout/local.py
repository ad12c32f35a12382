"""The solution concepts asked about one state alone, move by move.

The array concepts settle all states at once; where only one state is in question and preferences
change from one question to the next, following the moves from that state is quicker. A test holds
both to the same verdicts.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.graph.model import Graph, Party
from detente.graph.slices import improvements_at, moves_at
from detente.stability.rules import Rules


def stays_at(graph: Graph, party: Party, state: int, rules: Rules) -> bool:
    """Return whether a state is stable for a party.

    Parameters
    ----------
    state : int
        Flat index.
    rules : Rules
        With answers in turn, or none.
    """
    tempting = improvements_at(graph, party, state).tolist()
    if not rules.answered or not tempting:
        return not tempting
    ranks = graph.ranks[party].ravel()
    today = ranks[state]
    for improved in tempting:
        for answer in _answers(graph, party, improved, improving=rules.improving):
            if ranks[answer] <= today and not (
                rules.final and (ranks[moves_at(graph, party, answer)] > today).any()
            ):
                break
        else:
            return False
    return True


def _answers(graph: Graph, party: Party, state: int, *, improving: bool) -> Iterator[int]:
    """Yield where legal sequences of the others lead, nearer states first."""
    successors = improvements_at if improving else moves_at
    reached: set[tuple[int, Party]] = set()
    seen: set[int] = set()
    fresh = [(state, party)]
    while fresh:
        further = []
        for source, last in fresh:
            for j in graph.others(party):
                if j == last:
                    continue
                for target in successors(graph, j, source).tolist():
                    if (target, j) in reached:
                        continue
                    reached.add((target, j))
                    further.append((target, j))
                    if target not in seen:
                        seen.add(target)
                        yield target
        fresh = further

"""Reasons of the concepts that look some moves ahead: the play that is expected."""

from __future__ import annotations

import itertools

import numpy as np

from detente.graph.model import Graph, Party
from detente.graph.paths import Step, shortest
from detente.graph.slices import moves_at
from detente.stability.limited import Forecast, forecasts, settled, worst_case
from detente.stability.rules import Rules
from detente.stability.witness.reason import Deterrent, Prospects, Turn, alone


def prospects(graph: Graph, party: Party, state: int, rules: Rules) -> Prospects:
    """Return what tempts one of two parties that look as far ahead as the rules say."""
    if rules.horizon:
        return limited(graph, party, state, rules.horizon)
    return nonmyopic(graph, party, state)


def limited(graph: Graph, party: Party, state: int, horizon: int) -> Prospects:
    """Return what tempts one of two parties that look ``horizon`` moves ahead."""
    ahead = list(itertools.islice(forecasts(graph), horizon + 1))
    return _expected(graph, party, state, ahead)


def nonmyopic(graph: Graph, party: Party, state: int) -> Prospects:
    """Return what tempts one of two parties that look ahead without limit.

    Told at a horizon of the round in which forecasts go round: one at which the party leaves, if
    there is one.
    """
    first, last = settled(graph)
    ahead = list(itertools.islice(forecasts(graph), last))
    leaving = [h for h in range(first, last) if ahead[h].ends[party].flat[state] != state]
    horizon = min((h for h in leaving if h), default=max(1, last - 1))
    return _expected(graph, party, state, ahead[: horizon + 1])


def _expected(graph: Graph, party: Party, state: int, ahead: list[Forecast]) -> Prospects:
    """Return the moves that are better at once, or in the end, and the play after each."""
    other, left = 1 - party, len(ahead) - 2
    ranks = graph.ranks[party].ravel()
    moves = moves_at(graph, party, state)
    ends = ahead[left].ends[other].ravel()[moves]
    tempting = (ranks[moves] > ranks[state]) | (ranks[ends] > ranks[state])
    targets, sanctioned = moves[tempting], ranks[ends[tempting]] <= ranks[state]

    def trace(k: int) -> Deterrent:
        at, mover, play = int(targets[k]), other, []
        for forecast in reversed(ahead[: left + 1]):
            to = int(forecast.moves[mover].flat[at])
            if to == at:
                break
            play.append(alone(Step(mover, at, to)))
            at, mover = to, 1 - mover
        improvement = alone(Step(party, state, int(targets[k])))
        return Deterrent(improvement, tuple(play), None, bool(sanctioned[k]), at)

    liking = ranks[ends[tempting]].astype(np.int64)
    return Prospects(len(moves) > 0, targets, sanctioned, liking, trace)


def pessimistic(graph: Graph, party: Party, state: int, rules: Rules) -> Prospects:
    """Return what tempts a party that expects the worst of all others."""
    ranks = graph.ranks[party].ravel()
    moves = moves_at(graph, party, state)
    horizon = rules.horizon
    value = worst_case(graph, party, horizon).ravel()
    tempting = (ranks[moves] > ranks[state]) | (value[moves] > ranks[state])
    targets = moves[tempting]
    sanctioned = value[targets] <= ranks[state]

    def trace(k: int) -> Deterrent:
        improvement = alone(Step(party, state, int(targets[k])))
        play = _worst_play(graph, party, int(targets[k]), horizon)
        end = play[-1].target if play else int(targets[k])
        return Deterrent(improvement, play, None, bool(sanctioned[k]), end)

    liking = value[targets].astype(np.int64)
    return Prospects(len(moves) > 0, targets, sanctioned, liking, trace)


def _worst_play(graph: Graph, party: Party, start: int, horizon: int) -> tuple[Turn, ...]:
    """Return the play in which the others do their worst and the party its best."""
    ranks, others = graph.ranks[party], graph.others(party)
    at, play = start, []
    for turn in range(2, horizon + 1):
        value = worst_case(graph, party, horizon, turn - 1).flat[at]
        if ranks.flat[at] == value:
            break  # whoever has the turn does no better than stop
        goal = graph.feasible & (worst_case(graph, party, horizon, turn) == value)
        movers = (party,) if turn % 2 else others
        steps = shortest(graph, at, goal, movers, limit=1).sequences[0]
        play.append(Turn(movers if turn % 2 else others, steps))
        at = steps[-1].target
    return tuple(play)

"""Ways from the status quo: shortest legal sequences [LiKilgourHipel2005]_."""

from __future__ import annotations

from oracle.conflict import Conflict, State
from oracle.joint import improvements

Sequence = tuple[tuple[int, State], ...]
"""Who moves, and where to, step by step."""


def shortest_sequences(
    c: Conflict, start: State, improving: bool, movers: tuple[int, ...] | None = None
) -> dict[State, set[Sequence]]:
    """For every other state that can be reached, all legal sequences of the least length.

    Where no movers are named, all parties may move.

    A sequence that ends in a (state, last mover) pair met at a shorter length is dropped: the
    shorter one can be continued in the same ways.
    """
    answers: dict[State, set[Sequence]] = {}
    met: set[tuple[State, int]] = set()
    longest: list[Sequence] = [()]
    while longest:
        extended: list[Sequence] = []
        for path in longest:
            last, s = path[-1] if path else (None, start)
            for j in c.parties if movers is None else movers:
                if j != last:
                    reach = improvements(c, j, s) if improving else c.moves[j][s]
                    extended += [(*path, (j, q)) for q in reach if (q, j) not in met]
        met |= {(path[-1][1], path[-1][0]) for path in extended}
        reached_now = {path[-1][1] for path in extended} - set(answers) - {start}
        for q in reached_now:
            answers[q] = {path for path in extended if path[-1][1] == q}
        longest = extended
    return answers

"""What is asked of a conflict on decision diagrams: concepts, patterns, one state, a target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from detente.errors import LimitError
from detente.graph.diagrams import Large, Values, Where
from detente.graph.diagrams.ways import Way, nearest, shortest
from detente.graph.model import Party
from detente.graph.space import Levels
from detente.stability.cover import Cover, Pattern, in_order
from detente.stability.registry import Concept
from detente.stability.rules import Rules

MAX_PATTERNS = 6
"""Patterns said of a set on diagrams; what share of it they hold is told."""


def need(concepts: Sequence[Concept]) -> None:
    """Check that diagrams can tell some concepts.

    Raises
    ------
    LimitError
        If not; it names those that they can.
    """
    for concept in concepts:
        rules = concept.rules
        known = rules.in_turn or rules.answers == "worst"
        if concept.over != "party" or rules.reading or not known:
            raise LimitError(
                f"'{concept.name}' is not worked out on decision diagrams; nash, gmr, smr, seq, "
                "sseq and pessimistic2, pessimistic3, … are. It needs a case whose feasible states "
                "can be listed (--store list)"
            )


def cover(graph: Large, states: Where, *, limit: int = MAX_PATTERNS) -> Cover:
    """Return patterns that say a set of states: all of it, or the large ones and what is left.

    Each pattern begins with the fewest fixed bits that hold only states not covered yet, and is
    opened as long as no feasible state from outside comes in.
    """
    coding = graph.coding
    outside = (~states).node
    left = states.node
    found: list[Pattern] = []
    while len(found) < limit and left != coding.bdd.false:
        pattern = _open(graph, _widest(graph, left), outside, left)
        left &= ~_node(graph, pattern)
        found.append(pattern)
    kept = _irredundant(graph, found, states)
    counts = [_held(graph, pattern, states).size() for pattern in kept]
    return in_order(kept, counts, states.size(), Where(coding, left).size())


def _node(graph: Large, pattern: Sequence[int | None]) -> Any:
    coding = graph.coding
    return coding.all_of(
        coding.level(axis, level) for axis, level in enumerate(pattern) if level is not None
    )


def _held(graph: Large, pattern: Pattern, states: Where) -> Where:
    return Where(graph.coding, _node(graph, pattern) & states.node)


def _widest(graph: Large, left: Any) -> list[int | None]:
    """Return a state of a set as a pattern, with those options open that fix no bit of its cube."""
    coding = graph.coding
    fixed = _shortest_cube(coding.bdd, left)
    rest = coding.bdd.let(fixed, left)
    state = Where(coding, rest & coding.all_of(_bit(coding.bdd, *pair) for pair in fixed.items()))
    levels = state.first()
    return [
        level if any(name in fixed for name in names) else None
        for names, level in zip(coding.x, levels, strict=True)
    ]


def _bit(bdd: Any, name: str, value: bool) -> Any:
    return bdd.var(name) if value else ~bdd.var(name)


def _shortest_cube(bdd: Any, root: Any) -> dict[str, bool]:
    """Return the values of the fewest variables that make a diagram true."""
    far = 1 << 30
    known: dict[tuple[int, bool], tuple[int, Any]] = {}

    def place(node: Any) -> tuple[int, bool]:
        return (int(~node) if node.negated else int(node)), bool(node.negated)

    stack = [root]
    while stack:
        node = stack[-1]
        key = place(node)
        if key in known:
            stack.pop()
            continue
        if node.var is None:
            known[key] = (0 if node == bdd.true else far, None)
            stack.pop()
            continue
        low, high = (node.low, node.high) if not node.negated else _children(node)
        waiting = [child for child in (low, high) if place(child) not in known]
        if waiting:
            stack += waiting
            continue
        lengths = [known[place(child)][0] + 1 for child in (low, high)]
        taken = int(lengths[1] < lengths[0])
        known[key] = (min(lengths), (node.var, bool(taken), (low, high)[taken]))
        stack.pop()
    cube: dict[str, bool] = {}
    step = known[place(root)][1]
    while step is not None:
        name, value, child = step
        cube[name] = value
        step = known[place(child)][1]
    return cube


def _children(node: Any) -> tuple[Any, Any]:
    """Return what a complemented diagram becomes with its variable false, and true."""
    regular = ~node
    return ~regular.low, ~regular.high


def _open(graph: Large, pattern: list[int | None], outside: Any, left: Any) -> Pattern:
    """Open options while nothing from outside comes in, that which brings in most first."""
    bdd = graph.coding.bdd
    bits = sum(map(len, graph.coding.x))
    fixed = [axis for axis, level in enumerate(pattern) if level is not None]
    while fixed:
        gains: dict[int, float] = {}
        for axis in list(fixed):
            opened = pattern.copy()
            opened[axis] = None
            node = _node(graph, opened)
            if (node & outside) != bdd.false:
                fixed.remove(axis)  # and it stays so: a pattern only ever widens
            else:
                gains[axis] = float(bdd.count(node & left, bits))
        if not gains:
            break
        best = max(gains, key=lambda axis: (gains[axis], axis))
        pattern[best] = None
        fixed.remove(best)
    return tuple(pattern)


def _irredundant(graph: Large, patterns: list[Pattern], states: Where) -> list[Pattern]:
    """Drop patterns whose states the others hold as well, the smallest first."""
    coding = graph.coding
    kept = list(patterns)
    for pattern in sorted(patterns, key=lambda p: _held(graph, p, states).size()):
        others = coding.any_of(_node(graph, p) for p in kept if p != pattern)
        if (_held(graph, pattern, states).node & ~others) == coding.bdd.false:
            kept.remove(pattern)
    return kept


@dataclass(frozen=True, slots=True)
class LargeReason:
    """Whether one party stays at one state, and what tempts and deters it.

    Parameters
    ----------
    concept : Concept
        Under which.
    party : int
        The party.
    stays : bool
        Whether it does.
    can_move : bool
        Whether it has any move.
    tempting, unanswered : int
        Its moves to better states, and those of them that no answer deters it from.
    move : tuple of int or None
        Where one of them leads, an unanswered one if there is any: the one that changes least.
    answer : Way
        What the others would do then, where they deter it.
    """

    concept: Concept
    party: Party
    stays: bool
    can_move: bool
    tempting: int
    unanswered: int
    move: Levels | None
    answer: Way


def large_reason(graph: Large, concept: Concept, party: Party, state: Levels) -> LargeReason:
    """Return whether a party stays at a state under a concept, and why."""
    rules = concept.rules
    need([concept])
    can_move = graph.kernel.forward(graph.only(state), party, improving=False).any()
    tempting = graph.kernel.forward(graph.only(state), party, improving=True)
    n = tempting.size()
    if not n:
        return LargeReason(concept, party, True, can_move, 0, 0, None, Way(False))
    if not rules.in_turn:
        raise LimitError(
            f"one state is explained under nash, gmr, smr, seq, sseq; not {concept.name}"
        )
    deterring, unanswered = graph.everything, tempting
    if rules.answered:
        deterring = _deterring(graph, party, state, rules) & _same_choice(graph, party, tempting)
        others = graph.others(party)
        unanswered &= ~graph.kernel.reaching(deterring, others, improving=rules.improving)
    left = unanswered.size()
    move = nearest(graph, unanswered if left else tempting, state)
    answer = Way(False)
    if not left:
        others = graph.others(party)
        answer = shortest(graph, move, deterring, others, improving=rules.improving)
    return LargeReason(concept, party, not left, can_move, n, left, move, answer)


def _values(found: Any) -> Values:
    assert isinstance(found, Values)
    return found


def _deterring(graph: Large, party: Party, state: Levels, rules: Rules) -> Where:
    """Return the states to which an answer makes a party's move from a state no gain.

    That is all that is asked of one state; what a party must fear everywhere costs far more.
    """
    coding = graph.coding
    values = _values(graph.ranks[party])
    if rules.final:
        values = values.at_most_both(graph.kernel.best(values, party))
    return Where(coding, coding.at_rank_of(party, state, values.node) & coding.feasible)


def _same_choice(graph: Large, party: Party, states: Where) -> Where:
    """Return the states in which a party does what it does in one of some: others leave it so."""
    coding = graph.coding
    own = graph.kernel.own[party]
    rest = [name for k, names in enumerate(coding.x) if k not in own for name in names]
    return Where(coding, coding.bdd.exist(rest, states.node) & coding.feasible)


@dataclass(frozen=True, slots=True)
class VeryMany:
    """Why parties stay at one state of very many, or leave it.

    Parameters
    ----------
    levels : tuple of int
        The state.
    better : tuple of int
        For each party of the case how many states it prefers to it.
    reasons : tuple of LargeReason
        For each concept asked about, for each party asked about.
    """

    levels: Levels
    better: tuple[int, ...]
    reasons: tuple[LargeReason, ...]


def very_many(
    graph: Large, concepts: Sequence[Concept], levels: Levels, focal: tuple[Party, ...] | None
) -> VeryMany:
    """Return why parties stay at a state, or leave it.

    Parameters
    ----------
    focal : tuple of int, optional
        Only these parties.
    """
    with graph.bounded():
        return _very_many(graph, concepts, levels, focal)


def _very_many(
    graph: Large, concepts: Sequence[Concept], levels: Levels, focal: tuple[Party, ...] | None
) -> VeryMany:
    coding = graph.coding
    parties = range(len(graph.parties))
    better = tuple(
        Where(coding, coding.at_rank_of(i, levels, coding.above(i)) & coding.feasible).size()
        for i in parties
    )
    asked = parties if focal is None else focal
    found = tuple(large_reason(graph, concept, i, levels) for concept in concepts for i in asked)
    return VeryMany(levels, better, found)

"""Small conflicts with known verdicts, written down by hand.

Each names its source. Where the literature prints a verdict (the equilibria of the Prisoner's
Dilemma, of Chicken, of the Cuban crisis, of Elmira, of Syria and Iraq), it agrees with what
stands here; the rest was computed outside this project, by two programs that share no code.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from detente.graph import Graph


@dataclass(frozen=True)
class WorkedCase:
    """A conflict and the equilibria of each concept, as state strings: N, Y or the level."""

    name: str
    source: str
    graph: Graph
    equilibria: Mapping[str, frozenset[str]]


def text(graph: Graph, state: Sequence[int]) -> str:
    """The string of a state: N or Y for two levels, else the level's index."""
    words = zip(graph.shape, state, strict=True)
    return "".join("NY"[level] if n == 2 else str(level) for n, level in words)


def from_text(string: str) -> tuple[int, ...]:
    return tuple("NY".index(c) if c in "NY" else int(c) for c in string)


def make(
    owner: Sequence[int],
    payoffs: Sequence[Mapping[str, int]],
    *,
    feasible: Sequence[str] = (),
    levels: Sequence[int] = (),
    allowed: Mapping[int, Sequence[tuple[int, int]]] | None = None,
) -> Graph:
    """Build a graph from state strings; states that a party's payoffs do not name have 0."""
    shape = tuple(levels) or (2,) * len(owner)
    mask = np.ones(shape, bool)
    if feasible:
        mask[...] = False
        for string in feasible:
            mask[from_text(string)] = True
    changes = [np.ones((n, n), bool) for n in shape]
    for axis, pairs in (allowed or {}).items():
        changes[axis] = np.eye(shape[axis], dtype=bool)
        for old, new in pairs:
            changes[axis][old, new] = True
    ranks = []
    for payoff in payoffs:
        values = np.zeros(shape, int)
        for string, number in payoff.items():
            values[from_text(string)] = number
        dense = np.zeros(shape, np.int8)
        dense[mask] = np.unique(values[mask], return_inverse=True)[1].reshape(-1)
        ranks.append(dense)
    names = tuple(f"p{i}" for i in range(len(payoffs)))
    options = tuple(f"{names[p]}.o{axis}" for axis, p in enumerate(owner))
    return Graph(names, options, tuple(owner), tuple(changes), mask, tuple(ranks))


def two_by_two(row: Sequence[int], column: Sequence[int]) -> Graph:
    """A 2x2 game; payoffs at NN, YN, NY, YY (row's option stands first)."""
    order = ("NN", "YN", "NY", "YY")
    return make((0, 1), [dict(zip(order, p, strict=True)) for p in (row, column)])


def best_first(ranking: str) -> dict[str, int]:
    """Payoffs from state strings, best first; ``=`` joins states that tie."""
    groups = ranking.split()
    return {s: len(groups) - k for k, group in enumerate(groups) for s in group.split("=")}


def expected(**concepts: str) -> dict[str, frozenset[str]]:
    """Concepts to sets of strings; the underscore joins concepts that share one."""
    return {
        concept: frozenset(states.split())
        for names, states in concepts.items()
        for concept in names.split("_")
    }


def renumbered(numbers: str, string_of: Mapping[int, str]) -> str:
    """Replace state numbers, apart by spaces or ``=``, by state strings."""
    return " ".join(
        "=".join(string_of[int(n)] for n in group.split("=")) for group in numbers.split()
    )


# The decimal number of a Cuban state has air strike, blockade, withdraw, escalate as its bits.
CUBA = {n: "".join("NY"[n >> bit & 1] for bit in range(4)) for n in range(12)}
# Syria and Iraq: release, escalate, attack as bits; release with escalate cannot be; from 1.
SYRIA = dict(enumerate(("NNN", "YNN", "NYN", "NNY", "YNY", "NYY"), start=1))
# Elmira: modify, strategy (delay, accept, abandon), insist; modify counts fastest; from 1.
ELMIRA = {
    1 + modify + 2 * strategy + 6 * insist: f"{'NY'[modify]}{strategy}{'NY'[insist]}"
    for modify, strategy, insist in itertools.product((0, 1), (0, 1, 2), (0, 1))
}


def _cuba(one_way: bool) -> Graph:
    rankings = ("4 6 5 7 2 1 3 0 11 9 10 8", "0 4 6 2 5 1 7 3 11 9 10 8")
    return make(
        (0, 0, 1, 1),
        [best_first(renumbered(r, CUBA)) for r in rankings],
        feasible=tuple(CUBA.values()),
        allowed={0: [(0, 1)]} if one_way else None,
    )


def _elmira() -> Graph:
    rankings = (
        "9 3 4 10 7 1 2 8 11=5=6=12",
        "1 4 10 7 5=11=6=12 2 3 9 8",
        "9 3 7 1 10 8 4 2 11=5=12=6",
    )
    return make(
        (0, 1, 2),
        [best_first(renumbered(r, ELMIRA)) for r in rankings],
        levels=(2, 3, 2),
        allowed={0: [(0, 1)], 1: [(0, 1), (0, 2), (1, 2)]},
    )


def _syria() -> Graph:
    rankings = ("1 3 6 2 4 5", "2 4 6 1 5 3")
    return make(
        (0, 0, 1),
        [best_first(renumbered(r, SYRIA)) for r in rankings],
        feasible=tuple(SYRIA.values()),
    )


ONE_AT_A_TIME = make(
    (0, 1),
    [{"N0": 1, "Y0": 2, "Y1": 2, "N1": 1, "N2": 1}, {}],
    levels=(2, 3),
    allowed={1: [(0, 1), (1, 0), (1, 2), (2, 1)]},
)
"""From Y0 the second party can go one level only; Y2, which would deter, takes it two moves."""

CASES = (
    WorkedCase(
        "prisoners_dilemma",
        "[FraserHipel1984]_; Y is to defect",
        two_by_two((3, 4, 1, 2), (3, 1, 4, 2)),
        expected(nash="YY", gmr_smr_seq_sseq_sim="NN YY", cnash="", cgmr_csmr_cseq="NN"),
    ),
    WorkedCase(
        "chicken",
        "[FraserHipel1984]_; Y is not to swerve",
        two_by_two((3, 4, 2, 1), (3, 2, 4, 1)),
        expected(nash_seq_sseq_cnash_cseq="YN NY", gmr_smr_sim_cgmr_csmr="NN YN NY"),
    ),
    WorkedCase(
        "stag_hunt",
        "textbook; Y is to hunt the hare; concepts beyond Nash computed elsewhere",
        two_by_two((4, 3, 1, 2), (4, 1, 3, 2)),
        expected(nash_gmr_smr_seq_sseq_sim="NN YY", cnash_cgmr_csmr_cseq="NN"),
    ),
    WorkedCase(
        "battle_of_sexes",
        "textbook; concepts beyond Nash computed elsewhere; YN is GMR but not SMR",
        two_by_two((4, 2, 1, 3), (3, 2, 1, 4)),
        expected(nash_smr_seq_sseq_cnash_cgmr_csmr_cseq="NN YY", gmr_sim="NN YN YY"),
    ),
    WorkedCase(
        "matching_pennies",
        "textbook; with ties; concepts beyond Nash computed elsewhere",
        two_by_two((2, 1, 1, 2), (1, 2, 2, 1)),
        expected(nash_smr_sseq_sim_cnash_csmr="", gmr_seq_cgmr_cseq="NN YN NY YY"),
    ),
    WorkedCase(
        "cuba",
        "[FraserHipel1984]_ ch. 1: equilibria 4 and 6",
        _cuba(one_way=False),
        expected(
            nash_sim_cnash="",
            gmr_smr=renumbered("0 1 2 4 5 6 7", CUBA),
            seq_sseq=renumbered("4 6", CUBA),
            cgmr_csmr=renumbered("0 4", CUBA),
            cseq=renumbered("4", CUBA),
        ),
    ),
    WorkedCase(
        "cuba_one_way",
        "the same with an air strike that cannot be undone; computed elsewhere",
        _cuba(one_way=True),
        expected(
            nash_sim_cnash=renumbered("5", CUBA),
            gmr_smr=renumbered("0 1 2 4 5 6 7", CUBA),
            seq_sseq=renumbered("4 5 6", CUBA),
            cgmr_csmr=renumbered("0 4 5", CUBA),
            cseq=renumbered("4 5", CUBA),
        ),
    ),
    WorkedCase(
        "elmira",
        "[HipelFangKilgourHaight1993]_, coalitions [KilgourHipelFangPeng2001]_",
        _elmira(),
        expected(
            nash_seq_sseq_sim=renumbered("5 6 7 10 11 12", ELMIRA),
            gmr_smr=renumbered("1 4 5 6 7 10 11 12", ELMIRA),
            cnash_cseq=renumbered("5 6 10 11 12", ELMIRA),
            cgmr_csmr=renumbered("1 4 5 6 10 11 12", ELMIRA),
        ),
    ),
    WorkedCase(
        "syria_iraq",
        "[HipelKilgourKinsara2014]_",
        _syria(),
        expected(
            nash_smr_seq_sseq_sim_cnash_csmr_cseq=renumbered("6", SYRIA),
            gmr_cgmr=renumbered("1 6", SYRIA),
        ),
    ),
    WorkedCase(
        "gmr_repeat",
        "by hand: only p1, p2, p1 in turn reach the state that deters p0 at NNNN",
        make(
            (0, 1, 1, 2),
            [{"NNNN": 1, "YNNN": 2, "YYNN": 2, "YYNY": 2}, {}, {}],
            feasible=("NNNN", "YNNN", "YYNN", "YYNY", "YNYY"),
        ),
        expected(
            nash_seq_sseq_sim_cnash_cseq="YNNN YYNN YYNY YNYY",
            gmr_smr_cgmr_csmr="NNNN YNNN YYNN YYNY YNYY",
        ),
    ),
    WorkedCase(
        "seq_repeat",
        "by hand at NNN: improvements of p1, p2, p1 in turn deter p0; the rest computed elsewhere",
        make(
            (0, 1, 2),
            [
                {"NNN": 1, "YNN": 2, "YYN": 2, "YYY": 2},
                {"YYN": 1, "YNY": 1},
                {"YNN": 1, "YYY": 1},
            ],
        ),
        expected(
            nash_sim="NNY",
            gmr_smr_seq_cgmr_cseq="NNN YNN NYN YYN NNY YNY NYY YYY",
            sseq="NNN NYN NNY NYY",
            cnash="",
            csmr="YNN YYN YYY",
        ),
    ),
    WorkedCase(
        "sim_twice",
        "by hand at NNN: both improvements of p0 are spoilt by p1 taking its option at once",
        make(
            (0, 0, 1),
            [{"NNN": 1, "YNN": 2, "NYN": 2}, {"NNY": 1}],
            feasible=("NNN", "YNN", "NYN", "NNY", "YNY", "NYY"),
        ),
        expected(
            nash_seq_sseq_cnash_cseq="YNN NYN NNY YNY NYY",
            gmr_smr_sim_cgmr_csmr="NNN YNN NYN NNY YNY NYY",
        ),
    ),
)

LIMITED_MOVE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("prisoners_dilemma", ("YY", "NN YY", "NN YY", "NN YY", "NN YY", "NN YY")),
    ("chicken", ("YN NY", "", "NN", "NN", "NN", "NN")),
    ("stag_hunt", ("NN YY", "NN", "NN", "NN", "NN", "NN")),
    ("matching_pennies", ("", "NN YN NY YY", "", "NN YN NY YY", "", "NN YN NY YY")),
    ("cuba", ("", renumbered("4 6", CUBA), *[renumbered("4", CUBA)] * 4)),
)
"""Equilibria at horizons 1, 2, ...; computed elsewhere.

The limits of the first two are the non-myopic equilibria of [BramsWittman1981]_, [Kilgour1985]_.
"""

INVERSE_SYRIA: Mapping[int, Mapping[str, int]] = {
    1: {"nash": 0, "seq": 150, "gmr": 384, "smr": 0},
    2: {"nash": 240, "seq": 384, "gmr": 384, "smr": 300},
    3: {"nash": 0, "seq": 0, "gmr": 0, "smr": 0},
    4: {"nash": 240, "seq": 300, "gmr": 384, "smr": 300},
    5: {"nash": 0, "seq": 120, "gmr": 384, "smr": 0},
    6: {"nash": 240, "seq": 300, "gmr": 384, "smr": 300},
}
"""Of Syria's 720 strict rankings, those that make a state an equilibrium, Iraq's as it is.

Computed elsewhere by trying all of them; state 2 by hand as well: 720 times
1 - 1/3 - 1/3 + 1/5 = 384. ([Kinsara2014]_ prints 420 there: its program lets the last improvement
decide.)
"""


def case_named(name: str) -> WorkedCase:
    return next(case for case in CASES if case.name == name)

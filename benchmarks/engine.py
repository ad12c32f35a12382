"""Speed and memory of the four classic concepts, from the case to every party's verdicts.

``python benchmarks/engine.py`` prints a Markdown table. Three parties share the options evenly;
each ranks the states by 12 random statements. The second kind of case has a fifth of its states
infeasible and a third of its options one-way. Every size runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import time

import numpy as np

from detente.case import formula as fm
from detente.case.model import Case, Option, Party, Rule, Statement, Statements
from detente.graph import Graph, build
from detente.stability.registry import CLASSIC, find
from detente.version import __version__

STATEMENTS = 12


def case(bits: int, *, rough: bool, seed: int = 1) -> Case:
    """Three parties with ``bits`` yes-no options between them and random wishes."""
    rng = np.random.default_rng(seed)
    owner = [k * 3 // bits for k in range(bits)]
    one_way = frozenset({(0, 1)})
    options = [
        Option(f"o{k}", f"Option {k}", changes=one_way if rough and k % 3 == 0 else None)
        for k in range(bits)
    ]
    atoms = [fm.OptionIs(f"p{owner[k]}", f"o{k}") for k in range(bits)]

    def literal() -> fm.Formula:
        atom = atoms[rng.integers(bits)]
        return atom if rng.random() < 0.5 else fm.Not(atom)

    def wish() -> fm.Formula:
        return fm.Or((fm.And((literal(), literal())), literal()))

    parties = tuple(
        Party(
            f"p{p}",
            f"Party {p}",
            tuple(o for o, who in zip(options, owner, strict=True) if who == p),
            Statements(tuple(Statement(wish()) for _ in range(STATEMENTS))),
        )
        for p in range(3)
    )
    rules = (
        tuple(Rule(fm.And(tuple(literal() for _ in range(3)))) for _ in range(2)) if rough else ()
    )
    return Case("benchmark", "Benchmark", parties, infeasible=rules)


def thinned(graph: Graph, share: float, seed: int = 1) -> Graph:
    """The same conflict with about so many of its states feasible, chosen at random."""
    rng = np.random.default_rng(seed)
    keep = graph.feasible & (rng.random(graph.shape) < share / graph.feasible.mean())
    return Graph(graph.parties, graph.options, graph.owner, graph.changes, keep, graph.ranks)


def measure(bits: int, *, rough: bool) -> dict[str, float]:
    """Time one case in this process."""
    model = case(bits, rough=rough)
    begin = time.perf_counter()
    graph = build(model)
    if rough:
        graph = thinned(graph, 0.8)
    built = time.perf_counter()
    stable = {
        (name, p): find(name).stable(graph, p)
        for name in CLASSIC
        for p in range(len(graph.parties))
    }
    done = time.perf_counter()
    assert graph.feasible.size == 1 << bits
    assert all(v.shape == graph.shape and v.any() for v in stable.values())
    for p in range(3):  # who has no better move has none to be deterred from
        assert not (stable["nash", p] & ~stable["seq", p]).any()
        assert not (stable["seq", p] & ~stable["gmr", p]).any()
    return {
        "bits": bits,
        "rough": rough,
        "states": graph.n_states,
        "rank": built - begin,
        "total": done - begin,
        "pass": one_pass(bits),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }


def one_pass(bits: int) -> float:
    """Seconds of one ``np.maximum`` over an int32 array of that many cells, the best of several."""
    a, b = (np.zeros(1 << bits, np.int32) for _ in range(2))
    out = np.empty_like(a)
    times = []
    for _ in range(7):
        begin = time.perf_counter()
        np.maximum(a, b, out=out)
        times.append(time.perf_counter() - begin)
    return min(times)


def matrix_method(graph: Graph) -> dict[tuple[str, int], np.ndarray]:
    """The same verdicts by matrices of states against states, as the textbooks write them."""
    n = graph.feasible.size
    states = np.arange(n)
    levels = np.stack(np.unravel_index(states, graph.shape))
    feasible = graph.feasible.ravel()
    moves = []
    for own in graph.axes:
        allowed = np.ones((n, n), bool)
        for axis in range(len(graph.shape)):
            at = levels[axis]
            mine = own.start <= axis < own.stop
            allowed &= graph.changes[axis][np.ix_(at, at)] if mine else at[:, None] == at
        moves.append(allowed & feasible[:, None] & feasible & ~np.eye(n, dtype=bool))
    found = {}
    for p in range(len(graph.parties)):
        rank = graph.ranks[p].ravel()
        worse = rank[None, :] <= rank[:, None]  # [s, t]: t is no better than s
        better = moves[p] & ~worse
        improving = [
            m & (r.ravel()[None, :] > r.ravel()[:, None])
            for m, r in zip(moves, graph.ranks, strict=True)
        ]
        others = graph.others(p)
        any_answer = reachable([moves[j] for j in others])
        own_answer = reachable([improving[j] for j in others])
        escapes = times(moves[p], ~worse.T)  # [u, s]: from u the party gets above s
        answers = {
            "gmr": (any_answer, worse),
            "seq": (own_answer, worse),
            "smr": (any_answer, worse & ~escapes.T),
        }
        found["nash", p] = ~better.any(1) & feasible
        for name, (response, hurts) in answers.items():
            answered = times(hurts, response.T)  # [s, t]: after t some answer hurts at s
            found[name, p] = ~(better & ~answered).any(1) & feasible
    return {key: value.reshape(graph.shape) for key, value in found.items()}


def reachable(steps: list[np.ndarray]) -> np.ndarray:
    """The transitive closure of the union of some moves, by repeated squaring."""
    closed = np.logical_or.reduce(steps)
    while True:
        longer = closed | times(closed, closed)
        if (longer == closed).all():
            return closed
        closed = longer


def times(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Boolean matrix product, by way of the fast product of floats."""
    return a.astype(np.float32) @ b.astype(np.float32) > 0.5


def compare(bits: int) -> dict[str, float]:
    """Time the engine against the matrices on one case; the answers must be equal."""
    graph = build(case(bits, rough=False))
    fast = []
    for _ in range(5):
        again = build(case(bits, rough=False))
        begin = time.perf_counter()
        ours = {(n, p): find(n).stable(again, p) for n in CLASSIC for p in range(3)}
        fast.append(time.perf_counter() - begin)
    begin = time.perf_counter()
    theirs = matrix_method(graph)
    slow = time.perf_counter() - begin
    assert ours.keys() == theirs.keys()
    assert all((ours[key] == theirs[key]).all() for key in ours)
    return {"bits": bits, "fast": min(fast), "slow": slow, "ratio": slow / min(fast)}


def in_a_process(*arguments: str) -> dict[str, float]:
    command = [sys.executable, __file__, *arguments]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(answer.stdout)
    return result


def main() -> None:
    """Print the table, or with --one or --compare one result as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[12, 16, 18, 20, 22, 24])
    parser.add_argument("--one", type=int, help="one size, as JSON")
    parser.add_argument("--rough", action="store_true")
    parser.add_argument("--compare", type=int, help="against matrices, as JSON")
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(measure(chosen.one, rough=chosen.rough)))
        return
    if chosen.compare:
        print(json.dumps(compare(chosen.compare)))
        return
    print(
        f"détente {__version__}, Python {platform.python_version()}, numpy {np.__version__}, "
        f"{platform.machine()}, {platform.node()}, {time.strftime('%Y-%m-%d')}\n"
    )
    print("| case | states | rankings s | all s | µs a state | ÷ one pass | peak MiB |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for rough in (False, True):
        for bits in chosen.sizes:
            row = in_a_process("--one", str(bits), *(["--rough"] if rough else []))
            kind = "a fifth infeasible, a third one-way" if rough else "all feasible, reversible"
            print(
                f"| 2^{bits}, {kind} | {row['states']:,.0f} | {row['rank']:.2f} | "
                f"{row['total']:.2f} | {1e6 * row['total'] / 2**bits:.2f} | "
                f"{row['total'] / row['pass']:,.0f} | {row['peak'] / 2**20:,.0f} |",
                flush=True,
            )
    row = in_a_process("--compare", "12")
    print(
        f"\nAgainst matrices of states, 2^12: {row['slow']:.1f} s to {row['fast'] * 1000:.1f} ms, "
        f"{row['ratio']:,.0f} times faster, the same verdicts."
    )


if __name__ == "__main__":
    main()

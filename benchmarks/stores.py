"""Speed and memory of the stores: arrays, a list of feasible states, decision diagrams.

``python benchmarks/stores.py`` prints Markdown tables. Every row runs in a process of its own;
seconds are of the processor, from the case to every party's verdicts. ``--big`` adds what takes
minutes.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

import detente
from detente.case import formula as fm
from detente.case.model import Case, Option, Party, Rule, Statement, Statements
from detente.graph import build, using
from detente.graph.build import build_any
from detente.graph.diagrams import Where
from detente.stability.coalition import sub_coalitions
from detente.stability.registry import find
from engine import case as dense_case

COALITION = ("cnash", "cgmr", "csmr", "cseq")


def thin(groups: int, *, rules: int, seed: int = 1, levels: bool = False) -> Case:
    """Three parties; of each group of three options one holds; some rules across parties.

    With ``levels`` each group is one option of three levels: the same conflict.
    """
    rng = np.random.default_rng(seed)
    owner = [g * 3 // groups for g in range(groups)]

    def option(g: int, k: int) -> fm.Formula:
        party = f"p{owner[g]}"
        return fm.OptionIs(party, f"g{g}", str(k)) if levels else fm.OptionIs(party, f"g{g}o{k}")

    def literal() -> fm.Formula:
        atom = option(int(rng.integers(groups)), int(rng.integers(3)))
        return atom if rng.random() < 0.5 else fm.Not(atom)

    def wish() -> fm.Formula:
        return fm.Or((fm.And((literal(), literal())), literal()))

    wishes = [[Statement(wish()) for _ in range(12)] for _ in range(3)]
    found: list[Rule] = []
    for _ in range(rules):
        g, h = rng.choice(groups, 2, replace=False)
        found.append(Rule(fm.And((option(int(g), 0), option(int(h), 1)))))
    parties = []
    for p in range(3):
        mine = [g for g in range(groups) if owner[g] == p]
        if levels:
            options = [Option(f"g{g}", f"Group {g}", ("0", "1", "2")) for g in mine]
        else:
            options = [Option(f"g{g}o{k}", f"Option {g} {k}") for g in mine for k in range(3)]
        parties.append(Party(f"p{p}", f"Party {p}", tuple(options), Statements(tuple(wishes[p]))))
    if not levels:
        for g in range(groups):
            own = [option(g, k) for k in range(3)]
            found.append(Rule(fm.Not(fm.Or(tuple(own)))))
            found += [Rule(fm.And((own[i], own[j]))) for i in range(3) for j in range(i)]
    return Case("thin", "Thin", tuple(parties), infeasible=tuple(found))


def bound(size: int, free: int, seed: int = 1) -> Case:
    """The thin case with more options: each further group follows one of the first ``free``."""
    base = thin(size // 3, rules=2, seed=seed)
    owner = {o.name: p.name for p, o in base.options}
    rules = list(base.infeasible)
    for p in range(3):
        mine = [g for g in range(size // 3) if owner[f"g{g}o0"] == f"p{p}"]
        own = mine[: free // 3]
        for k, g in enumerate(mine[free // 3 :]):
            for level in range(3):
                after, before = (
                    fm.OptionIs(f"p{p}", f"g{h}o{level}") for h in (g, own[k % len(own)])
                )
                rules.append(Rule(fm.And((after, fm.Not(before)))))
    return replace(base, infeasible=tuple(rules))


def many_parties(bits: int, parties: int) -> Case:
    """The dense case with more parties."""
    base = dense_case(bits, rough=False)
    options = [o for p in base.parties for o in p.options]
    owner = [k * parties // bits for k in range(bits)]
    rng = np.random.default_rng(1)
    atoms = [fm.OptionIs(f"p{owner[k]}", options[k].name) for k in range(bits)]

    def literal() -> fm.Formula:
        atom = atoms[rng.integers(bits)]
        return atom if rng.random() < 0.5 else fm.Not(atom)

    made = tuple(
        Party(
            f"p{p}",
            f"Party {p}",
            tuple(o for o, who in zip(options, owner, strict=True) if who == p),
            Statements(
                tuple(
                    Statement(fm.Or((fm.And((literal(), literal())), literal()))) for _ in range(12)
                )
            ),
        )
        for p in range(parties)
    )
    return replace(base, parties=made)


def measure(kind: str, size: int, store: str, concepts: str) -> dict[str, object]:
    """Time one case in this process."""
    if kind == "thin":
        model = thin(size // 3, rules=max(2, size // 5))
    elif kind.startswith("bound"):
        model = bound(size, int(kind[5:]))
    elif kind == "levels":
        model = thin(size // 3, rules=max(2, size // 5), levels=True)
    elif kind == "gallery":
        model = detente.load("korea-2018")
    else:
        model = many_parties(size, int(kind))
    begin = time.process_time()
    with using(store or None):
        graph = build_any(model) if store == "diagrams" else build(model)
    built = time.process_time() - begin
    seconds, holding = {}, {}
    for name in concepts.split(","):
        begin = time.process_time()
        concept = find(name)
        everybody = tuple(range(len(graph.parties)))
        focals = sub_coalitions(everybody) if concept.over == "coalition" else everybody
        held = None
        for focal in focals:
            stable = concept.stable(graph, focal)
            held = stable if held is None else held & stable
        seconds[name] = round(time.process_time() - begin, 2)
        holding[name] = held.size() if isinstance(held, Where) else int(np.count_nonzero(held))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    states = graph.n_states
    return {
        "states": states,
        "store": graph.space.name,
        "built": round(built, 2),
        "seconds": seconds,
        "holding": holding,
        "peak": round(peak),
    }


def rows(*, big: bool) -> Iterator[tuple[str, int, str, str]]:
    """Yield what is measured: kind of case, options, store, concepts."""
    four = "nash,gmr,smr,seq"
    yield from (("thin", n, "list", four) for n in (21, 30, 36, 42))
    yield from ((f"bound{free}", n, "list", four) for n in (60, 99) for free in (9, 12))
    yield from (("levels", n, store, four) for n in (24, 30) for store in ("arrays", "list"))
    yield "thin", 21, "arrays", four
    yield "3", 16, "arrays", four
    yield "3", 16, "list", four
    yield from (("3", n, "diagrams", four) for n in (10, 16, 20, 30, 40, 50))
    yield "3", 20, "arrays", four
    yield "3", 20, "list", four
    yield "3", 60, "diagrams", "nash,gmr,smr"
    yield "5", 40, "diagrams", "nash,gmr,smr"
    yield "gallery", 0, "arrays", ",".join(COALITION)
    if big:
        yield "3", 60, "diagrams", "seq"
        yield "8", 20, "arrays", "seq"


def main() -> None:
    """Measure everything, each row in its own process, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--big", action="store_true")
    parser.add_argument("--one", nargs=4, metavar=("KIND", "SIZE", "STORE", "CONCEPTS"))
    given = parser.parse_args()
    if given.one:
        kind, size, store, concepts = given.one
        print(json.dumps(measure(kind, int(size), store, concepts)))
        return
    print("| case | options | states | store | built s | s by concept | hold | peak MiB |")
    print("|---|---:|---:|---|---:|---|---|---:|")
    for kind, size, store, concepts in rows(big=given.big):
        command = [sys.executable, __file__, "--one", kind, str(size), store, concepts]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"| {kind} | {size} | {done.stderr.strip().splitlines()[-1]} |")
            continue
        found = json.loads(done.stdout)
        told = ", ".join(f"{k} {v}" for k, v in found["seconds"].items())
        held = ", ".join(f"{k} {v:,}" for k, v in found["holding"].items())
        print(
            f"| {kind} | {size} | {found['states']:,} | {found['store']} | {found['built']} | "
            f"{told} | {held} | {found['peak']} |",
            flush=True,
        )


if __name__ == "__main__":
    main()

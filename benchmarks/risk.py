"""Speed and memory of the chain of missteps and of sweeps; ``python benchmarks/risk.py``.

- The chain: a conflict of 16 options, four parties with four options each, all 65,536 states
  reachable; from the case to every figure: probabilities, 100 ticks, times, shares.
- The sweep: 10,000 cases of the size of Elmira (three parties, 12 states) with five uncertainties
  and all four results, on two processes.
- The cluster: 200 tasks of 100 ms on two workers of a local Dask cluster, against what the tasks
  alone would take; needs ``detente[distributed]``.

Each runs in a process of its own. The ratio is to one pass of ``np.maximum`` over as many ranks as
the chain has states, or, for sweeps, over 65,536. Seconds of a core, starting the interpreter and
the imports included, tell what a machine without neighbours would take.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from functools import partial

import numpy as np

from detente import pools
from detente.case import formula as fm
from detente.case.files import parse
from detente.case.model import Case, Option, Outcome, Party, Statement, Statements
from detente.questions.risk import risk
from detente.questions.sweep import sweep
from detente.risk.uncertainty import Firmness, Misstep, Order, Presence, Today
from detente.version import __version__

PARTIES, EACH = 4, 4
SAMPLES = 10_000
TASKS, TASK_SECONDS, WORKERS = 200, 0.1, 2

ELMIRA_SIZED = """\
title: A plant and its water
parties:
  ministry: {options: {modify: {label: Modify the order, irreversible: true}}}
  plant: {options: {strategy: {levels: [delay, accept, abandon], irreversible: true}}}
  town: {options: {insist: Insist on the order}}
outcomes:
  war: plant.strategy = abandon
  talks: plant.strategy = accept
status_quo: []
preferences:
  ministry: [not war, talks, not ministry.modify, town.insist]
  plant: [ministry.modify, talks if ministry.modify, not war, not town.insist]
  town: [not war, talks, not ministry.modify, town.insist if not ministry.modify]
conditions: [{party: plant, option: plant.strategy = accept, needs: ministry.modify, firmness: 3}]
refusals: [{id: order, party: ministry, refuses: ministry.modify, firmness: 2}]
"""
UNCERTAIN = (
    Order("plant", 0, 2),
    Presence("town", 3, 0.6),
    Firmness("order", 1, 5),
    Misstep("plant", 0.001, 0.1, log=True),
    Today(2, (0, 1)),
)


def large(seed: int = 3) -> Case:
    """Four parties with four options each and random wishes; danger and goal are corners."""
    rng = np.random.default_rng(seed)
    atoms = [fm.OptionIs(f"p{p}", f"o{k}") for p in range(PARTIES) for k in range(EACH)]

    def literal() -> fm.Formula:
        atom = atoms[rng.integers(len(atoms))]
        return atom if rng.random() < 0.5 else fm.Not(atom)

    def wish() -> fm.Formula:
        return fm.Or((fm.And((literal(), literal())), literal()))

    parties = tuple(
        Party(
            f"p{p}",
            f"Party {p}",
            tuple(Option(f"o{k}", f"Option {k}") for k in range(EACH)),
            Statements(tuple(Statement(wish()) for _ in range(8))),
        )
        for p in range(PARTIES)
    )
    war = fm.And(tuple(atoms[::2]))
    talks = fm.And((*(fm.Not(a) for a in atoms[::2]), *atoms[1::2]))
    outcomes = (Outcome("war", war), Outcome("talks", talks))
    return Case("large", "Large", parties, outcomes, status_quo=(0,) * len(atoms))


def chain() -> dict[str, float | str]:
    """Time every figure of the large case."""
    case = large()
    start = time.perf_counter()
    result = risk(case, ways=5)
    seconds = time.perf_counter() - start
    hitting = result.base.hitting
    assert hitting.reachable == 1 << (PARTIES * EACH)
    assert 0 < hitting.p_danger < 1
    assert abs(hitting.p_danger + hitting.p_goal - 1) < 1e-9
    assert all(share for share in hitting.share)
    return {"what": f"chain of {hitting.reachable:,} states", "seconds": seconds}


def sweeping() -> dict[str, float | str]:
    """Time a sweep of a small case on two processes."""
    case = parse(ELMIRA_SIZED, file="case.yaml", name="plant").case
    start = time.perf_counter()
    found = sweep(case, UNCERTAIN, SAMPLES, workers=WORKERS).tally
    seconds = time.perf_counter() - start
    assert found.cases == SAMPLES
    assert len(found.dangers) == SAMPLES
    assert found.deadlock is not None
    assert len(set(found.dangers)) > SAMPLES / 2
    return {"what": f"sweep of {SAMPLES:,} cases", "seconds": seconds}


def wait(k: int) -> tuple[int, float]:
    """Keep a worker busy for the time of one task; return the number and the time it took."""
    start = time.perf_counter()
    time.sleep(TASK_SECONDS)
    return k, time.perf_counter() - start


def cluster() -> dict[str, float | str]:
    """Time tasks of 100 ms on a cluster, beyond what they take themselves."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=WORKERS, threads_per_worker=1, dashboard_address=None) as running:
        list(pools.on_cluster(partial(wait), range(WORKERS), running.scheduler_address))
        start = time.perf_counter()
        done = list(pools.on_cluster(partial(wait), range(TASKS), running.scheduler_address))
        seconds = time.perf_counter() - start
    assert [k for k, _ in done] == list(range(TASKS))
    alone = sum(took for _, took in done) / WORKERS
    over = f"{seconds / alone - 1:.1%} over the {alone:.2f} s of the tasks"
    return {"what": f"{TASKS} tasks on a cluster", "seconds": seconds, "note": over}


BENCHMARKS = {"chain": chain, "sweep": sweeping, "cluster": cluster}


def one_pass() -> float:
    """Time the unit: one pass of np.maximum over 65,536 ranks, the fastest of many."""
    a = np.arange(1 << 16, dtype=np.int32)
    b, out = a[::-1].copy(), np.empty_like(a)
    found = []
    for _ in range(200):
        start = time.perf_counter()
        np.maximum(a, b, out=out)
        found.append(time.perf_counter() - start)
    return min(found)


def main() -> None:
    """Run each benchmark in a process of its own and print a Markdown table."""
    if len(sys.argv) > 1:
        result = BENCHMARKS[sys.argv[1]]()
        used = resource.getrusage(resource.RUSAGE_SELF)
        below = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = used.ru_utime + used.ru_stime + below.ru_utime + below.ru_stime
        peak = max(used.ru_maxrss, below.ru_maxrss) / 1024
        print(json.dumps({**result, "cpu": cpu, "peak": peak}))
        return
    load = os.getloadavg()[0]
    print(
        f"{platform.node()}, {os.cpu_count()} cores (load {load:.1f}), Python "
        f"{platform.python_version()}, numpy {np.__version__}, détente {__version__}\n"
    )
    print("| what | s | of a core, s | passes | peak MiB | |\n|---|---|---|---|---|---|")
    unit = one_pass()
    for name in BENCHMARKS:
        run = subprocess.run(
            [sys.executable, __file__, name], capture_output=True, text=True, check=False
        )
        if run.returncode:
            print(f"| {name} | failed | | | | {run.stderr.strip().splitlines()[-1]} |")
            continue
        r = json.loads(run.stdout)
        ratio = f"{r['seconds'] / unit:,.0f}"
        figures = f"{r['seconds']:.2f} | {r['cpu']:.2f} | {ratio} | {r['peak']:.0f}"
        print(f"| {r['what']} | {figures} | {r.get('note', '')} |")


if __name__ == "__main__":
    main()

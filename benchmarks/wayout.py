"""Speed and memory of the way out: deadlock, path, unlock, zone, who, on invented conflicts.

``python benchmarks/wayout.py`` prints a table; each row runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import subprocess
import sys
import time
from dataclasses import dataclass

from detente.case.formula import And, Formula, Not, OptionIs, Or
from detente.case.model import (
    Case,
    Condition,
    Option,
    Outcome,
    Party,
    Refusal,
    Statement,
    Statements,
)


@dataclass(frozen=True)
class Row:
    """What one run has to show."""

    question: str
    size: str
    found: str
    seconds: float
    passes: float
    mib: float


def invented(parties: int, options: int, statements: int, seed: int) -> Case:
    """A conflict of two-level options with random statements of one or two options."""
    rng = random.Random(seed)
    every = [OptionIs(f"p{p}", f"o{o}") for p in range(parties) for o in range(options)]
    people = tuple(
        Party(
            f"p{p}",
            f"Party {p}",
            tuple(Option(f"o{o}", f"Option {p}{o}") for o in range(options)),
            Statements(tuple(Statement(literals(rng, every)) for _ in range(statements))),
        )
        for p in range(parties)
    )
    talks = And(tuple(OptionIs(f"p{p}", "o0") for p in range(parties)))
    return Case(
        "invented",
        "Invented",
        people,
        outcomes=(Outcome("talks", talks),),
        status_quo=(0,) * (parties * options),
    )


def literals(rng: random.Random, every: list[OptionIs]) -> Formula:
    """One option, or two joined by ``and`` or ``or``, each taken or left."""
    chosen = [f if rng.random() < 0.5 else Not(f) for f in rng.sample(every, rng.choice((1, 2)))]
    return chosen[0] if len(chosen) == 1 else rng.choice((And, Or))(tuple(chosen))


def outspoken(seed: int) -> Case:
    """Thirty options of five parties, thirty conditions and ten refusals."""
    from dataclasses import replace

    rng = random.Random(seed)
    case = invented(5, 6, 0, seed)
    every = [OptionIs(p.name, o.name) for p, o in case.options]
    conditions = []
    for k in range(30):
        mine = every[k % 30]
        needs = rng.sample([f for f in every if f.party != mine.party], 2)
        conditions.append(Condition(f"c{k}", mine.party, mine, And(tuple(needs)), 1 + k % 3))
    refusals = [
        Refusal(f"r{k}", every[3 * k].party, every[3 * k + 1], 1 + k % 4) for k in range(10)
    ]
    return replace(case, conditions=tuple(conditions), refusals=tuple(refusals))


# --- the questions ----------------------------------------------------------------------------


def deadlock_of_forty(seed: int) -> tuple[str, str]:
    from detente.case.formula import OutcomeIs
    from detente.wayout.deadlock import deadlock

    case = outspoken(seed)
    found = deadlock(case, OutcomeIs("talks"))
    assert found.verdict == "deadlock"
    assert found.concessions
    for concession in found.concessions:
        assert all(set(concession.drop) & set(knot) for knot in found.knots)
    knots = f"{len(found.knots)} knots{'' if 'knots' not in found.stopped else ' (the cap)'}"
    return "30 options, 40 said", f"{knots}, {len(found.concessions)} concessions"


def path_over(parties: int, options: int, seed: int) -> tuple[str, str]:
    import numpy as np

    from detente.case.truth import Truth
    from detente.graph import build
    from detente.wayout.choreography import choreography

    case = invented(parties, options, 10, seed)
    graph = build(case)
    target = np.broadcast_to(Truth(case)(case.outcomes[0].formula), graph.shape)
    found = choreography(graph, 0, target)
    assert graph.n_states == 1 << (parties * options)
    assert found.paths
    assert target.flat[found.nearest]
    path = found.paths[0]
    told = f"{len(path.steps)} steps, {path.joint_steps} joint, exposure {path.exposure}"
    return f"2^{parties * options} states, {parties} parties", told


def path_past_words(seed: int) -> tuple[str, str]:
    """A path on which 40 things said have to be weighed against each other."""
    from dataclasses import replace

    import numpy as np

    from detente.case.truth import Truth
    from detente.graph import build
    from detente.wayout.broken import words_of
    from detente.wayout.choreography import choreography

    rng = random.Random(seed)
    case = invented(4, 4, 10, seed)
    every = [OptionIs(p.name, o.name) for p, o in case.options]
    refusals = [
        Refusal(f"r{k}", rng.choice(every).party, literals(rng, every), rng.randint(1, 4))
        for k in range(40)
    ]
    case = replace(case, refusals=tuple(refusals))
    graph = build(case)
    target = np.broadcast_to(Truth(case)(case.outcomes[0].formula), graph.shape)
    found = choreography(graph, 0, target, words=words_of(case))
    (path, *_) = found.paths
    assert path.breaks
    told = f"{len(path.steps)} steps, {len(path.breaks)} words broken, firmness {path.cost}"
    return "2^16 states, 4 parties, 40 said", told


def zone_of(case: Case, size: str) -> tuple[str, str]:
    import numpy as np

    import detente

    found = detente.zone(case).found
    count = {name: int(np.count_nonzero(x)) for name, x in found.hold}
    n, best = (int(np.count_nonzero(x)) for x in (found.states, found.pareto))
    return size, f"{n:,} better for all, {best:,} Pareto-optimal, {count['seq']:,} hold (SEQ)"


def who_in(case: Case, size: str) -> tuple[str, str]:
    import detente

    power = detente.who(case, "talks").found.any_moves
    return size, f"{len(power.makers)} makers, {len(power.preventers)} preventers of talks"


def korea() -> Case:
    import detente

    return detente.load("korea-2018")


def unlock_to_two(seed: int) -> tuple[str, str]:
    from dataclasses import replace

    import numpy as np

    from detente.case.truth import Truth
    from detente.graph import build
    from detente.stability.registry import find
    from detente.wayout.unlock import unlock

    case = invented(4, 3, 7, seed)
    # Everybody's first three wishes stand against the target, so that no two edits can do.
    own = [[OptionIs(p.name, o.name) for o in p.options] for p in case.parties]
    against = [
        (Not(mine[0]), Or((Not(mine[0]), Not(mine[1]))), Or((Not(mine[0]), mine[1])))
        for mine in own
    ]
    people = tuple(
        replace(
            p,
            preferences=Statements((*map(Statement, first), *p.preferences.statements)),
        )
        for p, first in zip(case.parties, against, strict=True)
    )
    case = replace(case, parties=people)
    graph = build(case)
    target = np.broadcast_to(Truth(case)(case.outcomes[0].formula), graph.shape)
    found = unlock(case, graph, target, find("seq"), cost=2, seconds=600)
    assert graph.n_states == 1 << 12
    assert all(len(p.preferences.statements) == 10 for p in case.parties)
    assert (found.already, found.stopped) == ((), "")
    answers = f"{len(found.answers)} answers" if found.answers else "none"
    return "2^12 states, 4 parties of 10 statements", f"{answers} up to cost 2"


QUESTIONS = {
    "deadlock 1": lambda: deadlock_of_forty(1),
    "deadlock 2": lambda: deadlock_of_forty(2),
    "path, 4 parties": lambda: path_over(4, 4, 3),
    "path, 2 parties": lambda: path_over(2, 8, 3),
    "path, 8 parties": lambda: path_over(8, 2, 6),
    "path past words": lambda: path_past_words(5),
    "zone, Korea": lambda: zone_of(korea(), "3,780 states, 5 parties"),
    "zone, 4 parties": lambda: zone_of(invented(4, 4, 10, 3), "2^16 states, 4 parties"),
    "zone, 2 parties": lambda: zone_of(invented(2, 8, 10, 3), "2^16 states, 2 parties"),
    "zone, 8 parties": lambda: zone_of(invented(8, 2, 10, 6), "2^16 states, 8 parties"),
    "who, Korea": lambda: who_in(korea(), "3,780 states, 5 parties"),
    "who, 4 parties": lambda: who_in(invented(4, 4, 10, 3), "2^16 states, 4 parties"),
    "who, 8 parties": lambda: who_in(invented(8, 2, 10, 6), "2^16 states, 8 parties"),
    "unlock": lambda: unlock_to_two(1),
}


def measure(name: str) -> Row:
    """Ask one question here, and time one pass of ``np.maximum`` over 2^16 states beside it."""
    import numpy as np

    import detente.stability.registry  # noqa: F401  what is loaded once is not timed

    started = time.perf_counter()
    size, found = QUESTIONS[name]()
    seconds = time.perf_counter() - started
    a = np.arange(1 << 16, dtype=np.int32)
    begun = time.perf_counter()
    for _ in range(100):
        np.maximum(a, a[::-1])
    one_pass = (time.perf_counter() - begun) / 100
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Row(name, size, found, seconds, seconds / one_pass, peak)


def machine() -> str:
    """The machine's kind and what runs on it."""
    import numpy as np

    from detente import __version__

    return (
        f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}, numpy {np.__version__}, détente {__version__}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=QUESTIONS, help="one question, as JSON")
    only = parser.parse_args().only
    if only:
        row = measure(only)
        print(json.dumps([row.question, row.size, row.found, row.seconds, row.passes, row.mib]))
        return
    print(machine())
    print(f"{'question':<18}{'size':<42}{'seconds':>8}{'passes':>11}{'MiB':>6}  found")
    for name in QUESTIONS:
        command = [sys.executable, __file__, "--only", name]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        row = Row(*json.loads(told))
        print(
            f"{row.question:<18}{row.size:<42}{row.seconds:>8.2f}{row.passes:>11,.0f}"
            f"{row.mib:>6.0f}  {row.found}"
        )


if __name__ == "__main__":
    main()

"""Speed of doubt: what holds in every way, what each believes, what a result hangs on.

``python benchmarks/doubt.py`` prints a table. The conflicts are invented: three parties, sixteen
yes-no options, all 65,536 states; ten of twenty-one wishes unsure.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace

import detente
from detente.case.formula import And, Formula, Not, OptionIs, Or
from detente.case.model import Belief, Case, Option, Party, Statement, Statements, View

OPTIONS = 16
UNSURE = ((1, 2, 4, 5), (1, 3, 5), (2, 3, 6))
"""For each party which of its seven wishes are unsure."""


def invented() -> Case:
    """Return the conflict."""
    rng = random.Random(1)
    owner = [f"p{k * 3 // OPTIONS}" for k in range(OPTIONS)]

    def literal() -> Formula:
        k = rng.randrange(OPTIONS)
        atom = OptionIs(owner[k], f"o{k}")
        return atom if rng.random() < 0.5 else Not(atom)

    def wishes(unsure: tuple[int, ...]) -> Statements:
        made = [Or((And((literal(), literal())), literal())) for _ in range(7)]
        return Statements(tuple(Statement(f, unsure=k in unsure) for k, f in enumerate(made)))

    parties = tuple(
        Party(
            name,
            name,
            tuple(Option(f"o{k}", f"o{k}") for k in range(OPTIONS) if owner[k] == name),
            wishes(unsure),
        )
        for name, unsure in zip(("p0", "p1", "p2"), UNSURE, strict=True)
    )
    return Case("invented", "Invented", parties)


def with_views(case: Case) -> Case:
    """Return the conflict in which each takes the next for what the third is."""
    names = case.party_names
    views = tuple(
        View(name, (Belief(names[i - 2], case.parties[i - 1].preferences),))
        for i, name in enumerate(names)
    )
    return replace(case, views=views)


def main() -> None:
    """Measure each once; the processor's time, as other work may run beside."""
    case = invented()
    korea = detente.load("korea-2017")
    rows: list[tuple[str, Callable[[], object]]] = [
        ("nash, gmr, smr in doubt", lambda: detente.stability(case, "nash,gmr,smr", doubt=True)),
        ("seq in doubt, jointly", lambda: detente.stability(case, "seq", doubt=True)),
        ("views of three, four concepts", lambda: detente.views(with_views(case))),
        ("radius of korea-2017, seq", lambda: detente.radius(korea)),
    ]
    for name, ask in rows:
        start = time.process_time()
        ask()
        print(f"{name:32}{time.process_time() - start:8.2f} s", flush=True)


if __name__ == "__main__":
    main()

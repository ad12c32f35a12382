"""Which results hold when the case is uncertain."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any

from detente.case.files import read_formula
from detente.case.formula import OutcomeIs
from detente.case.model import Case
from detente.errors import CaseError
from detente.graph import memory
from detente.risk import pools
from detente.risk.results_file import Records
from detente.risk.settings import DANGER, GOAL, settle
from detente.risk.sweep import Task, fingerprint, records
from detente.risk.tally import Tally, tally
from detente.risk.uncertainty import Uncertainty
from detente.risk.vary_file import read_vary
from detente.stability import registry

MAX_CASES = 100_000_000
BATCH = 50
"""Cases of one batch: a tenth of a second or more of work, so that handing it out costs little."""

FEW = 300
"""Up to so many cases this process alone is as fast as several."""


@dataclass(frozen=True, eq=False)
class Sweep:
    """Which results hold how often.

    Parameters
    ----------
    case : Case
        The case as it stands.
    task : Task
        What was drawn and asked.
    asked : int
        How many cases were to be drawn.
    tally : Tally
        What holds how often in those that were.
    results : Path or None
        The file of the records.
    """

    case: Case
    task: Task
    asked: int
    tally: Tally
    results: Path | None

    @property
    def complete(self) -> bool:
        """Whether every case asked for is in."""
        return self.tally.cases == self.asked

    def __str__(self) -> str:
        from detente.dossier.tables.sweep import sweep_text

        return sweep_text(self.case, self.task, self.tally)

    def _repr_html_(self) -> str:
        from detente.dossier.notebook import prose

        return prose(str(self))


def sweep(
    case: Case,
    vary: str | PathLike[str] | Sequence[Uncertainty],
    samples: int,
    *,
    seed: int = 0,
    concepts: Sequence[str] = ("nash", "seq"),
    target: str | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    results: str | PathLike[str] | None = None,
    on_batch: Callable[[int, int], None] | None = None,
    **assumed: Any,
) -> Sweep:
    """Return how often each result holds among cases drawn from what is uncertain.

    Parameters
    ----------
    vary : path or sequence of Uncertainty
        What is uncertain: a file, or what it would say.
    samples : int
        How many cases to draw.
    seed : int
        The same seed draws the same cases.
    concepts : sequence of str
        Solution concepts, of those over parties.
    target : str, optional
        A formula for deadlock and concessions; by default the outcome ``talks`` where there is one.
    workers : int, optional
        Processes; by default one for each core, and just this one for few cases.
    cluster : str, optional
        Address of a Dask scheduler, whose workers do the work instead.
    results : path, optional
        A file that keeps the records; what it holds already is not worked out again.
    on_batch : callable, optional
        Called with how many cases are done and how many there will be. If it, or the user, raises
        KeyboardInterrupt, what is done so far is returned.
    **assumed
        What to assume about risk, as for :func:`detente.risk`.

    Raises
    ------
    CaseError
        If a name is unknown or a number out of range.

    Examples
    --------
    >>> import detente
    >>> from detente.risk.uncertainty import Today
    >>> case = detente.load("elmira")
    >>> found = detente.sweep(case, [Today(2, (0, 1))], 20, workers=1)
    >>> found.tally.cases
    20
    """
    if not 1 <= samples <= MAX_CASES:
        raise CaseError(f"the samples are from 1 to {MAX_CASES:,}, not {samples:,}")
    if workers is not None and workers < 1:
        raise CaseError(f"a sweep needs one worker at least, not {workers}")
    uncertain = read_vary(Path(vary), case) if isinstance(vary, str | PathLike) else tuple(vary)
    task = make_task(case, uncertain, seed, concepts, target, assumed)
    path = None if results is None else Path(results)
    with Records(task, path).open() as kept:
        before = len(kept.lines)
        try:
            batches = _batches(before, samples)
            with closing(_answers(task, batches, workers, cluster)) as answers:
                for lines in answers:
                    kept.add(lines)
                    if on_batch is not None:
                        on_batch(len(kept.lines), samples)
        except KeyboardInterrupt:
            pass  # what is done is kept; the result says that it is not complete
        return Sweep(case, task, samples, tally(kept.lines[:samples]), path)


def named_results(
    case: Case,
    *,
    vary: Path,
    seed: int,
    concepts: Sequence[str],
    target: str | None,
    samples: int = 0,
    workers: int | None = None,
    cluster: str | None = None,
    **assumed: Any,
) -> Path:
    """Return the file in the current folder that keeps the records where none is named.

    It is the same for the same question, whatever the samples and workers, and no other's.
    """
    task = make_task(case, read_vary(vary, case), seed, concepts, target, assumed)
    return Path(f"sweep-{case.name}-{fingerprint(task)}.jsonl")


def make_task(
    case: Case,
    uncertain: Sequence[Uncertainty],
    seed: int,
    concepts: Sequence[str],
    target: str | None,
    assumed: dict[str, Any],
) -> Task:
    """Return the task of a sweep; what the case does not allow to ask is left out.

    Raises
    ------
    CaseError
        If a name is unknown, or danger and goal overlap.
    """
    if seed < 0:
        raise CaseError(f"a seed is 0 or more, not {seed}")
    for name in concepts:
        if registry.find(name).over != "party":
            raise CaseError(f"'{name}' is a concept over coalitions; a sweep asks those of parties")
    memory.require(case)
    aim = read_formula(target, case, "--target") if target is not None else None
    if aim is None and GOAL in case.outcome_named:
        aim = OutcomeIs(GOAL)
    risky = DANGER in case.outcome_named or case.risk.danger or assumed.get("danger")
    ready = case.status_quo is not None and risky
    settings = settle(case, **assumed) if ready else None
    said = case.conditions or case.refusals
    task = Task(
        case,
        tuple(uncertain),
        seed,
        tuple(dict.fromkeys(concepts)),
        aim if said or target is not None else None,
        settings,
    )
    if settings is not None:
        from detente.graph import build
        from detente.risk.scenario import chain_of

        chain_of(case, build(case), settings)  # tells at once what would fail in every case
    return task


def _batches(done: int, samples: int) -> list[tuple[int, int]]:
    return [(k, min(k + BATCH, samples)) for k in range(done, samples, BATCH)]


def _answers(
    task: Task, batches: list[tuple[int, int]], workers: int | None, cluster: str | None
) -> Generator[list[str], None, None]:
    work = partial(_batch, task)
    if cluster is not None:
        return pools.on_cluster(work, batches, cluster)
    few = sum(last - first for first, last in batches) <= FEW
    count = workers or (1 if few else os.cpu_count() or 1)
    if count == 1 or len(batches) <= 1:
        return pools.here(work, batches)
    return pools.on_processes(work, batches, min(count, len(batches)))


def _batch(task: Task, bounds: tuple[int, int]) -> list[str]:
    return records(task, *bounds)

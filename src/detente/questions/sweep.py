"""Which results hold when the case is uncertain."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from detente import pools
from detente.case.files import read_formula
from detente.case.formula import OutcomeIs
from detente.case.model import Case
from detente.errors import CaseError
from detente.graph import memory
from detente.questions.declare import AtLeast, Option, Progress, Target
from detente.questions.result import Part, Tabled
from detente.questions.risk import Ahead, Behaviour, Danger, Goal, Misstep, Temperature, Tempo
from detente.risk.results_file import Records
from detente.risk.settings import DANGER, GOAL, settle
from detente.risk.sweep import Task, fingerprint, records
from detente.risk.tally import Tally, tally
from detente.risk.uncertainty import Uncertainty
from detente.risk.vary_file import read_vary
from detente.stability import registry

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.risk import SweepDocument
    from detente.dossier.sheets.model import Table

__all__ = ["sweep"]

MAX_CASES = 100_000_000
BATCH = 50
"""Cases of one batch: a tenth of a second or more of work, so that handing it out costs little."""

FEW = 300
"""Up to so many cases this process alone is as fast as several."""

EACH_CORE = "one for each core"


@dataclass(frozen=True, eq=False, repr=False)
class Sweep(Tabled):
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

    @property
    def kept(self) -> str:
        """What there is of an interrupted answer."""
        if self.complete:
            return ""
        done = f"{self.tally.cases:,} of {self.asked:,} cases"
        return f"{done} are done; the same command goes on"

    @property
    def remarks(self) -> tuple[str, ...]:
        """Where the records are."""
        return () if self.results is None else (f"records in {self.results}",)

    def line(self) -> str:
        """Return how many cases were drawn."""
        return f"{self.case.name}: {self.tally.cases:,} cases"

    def told(self) -> Iterator[Part]:
        """Yield what holds how often, and how the probability of danger spreads."""
        from detente.dossier.tables.sweep import danger_lines, sweep_tables

        if self.tally.cases:
            yield sweep_tables(self.case, self.task, self.tally)
            yield "\n".join(["", *danger_lines(self.task, self.tally)])

    def tables(self) -> tuple[Table, ...]:
        """Return the answer as tables."""
        from detente.dossier.sheets.risk import sweep_tables

        return sweep_tables(self.document())

    def document(self) -> SweepDocument:
        """Return the shares as JSON has them."""
        from detente.dossier.documents.risk import sweep_document

        return sweep_document(self.case, self.task, self.tally)

    def drawing(self) -> str:
        """Return the shares as SVG."""
        from detente.dossier.drawings.plate import plate_svg
        from detente.dossier.sections.drawn.often import often

        return plate_svg(often(self.case, self.task, self.tally))


def sweep(
    case: Case,
    vary: Annotated[str | PathLike[str] | Sequence[Uncertainty], Option(metavar="FILE")],
    samples: Annotated[int, AtLeast(1), Option(metavar="N")],
    *,
    seed: Annotated[int, AtLeast(0), Option(metavar="N")] = 0,
    concepts: Annotated[str | Sequence[str], Option(metavar="NAMES")] = "nash,seq",
    target: Annotated[Target, Option(shown="talks")] = None,
    danger: Danger = None,
    goal: Goal = None,
    misstep: Misstep = None,
    tempo: Tempo = None,
    behaviour: Behaviour = None,
    temperature: Temperature = None,
    concept: Ahead = None,
    workers: Annotated[int | None, AtLeast(1), Option(metavar="N", shown=EACH_CORE)] = None,
    cluster: Annotated[str | None, Option(metavar="ADDRESS")] = None,
    results: Annotated[
        str | PathLike[str] | bool,
        Option(metavar="FILE", shown="sweep-CASE-….jsonl in this folder", terminal=True),
    ] = False,
    on_batch: Annotated[Callable[[int, int], None] | None, Progress()] = None,
) -> Sweep:
    """Return how often each result holds among cases drawn from what is uncertain.

    The records are kept in a file, batch by batch: a sweep that was stopped goes on where it was
    when the same command is given again, and one with more samples goes on from there. The same
    seed gives the same bytes, however many workers there are.

    Parameters
    ----------
    case : Case
        The case as it stands.
    vary : path or sequence of Uncertainty
        What is uncertain (see the documentation).
    samples : int
        Cases to draw.
    seed : int
        The same seed draws the same cases.
    concepts : str or sequence of str
        Solution concepts, of those over parties.
    target : str, optional
        For deadlock.
    danger : str, optional
        Where the slide ends badly.
    goal : str, optional
        Where it ends well.
    misstep : float or mapping of str to float, optional
        How often a party errs, from 0 to 1; for all or for one.
    tempo : float or mapping of str to float, optional
        How often a party moves, relative to the others.
    behaviour : str, optional
        As for 'detente risk'.
    temperature : float, optional
        Of softmax, in ranks.
    concept : str, optional
        Of cautious: it looks ahead so.
    workers : int, optional
        Processes on this machine.
    cluster : str, optional
        Use this Dask cluster, such as tcp://host:8786.
    results : path, or True for a file in this folder that is named after the question
        Keep the records here.
    on_batch : callable, optional
        Called with how many cases are done and how many there will be. If it, or the user, raises
        KeyboardInterrupt, what is done so far is returned.

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
    assumed = {
        "danger": danger,
        "goal": goal,
        "misstep": misstep,
        "tempo": tempo,
        "behaviour": behaviour,
        "temperature": temperature,
        "concept": concept,
    }
    names = registry.choose(concepts, len(case.parties))
    task = make_task(case, uncertain, seed, names, target, assumed)
    path = _records(results, task)
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


def _records(results: str | PathLike[str] | bool, task: Task) -> Path | None:
    """Return the file of the records; by default one for the same question and no other."""
    if not isinstance(results, bool):
        return Path(results)
    return Path(f"sweep-{task.case.name}-{fingerprint(task)}.jsonl") if results else None


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

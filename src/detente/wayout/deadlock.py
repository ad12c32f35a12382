"""Deadlock: which things said aloud keep a target from happening, and what would have to give.

Rules of the case are hard, what the parties said (their conditions and refusals) is soft. No state
is ever listed: a solver works on the formulas themselves, so the number of options hardly matters.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, TypeVar

from detente.case.cnf import Encoding, Levels, said
from detente.case.formula import Formula
from detente.case.logic import Logic
from detente.case.model import Case, Condition, Refusal
from detente.case.solver import (
    Nearest,
    every_knot,
    rising_corrections,
    rising_knots,
)
from detente.case.truth import TruthAt
from detente.errors import CaseError

Said: TypeAlias = Condition | Refusal
Found = TypeVar("Found")
Verdict: TypeAlias = Literal["deadlock", "open", "impossible", "holds"]

MAX_KNOTS = 500
SMALL_KNOTS = 20
"""The smallest knots that are certain to be shown where there are too many to show all."""

MAX_CONCESSIONS = 1000
SHOWN_CONCESSIONS = 10
SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Concession:
    """Things said that, given up together, let the target happen; none of them can be kept.

    Parameters
    ----------
    drop : tuple of str
        Ids of conditions and refusals.
    cost : int
        The sum of their firmness.
    burden : tuple of (str, int)
        Each party that gives something up, in the case's order, and its part of the cost.
    witness : tuple of int
        A state in which the target and everything else said hold: of all such the one that
        changes the fewest options of the status quo, of several the first in the order of states.
    """

    drop: tuple[str, ...]
    cost: int
    burden: tuple[tuple[str, int], ...]
    witness: Levels

    @property
    def largest_share(self) -> int:
        """What the party that gives up most gives up."""
        return max((share for _, share in self.burden), default=0)


@dataclass(frozen=True, slots=True)
class Deadlock:
    """What stands in the way of a target.

    Parameters
    ----------
    case : Case
        The case.
    target : Formula
        What should happen.
    verdict : str
        ``impossible``: the rules of the case exclude it. ``holds``: it is so today. ``open``:
        nothing said stands in the way. ``deadlock``: what was said cannot all be kept.
    knots : tuple of tuple of str
        Smallest sets of things said that cannot hold together with the target, smaller ones first.
    concessions : tuple of Concession
        The cheapest first; at equal cost those first in which no party bears much.
    rules : tuple of int
        Where it is impossible: positions of rules that together exclude it, each of them needed.
        None at all means that the target contradicts itself.
    witness : tuple of int
        Where it is open: the nearest state in which the target and all that was said hold.
    stopped : tuple of str
        Why knots or concessions may be missing: ``"knots"``, ``"concessions"`` (their number was
        capped), ``"time"``, ``"interrupted"``. Empty if these are all.
    """

    case: Case
    target: Formula
    verdict: Verdict
    knots: tuple[tuple[str, ...], ...] = ()
    concessions: tuple[Concession, ...] = ()
    rules: tuple[int, ...] = ()
    witness: Levels = ()
    stopped: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether these are all the knots and all the concessions."""
        return not self.stopped

    @property
    def all_knots(self) -> bool:
        """Whether these are all the knots, whatever is missing of the concessions."""
        return not set(self.stopped) - {"concessions"}

    @property
    def cost(self) -> int | None:
        """The least cost of a way out; None where conceding cannot help or is not known yet."""
        if self.verdict == "deadlock":
            return self.concessions[0].cost if self.concessions else None
        return None if self.verdict == "impossible" else 0

    def said(self, name: str) -> Said:
        """Return what was said.

        Parameters
        ----------
        name : str
            The id of a condition or refusal of the case.
        """
        return next(s for s in everything_said(self.case) if s.id == name)


@dataclass(slots=True)
class _Clock:
    """When to stop, and why it was stopped."""

    deadline: float
    stopped: list[str] = field(default_factory=list)

    def late(self) -> bool:
        """Whether time is over, which is noted."""
        if time.monotonic() > self.deadline:
            self.stop("time")
        return "time" in self.stopped

    def stop(self, why: str) -> None:
        """Note once why something is missing."""
        if why not in self.stopped:
            self.stopped.append(why)


def everything_said(case: Case) -> tuple[Said, ...]:
    """Return the conditions and refusals of a case, in the order of the file."""
    return (*case.conditions, *case.refusals)


def deadlock(
    case: Case,
    target: Formula,
    *,
    limit: int = SHOWN_CONCESSIONS,
    max_knots: int = MAX_KNOTS,
    seconds: float = SECONDS,
    silence: bool = False,
) -> Deadlock:
    """Return what stands in the way of a target.

    Parameters
    ----------
    case : Case
        The case; its preferences play no part here.
    target : Formula
        What should happen.
    limit : int
        Concessions to return; all of least cost are returned in any case.
    max_knots : int
        Knots to return.
    seconds : float
        Time after which the search for more ends.
    silence : bool
        Whether a case in which nobody has said anything may be asked about.

    Raises
    ------
    CaseError
        If the case has no status quo, or nobody in it has said anything, unless that may be.

    Notes
    -----
    A condition stands for ``needs`` if ``option``, a refusal for ``not refuses``. Knots are minimal
    unsatisfiable subsets, concessions minimal correction sets; each knot meets each concession
    [LiffitonSakallah2008]_. Knots are found as hitting sets of the concessions met so far
    [IgnatievPrevitiLiffitonMarquesSilva2015]_, the cheapest concessions by weighted maximum
    satisfiability [IgnatievMorgadoMarquesSilva2019]_.
    """
    rules = Logic(case, conflicts=None).excluding(target)
    if rules is not None:
        return Deadlock(case, target, "impossible", rules=rules)
    if case.status_quo is None:
        today = f"[{', '.join(case.option_names[:1])}]"
        raise CaseError(
            f"{case.name} has no status quo, so nothing can be near to it or far from it; add a "
            f"line such as 'status_quo: {today}' to the case"
        )
    if TruthAt(case, case.status_quo)(target):
        return Deadlock(case, target, "holds", witness=case.status_quo)
    if not silence and not everything_said(case):
        raise CaseError(
            f"{case.name}: no party has said a condition or refusal, so nothing said stands in the "
            "way; add what the parties said aloud, for example:\n"
            f"refusals:\n  - {{party: {case.party_names[0]}, refuses: {_first(case)}}}"
        )
    return _work_out(case, target, limit, max_knots, _Clock(time.monotonic() + seconds))


def _first(case: Case) -> str:
    """Return an option of a case, one of another party than the first if there is one."""
    others = [n for n in case.option_names if not n.startswith(f"{case.party_names[0]}.")]
    return next(iter([*others, *case.option_names]), "")


def _work_out(case: Case, target: Formula, limit: int, max_knots: int, clock: _Clock) -> Deadlock:
    encoding = Encoding(case)
    encoding.forbid(case.infeasible)
    encoding.clauses.append([encoding.literal(target)])
    voices = {s.id: s for s in everything_said(case)}
    chosen = {encoding.selector(encoding.literal(said(s))): s.id for s in voices.values()}
    near = Nearest(encoding, case.status_quo or (0,) * len(case.shape))
    witness = near(list(chosen))
    if witness:
        return Deadlock(case, target, "open", witness=witness)
    concessions = _concessions(near, encoding, chosen, voices, limit, clock)  # the quicker part
    knots = _knots(encoding, chosen, max_knots, clock)
    return Deadlock(
        case,
        target,
        "deadlock",
        knots=knots,
        concessions=concessions,
        stopped=tuple(clock.stopped),
    )


def _knots(
    encoding: Encoding, chosen: dict[int, str], most: int, clock: _Clock
) -> tuple[tuple[str, ...], ...]:
    """Return all knots; where there are more than are wanted, the smallest are among them."""
    every = _until_stopped(every_knot(encoding, list(chosen)), clock, "knots", most)
    found = {_ids(knot, chosen) for knot in every}
    if "knots" in clock.stopped:
        small = _until_stopped(rising_knots(encoding, list(chosen)), clock, "knots", SMALL_KNOTS)
        found |= {_ids(knot, chosen) for knot in small}
    return tuple(sorted(found, key=lambda k: (len(k), k))[:most])


def _concessions(
    near: Nearest,
    encoding: Encoding,
    chosen: dict[int, str],
    voices: dict[str, Said],
    limit: int,
    clock: _Clock,
) -> tuple[Concession, ...]:
    """Return the cheapest concessions: all of least cost, then as many as asked for."""
    weights = {literal: voices[name].firmness for literal, name in chosen.items()}
    found: list[tuple[int, list[int]]] = []

    def enough(next_one: tuple[int, list[int]]) -> bool:
        """Whether a whole class of equal cost has ended and nothing more is asked for."""
        dearer = bool(found) and next_one[0] > found[-1][0]
        return dearer and len(found) >= max(1, limit)

    candidates = rising_corrections(encoding, weights)
    for item in _until_stopped(candidates, clock, "concessions", MAX_CONCESSIONS, enough):
        found.append(item)
    made = []
    for cost, dropped in found:
        kept = [literal for literal in chosen if literal not in dropped]
        ids = _ids(dropped, chosen)
        burden = _burden(encoding.case, [voices[name] for name in ids])
        made.append(Concession(ids, cost, burden, near(kept)))
    made.sort(key=lambda c: (c.cost, c.largest_share, c.drop))
    least = sum(c.cost == made[0].cost for c in made) if made else 0
    if len(made) > max(limit, least):
        clock.stop("concessions")
    return tuple(made[: max(limit, least)])


def _until_stopped(
    items: Iterator[Found],
    clock: _Clock,
    what: str,
    most: int,
    enough: Callable[[Found], bool] = lambda item: False,
) -> Iterator[Found]:
    """Yield items until a cap is met, time is over, or the user interrupts; note which."""
    if "interrupted" in clock.stopped:
        return
    try:
        for n, item in enumerate(items):
            if n >= most or enough(item):
                clock.stop(what)
                return
            yield item
            if clock.late():
                return
    except KeyboardInterrupt:
        clock.stop("interrupted")


def _ids(literals: Sequence[int], chosen: dict[int, str]) -> tuple[str, ...]:
    return tuple(sorted(chosen[literal] for literal in literals))


def _burden(case: Case, given_up: Sequence[Said]) -> tuple[tuple[str, int], ...]:
    share = {
        name: sum(s.firmness for s in given_up if s.party == name) for name in case.party_names
    }
    return tuple((name, cost) for name, cost in share.items() if cost)

"""All answers about one case together: what a dossier is made of."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from detente.case.formula import Formula
from detente.case.model import Case
from detente.case.write import to_yaml
from detente.doubt.holding import Doubt
from detente.doubt.hypergame import Hypergame
from detente.doubt.radius import Radius
from detente.errors import Problem
from detente.graph.space import Space
from detente.reading.evidence import Evidence
from detente.risk.scenario import Scenario
from detente.risk.settings import Settings
from detente.stability.analysis import Verdicts
from detente.stability.neighbourhood import Neighbourhood
from detente.stability.statusquo import Evolution
from detente.stability.tally import OutcomeTally
from detente.stability.witness import Reason
from detente.version import __version__
from detente.wayout.broker import Brokering
from detente.wayout.carry import Lean
from detente.wayout.compare import Comparison
from detente.wayout.deadlock import Deadlock
from detente.wayout.dilemmas import Dilemmas
from detente.wayout.results import Unlock, Ways, Who, Zone

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that was not answered.

    Parameters
    ----------
    why : str
        What is missing, as a sentence without its full stop.
    """

    why: str


NOT_ASKED = Unanswered("this was not asked")

Answered: TypeAlias = Answer | Unanswered


@dataclass(frozen=True, slots=True)
class Nuance:
    """How much holds under a concept that asks more than rankings.

    Parameters
    ----------
    concept : str
        Its name.
    states : int
        How many states hold under it.
    also : int
        How many of them hold by rankings alone, too.
    """

    concept: str
    states: int
    also: int


@dataclass(frozen=True, slots=True)
class RiskFound:
    """How likely a slide by mistake is: what was assumed, the case as it is, and what-ifs.

    ``complete`` is false where the work was interrupted before every what-if was there.
    """

    settings: Settings
    scenarios: tuple[Scenario, ...]
    ticks: int
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What is left of the answer without what rests on unconfirmed reports alone.

    Parameters
    ----------
    lines : int
        How many wishes, conditions and refusals that leaves out.
    comparison : Comparison
        From the case without them to the case as it is.
    concept : str
        Under which what is wanted has to hold.
    """

    lines: int
    comparison: Comparison
    concept: str

    @property
    def holds(self) -> bool:
        """Whether as much stands in the way, it costs and risks as much, and as much holds."""
        less, all_ = self.comparison.before, self.comparison.after
        stuck = [p.deadlock.verdict if p.deadlock else "" for p in (less, all_)]
        lasts = [bool(p.holding_in_target(self.concept)) for p in (less, all_)]
        return (
            stuck[0] == stuck[1]
            and less.cost == all_.cost
            and less.exposure == all_.exposure
            and lasts[0] == lasts[1]
        )


@dataclass(frozen=True, slots=True)
class StateReasons:
    """Who would stay at one state and who would leave it, under the concept of the plan.

    Parameters
    ----------
    outcome : str
        The state is the one nearest to today in which this outcome holds; empty for today.
    state : int
        Flat index.
    reasons : tuple of Reason
        One a party, or a coalition where the concept is about coalitions.
    """

    outcome: str
    state: int
    reasons: tuple[Reason, ...]

    @property
    def leaving(self) -> tuple[Reason, ...]:
        """The reasons of those who would leave."""
        return tuple(reason for reason in self.reasons if not reason.stable)


@dataclass(frozen=True, slots=True)
class Plan:
    """What was asked, so that it can be asked again.

    Parameters
    ----------
    source : str
        What the user named: a built-in case or a path, as it was written.
    concept : str
        The concept under which states hold where one is needed.
    concepts : tuple of str
        Those of the stability analysis.
    joint : int
        The most parties that move together on a path.
    cost : int
        The dearest changes of mind that were tried.
    target, earlier : str
        As asked for; empty for the case's own.
    compared : str
        What the earlier case can be named by, whoever asked for it; empty where there is none.
    """

    source: str
    concept: str = "seq"
    concepts: tuple[str, ...] = ("nash", "gmr", "smr", "seq")
    joint: int = 2
    cost: int = 2
    target: str = ""
    earlier: str = ""
    compared: str = ""


@dataclass(frozen=True, eq=False)
class Answers:
    """Everything that is known about a case.

    Parameters
    ----------
    case : Case
        The case, its labels short enough to be repeated.
    whole : Case
        The case as it was written.
    plan : Plan
        What was asked.
    evidence : Evidence
        The reports and what they say.
    warnings : tuple of Problem
        What is doubtful about the case.
    target : Formula or Unanswered
        What should come about.
    stability : Verdicts or Unanswered
        Which states hold.
    tally : OutcomeTally or Unanswered
        The same, outcome by outcome.
    reasons : tuple of StateReasons, or Unanswered
        Today, then the outcomes that hold nowhere: who would leave them, and why.
    neighbourhood : Neighbourhood or Unanswered
        The states around today's.
    evolution, deadlock, unlock, path, broker, risk, comparison, zone
        The other answers; each may be an :class:`Unanswered`.
    who : tuple of Who, or Unanswered
        About the target, then about the danger, where either is named.
    confirmed : Confirmed or Unanswered
        What is left without what rests on unconfirmed reports alone.
    leans : tuple of Lean, or Unanswered
        The wishes that carry the way.
    zone_turn : Radius or Unanswered
        The least change of the wishes after which something is better for all than today where
        nothing is, or nothing where something is.
    views : Hypergame or Unanswered
        What holds as each party sees the others.
    doubt : Doubt or Unanswered
        What holds however the wishes may be that the case calls unsure.
    nuances : tuple of Nuance or Unanswered
        How much holds where unsure wishes, strong ones or attitudes are taken into account.
    dilemmas : Dilemmas or Unanswered
        Whom public words put under pressure.
    interrupted : bool
        Whether the work was stopped before all was asked.
    version : str
        The version of détente that worked it out.
    """

    case: Case
    whole: Case
    plan: Plan
    evidence: Evidence
    warnings: tuple[Problem, ...]
    target: Answered[Formula]
    stability: Answered[Verdicts] = NOT_ASKED
    tally: Answered[OutcomeTally] = NOT_ASKED
    reasons: Answered[tuple[StateReasons, ...]] = NOT_ASKED
    evolution: Answered[Evolution] = NOT_ASKED
    neighbourhood: Answered[Neighbourhood] = NOT_ASKED
    deadlock: Answered[Deadlock] = NOT_ASKED
    unlock: Answered[Unlock] = NOT_ASKED
    path: Answered[Ways] = NOT_ASKED
    broker: Answered[Brokering] = NOT_ASKED
    risk: Answered[RiskFound] = NOT_ASKED
    comparison: Answered[Comparison] = NOT_ASKED
    zone: Answered[Zone] = NOT_ASKED
    who: Answered[tuple[Who, ...]] = NOT_ASKED
    leans: Answered[tuple[Lean, ...]] = NOT_ASKED
    zone_turn: Answered[Radius] = NOT_ASKED
    views: Answered[Hypergame] = NOT_ASKED
    doubt: Answered[Doubt] = NOT_ASKED
    nuances: Answered[tuple[Nuance, ...]] = NOT_ASKED
    dilemmas: Answered[Dilemmas] = NOT_ASKED
    confirmed: Answered[Confirmed] = NOT_ASKED
    interrupted: bool = False
    version: str = field(default=__version__, kw_only=True)

    @property
    def space(self) -> Space | None:
        """How the states are stored that the answers tell; None where none tells any."""
        who = () if isinstance(self.who, Unanswered) else self.who
        risk = () if isinstance(self.risk, Unanswered) else self.risk.scenarios[:1]
        told = (self.stability, self.path, self.unlock, self.zone, *who, *risk)
        return next((f.graph.space for f in told if not isinstance(f, Unanswered)), None)

    @property
    def digest(self) -> str:
        """SHA-256 of the case as it would be written, for telling two cases apart."""
        return hashlib.sha256(to_yaml(self.whole).encode()).hexdigest()

"""How likely a slide into danger by mistake is, and whose missteps matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from detente.case.files import read_formula
from detente.case.formula import Formula
from detente.case.model import Case
from detente.errors import CaseError
from detente.graph import build
from detente.risk.prism import PrismModel, to_prism
from detente.risk.scenario import Scenario, chain_of, scenario
from detente.risk.settings import Settings, settle
from detente.version import __version__

TICKS = 100
MAX_TICKS = 1_000_000


@dataclass(frozen=True, eq=False)
class Risk:
    """How likely a slide into danger is; ``str`` tells it in plain English.

    Parameters
    ----------
    case : Case
        The case.
    settings : Settings
        What was assumed, and where each assumption comes from.
    ticks : int
        How far the probability of danger was followed.
    base : Scenario
        The case as it is.
    what_if : tuple of Scenario
        With something forced to hold, in the order asked; fewer if the work was interrupted.
    asked : int
        How many what-ifs were asked for.
    version : str
        The version of détente that worked it out.
    """

    case: Case
    settings: Settings
    ticks: int
    base: Scenario
    what_if: tuple[Scenario, ...]
    asked: int
    version: str = __version__

    @property
    def complete(self) -> bool:
        """Whether every what-if asked for is there."""
        return len(self.what_if) == self.asked

    def __str__(self) -> str:
        from detente.dossier.text.risk import risk_text

        return risk_text(self.case, self.settings, (self.base, *self.what_if), self.ticks)

    def _repr_html_(self) -> str:
        from detente.dossier.notebook import prose

        return prose(str(self))


def risk(
    case: Case,
    *,
    danger: str | None = None,
    goal: str | None = None,
    misstep: float | Mapping[str, float] | None = None,
    tempo: float | Mapping[str, float] | None = None,
    behaviour: str | None = None,
    temperature: float | None = None,
    concept: str | None = None,
    ticks: int = TICKS,
    what_if: Sequence[str] | None = None,
    ways: int = 5,
    rates: Sequence[float] | None = None,
    max_memory: int | None = None,
    on_scenario: Callable[[int, int], None] | None = None,
) -> Risk:
    """Return how likely the parties are to slide into danger by mistake.

    Where something is not given, the ``risk`` block of the case decides, and else what is usual:
    the outcomes ``war`` and ``talks``, a misstep rate of 0.02, equal tempos.

    Parameters
    ----------
    danger, goal : str, optional
        Formulas: where the slide ends, badly or well.
    misstep : float or mapping of str to float, optional
        How often a party that is to move errs, from 0 to 1; one rate, or by party, where ``all``
        stands for those not named.
    tempo : float or mapping of str to float, optional
        How often a party is to move, relative to the others; as ``misstep``.
    behaviour : str, optional
        What parties do when they do not err: ``improve``, ``softmax`` or ``cautious``.
    temperature : float, optional
        Of ``softmax``, in ranks.
    concept : str, optional
        Of ``cautious``: the solution concept under which a party looks ahead.
    ticks : int
        How far to follow the probability of danger.
    what_if : sequence of str, optional
        Formulas; each is forced to hold, and the same is worked out.
    ways : int
        How many of the likeliest ways into danger to find.
    rates : sequence of float, optional
        Misstep rates for the curve over them; none are worked out if it is empty.
    max_memory : int, optional
        Bytes the arrays may use; what is free where it is not given.
    on_scenario : callable, optional
        Called with how many scenarios are done and how many there will be. If it, or the user,
        raises KeyboardInterrupt, those worked out so far are returned, if there are any.

    Raises
    ------
    CaseError
        If a name is unknown, a number out of range, or danger and goal overlap.
    LimitError
        If the chain is too large.

    Examples
    --------
    >>> import detente
    >>> result = detente.risk(detente.load("elmira"), danger="closed", goal="as_ordered")
    >>> 0 < result.base.hitting.p_danger < 1
    True
    """
    settings = settle(
        case,
        danger=danger,
        goal=goal,
        misstep=misstep,
        tempo=tempo,
        behaviour=behaviour,
        temperature=temperature,
        concept=concept,
    )
    if not 0 <= ticks <= MAX_TICKS:
        raise CaseError(f"the ticks are from 0 to {MAX_TICKS:,}, not {ticks:,}")
    formulas: list[Formula | None] = [None, *_what_ifs(case, what_if)]
    done: list[Scenario] = []
    how = {"ticks": ticks, "ways": ways, "rates": rates, "max_memory": max_memory}
    try:
        for formula in formulas:
            done.append(scenario(case, settings, formula, **how))  # type: ignore[arg-type]
            if on_scenario is not None:
                on_scenario(len(done), len(formulas))
    except KeyboardInterrupt:
        if not done:
            raise
    asked = len(formulas) - 1
    return Risk(case, settings, ticks, done[0], tuple(done[1:]), asked)


def prism(
    case: Case, *, ticks: int = TICKS, max_memory: int | None = None, **assumed: Any
) -> PrismModel:
    """Return the chain of a case in the formats of the model checkers PRISM and Storm.

    Parameters
    ----------
    ticks : int
        For a second property: danger within so many ticks.
    **assumed
        What to assume, as for :func:`risk`: ``danger``, ``goal``, ``misstep`` and so on.

    Examples
    --------
    >>> import detente
    >>> model = detente.prism(detente.load("elmira"), danger="closed", goal="as_ordered")
    >>> model.tra.splitlines()[0]
    '12 30'
    """
    settings = settle(case, **assumed)
    graph = build(case, max_memory=max_memory)
    return to_prism(chain_of(case, graph, settings), settings.misstep, graph, ticks=ticks)


def _what_ifs(case: Case, asked: Sequence[str] | None) -> list[Formula]:
    if asked is None:
        return [statement.formula for statement in case.risk.what_if]
    return [read_formula(text, case, "--what-if") for text in asked]

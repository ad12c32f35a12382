"""How likely a slide into danger by mistake is, and whose missteps matter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np

from detente.case.files import read_formula
from detente.case.formula import Formula
from detente.case.model import Case
from detente.dossier.answers import RiskFound
from detente.errors import CaseError, DetenteError
from detente.graph import build
from detente.questions.declare import Count, Memory, Option, Progress, Rates
from detente.questions.declare import Formula as Text
from detente.questions.result import Part, Result, Tabled
from detente.risk.prism import PrismModel, to_prism
from detente.risk.scenario import Scenario, chain_of, scenario
from detente.risk.settings import Settings, rate, settle

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.risk import RiskDocument
    from detente.dossier.sheets.model import Table

__all__ = ["prism", "risk"]

TICKS = 100
MAX_TICKS = 1_000_000
MAX_RATES = 1_000

Misstep = Annotated[Rates, Option(metavar="[PARTY=]RATE", shown="0.02")]
Tempo = Annotated[Rates, Option(metavar="[PARTY=]NUMBER", shown="1")]
Danger = Annotated[Text, Option(shown="war")]
Goal = Annotated[Text, Option(shown="talks")]
Behaviour = Annotated[str | None, Option(metavar="WHAT", shown="improve")]
Temperature = Annotated[float | None, Option(shown="1")]
Ahead = Annotated[str | None, Option(metavar="NAME", shown="seq")]


@dataclass(frozen=True, eq=False, repr=False)
class Risk(Tabled):
    """How likely a slide into danger is.

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
    """

    case: Case
    settings: Settings
    ticks: int
    base: Scenario
    what_if: tuple[Scenario, ...]
    asked: int

    @property
    def complete(self) -> bool:
        """Whether every what-if asked for is there."""
        return len(self.what_if) == self.asked

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The case as it is, then the what-ifs."""
        return (self.base, *self.what_if)

    @property
    def kept(self) -> str:
        """What there is of an interrupted answer."""
        if self.complete:
            return ""
        return f"{len(self.what_if)} of {self.asked} what-ifs were worked out"

    def line(self) -> str:
        """Return the probability of danger."""
        return f"{self.case.name}: danger {self.base.hitting.p_danger:.3g}"

    def told(self) -> Iterator[Part]:
        """Yield what was assumed, the figures, what they mean, and the likeliest ways."""
        from detente.dossier import telling
        from detente.dossier.sections.draft import has_likelihood, no_likelihood, spoken, too_little

        without = "" if has_likelihood(self.case) else no_likelihood(self.case)
        if told := too_little(self.case) or without or spoken(self.case):
            yield told
        if not (too_little(self.case) or without):
            yield telling.risk(self.case, self.settings, self.scenarios, self.ticks)

    def tables(self) -> tuple[Table, ...]:
        """Return the answer as tables."""
        from detente.dossier.sheets.risk import risk_tables

        return risk_tables(self.document())

    def document(self) -> RiskDocument:
        """Return the figures as JSON has them."""
        from detente.dossier.documents.risk import risk_document

        return risk_document(self.case, self.settings, self.scenarios)

    def drawings(self) -> dict[str, str]:
        """Return danger over time and over misstep rates, and whose missteps matter, as SVG."""
        from detente.dossier import telling

        told = telling.context(self.case, risk=RiskFound(self.settings, self.scenarios, self.ticks))
        drawn = {name: telling.picture(name, told) for name in ("ticks", "missteps", "shares")}
        return {f"risk-{name}.svg": svg for name, svg in drawn.items() if svg}


def risk(
    case: Case,
    *,
    danger: Danger = None,
    goal: Goal = None,
    misstep: Misstep = None,
    tempo: Tempo = None,
    behaviour: Behaviour = None,
    temperature: Temperature = None,
    concept: Ahead = None,
    ticks: Count = TICKS,
    what_if: Annotated[Sequence[str] | None, Option(metavar="FORMULA")] = None,
    ways: Count = 5,
    rates: Annotated[
        Count | Sequence[float] | None, Option(metavar="N", shown="13, and 0 for large chains")
    ] = None,
    max_memory: Memory = None,
    on_scenario: Annotated[Callable[[int, int], None] | None, Progress()] = None,
) -> Risk:
    """Return how likely the parties are to slide into danger by mistake.

    In each tick one party moves. Mostly it does what is better for it; now and then, at its
    misstep rate, it makes any move at all. Danger and the goal end the slide. Figures that are not
    given come from the case's 'risk' block, and else are assumed; the answer says which.

    Parameters
    ----------
    case : Case
        The case.
    danger : str, optional
        Where the slide ends badly.
    goal : str, optional
        Where it ends well.
    misstep : float or mapping of str to float, optional
        How often a party errs, from 0 to 1; for all or for one.
    tempo : float or mapping of str to float, optional
        How often a party moves, relative to the others.
    behaviour : str, optional
        What parties do otherwise: improve, softmax or cautious.
    temperature : float, optional
        Of softmax, in ranks.
    concept : str, optional
        Of cautious: it looks ahead so.
    ticks : int
        How far to follow the probability of danger.
    what_if : sequence of str, optional
        Force this to hold; repeatable.
    ways : int
        How many of the likeliest ways into danger to find.
    rates : int or sequence of float, optional
        Of how many misstep rates, up to 1,000, to draw the curve of danger; in Python, also these
        rates themselves.
    max_memory : int, optional
        Memory the analysis may use, such as 4G; by default what is free.
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
    how = {"ticks": ticks, "ways": ways, "rates": _curve(rates), "max_memory": max_memory}
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


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Prism(PrismModel, Result):
    """The chain of a case as PRISM and Storm read it.

    Parameters
    ----------
    name : str
        What its files are called.
    """

    name: str

    def line(self) -> str:
        """Return the size of the chain, from the first line of its transitions."""
        states, arrows = map(int, self.tra.partition("\n")[0].split())
        return f"{self.name}: {states:,} states, {arrows:,} transitions"

    @property
    def files(self) -> dict[str, str]:
        """The texts by the names of their files."""
        endings = ("tra", "sta", "lab", "pctl", "drn")
        return {f"{self.name}.{ending}": getattr(self, ending) for ending in endings}

    def told(self) -> Iterator[Part]:
        """Yield what each text holds."""
        for name, text in self.files.items():
            yield f"{name}: {text.count(chr(10)):,} lines"

    def document(self) -> dict[str, str]:
        """Return the texts by the names of their files."""
        return self.files

    def save(self, folder: str | PathLike[str]) -> tuple[Path, ...]:
        """Write the files into a folder; return where they are.

        Parameters
        ----------
        folder : str or path
            Made where it is not there.

        Raises
        ------
        DetenteError
            If the folder cannot be made, or something else stands there.
        """
        from detente.writing import write_text

        where = Path(fspath(folder))
        try:
            where.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"cannot make the folder {where}: {error.strerror or error}"
            raise DetenteError(message) from None
        for name, text in self.files.items():
            write_text(where / name, text)
        return tuple(where / name for name in self.files)


def prism(
    case: Case,
    *,
    danger: Danger = None,
    goal: Goal = None,
    misstep: Misstep = None,
    tempo: Tempo = None,
    behaviour: Behaviour = None,
    temperature: Temperature = None,
    concept: Ahead = None,
    ticks: Count = TICKS,
    max_memory: Memory = None,
) -> Prism:
    """Return the chain of a case in the formats of the model checkers PRISM and Storm.

    Parameters
    ----------
    case : Case
        The case.
    danger, goal : str, optional
        Where the slide ends, badly or well.
    misstep, tempo : float or mapping of str to float, optional
        How often a party errs, and moves.
    behaviour, temperature, concept : optional
        What parties do otherwise, as for :func:`risk`.
    ticks : int
        For a second property: danger within so many ticks.
    max_memory : int, optional
        Memory the analysis may use, such as 4G; by default what is free.

    Examples
    --------
    >>> import detente
    >>> model = detente.prism(detente.load("elmira"), danger="closed", goal="as_ordered")
    >>> model.tra.splitlines()[0]
    '12 30'
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
    graph = build(case, max_memory=max_memory)
    model = to_prism(
        chain_of(case, graph, settings, max_memory=max_memory), settings.misstep, graph, ticks=ticks
    )
    return Prism.of(model, name=case.name)


def _curve(asked: int | Sequence[float] | None) -> list[float] | None:
    """Return the misstep rates of the curve; None where nothing is asked."""
    if asked is None:
        return None
    many = asked if isinstance(asked, int) else len(asked)
    if not 0 <= many <= MAX_RATES:
        raise CaseError(f"the curve over misstep rates has 0 to {MAX_RATES:,} points, not {many:,}")
    rates = np.geomspace(1e-4, 0.5, many) if isinstance(asked, int) else asked
    return [rate(float(r)) for r in rates]


def _what_ifs(case: Case, asked: Sequence[str] | None) -> list[Formula]:
    if asked is None:
        return [statement.formula for statement in case.risk.what_if]
    return [read_formula(text, case, "--what-if") for text in asked]

"""A single result told: the sections of the dossier that tell it, and nothing else.

A command, ``str`` of a result, a notebook and Markdown all come through here, so that an answer is
worded once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from detente.case.formula import Formula
from detente.case.model import Case
from detente.dossier.answers import NOT_ASKED, Answers, Plan, RiskFound
from detente.dossier.drawings.marks import WIDE
from detente.dossier.drawings.plate import plate_svg
from detente.dossier.page.sources import Sources
from detente.dossier.page.terminal import Told
from detente.dossier.sections import changes, give, knots, minds, slide, third_parties, way
from detente.dossier.sections import who as powers
from detente.dossier.sections import zone as agreement
from detente.dossier.sections.context import Context
from detente.dossier.sections.drawn import DRAWN
from detente.reading.evidence import Evidence
from detente.risk.scenario import Scenario
from detente.risk.settings import Settings
from detente.wayout import results
from detente.wayout.broker import Brokering
from detente.wayout.compare import Comparison
from detente.wayout.deadlock import Deadlock


def context(case: Case, target: Formula | None = None, **found: Any) -> Context:
    """Return what a section needs where a single question was asked.

    Parameters
    ----------
    case : Case
        The case.
    target : Formula, optional
        What should come about.
    found : results
        By their field of :class:`~detente.dossier.answers.Answers`; all others are not asked.
    """
    answers = Answers(
        case=case,
        whole=case,
        plan=found.pop("plan", Plan(case.name)),
        evidence=found.pop("evidence", Evidence()),
        warnings=(),
        target=NOT_ASKED if target is None else target,
        **found,
    )
    return Context(answers, Sources(answers.evidence), alone=True)


def picture(
    name: str, told: Context, *, prefix: str = "", width: float = WIDE, styled: bool = True
) -> str:
    """Return a drawing as SVG; empty where there is nothing to see.

    Parameters
    ----------
    name : str
        One of :data:`detente.dossier.sections.drawn.DRAWN`.
    told : Context
        From :func:`context`, with the results that the drawing shows.
    prefix : str
        What the ids in the drawing begin with; two drawings on one page need two.
    width : float
        Pixels; below 520 the words of a row stand above and below its geometry.
    styled : bool
        Whether the style sheet comes along, and a ground.
    """
    plates = DRAWN[name](told)
    drawn = (plate_svg(p, prefix=prefix, width=width, styled=styled) for p in plates)
    return next(drawn, "")


def deadlock(found: Deadlock, most: int = 12) -> Told:
    """Tell what stands in the way, and what must give."""
    told = context(found.case, found.target, deadlock=found)
    first = knots.section(told, most)
    if found.verdict in ("holds", "impossible"):
        return Told((first,))
    return Told((first, give.concessions(told)))


def unlock(found: results.Unlock, most: int = 5) -> Told:
    """Tell the least changes of mind."""
    told = context(found.case, found.target, unlock=found, plan=Plan("", found.concept))
    return Told((minds.section(told, most),))


def path(found: results.Ways) -> Told:
    """Tell the way, from wherever it starts."""
    case = replace(found.case, status_quo=found.graph.space.at(found.found.start))
    return Told((way.section(context(case, found.target, path=found)),))


def zone(found: results.Zone) -> Told:
    """Tell what all would rather have than today, wherever that is."""
    case = replace(found.case, status_quo=found.graph.space.at(found.found.start))
    return Told((agreement.section(context(case, found.target, zone=found)),))


def who(found: results.Who) -> Told:
    """Tell who can bring it about, and who can prevent it."""
    case = replace(found.case, status_quo=found.graph.space.at(found.found.start))
    return Told((powers.section(context(case, found.target, who=(found,))),))


def broker(found: Brokering, target: Formula) -> Told:
    """Tell what third parties can do."""
    told = context(found.today.case, target, broker=found, plan=Plan("", found.concept))
    return Told((third_parties.section(told),))


def risk(case: Case, settings: Settings, scenarios: Sequence[Scenario], ticks: int) -> Told:
    """Tell how likely a slide by mistake is."""
    found = RiskFound(settings, tuple(scenarios), ticks)
    return Told((slide.section(context(case, risk=found)),))


def diff(found: Comparison) -> Told:
    """Tell what is written otherwise in a case than in an earlier one, and what follows."""
    return Told((changes.section(_compared(found)),))


def _compared(found: Comparison) -> Context:
    """Return what the words about two cases need: under the usual concept, or the first asked."""
    concepts = [shift.concept for shift in found.shifts]
    usual = Plan("").concept
    concept = usual if usual in concepts or not concepts else concepts[0]
    return context(found.after.case, comparison=found, plan=Plan("", concept))


def whatif(found: Comparison, given: Sequence[str], dropped: Sequence[str]) -> Told:
    """Tell what follows if some formulas hold and some things were not said."""
    told = _compared(found)
    return Told((changes.supposed(told, given, dropped),))

"""Risk as JSON documents: numbers as they were worked out, not rounded."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.formula import to_text
from detente.case.model import Case
from detente.dossier.documents.shapes.risk import (
    Figures,
    RiskAnswer,
    RiskDocument,
    ShareDocument,
    SweepDocument,
)
from detente.dossier.documents.shapes.risk import Spread as SpreadDocument
from detente.risk.scenario import Scenario
from detente.risk.settings import Settings
from detente.risk.sweep import Task
from detente.risk.tally import Share, Spread, Tally


def risk_document(case: Case, settings: Settings, scenarios: Sequence[Scenario]) -> RiskDocument:
    """Return the figures of a case."""
    return {"case": case.name, **risk_answer(case, settings, scenarios)}


def risk_answer(case: Case, settings: Settings, scenarios: Sequence[Scenario]) -> RiskAnswer:
    """Return the figures of the case as it is, and under ``what_if`` those of every what-if."""
    base, *others = scenarios
    names = case.party_names
    return {
        "danger": to_text(settings.danger),
        "goal": to_text(settings.goal) if settings.goal is not None else None,
        "behaviour": settings.behaviour.conduct,
        "misstep": dict(zip(names, settings.misstep.tolist(), strict=True)),
        "tempo": dict(zip(names, settings.tempo.tolist(), strict=True)),
        **_figures(case, base),
        "what_if": {one.what_if: _figures(case, one) for one in others},
    }


def _figures(case: Case, scenario: Scenario) -> Figures:
    found = scenario.hitting
    return {
        "states": found.reachable,
        "p_danger_before_goal": found.p_danger,
        "p_danger_within": [(tick, float(p)) for tick, p in enumerate(found.within)],
        "p_danger_by_misstep": list(
            zip(scenario.rates.tolist(), scenario.over_rates.tolist(), strict=True)
        ),
        "expected_ticks": found.expected_ticks,
        "share": dict(zip(case.party_names, found.share, strict=True)),
    }


def sweep_document(case: Case, task: Task, found: Tally) -> SweepDocument:
    """Return what holds how often; numbers not rounded."""
    return {
        "case": case.name,
        "seed": task.seed,
        "samples": found.cases,
        "equilibria": {
            name: [{"state": s.what[0], **_share(s)} for s in shares]
            for name, shares in found.states
        },
        "equilibrium_sets": {
            name: [{"states": list(s.what), **_share(s)} for s in shares]
            for name, shares in found.sets
        },
        "deadlock": _share(found.deadlock) if found.deadlock else None,
        "concessions": [{"ids": list(s.what), **_share(s)} for s in found.concessions],
        "p_danger": _spread(found.p_danger) if found.p_danger else None,
        "impossible_target": found.impossible,
        "infeasible_status_quo": found.no_today,
    }


def _share(share: Share) -> ShareDocument:
    return {"times": share.times, "share": share.share, "interval": list(share.interval)}


def _spread(s: Spread) -> SpreadDocument:
    return {
        "mean": s.mean,
        "interval": [s.mean - s.error, s.mean + s.error],
        "quantiles": {"0.05": s.low, "0.5": s.middle, "0.95": s.high},
        "samples": s.of,
    }

"""The answers about a slide by mistake, and about what is uncertain, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.dossier.sheets.model import Cell, Table

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.risk import RiskDocument, ShareDocument, SweepDocument

AS_IT_IS = "as it is"


def risk_tables(found: RiskDocument) -> tuple[Table, ...]:
    """Return the figures of each scenario, whose missteps matter, and danger tick by tick."""
    scenarios = {AS_IT_IS: found, **found["what_if"]}
    figures = tuple(
        (name, s["states"], s["p_danger_before_goal"], s["expected_ticks"])
        for name, s in scenarios.items()
    )
    parties = tuple(
        (name, rate, found["tempo"][name], *(s["share"].get(name) for s in scenarios.values()))
        for name, rate in found["misstep"].items()
    )
    within = {name: dict(s["p_danger_within"]) for name, s in scenarios.items()}
    ticks = sorted({tick for known in within.values() for tick in known})
    by_tick = tuple((tick, *(known.get(tick) for known in within.values())) for tick in ticks)
    shares = tuple(f"share: {name}" for name in scenarios)
    return (
        Table(
            "scenarios",
            f"How likely {found['danger']} is before {found['goal'] or 'the end'}",
            ("scenario", "states", "probability of danger", "expected ticks"),
            figures,
        ),
        Table(
            "parties",
            "How often each party errs and moves, and what that adds to the danger",
            ("party", "misstep", "tempo", *shares),
            parties,
        ),
        Table("ticks", "Probability of danger by tick", ("tick", *scenarios), by_tick),
    )


def sweep_tables(found: SweepDocument) -> tuple[Table, ...]:
    """Return how often each result holds among the cases drawn."""
    rows: list[tuple[Cell, ...]] = []
    for concept, states in found["equilibria"].items():
        rows += [("state", concept, s["state"], *_share(s)) for s in states]
    for concept, sets in found["equilibrium_sets"].items():
        rows += [("all that hold", concept, _listed(s["states"]), *_share(s)) for s in sets]
    if found["deadlock"] is not None:
        rows.append(("deadlock", None, None, *_share(found["deadlock"])))
    rows += [("concession", None, _listed(c["ids"]), *_share(c)) for c in found["concessions"]]
    columns = ("what", "concept", "which", "times", "share", "from", "to")
    title = f"What holds how often in {found['samples']:,} cases drawn with seed {found['seed']}"
    tables = [Table("shares", title, columns, tuple(rows), stub=3)]
    if (spread := found["p_danger"]) is not None:
        quantiles = tuple((f"quantile {part}", p) for part, p in spread["quantiles"].items())
        figures = (("mean", spread["mean"]), *quantiles)
        said = "How the probability of danger spreads"
        tables.append(Table("danger", said, ("figure", "probability"), figures))
    return tuple(tables)


def _share(found: ShareDocument) -> tuple[Cell, ...]:
    low, high = found["interval"]
    return found["times"], found["share"], low, high


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "none"

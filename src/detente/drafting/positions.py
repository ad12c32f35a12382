"""Conditions and refusals of a draft: what parties said aloud, over the options that were kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.case import formula as fm
from detente.case.formula import Formula
from detente.case.model import Condition, Refusal
from detente.drafting.deeds import Deed
from detente.drafting.evidence import Evidence
from detente.drafting.matter import Bond, Matter
from detente.drafting.options import Menu, one_line
from detente.reading.claims import Claim

MAX_FIRMNESS = 3
"""How firm a position counts at most, however often it is said."""


def conditions(matter: Matter, menu: Menu, evidence: Evidence) -> tuple[Condition, ...]:
    """Return who does what only if what; said again it is firmer, not another condition."""
    grouped: dict[tuple[str, Formula, Formula], list[Bond]] = {}
    for bond in matter.bonds:
        if bond.unless or bond.need is None:
            continue
        option, needs = menu.formula(bond.deed), menu.formula(bond.need)
        if option is None or needs is None or option == needs or bond.need.agent == bond.deed.agent:
            continue
        needs = opposite(needs) if bond.absent else needs
        grouped.setdefault((bond.deed.agent, option, needs), []).append(bond)
    return tuple(
        Condition(
            f"c{k}",
            menu.party_names[party],
            option,
            needs,
            firmness([b.claim for b in bonds]),
            evidence.basis((b.claim for b in bonds), guess_note([b.need for b in bonds if b.need])),
        )
        for k, ((party, option, needs), bonds) in enumerate(grouped.items(), start=1)
    )


def refusals(matter: Matter, menu: Menu, evidence: Evidence) -> tuple[Refusal, ...]:
    """Return what each party says it will never accept."""
    bound = {b.deed.agent for b in matter.bonds if b.deed.talks}
    grouped: dict[tuple[str, Formula], list[Claim]] = {}
    for no in matter.noes:
        party = str(no.claim.party)
        formula = menu.formula(no.deed)
        if formula is None or (no.deed.talks and party in bound):
            continue  # who talks under a condition does not refuse to talk
        claims = grouped.setdefault((party, formula), [])
        if no.claim not in claims:
            claims.append(no.claim)
    return tuple(
        Refusal(f"r{k}", menu.party_names[party], formula, firmness(claims), evidence.basis(claims))
        for k, ((party, formula), claims) in enumerate(grouped.items(), start=1)
    )


def firmness(claims: Iterable[Claim]) -> int:
    """Return how firm a position counts: how many claims say it, up to a limit."""
    return min(len({c.id for c in claims}), MAX_FIRMNESS)


def opposite(formula: Formula) -> Formula:
    """Return the plain opposite of a formula."""
    return formula.operand if isinstance(formula, fm.Not) else fm.Not(formula)


def guess_note(deeds: Sequence[Deed]) -> str:
    """Say where the words do not tell of whom something is asked; nothing where they do."""
    if deeds and all(d.guessed for d in deeds):
        who = one_line(deeds[0].agent)
        return f"Of whom this is asked is not said; taken as asked of {who}."
    return ""

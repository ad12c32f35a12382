"""A first order of what each party wants, the most important first.

What it refuses and what it binds its own deeds to come first, then what it demands of others and
what it would be spared, then what it offers and does itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.case import formula as fm
from detente.case.formula import Formula
from detente.case.model import Basis, Condition, Refusal, Statement, Statements
from detente.drafting.evidence import Evidence, assumed
from detente.drafting.matter import Matter
from detente.drafting.options import Menu
from detente.drafting.positions import guess_note, opposite


def wishes(
    party: str,
    matter: Matter,
    menu: Menu,
    said: tuple[tuple[Condition, ...], tuple[Refusal, ...]],
    outcomes: Mapping[str, Formula],
    evidence: Evidence,
) -> Statements:
    """Return what a party wants, as far as its words and deeds show; each formula once."""
    found: dict[Formula, Basis] = {}
    for formula, basis in _in_order(party, matter, menu, said, outcomes, evidence):
        if formula not in found and opposite(formula) not in found:
            found[formula] = basis
    return Statements(tuple(Statement(formula, basis) for formula, basis in found.items()))


def _in_order(
    party: str,
    matter: Matter,
    menu: Menu,
    said: tuple[tuple[Condition, ...], tuple[Refusal, ...]],
    outcomes: Mapping[str, Formula],
    evidence: Evidence,
) -> Iterator[tuple[Formula, Basis]]:
    name = menu.party_names[party]
    conditions, refusals = said
    for refusal in refusals:
        if refusal.party == name:
            yield fm.Not(refusal.refuses), refusal.basis
    for condition in conditions:
        if condition.party == name:
            yield fm.If(condition.needs, condition.option), condition.basis
    yield from _demands(party, matter, menu, evidence)
    if "war" in outcomes:
        yield fm.Not(fm.OutcomeIs("war")), _peace(party, menu, outcomes["war"], evidence)
    yield from _spared(party, menu, outcomes, evidence)
    yield from _kept_up(party, matter, menu, evidence)
    yield from _own(party, matter, menu, outcomes, evidence)


def _demands(
    party: str, matter: Matter, menu: Menu, evidence: Evidence
) -> Iterator[tuple[Formula, Basis]]:
    """Yield what a party asks of others."""
    grouped: dict[Formula, list[int]] = {}
    for k, deed in enumerate(matter.deeds):
        formula = menu.formula(deed)
        if deed.role == "demand" and deed.claim.party == party and formula is not None:
            grouped.setdefault(formula, []).append(k)
    for formula, places in grouped.items():
        deeds = [matter.deeds[k] for k in places]
        note = "Read as the end of this." if isinstance(formula, fm.Not) else guess_note(deeds)
        yield formula, evidence.basis((d.claim for d in deeds), note)


def _peace(party: str, menu: Menu, war: Formula, evidence: Evidence) -> Basis:
    """Return what the wish for no war rests on: a threat against the party, or nothing."""
    threats = [
        d.claim
        for choice in menu.choices
        if menu.option(choice) in _any_of(war)
        for d in choice.deeds
        if d.claim.target == party
    ]
    if threats:
        return evidence.basis(threats, "Assumed: what it is threatened with, it would be spared.")
    return assumed("Assumed: no party wants a war.")


def _any_of(formula: Formula) -> tuple[Formula, ...]:
    """Return the options of which one makes an outcome."""
    return formula.operands if isinstance(formula, fm.Or) else (formula,)


def _spared(
    party: str, menu: Menu, outcomes: Mapping[str, Formula], evidence: Evidence
) -> Iterator[tuple[Formula, Basis]]:
    """Yield what others threaten a party with, or do to it."""
    for choice in menu.choices:
        at = [
            d.claim
            for d in choice.deeds
            if d.claim.target == party
            and d.role in ("threat", "announced", "done")
            and (d.claim.kind in ("threat", "pressure") or d.role == "threat")
        ]
        war = outcomes.get("war")
        if at and choice.agent != party and not (war and menu.option(choice) in _any_of(war)):
            note = "Assumed: what is put on it, it would rather be without."
            yield fm.Not(menu.option(choice)), evidence.basis(at, note)


def _kept_up(
    party: str, matter: Matter, menu: Menu, evidence: Evidence
) -> Iterator[tuple[Formula, Basis]]:
    """Yield what a party does as long as it does not get what it asks."""
    for bond in matter.bonds:
        if bond.unless and bond.need is not None and bond.deed.agent == party:
            deed, need = menu.formula(bond.deed), menu.formula(bond.need)
            if deed is not None and need is not None and not bond.deed.talks:
                yield fm.If(deed, opposite(need)), evidence.basis([bond.claim])


def _own(
    party: str, matter: Matter, menu: Menu, outcomes: Mapping[str, Formula], evidence: Evidence
) -> Iterator[tuple[Formula, Basis]]:
    """Yield what a party offers, and what it does already."""
    open_to = [
        d.claim
        for d in matter.deeds
        if d.talks and d.agent == party and d.role in ("offer", "held")
    ]
    if open_to:
        talk = fm.OptionIs(menu.party_names[party], "talk")
        within = talk in fm.parts(outcomes["talks"])
        wanted = fm.OutcomeIs("talks") if within else talk
        yield wanted, evidence.basis(open_to)
    for choice in menu.of_party(party):
        offered = [d.claim for d in choice.deeds if d.role == "offer"]
        done = [d.claim for d in choice.deeds if d.role in ("done", "announced")]
        if offered:
            yield menu.option(choice), evidence.basis(offered)
        elif done:
            note = "Assumed: it does this, so it would rather do it than not."
            yield menu.option(choice), evidence.basis(done, note)

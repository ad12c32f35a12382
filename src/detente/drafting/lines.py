"""Lines of a draft: conditions, refusals, and what each party wants, each with what it rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from detente.case import formula as fm
from detente.case.formula import Formula
from detente.case.model import Basis, Condition, Refusal, Statement, Statements
from detente.drafting.evidence import Evidence
from detente.drafting.grounds import INFERRED, Grounds
from detente.drafting.options import FIRST_NAME, SETTLE_NAME, Menu
from detente.drafting.positions import SETTLE, Deed, Position
from detente.reading.claims import Claim

_INSISTS = "it demands this and is refused, and is taken to settle for nothing less"

MAX_FIRMNESS = 3
"""How firm a position counts at most, however many say so."""


@dataclass(frozen=True)
class Lines:
    """What the positions come to.

    Parameters
    ----------
    conditions, refusals
        Said aloud.
    dropped : tuple of Claim
        What a party asked for and asks for no longer.
    unclear : tuple of Claim
        Positions of which no line could be made.
    """

    conditions: tuple[Condition, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    dropped: tuple[Claim, ...] = ()
    unclear: tuple[Claim, ...] = ()


def lines(positions: Sequence[Position], menu: Menu, evidence: Evidence) -> Lines:
    """Return the conditions and refusals of some positions."""
    dropped = given_up(positions, menu)
    gone = {id(p) for p, _ in dropped}
    bonds: dict[tuple[str, Formula, Formula], Grounds] = {}
    noes: dict[tuple[str, Formula], Grounds] = {}
    unclear: list[Claim] = []
    for position in (*positions, *_insisting(positions, gone, menu)):
        if id(position) in gone:
            continue
        formula = menu.formula(position.deed)
        if position.sort == "bond" and position.need is not None:
            needs = menu.formula(position.need)
            if formula is None or needs is None or formula == needs:
                unclear.append(position.claim)
                continue
            bonds.setdefault((position.party, formula, needs), Grounds()).add(position)
        elif position.sort == "no":
            if formula is None or not _is_answer(position, formula, positions, menu):
                unclear.append(position.claim)
                continue
            noes.setdefault((position.party, formula), Grounds()).add(position)
    bound = {(party, option) for party, option, _ in bonds}
    conditions = tuple(
        Condition(
            f"c{k}", menu.party_names[p], o, n, firmness(f.claims, evidence), f.basis(evidence)
        )
        for k, ((p, o, n), f) in enumerate(bonds.items(), start=1)
    )
    kept = [(key, f) for key, f in noes.items() if key not in bound]
    refusals = tuple(
        Refusal(f"r{k}", menu.party_names[p], r, firmness(f.claims, evidence), f.basis(evidence))
        for k, ((p, r), f) in enumerate(kept, start=1)
    )
    return Lines(conditions, refusals, tuple(c for _, c in dropped), tuple(unclear))


def _insisting(
    positions: Sequence[Position], gone: Collection[int], menu: Menu
) -> Iterator[Position]:
    """Yield what those at the table ask of each other and are refused, as what they settle for.

    Where one demands what the other refuses, both cannot be kept, whatever else they say.
    """
    refused = {(p.party, menu.formula(p.deed)) for p in positions if p.sort == "no"}
    bound = {(p.party, menu.formula(p.need)) for p in positions if p.sort == "bond" and p.need}
    for position in positions:
        asked = menu.formula(position.deed)
        if position.sort != "wish" or id(position) in gone or asked is None:
            continue
        between = {position.party, position.deed.agent} <= set(menu.talkers)
        flatly = (position.deed.agent, asked) in refused and (position.party, asked) not in bound
        if between and flatly:
            last = Deed(position.party, SETTLE, why=_INSISTS)
            yield replace(position, sort="bond", deed=last, need=position.deed)


def _is_answer(
    position: Position, refused: Formula, positions: Sequence[Position], menu: Menu
) -> bool:
    """Tell whether a refusal to end what stays as it is answers somebody who asks for its end."""
    if position.deed.yes:
        return True
    return any(
        menu.formula(asked) == refused
        for p in positions
        if p.party != position.party and p.sort in ("wish", "bond")
        for asked in (p.need or p.deed,)
    )


def given_up(positions: Sequence[Position], menu: Menu) -> list[tuple[Position, Claim]]:
    """Return positions that their party gave up later, with the words that say so."""
    found = []
    for k, drop in enumerate(positions):
        if drop.sort != "drops":
            continue
        for position in positions[:k]:
            asked = position.need if position.sort == "bond" else position.deed
            if position.party != drop.party or position.sort not in ("wish", "bond"):
                continue
            if asked is not None and menu.like.shares(asked.act, drop.deed.act):
                found.append((position, drop.claim))
    return found


def firmness(claims: Iterable[Claim], evidence: Evidence) -> int:
    """Return how firm a position counts: how many independent reports have it, up to a limit."""
    return max(1, min(evidence.witnesses(claims), MAX_FIRMNESS))


def wishes(
    party: str, positions: Sequence[Position], menu: Menu, said: Lines, evidence: Evidence
) -> Statements:
    """Return what a party wants, as far as its words and deeds show; each formula once."""
    found: dict[Formula, Basis] = {}
    for formula, basis in _in_order(party, positions, menu, said, evidence):
        if formula not in found and opposite(formula) not in found:
            found[formula] = basis
    return Statements(tuple(Statement(formula, basis) for formula, basis in found.items()))


def _in_order(
    party: str, positions: Sequence[Position], menu: Menu, said: Lines, evidence: Evidence
) -> Iterator[tuple[Formula, Basis]]:
    name = menu.party_names[party]
    for refusal in said.refusals:
        if refusal.party == name and not is_first(refusal.refuses):
            yield opposite(refusal.refuses), refusal.basis
    asked = {menu.formula(p.deed) for p in positions if p.sort == "wish" and p.party == party}
    for condition in said.conditions:
        if condition.party == name and not (settles(condition) and condition.needs in asked):
            yield condition.needs, condition.basis
    gone = set(said.dropped)
    dropped = {id(p) for p, c in given_up(positions, menu) if c in gone}
    for sort in ("wish", "offer", "does"):
        grouped: dict[Formula, Grounds] = {}
        for position in positions:
            if position.sort != sort or position.party != party or id(position) in dropped:
                continue
            if sort == "does" and position.claim.kind != "pressure":
                continue
            formula = menu.formula(position.deed)
            if formula is not None:
                grouped.setdefault(formula, Grounds()).add(position)
        for formula, one in grouped.items():
            basis = one.basis(evidence)
            if sort == "does":
                why = f"{INFERRED}it does this, so it would rather do it than not."
                basis = evidence.basis(one.claims, why)
            yield formula, basis


def settles(condition: Condition) -> bool:
    """Tell whether a condition is one of settling at all."""
    return isinstance(condition.option, fm.OptionIs) and condition.option.option == SETTLE_NAME


def is_first(formula: Formula) -> bool:
    """Tell whether a formula is that somebody takes the first step."""
    return isinstance(formula, fm.OptionIs) and formula.option == FIRST_NAME


def opposite(formula: Formula) -> Formula:
    """Return the plain opposite of a formula."""
    return formula.operand if isinstance(formula, fm.Not) else fm.Not(formula)

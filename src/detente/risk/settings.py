"""What to assume about the slide by mistake: what is asked for, what the case says, the usual."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NoReturn, TypeAlias

import numpy as np

from detente.case.files import read_formula
from detente.case.formula import Formula, to_text
from detente.case.formula import parse as parse_formula
from detente.case.model import Basis, Case, Figure, Statement
from detente.errors import CaseError, unknown
from detente.risk.chain import MISSTEP, Behaviour, Floats

DANGER, GOAL = "war", "talks"
"""The outcomes meant where nothing else is said."""

EVERYBODY = "all"

RAREST = 1e-12
"""Least misstep rate, or share of the moves, above 0; beyond it figures leave what can be told."""

Origin: TypeAlias = Literal["asked", "cited", "assumed", "usual"]
Rates: TypeAlias = float | Mapping[str, float] | None


@dataclass(frozen=True, slots=True)
class Ground:
    """One assumption and where it comes from.

    Parameters
    ----------
    what, value : str
        Such as ``misstep north`` and ``0.02``.
    origin : "asked", "cited", "assumed" or "usual"
        Asked for with the question, cited in the case, in the case without a citation, or what is
        taken where nobody says anything.
    note : str
        What the case says about it.
    """

    what: str
    value: str
    origin: Origin
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Settings:
    """Everything that a question about risk needs besides the case.

    Parameters
    ----------
    danger : Formula
        Where the slide ends badly.
    goal : Formula or None
        Where it ends well; None: nowhere.
    misstep, tempo : float array, one a party
        Misstep rates from 0 to 1; tempos, 0 or more, not all 0.
    behaviour : Behaviour
        What the parties do when they do not err.
    grounds : tuple of Ground
        Where each of these comes from.
    """

    danger: Formula
    goal: Formula | None
    misstep: Floats
    tempo: Floats
    behaviour: Behaviour
    grounds: tuple[Ground, ...] = ()


def settle(
    case: Case,
    *,
    danger: str | None = None,
    goal: str | None = None,
    misstep: Rates = None,
    tempo: Rates = None,
    behaviour: str | None = None,
    temperature: float | None = None,
    concept: str | None = None,
) -> Settings:
    """Return what to assume: what is asked for, else what the case says, else the usual.

    Parameters
    ----------
    danger, goal : str, optional
        Formulas.
    misstep, tempo : float or mapping of str to float, optional
        One for all, or by party; the key ``all`` stands for those not named.
    behaviour, temperature, concept : optional
        As for :class:`Behaviour`.

    Raises
    ------
    CaseError
        If a name is unknown or a number out of range.
    """
    said = case.risk
    bad, bad_ground = _formula(case, "danger", danger, said.danger, DANGER)
    good, good_ground = _formula(case, "goal", goal, said.goal, GOAL)
    if bad is None:
        _no_danger(case)
    missteps, misstep_grounds = _figures(
        case, "misstep", misstep, said.misstep, said.missteps, MISSTEP
    )
    tempos, tempo_grounds = _figures(case, "tempo", tempo, said.tempo, said.tempos, 1.0)
    _require_comparable(case, tempos)
    conduct, conduct_ground = _behaviour(case, behaviour, temperature, concept)
    grounds = (bad_ground, good_ground, *misstep_grounds, *tempo_grounds, conduct_ground)
    return Settings(bad, good, missteps, tempos, conduct, tuple(g for g in grounds if g))


def _formula(
    case: Case, what: str, asked: str | None, said: Statement | None, usual: str
) -> tuple[Formula | None, Ground | None]:
    if asked is not None:
        formula = read_formula(asked, case, f"--{what}")
        return formula, Ground(what, to_text(formula), "asked")
    if said is not None:
        value = to_text(said.formula)
        return said.formula, Ground(what, value, _origin(said.basis), said.basis.note)
    if usual in case.outcome_named:
        return parse_formula(usual), Ground(what, usual, "usual")
    return None, None


def _no_danger(case: Case) -> NoReturn:
    known = ", ".join(case.outcome_named)
    example = next(iter(case.outcome_named), None) or next(iter(case.option_names), "party.option")
    raise CaseError(
        f"{case.name} has no outcome '{DANGER}'{known and f'; its outcomes are {known}'}. Say what "
        f"the danger is, such as --danger '{example}'"
    )


def _origin(basis: Basis) -> Origin:
    return "cited" if basis.cite else "assumed"


def _figures(
    case: Case,
    what: str,
    asked: Rates,
    said: Figure | None,
    single: tuple[tuple[str, Figure], ...],
    usual: float,
) -> tuple[Floats, list[Ground]]:
    """Return a number for each party, and where each comes from."""
    wanted = asked if isinstance(asked, Mapping) else {} if asked is None else {EVERYBODY: asked}
    for name in wanted:
        if name not in case.party_names and name != EVERYBODY:
            raise CaseError(f"--{what}: {unknown('party', name, case.party_names)}")
    by_party = dict(single)
    values, grounds = [], []
    for name in case.party_names:
        value, origin, note = usual, "usual", ""
        asked_for = wanted.get(name, wanted.get(EVERYBODY))
        if asked_for is not None:
            value, origin = asked_for, "asked"
        elif figure := by_party.get(name, said):
            value, origin, note = float(figure.value), _origin(figure.basis), figure.basis.note
        values.append(_within(what, name, value))
        grounds.append(Ground(f"{what} {name}", f"{value:g}", origin, note))  # type: ignore[arg-type]
    return np.array(values), grounds


def rate(value: float, what: str = "a misstep rate") -> float:
    """Return a misstep rate; refuse what is none."""
    if not 0 <= value <= 1:
        raise CaseError(f"{what} is from 0 to 1, not {value:g}")
    if 0 < value < RAREST:
        raise CaseError(f"{what} is 0, or {RAREST:g} and more, not {value:g}")
    return float(value)


def _within(what: str, party: str, value: float) -> float:
    if what == "misstep":
        return rate(value, f"the misstep rate of '{party}'")
    if what == "tempo" and not (value >= 0 and math.isfinite(value)):
        raise CaseError(f"the tempo of '{party}' is 0 or more, not {value:g}")
    return float(value)


def _require_comparable(case: Case, tempos: Floats) -> None:
    if not tempos.any():
        raise CaseError("every tempo is 0, so nobody ever moves; give one party a tempo above 0")
    for party, tempo in zip(case.party_names, tempos, strict=True):
        if 0 < tempo < RAREST * tempos.max():
            raise CaseError(
                f"the tempo of '{party}', {tempo:g}, is next to nothing beside {tempos.max():g}; "
                "write 0 if it never moves"
            )


def _behaviour(
    case: Case, name: str | None, temperature: float | None, concept: str | None
) -> tuple[Behaviour, Ground]:
    said, usual = case.risk.behaviour, Behaviour()
    conduct = name or (said.name if said else usual.conduct)
    if temperature is None:
        by_case = said.temperature if said else None
        temperature = usual.temperature if by_case is None else float(by_case)
    looks = concept or (said.concept if said else "") or usual.concept
    made = Behaviour(conduct, temperature, looks)
    asked = name is not None or said is None
    origin: Origin = "asked" if name else "usual" if said is None else _origin(said.basis)
    detail = {"softmax": f" (temperature {temperature:g})", "cautious": f" (under {looks})"}
    note = "" if asked or said is None else said.basis.note
    return made, Ground("behaviour", conduct + detail.get(conduct, ""), origin, note)

"""What a third party can do: each option of a party the target does not need, used.

What stands in the way is compared between two cases: the third party leaves its option as it is
today, or it uses it, going back on whatever it said that rules this out. Elsewhere nobody's hands
are tied: what risk and stability are compared with is the case as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from detente.case import formula as fm
from detente.case.cnf import said as said_formula
from detente.case.logic import Logic, forced
from detente.case.model import Case
from detente.errors import CaseError
from detente.graph import alike
from detente.graph.build import changes
from detente.stability.registry import Concept
from detente.wayout.deadlock import Deadlock, deadlock, everything_said
from detente.wayout.profile import Profile, parties_in, profile, without


@dataclass(frozen=True, eq=False)
class Use:
    """What changes if a third party uses one of its options.

    Parameters
    ----------
    axis, level : int
        The option and the level it is set to.
    after : Profile or None
        Where the case stands then; None if no feasible state has the option at that level.
    unused : Deadlock or None
        What stands in the way while the option stays as it is today.
    goes_back_on : tuple of str
        What the third party said that rules the use out, by id; it no longer counts.
    dissolved : tuple of tuple of str
        Knots, of the case as it stands or of that in which the option stays, of which no part is
        a knot any longer.
    """

    axis: int
    level: int
    after: Profile | None
    unused: Deadlock | None = None
    goes_back_on: tuple[str, ...] = ()
    dissolved: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, eq=False)
class Brokering:
    """What third parties can do.

    Parameters
    ----------
    today : Profile
        Where the case stands.
    concept : str
        Under which a state counts as holding.
    uses : tuple of Use
        The most helpful first.
    complete : bool
        Whether every option was tried.
    """

    today: Profile
    concept: str
    uses: tuple[Use, ...]
    complete: bool = True


def broker(
    case: Case,
    target: fm.Formula,
    concept: Concept,
    *,
    joint: int = 2,
    max_memory: int | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Brokering:
    """Return what each option of the parties that the target does not need would change.

    Raises
    ------
    CaseError
        If there is no such party with an option it could use.
    """
    ways = list(_ways(case, target))
    if not ways:
        raise CaseError(
            "every party with options is needed in the target, so there is no third party; a "
            "broker needs options of its own that the target does not mention"
        )
    today = profile(case, target, [concept], joint=joint, max_memory=max_memory)
    uses: list[Use] = []
    try:
        for done, (axis, level) in enumerate(ways):
            if on_progress is not None:
                on_progress(done, len(ways))
            uses.append(_use(case, target, concept, today, axis, level, joint, max_memory))
    except KeyboardInterrupt:
        pass  # what was tried is kept; the result says that it is not all
    uses.sort(key=lambda use: _helpfulness(use, concept.name))
    return Brokering(today, concept.name, tuple(uses), len(uses) == len(ways))


def _ways(case: Case, target: fm.Formula) -> Iterator[tuple[int, int]]:
    """Yield the options of third parties with the levels they could be set to."""
    needed = parties_in(case, target)
    for axis, (party, option) in enumerate(case.options):
        if party.name in needed:
            continue
        today = case.status_quo[axis] if case.status_quo is not None else 0
        reach = np.linalg.matrix_power(changes(option).astype(int), len(option.levels)) > 0
        for level in range(len(option.levels)):
            if level != today and reach[today, level]:
                yield axis, level


def _use(
    case: Case,
    target: fm.Formula,
    concept: Concept,
    today: Profile,
    axis: int,
    level: int,
    joint: int,
    max_memory: int | None,
) -> Use:
    party, option = case.options[axis]
    used, left = (
        fm.OptionIs(party.name, option.name, option.levels[k])
        for k in (level, case.status_quo[axis] if case.status_quo is not None else 0)
    )
    try:
        changed = forced(case, used).case
    except CaseError:
        return Use(axis, level, None)
    (changed,) = alike(changed, max_memory=max_memory)
    logic = Logic(changed)
    own = (s for s in everything_said(case) if s.party == party.name)
    back = tuple(s.id for s in own if not logic.possible(said_formula(s)).holds)
    after = profile(without(changed, back), target, [concept], joint=joint, max_memory=max_memory)
    unused = None
    if today.deadlock is not None:
        unused = deadlock(forced(case, left).case, target, silence=True)
    before = dict.fromkeys([*today.knots, *(unused.knots if unused else ())])
    still = [set(knot) for knot in after.knots]
    dissolved = tuple(k for k in before if not any(knot <= set(k) for knot in still))
    return Use(axis, level, after, unused, back, dissolved)


def _helpfulness(use: Use, concept: str) -> tuple[float, ...]:
    """Return what uses are sorted by: cost, exposure, holding, knots dissolved."""
    far = float("inf")
    if use.after is None:
        return (far, far, far, far, use.axis, use.level)
    after = use.after
    cost = far if after.cost is None else after.cost
    exposure = far if after.exposure is None else float(after.exposure)
    holds = bool(after.holding_in_target(concept))
    return (cost, exposure, not holds, -len(use.dissolved), use.axis, use.level)


@dataclass(frozen=True, slots=True)
class Effect:
    """In which direction a use changes each thing that is compared: 1 is better, -1 worse, 0 same.

    Parameters
    ----------
    cost : int
        Of the cheapest concession, against the option staying as it is today.
    exposure : int
        Of the best path, against the case as it stands.
    holding : int
        Whether any state of the target holds, against the case as it stands. Their numbers cannot
        be compared: with an option fixed there are fewer states in all.
    knots : int
        1 where knots dissolve.
    possible : bool
        Whether the use can be at all.
    """

    cost: int
    exposure: int
    holding: int
    knots: int
    possible: bool

    @property
    def helps(self) -> bool:
        """Whether something is better and nothing that counts more is worse.

        What counts more comes first: the cost, the exposure, whether anything of the target
        holds, the knots; so uses are sorted, too.
        """
        first = next((x for x in (self.cost, self.exposure, self.holding, self.knots) if x), 0)
        return self.possible and first > 0

    @property
    def harms(self) -> bool:
        """Whether the weightiest change is for the worse."""
        first = next((x for x in (self.cost, self.exposure, self.holding, self.knots) if x), 0)
        return self.possible and first < 0

    @property
    def idle(self) -> bool:
        """Whether nothing that is compared changes."""
        return self.possible and not (self.cost or self.exposure or self.holding or self.knots)


def effect(found: Brokering, use: Use) -> Effect:
    """Return in which direction a use changes each thing that is compared."""
    if use.after is None:
        return Effect(0, 0, 0, 0, possible=False)
    today, after = found.today, use.after
    unused = use.unused.cost if use.unused is not None else today.cost
    before, then = (p.holding_in_target(found.concept) for p in (today, after))
    return Effect(
        _direction(unused, after.cost),
        _direction(today.exposure, after.exposure),
        0 if before is None or then is None else int(then > 0) - int(before > 0),
        int(bool(use.dissolved)),
        possible=True,
    )


def _direction(before: Fraction | int | None, after: Fraction | int | None) -> int:
    """Return 1 if a number falls, -1 if it rises; none at all is the highest."""
    far = float("inf")
    old, new = (far if x is None else x for x in (before, after))
    return int(new < old) - int(new > old)

"""Question 7: what third parties can do."""

from __future__ import annotations

from collections.abc import Iterator

from detente.dossier.answers import Unanswered
from detente.dossier.page.blocks import (
    Block,
    Cell,
    Details,
    Inline,
    Items,
    Mark,
    Note,
    Para,
    Plate,
    Section,
    Table,
    join,
)
from detente.dossier.say import lacking_lines, percent_of
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context, method, number, unanswered
from detente.dossier.sections.drawn import brokers
from detente.dossier.sections.entry import Entry
from detente.wayout.broker import Brokering, Effect, Use, effect
from detente.wayout.deadlock import everything_said
from detente.wayout.profile import Profile

TOLD = 5
"""Uses told in words."""


def section(context: Context) -> Section:
    """Return the section."""
    return ENTRY.section(_blocks(context))


ENTRY = Entry(7, section, "broker", "What can third parties do?", "broker")


def _blocks(context: Context) -> Iterator[Block]:
    found = context.answers.broker
    if isinstance(found, Unanswered):
        yield unanswered(found, context)
        return
    effects = [effect(found, use) for use in found.uses]
    yield Para(_answer(context, found, effects), kind="answer")
    told = tuple(_in_words(context, found, effects))
    plates = [*_plates(context, found, effects, told)]
    yield from plates or told
    yield Details("The same as a table", (_table(context, found),))
    yield Para(
        (
            "With an option fixed there are fewer states in all, so it is no sign of harm if fewer "
            "of them hold, unless none does.",
        ),
        kind="fine",
    )
    for line in lacking_lines(found.today):
        yield Para((line,), kind="fine")
    if not found.complete:
        yield Para(("The work was interrupted before every option was tried.",), kind="fine")
    yield method(
        context,
        "Every option of a party that the target does not need is set to every other level, and "
        "all is worked out again. Knots and costs are compared with the same case in which the "
        "option stays as it is today, the risk of the best way and what holds with the case as it "
        "is. What helps is judged by the cost first, then by that risk, by whether anything wanted "
        "holds, and by the knots.",
        context.command("broker", f"--concept {found.concept}"),
    )


def _in_words(context: Context, found: Brokering, effects: list[Effect]) -> Iterator[Block]:
    """Tell what helps, and count what harms or changes nothing."""
    helpful = [k for k, e in enumerate(effects) if e.helps]
    if len(helpful) > 1 or any(found.uses[k].goes_back_on for k in helpful):
        yield Items(
            tuple(_use(context, found, k, effects[k]) for k in helpful[:TOLD]), ordered=True
        )
    yield from _rest(context, found, effects)


def drawn(context: Context, found: Brokering) -> Iterator[Plate]:
    """Yield what third parties can do as a drawing, where anything helps or harms."""
    return _plates(context, found, [effect(found, use) for use in found.uses], ())


def _plates(
    context: Context, found: Brokering, effects: list[Effect], told: tuple[Block, ...]
) -> Iterator[Plate]:
    return brokers.parties(
        context,
        found,
        effects,
        lambda use: phrases.using(context, use),
        lambda k: _changes(found, k, effects[k]),
        told,
    )


def _answer(context: Context, found: Brokering, effects: list[Effect]) -> Inline:
    n = sum(e.helps for e in effects)
    if not n:
        return ("As far as was tried, nothing that a third party can do alone would help.",)
    first = next(k for k, e in enumerate(effects) if e.helps)
    told: Inline = (
        "It helps most if ",
        *phrases.using(context, found.uses[first]),
        ", because ",
        *_changes(found, first, effects[first]),
        ".",
    )
    if n == 1:
        return told
    helping = phrases.capital((phrases.counted(n, "/broker/helping"),))
    return (*told, " ", *helping, " things that third parties can do would help.")


def _changes(found: Brokering, k: int, what: Effect) -> Inline:
    """Say what is better or worse with a use."""
    use, at = found.uses[k], f"/broker/uses/{k}"
    after = use.after
    told: list[Inline] = []
    if after is None:
        return ("it cannot be",)
    if what.cost:
        told.append(_cost(found, use, at))
    if use.dissolved:
        told.append(_knots(found, use, at))
    if what.exposure and found.today.exposure is None:
        told.append(("there is a way where there is none now",))
    elif what.exposure and after.exposure is None:
        told.append(("no way leads there any more",))
    elif what.exposure and found.today.exposure is not None and after.exposure is not None:
        before, then = found.today.exposure, after.exposure
        told.append(
            (
                f"the risk of the best way {'falls' if then < before else 'rises'} from ",
                number(float(before), "/broker/today/exposure", percent_of(before)),
                " to ",
                number(float(then), f"{at}/then/exposure", percent_of(then) if then else "nothing"),
            )
        )
    if what.holding:
        told.append(
            ("some of it holds where nothing of it did",)
            if what.holding > 0
            else ("nothing of it holds any more",)
        )
    return join(told) if told else ("nothing that was compared changes",)


def _cost(found: Brokering, use: Use, at: str) -> Inline:
    """Say how the cost of the cheapest concession changes."""
    stuck = use.unused or found.today.deadlock
    origin = f"{at}/unused/cost" if use.unused else "/broker/today/cost"
    after = use.after
    before, then = (stuck.cost if stuck else None), (after.cost if after else None)
    if before is None or then is None:
        return (
            "a concession helps where none did"
            if before is None
            else "no concession helps any more",
        )
    return (
        "the cheapest concession costs ",
        number(then, f"{at}/then/cost"),
        " rather than ",
        number(before, origin),
    )


def _knots(found: Brokering, use: Use, at: str) -> Inline:
    """Say how many knots are left."""
    stuck = use.unused or found.today.deadlock
    origin = f"{at}/unused/knots#" if use.unused else "/broker/today/knots#"
    before, then = len(stuck.knots) if stuck else 0, len(use.after.knots) if use.after else 0
    if before == then:
        return ("other clashes take the place of some",)
    knots = " clash of words is left" if then == 1 else " clashes of words are left"
    first = phrases.counted(then, f"{at}/then/knots#")
    return (first, f"{knots} instead of ", phrases.counted(before, origin))


def _use(context: Context, found: Brokering, k: int, what: Effect) -> Para:
    use = found.uses[k]
    told: Inline = ("If ", *phrases.using(context, use), ", ", *_changes(found, k, what), ".")
    if use.goes_back_on:
        told = (*told, " It would go back on its own words.")
    return Para(told, _notes(context, use))


def _notes(context: Context, use: Use) -> tuple[Note, ...]:
    case = context.answers.case
    said = {s.id: s for s in everything_said(case)}
    return tuple(context.said_note(said[name]) for name in use.goes_back_on)


def _rest(context: Context, found: Brokering, effects: list[Effect]) -> Iterator[Block]:
    """Count what harms, changes nothing, or cannot be."""
    counts = (
        (
            sum(e.harms and not e.helps for e in effects),
            "/broker/harming",
            "makes it worse",
            "make it worse",
        ),
        (
            sum(e.idle for e in effects),
            "/broker/idle",
            "changes nothing that was compared",
            "change nothing that was compared",
        ),
        (
            sum(use.after is None for use in found.uses),
            "/broker/impossible",
            "is excluded by the rules of the case",
            "are excluded by the rules of the case",
        ),
    )
    told: list[Inline] = [
        (phrases.counted(n, at), f" thing {one}" if n == 1 else f" things {many}")
        for n, at, one, many in counts
        if n
    ]
    if told:
        yield Para(("Of all that they can do, ", *join(told), "."))
    harming = [k for k, e in enumerate(effects) if e.harms]
    if harming:
        worse = [phrases.using(context, found.uses[k]) for k in harming[:TOLD]]
        more = (", among others",) if len(harming) > TOLD else ()
        yield Para(("Things get worse if ", *join(worse, "or if"), *more, "."))


def _table(context: Context, found: Brokering) -> Table:
    today = found.today
    first = (
        Cell(("as things are",)),
        *_cells(today, found.concept, "/broker/today"),
    )
    rows = [first]
    for k, use in enumerate(found.uses):
        name = Cell(phrases.capital(phrases.using(context, use)))
        if use.after is None:
            rows.append((name, Cell(("cannot be",)), Cell(("–",)), Cell(("–",)), Cell(("–",))))
        else:
            at = f"/broker/uses/{k}"
            cells = _cells(use.after, found.concept, f"{at}/then")
            rows.append((name, *_against(use, at, cells[:2]), *cells[2:]))
    return Table(
        "What would stand in the way, and what the best way would risk, with each of them (where "
        "knots and cost differ, if it does not → if it does)",
        ("if", "knots", "cheapest concession", "risk of the best way", "states wanted that hold"),
        tuple(rows),
    )


def _against(use: Use, at: str, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Put before the knots and the cost what they are if the option stays, where that differs."""
    unused, after = use.unused, use.after
    if unused is None or after is None:
        return cells
    knots, cost = cells
    if len(unused.knots) != len(after.knots):
        before = number(len(unused.knots), f"{at}/unused/knots#")
        knots = Cell((before, " → ", *knots.text), "number")
    if unused.cost != after.cost and unused.cost is not None:
        cost = Cell((number(unused.cost, f"{at}/unused/cost"), " → ", *cost.text), "number")
    return (knots, cost)


def _cells(standing: Profile, concept: str, at: str) -> tuple[Cell, ...]:
    stuck, exposure = standing.deadlock, standing.exposure
    holding = standing.holding_in_target(concept)
    silent = stuck is None or "said" in standing.lacking
    knots = "–" if silent else number(len(standing.knots), f"{at}/knots#")
    cost = "–" if silent or standing.cost is None else number(standing.cost, f"{at}/cost")
    risk: str | Mark = "–"
    if exposure is not None:
        risk = number(float(exposure), f"{at}/exposure", percent_of(exposure))
    elif standing.graph is not None and standing.case.status_quo is not None:
        risk = "no way"
    held = "–" if holding is None else number(holding, f"{at}/equilibria_in_target/{concept}")
    return tuple(Cell((shown,), "number") for shown in (knots, cost, risk, held))

"""The least change of mind after which a target holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.dossier.answers import Unanswered
from detente.dossier.page.blocks import Block, Heading, Inline, Items, Note, Para
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context, number
from detente.dossier.text.unlock import one_of_a_kind
from detente.wayout.minds import Edit
from detente.wayout.results import Unlock

TOLD = 4
"""Changes of mind, or states that hold already, told one by one."""


def changes_of_mind(context: Context) -> Iterator[Block]:
    """Yield what would have to change in what the parties want."""
    found = context.answers.unlock
    yield Heading("What the parties would have to want", "minds")
    if isinstance(found, Unanswered):
        why = found.why
        if isinstance(context.answers.target, Unanswered):
            why = "nothing says what should come about"
        yield Para((f"This is not told: {why}.",), kind="fine")
        return
    unlocking, goal = found.found, context.goal
    among = phrases.view(found.concept)
    if unlocking.already:
        n = len(unlocking.already)
        yield Para(
            (
                f"No mind has to change for {goal} to hold once it is reached: among {among} ",
                number(n, "/unlock/already#"),
                " state of it holds:" if n == 1 else " states of it hold, such as these:",
            )
        )
        yield Items(
            tuple(
                Para((*phrases.capital(phrases.situation(context, context.words.levels(s))), "."))
                for s in _nearest_first(context, unlocking.already)[:TOLD]
            )
        )
        return
    yield Para((f"As things are, {goal} does not hold among {among}. ", *_least(found)))
    chosen = one_of_a_kind(unlocking.answers)[:TOLD]
    if chosen:
        numbers = [next(k for k, a in enumerate(unlocking.answers) if a is c) for c in chosen]
        yield Items(tuple(_change(context, found, k) for k in numbers))
        yield Para(
            ("Each of these is enough; whether anybody would do it is another question.",),
            kind="fine",
        )


def _nearest_first(context: Context, states: Sequence[int]) -> list[int]:
    """Return states in the order of how many options differ from today."""
    today = context.answers.case.status_quo

    def far(state: int) -> int:
        levels = context.words.levels(state)
        return sum(a != b for a, b in zip(levels, today or levels, strict=True))

    return sorted(states, key=far)


def answer(context: Context, found: Unlock) -> Inline:
    """Say what would have to change in what the parties want, where nobody said anything."""
    unlocking, goal = found.found, context.goal
    if unlocking.already:
        return (
            f"Nobody has to change its mind: {goal} can hold among {phrases.view(found.concept)} "
            "as things are.",
        )
    return (f"As things are, {goal} does not hold: somebody would leave it. ", *_least(found))


def _least(found: Unlock) -> Inline:
    unlocking = found.found
    if unlocking.cost is not None:
        told: Inline = (
            "The least that is enough: ",
            number(unlocking.cost, "/unlock/cost"),
            " change of mind. " if unlocking.cost == 1 else " changes of mind. ",
        )
        n = len(unlocking.answers)
        few = " way to make it." if n == 1 else " ways to make it; of those alike, one is told."
        there = "There is " if n == 1 else "There are "
        return (*told, there, number(n, "/unlock/edits#"), few)
    if unlocking.stopped:
        return (
            "The search was stopped; it is proved that fewer than ",
            number(unlocking.proved_below, "/unlock/proved_below"),
            " changes of mind are not enough.",
        )
    if not found.most:
        return ("No change of mind was tried.",)
    return (
        "No change of mind up to a cost of ",
        number(found.most, "/unlock/most"),
        " is enough: all were tried.",
    )


def _change(context: Context, found: Unlock, k: int) -> Para:
    answer = found.found.answers[k]
    told: Inline = ()
    for j, edit in enumerate(answer.edits):
        told = (*told, *(("; and ",) if j else ()), *_edit(context, edit, f"/unlock/edits/{k}/{j}"))
    levels = context.words.levels(answer.states[0])
    return Para(
        (*told, ". Then this holds: ", *phrases.situation(context, levels), "."),
        _notes(context, answer.edits),
    )


def _edit(context: Context, edit: Edit, at: str) -> Inline:
    who = context.party_at(edit.party)
    what = context.formulas.clause(edit.statement)
    was = phrases.ranked(edit.was, f"{at}/was") if edit.was else ""
    now = phrases.ranked(edit.priority, f"{at}/priority") if edit.priority else ""
    if edit.op == "drop":
        return (who, f" no longer wants that {what} (its ", was, " wish)")
    if edit.op == "move":
        return (who, " makes it its ", now, f" wish that {what} (it was its ", was, ")")
    return (who, " comes to want, as its ", now, f" wish, that {what}")


def _notes(context: Context, edits: Sequence[Edit]) -> tuple[Note, ...]:
    """Return what the wishes rest on that are dropped or moved."""
    notes = []
    for edit in edits:
        party = context.answers.case.parties[edit.party]
        for statement in getattr(party.preferences, "statements", ()):
            if edit.op != "add" and statement.formula == edit.statement:
                title = f"{party.label} wants that {context.formulas.clause(statement.formula)}"
                notes.append(context.sources.note(title, statement.basis))
    return tuple(notes)

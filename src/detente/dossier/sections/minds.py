"""The least change of mind after which a target holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.dossier.answers import Unanswered
from detente.dossier.page.blocks import (
    Block,
    Code,
    Heading,
    Inline,
    Items,
    Note,
    Para,
    Section,
)
from detente.dossier.say import one_of_a_kind
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context, number
from detente.dossier.text.inverse import inverse_text
from detente.dossier.words import concept_name
from detente.wayout.minds import Edit
from detente.wayout.results import Unlock

TOLD = 2
"""Changes of mind, or states that hold already, told one by one."""


def section(context: Context, most: int = TOLD) -> Section:
    """Return what would have to change in what the parties want, as a section of its own."""
    found = context.answers.unlock
    blocks = tuple(_told(context, most))
    if not isinstance(found, Unanswered):
        blocks = (*blocks, *_stopped(found), *_every_preference(context, found))
    return Section("q5", "Question 5", "What would the parties have to want?", blocks)


def _stopped(found: Unlock) -> Iterator[Block]:
    why = {
        "count": "There are more answers than are kept.",
        "time": "Time was over; --seconds N gives more.",
        "interrupted": "The search was interrupted.",
    }.get(found.found.stopped or "")
    if why:
        yield Para((why,))


def _every_preference(context: Context, found: Unlock) -> Iterator[Block]:
    """Yield all preferences that would make the only state of the target hold, as conditions."""
    if not found.requirements:
        return
    yield Heading("Every preference that would do", "every")
    told = inverse_text(found.case, found.graph, found.single, found.concept, found.requirements)
    yield Code(told)


def changes_of_mind(context: Context) -> Iterator[Block]:
    """Yield what would have to change in what the parties want, under a heading."""
    yield Heading("What the parties would have to want", "minds")
    yield from _told(context, TOLD)


def _told(context: Context, most: int) -> Iterator[Block]:
    found = context.answers.unlock
    if isinstance(found, Unanswered):
        why = found.why
        if isinstance(context.answers.target, Unanswered):
            why = "nothing says what should come about"
        yield Para((f"This is not told: {why}.",), kind="fine")
        return
    unlocking = found.found
    among = phrases.view(found.concept)
    if not context.alone:
        among = f"under {concept_name(found.concept)}"
    if unlocking.already:
        n = len(unlocking.already)
        yield Para(
            (
                f"No party has to change its mind for that to last once {context.goal_is}, as ",
                phrases.counted(n, "/unlock/already#"),
                f" such situation holds {among}, in which things are as follows."
                if n == 1
                else f" such situations hold {among}. In the nearest, things are as follows.",
            )
        )
        yield Items(
            tuple(
                Para((*phrases.capital(phrases.situation(context, context.words.levels(s))), "."))
                for s in _nearest_first(context, unlocking.already)[:most]
            )
        )
        return
    yield Para(
        (f"As things stand, it would not last {among} if {context.goal_is}. ", *_least(found))
    )
    chosen = one_of_a_kind(unlocking.answers)[:most]
    if chosen:
        numbers = [next(k for k, a in enumerate(unlocking.answers) if a is c) for c in chosen]
        yield Items(tuple(_change(context, found, k) for k in numbers))
        yield Para(
            ("Each of these is enough, but whether the party would do it is another question.",),
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
    unlocking = found.found
    if unlocking.already:
        return (
            f"No party has to change its mind. Once {context.goal_is}, that can last "
            f"{phrases.view(found.concept)}.",
        )
    return (
        f"As things stand, it would not last if {context.goal_is}, because at least one party "
        "would undo it. ",
        *_least(found),
    )


def _least(found: Unlock) -> Inline:
    unlocking = found.found
    if unlocking.cost is not None:
        told: Inline = (
            "It takes at least ",
            phrases.counted(unlocking.cost, "/unlock/cost"),
            " change of mind. " if unlocking.cost == 1 else " changes of mind. ",
        )
        n = len(unlocking.answers)
        few = " way to do it." if n == 1 else " ways to do it, of which one of each kind is told."
        there = "There is " if n == 1 else "There are "
        return (*told, there, phrases.counted(n, "/unlock/edits#"), few)
    if unlocking.stopped:
        return (
            "The search was stopped, but it is proved that fewer than ",
            number(unlocking.proved_below, "/unlock/proved_below"),
            " changes of mind are not enough.",
        )
    if not found.most:
        return ("No change of mind was tried.",)
    return (
        "No change of mind up to a cost of ",
        number(found.most, "/unlock/most"),
        " is enough, as all were tried.",
    )


def _change(context: Context, found: Unlock, k: int) -> Para:
    answer = found.found.answers[k]
    told: Inline = ()
    for j, edit in enumerate(answer.edits):
        told = (*told, *((", and ",) if j else ()), *_edit(context, edit, f"/unlock/edits/{k}/{j}"))
    levels = context.words.levels(answer.states[0])
    return Para(
        (
            *phrases.capital(told),
            ". Then a situation holds in which ",
            *phrases.moved(context, levels),
            ".",
        ),
        _notes(context, answer.edits),
    )


def _edit(context: Context, edit: Edit, at: str) -> Inline:
    who = context.party_at(edit.party)
    name = context.answers.case.parties[edit.party].name
    what = context.say(context.english.to(edit.statement, name))
    many = context.english.name(name).many
    its = context.english.name(name).its
    was = phrases.ranked(edit.was, f"{at}/was") if edit.was else ""
    now = phrases.ranked(edit.priority, f"{at}/priority") if edit.priority else ""
    if edit.op == "drop":
        return (who, f" no longer want{'' if many else 's'} ", *what, f" ({its} ", was, " wish)")
    if edit.op == "move":
        come = "come" if many else "comes"
        place = (f" {come} to want as {its} ", now, f" wish, no longer as {its} ", was)
        return (who, *place, ", ", *what)
    come = "come" if many else "comes"
    return (who, f" {come} to want, as {its} ", now, " wish, ", *what)


def _notes(context: Context, edits: Sequence[Edit]) -> tuple[Note, ...]:
    """Return what the wishes rest on that are dropped or moved."""
    notes = []
    for edit in edits:
        party = context.answers.case.parties[edit.party]
        for statement in getattr(party.preferences, "statements", ()):
            if edit.op != "add" and statement.formula == edit.statement:
                title = phrases.wish_title(context, edit.party, statement.formula)
                notes.append(context.sources.note(title, statement.basis))
    return tuple(notes)

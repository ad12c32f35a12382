"""Question 11: who can bring it about for good, and who can prevent it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.formula import Formula
from detente.dossier.answers import Unanswered
from detente.dossier.page.blocks import (
    Block,
    Details,
    Heading,
    Inline,
    Items,
    Para,
    Section,
    join,
    plain,
)
from detente.dossier.say import spelled
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context, method, unanswered
from detente.dossier.sections.drawn import DRAWN
from detente.dossier.sections.entry import Entry
from detente.english.speech import listing
from detente.wayout.results import Who
from detente.wayout.who import Group, Means, Power, Short


def section(context: Context) -> Section:
    """Return the section."""
    title = "Who can bring it about, and who can prevent it?"
    return ENTRY.section(_blocks(context), title)


ENTRY = Entry(11, section, "who", "Who can bring it about, who prevent it?")


def _blocks(context: Context) -> Iterator[Block]:
    asked = context.answers.who
    if isinstance(asked, Unanswered):
        yield unanswered(asked, context)
        return
    yield Para(
        tuple(
            piece
            for k, one in enumerate(asked)
            for piece in (*" " * (k > 0), *answer(context, one))
        ),
        kind="answer",
    )
    yield from DRAWN["who"](context)
    how = [block for one in asked for block in _one(context, one)]
    if how:
        yield Details("By which moves, and who lacks whom", tuple(how))
    yield method(
        context,
        "A group can bring something about for good if its own moves lead there from today to "
        "where the others cannot undo it. The smallest such groups are told. Moves from today "
        "decide, not what some choice would leave possible.",
        *(context.command("who", f"--target {_quoted(context, one)}") for one in asked),
    )


def _quoted(context: Context, result: Who) -> str:
    import shlex

    from detente.case.formula import to_text

    return shlex.quote(to_text(result.target))


def answer(context: Context, result: Who) -> Inline:
    """Return who can, whatever the others do, and what changes if they only improve."""
    found = result.found
    told = phrases.capital(_power(context, found.any_moves, result.target))
    neither = _neither(context, found.any_moves)
    if _groups(found.would) == _groups(found.any_moves):
        return (*told, ".", *neither)
    only: Inline = (" If the others move only where they gain by it, ",)
    return (
        *told,
        ".",
        *neither,
        *only,
        *_power(context, found.would, result.target, again=True),
        ".",
    )


def _groups(power: Power) -> tuple[frozenset[Group], frozenset[Group]]:
    return (
        frozenset(means.group for means in power.makers),
        frozenset(means.group for means in power.preventers),
    )


def _power(context: Context, power: Power, target: Formula, *, again: bool = False) -> Inline:
    """Say who can bring it about and who can prevent it, as one sentence without its end."""
    groups = [means.group for means in power.makers]
    against = [means.group for means in power.preventers]
    what: Inline = (
        ("bring it about",)
        if again
        else context.say(f"bring about {phrases.lasting(context, target)}")
    )
    stop: Inline = ("prevent it",)
    if groups == [()]:
        clause = "it comes about" if again else context.english.clause(target)
        unless = " if no party prevents it" if against else ", whatever the parties do"
        made: Inline = (*context.say(clause), unless)
    else:
        made = _able(context, groups, what) if groups else ("no party can ", *what)
    if not against:
        return (*made, ", and no party can prevent it")
    if against != [()]:
        differs = _together(groups) != _together(against)
        return (*made, ", but " if differs else ", and ", *_able(context, against, stop, groups))
    return (*made, ", and ", "otherwise " * bool(groups), "it does not come about by itself")


def _together(groups: Sequence[Group]) -> bool:
    return bool(groups) and all(len(group) > 1 for group in groups)


def _able(
    context: Context, groups: Sequence[Group], what: Inline, before: Sequence[Group] = ()
) -> Inline:
    """Say which groups can: ``A and B can each …``, ``it takes A and B together to …``.

    Those that were named just ``before``, all of them, are not named again.
    """
    alone = [group for group in groups if len(group) == 1]
    together = [group for group in groups if len(group) > 1]
    members = sorted({i for group in groups for i in group})
    same = members == sorted({i for group in before for i in group})
    if not together:
        if len(alone) == 1:
            also: Inline = ("can ", *what, " as well")
            return also if same else (*phrases.parties(context, members), " alone can ", *what)
        if same:
            each = "either" if len(members) == 2 else "each"
            return (f"{each} of them can ", *what, " alone")
        return (*phrases.parties(context, members), " can each ", *what)
    if not alone and len(together) == 1:
        all_ = "both of them" if len(members) == 2 else f"all {spelled(len(members))} of them"
        who: Inline = (all_,) if same else (*phrases.parties(context, members), " together")
        return ("it takes ", *who, " to ", *what)
    told: list[Inline] = [(*phrases.parties(context, group), " alone") for group in alone]
    told += [(*phrases.parties(context, group), " together") for group in together]
    return (*join(told, "or"), " can ", *what)


def _neither(context: Context, power: Power) -> Inline:
    """Name those that are in none of the groups."""
    named = {i for means in (*power.makers, *power.preventers) for i in means.group}
    rest = [i for i in range(len(context.answers.case.parties)) if i not in named]
    if not named or not rest:
        return ()
    told = phrases.capital(phrases.parties(context, rest))
    return (" ", *told, " can do neither.")


def _one(context: Context, result: Who) -> Iterator[Block]:
    power = result.found.any_moves
    yield Heading(plain(context.say(context.english.clause(result.target), start=True)))
    how = [_means(context, means, "bring it about") for means in power.makers]
    how += [_means(context, means, "prevent it") for means in power.preventers]
    how += [_short(context, one, "bring it about") for one in power.short_of_making if one.group]
    how += [_short(context, one, "prevent it") for one in power.short_of_preventing if one.group]
    if how:
        yield Items(tuple(how))
    if result.silent:
        told = phrases.silent(context, result.silent)
        yield Para((*told, ", so nothing is better for them."), kind="fine")


def _means(context: Context, means: Means, what: str) -> Para:
    if not means.group:
        return Para((f"No party has to do anything to {what}.",))
    who = (*phrases.capital(phrases.parties(context, means.group)), f" can {what}")
    if not means.moves:
        return Para((*who, " simply by not moving."))
    if {step.mover for step in means.moves} == set(means.group) and len(means.group) == 1:
        done = listing([context.words.change(step, "ing") for step in means.moves], "and then")
        return Para(
            (
                *who,
                *context.say(f" by {done}."),
            )
        )
    return Para((*who, ": ", *phrases.steps(context, means.moves), "."))


def _short(context: Context, one: Short, what: str) -> Para:
    """Say why a group cannot for want of one member."""
    who = (*phrases.capital(phrases.parties(context, one.group)), f" cannot {what} without ")
    told: Inline = (*who, context.party_at(one.lacking))
    if not one.reaches:
        own = context.english.agree(one.group, "its own", "their own")
        return Para((*told, f", as no moves of {own} lead there."))
    if not one.moves and len(one.undone) == 1:
        (step,) = one.undone
        could = f" could still {context.words.change(step, 'bare')}."
        return Para((*told, ", because ", context.party_at(step.mover), *context.say(could)))
    if not one.moves:
        still = (", because it could still be that ", *phrases.steps(context, one.undone))
        return Para((*told, *still, "."))
    first = phrases.steps(context, one.moves)
    return Para(
        (*told, ". If ", *first, ", it could be that ", *phrases.steps(context, one.undone), ".")
    )

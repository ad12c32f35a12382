"""Question 11: who can bring it about for good, and who can prevent it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.dossier.answers import Unanswered
from detente.dossier.page.blocks import (
    Block,
    Details,
    Heading,
    Inline,
    Items,
    Para,
    Section,
    plain,
)
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context, method, unanswered
from detente.dossier.sections.drawn import DRAWN
from detente.wayout.results import Who
from detente.wayout.who import Group, Means, Power, Short


def section(context: Context) -> Section:
    """Return the section."""
    title = "Who can bring it about, and who can prevent it?"
    return Section("q11", "Question 11", title, tuple(_blocks(context)))


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
    goal = context.english.clause(result.target)
    told = phrases.capital(_power(context, found.any_moves, goal))
    neither = _neither(context, found.any_moves)
    if _groups(found.would) == _groups(found.any_moves):
        return (*told, ".", *neither)
    only: Inline = (" If the others move only where it is better for them, ",)
    return (*told, ".", *neither, *only, *_power(context, found.would, goal, again=True), ".")


def _groups(power: Power) -> tuple[frozenset[Group], frozenset[Group]]:
    return (
        frozenset(means.group for means in power.makers),
        frozenset(means.group for means in power.preventers),
    )


def _power(context: Context, power: Power, goal: str, *, again: bool = False) -> Inline:
    """Say who can bring it about and who can prevent it, as one sentence without its end."""
    that: Inline = () if again else (" that ", *context.say(goal))
    groups = [means.group for means in power.makers]
    against = [means.group for means in power.preventers]
    if groups == [()]:
        made: Inline = ("it comes about without anybody’s doing", *that)
    else:
        can = _able(context, groups) if groups else ("nobody can ",)
        made = (*can, "bring it about", *(() if again else (" for good",)), *that)
    if not against:
        return (*made, "; nobody can prevent it")
    if against != [()]:
        return (*made, "; ", *_able(context, against), "prevent it")
    return (*made, "; ", "otherwise " if groups else "", "it stays away without anybody’s doing")


def _able(context: Context, groups: Sequence[Group]) -> Inline:
    """Say which groups can: ``either A or B alone can``, ``only A and B together can``."""
    alone = [group for group in groups if len(group) == 1]
    together = [group for group in groups if len(group) > 1]
    if not together:
        either = "either " if len(alone) == 2 else "any of " if len(alone) > 2 else ""
        names = _or(context, [i for (i,) in alone])
        return (either, *names, " alone can ") if either else (*names, " alone can ")
    if not alone and len(together) == 1:
        return ("only ", *phrases.parties(context, together[0]), " together can ")
    told: list[Inline] = [(*phrases.parties(context, group), " alone") for group in alone]
    told += [(*phrases.parties(context, group), " together") for group in together]
    out: Inline = ()
    for k, piece in enumerate(told):
        out = (*out, *((", or ",) if k else ()), *piece)
    return (*out, " can ")


def _or(context: Context, parties: Sequence[int]) -> Inline:
    out: Inline = ()
    for k, i in enumerate(parties):
        mark = " or " if k == len(parties) - 1 else ", "
        out = (*out, *((mark,) if k else ()), context.party_at(i))
    return out


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
        who = phrases.parties(context, result.silent)
        wants = context.english.agree(result.silent, "wants", "want")
        yield Para(
            ("The case does not say what ", *who, f" {wants}, so nothing is better for them."),
            kind="fine",
        )


def _means(context: Context, means: Means, what: str) -> Para:
    if not means.group:
        return Para((f"Nobody has to do anything to {what}.",))
    who = (*phrases.capital(phrases.parties(context, means.group)), f" can {what}")
    if not means.moves:
        do = context.english.agree(means.group, "it does", "they do")
        return Para((*who, f": it is enough that {do} not move."))
    return Para((*who, ": ", *phrases.steps(context, means.moves), "."))


def _short(context: Context, one: Short, what: str) -> Para:
    """Say why a group cannot for want of one member."""
    who = (*phrases.capital(phrases.parties(context, one.group)), f" cannot {what} without ")
    told: Inline = (*who, context.party_at(one.lacking))
    if not one.reaches:
        own = context.english.agree(one.group, "its own", "their own")
        return Para((*told, f": no moves of {own} lead there."))
    if not one.moves:
        return Para((*told, ": ", *phrases.steps(context, one.undone), "."))
    first = phrases.steps(context, one.moves)
    return Para((*told, ": if ", *first, ", ", *phrases.steps(context, one.undone), "."))

"""Question 5: what is the least that must give - among things said, and among wishes."""

from __future__ import annotations

from collections.abc import Iterator

from detente.dossier.answers import Answered, Unanswered
from detente.dossier.page.blocks import (
    Block,
    Cell,
    Details,
    Heading,
    Inline,
    Items,
    Para,
    Section,
    Table,
    join,
)
from detente.dossier.sections import minds, phrases
from detente.dossier.sections.context import Context, method, number, unanswered
from detente.dossier.sections.draft import unfinished
from detente.dossier.sections.entry import Entry
from detente.wayout.deadlock import Concession, Deadlock

TOLD = 4
"""Concessions told one by one; a table lists the others."""


def section(context: Context) -> Section:
    """Return the section."""
    return ENTRY.section(_blocks(context))


ENTRY = Entry(5, section, "unlock", "What is the least that must give?")


def _blocks(context: Context) -> Iterator[Block]:
    found = context.answers.deadlock
    if isinstance(found, Unanswered):
        if isinstance(context.answers.unlock, Unanswered):
            yield unanswered(found, context)
        else:
            yield Para(minds.answer(context, context.answers.unlock), kind="answer")
            yield Para((f"What was said aloud is no part of it: {found.why}.",), kind="fine")
    else:
        yield Para(_answer(context, found), kind="answer")
        if found.verdict == "open":
            yield Para(_kept(context, found))
        yield from _concessions(context, found)
    yield from minds.changes_of_mind(context)
    yield method(
        context,
        "A concession is a smallest set of things said which, given up, lets the target come about "
        "with all else kept. Its cost is the sum of their firmness, which the case gives."
        f"{_missing(found)} Changes of mind are tried in the order of their number.",
        context.command("deadlock"),
        context.command("unlock"),
    )


def _kept(context: Context, found: Deadlock) -> Inline:
    """Say what keeps every word; of a draft, every word that was read."""
    what = "All that was read" if unfinished(context.answers.case) else "All of it"
    return (f"{what} can be kept if ", *phrases.moved(context, found.witness), ".")


def concessions(context: Context) -> Section:
    """Return what must give among things said, without what the parties would have to want."""
    found = context.answers.deadlock
    blocks: list[Block] = []
    if not isinstance(found, Unanswered):
        blocks = [Para(_answer(context, found), kind="answer")]
        if found.verdict == "open":
            blocks += [Para(_kept(context, found))]
        blocks += [*_concessions(context, found), *_stopped(found)]
    return ENTRY.section(blocks)


def _stopped(found: Deadlock) -> Iterator[Para]:
    """Yield what may be missing, and which option gives more of it."""
    if "concessions" in found.stopped:
        yield Para(("There are dearer concessions; --limit N shows more of them.",))
    if "knots" in found.stopped:
        n = f"{len(found.knots):,}"
        yield Para((f"There are more knots than the {n} found; --max-knots N seeks more.",))
    if "time" in found.stopped:
        yield Para(("Time was over before all were found; --seconds N gives more.",))
    if "interrupted" in found.stopped:
        yield Para(
            ("The search was interrupted; what was found before is right, but not all there is.",)
        )


def _missing(found: Answered[Deadlock]) -> str:
    if isinstance(found, Unanswered):
        return ""
    if "concessions" in found.stopped:
        return " There are dearer concessions than those shown."
    return "" if found.complete else " The search was stopped before its end."


def _answer(context: Context, found: Deadlock) -> Inline:
    goal = context.goal
    match found.verdict:
        case "holds":
            return (f"Nothing has to give, as {context.goal_is} already.",)
        case "open" if unfinished(context.answers.case):
            return (unfinished(context.answers.case),)
        case "open":
            return (
                f"No stated position has to be given up for {context.goal_to}. If that does not "
                "come about all the same, it is wishes that would have to change.",
            )
        case "impossible":
            return (f"No concession helps, because the rules of the case exclude {goal}.",)
    if not found.concessions:
        return ("The search was stopped before any concession was found.",)
    first = found.concessions[0]
    equal = sum(c.cost == first.cost for c in found.concessions)
    told: Inline = (
        f"No stated position stands in the way of {goal} any more if ",
        *_takes_back(context, found, first),
    )
    more = "at least " if set(found.stopped) & {"time", "interrupted"} else ""
    if equal > 1:
        ties = phrases.counted(equal - 1, "/deadlock/ties")
        return (
            *told,
            ". ",
            *phrases.capital((*((more,) if more else ()), ties)),
            " other ways are as cheap." if equal > 2 else " other way is as cheap.",
        )
    return (*told, ". There is no cheaper way.")


def _takes_back(
    context: Context, found: Deadlock, concession: Concession, could: str = ""
) -> Inline:
    """Say who takes back which words, or who ``could`` do so."""
    told: list[Inline] = []
    for party, _ in concession.burden:
        own = [found.said(k) for k in concession.drop if found.said(k).party == party]
        back = context.english.taking_all(own, "bare" if could else "is")
        told.append((context.party(party), *context.say(f" {could}{back}")))
    return phrases.joined(told)


def _concessions(context: Context, found: Deadlock) -> Iterator[Block]:
    if not found.concessions:
        return
    yield Heading("Concessions, the cheapest first", "concessions")
    seen: set[str] = set()
    yield Items(
        tuple(
            _concession(context, found, k, seen) for k in range(min(TOLD, len(found.concessions)))
        ),
        ordered=True,
    )
    if len(found.concessions) > 1:
        yield Details("The same as a table", (_table(context, found),))


def _concession(context: Context, found: Deadlock, k: int, seen: set[str]) -> Para:
    concession = found.concessions[k]
    at = f"/deadlock/concessions/{k}"
    burden = [
        (context.party(party), " would bear ", number(cost, f"{at}/burden/{party}"))
        for party, cost in concession.burden
    ]
    bears: Inline = (", of which ", *join(burden))
    if len(concession.burden) == 1:
        it = context.english.name(concession.burden[0][0]).it
        bears = (f", which {it} alone would bear",)
    return Para(
        (
            *phrases.capital(_takes_back(context, found, concession, "could ")),
            ". That would cost ",
            number(concession.cost, f"{at}/cost"),
            *bears,
            ", and would open the way to a situation in which ",
            *phrases.moved(context, concession.witness),
            ".",
        ),
        phrases.once((context.said_note(found.said(name)) for name in concession.drop), seen),
    )


def _table(context: Context, found: Deadlock) -> Table:
    parties = list(
        dict.fromkeys(
            name
            for name in context.answers.case.party_names
            for c in found.concessions
            if name in dict(c.burden)
        )
    )
    rows = []
    for k, concession in enumerate(found.concessions):
        at = f"/deadlock/concessions/{k}"
        burden = dict(concession.burden)
        cells = [
            Cell((number(burden[p], f"{at}/burden/{p}"),), "number")
            if p in burden
            else Cell(("–",))
            for p in parties
        ]
        drop = join([context.say(context.formulas.said(found.said(n))) for n in concession.drop])
        cost = Cell((number(concession.cost, f"{at}/cost"),), "number")
        rows.append((Cell(phrases.capital(drop)), cost, *cells))
    labels = (context.answers.case.party(p).label for p in parties)
    return Table(
        "What each concession costs, and who bears it", ("taken back", "cost", *labels), tuple(rows)
    )

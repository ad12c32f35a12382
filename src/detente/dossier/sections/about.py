"""What the dossier is, and how far it can be trusted."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.check import assumptions, drafts
from detente.case.lines import cited
from detente.dossier.page.blocks import Block, Inline, Items, Para, Section, join
from detente.dossier.sections import phrases
from detente.dossier.sections.context import Context, number
from detente.dossier.sections.entry import Entry


def section(context: Context) -> Section:
    """Return the section."""
    blocks = (
        Para(_answer(context), kind="answer"),
        Para(
            (
                "A program worked out what follows from the model, and the model says what its "
                "author read in the reports. Whatever is said to hold, or to last, does so only "
                "as long as the parties want and can do what the model says. It is no forecast.",
            )
        ),
        *_caveats(context),
    )
    return Section(
        "about", "Before you read", "What is this, and how far can it be trusted?", blocks
    )


ENTRY = Entry(0, section, "evidence", "How far can it be trusted?")


def _answer(context: Context) -> Inline:
    case = context.answers.case
    lines, assumed = len(list(cited(case))), len(assumptions(case))
    dated = f" as of {case.as_of.day} {case.as_of:%B %Y}" if case.as_of else ""
    whose: Inline = (
        "This is a model of ",
        *join([(context.party(p.name),) for p in case.parties]),
        dated,
    )
    if not lines:
        return (
            *whose,
            ". None of its entries is tied to words in a report. Its origin is given with the full "
            "model.",
        )
    return (
        *whose,
        ". Of its ",
        number(lines, "/case/lines"),
        " entry" if lines == 1 else " entries",
        " on what the parties want, have said and can do, ",
        phrases.counted(lines - assumed, "/case/sourced", "none"),
        " is" if lines - assumed < 2 else " are",
        " backed by words in a report. ",
        *_assumed(lines, assumed),
    )


def _assumed(lines: int, assumed: int) -> Inline:
    """Say how many entries are assumed, and how that is shown."""
    if not assumed:
        return ("None is assumed.",)
    n = phrases.counted(assumed, "/case/assumed")
    if assumed == 1:
        return ("The other one is an assumption, which is marked with a dashed line.",)
    if assumed == lines:
        return ("All are assumptions, each marked with a dashed line and explained.",)
    return ("The other ", n, " are assumptions, each marked with a dashed line and explained.")


def _caveats(context: Context) -> Iterator[Block]:
    items = [
        _reports(context),
        *_lost(context),
        *_doubts(context),
        *_draft(context),
        *(Para((note,)) for note in context.answers.evidence.notes),
    ]
    yield Items(tuple(items))


def _reports(context: Context) -> Para:
    evidence = context.answers.evidence
    if not evidence.reports:
        return Para(("As no reports came with the case, no words could be looked up.",))
    n, copies = len(evidence.reports), evidence.copies
    told: Inline = ("It draws on ", phrases.counted(n, "/evidence/reports#"))
    told = (*told, " report" if n == 1 else " reports")
    if copies:
        repeat = "repeats another" if copies == 1 else "repeat others"
        told = (*told, ", of which ", phrases.counted(copies, "/evidence/copies"))
        told = (*told, f" {repeat} and {'is' if copies == 1 else 'are'} not counted again")
    return Para((*told, "."))


def _lost(context: Context) -> Iterator[Para]:
    """Say how many citations open no passage."""
    evidence = context.answers.evidence
    quotes = [c for _, _, basis in cited(context.answers.whole) for c in basis.cite]
    missing = sum(evidence.locate(c) is None for c in quotes)
    if missing and evidence.reports:
        is_ = " citation was" if missing == 1 else " citations were"
        yield Para((number(missing, "/evidence/not_found"), f"{is_} not found in its report."))


def _doubts(context: Context) -> Iterator[Para]:
    doubts = len(context.answers.warnings)
    if doubts:
        things = "thing in the case is" if doubts == 1 else "things in the case are"
        yield Para(
            (
                *phrases.capital((phrases.counted(doubts, "/case/warnings#"),)),
                f" {things} doubtful, and ‘detente check’ says what.",
            )
        )
    if context.answers.interrupted:
        yield Para(("The work was interrupted, and what was not asked says so.",))


def _draft(context: Context) -> Iterator[Para]:
    if context.answers.case.draft:
        n = drafts(context.answers.case)
        told: Inline = ("The case is a draft that a program made of the reports.",)
        if n:
            lines, have = ("line", "has") if n == 1 else ("lines", "have")
            left = number(n, "/case/draft_lines")
            told = (*told, " ", left, f" {lines} of it {have} not been checked yet.")
        yield Para(told)

"""What the dossier is, and how far it can be trusted."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.check import assumptions, drafts
from detente.case.lines import cited
from detente.dossier.page.blocks import Block, Inline, Items, Para, Section, join
from detente.dossier.sections.context import Context, number
from detente.dossier.words import plural


def section(context: Context) -> Section:
    """Return the section."""
    blocks = (
        Para(_answer(context), kind="answer"),
        Para(
            (
                "A program worked out what follows from the model, and the model says what its "
                "author read in the reports. What is said to hold, or to last, does so if the "
                "parties want what the model says and can do what it lists. It is no forecast.",
            )
        ),
        *_caveats(context),
    )
    return Section(
        "about", "Before you read", "What is this, and how far can it be trusted?", blocks
    )


def _answer(context: Context) -> Inline:
    case = context.answers.case
    lines, assumed = len(list(cited(case))), len(assumptions(case))
    dated = f" as of {case.as_of.day} {case.as_of:%B %Y}" if case.as_of else ""
    whose: Inline = ("A model of ", *join([(context.party(p.name),) for p in case.parties]), dated)
    if not lines:
        return (
            *whose,
            ". No line of it names words in a report. Where it comes from stands with the full "
            "model.",
        )
    return (
        *whose,
        ". Of its ",
        number(lines, "/case/lines"),
        " line" if lines == 1 else " lines",
        " on what the parties want, said and can do, ",
        number(lines - assumed, "/case/sourced", "" if lines - assumed else "none"),
        " rests" if lines - assumed < 2 else " rest",
        " on words in a report and ",
        number(assumed, "/case/assumed"),
        " is" if assumed == 1 else " are",
        " assumed; what is assumed is marked with a dashed line and says why.",
    )


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
        return Para(("No reports lie beside the case, so no words could be looked up.",))
    n, copies = len(evidence.reports), evidence.copies
    told: Inline = (number(n, "/evidence/reports#"), " report" if n == 1 else " reports")
    if copies:
        repeat = "repeats another and counts" if copies == 1 else "repeat another and count"
        told = (
            *told,
            ", of which ",
            number(copies, "/evidence/copies"),
            f" {repeat} once",
        )
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
        is_ = "is" if doubts == 1 else "are"
        yield Para(
            (
                number(doubts, "/case/warnings#", plural(doubts, "thing")),
                f" in the case {is_} doubtful; ‘detente check’ says what.",
            )
        )
    if context.answers.interrupted:
        yield Para(("The work was interrupted; what was not asked says so.",))


def _draft(context: Context) -> Iterator[Para]:
    if context.answers.case.draft:
        n = drafts(context.answers.case)
        told: Inline = ("The case is a draft that a program made of the reports.",)
        if n:
            lines = "line" if n == 1 else "lines"
            left = number(n, "/case/draft_lines")
            told = (*told, " ", left, f" {lines} of it nobody has checked yet.")
        yield Para(told)

"""What the dossier is, and how far it can be trusted."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.check import assumptions, cited, drafts
from detente.dossier.page.blocks import Block, Inline, Items, Para, Section, join
from detente.dossier.sections.context import Context, number
from detente.dossier.words import plural


def section(context: Context) -> Section:
    """Return the section."""
    return Section(
        "about",
        "Before you read",
        "What is this, and how far can it be trusted?",
        tuple(_blocks(context)),
    )


def _blocks(context: Context) -> Iterator[Block]:
    answers, case = context.answers, context.answers.case
    yield Para(_answer(context), kind="answer")
    yield Para(
        (
            "A program worked out what follows from the model, and the model says what its author "
            "read in the reports. So “holds” means: holds if the parties want what the model says "
            "and can do what it lists, nothing else. It is no forecast.",
        )
    )
    items: list[Para] = []
    copies = answers.evidence.copies
    if answers.evidence.reports:
        n = len(answers.evidence.reports)
        told: Inline = (number(n, "/evidence/reports#"), " report" if n == 1 else " reports")
        if copies:
            repeat = "repeats" if copies == 1 else "repeat"
            told = (
                *told,
                ", of which ",
                number(copies, "/evidence/copies"),
                f" {repeat} another and count once (see question 2)",
            )
        items.append(Para((*told, ".")))
    else:
        items.append(Para(("No reports lie beside the case, so no words could be looked up.",)))
    missing = [
        c
        for _, _, b in cited(answers.whole)
        for c in b.cite
        if context.sources.evidence.locate(c) is None
    ]
    if missing:
        items.append(
            Para(
                (
                    number(len(missing), "/evidence/not_found"),
                    " citations could not be found in a report; they are shown without a passage.",
                )
            )
        )
    if answers.warnings:
        items.append(
            Para(
                (
                    plural(len(answers.warnings), "thing"),
                    " in the case ",
                    "is" if len(answers.warnings) == 1 else "are",
                    " doubtful; ‘detente check’ lists ",
                    "it." if len(answers.warnings) == 1 else "them.",
                )
            )
        )
    if case.draft:
        n = drafts(case)
        items.append(
            Para(
                (
                    "The case is a draft that a program made of the reports. ",
                    number(n, "/case/draft_lines"),
                    f" {'line' if n == 1 else 'lines'} of it nobody has checked yet.",
                )
            )
        )
    if answers.interrupted:
        items.append(Para(("The work was interrupted; what was not asked says so.",)))
    items += [Para((note,)) for note in answers.evidence.notes]
    yield Items(tuple(items))


def _answer(context: Context) -> Inline:
    case = context.answers.case
    lines = list(cited(case))
    assumed = len(assumptions(case))
    sourced = len(lines) - assumed
    parties = join([(context.party(p.name),) for p in case.parties])
    dated = f" as of {case.as_of.day} {case.as_of:%B %Y}" if case.as_of else ""
    told: Inline = (
        "A model of ",
        *parties,
        f"{dated}. Of its ",
        number(len(lines), "/case/lines"),
        " lines on what the parties want, said and can do, ",
        number(sourced, "/case/sourced"),
        " rest on words in a report and ",
        number(assumed, "/case/assumed"),
        " are assumed; what is assumed is marked with a dashed line and says why.",
    )
    return told

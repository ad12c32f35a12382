"""The sections of a dossier: each question and its answer as blocks, made of results alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from detente.case.check import assumptions
from detente.case.grades import told as grades_told
from detente.case.lines import cited
from detente.dossier.answers import Answers
from detente.dossier.page.blocks import Section
from detente.dossier.page.dossier import Page
from detente.dossier.page.sources import Sources
from detente.dossier.sections import (
    about,
    changes,
    computed,
    give,
    holds,
    knots,
    model,
    reports,
    slide,
    third_parties,
    wants,
    way,
    who,
    zone,
)
from detente.dossier.sections.context import Context
from detente.dossier.sections.front import front
from detente.dossier.words import plural


@dataclass(frozen=True, slots=True)
class Entry:
    """One section of a dossier.

    Parameters
    ----------
    id : str
        Of the section that is made.
    make : callable
        Makes it.
    answer : str
        The field of Answers that has to be there before it can be told.
    title : str
        What a page shows until the section's own title is there.
    picture : str
        Its drawing that can be taken out, as ``detente draw`` calls it; empty for none.
    """

    id: str
    make: Callable[[Context], Section]
    answer: str
    title: str
    picture: str = ""


SECTIONS = (
    Entry("about", about.section, "evidence", "How far can it be trusted?"),
    Entry("q1", wants.section, "evidence", "Who wants what, and who said so?", "positions"),
    Entry("q2", reports.section, "evidence", "What do the reports add?", "timeline"),
    Entry("q3", holds.section, "stability", "Which outcomes hold?", "outcomes"),
    Entry("q4", knots.section, "deadlock", "Why are they not talking?", "knots"),
    Entry("q5", give.section, "unlock", "What is the least that must give?"),
    Entry("q6", way.section, "path", "How do they get there?", "path"),
    Entry("q7", third_parties.section, "broker", "What can third parties do?", "broker"),
    Entry("q8", slide.section, "risk", "How likely is a slide by mistake?", "risk"),
    Entry("q9", changes.section, "comparison", "What changed since the earlier case?"),
    Entry("q10", zone.section, "zone", "Would all rather have something else?", "zone"),
    Entry("q11", who.section, "who", "Who can bring it about, who prevent it?", "who"),
)
"""In the order of the page."""

APPENDIX: tuple[Callable[[Context], Section], ...] = (model.section, computed.section)


def page(answers: Answers, *, full: bool = False) -> Page:
    """Return the dossier of a case.

    Parameters
    ----------
    answers : Answers
        All results.
    full : bool
        Whether everything is unfolded, the model and the reports on paper too.
    """
    case = answers.case
    context = Context(answers, Sources(answers.evidence))
    sections = tuple(entry.make(context) for entry in SECTIONS)
    appendix = tuple(section(context) for section in APPENDIX)
    return Page(
        title=case.title,
        kicker=_kicker(answers),
        front=front(context),
        draft=_draft(answers),
        parties=tuple((party.name, party.label) for party in case.parties),
        sections=sections,
        appendix=appendix,
        reports=context.sources.reports(),
        full=full,
    )


def _copies(n: int) -> str:
    return "" if not n else ", 1 of them a copy" if n == 1 else f", {n} of them copies"


def _kicker(answers: Answers) -> str:
    case = answers.case
    lines, assumed = len(list(cited(case))), len(assumptions(case))
    parts = ["Dossier"]
    if case.as_of:
        parts.append(f"state of {case.as_of.day} {case.as_of:%B %Y}")
    n = len(answers.evidence.reports)
    if n:
        copies = answers.evidence.copies
        parts.append(plural(n, "report") + _copies(copies))
    if lines and case.draft:
        parts.append(grades_told(case))
    elif lines:
        parts.append(f"{lines - assumed} of {lines} entries sourced, {assumed} assumed")
    return " · ".join(parts)


def _draft(answers: Answers) -> str:
    if not answers.case.draft:
        return ""
    return "A program made this draft from reports. No one has checked it, so do not rely on it."

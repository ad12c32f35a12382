"""The sections of a dossier: each question and its answer as blocks, made of results alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from operator import attrgetter
from pkgutil import iter_modules

from detente.case.check import assumptions
from detente.case.grades import told as grades_told
from detente.case.lines import cited
from detente.dossier.answers import Answers
from detente.dossier.page.blocks import Section
from detente.dossier.page.dossier import Page
from detente.dossier.page.sources import Sources
from detente.dossier.sections import computed, model
from detente.dossier.sections.context import Context
from detente.dossier.sections.entry import Entry
from detente.dossier.sections.front import front
from detente.dossier.words import plural


def _declared() -> Iterator[Entry]:
    """Yield the sections that the modules of this folder declare."""
    for module in iter_modules(__path__, f"{__name__}."):
        entry = getattr(import_module(module.name), "ENTRY", None)
        if isinstance(entry, Entry):
            yield entry


SECTIONS = tuple(sorted(_declared(), key=attrgetter("place")))
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

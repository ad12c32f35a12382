"""The first page of a dossier, and what it rests on, as tables."""

from __future__ import annotations

from detente.dossier.answers import Answers
from detente.dossier.page.blocks import plain
from detente.dossier.page.dossier import Page
from detente.dossier.sheets.cases import lines_table
from detente.dossier.sheets.model import Table
from detente.dossier.sheets.reports import claims_table, sources_table


def brief_tables(answers: Answers, page: Page) -> tuple[Table, ...]:
    """Return what is judged and how firmly, the lines of the case, its reports and claims."""
    judged = tuple(
        (number, plain(one.text), one.firm, plain(one.rests))
        for number, one in enumerate(page.front.judgements, start=1)
    )
    columns = ("number", "judgement", "confidence", "rests on")
    return (
        Table("judgements", f"What is judged about {answers.case.title}", columns, judged),
        lines_table(answers.case),
        sources_table(answers.evidence.reports),
        claims_table(answers.evidence.claims),
    )

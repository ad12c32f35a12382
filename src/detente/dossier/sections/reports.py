"""Question 2: which report is news, and which the same story again."""

from __future__ import annotations

from collections.abc import Iterator

from detente.dossier.page.blocks import Block, Cell, Inline, Para, Section, Table
from detente.dossier.sections.context import Context, method, number
from detente.reading.records import ReportRecord

KINDS = {
    "identical": "the same text as",
    "truncated": "the beginning of",
    "contained": "contained in",
    "near": "nearly the same as",
}
"""What a copy is to its original."""


def section(context: Context) -> Section:
    """Return the section."""
    title = "Is this report news, or the same story again?"
    return Section("q2", "Question 2", title, tuple(_blocks(context)))


def _blocks(context: Context) -> Iterator[Block]:
    evidence = context.answers.evidence
    if not evidence.reports:
        yield Para(
            (
                "There are no reports beside the case. Put them into its folder ‘reports’, and "
                "this page shows the passage behind every citation.",
            ),
            kind="answer",
        )
        return
    yield Para(_answer(context), kind="answer")
    records = {record.report: record for record in evidence.records}
    counts = {r.id: sum(c.report == r.id for c in evidence.claims) for r in evidence.reports}
    rows = []
    for k, report in enumerate(evidence.reports):
        record = records.get(report.id)
        rows.append(
            (
                Cell((report.title or report.id,)),
                Cell((report.id,)),
                Cell((report.date or "no date",)),
                Cell((number(counts[report.id], f"/evidence/reports/{k}/claims"),), "number"),
                Cell((_verdict(record),)),
            )
        )
    head = ("report", "id", "date", "claims", "news?")
    yield Table(
        "Every report, and whether it tells anything that another does not", head, tuple(rows)
    )
    yield method(
        context,
        "Copies are found by comparing the words of all reports; what a copy repeats counts once, "
        "under its original.",
    )


def _answer(context: Context) -> Inline:
    evidence = context.answers.evidence
    n, copies = len(evidence.reports), evidence.copies
    if n == 1:
        return ("There is one report only, so no story comes twice.",)
    if not copies:
        return ("All ", number(n, "/evidence/reports#"), " reports differ; none repeats another.")
    first = next(r for r in evidence.records if r.duplicate_of)
    own = n - copies
    return (
        "Of ",
        number(n, "/evidence/reports#"),
        " reports ",
        number(own, "/evidence/originals"),
        " tell something of their own. ",
        _sentence(first),
    )


def _sentence(record: ReportRecord) -> str:
    kind = KINDS.get(record.duplicate_kind or "", "a copy of")
    return f"Report {record.report} is {kind} {record.duplicate_of}."


def _verdict(record: ReportRecord | None) -> str:
    if record is None:
        return "not read: not in claims.jsonl"
    if record.duplicate_of is None:
        return "news"
    kind = KINDS.get(record.duplicate_kind or "", "a copy of")
    return f"no: {kind} {record.duplicate_of}"

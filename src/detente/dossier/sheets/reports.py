"""What was read in reports, and what later ones propose, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.dossier.sheets.model import Table
from detente.dossier.sheets.wayout import joined
from detente.drafting.reviewing import MEANING, Proposal
from detente.reading.claims import Claim
from detente.reading.records import ReportRecord
from detente.reading.report import Report

CLAIMS = (
    "report", "id", "kind", "party", "speaker", "target", "direct", "text", "for", "plover", "date",
    "reply_to", "by",
)  # fmt: skip


def claims_table(claims: Iterable[Claim]) -> Table:
    """Return one row a claim, under the names of a claims file."""
    renamed = {"for": "purpose"}
    rows = tuple(tuple(getattr(one, renamed.get(key, key)) for key in CLAIMS) for one in claims)
    return Table("claims", "Who said what", CLAIMS, rows, stub=2)


def records_table(records: Sequence[ReportRecord]) -> Table:
    """Return one row a report: its day, and whether it repeats or corrects another."""
    rows = tuple(
        (r.report, r.file, r.date, r.chars, r.duplicate_of, r.duplicate_kind, joined(r.corrects))
        for r in records
    )
    columns = ("report", "file", "date", "characters", "copy of", "kind of copy", "corrects")
    return Table("reports", "What was read", columns, rows)


def sources_table(reports: Iterable[Report]) -> Table:
    """Return one row a report as a bibliography has it."""
    found = sorted(reports, key=lambda report: report.id)
    rows = tuple((r.id, r.title, r.source, r.date, r.url) for r in found)
    columns = ("report", "title", "source", "date", "address")
    return Table("sources", "The reports", columns, rows)


def proposals_table(proposals: Sequence[Proposal]) -> Table:
    """Return what later reports propose."""
    rows = tuple(
        (
            p.id,
            p.kind,
            p.line,
            p.party or None,
            p.said,
            joined(dict.fromkeys(c.report for c in p.cite)),
            "; ".join(c.quote for c in p.cite),
            p.note or None,
            MEANING[p.kind],
        )
        for p in proposals
    )
    columns = ("id", "kind", "line", "party", "said", "reports", "quotes", "note", "meaning")
    return Table("proposals", "What these reports propose", columns, rows)

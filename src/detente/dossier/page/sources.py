"""The words a page rests on: each passage gets an id once, and is marked in its report."""

from __future__ import annotations

from detente.case.model import Basis, Citation
from detente.dossier.page.blocks import Note, Passage, Quote, ReportText
from detente.reading.claims import Claim
from detente.reading.evidence import Evidence, Place
from detente.reading.report import Report


class Sources:
    """Collects the passages that a page opens, in the order in which it first names them.

    Parameters
    ----------
    evidence : Evidence
        The reports.
    """

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._ids: dict[Place, str] = {}

    def note(self, title: str, basis: Basis) -> Note:
        """Return what a line of the case rests on."""
        return Note(
            title,
            basis.note,
            tuple(self.cited(cite) for cite in basis.cite),
            assumed=not basis.cite,
            draft=basis.draft,
        )

    def cited(self, citation: Citation) -> Quote:
        """Return the words of a citation; they open their passage if it can be found."""
        place = self.evidence.locate(citation)
        text = " ".join(citation.quote.split())
        if place is None:
            return Quote(text, citation.report, f"report {citation.report}{_grade(citation)}")
        where = f"{self._where(place)}{_grade(citation)}"
        return Quote(text, place.report, where, self._id(place))

    def claim(self, claim: Claim) -> Quote:
        """Return the words of a claim; where others stand between them, an ellipsis does."""
        report = self.evidence.report(claim.report)
        start, end = claim.content[0].start, claim.content[-1].end
        if report is None or not 0 <= start < end <= len(report.text):
            return Quote(" ".join(claim.text.split()), claim.report, f"report {claim.report}")
        pieces = [report.text[span.start : span.end] for span in claim.content]
        text = " ".join(" … ".join(pieces).split())
        place = self.evidence.place(report.id, start, end)
        return Quote(text, report.id, self._where(place), self._id(place))

    def reports(self) -> tuple[ReportText, ...]:
        """Return every report with the passages named so far."""
        return tuple(self._text(report) for report in self.evidence.reports)

    def _id(self, place: Place) -> str:
        return self._ids.setdefault(place, f"p{len(self._ids) + 1}")

    def _where(self, place: Place) -> str:
        return f"{place.report}, ¶{place.paragraph}"

    def _text(self, report: Report) -> ReportText:
        passages = sorted(
            (
                Passage(name, place.start, place.end)
                for place, name in self._ids.items()
                if place.report == report.id
            ),
            key=lambda passage: (passage.start, passage.end),
        )
        byline = ", ".join(filter(None, [report.source, report.date, report.url]))
        return ReportText(
            report.id,
            report.title or report.id,
            byline,
            report.text,
            report.body,
            tuple(passages),
        )


def _grade(citation: Citation) -> str:
    """Return how who says it and what is said are graded on the Admiralty scale: ``, B2``."""
    grade = f"{citation.reliability}{citation.credibility or ''}"
    return f", {grade}" if grade else ""

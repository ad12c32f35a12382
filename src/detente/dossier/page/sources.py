"""The words a page rests on: each passage gets an id once, and is marked in its report."""

from __future__ import annotations

from functools import cached_property

from detente.case.model import Basis, Citation
from detente.dossier.page.blocks import Note, Passage, Quote, ReportText
from detente.dossier.say import written_day
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
        where = f"{self._speaker(place)}{self._where(place)}{_grade(citation)}"
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
        return f"{self.named(place.report)}, ¶{place.paragraph}"

    def _speaker(self, place: Place) -> str:
        """Return who says what stands in a passage, where a claim found there knows it."""
        for claim in self.evidence.claims:
            inside = claim.report == place.report and any(
                span.start < place.end and place.start < span.end for span in claim.content
            )
            if inside and claim.speaker:
                return f"{' '.join(claim.speaker.split())}, "
        return ""

    def named(self, name: str) -> str:
        """Return what a report is called: by whom and when; by its title, else by its id."""
        report = self.evidence.report(name)
        if report is None:
            return f"report {name}"
        day = written_day(report.date or "", year=self._years > 1)
        if report.source and day:
            return f"{report.source}, {day}"
        return f"report of {day}" if day else report.source or report.title or report.id

    @cached_property
    def _years(self) -> int:
        """In how many years the reports were written."""
        return len({report.date[:4] for report in self.evidence.reports if report.date})

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

"""Records: reports and claims as lines of JSON, and back.

One record a line, keys always in the same order, so that two files can be compared line by
line and edited by hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast, get_args

from detente.errors import Place, Problem, ReportError
from detente.reading.claims import KINDS, Claim, Finder
from detente.reading.lines import NOT_SHOWN, ClaimFacts, ClaimLine, ReportLine, SentenceLine
from detente.reading.paragraphs import Span
from detente.reading.stamps import WRITTEN, stamped, written_line

_TOLD = 20
"""Faults of one file that are told."""


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """What a line about a report says; its keys are declared in :mod:`detente.reading.lines`."""

    report: str
    file: str
    chars: int
    sha256: str
    date: str | None = None
    duplicate_of: str | None = None
    duplicate_kind: str | None = None
    shared: float = 0.0
    corrects: tuple[str, ...] = ()
    void: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceRecord:
    """What a line about a sentence says: its characters, and whether it is worth reading."""

    report: str
    span: tuple[int, int]
    worth: bool


def sentence_record(sentence: SentenceRecord) -> SentenceLine:
    """Return what the line of a sentence says."""
    found: SentenceLine = {
        "type": "sentence",
        "report": sentence.report,
        "span": list(sentence.span),
        "worth": sentence.worth,
        "made": "",
    }
    return stamped(found)


def report_record(report: ReportRecord) -> ReportLine:
    """Return what the line of a report says."""
    found: ReportLine = {
        "type": "report",
        "report": report.report,
        "file": report.file,
        "chars": report.chars,
        "sha256": report.sha256,
        "date": report.date,
        "duplicate_of": report.duplicate_of,
        "duplicate_kind": report.duplicate_kind,
        "shared": report.shared,
        "corrects": _ids(report.corrects),
        "void": _pairs(report.void),
        "made": "",
    }
    return stamped(found)


def report_of_line(record: Mapping[str, Any]) -> ReportRecord:
    """Return the report of a line, which an earlier version may have written."""
    corrects = record.get("corrects") or ()
    shared = record.get("shared")
    return ReportRecord(
        str(record.get("report", "")),
        str(record.get("file", "")),
        record["chars"] if isinstance(record.get("chars"), int) else 0,
        str(record.get("sha256", "")),
        _text(record.get("date")),
        _text(record.get("duplicate_of")),
        _text(record.get("duplicate_kind")),
        float(shared) if isinstance(shared, int | float) else 0.0,
        (corrects,) if isinstance(corrects, str) else tuple(map(str, corrects)),
        tuple(Span(*pair) for pair in record.get("void") or () if _is_content([pair])),
    )


def _ids(names: tuple[str, ...]) -> str | list[str] | None:
    """Return ids as JSON has them: none, one, or a row."""
    return None if not names else names[0] if len(names) == 1 else list(names)


def claim_facts(claim: Claim) -> ClaimFacts:
    """Return what is said of a claim wherever it is told."""
    return {
        "id": claim.id,
        "report": claim.report,
        "kind": claim.kind,
        "party": claim.party,
        "speaker": claim.speaker,
        "target": claim.target,
        "direct": claim.direct,
        "source": _pair(claim.source),
        "cue": _pair(claim.cue),
        "content": _pairs(claim.content),
        "text": claim.text,
        "for": claim.purpose,
        "plover": claim.plover,
        "date": claim.date,
        "reply_to": claim.reply_to,
        "rule": claim.rule or None,
        "by": claim.by,
    }


def claim_record(claim: Claim) -> ClaimLine:
    """Return what the line of a claim says."""
    found = cast(ClaimLine, {"type": "claim", **claim_facts(claim), "made": ""})
    if claim.deadline:
        found["deadline"] = claim.deadline
    if not claim.shown:
        found["who"] = NOT_SHOWN
    return stamped(found)


def report_line(report: ReportRecord) -> str:
    """Return a report as one line of JSON, without a line's end."""
    return _line(report_record(report))


def claim_line(claim: Claim) -> str:
    """Return a claim as one line of JSON, without a line's end."""
    return _line(claim_record(claim))


def sentence_line(sentence: SentenceRecord) -> str:
    """Return a sentence as one line of JSON, without a line's end."""
    return _line(sentence_record(sentence))


def _line(record: Mapping[str, object]) -> str:
    """Return a record as one line; line separators inside words are written as escapes."""
    text = json.dumps(record, ensure_ascii=False)
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")


def _pair(span: Span | None) -> list[int] | None:
    """Return a span as JSON has it."""
    return None if span is None else [span.start, span.end]


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    """Return spans as JSON has them."""
    return [[span.start, span.end] for span in spans]


def claim_of(record: Mapping[str, Any]) -> Claim:
    """Return the claim of a record that :func:`read_lines` has let pass."""
    return Claim(
        record["id"],
        record["report"],
        record["kind"],
        _text(record.get("party")),
        _text(record.get("speaker")),
        _text(record.get("target")),
        bool(record.get("direct")),
        _span(record.get("source")),
        _span(record.get("cue")),
        tuple(Span(*pair) for pair in record["content"]),
        record["text"],
        _text(record.get("for")),
        _text(record.get("plover")),
        _text(record.get("date")),
        _text(record.get("reply_to")),
        _text(record.get("rule")) or "",
        _finder(record.get("by")),
        record.get("who") != NOT_SHOWN,
        _text(record.get("deadline")),
    )


def _finder(value: object) -> Finder:
    """Return who found a claim; a file of an earlier version was made by rules."""
    known: dict[object, Finder] = {name: name for name in get_args(Finder)}
    return known.get(value, "rules")


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _span(value: object) -> Span | None:
    return Span(*value) if _is_content([value]) and isinstance(value, list) else None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a claims file that somebody may have edited: its record, and where it stands."""

    record: Mapping[str, Any]
    place: Place

    @property
    def reviewed(self) -> bool:
        """Whether a person has marked this claim as looked at."""
        return self.record.get("type") == "claim" and self.record.get("reviewed") is True


def read_lines(text: str, file: str) -> list[Line]:
    """Return the records of a claims file.

    Raises
    ------
    ReportError
        If lines are no JSON objects or lack what a claim needs: all of them, with their places.
    """
    found: list[Line] = []
    problems: list[Problem] = []
    for number, raw in enumerate(text.split("\n"), start=1):
        if not raw.strip():
            continue
        place = Place(file, number)
        try:
            record = json.loads(raw)
        except ValueError as error:
            problems.append(Problem(f"not a line of JSON ({error}); mend or delete it", place))
            continue
        problem = _problem(record)
        if problem:
            problems.append(Problem(problem, place))
        else:
            found.append(Line(record, place))
    if problems:
        told = list(map(str, problems[:_TOLD]))
        if len(problems) > _TOLD:
            told.append(f"{file}: and {len(problems) - _TOLD:,} more lines of this kind")
        raise ReportError("\n".join(told))
    return found


def _problem(record: object) -> str:
    """Return what is wrong with a record; empty for nothing."""
    if not isinstance(record, dict):
        return 'a record is a JSON object: {"type": …}'
    if record.get("type") in ("report", "sentence", WRITTEN):
        return ""
    if record.get("type") != "claim":
        return (
            f"unknown type {record.get('type')!r}; a record's type is 'report', 'claim' or"
            " 'sentence'"
        )
    if record.get("kind") not in KINDS:
        return f"unknown kind {record.get('kind')!r}; the kinds are {', '.join(KINDS)}"
    if not isinstance(record.get("id"), str) or not isinstance(record.get("report"), str):
        return "a claim needs an 'id' and a 'report'"
    if not _is_content(record.get("content")) or not isinstance(record.get("text"), str):
        return "a claim needs 'text' and 'content': [[start, end], …]"
    return ""


def _is_content(value: object) -> bool:
    """Tell whether a value is a row of spans."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(
            isinstance(pair, list) and len(pair) == 2 and all(isinstance(n, int) for n in pair)
            for pair in value
        )
    )


def lines(records: Iterable[ReportRecord], claims: Iterable[Claim]) -> Iterator[str]:
    """Yield the lines of a claims file: reports first, then claims, then which were written."""
    for record in records:
        yield report_line(record)
    ids = []
    for claim in claims:
        ids.append(claim.id)
        yield claim_line(claim)
    yield written_line(ids)

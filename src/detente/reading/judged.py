"""What a person does to single claims: the text of a claims file after it.

Only the line of the claim changes, so that two people's work can be brought together. A claim that
is thrown out loses its line; the file's last line still lists it, and so it stays out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from detente.errors import ReportError
from detente.reading.claims import KINDS, Claim, digest_of, words_of
from detente.reading.paragraphs import Span, paragraphs
from detente.reading.records import ReportRecord, claim_line, claim_record, report_line
from detente.reading.stamps import WRITTEN, written_line, written_order

_END = re.compile(r"(?<=[.!?])[”’\"')\]]*\s+(?=[“‘\"'(\[]?[A-Z0-9])")
"""Where a sentence ends, near enough to choose words by."""


def reviewed(text: str) -> frozenset[str]:
    """Return the ids of the claims that a person has accepted."""
    found = set()
    for row in text.split("\n"):
        if '"reviewed"' in row:
            record = _record(row)
            if record.get("type") == "claim" and record.get("reviewed") is True:
                found.add(str(record.get("id")))
    return frozenset(found)


def accepted(text: str, claim: str) -> str:
    """Return a claims file in which a claim is accepted."""
    return _with(text, claim, lambda record: {**record, "reviewed": True})


def thrown_out(text: str, claim: str) -> str:
    """Return a claims file without a claim."""
    return _with(text, claim, lambda record: None)


def with_kind(text: str, claim: str, kind: str) -> str:
    """Return a claims file in which a claim is of another kind."""
    if kind not in KINDS:
        raise ReportError(f"there is no kind of claim '{kind}'")
    return _with(text, claim, lambda record: {**record, "kind": kind})


def with_party(text: str, claim: str, party: str) -> str:
    """Return a claims file in which a claim is another party's; empty for nobody known."""
    return _with(text, claim, lambda record: {**record, "party": party or None, "who": "shown"})


def with_words(text: str, claim: str, report: str, span: Span) -> str:
    """Return a claims file in which a claim has other words of its report.

    Parameters
    ----------
    report : str
        The text of the report.
    span : Span
        The words.
    """
    told = {"content": [[span.start, span.end]], "text": words_of(report, [span])}
    return _with(text, claim, lambda record: {**record, **told})


def added(text: str, claim: Claim) -> str:
    """Return a claims file with one more claim, after the others of its report."""
    rows = text.split("\n")
    last = -1
    for at, row in enumerate(rows):
        record = _record(row) if row.strip() else {}
        if record.get("report") == claim.report:
            last = at
    row = json.dumps({**claim_record(claim), "reviewed": True}, ensure_ascii=False)
    rows.insert(last + 1 if last >= 0 else max(0, len(rows) - 2), row)
    return "\n".join(rows) if text else f"{row}\n"


def with_reports(text: str, records: Iterable[ReportRecord], claims: Iterable[Claim]) -> str:
    """Return a claims file with what reports say that are new to it; the other lines stay.

    Parameters
    ----------
    text : str
        The claims file.
    records, claims
        Of the new reports.
    """
    rows = [(row, _record(row)) for row in text.split("\n") if row.strip()]
    listed = [record for _, record in rows if record.get("type") == WRITTEN]
    told = [row for row, record in rows if record.get("type") == "report"]
    held = [row for row, record in rows if record.get("type") not in ("report", WRITTEN)]
    new = list(claims)
    ids = [name for record in listed for name in written_order(record)]
    last = written_line([*ids, *(claim.id for claim in new)])
    made = [*told, *map(report_line, records), *held, *map(claim_line, new), last]
    return "".join(f"{row}\n" for row in made)


def claim_by_hand(report: str, text: str, span: Span, kind: str, party: str, taken: str) -> Claim:
    """Return a claim that a person makes of words of a report.

    Parameters
    ----------
    report, text : str
        The report's id and its text.
    span : Span
        The words.
    kind : str
        One of the kinds.
    party : str
        Whose it is; empty where nobody knows.
    taken : str
        The claims file, so that the new claim's id is none of those there.

    Raises
    ------
    ReportError
        If there are no words, or no such kind.
    """
    if kind not in KINDS:
        raise ReportError(f"there is no kind of claim '{kind}'")
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if not 0 <= start < end <= len(text):
        raise ReportError("select some words of a report first")
    content = (Span(start, end),)
    words = words_of(text, content)
    base = f"{report}:{digest_of(kind, words)}"
    name, n = base, 1
    while f'"{name}"' in taken:
        n += 1
        name = f"{base}-{n}"
    claim = Claim(name, report, kind, party or None, None, None, False, None, None, content, words)
    return replace(claim, by="person")


def wider(text: str, span: Span) -> Span:
    """Return the next larger piece of a text around some words: clause, sentence, paragraph.

    The same words come back where there is nothing larger.
    """
    around = next((p for p in paragraphs(text) if p.start <= span.start < p.end), None)
    if around is None:
        return span
    whole = text[around.start : around.end]
    edges = [0, *(m.end() for m in _END.finditer(whole)), len(whole)]
    first = max(e for e in edges if e <= span.start - around.start)
    last = min((e for e in edges if e >= span.end - around.start), default=len(whole))
    sentence = _trimmed(text, around.start + first, around.start + last)
    clause = _clause(text, span, sentence)
    for piece in (clause, sentence, _trimmed(text, around.start, around.end)):
        if piece.start <= span.start and piece.end >= span.end and piece != span:
            return piece
    return span


def _clause(text: str, span: Span, sentence: Span) -> Span:
    """Return the words of a sentence between the commas and such around some of its words."""
    before = text[sentence.start : span.start]
    after = text[span.end : sentence.end]
    cut = max((before.rfind(mark) for mark in (", ", "; ", ": ", " – ")), default=-1)
    start = sentence.start + cut + 1 if cut >= 0 else sentence.start
    ends = [at for mark in (", ", "; ", ": ", " – ") if (at := after.find(mark)) >= 0]
    end = span.end + min(ends) if ends else sentence.end
    return _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _with(
    text: str, claim: str, change: Callable[[Mapping[str, Any]], Mapping[str, Any] | None]
) -> str:
    """Return a claims file with the line of one claim changed, or without it."""
    rows = text.split("\n")
    needle = json.dumps(claim, ensure_ascii=False)
    for at, row in enumerate(rows):
        if needle not in row:
            continue
        record = _record(row)
        if record.get("type") == "claim" and record.get("id") == claim:
            new = change(record)
            made = [] if new is None else [json.dumps(new, ensure_ascii=False)]
            return "\n".join([*rows[:at], *made, *rows[at + 1 :]])
    raise ReportError("that claim is not there any more")


def _record(row: str) -> Mapping[str, Any]:
    try:
        found = json.loads(row)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}

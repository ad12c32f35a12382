"""The readable digest of claims: per party what it demands, offers, refuses, threatens, says.

Words only: from records to lines of text for a terminal. Control characters and marks that
turn the writing direction are shown, not obeyed.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from detente.dossier.say import COPIES, HEADINGS, show
from detente.reading.claims import Claim
from detente.reading.records import ReportRecord

_LONGEST = 300
"""Quoted words are cut after so many characters."""


def digest(
    records: Sequence[ReportRecord],
    claims: Iterable[Claim],
    labels: Mapping[str, str] | None = None,
    width: int = 80,
) -> Iterator[str]:
    """Yield the lines of the digest.

    Parameters
    ----------
    records : sequence of ReportRecord
        The reports, duplicates marked.
    claims : iterable of Claim
        What was found in them.
    labels : mapping, optional
        Party identifier to the name people read.
    width : int
        Columns of the terminal.
    """
    labels = labels or {}
    found = list(claims)
    by_party: dict[str, list[Claim]] = {}
    for claim in found:
        if claim.party is not None:
            by_party.setdefault(claim.party, []).append(claim)
    yield from _reports(records, len(found), width)
    replies = _replies(found)
    order = sorted(by_party, key=lambda party: (-len(by_party[party]), party))
    for party in order:
        yield ""
        yield show(labels.get(party, party))
        yield from _party(by_party[party], replies, labels, width)


def _reports(records: Sequence[ReportRecord], count: int, width: int) -> Iterator[str]:
    """Yield what was read, with duplicates named."""
    copies = [r for r in records if r.duplicate_of]
    original = len(records) - len(copies)
    yield (
        f"{_number(count, 'claim')} in {_number(original, 'report')}"
        + (
            f"; {_number(len(copies), 'copy', 'copies')} of them not counted again"
            if copies
            else ""
        )
    )
    for r in copies:
        copy = COPIES[r.duplicate_kind or ""]
        line = f"{r.report} is {copy} {r.duplicate_of} ({r.shared:.0%} shared)"
        yield from _wrapped(line, width, "  ", "    ")


def _number(n: int, one: str, many: str = "") -> str:
    """Return a count with its noun."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def _replies(claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    """Return claim id to the claims that answer it."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.reply_to:
            found.setdefault(claim.reply_to, []).append(claim)
    return found


def _party(
    claims: Sequence[Claim],
    replies: Mapping[str, Sequence[Claim]],
    labels: Mapping[str, str],
    width: int,
) -> Iterator[str]:
    """Yield what one party demands, offers, … and says."""
    taken = {(c.report, c.content) for c in claims if c.kind != "statement"}
    for kind, verb in HEADINGS.items():
        rows = [c for c in claims if c.kind == kind]
        if kind == "statement":  # what is already under "demands" or "offers" is not said again
            rows = [c for c in rows if (c.report, c.content) not in taken]
        if rows:
            yield f"  {verb}"
        for claim in rows:
            yield from _wrapped(_words(claim, labels), width, "    - ", "      ")
            for answer in replies.get(claim.id, ()):
                yield from _wrapped(_fate(answer, labels), width, "        > ", "          ")


def _words(claim: Claim, labels: Mapping[str, str]) -> str:
    """Return one claim as a line: words, speaker, target, report."""
    words = " … ".join(show(part) for part in _parts(claim))
    if len(words) > _LONGEST:
        words = words[:_LONGEST].rsplit(" ", 1)[0] + " …"
    line = f"“{words}”" if claim.direct else words
    if claim.purpose and claim.purpose not in claim.text:
        line += f" (for: {show(claim.purpose)})"
    if claim.target and claim.kind != "statement":
        line += f" [to {show(labels.get(claim.target, claim.target))}]"
    by = show(claim.speaker) if claim.speaker else "the report itself"
    return f"{line} ({by}; {show(claim.report)})"


def _parts(claim: Claim) -> list[str]:
    """Return the words of each span of a claim."""
    found = []
    done = 0
    for span in claim.content:
        size = span.end - span.start
        found.append(claim.text[done : done + size])
        done += size
    return found


def _fate(answer: Claim, labels: Mapping[str, str]) -> str:
    """Return what became of an offer or a demand."""
    who = show(labels.get(answer.party, answer.party)) if answer.party else "nobody"
    return f"answered by {who}: {show(answer.text.strip())} ({show(answer.report)})"


def _wrapped(line: str, width: int, first: str, rest: str) -> list[str]:
    """Return a line broken to the width."""
    return textwrap.wrap(
        line, max(width, 40), initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    )

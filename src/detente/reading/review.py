"""What a person has done to a claims file stays: merging a new reading into it.

Kept as they are: claims marked as reviewed, claims that were edited or added, and the lines of
reports that were edited. What was deleted stays deleted. Only lines that the program wrote and
nobody touched give way to what is found now.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from detente.case import naming
from detente.reading.claims import Claim, digest_of
from detente.reading.records import Line, ReportRecord, claim_line, report_line, report_record
from detente.reading.stamps import STAMP, WRITTEN, is_touched, written_ids

_FOLLOWS_FILE = ("file", "chars", "sha256", "duplicate_of", "duplicate_kind", "shared")
"""What a report's line says of its file; the rest of an edited line is a person's."""


@dataclass
class Review:
    """What a person has done to an earlier file, by report.

    Parameters
    ----------
    by_report : dict of str to list of Line
        The claims that a person touched.
    reports : dict of str to mapping
        The reports whose lines a person touched.
    deleted : frozenset of str
        Claims that were written and are there no longer.
    there : frozenset of str
        All claims of the file: one beside which a person wrote another of the same words stays.
    unstamped : bool
        An earlier version wrote the file, which did not say which lines are its own.
    dropped : int
        How many claims were found again and left out as they had been deleted.
    notes : list of str
        What no longer matches, for people; grows while :meth:`merge` goes on.
    """

    by_report: dict[str, list[Line]]
    reports: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    deleted: frozenset[str] = frozenset()
    there: frozenset[str] = frozenset()
    unstamped: bool = False
    dropped: int = 0
    notes: list[str] = field(default_factory=list)

    def settle(self, ids: Collection[str]) -> None:
        """Bring lines under the full ids of their reports, which they may name by a beginning."""
        for name in sorted(self.by_report):
            report = naming.one_report(name, ids)
            if report is not None and report != name:
                self.by_report.setdefault(report, []).extend(self.by_report.pop(name))
            elif len(naming.meant(name, ids)) > 1:
                self.notes += [
                    f"{line.place}: {naming.fault(name, ids)}" for line in self.by_report[name]
                ]

    def report(self, record: ReportRecord) -> str:
        """Return the line of a report; what a person wrote into it stays."""
        mine = self.reports.pop(record.report, None)
        if mine is None:
            return report_line(record)
        now = {key: v for key, v in report_record(record).items() if key in _FOLLOWS_FILE}
        return json.dumps({**mine, **now}, ensure_ascii=False)

    def merge(self, report: str, text: Callable[[], str], claims: Sequence[Claim]) -> list[str]:
        """Return the lines of one report: new claims, with those a person touched in their place.

        Parameters
        ----------
        report : str
            The report's id.
        text : callable
            Returns the report's text; called only where something was touched.
        claims : sequence of Claim
            What the reader finds now.
        """
        kept = self.by_report.pop(report, [])
        self.dropped += sum(claim.id in self.deleted for claim in claims)
        claims = [claim for claim in claims if claim.id not in self.deleted]
        if not kept:
            return [claim_line(claim) for claim in claims]
        whole = text()
        rows = [(_start(line), self._current(line, whole)) for line in kept]
        ids = {line.record["id"] for line in kept}
        places = {(line.record["kind"], _spans(line.record["content"])) for line in kept}
        for claim in claims:
            place = (claim.kind, tuple((span.start, span.end) for span in claim.content))
            if claim.id not in ids and (place not in places or claim.id in self.there):
                rows.append((claim.content[0].start, claim_line(claim)))
        return [row for _, row in sorted(rows, key=lambda pair: pair[0])]

    def _current(self, line: Line, whole: str) -> str:
        """Return a touched line with its spans moved where the words stand now."""
        record = dict(line.record)
        content = _spans(record["content"])
        if "".join(whole[a:b] for a, b in content) != record["text"]:
            moved = _moved(whole, content, record["text"])
            if moved:
                record["content"] = moved
            else:
                self.notes.append(
                    f"{line.place}: {_how(line)} claim {record['id']}: its words no longer stand"
                    " in the report; kept as it is"
                )
        return json.dumps(record, ensure_ascii=False)

    def rest(self) -> Iterator[str]:
        """Yield the touched lines of reports that were not read this time, each noted."""
        if self.dropped:
            self.notes.append(
                f"{self.dropped} claim{'s' * (self.dropped != 1)} that somebody deleted left out"
                " again; --force brings all back and keeps nothing"
            )
        for report, kept in sorted(self.by_report.items()):
            how = "reviewed" if all(line.reviewed for line in kept) else "edited"
            self.notes.append(
                f"report '{report}' was not read this time; {len(kept)} {how}"
                f" claim{'s' * (len(kept) != 1)} kept"
            )
            for line in kept:
                yield json.dumps(dict(line.record), ensure_ascii=False)


def review(lines: Iterable[Line]) -> Review:
    """Return what a person has done to an earlier file."""
    rows = list(lines)
    stamped = any(STAMP in line.record for line in rows)
    claims: dict[str, list[Line]] = {}
    reports: dict[str, Mapping[str, Any]] = {}
    there: set[str] = set()
    written: frozenset[str] = frozenset()
    for line in rows:
        kind = line.record.get("type")
        if kind == WRITTEN:
            written |= written_ids(line.record)
        elif kind == "claim":
            there.add(str(line.record["id"]))
            if line.reviewed or _is_persons(line.record, stamped):
                claims.setdefault(str(line.record["report"]), []).append(line)
        elif kind == "report" and stamped and is_touched(line.record):
            reports[str(line.record.get("report"))] = line.record
    gone, unstamped = frozenset(written - there), bool(rows) and not stamped
    return Review(claims, reports, gone, frozenset(there), unstamped)


def _is_persons(record: Mapping[str, Any], stamped: bool) -> bool:
    """Tell whether a person wrote or changed a claim, as far as can be told.

    Where an earlier version wrote the file, only the words and the kind can be checked, by the id.
    """
    if stamped:
        return is_touched(record)
    tail = str(record["id"]).rpartition(":")[2].partition("-")[0]
    return tail != digest_of(str(record["kind"]), str(record["text"]))


def _how(line: Line) -> str:
    """Say what a person did to a line."""
    return "reviewed" if line.reviewed else "edited"


def _start(line: Line) -> int:
    """Return where a line's claim begins."""
    return int(line.record["content"][0][0])


def _spans(content: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    """Return the pairs of a content."""
    return tuple((pair[0], pair[1]) for pair in content)


def _moved(whole: str, content: Sequence[tuple[int, int]], text: str) -> list[list[int]] | None:
    """Return where the same words stand now, if each part stands there just once."""
    found: list[list[int]] = []
    done = 0
    for a, b in content:
        part = text[done : done + b - a]
        done += b - a
        at = whole.find(part)
        if not part or at < 0 or whole.find(part, at + 1) >= 0:
            return None
        found.append([at, at + len(part)])
    return found if done == len(text) else None

"""What a person has reviewed stays: merging a new reading into an edited claims file."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from detente.case import naming
from detente.reading.claims import Claim
from detente.reading.records import Line, claim_line


@dataclass
class Review:
    """The reviewed lines of an earlier file, by report.

    Parameters
    ----------
    by_report : dict of str to list of Line
        The lines that a person marked.
    notes : list of str
        What no longer matches, for people; grows while :meth:`merge` goes on.
    """

    by_report: dict[str, list[Line]]
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

    def merge(self, report: str, text: Callable[[], str], claims: Sequence[Claim]) -> list[str]:
        """Return the lines of one report: new claims, with reviewed ones in their place.

        Parameters
        ----------
        report : str
            The report's id.
        text : callable
            Returns the report's text; called only where something was reviewed.
        claims : sequence of Claim
            What the reader finds now.
        """
        kept = self.by_report.pop(report, [])
        if not kept:
            return [claim_line(claim) for claim in claims]
        whole = text()
        rows = [(_start(line), self._current(line, whole)) for line in kept]
        ids = {line.record["id"] for line in kept}
        places = {(line.record["kind"], _spans(line.record["content"])) for line in kept}
        for claim in claims:
            place = (claim.kind, tuple((span.start, span.end) for span in claim.content))
            if claim.id not in ids and place not in places:
                rows.append((claim.content[0].start, claim_line(claim)))
        return [row for _, row in sorted(rows, key=lambda pair: pair[0])]

    def _current(self, line: Line, whole: str) -> str:
        """Return a reviewed line with its spans moved where the words stand now."""
        record = dict(line.record)
        content = _spans(record["content"])
        if "".join(whole[a:b] for a, b in content) != record["text"]:
            moved = _moved(whole, content, record["text"])
            if moved:
                record["content"] = moved
            else:
                self.notes.append(
                    f"{line.place}: reviewed claim {record['id']}: its words no longer stand in"
                    " the report; kept as it is"
                )
        return json.dumps(record, ensure_ascii=False)

    def rest(self) -> Iterator[str]:
        """Yield the reviewed lines of reports that were not read this time, each noted."""
        for report, kept in sorted(self.by_report.items()):
            self.notes.append(
                f"report '{report}' was not read this time; {len(kept)} reviewed"
                f" claim{'s' * (len(kept) != 1)} kept"
            )
            for line in kept:
                yield json.dumps(dict(line.record), ensure_ascii=False)


def review(lines: Iterable[Line]) -> Review:
    """Return what a person has reviewed in an earlier file."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        if line.reviewed:
            found.setdefault(str(line.record["report"]), []).append(line)
    return Review(found)


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

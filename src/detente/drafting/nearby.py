"""Which demands and offers of a report stand around, or before, a claim."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable

from detente.reading.claims import Claim

_MANY = 24
"""So many claims before a place are looked at; sentences nest no deeper, lists are no longer."""


class Nearby:
    """The conditions and offers of a pile, by report and place.

    Parameters
    ----------
    claims : iterable of Claim
        Of all reports.
    """

    def __init__(self, claims: Iterable[Claim]) -> None:
        rows: defaultdict[str, list[Claim]] = defaultdict(list)
        for c in claims:
            if c.kind in ("condition", "offer"):
                rows[c.report].append(c)
        self._rows = {report: sorted(row, key=_start) for report, row in rows.items()}
        self._starts = {report: [_start(c) for c in row] for report, row in self._rows.items()}

    def holds(self, c: Claim) -> bool:
        """Tell whether a claim stands inside the words of a demand or an offer."""
        row = self._rows.get(c.report, [])
        stop = bisect_right(self._starts.get(c.report, []), _start(c))
        return any(
            o is not c and _start(o) <= _start(c) < o.content[-1].end
            for o in row[max(0, stop - _MANY) : stop]
        )

    def conditioned(self, c: Claim) -> bool:
        """Tell whether a condition stands inside the words of a claim."""
        starts = self._starts.get(c.report, [])
        begin, stop = bisect_left(starts, _start(c)), bisect_left(starts, c.content[-1].end)
        row = self._rows.get(c.report, [])[begin : min(stop, begin + _MANY)]
        return any(o.kind == "condition" for o in row)

    def demands_before(self, c: Claim) -> list[Claim]:
        """Return what others demand in the same report before a claim, in order."""
        stop = bisect_left(self._starts.get(c.report, []), _start(c))
        row = self._rows.get(c.report, [])[max(0, stop - _MANY) : stop]
        return [o for o in row if o.kind == "condition" and o.party != c.party]


def _start(c: Claim) -> int:
    """Return where a claim begins."""
    return c.content[0].start

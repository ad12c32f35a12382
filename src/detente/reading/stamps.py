"""What tells a line that the program wrote from one that a person touched.

Each line of a claims file carries a digest of itself; the file's last line lists which claims were
written. So an edited line, an added one and a deleted one can be told from one that is merely old.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast

STAMP = "made"
"""The key of the digest."""
WRITTEN = "written"
"""The type of a claims file's last line."""

_DIGITS = 8

Record = TypeVar("Record", bound=Mapping[str, object])


def stamped(record: Record) -> Record:
    """Return a record with the digest of all its other keys, which stands last."""
    bare = {key: value for key, value in record.items() if key != STAMP}
    return cast(Record, {**bare, STAMP: _digest(bare)})


def is_touched(record: Mapping[str, Any]) -> bool:
    """Tell whether a record differs from what its digest was made of, or has none."""
    bare = {key: value for key, value in record.items() if key != STAMP}
    return record.get(STAMP) != _digest(bare)


def _digest(record: Mapping[str, object]) -> str:
    """Return the digest of a record, whatever the order of its keys and its blanks."""
    whole = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:_DIGITS]


def written_line(ids: Iterable[str]) -> str:
    """Return the last line of a claims file, which lists the claims that were found."""
    by_report: dict[str, list[str]] = {}
    for name in ids:
        report, _, tail = name.rpartition(":")
        by_report.setdefault(report, []).append(tail)
    return json.dumps(stamped({"type": WRITTEN, "claims": by_report}), ensure_ascii=False)


def written_ids(record: Mapping[str, Any]) -> frozenset[str]:
    """Return the claims that a claims file's last line lists; none where it is broken."""
    return frozenset(written_order(record))


def written_order(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the same in the line's order."""
    claims = record.get("claims")
    if not isinstance(claims, Mapping):
        return ()
    return tuple(
        f"{report}:{tail}"
        for report, tails in claims.items()
        if isinstance(tails, list)
        for tail in tails
    )

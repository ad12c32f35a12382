"""What a result hangs on, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.dossier.sheets.model import Table
from detente.dossier.sheets.wayout import joined

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.doubt import RadiusDocument


def radius_tables(found: RadiusDocument) -> tuple[Table, ...]:
    """Return the changes that turn a result, one a row; a way may need several."""
    rows = [
        (
            way,
            turn["party"],
            turn["op"],
            turn.get("statement", ""),
            turn.get("was"),
            turn.get("priority"),
            joined(turn.get("upper", ())),
            joined(turn.get("lower", ())),
        )
        for way, turns in enumerate(found["turns"], 1)
        for turn in turns
    ]
    columns = ("way", "party", "change", "wish", "place before", "place after", "above", "below")
    now = "does not hold any more" if found["holds"] else "holds"
    title = f"Least changes after which {found['target']} {now}"
    return (Table("changes", title, columns, tuple(rows)),)

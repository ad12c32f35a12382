"""What a result hangs on, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.dossier.sheets.model import Cell, Table
from detente.dossier.sheets.wayout import joined

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.doubt import (
        DilemmasDocument,
        RadiusDocument,
        ViewsDocument,
        WordDocument,
    )


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


def views_tables(found: ViewsDocument) -> tuple[Table, ...]:
    """Return the states that hold, are expected or would hold in truth; then the beliefs."""
    rows: list[tuple[Cell, ...]] = []
    for concept, game in found["concepts"].items():
        expected = [s for states in game["expects"].values() for s in states]
        for state in sorted({*game["holds"], *game["true"], *expected}):
            who = [name for name, states in game["expects"].items() if state in states]
            surprises = game["surprised"].items()
            wrong = [name for name, by in surprises if any(state in s for s in by.values())]
            flags = (state in game["holds"], state in game["true"])
            rows.append((concept, state, *flags, joined(who), joined(wrong)))
    columns = ("concept", "state", "holds", "in truth", "expected by", "surprised")
    beliefs: list[tuple[Cell, ...]] = [
        (
            one["viewer"],
            one["about"] or "options not known",
            one["concept"],
            name,
            *(one["before"][name] or (None, None)),
            *(one["after"][name] or (None, None)),
        )
        for one in found["beliefs"]
        for name in one["before"]
    ]
    worth = ("of", "about", "concept", "party", "least", "most", "least without", "most without")
    title = "Levels over what holds, with a belief and without"
    return (
        Table("states", "What holds as each sees it", columns, tuple(rows)),
        Table("beliefs", title, worth, tuple(beliefs)),
    )


def dilemmas_tables(found: DilemmasDocument) -> tuple[Table, ...]:
    """Return the dilemmas, then the words they come from."""
    rows = tuple(
        (d["party"], d["kind"], d["with"], d["option"], d["kept"], "; ".join(d["removed_by"]))
        for d in found["dilemmas"]
    )
    columns = ("party", "dilemma", "with", "over", "word would be kept", "removed if")
    said = tuple(
        (kind, w["party"], w["option"], w["level"], w["from"] or "", "; ".join(_quotes(w)))
        for kind, words in (("position", found["positions"]), ("intention", found["intentions"]))
        for w in words
    )
    words = ("word", "party", "option", "level", "read from", "quotes")
    return (
        Table("dilemmas", "Who is under pressure by whose words", columns, rows),
        Table("words", "What is said in public of single options", words, said),
    )


def _quotes(word: WordDocument) -> list[str]:
    return [f"{cite['quote']} ({cite['report']})" for cite in word["cite"]]

"""The answers about the way out as tables: what stands in the way, who must give, who can."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from detente.dossier.sheets.model import Cell, Table

if TYPE_CHECKING:
    from detente.dossier.documents.shapes.agreement import PowerDocument, WhoDocument, ZoneDocument
    from detente.dossier.documents.shapes.states import ExplanationDocument, InverseDocument
    from detente.dossier.documents.shapes.wayout import (
        BrokerDocument,
        DeadlockDocument,
        DiffDocument,
        PathDocument,
        UnlockDocument,
    )


def joined(names: Iterable[str]) -> str:
    """Return names in one cell."""
    return ", ".join(names)


def deadlock_tables(found: DeadlockDocument) -> tuple[Table, ...]:
    """Return the concessions, and the knots that they undo."""
    bearers = list(dict.fromkeys(name for c in found["concessions"] for name in c["burden"]))
    given: list[tuple[Cell, ...]] = [
        (
            number,
            joined(c["drop"]),
            c["cost"],
            *(c["burden"].get(name, 0) for name in bearers),
            c["witness"],
        )
        for number, c in enumerate(found["concessions"], 1)
    ]
    columns = ("number", "given up", "cost", *(f"borne by {name}" for name in bearers), "state")
    target = found["target"]
    knots = tuple((k, joined(ids)) for k, ids in enumerate(found["knots"], 1))
    return (
        Table("concessions", f"What could be given up for {target}", columns, tuple(given)),
        Table("knots", f"What cannot hold together with {target}", ("number", "said"), knots),
    )


def unlock_tables(found: UnlockDocument) -> tuple[Table, ...]:
    """Return the changes of mind, one a row; a way may need several."""
    rows = [
        (way, e["party"], e["op"], e["statement"], e["was"], e["priority"], joined(holds))
        for way, (edits, holds) in enumerate(zip(found["edits"], found["holds"], strict=True), 1)
        for e in edits
    ]
    columns = ("way", "party", "change", "wish", "place before", "place after", "states")
    title = f"Least changes of mind after which {found['target']} holds"
    already = tuple((state,) for state in found["already"])
    return (
        Table("changes", title, columns, tuple(rows)),
        Table("already", f"What of {found['target']} holds as things are", ("state",), already),
    )


def path_tables(found: PathDocument) -> tuple[Table, ...]:
    """Return the steps of the best path, and what it comes to for each party."""
    parties = list(dict.fromkeys(name for step in found["steps"] for name in step["movers"]))
    steps = [
        (
            number,
            joined(step["movers"]),
            step["from"],
            step["to"],
            joined(step["yields"]),
            joined(step["breaks"]),
            *(step["exposure"].get(name) for name in parties),
        )
        for number, step in enumerate(found["steps"], 1)
    ]
    columns = ("step", "who moves", "from", "to", "yields", "breaks")
    if "willingly" in found:  # exposure is not weighed there
        shown = tuple(row[: len(columns)] for row in steps)
        return (Table("steps", f"The shortest way to {found['target']}", columns, shown),)
    exposures = tuple(f"exposure of {name}" for name in parties)
    levels = {} if found["end"] is None else found["end"]["level"]
    ends = tuple((name, today, end) for name, (today, end) in levels.items())
    title = f"The way to {found['target']} with the least exposure"
    return (
        Table("steps", title, (*columns, *exposures), tuple(steps)),
        Table("levels", "What the end is worth, from 0 to 1", ("party", "today", "end"), ends),
    )


def broker_tables(found: BrokerDocument) -> tuple[Table, ...]:
    """Return what each option of a third party changes, the most helpful first."""
    rows: list[tuple[Cell, ...]] = []
    for use in found["uses"]:
        unused, then = use["unused"], use["then"]
        rows.append(
            (
                use["party"],
                use["option"],
                use["level"],
                use["possible"],
                None if unused is None else unused["cost"],
                None if then is None else then["cost"],
                None if then is None else then["exposure"],
                None if then is None else then["equilibria_in_target"].get(found["concept"]),
                "; ".join(map(joined, use["dissolved"])),
                joined(use["goes_back_on"]),
            )
        )
    columns = (
        "party", "option", "level", "possible", "cost if unused", "cost then", "exposure then",
        "states of the target that hold", "knots dissolved", "goes back on",
    )  # fmt: skip
    title = f"What third parties could do for {found['target']}"
    return (Table("options", title, columns, tuple(rows), stub=3),)


def compared_tables(found: DiffDocument) -> tuple[Table, ...]:
    """Return where two cases stand, how their equilibria differ, and what is written otherwise."""
    before, after = found["before"], found["after"]
    figures: list[tuple[Cell, ...]] = [
        ("verdict", before["verdict"], after["verdict"]),
        ("knots", str(len(before["knots"])), str(len(after["knots"]))),
        ("cost of a concession", _said(before["cost"]), _said(after["cost"])),
        ("exposure", _said(before["exposure"]), _said(after["exposure"])),
    ]
    shifts = tuple(
        (name, s["before"], s["after"], joined(s["gained"]), joined(s["lost"]), s["excluded"])
        for name, s in found["equilibria"].items()
    )
    changes = tuple(
        (c["party"], c["what"], c["name"], c["how"], c["before"], c["after"])
        for c in found["changes"]
    )
    return (
        Table("equilibria", "Equilibria before and after",
              ("concept", "before", "after", "gained", "lost", "excluded"), shifts),
        Table("figures", "Where the cases stand", ("figure", "before", "after"), tuple(figures)),
        Table("changes", "What is written otherwise",
              ("party", "what", "name", "how", "before", "after"), changes, stub=3),
    )  # fmt: skip


def _said(figure: float | None) -> str | None:
    return None if figure is None else f"{figure:.4g}"


def zone_tables(found: ZoneDocument) -> tuple[Table, ...]:
    """Return the states of the zone one by one, and what today is worth to each party.

    Where the document has numbers in place of states the first table has them, too.
    """
    signs: dict[str, object] = {
        "pareto": found["pareto"],
        **found["hold"],
        "reachable": found["reachable"],
        "by improvements": found["by_improvements"],
        "acceptable": found.get("acceptable"),
        "in target": found["in_target"],
    }
    title = "States that all would rather have than today"
    states = found["zone"]
    if isinstance(states, int):
        counts: Mapping[str, object] = {"zone": states, "weak": found["weak"], **signs}
        rows = tuple((name, n) for name, n in counts.items() if isinstance(n, int))
        return (Table("zone", title, ("what", "states"), rows),)
    held = {name: set(some) for name, some in signs.items() if isinstance(some, list)}
    listed: list[tuple[Cell, ...]] = [(s, *(s in some for some in held.values())) for s in states]
    standing = tuple(
        (name, s["better"], s["worse"], s["hurting"], s["level"], s["pushed_to"], s["alone"])
        for name, s in found.get("standing", {}).items()
    )
    columns = ("party", "better", "worse", "hurting", "level", "pushed to", "alone")
    return (
        Table("zone", title, ("state", *held), tuple(listed)),
        Table("standing", "What today is worth to each party", columns, standing),
    )


def who_tables(found: WhoDocument) -> tuple[Table, ...]:
    """Return the smallest groups that can bring a target about, or prevent it."""
    rows = [
        (side, others, joined(group) or "nobody has to do anything")
        for others, power in _powers(found)
        for side, groups in (("makers", power["makers"]), ("preventers", power["preventers"]))
        for group in groups
    ]
    title = f"Who can bring {found['target']} about, and who can prevent it"
    return (Table("groups", title, ("side", "the others", "group"), tuple(rows), stub=2),)


def _powers(found: WhoDocument) -> Sequence[tuple[str, PowerDocument]]:
    return (("make any moves", found), ("only improve", found["would"]))


def explained_tables(found: ExplanationDocument) -> tuple[Table, ...]:
    """Return for each party whether it stays, and each improvement with what follows it."""
    rows: list[tuple[Cell, ...]] = []
    for r in found["reasons"]:
        if not r["improvements"]:
            rows.append((r["concept"], r["party"], r["by"], r["stable"], None, None, None))
        for move in r["improvements"]:
            to, sanctioned, end = move["to"], move["sanctioned"], move["end"]
            rows.append((*(r["concept"], r["party"], r["by"], r["stable"]), to, sanctioned, end))
    columns = ("concept", "party", "by", "stays", "improvement", "deterred", "ends in")
    title = f"Who would leave the state {found['state']}"
    return (Table("reasons", title, columns, tuple(rows), stub=2),)


def inverse_tables(found: InverseDocument) -> tuple[Table, ...]:
    """Return the sets of states of which a party must prefer none; one of them is enough."""
    rows: list[tuple[Cell, ...]] = []
    for name, wishes in found["parties"].items():
        for number, states in enumerate(wishes["sets"], 1):
            told = joined(states)
            rows.append((name, number, told, wishes["satisfied"], wishes["rankings"]))
    columns = ("party", "set", "prefers none of", "so today", "rankings that would do")
    title = f"What makes {found['state']} hold under {found['concept']}"
    return (Table("sets", title, columns, tuple(rows), stub=2),)

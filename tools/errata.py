"""Write the page that holds published results against ours: ``docs/explanation/errata.md``.

Every row is recomputed from the case in the gallery. ``make reference`` writes the page; a test
fails where it is not up to date, or where a row agrees that is listed as wrong, or the other way
round.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import detente
from detente import gallery

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "explanation" / "errata.md"


@dataclass(frozen=True)
class Row:
    """A published set of equilibria."""

    case: str
    concept: str
    printed: tuple[str, ...]
    source: str
    wrong: str = ""
    """Why the printed set is not what the definition gives; empty where it is."""


@dataclass(frozen=True)
class Count:
    """A published number of rankings that make a state hold, of one party."""

    case: str
    party: str
    state: str
    concept: str
    printed: int
    source: str
    wrong: str = ""


def _rows(case: str, source: str, **sets: str) -> list[Row]:
    return [Row(case, concept, tuple(states.split()), source) for concept, states in sets.items()]


_TRADE = "9 10 16 25 32 41 42 44 48 57 64 73 76"
_JACOBI = "[Jacobi2017]_"

ROWS: tuple[Row, ...] = (
    *_rows("korea-jacobi", _JACOBI, fh="0 4 5 10", smr="0 4 5 10 12"),
    Row(
        "korea-jacobi-oneway",
        "fh",
        ("0", "5", "10"),
        _JACOBI,
        "12 is left out. From 12 the only improvement left is North Korea's to 4, as the invasion "
        "cannot be taken back, and the United States answers it by 5, which is worse than 12.",
    ),
    *_rows("korea-jacobi-bloodthirsty", _JACOBI, seq="5 12", smr="5 12"),
    *_rows("korea-jacobi-deterrence", _JACOBI, seq="0 5 10 12", smr="0 5 10 12"),
    *_rows("korea-jacobi-pacific", _JACOBI, seq="0 4 5", smr="0 2 4 5 8 10 12"),
    Row(
        "korea-jacobi-pacific",
        "fh",
        ("0", "4", "5"),
        _JACOBI,
        "The settlement, 10, is said to be absent. It is so under SEQ; by the rule of the rest of "
        "the analysis, SEQ or SIM for each party, 10 and 2 are equilibria.",
    ),
    *_rows("us-china-trade", "[GmcrGdelt]_", nash="73", seq="10 42 73", gmr=_TRADE, smr=_TRADE),
    *_rows("elmira", "[Xu2007]_", nash="s5 s8 s9", seq="s5 s8 s9"),
    *_rows("elmira", "[Xu2007]_", gmr="s1 s4 s5 s8 s9", smr="s1 s4 s5 s8 s9"),
    *_rows("syria-iraq", "[Kinsara2014]_", nash="6", seq="6", gmr="1 6", smr="6", sim="6"),
)

_LAST = (
    "In the search of the tool only the last improvement looked at decides: 1 - 1/3 - (1/3 - 1/4) "
    "of 720 in place of 1 - 1/3 - 1/3 + 1/5."
)

COUNTS: tuple[Count, ...] = (
    Count("syria-iraq", "syria", "2", "nash", 240, "[Kinsara2014]_"),
    Count("syria-iraq", "syria", "2", "smr", 300, "[Kinsara2014]_"),
    Count("syria-iraq", "syria", "2", "seq", 420, "[Kinsara2014]_", _LAST),
    Count("syria-iraq", "syria", "2", "gmr", 420, "[Kinsara2014]_", _LAST),
)


def named(case: str) -> dict[str, str]:
    """Return the name in the literature of each state string."""
    return {s: name for name, states in gallery.expected(case).states for s in states}


def ours(row: Row) -> tuple[str, ...]:
    """Return the equilibria by the names of the literature, in its order."""
    found = detente.stability(detente.load(row.case), row.concept).equilibria(row.concept)
    names = named(row.case)
    held = {names[state] for state in found}
    return tuple(name for name, _ in gallery.expected(row.case).states if name in held)


def counted(row: Count) -> int:
    """Return how many strict rankings of the party make the state hold."""
    case = detente.load(row.case)
    states = dict(gallery.expected(row.case).states)[row.state]
    found = detente.inverse(case, states[0], row.concept)
    requirement = found.requirements[case.party_names.index(row.party)]
    assert requirement.rankings is not None
    return requirement.rankings


def page() -> str:
    """Return the page."""
    lines = [
        "# Published results against ours",
        "",
        "Results printed with a conflict that is in the gallery, each computed anew; this page",
        "is made by the tests. Where the two differ, the reason is told below. States go by the",
        "names of the source.",
        "",
        "| case | concept | printed | computed | source |",
        "|---|---|---|---|---|",
    ]
    for row in ROWS:
        mark = "" if not row.wrong else " **differs**"
        sets = (", ".join(names) for names in (row.printed, ours(row)))
        told = " | ".join(f"{{{text}}}" for text in sets)
        lines.append(f"| `{row.case}` | `{row.concept}` | {told}{mark} | {row.source} |")
    lines += [
        "",
        "How many of all strict rankings of one party, the other's given, make a state hold:",
        "",
        "| case | party | state | concept | printed | computed | source |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in COUNTS:
        mark = "" if not one.wrong else " **differs**"
        figures = f"{one.printed} | {counted(one)}{mark}"
        place = f"`{one.case}` | {one.party} | {one.state} | `{one.concept}`"
        lines.append(f"| {place} | {figures} | {one.source} |")
    lines += ["", "## Where the printed one is wrong", ""]
    for wrong in (*ROWS, *COUNTS):
        if wrong.wrong:
            lines += [f"`{wrong.case}`, `{wrong.concept}`", f":   {wrong.wrong}", ""]
    lines += [
        "What gmcr-py, the program that many published analyses were made with, does otherwise",
        "is in [the definitions](definitions.md#what-the-older-program-gmcr-py-does-differently).",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()

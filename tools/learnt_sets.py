"""Sets of reports to learn from, with the positions that their authors marked in them.

They are those of benchmarks/learnt, and those of first_sight and turns that have been read.

A file is a set. ``# party: NAME | OTHER NAME; OTHER NAME | …`` names who is in it, ``== NAME``
begins a report, and behind its text stand ``-- KIND[/KIND] | PARTY | TO[ + TO] | WORDS[ | FOR]``
for what a careful reader finds and ``!! WORDS | WHY`` for what only looks like it; ``-`` stands for
nobody.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
FOLDER = BENCHMARKS / "learnt"
UNREAD = ("8a", "8b", "9a", "9b", "10a", "14a", "14b", "15a", "16a", "16b")
"""Sets of first_sight that nobody learns from: they measure."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A position that an author marked: its kinds, whose, to whom, its words, what for."""

    kinds: tuple[str, ...]
    party: str
    to: tuple[str, ...]
    words: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A report with what is marked in it."""

    name: str
    text: str
    gold: tuple[Gold, ...]
    traps: tuple[str, ...]


@dataclass(frozen=True)
class LearntSet:
    """A set: other names to party, folded, and its reports."""

    name: str
    names: Mapping[str, str]
    reports: tuple[Marked, ...]

    def who(self, name: str | None) -> str | None:
        """Return the party that a name means; None for nobody of this set."""
        return self.names.get(folded(name)) if name else None

    def meant(self, name: str) -> str | None:
        """Return the party that a name means, also by its end: "Lim" for "Governor Tan Lim"."""
        ends = _ends(name)
        found = next((self.names[end] for end in ends if end in self.names), None)
        return found or next((self._ends[end] for end in ends if end in self._ends), None)

    @cached_property
    def _ends(self) -> Mapping[str, str]:
        """The ends of names that only one party has, to the party."""
        found: dict[str, set[str]] = {}
        for name, party in self.names.items():
            for end in _ends(name):
                found.setdefault(end, set()).add(party)
        return {end: next(iter(who)) for end, who in found.items() if len(who) == 1}


def folded(name: str) -> str:
    """Return a name without article, case and marks around it."""
    plain = " ".join(name.replace("\u2019", "'").casefold().split()).strip(" .,;:\"'“”")
    for article in ("the ", "a ", "an "):
        plain = plain.removeprefix(article)
    return plain


def _ends(name: str) -> list[str]:
    """Return a name, folded, with ever fewer titles and owners before it."""
    words = folded(name).replace("'s ", " ").split()
    return [end for k in range(len(words)) if len(end := " ".join(words[k:])) > 2]


def sets(authors: Collection[str] | None = None) -> Iterator[LearntSet]:
    """Yield the sets in order, or those of some authors by the letters of their files."""
    for file in sorted(FOLDER.glob("*.txt")):
        if authors is None or file.stem.rstrip("0123456789") in authors:
            yield read(file)


def read_before() -> Iterator[LearntSet]:
    """Yield the sets of first_sight and turns that have been read, in order."""
    for folder in sorted([*BENCHMARKS.glob("first_sight/*/"), *BENCHMARKS.glob("turns/*/")]):
        if folder.name not in UNREAD:
            yield _of_folder(folder)


def _of_folder(folder: Path) -> LearntSet:
    """Return the set of a folder with reports and a gold.json."""
    told = json.loads((folder / "gold.json").read_text("utf-8"))
    names: dict[str, str] = {}
    for party in told["parties"]:
        for name in (party["name"], *party.get("also", ())):
            names.setdefault(folded(name), party["name"])
    gold: dict[str, list[Gold]] = {}
    for one in told["positions"]:
        to = one.get("to") or ()
        whom = (to,) if isinstance(to, str) else tuple(to)
        kinds = (one["kind"], *one.get("or", ()))
        made = Gold(kinds, one["party"], whom, one["words"], one.get("for") or "")
        gold.setdefault(one["report"], []).append(made)
    files = [f for f in sorted((folder / "reports").iterdir()) if f.suffix in (".txt", ".md")]
    reports = tuple(
        Marked(f.stem, f.read_bytes().decode("utf-8-sig"), tuple(gold.get(f.stem, ())), ())
        for f in files
        if f.stem not in told.get("copies", {})
    )
    return LearntSet(folder.name, names, reports)


def read(file: Path) -> LearntSet:
    """Return the set of a file.

    Raises
    ------
    ValueError
        If a line is not of the form above, or marked words do not stand in the report.
    """
    names: dict[str, str] = {}
    reports: list[tuple[str, list[str], list[Gold], list[str]]] = []
    for line in file.read_text("utf-8").split("\n"):
        fields = [field.strip() for field in line[3:].split(" | ")]
        if line.startswith("# party:"):
            name, *others = [field.strip() for field in line.removeprefix("# party:").split("|")]
            for one in (name, *(others[0].split(";") if others else ())):
                names.setdefault(folded(one), name)
        elif line.startswith("== "):
            reports.append((line[3:].strip(), [], [], []))
        elif line.startswith("-- "):
            kinds, party, to, words, *purpose = fields
            whom = () if to == "-" else tuple(one.strip() for one in to.split("+"))
            wanted = purpose[0] if purpose and purpose[0] != "-" else ""
            reports[-1][2].append(Gold(tuple(kinds.split("/")), party, whom, words, wanted))
        elif line.startswith("!! "):
            reports[-1][3].append(fields[0])
        elif reports:
            reports[-1][1].append(line)
    made = [
        Marked(name, "\n".join(lines).strip() + "\n", tuple(gold), tuple(traps))
        for name, lines, gold, traps in reports
    ]
    for report in made:
        for words in (*(g.words for g in report.gold), *report.traps):
            if words not in report.text:
                raise ValueError(f"{file.name}: {words!r} does not stand in {report.name}")
    return LearntSet(file.stem, names, tuple(made))

"""Sets of reports to learn from, with the positions that their authors marked in them.

They are those of benchmarks/learnt, and those of first_sight and turns that have been read.

A file is a set. ``# party: NAME | OTHER NAME; OTHER NAME | ROLE`` names who is in it, ``main``
is the role of those whose dispute it is, and ``# talks: NAME | NAME`` says who has to sit down.
``== NAME`` begins a report, and behind its text stand
``-- KIND[/KIND] | PARTY | TO[ + TO] | WORDS[ | FOR]`` for what a careful reader finds and
``!! WORDS | WHY`` for what only looks like it; ``-`` stands for nobody.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
FOLDER = BENCHMARKS / "learnt"
UNREAD = (
    *("8a", "8b", "9a", "9b", "10a", "14a", "14b", "15a", "16a", "16b"),
    *("17a", "17b", "18a", "18b", "19a", "19b", "20a", "20b", "21a", "21b"),
    *("22a", "22b", "23a", "23b", "24a", "24b", "25a", "25b"),
)
"""Sets of first_sight that nobody learns from: they measure."""
HELD = ("an", "ar", "bd")
"""Authors whose sets the tagger does not learn from: on them its belief is fitted."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A position that an author marked: its kinds, whose, to whom, its words, what for, its id."""

    kinds: tuple[str, ...]
    party: str
    to: tuple[str, ...]
    words: str
    purpose: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A report with what is marked in it."""

    name: str
    text: str
    gold: tuple[Gold, ...]
    traps: tuple[str, ...]


@dataclass(frozen=True)
class LearntSet:
    """A set of reports with what its author marked.

    Parameters
    ----------
    name : str
        Of its folder or file.
    parties : tuple of tuple of str
        The names of each party, the first of which is the party's.
    reports : tuple of Marked
        In their order.
    main : tuple of str
        Parties that a draft must have; empty where an author named none.
    talks : tuple of tuple of str
        Who may be the ones that have to sit down; empty where an author named none.
    deadlock : tuple of tuple of str
        Ids of positions that cannot be kept together; empty where an author named none.
    """

    name: str
    parties: tuple[tuple[str, ...], ...]
    reports: tuple[Marked, ...]
    main: tuple[str, ...] = ()
    talks: tuple[tuple[str, ...], ...] = ()
    deadlock: tuple[tuple[str, ...], ...] = ()

    @property
    def author(self) -> str:
        """The letters before its number."""
        return self.name.rstrip("0123456789")

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Every name, folded, to its party."""
        found: dict[str, str] = {}
        for names in self.parties:
            for name in names:
                found.setdefault(folded(name), names[0])
        return found

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
            yield of_folder(folder)


def of_folder(folder: Path) -> LearntSet:
    """Return the set of a folder with reports and a gold.json."""
    told = json.loads((folder / "gold.json").read_text("utf-8"))
    gold: dict[str, list[Gold]] = {}
    for one in told["positions"]:
        to = one.get("to") or ()
        whom = (to,) if isinstance(to, str) else tuple(to)
        kinds = (one["kind"], *one.get("or", ()))
        words = (one["words"], one.get("for") or "", one.get("id", ""))
        made = Gold(kinds, one["party"], whom, *words)
        gold.setdefault(one["report"], []).append(made)
    files = [f for f in sorted((folder / "reports").iterdir()) if f.suffix in (".txt", ".md")]
    reports = tuple(
        Marked(f.stem, f.read_bytes().decode("utf-8-sig"), tuple(gold.get(f.stem, ())), ())
        for f in files
        if f.stem not in told.get("copies", {})
    )
    return LearntSet(
        folder.name,
        tuple((party["name"], *party.get("also", ())) for party in told["parties"]),
        reports,
        tuple(party["name"] for party in told["parties"] if party.get("main")),
        tuple(map(tuple, told.get("talks", ()))),
        tuple(map(tuple, told.get("deadlock", ()))),
    )


def read(file: Path) -> LearntSet:
    """Return the set of a file.

    Raises
    ------
    ValueError
        If a line is not of the form above, or marked words do not stand in the report.
    """
    parties: list[tuple[str, ...]] = []
    main: list[str] = []
    talks: list[tuple[str, ...]] = []
    reports: list[tuple[str, list[str], list[Gold], list[str]]] = []
    for line in file.read_text("utf-8").split("\n"):
        fields = [field.strip() for field in line[3:].split(" | ")]
        if line.startswith("# party:"):
            name, *others = [field.strip() for field in line.removeprefix("# party:").split("|")]
            also = others[0].split(";") if others else ()
            parties.append((name, *(one.strip() for one in also)))
            main += [name] if others[1:] == ["main"] else []
        elif line.startswith("# talks:"):
            talks.append(tuple(map(str.strip, line.removeprefix("# talks:").split("|"))))
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
    return LearntSet(file.stem, tuple(parties), tuple(made), tuple(main), tuple(talks))
